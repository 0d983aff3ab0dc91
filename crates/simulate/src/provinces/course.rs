//! What really happens on one path: needs, failures, delays, silence and slips. Nobody in the world sees it.

use oxygen::dispatch::{Minutes, Window};

use super::law::HISTORY;
use super::province::Province;
use crate::dice::Dice;

/// How a reading is wrong.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Slip {
    /// The per cent of the gauge told as hundreds of kilograms are meant: 64 % becomes 64 kg.
    PerCent,
    /// The same figure as the last time.
    Stuck,
    /// A digit too many.
    TenFold,
}

/// The days of a province on one path.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Course {
    /// What each site takes each day, in grams; day 0 stands at [`HISTORY`].
    pub(super) need: Vec<Vec<i64>>,
    /// What each site's own plant makes each day from day 0, in grams.
    pub(super) made: Vec<Vec<i64>>,
    pub(super) sources_out: Vec<Vec<Window>>,
    pub(super) vehicles_out: Vec<Vec<Window>>,
    /// Whether each site is silent, by day.
    pub(super) silent: Vec<Vec<bool>>,
    pub(super) slips: Vec<Vec<Option<Slip>>>,
    /// How much longer each vehicle's ways take, by day: at least 1.
    pub(super) late: Vec<Vec<f64>>,
}

impl Course {
    pub(super) fn of(province: &Province, path: u64, days: usize) -> Self {
        let law = &province.law;
        let told = &province.told;
        let dice = |purpose: &str, number: usize| Dice::of(province.seed, purpose, path, number as u64);
        let (sites, days) = (told.sites.len(), days + 1);
        let common = {
            let (mut dice, mut now) = (dice("course common", 0), 0.0);
            let mut days: Vec<f64> = Vec::with_capacity(HISTORY + days);
            for _ in 0..days.capacity() {
                now = law.common.0 * now + law.common.1 * dice.gauss();
                days.push(now);
            }
            days
        };
        let need = (0..sites).map(|site| {
            let mut dice = dice("course need", site);
            let still = law.own.1 / (1.0 - law.own.0 * law.own.0).sqrt();
            let mut own = still * dice.gauss();
            let of_day = |(day, common): (usize, &f64)| {
                own = law.own.0 * own + law.own.1 * dice.gauss();
                if dice.chance(law.jump) {
                    own += dice.between(0.25, 0.6);
                }
                let wave = law.wave(day as f64 - HISTORY as f64);
                // The mean of what is drawn stays the level: a logarithm's variance raises it by half of itself.
                (province.level[site] * (wave + common + own - 0.5 * still * still).exp()).round() as i64
            };
            common.iter().enumerate().map(of_day).collect()
        });
        let made = (0..sites).map(|site| {
            let (mut dice, mut runs) = (dice("course plant", site), true);
            let of_day = |_| {
                let turned = dice.chance(if runs { law.plants.0 } else { law.plants.1 });
                runs ^= turned;
                let share = if turned { dice.share() } else { f64::from(u8::from(runs)) };
                (province.plant[site] * share).round() as i64
            };
            (0..days).map(of_day).collect()
        });
        let silent = (0..sites).map(|site| {
            let (mut dice, mut silent) = (dice("course silence", site), false);
            let of_day = |_| {
                silent ^= dice.chance(if silent { law.silence.1 } else { law.silence.0 });
                silent
            };
            (0..days).map(of_day).collect()
        });
        let slips = (0..sites).map(|site| {
            let mut dice = dice("course slips", site);
            let of_day = |_| {
                let which = [Slip::PerCent, Slip::Stuck, Slip::TenFold][dice.below(3)];
                dice.chance(law.slips).then_some(which)
            };
            (0..days).map(of_day).collect()
        });
        let late = (0..told.vehicles.len()).map(|vehicle| {
            let mut dice = dice("course late", vehicle);
            let of_day = |_| {
                let usual = 1.0 + (law.late.0 * dice.gauss()).abs();
                if dice.chance(law.late.1) { usual * dice.between(1.4, 2.5) } else { usual }
            };
            (0..days).map(of_day).collect()
        });
        Self {
            need: need.collect(),
            made: made.collect(),
            sources_out: (0..told.sources.len())
                .map(|source| failures(&mut dice("course sources", source), days, law.sources, (6, 48)))
                .collect(),
            vehicles_out: (0..told.vehicles.len())
                .map(|vehicle| failures(&mut dice("course vehicles", vehicle), days, law.vehicles, (6, 48)))
                .collect(),
            silent: silent.collect(),
            slips: slips.collect(),
            late: late.collect(),
        }
    }
}

/// Failures that begin with a chance on every day, each of so many hours; none while another lasts.
fn failures(dice: &mut Dice, days: usize, chance: f64, (least, most): (usize, usize)) -> Vec<Window> {
    let (mut failures, mut until) = (Vec::new(), Minutes::ZERO);
    for day in 0..days {
        let (fails, minute) = (dice.chance(chance), dice.whole(0, 24 * 60 - 1));
        let lasts = Minutes::hours(dice.whole(least, most) as i32);
        let from = Minutes::days(day as i32) + Minutes(minute as i32);
        if fails && from >= until {
            until = from + lasts;
            failures.push(Window::new(from, until));
        }
    }
    failures
}

/// The minutes from one to another that lie outside all windows.
pub(super) fn outside(windows: &[Window], from: Minutes, to: Minutes) -> i32 {
    let inside: i32 = windows.iter().map(|window| (window.to.min(to) - window.from.max(from)).0.max(0)).sum();
    (to - from).0.max(0) - inside
}
