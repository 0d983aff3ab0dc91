//! Accounts and sessions. Tokens are kept only as digests: who reads the table cannot sign in.

use place::{ProvinceId, UserId};
use quantity::Moment;

use crate::encode::sha256;
use crate::statement::statements;
use crate::{Connection, Row, StoreError, Transaction, params};

statements! {
    INSERT = "INSERT INTO account (province, id, login, display_name, password_hash, roles, area_code, bodies, created_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
    BY_LOGIN = "SELECT province, id, login, display_name, password_hash, roles, area_code, bodies FROM account
        WHERE login = ?1 AND closed_at IS NULL ORDER BY province";
    BY_ID = "SELECT province, id, login, display_name, password_hash, roles, area_code, bodies FROM account
        WHERE province = ?1 AND id = ?2 AND closed_at IS NULL";
    LIST = "SELECT province, id, login, display_name, password_hash, roles, area_code, bodies FROM account
        WHERE province = ?1 AND closed_at IS NULL ORDER BY login";
    ANY = "SELECT 1 FROM account LIMIT 1";
    SET_PASSWORD = "UPDATE account SET password_hash = ?3 WHERE province = ?1 AND id = ?2";
    SET_BODIES = "UPDATE account SET bodies = ?3 WHERE province = ?1 AND id = ?2";
    CLOSE = "UPDATE account SET closed_at = ?3 WHERE province = ?1 AND id = ?2 AND closed_at IS NULL RETURNING 1";
    OPEN_SESSION = "INSERT INTO session (province, token_digest, account, kind, csrf, created_at, expires_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    SESSION = "SELECT a.province, a.id, a.login, a.display_name, a.password_hash, a.roles, a.area_code, a.bodies,
            s.csrf, s.kind, s.expires_at
        FROM session s JOIN account a ON a.province = s.province AND a.id = s.account
        WHERE s.province = ?1 AND s.token_digest = ?2 AND s.expires_at > ?3 AND a.closed_at IS NULL";
    CLOSE_SESSION = "DELETE FROM session WHERE province = ?1 AND token_digest = ?2";
    CLOSE_ALL = "DELETE FROM session WHERE province = ?1 AND account = ?2";
    FORGET_SESSIONS = "DELETE FROM session WHERE province = ?1 AND expires_at < ?2";
}

/// An account that may sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Command post.
    pub province: ProvinceId,
    /// Key.
    pub id: UserId,
    /// What is typed to sign in; unique in the province.
    pub login: String,
    /// What screens show.
    pub display_name: String,
    /// Argon2id in PHC form; never leaves the desk.
    pub password_hash: String,
    /// Roles by their stable names, separated by spaces.
    pub roles: String,
    /// The area to which its sight is limited; none for the whole province.
    pub area_code: Option<String>,
    /// Bodies to which it is limited, as ids separated by spaces; empty for no such limit.
    pub bodies: String,
}

/// What a browser or a program shows to be recognised.
#[derive(Debug, Clone)]
pub struct Session {
    /// Whose.
    pub account: Account,
    /// Must come back with every form of this session.
    pub csrf: String,
    /// `browser` or `token`.
    pub kind: String,
    /// Ends at this moment of the real clock.
    pub expires_at: Moment,
}

fn account(row: &Row) -> Result<Account, StoreError> {
    Ok(Account {
        province: row.get(0)?,
        id: row.get(1)?,
        login: row.get(2)?,
        display_name: row.get(3)?,
        password_hash: row.get(4)?,
        roles: row.get(5)?,
        area_code: row.get(6)?,
        bodies: row.get(7)?,
    })
}

/// Adds an account.
pub fn add(transaction: &mut Transaction<'_>, account: &Account, at: Moment) -> Result<(), StoreError> {
    let Account { province, id, login, display_name, password_hash, roles, area_code, bodies } = account.clone();
    transaction.write(INSERT, params![province, id, login, display_name, password_hash, roles, area_code, bodies, at])
}

/// The open accounts of a login name, one a province at most.
pub fn by_login(connection: &mut Connection, login: &str) -> Result<Vec<Account>, StoreError> {
    connection.query(BY_LOGIN, params![login])?.iter().map(account).collect()
}

/// The open account of a key.
pub fn by_id(connection: &mut Connection, province: ProvinceId, id: UserId) -> Result<Option<Account>, StoreError> {
    connection.query_one(BY_ID, params![province, id])?.as_ref().map(account).transpose()
}

/// The open accounts of a province.
pub fn list(connection: &mut Connection, province: ProvinceId) -> Result<Vec<Account>, StoreError> {
    connection.query(LIST, params![province])?.iter().map(account).collect()
}

/// Whether nobody has ever had an account here.
pub fn is_empty(connection: &mut Connection) -> Result<bool, StoreError> {
    Ok(connection.query_one(ANY, params![])?.is_none())
}

/// Replaces the password hash and ends every session of the account.
pub fn set_password(
    transaction: &mut Transaction<'_>,
    province: ProvinceId,
    id: UserId,
    password_hash: &str,
) -> Result<(), StoreError> {
    transaction.write(SET_PASSWORD, params![province, id, password_hash])?;
    transaction.write(CLOSE_ALL, params![province, id])
}

/// Closes an account and ends its sessions; `false` if there was none open.
pub fn close(
    transaction: &mut Transaction<'_>,
    province: ProvinceId,
    id: UserId,
    at: Moment,
) -> Result<bool, StoreError> {
    let closed = transaction.query_one(CLOSE, params![province, id, at])?.is_some();
    transaction.write(CLOSE_ALL, params![province, id])?;
    Ok(closed)
}

/// Ends every session of an account.
pub fn close_sessions(transaction: &mut Transaction<'_>, province: ProvinceId, id: UserId) -> Result<(), StoreError> {
    transaction.write(CLOSE_ALL, params![province, id])
}

/// A session to be opened.
#[derive(Debug, Clone)]
pub struct NewSession<'a> {
    /// Command post.
    pub province: ProvinceId,
    /// Whose.
    pub account: UserId,
    /// The secret that the browser or program keeps.
    pub token: &'a str,
    /// `browser` or `token`.
    pub kind: &'a str,
    /// Must come back with every form.
    pub csrf: &'a str,
    /// From.
    pub created_at: Moment,
    /// Until.
    pub expires_at: Moment,
}

/// Opens a session.
pub fn open_session(transaction: &mut Transaction<'_>, session: &NewSession<'_>) -> Result<(), StoreError> {
    let digest = sha256(session.token.as_bytes());
    transaction.write(
        OPEN_SESSION,
        params![
            session.province,
            digest,
            session.account,
            session.kind,
            session.csrf,
            session.created_at,
            session.expires_at
        ],
    )
}

/// The session of a token, if it is open at a moment of the real clock.
pub fn session(
    connection: &mut Connection,
    province: ProvinceId,
    token: &str,
    now: Moment,
) -> Result<Option<Session>, StoreError> {
    let row = connection.query_one(SESSION, params![province, sha256(token.as_bytes()), now])?;
    row.map(|row| {
        Ok(Session { account: account(&row)?, csrf: row.get(8)?, kind: row.get(9)?, expires_at: row.get(10)? })
    })
    .transpose()
}

/// Ends a session.
pub fn close_session(transaction: &mut Transaction<'_>, province: ProvinceId, token: &str) -> Result<(), StoreError> {
    transaction.write(CLOSE_SESSION, params![province, sha256(token.as_bytes())])
}

/// Forgets sessions that have ended.
pub fn forget_sessions(transaction: &mut Transaction<'_>, province: ProvinceId, now: Moment) -> Result<(), StoreError> {
    transaction.write(FORGET_SESSIONS, params![province, now])
}

/// Limits an account to other bodies; its sessions go on within them.
pub fn set_bodies(
    transaction: &mut Transaction<'_>,
    province: ProvinceId,
    id: UserId,
    bodies: &str,
) -> Result<(), StoreError> {
    transaction.write(SET_BODIES, params![province, id, bodies])
}
