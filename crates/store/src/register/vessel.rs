//! Stores of oxygen of a facility: tanks, dewars, cylinders, plants, concentrators.

use jiff::civil::Date;
use oxygen::StoreId;
use place::{FacilityId, ProvinceId};

use crate::statement::statements;
use crate::{Connection, Row, StoreError, Transaction, params};

statements! {
    ADD_STORE = "INSERT INTO oxygen_store (province, id, facility, label, position, specification, valid_from)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    STORES = "SELECT id, facility, label, position, specification, valid_from, valid_to FROM oxygen_store
        WHERE province = ?1 ORDER BY facility, position, id";
    STORE = "SELECT id, facility, label, position, specification, valid_from, valid_to FROM oxygen_store
        WHERE province = ?1 AND id = ?2";
    CLOSE_STORE = "UPDATE oxygen_store SET valid_to = ?3 WHERE province = ?1 AND id = ?2 AND valid_to IS NULL RETURNING 1";
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

/// Closes a store from a day on; `false` if it is closed already or there is none.
pub fn close_store(
    transaction: &mut Transaction<'_>,
    province: ProvinceId,
    id: StoreId,
    on: Date,
) -> Result<bool, StoreError> {
    Ok(transaction.query_one(CLOSE_STORE, params![province, id, on])?.is_some())
}
