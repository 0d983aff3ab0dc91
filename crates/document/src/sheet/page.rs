//! The tables of a page as a sheet: what stands on the screen, to be kept, sorted and printed.

use quantity::Moment;
use rust_xlsxwriter::{Format, FormatBorder, Worksheet, XlsxError};

use super::Value;
use super::write::{SIMULATED, new_book, not_written, write_value};
use crate::DocumentProblem;

/// One table.
#[derive(Debug, Clone, Default)]
pub struct PageTable {
    /// Its heading; may be empty.
    pub title: String,
    /// Heads of its columns.
    pub columns: Vec<String>,
    /// Its rows, each with as many cells as there are columns.
    pub rows: Vec<Vec<Value>>,
}

/// Writes a page: its lines, then its tables one under another. Cells are written as what they are,
/// never as formulas.
///
/// # Errors
/// [`DocumentProblem::NotWritten`] where the library refuses.
pub fn write_page(
    title: &str,
    lines: &[String],
    tables: &[PageTable],
    simulated: bool,
    created: Moment,
) -> Result<Vec<u8>, DocumentProblem> {
    let mut book = new_book(title, created);
    draw(book.add_worksheet(), title, lines, tables, simulated).map_err(|error| not_written(&error))?;
    book.save_to_buffer().map_err(|error| not_written(&error))
}

fn draw(
    page: &mut Worksheet,
    title: &str,
    lines: &[String],
    tables: &[PageTable],
    simulated: bool,
) -> Result<(), XlsxError> {
    const A4: u8 = 9;
    page.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0);
    // Ampersands are commands in a footer.
    page.set_footer(format!("&L{}&RTrang &P/&N", title.replace('&', "&&")));
    let font = || Format::new().set_font_name("Times New Roman").set_font_size(11);
    let (plain, bold) = (font(), font().set_bold());
    let head = font().set_bold().set_text_wrap().set_border(FormatBorder::Thin);
    let cell = font().set_text_wrap().set_border(FormatBorder::Thin);
    let number = font().set_border(FormatBorder::Thin).set_num_format("[$-42A]#,##0.###");
    let mut row = 0;
    if simulated {
        page.set_header(format!("&C{SIMULATED}"));
        page.write_string_with_format(row, 0, SIMULATED, &bold)?;
        row += 1;
    }
    page.write_string_with_format(row, 0, title, &font().set_bold().set_font_size(13))?;
    row += 1;
    for line in lines.iter().filter(|line| !line.is_empty()) {
        page.write_string_with_format(row, 0, line, &plain)?;
        row += 1;
    }
    let widest = tables.iter().map(|table| table.columns.len()).max().unwrap_or(0);
    for column in 0..widest as u16 {
        page.set_column_width(column, if column == 0 { 32.0 } else { 20.0 })?;
    }
    for table in tables {
        row += 1;
        if !table.title.is_empty() {
            page.write_string_with_format(row, 0, &table.title, &bold)?;
            row += 1;
        }
        for (column, title) in (0..).zip(&table.columns) {
            page.write_string_with_format(row, column, title, &head)?;
        }
        row += 1;
        for values in &table.rows {
            for (column, value) in (0..).zip(values) {
                let format = if matches!(value, Value::Decimal(_) | Value::Integer(_)) { &number } else { &cell };
                write_value(page, row, column, value, format)?;
            }
            row += 1;
        }
    }
    Ok(())
}
