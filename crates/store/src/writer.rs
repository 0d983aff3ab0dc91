//! One writer that gathers waiting operations into one transaction.
//!
//! Each operation has its own savepoint: one that is refused, fails or panics is undone alone.
//! Nobody is answered before the commit is durable. While one batch is being written the next
//! gathers, so the more callers there are the less each waits for the disk.

use std::collections::BTreeMap;
use std::ops::{Deref, DerefMut};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, TryRecvError, TrySendError, sync_channel};
use std::time::Duration;

use place::ProvinceId;
use tokio::sync::oneshot;

use crate::engine::{Connection, Database};
use crate::statement::statements;
use crate::{StoreError, params};

/// Operations in one transaction at most. PostgreSQL keeps 64 subtransactions in shared memory
/// before it spills.
const BATCH: usize = 64;
/// Operations that may wait before callers are held back.
const QUEUE: usize = 1024;

statements! {
    PULSE = "INSERT INTO pulse (province, seq, registers) VALUES (?1, 1, ?2)
        ON CONFLICT (province) DO UPDATE SET seq = pulse.seq + 1, registers = pulse.registers + excluded.registers";
}

/// How long, and how often, a caller that must not block tries to queue an operation.
const PATIENCE: u32 = 2_000;
const PAUSE: Duration = Duration::from_millis(5);

/// A transaction that an operation writes into.
pub struct Transaction<'c> {
    connection: &'c mut Connection,
    touched: BTreeMap<ProvinceId, bool>,
}

impl Transaction<'_> {
    /// Says that what screens of a province show has changed.
    pub fn touch(&mut self, province: ProvinceId) {
        self.touched.entry(province).or_insert(false);
    }

    /// Says that bodies, facilities, stores, norms or the clock of a province have changed.
    pub fn touch_registers(&mut self, province: ProvinceId) {
        self.touched.insert(province, true);
    }
}

impl Deref for Transaction<'_> {
    type Target = Connection;
    fn deref(&self) -> &Connection {
        self.connection
    }
}

impl DerefMut for Transaction<'_> {
    fn deref_mut(&mut self) -> &mut Connection {
        self.connection
    }
}

/// Answers the caller once the fate of the batch is known.
type Answer = Box<dyn FnOnce(Result<(), StoreError>) + Send>;
/// Runs one operation; `Ok` keeps what it wrote, `Err` undoes it. Either way the answer waits.
type Work = Box<dyn FnOnce(&mut Transaction<'_>) -> (bool, Answer) + Send>;

/// The handle through which operations reach the writer's thread.
#[derive(Clone)]
pub(crate) struct Writer {
    queue: SyncSender<Work>,
}

impl Writer {
    pub(crate) fn start(database: Database) -> Result<Self, StoreError> {
        let connection = database.connect()?;
        let (queue, waiting) = sync_channel(QUEUE);
        std::thread::Builder::new().name("writer".into()).spawn(move || serve(database, connection, &waiting))?;
        Ok(Self { queue })
    }

    /// Queues an operation; the receiver yields its outcome after the commit.
    pub(crate) fn submit<T, E, F>(&self, work: F) -> Result<oneshot::Receiver<Result<T, E>>, StoreError>
    where
        F: FnOnce(&mut Transaction<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let (work, receiver) = wrapped(work);
        self.queue.send(work).map_err(|_| StoreError::Stopped)?;
        Ok(receiver)
    }

    /// The same without ever holding up the thread: a full queue is tried again for a while, and
    /// then the caller is told to come back.
    pub(crate) async fn submit_waiting<T, E, F>(&self, work: F) -> Result<oneshot::Receiver<Result<T, E>>, StoreError>
    where
        F: FnOnce(&mut Transaction<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let (mut work, receiver) = wrapped(work);
        for _ in 0..PATIENCE {
            work = match self.queue.try_send(work) {
                Ok(()) => return Ok(receiver),
                Err(TrySendError::Full(work)) => work,
                Err(TrySendError::Disconnected(_)) => return Err(StoreError::Stopped),
            };
            tokio::time::sleep(PAUSE).await;
        }
        Err(StoreError::Stopped)
    }
}

/// An operation with what answers its caller.
fn wrapped<T, E, F>(work: F) -> (Work, oneshot::Receiver<Result<T, E>>)
where
    F: FnOnce(&mut Transaction<'_>) -> Result<T, E> + Send + 'static,
    T: Send + 'static,
    E: From<StoreError> + Send + 'static,
{
    let (sender, receiver) = oneshot::channel();
    let work: Work = Box::new(move |transaction| {
        let outcome = match catch_unwind(AssertUnwindSafe(|| work(transaction))) {
            // What the operation queued must have reached the database before it counts.
            Ok(Ok(done)) => transaction.flush().map(|()| done).map_err(E::from),
            Ok(Err(refused)) => Err(refused),
            Err(panic) => Err(StoreError::Panicked(message_of(panic.as_ref())).into()),
        };
        let kept = outcome.is_ok();
        let answer: Answer = Box::new(move |committed| {
            // A caller that has gone away no longer wants the answer.
            // A refusal or a replay may rest on what another operation of the batch had written:
            // where the batch failed, nobody gets an answer that rests on it.
            let _ = sender.send(committed.map_err(E::from).and(outcome));
        });
        (kept, answer)
    });
    (work, receiver)
}

fn message_of(panic: &(dyn std::any::Any + Send)) -> String {
    panic
        .downcast_ref::<String>()
        .cloned()
        .or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()))
        .unwrap_or_else(|| "no message".to_owned())
}

fn serve(database: Database, mut connection: Connection, waiting: &Receiver<Work>) {
    while let Ok(first) = waiting.recv() {
        let mut batch = vec![first];
        while batch.len() < BATCH {
            match waiting.try_recv() {
                Ok(work) => batch.push(work),
                Err(_) => break,
            }
        }
        if !connection.is_there() {
            match reconnect(&database, waiting) {
                Some(again) => connection = again,
                None => return,
            }
        }
        if let Err(error) = run_batch(&mut connection, batch) {
            tracing::error!(%error, "a batch was not written");
            match reconnect(&database, waiting) {
                Some(again) => connection = again,
                None => return,
            }
        }
    }
}

/// Runs a batch and answers everybody in it. `Err` means that the connection is to be replaced.
fn run_batch(connection: &mut Connection, batch: Vec<Work>) -> Result<(), StoreError> {
    let mut answers = Vec::with_capacity(batch.len());
    let committed = write_batch(connection, batch, &mut answers);
    let failed = committed.as_ref().err().map(ToString::to_string);
    if failed.is_some() {
        // The first cause is the one to report; a broken connection fails here as well.
        let _ = connection.rollback();
    }
    for answer in answers {
        answer(match &failed {
            None => Ok(()),
            Some(cause) => Err(StoreError::Io(std::io::Error::other(cause.clone()))),
        });
    }
    committed
}

fn write_batch(connection: &mut Connection, batch: Vec<Work>, answers: &mut Vec<Answer>) -> Result<(), StoreError> {
    connection.begin_write()?;
    let mut transaction = Transaction { connection, touched: BTreeMap::new() };
    let mut touched: BTreeMap<ProvinceId, bool> = BTreeMap::new();
    for work in batch {
        transaction.savepoint()?;
        let (kept, answer) = work(&mut transaction);
        answers.push(answer);
        let touched_by_it = std::mem::take(&mut transaction.touched);
        if kept {
            transaction.release()?;
            for (province, registers) in touched_by_it {
                *touched.entry(province).or_default() |= registers;
            }
        } else {
            transaction.undo()?;
        }
    }
    for (province, registers) in touched {
        transaction.write(PULSE, params![province, registers])?;
    }
    transaction.commit()
}

/// Opens the database again, for as long as that takes; `None` once nobody could use it any more.
/// Who waits meanwhile is told at once that it is not there: a phone keeps its queue and retries.
fn reconnect(database: &Database, waiting: &Receiver<Work>) -> Option<Connection> {
    let mut pause = Duration::from_millis(100);
    loop {
        match database.connect() {
            Ok(connection) => return Some(connection),
            Err(error) => tracing::error!(%error, "the database is not there; trying again"),
        }
        loop {
            match waiting.try_recv() {
                // Dropping an operation answers `Stopped`.
                Ok(work) => drop(work),
                Err(TryRecvError::Empty) => break,
                Err(TryRecvError::Disconnected) => return None,
            }
        }
        std::thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_secs(5));
    }
}
