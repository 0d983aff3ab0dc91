//! How long a facility's oxygen lasts, seen from now.
//!
//! Stock has gone on being used since the gauge was read, so the hours count from now: usable stock at
//! the reading, movements since, less the use of the time since, over the rate. The pessimistic end
//! takes the upper rate in both places and stands first. What is on the road is kept apart.

use std::sync::Arc;

use protocol::VersionId;
use quantity::{Grams, GramsPerHour, Moment, Span};

use crate::burn::{GaugeUse, burn, gauge_use, patients_use};
use crate::{Burn, CensusAt, Confidence, Oddity, Recent, Settings, Source, Store, StoreId, StoreKind};

mod check;
mod rank;
mod silence;

pub use check::CrossCheck;
pub use rank::{Rank, Standing};
pub use silence::{Heard, Silence};

use rank::Position;

/// More hours than this are shown as this: beyond a year the figure says nothing.
const MOST_HOURS: f64 = 8_760.0;

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
    let seen: Vec<Seen<'_>> = known
        .stores
        .iter()
        .filter(|state| state.store.kind.holds_stock())
        .map(|state| see(state, settings, now))
        .collect();
    let production = production_now(known.stores, settings, now);
    let uses: Vec<GaugeUse> = seen.iter().map(|store| store.told.clone()).collect();
    let census = known.census.filter(|taken| taken.at <= now);
    let burn = burn(&uses, census.as_ref(), production, settings, now);

    let usable: Grams = seen.iter().map(|store| store.usable).sum();
    let usable_now = use_since_reading(&seen, usable, burn.as_ref(), settings, now);
    let hours = burn.as_ref().filter(|_| was_read(&seen)).and_then(|burn| hours_left(usable_now, burn, settings));
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

/// What plants and concentrators make, by their newest word; a word too old counts as nothing.
fn production_now(stores: &[StoreState<'_>], settings: &Settings, now: Moment) -> GramsPerHour {
    let fresh = |made: &Production| made.at <= now && now - made.at < settings.burn_unknown;
    let making = stores.iter().filter(|state| !state.store.kind.holds_stock());
    making.filter_map(|state| state.production.filter(fresh)).map(|made| made.rate).sum()
}

/// Usable stock now: what was used since each reading taken off. A store without a rate of its own
/// takes its share of a rate that is known for the facility only.
fn use_since_reading(
    seen: &[Seen<'_>],
    usable: Grams,
    burn: Option<&Burn>,
    settings: &Settings,
    now: Moment,
) -> StockRange {
    let whole = usable.as_f64().max(1.0);
    let shared = burn.filter(|_| seen.iter().all(|store| store.told.burn.is_none()));
    let (mut low, mut mid, mut high) = (usable, usable, usable);
    for store in seen {
        let Some(read_at) = store.read_at else { continue };
        let share = store.usable.as_f64() / whole;
        let own = store.told.burn.map(|burn| burn.range);
        if let Some(rate) = own.or(shared.map(|burn| scaled(burn.range, share))) {
            let since = now - read_at;
            low -= rate.high.over(since);
            mid -= rate.mid.over(since);
            high -= rate.low.over(since);
        }
        if store.usable > Grams::ZERO {
            let half_step = store.state.store.resolution(settings).share(0.5);
            low -= half_step;
            high += half_step;
        }
    }
    StockRange { low: low.max(Grams::ZERO), mid: mid.max(Grams::ZERO), high: high.max(Grams::ZERO) }
}

fn scaled(range: crate::RateRange, share: f64) -> crate::RateRange {
    crate::RateRange { low: range.low * share, mid: range.mid * share, high: range.high * share }
}

/// `None` when by no end of the range anything is used.
fn hours_left(usable: StockRange, burn: &Burn, settings: &Settings) -> Option<HoursLeft> {
    let at = |stock: Grams, rate| stock.hours_at(rate).map(|hours| hours.min(MOST_HOURS));
    let low = at(usable.low, burn.range.high)?;
    // A trickle below what empties the stock in a year is no use.
    (low < MOST_HOURS).then(|| HoursLeft {
        low: while_use_grows(low, settings.growth_per_day),
        mid: at(usable.mid, burn.range.mid),
        high: at(usable.high, burn.range.low),
    })
}

/// Hours that a stock lasts when it would last `steady` hours at today's rate and the rate grows by
/// a share a day: the solution h of ∫₀ʰ (1 + growth)^(t/24) dt = steady.
fn while_use_grows(steady: f64, growth: f64) -> f64 {
    let hourly = (1.0 + growth.max(0.0)).ln() / 24.0;
    if hourly < 1e-9 { steady } else { (1.0 + steady * hourly).ln() / hourly }
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
