//! From late reports of admissions to oxygen, in synthetic provinces of which everything is known.
//!
//! An epidemic is drawn (`simulate::epidemic`), every place has one hospital with a drawn practice (`simulate::care`).
//! What is known on a drawn Monday: admissions as they had been told by each Monday until then, late, in batches and with
//! faults; who lies on which device on Saturday night; three weeks of the gauge. From that come admissions ahead, their
//! coherent paths, and the need of each hospital and of the province for the 28 days from Sunday on.

use forecast::need::{DayOfUse, Draws, Known, Line, Need, NeedNorms, Scenario, WeekProfile, Weeks, learn, need};
use forecast::tree::{Node, coherent};
use forecast::{Forecaster, Vintages};
use simulate::care::{Hospital, practices};
use simulate::epidemic::{Epidemic, Signal};

use told::{drawn_week, monday_after, told_until};

#[path = "../shared/told.rs"]
mod told;

/// Days of the gauge that are known.
const GAUGE: usize = 21;
/// Weeks known at least before a forecast is made, and weeks ahead.
const WEEKS: (usize, usize) = (8, 4);
/// Days at which need is looked at, from 0.
pub const LOOKED_AT: [usize; 4] = [0, 6, 13, 27];
/// What is held against the truth: grams of those days, of all 28 together, and patients on those days.
pub const FIGURES: usize = 9;
/// Shares of the ranges.
pub const RANGES: [f64; 2] = [0.5, 0.9];

/// How often ranges held the truth.
#[derive(Clone, Debug, Default)]
pub struct Held {
    /// Hospitals or provinces.
    pub number: f64,
    held: [[f64; RANGES.len()]; FIGURES],
    /// Sum of the logarithm of truth over median, where there is any.
    off: [(f64, f64); FIGURES],
    width: [f64; FIGURES],
}

impl Held {
    /// In which share of cases each range held a figure.
    pub fn shares(&self, figure: usize) -> [f64; RANGES.len()] {
        self.held[figure].map(|held| held / self.number.max(1.0))
    }

    /// How far the truth lies above the median, mean of the logarithm.
    pub fn off(&self, figure: usize) -> f64 {
        self.off[figure].0 / self.off[figure].1.max(1.0)
    }

    /// How many times the lower end of the widest range the upper one is, mean of the logarithm.
    pub fn width(&self, figure: usize) -> f64 {
        self.width[figure] / self.off[figure].1.max(1.0)
    }

    fn add(&mut self, told: &Need, truth: &Truth) {
        self.number += 1.0;
        let said = LOOKED_AT
            .map(|day| told.grams(Line::All, day))
            .into_iter()
            .chain([told.grams_over(Line::All, 0, told.days())])
            .chain(LOOKED_AT.map(|day| told.on_oxygen(day)));
        let came = LOOKED_AT.map(|day| truth.grams[day]).into_iter().chain([truth.grams.iter().sum()]);
        let came = came.chain(LOOKED_AT.map(|day| truth.patients[day]));
        for (figure, (said, came)) in said.zip(came).enumerate() {
            for (held, share) in self.held[figure].iter_mut().zip(RANGES) {
                let (low, high) = said.interval(share);
                *held += f64::from(u8::from((low..=high).contains(&came)));
            }
            let (low, high) = said.interval(RANGES[1]);
            if came > 0.0 && said.median() > 0.0 {
                self.off[figure].0 += (came / said.median()).ln();
                self.off[figure].1 += 1.0;
                self.width[figure] += (high / low.max(0.01 * high)).ln();
            }
        }
    }

    /// Both together.
    pub fn join(&mut self, other: &Self) {
        self.number += other.number;
        for figure in 0..FIGURES {
            for range in 0..RANGES.len() {
                self.held[figure][range] += other.held[figure][range];
            }
            self.off[figure].0 += other.off[figure].0;
            self.off[figure].1 += other.off[figure].1;
            self.width[figure] += other.width[figure];
        }
    }
}

/// What came true of 28 days.
struct Truth {
    grams: Vec<f64>,
    patients: Vec<f64>,
}

/// Of one province.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// Its hospitals with fewer than five patients at the median of day 7.
    pub small: Held,
    /// Its other hospitals.
    pub large: Held,
    /// Its sum.
    pub province: Held,
}

/// Draws a province and holds what was said of it against what came. None where nothing had ever been told.
pub fn hold(forecaster: &Forecaster, norms: &NeedNorms, seed: u64) -> Option<Outcome> {
    let epidemic = Epidemic::draw(seed, None);
    let admissions = epidemic.reported(Signal::Admissions);
    let weeks = admissions.weeks();
    let week = drawn_week(seed, &weeks, WEEKS);
    let sunday = admissions.column(weeks.date(week))? + 1;
    let (told, known_days) = told_until(&epidemic, Signal::Admissions, week, true);
    let places = weeks.places();
    let monday = monday_after(&weeks, week);
    let vintages = Vintages::new(places + 1, told);
    let mut nodes: Vec<Node> = (0..=places)
        .map(|place| Node { parent: (place < places).then_some(places), weeks: Vec::new(), told_below: 1.0 })
        .collect();
    for ahead in forecaster.ahead(&vintages, monday, weeks.date(week + 1)) {
        nodes[ahead.place].weeks.push(ahead.quantiles);
    }
    let draws = Draws::by_norms(seed, 200, norms);
    let paths = coherent(&nodes, &draws);

    let mut outcome = Outcome::default();
    let days = 7 * WEEKS.1;
    let mut sum_true = Truth { grams: vec![0.0; days], patients: vec![0.0; days] };
    let mut sum_told: Option<Need> = None;
    for (place, practice) in practices(seed, places).iter().enumerate().filter(|(place, _)| paths.has(*place)) {
        // Only what matters to these days: who came more than half a year before has left.
        let from = sunday.saturating_sub(182);
        let hospital = Hospital::run(seed, place, practice, &admissions.row(place)[from..sunday + days]);
        let day = |ahead: usize| sunday - from + ahead;
        let truth = Truth {
            grams: (0..days).map(|ahead| hospital.used(day(ahead)).all.as_f64()).collect(),
            patients: (0..days).map(|ahead| f64::from(hospital.census(day(ahead)).patients())).collect(),
        };
        let history: Vec<DayOfUse> = (0..GAUGE.min(sunday - from))
            .rev()
            .map(|ago| DayOfUse {
                norm: norms.norm_use(&hospital.census(day(0) - 1 - ago)),
                gauge: hospital.used(day(0) - 1 - ago).all,
            })
            .collect();
        let learnt = learn(&history, practice.others > 0.0, norms);
        let before = &known_days.row(place)[sunday.saturating_sub(60)..sunday];
        let dated: Vec<_> =
            (0..).zip(before).map(|(ago, count)| (admissions.date(sunday - before.len() + ago), *count)).collect();
        let weekly = paths.paths_of(place);
        let known = Known {
            before,
            profile: WeekProfile::learnt(&dated),
            census: Some(hospital.census(day(0) - 1)),
            base: learnt.base,
            ..Known::new(place as u64, admissions.date(sunday), Weeks::Paths(&weekly), learnt.coefficient)
        };
        let told = need(&known, &Scenario::default(), norms, &draws)?;
        let held = if told.on_oxygen(6).median() < 5.0 { &mut outcome.small } else { &mut outcome.large };
        held.add(&told, &truth);
        for (sum, one) in [(&mut sum_true.grams, &truth.grams), (&mut sum_true.patients, &truth.patients)] {
            sum.iter_mut().zip(one).for_each(|(sum, one)| *sum += one);
        }
        match &mut sum_told {
            Some(sum) => assert!(sum.add(&told), "hospitals of a province have the same days and paths"),
            None => sum_told = Some(told),
        }
    }
    outcome.province.add(&sum_told?, &sum_true);
    Some(outcome)
}
