//! The one way to write: a queue before the one writing connection (DU-4).
//!
//! Jobs that wait together share one commit, each behind a savepoint of its own, and answers share
//! their statements as well (`inbox::keep_all`). Every sender hears of its job only after that
//! commit, so a receipt is as good as the disk. The queue runs in
//! a task of its own: a client that goes away leaves a whole answer or none (DU-5). Once the disk
//! has failed the queue takes nothing more, and the connection is left as it is (DU-8).

use std::pin::Pin;
use std::sync::Arc;

use jiff::Timestamp;
use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::{Mutex, mpsc, oneshot};
use tokio::time::Instant;

use super::database::{Alarm, Connection, PATIENCE};
use super::inbox::keep_all;
use super::writer::Writer;
use super::{StoreError, Submission, Submitted, Weakness};

/// Jobs that may wait; more are told to come again (LO-3).
const LONGEST: usize = 512;

/// Most jobs that share a commit.
const LARGEST_GROUP: usize = 64;

/// A piece of work on the writing connection.
pub(super) type Job<'c, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'c>>;

/// Tells a sender what became of its job: done, or why the commit failed.
pub(super) type Tell = Box<dyn FnOnce(Result<(), StoreError>) + Send>;

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
    /// An answer, which shares more than the transaction with others.
    Answer(Box<Entering>, Instant),
    /// Takes the connection for itself, as a checkpoint must.
    Alone(Work, Instant),
}

/// An answer on its way into the inbox, and who hears of it.
pub(super) struct Entering {
    pub(super) submission: Submission,
    /// When it was sent.
    pub(super) now: Timestamp,
    pub(super) tell: oneshot::Sender<Result<Submitted, StoreError>>,
}

/// Jobs that share a commit.
#[derive(Default)]
struct Group {
    works: Vec<Work>,
    answers: Vec<Entering>,
}

impl Group {
    /// Takes a job and those that wait behind it; returns the one that must have its own turn.
    fn fill(&mut self, first: Queued, queue: &mut mpsc::Receiver<Queued>) -> Option<Queued> {
        let mut next = Some(first);
        while let Some(queued) = next {
            match queued {
                Queued::Grouped(work, _) => self.works.push(work),
                Queued::Answer(entering, _) => self.answers.push(*entering),
                alone @ Queued::Alone(..) => return Some(alone),
            }
            next = match self.len() {
                LARGEST_GROUP => None,
                _ => queue.try_recv().ok(),
            };
        }
        None
    }

    fn len(&self) -> usize {
        self.works.len() + self.answers.len()
    }
}

/// Returns what tells a sender of its job once the commit has come to something. Nobody may be
/// listening any more; the work stands all the same.
pub(super) fn told<T: Send + 'static>(
    tell: oneshot::Sender<Result<T, StoreError>>,
    done: Result<T, StoreError>,
) -> Tell {
    Box::new(move |committed| {
        let _ = tell.send(committed.and(done));
    })
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
                (verdict, self::told(tell, done))
            })
        });
        self.wait_for(kind(work, Instant::now() + PATIENCE), told)
            .await
    }

    /// Keeps an answer and returns once it is committed.
    pub(super) async fn keep(
        &self,
        submission: Submission,
        now: Timestamp,
    ) -> Result<Submitted, StoreError> {
        let (tell, told) = oneshot::channel();
        let entering = Box::new(Entering {
            submission,
            now,
            tell,
        });
        let until = Instant::now() + PATIENCE;
        self.wait_for(Queued::Answer(entering, until), told).await
    }

    async fn wait_for<T>(
        &self,
        queued: Queued,
        told: oneshot::Receiver<Result<T, StoreError>>,
    ) -> Result<T, StoreError> {
        self.0.try_send(queued).map_err(|refused| match refused {
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
            Queued::Grouped(_, until) | Queued::Answer(_, until) => {
                let mut group = Group::default();
                left_over = group.fill(next, &mut queue);
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
    group: Group,
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
    group: Group,
    until: Instant,
    tellers: &mut Vec<Tell>,
) -> Result<(), StoreError> {
    let connection = writer.begin(until).await?;
    connection.run("SAVEPOINT job").await?;
    for work in group.works {
        let (verdict, tell) = work(&mut *connection).await;
        tellers.push(tell);
        match verdict {
            Verdict::Kept => connection.end_job(true).await?,
            Verdict::TakenBack => connection.end_job(false).await?,
            Verdict::Broken(reason) => return Err(StoreError::Broken(reason)),
        }
    }
    keep_all(connection, group.answers, tellers).await?;
    // The commit releases the last savepoint.
    writer.commit().await
}
