//! A layout and its rows to the bytes of an `.xlsx`.

use std::collections::BTreeMap;

use quantity::Moment;
use rust_xlsxwriter::{DocProperties, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

use super::layout::{SheetColumn, SheetKind, SheetLayout, TitleRow};
use super::{UNKNOWN, Value};
use crate::DocumentProblem;
use crate::columns::Layout;

/// A free serif of the same widths is taken where this one is missing.
const FONT: &str = "Times New Roman";

/// Number formats name Vietnam, so that 1.234,5 is shown on an English machine as well.
const VIETNAM: &str = "[$-42A]";

/// What stands on a simulated sheet, in its first row and in the head of every printed page.
pub(super) const SIMULATED: &str = "MÔ PHỎNG – không phải số liệu thật";

/// What is written through a layout.
#[derive(Debug, Clone, Default)]
pub struct SheetContent {
    /// What the `{names}` of titles and notes stand for.
    pub facts: BTreeMap<String, String>,
    /// Rows by column key. A key that a row lacks is unknown and written «chưa rõ».
    pub rows: Vec<BTreeMap<String, Value>>,
    /// Whether the figures are invented: marked on the sheet and on every printed page.
    pub simulated: bool,
}

/// Writes a sheet. `created` is the time kept in the file's properties.
///
/// # Errors
/// [`DocumentProblem::LayoutBroken`] for a row's key or a `{name}` that does not exist,
/// [`DocumentProblem::NotWritten`] where the library refuses (more rows than a sheet has).
pub fn write_sheet(layout: &SheetLayout, content: &SheetContent, created: Moment) -> Result<Vec<u8>, DocumentProblem> {
    let known = |key: &String| layout.columns.iter().any(|column| column.key == *key);
    if let Some(key) = content.rows.iter().flat_map(BTreeMap::keys).find(|key| !known(key)) {
        return Err(layout.broken(format!("no column {key}")));
    }
    let mut titles: Vec<TitleRow> = Vec::new();
    if content.simulated {
        titles.push(TitleRow { text: SIMULATED.to_owned(), bold: true, centred: false, size: 13.0 });
    }
    for title in &layout.titles {
        titles.push(TitleRow { text: filled_in(&title.text, content, layout)?, ..title.clone() });
    }
    let notes = layout.notes.iter().map(|note| filled_in(note, content, layout)).collect::<Result<Vec<_>, _>>()?;
    let mut book = new_book(&layout.title, created);
    draw(book.add_worksheet(), layout, content, &titles, &notes).map_err(|error| not_written(&error))?;
    book.save_to_buffer().map_err(|error| not_written(&error))
}

/// The empty sheet that people fill in for an import: title and header; the reader finds both.
///
/// # Errors
/// [`DocumentProblem::NotWritten`].
pub fn write_template(layout: &Layout, created: Moment) -> Result<Vec<u8>, DocumentProblem> {
    let sheet = SheetLayout::for_import(layout);
    let mut book = new_book(&sheet.title, created);
    let content = SheetContent::default();
    let drawn = (|| {
        let page = book.add_worksheet();
        draw(page, &sheet, &content, &sheet.titles, &[])?;
        let header_row = sheet.titles.len() as u32;
        for (index, column) in (0..).zip(&layout.columns).filter(|(_, column)| !column.help.is_empty()) {
            page.insert_note(header_row, index, &rust_xlsxwriter::Note::new(&column.help).set_author("Bốn Tại Chỗ"))?;
        }
        Ok(())
    })();
    drawn.map_err(|error: XlsxError| not_written(&error))?;
    book.save_to_buffer().map_err(|error| not_written(&error))
}

pub(super) fn not_written(error: &XlsxError) -> DocumentProblem {
    DocumentProblem::NotWritten { cause: error.to_string() }
}

pub(super) fn new_book(title: &str, created: Moment) -> Workbook {
    let mut book = Workbook::new();
    let utc = (created - quantity::Span::hours(7)).local();
    book.set_properties(&DocProperties::new().set_title(title).set_author("Bốn Tại Chỗ").set_creation_datetime(&utc));
    book
}

/// A text with its `{names}` replaced.
fn filled_in(text: &str, content: &SheetContent, layout: &SheetLayout) -> Result<String, DocumentProblem> {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').ok_or_else(|| layout.broken(format!("«{text}» opens a name")))?;
        let fact = content.facts.get(name).ok_or_else(|| layout.broken(format!("no fact {name}")))?;
        filled.push_str(before);
        filled.push_str(fact);
        rest = after;
    }
    filled.push_str(rest);
    Ok(filled)
}

pub(super) fn draw(
    page: &mut Worksheet,
    layout: &SheetLayout,
    content: &SheetContent,
    titles: &[TitleRow],
    notes: &[String],
) -> Result<(), XlsxError> {
    page.set_name(&layout.sheet)?;
    let mut row = write_titles(page, layout, titles)?;
    let first_header = row;
    row = write_header(page, layout, row)?;
    set_print(page, layout, content.simulated, first_header, row)?;
    let formats: Vec<Format> = layout.columns.iter().map(cell_format).collect();
    for values in &content.rows {
        for ((index, column), format) in (0..).zip(&layout.columns).zip(&formats) {
            let value = values.get(&column.key).unwrap_or(&Value::Unknown);
            write_value(page, row, index, value, format)?;
        }
        row += 1;
    }
    let plain = Format::new().set_font_name(FONT).set_font_size(11).set_italic();
    for note in notes {
        row += 1;
        page.write_string_with_format(row, 0, note, &plain)?;
    }
    Ok(())
}

fn write_titles(page: &mut Worksheet, layout: &SheetLayout, titles: &[TitleRow]) -> Result<u32, XlsxError> {
    let last = layout.title_columns.clamp(1, layout.columns.len() as u16) - 1;
    let mut row = 0;
    for title in titles {
        let align = if title.centred { FormatAlign::Center } else { FormatAlign::Left };
        let mut format = Format::new().set_font_name(FONT).set_font_size(title.size).set_align(align);
        if title.bold {
            format = format.set_bold();
        }
        if last > 0 {
            page.merge_range(row, 0, row, last, &title.text, &format)?;
        } else {
            page.write_string_with_format(row, 0, &title.text, &format)?;
        }
        row += 1;
    }
    Ok(row)
}

/// Writes one header row, or two where columns are grouped; returns the first row under it.
fn write_header(page: &mut Worksheet, layout: &SheetLayout, first: u32) -> Result<u32, XlsxError> {
    let format = Format::new()
        .set_font_name(FONT)
        .set_font_size(11)
        .set_bold()
        .set_text_wrap()
        .set_border(FormatBorder::Thin)
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter);
    let grouped = layout.columns.iter().any(|column| !column.group.is_empty());
    let last = first + u32::from(grouped);
    // Merged cells do not raise their row by themselves: room for two lines above, three below.
    page.set_row_height(first, 30)?;
    page.set_row_height(last, 46)?;
    let mut index: u16 = 0;
    while let Some(column) = layout.columns.get(usize::from(index)) {
        page.set_column_width(index, column.width)?;
        if column.group.is_empty() && grouped {
            page.merge_range(first, index, last, index, &column.title, &format)?;
        } else {
            page.write_string_with_format(last, index, &column.title, &format)?;
        }
        let previous = index.checked_sub(1).and_then(|before| layout.columns.get(usize::from(before)));
        let opens = previous.is_none_or(|previous| previous.group != column.group);
        if !column.group.is_empty() && opens {
            let members = layout.columns.iter().skip(usize::from(index)).take_while(|next| next.group == column.group);
            let end = index + members.count() as u16 - 1;
            if end > index {
                page.merge_range(first, index, first, end, &column.group, &format)?;
            } else {
                page.write_string_with_format(first, index, &column.group, &format)?;
            }
        }
        index += 1;
    }
    Ok(last + 1)
}

/// A4, margins of the decree on letters where a table allows, header repeated, pages numbered.
fn set_print(
    page: &mut Worksheet,
    layout: &SheetLayout,
    simulated: bool,
    first_header: u32,
    first_row: u32,
) -> Result<(), XlsxError> {
    const A4: u8 = 9;
    const INCHES_PER_MM: f64 = 1.0 / 25.4;
    page.set_paper_size(A4);
    if layout.landscape {
        page.set_landscape();
    }
    let (side, top, foot) = (15.0 * INCHES_PER_MM, 20.0 * INCHES_PER_MM, 8.0 * INCHES_PER_MM);
    page.set_margins(side, side, top, top, foot, foot);
    page.set_print_fit_to_pages(layout.pages_wide, 0);
    page.set_repeat_rows(first_header, first_row - 1)?;
    if layout.frozen_columns > 0 {
        page.set_repeat_columns(0, layout.frozen_columns - 1)?;
    }
    page.set_freeze_panes(first_row, layout.frozen_columns)?;
    let marker = if simulated { "mô phỏng · " } else { "" };
    // Ampersands are commands in a footer.
    let title = layout.title.replace('&', "&&");
    page.set_footer(format!("&L{marker}{title}&RTrang &P/&N"));
    if simulated {
        page.set_header(format!("&C&\"{FONT},Bold\"{SIMULATED}"));
    }
    Ok(())
}

fn cell_format(column: &SheetColumn) -> Format {
    let format = Format::new().set_font_name(FONT).set_font_size(11).set_border(FormatBorder::Thin);
    let format = format.set_align(FormatAlign::Top);
    match column.kind {
        SheetKind::Text => format.set_text_wrap(),
        SheetKind::Integer => format.set_num_format(format!("{VIETNAM}#,##0")),
        SheetKind::Decimal if column.digits == 0 => format.set_num_format(format!("{VIETNAM}#,##0")),
        SheetKind::Decimal => {
            format.set_num_format(format!("{VIETNAM}#,##0.{}", "0".repeat(usize::from(column.digits.min(6)))))
        }
        SheetKind::Date => format.set_num_format(format!("{VIETNAM}dd/mm/yyyy")),
        SheetKind::Datetime => format.set_num_format(format!("{VIETNAM}dd/mm/yyyy hh:mm")),
    }
}

pub(super) fn write_value(
    page: &mut Worksheet,
    row: u32,
    column: u16,
    value: &Value,
    format: &Format,
) -> Result<(), XlsxError> {
    match value {
        Value::Empty => page.write_blank(row, column, format)?,
        Value::Text(text) => page.write_string_with_format(row, column, text, format)?,
        Value::Integer(number) => page.write_number_with_format(row, column, *number as f64, format)?,
        Value::Decimal(number) if number.is_finite() => page.write_number_with_format(row, column, *number, format)?,
        Value::Unknown | Value::Decimal(_) => page.write_string_with_format(row, column, UNKNOWN, format)?,
        Value::Date(day) => page.write_datetime_with_format(row, column, day, format)?,
        Value::Moment(at) => page.write_datetime_with_format(row, column, at.local(), format)?,
    };
    Ok(())
}
