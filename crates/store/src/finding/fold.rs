//! What the tables of this module must be, from the ledger alone: to write them anew, and to compare.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use place::ProvinceId;
use quantity::{Id, Moment};

use super::members::Members;
use super::{State, WITH_OPEN_WORK, links, sums, terms, work};
use crate::engine::Bulk;
use crate::schema::table;
use crate::{Connection, Row, StoreError, Value, params};

const ALL_VERSIONS: &str =
    "SELECT province, record, version, recorded_at, place, content FROM finding ORDER BY province, record, version";

/// The tables as they must be.
#[derive(Default)]
pub(crate) struct Expected {
    rows: BTreeMap<&'static str, HashMap<Vec<KeyPart>, Vec<Value>>>,
    /// Ledger rows that could not be understood.
    pub(crate) unreadable: Vec<String>,
}

/// A value as part of a key.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum KeyPart {
    Int(i64),
    Text(String),
    Blob(Vec<u8>),
    Other,
}

/// The tables made from the ledger, each with how many of its columns are its key.
const TABLES: [(&str, &str, usize); 7] = [
    ("found", "SELECT province, kind, place, record, recorded_at FROM found", 3),
    ("found_term", "SELECT province, kind, term, block, size, members FROM found_term", 4),
    ("found_link", "SELECT province, target, record, role FROM found_link", 4),
    ("work", "SELECT province, record, body, holder, stage, open, due_at, origin FROM work", 2),
    ("work_count", "SELECT province, body, stage, works FROM work_count", 3),
    ("work_day", "SELECT province, stage, due_day, works FROM work_day", 3),
    ("work_sum", "SELECT province, period, body, name, verdict, at, works, amount FROM work_sum", 6),
];

fn key_of(values: &[Value], length: usize) -> Vec<KeyPart> {
    let part = |value: &Value| match value {
        Value::Int(number) => KeyPart::Int(*number),
        Value::Text(text) => KeyPart::Text(text.clone()),
        Value::Blob(bytes) => KeyPart::Blob(bytes.clone()),
        Value::Null | Value::Real(_) => KeyPart::Other,
    };
    values.iter().take(length).map(part).collect()
}

/// `found_term 1 / letter / oxy / 3`.
fn said(name: &str, values: &[Value], length: usize) -> String {
    let part = |value: &Value| match value {
        Value::Int(number) => number.to_string(),
        Value::Text(text) => text.clone(),
        Value::Blob(bytes) => match bytes.as_slice().try_into() {
            Ok(bytes) => Id::from_bytes(bytes).to_string(),
            Err(_) => crate::hex(bytes),
        },
        Value::Null | Value::Real(_) => "?".to_owned(),
    };
    format!("{name} {}", values.iter().take(length).map(part).collect::<Vec<_>>().join(" / "))
}

struct Standing {
    state: State,
    recorded_at: Moment,
}

impl Expected {
    /// Reads the ledger.
    pub(crate) fn from_ledger(connection: &mut Connection) -> Result<Self, StoreError> {
        let mut states: BTreeMap<(ProvinceId, Id), Standing> = BTreeMap::new();
        let mut unreadable = Vec::new();
        connection.each(ALL_VERSIONS, &mut |row| {
            let (province, record): (ProvinceId, Id) = (row.get(0)?, row.get(1)?);
            let recorded_at = row.get(3)?;
            let standing =
                states.entry((province, record)).or_insert_with(|| Standing { state: State::default(), recorded_at });
            // A record that came into an index later stands there since then.
            if standing.state.index.is_none() {
                standing.recorded_at = recorded_at;
            }
            let content: String = row.get(5).unwrap_or_default();
            if let Err(error) = standing.state.fold(row.get(4)?, &content) {
                unreadable.push(format!("finding {record}: {error}"));
            }
            Ok(())
        })?;
        let mut expected = Self::of(states);
        expected.unreadable = unreadable;
        Ok(expected)
    }

    fn of(states: BTreeMap<(ProvinceId, Id), Standing>) -> Self {
        let mut expected = Self::default();
        let mut found = terms::Expected::default();
        let mut with_open_work: BTreeSet<(ProvinceId, Id)> = BTreeSet::new();
        let mut counted: HashMap<(ProvinceId, work::CountedUnder), i64> = HashMap::new();
        let mut by_day: HashMap<(ProvinceId, work::CountedOn), i64> = HashMap::new();
        let mut summed: HashMap<(ProvinceId, sums::SummedUnder), (i64, i64)> = HashMap::new();
        for ((province, record), standing) in &states {
            for (target, role) in &standing.state.links {
                expected.put("found_link", 4, params![*province, target.clone(), *record, role.clone()]);
            }
            if let Some(work) = &standing.state.work {
                expected.put("work", 2, work.values(*province, *record));
                *counted.entry((*province, work.counted_under())).or_default() += 1;
                if let Some(day) = work.counted_on() {
                    *by_day.entry((*province, day)).or_default() += 1;
                }
                for (under, works, amount) in sums::lines(work) {
                    let line = summed.entry((*province, under)).or_default();
                    *line = (line.0 + works, line.1 + amount);
                }
                with_open_work.extend(work.origin.filter(|_| work.open).map(|origin| (*province, origin)));
            }
        }
        for ((province, record), standing) in states {
            if let Some((kind, place)) = &standing.state.index {
                let at = (province, kind.as_str(), *place);
                found.add(at, (record, standing.recorded_at), &standing.state.terms);
                if with_open_work.contains(&(province, record)) {
                    found.give(at, WITH_OPEN_WORK);
                }
            }
        }
        for ((province, (body, stage)), works) in counted {
            expected.put("work_count", 3, params![province, body, stage, works]);
        }
        for ((province, (stage, day)), works) in by_day {
            expected.put("work_day", 3, params![province, stage, day, works]);
        }
        for ((province, under), line) in summed.into_iter().filter(|(_, line)| *line != (0, 0)) {
            expected.put("work_sum", 6, under.values(province, line));
        }
        for ((province, kind, place), (record, recorded_at)) in found.places {
            expected.put("found", 3, params![province, kind, place, record, recorded_at]);
        }
        for ((province, kind, term, block), members) in found.terms {
            let size = i64::from(Members::count(&members));
            expected.put("found_term", 4, params![province, kind, term, block, size, members.to_bytes()]);
        }
        expected
    }

    fn put(&mut self, table: &'static str, key: usize, values: Vec<Value>) {
        self.rows.entry(table).or_default().insert(key_of(&values, key), values);
    }

    /// Writes the tables anew.
    pub(crate) fn write(&self, connection: &mut Connection) -> Result<(), StoreError> {
        terms::clear(connection)?;
        links::clear(connection)?;
        work::clear(connection)?;
        connection.flush()?;
        for (name, _, _) in TABLES {
            let Some((table, rows)) = table(name).zip(self.rows.get(name)) else { continue };
            let mut rows: Vec<&Vec<Value>> = rows.values().collect();
            // In the order of the key, which is how they lie in the file.
            rows.sort_by(|one, other| compare(one, other));
            let bulk = Bulk { table: table.name, columns: &table.columns, conflict: "" };
            for chunk in rows.chunks(2_000) {
                connection.bulk(&bulk, &chunk.iter().map(|row| (*row).clone()).collect::<Vec<_>>())?;
            }
        }
        Ok(())
    }

    /// Rows of the tables that are not what the ledger says.
    pub(crate) fn differences(mut self, connection: &mut Connection) -> Result<Vec<String>, StoreError> {
        let mut differences = std::mem::take(&mut self.unreadable);
        for (name, kept, key) in TABLES {
            let mut rows = self.rows.remove(name).unwrap_or_default();
            connection.each(kept, &mut |Row(values)| {
                if rows.remove(&key_of(&values, key)).as_ref() != Some(&values) {
                    differences.push(said(name, &values, key));
                }
                Ok(())
            })?;
            differences.extend(rows.values().map(|values| format!("{} is missing", said(name, values, key))));
        }
        Ok(differences)
    }
}

/// In the order in which both engines keep keys.
fn compare(one: &[Value], other: &[Value]) -> std::cmp::Ordering {
    let pairs = one.iter().zip(other).map(|pair| match pair {
        (Value::Int(one), Value::Int(other)) => one.cmp(other),
        (Value::Text(one), Value::Text(other)) => one.cmp(other),
        (Value::Blob(one), Value::Blob(other)) => one.cmp(other),
        _ => std::cmp::Ordering::Equal,
    });
    pairs.fold(std::cmp::Ordering::Equal, std::cmp::Ordering::then)
}
