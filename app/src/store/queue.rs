//! The one way to write: a queue before the one writing connection (DU-4).
//!
//! Jobs that wait together share one commit, each behind a savepoint of its own; every sender
//! hears of its job only after that commit, so a receipt is as good as the disk. The queue runs in
//! a task of its own: a client that goes away leaves a whole answer or none (DU-5). Once the disk
//! has failed the queue takes nothing more, and the connection is left as it is (DU-8).

use std::pin::Pin;
use std::sync::Arc;

use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::{Mutex, mpsc, oneshot};
use tokio::time::Instant;

use super::database::{Alarm, Connection, PATIENCE};
use super::writer::Writer;
use super::{StoreError, Weakness};

/// Jobs that may wait; more are told to come again (LO-3).
const LONGEST: usize = 512;

/// Most jobs that share a commit.
const LARGEST_GROUP: usize = 64;

/// A piece of work on the writing connection.
pub(super) type Job<'c, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'c>>;

/// Tells a sender what became of its job: done, or why the commit failed.
type Tell = Box<dyn FnOnce(Result<(), StoreError>) + Send>;

/// Work whose type has been forgotten.
type Work = Box<dyn for<'c> FnOnce(&'c mut Connection) -> Working<'c> + Send>;
type Working<'c> = Pin<Box<dyn Future<Output = (Verdict, Tell)> + Send + 'c>>;

/// What a job says of itself.
enum Verdict {
    /// It may be kept.
    Kept,
    /// It is taken back; what shares its commit stands.
    TakenBack,
    /// The disk failed under it.
    Broken(String),
}

enum Queued {
    /// Shares a transaction with others; waits for a database that is away until then.
    Grouped(Work, Instant),
    /// Takes the connection for itself, as a checkpoint must.
    Alone(Work, Instant),
}

/// The queue's near end.
#[derive(Clone, Debug)]
pub(super) struct Queue(mpsc::Sender<Queued>);

impl Queue {
    /// Starts the queue before a connection; it ends when the alarm rings.
    pub(super) fn start(writer: Writer, alarm: Alarm, weakness: Weakness) -> Queue {
        let (sender, receiver) = mpsc::channel(LONGEST);
        tokio::spawn(work_off(writer, receiver, alarm, weakness));
        Queue(sender)
    }

    /// Runs a job in an immediate transaction and returns once it is committed.
    pub(super) async fn write<T, F>(&self, job: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut Connection) -> Job<'c, T> + Send + 'static,
    {
        self.enter(job, Queued::Grouped).await
    }

    /// Runs a job outside any transaction.
    pub(super) async fn alone<T, F>(&self, job: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut Connection) -> Job<'c, T> + Send + 'static,
    {
        self.enter(job, Queued::Alone).await
    }

    async fn enter<T, F>(&self, job: F, kind: fn(Work, Instant) -> Queued) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut Connection) -> Job<'c, T> + Send + 'static,
    {
        let (tell, told) = oneshot::channel();
        let work: Work = Box::new(move |connection| {
            let job = job(connection);
            Box::pin(async move {
                let done = job.await;
                let verdict = match &done {
                    Ok(_) => Verdict::Kept,
                    Err(StoreError::Broken(reason)) => Verdict::Broken(reason.clone()),
                    Err(_) => Verdict::TakenBack,
                };
                let tell: Tell = Box::new(move |committed| {
                    // Nobody may be listening any more; the work stands all the same.
                    let _ = tell.send(committed.and(done));
                });
                (verdict, tell)
            })
        });
        let until = Instant::now() + PATIENCE;
        self.0
            .try_send(kind(work, until))
            .map_err(|refused| match refused {
                TrySendError::Full(_) => StoreError::Busy,
                TrySendError::Closed(_) => StoreError::Broken("an earlier write failed".into()),
            })?;
        // A job that panicked tells nothing, and its transaction was rolled back.
        told.await.unwrap_or(Err(StoreError::Interrupted))
    }
}

async fn work_off(writer: Writer, queue: mpsc::Receiver<Queued>, alarm: Alarm, weakness: Weakness) {
    let writer = Arc::new(Mutex::new(writer));
    let goes_on = weakness == Weakness::WritesOnAfterFailure;
    let has_failed = tokio::select! {
        biased;
        () = alarm.rings(), if !goes_on => true,
        has_failed = take_turns(&writer, queue, &alarm, goes_on) => has_failed,
    };
    if has_failed {
        tracing::error!("the disk failed; nothing more is written");
        // Whoever waited heard of it when the queue was dropped. A turn that runs ends first.
        writer.lock().await.leave();
    }
}

/// Works until nobody is left who could ask for anything, or until the disk fails; returns
/// whether it did.
async fn take_turns(
    writer: &Arc<Mutex<Writer>>,
    mut queue: mpsc::Receiver<Queued>,
    alarm: &Alarm,
    goes_on: bool,
) -> bool {
    let mut left_over = None;
    loop {
        let next = match left_over.take() {
            Some(next) => next,
            None => match queue.recv().await {
                Some(next) => next,
                None => return false,
            },
        };
        let writer = Arc::clone(writer);
        let turn = match next {
            Queued::Alone(work, until) => tokio::spawn(run_alone(writer, work, until)),
            Queued::Grouped(first, until) => {
                let mut group = vec![first];
                while group.len() < LARGEST_GROUP {
                    match queue.try_recv() {
                        Ok(Queued::Grouped(work, _)) => group.push(work),
                        Ok(alone) => {
                            left_over = Some(alone);
                            break;
                        }
                        Err(_) => break,
                    }
                }
                tokio::spawn(run_group(writer, group, until))
            }
        };
        // A panic inside a turn ends that turn only; its senders hear that it was interrupted.
        if let Ok(Err(error)) = turn.await
            && alarm.heed::<()>(Err(error)).is_err_and(|it| it.is_fatal())
            && !goes_on
        {
            return true;
        }
    }
}

/// Runs one job outside any transaction; an error is a failed disk.
async fn run_alone(
    writer: Arc<Mutex<Writer>>,
    work: Work,
    until: Instant,
) -> Result<(), StoreError> {
    let mut writer = writer.lock().await;
    // Where there is no connection the work is dropped, and its sender hears of it.
    let Ok(connection) = writer.connection(until).await else {
        return Ok(());
    };
    let (verdict, tell) = work(connection).await;
    let done = match verdict {
        Verdict::Broken(reason) => Err(StoreError::Broken(reason)),
        Verdict::Kept | Verdict::TakenBack => Ok(()),
    };
    writer.heed(&done);
    tell(Ok(()));
    done
}

/// Runs jobs in one transaction, tells their senders, and keeps the log short.
async fn run_group(
    writer: Arc<Mutex<Writer>>,
    group: Vec<Work>,
    until: Instant,
) -> Result<(), StoreError> {
    let mut writer = writer.lock().await;
    let jobs = group.len();
    let mut tellers = Vec::new();
    let committed = commit(&mut writer, group, until, &mut tellers).await;
    writer.heed(&committed);
    if let Err(error) = &committed {
        tracing::warn!(%error, "a commit failed");
    }
    for tell in tellers {
        tell(committed.as_ref().map_err(StoreError::repeated).copied());
    }
    committed?;
    let kept_short = writer.keep_log_short(jobs).await;
    writer.heed(&kept_short);
    if let Err(error) = &kept_short {
        tracing::warn!(%error, "the log was not taken over");
    }
    kept_short
}

async fn commit(
    writer: &mut Writer,
    group: Vec<Work>,
    until: Instant,
    tellers: &mut Vec<Tell>,
) -> Result<(), StoreError> {
    let connection = writer.begin(until).await?;
    for work in group {
        connection.run("SAVEPOINT job").await?;
        let (verdict, tell) = work(&mut *connection).await;
        tellers.push(tell);
        match verdict {
            Verdict::Kept => {}
            Verdict::TakenBack => connection.run("ROLLBACK TO SAVEPOINT job").await?,
            Verdict::Broken(reason) => return Err(StoreError::Broken(reason)),
        }
        connection.run("RELEASE SAVEPOINT job").await?;
    }
    writer.commit().await
}
