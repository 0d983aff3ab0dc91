//! Load: many clients that report, while the list of who is running out is read at a steady rate.
//!
//! A paced request is measured from the moment it was *due*, not from the moment it was sent: when
//! the program stalls, the requests that had to wait behind the stall count as slow too (otherwise
//! the generator hides exactly what it should show).

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use serde::Serialize;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};

use crate::client::{Answer, Connection, NoAnswer};
use crate::contract::{self, ContractError, Facility, Keys, Report};
use crate::latency::{Latencies, Summary};
use crate::process::resident_memory;

/// Connections that share the list requests: enough that one slow answer delays no other.
const READERS: u32 = 16;

/// What is asked of the program.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Host and port.
    pub address: String,
    /// Bearer token of somebody who may report for every facility listed.
    pub token: String,
    /// Clients that report, each on its own connection.
    pub clients: u16,
    /// Reports per second over all clients; `None` lets each send as soon as it is answered.
    pub reports_per_second: Option<f64>,
    /// List requests per second, paced; 0 for none.
    pub lists_per_second: f64,
    /// What is read as a list: the API's, or a page with the cookie of a browser.
    pub list: (String, Option<String>),
    /// Load before measuring.
    pub warm_up: Duration,
    /// Load while measuring.
    pub duration: Duration,
    /// The program's process id, for its memory.
    pub process: Option<u32>,
    /// Makes the keys of this run its own.
    pub run: u32,
}

/// What came of one kind of request.
#[derive(Debug, Serialize)]
pub struct Figures {
    /// Successes per second.
    pub per_second: f64,
    /// Latency of the successes.
    pub latency: Summary,
    /// Failures by status; 0 stands for a broken connection.
    pub errors: BTreeMap<u16, u64>,
}

/// What came of a run.
#[derive(Debug, Serialize)]
pub struct Measured {
    /// The reports.
    pub reports: Figures,
    /// The lists.
    pub lists: Figures,
    /// Resident memory of the program at the end, bytes.
    pub resident_bytes: Option<u64>,
    /// The highest it ever was, bytes.
    pub resident_peak_bytes: Option<u64>,
    /// Seconds measured.
    pub seconds: f64,
}

impl Measured {
    pub(crate) fn new(reports: &Tally, lists: &Tally, memory: Option<(u64, u64)>, duration: Duration) -> Self {
        let seconds = duration.as_secs_f64();
        Self {
            reports: reports.figures(seconds),
            lists: lists.figures(seconds),
            resident_bytes: memory.map(|(now, _)| now),
            resident_peak_bytes: memory.map(|(_, peak)| peak),
            seconds,
        }
    }
}

impl fmt::Display for Measured {
    /// A table for a terminal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let titles = ["per s", "p50 ms", "p99 ms", "p99.9 ms", "max ms"];
        writeln!(f, "{:<8}{}  errors", "", titles.map(|title| format!("{title:>10}")).concat())?;
        for (name, Figures { per_second, latency, errors }) in [("reports", &self.reports), ("lists", &self.lists)] {
            let values = [*per_second, latency.p50_ms, latency.p99_ms, latency.p999_ms, latency.max_ms];
            writeln!(f, "{name:<8}{}  {errors:?}", values.map(|value| format!("{value:>10.2}")).concat())?;
        }
        let megabytes = |bytes: Option<u64>| bytes.map_or("not asked".into(), |b| format!("{:.1} MB", b as f64 / 1e6));
        let (now, peak) = (megabytes(self.resident_bytes), megabytes(self.resident_peak_bytes));
        writeln!(f, "resident {now} at the end, {peak} at most; {:.0} s measured", self.seconds)
    }
}

/// The bounds to hold on one machine with 2 cores, the generator included.
#[derive(Debug, Clone, Copy)]
pub struct Targets {
    /// At least this many reports a second.
    pub reports_per_second: f64,
    /// p99 of a report, ms.
    pub report_p99_ms: f64,
    /// p99 of a list, ms.
    pub list_p99_ms: f64,
    /// Resident memory, bytes.
    pub resident_bytes: u64,
}

impl Targets {
    /// Those the project promises.
    pub const PROMISED: Self =
        Self { reports_per_second: 1000.0, report_p99_ms: 100.0, list_p99_ms: 30.0, resident_bytes: 150_000_000 };

    /// What was missed, in words; empty when all was held.
    pub fn missed_by(self, measured: &Measured) -> Vec<String> {
        let (reports, lists) = (&measured.reports, &measured.lists);
        let mut missed = Vec::new();
        if reports.per_second < self.reports_per_second {
            missed.push(format!("{:.0} reports/s, promised {:.0}", reports.per_second, self.reports_per_second));
        }
        if reports.latency.p99_ms >= self.report_p99_ms {
            missed
                .push(format!("p99 of a report {:.1} ms, promised {:.0}", reports.latency.p99_ms, self.report_p99_ms));
        }
        if lists.latency.p99_ms >= self.list_p99_ms {
            missed.push(format!("p99 of a list {:.1} ms, promised {:.0}", lists.latency.p99_ms, self.list_p99_ms));
        }
        if let Some(bytes) = measured.resident_bytes.filter(|bytes| *bytes >= self.resident_bytes) {
            missed.push(format!("{} MB resident, promised {}", bytes / 1_000_000, self.resident_bytes / 1_000_000));
        }
        if !reports.errors.is_empty() || !lists.errors.is_empty() {
            missed.push(format!("errors: reports {:?}, lists {:?}", reports.errors, lists.errors));
        }
        missed
    }
}

/// One worker's share.
#[derive(Default)]
pub(crate) struct Tally {
    latencies: Latencies,
    errors: BTreeMap<u16, u64>,
}

impl Tally {
    pub(crate) fn success(&mut self, latency: Duration) {
        self.latencies.record(latency);
    }

    pub(crate) fn failure(&mut self, status: u16) {
        *self.errors.entry(status).or_default() += 1;
    }

    fn record(&mut self, answer: &Result<Answer, NoAnswer>, latency: Duration) {
        match answer {
            Ok(answer) if answer.is_success() => self.success(latency),
            Ok(answer) => self.failure(answer.status),
            Err(_) => self.failure(0),
        }
    }

    fn merge(&mut self, other: Self) {
        self.latencies.merge(other.latencies);
        for (status, count) in other.errors {
            *self.errors.entry(status).or_default() += count;
        }
    }

    fn figures(&self, seconds: f64) -> Figures {
        let latency = self.latencies.summary();
        Figures { per_second: latency.count as f64 / seconds, latency, errors: self.errors.clone() }
    }
}

/// When a worker's requests are due.
#[derive(Clone, Copy)]
pub(crate) struct Pace {
    pub(crate) first: Instant,
    pub(crate) every: Option<Duration>,
    pub(crate) measure_from: Instant,
    pub(crate) end: Instant,
}

impl Pace {
    /// Waits for the `number`-th request and says when it was due; `None` once the run is over.
    pub(crate) async fn due(&self, number: u32) -> Option<Instant> {
        let due = match self.every {
            Some(every) => self.first + every * number,
            None => Instant::now(),
        };
        if due >= self.end {
            return None;
        }
        sleep_until(due).await;
        Some(due)
    }
}

/// Runs the load to its end.
pub async fn run(settings: &Settings) -> Result<Measured, ContractError> {
    let facilities = contract::facilities(&mut Connection::new(&settings.address, &settings.token)).await?;
    let begin = Instant::now();
    let measure_from = begin + settings.warm_up;
    let end = measure_from + settings.duration;
    let pace = |worker: u32, workers: u32, per_second: Option<f64>| {
        let every = per_second.map(|rate| Duration::from_secs_f64(f64::from(workers) / rate));
        // Spread over the interval, so that the workers do not all strike at once.
        Pace { first: begin + every.unwrap_or_default() * worker / workers, every, measure_from, end }
    };

    let mut reporters = JoinSet::new();
    for client in 0..settings.clients {
        let connection = Connection::new(&settings.address, &settings.token);
        let keys = Keys::new(settings.run, client);
        let pace = pace(u32::from(client), u32::from(settings.clients), settings.reports_per_second);
        reporters.spawn(send_reports(connection, keys, facilities.clone(), usize::from(client), pace));
    }
    let mut readers = JoinSet::new();
    if settings.lists_per_second > 0.0 {
        for reader in 0..READERS {
            let (path, cookie) = settings.list.clone();
            let connection = Connection::new(&settings.address, &settings.token).with_cookie(cookie);
            readers.spawn(read_lists(connection, path, pace(reader, READERS, Some(settings.lists_per_second))));
        }
    }

    let reports = merged(reporters).await;
    let lists = merged(readers).await;
    let memory = settings.process.and_then(resident_memory);
    Ok(Measured::new(&reports, &lists, memory, settings.duration))
}

pub(crate) async fn merged(mut workers: JoinSet<Tally>) -> Tally {
    let mut all = Tally::default();
    while let Some(done) = workers.join_next().await {
        match done {
            Ok(tally) => all.merge(tally),
            // A worker that fell is an error of the run like a broken connection.
            Err(_) => all.failure(0),
        }
    }
    all
}

async fn send_reports(
    mut connection: Connection,
    mut keys: Keys,
    facilities: Vec<Facility>,
    first: usize,
    pace: Pace,
) -> Tally {
    let mut tally = Tally::default();
    let mut number = 0;
    while let Some(due) = pace.due(number).await {
        let now = jiff::Timestamp::now();
        // 64 clients step through the facilities from different places.
        let facility = &facilities[(first + number as usize) % facilities.len()];
        let report = Report::new(facility, keys.next_key(now), u64::from(number), &contract::vietnam_time(now));
        let answer = connection.post(&report.path, &report.key, report.bytes()).await;
        if due >= pace.measure_from {
            tally.record(&answer, due.elapsed());
        }
        rest_after_failure(&answer).await;
        number += 1;
    }
    tally
}

async fn read_lists(mut connection: Connection, path: String, pace: Pace) -> Tally {
    let mut tally = Tally::default();
    let mut number = 0;
    while let Some(due) = pace.due(number).await {
        let answer = connection.get(&path).await;
        if due >= pace.measure_from {
            tally.record(&answer, due.elapsed());
        }
        rest_after_failure(&answer).await;
        number += 1;
    }
    tally
}

/// A refused connection answers at once; without a rest the generator would take a core for itself.
async fn rest_after_failure(answer: &Result<Answer, NoAnswer>) {
    if answer.is_err() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
