//! Brings a database to the schema of this program. Each migration is one transaction, and a
//! second run finds nothing to do.

use crate::engine::{Connection, Database};
use crate::schema::MIGRATIONS;
use crate::{StoreError, params};

const BOOK: &str = "CREATE TABLE IF NOT EXISTS migration (
    number BIGINT NOT NULL PRIMARY KEY,
    name {{TEXT}} NOT NULL,
    applied_at BIGINT NOT NULL
)";

/// The newest migration this program knows.
pub const KNOWN: i64 = MIGRATIONS[MIGRATIONS.len() - 1].0;

/// Applies what is missing; returns the names of what was applied.
pub fn migrate(database: &Database, now: quantity::Moment) -> Result<Vec<&'static str>, StoreError> {
    let mut connection = database.connect()?;
    connection.script(&database.definition(BOOK))?;
    let found = newest(&mut connection)?;
    if found > KNOWN {
        return Err(StoreError::FromTheFuture { found, known: KNOWN });
    }
    let mut applied = Vec::new();
    for (number, name, text) in MIGRATIONS.iter().filter(|(number, ..)| *number > found) {
        connection.begin_write()?;
        connection.flush()?;
        let done = connection.script(&database.definition(text)).and_then(|()| {
            connection.write(
                "INSERT INTO migration (number, name, applied_at) VALUES (?1, ?2, ?3)",
                params![*number, *name, now],
            )?;
            connection.commit()
        });
        if let Err(error) = done {
            connection.rollback()?;
            return Err(error);
        }
        applied.push(*name);
    }
    Ok(applied)
}

fn newest(connection: &mut Connection) -> Result<i64, StoreError> {
    let row = connection.query_one("SELECT COALESCE(MAX(number), 0) FROM migration", params![])?;
    row.map_or(Ok(0), |row| row.get(0))
}

/// Refuses a database whose schema is not this program's.
pub(crate) fn check(connection: &mut Connection) -> Result<(), StoreError> {
    // A missing book means an empty database; the engines name that error differently.
    let found = newest(connection).unwrap_or(0);
    match found.cmp(&KNOWN) {
        std::cmp::Ordering::Less => Err(StoreError::NotMigrated { found, known: KNOWN }),
        std::cmp::Ordering::Greater => Err(StoreError::FromTheFuture { found, known: KNOWN }),
        std::cmp::Ordering::Equal => Ok(()),
    }
}
