//! The one way to write: a queue before the one writing connection (DU-4).
//!
//! Jobs that wait together share one commit, each behind a savepoint of its own; every sender
//! hears of its job only after that commit, so a receipt is as good as the disk. The queue runs in
//! a task of its own: a client that goes away leaves a whole answer or none (DU-5).

use std::pin::Pin;
use std::sync::Arc;

use tokio::sync::{Mutex, mpsc, oneshot};
use tokio::time::Instant;

use super::StoreError;
use super::database::{Connection, PATIENCE};
use super::writer::Writer;

/// Jobs that may wait; more are told to come again (LO-3).
const LONGEST: usize = 512;

/// Most jobs that share a commit.
const LARGEST_GROUP: usize = 64;

/// A piece of work on the writing connection.
pub(super) type Job<'c, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'c>>;

/// Tells a sender what became of its job: done, or why the commit failed.
type Tell = Box<dyn FnOnce(Result<(), StoreError>) + Send>;

/// Work whose type has been forgotten. Inside a group it says whether it may be kept.
type Work = Box<dyn for<'c> FnOnce(&'c mut Connection) -> Working<'c> + Send>;
type Working<'c> = Pin<Box<dyn Future<Output = (bool, Tell)> + Send + 'c>>;

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
    /// Starts the queue before a connection.
    pub(super) fn start(writer: Writer) -> Queue {
        let (sender, receiver) = mpsc::channel(LONGEST);
        tokio::spawn(work_off(Arc::new(Mutex::new(writer)), receiver));
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
                let is_kept = done.is_ok();
                let tell: Tell = Box::new(move |committed| {
                    // Nobody may be listening any more; the work stands all the same.
                    let _ = tell.send(committed.and(done));
                });
                (is_kept, tell)
            })
        });
        let until = Instant::now() + PATIENCE;
        self.0
            .try_send(kind(work, until))
            .map_err(|_| StoreError::Busy)?;
        // A job that panicked tells nothing, and its transaction was rolled back.
        told.await.unwrap_or(Err(StoreError::Interrupted))
    }
}

async fn work_off(writer: Arc<Mutex<Writer>>, mut queue: mpsc::Receiver<Queued>) {
    let mut left_over = None;
    loop {
        let next = match left_over.take() {
            Some(next) => next,
            None => match queue.recv().await {
                Some(next) => next,
                None => return,
            },
        };
        let writer = Arc::clone(&writer);
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
        let _ = turn.await;
    }
}

async fn run_alone(writer: Arc<Mutex<Writer>>, work: Work, until: Instant) {
    let mut writer = writer.lock().await;
    // Where there is no connection the work is dropped, and its sender hears of it.
    if let Ok(connection) = writer.connection(until).await {
        let (_, tell) = work(connection).await;
        tell(Ok(()));
    }
}

async fn run_group(writer: Arc<Mutex<Writer>>, group: Vec<Work>, until: Instant) {
    let mut tellers = Vec::new();
    let committed = commit(&mut *writer.lock().await, group, until, &mut tellers).await;
    if let Err(error) = &committed {
        tracing::warn!(%error, "a commit failed");
    }
    for tell in tellers {
        tell(committed.as_ref().map_err(StoreError::repeated).copied());
    }
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
        let (is_kept, tell) = work(&mut *connection).await;
        tellers.push(tell);
        if !is_kept {
            connection.run("ROLLBACK TO SAVEPOINT job").await?;
        }
        connection.run("RELEASE SAVEPOINT job").await?;
    }
    writer.commit().await
}
