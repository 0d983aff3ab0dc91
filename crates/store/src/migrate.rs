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

/// Applies what is missing; returns the names of what was applied. Several processes may try at
/// once: each migration is looked for and applied in one transaction of the only writer.
pub fn migrate(database: &Database, now: quantity::Moment) -> Result<Vec<&'static str>, StoreError> {
    let mut connection = database.connect()?;
    let mut applied = Vec::new();
    loop {
        connection.begin_write()?;
        let step = apply_next(&mut connection, database, now).and_then(|name| connection.commit().map(|()| name));
        match step {
            Ok(Some(name)) => applied.push(name),
            Ok(None) => break,
            Err(error) => {
                connection.rollback()?;
                return Err(error);
            }
        }
    }
    connection.begin_write()?;
    connection.assume_sizes()?;
    connection.commit()?;
    Ok(applied)
}

fn apply_next(
    connection: &mut Connection,
    database: &Database,
    now: quantity::Moment,
) -> Result<Option<&'static str>, StoreError> {
    connection.script(&database.definition(BOOK))?;
    let found = newest(connection)?;
    if found > KNOWN {
        return Err(StoreError::FromTheFuture { found, known: KNOWN });
    }
    let Some((number, name, text)) = MIGRATIONS.iter().find(|(number, ..)| *number > found) else {
        return Ok(None);
    };
    connection.script(&database.definition(text))?;
    connection
        .write("INSERT INTO migration (number, name, applied_at) VALUES (?1, ?2, ?3)", params![*number, *name, now])?;
    Ok(Some(name))
}

fn newest(connection: &mut Connection) -> Result<i64, StoreError> {
    let row = connection.query_one("SELECT COALESCE(MAX(number), 0) FROM migration", params![])?;
    row.map_or(Ok(0), |row| row.get(0))
}

/// Refuses a database whose schema is not this program's.
pub(crate) fn check(connection: &mut Connection) -> Result<(), StoreError> {
    // A missing book means an empty database. Any other failure is itself: a file that is no
    // database, or a server that is not there, must not be answered with «please migrate».
    let found = newest(connection).or_else(|error| if error.is_missing_table() { Ok(0) } else { Err(error) })?;
    match found.cmp(&KNOWN) {
        std::cmp::Ordering::Less => Err(StoreError::NotMigrated { found, known: KNOWN }),
        std::cmp::Ordering::Greater => Err(StoreError::FromTheFuture { found, known: KNOWN }),
        std::cmp::Ordering::Equal => Ok(()),
    }
}
