//! The named reference: the same inserts and the same list in plain SQL. The program's figures
//! divided by these say what everything else costs.
//!
//! **The same**: tables, indexes and columns (the program's own migration); engine settings and
//! durability (WAL with `synchronous = FULL`, PostgreSQL as it is set); a report of two readings
//! with its census, both projections, the audit, the idempotency key, looked up before and kept
//! after; ids and keys that begin with the moment, so that indexes grow at the same end; one writer,
//! up to 64 reports a transaction with a savepoint each, an answer only after the commit; the two
//! questions of the list, with every column read.
//!
//! **Not the same**, and therefore in the ratio: HTTP and JSON, sign-in and rights, checks of the
//! figures, the program's own reads before it writes (reports of about the same time, the stores'
//! states), hashing (digests and request keys are bytes of the same size here), the sealer and the
//! other jobs. In the program's favour: it assembles the list at most four times a second and
//! answers the other requests from memory, while the reference asks the database every time, and
//! it computes hours left of it, which the reference does not.

pub mod cell;
pub mod engine;
pub mod import;
pub mod rows;

use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::task::JoinSet;
use tokio::time::Instant;

use self::engine::{Engine, EngineError, Job};
use crate::load::{Measured, Pace, Tally, merged};
use crate::process::resident_memory;

/// Reports in one transaction at most, as in the program.
const BATCH: usize = 64;

/// Connections that read.
const READERS: u32 = 2;

/// What is asked of the engine.
#[derive(Debug, Clone)]
pub struct Settings {
    /// `sqlite:PATH` or `postgres://…`: empty.
    pub database: String,
    /// Writers that wait for their own commit.
    pub clients: u16,
    /// Facilities that report, each with a tank and a stack of cylinders.
    pub facilities: u64,
    /// Lists per second, paced; 0 for none.
    pub lists_per_second: f64,
    /// Load before measuring.
    pub warm_up: Duration,
    /// Load while measuring.
    pub duration: Duration,
}

/// A question and where its answer goes.
type Asked<T> = (T, oneshot::Sender<Result<(), EngineError>>);

/// Runs the reference to its end. Blocks: each engine drives its own connection.
pub fn run(settings: &Settings) -> Result<Measured, EngineError> {
    let mut engine = Engine::open(&settings.database)?;
    engine.create_tables()?;
    let (writer, waiting) = channel();
    std::thread::Builder::new().name("writer".into()).spawn(move || write_batches(engine, &waiting))?;
    let mut readers = Vec::new();
    for _ in 0..if settings.lists_per_second > 0.0 { READERS } else { 0 } {
        let engine = Engine::open(&settings.database)?;
        let (reader, waiting) = channel();
        std::thread::Builder::new().name("reader".into()).spawn(move || read_lists(engine, &waiting))?;
        readers.push(reader);
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let (reports, lists) = runtime.block_on(ask_both(settings, &writer, readers));
    Ok(Measured::new(&reports, &lists, resident_memory(std::process::id()), settings.duration))
}

async fn ask_both(settings: &Settings, writer: &Sender<Asked<Job>>, readers: Vec<Sender<Asked<()>>>) -> (Tally, Tally) {
    let first = Instant::now();
    let measure_from = first + settings.warm_up;
    let end = measure_from + settings.duration;
    let mut clients = JoinSet::new();
    for client in 0..settings.clients {
        let pace = Pace { first, every: None, measure_from, end };
        clients.spawn(send_reports(u64::from(client), settings.facilities, writer.clone(), pace));
    }
    let mut lists = JoinSet::new();
    for (nth, reader) in (0..).zip(readers) {
        let every = Duration::from_secs_f64(f64::from(READERS) / settings.lists_per_second);
        let pace = Pace { first: first + every * nth / READERS, every: Some(every), measure_from, end };
        lists.spawn(ask_lists(reader, pace));
    }
    (merged(clients).await, merged(lists).await)
}

/// Gathers waiting reports into one transaction; nobody is answered before its commit.
fn write_batches(mut engine: Engine, waiting: &Receiver<Asked<Job>>) {
    while let Ok(first) = waiting.recv() {
        let mut batch = vec![first];
        batch.extend(waiting.try_iter().take(BATCH - 1));
        let (jobs, answers): (Vec<Job>, Vec<_>) = batch.into_iter().unzip();
        let outcome = engine.write(&jobs);
        let failed = outcome.is_err();
        let mut outcome = Some(outcome);
        for answer in answers {
            // The first hears why; the others see the channel close, which counts as the same failure.
            match outcome.take() {
                Some(told) => drop(answer.send(told)),
                None if failed => drop(answer),
                None => drop(answer.send(Ok(()))),
            }
        }
        if failed {
            return;
        }
    }
}

fn read_lists(mut engine: Engine, waiting: &Receiver<Asked<()>>) {
    while let Ok(((), answer)) = waiting.recv() {
        // A reader whose client has gone has nothing to say.
        let _ = answer.send(engine.list().map(drop));
    }
}

async fn send_reports(client: u64, facilities: u64, writer: Sender<Asked<Job>>, pace: Pace) -> Tally {
    let mut tally = Tally::default();
    let mut number = 0;
    while let Some(due) = pace.due(number).await {
        let job = (client << 32 | u64::from(number), (client + u64::from(number)) % facilities, now());
        if !ask(&writer, job, due, &pace, &mut tally).await {
            break;
        }
        number += 1;
    }
    tally
}

async fn ask_lists(reader: Sender<Asked<()>>, pace: Pace) -> Tally {
    let mut tally = Tally::default();
    let mut number = 0;
    while let Some(due) = pace.due(number).await {
        if !ask(&reader, (), due, &pace, &mut tally).await {
            break;
        }
        number += 1;
    }
    tally
}

/// Whether the engine still works.
async fn ask<T>(engine: &Sender<Asked<T>>, what: T, due: Instant, pace: &Pace, tally: &mut Tally) -> bool {
    let (answer, told) = oneshot::channel();
    let sent = engine.send((what, answer)).is_ok();
    let worked = sent && matches!(told.await, Ok(Ok(())));
    match worked {
        true if due >= pace.measure_from => tally.success(due.elapsed()),
        true => {}
        false => tally.failure(0),
    }
    worked
}

fn now() -> i64 {
    jiff::Timestamp::now().as_microsecond()
}
