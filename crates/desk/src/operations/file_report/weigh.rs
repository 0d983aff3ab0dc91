//! From what was typed to grams: each gauge and count of a report, against its store and against
//! what was known before.

use oxygen::{Before, ReadingId, ReadingProblem, Settings, Shown, Source, Store, StoreId};
use quantity::{Convention, Grams, Moment, Typed};
use store::ledger::{Counts, ReadingRow};
use store::projection::States;

use super::{Level, Refused, Told};
use crate::failure::{Failure, Outcome};
use crate::registry::Facility;

/// The readings of a report, in the order told; the report's own key is not in them yet.
pub(crate) fn read_all(
    facility: &Facility,
    told: &Told,
    happened_at: Moment,
    states: &States,
    settings: &Settings,
) -> Outcome<Vec<ReadingRow>> {
    let mut rows: Vec<ReadingRow> = Vec::with_capacity(told.levels.len() + told.cylinders.len());
    let day = happened_at.date();
    let find = |id: StoreId| {
        facility.stores_on(day).find(|store| store.id == id).ok_or_else(|| Failure::refused(Refused::UnknownStore))
    };
    for level in &told.levels {
        let store = find(level.store)?;
        let shown = read_level(store, level).map_err(|problem| refuse(store, problem))?;
        rows.push(weigh(store, shown, told.confirmed.covers(store.id), happened_at, states, settings)?);
    }
    for count in &told.cylinders {
        let store = find(count.store)?;
        let shown = Shown::Cylinders { full: count.full, part: count.part, empty: count.empty, damaged: count.damaged };
        rows.push(weigh(store, shown, told.confirmed.covers(store.id), happened_at, states, settings)?);
    }
    let mut seen: Vec<StoreId> = rows.iter().map(|row| row.store).collect();
    seen.sort_unstable();
    if let Some(twice) = seen.windows(2).find(|pair| pair[0] == pair[1]) {
        let label = find(twice[0])?.label.clone();
        return Err(Failure::refused(Refused::Twice { label }));
    }
    Ok(rows)
}

fn refuse(store: &Store, problem: ReadingProblem) -> Failure {
    Failure::refused(Refused::Reading { store: store.id, label: store.label.clone(), problem })
}

fn read_level(store: &Store, level: &Level) -> Result<Shown, ReadingProblem> {
    let mut typed = Typed::read(&level.text, Some(Convention::DecimalComma), level.unit)?;
    typed.reference = level.reference;
    if store.kind.holds_stock() {
        Ok(Shown::Level(typed))
    } else {
        Ok(Shown::Running { units: level.running.unwrap_or(1), flow: typed })
    }
}

/// Turns what is shown into grams, looking twice unless the person has.
fn weigh(
    store: &Store,
    shown: Shown,
    confirmed: bool,
    happened_at: Moment,
    states: &States,
    settings: &Settings,
) -> Outcome<ReadingRow> {
    let before = states.get(store.id).and_then(|state| before(state, happened_at, store, settings));
    let grams = match &before {
        Some(before) if !confirmed => store.second_look(&shown, before, settings),
        _ => store.content_of(&shown, settings),
    }
    .map_err(|problem| refuse(store, problem))?;
    let made = if store.kind.holds_stock() {
        None
    } else {
        let rate = store.production_of(&shown, settings).map_err(|problem| refuse(store, problem))?;
        Some(Grams::from_f64(rate.0))
    };
    let (typed, counts) = match shown {
        Shown::Level(typed) => (Some(typed), None),
        Shown::Running { units, flow } => (Some(flow), Some(Counts { full: units, ..Counts::default() })),
        Shown::Cylinders { full, part, empty, damaged } => (None, Some(Counts { full, part, empty, damaged })),
    };
    Ok(ReadingRow {
        id: ReadingId(quantity::Id::from_bytes([0; 16])),
        report: None,
        store: store.id,
        happened_at,
        grams,
        made_per_hour: made,
        typed,
        counts,
        source: Source::Form.code(),
    })
}

fn before(
    state: &store::projection::StoreState,
    happened_at: Moment,
    store: &Store,
    settings: &Settings,
) -> Option<Before> {
    let last = state.recent.latest(happened_at)?;
    let rate = oxygen::gauge_use(&state.recent, store.resolution(settings), settings, happened_at);
    Some(Before {
        content: last.grams,
        moved: state.recent.physical_between(last.at, happened_at),
        elapsed: happened_at - last.at,
        rate: rate.burn.map(|burn| burn.range.mid),
    })
}
