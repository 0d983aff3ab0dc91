//! Sheets with a column for each day and a row for each place, as people keep them: turned into the long form that a layout
//! describes, a row for each figure.
//!
//! A figure keeps the row and the column in which it stands. An empty cell, and one that holds a dash or «chưa rõ», tells
//! nothing: it is never 0. A row or column of sums is left out, and named.

use jiff::civil::Date;

use super::layout::Layout;
use super::{date, folded};
use crate::Place;
use crate::table::{Cell, CellKind, RowView, Table};

/// How deep the row of days may stand.
const DEEPEST_HEADER: usize = 20;
/// Words that stand beside the day in a title: «Thứ hai 16/11», «CN 22/11», «Ngày 15/11».
const BESIDE: [&str; 18] = [
    "ngay", "thu", "hai", "ba", "tu", "nam", "sau", "bay", "chu", "nhat", "cn", "t2", "t3", "t4", "t5", "t6", "t7",
    "so",
];
/// With what rows of sums begin.
const SUMS: [&str; 5] = ["tong", "cong", "toan tinh", "toan huyen", "total"];
/// More people than any place has: such a number is no count.
const MOST: f64 = 20_000_000.0;

/// A figure of a wide sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct WideCell {
    /// Where it stands in the sheet.
    pub place: Place,
    /// The day of its column.
    pub day: Date,
    /// As typed.
    pub typed: String,
    /// Whether it is a whole number of people; otherwise it must be given back.
    pub is_count: bool,
}

/// A wide sheet in the long form.
#[derive(Debug, Clone, PartialEq)]
pub struct Unfolded {
    /// A row for each figure, under the titles of the layout; its number is that of the row in the sheet.
    pub table: Table,
    /// The figures, in the order of the rows of [`Unfolded::table`].
    pub cells: Vec<WideCell>,
    /// The days, in the order of their columns; a day may stand twice.
    pub days: Vec<Date>,
    /// Whether a title named no year: the latest day that is not still to come was meant.
    pub assumed_year: bool,
    /// Rows with figures.
    pub rows: usize,
    /// Titles, and rows of sums, that were left out, with where they stand.
    pub left_out: Vec<(String, String)>,
}

struct Head {
    row: u32,
    /// Columns that the layout knows, with their titles.
    carried: Vec<(u16, String)>,
    days: Vec<(u16, Date)>,
    assumed_year: bool,
    left_out: Vec<(String, String)>,
}

/// Reads a sheet as a wide one: under the titles of days stand what the column `figure` of the layout holds, of the day
/// that its column `day` would name. `today` is the day after which no title without a year lies. None where the sheet
/// has no row of titles with days beside a column that the layout knows, or names `day` or `figure` itself.
pub fn unfold(table: &Table, layout: &Layout, (day, figure): (&str, &str), today: Date) -> Option<Unfolded> {
    let top: Vec<RowView<'_>> = table.rows().take(DEEPEST_HEADER).collect();
    let heads = (0..top.len()).filter_map(|index| head_of(&top, index, layout, (day, figure), today));
    let head = heads.reduce(|best, next| if next.days.len() > best.days.len() { next } else { best })?;
    let title = |key: &str| layout.column(key).map(|column| column.title.clone()).unwrap_or_default();
    let mut rows = vec![head_row(&head, [title(day), title(figure)])];
    let mut found = Unfolded {
        table: table.clone(),
        cells: Vec::new(),
        days: head.days.iter().map(|(_, day)| *day).collect(),
        assumed_year: head.assumed_year,
        rows: 0,
        left_out: head.left_out.clone(),
    };
    for row in table.rows().filter(|row| row.number() > head.row) {
        if let Some(sum) = sum_in(row, &head) {
            found.left_out.push((sum.place.to_string(), sum.text.to_owned()));
            continue;
        }
        let told = head.days.iter().map(|(column, day)| (row.cell(*column), *day)).filter(|(cell, _)| tells(cell));
        // Without a place there is one row to be given back, however many figures it has.
        let most = if head.carried.iter().all(|(column, _)| row.cell(*column).is_empty()) { 1 } else { usize::MAX };
        let before = found.cells.len();
        for (cell, day) in told.take(most) {
            rows.push(long_row(row, &head, cell, day));
            found.cells.push(WideCell {
                place: cell.place,
                day,
                typed: cell.text.to_owned(),
                is_count: is_count(&cell),
            });
        }
        found.rows += usize::from(found.cells.len() > before);
    }
    found.table = Table::of_rows(table.source().clone(), rows);
    Some(found)
}

type LongRow = (u32, Vec<(String, CellKind)>);

fn head_row(head: &Head, added: [String; 2]) -> LongRow {
    let titles = head.carried.iter().map(|(_, title)| title.clone()).chain(added);
    (head.row, titles.map(|title| (title, CellKind::Text)).collect())
}

fn long_row(row: RowView<'_>, head: &Head, cell: Cell<'_>, day: Date) -> LongRow {
    let carried = head.carried.iter().map(|(column, _)| row.cell(*column));
    let mut cells: Vec<(String, CellKind)> = carried.map(|cell| (cell.text.to_owned(), cell.kind)).collect();
    cells.push((quantity::time::show_date(day), CellKind::Date(day)));
    cells.push((cell.text.to_owned(), cell.kind));
    (row.number(), cells)
}

/// The titles of a row, where days stand among them; a title above a gap counts for it, as in merged cells.
fn head_of(top: &[RowView<'_>], index: usize, layout: &Layout, keys: (&str, &str), today: Date) -> Option<Head> {
    let row = top.get(index)?;
    let above = index.checked_sub(1).and_then(|above| top.get(above));
    let width = above.map_or(0, |above| above.width()).max(row.width());
    let mut head =
        Head { row: row.number(), carried: Vec::new(), days: Vec::new(), assumed_year: false, left_out: Vec::new() };
    let known = |title: &str| {
        let name = folded(title);
        let is_called = |title: &String| folded(title) == name;
        layout.columns.iter().find(|one| is_called(&one.title) || one.aliases.iter().any(is_called))
    };
    for column in 0..width {
        let own = row.cell(column);
        if let Some((day, assumed)) = day_of(&own, today) {
            // Under the title of days it is a figure's day: a row of the long form.
            if above.is_some_and(|above| known(above.cell(column).text).is_some_and(|known| known.key == keys.0)) {
                return None;
            }
            head.days.push((column, day));
            head.assumed_year |= assumed;
            continue;
        }
        let title = if own.is_empty() { above.map(|above| above.cell(column)).unwrap_or(own) } else { own };
        if title.is_empty() {
            continue;
        }
        match known(title.text) {
            Some(known) if known.key == keys.0 || (known.key == keys.1 && !own.is_empty()) => return None,
            // «Số ca mắc mới» above the days is what they count, no column.
            Some(known) if known.key == keys.1 => {}
            Some(known) => head.carried.push((column, known.title.clone())),
            None => head.left_out.push((own.place.letter(), title.text.to_owned())),
        }
    }
    (!head.days.is_empty() && !head.carried.is_empty()).then_some(head)
}

/// The day that a title names, and whether its year was assumed.
fn day_of(cell: &Cell<'_>, today: Date) -> Option<(Date, bool)> {
    match cell.kind {
        CellKind::Date(day) => return Some((day, false)),
        CellKind::DateTime(at) => return Some((at.date(), false)),
        CellKind::Text => {}
        _ => return None,
    }
    if cell.text.len() > 60 {
        return None;
    }
    let mut found = None;
    for word in cell.text.split([' ', '\n', '\r', '\t', '(', ')', ',']).filter(|word| !word.is_empty()) {
        let named = date::read(word).filter(|written| written.time.is_none()).map(|written| (written.day, false));
        match named.or_else(|| short_day(word, today)) {
            Some(_) if found.is_some() => return None,
            Some(day) => found = Some(day),
            None if BESIDE.contains(&folded(word).as_str()) => {}
            None => return None,
        }
    }
    found
}

/// `22/11`, `22-11`, `22.11`: the latest that is not after today; `22/11/26`.
fn short_day(word: &str, today: Date) -> Option<(Date, bool)> {
    let separator = ['/', '-', '.'].into_iter().find(|separator| word.contains(*separator))?;
    let parts: Vec<&str> = word.split(separator).collect();
    let is_short = |part: &&str| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    if !parts.iter().all(is_short) {
        return None;
    }
    let number = |part: &str| part.parse::<i8>().ok();
    match parts.as_slice() {
        [day, month] => {
            let (day, month) = (number(day)?, number(month)?);
            // 29/2 comes once in eight years at the worst.
            let mut years = (0..=8_i16).filter_map(|back| Date::new(today.year() - back, month, day).ok());
            years.find(|day| *day <= today).map(|day| (day, true))
        }
        [day, month, year] if year.len() == 2 => {
            let year = 2_000 + i16::from(number(year)?);
            Some((Date::new(year, number(month)?, number(day)?).ok()?, false))
        }
        _ => None,
    }
}

/// Whether a cell says anything of its day: an empty one, a dash and «chưa rõ» do not.
fn tells(cell: &Cell<'_>) -> bool {
    if cell.is_empty() || (cell.kind == CellKind::Text && folded(cell.text) == "chua ro") {
        return false;
    }
    !(cell.kind == CellKind::Text
        && cell.text.chars().all(|sign| matches!(sign, '-' | '–' | '—' | '−' | '.' | '…' | '?')))
}

/// Whether a cell holds whole people: a number of the spreadsheet, or digits with or without groups of three.
fn is_count(cell: &Cell<'_>) -> bool {
    match cell.kind {
        CellKind::Number(number) => number.fract() == 0.0 && (0.0..=MOST).contains(&number),
        CellKind::Text => {
            let groups: Vec<&str> = cell.text.split(['.', ' ', '\u{a0}', '\u{202f}']).collect();
            let digits = |group: &&str| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit());
            let grouped = groups.first().is_some_and(|first| groups.len() == 1 || first.len() <= 3)
                && groups.iter().skip(1).all(|group| group.len() == 3);
            let number = groups.concat().parse::<f64>();
            groups.iter().all(digits) && grouped && number.is_ok_and(|number| number <= MOST)
        }
        _ => false,
    }
}

/// The cell that says that a row holds sums.
fn sum_in<'t>(row: RowView<'t>, head: &Head) -> Option<Cell<'t>> {
    let first_day = head.days.iter().map(|(column, _)| *column).min().unwrap_or_default();
    let mut before = (0..first_day).map(|column| row.cell(column));
    let is_sum = |cell: &Cell<'_>| {
        let name = folded(cell.text);
        SUMS.iter().any(|sum| name == *sum || name.strip_prefix(sum).is_some_and(|rest| rest.starts_with(' ')))
    };
    before.find(|cell| cell.kind == CellKind::Text && is_sum(cell))
}

#[cfg(test)]
mod tests;
