//! What tables there are and what each is for, read from the migrations themselves.

use std::sync::LazyLock;

use crate::engine::Kind;

/// Every migration: number, name, text. Numbers are never reused and texts never changed.
pub(crate) const MIGRATIONS: &[(i64, &str, &str)] = &[
    (1, "house", include_str!("../migrations/0001_house.sql")),
    (2, "plans", include_str!("../migrations/0002_plans.sql")),
    (3, "record", include_str!("../migrations/0003_record.sql")),
    (4, "finding", include_str!("../migrations/0004_finding.sql")),
    (5, "sums", include_str!("../migrations/0005_sums.sql")),
];

/// What a table is for, which decides whether it travels in a snapshot and how it is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The same for all provinces.
    Reference,
    /// Changed in place by operations; every change is in the audit.
    Register,
    /// Appended, never changed; every row carries its digest.
    Ledger,
    /// The audit itself.
    Audit,
    /// Written beside the ledgers and rebuilt from them.
    Projection,
    /// Of this running installation only: sessions, leases.
    Volatile,
}

const ROLES: &[(&str, Role)] = &[
    ("command_post", Role::Reference),
    ("area", Role::Reference),
    ("setting", Role::Reference),
    ("account", Role::Register),
    ("session", Role::Volatile),
    ("body", Role::Register),
    ("facility", Role::Register),
    ("appointment", Role::Register),
    ("absence", Role::Register),
    ("oxygen_store", Role::Register),
    ("norm_override", Role::Register),
    ("report", Role::Ledger),
    ("reading", Role::Ledger),
    ("movement", Role::Ledger),
    ("census", Role::Ledger),
    ("reversal", Role::Ledger),
    ("case_count", Role::Ledger),
    ("record", Role::Ledger),
    ("finding", Role::Ledger),
    ("audit", Role::Audit),
    ("idempotency", Role::Register),
    ("blob", Role::Register),
    ("job", Role::Volatile),
    ("store_state", Role::Projection),
    ("facility_state", Role::Projection),
    ("record_state", Role::Projection),
    ("found", Role::Projection),
    ("found_term", Role::Projection),
    ("found_link", Role::Projection),
    ("work", Role::Projection),
    ("work_count", Role::Projection),
    ("work_day", Role::Projection),
    ("work_sum", Role::Projection),
    ("pulse", Role::Volatile),
];

/// A table as the migrations define it.
#[derive(Clone, Debug)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// What it is for.
    pub role: Role,
    /// Its columns with their kinds, in order.
    pub columns: Vec<(&'static str, Kind)>,
    /// The columns of its primary key, in order.
    pub key: Vec<&'static str>,
}

/// All tables, in the order of the migrations.
pub fn tables() -> &'static [Table] {
    static TABLES: LazyLock<Vec<Table>> =
        LazyLock::new(|| MIGRATIONS.iter().flat_map(|(_, _, text)| read_tables(text)).collect());
    &TABLES
}

/// The table of a name.
pub fn table(name: &str) -> Option<&'static Table> {
    tables().iter().find(|table| table.name == name)
}

fn read_tables(text: &'static str) -> Vec<Table> {
    text.split("CREATE TABLE ").skip(1).filter_map(read_table).collect()
}

fn read_table(text: &'static str) -> Option<Table> {
    let (name, rest) = text.split_once(" (\n")?;
    let (body, _) = rest.split_once("\n)")?;
    let mut table = Table { name, role: role_of(name)?, columns: Vec::new(), key: Vec::new() };
    for line in body.lines().map(|line| line.trim().trim_end_matches(',')) {
        if let Some(key) = line.strip_prefix("PRIMARY KEY (") {
            table.key = key.trim_end_matches(')').split(", ").collect();
        } else if let Some((column, declared)) = line.split_once(' ') {
            table.columns.push((column, kind_of(declared)));
            if declared.ends_with("PRIMARY KEY") {
                table.key = vec![column];
            }
        }
    }
    Some(table)
}

fn kind_of(declared: &str) -> Kind {
    let declared = declared.trim_end_matches(" PRIMARY KEY").trim_end_matches(" NOT NULL");
    match declared {
        "{{TEXT}}" => Kind::Text,
        "{{BLOB}}" => Kind::Blob,
        other => Kind::of_declared(other),
    }
}

fn role_of(name: &str) -> Option<Role> {
    ROLES.iter().find(|(known, _)| *known == name).map(|(_, role)| *role)
}

impl Table {
    /// `SELECT` of all columns in key order: the same order on both engines, because keys are
    /// numbers, bytes, and texts compared byte by byte.
    pub(crate) fn select_all(&self) -> String {
        let columns = self.columns.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
        format!("SELECT {columns} FROM {} ORDER BY {}", self.name, self.key.join(", "))
    }

    /// Positions of the key among the columns.
    pub(crate) fn key_positions(&self) -> Vec<usize> {
        self.key.iter().filter_map(|key| self.columns.iter().position(|(name, _)| name == key)).collect()
    }

    /// Whether a column belongs to what a row says. The sealer fills in its three later, and a
    /// row cannot hold its own digest.
    pub(crate) fn is_said(&self, column: usize) -> bool {
        match self.columns.get(column) {
            Some(("digest", _)) => false,
            Some(("seq" | "high" | "chain", _)) => self.role != Role::Audit,
            _ => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_has_a_role_and_its_key_begins_with_the_province() {
        let defined = MIGRATIONS.iter().map(|(_, _, text)| text.matches("CREATE TABLE ").count()).sum::<usize>();
        assert_eq!(tables().len(), defined, "a table without a row in ROLES");
        for table in tables() {
            let first = table.key.first().copied().unwrap_or_default();
            assert!(
                first == "province" || table.role == Role::Reference,
                "{} cannot be spread over machines: its key begins with {first}",
                table.name
            );
            assert_eq!(
                table.columns.iter().any(|(name, _)| *name == "digest"),
                table.role == Role::Ledger,
                "{}: ledgers and only ledgers carry a digest",
                table.name
            );
        }
    }
}
