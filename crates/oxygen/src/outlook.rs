//! How long a facility's oxygen lasts, seen from now.
//!
//! Stock has gone on being used since the gauge was read, so the hours count from now: usable stock at
//! the reading, movements since, less the use from the reading on (`hours`). The pessimistic end stands
//! first. What is on the road is kept apart.

use std::sync::Arc;

use protocol::VersionId;
use quantity::{Grams, GramsPerHour, Moment, Span};

use crate::burn::{GaugeUse, burn, gauge_use, gauge_use_beside, patients_use};
use crate::{Burn, CensusAt, Confidence, Oddity, Recent, Settings, Source, Store, StoreId, StoreKind};
use hours::Course;

mod check;
mod hours;
mod rank;
mod silence;

pub use check::CrossCheck;
pub use rank::{Rank, Standing};
pub use silence::{Heard, Silence};

use rank::Position;

/// A flow that a plant or concentrators were seen to make.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Production {
    /// When.
    pub at: Moment,
    /// Pure oxygen ([`Store::production_of`]).
    pub rate: GramsPerHour,
}

/// One store with what its ledger says.
#[derive(Clone, Copy, Debug)]
pub struct StoreState<'a> {
    /// The store.
    pub store: &'a Store,
    /// The summary of its ledger.
    pub recent: &'a Recent,
    /// From where the newest reading came.
    pub source: Option<Source>,
    /// What it makes, for plants and concentrators.
    pub production: Option<Production>,
}

/// What is known of one facility.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// Its stores.
    pub stores: &'a [StoreState<'a>],
    /// The newest count of its patients.
    pub census: Option<CensusAt>,
    /// Loaded for it and not received: never counted as stock.
    pub in_transit: Grams,
}

/// A mass with its range, lower end first.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct StockRange {
    /// Lower end.
    pub low: Grams,
    /// Best estimate.
    pub mid: Grams,
    /// Upper end.
    pub high: Grams,
}

/// Hours from now until nothing usable is left; the pessimistic end first.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct HoursLeft {
    /// Pessimistic end.
    pub low: f64,
    /// Best estimate; `None` when by it nothing is used.
    pub mid: Option<f64>,
    /// Optimistic end; `None` when by it nothing is used.
    pub high: Option<f64>,
}

/// The outlook of one facility at one moment.
#[derive(Clone, PartialEq, Debug)]
pub struct Outlook {
    /// All oxygen in the stores at their last readings, with the movements since.
    pub stock: Grams,
    /// What of it reaches a patient: the figure to show beside its age and source.
    pub usable: Grams,
    /// What of it is left now, after the use since the readings.
    pub usable_now: StockRange,
    /// What plants and concentrators make: a flow, no stock.
    pub production: GramsPerHour,
    /// The rate at which stock is used; `None` is «chưa rõ».
    pub burn: Option<Burn>,
    /// Hours left; `None` is «chưa rõ», or nothing is used.
    pub hours: Option<HoursLeft>,
    /// The store that holds most of the usable stock.
    pub main_store: Option<StoreId>,
    /// When the main store was read.
    pub read_at: Option<Moment>,
    /// Age of that reading.
    pub age: Option<Span>,
    /// From where it came.
    pub source: Option<Source>,
    /// How far the hours can be trusted.
    pub confidence: Confidence,
    /// Against its cadence.
    pub silence: Silence,
    /// Loaded for it and not received.
    pub in_transit: Grams,
    /// The use told three ways.
    pub check: CrossCheck,
    /// What somebody should look at, with its store.
    pub oddities: Vec<(StoreId, Oddity)>,
    /// The place on the list, worst first.
    pub rank: Rank,
    /// The norm versions that every figure here rests on.
    pub versions: Arc<[VersionId]>,
}

/// One store as seen from now.
struct Seen<'a> {
    state: &'a StoreState<'a>,
    told: GaugeUse,
    content: Grams,
    usable: Grams,
    read_at: Option<Moment>,
}

/// The outlook of a facility. Pure: the same facts, norms and moment give the same outlook.
pub fn outlook(now: Moment, known: &Known<'_>, settings: &Settings) -> Outlook {
    let mut seen: Vec<Seen<'_>> = known
        .stores
        .iter()
        .filter(|state| state.store.kind.holds_stock())
        .map(|state| see(state, settings, now))
        .collect();
    let production = production_now(known.stores, settings, now);
    beside_machines(&mut seen, production, settings, now);
    let uses: Vec<GaugeUse> = seen.iter().map(|store| store.told.clone()).collect();
    let census = known.census.filter(|taken| taken.at <= now);
    let burn = burn(&uses, census.as_ref(), production, settings, now);

    let usable: Grams = seen.iter().map(|store| store.usable).sum();
    let course = Course::of(&seen, burn.as_ref(), settings, now);
    let usable_now = course.left_now();
    let hours = burn.as_ref().filter(|_| was_read(&seen)).and_then(|burn| course.hours_left(burn));
    let main = seen.iter().filter(|store| store.read_at.is_some()).max_by_key(|store| (store.usable, store.content));
    let read_at = main.and_then(|store| store.read_at);

    let silence = Silence::of(
        heard_at(known, &seen, now),
        !known.stores.is_empty() && known.stores.iter().all(|state| state.store.kind == StoreKind::Cylinders),
        hours.map(|left| left.low),
        settings,
        now,
    );
    let need = census.as_ref().and_then(|taken| patients_use(taken, production, settings, now));
    let shown = Position {
        empty: is_empty(known, &seen, need.as_ref()),
        without_hours: standing_without_hours(known, &seen, burn.as_ref()),
        hours: hours.as_ref(),
        silence: &silence,
    };
    Outlook {
        stock: seen.iter().map(|store| store.content).sum(),
        usable,
        usable_now,
        production,
        burn,
        hours,
        main_store: main.map(|store| store.state.store.id),
        read_at,
        age: read_at.map(|at| now - at),
        source: main.and_then(|store| store.state.source),
        confidence: burn.map_or(Confidence::Unknown, |burn| burn.confidence),
        silence,
        in_transit: known.in_transit,
        check: check::cross_check(&uses, census.as_ref(), production, settings, now),
        oddities: oddities(&seen),
        rank: rank::rank(&shown, settings, now),
        versions: Arc::clone(&settings.versions),
    }
}

fn see<'a>(state: &'a StoreState<'a>, settings: &Settings, now: Moment) -> Seen<'a> {
    let told = gauge_use(state.recent, state.store.resolution(settings), settings, now);
    let read = state.recent.latest(now);
    let content = read.map_or(Grams::ZERO, |sample| {
        let since = state.recent.physical_between(sample.at, now);
        // A delivery fills a store at most; the gauge's own play above the capacity stands as read.
        (sample.grams + since).clamp(Grams::ZERO, state.store.capacity.max(sample.grams).max(Grams::ZERO))
    });
    let usable = state.store.usable(content, settings);
    Seen { state, told, content, usable, read_at: read.map(|sample| sample.at) }
}

/// Machines run evenly: what varies is left to the stores, to each by what it gives.
fn beside_machines(seen: &mut [Seen<'_>], production: GramsPerHour, settings: &Settings, now: Moment) {
    let given = |store: &Seen<'_>| store.told.burn.map_or(0.0, |burn| burn.range.mid.0);
    let whole: f64 = seen.iter().map(given).sum();
    if production.0 <= 0.0 || whole <= 0.0 {
        return;
    }
    for store in seen {
        let made = production * (given(store) / whole);
        let StoreState { store: kept, recent, .. } = store.state;
        store.told = gauge_use_beside(recent, kept.resolution(settings), made, settings, now);
    }
}

/// What plants and concentrators make, by their newest word; a word too old counts as nothing.
fn production_now(stores: &[StoreState<'_>], settings: &Settings, now: Moment) -> GramsPerHour {
    let fresh = |made: &Production| made.at <= now && now - made.at < settings.burn_unknown;
    let making = stores.iter().filter(|state| !state.store.kind.holds_stock());
    making.filter_map(|state| state.production.filter(fresh)).map(|made| made.rate).sum()
}

/// Nothing usable at the reading, and no plant that carries the patients by itself. Where no reading
/// was ever received, or no store was ever entered, this is not known, and silence speaks.
fn is_empty(known: &Known<'_>, seen: &[Seen<'_>], net_need: Option<&Burn>) -> bool {
    let short = net_need.is_some_and(|need| need.range.mid > GramsPerHour::ZERO);
    let makes = known.stores.iter().any(|state| !state.store.kind.holds_stock());
    if seen.is_empty() {
        return makes && short;
    }
    let carried = makes && net_need.is_some() && !short;
    was_read(seen) && !carried && seen.iter().all(|store| store.usable == Grams::ZERO)
}

fn was_read(seen: &[Seen<'_>]) -> bool {
    seen.iter().any(|store| store.read_at.is_some())
}

/// Where a facility stands that was heard from and whose hours cannot be said.
fn standing_without_hours(known: &Known<'_>, seen: &[Seen<'_>], burn: Option<&Burn>) -> Standing {
    let only_makes = seen.is_empty() && !known.stores.is_empty();
    match burn {
        Some(net) if only_makes && net.range.high > GramsPerHour::ZERO => Standing::Watch,
        Some(_) if only_makes || was_read(seen) => Standing::Idle,
        _ => Standing::Unrated,
    }
}

fn heard_at(known: &Known<'_>, seen: &[Seen<'_>], now: Moment) -> Option<Moment> {
    let gauges = seen.iter().filter_map(|store| store.read_at);
    let made = known.stores.iter().filter_map(|state| state.production.map(|made| made.at));
    let counted = known.census.map(|taken| taken.at);
    gauges.chain(made).chain(counted).filter(|at| *at <= now).max()
}

fn oddities(seen: &[Seen<'_>]) -> Vec<(StoreId, Oddity)> {
    let of_store = |store: &Seen<'_>| {
        let id = store.state.store.id;
        store.told.oddities.iter().map(move |oddity| (id, *oddity)).collect::<Vec<_>>()
    };
    seen.iter().flat_map(of_store).collect()
}

#[cfg(test)]
#[path = "outlook/tests.rs"]
mod tests;
