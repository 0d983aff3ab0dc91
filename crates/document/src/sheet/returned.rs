//! Refused rows as a file: the sender's own cells, then why, under which code, and what to do.
//! Mended there, the file can be sent again as it is.

use quantity::Moment;
use rust_xlsxwriter::{Format, FormatBorder, Worksheet, XlsxError};

use super::Value;
use super::write::{new_book, not_written, write_value};
use crate::DocumentProblem;
use crate::columns::RETURNED;
use crate::table::RowView;

/// In which form the rows go back: the form in which they came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReturnForm {
    /// A workbook: numbers and dates stay what they were.
    Xlsx,
    /// Separated text in UTF-8 with its mark, so that Excel shows the letters.
    Csv {
        /// The byte between cells.
        delimiter: u8,
    },
}

/// One refused row.
#[derive(Debug, Clone, PartialEq)]
pub struct ReturnedRow {
    /// Its number in the sender's file, counted from 1.
    pub number: u32,
    /// Its cells as they came.
    pub cells: Vec<Value>,
    /// Why, one sentence for each cell that kept it out.
    pub reasons: Vec<String>,
    /// The codes, in the order of the reasons.
    pub codes: Vec<String>,
    /// What to do, in the same order; repeats are left out.
    pub next_steps: Vec<String>,
}

impl ReturnedRow {
    /// A row as it came, without reasons yet.
    pub fn of(row: RowView<'_>) -> Self {
        let cells = row.cells().map(|cell| Value::of_cell(&cell)).collect();
        Self { number: row.number(), cells, reasons: Vec::new(), codes: Vec::new(), next_steps: Vec::new() }
    }

    /// Adds a reason with its code and next step.
    pub fn because(mut self, reason: String, code: &str, next: String) -> Self {
        self.reasons.push(reason);
        self.codes.push(code.to_owned());
        if !self.next_steps.contains(&next) {
            self.next_steps.push(next);
        }
        self
    }

    fn explained(&self) -> [String; 3] {
        let row = format!("Dòng {}: {}", self.number, self.reasons.join("; "));
        [row, self.codes.join(", "), self.next_steps.join(" ")]
    }
}

/// Writes refused rows under the sender's header.
///
/// # Errors
/// [`DocumentProblem::NotWritten`].
pub fn write_returned(
    headers: &[String],
    rows: &[ReturnedRow],
    form: ReturnForm,
    created: Moment,
) -> Result<Vec<u8>, DocumentProblem> {
    // A file that comes back a second time carries the columns of the first: written afresh.
    let kept: Vec<usize> = (0..headers.len())
        .filter(|index| headers.get(*index).is_some_and(|title| !RETURNED.contains(&title.as_str())))
        .collect();
    match form {
        ReturnForm::Xlsx => returned_book(headers, rows, &kept, created),
        ReturnForm::Csv { delimiter } => returned_text(headers, rows, &kept, delimiter),
    }
}

/// The sender's cells of a row: those under a title, then those beyond the last title.
fn own_cells<'r>(row: &'r ReturnedRow, kept: &'r [usize], width: usize) -> impl Iterator<Item = &'r Value> {
    let under = kept.iter().map(|index| row.cells.get(*index).unwrap_or(&Value::Empty));
    under.chain(row.cells.iter().skip(width).filter(|value| **value != Value::Empty))
}

fn returned_book(
    headers: &[String],
    rows: &[ReturnedRow],
    kept: &[usize],
    created: Moment,
) -> Result<Vec<u8>, DocumentProblem> {
    let mut book = new_book("Các dòng cần xem lại", created);
    draw(book.add_worksheet(), headers, rows, kept).map_err(|error| not_written(&error))?;
    book.save_to_buffer().map_err(|error| not_written(&error))
}

fn draw(page: &mut Worksheet, headers: &[String], rows: &[ReturnedRow], kept: &[usize]) -> Result<(), XlsxError> {
    const A4: u8 = 9;
    page.set_name("Cần xem lại")?;
    page.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    page.set_freeze_panes(1, 0)?.set_footer("&RTrang &P/&N");
    let bold = Format::new().set_bold().set_text_wrap().set_border(FormatBorder::Thin);
    let plain = Format::new().set_border(FormatBorder::Thin);
    let wrapped = plain.clone().set_text_wrap();
    let day = plain.clone().set_num_format("dd/mm/yyyy");
    let moment = plain.clone().set_num_format("dd/mm/yyyy hh:mm");
    let explained_at = kept.len() as u16;
    let titles = kept.iter().filter_map(|index| headers.get(*index)).map(String::as_str).chain(RETURNED);
    for (column, title) in (0..).zip(titles) {
        page.write_string_with_format(0, column, title, &bold)?;
        page.set_column_width(column, if column >= explained_at { 40.0 } else { 14.0 })?;
    }
    for (at, row) in (1..).zip(rows) {
        let mut beyond = explained_at + RETURNED.len() as u16;
        for (column, value) in (0..).zip(own_cells(row, kept, headers.len())) {
            let format = match value {
                Value::Date(_) => &day,
                Value::Moment(_) => &moment,
                _ => &plain,
            };
            // Cells without a title go behind the reasons, so that these keep their columns.
            let mut target = column;
            if column >= explained_at {
                target = beyond;
                beyond += 1;
            }
            write_value(page, at, target, value, format)?;
        }
        for (column, text) in (explained_at..).zip(row.explained()) {
            page.write_string_with_format(at, column, text, &wrapped)?;
        }
    }
    Ok(())
}

fn returned_text(
    headers: &[String],
    rows: &[ReturnedRow],
    kept: &[usize],
    delimiter: u8,
) -> Result<Vec<u8>, DocumentProblem> {
    let mut writer =
        csv::WriterBuilder::new().delimiter(delimiter).flexible(true).from_writer("\u{feff}".as_bytes().to_vec());
    let failed = |error: csv::Error| DocumentProblem::NotWritten { cause: error.to_string() };
    let titles = kept.iter().filter_map(|index| headers.get(*index)).map(String::as_str).chain(RETURNED);
    writer.write_record(titles).map_err(failed)?;
    for row in rows {
        let mut cells: Vec<String> = own_cells(row, kept, headers.len()).map(written).collect();
        let beyond = cells.split_off(kept.len().min(cells.len()));
        cells.extend(row.explained().map(|text| harmless(&text)));
        cells.extend(beyond);
        writer.write_record(&cells).map_err(failed)?;
    }
    writer.into_inner().map_err(|error| DocumentProblem::NotWritten { cause: error.error().to_string() })
}

/// A cell of separated text.
fn written(value: &Value) -> String {
    match value {
        Value::Empty => String::new(),
        Value::Unknown => super::UNKNOWN.to_owned(),
        Value::Text(text) => harmless(text),
        Value::Integer(number) => number.to_string(),
        Value::Decimal(number) => decimal(*number),
        Value::Date(day) => quantity::time::show_date(*day),
        Value::Moment(at) => at.to_string(),
    }
}

/// With a comma; three decimals get a fourth, so that 1,234 is not read as thousands.
fn decimal(number: f64) -> String {
    let mut text = number.to_string().replace('.', ",");
    if text.split_once(',').is_some_and(|(_, fraction)| fraction.len() == 3) {
        text.push('0');
    }
    text
}

/// Text that a spreadsheet would run as a formula gets an apostrophe; signed numbers and telephone
/// numbers do not.
fn harmless(text: &str) -> String {
    let rest = text.strip_prefix(['+', '-']);
    let signed =
        rest.is_some_and(|rest| !rest.is_empty() && rest.chars().all(|c| c.is_ascii_digit() || ".,% ".contains(c)));
    if !signed && text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}
