//! The check of everything against everything: each ledger row against its digest, each
//! operation's rows against its audit row, the audit against its chain, each projection against
//! what the ledgers say.

use std::collections::HashMap;

use crate::audit::{Break, follow_chain};
use crate::encode::{Content, digest};
use crate::schema::{Role, tables};
use crate::{Connection, Database, OperationId, StoreError, Value, migrate, projection, snapshot};

/// What was found; empty lists mean that all is well.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings {
    /// Rows by table, of all tables that are kept.
    pub rows: Vec<(&'static str, u64)>,
    /// Ledger rows that no longer say what they said when they were written.
    pub altered: Vec<String>,
    /// Operations whose ledger rows are not those that the audit counted, or that it never saw.
    pub unaccounted: Vec<String>,
    /// Where the audit's chain no longer fits.
    pub breaks: Vec<Break>,
    /// Projections that differ from the ledgers.
    pub stale: Vec<String>,
}

impl Findings {
    /// Whether nothing was found.
    pub fn is_well(&self) -> bool {
        self.altered.is_empty() && self.unaccounted.is_empty() && self.breaks.is_empty() && self.stale.is_empty()
    }
}

/// Checks a database, in one read transaction.
pub fn check(database: &Database) -> Result<Findings, StoreError> {
    let mut connection = database.connect()?;
    migrate::check(&mut connection)?;
    connection.begin_read()?;
    let mut findings = Findings::default();
    let written = check_ledgers(&mut connection, &mut findings)?;
    check_operations(&mut connection, written, &mut findings)?;
    findings.breaks = follow_chain(&mut connection)?;
    findings.stale = projection::differences(&mut connection)?;
    connection.commit()?;
    Ok(findings)
}

fn check_ledgers(
    connection: &mut Connection,
    findings: &mut Findings,
) -> Result<HashMap<OperationId, Content>, StoreError> {
    let mut written: HashMap<OperationId, Content> = HashMap::new();
    for table in tables().iter().filter(|table| table.role == Role::Ledger) {
        let operation = table.columns.iter().position(|(name, _)| *name == "operation").unwrap_or(2);
        let mut count = 0;
        connection.each(&table.select_all(), &mut |row| {
            count += 1;
            let said = digest(table, &row.0);
            if row.0.last() != Some(&Value::Blob(said.to_vec())) {
                findings.altered.push(snapshot::place(table, &row));
            }
            // The stored digest is what the audit counted; an altered row is named once, not twice.
            let counted = match row.0.last() {
                Some(Value::Blob(bytes)) => bytes.as_slice().try_into().unwrap_or(said),
                _ => said,
            };
            // A key that is none belongs to a row named above; its operation will lack it.
            if let Ok(operation) = row.get::<OperationId>(operation) {
                written.entry(operation).or_default().add(counted);
            }
            Ok(())
        })?;
        findings.rows.push((table.name, count));
    }
    Ok(written)
}

fn check_operations(
    connection: &mut Connection,
    mut written: HashMap<OperationId, Content>,
    findings: &mut Findings,
) -> Result<(), StoreError> {
    let mut audited = 0_u64;
    connection.each("SELECT id, content FROM audit", &mut |row| {
        audited += 1;
        let id: OperationId = row.get(0)?;
        let found = written.remove(&id).unwrap_or_default();
        if Value::Blob(found.to_bytes()) != row.0[1] {
            findings.unaccounted.push(format!("audit {id}"));
        }
        Ok(())
    })?;
    findings.unaccounted.extend(written.keys().map(|id| format!("audit {id} is missing")));
    findings.unaccounted.sort_unstable();
    findings.rows.push(("audit", audited));
    Ok(())
}
