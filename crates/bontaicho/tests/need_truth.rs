//! OX08: demand of oxygen is covered, in hospitals whose truth is known: `simulate::care` shares no code with the forecast.
//!
//! Once with the whole chain, from late reports of admissions on: a small version of the example `need_truth`, which is
//! run with a thousand provinces. And once with weeks whose distribution is known exactly, so that what is tested is the
//! way from admissions to oxygen alone.

use forecast::need::{
    Arrival, Base, Coefficient, DayOfUse, Draws, Known, Learnt, Line, NeedNorms, Scenario, Stock, Weeks,
    hours_to_empty, learn, need,
};
use forecast::{Forecaster, LEVELS, Quantiles};
use jiff::civil::{Date, date};
use protocol::{Norms, Readiness};
use quantity::{Grams, GramsPerHour, Moment, Span};
use simulate::care::{Hospital, Practice, practices};

#[path = "../examples/need_truth/chain.rs"]
mod chain;

const TODAY: Date = date(2021, 11, 22);
const HISTORY: usize = 21;
const BEFORE: usize = 120;
const AHEAD: usize = 28;
const LOOKED_AT: [usize; 4] = [0, 6, 13, 27];

fn norms() -> NeedNorms {
    NeedNorms::from_norms(&Norms::shipped().expect("norms"), TODAY, Readiness::Emergency).expect("in force")
}

/// Eight provinces: wide bounds, because hospitals of a province err together; the example's are narrow.
#[test]
fn demand_is_covered_from_late_reports_to_grams() {
    let (forecaster, norms) = (Forecaster::shipped(), norms());
    let mut large = chain::Held::default();
    let mut small = chain::Held::default();
    for outcome in (5_000_000..5_000_008).filter_map(|seed| chain::hold(&forecaster, &norms, seed)) {
        large.join(&outcome.large);
        small.join(&outcome.small);
    }
    assert!(large.number > 50.0 && small.number > 50.0, "{} {}", large.number, small.number);
    for figure in 0..chain::FIGURES {
        let [half, nine] = large.shares(figure);
        assert!((0.75..=0.995).contains(&nine) && half < 0.75, "figure {figure}: {half} of 50 %, {nine} of 90 %");
        assert!(large.off(figure).abs() < 0.4 && large.width(figure) < 4.0, "figure {figure} strays or says nothing");
        let [_, nine] = small.shares(figure);
        assert!(nine > 0.85, "small hospitals, figure {figure}: {nine} of 90 %");
    }
}

/// SplitMix64: chance that neither crate has.
struct Throw(u64);

impl Throw {
    fn share(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Box and Muller.
    fn normal(&mut self) -> f64 {
        (-2.0 * (1.0 - self.share()).ln()).sqrt() * (std::f64::consts::TAU * self.share()).cos()
    }
}

/// The normal score of a level, by adding up the density.
fn score(level: f64) -> f64 {
    let density = |z: f64| (-z * z / 2.0).exp() / std::f64::consts::TAU.sqrt();
    let (mut z, mut below) = (-6.0, 0.0);
    while below < level {
        below += density(z + 0.000_5) * 0.001;
        z += 0.001;
    }
    z
}

/// A hospital, and the exact distribution of its weeks.
struct World {
    weeks: Vec<Quantiles>,
    admissions: Vec<f64>,
    hospital: Hospital,
}

impl World {
    fn draw(throw: &mut Throw, scores: &[f64; LEVELS], practice: &Practice, number: usize) -> Self {
        let steady = 20.0 * (0.8 * throw.normal()).exp();
        let growth = 1.0 + 0.15 * throw.normal().clamp(-2.0, 2.0);
        let level = |week: usize| steady * growth.powi(week as i32 + 1);
        let errors = [0.15, 0.25, 0.35, 0.45];
        let weeks = errors.iter().enumerate();
        let weeks = weeks.map(|(week, error)| Quantiles::rising(scores.map(|z| level(week) * (error * z).exp())));
        let mut admissions: Vec<f64> =
            (0..BEFORE).map(|_| (0..70).filter(|_| throw.share() < steady / 490.0).count() as f64).collect();
        let mut z = 0.0;
        for (week, error) in errors.into_iter().enumerate() {
            z = if week == 0 { throw.normal() } else { 0.8 * z + 0.6 * throw.normal() };
            let mut days = [0.0; 7];
            for _ in 0..(level(week) * f64::exp(error * z)).round() as usize {
                days[(7.0 * throw.share()) as usize] += 1.0;
            }
            admissions.extend(days);
        }
        let hospital = Hospital::run(throw.0, number, practice, &admissions);
        Self { weeks: weeks.collect(), admissions, hospital }
    }

    fn history(&self, norms: &NeedNorms) -> Vec<DayOfUse> {
        let of = |day: usize| DayOfUse {
            norm: norms.norm_use(&self.hospital.census(day)),
            gauge: self.hospital.used(day).all,
        };
        (BEFORE - HISTORY..BEFORE).map(of).collect()
    }

    fn truth(&self, day: usize) -> f64 {
        self.hospital.used(BEFORE + day).all.as_f64()
    }

    /// Hours until a stock is used up with a truck of a third of it in five days, or without.
    fn empties(&self, stock: f64, comes: bool) -> f64 {
        let mut left = stock;
        for day in 0..AHEAD {
            left += if day == 5 && comes { stock / 3.0 } else { 0.0 };
            if left <= self.truth(day) {
                return 24.0 * (day as f64 + left / self.truth(day));
            }
            left -= self.truth(day);
        }
        f64::INFINITY
    }
}

#[derive(Default)]
struct Covered {
    hospitals: f64,
    days: [f64; LOOKED_AT.len()],
    together: f64,
    patients: f64,
    emptied: f64,
    width: f64,
}

fn cover(seed: u64, hospitals: usize, learns: bool, with_others: bool) -> Covered {
    let norms = norms();
    let scores = forecast::LEVEL.map(score);
    let mut throw = Throw(seed);
    let mut covered = Covered { hospitals: hospitals as f64, ..Covered::default() };
    let inside = |(low, high): (f64, f64), truth: f64| f64::from(u8::from(low <= truth && truth <= high));
    for number in 0..hospitals {
        // One hospital of each province, so that none errs with another.
        let mut practice = practices(seed + number as u64, 1).remove(0);
        practice.others = if with_others { 0.5 * throw.share() } else { 0.0 };
        let world = World::draw(&mut throw, &scores, &practice, number);
        let history = if learns { world.history(&norms) } else { Vec::new() };
        let Learnt { coefficient, base } = learn(&history, with_others, &norms);
        assert!(learns || (base == Base::NONE && coefficient == Coefficient::unlearnt(&norms)));
        let known = Known {
            before: if learns { &world.admissions[BEFORE - 60..BEFORE] } else { &[] },
            census: Some(world.hospital.census(BEFORE - 1)),
            base,
            ..Known::new(number as u64, TODAY, Weeks::Quantiles(&world.weeks), coefficient)
        };
        let told = need(&known, &Scenario::default(), &norms, &Draws::by_norms(seed, 200, &norms)).expect("28 days");
        for (held, day) in covered.days.iter_mut().zip(LOOKED_AT) {
            let (low, high) = told.grams(Line::All, day).interval(0.9);
            *held += inside((low, high), world.truth(day));
            // How many times the lower end the upper one is, where the lower one is not nearly nothing.
            covered.width += (high / low.max(0.01 * high)).ln() / (LOOKED_AT.len() * hospitals) as f64;
        }
        let together: f64 = (0..AHEAD).map(|day| world.truth(day)).sum();
        covered.together += inside(told.grams_over(Line::All, 0, AHEAD).interval(0.9), together);
        let there = f64::from(world.hospital.census(BEFORE + 13).patients());
        covered.patients += inside(told.on_oxygen(13).interval(0.9), there);

        // A stock of eight true days, with a truck in five days that comes in seven of ten cases.
        let stock: f64 = (0..8).map(|day| world.truth(day)).sum();
        let now = Moment::start_of(TODAY);
        let truck = Arrival { at: now + Span::days(5), grams: Grams((stock / 3.0) as i64), probability: 0.7 };
        let comes = throw.share() < 0.7;
        let stock_now =
            Stock { now, usable: Grams(stock as i64), production: GramsPerHour::ZERO, holds: None, arrivals: &[truck] };
        let emptying = hours_to_empty(&stock_now, &told, seed ^ number as u64);
        let at = |share: f64| emptying.hours_at(share).unwrap_or(f64::INFINITY);
        covered.emptied += inside((at(0.05), at(0.95)), world.empties(stock, comes));
    }
    covered
}

impl Covered {
    fn holds(&self, name: &str) {
        let share = |held: f64| held / self.hospitals;
        for (what, held) in [
            ("first day", self.days[0]),
            ("day 7", self.days[1]),
            ("day 14", self.days[2]),
            ("day 28", self.days[3]),
            ("28 days together", self.together),
            ("patients on day 14", self.patients),
            ("hours to empty", self.emptied),
        ] {
            assert!((0.84..=0.965).contains(&share(held)), "{name}, {what}: {} of 90 %", share(held));
        }
    }
}

/// Where nothing of a hospital is known but its census.
#[test]
fn unlearnt_hospitals_are_covered() {
    cover(616, 400, false, false).holds("census only");
}

/// Where three weeks of its gauge are, with other diseases beside the epidemic.
#[test]
fn learnt_hospitals_are_covered_by_narrower_ranges() {
    let learnt = cover(4_111, 400, true, true);
    learnt.holds("three weeks, other diseases");
    let unlearnt = cover(4_111, 100, false, false);
    assert!(learnt.width < 0.85 * unlearnt.width, "what is learnt narrows: {} {}", learnt.width, unlearnt.width);
}

/// The same where the census counts everybody.
#[test]
fn learnt_hospitals_without_other_diseases_are_covered() {
    cover(261, 400, true, false).holds("three weeks");
}
