//! A province's return as it arrives (OX19): the data of its page or command, the data of a signed report, or the sheet.
//! All three become one [`Return`]; nothing is guessed: what does not follow the layout is refused with its reason.

use std::collections::BTreeMap;

use document::sheet::{SheetKind, SheetLayout, UNKNOWN, Value};
use document::table::{Cell, Limits, RowView, Table, read_table};
use jiff::civil::Date;
use quantity::Coded;
use serde::{Deserialize, Serialize};

use super::content::{Kept, Row};

/// What a province sends: `GET /api/v1/reports/oxygen`, `report oxygen --format json`, the sheet of both.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Return {
    /// Key of the layout.
    pub layout: String,
    /// Its version.
    pub layout_version: String,
    /// The province.
    pub province_name: String,
    /// The day it is about.
    pub day: Date,
    /// Some of it is invented.
    #[serde(default)]
    pub simulated: bool,
    /// One row a facility.
    pub rows: Vec<Row>,
}

/// A signed or drafted report as data: the same rows under its own head.
#[derive(Deserialize)]
struct OfReport {
    sheet_version: String,
    province_name: String,
    day: Date,
    #[serde(default)]
    document: Marked,
    rows: Vec<Row>,
}

#[derive(Deserialize, Default)]
struct Marked {
    #[serde(default)]
    simulated: bool,
}

/// Why a return is not added.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotAdded {
    /// No return of the layout.
    #[error("PAP-010: {name} cannot be read: {cause}")]
    Unreadable {
        /// The file.
        name: String,
        /// What does not fit.
        cause: String,
    },
    /// Another layout or another version of it.
    #[error("PAP-011: {name} follows the layout {found}, not {wanted}")]
    OtherLayout {
        /// The file.
        name: String,
        /// Its layout and version.
        found: String,
        /// Ours.
        wanted: String,
    },
    /// A province that is not one of those of the day.
    #[error("PAP-012: {name} is from {province}, which is no province of that day")]
    NoProvince {
        /// The file.
        name: String,
        /// What it says.
        province: String,
    },
    /// The province came already.
    #[error("PAP-013: {province} came twice, the second time in {name}")]
    Twice {
        /// The file.
        name: String,
        /// The province.
        province: String,
    },
}

impl Coded for NotAdded {
    fn code(&self) -> &'static str {
        match self {
            Self::Unreadable { .. } => "PAP-010",
            Self::OtherLayout { .. } => "PAP-011",
            Self::NoProvince { .. } => "PAP-012",
            Self::Twice { .. } => "PAP-013",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Unreadable { name, cause } => vec![("name", name.clone()), ("cause", cause.clone())],
            Self::OtherLayout { name, found, wanted } => {
                vec![("name", name.clone()), ("found", found.clone()), ("wanted", wanted.clone())]
            }
            Self::NoProvince { name, province } | Self::Twice { name, province } => {
                vec![("name", name.clone()), ("province", province.clone())]
            }
        }
    }
}

/// Reads a return out of a file's bytes. Takes a moment: not for the writer's thread.
///
/// # Errors
/// [`NotAdded::Unreadable`], [`NotAdded::OtherLayout`].
pub fn read_return(layout: &SheetLayout, name: &str, bytes: &[u8]) -> Result<Return, NotAdded> {
    let told = if bytes.starts_with(b"PK") { of_sheet(layout, name, bytes)? } else { of_data(layout, name, bytes)? };
    if (told.layout.as_str(), told.layout_version.as_str()) == (layout.key.as_str(), layout.version.as_str()) {
        return Ok(told);
    }
    Err(NotAdded::OtherLayout {
        name: name.to_owned(),
        found: format!("{} {}", told.layout, told.layout_version),
        wanted: format!("{} {}", layout.key, layout.version),
    })
}

fn unreadable(name: &str, cause: impl Into<String>) -> NotAdded {
    NotAdded::Unreadable { name: name.to_owned(), cause: cause.into() }
}

fn of_data(layout: &SheetLayout, name: &str, bytes: &[u8]) -> Result<Return, NotAdded> {
    let text = std::str::from_utf8(bytes).map_err(|error| unreadable(name, error.to_string()))?;
    let text = text.trim_start_matches('\u{feff}');
    if let Ok(report) = serde_json::from_str::<OfReport>(text) {
        return Ok(Return {
            layout: layout.key.clone(),
            layout_version: report.sheet_version,
            province_name: report.province_name,
            day: report.day,
            simulated: report.document.simulated,
            rows: report.rows,
        });
    }
    serde_json::from_str(text).map_err(|error| unreadable(name, error.to_string()))
}

/// The sheet as the program writes it: titles with the province and the day, the head, rows, notes with the version.
fn of_sheet(layout: &SheetLayout, name: &str, bytes: &[u8]) -> Result<Return, NotAdded> {
    let table =
        read_table(bytes, name, &Limits::UPLOAD, &|| false).map_err(|problem| unreadable(name, problem.to_string()))?;
    of_table(layout, name, &table)
}

fn of_table(layout: &SheetLayout, name: &str, table: &Table) -> Result<Return, NotAdded> {
    let all: Vec<RowView<'_>> = table.rows().collect();
    let first = layout.columns.first().map_or("", |column| column.title.as_str());
    let head = all.iter().position(|row| row.cell(0).text.trim() == first);
    let head = head.ok_or_else(|| unreadable(name, format!("không có cột «{first}»")))?;
    let (titles, below) = all.split_at(head);
    let words = || titles.iter().flat_map(|row| row.cells()).map(|cell| cell.text.trim().to_owned());
    let province =
        words().find_map(|text| Some(text.rsplit_once(" – ")?.1.trim().to_owned()).filter(|_| is_title(&text)));
    let province = province.ok_or_else(|| unreadable(name, "không có tên tỉnh ở đầu bảng"))?;
    let day = words().find_map(|text| day_in(&text));
    let day = day.ok_or_else(|| unreadable(name, "không có dòng «Ngày …» ở đầu bảng"))?;
    let grouped = usize::from(layout.columns.iter().any(|column| !column.group.is_empty()));
    let (heads, body) = below.split_at((1 + grouped).min(below.len()));
    for (place, column) in (0..).zip(&layout.columns) {
        let titled = heads.iter().any(|row| row.cell(place).text.trim() == column.title);
        if !titled {
            return Err(unreadable(name, format!("cột {} phải là «{}»", place + 1, column.title)));
        }
    }
    let mut rows = Vec::new();
    let mut version = String::new();
    for row in body {
        if let Some(found) = version_in(&row.cell(0)) {
            version = found;
        }
        let is_figures = layout.columns.iter().zip(0..).skip(1).any(|(_, place)| !row.cell(place).is_empty());
        if is_figures && version.is_empty() {
            rows.push(figures(layout, row));
        }
    }
    let simulated = all.iter().any(|row| row.cell(0).text.starts_with("MÔ PHỎNG"));
    Ok(Return { layout: layout.key.clone(), layout_version: version, province_name: province, day, simulated, rows })
}

fn is_title(text: &str) -> bool {
    text.to_uppercase().contains("OXY Y TẾ")
}

/// «Ngày 22/11/2026».
fn day_in(text: &str) -> Option<Date> {
    let mut parts = text.strip_prefix("Ngày ")?.trim().splitn(3, '/');
    let mut number = || parts.next()?.trim().parse::<i16>().ok();
    let (day, month, year) = (number()?, number()?, number()?);
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// «… Bố cục bảng: 2026-11-22, chờ …».
fn version_in(cell: &Cell<'_>) -> Option<String> {
    let (_, after) = cell.text.split_once("Bố cục bảng: ")?;
    Some(after.split([',', ' ']).next().unwrap_or_default().trim_end_matches('.').to_owned())
}

fn figures(layout: &SheetLayout, row: &RowView<'_>) -> Row {
    let cell = |place: u16, kind: SheetKind| {
        let cell = row.cell(place);
        if cell.text.trim() == UNKNOWN {
            return Kept::Unknown(None);
        }
        match (kind, Kept::from(&Value::of_cell(&cell))) {
            (SheetKind::Integer, Kept::Decimal(number)) if number.fract() == 0.0 && number.abs() < 1e15 => {
                Kept::Integer(number as i64)
            }
            // A tier of 2 is a word of the sheet, not a figure to be summed.
            (SheetKind::Text, Kept::Decimal(_) | Kept::Integer(_)) => Kept::Text(cell.text.trim().to_owned()),
            // What should be a number and is none is not known.
            (SheetKind::Integer | SheetKind::Decimal, Kept::Text(words)) if !words.is_empty() => Kept::Unknown(None),
            (_, kept) => kept,
        }
    };
    let columns = (0..).zip(&layout.columns);
    columns.map(|(place, column)| (column.key.clone(), cell(place, column.kind))).collect::<BTreeMap<_, _>>()
}

#[cfg(test)]
mod tests {
    use document::sheet::{SheetContent, write_sheet};
    use jiff::civil::date;
    use proptest::prelude::*;
    use quantity::Moment;

    use super::*;

    fn layout() -> &'static SheetLayout {
        crate::views::daily_sheet::layout().unwrap()
    }

    fn sheet(rows: &[BTreeMap<String, Value>], version: &str) -> Vec<u8> {
        let facts = [
            ("issuer", "Sở Y tế tỉnh An Giang"),
            ("province", "AN GIANG"),
            ("date", "22/11/2026"),
            ("known_at", "22/11/2026 08:00"),
            ("layout_version", version),
        ];
        let facts = facts.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        let content = SheetContent { facts, rows: rows.to_vec(), simulated: true };
        write_sheet(layout(), &content, Moment::start_of(date(2026, 11, 22))).unwrap()
    }

    fn row(name: &str, beds: Value, used: Value) -> BTreeMap<String, Value> {
        let cells = [("facility", Value::Text(name.into())), ("oxygen_beds", beds), ("use_per_day", used)];
        cells.map(|(key, value)| (key.to_owned(), value)).into()
    }

    /// OX19: the sheet that a province exports is read back as it was written, unknown as unknown.
    #[test]
    fn the_sheet_comes_back_as_it_was_written() {
        let rows = [row("BV A", Value::Integer(41), Value::Unknown), row("BV B", Value::Unknown, Value::Decimal(12.5))];
        let told = read_return(layout(), "an-giang.xlsx", &sheet(&rows, &layout().version)).unwrap();
        assert_eq!((told.province_name.as_str(), told.day, told.simulated), ("AN GIANG", date(2026, 11, 22), true));
        assert_eq!(told.rows.len(), 2);
        assert_eq!(told.rows[0]["oxygen_beds"], Kept::Integer(41));
        assert_eq!(told.rows[0]["use_per_day"], Kept::Unknown(None));
        assert_eq!(told.rows[1]["use_per_day"], Kept::Decimal(12.5));
        let other = read_return(layout(), "cu.xlsx", &sheet(&rows, "1999-01-01")).unwrap_err();
        assert_eq!(other.code(), "PAP-011");
    }

    #[test]
    fn a_file_that_is_no_return_says_what_is_missing() {
        let read = |bytes: &[u8]| read_return(layout(), "x", bytes).unwrap_err();
        assert_eq!(read(b"{").code(), "PAP-010");
        assert_eq!(read(b"PK\x03\x04 none").code(), "PAP-010");
        assert_eq!(read(&[0xff, 0xfe]).code(), "PAP-010");
        assert_eq!(
            read(br#"{"layout":"a","layout_version":"b","province_name":"c","day":"2026-11-22","rows":[]}"#).code(),
            "PAP-011"
        );
    }

    /// The data of a signed report counts as the return of its province.
    #[test]
    fn the_data_of_a_report_is_a_return_too() {
        let version = &layout().version;
        let text = format!(
            r#"{{"document":{{"simulated":true}},"sheet_version":"{version}","layout":"ministry","layout_version":"x",
            "day":"2026-11-22","province_name":"An Giang","rows":[{{"facility":"BV A","oxygen_beds":4}}]}}"#
        );
        let told = read_return(layout(), "bao-cao.json", text.as_bytes()).unwrap();
        assert!(told.simulated && told.rows[0]["oxygen_beds"] == Kept::Integer(4));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn any_figures_survive_the_sheet(beds in prop::collection::vec(prop::option::of(0_i64..100_000), 1..6), used in 0.0..1e6_f64) {
            let value = |count: &Option<i64>| count.map_or(Value::Unknown, Value::Integer);
            let rows: Vec<_> = beds.iter().map(|count| row("BV X", value(count), Value::Decimal(used))).collect();
            let told = read_return(layout(), "a.xlsx", &sheet(&rows, &layout().version)).unwrap();
            prop_assert_eq!(told.rows.len(), beds.len());
            for (read, count) in told.rows.iter().zip(&beds) {
                prop_assert_eq!(&read["oxygen_beds"], &Kept::from(&value(count)));
                prop_assert!((read["use_per_day"].number().unwrap() - used).abs() < 1e-6);
            }
        }

        #[test]
        fn no_bytes_bring_it_down(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let _ = read_return(layout(), "a.xlsx", &bytes);
            let zipped: Vec<u8> = b"PK\x03\x04".iter().copied().chain(bytes).collect();
            let _ = read_return(layout(), "a.xlsx", &zipped);
        }
    }
}
