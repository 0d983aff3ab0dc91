//! The rows that one report writes and the list that the first screen reads, in plain SQL over the
//! program's own tables.

use std::error::Error;

use rusqlite::types::{ToSqlOutput, ValueRef};
use tokio_postgres::types::private::BytesMut;
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};

/// The program's own first migration: the same tables and indexes carry both.
pub const SCHEMA: &str = include_str!("../../../crates/store/migrations/0001_house.sql");

/// The post everything is measured under.
const PROVINCE: i64 = 1;

/// One value of a row.
#[derive(Debug, Clone)]
pub enum Cell {
    /// NULL.
    Null,
    /// BIGINT.
    Int(i64),
    /// TEXT.
    Text(String),
    /// BLOB or BYTEA.
    Blob(Vec<u8>),
}

impl rusqlite::ToSql for Cell {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Int(number) => ValueRef::Integer(*number),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Blob(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

impl ToSql for Cell {
    fn to_sql(&self, kind: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Int(number) => number.to_sql(kind, out),
            Self::Text(text) => text.to_sql(kind, out),
            Self::Blob(bytes) => bytes.to_sql(kind, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

/// Statements of one report; `?1` becomes `$1` on PostgreSQL.
pub mod sql {
    /// Was this key there before?
    pub const SEEN: &str = "SELECT answer FROM idempotency WHERE province = ?1 AND account = ?2 AND key = ?3";
    /// The report.
    pub const REPORT: &str = "INSERT INTO report
        (province, id, operation, facility, happened_at, recorded_at, source, digest)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'form', ?7)";
    /// What one store held.
    pub const READING: &str = "INSERT INTO reading
        (province, id, operation, report, store, happened_at, recorded_at, grams, typed_text, unit,
         full_count, part_count, empty_count, damaged_count, source, digest)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, 'form', ?15)";
    /// Patients by device.
    pub const CENSUS: &str = "INSERT INTO census
        (province, id, operation, report, facility, happened_at, recorded_at, mask, hfnc, niv, invasive, ecmo,
         source, digest)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, 'form', ?13)";
    /// The latest of one store.
    pub const STORE_STATE: &str = "INSERT INTO store_state
        (province, store, facility, happened_at, reading, grams, full_count, part_count, empty_count,
         damaged_count, typed_text, unit, source, recent)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, 'form', ?13)
        ON CONFLICT (province, store) DO UPDATE SET happened_at = excluded.happened_at,
        reading = excluded.reading, grams = excluded.grams, full_count = excluded.full_count,
        part_count = excluded.part_count, empty_count = excluded.empty_count,
        damaged_count = excluded.damaged_count, typed_text = excluded.typed_text, unit = excluded.unit,
        recent = excluded.recent WHERE excluded.happened_at >= store_state.happened_at";
    /// The latest of one facility.
    pub const FACILITY_STATE: &str = "INSERT INTO facility_state
        (province, facility, happened_at, census, mask, hfnc, niv, invasive, ecmo, source)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 'form')
        ON CONFLICT (province, facility) DO UPDATE SET happened_at = excluded.happened_at,
        census = excluded.census, mask = excluded.mask, hfnc = excluded.hfnc, niv = excluded.niv,
        invasive = excluded.invasive, ecmo = excluded.ecmo
        WHERE excluded.happened_at >= facility_state.happened_at";
    /// Who did what.
    pub const AUDIT: &str = "INSERT INTO audit
        (province, id, recorded_at, domain_at, actor, action, subject, detail, content)
        VALUES (?1, ?2, ?3, ?4, ?5, 'report_oxygen', ?6, ?7, ?8)";
    /// So that pressing twice changes nothing.
    pub const ONCE: &str = "INSERT INTO idempotency (province, account, key, request, answer, recorded_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    /// Screens poll it; once a batch.
    pub const PULSE: &str = "INSERT INTO pulse (province, seq) VALUES (?1, 1)
        ON CONFLICT (province) DO UPDATE SET seq = pulse.seq + 1";
    /// A facility with a tank and a stack of cylinders.
    pub const BODY: &str = "INSERT INTO body
        (province, id, code, name, sort_key, search_key, kind, level, ownership, area_code, valid_from, simulated)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'hospital', 'province', 'public', '30760', '2025-07-01', 1)
        ON CONFLICT (province, id) DO NOTHING";
    /// Facilities, the one with least oxygen first.
    pub const LIST: &str = "SELECT body.name, store_state.facility, store_state.happened_at, store_state.grams,
        store_state.full_count, store_state.empty_count, store_state.typed_text, store_state.unit,
        store_state.recent, facility_state.happened_at, facility_state.mask, facility_state.hfnc,
        facility_state.niv, facility_state.invasive, facility_state.ecmo
        FROM store_state
        JOIN body ON body.province = store_state.province AND body.id = store_state.facility
        LEFT JOIN facility_state ON facility_state.province = store_state.province
            AND facility_state.facility = store_state.facility
        WHERE store_state.province = ?1 ORDER BY store_state.grams";
    /// Every statement that a batch needs prepared.
    pub const ALL: [&str; 11] =
        [SEEN, REPORT, READING, CENSUS, STORE_STATE, FACILITY_STATE, AUDIT, ONCE, PULSE, BODY, LIST];
}

/// A statement and its values.
pub type Write = (&'static str, Vec<Cell>);

/// The value that every statement begins with.
pub fn province() -> Cell {
    Cell::Int(PROVINCE)
}

/// An id of sixteen bytes.
fn id(kind: u8, number: u64) -> Cell {
    let mut bytes = vec![kind; 16];
    bytes[..8].copy_from_slice(&number.to_be_bytes());
    Cell::Blob(bytes)
}

/// Facility number `facility`.
pub fn facility(facility: u64) -> Write {
    let name = format!("BV Số {facility}");
    let text = |text: &str| Cell::Text(text.to_owned());
    let key = Cell::Blob(name.clone().into_bytes());
    (sql::BODY, vec![province(), id(b'f', facility), text(&format!("F{facility}")), text(&name), key, text(&name)])
}

/// Everything that report `number` writes, but the check of its key: one reading of a tank, one
/// count of cylinders, the patients, the projections, the audit and the key.
pub fn report(number: u64, at_facility: u64, happened_at: i64) -> Vec<Write> {
    let (own, operation, place) = (id(b'r', number), id(b'o', number), id(b'f', at_facility));
    let (moment, account) = (Cell::Int(happened_at), id(b'a', at_facility));
    // The program hashes; the reference only carries as many bytes.
    let digest = Cell::Blob(vec![number as u8; 32]);
    let recent = Cell::Blob(vec![0; 256]);
    let int = |value: u64| Cell::Int(value as i64);
    let patients = [8 + number % 9, number % 5, 1, 2, 0].map(int);

    let mut writes = vec![(
        sql::REPORT,
        vec![province(), own.clone(), operation.clone(), place.clone(), moment.clone(), moment.clone(), digest.clone()],
    )];
    let tank =
        [Cell::Text("41,5".into()), Cell::Text("percent".into()), Cell::Null, Cell::Null, Cell::Null, Cell::Null];
    let stack = [Cell::Null, Cell::Null, int(5 + number % 20), int(0), int(30 - number % 20), int(0)];
    for (nth, [text, unit, full, part, empty, damaged]) in [tank, stack].into_iter().enumerate() {
        let reading = id(b'd', number * 2 + nth as u64);
        let store = id(b's', at_facility * 2 + nth as u64);
        let grams = int(1_245_000 + number % 100_000);
        let mut row = vec![province(), reading.clone(), operation.clone(), own.clone(), store.clone(), moment.clone()];
        row.extend([moment.clone(), grams.clone(), text.clone(), unit.clone()]);
        row.extend([full.clone(), part.clone(), empty.clone(), damaged.clone(), digest.clone()]);
        writes.push((sql::READING, row));
        let mut row = vec![province(), store, place.clone(), moment.clone(), reading, grams];
        row.extend([full, part, empty, damaged, text, unit, recent.clone()]);
        writes.push((sql::STORE_STATE, row));
    }
    let census = id(b'c', number);
    let mut row = vec![province(), census.clone(), operation.clone(), own.clone(), place.clone(), moment.clone()];
    row.push(moment.clone());
    row.extend(patients.clone());
    row.push(digest.clone());
    writes.push((sql::CENSUS, row));
    let mut row = vec![province(), place.clone(), moment.clone(), census];
    row.extend(patients);
    writes.push((sql::FACILITY_STATE, row));
    let detail = Cell::Text(format!("{{\"report\":{number}}}"));
    let mut row = vec![province(), operation, moment.clone(), moment.clone(), account.clone(), place, detail];
    row.push(digest.clone());
    writes.push((sql::AUDIT, row));
    let answer = Cell::Text(format!("{{\"report\":\"{number}\",\"code\":\"7K2\"}}"));
    writes.push((sql::ONCE, vec![province(), account, key(number), digest, answer, moment]));
    writes
}

/// The check that a report's key is new.
pub fn seen(number: u64, at_facility: u64) -> Write {
    (sql::SEEN, vec![province(), id(b'a', at_facility), key(number)])
}

fn key(number: u64) -> Cell {
    Cell::Text(format!("00000000-0000-7000-8000-{number:012}"))
}
