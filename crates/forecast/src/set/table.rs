//! A table of comma-separated values, row after row, within limits.

use std::collections::BTreeMap;
use std::io::{Error, Read, Result as IoResult};

use csv::{ErrorKind, StringRecord};
use jiff::civil::{Date, date};

use super::problem::{Oddity, Remark, SetProblem};

/// What is read at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one file, unpacked.
    pub bytes: u64,
    /// Rows of one file.
    pub rows: usize,
    /// Different places of a set.
    pub places: usize,
}

impl Limits {
    /// Twice what the 10,600 communes of the country give in a year: 2 million rows of 23 quantiles.
    pub const SET: Self = Self { bytes: 512 << 20, rows: 2_000_000, places: 20_000 };
}

/// No week had so many cases, nowhere.
const LARGEST_COUNT: f64 = 1e12;

/// Days outside these are slips of the pen; inside them weeks can be counted.
const DAYS: (Date, Date) = (date(1900, 1, 1), date(2200, 12, 31));

/// Letters of a cell that are said again.
const SAID: usize = 40;

/// What is written where nothing is known.
const UNKNOWN: [&str; 6] = ["", "na", "n/a", "nan", "null", "none"];

/// Stops where more is read than allowed.
struct Bounded<R> {
    input: R,
    left: u64,
}

/// Says that a [`Bounded`] stopped.
#[derive(Debug, thiserror::Error)]
#[error("more bytes than are read")]
struct TooMany;

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, into: &mut [u8]) -> IoResult<usize> {
        let read = self.input.read(into)?;
        let bytes = u64::try_from(read).unwrap_or(u64::MAX);
        self.left = self.left.checked_sub(bytes).ok_or_else(|| Error::other(TooMany))?;
        Ok(read)
    }
}

/// Remarks of a set, one for each file and oddity.
#[derive(Debug, Default)]
pub(super) struct Remarks(BTreeMap<(String, Oddity), Remark>);

impl Remarks {
    pub(super) fn add(&mut self, file: &str, oddity: Oddity, line: u64, example: &str) {
        let known = self.0.entry((file.to_owned(), oddity));
        let remark = known.or_insert_with(|| Remark {
            file: file.to_owned(),
            oddity,
            first: line,
            lines: 0,
            example: cut(example),
        });
        remark.lines += 1;
    }

    pub(super) fn all(self) -> Vec<Remark> {
        self.0.into_values().collect()
    }
}

/// The beginning of a cell, without characters that would move a terminal.
fn cut(cell: &str) -> String {
    let shown = cell.chars().map(|letter| if letter.is_control() { ' ' } else { letter });
    let short: String = shown.take(SAID).collect();
    if cell.chars().count() > SAID { short + "…" } else { short }
}

/// A file that is read row by row.
pub(super) struct Table<'a, R> {
    file: &'a str,
    limits: Limits,
    reader: csv::Reader<Bounded<R>>,
    titles: Vec<String>,
    row: StringRecord,
    rows: usize,
}

impl<'a, R: Read> Table<'a, R> {
    /// Reads the titles.
    pub(super) fn open(file: &'a str, input: R, limits: Limits) -> Result<Self, SetProblem> {
        let input = Bounded { input, left: limits.bytes };
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(input);
        let mut row = StringRecord::new();
        let more = reader.read_record(&mut row).map_err(|error| refused(file, 1, limits, &error))?;
        if !more {
            return Err(SetProblem::Nothing { file: file.to_owned() });
        }
        let title = |title: &str| cut(title.trim_start_matches('\u{feff}').trim()).to_lowercase();
        let titles = row.iter().map(title).collect();
        Ok(Self { file, limits, reader, titles, row, rows: 0 })
    }

    pub(super) fn file(&self) -> &'a str {
        self.file
    }

    /// Where a column stands.
    pub(super) fn column(&self, name: &str) -> Result<usize, SetProblem> {
        let mut found = (0..self.titles.len()).filter(|column| self.titles[*column] == name);
        let file = || self.file.to_owned();
        match (found.next(), found.next()) {
            (Some(column), None) => Ok(column),
            (Some(_), Some(_)) => Err(SetProblem::TwoColumns { file: file(), column: name.to_owned() }),
            (None, _) => {
                let found = cut(&self.titles.join(", "));
                Err(SetProblem::NoColumn { file: file(), column: name.to_owned(), found })
            }
        }
    }

    pub(super) fn titles(&self) -> &[String] {
        &self.titles
    }

    /// Tells of the columns that are not among these.
    pub(super) fn tell_others(&self, known: &[usize], remarks: &mut Remarks) {
        for (column, title) in self.titles.iter().enumerate() {
            if !known.contains(&column) {
                remarks.add(self.file, Oddity::UnknownColumn, 1, title);
            }
        }
    }

    /// Reads the next row: its line, none behind the last.
    pub(super) fn next(&mut self) -> Result<Option<u64>, SetProblem> {
        let line = self.reader.position().line();
        match self.reader.read_record(&mut self.row) {
            Ok(true) => {
                let line = self.row.position().map_or(line, csv::Position::line);
                self.rows += 1;
                match self.rows > self.limits.rows {
                    true => Err(SetProblem::TooMany { file: self.file.to_owned(), line, limit: self.limits.rows }),
                    false => Ok(Some(line)),
                }
            }
            Ok(false) => Ok(None),
            Err(error) => Err(refused(self.file, line, self.limits, &error)),
        }
    }

    /// The cell of a column, trimmed.
    pub(super) fn cell(&self, column: usize) -> &str {
        self.row.get(column).unwrap_or_default().trim()
    }

    /// The name of a place.
    pub(super) fn place(&self, line: u64, column: usize) -> Result<&str, SetProblem> {
        let name = self.cell(column);
        if name.is_empty() {
            return Err(SetProblem::NoPlace { file: self.file.to_owned(), line });
        }
        Ok(name)
    }

    /// A day, such as 2022-01-15.
    pub(super) fn day(&self, line: u64, column: usize) -> Result<Date, SetProblem> {
        let cell = self.cell(column);
        let day = cell.parse::<Date>().ok().filter(|day| (DAYS.0..=DAYS.1).contains(day));
        day.ok_or_else(|| SetProblem::NoDay {
            file: self.file.to_owned(),
            line,
            column: self.titles[column].clone(),
            typed: cut(cell),
        })
    }

    /// A number; not a number where the cell says that nothing is known.
    pub(super) fn number(&self, line: u64, column: usize) -> Result<f64, SetProblem> {
        let cell = self.cell(column);
        if UNKNOWN.iter().any(|unknown| cell.eq_ignore_ascii_case(unknown)) {
            return Ok(f64::NAN);
        }
        let number = cell.parse::<f64>().ok().filter(|number| number.abs() <= LARGEST_COUNT);
        number.ok_or_else(|| SetProblem::NoNumber {
            file: self.file.to_owned(),
            line,
            column: self.titles[column].clone(),
            typed: cut(cell),
        })
    }

    /// A count; not a number where it is unknown or below 0, with a remark.
    pub(super) fn count(&self, line: u64, column: usize, remarks: &mut Remarks) -> Result<f64, SetProblem> {
        let number = self.number(line, column)?;
        if number.is_nan() {
            remarks.add(self.file, Oddity::Unknown, line, self.cell(column));
        }
        if number < 0.0 {
            remarks.add(self.file, Oddity::BelowZero, line, self.cell(column));
            return Ok(f64::NAN);
        }
        Ok(number)
    }
}

fn refused(file: &str, line: u64, limits: Limits, error: &csv::Error) -> SetProblem {
    let file = file.to_owned();
    let line = error.position().map_or(line, csv::Position::line);
    match error.kind() {
        ErrorKind::Io(error) if error.get_ref().is_some_and(|inner| inner.is::<TooMany>()) => {
            SetProblem::TooManyBytes { file, limit: limits.bytes }
        }
        _ => SetProblem::Damaged { file, line, cause: error.to_string() },
    }
}
