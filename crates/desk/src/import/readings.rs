//! Readings from a table: .csv of any length as a stream, .xlsx as far as a sheet reaches.

use std::io::{Read, Seek, SeekFrom};
use std::sync::mpsc::{Receiver, sync_channel};

use document::DocumentProblem;
use document::columns::{Columns, Fields, Layout};
use document::sheet::{ReturnForm, ReturnedRow};
use document::table::{CsvStream, Limits, RowView, TableSource, read_table};

pub use super::reading_row::RowRefused;
use super::reading_row::{Ids, Matcher};
use super::{BadRow, Imported, MOST_BAD};
use crate::actor::Actor;
use crate::failure::{Failure, Outcome};
use crate::office::Office;
use crate::operation::IdempotencyKey;
use crate::operations::import_readings::{ImportReadings, ImportedReading};
use crate::rights::Capability;

pub(super) const LAYOUT: &str = include_str!("../../../../protocols/import-readings.toml");
/// Rows that go into one transaction.
const CHUNK: usize = 20_000;

/// Imports a file. `progress` is told the rows read so far.
pub fn import(
    office: &Office,
    actor: &Actor,
    file: &mut (impl Read + Seek + Send),
    file_name: &str,
    progress: &mut dyn FnMut(u64),
) -> Outcome<Imported> {
    // Before a byte is read: what comes back would tell which facilities there are.
    if !actor.may(Capability::ImportReadings) {
        return Err(Failure::Forbidden(Capability::ImportReadings));
    }
    let layout = Layout::from_toml(LAYOUT).map_err(Failure::refused)?;
    let key = content_key(file)?;
    let registry = office.look_blocking(|office, connection| office.registry(connection, actor.province))?;
    let now = office.look_blocking(|office, connection| office.now(connection))?;
    let mut matcher = Matcher::new(&registry, actor, now);
    std::thread::scope(|scope| {
        // While one chunk is being written the next is read.
        let (chunks, waiting) = sync_channel(1);
        let writer = scope.spawn(move || write_chunks(office, actor, &key, &waiting));
        let mut gathered = Gathered { matcher: &mut matcher, chunk: Vec::new(), bad: Vec::new(), rows: 0, progress };
        let mut send = |rows: Vec<ImportedReading>| chunks.send(rows).is_ok();
        let read = read_rows(file, file_name, &layout, &mut gathered, &mut send);
        if read.is_ok() && !gathered.chunk.is_empty() {
            send(std::mem::take(&mut gathered.chunk));
        }
        let bad = gathered.bad;
        drop(chunks);
        let (good, repeated) = writer.join().map_err(|_| Failure::Store(store::StoreError::Stopped))??;
        let (columns, form) = read?;
        let (unknown, headers) = (columns.unknown_titles(), columns.headers().to_vec());
        Ok(Imported { good, repeated, bad, unknown, headers, form })
    })
}

/// The key of a file is its content: the same file again changes nothing.
fn content_key(file: &mut (impl Read + Seek)) -> Outcome<String> {
    let digest = store::sha256_of(file).map_err(Failure::Store)?;
    file.seek(SeekFrom::Start(0)).map_err(store::StoreError::from)?;
    Ok(store::hex(&digest[..16]))
}

fn write_chunks(
    office: &Office,
    actor: &Actor,
    key: &str,
    waiting: &Receiver<Vec<ImportedReading>>,
) -> Outcome<(usize, usize)> {
    let (mut good, mut repeated) = (0, 0);
    for (number, rows) in waiting.iter().enumerate() {
        let key = IdempotencyKey::new(&format!("file-{key}-{number}"));
        let sent = rows.len();
        let operation = ImportReadings { key, rows };
        let again = ImportReadings { key: None, rows: operation.rows.clone() };
        let receipt = match office.perform_blocking(actor.clone(), operation) {
            // The same file, but more of its rows are known by now, or a norm has changed: its rows
            // are compared with the ledger one by one.
            Err(Failure::KeyReused) => office.perform_blocking(actor.clone(), again)?,
            other => other?,
        };
        good += sent;
        repeated += if receipt.replayed { sent } else { sent - receipt.done };
    }
    Ok((good, repeated))
}

struct Gathered<'a, 'r> {
    matcher: &'a mut Matcher<'r>,
    chunk: Vec<ImportedReading>,
    bad: Vec<BadRow>,
    rows: u64,
    progress: &'a mut dyn FnMut(u64),
}

impl Gathered<'_, '_> {
    /// `false` ends the reading: nobody writes any more, or too much is bad.
    fn take(&mut self, fields: &Fields<'_>, ids: &Ids, send: &mut dyn FnMut(Vec<ImportedReading>) -> bool) -> bool {
        if fields.row().is_blank() {
            return true;
        }
        self.rows += 1;
        match self.matcher.row(fields, ids) {
            Ok(reading) => self.chunk.push(reading),
            Err(reason) => self.bad.push(BadRow { row: ReturnedRow::of(fields.row()), reason }),
        }
        if self.chunk.len() < CHUNK {
            return self.bad.len() < MOST_BAD;
        }
        (self.progress)(self.rows);
        send(std::mem::replace(&mut self.chunk, Vec::with_capacity(CHUNK)))
    }
}

fn read_rows(
    file: &mut (impl Read + Seek),
    file_name: &str,
    layout: &Layout,
    gathered: &mut Gathered<'_, '_>,
    send: &mut dyn FnMut(Vec<ImportedReading>) -> bool,
) -> Outcome<(Columns, ReturnForm)> {
    let refused = |problem: DocumentProblem| Failure::refused(problem);
    let never = || false;
    if file_name.to_lowercase().ends_with(".csv") {
        let mut stream = CsvStream::open(file, &Limits::BULK).map_err(refused)?;
        let columns = Columns::among(&stream.preamble(), layout).map_err(refused)?;
        let ids = Ids::of(&columns).map_err(refused)?;
        stream.skip_to(columns.header_row());
        while let Some(row) = stream.next_row(&never).map_err(refused)? {
            if is_header(&row, &columns) {
                continue;
            }
            if !gathered.take(&columns.fields(row), &ids, send) {
                break;
            }
        }
        return Ok((columns, ReturnForm::Csv { delimiter: stream.delimiter() }));
    }
    let mut bytes = Vec::new();
    file.take(Limits::UPLOAD.file_bytes + 1).read_to_end(&mut bytes).map_err(store::StoreError::from)?;
    let table = read_table(&bytes, file_name, &Limits::UPLOAD, &never).map_err(refused)?;
    let columns = Columns::find(&table, layout).map_err(refused)?;
    let ids = Ids::of(&columns).map_err(refused)?;
    for fields in columns.rows(&table) {
        if !gathered.take(&fields, &ids, send) {
            break;
        }
    }
    let form = match table.source() {
        TableSource::Csv { delimiter, .. } => ReturnForm::Csv { delimiter: *delimiter },
        TableSource::Xlsx { .. } => ReturnForm::Xlsx,
    };
    Ok((columns, form))
}

fn is_header(row: &RowView<'_>, columns: &Columns) -> bool {
    row.number() <= columns.header_row()
}
