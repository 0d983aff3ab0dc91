//! Whether the database answers: for whoever watches the machine. No data, so nobody is asked who
//! he is.

use store::{Connection, migrate, register};

use crate::failure::Outcome;

/// Reads from the database; returns the migration that it had when the program opened it, because
/// a database at another one is not opened.
pub fn migration(connection: &mut Connection) -> Outcome<i64> {
    register::command_posts(connection)?;
    Ok(migrate::KNOWN)
}
