//! What the page of counts shows: the last fourteen days by place, and how one figure came to be.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;
use quantity::Moment;
use store::Connection;

use super::may_see;
use crate::actor::Actor;
use crate::counts::place::{PlaceKey, offered};
use crate::counts::weeks::week_end_of;
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

/// The last fourteen days.
#[derive(Debug, Clone)]
pub struct Board {
    /// What is counted.
    pub signal: Signal,
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
    let mut by_place: BTreeMap<PlaceKey, Vec<Option<Figure>>> = BTreeMap::new();
    let mut others = Vec::new();
    let sees = |place: &PlaceKey| place.is_seen_by(&registry, actor);
    for (column, day) in days.iter().enumerate() {
        for (place, figure) in figures_of(connection, actor, CountsKey::of_day(signal, *day))?.into_iter() {
            if let Some(cell) = by_place.entry(place).or_insert_with(|| vec![None; days.len()]).get_mut(column) {
                *cell = Some(figure);
            }
        }
        let back_fill = CountsKey { back_fill: true, ..CountsKey::of_day(signal, *day) };
        others.extend(figures_of(connection, actor, back_fill)?.into_iter().map(|one| (back_fill, one)));
    }
    for back in 1..=WEEKS {
        let Ok(day) = week_end_of(today).checked_sub((back * 7).days()) else { continue };
        let week = CountsKey { span: Span::Week, ..CountsKey::of_day(signal, day) };
        others.extend(figures_of(connection, actor, week)?.into_iter().map(|one| (week, one)));
    }
    by_place.retain(|place, _| sees(place));
    let others: Vec<_> = others
        .into_iter()
        .filter(|(_, (place, _))| sees(place))
        .map(|(key, (place, figure))| (key, place, name_of(&registry, place), figure))
        .collect();
    let lines: Vec<Line> =
        by_place.into_iter().map(|(place, figures)| Line { place, name: name_of(&registry, place), figures }).collect();
    let newest = (0..days.len()).find(|column| lines.iter().any(|line| told_at(line, *column)));
    let missing = newest.map_or_else(Vec::new, |column| {
        lines.iter().filter(|line| !told_at(line, column)).map(|line| line.name.clone()).collect()
    });
    let invented = |figure: &Figure| figure.simulated;
    let simulated = lines.iter().flat_map(|line| line.figures.iter().flatten()).any(invented)
        || others.iter().any(|(.., figure)| invented(figure));
    let mine = if actor.may(Capability::ReportCounts) { offered(&registry, actor, today) } else { Vec::new() };
    Ok(Board {
        signal,
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

fn told_at(line: &Line, column: usize) -> bool {
    line.figures.get(column).is_some_and(Option::is_some)
}

fn figures_of(connection: &mut Connection, actor: &Actor, key: CountsKey) -> Outcome<BTreeMap<PlaceKey, Figure>> {
    let kept = record::of_code::<DayCounts>(connection, actor.province, &key.code())?;
    Ok(kept.map(|kept| kept.content.counts).unwrap_or_default())
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
    let kept = record::of_code::<DayCounts>(connection, actor.province, &asked.of.code())?.ok_or(Failure::NotFound)?;
    let mut versions: Vec<Version> = Vec::new();
    for kept in record::versions::<DayCounts>(connection, actor.province, kept.id)? {
        let figure = kept.content.counts.get(&asked.place).copied();
        let before = versions.last().and_then(|version| version.figure);
        if before != figure {
            versions.push(Version { recorded_at: kept.recorded_at, figure });
        }
    }
    if versions.is_empty() {
        return Err(Failure::NotFound);
    }
    Ok((name_of(&registry, asked.place), versions))
}
