//! Separated text: the delimiter found, the encoding found, a million rows without a million
//! allocations.

use std::io::{Chain, Cursor, Read, Take};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use csv::{ByteRecord, StringRecord};

use super::cells::{Builder, CellKind, RowView, Table, TableSource};
use super::{Limits, STOP_EVERY};
use crate::DocumentProblem;
use crate::text::{self, Encoding, Mender, Repair, Repairs};

/// How many first records are looked at for the header.
const PREAMBLE: usize = 30;

/// How many bytes are read at once.
const BUFFER: usize = 256 * 1024;

/// Where a stream's bytes come from: the sample that was looked at, then the rest, counted.
type Source<R> = Metered<Chain<Cursor<Vec<u8>>, Take<R>>>;

/// Ends a source that gives too many bytes without a record ending: a quotation mark that is never
/// closed would otherwise gather the rest of the file in memory.
struct Metered<R> {
    source: R,
    /// Bytes read since the last record ended.
    since_record: Arc<AtomicU64>,
    limit: u64,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        if self.since_record.load(Ordering::Relaxed) > self.limit {
            return Err(std::io::ErrorKind::FileTooLarge.into());
        }
        let read = self.source.read(into)?;
        self.since_record.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// A separated text read record by record; holds a sample and one record, never the file.
pub struct CsvStream<R: Read> {
    reader: csv::Reader<Source<R>>,
    since_record: Arc<AtomicU64>,
    limits: Limits,
    /// The encoding of the file, and the one in which records arrive (UTF-16 is decoded before).
    told: Encoding,
    encoding: Encoding,
    percent: u8,
    delimiter: u8,
    mender: Mender,
    repairs: Repairs,
    raw: ByteRecord,
    record: StringRecord,
    /// The first records, kept until the header is found; `next` is the one to give out.
    preamble: Vec<(StringRecord, u32)>,
    next: usize,
    row: u32,
}

impl<R: Read> CsvStream<R> {
    /// Opens a stream: reads a sample, finds encoding and delimiter, reads the first records.
    ///
    /// # Errors
    /// As [`super::read_table`]; a file in UTF-16 is read whole, within [`Limits::text_bytes`].
    pub fn open(mut source: R, limits: &Limits) -> Result<Self, DocumentProblem> {
        let mut sample = Vec::new();
        read_up_to(&mut source, text::SAMPLE as u64, &mut sample)?;
        let whole = sample.len() < text::SAMPLE;
        let detected = text::detect(&sample, None, whole)?;
        let mut encoding = detected.encoding;
        if !encoding.keeps_ascii() {
            read_up_to(&mut source, u64::from(limits.text_bytes), &mut sample)?;
            if sample.len() as u64 > u64::from(limits.text_bytes) {
                return Err(DocumentProblem::TooMuchContent { row: 1 });
            }
            let body = sample.get(detected.mark..).unwrap_or_default();
            sample = encoding.text_of(body).unwrap_or_default().into_owned().into_bytes();
            encoding = Encoding::Utf8;
        } else {
            sample.drain(..detected.mark);
        }
        let shown = shown_sample(&sample, encoding);
        text::refuse_lost_letters(&shown)?;
        let delimiter = find_delimiter(&shown);
        let since_record = Arc::new(AtomicU64::new(0));
        let longest_record = limits.cell_bytes as u64 * u64::from(limits.columns) + BUFFER as u64;
        let left = limits.file_bytes.saturating_add(1).saturating_sub(sample.len() as u64);
        let reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(BUFFER)
            .from_reader(Metered {
                source: Cursor::new(sample).chain(source.take(left)),
                since_record: Arc::clone(&since_record),
                limit: longest_record,
            });
        let mut stream = Self {
            reader,
            since_record,
            limits: *limits,
            told: detected.encoding,
            encoding,
            percent: detected.percent,
            delimiter,
            mender: Mender::for_pieces(shown.split([char::from(delimiter), '\n'])),
            repairs: Repairs::default(),
            raw: ByteRecord::new(),
            record: StringRecord::new(),
            preamble: Vec::new(),
            next: 0,
            row: 0,
        };
        stream.read_preamble()?;
        Ok(stream)
    }

    /// The byte between cells.
    pub fn delimiter(&self) -> u8 {
        self.delimiter
    }

    /// The encoding, and how sure it is in percent.
    pub fn encoding(&self) -> (Encoding, u8) {
        (self.told, self.percent)
    }

    /// What has been repaired so far; numbers of cells.
    pub fn repairs(&self) -> Vec<Repair> {
        self.repairs.list()
    }

    /// The first records (at most thirty), among which the header is looked for.
    pub fn preamble(&self) -> Vec<RowView<'_>> {
        self.preamble.iter().map(|(record, number)| RowView::of_record(record, *number)).collect()
    }

    /// Leaves out everything up to and including this row: titles and header.
    pub fn skip_to(&mut self, row: u32) {
        while self.preamble.get(self.next).is_some_and(|(_, number)| *number <= row) {
            self.next += 1;
        }
    }

    /// The next record that holds anything; `None` at the end. The view lives until the next call.
    ///
    /// # Errors
    /// Limits, bytes that contradict the encoding, or a source that cannot be read further.
    pub fn next_row(&mut self, stop: &dyn Fn() -> bool) -> Result<Option<RowView<'_>>, DocumentProblem> {
        if self.next < self.preamble.len() {
            self.next += 1;
            return Ok(self.preamble.get(self.next - 1).map(|(record, number)| RowView::of_record(record, *number)));
        }
        if self.row.is_multiple_of(STOP_EVERY) && stop() {
            return Err(DocumentProblem::Stopped);
        }
        if self.advance()? { Ok(Some(RowView::of_record(&self.record, self.row))) } else { Ok(None) }
    }

    fn read_preamble(&mut self) -> Result<(), DocumentProblem> {
        while self.preamble.len() < PREAMBLE && self.advance()? {
            self.preamble.push((self.record.clone(), self.row));
        }
        Ok(())
    }

    /// Reads the next filled record into `self.record`; false at the end.
    fn advance(&mut self) -> Result<bool, DocumentProblem> {
        loop {
            let more = self.reader.read_byte_record(&mut self.raw).map_err(|error| self.unreadable(&error))?;
            self.since_record.store(0, Ordering::Relaxed);
            let limit = self.limits.file_bytes;
            if self.reader.position().byte() > limit {
                return Err(DocumentProblem::TooLarge { bytes: self.reader.position().byte(), limit });
            }
            if !more {
                return Ok(false);
            }
            self.row = self.row.saturating_add(1);
            if self.row > self.limits.rows {
                return Err(DocumentProblem::TooManyRows { limit: self.limits.rows });
            }
            self.hold_limits()?;
            self.decode_record()?;
            if self.record.iter().any(|field| !field.trim().is_empty()) {
                return Ok(true);
            }
        }
    }

    /// Why the source cannot be read further.
    fn unreadable(&self, error: &csv::Error) -> DocumentProblem {
        match error.kind() {
            csv::ErrorKind::Io(cause) if cause.kind() == std::io::ErrorKind::FileTooLarge => {
                DocumentProblem::CellTooLong { row: self.row.saturating_add(1), limit: self.limits.cell_bytes }
            }
            _ => DocumentProblem::Damaged { cause: format!("separated text: {error}") },
        }
    }

    fn hold_limits(&self) -> Result<(), DocumentProblem> {
        let limit = self.limits.cell_bytes;
        // The sum first: it settles nearly every record without looking at its cells.
        if self.raw.as_slice().len() > limit && self.raw.iter().any(|field| field.len() > limit) {
            return Err(DocumentProblem::CellTooLong { row: self.row, limit });
        }
        let columns = self.limits.columns;
        let filled = |index: usize| self.raw.get(index).is_some_and(|field| !field.trim_ascii().is_empty());
        if self.raw.len() > usize::from(columns) && (usize::from(columns)..self.raw.len()).any(filled) {
            return Err(DocumentProblem::TooManyColumns { row: self.row, limit: columns });
        }
        Ok(())
    }

    /// Bytes of the record to composed, mended text. ASCII is taken over as it is.
    fn decode_record(&mut self) -> Result<(), DocumentProblem> {
        if self.raw.as_slice().is_ascii() {
            return self.take_over();
        }
        if self.encoding == Encoding::Utf8 && self.mender.old_font().is_none() {
            let proper = std::str::from_utf8(self.raw.as_slice()).is_ok_and(text::needs_no_mending);
            if proper {
                return self.take_over();
            }
        }
        let row = self.row;
        let encoding = self.encoding;
        self.record.clear();
        for field in &self.raw {
            let changes = DocumentProblem::EncodingChanges { row, encoding: encoding.name() };
            let shown = encoding.text_of(field).ok_or(changes)?;
            self.record.push_field(&self.mender.mend(&shown, &mut self.repairs));
        }
        Ok(())
    }

    /// Exchanges the raw record for the text one, without copying.
    fn take_over(&mut self) -> Result<(), DocumentProblem> {
        let freed = std::mem::take(&mut self.record).into_byte_record();
        let full = std::mem::replace(&mut self.raw, freed);
        self.record = StringRecord::from_byte_record(full)
            .map_err(|_| DocumentProblem::EncodingChanges { row: self.row, encoding: self.encoding.name() })?;
        Ok(())
    }
}

/// Reads a whole separated text into a table.
pub(super) fn read(bytes: &[u8], limits: &Limits, stop: &dyn Fn() -> bool) -> Result<Table, DocumentProblem> {
    let mut stream = CsvStream::open(bytes, limits)?;
    let mut builder = Builder::new(limits);
    while let Some(row) = stream.next_row(stop)? {
        for cell in row.cells() {
            builder.add(cell.place.row, u32::from(cell.place.column), cell.text, CellKind::Text)?;
        }
    }
    let (encoding, percent) = stream.encoding();
    builder.finish(TableSource::Csv { delimiter: stream.delimiter, encoding, percent }, stream.repairs())
}

fn read_up_to(source: &mut impl Read, limit: u64, into: &mut Vec<u8>) -> Result<(), DocumentProblem> {
    let read = source.take(limit).read_to_end(into);
    read.map(|_| ()).map_err(|error| DocumentProblem::Damaged { cause: format!("reading: {}", error.kind()) })
}

/// The sample as text; a letter cut at its end is left out.
fn shown_sample(sample: &[u8], encoding: Encoding) -> String {
    let whole = match (encoding, std::str::from_utf8(sample)) {
        (Encoding::Utf8, Err(error)) => sample.get(..error.valid_up_to()).unwrap_or_default(),
        _ => sample,
    };
    encoding.text_of(whole).map(std::borrow::Cow::into_owned).unwrap_or_default()
}

/// The delimiter: the one that cuts the first lines into most cells most evenly. Decimal commas
/// make commas frequent but uneven, so evenness decides before number.
fn find_delimiter(sample: &str) -> u8 {
    // Excel's own hint in the first line.
    if let Some(told) = sample.strip_prefix("sep=").and_then(|rest| rest.bytes().next())
        && b",;\t|".contains(&told)
    {
        return told;
    }
    let lines: Vec<&str> = sample.lines().filter(|line| !line.trim().is_empty()).take(PREAMBLE).collect();
    let evenness = |delimiter: u8| {
        let counts: Vec<usize> = lines.iter().map(|line| outside_quotes(line, delimiter)).collect();
        // The most frequent number of cells above one, and how many lines have it.
        let mut best = (0, 0);
        for count in counts.iter().filter(|count| **count > 0) {
            let alike = counts.iter().filter(|other| *other == count).count();
            best = best.max((alike, *count));
        }
        best
    };
    let candidates = [b';', b'\t', b',', b'|'];
    let mut chosen = (b',', (0, 0));
    for delimiter in candidates {
        let measured = evenness(delimiter);
        if measured > chosen.1 {
            chosen = (delimiter, measured);
        }
    }
    chosen.0
}

/// How often a delimiter stands outside quotation marks.
fn outside_quotes(line: &str, delimiter: u8) -> usize {
    let mut quoted = false;
    let mut count = 0;
    for byte in line.bytes() {
        quoted ^= byte == b'"';
        count += usize::from(byte == delimiter && !quoted);
    }
    count
}
