//! The audit: one row an operation, in the operation's transaction; and the chain that seals it.
//!
//! Writers do not wait for the chain: the sealer numbers and chains what has been committed. What
//! was known at a moment is read through the sealed numbers, so the answer never changes later.

use std::collections::BTreeMap;

use place::{ProvinceId, UserId};
use quantity::{Id, Moment, Span};

use crate::encode::{Content, encode, sha256};
use crate::statement::statements;
use crate::{Asked, Connection, OperationId, StoreError, Transaction, Value, params};

statements! {
    INSERT = "INSERT INTO audit (province, id, recorded_at, domain_at, actor, action, subject, detail, content)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
    UNSEALED = "SELECT province, id, recorded_at, domain_at, actor, action, subject, detail, content FROM audit
        WHERE seq IS NULL AND province = ?1 ORDER BY id LIMIT 2000";
    PROVINCES = "SELECT DISTINCT province FROM audit WHERE seq IS NULL";
    LAST_SEAL = "SELECT seq, high, chain FROM audit WHERE province = ?1 AND seq IS NOT NULL ORDER BY seq DESC LIMIT 1";
    SEAL = "UPDATE audit SET seq = ?3, high = ?4, chain = ?5 WHERE province = ?1 AND id = ?2";
    KNOWN_AT = "SELECT seq FROM audit WHERE province = ?1 AND high <= ?2 ORDER BY high DESC, seq DESC LIMIT 1";
    RECENT = "SELECT a.id, a.recorded_at, a.domain_at, a.action, a.subject, a.detail, a.seq, c.display_name FROM audit a
        LEFT JOIN account c ON c.province = a.province AND c.id = a.actor
        WHERE a.province = ?1 ORDER BY a.id DESC LIMIT ?2";
    RECENT_THEN = "SELECT a.id, a.recorded_at, a.domain_at, a.action, a.subject, a.detail, a.seq, c.display_name FROM audit a
        LEFT JOIN account c ON c.province = a.province AND c.id = a.actor
        WHERE a.province = ?1 AND a.domain_at <= ?3 ORDER BY a.id DESC LIMIT ?2";
    FIRST = "SELECT domain_at FROM audit WHERE province = ?1 ORDER BY id LIMIT 1";
    IDEMPOTENT = "SELECT request, answer FROM idempotency WHERE province = ?1 AND account = ?2 AND key = ?3";
    REMEMBER = "INSERT INTO idempotency (province, account, key, request, answer, recorded_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    FORGET = "DELETE FROM idempotency WHERE province = ?1 AND recorded_at < ?2";
}

/// What an operation leaves in the audit. No personal data: who did what to which record.
#[derive(Debug, Clone)]
pub struct AuditRow {
    /// Command post.
    pub province: ProvinceId,
    /// The operation.
    pub id: OperationId,
    /// When, by the real clock.
    pub recorded_at: Moment,
    /// When, by the domain clock.
    pub domain_at: Moment,
    /// Whose account; none for the program itself.
    pub actor: Option<UserId>,
    /// The operation's name, stable.
    pub action: &'static str,
    /// The record it was done to.
    pub subject: Option<Id>,
    /// A few words for people, in JSON.
    pub detail: String,
    /// What it wrote into ledgers.
    pub content: Content,
}

/// Appends the audit row of an operation.
pub fn append(transaction: &mut Transaction<'_>, row: AuditRow) -> Result<(), StoreError> {
    let content = row.content.to_bytes();
    transaction.write(
        INSERT,
        params![
            row.province,
            row.id,
            row.recorded_at,
            row.domain_at,
            row.actor,
            row.action,
            row.subject,
            row.detail,
            content
        ],
    )
}

/// An audit row as the journal page shows it.
#[derive(Debug, Clone)]
pub struct JournalLine {
    /// The operation.
    pub id: OperationId,
    /// When, by the real clock.
    pub recorded_at: Moment,
    /// When, by the domain clock.
    pub domain_at: Moment,
    /// The operation's name.
    pub action: String,
    /// The record it was done to.
    pub subject: Option<Id>,
    /// A few words, in JSON.
    pub detail: String,
    /// Its sealed number, once sealed.
    pub seq: Option<i64>,
    /// The account's display name; none for the program itself.
    pub actor: Option<String>,
}

/// The newest operations of a province.
pub fn recent(connection: &mut Connection, province: ProvinceId, limit: i64) -> Result<Vec<JournalLine>, StoreError> {
    let rows = match connection.lens() {
        None => connection.query(RECENT, params![province, limit])?,
        Some(lens) => connection.query(RECENT_THEN, params![province, limit, lens.at])?,
    };
    rows.iter()
        .map(|row| {
            Ok(JournalLine {
                id: row.get(0)?,
                recorded_at: row.get(1)?,
                domain_at: row.get(2)?,
                action: row.get(3)?,
                subject: row.get(4)?,
                detail: row.get(5)?,
                seq: row.get(6)?,
                actor: row.get(7)?,
            })
        })
        .collect()
}

/// When the first operation of a province was done, by the domain clock.
pub fn first(connection: &mut Connection, province: ProvinceId) -> Result<Option<Moment>, StoreError> {
    connection.query_one(FIRST, params![province])?.map(|row| row.get(0)).transpose()
}

/// The link of the chain for one row after another. `said` is the row without its seal.
pub(crate) fn link(previous: &[u8], seq: i64, said: &[Value]) -> [u8; 32] {
    sha256(&[previous, &seq.to_le_bytes(), &encode(said)].concat())
}

/// From when a sealed row counts as known. One that was recorded before what is sealed already came
/// late (another process, a clock set back): it counts from just after, so that what was known at
/// an earlier moment stays as it was answered.
fn risen(high: i64, recorded_at: i64) -> i64 {
    if recorded_at < high { high.saturating_add(1) } else { recorded_at }
}

/// Provinces whose audit has rows without a seal.
pub fn provinces_to_seal(connection: &mut Connection) -> Result<Vec<ProvinceId>, StoreError> {
    connection.query(PROVINCES, params![])?.iter().map(|row| row.get(0)).collect()
}

/// Seals what is unsealed, at most 2,000 rows a call; returns how many. One sealer at a time (a
/// job with a lease); a second would find the numbers taken and be undone.
pub fn seal(transaction: &mut Transaction<'_>, province: ProvinceId) -> Result<usize, StoreError> {
    let (mut seq, mut high, mut chain) = match transaction.query_one(LAST_SEAL, params![province])? {
        Some(row) => (row.get::<i64>(0)?, row.get::<i64>(1)?, row.get::<Vec<u8>>(2)?),
        None => (0, i64::MIN, Vec::new()),
    };
    let rows = transaction.query(UNSEALED, params![province])?;
    for row in &rows {
        seq += 1;
        high = risen(high, row.get(2)?);
        chain = link(&chain, seq, &row.0).to_vec();
        transaction.write(SEAL, params![province, row.get::<Id>(1)?, seq, high, chain.clone()])?;
    }
    Ok(rows.len())
}

/// The last sealed number that counts as known at a moment of the real clock. The answer for a
/// moment is final once something recorded after it has been sealed.
pub fn known_at(connection: &mut Connection, province: ProvinceId, known: Moment) -> Result<i64, StoreError> {
    connection.query_one(KNOWN_AT, params![province, known])?.map_or(Ok(0), |row| row.get(0))
}

/// Asks what a key was used for before.
pub fn ask_remembered(
    connection: &mut Connection,
    province: ProvinceId,
    account: UserId,
    key: &str,
) -> Result<Asked, StoreError> {
    connection.ask(IDEMPOTENT, params![province, account, key])
}

/// What a key was used for before: the digest of that request, and the answer it got.
pub fn remembered(connection: &mut Connection, asked: Asked) -> Result<Option<(Vec<u8>, String)>, StoreError> {
    let rows = connection.answer(asked)?;
    rows.first().map(|row| Ok((row.get(0)?, row.get(1)?))).transpose()
}

/// Keeps the answer under its key, in the operation's transaction.
pub fn remember(
    transaction: &mut Transaction<'_>,
    province: ProvinceId,
    account: UserId,
    key: &str,
    request: [u8; 32],
    answer: &str,
    at: Moment,
) -> Result<(), StoreError> {
    transaction.write(REMEMBER, params![province, account, key, request, answer, at])
}

/// How long a phone may stay offline and still replay its queue without doubling anything.
pub const KEYS_KEPT: Span = Span::days(90);

/// Forgets keys older than [`KEYS_KEPT`].
pub fn forget_keys(transaction: &mut Transaction<'_>, province: ProvinceId, now: Moment) -> Result<(), StoreError> {
    transaction.write(FORGET, params![province, now - KEYS_KEPT])
}

/// A break in the audit's chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Break {
    /// Command post.
    pub province: ProvinceId,
    /// The number at which the chain no longer fits.
    pub seq: i64,
}

/// Follows the chain of every province and names the first number that does not fit.
pub(crate) fn follow_chain(connection: &mut Connection) -> Result<Vec<Break>, StoreError> {
    let mut chains: BTreeMap<ProvinceId, (i64, i64, Vec<u8>)> = BTreeMap::new();
    let mut breaks: Vec<Break> = Vec::new();
    let sealed =
        "SELECT province, id, recorded_at, domain_at, actor, action, subject, detail, content, seq, chain, high
        FROM audit WHERE seq IS NOT NULL ORDER BY province, seq";
    connection.each(sealed, &mut |row| {
        let (province, seq): (ProvinceId, i64) = (row.get(0)?, row.get(9)?);
        let stored: Vec<u8> = row.get(10).unwrap_or_default();
        let (last, high, chain) = chains.entry(province).or_insert_with(|| (0, i64::MIN, Vec::new()));
        let expected = link(chain, seq, &row.0[..9]).to_vec();
        // A damaged moment breaks the chain as well.
        let known_from = row.get(2).map_or(*high, |recorded_at| risen(*high, recorded_at));
        let fits = seq == *last + 1 && expected == stored && row.0[11] == Value::Int(known_from);
        if !fits && !breaks.iter().any(|found| found.province == province) {
            breaks.push(Break { province, seq });
        }
        (*last, *high, *chain) = (seq, row.get(11).unwrap_or(known_from), stored);
        Ok(())
    })?;
    Ok(breaks)
}
