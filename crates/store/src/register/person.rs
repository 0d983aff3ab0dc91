//! Who holds which post of a body, and when he is not there.

use place::{BodyId, PersonId, ProvinceId};
use quantity::{Id, Moment};

use crate::statement::statements;
use crate::{Connection, StoreError, Transaction, params};

statements! {
    ADD_APPOINTMENT = "INSERT INTO appointment (province, id, body, person, person_name, post, phone, from_at, to_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
    APPOINTMENTS = "SELECT id, body, person, person_name, post, phone, from_at, to_at FROM appointment
        WHERE province = ?1 ORDER BY body, from_at, id";
    END_APPOINTMENT = "UPDATE appointment SET to_at = ?3 WHERE province = ?1 AND id = ?2";
    END_ABSENCE = "UPDATE absence SET to_at = ?3 WHERE province = ?1 AND id = ?2";
    ADD_ABSENCE = "INSERT INTO absence (province, id, person, from_at, to_at) VALUES (?1, ?2, ?3, ?4, ?5)";
    ABSENCES = "SELECT id, person, from_at, to_at FROM absence WHERE province = ?1 ORDER BY from_at, id";
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

/// Ends a post at a moment.
pub fn end_appointment(
    transaction: &mut Transaction<'_>,
    province: ProvinceId,
    id: Id,
    at: Moment,
) -> Result<(), StoreError> {
    transaction.write(END_APPOINTMENT, params![province, id, at])
}

/// Ends an absence at a moment.
pub fn end_absence(
    transaction: &mut Transaction<'_>,
    province: ProvinceId,
    id: Id,
    at: Moment,
) -> Result<(), StoreError> {
    transaction.write(END_ABSENCE, params![province, id, at])
}
