//! Jobs that run by themselves: claimed with a lease, so that several processes may look for work
//! and one that died does not keep what it claimed.

use place::ProvinceId;
use quantity::{Id, Moment, Span};

use crate::statement::statements;
use crate::{Connection, StoreError, Transaction, params};

statements! {
    ENSURE = "INSERT INTO job (province, id, kind, payload, due_at, every, fence, attempts)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, 0) ON CONFLICT (province, kind, payload) DO NOTHING";
    CLAIM = "UPDATE job SET lease_until = ?2, fence = fence + 1, attempts = attempts + 1
        WHERE (province, id) IN (SELECT province, id FROM job
            WHERE due_at <= ?1 AND (lease_until IS NULL OR lease_until < ?1) ORDER BY due_at LIMIT 1)
        AND (lease_until IS NULL OR lease_until < ?1)
        RETURNING province, id, kind, payload, every, fence, attempts";
    DONE = "DELETE FROM job WHERE province = ?1 AND id = ?2 AND fence = ?3 AND every IS NULL RETURNING 1";
    AGAIN = "UPDATE job SET due_at = ?4, lease_until = NULL, attempts = 0, last_error = NULL
        WHERE province = ?1 AND id = ?2 AND fence = ?3 RETURNING 1";
    FAILED = "UPDATE job SET due_at = ?4, lease_until = NULL, last_error = ?5
        WHERE province = ?1 AND id = ?2 AND fence = ?3 RETURNING 1";
    FENCE = "SELECT fence FROM job WHERE province = ?1 AND id = ?2";
    LIST = "SELECT province, kind, due_at, attempts, last_error FROM job ORDER BY province, kind";
}

/// A job in the hands of one worker until its lease ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
    /// Command post.
    pub province: ProvinceId,
    /// The job.
    pub id: Id,
    /// What is to be done.
    pub kind: String,
    /// To what, in JSON.
    pub payload: String,
    /// Repeated after this long; none for a job done once.
    pub every: Option<i64>,
    /// Rises with every claim: a worker whose lease ended finds that it no longer fits.
    pub fence: i64,
    /// How often it has been tried since it last succeeded.
    pub attempts: i64,
}

/// A job to be there: what, how often, first when.
#[derive(Debug, Clone)]
pub struct Planned<'a> {
    /// Command post.
    pub province: ProvinceId,
    /// Key, if it is not there yet.
    pub id: Id,
    /// What is to be done.
    pub kind: &'a str,
    /// To what, in JSON.
    pub payload: &'a str,
    /// First due.
    pub due_at: Moment,
    /// Repeated after this long.
    pub every: Option<Span>,
}

/// Makes sure that a job is there; a job of that kind and payload stays as it is.
pub fn ensure(transaction: &mut Transaction<'_>, job: &Planned<'_>) -> Result<(), StoreError> {
    let every = job.every.map(Span::as_micros);
    transaction.write(ENSURE, params![job.province, job.id, job.kind, job.payload, job.due_at, every])
}

/// Claims the job that has been due longest.
pub fn claim(transaction: &mut Transaction<'_>, now: Moment, lease: Span) -> Result<Option<Claimed>, StoreError> {
    let row = transaction.query_one(CLAIM, params![now, now + lease])?;
    row.map(|row| {
        Ok(Claimed {
            province: row.get(0)?,
            id: row.get(1)?,
            kind: row.get(2)?,
            payload: row.get(3)?,
            every: row.get(4)?,
            fence: row.get(5)?,
            attempts: row.get(6)?,
        })
    })
    .transpose()
}

/// Whether the worker still holds the job; to be asked inside the transaction of its effect.
pub fn still_held(transaction: &mut Transaction<'_>, job: &Claimed) -> Result<bool, StoreError> {
    let row = transaction.query_one(FENCE, params![job.province, job.id])?;
    Ok(row.is_some_and(|row| row.get::<i64>(0).is_ok_and(|fence| fence == job.fence)))
}

/// Ends a job well: gone, or due again. `false` if another worker has it by now.
pub fn finish(transaction: &mut Transaction<'_>, job: &Claimed, now: Moment) -> Result<bool, StoreError> {
    let row = match job.every {
        None => transaction.query_one(DONE, params![job.province, job.id, job.fence])?,
        Some(every) => {
            transaction.query_one(AGAIN, params![job.province, job.id, job.fence, now + Span::micros(every)])?
        }
    };
    Ok(row.is_some())
}

/// Ends a try badly: due again after a pause that doubles up to an hour.
pub fn fail(transaction: &mut Transaction<'_>, job: &Claimed, now: Moment, error: &str) -> Result<bool, StoreError> {
    let doublings = u32::try_from(job.attempts.clamp(0, 10)).unwrap_or(10);
    let pause = Span::seconds((5_i64 << doublings).min(3_600));
    let row = transaction.query_one(FAILED, params![job.province, job.id, job.fence, now + pause, error])?;
    Ok(row.is_some())
}

/// A job as `doctor` lists it.
#[derive(Debug, Clone)]
pub struct JobLine {
    /// Command post.
    pub province: ProvinceId,
    /// What is to be done.
    pub kind: String,
    /// Due when.
    pub due_at: Moment,
    /// Tries since it last succeeded.
    pub attempts: i64,
    /// Why the last try failed.
    pub last_error: Option<String>,
}

/// All jobs.
pub fn list(connection: &mut Connection) -> Result<Vec<JobLine>, StoreError> {
    connection
        .query(LIST, params![])?
        .iter()
        .map(|row| {
            Ok(JobLine {
                province: row.get(0)?,
                kind: row.get(1)?,
                due_at: row.get(2)?,
                attempts: row.get(3)?,
                last_error: row.get(4)?,
            })
        })
        .collect()
}
