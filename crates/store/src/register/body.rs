//! Bodies in time, and what only a facility has.

use jiff::civil::Date;
use place::{BodyId, FacilityId, ProvinceId};

use crate::statement::statements;
use crate::{Connection, StoreError, Transaction, params};

statements! {
    ADD_BODY = "INSERT INTO body (province, id, code, name, sort_key, search_key, kind, level, ownership, parent, area_code,
            valid_from, valid_to, successors, simulated) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)";
    BODIES = "SELECT province, id, code, name, sort_key, search_key, kind, level, ownership, parent, area_code,
            valid_from, valid_to, successors, simulated FROM body WHERE province = ?1 ORDER BY sort_key, id";
    END_BODY = "UPDATE body SET valid_to = ?3, successors = ?4 WHERE province = ?1 AND id = ?2 AND valid_to IS NULL RETURNING 1";
    ADD_FACILITY = "INSERT INTO facility (province, id, tier, state, beds_planned, beds_open, oxygen_beds, icu_beds)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    SET_STATE = "UPDATE facility SET state = ?3 WHERE province = ?1 AND id = ?2 RETURNING 1";
    FACILITIES = "SELECT id, tier, state, beds_planned, beds_open, oxygen_beds, icu_beds FROM facility WHERE province = ?1";
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

/// Ends a body from a day on, with those that take over, main one first; `false` if it has ended already.
pub fn end_body(
    transaction: &mut Transaction<'_>,
    province: ProvinceId,
    id: BodyId,
    on: Date,
    successors: &[BodyId],
) -> Result<bool, StoreError> {
    let heirs = successors.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
    Ok(transaction.query_one(END_BODY, params![province, id, on, heirs])?.is_some())
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

/// Sets the state of a facility; `false` if there is none of that key.
pub fn set_facility_state(
    transaction: &mut Transaction<'_>,
    province: ProvinceId,
    facility: FacilityId,
    state: &str,
) -> Result<bool, StoreError> {
    Ok(transaction.query_one(SET_STATE, params![province, facility, state])?.is_some())
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
