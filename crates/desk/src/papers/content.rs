//! What a report says: the paper, and the figures behind it under the keys of the sheet. Kept as one
//! piece under its digest, so that what was signed can be shown to be what is there.

use std::collections::BTreeMap;

use document::official::{Block, Column, CopyTo, Kind, OfficialDocument, Table};
use document::sheet::{SheetColumn, SheetLayout, Value};
use jiff::civil::Date;
use place::FacilityId;
use quantity::Moment;
use quantity::time::show_date;
use serde::{Deserialize, Serialize};

use super::layout::{PaperForm, PaperLayout, Part, RegisterTable};

/// A cell as it is kept: a number, words, nothing known (`null`), or not applicable (`""`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Kept {
    /// A whole number.
    Integer(i64),
    /// A number.
    Decimal(f64),
    /// Words; empty where the column does not apply.
    Text(String),
    /// Not known.
    Unknown(Option<()>),
}

impl From<&Value> for Kept {
    fn from(value: &Value) -> Self {
        match value {
            Value::Empty => Self::Text(String::new()),
            Value::Unknown => Self::Unknown(None),
            Value::Integer(number) => Self::Integer(*number),
            Value::Decimal(number) if number.is_finite() => Self::Decimal(*number),
            Value::Decimal(_) => Self::Unknown(None),
            Value::Text(words) => Self::Text(words.clone()),
            Value::Date(day) => Self::Text(show_date(*day)),
            Value::Moment(at) => Self::Text(at.to_string()),
        }
    }
}

impl From<&Kept> for Value {
    fn from(kept: &Kept) -> Self {
        match kept {
            Kept::Unknown(_) => Self::Unknown,
            Kept::Text(words) if words.is_empty() => Self::Empty,
            Kept::Text(words) => Self::Text(words.clone()),
            Kept::Integer(number) => Self::Integer(*number),
            Kept::Decimal(number) => Self::Decimal(*number),
        }
    }
}

impl Kept {
    /// Its number, if it is one.
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Integer(number) => Some(*number as f64),
            Self::Decimal(number) => Some(*number),
            Self::Text(_) | Self::Unknown(_) => None,
        }
    }

    /// Whether it stands for nothing known.
    pub const fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown(_))
    }
}

/// A row by the keys of the sheet.
pub type Row = BTreeMap<String, Kept>;

/// What a register of the desk gives a paper.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Register {
    /// Its rows, by the keys of the layout's columns.
    pub rows: Vec<Row>,
    /// What must be said beside them: how a figure was made, who is missing.
    #[serde(default)]
    pub notes: Vec<String>,
}

/// Registers by their names in the layout.
pub type Registers = BTreeMap<String, Register>;

/// A report's paper and figures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Content {
    /// As it is printed.
    pub document: OfficialDocument,
    /// The figures: one row a facility.
    pub rows: Vec<Row>,
    /// The facilities that it names: who may not see one of them does not see the paper. Papers of before this was
    /// written down have none, and are judged by the names in their rows.
    #[serde(default)]
    pub facilities: Vec<FacilityId>,
    /// What the registers gave.
    #[serde(default)]
    pub registers: Registers,
    /// Key of the layout of the paper.
    pub layout: String,
    /// Its version.
    pub layout_version: String,
    /// Version of the layout of the figures.
    pub sheet_version: String,
    /// The day it is about.
    pub day: Date,
    /// Figures until this moment.
    pub at: Moment,
    /// Number of the command post.
    pub province: i64,
    /// Its name.
    pub province_name: String,
    /// Facilities with a figure of stock in force.
    pub heard: usize,
}

/// What a report is made from.
pub struct Facts<'a> {
    /// The body that issues it.
    pub issuer: &'a str,
    /// The body above it.
    pub parent: Option<&'a str>,
    /// «An Giang».
    pub province: &'a str,
    /// The day it is about.
    pub day: Date,
    /// Figures until this moment.
    pub at: Moment,
    /// Its figures.
    pub rows: &'a [Row],
    /// What the registers give.
    pub registers: &'a Registers,
    /// Words of this kind that stand in braces, beside those of every paper.
    pub words: &'a [(&'static str, String)],
    /// Some of them are invented.
    pub simulated: bool,
}

/// What is said where nobody has told a figure.
const NONE_YET: &str = "Chưa có số liệu.";

/// The paper of a layout, unsigned.
pub fn paper(layout: &PaperLayout, sheet: &SheetLayout, facts: &Facts<'_>) -> OfficialDocument {
    let fill = |text: &str| {
        let at = format!("{} ngày {}", facts.at.show_time(), facts.at.show_date());
        let mut filled = text.replace("{province}", facts.province).replace("{issuer}", facts.issuer);
        for (name, words) in facts.words {
            filled = filled.replace(&format!("{{{name}}}"), words);
        }
        filled.replace("{date}", &show_date(facts.day)).replace("{at}", &at)
    };
    let mut body = vec![Block::Paragraph(fill(&layout.opening))];
    for part in &layout.parts {
        if !part.heading.is_empty() {
            body.push(Block::Heading { number: part.number.clone(), text: part.heading.clone() });
        }
        body.extend(said(part, sheet, facts.rows));
        for table in &part.tables {
            body.extend(register_said(table, facts.registers.get(&table.register)));
        }
    }
    body.push(Block::Paragraph(fill(&layout.closing)));
    OfficialDocument {
        parent: facts.parent.map(str::to_owned),
        issuer: facts.issuer.to_owned(),
        symbol: layout.mark(),
        place: facts.province.to_owned(),
        year: Some(facts.at.date().year()),
        kind: match layout.form {
            PaperForm::Named => Kind::Named { name: layout.name.clone(), subject: fill(&layout.subject) },
            PaperForm::Letter => Kind::Letter { subject: fill(&layout.subject) },
        },
        recipients: layout.recipients.iter().map(|whom| fill(whom)).collect(),
        body,
        copies: layout
            .copies
            .iter()
            .map(|copy| CopyTo { whom: fill(&copy.whom), purpose: copy.purpose.clone() })
            .collect(),
        archive: layout.archive.clone(),
        draft: true,
        simulated: facts.simulated,
        ..OfficialDocument::default()
    }
}

fn said(part: &Part, sheet: &SheetLayout, rows: &[Row]) -> Vec<Block> {
    let column = |key: &String| sheet.columns.iter().find(|column| column.key == *key);
    let mut blocks: Vec<Block> =
        part.sums.iter().filter_map(column).map(|column| Block::Bullet(summed(column, rows))).collect();
    let columns: Vec<&SheetColumn> = part.columns.iter().filter_map(column).collect();
    if columns.is_empty() {
        return blocks;
    }
    let told = |row: &Row| {
        let figures = columns.iter().filter(|column| column.key != "facility");
        figures.clone().any(|column| row.get(&column.key).is_some_and(|kept| !Value::from(kept).is_nothing()))
    };
    if !rows.iter().any(told) {
        blocks.push(Block::Paragraph(NONE_YET.to_owned()));
        return blocks;
    }
    let cells = |row: &Row| columns.iter().map(|column| shown(column, row.get(&column.key))).collect();
    blocks.push(Block::Table(Table {
        title: String::new(),
        columns: columns.iter().map(|column| headed(column)).collect(),
        rows: rows.iter().map(cells).collect(),
    }));
    blocks
}

/// A register's table with what must be said beside it.
fn register_said(table: &RegisterTable, register: Option<&Register>) -> Vec<Block> {
    let rows = register.map_or(&[][..], |register| register.rows.as_slice());
    let mut blocks = Vec::new();
    if rows.is_empty() {
        let title = if table.title.is_empty() { String::new() } else { format!("{}: ", table.title) };
        blocks.push(Block::Paragraph(format!("{title}{}", table.empty)));
    } else {
        let cells = |row: &Row| table.columns.iter().map(|column| shown(column, row.get(&column.key))).collect();
        let wide = |column: &SheetColumn| column.width.clamp(1.0, 200.0) as u16;
        let columns = table.columns.iter();
        blocks.push(Block::Table(Table {
            title: table.title.clone(),
            columns: columns.map(|column| Column { width: wide(column), ..headed(column) }).collect(),
            rows: rows.iter().map(cells).collect(),
        }));
    }
    blocks.extend(register.into_iter().flat_map(|register| register.notes.iter().cloned().map(Block::Paragraph)));
    blocks
}

trait Nothing {
    fn is_nothing(&self) -> bool;
}

impl Nothing for Value {
    fn is_nothing(&self) -> bool {
        matches!(self, Self::Empty | Self::Unknown)
    }
}

fn headed(column: &SheetColumn) -> Column {
    let width = match column.kind {
        _ if column.key == "facility" => 32,
        document::sheet::SheetKind::Text if column.width > 12.0 => 24,
        _ => 13,
    };
    Column { title: named(column), width, number: is_number(column), group: column.group.clone() }
}

/// Its title, with its unit where neither it nor what stands above it says that.
fn named(column: &SheetColumn) -> String {
    let said =
        column.unit.is_empty() || [&column.title, &column.group].iter().any(|words| words.contains(&column.unit));
    if said { column.title.clone() } else { format!("{} ({})", column.title, column.unit) }
}

const fn is_number(column: &SheetColumn) -> bool {
    matches!(column.kind, document::sheet::SheetKind::Integer | document::sheet::SheetKind::Decimal)
}

/// A cell in words: «chưa rõ» where nobody knows.
fn shown(column: &SheetColumn, kept: Option<&Kept>) -> String {
    match kept {
        None | Some(Kept::Unknown(_)) => document::sheet::UNKNOWN.to_owned(),
        Some(Kept::Text(words)) => words.clone(),
        Some(Kept::Integer(number)) => quantity::show_number(*number as f64, 0),
        Some(Kept::Decimal(number)) => quantity::show_number(*number, usize::from(column.digits)),
    }
}

/// «Giường oxy: 120 (4 cơ sở; 2 cơ sở chưa rõ)»: what is unknown is counted apart, never as 0.
fn summed(column: &SheetColumn, rows: &[Row]) -> String {
    let total = Total::of(rows.iter().map(|row| row.get(&column.key)));
    let name = named(column);
    match total.known {
        0 if total.unknown == 0 => format!("{name}: không có;"),
        0 => format!("{name}: chưa rõ ({} cơ sở chưa báo);", total.unknown),
        known => {
            let sum = quantity::show_number(total.sum, usize::from(column.digits));
            let rest =
                if total.unknown > 0 { format!("; {} cơ sở chưa rõ", total.unknown) } else { String::new() };
            format!("{name}: {sum} (tổng của {known} cơ sở{rest});")
        }
    }
}

/// A sum that counts what is unknown apart.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Total {
    /// Sum of what is known.
    pub sum: f64,
    /// How many told a number.
    pub known: usize,
    /// How many should have and did not.
    pub unknown: usize,
}

impl Total {
    /// Adds cells up. A cell that does not apply counts as neither.
    pub fn of<'k>(cells: impl Iterator<Item = Option<&'k Kept>>) -> Self {
        let mut total = Self::default();
        for cell in cells {
            match cell {
                None | Some(Kept::Unknown(_)) => total.unknown += 1,
                Some(kept) => {
                    if let Some(number) = kept.number() {
                        total.sum += number;
                        total.known += 1;
                    }
                }
            }
        }
        total
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_is_counted_apart_and_what_does_not_apply_is_not_counted() {
        let cells = [Kept::Integer(3), Kept::Unknown(None), Kept::Text(String::new()), Kept::Decimal(0.5)];
        let total = Total::of(cells.iter().map(Some).chain([None]));
        assert_eq!(total, Total { sum: 3.5, known: 2, unknown: 2 });
    }

    #[test]
    fn what_is_kept_is_read_back_as_it_was() {
        let values = [Value::Empty, Value::Unknown, Value::Integer(3), Value::Decimal(0.5), Value::Text("a".into())];
        for value in values {
            let text = serde_json::to_string(&Kept::from(&value)).unwrap();
            assert_eq!(Value::from(&serde_json::from_str::<Kept>(&text).unwrap()), value, "{text}");
        }
    }
}
