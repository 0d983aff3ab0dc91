//! Tables out of files: cells with their place, read within limits.
//!
//! Lives here: `.csv` (comma, semicolon or tab; any encoding of [`crate::text`]) and `.xlsx` into a
//! [`Table`]; [`CsvStream`] for files too long to hold; [`Limits`] on everything a hostile or
//! careless file can swell. Not here: which column means what ([`crate::columns`]).
//!
//! A zip archive is unpacked once, counting, before the spreadsheet library sees it: sizes written
//! in its headers are not believed.

mod archive;
mod cells;
mod csv;
mod xlsx;

pub use cells::{Cell, CellKind, RowView, Table, TableSource};
pub use csv::CsvStream;

pub(crate) use archive::{guarded, is_encrypted};

use crate::DocumentProblem;

/// What a file may cost before it is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Size of the file in bytes.
    pub file_bytes: u64,
    /// Size of all entries of a zip archive together once unpacked, in bytes.
    pub unpacked_bytes: u64,
    /// Number of entries of a zip archive.
    pub entries: usize,
    /// Rows, titles and header included.
    pub rows: u32,
    /// Columns, counted to the last filled cell.
    pub columns: u16,
    /// Filled cells.
    pub cells: u32,
    /// Length of one cell in bytes.
    pub cell_bytes: usize,
    /// Text of all cells together in bytes.
    pub text_bytes: u32,
}

impl Limits {
    /// For a file that a person uploads and waits for: 20 MB, 100,000 rows.
    pub const UPLOAD: Self = Self {
        file_bytes: 20_000_000,
        unpacked_bytes: 120_000_000,
        entries: 2_000,
        rows: 100_000,
        columns: 256,
        cells: 3_000_000,
        cell_bytes: 32_767,
        text_bytes: 100_000_000,
    };

    /// For a stream imported from the command line: 4 GB, 20 million rows.
    pub const BULK: Self = Self { file_bytes: 4_000_000_000, rows: 20_000_000, ..Self::UPLOAD };
}

/// How many rows or cells are read between two looks at the caller's stop function.
const STOP_EVERY: u32 = 256;

/// Reads a table from a file's bytes. What it is follows from the bytes; the name serves where
/// they do not tell, and for advice. `stop` is asked now and then: true ends the reading.
///
/// Of a workbook the first visible sheet that holds anything is read.
///
/// # Errors
/// Every [`DocumentProblem`] but those of columns and writing. Old binary formats, other kinds of
/// files, and what a limit forbids are refused before the spreadsheet library sees a byte.
pub fn read_table(
    bytes: &[u8],
    file_name: &str,
    limits: &Limits,
    stop: &dyn Fn() -> bool,
) -> Result<Table, DocumentProblem> {
    let size = bytes.len() as u64;
    if size > limits.file_bytes {
        return Err(DocumentProblem::TooLarge { bytes: size, limit: limits.file_bytes });
    }
    let extension = extension_of(file_name);
    match bytes {
        [] => Err(DocumentProblem::Empty),
        [b'P', b'K', 3 | 5, 4 | 6, ..] => {
            archive::admit(bytes, &extension, limits, stop)?;
            xlsx::read(bytes, limits, stop)
        }
        [0xd0, 0xcf, 0x11, 0xe0, ..] if archive::is_encrypted(bytes) => Err(DocumentProblem::Protected),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => Err(DocumentProblem::OldFormat { extension }),
        // What begins like a web page, a PDF, a picture or a packed file is no text of cells.
        [b'%', b'P', b'D', b'F', ..]
        | [0x89, b'P', b'N', b'G', ..]
        | [0xff, 0xd8, 0xff, ..]
        | [0x1f, 0x8b, ..]
        | [b'<', b'h' | b'H' | b'!' | b'?', ..] => Err(DocumentProblem::NotATable { extension }),
        _ if matches!(extension.as_str(), "xls" | "doc" | "xlsb") => Err(DocumentProblem::OldFormat { extension }),
        _ if matches!(extension.as_str(), "csv" | "txt" | "tsv" | "") => csv::read(bytes, limits, stop),
        _ if matches!(extension.as_str(), "xlsx" | "xlsm") => {
            Err(DocumentProblem::Damaged { cause: "no zip archive under the name of a workbook".to_owned() })
        }
        _ => Err(DocumentProblem::NotATable { extension }),
    }
}

/// Ending of a file's name, lower case, at most eight letters.
pub(crate) fn extension_of(file_name: &str) -> String {
    match file_name.rsplit_once('.') {
        Some((_, end)) if end.len() <= 8 && end.chars().all(|shown| shown.is_ascii_alphanumeric()) => {
            end.to_ascii_lowercase()
        }
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests;
