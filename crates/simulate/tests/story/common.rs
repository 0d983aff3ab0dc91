//! What a command post would make of a scenario's events: the tests' own small ledger.

use std::collections::HashMap;

use oxygen::{
    CensusAt, Known, LedgerEntry, Move, MoveClass, Outlook, Production, Recent, Sample, Settings, Shown, Source,
    StoreId, StoreState, outlook,
};
use place::{FacilityId, ProvinceId};
use protocol::{Norms, Readiness};
use quantity::{Grams, Moment};
use simulate::{Chapter, Event, Scenario, SimulatedFacility};

/// A chapter with thirty days after its opening.
pub fn scenario(chapter: Chapter, seed: u64) -> Scenario {
    Scenario::new(chapter, seed, ProvinceId::new(1), chapter.opening() + Scenario::USUAL_AHEAD)
}

/// The shipped norms on the day of a moment.
pub fn settings(at: Moment, readiness: Readiness) -> Settings {
    Settings::from_norms(&Norms::shipped().unwrap(), at.date(), readiness).unwrap()
}

/// The ledgers of all stores of a scenario by what had arrived at a moment.
#[derive(Default)]
pub struct Ledgers {
    settings: HashMap<Readiness, Settings>,
    recents: HashMap<StoreId, Recent>,
    production: HashMap<StoreId, Production>,
    census: HashMap<FacilityId, CensusAt>,
}

impl Ledgers {
    pub fn at(scenario: &Scenario, now: Moment) -> Self {
        let opening = scenario.chapter().opening();
        let mut ledgers = Self {
            settings: Readiness::ALL.into_iter().map(|state| (state, settings(opening, state))).collect(),
            ..Self::default()
        };
        let known: HashMap<FacilityId, &SimulatedFacility> =
            scenario.province().facilities.iter().map(|known| (known.facility.id, known)).collect();
        for event in scenario.events(scenario.chapter().history_from(), now) {
            ledgers.take(known[&event.facility()], event);
        }
        ledgers
    }

    fn take(&mut self, known: &SimulatedFacility, event: &Event) {
        match event {
            Event::Delivery(brought) => {
                let class = MoveClass::Physical;
                let entry = LedgerEntry::Move(Move { at: brought.happened_at, effect: brought.amount, class });
                self.fold(brought.store, entry);
            }
            Event::Report(report) => {
                let settings = self.settings[&known.readiness].clone();
                for reading in &report.readings {
                    let store = known.stores.iter().find(|store| store.id == reading.store).unwrap();
                    let grams = store.content_of(&reading.shown, &settings).unwrap();
                    if let Shown::Running { .. } = reading.shown {
                        let rate = store.production_of(&reading.shown, &settings).unwrap();
                        self.production.insert(store.id, Production { at: report.happened_at, rate });
                    } else {
                        self.fold(store.id, LedgerEntry::Sample(Sample { at: report.happened_at, grams }));
                    }
                }
                let census = CensusAt { at: report.happened_at, census: report.census };
                let newest = self.census.entry(report.facility).or_insert(census);
                if newest.at <= census.at {
                    *newest = census;
                }
            }
        }
    }

    fn fold(&mut self, store: StoreId, entry: LedgerEntry) {
        let recent = self.recents.entry(store).or_default();
        match entry {
            LedgerEntry::Sample(sample) => recent.observe(sample),
            LedgerEntry::Move(happened) => recent.move_(happened),
        }
    }

    pub fn outlook(&self, known: &SimulatedFacility, now: Moment) -> Outlook {
        let none = Recent::default();
        let states: Vec<StoreState<'_>> = known
            .stores
            .iter()
            .map(|store| StoreState {
                store,
                recent: self.recents.get(&store.id).unwrap_or(&none),
                source: Some(Source::Simulation),
                production: self.production.get(&store.id).copied(),
            })
            .collect();
        let census = self.census.get(&known.facility.id).copied();
        let known_now = Known { stores: &states, census, in_transit: Grams::ZERO };
        outlook(now, &known_now, &self.settings[&known.readiness])
    }
}

/// Every facility with its outlook, worst first.
pub fn list(scenario: &Scenario, now: Moment) -> Vec<(&SimulatedFacility, Outlook)> {
    let ledgers = Ledgers::at(scenario, now);
    let mut list: Vec<_> =
        scenario.province().facilities.iter().map(|known| (known, ledgers.outlook(known, now))).collect();
    list.sort_by_key(|(_, outlook)| outlook.rank);
    list
}
