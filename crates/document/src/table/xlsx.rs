//! One sheet of a workbook, cell by cell, never as a rectangle: one cell in the last corner of a
//! sheet must not cost the memory of all cells before it.

use std::borrow::Cow;
use std::io::Cursor;

use calamine::{DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Style, Xlsx};
use jiff::civil::DateTime;

use super::archive::guarded;
use super::cells::{Builder, CellKind, Table, TableSource};
use super::{Limits, STOP_EVERY};
use crate::DocumentProblem;
use crate::text::{Mender, OldFont, Repairs};

type Workbook<'b> = Xlsx<Cursor<&'b [u8]>>;

/// Reads the first visible sheet that holds anything.
pub(super) fn read(bytes: &[u8], limits: &Limits, stop: &dyn Fn() -> bool) -> Result<Table, DocumentProblem> {
    guarded(|| read_sheets(bytes, limits, stop))
}

fn read_sheets(bytes: &[u8], limits: &Limits, stop: &dyn Fn() -> bool) -> Result<Table, DocumentProblem> {
    let mut book: Workbook<'_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let sheets: Vec<String> = book
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible)
        .map(|sheet| sheet.name.clone())
        .collect();
    let mut read = None;
    let mut repairs = Repairs::default();
    let mut others = Vec::new();
    for name in sheets {
        match &read {
            None => {
                let builder = read_cells(&mut book, &name, limits, stop, &mut repairs)?;
                if !builder.is_empty() {
                    read = Some((builder, name));
                }
            }
            Some(_) if holds_anything(&mut book, &name) => others.push(name),
            Some(_) => {}
        }
    }
    let (builder, sheet) = read.ok_or(DocumentProblem::NothingInside)?;
    let mender = Mender::for_pieces(builder.texts());
    let builder = builder.mended(&mut |text| mender.mend(text, &mut repairs).into_owned());
    crate::text::refuse_lost_letters(&builder.sample())?;
    builder.finish(TableSource::Xlsx { sheet, others }, repairs.list())
}

fn damaged(error: &calamine::XlsxError) -> DocumentProblem {
    match error {
        calamine::XlsxError::Password => DocumentProblem::Protected,
        error => DocumentProblem::Damaged { cause: format!("workbook: {error}") },
    }
}

fn holds_anything(book: &mut Workbook<'_>, name: &str) -> bool {
    let Ok(mut cells) = book.worksheet_cells_reader(name) else {
        return false;
    };
    // Formatted but empty cells stand first in many sheets; a few hundred tell enough.
    (0..500).any(|_| matches!(cells.next_cell(), Ok(Some(cell)) if *cell.get_value() != DataRef::Empty))
}

fn read_cells<'l>(
    book: &mut Workbook<'_>,
    name: &str,
    limits: &'l Limits,
    stop: &dyn Fn() -> bool,
    repairs: &mut Repairs,
) -> Result<Builder<'l>, DocumentProblem> {
    let mut builder = Builder::new(limits);
    let mut cells = match book.worksheet_cells_reader(name) {
        Ok(cells) => cells,
        Err(calamine::XlsxError::WorksheetNotFound(_)) => return Ok(builder),
        Err(error) => return Err(damaged(&error)),
    };
    let styles: Vec<Shown> = cells.styles().iter().map(Shown::of).collect();
    let plain = Shown { percent: false, hour: true, old_font: None };
    let mut seen = 0_u32;
    loop {
        seen = seen.wrapping_add(1);
        if seen.is_multiple_of(STOP_EVERY) && stop() {
            return Err(DocumentProblem::Stopped);
        }
        let Some((cell, style)) = cells.next_cell_with_style_id().map_err(|error| damaged(&error))? else {
            return Ok(builder);
        };
        let (row, column) = cell.get_position();
        let shown = styles.get(style).unwrap_or(&plain);
        let (text, kind) = content(cell.get_value(), shown, repairs);
        builder.add(row.saturating_add(1), column, &text, kind)?;
    }
}

/// What a cell's style tells about its content.
struct Shown {
    percent: bool,
    /// Whether its date format shows the hour.
    hour: bool,
    old_font: Option<OldFont>,
}

impl Shown {
    fn of(style: &Style) -> Self {
        let format = style.number_format.as_ref();
        Self {
            percent: format.is_some_and(|format| shows(&format.format_code, '%')),
            hour: format.is_none_or(|format| shows(&format.format_code.to_ascii_lowercase(), 'h')),
            old_font: style.font.as_ref().and_then(|font| OldFont::named(font.name.as_deref()?)),
        }
    }
}

/// Whether a number format holds this sign outside quotation marks and not escaped.
fn shows(code: &str, sign: char) -> bool {
    let escaped = format!("\\{sign}");
    code.split('"').step_by(2).any(|part| part.replace(&escaped, "").contains(sign))
}

/// The words and the kind of a cell.
fn content<'v>(value: &'v DataRef<'v>, shown: &Shown, repairs: &mut Repairs) -> (Cow<'v, str>, CellKind) {
    match value {
        DataRef::Empty => (Cow::Borrowed(""), CellKind::Empty),
        DataRef::Int(number) => numeric(*number as f64, shown),
        DataRef::Float(number) => numeric(*number, shown),
        DataRef::String(text) => words(text, shown, repairs),
        DataRef::SharedString(text) => words(text, shown, repairs),
        DataRef::Bool(flag) => (Cow::Borrowed(if *flag { "TRUE" } else { "FALSE" }), CellKind::Flag(*flag)),
        DataRef::DateTime(at) => dated(*at, shown),
        DataRef::DateTimeIso(text) => match text.parse::<DateTime>() {
            Ok(at) => (Cow::Owned(written(at)), CellKind::DateTime(at)),
            Err(_) => (Cow::Borrowed(text.as_str()), CellKind::Text),
        },
        DataRef::DurationIso(text) => (Cow::Borrowed(text.as_str()), CellKind::Text),
        DataRef::Error(error) => (Cow::Owned(error.to_string()), CellKind::Error),
    }
}

fn words<'v>(text: &'v str, shown: &Shown, repairs: &mut Repairs) -> (Cow<'v, str>, CellKind) {
    let converted = shown.old_font.filter(|_| !text.is_ascii()).and_then(|font| font.decode(text, repairs));
    (converted.map_or(Cow::Borrowed(text), Cow::Owned), CellKind::Text)
}

/// A number; of a percentage the hundredfold, freed of the noise of binary fractions.
fn numeric(number: f64, shown: &Shown) -> (Cow<'static, str>, CellKind) {
    if !number.is_finite() {
        return (Cow::Borrowed("#NUM!"), CellKind::Error);
    }
    if shown.percent {
        let hundredfold = format!("{:.10}", number * 100.0).parse().unwrap_or(number * 100.0);
        return (Cow::Owned(digits(hundredfold)), CellKind::Percent(hundredfold));
    }
    (Cow::Owned(digits(number)), CellKind::Number(number))
}

/// A number's digits; very large and very small ones with an exponent.
fn digits(number: f64) -> String {
    let size = number.abs();
    if size != 0.0 && !(1e-9..1e15).contains(&size) { format!("{number:e}") } else { number.to_string() }
}

/// A date of the spreadsheet. A time of day without a date is kept as words.
fn dated(at: ExcelDateTime, shown: &Shown) -> (Cow<'static, str>, CellKind) {
    if at.is_duration() {
        return (Cow::Owned(digits(at.as_f64())), CellKind::Number(at.as_f64()));
    }
    let (year, month, day, hour, minute, second, _) = at.to_ymd_hms_milli();
    let parts = (i16::try_from(year), i8::try_from(month), i8::try_from(day));
    let clock = (hour.min(23) as i8, minute.min(59) as i8, second.min(59) as i8);
    if (0.0..1.0).contains(&at.as_f64()) {
        return (Cow::Owned(format!("{:02}:{:02}", clock.0, clock.1)), CellKind::Text);
    }
    if let (Ok(year), Ok(month), Ok(day)) = parts
        && let Ok(local) = DateTime::new(year, month, day, clock.0, clock.1, clock.2, 0)
    {
        if !shown.hour && local.time() == jiff::civil::Time::midnight() {
            return (Cow::Owned(quantity::time::show_date(local.date())), CellKind::Date(local.date()));
        }
        return (Cow::Owned(written(local)), CellKind::DateTime(local));
    }
    (Cow::Owned(digits(at.as_f64())), CellKind::Error)
}

/// `22/11/2026 02:14`, with seconds where there are any.
fn written(at: DateTime) -> String {
    let day = quantity::time::show_date(at.date());
    match (at.hour(), at.minute(), at.second()) {
        (hour, minute, 0) => format!("{day} {hour:02}:{minute:02}"),
        (hour, minute, second) => format!("{day} {hour:02}:{minute:02}:{second:02}"),
    }
}
