//! The series of a facility's usable stock: all stores that hold stock together, each keeping its last
//! reading until its next.

use std::collections::BTreeMap;

use desk::views::facility::{FacilityView, StoreView};
use oxygen::{MoveClass, Settings, Standing, StoreKind};
use protocol::Readiness;
use quantity::{Grams, Moment, Span};

use super::words::{fill, mass};
use crate::chart::{Delivery, Level, Point, StockChart, StockWords, Width, stock};
use crate::view::{Say, Series};

/// More points than this a drawing of this width cannot show.
const POINTS: usize = 400;

/// The drawing in both widths; none before the first reading.
pub(crate) fn series_of(t: Say, view: &FacilityView, settings: &Settings) -> Option<Series> {
    let stores: Vec<&StoreView> = view.stores.iter().filter(|each| each.store.kind.holds_stock()).collect();
    let all = together(&stores, settings);
    let last = *all.last()?;
    let window = window(settings.readiness);
    let recent: Vec<Point> = all.iter().filter(|point| point.at >= view.at - window).copied().collect();
    // A silent facility still shows what it last said.
    let measured = thinned(if recent.len() > 1 { recent } else { all });
    let from = measured.first().map_or(view.at - window, |point| point.at);
    let ahead = ahead(view, window);
    let facts = [
        ("from", from.to_string().into()),
        ("to", view.at.to_string().into()),
        ("amount", mass(t, Grams::from_kg_f64(last.kilograms)).into()),
        ("at", last.at.to_string().into()),
    ];
    let caption = fill(t, "chart-caption", &facts);
    let chart = StockChart {
        id: "stock".to_owned(),
        words: words(t, &view.facility.body.name, caption.clone()),
        from,
        to: view.at + ahead,
        now: view.at,
        measured,
        expected: Vec::new(),
        naive: naive(view, ahead),
        levels: levels(t, &stores, settings),
        deliveries: deliveries(t, &stores, from),
    };
    let narrow = StockChart { id: "stock-narrow".to_owned(), ..chart.clone() };
    Some(Series { wide: stock(&chart, Width::Wide), narrow: stock(&narrow, Width::Narrow), caption })
}

const fn window(readiness: Readiness) -> Span {
    match readiness {
        Readiness::Emergency => Span::days(3),
        Readiness::Heightened => Span::days(7),
        Readiness::Routine => Span::days(30),
    }
}

/// How far the drawing looks ahead: until the stock ends, at most a third of what lies behind.
fn ahead(view: &FacilityView, window: Span) -> Span {
    let most = Span::micros(window.as_micros() / 3);
    let ends = view.outlook.hours.and_then(|hours| hours.mid).map(|hours| Span::minutes((hours * 66.0) as i64));
    ends.unwrap_or(most).min(most).max(Span::hours(6))
}

/// Usable kilograms of all stores at every reading of any of them.
fn together(stores: &[&StoreView], settings: &Settings) -> Vec<Point> {
    let mut readings: Vec<(Moment, usize, f64)> = stores
        .iter()
        .enumerate()
        .flat_map(|(place, each)| {
            let weigh =
                move |sample: &oxygen::Sample| (sample.at, place, each.store.usable(sample.grams, settings).as_kg());
            each.samples.iter().map(weigh)
        })
        .collect();
    readings.sort_by_key(|(at, place, _)| (*at, *place));
    let mut shown: BTreeMap<usize, f64> = BTreeMap::new();
    let mut points: Vec<Point> = Vec::with_capacity(readings.len());
    let reading_stores = stores.iter().filter(|each| !each.samples.is_empty()).count();
    for (at, place, kilograms) in readings {
        shown.insert(place, kilograms);
        // Before each store has spoken once, the sum would rise where nothing was delivered.
        if shown.len() < reading_stores {
            continue;
        }
        let kilograms = shown.values().sum();
        match points.last_mut().filter(|last| last.at == at) {
            Some(last) => last.kilograms = kilograms,
            None => points.push(Point { at, kilograms }),
        }
    }
    points
}

/// Every so-manieth point, the last one always.
fn thinned(points: Vec<Point>) -> Vec<Point> {
    let step = points.len().div_ceil(POINTS).max(1);
    let last = points.len().saturating_sub(1);
    points
        .into_iter()
        .enumerate()
        .filter(|(place, _)| (last - place).is_multiple_of(step))
        .map(|(_, point)| point)
        .collect()
}

/// From what is left now to nothing at today's rate.
fn naive(view: &FacilityView, ahead: Span) -> Vec<Point> {
    let outlook = &view.outlook;
    let Some(hours) = outlook.hours.and_then(|hours| hours.mid) else { return Vec::new() };
    if outlook.rank.standing == Standing::Empty {
        return Vec::new();
    }
    let now = outlook.usable_now.mid.as_kg();
    let seen = ahead.as_hours().min(hours);
    let end = Point {
        at: view.at + Span::micros((seen * 3_600e6) as i64),
        kilograms: if hours > 0.0 { now * (1.0 - seen / hours) } else { 0.0 },
    };
    vec![Point { at: view.at, kilograms: now }, end]
}

fn levels(t: Say, stores: &[&StoreView], settings: &Settings) -> Vec<Level> {
    let full: Grams = stores.iter().map(|each| each.store.usable(each.store.capacity, settings)).sum();
    let mut levels = Vec::new();
    if full > Grams::ZERO {
        levels.push(Level { name: t.one("chart-full", "amount", mass(t, full)), kilograms: full.as_kg() });
    }
    let tanks = stores.iter().filter(|each| each.store.kind == StoreKind::Tank);
    let order: Grams =
        tanks.map(|each| each.store.usable(each.store.capacity.share(settings.order_point), settings)).sum();
    if order > Grams::ZERO {
        levels.push(Level { name: t.one("chart-order-point", "amount", mass(t, order)), kilograms: order.as_kg() });
    }
    levels
}

fn deliveries(t: Say, stores: &[&StoreView], from: Moment) -> Vec<Delivery> {
    let came = stores
        .iter()
        .flat_map(|each| &each.moved)
        .filter(|moved| moved.at >= from && moved.kind.class() == MoveClass::Physical && moved.grams > Grams::ZERO);
    came.map(|moved| Delivery { at: moved.at, words: mass(t, moved.grams), received: true }).collect()
}

fn words(t: Say, name: &str, description: String) -> StockWords {
    StockWords {
        title: t.one("chart-title", "name", name),
        description,
        axis: t.say("chart-axis"),
        measured: t.say("chart-measured"),
        median: t.say("chart-median"),
        band50: t.say("chart-band50"),
        band90: t.say("chart-band90"),
        naive: t.say("chart-naive"),
        delivery: t.say("chart-delivery"),
        now: t.say("chart-now"),
    }
}
