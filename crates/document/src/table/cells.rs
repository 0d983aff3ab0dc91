//! The cells of a table, stored once in one text and found by row and column.

use jiff::civil::{Date, DateTime};

use crate::text::{Encoding, Repair};
use crate::{DocumentProblem, Place};

use super::Limits;

/// What a cell holds besides its words.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum CellKind {
    /// Nothing.
    Empty,
    /// Words; of a `.csv` every filled cell.
    Text,
    /// A number of the spreadsheet, whatever commas it is shown with.
    Number(f64),
    /// A number shown as a percentage: 0.97 is kept as 97, as the author sees it.
    Percent(f64),
    /// A day of the spreadsheet, shown without the hour.
    Date(Date),
    /// A day and an hour of the spreadsheet, as clocks in Vietnam show them.
    DateTime(DateTime),
    /// A true or false.
    Flag(bool),
    /// The spreadsheet shows an error here.
    Error,
}

/// One cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cell<'a> {
    /// Where it stands.
    pub place: Place,
    /// Its words, without spaces around them; numbers as digits with a point.
    pub text: &'a str,
    /// What it holds.
    pub kind: CellKind,
}

impl Cell<'_> {
    /// Whether nothing stands here.
    pub fn is_empty(&self) -> bool {
        self.kind == CellKind::Empty
    }
}

/// What a table was read from.
#[derive(Debug, Clone, PartialEq)]
pub enum TableSource {
    /// A text of separated cells.
    Csv {
        /// The byte between cells.
        delimiter: u8,
        /// The encoding of the bytes.
        encoding: Encoding,
        /// How sure the encoding is, in percent.
        percent: u8,
    },
    /// A sheet of a workbook.
    Xlsx {
        /// The sheet's name.
        sheet: String,
        /// Other sheets that hold anything and were not read.
        others: Vec<String>,
    },
}

/// A row's place in [`Table::cells`].
#[derive(Debug, Clone, Copy, PartialEq)]
struct RowSpan {
    number: u32,
    first: u32,
    end: u32,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Stored {
    column: u16,
    start: u32,
    end: u32,
    kind: CellKind,
}

/// A table: the rows that hold anything, in order.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    source: TableSource,
    text: String,
    cells: Vec<Stored>,
    rows: Vec<RowSpan>,
    repairs: Vec<Repair>,
}

impl Table {
    /// What it was read from.
    pub fn source(&self) -> &TableSource {
        &self.source
    }

    /// What was repaired in its text; numbers of cells.
    pub fn repairs(&self) -> &[Repair] {
        &self.repairs
    }

    /// Rows that hold anything.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether no row holds anything.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The row of an index counted from 0 over filled rows.
    pub fn row(&self, index: usize) -> Option<RowView<'_>> {
        self.rows.get(index).map(|span| RowView(View::Table(self, *span)))
    }

    /// All filled rows in order.
    pub fn rows(&self) -> impl Iterator<Item = RowView<'_>> {
        self.rows.iter().map(|span| RowView(View::Table(self, *span)))
    }
}

/// One row of a table or of a stream: cheap to copy, borrows its words.
#[derive(Clone, Copy)]
pub struct RowView<'a>(View<'a>);

#[derive(Clone, Copy)]
enum View<'a> {
    Table(&'a Table, RowSpan),
    Record(&'a csv::StringRecord, u32),
}

impl<'a> RowView<'a> {
    /// A record of a stream.
    pub(super) fn of_record(record: &'a csv::StringRecord, number: u32) -> Self {
        Self(View::Record(record, number))
    }

    /// Its number as its author sees it, counted from 1.
    pub fn number(self) -> u32 {
        match self.0 {
            View::Table(_, span) => span.number,
            View::Record(_, number) => number,
        }
    }

    /// Columns up to the last filled one.
    pub fn width(self) -> u16 {
        match self.0 {
            View::Table(table, span) => table.stored(span).last().map_or(0, |cell| cell.column.saturating_add(1)),
            View::Record(record, _) => {
                let is_filled = |index: &usize| record.get(*index).is_some_and(|field| !field.trim().is_empty());
                let filled = (0..record.len()).rev().find(is_filled);
                filled.and_then(|last| u16::try_from(last + 1).ok()).unwrap_or(0)
            }
        }
    }

    /// The cell of a column counted from 0; empty beyond the row's end.
    pub fn cell(self, column: u16) -> Cell<'a> {
        let place = Place { row: self.number(), column };
        match self.0 {
            View::Table(table, span) => {
                let stored = table.stored(span);
                match stored.binary_search_by_key(&column, |cell| cell.column) {
                    Ok(found) => table.shown(stored[found], place),
                    Err(_) => Cell { place, text: "", kind: CellKind::Empty },
                }
            }
            View::Record(record, _) => {
                let text = record.get(usize::from(column)).unwrap_or_default().trim();
                Cell { place, text, kind: if text.is_empty() { CellKind::Empty } else { CellKind::Text } }
            }
        }
    }

    /// All cells up to the last filled one.
    pub fn cells(self) -> impl Iterator<Item = Cell<'a>> {
        (0..self.width()).map(move |column| self.cell(column))
    }

    /// Whether no cell is filled.
    pub fn is_blank(self) -> bool {
        self.width() == 0
    }
}

impl std::fmt::Debug for RowView<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "row {} ", self.number())?;
        f.debug_list().entries(self.cells().map(|cell| cell.text)).finish()
    }
}

impl Table {
    /// A table of rows that were made of another's: number, and the cells of the columns from the first on. Numbers may
    /// stand more than once. What no longer fits into a table's text is left out, with all that follows.
    pub(crate) fn of_rows(source: TableSource, made: Vec<(u32, Vec<(String, CellKind)>)>) -> Self {
        let mut table = Self { source, text: String::new(), cells: Vec::new(), rows: Vec::new(), repairs: Vec::new() };
        for (number, cells) in made {
            let Ok(first) = u32::try_from(table.cells.len()) else { break };
            for (column, (text, kind)) in cells.iter().enumerate().filter(|(_, (_, kind))| *kind != CellKind::Empty) {
                let start = u32::try_from(table.text.len());
                table.text.push_str(text.trim());
                let end = u32::try_from(table.text.len());
                let (Ok(start), Ok(end), Ok(column)) = (start, end, u16::try_from(column)) else { return table };
                table.cells.push(Stored { column, start, end, kind: *kind });
            }
            let Ok(end) = u32::try_from(table.cells.len()) else { break };
            table.rows.push(RowSpan { number, first, end });
        }
        table
    }

    fn stored(&self, span: RowSpan) -> &[Stored] {
        self.cells.get(span.first as usize..span.end as usize).unwrap_or_default()
    }

    fn shown(&self, cell: Stored, place: Place) -> Cell<'_> {
        let text = self.text.get(cell.start as usize..cell.end as usize).unwrap_or_default();
        Cell { place, text, kind: cell.kind }
    }
}

/// Collects cells row by row, holding the limits.
pub(super) struct Builder<'l> {
    limits: &'l Limits,
    text: String,
    cells: Vec<Stored>,
    rows: Vec<RowSpan>,
}

impl<'l> Builder<'l> {
    pub(super) fn new(limits: &'l Limits) -> Self {
        Self { limits, text: String::new(), cells: Vec::new(), rows: Vec::new() }
    }

    /// Adds a cell; rows and columns ascend. `row` is counted from 1, `column` from 0. Blank text
    /// adds nothing.
    pub(super) fn add(&mut self, row: u32, column: u32, text: &str, kind: CellKind) -> Result<(), DocumentProblem> {
        let text = text.trim();
        if text.is_empty() || kind == CellKind::Empty {
            return Ok(());
        }
        if row > self.limits.rows {
            return Err(DocumentProblem::TooManyRows { limit: self.limits.rows });
        }
        let limit = self.limits.columns;
        let column = u16::try_from(column).ok().filter(|column| *column < limit);
        let column = column.ok_or(DocumentProblem::TooManyColumns { row, limit })?;
        if text.len() > self.limits.cell_bytes {
            return Err(DocumentProblem::CellTooLong { row, limit: self.limits.cell_bytes });
        }
        let start = self.text.len();
        self.text.push_str(text);
        let (Ok(start), Ok(end), Ok(index)) =
            (u32::try_from(start), u32::try_from(self.text.len()), u32::try_from(self.cells.len()))
        else {
            return Err(DocumentProblem::TooMuchContent { row });
        };
        if end > self.limits.text_bytes || index >= self.limits.cells {
            return Err(DocumentProblem::TooMuchContent { row });
        }
        self.place_in_row(row, column, index)?;
        self.cells.push(Stored { column, start, end, kind });
        Ok(())
    }

    /// Opens or prolongs the row of the next cell.
    fn place_in_row(&mut self, row: u32, column: u16, index: u32) -> Result<(), DocumentProblem> {
        match self.rows.last_mut() {
            Some(last) if last.number == row => {
                if self.cells.last().is_some_and(|cell| cell.column >= column) {
                    return Err(DocumentProblem::Damaged { cause: "cells out of order".to_owned() });
                }
                last.end = index + 1;
            }
            Some(last) if last.number > row => {
                return Err(DocumentProblem::Damaged { cause: "rows out of order".to_owned() });
            }
            _ => self.rows.push(RowSpan { number: row, first: index, end: index + 1 }),
        }
        Ok(())
    }

    /// The texts of all cells, for the decision about old fonts.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        self.cells.iter().filter_map(|cell| self.text.get(cell.start as usize..cell.end as usize))
    }

    /// The first cells' texts, one a line, for the search for lost letters.
    pub(super) fn sample(&self) -> String {
        let mut sample = String::new();
        for text in self.texts() {
            sample.push_str(text);
            sample.push('\n');
            if sample.len() > crate::text::SAMPLE {
                break;
            }
        }
        sample
    }

    /// Whether no cell was added.
    pub(super) fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// The table.
    pub(super) fn finish(self, source: TableSource, repairs: Vec<Repair>) -> Result<Table, DocumentProblem> {
        if self.rows.is_empty() {
            return Err(DocumentProblem::NothingInside);
        }
        Ok(Table { source, text: self.text, cells: self.cells, rows: self.rows, repairs })
    }

    /// The same cells with their text mended.
    pub(super) fn mended(self, mend: &mut dyn FnMut(&str) -> String) -> Self {
        let mut text = String::with_capacity(self.text.len());
        let mut cells = self.cells;
        for cell in &mut cells {
            let old = self.text.get(cell.start as usize..cell.end as usize).unwrap_or_default();
            let start = text.len();
            if old.is_ascii() {
                text.push_str(old)
            } else {
                text.push_str(mend(old).trim())
            }
            // Mending shortens or keeps; at most three bytes stand for one of an old font, and the
            // limit of text leaves that room within u32.
            cell.start = u32::try_from(start).unwrap_or(u32::MAX);
            cell.end = u32::try_from(text.len()).unwrap_or(u32::MAX);
        }
        Self { text, cells, ..self }
    }
}
