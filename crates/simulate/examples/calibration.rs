//! How often the range of hours left holds the truth, and how wide it is, by the age of the last word:
//! the week after the opening of a chapter, every five hours, over many seeds. Five facilities fall
//! silent on the second day, so that old figures are judged too.
//! `cargo run --release -p simulate --example calibration [SEEDS [CHAPTER]]`

use std::collections::{HashMap, HashSet};
use std::error::Error;
use std::io::Write;

use oxygen::{
    CensusAt, Known, Move, MoveClass, Outlook, Production, Recent, Sample, Settings, Shown, Source, StoreId,
    StoreState, outlook,
};
use place::{FacilityId, ProvinceId};
use protocol::{Norms, Readiness};
use quantity::{Grams, Moment, Span};
use simulate::{Chapter, Event, Scenario, SimulatedFacility};

/// Ages of the last word, hours: a row of the table each.
const AGES: [(f64, f64); 5] = [(0.0, 4.0), (4.0, 8.0), (8.0, 12.0), (12.0, 24.0), (24.0, 1e9)];

/// What is known of a province, told in order.
struct Told<'s> {
    settings: HashMap<Readiness, Settings>,
    facilities: HashMap<FacilityId, &'s SimulatedFacility>,
    recents: HashMap<StoreId, Recent>,
    production: HashMap<StoreId, Production>,
    census: HashMap<FacilityId, CensusAt>,
}

impl<'s> Told<'s> {
    fn nothing_of(scenario: &'s Scenario) -> Result<Self, Box<dyn Error>> {
        let (norms, day) = (Norms::shipped()?, scenario.chapter().opening_day());
        let mut settings = HashMap::new();
        for state in Readiness::ALL {
            settings.insert(state, Settings::from_norms(&norms, day, state)?);
        }
        let facilities = scenario.province().facilities.iter().map(|known| (known.facility.id, known)).collect();
        let (recents, production, census) = (HashMap::new(), HashMap::new(), HashMap::new());
        Ok(Self { settings, facilities, recents, production, census })
    }

    fn take(&mut self, event: &Event) -> Result<(), Box<dyn Error>> {
        match event {
            Event::Delivery(brought) => {
                let at = brought.happened_at;
                let happened = Move { at, effect: brought.amount, class: MoveClass::Physical };
                self.recents.entry(brought.store).or_default().move_(happened);
            }
            Event::Report(report) => {
                let (at, known) = (report.happened_at, self.facilities[&report.facility]);
                let settings = &self.settings[&known.readiness];
                for (store, reading) in known.stores.iter().zip(&report.readings) {
                    if matches!(reading.shown, Shown::Running { .. }) {
                        let rate = store.production_of(&reading.shown, settings)?;
                        self.production.insert(store.id, Production { at, rate });
                    } else {
                        let grams = store.content_of(&reading.shown, settings)?;
                        self.recents.entry(store.id).or_default().observe(Sample { at, grams });
                    }
                }
                let counted = CensusAt { at, census: report.census };
                let newest = self.census.entry(report.facility).or_insert(counted);
                if newest.at <= at {
                    *newest = counted;
                }
            }
        }
        Ok(())
    }

    fn outlook(&self, known: &SimulatedFacility, now: Moment) -> Outlook {
        let none = Recent::default();
        let state = |store| StoreState {
            store,
            recent: self.recents.get(&store.id).unwrap_or(&none),
            source: Some(Source::Simulation),
            production: self.production.get(&store.id).copied(),
        };
        let stores: Vec<StoreState<'_>> = known.stores.iter().map(state).collect();
        let census = self.census.get(&known.facility.id).copied();
        let told = Known { stores: &stores, census, in_transit: Grams::ZERO };
        outlook(now, &told, &self.settings[&known.readiness])
    }
}

/// One range beside the truth.
struct Judged {
    age: f64,
    held: bool,
    too_late: bool,
    /// Width over the best estimate.
    width: Option<f64>,
    /// Best estimate over the truth.
    ratio: Option<f64>,
}

fn judge(
    scenario: &Scenario,
    settings: &Settings,
    known: &SimulatedFacility,
    told: &Outlook,
    now: Moment,
) -> Option<Judged> {
    let truth = scenario.truth(known.facility.id, now)?;
    let content = |store: StoreId| truth.contents.iter().find(|(id, _)| *id == store).map(|(_, content)| *content);
    let usable = known.stores.iter().filter_map(|store| Some(store.usable(content(store.id)?, settings))).sum();
    let (hours, last_word) = (told.hours?, told.silence.heard_at?);
    // What outlasts the scenario is no question of this week.
    let lasts = scenario.lasts(known.facility.id, now, usable)?;
    let too_late = lasts < hours.low;
    let width = hours.mid.zip(hours.high).map(|(mid, high)| (high - hours.low) / mid.max(0.25));
    Some(Judged {
        age: (now - last_word).as_hours(),
        held: !too_late && hours.high.is_none_or(|high| lasts <= high),
        too_late,
        width,
        ratio: hours.mid.map(|mid| mid / lasts.max(0.25)),
    })
}

fn week(chapter: Chapter, seed: u64, judged: &mut Vec<Judged>) -> Result<(), Box<dyn Error>> {
    let opening = chapter.opening();
    let scenario = Scenario::new(chapter, seed, ProvinceId::new(1), opening + Span::days(45));
    let mut told = Told::nothing_of(&scenario)?;
    let facilities = &scenario.province().facilities;
    let silent: HashSet<FacilityId> = (0..5).map(|number| facilities[number * 5 + 1].facility.id).collect();
    let silent_from = opening + Span::days(2);
    let mut until = chapter.history_from();
    for step in 0..34 {
        let now = opening + Span::hours(5 * step);
        for event in scenario.events(until, now) {
            if !(silent.contains(&event.facility()) && event.recorded_at() >= silent_from) {
                told.take(event)?;
            }
        }
        until = now;
        for known in facilities {
            let outlook = told.outlook(known, now);
            let settings = &told.settings[&known.readiness];
            judged.extend(judge(&scenario, settings, known, &outlook, now));
        }
    }
    Ok(())
}

fn share(all: &[&Judged], is: impl Fn(&Judged) -> bool) -> f64 {
    all.iter().filter(|one| is(one)).count() as f64 / all.len().max(1) as f64 * 100.0
}

fn quantile(mut values: Vec<f64>, share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    values
        .get(((values.len() as f64 * share) as usize).min(values.len().saturating_sub(1)))
        .copied()
        .unwrap_or(f64::NAN)
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let seeds: u64 = arguments.next().map_or(Ok(20), |seeds| seeds.parse())?;
    let only = arguments.next();
    let mut out = std::io::stdout().lock();
    for chapter in Chapter::ALL.into_iter().filter(|chapter| only.as_deref().is_none_or(|code| code == chapter.code()))
    {
        let mut judged = Vec::new();
        for seed in 1..=seeds {
            week(chapter, seed, &mut judged)?;
        }
        writeln!(
            out,
            "{}, {seeds} seeds\n  age, h   ranges  held %  out too early %  width/mid p50  p90  mid/truth p5 p50 p95",
            chapter.code()
        )?;
        for (from, to) in AGES.into_iter().chain([(0.0, f64::INFINITY)]) {
            let rows: Vec<&Judged> = judged.iter().filter(|one| from <= one.age && one.age < to).collect();
            let widths = || rows.iter().filter_map(|one| one.width).collect::<Vec<_>>();
            let ratios = || rows.iter().filter_map(|one| one.ratio).collect::<Vec<_>>();
            writeln!(
                out,
                "{from:>4}–{to:<6} {:>6} {:>7.1} {:>7.1} {:>9.2} {:>5.2} {:>8.2} {:>5.2} {:>5.2}",
                rows.len(),
                share(&rows, |one| one.held),
                share(&rows, |one| one.too_late),
                quantile(widths(), 0.5),
                quantile(widths(), 0.9),
                quantile(ratios(), 0.05),
                quantile(ratios(), 0.5),
                quantile(ratios(), 0.95),
            )?;
        }
    }
    Ok(())
}
