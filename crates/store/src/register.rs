//! Registers: command posts, areas, bodies, facilities, posts, stores of oxygen. Rows carry the
//! stable codes of `place` and `oxygen`; the desk turns them into those crates' types.

use jiff::civil::Date;
use oxygen::StoreId;
use place::{BodyId, FacilityId, PersonId, ProvinceId};
use quantity::{Id, Moment};

use crate::engine::{Bulk, Kind};
use crate::statement::statements;
use crate::{Connection, OperationId, Row, StoreError, Transaction, Value, params};

statements! {
    ADD_POST = "INSERT INTO command_post (province, name, area_code, state, opened_on) VALUES (?1, ?2, ?3, ?4, ?5)";
    POSTS = "SELECT province, name, area_code, state, opened_on, closed_on FROM command_post ORDER BY province";
    NEXT_POST = "SELECT COALESCE(MAX(province), 0) + 1 FROM command_post";
    SET_STATE = "UPDATE command_post SET state = ?2 WHERE province = ?1 RETURNING 1";
    SETTING = "SELECT value FROM setting WHERE name = ?1";
    SET_SETTING = "INSERT INTO setting (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    CLEAR_AREAS = "DELETE FROM area";
    AREAS = "SELECT code, valid_from, valid_to, name, level, parent, successors, latitude, longitude FROM area ORDER BY code, valid_from";
    ADD_BODY = "INSERT INTO body (province, id, code, name, sort_key, search_key, kind, level, ownership, parent, area_code,
            valid_from, valid_to, successors, simulated) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)";
    BODIES = "SELECT province, id, code, name, sort_key, search_key, kind, level, ownership, parent, area_code,
            valid_from, valid_to, successors, simulated FROM body WHERE province = ?1 ORDER BY sort_key, id";
    ADD_FACILITY = "INSERT INTO facility (province, id, tier, state, beds_planned, beds_open, oxygen_beds, icu_beds)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    FACILITIES = "SELECT id, tier, state, beds_planned, beds_open, oxygen_beds, icu_beds FROM facility WHERE province = ?1";
    ADD_APPOINTMENT = "INSERT INTO appointment (province, id, body, person, person_name, post, phone, from_at, to_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
    APPOINTMENTS = "SELECT id, body, person, person_name, post, phone, from_at, to_at FROM appointment
        WHERE province = ?1 ORDER BY body, from_at, id";
    ADD_ABSENCE = "INSERT INTO absence (province, id, person, from_at, to_at) VALUES (?1, ?2, ?3, ?4, ?5)";
    ABSENCES = "SELECT id, person, from_at, to_at FROM absence WHERE province = ?1 ORDER BY from_at, id";
    ADD_STORE = "INSERT INTO oxygen_store (province, id, facility, label, position, specification, valid_from)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    STORES = "SELECT id, facility, label, position, specification, valid_from, valid_to FROM oxygen_store
        WHERE province = ?1 ORDER BY facility, position, id";
    STORE = "SELECT id, facility, label, position, specification, valid_from, valid_to FROM oxygen_store
        WHERE province = ?1 AND id = ?2";
    ADD_OVERRIDE = "INSERT INTO norm_override (province, id, content, operation, recorded_at) VALUES (?1, ?2, ?3, ?4, ?5)";
    OVERRIDES = "SELECT content FROM norm_override WHERE province = ?1 ORDER BY recorded_at, id";
    PULSE = "SELECT seq, registers FROM pulse WHERE province = ?1";
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

/// A body in time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BodyRow {
    /// Command post.
    pub province: ProvinceId,
    /// Key.
    pub id: BodyId,
    /// Short code, unique in the province; what files call it.
    pub code: String,
    /// Full name.
    pub name: String,
    /// Vietnamese order, as bytes.
    pub sort_key: Vec<u8>,
    /// Name without accents.
    pub search_key: String,
    /// Stable code of its kind.
    pub kind: String,
    /// Stable code of its level.
    pub level: String,
    /// Stable code of who owns it.
    pub ownership: String,
    /// The body it belongs to.
    pub parent: Option<BodyId>,
    /// Where it stands.
    pub area_code: Option<String>,
    /// First day.
    pub valid_from: Date,
    /// First day on which it is no more.
    pub valid_to: Option<Date>,
    /// Keys of the bodies that took over, main one first, separated by spaces.
    pub successors: String,
    /// Invented for a demonstration or a drill.
    pub simulated: bool,
}

/// Adds a body.
pub fn add_body(transaction: &mut Transaction<'_>, body: &BodyRow) -> Result<(), StoreError> {
    let body = body.clone();
    transaction.write(
        ADD_BODY,
        params![
            body.province,
            body.id,
            body.code,
            body.name,
            body.sort_key,
            body.search_key,
            body.kind,
            body.level,
            body.ownership,
            body.parent,
            body.area_code,
            body.valid_from,
            body.valid_to,
            body.successors,
            body.simulated
        ],
    )
}

/// The bodies of a province in Vietnamese order.
pub fn bodies(connection: &mut Connection, province: ProvinceId) -> Result<Vec<BodyRow>, StoreError> {
    let rows = connection.query(BODIES, params![province])?;
    rows.iter()
        .map(|row| {
            Ok(BodyRow {
                province: row.get(0)?,
                id: row.get(1)?,
                code: row.get(2)?,
                name: row.get(3)?,
                sort_key: row.get(4)?,
                search_key: row.get(5)?,
                kind: row.get(6)?,
                level: row.get(7)?,
                ownership: row.get(8)?,
                parent: row.get(9)?,
                area_code: row.get(10)?,
                valid_from: row.get(11)?,
                valid_to: row.get(12)?,
                successors: row.get(13)?,
                simulated: row.get(14)?,
            })
        })
        .collect()
}

/// What only a facility has: tier, state and beds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacilityRow {
    /// Key, the same bytes as its body's.
    pub id: FacilityId,
    /// Treatment tier.
    pub tier: Option<u32>,
    /// Stable code of the state: quiet days, reinforced, emergency.
    pub state: String,
    /// Beds in the plan.
    pub beds_planned: Option<u32>,
    /// Beds open.
    pub beds_open: Option<u32>,
    /// Beds with oxygen.
    pub oxygen_beds: Option<u32>,
    /// Intensive-care beds.
    pub icu_beds: Option<u32>,
}

/// Adds what only a facility has.
pub fn add_facility(
    transaction: &mut Transaction<'_>,
    province: ProvinceId,
    facility: &FacilityRow,
) -> Result<(), StoreError> {
    transaction.write(
        ADD_FACILITY,
        params![
            province,
            facility.id,
            facility.tier,
            facility.state.clone(),
            facility.beds_planned,
            facility.beds_open,
            facility.oxygen_beds,
            facility.icu_beds
        ],
    )
}

/// The facilities of a province.
pub fn facilities(connection: &mut Connection, province: ProvinceId) -> Result<Vec<FacilityRow>, StoreError> {
    let rows = connection.query(FACILITIES, params![province])?;
    rows.iter()
        .map(|row| {
            Ok(FacilityRow {
                id: row.get(0)?,
                tier: row.get(1)?,
                state: row.get(2)?,
                beds_planned: row.get(3)?,
                beds_open: row.get(4)?,
                oxygen_beds: row.get(5)?,
                icu_beds: row.get(6)?,
            })
        })
        .collect()
}

/// A post held by a person for some days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppointmentRow {
    /// Key.
    pub id: Id,
    /// Where.
    pub body: BodyId,
    /// Who.
    pub person: PersonId,
    /// His name.
    pub person_name: String,
    /// Stable code of the post: head, deputy, focal officer, duty officer.
    pub post: String,
    /// Where he is reached.
    pub phone: Option<String>,
    /// From this moment.
    pub from: Moment,
    /// To this moment, not included.
    pub to: Option<Moment>,
}

/// Adds a post.
pub fn add_appointment(
    transaction: &mut Transaction<'_>,
    province: ProvinceId,
    row: &AppointmentRow,
) -> Result<(), StoreError> {
    let row = row.clone();
    transaction.write(
        ADD_APPOINTMENT,
        params![province, row.id, row.body, row.person, row.person_name, row.post, row.phone, row.from, row.to],
    )
}

/// The posts of a province.
pub fn appointments(connection: &mut Connection, province: ProvinceId) -> Result<Vec<AppointmentRow>, StoreError> {
    let rows = connection.query(APPOINTMENTS, params![province])?;
    rows.iter()
        .map(|row| {
            Ok(AppointmentRow {
                id: row.get(0)?,
                body: row.get(1)?,
                person: row.get(2)?,
                person_name: row.get(3)?,
                post: row.get(4)?,
                phone: row.get(5)?,
                from: row.get(6)?,
                to: row.get(7)?,
            })
        })
        .collect()
}

/// A stretch of time in which a person is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AbsenceRow {
    /// Key.
    pub id: Id,
    /// Who.
    pub person: PersonId,
    /// From this moment.
    pub from: Moment,
    /// To this moment, not included.
    pub to: Option<Moment>,
}

/// Adds an absence.
pub fn add_absence(
    transaction: &mut Transaction<'_>,
    province: ProvinceId,
    row: &AbsenceRow,
) -> Result<(), StoreError> {
    transaction.write(ADD_ABSENCE, params![province, row.id, row.person, row.from, row.to])
}

/// The absences of a province's people.
pub fn absences(connection: &mut Connection, province: ProvinceId) -> Result<Vec<AbsenceRow>, StoreError> {
    let rows = connection.query(ABSENCES, params![province])?;
    rows.iter()
        .map(|row| Ok(AbsenceRow { id: row.get(0)?, person: row.get(1)?, from: row.get(2)?, to: row.get(3)? }))
        .collect()
}

/// A store of oxygen of a facility: tank, dewar, cylinders, plant, concentrators.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreRow {
    /// Key.
    pub id: StoreId,
    /// Whose.
    pub facility: FacilityId,
    /// As people there call it.
    pub label: String,
    /// Place in the form.
    pub position: i64,
    /// `oxygen::Store` in JSON.
    pub specification: String,
    /// First day.
    pub valid_from: Date,
    /// First day on which it is no more.
    pub valid_to: Option<Date>,
}

fn store_row(row: &Row) -> Result<StoreRow, StoreError> {
    Ok(StoreRow {
        id: row.get(0)?,
        facility: row.get(1)?,
        label: row.get(2)?,
        position: row.get(3)?,
        specification: row.get(4)?,
        valid_from: row.get(5)?,
        valid_to: row.get(6)?,
    })
}

/// Adds a store of oxygen.
pub fn add_store(transaction: &mut Transaction<'_>, province: ProvinceId, row: &StoreRow) -> Result<(), StoreError> {
    transaction.write(
        ADD_STORE,
        params![
            province,
            row.id,
            row.facility,
            row.label.clone(),
            row.position,
            row.specification.clone(),
            row.valid_from
        ],
    )
}

/// The stores of oxygen of a province, by facility and place in the form.
pub fn stores(connection: &mut Connection, province: ProvinceId) -> Result<Vec<StoreRow>, StoreError> {
    connection.query(STORES, params![province])?.iter().map(store_row).collect()
}

/// One store of oxygen.
pub fn store(connection: &mut Connection, province: ProvinceId, id: StoreId) -> Result<Option<StoreRow>, StoreError> {
    connection.query_one(STORE, params![province, id])?.as_ref().map(store_row).transpose()
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
    connection.query(OVERRIDES, params![province])?.iter().map(|row| row.get(0)).collect()
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
