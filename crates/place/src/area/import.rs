//! Reading a file of areas: the good rows go in, the bad ones come back with line, column, code.

use std::collections::HashMap;

use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;

use super::record::{Record, records};
use super::{Area, AreaCode, ImportRefused, Level, RowProblem};

const COLUMNS: [&str; 9] =
    ["code", "name", "level", "parent", "valid_from", "valid_to", "successor_code", "lat", "lon"];

/// Degrees within which all of Viet Nam lies, its islands included.
const LATITUDES: std::ops::RangeInclusive<f64> = 6.0..=24.0;
const LONGITUDES: std::ops::RangeInclusive<f64> = 101.5..=118.0;

/// A row that is given back, or remarked on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadRow {
    /// Its first line in the file; the head is line 1.
    pub line: usize,
    /// The column at fault; empty when it is the row as a whole.
    pub column: &'static str,
    /// What is wrong.
    pub problem: RowProblem,
    /// The row as it stood, to be written into the file of bad rows.
    pub raw: String,
}

/// What a file of areas holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct AreaImport {
    /// Rows without fault, in the file's order.
    pub areas: Vec<Area>,
    /// Rows with a fault, by line.
    pub bad: Vec<BadRow>,
    /// Rows that went in although they name a successor which is not valid on the day they end:
    /// that successor leads nowhere until it is corrected.
    pub remarks: Vec<BadRow>,
    /// The head as it stood, for the file of bad rows.
    pub head: String,
}

/// Reads the text of a comma-separated file with the columns `code, name, level, parent,
/// valid_from, valid_to, successor_code, lat, lon` in any order; further columns are passed over.
/// Dates are `2025-07-01` or `01/07/2025`; several successors are joined by `|`, the main one first.
///
/// # Errors
/// [`ImportRefused`] when the file is empty or a column is missing or renamed.
pub fn parse_csv(text: &str) -> Result<AreaImport, ImportRefused> {
    let mut records = records(text).into_iter();
    let head = records.next().ok_or(ImportRefused::Empty)?;
    let columns = Columns::of(&head)?;

    let mut import = AreaImport { head: head.raw.to_owned(), ..AreaImport::default() };
    let mut good: Vec<(usize, &str, Area)> = Vec::new();
    for record in records {
        match columns.area(&record) {
            Ok(area) => good.push((record.line, record.raw, area)),
            Err((column, problem)) => {
                import.bad.push(BadRow { line: record.line, column, problem, raw: record.raw.to_owned() })
            }
        }
    }
    for check in [overlaps as Check, parents] {
        let faults = check(&good);
        good = drop_bad(good, &faults, &mut import.bad);
    }
    import.bad.sort_by_key(|row| row.line);
    import.remarks = unknown_successors(&good);
    import.areas = good.into_iter().map(|(_, _, area)| area).collect();
    Ok(import)
}

type Fault = (&'static str, RowProblem);
type Rows<'a> = Vec<(usize, &'a str, Area)>;
/// Finds faults by place among rows that are good by themselves.
type Check = fn(&Rows<'_>) -> HashMap<usize, Fault>;

fn drop_bad<'a>(rows: Rows<'a>, faults: &HashMap<usize, Fault>, bad: &mut Vec<BadRow>) -> Rows<'a> {
    let mut kept = Vec::with_capacity(rows.len());
    for (place, (line, raw, area)) in rows.into_iter().enumerate() {
        match faults.get(&place) {
            Some((column, problem)) => bad.push(BadRow { line, column, problem: problem.clone(), raw: raw.to_owned() }),
            None => kept.push((line, raw, area)),
        }
    }
    kept
}

/// Where each column stands.
struct Columns {
    places: [usize; 9],
    count: usize,
}

impl Columns {
    fn of(head: &Record<'_>) -> Result<Self, ImportRefused> {
        let names = head.fields.clone().unwrap_or_default();
        let mut places = [0; 9];
        for (place, column) in places.iter_mut().zip(COLUMNS) {
            *place = names
                .iter()
                .position(|name| name.trim().eq_ignore_ascii_case(column))
                .ok_or(ImportRefused::ColumnMissing { column })?;
        }
        Ok(Self { places, count: names.len() })
    }

    fn area(&self, record: &Record<'_>) -> Result<Area, Fault> {
        let fields = record.fields.as_ref().ok_or(("", RowProblem::Quote))?;
        if fields.len() != self.count {
            return Err(("", RowProblem::FieldCount { found: fields.len(), expected: self.count }));
        }
        let [code, name, level, parent, valid_from, valid_to, successors, lat, lon] =
            self.places.map(|place| fields.get(place).map_or("", |field| field.trim()));

        let code: AreaCode = code.parse().map_err(|_| ("code", RowProblem::Code))?;
        if level != code.level().word() {
            return Err(("level", RowProblem::Level));
        }
        let valid_from = read_date(valid_from).ok_or(("valid_from", RowProblem::Date))?;
        let valid_to = optional(valid_to, read_date).ok_or(("valid_to", RowProblem::Date))?;
        if valid_to.is_some_and(|end| end <= valid_from) {
            return Err(("valid_to", RowProblem::EndsBeforeItBegins));
        }
        let (lat, lon) = read_point(lat, lon)?;
        Ok(Area {
            code,
            name: read_name(name).ok_or(("name", RowProblem::Name))?,
            level: code.level(),
            parent: optional(parent, |text| text.parse().ok())
                .ok_or(("parent", RowProblem::Parent { level: code.level() }))?,
            valid_from,
            valid_to,
            successors: read_successors(successors, valid_to).ok_or(("successor_code", RowProblem::Successor))?,
            lat,
            lon,
        })
    }
}

/// An empty field is no value; a field that cannot be read is `None` outside.
fn optional<T>(text: &str, read: impl Fn(&str) -> Option<T>) -> Option<Option<T>> {
    if text.is_empty() { Some(None) } else { read(text).map(Some) }
}

fn read_date(text: &str) -> Option<Date> {
    let (separator, year_first) = if text.contains('/') { ('/', false) } else { ('-', true) };
    let parts: Vec<&str> = text.split(separator).collect();
    let [first, month, last] = parts.as_slice() else { return None };
    let (year, day) = if year_first { (first, last) } else { (last, first) };
    if year.len() != 4 || [year, month, day].iter().any(|part| !part.bytes().all(|byte| byte.is_ascii_digit())) {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// One normal form. A question mark or a replacement character is the trace of a lost letter.
fn read_name(text: &str) -> Option<Box<str>> {
    let damaged = text.is_empty() || text.contains(['?', '\u{fffd}']) || text.chars().any(char::is_control);
    (!damaged && text.chars().any(char::is_alphanumeric)).then(|| text.nfc().collect::<String>().into_boxed_str())
}

fn read_point(lat: &str, lon: &str) -> Result<(Option<f64>, Option<f64>), Fault> {
    if lat.is_empty() && lon.is_empty() {
        return Ok((None, None));
    }
    let read = |text: &str, range: std::ops::RangeInclusive<f64>, column| {
        text.parse::<f64>().ok().filter(|degrees| range.contains(degrees)).ok_or((column, RowProblem::Coordinates))
    };
    Ok((Some(read(lat, LATITUDES, "lat")?), Some(read(lon, LONGITUDES, "lon")?)))
}

fn read_successors(text: &str, valid_to: Option<Date>) -> Option<Box<[AreaCode]>> {
    if text.is_empty() {
        return Some(Box::default());
    }
    valid_to?;
    text.split('|').map(|code| code.trim().parse().ok()).collect()
}

/// Rows by code, in the file's order.
fn by_code(rows: &Rows<'_>) -> HashMap<AreaCode, Vec<usize>> {
    let mut places: HashMap<AreaCode, Vec<usize>> = HashMap::new();
    for (place, (_, _, area)) in rows.iter().enumerate() {
        places.entry(area.code).or_default().push(place);
    }
    places
}

fn overlaps(rows: &Rows<'_>) -> HashMap<usize, Fault> {
    let mut faults = HashMap::new();
    for places in by_code(rows).values() {
        let mut kept: Vec<&(usize, &str, Area)> = Vec::new();
        for (place, row) in places.iter().filter_map(|place| Some((*place, rows.get(*place)?))) {
            let other = kept.iter().find(|other| meet(&other.2, &row.2));
            match other {
                Some(other) => {
                    faults.insert(place, ("valid_from", RowProblem::Overlap { line: other.0 }));
                }
                None => kept.push(row),
            }
        }
    }
    faults
}

fn meet(one: &Area, other: &Area) -> bool {
    one.valid_to.is_none_or(|end| other.valid_from < end) && other.valid_to.is_none_or(|end| one.valid_from < end)
}

/// A district stands under a province, a commune under either; provinces go first, so that a
/// district without its province takes its communes along.
fn parents(rows: &Rows<'_>) -> HashMap<usize, Fault> {
    let places = by_code(rows);
    let mut faults: HashMap<usize, Fault> = HashMap::new();
    for level in [Level::Province, Level::District, Level::Commune] {
        for (place, (_, _, area)) in rows.iter().enumerate().filter(|(_, row)| row.2.level == level) {
            let stands = match area.parent {
                None => level == Level::Province,
                Some(parent) => {
                    parent.level() < level
                        && valid_place(rows, &places, parent, area.valid_from)
                            .is_some_and(|above| !faults.contains_key(&above))
                }
            };
            if !stands {
                faults.insert(place, ("parent", RowProblem::Parent { level }));
            }
        }
    }
    faults
}

/// Registers in use name a few successors under a code that never began; refusing the row would
/// lose the area itself.
fn unknown_successors(rows: &Rows<'_>) -> Vec<BadRow> {
    let places = by_code(rows);
    rows.iter()
        .filter(|(_, _, area)| {
            let end = area.valid_to.unwrap_or(area.valid_from);
            area.successors.iter().any(|code| valid_place(rows, &places, *code, end).is_none())
        })
        .map(|(line, raw, _)| BadRow {
            line: *line,
            column: "successor_code",
            problem: RowProblem::Successor,
            raw: (*raw).to_owned(),
        })
        .collect()
}

fn valid_place(rows: &Rows<'_>, places: &HashMap<AreaCode, Vec<usize>>, code: AreaCode, day: Date) -> Option<usize> {
    places.get(&code)?.iter().copied().find(|place| rows.get(*place).is_some_and(|row| row.2.valid_on(day)))
}
