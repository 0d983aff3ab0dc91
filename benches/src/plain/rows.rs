//! The rows that one report writes and the list that the first screen reads, in plain SQL over the
//! program's own tables.
//!
//! The statements are those of `crates/store`, column by column; what the program works out (grams,
//! digests, the past of a store in short) is carried here as bytes of the same size.

use super::cell::Cell;

/// The program's own first migration: the same tables and indexes carry both.
pub const SCHEMA: &str = include_str!("../../../crates/store/migrations/0001_house.sql");

/// The post everything is measured under.
const PROVINCE: i64 = 1;

/// Statements of one report; `?1` becomes `$1` on PostgreSQL.
pub mod sql {
    /// Was this key there before?
    pub const SEEN: &str = "SELECT request, answer FROM idempotency WHERE province = ?1 AND account = ?2 AND key = ?3";
    /// The report.
    pub const REPORT: &str = "INSERT INTO report
        (province, id, operation, facility, happened_at, recorded_at, source, told_by, note, photo, digest)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
    /// What one store held.
    pub const READING: &str = "INSERT INTO reading
        (province, id, operation, report, store, happened_at, recorded_at, grams, made_per_hour, typed_text,
         typed_value, unit, reference, purity, full_count, part_count, empty_count, damaged_count, source, digest)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)";
    /// Patients by device.
    pub const CENSUS: &str = "INSERT INTO census
        (province, id, operation, report, facility, happened_at, recorded_at, mask, hfnc, niv, invasive, ecmo,
         waiting, source, digest)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)";
    /// The latest of one store.
    pub const STORE_STATE: &str = "INSERT INTO store_state
        (province, store, facility, happened_at, reading, grams, made_per_hour, full_count, part_count,
         empty_count, damaged_count, typed_text, unit, source, recent)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)
        ON CONFLICT (province, facility, store) DO UPDATE SET happened_at = excluded.happened_at,
        reading = excluded.reading, grams = excluded.grams, made_per_hour = excluded.made_per_hour,
        full_count = excluded.full_count, part_count = excluded.part_count, empty_count = excluded.empty_count,
        damaged_count = excluded.damaged_count, typed_text = excluded.typed_text, unit = excluded.unit,
        source = excluded.source, recent = excluded.recent";
    /// The latest of one facility.
    pub const FACILITY_STATE: &str = "INSERT INTO facility_state
        (province, facility, happened_at, census, mask, hfnc, niv, invasive, ecmo, waiting, source)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
        ON CONFLICT (province, facility) DO UPDATE SET happened_at = excluded.happened_at,
        census = excluded.census, mask = excluded.mask, hfnc = excluded.hfnc, niv = excluded.niv,
        invasive = excluded.invasive, ecmo = excluded.ecmo, waiting = excluded.waiting, source = excluded.source
        WHERE excluded.happened_at > facility_state.happened_at OR (excluded.happened_at = facility_state.happened_at
        AND excluded.census > facility_state.census)";
    /// Who did what.
    pub const AUDIT: &str = "INSERT INTO audit
        (province, id, recorded_at, domain_at, actor, action, subject, detail, content)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
    /// So that pressing twice changes nothing.
    pub const ONCE: &str = "INSERT INTO idempotency (province, account, key, request, answer, recorded_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    /// Screens poll it; once a batch.
    pub const PULSE: &str = "INSERT INTO pulse (province, seq, registers) VALUES (?1, 1, 0)
        ON CONFLICT (province) DO UPDATE SET seq = pulse.seq + 1, registers = pulse.registers + excluded.registers";
    /// The list, first part: what every store last said.
    pub const LIST_STORES: &str = "SELECT province, store, facility, happened_at, reading, grams, made_per_hour,
        full_count, part_count, empty_count, damaged_count, typed_text, unit, source, recent
        FROM store_state WHERE province = ?1";
    /// The list, second part: what every facility last said of its patients.
    pub const LIST_CENSUSES: &str = "SELECT facility, happened_at, census, mask, hfnc, niv, invasive, ecmo, waiting,
        source FROM facility_state WHERE province = ?1";
}

/// A statement and its values.
pub type Write = (&'static str, Vec<Cell>);

/// The value that every statement begins with.
pub fn province() -> Cell {
    Cell::Int(PROVINCE)
}

/// An id that stands for something registered before the run.
pub(super) fn registered(kind: u8, number: u64) -> Cell {
    let mut bytes = vec![kind; 16];
    bytes[8..].copy_from_slice(&number.to_be_bytes());
    Cell::Blob(bytes)
}

/// An id made at a moment, as UUIDs of version 7 are: milliseconds first, so that new rows stand at
/// the end of the index. The rest tells reports, and rows of one report, apart.
pub(super) fn made(kind: u8, number: u64, at: i64) -> Cell {
    let millis = (at / 1_000).to_be_bytes();
    let mut bytes = Vec::with_capacity(16);
    bytes.extend_from_slice(&millis[2..]);
    bytes.extend_from_slice(&[0x70, kind]);
    bytes.extend_from_slice(&number.to_be_bytes());
    Cell::Blob(bytes)
}

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

/// The one account that every client reports under, as in `load`.
fn account() -> Cell {
    registered(b'a', 0)
}

/// Everything that report `number` writes: the report, one reading of a tank, one count of
/// cylinders, the patients, the projections of all three, the audit and the key.
pub fn report(number: u64, at_facility: u64, at: i64) -> Vec<Write> {
    let (own, operation, place) = (made(b'r', number, at), made(b'o', number, at), registered(b'f', at_facility));
    let moment = Cell::Int(at);
    let digest = Cell::Blob(vec![number as u8; 16]);
    let int = |value: u64| Cell::Int(value as i64);
    let form = || text("form");
    let head = |id: &Cell| [province(), id.clone(), operation.clone()];

    let mut row = head(&own).to_vec();
    row.extend([place.clone(), moment.clone(), moment.clone(), form(), text("tram"), Cell::Null, Cell::Null]);
    row.push(digest.clone());
    let mut writes = vec![(sql::REPORT, row)];

    let grams = 1_500_000 + number % 2_000_000;
    let tank = Shown { typed: Some((format!("{},5", 30 + number % 40), 30.5)), counts: None };
    let stack = Shown { typed: None, counts: Some([5 + number % 20, 0, 30 - number % 20, 0]) };
    for (nth, shown) in [tank, stack].into_iter().enumerate() {
        let reading = made(b'd', number * 2 + nth as u64, at);
        let store = registered(b's', at_facility * 2 + nth as u64);
        let [typed_text, typed_value, unit] = shown.typed();
        let counts = shown.counts();
        let mut row = head(&reading).to_vec();
        row.extend([own.clone(), store.clone(), moment.clone(), moment.clone(), int(grams), Cell::Null]);
        row.extend([typed_text.clone(), typed_value, unit.clone(), Cell::Null, Cell::Null]);
        row.extend(counts.clone());
        row.extend([form(), digest.clone()]);
        writes.push((sql::READING, row));

        let mut row = vec![province(), store, place.clone(), moment.clone(), reading, int(grams), Cell::Null];
        row.extend(counts);
        row.extend([typed_text, unit, form(), Cell::Blob(vec![1; 16])]);
        writes.push((sql::STORE_STATE, row));
    }

    let census = made(b'c', number, at);
    let patients = [8 + number % 9, number % 5, 1, 2, 0, number % 3].map(int);
    let mut row = head(&census).to_vec();
    row.extend([own.clone(), place.clone(), moment.clone(), moment.clone()]);
    row.extend(patients.clone());
    row.extend([form(), digest]);
    writes.push((sql::CENSUS, row));
    let mut row = vec![province(), place, moment.clone(), census];
    row.extend(patients);
    row.push(form());
    writes.push((sql::FACILITY_STATE, row));

    let mut row = vec![province(), operation, moment.clone(), moment.clone(), account(), text("file_report"), own];
    row.extend([Cell::Text(format!("{{\"facility\":\"CS{at_facility}\"}}")), Cell::Blob(vec![2; 24])]);
    writes.push((sql::AUDIT, row));
    let answer = format!(
        "{{\"report\":\"01a2029c-24f9-767f-bee7-{number:012x}\",\"code\":\"B5K\",\"recorded_at\":{at},\"conflicts_with\":null}}"
    );
    let row = vec![province(), account(), key(number, at), Cell::Blob(vec![3; 32]), Cell::Text(answer), moment];
    writes.push((sql::ONCE, row));
    writes
}

/// What a store showed: words of a gauge, or vessels.
struct Shown {
    typed: Option<(String, f64)>,
    counts: Option<[u64; 4]>,
}

impl Shown {
    fn typed(&self) -> [Cell; 3] {
        match &self.typed {
            Some((words, value)) => [Cell::Text(words.clone()), Cell::Real(*value), text("percent")],
            None => [Cell::Null, Cell::Null, Cell::Null],
        }
    }

    fn counts(&self) -> [Cell; 4] {
        match self.counts {
            Some(counts) => counts.map(|count| Cell::Int(count as i64)),
            None => [Cell::Null, Cell::Null, Cell::Null, Cell::Null],
        }
    }
}

/// The check that a report's key is new.
pub fn seen(number: u64, at: i64) -> Write {
    (sql::SEEN, vec![province(), account(), key(number, at)])
}

/// As `load` makes them: the moment first.
fn key(number: u64, at: i64) -> Cell {
    let millis = at / 1_000;
    Cell::Text(format!("{:08x}-{:04x}-7000-8000-{number:012x}", millis >> 16, millis & 0xffff))
}
