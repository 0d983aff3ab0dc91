//! The header row, and which of its columns are the expected ones.

use super::layout::{Kind, Layout};
use super::number::{Evidence, Numbers};
use super::{Fields, folded};
use crate::table::{Cell, CellKind, RowView, Table};
use crate::{DocumentProblem, Place};

/// How far down a header may stand, in filled rows.
const DEEPEST_HEADER: usize = 30;

/// Titles of the columns that a returned file carries besides the sender's own.
pub(crate) const RETURNED: [&str; 3] = ["Lý do", "Mã lỗi", "Làm gì tiếp"];

/// A column of a [`Layout`], by its place there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ColumnId(pub(super) usize);

/// The expected columns as one file has them.
#[derive(Debug, Clone)]
pub struct Columns {
    layout: Layout,
    header_row: u32,
    headers: Vec<String>,
    /// For each column of the layout, the column of the file.
    found: Vec<Option<u16>>,
    unknown: Vec<(Place, String)>,
    numbers: Vec<Numbers>,
}

impl Columns {
    /// Finds header and columns of a table, and how each column writes its numbers.
    ///
    /// # Errors
    /// [`DocumentProblem::ColumnMissing`] for the first required column that is not there, with the
    /// nearest title found; [`DocumentProblem::ColumnTwice`].
    pub fn find(table: &Table, layout: &Layout) -> Result<Self, DocumentProblem> {
        let top: Vec<RowView<'_>> = table.rows().take(DEEPEST_HEADER).collect();
        let mut columns = Self::among(&top, layout)?;
        let header_row = columns.header_row;
        columns.settle_numbers(table.rows().filter(|row| row.number() > header_row));
        Ok(columns)
    }

    /// The same for a stream's first records; the convention of numbers is settled by them alone,
    /// and what they leave open is refused cell by cell.
    ///
    /// # Errors
    /// As [`Columns::find`].
    pub fn among(first_rows: &[RowView<'_>], layout: &Layout) -> Result<Self, DocumentProblem> {
        let top = first_rows.get(..DEEPEST_HEADER).unwrap_or(first_rows);
        let mut best: Option<(usize, Vec<String>, u32)> = None;
        for (index, row) in top.iter().enumerate() {
            let above = index.checked_sub(1).and_then(|above| top.get(above));
            for headers in [own_titles(*row), titles_under(*row, above)] {
                let titles: Vec<String> = headers.iter().map(|title| folded(title)).collect();
                let matched = layout.columns.iter().filter(|column| among_folded(column, &titles).is_some()).count();
                if best.as_ref().is_none_or(|(most, ..)| matched > *most) {
                    best = Some((matched, headers, row.number()));
                }
            }
        }
        let (matched, headers, header_row) = best.ok_or(DocumentProblem::NothingInside)?;
        // Nothing recognised at all: report the widest row of words, the likeliest header.
        let (headers, header_row) = if matched == 0 { widest(top) } else { (headers, header_row) };
        let mut columns = Self::assign(headers, header_row, layout)?;
        columns.settle_numbers(top.iter().copied().filter(|row| row.number() > header_row));
        Ok(columns)
    }

    fn assign(headers: Vec<String>, header_row: u32, layout: &Layout) -> Result<Self, DocumentProblem> {
        let mut found = Vec::with_capacity(layout.columns.len());
        for column in &layout.columns {
            let at = position(column, &headers);
            if let Some(first) = at {
                refuse_second(column, &headers, first, header_row)?;
            }
            found.push(at);
        }
        let columns = Self {
            layout: layout.clone(),
            header_row,
            unknown: unknown_titles(&headers, &found, header_row),
            headers,
            numbers: vec![Numbers::Open; found.len()],
            found,
        };
        columns.require()?;
        Ok(columns)
    }

    /// Every required column, and one of each group, must be there.
    fn require(&self) -> Result<(), DocumentProblem> {
        let is_found = |key: &str| self.column(key).is_ok_and(|id| self.place(id).is_some());
        let missing =
            self.layout.columns.iter().find(|column| (column.required || column.expected) && !is_found(&column.key));
        if let Some(column) = missing {
            return Err(self.missing(column.title.clone(), &column.aliases));
        }
        for group in &self.layout.one_of {
            if group.iter().any(|key| is_found(key)) {
                continue;
            }
            let members: Vec<_> = group.iter().filter_map(|key| self.layout.column(key)).collect();
            let title = members.iter().map(|column| column.title.as_str()).collect::<Vec<_>>().join(" / ");
            let aliases: Vec<String> = members.iter().flat_map(|column| column.aliases.clone()).collect();
            return Err(self.missing(title, &aliases));
        }
        Ok(())
    }

    fn missing(&self, expected: String, aliases: &[String]) -> DocumentProblem {
        let names: Vec<String> = expected.split(" / ").map(str::to_owned).chain(aliases.iter().cloned()).collect();
        let left: Vec<&String> = self.unknown.iter().map(|(_, title)| title).collect();
        let closest = left
            .iter()
            .filter_map(|title| names.iter().map(|name| likeness(name, title)).max_by(f64::total_cmp).zip(Some(*title)))
            .filter(|(like, _)| *like >= 0.5)
            .max_by(|(a, _), (b, _)| a.total_cmp(b))
            .map(|(_, title)| title.clone());
        let found = self.headers.iter().filter(|title| !title.is_empty()).cloned().collect();
        DocumentProblem::ColumnMissing { expected, aliases: aliases.to_vec(), found, closest }
    }

    /// The column of a key of the layout.
    ///
    /// # Errors
    /// [`DocumentProblem::LayoutBroken`] where the layout lacks what the code asks for.
    pub fn column(&self, key: &str) -> Result<ColumnId, DocumentProblem> {
        let found = self.layout.columns.iter().position(|column| column.key == key);
        found.map(ColumnId).ok_or_else(|| DocumentProblem::LayoutBroken {
            layout: self.layout.key.clone(),
            cause: format!("no column {key}"),
        })
    }

    /// Where a column stands in the file, counted from 0; `None` where the file lacks it.
    pub fn place(&self, column: ColumnId) -> Option<u16> {
        self.found.get(column.0).copied().flatten()
    }

    /// Row of the header, counted from 1.
    pub fn header_row(&self) -> u32 {
        self.header_row
    }

    /// The titles of the file, in its order.
    pub fn headers(&self) -> &[String] {
        &self.headers
    }

    /// Titles that belong to no expected column: said to the sender, not used.
    pub fn unknown(&self) -> &[(Place, String)] {
        &self.unknown
    }

    /// The same as people name them: letter and title.
    pub fn unknown_titles(&self) -> Vec<(String, String)> {
        self.unknown.iter().map(|(place, title)| (place.letter(), title.clone())).collect()
    }

    /// The layout.
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// How a column of this file writes its numbers.
    pub fn numbers(&self, column: ColumnId) -> Numbers {
        self.numbers.get(column.0).copied().unwrap_or(Numbers::Open)
    }

    /// A row read through these columns.
    pub fn fields<'a>(&'a self, row: RowView<'a>) -> Fields<'a> {
        Fields::new(self, row)
    }

    /// The filled rows under the header.
    pub fn rows<'a>(&'a self, table: &'a Table) -> impl Iterator<Item = Fields<'a>> {
        table.rows().filter(|row| row.number() > self.header_row).map(|row| self.fields(row))
    }

    fn settle_numbers<'a>(&mut self, rows: impl Iterator<Item = RowView<'a>>) {
        let numeric: Vec<(usize, u16)> = self
            .layout
            .columns
            .iter()
            .enumerate()
            .filter(|(_, column)| matches!(column.kind, Kind::Integer | Kind::Decimal))
            .filter_map(|(index, _)| Some(index).zip(self.found.get(index).copied().flatten()))
            .collect();
        let mut evidence = vec![Evidence::default(); self.found.len()];
        for row in rows {
            for (index, at) in &numeric {
                let cell: Cell<'_> = row.cell(*at);
                if let (CellKind::Text, Some(evidence)) = (cell.kind, evidence.get_mut(*index)) {
                    evidence.observe(cell.text);
                }
            }
        }
        let declared = self.layout.columns.iter().map(|column| column.numbers);
        self.numbers =
            evidence.into_iter().zip(declared).map(|(evidence, declared)| evidence.settle(declared)).collect();
    }
}

fn own_titles(row: RowView<'_>) -> Vec<String> {
    row.cells().map(|cell| cell.text.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

/// Titles of a header of two rows: the lower title, or the upper one where cells are merged
/// downwards.
fn titles_under(row: RowView<'_>, above: Option<&RowView<'_>>) -> Vec<String> {
    let mut titles = own_titles(row);
    let Some(above) = above else { return titles };
    for (index, upper) in own_titles(*above).into_iter().enumerate() {
        match titles.get_mut(index) {
            Some(title) if title.is_empty() => *title = upper,
            Some(_) => {}
            None => titles.push(upper),
        }
    }
    titles
}

fn widest(top: &[RowView<'_>]) -> (Vec<String>, u32) {
    let words = |row: &&RowView<'_>| row.cells().filter(|cell| cell.kind == CellKind::Text).count();
    // The first of equals: a header stands above its rows.
    let row = top.iter().rev().max_by_key(words);
    row.map_or((Vec::new(), 0), |row| (own_titles(*row), row.number()))
}

/// Where a column stands among titles: by its own title first, else by its aliases in their order.
fn position(column: &super::Column, titles: &[String]) -> Option<u16> {
    let titles: Vec<String> = titles.iter().map(|title| folded(title)).collect();
    among_folded(column, &titles)
}

/// The same among titles that are folded already.
fn among_folded(column: &super::Column, titles: &[String]) -> Option<u16> {
    std::iter::once(&column.title).chain(&column.aliases).find_map(|name| {
        let wanted = folded(name);
        let found = titles.iter().position(|title| !title.is_empty() && *title == wanted)?;
        u16::try_from(found).ok()
    })
}

/// Refuses a table in which another title stands for the same column.
fn refuse_second(column: &super::Column, titles: &[String], first: u16, row: u32) -> Result<(), DocumentProblem> {
    let names: Vec<String> = std::iter::once(&column.title).chain(&column.aliases).map(|name| folded(name)).collect();
    let second = titles.iter().enumerate().find_map(|(index, title)| {
        let index = u16::try_from(index).ok().filter(|index| *index != first)?;
        (!title.is_empty() && names.contains(&folded(title))).then_some(index)
    });
    match second {
        None => Ok(()),
        Some(second) => Err(DocumentProblem::ColumnTwice {
            expected: column.title.clone(),
            first: Place { row, column: first.min(second) }.letter(),
            second: Place { row, column: first.max(second) }.letter(),
        }),
    }
}

fn unknown_titles(titles: &[String], found: &[Option<u16>], row: u32) -> Vec<(Place, String)> {
    let returned = RETURNED.map(folded);
    titles
        .iter()
        .enumerate()
        .filter_map(|(index, title)| Some((u16::try_from(index).ok()?, title)))
        .filter(|(index, title)| {
            !title.is_empty() && !found.contains(&Some(*index)) && !returned.contains(&folded(title))
        })
        .map(|(column, title)| (Place { row, column }, title.clone()))
        .collect()
}

/// How alike two titles are, 0 to 1: shared pairs of letters (Dice), which forgives order and
/// endings.
fn likeness(one: &str, other: &str) -> f64 {
    let pairs = |text: &str| -> Vec<(char, char)> {
        let letters: Vec<char> = folded(text).chars().filter(|shown| *shown != ' ').collect();
        letters.iter().copied().zip(letters.iter().copied().skip(1)).collect()
    };
    let (one, mut other) = (pairs(one), pairs(other));
    let total = one.len() + other.len();
    if total == 0 {
        return 0.0;
    }
    let mut shared = 0;
    for pair in one {
        if let Some(at) = other.iter().position(|candidate| *candidate == pair) {
            other.swap_remove(at);
            shared += 1;
        }
    }
    2.0 * f64::from(shared) / total as f64
}
