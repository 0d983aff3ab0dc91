//! What is to be done: lists by body, stage and holder in the order of their days, and how much there is
//! of it, without reading all.

use place::{BodyId, PersonId, ProvinceId};
use quantity::{Id, Moment};
use serde::{Deserialize, Serialize};

use super::sums::{self, Summed};
use crate::statement::statements;
use crate::{Connection, Row, StoreError, Value, params};

statements! {
    ONE = "SELECT record, body, holder, stage, open, due_at, origin FROM work WHERE province = ?1 AND record = ?2";
    SAVE = "INSERT INTO work (province, record, body, holder, stage, open, due_at, origin) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        ON CONFLICT (province, record) DO UPDATE SET body = excluded.body, holder = excluded.holder, stage = excluded.stage,
            open = excluded.open, due_at = excluded.due_at, origin = excluded.origin";
    DROP = "DELETE FROM work WHERE province = ?1 AND record = ?2";
    COUNT = "INSERT INTO work_count (province, body, stage, works) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT (province, body, stage) DO UPDATE SET works = work_count.works + excluded.works";
    NONE_LEFT = "DELETE FROM work_count WHERE province = ?1 AND body = ?2 AND stage = ?3 AND works = 0";
    COUNT_DAY = "INSERT INTO work_day (province, stage, due_day, works) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT (province, stage, due_day) DO UPDATE SET works = work_day.works + excluded.works";
    NONE_THAT_DAY = "DELETE FROM work_day WHERE province = ?1 AND stage = ?2 AND due_day = ?3 AND works = 0";
    BY_DUE = "SELECT record, due_at FROM work WHERE province = ?1 AND open = ?2 AND (due_at, record) > (?3, ?4)
        ORDER BY due_at, record LIMIT ?5";
    BY_BODY = "SELECT record, due_at FROM work WHERE province = ?1 AND body = ?2 AND open = ?3 AND (due_at, record) > (?4, ?5)
        ORDER BY due_at, record LIMIT ?6";
    BY_STAGE = "SELECT record, due_at FROM work WHERE province = ?1 AND body = ?2 AND stage = ?3 AND (due_at, record) > (?4, ?5)
        ORDER BY due_at, record LIMIT ?6";
    BY_HOLDER = "SELECT record, due_at FROM work WHERE province = ?1 AND holder = ?2 AND open = ?3 AND (due_at, record) > (?4, ?5)
        ORDER BY due_at, record LIMIT ?6";
    OPEN_OF_ORIGIN = "SELECT record FROM work WHERE province = ?1 AND origin = ?2 AND open = 1 LIMIT 1";
    COUNTS = "SELECT body, stage, works FROM work_count WHERE province = ?1 ORDER BY body, stage";
    OVERDUE = "SELECT stage, CAST(SUM(works) AS BIGINT) FROM work_day WHERE province = ?1 AND due_day < ?2 GROUP BY stage ORDER BY stage";
    CLEAR = "DELETE FROM work";
    CLEAR_COUNTS = "DELETE FROM work_count";
    CLEAR_DAYS = "DELETE FROM work_day";
}

/// What is to be done by whom, as far as it is found by.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Work {
    /// Whose it is; none where the register of bodies does not know him.
    pub body: Option<BodyId>,
    /// Who works on it.
    pub holder: Option<PersonId>,
    /// Stable name of how far it is.
    pub stage: String,
    /// Whether somebody still has to do something.
    pub open: bool,
    /// The last moment at which it is in time.
    pub due_at: Option<Moment>,
    /// The record that it came out of.
    pub origin: Option<Id>,
    /// What it comes to in the periods that it belongs to, each line once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sums: Vec<Summed>,
}

/// Body and stage.
pub(super) type CountedUnder = (Vec<u8>, String);
/// Stage, and the start of the day it is due.
pub(super) type CountedOn = (String, i64);

/// Stands for a body that is not known: keys hold no NULL.
pub(super) fn body_value(body: Option<BodyId>) -> Value {
    body.map_or_else(|| Value::Blob(Vec::new()), Value::from)
}

impl Work {
    fn due_value(&self) -> i64 {
        self.due_at.map_or(i64::MAX, Moment::micros)
    }

    /// The key under which it is counted.
    pub(super) fn counted_under(&self) -> CountedUnder {
        let body = match body_value(self.body) {
            Value::Blob(bytes) => bytes,
            _ => Vec::new(),
        };
        (body, self.stage.clone())
    }

    /// The day on which it is counted while it is open.
    pub(super) fn counted_on(&self) -> Option<CountedOn> {
        let due = self.due_at.filter(|_| self.open)?;
        Some((self.stage.clone(), Moment::start_of(due.date()).micros()))
    }

    pub(super) fn values(&self, province: ProvinceId, record: Id) -> Vec<Value> {
        params![
            province,
            record,
            body_value(self.body),
            self.holder,
            self.stage.clone(),
            i64::from(self.open),
            self.due_value(),
            self.origin
        ]
    }
}

/// Puts a work where another version of it stood, in the list and in the counts.
pub(super) fn replace(
    connection: &mut Connection,
    province: ProvinceId,
    record: Id,
    (before, after): (Option<&Work>, Option<&Work>),
) -> Result<(), StoreError> {
    sums::replace(connection, province, (before, after))?;
    if let Some(before) = before {
        count(connection, province, before, -1)?;
    }
    match after {
        Some(after) => {
            connection.write(SAVE, after.values(province, record))?;
            count(connection, province, after, 1)
        }
        None => connection.write(DROP, params![province, record]),
    }
}

fn count(connection: &mut Connection, province: ProvinceId, work: &Work, by: i64) -> Result<(), StoreError> {
    let (body, stage) = work.counted_under();
    connection.write(COUNT, params![province, body.clone(), stage.clone(), by])?;
    if by < 0 {
        connection.write(NONE_LEFT, params![province, body, stage])?;
    }
    if let Some((stage, day)) = work.counted_on() {
        connection.write(COUNT_DAY, params![province, stage.clone(), day, by])?;
        if by < 0 {
            connection.write(NONE_THAT_DAY, params![province, stage, day])?;
        }
    }
    Ok(())
}

/// Empties the tables.
pub(super) fn clear(connection: &mut Connection) -> Result<(), StoreError> {
    connection.write(CLEAR, params![])?;
    connection.write(CLEAR_COUNTS, params![])?;
    connection.write(CLEAR_DAYS, params![])?;
    sums::clear(connection)
}

/// Whether something that came out of a record is still to be done.
pub fn is_open(connection: &mut Connection, province: ProvinceId, origin: Id) -> Result<bool, StoreError> {
    Ok(connection.query_one(OPEN_OF_ORIGIN, params![province, origin])?.is_some())
}

/// One work as it is found by, without what it comes to.
pub fn one(connection: &mut Connection, province: ProvinceId, record: Id) -> Result<Option<Work>, StoreError> {
    let row = connection.query_one(ONE, params![province, record])?;
    row.as_ref().map(work_of).transpose()
}

fn work_of(row: &Row) -> Result<Work, StoreError> {
    let due: i64 = row.get(5)?;
    Ok(Work {
        body: row.get::<BodyId>(1).ok(),
        holder: row.get(2)?,
        stage: row.get(3)?,
        open: row.get::<i64>(4)? != 0,
        due_at: (due != i64::MAX).then(|| Moment::from_micros(due)),
        origin: row.get(6)?,
        sums: Vec::new(),
    })
}

/// Whose works, and which of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whose {
    /// All, open or closed.
    All(bool),
    /// A body's, open or closed; none for those whose body is not known.
    Body(Option<BodyId>, bool),
    /// A body's in one stage.
    Stage(Option<BodyId>, String),
    /// A person's, open or closed.
    Holder(PersonId, bool),
}

/// Where a page of works ended: the day's number and the record.
pub type After = (i64, Id);

/// Works in the order of their days, those without one last; each with where the next page begins.
pub fn list(
    connection: &mut Connection,
    province: ProvinceId,
    whose: &Whose,
    after: Option<After>,
    limit: i64,
) -> Result<Vec<(Id, After)>, StoreError> {
    let (due, record) = after.unwrap_or((i64::MIN, Id::from_bytes([0; 16])));
    let rows = match whose {
        Whose::All(open) => connection.query(BY_DUE, params![province, i64::from(*open), due, record, limit])?,
        Whose::Body(body, open) => {
            connection.query(BY_BODY, params![province, body_value(*body), i64::from(*open), due, record, limit])?
        }
        Whose::Stage(body, stage) => {
            connection.query(BY_STAGE, params![province, body_value(*body), stage.clone(), due, record, limit])?
        }
        Whose::Holder(person, open) => {
            connection.query(BY_HOLDER, params![province, *person, i64::from(*open), due, record, limit])?
        }
    };
    rows.iter().map(|row| Ok((row.get(0)?, (row.get(1)?, row.get(0)?)))).collect()
}

/// How many works a body has in a stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// Whose.
    pub body: Option<BodyId>,
    /// In which stage.
    pub stage: String,
    /// How many.
    pub works: i64,
}

/// How many works each body has in each stage.
pub fn counts(connection: &mut Connection, province: ProvinceId) -> Result<Vec<Count>, StoreError> {
    let rows = connection.query(COUNTS, params![province])?;
    rows.iter()
        .map(|row| Ok(Count { body: row.get::<BodyId>(0).ok(), stage: row.get(1)?, works: row.get(2)? }))
        .collect()
}

/// How many works of each stage are open and were due before today; what is due within today is not in it.
pub fn overdue(
    connection: &mut Connection,
    province: ProvinceId,
    today: Moment,
) -> Result<Vec<(String, i64)>, StoreError> {
    let rows = connection.query(OVERDUE, params![province, Moment::start_of(today.date())])?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}
