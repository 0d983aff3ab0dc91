//! What the page of counts shows: the weeks of the province, the last fourteen days by place, and how one figure came to be.

use std::collections::{BTreeMap, HashMap};

use jiff::ToSpan;
use jiff::civil::Date;
use quantity::Moment;
use store::Connection;

use super::province::{ProvinceWeek, own_weeks, summed_weeks};
use super::{known, may_see, told_of};
use crate::actor::Actor;
use crate::counts::place::{PlaceKey, offered, own_area};
use crate::counts::telling::Telling;
use crate::counts::{CountsKey, DayCounts, Figure, Signal, Span};
use crate::failure::{Failure, Outcome};
use crate::office::Office;
use crate::record;
use crate::registry::Registry;
use crate::rights::Capability;

/// Days that are shown.
const DAYS: i64 = 14;
/// Weeks told as such that are shown.
const WEEKS: i64 = 4;

/// The last fourteen days, below the weeks of the province.
#[derive(Debug, Clone)]
pub struct Board {
    /// What is counted.
    pub signal: Signal,
    /// The province.
    pub area: String,
    /// Its weeks until today, oldest first: as it told them; where it told none, as its places sum up.
    pub weeks: Vec<ProvinceWeek>,
    /// The days, newest first; the first is today.
    pub days: Vec<Date>,
    /// Places that told something in these days: areas by code, then facilities by name.
    pub lines: Vec<Line>,
    /// The newest day of which any of them told something.
    pub newest: Option<Date>,
    /// Places that told nothing of that day, by name.
    pub missing: Vec<String>,
    /// Weeks told as such and back-fills of these days, newest first.
    pub others: Vec<(CountsKey, PlaceKey, String, Figure)>,
    /// What the actor may report of, with the names; empty for who may not.
    pub mine: Vec<(PlaceKey, String)>,
    /// Whether any figure is invented.
    pub simulated: bool,
    /// Whether the actor works in an invented province: what he reports is marked.
    pub invents: bool,
}

/// A place with its figures.
#[derive(Debug, Clone)]
pub struct Line {
    /// The place.
    pub place: PlaceKey,
    /// Its name, of areas with what lies above.
    pub name: String,
    /// By day as in [`Board::days`]; what is not known is not there.
    pub figures: Vec<Option<Figure>>,
}

impl Line {
    /// The sum of seven whole days up to yesterday's or today's figure, whichever is the newest; none where a day is
    /// missing.
    pub fn seven_days(&self) -> Option<u32> {
        let from = self.figures.iter().position(Option::is_some)?;
        let week = self.figures.get(from..from + 7)?;
        week.iter().try_fold(0_u32, |sum, figure| Some(sum.saturating_add(figure.as_ref()?.count)))
    }
}

/// The board of a signal, of the places in the actor's scope.
pub fn board(office: &Office, connection: &mut Connection, actor: &Actor, signal: Signal) -> Outcome<Board> {
    may_see(actor)?;
    let registry = office.registry(connection, actor.province)?;
    let today = office.now(connection)?.date();
    let days: Vec<Date> = (0..DAYS).filter_map(|back| today.checked_sub(back.days()).ok()).collect();
    let told = told_of(office, connection, actor.province, signal)?;
    let mut by_place: BTreeMap<PlaceKey, Vec<Option<Figure>>> = BTreeMap::new();
    let mut seen: HashMap<PlaceKey, bool> = HashMap::new();
    let mut sees = |place: &PlaceKey| *seen.entry(*place).or_insert_with(|| place.is_seen_by(&registry, actor));
    for (column, day) in days.iter().enumerate() {
        let Some(told) = told.days.get(&CountsKey::of_day(signal, *day)) else { continue };
        for (place, figure) in told.now.counts.iter().filter(|(place, _)| sees(place)) {
            if let Some(cell) = by_place.entry(*place).or_insert_with(|| vec![None; days.len()]).get_mut(column) {
                *cell = Some(*figure);
            }
        }
    }
    let is_other = |of: &CountsKey| {
        let since = (today - of.day).get_days();
        let most = if of.back_fill { DAYS } else { 7 * WEEKS };
        (of.back_fill || of.span == Span::Week) && (0..most).contains(&i64::from(since))
    };
    let mut others = Vec::new();
    for (of, day) in told.days.iter().rev().filter(|(of, _)| is_other(of)) {
        for (place, figure) in day.now.counts.iter().filter(|(place, _)| sees(place)) {
            others.push((*of, *place, name_of(&registry, *place), *figure));
        }
    }
    let mut weeks = own_weeks(&told, &registry, signal, today);
    if weeks.is_empty() {
        weeks = summed_weeks(known(office, connection, actor, signal)?, &registry, actor);
    }
    let lines: Vec<Line> =
        by_place.into_iter().map(|(place, figures)| Line { place, name: name_of(&registry, place), figures }).collect();
    let newest = (0..days.len()).find(|column| lines.iter().any(|line| told_at(line, *column)));
    let missing = newest.map_or_else(Vec::new, |column| {
        lines.iter().filter(|line| !told_at(line, column)).map(|line| line.name.clone()).collect()
    });
    let invented = |figure: &Figure| figure.simulated;
    let simulated = lines.iter().flat_map(|line| line.figures.iter().flatten()).any(invented)
        || others.iter().any(|(.., figure)| invented(figure))
        || weeks.iter().any(|week| week.simulated);
    let mine = if actor.may(Capability::ReportCounts) { offered(&registry, actor, today) } else { Vec::new() };
    Ok(Board {
        signal,
        area: own_area(&registry).map(|own| own.name.to_string()).unwrap_or_default(),
        weeks,
        newest: newest.and_then(|column| days.get(column).copied()),
        missing,
        lines,
        others,
        days,
        mine: mine.into_iter().map(|place| (place, place.name(&registry))).collect(),
        simulated,
        invents: registry.facilities().iter().any(|facility| facility.simulated),
    })
}

/// Whether anybody has told any count: whether a link leads to something.
pub fn has_counts(connection: &mut Connection, actor: &Actor) -> Outcome<bool> {
    may_see(actor)?;
    Ok(!record::open_few::<Telling>(connection, actor.province, 1)?.is_empty())
}

fn told_at(line: &Line, column: usize) -> bool {
    line.figures.get(column).is_some_and(Option::is_some)
}

fn name_of(registry: &Registry, place: PlaceKey) -> String {
    place.name(registry)
}

/// A figure that is asked for: of which place, in which record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TellOf {
    /// The place.
    pub place: PlaceKey,
    /// The record.
    pub of: CountsKey,
}

/// A figure as it stood from one moment on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Version {
    /// When it was written down.
    pub recorded_at: Moment,
    /// What it said; none where it was taken back.
    pub figure: Option<Figure>,
}

/// How a figure came to be: the name of its place, and what it said, oldest first.
///
/// # Errors
/// [`Failure::NotFound`] where nothing was told, or it is none of the actor's business.
pub fn told(
    office: &Office,
    connection: &mut Connection,
    actor: &Actor,
    asked: TellOf,
) -> Outcome<(String, Vec<Version>)> {
    may_see(actor)?;
    let registry = office.registry(connection, actor.province)?;
    if !asked.place.is_seen_by(&registry, actor) {
        return Err(Failure::NotFound);
    }
    let kept = record::of_code::<Telling>(connection, actor.province, &asked.of.code())?.ok_or(Failure::NotFound)?;
    let mut versions: Vec<Version> = Vec::new();
    let mut day = DayCounts::empty(asked.of);
    for kept in record::versions::<Telling>(connection, actor.province, kept.id)? {
        let changed = day.take(&kept.content);
        if let Some((.., figure)) = changed.into_iter().find(|(place, ..)| *place == asked.place) {
            versions.push(Version { recorded_at: kept.recorded_at, figure });
        }
    }
    if versions.is_empty() {
        return Err(Failure::NotFound);
    }
    Ok((name_of(&registry, asked.place), versions))
}
