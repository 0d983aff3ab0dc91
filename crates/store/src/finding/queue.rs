//! Works in the order of their days, stage by stage, page by page; and how many are due before a moment.
//!
//! A list that shows «overdue» or «due soon» is made of slices: a stage and a time. Each slice is a piece of an index,
//! so that a page costs the same among a hundred works and among a million.

use std::collections::BTreeMap;

use place::{BodyId, ProvinceId};
use quantity::{Id, Moment};

use super::work::{After, Count, body_value};
use crate::statement::statements;
use crate::{Asked, Connection, StoreError, params};

statements! {
    OF_STAGE = "SELECT record, due_at FROM work WHERE province = ?1 AND stage = ?2 AND (due_at, record) > (?3, ?4) AND due_at <= ?5
        ORDER BY due_at, record LIMIT ?6";
    OF_STAGE_BACK = "SELECT record, due_at FROM work WHERE province = ?1 AND stage = ?2 AND (due_at, record) < (?3, ?4) AND due_at >= ?5
        ORDER BY due_at DESC, record DESC LIMIT ?6";
    OF_BODY = "SELECT record, due_at FROM work WHERE province = ?1 AND body = ?2 AND stage = ?3 AND (due_at, record) > (?4, ?5)
        AND due_at <= ?6 ORDER BY due_at, record LIMIT ?7";
    OF_BODY_BACK = "SELECT record, due_at FROM work WHERE province = ?1 AND body = ?2 AND stage = ?3 AND (due_at, record) < (?4, ?5)
        AND due_at >= ?6 ORDER BY due_at DESC, record DESC LIMIT ?7";
    COUNTS_OF_BODY = "SELECT body, stage, works FROM work_count WHERE province = ?1 AND body = ?2 ORDER BY stage";
    DAYS_BEFORE = "SELECT CAST(SUM(works) AS BIGINT) FROM work_day WHERE province = ?1 AND stage = ?2 AND due_day < ?3";
    WITHIN_DAY = "SELECT COUNT(*) FROM work WHERE province = ?1 AND stage = ?2 AND due_at >= ?3 AND due_at < ?4";
    OF_BODY_BEFORE = "SELECT COUNT(*) FROM work WHERE province = ?1 AND body = ?2 AND stage = ?3 AND due_at < ?4";
}

/// Among whose works something is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Among {
    /// The whole province's, also of those whom no register knows.
    Province,
    /// Those of some bodies, each once.
    Bodies(Vec<BodyId>),
}

/// Works of one stage that are due within a time, in microseconds, both ends within; what has no day is due at
/// [`i64::MAX`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slice {
    /// In which stage.
    pub stage: &'static str,
    /// The first moment.
    pub from: i64,
    /// The last moment.
    pub until: i64,
}

const LOWEST: [u8; 16] = [0; 16];
const HIGHEST: [u8; 16] = [0xff; 16];

/// The next works of some slices together, in the order of their days, or against it; those without a day count as
/// the last.
pub fn page(
    connection: &mut Connection,
    province: ProvinceId,
    among: &Among,
    (slices, back): (&[Slice], bool),
    after: Option<After>,
    limit: usize,
) -> Result<Vec<(Id, After)>, StoreError> {
    let most = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut asked: Vec<Asked> = Vec::new();
    for slice in slices.iter().filter(|slice| slice.from <= slice.until) {
        // Where the slice begins, or where the last page ended if that lies within it.
        let (begin, end) = if back {
            let begin = after.map_or((slice.until, HIGHEST), |(due, id)| (due, *id.bytes()));
            (begin.min((slice.until, HIGHEST)), slice.from)
        } else {
            let begin = after.map_or((slice.from, LOWEST), |(due, id)| (due, *id.bytes()));
            (begin.max((slice.from, LOWEST)), slice.until)
        };
        let (due, record) = (begin.0, Id::from_bytes(begin.1));
        match among {
            Among::Province => {
                let sql = if back { OF_STAGE_BACK } else { OF_STAGE };
                asked.push(connection.ask(sql, params![province, slice.stage, due, record, end, most])?);
            }
            Among::Bodies(bodies) => {
                let sql = if back { OF_BODY_BACK } else { OF_BODY };
                for body in bodies {
                    asked.push(connection.ask(sql, params![province, *body, slice.stage, due, record, end, most])?);
                }
            }
        }
    }
    let mut found: Vec<(Id, After)> = Vec::new();
    for asked in asked {
        for row in connection.answer(asked)? {
            found.push((row.get(0)?, (row.get(1)?, row.get(0)?)));
        }
    }
    found.sort_unstable_by_key(|(_, after)| *after);
    if back {
        found.reverse();
    }
    found.truncate(limit);
    Ok(found)
}

/// How many works there are of each stage, by whose they are.
pub fn counts_among(
    connection: &mut Connection,
    province: ProvinceId,
    among: &Among,
) -> Result<Vec<Count>, StoreError> {
    let Among::Bodies(bodies) = among else { return super::work::counts(connection, province) };
    let mut asked = Vec::with_capacity(bodies.len());
    for body in bodies {
        asked.push(connection.ask(COUNTS_OF_BODY, params![province, body_value(Some(*body))])?);
    }
    let mut counts = Vec::new();
    for asked in asked {
        for row in connection.answer(asked)? {
            counts.push(Count { body: row.get::<BodyId>(0).ok(), stage: row.get(1)?, works: row.get(2)? });
        }
    }
    Ok(counts)
}

/// How many works of some open stages are due before a moment.
pub fn before(
    connection: &mut Connection,
    province: ProvinceId,
    among: &Among,
    stages: &[&'static str],
    at: Moment,
) -> Result<BTreeMap<&'static str, i64>, StoreError> {
    let mut asked: Vec<(&'static str, Asked)> = Vec::new();
    for stage in stages {
        match among {
            // Days are summed up; of the day itself the works are counted.
            Among::Province => {
                let day = Moment::start_of(at.date());
                asked.push((stage, connection.ask(DAYS_BEFORE, params![province, *stage, day])?));
                asked.push((stage, connection.ask(WITHIN_DAY, params![province, *stage, day, at])?));
            }
            Among::Bodies(bodies) => {
                for body in bodies {
                    asked.push((stage, connection.ask(OF_BODY_BEFORE, params![province, *body, *stage, at])?));
                }
            }
        }
    }
    let mut counts = BTreeMap::new();
    for (stage, asked) in asked {
        let works: Option<i64> = match connection.answer(asked)?.first() {
            Some(row) => row.get(0)?,
            None => None,
        };
        *counts.entry(stage).or_default() += works.unwrap_or(0);
    }
    Ok(counts)
}
