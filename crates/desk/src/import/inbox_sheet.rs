//! A hospital's own sheet in the inbox: read by its headers as the import of readings does, but proposed, not recorded.
//! Day and facility may stand above the table or be known to the desk; what is not understood is told, never guessed.

use std::collections::BTreeMap;

use document::columns::{Columns, Fields, Layout};
use document::table::Table;
use oxygen::message::{Amount, Condition, Figure, Found, Place, Question, Reading, Said};
use oxygen::{Settings, Shown, StoreId};
use place::FacilityId;
use quantity::{Coded, Moment};
use serde::{Deserialize, Serialize};

use super::reading_row::{Ids, find_store, shown};
use super::readings::LAYOUT;
use crate::actor::Actor;
use crate::failure::{Failure, Outcome};
use crate::operations::file_report::CLOCK_SKEW;
use crate::operations::inbox::read_for;
use crate::registry::{Facility, Registry};

/// Rows of a sheet that are read; a day of one hospital has a few.
const MOST_ROWS: usize = 200;

/// A part of a sheet that is not understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unread {
    /// A column of a title that no layout knows.
    Column(String),
    /// A row, counted from 1.
    Row(u32),
}

/// What a sheet says.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SheetSays {
    /// Its words as lines: the same whichever facility is meant.
    pub text: String,
    /// What is proposed, each figure with its store.
    pub proposal: Reading,
    /// What must be looked at in the file itself.
    pub unread: Vec<Unread>,
}

/// One row of the table with the places of its words in the text.
struct Line<'a> {
    fields: Fields<'a>,
    facility: Option<Found<FacilityId>>,
    happened_at: Option<Found<Moment>>,
    level: Place,
    counts: [Place; 4],
}

/// Reads a sheet; nothing when it has no header that the layout of readings knows.
///
/// # Errors
/// The norms or the layout that ship with the program cannot be read.
pub fn read_sheet(
    registry: &Registry,
    actor: &Actor,
    table: &Table,
    received_at: Moment,
    meant: Option<FacilityId>,
) -> Outcome<Option<SheetSays>> {
    let Ok(columns) = Columns::find(table, &layout()?) else { return Ok(None) };
    let ids = Ids::of(&columns).map_err(Failure::refused)?;
    let mut says = SheetSays::default();
    says.unread.extend(columns.unknown().iter().map(|(_, title)| Unread::Column(title.clone())));
    for row in table.rows().take_while(|row| row.number() < columns.header_row()) {
        let cells: Vec<String> = row.cells().map(|cell| cell.text.trim().to_owned()).collect();
        let line = cells.iter().filter(|cell| !cell.is_empty()).cloned().collect::<Vec<_>>().join(" ");
        if !line.is_empty() {
            says.text.push_str(&line);
            says.text.push('\n');
        }
    }
    let above = read_for(registry, actor, &says.text, received_at, None)?;
    let lines: Vec<Line<'_>> = columns
        .rows(table)
        .filter(|fields| !fields.row().is_blank())
        .take(MOST_ROWS)
        .map(|fields| line_of(registry, actor, fields, &ids, &mut says.text))
        .collect();
    let named: BTreeMap<FacilityId, Found<FacilityId>> =
        lines.iter().filter_map(|line| line.facility.clone()).map(|found| (found.value, found)).collect();
    let chosen = match (meant, named.len()) {
        (Some(meant), _) => Some(Found { value: meant, place: 0..0 }),
        (None, 0) => above.facility,
        (None, 1) => named.values().next().cloned(),
        (None, _) => {
            says.proposal.questions.push(Question::SeveralFacilities { facilities: named.into_values().collect() });
            return Ok(Some(says));
        }
    };
    says.proposal.facility.clone_from(&chosen);
    let facility = chosen.and_then(|found| registry.facility(found.value)).filter(|one| actor.sees(one, registry));
    let Some(facility) = facility else {
        says.proposal.questions.push(Question::NoFacility);
        return Ok(Some(says));
    };
    propose(registry, facility, received_at, above.at, &lines, &ids, &mut says)?;
    Ok(Some(says))
}

/// The layout of readings, of which a hospital may leave out its own name and the hour.
fn layout() -> Outcome<Layout> {
    let mut layout = Layout::from_toml(LAYOUT).map_err(Failure::refused)?;
    layout.columns.iter_mut().for_each(|column| column.required = false);
    layout.one_of.retain(|group| group.iter().any(|key| key == "shown"));
    Ok(layout)
}

/// Writes a row down as a line, and where each of its words stands.
fn line_of<'a>(registry: &Registry, actor: &Actor, fields: Fields<'a>, ids: &Ids, text: &mut String) -> Line<'a> {
    let mut say = |words: &str, separator: &str| -> Place {
        if words.is_empty() {
            return 0..0;
        }
        text.push_str(separator);
        let start = text.len();
        text.push_str(words);
        start..text.len()
    };
    let cell = |column| fields.cell(column).map(|cell| cell.text.trim().to_owned()).unwrap_or_default();
    let name = [cell(ids.facility_code), cell(ids.facility_name)].into_iter().find(|text| !text.is_empty());
    let name = name.unwrap_or_default();
    let place = say(&name, "");
    let found = registry.facility_called(&name).filter(|facility| actor.sees(facility, registry));
    let facility = found.filter(|_| !name.is_empty()).map(|found| Found { value: found.id, place });
    say(&cell(ids.store), if name.is_empty() { "" } else { " – " });
    let level = format!("{} {}", cell(ids.shown), cell(ids.unit)).trim().to_owned();
    let level = say(&level, ": ");
    let words = ["đầy", "vơi", "vỏ", "hỏng"];
    let mut counts = [const { 0..0 }; 4];
    for (at, word) in words.into_iter().enumerate() {
        let count = cell(ids.counts[at]);
        let told = if count.is_empty() { String::new() } else { format!("{count} {word}") };
        counts[at] = say(&told, if at == 0 { ": " } else { ", " });
    }
    let at = fields.moment(ids.happened_at).ok().flatten();
    let hour = at.map_or_else(String::new, |at| at.to_string());
    let place = say(&hour, ", ");
    text.push('\n');
    Line { fields, facility, happened_at: at.map(|value| Found { value, place }), level, counts }
}

/// The figures of one facility's newest hour; rows of others, of earlier hours, or not understood are told.
fn propose(
    registry: &Registry,
    facility: &Facility,
    received_at: Moment,
    above: Option<Found<Moment>>,
    lines: &[Line<'_>],
    ids: &Ids,
    says: &mut SheetSays,
) -> Outcome<()> {
    let own = |line: &&Line<'_>| line.facility.as_ref().is_none_or(|found| found.value == facility.id);
    let newest = lines.iter().filter(own).filter_map(|line| line.happened_at.clone()).max_by_key(|found| found.value);
    let at = newest.or(above);
    if let Some(late) = at.as_ref().filter(|found| found.value - received_at > CLOCK_SKEW) {
        says.proposal.questions.push(Question::LaterThanNow { place: late.place.clone() });
    }
    let day = at.as_ref().map_or(received_at, |found| found.value).date();
    let settings = registry.settings(facility, day)?;
    let mut seen: Vec<StoreId> = Vec::new();
    for line in lines {
        let of_hour = line.happened_at.as_ref().is_none_or(|own| at.as_ref().is_some_and(|at| at.value == own.value));
        let row = line.fields.row().number();
        if !own(&line) || !of_hour || !figures(facility, line, ids, (day, &settings), &mut seen, &mut says.proposal) {
            says.unread.push(Unread::Row(row));
        }
    }
    says.proposal.at = at;
    if says.proposal.figures.is_empty() && says.proposal.questions.is_empty() {
        says.proposal.questions.push(Question::NoFigure);
    }
    Ok(())
}

/// Adds the figures of one row; whether it was understood.
fn figures(
    facility: &Facility,
    line: &Line<'_>,
    ids: &Ids,
    (day, settings): (jiff::civil::Date, &Settings),
    seen: &mut Vec<StoreId>,
    proposal: &mut Reading,
) -> bool {
    let fields = &line.fields;
    let store = fields.text(ids.store).ok().and_then(|typed| find_store(facility, typed, day).ok());
    let read = store.and_then(|store| Some((store, shown(store, fields, ids).ok()?)));
    let Some((store, shown)) = read.filter(|(store, _)| fields.check().is_ok() && !seen.contains(&store.id)) else {
        return false;
    };
    let id = store.id;
    let mut add = |said: Said, place: &Place| {
        proposal.figures.push(Figure { said, place: place.clone(), about: false });
    };
    match &shown {
        Shown::Level(typed) => match store.content_of(&shown, settings) {
            Ok(_) => {
                let amount = Amount { text: typed.text.clone(), value: typed.value };
                add(Said::Level { store: Some(id), amount, unit: typed.unit }, &line.level);
            }
            Err(problem) => {
                let (place, code) = (line.level.clone(), problem.code().to_owned());
                proposal.questions.push(Question::NotOfThisVessel { place, store: id, code });
            }
        },
        Shown::Cylinders { .. } => {
            let conditions = [Condition::Full, Condition::Part, Condition::Empty, Condition::Damaged];
            for ((column, condition), place) in ids.counts.into_iter().zip(conditions).zip(&line.counts) {
                let count = fields.integer(column).ok().flatten().and_then(|count| u32::try_from(count).ok());
                if let Some(count) = count {
                    add(Said::Cylinders { store: Some(id), condition, count }, place);
                }
            }
        }
        // Machines are not confirmed from a message.
        Shown::Running { .. } => return false,
    }
    seen.push(id);
    true
}
