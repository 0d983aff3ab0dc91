//! The parameters of a province, drawn anew: how different the epidemics are that a forecast meets.
//!
//! The ranges make weekly counts as varied as those of influenza admissions in the United States and of
//! cases in Vietnam in 2021; generation intervals hold Delta (3.8 days) and Omicron (3.0 days).

use jiff::ToSpan;
use jiff::civil::{Date, date};

use super::delay::Delay;
use super::parameters::{
    Admission, Ascertainment, Backfill, Counting, Faults, Habits, Kind, Parameters, Place, Policy, Signal,
    Transmission, Variant, Wander,
};
use super::{LONGEST_REPORT, RUN_IN};
use crate::dice::Dice;

/// The longest of generation interval and incubation, days.
const LONGEST: usize = 21;
/// Admission after the longest illness at home, days.
const LONGEST_AT_HOME: usize = 28;

impl Kind {
    /// First waves are the most frequent: they are what little history leaves a forecast alone with.
    fn draw(seed: u64) -> Self {
        match Dice::of(seed, "kind", 0, 0).share() {
            share if share < 0.45 => Self::First,
            share if share < 0.70 => Self::Seasonal,
            _ => Self::Waves,
        }
    }
}

impl Parameters {
    /// The parameters of a seed, of any kind or of a given one.
    pub fn draw(seed: u64, kind: Option<Kind>) -> Self {
        let kind = kind.unwrap_or_else(|| Kind::draw(seed));
        let dice = |purpose| Dice::of(seed, purpose, 0, 0);
        let mut length = dice("length");
        let weeks = match kind {
            Kind::First => length.whole(30, 59),
            Kind::Seasonal => length.whole(110, 189),
            Kind::Waves => length.whole(80, 169),
        };
        // The first week ends on one of 400 Saturdays.
        let sunday: Date = date(2009, 12, 27);
        let first_day = sunday.saturating_add(length.below(400) as i64 * 7.days());
        let places = places(kind, seed);
        let days = RUN_IN + weeks * 7;
        let cases = counting(kind, Signal::Cases, places.len(), weeks, dice("counting of cases"));
        let admissions = counting(kind, Signal::Admissions, places.len(), weeks, dice("counting of admissions"));
        let mut toll = dice("ascertainment");
        Self {
            kind,
            first_day,
            weeks,
            places,
            transmission: transmission(kind, days, dice("transmission")),
            policy: policy(kind, dice("policy")),
            ascertainment: Ascertainment {
                incubation: Delay::exponential(toll.between(2.0, 7.0), LONGEST - 1),
                drift: toll.between(0.0, 0.04),
                shared_drift: toll.between(0.0, 0.03),
            },
            admission: Admission {
                delay: Delay::log_normal(toll.log_between(3.2, 4.8), toll.between(0.5, 0.7), LONGEST_AT_HOME),
                drift: toll.between(0.0, 0.03),
            },
            cases,
            admissions,
        }
    }
}

fn places(kind: Kind, seed: u64) -> Vec<Place> {
    let mut dice = Dice::of(seed, "places", 0, 0);
    let number = dice.whole(20, 63);
    let spread = dice.between(0.7, 1.3);
    let mean = dice.log_between(2e5, 6e6);
    let ascertained = match kind {
        Kind::First => dice.log_between(0.01, 0.5),
        Kind::Seasonal | Kind::Waves => dice.log_between(0.002, 0.03),
    };
    // Of the infected whom anybody counts: from Hanoi's plan (3.6 % very severe, 2 % critical) to the
    // planning share of the WHO (15 % severe, 5 % critical).
    let admitted = dice.log_between(0.056, 0.2);
    let imports_within = dice.between(5.0, 60.0);
    let season_peak = dice.between(-10.0, 35.0);
    let shape = match kind {
        Kind::First => dice.log_between(6.0, 80.0),
        Kind::Seasonal | Kind::Waves => dice.log_between(15.0, 300.0),
    };
    let bed_shape = dice.log_between(15.0, 300.0);
    let (delay, bed_delay) = (dice.log_between(0.4, 4.0), dice.log_between(0.3, 2.0));
    let delay_shape = dice.between(0.7, 2.0);

    let sizes: Vec<f64> = (0..number).map(|_| (spread * dice.gauss()).exp()).collect();
    let scale = mean * number as f64 / sizes.iter().sum::<f64>();
    let mut places: Vec<Place> = (1..)
        .zip(sizes)
        .map(|(place, size)| {
            let mut habits = |shape: f64, delay: f64| Habits {
                shape: shape * (0.3 * dice.gauss()).exp(),
                delay: report_delay(delay * (0.3 * dice.gauss()).exp(), delay_shape),
            };
            let (cases, admissions) = (habits(shape, delay), habits(bed_shape, bed_delay));
            Place {
                code: format!("S{place:02}"),
                people: (size * scale).round().max(1.0),
                first_import: match kind {
                    Kind::First => dice.exponential(imports_within) as usize,
                    Kind::Seasonal | Kind::Waves => 0,
                },
                season_peak: season_peak + 8.0 * dice.gauss(),
                ascertained: (ascertained * (0.3 * dice.gauss()).exp()).min(1.0),
                admitted: (admitted * (0.25 * dice.gauss()).exp()).min(0.5),
                cases,
                admissions,
            }
        })
        .collect();
    if kind == Kind::First {
        // A first wave begins where most people arrive.
        let mut by_size: Vec<usize> = (0..number).collect();
        by_size.sort_by(|one, other| places[*other].people.total_cmp(&places[*one].people));
        for place in by_size.into_iter().take(2) {
            places[place].first_import = dice.below(50);
        }
    }
    places
}

/// Reports may come on the day itself: a gamma law by whole days, half a day on.
fn report_delay(mean: f64, shape: f64) -> Delay {
    let density = |days: f64| days.powf(shape - 1.0) * (-days * shape / mean).exp();
    Delay::of_weights((0..=LONGEST_REPORT).map(|days| density(days as f64 + 0.5)))
}

fn transmission(kind: Kind, days: usize, mut dice: Dice) -> Transmission {
    let mean = match kind {
        // Three in ten first waves are of a disease slower than COVID-19.
        Kind::First if dice.chance(0.3) => dice.between(3.0, 14.0),
        Kind::First => dice.between(3.0, 6.0),
        Kind::Seasonal | Kind::Waves => dice.between(3.0, 8.0),
    };
    let generation = Delay::gamma(mean, dice.between(2.0, 5.0), LONGEST);
    let (reproduction, season) = match kind {
        Kind::First => (dice.between(1.4, 3.0), dice.between(0.05, 0.15)),
        Kind::Seasonal => (dice.between(1.15, 1.5), dice.between(0.12, 0.3)),
        Kind::Waves => (dice.between(1.3, 2.0), dice.between(0.03, 0.15)),
    };
    Transmission {
        generation,
        reproduction,
        season,
        holidays: dice.between(-0.25, 0.05),
        shared_noise: Wander { deviation: dice.between(0.05, 0.15), memory: dice.between(15.0, 50.0) },
        own_noise: Wander { deviation: dice.between(0.05, 0.2), memory: dice.between(10.0, 40.0) },
        variants: variants(kind, days, &mut dice),
        susceptible: match kind {
            Kind::First => 1.0,
            Kind::Seasonal => dice.between(0.6, 0.8),
            Kind::Waves => dice.between(0.55, 0.85),
        },
        waning: match kind {
            Kind::First => 1.0 / 600.0,
            Kind::Seasonal | Kind::Waves => 1.0 / dice.between(200.0, 700.0),
        },
        imported: match kind {
            Kind::Seasonal => dice.between(0.5, 5.0),
            Kind::First | Kind::Waves => dice.log_between(0.005, 0.5),
        },
        mixing: dice.log_between(1e-4, 1e-2),
        clusters: Some(2.0),
    }
}

fn variants(kind: Kind, days: usize, dice: &mut Dice) -> Vec<Variant> {
    let (mut from, advantage) = match kind {
        Kind::Seasonal => return Vec::new(),
        Kind::First => (dice.between(100.0, 300.0), (0.0, 0.4)),
        Kind::Waves => (dice.between(60.0, 250.0), (0.025, 0.25)),
    };
    let mut variants = Vec::new();
    while from < days as f64 {
        variants.push(Variant {
            from: from as usize,
            takeover: dice.between(15.0, 50.0),
            advantage: dice.between(advantage.0, advantage.1),
            escape: dice.between(0.0, 0.5),
            severity: dice.log_between(0.4, 1.4),
        });
        from += dice.between(120.0, 420.0);
    }
    variants
}

fn policy(kind: Kind, mut dice: Dice) -> Policy {
    let threshold = dice.log_between(5e-5, 300e-5);
    Policy {
        strictness: match kind {
            Kind::First => dice.between(0.4, 1.3),
            Kind::Seasonal => 0.0,
            Kind::Waves => dice.between(0.0, 0.7),
        },
        threshold,
        province_threshold: threshold * dice.between(0.3, 2.0),
        local: dice.between(0.2, 1.0),
        lifted: dice.between(0.15, 0.8),
        fatigue: dice.between(0.0, 0.006),
        tightening: 1.0 / dice.between(4.0, 20.0),
        loosening: 1.0 / dice.between(15.0, 90.0),
    }
}

fn counting(kind: Kind, signal: Signal, places: usize, weeks: usize, mut dice: Dice) -> Counting {
    // Hospitals admit on every day; tests are made when somebody works.
    let depth = match signal {
        Signal::Cases => 0.6,
        Signal::Admissions => 0.25,
    };
    let (sunday, saturday) = (dice.between(0.0, depth), dice.between(0.0, depth / 2.0));
    let mut weekdays = [0.0; 7].map(|_: f64| (0.05 * dice.gauss()).exp());
    weekdays[0] *= (-sunday).exp();
    weekdays[6] *= (-saturday).exp();
    // What waits over Sunday is seen on Monday.
    weekdays[1] *= (sunday / 2.0).exp();
    let mean = weekdays.iter().sum::<f64>() / 7.0;
    let mut closed = [false; 7];
    closed[0] = dice.chance(0.4);
    closed[6] = closed[0] && dice.chance(0.4);
    let faulty = |dice: &mut Dice, share: f64, low: f64, high: f64| {
        if dice.chance(share) { dice.between(low, high) } else { 0.0 }
    };
    let backfilled = if signal == Signal::Cases { dice.between(0.0, 0.15) } else { 0.0 };
    let mut backfills = Vec::new();
    for place in 0..places {
        if dice.chance(backfilled) {
            backfills.push(Backfill {
                place,
                told: dice.whole((weeks * 7).min(28), (weeks * 7).saturating_sub(1)),
                parts: dice.whole(1, 3),
                days: dice.whole(14, 70),
                share: dice.between(0.2, 0.6),
            });
        }
    }
    Counting {
        weekdays: weekdays.map(|factor| factor / mean),
        daily: dice.between(0.2, 0.6),
        faults: Faults {
            closed,
            batches: match kind {
                Kind::First => faulty(&mut dice, 0.6, 0.01, 0.08),
                Kind::Seasonal | Kind::Waves => faulty(&mut dice, 0.6, 0.005, 0.04),
            },
            silences: faulty(&mut dice, 0.5, 0.001, 0.01),
            corrections: faulty(&mut dice, 0.5, 0.002, 0.03),
            backfills,
        },
    }
}
