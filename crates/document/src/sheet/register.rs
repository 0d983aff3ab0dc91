//! A register as a sheet that goes out, is changed in a spreadsheet and comes back: the same layout
//! writes the template, writes what the register holds, and reads the file ([`crate::columns`]).

use std::collections::BTreeMap;

use quantity::Moment;
use rust_xlsxwriter::{DataValidation, Note, Worksheet, XlsxError};

use super::layout::{SheetLayout, TitleRow};
use super::write::{SIMULATED, draw, new_book, not_written};
use super::{SheetContent, Value};
use crate::DocumentProblem;
use crate::columns::{Column, Kind, Layout};

/// Rows under the last one that still offer the accepted words: room for what people add.
const ROOM: u32 = 1_000;
/// A list of words inside a cell's rule may not be longer than this (a limit of the file format).
const LONGEST_LIST: usize = 255;

/// What a register holds, by column key. A key that a row lacks stays an empty cell.
#[derive(Debug, Clone, Default)]
pub struct RegisterContent {
    /// Lines under the title: of when, of whom, from where.
    pub about: Vec<String>,
    /// Rows.
    pub rows: Vec<BTreeMap<String, Value>>,
    /// Whether the rows are invented: marked on the sheet and on every printed page.
    pub simulated: bool,
}

/// Writes a register; without rows it is the template. Every cell is written as what it is, so that
/// nothing a person typed can become a formula.
///
/// # Errors
/// [`DocumentProblem::NotWritten`] where the library refuses.
pub fn write_register(layout: &Layout, content: &RegisterContent, created: Moment) -> Result<Vec<u8>, DocumentProblem> {
    let sheet = SheetLayout::for_import(layout);
    let plain = |text: &str| TitleRow { text: text.to_owned(), bold: false, centred: false, size: 11.0 };
    let mut titles = sheet.titles.clone();
    if content.simulated {
        titles.insert(0, TitleRow { text: SIMULATED.to_owned(), bold: true, centred: false, size: 13.0 });
    }
    titles.extend(content.about.iter().map(|line| plain(line)));
    let filled = |row: &BTreeMap<String, Value>| -> BTreeMap<String, Value> {
        let cell = |column: &Column| row.get(&column.key).cloned().unwrap_or(Value::Empty);
        layout.columns.iter().map(|column| (column.key.clone(), cell(column))).collect()
    };
    let rows = content.rows.iter().map(filled).collect();
    let drawn = SheetContent { facts: BTreeMap::new(), rows, simulated: content.simulated };
    let mut book = new_book(&sheet.title, created);
    let written = (|| {
        let page = book.add_worksheet();
        draw(page, &sheet, &drawn, &titles, &[])?;
        let header = titles.len() as u32;
        help(page, layout, header, header + drawn.rows.len() as u32 + ROOM)
    })();
    written.map_err(|error: XlsxError| not_written(&error))?;
    book.save_to_buffer().map_err(|error| not_written(&error))
}

/// Hints at the titles, and the accepted words offered in the cells under them.
fn help(page: &mut Worksheet, layout: &Layout, header: u32, last: u32) -> Result<(), XlsxError> {
    for (index, column) in (0..).zip(&layout.columns) {
        let accepted = column.choice_titles().join(", ");
        let hint = [column.help.as_str(), accepted.as_str()].into_iter().filter(|part| !part.is_empty());
        let hint = hint.collect::<Vec<_>>().join("\n");
        if !hint.is_empty() {
            page.insert_note(header, index, &Note::new(&hint).set_author("Bốn Tại Chỗ"))?;
        }
        let fits =
            accepted.chars().count() <= LONGEST_LIST && !column.choices.iter().any(|one| one.title.contains(','));
        if matches!(column.kind, Kind::Choice | Kind::Unit) && fits {
            // Advice only: what a person types otherwise is read, and refused with its place if it is no word of ours.
            let rule = DataValidation::new().allow_list_strings(&column.choice_titles())?.show_error_message(false);
            page.add_data_validation(header + 1, index, last, index, &rule)?;
        }
    }
    Ok(())
}
