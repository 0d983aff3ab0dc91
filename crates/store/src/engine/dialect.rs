//! How one text becomes the SQL of either engine.

use super::{Database, Value};

/// An insert of many rows: table, columns, and what to do when a key is there already.
#[derive(Clone, Copy, Debug)]
pub struct Bulk {
    /// Table to insert into.
    pub table: &'static str,
    /// Its columns in the order of each row's values, with their types.
    pub columns: &'static [(&'static str, Kind)],
    /// What follows the values: empty, `ON CONFLICT …`.
    pub conflict: &'static str,
}

/// The type of a column in a bulk insert.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// BIGINT.
    Int,
    /// DOUBLE PRECISION.
    Real,
    /// TEXT.
    Text,
    /// BLOB or BYTEA.
    Blob,
}

impl Bulk {
    fn names(&self) -> String {
        self.columns.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
    }

    /// One row a call, for an engine in the same process.
    pub(super) fn one_row(&self) -> String {
        let places = (1..=self.columns.len()).map(|place| format!("?{place}")).collect::<Vec<_>>().join(", ");
        format!("INSERT INTO {} ({}) VALUES ({places}) {}", self.table, self.names(), self.conflict)
    }

    /// One array a column, for an engine across a socket.
    pub(super) fn arrays(&self) -> String {
        let arrays = self
            .columns
            .iter()
            .enumerate()
            .map(|(index, (_, kind))| format!("${}::{}[]", index + 1, kind.postgres()))
            .collect::<Vec<_>>()
            .join(", ");
        format!("INSERT INTO {} ({}) SELECT * FROM unnest({arrays}) {}", self.table, self.names(), self.conflict)
    }
}

impl Kind {
    const fn postgres(self) -> &'static str {
        match self {
            Self::Int => "int8",
            Self::Real => "float8",
            Self::Text => "text",
            Self::Blob => "bytea",
        }
    }

    /// The kind of a column from its declared type.
    pub(crate) fn of_declared(declared: &str) -> Self {
        match declared.to_ascii_uppercase().as_str() {
            "BIGINT" | "SMALLINT" => Self::Int,
            "DOUBLE PRECISION" => Self::Real,
            "TEXT" => Self::Text,
            _ => Self::Blob,
        }
    }
}

/// `{{BLOB}}` is the type for bytes, `{{TEXT}}` text compared byte by byte, `{{KEYED}}` follows the
/// last bracket of a table whose rows live in its primary key.
pub(super) fn definition(database: &Database, template: &str) -> String {
    let (blob, text, keyed) = match database {
        Database::Sqlite(_) => ("BLOB", "TEXT", "WITHOUT ROWID"),
        Database::Postgres(_) => ("BYTEA", "TEXT COLLATE \"C\"", ""),
    };
    template.replace("{{BLOB}}", blob).replace("{{TEXT}}", text).replace("{{KEYED}}", keyed)
}

/// `?1` → `$1`. No statement of the program holds a question mark of its own.
pub(super) fn postgres_placeholders(sql: &str) -> String {
    sql.replace('?', "$")
}

/// One column of many rows.
pub(super) fn column(rows: &[Vec<Value>], index: usize) -> Vec<&Value> {
    rows.iter().map(|row| row.get(index).unwrap_or(&Value::Null)).collect()
}
