//! Who handed in what when: units down, periods across (DT17). One question to the ledger for the whole page.

use std::collections::HashMap;

use place::FacilityId;
use protocol::WorkingDays;
use quantity::{Moment, Span};
use store::{Connection, series};

use super::{MOST, may_look, seen};
use crate::actor::Actor;
use crate::command::courtesy::by_courtesy;
use crate::command::state::{StateChange, state_at};
use crate::command::submission::{
    Asked, LateReason, Period, PeriodKind, Submitted, Terms, has_cylinders_only, periods, submitted,
};
use crate::failure::{Failure, Outcome};
use crate::office::Office;
use crate::record;

/// One unit's row.
#[derive(Debug, Clone)]
pub struct MatrixRow {
    /// Which.
    pub id: FacilityId,
    /// Its name.
    pub name: String,
    /// Whether it reports by courtesy.
    pub courtesy: bool,
    /// What became of each period, with the reason where one was given.
    pub cells: Vec<(Submitted, Option<String>)>,
}

/// The matrix.
#[derive(Debug, Clone)]
pub struct Matrix {
    /// Now, by the domain clock.
    pub now: Moment,
    /// The province.
    pub province: String,
    /// What a column is.
    pub kind: PeriodKind,
    /// Oldest first.
    pub periods: Vec<Period>,
    /// In Vietnamese order.
    pub rows: Vec<MatrixRow>,
    /// Years on the page whose holidays nobody has entered or confirmed.
    pub doubtful_years: Vec<i16>,
    /// Whether anything of it is invented.
    pub simulated: bool,
}

impl Matrix {
    /// Rows whose report of a period is missing.
    pub fn missing(&self, period: usize) -> impl Iterator<Item = &MatrixRow> {
        self.rows.iter().filter(move |row| row.cells.get(period).is_some_and(|(cell, _)| *cell == Submitted::Missing))
    }

    /// Cells that were due and whose deadline has passed, and those of them that came in time.
    pub fn in_time(&self) -> (usize, usize) {
        let cells = || self.rows.iter().flat_map(|row| &row.cells).map(|(cell, _)| cell);
        let due = cells().filter(|cell| matches!(cell, Submitted::OnTime(_) | Submitted::Late(_) | Submitted::Missing));
        (due.count(), cells().filter(|cell| matches!(cell, Submitted::OnTime(_))).count())
    }
}

/// The matrix of a kind of period until a moment, as an actor may see it.
pub fn matrix(
    office: &Office,
    connection: &mut Connection,
    actor: &Actor,
    kind: PeriodKind,
    until: Option<Moment>,
) -> Outcome<Matrix> {
    may_look(actor)?;
    let now = office.now(connection)?;
    let until = until.unwrap_or(now).min(now);
    let registry = office.registry(connection, actor.province)?;
    let calendar = WorkingDays::shipped().map_err(Failure::refused)?;
    let terms = Terms::from_norms(registry.norms(), until.date())?;
    let columns = periods(kind, until, kind.columns(), &calendar, &terms);
    let (from, to) = match (columns.first(), columns.last()) {
        (Some(first), Some(last)) => (first.begins, last.ends),
        _ => (until, until),
    };
    let bucket = if kind == PeriodKind::Shift { Span::hours(8) } else { Span::days(1) };
    let mut received: HashMap<FacilityId, Vec<series::Received>> = HashMap::new();
    for one in series::received(connection, actor.province, from, to, bucket)? {
        received.entry(one.facility).or_default().push(one);
    }
    let changes: Vec<StateChange> =
        record::newest::<StateChange>(connection, actor.province, MOST)?.into_iter().map(|kept| kept.content).collect();
    let mut reasons: HashMap<(FacilityId, String), String> =
        record::newest::<LateReason>(connection, actor.province, MOST)?
            .into_iter()
            .map(|kept| ((kept.content.facility, kept.content.period), kept.content.reason))
            .collect();
    // Before the command post opened nobody was asked.
    let opened = registry.post().map_or(from, |post| Moment::start_of(post.opened_on));
    let visible = seen(&registry, actor, now.date());
    let mut rows = Vec::with_capacity(visible.len());
    for facility in &visible {
        let courtesy = by_courtesy(&facility.body).is_some();
        let cylinders = has_cylinders_only(facility.stores.iter().map(|entry| &entry.store.kind));
        let mine = received.remove(&facility.id).unwrap_or_default();
        let cell = |period: &Period| {
            let at = Moment::from_micros(period.ends.micros() - 1).min(now);
            let own = state_at(&changes, Some(facility.id), facility.readiness, at);
            let state = own.max(state_at(&changes, None, registry.readiness(), at));
            let due = period.ends > opened
                && PeriodKind::of_state(state, cylinders) <= kind
                && facility.body.valid_on(period.begins.date());
            let asked = match (due, courtesy) {
                (_, true) => Asked::ByCourtesy,
                (true, false) => Asked::Due,
                (false, false) => Asked::NotDue,
            };
            let first = mine.iter().filter(|one| period.begins <= one.bucket && one.bucket < period.ends);
            submitted(first.map(|one| one.recorded_at).min(), period, asked, now)
        };
        let cells =
            columns.iter().map(|period| (cell(period), reasons.remove(&(facility.id, period.code())))).collect();
        rows.push(MatrixRow { id: facility.id, name: facility.body.name.clone(), courtesy, cells });
    }
    let mut years: Vec<i16> = columns.iter().map(|period| period.begins.date().year()).collect();
    years.dedup();
    years.retain(|year| calendar.source_of(*year).is_none_or(|(_, unconfirmed)| unconfirmed));
    Ok(Matrix {
        now,
        province: registry.post().map_or_else(String::new, |post| post.name.clone()),
        kind,
        periods: columns,
        rows,
        doubtful_years: years,
        simulated: visible.iter().any(|facility| facility.simulated),
    })
}
