//! A file held against a register: which rows are new, which change what, which say nothing new, which are
//! given back.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use document::columns::{Columns, Fields, Layout, folded};
use document::sheet::Value;
use document::table::Table;

use super::change::Change;
use super::file::{FieldChange, Verdict, WideShape};
use super::refused::Refused;
use super::row::{Cells, Row, Told, boxed, same, shown, told};
use super::{ALL, Entry, Look, Register};
use crate::failure::{Failure, Outcome, Reason};
use crate::import::facilities::RowRefused;

/// The most rows that one file may have.
pub(crate) const MOST_ROWS: usize = 20_000;

/// One row of the file.
pub(crate) struct PlannedRow {
    /// Its number in the file.
    pub number: u32,
    /// What a person calls it.
    pub label: String,
    /// What becomes of it.
    pub verdict: Verdict,
    /// What it changes.
    pub fields: Vec<FieldChange>,
    /// Why it is given back.
    pub reason: Option<Box<dyn Reason>>,
}

/// All rows, and what they would do.
#[derive(Default)]
pub(crate) struct Planned {
    /// In the order of the file.
    pub rows: Vec<PlannedRow>,
    /// What would be done, with the places of the rows that say it.
    pub changes: Vec<(Vec<usize>, Change)>,
}

/// A file read through the columns of a register.
pub(crate) struct Plan {
    /// Rows and what they would do.
    pub planned: Planned,
    /// Titles that are no column of the register, with their letters.
    pub unknown: Vec<(String, String)>,
    /// How the sheet was read, where it has a column for each day.
    pub shape: Option<WideShape>,
}

/// Reads a table through a register's columns.
pub(super) fn of_table(entry: &Entry, look: &mut Look<'_>, layout: &Layout, table: &Table) -> Outcome<Plan> {
    let Some(unfolded) = (entry.unfold)(look, layout, table) else { return of_rows(entry, look, layout, table) };
    if unfolded.cells.is_empty() {
        return Err(Failure::refused(Refused::NothingToRead));
    }
    let mut plan = of_rows(entry, look, layout, &unfolded.table)?;
    for (row, cell) in plan.planned.rows.iter_mut().zip(&unfolded.cells).filter(|(_, cell)| !cell.is_count) {
        let refused = Refused::NotACount { column: cell.place.letter(), day: cell.day, typed: cell.typed.clone() };
        *row = PlannedRow::refused(cell.place.row, boxed(refused));
    }
    let (first, last) = (unfolded.days.iter().min(), unfolded.days.iter().max());
    plan.shape = first.zip(last).map(|(first, last)| WideShape {
        first: *first,
        last: *last,
        days: unfolded.days.len(),
        rows: unfolded.rows,
        assumed_year: unfolded.assumed_year,
    });
    plan.unknown.extend(unfolded.left_out);
    Ok(plan)
}

fn of_rows(entry: &Entry, look: &mut Look<'_>, layout: &Layout, table: &Table) -> Outcome<Plan> {
    let found = Columns::find(table, layout);
    let here = found.as_ref().map_or(0, |columns| recognised(columns, layout));
    likelier(entry, layout, table, found.as_ref().ok(), here)?;
    let columns = found.map_err(Failure::refused)?;
    if here < 2 {
        return Err(Failure::refused(Refused::NothingToRead));
    }
    let rows: Vec<Fields<'_>> = columns.rows(table).filter(|fields| !fields.row().is_blank()).collect();
    if rows.len() > MOST_ROWS {
        return Err(Failure::refused(Refused::TooMany { most: MOST_ROWS }));
    }
    let planned = (entry.plan)(look, layout, &rows)?;
    let unknown = columns.unknown_titles();
    Ok(Plan { planned, unknown, shape: None })
}

/// How many columns of a layout a file has.
fn recognised(columns: &Columns, layout: &Layout) -> usize {
    let has = |key: &str| columns.column(key).is_ok_and(|id| columns.place(id).is_some());
    layout.columns.iter().filter(|column| has(&column.key)).count()
}

/// Refuses a file whose columns are clearly those of another register: by two columns at least.
fn likelier(entry: &Entry, layout: &Layout, table: &Table, found: Option<&Columns>, here: usize) -> Outcome<()> {
    let titles: Option<HashSet<String>> =
        found.map(|columns| columns.headers().iter().map(|title| folded(title)).collect());
    for other in ALL.iter().filter(|other| other.name != entry.name) {
        let theirs = other.layout().map_err(Failure::refused)?;
        let there = match &titles {
            Some(titles) => other.names(&theirs).iter().filter(|names| !names.is_disjoint(titles)).count(),
            None => Columns::find(table, &theirs).map_or(0, |columns| recognised(&columns, &theirs)),
        };
        if there >= here + 2 && there >= 3 {
            let (other, wanted) = (theirs.title, layout.title.clone());
            return Err(Failure::refused(Refused::OtherRegister { other, wanted }));
        }
    }
    Ok(())
}

/// A row that has been read, before anything is asked of its register.
struct Seen<'a, 'h, H> {
    row: Row<'a>,
    before: Option<&'h H>,
}

/// Holds rows against a register.
pub(super) fn rows<R: Register>(look: &mut Look<'_>, layout: &Layout, rows: &[Fields<'_>]) -> Outcome<Planned> {
    R::refuse_file(rows)?;
    let held = R::held(look)?;
    let standing: Vec<Cells> = held.iter().map(|one| R::cells(look, one)).collect();
    let mut by_key: HashMap<String, usize> = HashMap::with_capacity(held.len());
    for (place, cells) in standing.iter().enumerate() {
        by_key.entry(R::key(cells)).or_insert(place);
    }
    let mut planned = Planned::default();
    let mut seen = Before::default();
    let mut once: HashSet<String> = HashSet::new();
    let mut broken: HashSet<String> = HashSet::new();
    let mut together: BTreeMap<String, Vec<(usize, Row<'_>)>> = BTreeMap::new();
    for fields in rows {
        let number = fields.row().number();
        let place = planned.rows.len();
        let read = match read::<R>(look, layout, *fields, &held, &standing, &by_key, &mut seen) {
            Ok(read) => read,
            Err(reason) => {
                broken.extend(R::together_unread(fields));
                planned.rows.push(PlannedRow::refused(number, reason));
                continue;
            }
        };
        let Some(Seen { row, before }) = read else {
            planned.rows.push(PlannedRow::of(number, Verdict::Same));
            continue;
        };
        let label = R::label(&row.cells);
        if before.is_some() && row.changed.is_empty() {
            planned.rows.push(PlannedRow::of(number, Verdict::Same).called(label));
            continue;
        }
        let old = before.and_then(|_| by_key.get(&R::key(&row.cells))).and_then(|place| standing.get(*place));
        let fields = differences(layout, &row, old);
        let verdict = if before.is_some() { Verdict::Changed } else { Verdict::New };
        let mut line = PlannedRow { fields, ..PlannedRow::of(number, verdict).called(label) };
        if (before.is_none() || R::CHANGES_TOGETHER)
            && let Some(group) = R::together(look, &row)
        {
            planned.rows.push(line);
            together.entry(group).or_default().push((place, row));
            continue;
        }
        match R::change(look, &row, before) {
            Ok(change) => {
                if !change.is_nothing() && change.once.as_ref().is_none_or(|what| once.insert(what.clone())) {
                    planned.changes.push((vec![place], change));
                } else {
                    line.verdict = Verdict::Same;
                }
            }
            Err(reason) => (line.verdict, line.reason) = (Verdict::Refused, Some(reason)),
        }
        planned.rows.push(line);
    }
    for (name, group) in together {
        if broken.contains(&name) {
            let places: Vec<usize> = group.into_iter().map(|(place, _)| place).collect();
            planned.give_back(&places, usize::MAX, boxed(RowRefused::FacilityRefused));
            continue;
        }
        change_together::<R>(look, group, &mut planned);
    }
    Ok(planned)
}

fn change_together<R: Register>(look: &mut Look<'_>, group: Vec<(usize, Row<'_>)>, planned: &mut Planned) {
    let (places, rows): (Vec<usize>, Vec<Row<'_>>) = group.into_iter().unzip();
    match R::change_together(look, &rows) {
        Ok(change) => planned.changes.push((places, change)),
        Err((at_fault, reason)) => planned.give_back(&places, at_fault, reason),
    }
}

impl Planned {
    /// Gives rows that go together back: one with its reason, the others saying so.
    pub fn give_back(&mut self, places: &[usize], at_fault: usize, reason: Box<dyn Reason>) {
        let mut reason = Some(reason);
        for (index, place) in places.iter().enumerate() {
            let Some(line) = self.rows.get_mut(*place) else { continue };
            line.verdict = Verdict::Refused;
            line.reason = reason.take_if(|_| index == at_fault).or_else(|| Some(boxed(RowRefused::FacilityRefused)));
        }
    }
}

/// What rows of the file have said so far.
#[derive(Default)]
struct Before {
    /// By what makes a row the same as another.
    rows: HashMap<String, (u32, Cells)>,
    /// By what rows share, and the column.
    shared: HashMap<(String, String), (u32, Value)>,
}

impl Before {
    /// That a row says of what it shares with rows before it what they said.
    fn agree<R: Register>(&mut self, said: &Cells, row: u32) -> Result<(), Box<dyn Reason>> {
        for key in R::SHARED {
            let Some(value) = said.get(*key) else { continue };
            let (before, first) =
                self.shared.entry((R::shared(said), (*key).to_owned())).or_insert_with(|| (row, value.clone()));
            if !same(Some(first), Some(value)) {
                return Err(boxed(Refused::Twice { row: *before }));
            }
        }
        Ok(())
    }
}

/// A row laid over what stands; `None` where another row of the file said it all.
fn read<'a, 'h, R: Register>(
    look: &Look<'_>,
    layout: &'a Layout,
    fields: Fields<'a>,
    held: &'h [R::Held],
    standing: &[Cells],
    by_key: &HashMap<String, usize>,
    seen: &mut Before,
) -> Result<Option<Seen<'a, 'h, R::Held>>, Box<dyn Reason>> {
    let told = told(&fields, layout)?;
    let (said, erased) = split(told);
    let mut said = said;
    R::settle(look, &mut said);
    let key = R::key(&said);
    if let Some((row, before)) = seen.rows.get(&key) {
        let compared = |cells: &Cells| -> Cells {
            cells.iter().filter(|(key, _)| !R::SHOWN_ONLY.contains(&key.as_str())).map(owned).collect()
        };
        let (one, other) = (compared(before), compared(&said));
        let alike = one.len() == other.len() && one.iter().all(|(key, value)| same(Some(value), other.get(key)));
        return if alike { Ok(None) } else { Err(boxed(Refused::Twice { row: *row })) };
    }
    seen.agree::<R>(&said, fields.row().number())?;
    seen.rows.insert(key.clone(), (fields.row().number(), said.clone()));
    let place = by_key.get(&key).copied();
    let before = place.and_then(|place| held.get(place));
    let mut cells = place.and_then(|place| standing.get(place)).cloned().unwrap_or_default();
    let mut changed = BTreeSet::new();
    for key in said.keys().chain(&erased) {
        if !R::SHOWN_ONLY.contains(&key.as_str()) && !same(cells.get(key), said.get(key)) {
            changed.insert(key.clone());
        }
    }
    for key in &erased {
        cells.remove(key);
    }
    for (key, value) in said {
        if changed.contains(&key) || R::SHOWN_ONLY.contains(&key.as_str()) {
            cells.insert(key, value);
        }
    }
    Ok(Some(Seen { row: Row { cells, changed, fields, layout }, before }))
}

fn owned((key, value): (&String, &Value)) -> (String, Value) {
    (key.clone(), value.clone())
}

/// What is said, and what is taken away.
fn split(told: Told) -> (Cells, Vec<String>) {
    let mut said = Cells::new();
    let mut erased = Vec::new();
    for (key, value) in told {
        match value {
            Some(value) => drop(said.insert(key, value)),
            None => erased.push(key),
        }
    }
    (said, erased)
}

fn differences(layout: &Layout, row: &Row<'_>, old: Option<&Cells>) -> Vec<FieldChange> {
    let columns = layout.columns.iter().filter(|column| row.changed.contains(&column.key));
    columns
        .map(|column| FieldChange {
            title: column.title.clone(),
            before: shown(layout, &column.key, old.and_then(|old| old.get(&column.key))),
            after: shown(layout, &column.key, row.cells.get(&column.key)),
        })
        .collect()
}

impl PlannedRow {
    fn of(number: u32, verdict: Verdict) -> Self {
        Self { number, label: String::new(), verdict, fields: Vec::new(), reason: None }
    }

    fn called(self, label: String) -> Self {
        Self { label, ..self }
    }

    fn refused(number: u32, reason: Box<dyn Reason>) -> Self {
        Self { reason: Some(reason), ..Self::of(number, Verdict::Refused) }
    }
}
