//! Rounds ended by `kill -9`: no acknowledged report may be lost, doubled or half written, and a
//! report sent again under its key after the restart must be there exactly once.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tokio::task::JoinSet;

use crate::client::Connection;
use crate::contract::{self, ContractError, Facility, Kept, Keys, Report};
use crate::process::{Process, ProcessError};

/// What to run, and how often to end it.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The binary.
    pub program: PathBuf,
    /// Its arguments; `--listen 127.0.0.1:0` must be among them.
    pub arguments: Vec<String>,
    /// Bearer token of somebody who may report for every facility listed.
    pub token: String,
    /// How often the program is killed.
    pub rounds: u32,
    /// Clients that report until the kill.
    pub clients: u16,
    /// The kill comes at a random moment after the first report: at least this late.
    pub earliest_kill: Duration,
    /// At most this late.
    pub latest_kill: Duration,
    /// Chooses those moments, and makes the keys of this run its own.
    pub seed: u32,
}

/// Acknowledged reports of a round that are sent once more after it, as a phone does that lost the answer.
const REPEATED: usize = 16;

/// What was found; all faults are zero when the promise was kept.
#[derive(Debug, Default, serde::Serialize)]
pub struct Found {
    /// Rounds ended by a kill.
    pub rounds: u32,
    /// Reports acknowledged before a kill.
    pub acknowledged: usize,
    /// Reports under way when a kill struck, sent again after it.
    pub sent_again: usize,
    /// Of those, how many the program had kept before it was killed.
    pub kept_without_answer: usize,
    /// Reports acknowledged before a kill and sent once more after it.
    pub repeated: usize,
    /// Acknowledged, and not there.
    pub lost: usize,
    /// There more than once.
    pub doubled: usize,
    /// There with a part missing or changed, without its key, or under another facility.
    pub half_written: usize,
    /// There, and sent by nobody.
    pub unknown: usize,
    /// The longest start after a kill, ms.
    pub slowest_start_ms: u128,
    /// What is wrong, one line each.
    pub faults: Vec<String>,
}

/// Why a run could not be finished.
#[derive(Debug, thiserror::Error)]
pub enum Kill9Error {
    /// The program did not start or end.
    #[error(transparent)]
    Process(#[from] ProcessError),
    /// The program did not answer as the contract says.
    #[error(transparent)]
    Contract(#[from] ContractError),
    /// A report that a kill had cut off was refused when it was sent again.
    #[error("a report sent again under its key {key} was not accepted: {answer}")]
    NotAccepted {
        /// Its key.
        key: String,
        /// Status and text, or why there was none.
        answer: String,
    },
    /// The load never began.
    #[error("round {round}: no report was acknowledged before the kill; the last refusal: {refusal:?}")]
    Nothing {
        /// Which round.
        round: u32,
        /// Status and text of the last report refused.
        refusal: Option<String>,
    },
}

/// Reports of one round, by what the client knows of them.
#[derive(Debug, Default)]
struct Sent {
    acknowledged: Vec<(usize, Report)>,
    unanswered: Vec<(usize, Report)>,
    refusal: Option<String>,
}

/// Runs all rounds against one database.
pub async fn run(settings: &Settings) -> Result<Found, Kill9Error> {
    let arguments: Vec<&str> = settings.arguments.iter().map(String::as_str).collect();
    let mut found = Found::default();
    let mut process = Process::start(&settings.program, &arguments)?;
    for round in 0..settings.rounds {
        let since = contract::vietnam_time(jiff::Timestamp::now());
        let facilities = contract::facilities(&mut Connection::new(process.address(), &settings.token)).await?;
        let sent = load_until_killed(settings, round, process, &facilities).await?;
        if sent.acknowledged.is_empty() {
            return Err(Kill9Error::Nothing { round, refusal: sent.refusal });
        }

        process = Process::start(&settings.program, &arguments)?;
        found.rounds += 1;
        found.slowest_start_ms = found.slowest_start_ms.max(process.started_in().as_millis());
        let mut connection = Connection::new(process.address(), &settings.token);
        let before = kept_by_key(&mut connection, &facilities, &since).await?;
        for (place, report) in &sent.acknowledged {
            found.note(round, "", report, fault(report, *place, &before));
        }
        for (place, report) in &sent.unanswered {
            if before.contains_key(&Some(report.key.clone())) {
                found.kept_without_answer += 1;
                found.note(round, "", report, fault(report, *place, &before));
            }
            send_again(&mut connection, report).await?;
        }
        let repeated = sent.acknowledged.iter().rev().take(REPEATED);
        for (_, report) in repeated.clone() {
            send_again(&mut connection, report).await?;
        }
        let after = kept_by_key(&mut connection, &facilities, &since).await?;
        let mut known = BTreeSet::new();
        for (place, report) in sent.acknowledged.iter().chain(&sent.unanswered) {
            known.insert(report.key.as_str());
            found.note(round, " after sending again", report, fault(report, *place, &after));
        }
        found.note_unknown(round, &after, &known);
        found.acknowledged += sent.acknowledged.len();
        found.sent_again += sent.unanswered.len();
        found.repeated += repeated.len();
    }
    Ok(found)
}

/// Loads the program from all clients and kills it under them.
async fn load_until_killed(
    settings: &Settings,
    round: u32,
    process: Process,
    facilities: &[Facility],
) -> Result<Sent, Kill9Error> {
    let sent = Arc::new(Mutex::new(Sent::default()));
    let mut clients = JoinSet::new();
    for client in 0..settings.clients {
        let connection = Connection::new(process.address(), &settings.token);
        let keys = Keys::new(settings.seed.wrapping_add(round.wrapping_mul(0x9e37_79b9)), client);
        clients.spawn(report_until_cut(connection, keys, facilities.to_vec(), usize::from(client), sent.clone()));
    }
    // Waits for the first answer, so that every round kills a program that is writing.
    let patience = Instant::now();
    while lock(&sent).acknowledged.is_empty() && patience.elapsed() < Duration::from_secs(20) {
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    let spread = settings.latest_kill.saturating_sub(settings.earliest_kill);
    tokio::time::sleep(settings.earliest_kill + spread.mul_f64(fraction(settings.seed, round))).await;
    process.kill()?;
    while clients.join_next().await.is_some() {}
    Ok(std::mem::take(&mut *lock(&sent)))
}

async fn report_until_cut(
    mut connection: Connection,
    mut keys: Keys,
    facilities: Vec<Facility>,
    first: usize,
    sent: Arc<Mutex<Sent>>,
) {
    for number in 0.. {
        let place = (first + number) % facilities.len();
        let now = jiff::Timestamp::now();
        let happened_at = contract::vietnam_time(now);
        let report = Report::new(&facilities[place], keys.next_key(now), number as u64, &happened_at);
        match connection.post(&report.path, &report.key, report.bytes()).await {
            Ok(answer) if answer.is_success() => lock(&sent).acknowledged.push((place, report)),
            // Refused while running is no promise: it is sent again like one that was cut off, and
            // a refusal then ends the run with its reason.
            Ok(answer) => {
                let text = String::from_utf8_lossy(&answer.body).into_owned();
                let mut sent = lock(&sent);
                sent.refusal = Some(format!("{} {text}", answer.status));
                sent.unanswered.push((place, report));
            }
            Err(_) => {
                lock(&sent).unanswered.push((place, report));
                return;
            }
        }
    }
}

async fn send_again(connection: &mut Connection, report: &Report) -> Result<(), Kill9Error> {
    let refused = |answer: String| Kill9Error::NotAccepted { key: report.key.clone(), answer };
    let answer = connection.post(&report.path, &report.key, report.bytes()).await;
    let answer = answer.map_err(|none| refused(none.to_string()))?;
    if answer.is_success() {
        return Ok(());
    }
    Err(refused(format!("{} {}", answer.status, String::from_utf8_lossy(&answer.body))))
}

/// Every report since a moment: key → the facilities it stands under, with what is kept there.
type ByKey = BTreeMap<Option<String>, Vec<(usize, Kept)>>;

async fn kept_by_key(
    connection: &mut Connection,
    facilities: &[Facility],
    since: &str,
) -> Result<ByKey, ContractError> {
    let mut all = ByKey::new();
    for (place, facility) in facilities.iter().enumerate() {
        for kept in contract::reports(connection, facility, since).await? {
            all.entry(kept.key.clone()).or_default().push((place, kept));
        }
    }
    Ok(all)
}

/// How a report that must be there once and whole is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    Lost,
    Doubled(usize),
    HalfWritten(&'static str),
    Misplaced,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lost => f.write_str("is lost"),
            Self::Doubled(times) => write!(f, "is there {times} times"),
            Self::HalfWritten(field) => write!(f, "is half written: {field} differs"),
            Self::Misplaced => f.write_str("stands under another facility"),
        }
    }
}

impl Found {
    fn note(&mut self, round: u32, when: &str, report: &Report, fault: Option<Fault>) {
        let Some(fault) = fault else { return };
        match fault {
            Fault::Lost => self.lost += 1,
            Fault::Doubled(_) => self.doubled += 1,
            Fault::HalfWritten(_) | Fault::Misplaced => self.half_written += 1,
        }
        self.faults.push(format!("round {round}{when}: {} {fault}", report.key));
    }

    /// What is there although nobody sent it, or has lost the key it was sent under.
    fn note_unknown(&mut self, round: u32, kept: &ByKey, known: &BTreeSet<&str>) {
        for (key, rows) in kept {
            match key {
                Some(key) if known.contains(key.as_str()) => {}
                Some(key) => {
                    self.unknown += rows.len();
                    self.faults.push(format!("round {round}: {key} was sent by nobody in this round"));
                }
                None => {
                    self.half_written += rows.len();
                    self.faults.push(format!("round {round}: {} reports are kept without their key", rows.len()));
                }
            }
        }
    }
}

/// What is wrong with one report that must be there.
fn fault(report: &Report, place: usize, kept: &ByKey) -> Option<Fault> {
    match kept.get(&Some(report.key.clone())).map(Vec::as_slice) {
        None | Some([]) => Some(Fault::Lost),
        Some([(there, _)]) if *there != place => Some(Fault::Misplaced),
        Some([(_, kept)]) => report.differs_from(kept).map(Fault::HalfWritten),
        Some(many) => Some(Fault::Doubled(many.len())),
    }
}

/// A number in 0..1 from seed and round (SplitMix64, Steele, Lea and Flood 2014).
fn fraction(seed: u32, round: u32) -> f64 {
    let mut z = (u64::from(seed) << 32 | u64::from(round)).wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
}

fn lock(sent: &Mutex<Sent>) -> std::sync::MutexGuard<'_, Sent> {
    // A client that panicked has left whole reports only.
    sent.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn report(key: &str) -> Report {
        Report { key: key.into(), path: String::new(), body: json!({ "levels": [1], "cylinders": [], "patients": {} }) }
    }

    fn kept(place: usize, report: &Report) -> (usize, Kept) {
        (place, Kept { key: Some(report.key.clone()), fields: report.body.clone() })
    }

    #[test]
    fn lost_doubled_misplaced_and_half_written_reports_are_named_and_counted() {
        let whole = report("a");
        let mut half = kept(0, &whole);
        half.1.fields["levels"] = json!([]);
        let mut found = Found::default();
        let mut told = |rows: Vec<(usize, Kept)>| {
            let fault = fault(&whole, 0, &ByKey::from([(Some("a".into()), rows)]));
            found.note(7, "", &whole, fault);
            fault
        };

        assert_eq!(told(vec![kept(0, &whole)]), None);
        assert_eq!(told(vec![]), Some(Fault::Lost));
        assert_eq!(told(vec![kept(0, &whole), kept(0, &whole)]), Some(Fault::Doubled(2)));
        assert_eq!(told(vec![kept(1, &whole)]), Some(Fault::Misplaced));
        assert_eq!(told(vec![half]), Some(Fault::HalfWritten("levels")));
        assert_eq!((found.lost, found.doubled, found.half_written), (1, 1, 2));
        assert_eq!(found.faults[0], "round 7: a is lost");
    }

    #[test]
    fn reports_without_their_key_and_reports_of_nobody_are_counted() {
        let (stray, known) = (report("b"), report("a"));
        let mut keyless = kept(0, &stray);
        keyless.1.key = None;
        let there = ByKey::from([
            (None, vec![keyless]),
            (Some("a".into()), vec![kept(0, &known)]),
            (Some("b".into()), vec![kept(0, &stray)]),
        ]);
        let mut found = Found::default();
        found.note_unknown(3, &there, &BTreeSet::from(["a"]));
        assert_eq!((found.half_written, found.unknown, found.faults.len()), (1, 1, 2));
    }

    #[test]
    fn kills_are_spread_over_the_time_allowed() {
        let moments: Vec<f64> = (0..200).map(|round| fraction(1, round)).collect();
        assert!(moments.iter().all(|m| (0.0..1.0).contains(m)));
        assert!(moments.iter().filter(|m| **m < 0.5).count() > 70);
        assert!(moments.iter().filter(|m| **m >= 0.5).count() > 70);
    }
}
