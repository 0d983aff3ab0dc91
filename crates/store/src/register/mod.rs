//! Registers: command posts, areas, bodies, facilities, posts, stores of oxygen. Rows carry the
//! stable codes of `place` and `oxygen`; the desk turns them into those crates' types.

mod body;
mod person;
mod vessel;

pub use body::{BodyRow, FacilityRow, add_body, add_facility, bodies, end_body, facilities, set_facility_state};
pub use person::{
    AbsenceRow, AppointmentRow, absences, add_absence, add_appointment, appointments, end_absence, end_appointment,
};
pub use vessel::{StoreRow, add_store, close_store, store, stores};

use jiff::civil::Date;
use place::ProvinceId;
use quantity::{Id, Moment};

use crate::engine::{Bulk, Kind};
use crate::statement::statements;
use crate::{Connection, OperationId, StoreError, Transaction, Value, params};

statements! {
    ADD_POST = "INSERT INTO command_post (province, name, area_code, state, opened_on) VALUES (?1, ?2, ?3, ?4, ?5)";
    POSTS = "SELECT province, name, area_code, state, opened_on, closed_on FROM command_post ORDER BY province";
    NEXT_POST = "SELECT COALESCE(MAX(province), 0) + 1 FROM command_post";
    CLOSE_POST = "UPDATE command_post SET closed_on = ?2 WHERE province = ?1 AND closed_on IS NULL RETURNING 1";
    SET_STATE = "UPDATE command_post SET state = ?2 WHERE province = ?1 RETURNING 1";
    SETTING = "SELECT value FROM setting WHERE name = ?1";
    SET_SETTING = "INSERT INTO setting (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    CLEAR_AREAS = "DELETE FROM area";
    AREAS = "SELECT code, valid_from, valid_to, name, level, parent, successors, latitude, longitude FROM area ORDER BY code, valid_from";
    ADD_OVERRIDE = "INSERT INTO norm_override (province, id, content, operation, recorded_at) VALUES (?1, ?2, ?3, ?4, ?5)";
    OVERRIDES = "SELECT content FROM norm_override WHERE province = ?1 ORDER BY recorded_at, id";
    OVERRIDES_THEN = "SELECT content FROM norm_override WHERE province = ?1 AND recorded_at <= ?2 ORDER BY recorded_at, id";
    PULSE = "SELECT seq, registers FROM pulse WHERE province = ?1";
}

/// Statements of this folder.
pub(crate) fn all_statements() -> Vec<(&'static str, &'static str)> {
    [STATEMENTS, body::STATEMENTS, person::STATEMENTS, vessel::STATEMENTS].concat()
}

/// A command post: the thing that `province` numbers stand for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommandPost {
    /// Its number, never reused.
    pub province: ProvinceId,
    /// As screens show it.
    pub name: String,
    /// The area it commands.
    pub area_code: String,
    /// Stable code of the state: quiet days, reinforced, emergency.
    pub state: String,
    /// First day.
    pub opened_on: Date,
    /// Last day, once merged into another.
    pub closed_on: Option<Date>,
}

/// The next free number of a command post.
pub fn next_province(transaction: &mut Transaction<'_>) -> Result<ProvinceId, StoreError> {
    transaction.query_one(NEXT_POST, params![])?.map_or(Err(StoreError::Stopped), |row| row.get(0))
}

/// Opens a command post.
pub fn open_command_post(transaction: &mut Transaction<'_>, post: &CommandPost) -> Result<(), StoreError> {
    transaction.write(
        ADD_POST,
        params![post.province, post.name.clone(), post.area_code.clone(), post.state.clone(), post.opened_on],
    )
}

/// Closes a command post on a day; `false` when it was closed already. Its rows stay as they are.
pub fn close_command_post(
    transaction: &mut Transaction<'_>,
    province: ProvinceId,
    on: Date,
) -> Result<bool, StoreError> {
    Ok(transaction.query_one(CLOSE_POST, params![province, on])?.is_some())
}

/// All command posts.
pub fn command_posts(connection: &mut Connection) -> Result<Vec<CommandPost>, StoreError> {
    let rows = connection.query(POSTS, params![])?;
    rows.iter()
        .map(|row| {
            Ok(CommandPost {
                province: row.get(0)?,
                name: row.get(1)?,
                area_code: row.get(2)?,
                state: row.get(3)?,
                opened_on: row.get(4)?,
                closed_on: row.get(5)?,
            })
        })
        .collect()
}

/// Sets the state of a command post; `false` if there is none of that number.
pub fn set_state(transaction: &mut Transaction<'_>, province: ProvinceId, state: &str) -> Result<bool, StoreError> {
    Ok(transaction.query_one(SET_STATE, params![province, state])?.is_some())
}

/// A setting of the whole installation.
pub fn setting(connection: &mut Connection, name: &str) -> Result<Option<String>, StoreError> {
    connection.query_one(SETTING, params![name])?.map(|row| row.get(0)).transpose()
}

/// Changes a setting of the whole installation.
pub fn set_setting(transaction: &mut Transaction<'_>, name: &str, value: &str) -> Result<(), StoreError> {
    transaction.write(SET_SETTING, params![name, value])
}

/// An area as imported.
#[derive(Debug, Clone, PartialEq)]
pub struct AreaRow {
    /// Code; reused over time, so only a key together with `valid_from`.
    pub code: String,
    /// First day.
    pub valid_from: Date,
    /// First day on which it is no longer so.
    pub valid_to: Option<Date>,
    /// Full name.
    pub name: String,
    /// `province`, `district` or `commune`.
    pub level: String,
    /// Code of the area it lies in.
    pub parent: Option<String>,
    /// Codes of its successors, main one first, joined by `|`.
    pub successors: String,
    /// Degrees north.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
}

const AREA_ROWS: Bulk = Bulk {
    table: "area",
    columns: &[
        ("code", Kind::Text),
        ("valid_from", Kind::Text),
        ("valid_to", Kind::Text),
        ("name", Kind::Text),
        ("level", Kind::Text),
        ("parent", Kind::Text),
        ("successors", Kind::Text),
        ("latitude", Kind::Real),
        ("longitude", Kind::Real),
    ],
    conflict: "",
};

/// Replaces the imported edition of areas.
pub fn replace_areas(transaction: &mut Transaction<'_>, areas: &[AreaRow]) -> Result<(), StoreError> {
    transaction.write(CLEAR_AREAS, params![])?;
    transaction.flush()?;
    let rows: Vec<Vec<Value>> = areas
        .iter()
        .map(|area| {
            params![
                area.code.clone(),
                area.valid_from,
                area.valid_to,
                area.name.clone(),
                area.level.clone(),
                area.parent.clone(),
                area.successors.clone(),
                area.latitude,
                area.longitude
            ]
        })
        .collect();
    transaction.bulk(&AREA_ROWS, &rows)
}

/// The imported edition of areas; empty where nothing has been imported.
pub fn areas(connection: &mut Connection) -> Result<Vec<AreaRow>, StoreError> {
    let rows = connection.query(AREAS, params![])?;
    rows.iter()
        .map(|row| {
            Ok(AreaRow {
                code: row.get(0)?,
                valid_from: row.get(1)?,
                valid_to: row.get(2)?,
                name: row.get(3)?,
                level: row.get(4)?,
                parent: row.get(5)?,
                successors: row.get(6)?,
                latitude: row.get(7)?,
                longitude: row.get(8)?,
            })
        })
        .collect()
}

/// Adds a province's own version of a norm.
pub fn add_override(
    transaction: &mut Transaction<'_>,
    province: ProvinceId,
    id: Id,
    content: &str,
    operation: OperationId,
    at: Moment,
) -> Result<(), StoreError> {
    transaction.write(ADD_OVERRIDE, params![province, id, content, operation, at])
}

/// A province's own versions of norms, oldest first.
pub fn overrides(connection: &mut Connection, province: ProvinceId) -> Result<Vec<String>, StoreError> {
    let rows = match connection.lens() {
        None => connection.query(OVERRIDES, params![province])?,
        Some(lens) => connection.query(OVERRIDES_THEN, params![province, lens.at])?,
    };
    rows.iter().map(|row| row.get(0)).collect()
}

/// Numbers that rise when something has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Pulse {
    /// Anything that a screen of the province shows.
    pub seq: i64,
    /// Bodies, facilities, stores, norms or the clock.
    pub registers: i64,
}

/// Whether anything has changed since one looked last.
pub fn pulse(connection: &mut Connection, province: ProvinceId) -> Result<Pulse, StoreError> {
    connection
        .query_one(PULSE, params![province])?
        .map_or(Ok(Pulse::default()), |row| Ok(Pulse { seq: row.get(0)?, registers: row.get(1)? }))
}
