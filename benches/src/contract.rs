//! The part of the API that is measured: paths, bodies and answers. A change of the API changes
//! this file alone.

use hyper::body::Bytes;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::client::{Connection, NoAnswer};

/// The list of the first screen.
pub const RUNNING_OUT: &str = "/api/v1/oxygen/running-out";

/// Facilities with their stores of oxygen.
pub const FACILITIES: &str = "/api/v1/facilities";

/// Fields of a report that must come back as they were sent.
const KEPT: [&str; 5] = ["levels", "cylinders", "patients", "waiting", "source"];

/// Why the program cannot be measured.
#[derive(Debug, thiserror::Error)]
pub enum ContractError {
    /// No answer at all.
    #[error(transparent)]
    NoAnswer(#[from] NoAnswer),
    /// An answer that is not a success.
    #[error("{path} answered {status}: {body}")]
    Refused {
        /// What was asked for.
        path: String,
        /// HTTP status.
        status: u16,
        /// Its text.
        body: String,
    },
    /// A success that is not of the expected shape.
    #[error("{path} answered something else than expected: {cause}")]
    Shape {
        /// What was asked for.
        path: String,
        /// Where it differs.
        cause: serde_json::Error,
    },
    /// Nobody can report anything.
    #[error("{FACILITIES} lists no facility with a store of oxygen: import some first")]
    Empty,
}

/// A facility as the API lists it.
#[derive(Debug, Clone, Deserialize)]
pub struct Facility {
    /// Its id.
    pub id: String,
    /// Its tanks, dewars and stacks of cylinders.
    pub stores: Vec<Store>,
}

/// One store of oxygen.
#[derive(Debug, Clone, Deserialize)]
pub struct Store {
    /// Its id.
    pub id: String,
    /// `tank`, `dewar`, `cylinders`, …
    pub kind: String,
    /// The unit its gauge is read in; none where vessels are counted.
    pub unit: Option<String>,
    /// What it holds when full, kg.
    pub capacity_kg: Option<f64>,
}

/// A report as the API gives it back: its idempotency key, and the fields that were sent.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub struct Kept {
    /// The key it was sent under; none is remembered where its half of the write is missing.
    pub key: Option<String>,
    /// Everything else.
    #[serde(flatten)]
    pub fields: Value,
}

/// A report to be sent.
#[derive(Debug, Clone)]
pub struct Report {
    /// Idempotency key, a UUID.
    pub key: String,
    /// Where to.
    pub path: String,
    /// What.
    pub body: Value,
}

impl Report {
    /// The `number`-th report of a facility: figures differ from report to report, so that a half
    /// written one, or one that took another's lines, is noticed.
    pub fn new(facility: &Facility, key: String, number: u64, happened_at: &str) -> Self {
        let (mut levels, mut cylinders) = (Vec::new(), Vec::new());
        for store in &facility.stores {
            match (&store.unit, store.kind.as_str()) {
                (Some(unit), _) => {
                    levels.push(json!({ "store": store.id, "value": level(store, unit, number), "unit": unit }));
                }
                (None, kind) if kind.starts_with("cylinder") => cylinders.push(json!({
                    "store": store.id, "full": 5 + number % 20, "part": 0, "empty": 30 - number % 20, "damaged": 0,
                })),
                // A plant or a concentrator has neither a level nor a count to report.
                (None, _) => {}
            }
        }
        let body = json!({
            "happened_at": happened_at,
            "levels": levels,
            "cylinders": cylinders,
            "patients": { "mask": 8 + number % 9, "hfnc": number % 5, "niv": 1, "invasive": 2, "ecmo": 0 },
            "waiting": number % 3,
            "source": "form",
        });
        Self { key, path: format!("{FACILITIES}/{}/reports", facility.id), body }
    }

    /// The bytes of the request.
    pub fn bytes(&self) -> Bytes {
        Bytes::from(self.body.to_string())
    }

    /// Whether what came back is what was sent; if not, the first field that differs.
    pub fn differs_from(&self, kept: &Kept) -> Option<&'static str> {
        let differs = KEPT.into_iter().find(|field| self.body.get(field) != kept.fields.get(field));
        let moment = |fields: &Value| {
            let text = fields.get("happened_at")?.as_str()?;
            Some(text.parse::<jiff::Timestamp>().ok()?.as_microsecond())
        };
        differs.or_else(|| (moment(&self.body) != moment(&kept.fields)).then_some("happened_at"))
    }
}

/// A level between 30 and 70 % of the store, in its gauge's unit, as a Vietnamese hand types it.
fn level(store: &Store, unit: &str, number: u64) -> String {
    let tenths_of_percent = 300 + number % 400;
    let tenths = match unit {
        "kg" => (store.capacity_kg.unwrap_or(0.0) * tenths_of_percent as f64 / 100.0) as u64,
        _ => tenths_of_percent,
    };
    format!("{},{}", tenths / 10, tenths % 10)
}

/// Facilities that can report: those with a gauge to read or cylinders to count.
pub async fn facilities(connection: &mut Connection) -> Result<Vec<Facility>, ContractError> {
    let all: Vec<Facility> = read(connection, FACILITIES).await?;
    let able = |facility: &Facility| facility.stores.iter().any(|s| s.unit.is_some() || s.kind.starts_with("cylinder"));
    let able: Vec<Facility> = all.into_iter().filter(able).collect();
    if able.is_empty() { Err(ContractError::Empty) } else { Ok(able) }
}

/// The reports of a facility that happened at `since` or later.
pub async fn reports(
    connection: &mut Connection,
    facility: &Facility,
    since: &str,
) -> Result<Vec<Kept>, ContractError> {
    read(connection, &format!("{FACILITIES}/{}/reports?since={}", facility.id, since.replace('+', "%2B"))).await
}

async fn read<T: for<'de> Deserialize<'de>>(connection: &mut Connection, path: &str) -> Result<T, ContractError> {
    let answer = connection.get(path).await?;
    if !answer.is_success() {
        let body = String::from_utf8_lossy(&answer.body).into_owned();
        return Err(ContractError::Refused { path: path.to_owned(), status: answer.status, body });
    }
    serde_json::from_slice(&answer.body).map_err(|cause| ContractError::Shape { path: path.to_owned(), cause })
}

/// Makes keys that no other client, run or request has: UUIDs of version 7.
#[derive(Debug, Clone)]
pub struct Keys {
    run: u32,
    client: u16,
    next: u32,
}

impl Keys {
    /// `run` differs between runs, `client` within one.
    pub fn new(run: u32, client: u16) -> Self {
        Self { run, client, next: 0 }
    }

    /// The next key, made at this moment.
    pub fn next_key(&mut self, now: jiff::Timestamp) -> String {
        let mut random = [0; 10];
        random[..2].copy_from_slice(&self.client.to_be_bytes());
        random[2..6].copy_from_slice(&self.run.to_be_bytes());
        random[6..].copy_from_slice(&self.next.to_be_bytes());
        self.next += 1;
        let millis = u64::try_from(now.as_millisecond()).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid().to_string()
    }
}

/// `2026-11-22T02:14:00.123456+07:00`: Vietnam's time, all year.
pub fn vietnam_time(moment: jiff::Timestamp) -> String {
    moment.display_with_offset(jiff::tz::Offset::constant(7)).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facility() -> Facility {
        serde_json::from_value(json!({ "id": "f", "name": "BV Hải Âu", "stores": [
            { "id": "t", "kind": "tank", "unit": "percent", "capacity_kg": 3000 },
            { "id": "k", "kind": "tank", "unit": "kg", "capacity_kg": 3000.0 },
            { "id": "c", "kind": "cylinders", "unit": null, "capacity_kg": null },
            { "id": "p", "kind": "psa_plant", "unit": null, "capacity_kg": null },
        ] }))
        .expect("a facility")
    }

    #[test]
    fn a_report_reads_every_gauge_and_counts_every_stack() {
        let report = Report::new(&facility(), "key".into(), 115, "2026-11-22T02:14:00+07:00");
        assert_eq!(report.path, "/api/v1/facilities/f/reports");
        assert_eq!(
            report.body["levels"],
            json!([
                { "store": "t", "value": "41,5", "unit": "percent" },
                { "store": "k", "value": "1245,0", "unit": "kg" },
            ])
        );
        assert_eq!(report.body["cylinders"].as_array().map(Vec::len), Some(1));
    }

    #[test]
    fn a_half_written_report_is_noticed() {
        let report = Report::new(&facility(), "key".into(), 1, "2026-11-22T02:14:00+07:00");
        let mut kept = Kept { key: Some("key".into()), fields: report.body.clone() };
        assert_eq!(report.differs_from(&kept), None);
        kept.fields["levels"].as_array_mut().map(Vec::pop);
        assert_eq!(report.differs_from(&kept), Some("levels"));
    }

    #[test]
    fn keys_differ_by_client_run_and_number() {
        let now = jiff::Timestamp::from_second(1_795_000_000).expect("a moment");
        let mut all = std::collections::BTreeSet::new();
        for (run, client) in [(1, 1), (1, 2), (2, 1)] {
            let mut keys = Keys::new(run, client);
            all.extend([keys.next_key(now), keys.next_key(now)]);
        }
        assert_eq!(all.len(), 6);
        assert_eq!(vietnam_time(now), "2026-11-18T18:06:40+07:00");
    }
}
