//! The trips of a plan in the making, with every list that the search asks: who is out when, what is loaded where, who
//! is visited when. One change replaces one trip; every change can be taken back.

use oxygen::dispatch::{Basis, Clock, Minutes, SiteNo, SourceNo, VehicleNo, Window};

use super::ledger::Ledger;
use super::prepared::{Prepared, Way};

/// What a trip brings to one site.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Load {
    pub site: SiteNo,
    /// Grams, or cylinders.
    pub units: i64,
    /// Grams in one unit.
    pub unit: i64,
    /// Its place among the ledgers of the source: liquid, or a size of cylinders.
    pub ledger: usize,
    /// Empty cylinders that go back.
    pub empties: u32,
    pub basis: Basis,
}

/// A trip.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Run {
    pub vehicle: VehicleNo,
    pub source: SourceNo,
    pub tank: bool,
    /// The minute from which its times are set.
    pub ready: Minutes,
    pub clock: Clock,
    pub loads: Vec<Load>,
    /// Frozen or kept: the search does not touch it.
    pub fixed: bool,
    pub alive: u64,
}

impl Run {
    /// All that it loads, in units.
    pub fn units(&self) -> i64 {
        self.loads.iter().map(|load| load.units).sum()
    }

    /// Of it, what one ledger of the source gives.
    pub fn units_of(&self, ledger: usize) -> i64 {
        self.loads.iter().filter(|load| load.ledger == ledger).map(|load| load.units).sum()
    }

    /// Whether it can be loaded with what a way brings.
    pub fn goes(&self, way: &Way) -> bool {
        !self.fixed && self.source == way.source && self.tank == way.tank
    }
}

/// The trips and who is in them.
pub(crate) struct Runs {
    list: Vec<Option<Run>>,
    vacant: Vec<u32>,
    of_vehicle: Vec<Vec<(Window, u32)>>,
    /// By source, in the order of loading; what was loaded before the plan began is not among them.
    of_source: Vec<Vec<(Minutes, u32)>>,
    of_site: Vec<Vec<u32>>,
    /// By source, in the order in which empty cylinders come back.
    back_at: Vec<Vec<(Minutes, u32)>>,
    /// By source: its liquid, then its sizes of cylinders.
    ledgers: Vec<Vec<Ledger>>,
    left: Vec<i64>,
    /// What trips cost in hours and kilometres.
    pub cost: f64,
}

impl Runs {
    pub fn new(given: &Prepared) -> Self {
        let problem = &given.problem;
        let mut runs = Self {
            list: Vec::new(),
            vacant: Vec::new(),
            of_vehicle: vec![Vec::new(); problem.vehicles.len()],
            of_source: vec![Vec::new(); problem.sources.len()],
            of_site: vec![Vec::new(); problem.sites.len()],
            left: problem.contracts.iter().map(|contract| contract.left.0).collect(),
            back_at: vec![Vec::new(); problem.sources.len()],
            ledgers: problem.sources.iter().map(|source| vec![Ledger::default(); 1 + source.cylinders.len()]).collect(),
            cost: 0.0,
        };
        for (number, source) in problem.sources.iter().enumerate() {
            (0..=source.cylinders.len()).for_each(|ledger| runs.reckon(given, SourceNo::of(number), ledger));
        }
        runs
    }

    pub fn get(&self, id: u32) -> Option<&Run> {
        self.list.get(id as usize)?.as_ref()
    }

    pub fn all(&self) -> impl Iterator<Item = (u32, &Run)> {
        self.list.iter().enumerate().filter_map(|(id, run)| Some((id as u32, run.as_ref()?)))
    }

    /// A number that no trip has.
    pub fn vacant(&mut self) -> u32 {
        if let Some(id) = self.vacant.pop() {
            return id;
        }
        self.list.push(None);
        self.list.len() as u32 - 1
    }

    /// Trips that visit a site.
    pub fn of_site(&self, site: SiteNo) -> &[u32] {
        &self.of_site[site.index()]
    }

    /// Trips that load at a source, in the order of loading.
    pub fn of_source(&self, source: SourceNo) -> &[(Minutes, u32)] {
        &self.of_source[source.index()]
    }

    /// Trips of a vehicle, in the order of leaving.
    pub fn of_vehicle(&self, vehicle: VehicleNo) -> &[(Window, u32)] {
        &self.of_vehicle[vehicle.index()]
    }

    /// What a contract still allows, in grams.
    pub fn left(&self, basis: Basis) -> i64 {
        match basis {
            Basis::Contract(number) => self.left[number.index()],
            Basis::Loan | Basis::EmergencyPurchase => i64::MAX,
        }
    }

    /// Puts a trip in the place of another; gives back the other. The caller tells the sites of both.
    pub fn replace(&mut self, given: &Prepared, id: u32, run: Option<Run>) -> Option<Run> {
        let old = self.list[id as usize].take();
        if let Some(old) = &old {
            self.count(given, old, -1);
            self.of_vehicle[old.vehicle.index()].retain(|(_, other)| *other != id);
            self.of_source[old.source.index()].retain(|(_, other)| *other != id);
            self.back_at[old.source.index()].retain(|(_, other)| *other != id);
            old.loads.iter().for_each(|load| self.of_site[load.site.index()].retain(|other| *other != id));
            if run.is_none() {
                self.vacant.push(id);
            }
        } else if run.is_some() {
            self.vacant.retain(|other| *other != id);
        }
        if let Some(run) = run {
            self.count(given, &run, 1);
            insert(&mut self.of_vehicle[run.vehicle.index()], (run.clock.out(), id));
            if run.clock.loads >= Minutes::ZERO {
                insert(&mut self.of_source[run.source.index()], (run.clock.loads, id));
            }
            if let Some(returns) = run.clock.returns {
                insert(&mut self.back_at[run.source.index()], (returns, id));
            }
            run.loads.iter().for_each(|load| insert(&mut self.of_site[load.site.index()], id));
            self.list[id as usize] = Some(run);
        }
        let now = self.list[id as usize].as_ref();
        let ledgers: Vec<(SourceNo, usize)> = old.iter().chain(now).flat_map(ledgers_of).collect();
        for (at, (source, ledger)) in ledgers.iter().enumerate() {
            if !ledgers[..at].contains(&(*source, *ledger)) {
                self.reckon(given, *source, *ledger);
            }
        }
        old
    }

    /// Changes the empties of a stop; nothing else hangs on them but the source's sums, which are worked out anew.
    pub fn set_empties(&mut self, given: &Prepared, id: u32, stop: usize, empties: u32) {
        let Some(run) = &mut self.list[id as usize] else { return };
        run.loads[stop].empties = empties;
        let (source, ledger) = (run.source, run.loads[stop].ledger);
        self.reckon(given, source, ledger);
    }

    fn count(&mut self, given: &Prepared, run: &Run, sign: i64) {
        for load in &run.loads {
            if let Basis::Contract(number) = load.basis {
                self.left[number.index()] -= sign * load.units * load.unit;
            }
        }
        self.cost += sign as f64 * cost_of(given, &run.clock);
    }

    /// How long a vehicle is out on trips that begin on a day.
    pub fn worked(&self, vehicle: VehicleNo, day: usize) -> Minutes {
        let trips = &self.of_vehicle[vehicle.index()];
        let first = trips.partition_point(|(out, _)| out.from.day() < day);
        let today = trips[first..].iter().take_while(|(out, _)| out.from.day() == day);
        Minutes(today.map(|(out, _)| (out.to - out.from).0).sum())
    }

    /// Whether a vehicle can be out then: no other trip of its own at the same time, and its drivers' hours hold.
    pub fn is_free(&self, given: &Prepared, vehicle: VehicleNo, clock: &Clock, except: Option<u32>) -> bool {
        let out = clock.out();
        let day = clock.leaves.day();
        let mut worked = out.to - out.from;
        let trips = &self.of_vehicle[vehicle.index()];
        let first = trips.partition_point(|(other, _)| other.to <= out.from && other.from.day() < day);
        for (other, id) in &trips[first..] {
            if other.from >= out.to && other.from.day() > day {
                break;
            }
            if Some(*id) == except {
                continue;
            }
            if other.meets(out) {
                return false;
            }
            if other.from.day() == day {
                worked += other.to - other.from;
            }
        }
        worked <= given.problem.vehicle(vehicle).duty
    }

    /// The basis on which a way may load at a minute, and how many grams it still allows; what a trip of its own
    /// holds already counts as taken.
    pub fn basis(&self, given: &Prepared, way: &Way, loads: Minutes) -> Option<(Basis, i64)> {
        way.bases
            .iter()
            .filter(|basis| given.problem.holds(**basis, way.source, loads))
            .map(|basis| (*basis, self.left(*basis)))
            .find(|(_, left)| *left >= way.least * way.unit)
    }

    /// How many more units may be loaded at a minute so that nothing that is loaded later is missing.
    pub fn slack(&self, given: &Prepared, way: &Way, at: Minutes) -> i64 {
        self.ledgers[way.source.index()][way.ledger()].slack(given, way.source, at)
    }

    /// The least that a source ever has of what a way brings; negative: a trip loads what is not there.
    pub fn least(&self, way: &Way) -> i64 {
        self.ledgers[way.source.index()][way.ledger()].least()
    }

    /// Works out anew what a source has of one kind.
    fn reckon(&mut self, given: &Prepared, source: SourceNo, ledger: usize) {
        let mut book = std::mem::take(&mut self.ledgers[source.index()][ledger]);
        let of = |id: &u32| self.get(*id).map(|run| (run, run.units_of(ledger))).filter(|(_, units)| *units > 0);
        let loads = self.of_source[source.index()].iter().filter_map(|(loads, id)| Some((*loads, of(id)?.1)));
        if ledger == 0 {
            book.of_liquid(given, source, loads);
        } else {
            let back = self.back_at[source.index()].iter().filter_map(|(returns, id)| {
                let loads = of(id)?.0.loads.iter().filter(|load| load.ledger == ledger);
                Some((*returns, loads.map(|load| i64::from(load.empties)).sum()))
            });
            book.of_cylinders(&given.problem.source(source).cylinders[ledger - 1], loads, back);
        }
        self.ledgers[source.index()][ledger] = book;
    }
}

fn ledgers_of(run: &Run) -> impl Iterator<Item = (SourceNo, usize)> {
    run.loads.iter().map(|load| (run.source, load.ledger))
}

/// What a trip costs in hours and kilometres.
pub(crate) fn cost_of(given: &Prepared, clock: &Clock) -> f64 {
    let aims = &given.problem.aims;
    (clock.back - clock.leaves).as_hours() * aims.hour + clock.metres as f64 / 1_000.0 * aims.kilometre
}

fn insert<T: Ord>(list: &mut Vec<T>, value: T) {
    let at = list.partition_point(|other| *other < value);
    list.insert(at, value);
}
