//! A row of a register, as it stands and as a file tells it.
//!
//! A cell that the file leaves empty keeps what stands; the word «xóa» takes it away. So a sheet that
//! tells a few columns of a few rows changes these and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use document::CellProblem;
use document::columns::{Fields, Kind, Layout, folded};
use document::sheet::Value;
use document::table::CellKind;
use jiff::civil::Date;
use oxygen::alarm::DayHours;
use quantity::{Convention, Moment, Typed, show_number};

use super::refused::Refused;
use crate::failure::Reason;

/// The cells of a row by column key; what is not known is not there.
pub(crate) type Cells = BTreeMap<String, Value>;

/// What reading a row yields: or why it is given back.
pub(crate) type Read<T> = Result<T, Box<dyn Reason>>;

pub(crate) fn boxed(reason: impl Reason + 'static) -> Box<dyn Reason> {
    Box::new(reason)
}

/// The word that takes away what stands.
pub const ERASE: &str = "xóa";
/// A word that says that nobody knows: nothing is changed by it.
const UNKNOWN: &str = "chua ro";

/// What one row of a file tells, by column key; `None` takes away what stands.
pub(crate) type Told = BTreeMap<String, Option<Value>>;

fn told_cell(fields: &Fields<'_>, layout: &Layout, key: &str) -> Result<Option<Option<Value>>, CellProblem> {
    let (Ok(id), Some(column)) = (fields.columns().column(key), layout.column(key)) else { return Ok(None) };
    let Some(cell) = fields.cell(id) else { return Ok(None) };
    if cell.kind == CellKind::Text && !column.required {
        let word = folded(cell.text);
        if word == folded(ERASE) {
            return Ok(Some(None));
        }
        if word == UNKNOWN {
            return Ok(None);
        }
    }
    let value = match column.kind {
        Kind::Text => fields.text(id)?.map(tidy).filter(|text| !text.is_empty()).map(Value::Text),
        Kind::Integer => fields.integer(id)?.map(Value::Integer),
        Kind::Decimal => fields.decimal(id)?.map(Value::Decimal),
        Kind::Date => fields.date(id)?.map(Value::Date),
        Kind::Datetime => fields.moment(id)?.map(Value::Moment),
        Kind::Unit | Kind::Choice => fields.choice(id)?.map(|choice| Value::Text(choice.key.clone())),
    };
    Ok(value.map(Some))
}

/// What a row of a file tells.
pub(crate) fn told(fields: &Fields<'_>, layout: &Layout) -> Read<Told> {
    fields.check().map_err(boxed)?;
    let mut told = Told::new();
    for column in &layout.columns {
        if let Some(cell) = told_cell(fields, layout, &column.key).map_err(boxed)? {
            told.insert(column.key.clone(), cell);
        }
    }
    Ok(told)
}

/// Words without doubled blanks and line ends.
pub(crate) fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether two cells say the same.
pub(crate) fn same(one: Option<&Value>, other: Option<&Value>) -> bool {
    let number = |value: &Value| match value {
        Value::Integer(whole) => Some(*whole as f64),
        Value::Decimal(number) => Some(*number),
        _ => None,
    };
    match (one, other) {
        (None, None) => true,
        (Some(Value::Text(one)), Some(Value::Text(other))) => tidy(one) == tidy(other),
        (Some(one), Some(other)) => match (number(one), number(other)) {
            // A spreadsheet keeps fifteen digits.
            (Some(one), Some(other)) => (one - other).abs() <= 1e-9 * one.abs().max(other.abs()).max(1.0),
            _ => one == other,
        },
        _ => false,
    }
}

/// A cell as a person reads it.
pub(crate) fn shown(layout: &Layout, key: &str, value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Empty | Value::Unknown) => String::new(),
        Some(Value::Text(text)) => {
            let column = layout.column(key);
            let choice = column.and_then(|column| column.choices.iter().find(|choice| choice.key == *text));
            choice.map_or_else(|| text.clone(), |choice| choice.title.clone())
        }
        Some(Value::Integer(whole)) => show_number(*whole as f64, 0),
        Some(Value::Decimal(number)) => trimmed(*number),
        Some(Value::Date(day)) => quantity::time::show_date(*day),
        Some(Value::Moment(at)) => at.to_string(),
    }
}

/// A number with as many decimals as it has, three at most.
pub(crate) fn trimmed(number: f64) -> String {
    let text = show_number(number, 3);
    if text.contains(',') { text.trim_end_matches('0').trim_end_matches(',').to_owned() } else { text }
}

/// A row of a file laid over what stands.
pub(crate) struct Row<'a> {
    /// The cells as they would stand.
    pub cells: Cells,
    /// The columns that differ from what stands.
    pub changed: BTreeSet<String>,
    /// The row of the file.
    pub fields: Fields<'a>,
    /// Its columns.
    pub layout: &'a Layout,
}

impl Row<'_> {
    /// Whether a column differs from what stands.
    pub fn changes(&self, key: &str) -> bool {
        self.changed.contains(key)
    }

    fn title(&self, key: &str) -> String {
        self.layout.column(key).map_or_else(|| key.to_owned(), |column| column.title.clone())
    }

    /// That something cannot be done without.
    pub fn need<T>(&self, value: Option<T>, key: &str) -> Read<T> {
        value.ok_or_else(|| boxed(Refused::Missing { title: self.title(key) }))
    }

    /// Words; empty where nothing stands.
    pub fn text(&self, key: &str) -> String {
        self.some(key).unwrap_or_default()
    }

    /// Words.
    pub fn some(&self, key: &str) -> Option<String> {
        match self.cells.get(key) {
            Some(Value::Text(text)) => Some(text.clone()),
            _ => None,
        }
    }

    /// Words that may not be missing.
    pub fn words(&self, key: &str) -> Read<String> {
        self.need(self.some(key), key)
    }

    /// A number.
    pub fn number(&self, key: &str) -> Option<f64> {
        match self.cells.get(key) {
            Some(Value::Decimal(number)) => Some(*number),
            Some(Value::Integer(whole)) => Some(*whole as f64),
            _ => None,
        }
    }

    /// A whole number.
    pub fn whole(&self, key: &str) -> Option<i64> {
        match self.cells.get(key) {
            Some(Value::Integer(whole)) => Some(*whole),
            _ => None,
        }
    }

    /// A count of pieces.
    pub fn count(&self, key: &str) -> Option<u32> {
        self.whole(key).and_then(|whole| u32::try_from(whole).ok())
    }

    /// A day.
    pub fn day(&self, key: &str) -> Option<Date> {
        match self.cells.get(key) {
            Some(Value::Date(day)) => Some(*day),
            _ => None,
        }
    }

    /// A day and an hour.
    pub fn moment(&self, key: &str) -> Option<Moment> {
        match self.cells.get(key) {
            Some(Value::Moment(at)) => Some(*at),
            _ => None,
        }
    }

    /// Yes or no; none when nobody said.
    pub fn yes(&self, key: &str) -> Option<bool> {
        self.some(key).map(|word| word == "yes")
    }

    /// One of some, by its stable name.
    pub fn one_of<T: Copy>(&self, key: &str, all: &[T], code: impl Fn(T) -> &'static str) -> Read<T> {
        let word = self.words(key)?;
        let found = all.iter().copied().find(|one| code(*one) == word);
        found.ok_or_else(|| self.unreadable(key))
    }

    /// That the words of a column cannot be read.
    pub fn unreadable(&self, key: &str) -> Box<dyn Reason> {
        boxed(Refused::Unreadable { typed: self.text(key), title: self.title(key) })
    }

    /// A figure with its unit, as typed in one cell; what stands where the cell has not changed.
    pub fn typed(&self, key: &str, before: Option<&Typed>) -> Read<Option<Typed>> {
        match (self.changes(key), self.some(key), before) {
            (false, _, Some(before)) => Ok(Some(before.clone())),
            (_, Some(text), _) => {
                Typed::read(&text, Some(Convention::DecimalComma), None).map(Some).map_err(|_| self.unreadable(key))
            }
            (_, None, _) => Ok(None),
        }
    }

    /// That only some columns of what stands may be changed by a file.
    pub fn only(&self, allowed: &[&str]) -> Read<()> {
        let others: Vec<String> =
            self.changed.iter().filter(|key| !allowed.contains(&key.as_str())).map(|key| self.title(key)).collect();
        if others.is_empty() { Ok(()) } else { Err(boxed(Refused::NotByFile { titles: others.join(", ") })) }
    }

    /// That none of some columns is there to be changed.
    pub fn none_of(&self, keys: &[&str]) -> Read<()> {
        let titles: Vec<String> = keys.iter().map(|key| self.title(key)).collect();
        if titles.is_empty() { Ok(()) } else { Err(boxed(Refused::NotByFile { titles: titles.join(", ") })) }
    }

    /// That two columns exclude each other.
    pub fn one_of_two(&self, one: &str, other: &str) -> Box<dyn Reason> {
        boxed(Refused::OneOfTwo { one: self.title(one), other: self.title(other) })
    }
}

/// Figures with their unit in the one spelling in which they are compared.
pub(crate) fn settle_typed(told: &mut Cells, keys: &[&str]) {
    for key in keys {
        let Some(Value::Text(text)) = told.get(*key) else { continue };
        if let Ok(typed) = Typed::read(text, Some(Convention::DecimalComma), None) {
            let settled = Writer::default().typed(key, Some(&typed));
            told.extend(settled.0);
        }
    }
}

/// Hours of a day, one or several, in the one spelling in which they are compared.
pub(crate) fn settle_hours(told: &mut Cells, keys: &[&str]) {
    for key in keys {
        let Some(Value::Text(text)) = told.get(*key) else { continue };
        if let Some(hours) = DayHours::read_all(text) {
            let hours: Vec<String> = hours.iter().map(ToString::to_string).collect();
            told.insert((*key).to_owned(), Value::Text(hours.join(", ")));
        }
    }
}

/// Cells being written down.
#[derive(Default)]
pub(crate) struct Writer(pub Cells);

impl Writer {
    /// Words, where there are any.
    pub fn text(mut self, key: &str, text: impl Into<String>) -> Self {
        let text = tidy(&text.into());
        if !text.is_empty() {
            self.0.insert(key.to_owned(), Value::Text(text));
        }
        self
    }

    /// Words, where they are known.
    pub fn some(self, key: &str, text: Option<&str>) -> Self {
        self.text(key, text.unwrap_or_default())
    }

    /// A number.
    pub fn number(mut self, key: &str, number: Option<f64>) -> Self {
        if let Some(number) = number {
            self.0.insert(key.to_owned(), Value::Decimal(number));
        }
        self
    }

    /// A whole number.
    pub fn whole(mut self, key: &str, whole: Option<impl Into<i64>>) -> Self {
        if let Some(whole) = whole {
            self.0.insert(key.to_owned(), Value::Integer(whole.into()));
        }
        self
    }

    /// A day.
    pub fn day(mut self, key: &str, day: Option<Date>) -> Self {
        if let Some(day) = day {
            self.0.insert(key.to_owned(), Value::Date(day));
        }
        self
    }

    /// A day and an hour, to the minute, as sheets keep it.
    pub fn moment(mut self, key: &str, at: Option<Moment>) -> Self {
        if let Some(at) = at {
            self.0.insert(key.to_owned(), Value::Moment(to_the_minute(at)));
        }
        self
    }

    /// Yes or no, where somebody said.
    pub fn yes(self, key: &str, yes: Option<bool>) -> Self {
        self.some(key, yes.map(|yes| if yes { "yes" } else { "no" }))
    }

    /// A figure with its unit, in one cell.
    pub fn typed(self, key: &str, typed: Option<&Typed>) -> Self {
        self.text(
            key,
            typed.map(|typed| format!("{} {}", trimmed(typed.value), typed.unit.label())).unwrap_or_default(),
        )
    }
}

/// A moment without its seconds.
pub(crate) fn to_the_minute(at: Moment) -> Moment {
    Moment::from_micros(at.micros().div_euclid(60_000_000) * 60_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn settled(settle: fn(&mut Cells, &[&str]), text: &str) -> Cells {
        let mut cells = Cells::from([("x".to_owned(), Value::Text(text.to_owned()))]);
        settle(&mut cells, &["x"]);
        cells
    }

    #[test]
    fn one_figure_has_one_spelling() {
        for text in ["2800 L/phút", "2.800 l/phút", "2800 lít/phút"] {
            assert_eq!(settled(settle_typed, text)["x"], Value::Text("2.800 lít/phút".to_owned()), "{text}");
        }
        assert_eq!(settled(settle_hours, "6h - 8h; 16-19")["x"], Value::Text("06:00–08:00, 16:00–19:00".to_owned()));
        assert_eq!(trimmed(1_250.5), "1.250,5");
        assert_eq!(trimmed(1_000.0), "1.000");
    }

    #[test]
    fn what_a_spreadsheet_rounds_is_the_same() {
        assert!(same(Some(&Value::Decimal(0.1 + 0.2)), Some(&Value::Decimal(0.3))));
        assert!(same(Some(&Value::Integer(12)), Some(&Value::Decimal(12.0))));
        assert!(same(Some(&Value::Text("BV  Hải\nÂu".into())), Some(&Value::Text("BV Hải Âu".into()))));
        assert!(!same(Some(&Value::Integer(0)), None), "nothing is not zero");
    }

    proptest! {
        /// Whatever somebody types: settled once is settled for ever, or two readings of one file would differ.
        #[test]
        fn what_is_settled_stays_so(text in "\\PC{0,30}", number in 0.0..1e7_f64) {
            for text in [text.clone(), format!("{text} - {text}"), format!("{} kg", trimmed(number)), "7:00-9h30".to_owned()] {
                for settle in [settle_typed as fn(&mut Cells, &[&str]), settle_hours] {
                    let once = settled(settle, &text);
                    let Value::Text(again) = &once["x"] else { panic!() };
                    prop_assert_eq!(&settled(settle, again), &once);
                }
            }
        }

        #[test]
        fn a_number_shown_is_read_as_itself(number in -1e9..1e9_f64) {
            let rounded = (number * 1_000.0).round() / 1_000.0;
            let read = quantity::read_number(&trimmed(rounded), Some(Convention::DecimalComma)).unwrap();
            prop_assert!((read - rounded).abs() < 1e-3);
        }
    }
}
