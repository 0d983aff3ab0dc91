//! What works come to in a period: how many stand how, and what is added up over them, by whose they are.
//!
//! The desk says it of each version of a work; here are sums, so that the figures of a quarter are read without its works.

use std::collections::BTreeMap;

use place::{BodyId, ProvinceId};
use serde::{Deserialize, Serialize};

use super::work::{Work, body_value};
use crate::statement::statements;
use crate::{Connection, StoreError, Value, params};

statements! {
    ADD = "INSERT INTO work_sum (province, period, body, name, verdict, at, works, amount) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        ON CONFLICT (province, period, body, name, verdict, at) DO UPDATE SET works = work_sum.works + excluded.works,
            amount = work_sum.amount + excluded.amount";
    NONE_LEFT = "DELETE FROM work_sum WHERE province = ?1 AND period = ?2 AND body = ?3 AND name = ?4 AND verdict = ?5 AND at = ?6
        AND works = 0 AND amount = 0";
    OF_PERIOD = "SELECT body, name, verdict, CAST(SUM(works) AS BIGINT), CAST(SUM(CASE WHEN at < ?3 THEN works ELSE 0 END) AS BIGINT),
            CAST(SUM(CASE WHEN at < ?3 THEN amount ELSE 0 END) AS BIGINT)
        FROM work_sum WHERE province = ?1 AND period = ?2 GROUP BY body, name, verdict ORDER BY body, name, verdict";
    CLEAR = "DELETE FROM work_sum";
}

/// One line of what a work comes to in a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Written", into = "Written")]
pub struct Summed {
    /// Stable name of the period: «2026-Q4», «2026-11».
    pub period: String,
    /// Whose it is, in words; empty where the work has a body.
    pub name: String,
    /// Stable name of how it stands.
    pub verdict: String,
    /// The moment, in microseconds, from which on it stands otherwise; 0 where time changes nothing.
    pub at: i64,
    /// How many.
    pub works: i64,
    /// What is added up, in seconds.
    pub amount: i64,
}

/// As it is written down: a million works have a few lines each.
type Written = (String, String, String, i64, i64, i64);

impl From<Written> for Summed {
    fn from((period, name, verdict, at, works, amount): Written) -> Self {
        Self { period, name, verdict, at, works, amount }
    }
}

impl From<Summed> for Written {
    fn from(line: Summed) -> Self {
        (line.period, line.name, line.verdict, line.at, line.works, line.amount)
    }
}

/// The key of a sum within a province.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct SummedUnder {
    period: String,
    body: Vec<u8>,
    name: String,
    verdict: String,
    at: i64,
}

impl SummedUnder {
    fn key(&self, province: ProvinceId) -> Vec<Value> {
        let Self { period, body, name, verdict, at } = self.clone();
        params![province, period, body, name, verdict, at]
    }

    pub(super) fn values(&self, province: ProvinceId, (works, amount): (i64, i64)) -> Vec<Value> {
        let mut values = self.key(province);
        values.extend(params![works, amount]);
        values
    }
}

/// The lines of a work, each with its key.
pub(super) fn lines(work: &Work) -> impl Iterator<Item = (SummedUnder, i64, i64)> + '_ {
    work.sums.iter().map(|line| {
        let body = match body_value(work.body) {
            Value::Blob(bytes) => bytes,
            _ => Vec::new(),
        };
        let Summed { period, name, verdict, at, works, amount } = line.clone();
        (SummedUnder { period, body, name, verdict, at }, works, amount)
    })
}

/// Puts what a work comes to where its last version stood; what did not change is not written.
pub(super) fn replace(
    connection: &mut Connection,
    province: ProvinceId,
    (before, after): (Option<&Work>, Option<&Work>),
) -> Result<(), StoreError> {
    let mut changed: BTreeMap<SummedUnder, (i64, i64)> = BTreeMap::new();
    for (work, sign) in [(before, -1), (after, 1)] {
        for (under, works, amount) in work.into_iter().flat_map(lines) {
            let line = changed.entry(under).or_default();
            *line = (line.0 + sign * works, line.1 + sign * amount);
        }
    }
    for (under, line) in changed.into_iter().filter(|(_, line)| *line != (0, 0)) {
        connection.write(ADD, under.values(province, line))?;
        if line.0 < 0 {
            connection.write(NONE_LEFT, under.key(province))?;
        }
    }
    Ok(())
}

/// Empties the table.
pub(super) fn clear(connection: &mut Connection) -> Result<(), StoreError> {
    connection.write(CLEAR, params![])
}

/// What the works of somebody that stand alike come to in a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sum {
    /// Whose.
    pub body: Option<BodyId>,
    /// Whose in words, where no body is known.
    pub name: String,
    /// How they stand.
    pub verdict: String,
    /// How many.
    pub works: i64,
    /// How many of them have their moment behind them; all where time changes nothing.
    pub past: i64,
    /// What was added up over those that have their moment behind them, in seconds.
    pub amount: i64,
}

/// What a period comes to at a moment (microseconds), by whose works they are and how they stand.
pub fn of_period(
    connection: &mut Connection,
    province: ProvinceId,
    period: &str,
    now: i64,
) -> Result<Vec<Sum>, StoreError> {
    let rows = connection.query(OF_PERIOD, params![province, period, now])?;
    rows.iter()
        .map(|row| {
            Ok(Sum {
                body: row.get::<BodyId>(0).ok(),
                name: row.get(1)?,
                verdict: row.get(2)?,
                works: row.get(3)?,
                past: row.get(4)?,
                amount: row.get(5)?,
            })
        })
        .collect()
}
