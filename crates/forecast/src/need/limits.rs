//! Days on which need passes what a facility has.

use quantity::{Grams, GramsPerHour};

use super::ahead::Need;
use super::norms::Level;

/// What a facility has. What is not known is `None` and answers `None`: «chưa rõ», never «không».
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Limits {
    /// What its vessels hold when full, the usable part.
    pub storage: Option<Grams>,
    /// What machines beside the vessels make, which does not come out of them.
    pub production: GramsPerHour,
    /// Days that full vessels should last.
    pub days_of_cover: f64,
    /// What the weakest link from the vessels to the bed lets through.
    pub flow: Option<GramsPerHour>,
    /// Beds with oxygen, of all levels.
    pub oxygen_beds: Option<u32>,
    /// Beds by level, in the order of [`Level::ALL`].
    pub beds: [Option<u32>; 3],
}

/// How probable it is that a day passes a limit.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct DayRisk {
    /// Full vessels would not last the days of cover.
    pub storage: Option<f64>,
    /// The peak is above the weakest link.
    pub flow: Option<f64>,
    /// More patients on oxygen than beds with oxygen.
    pub oxygen_beds: Option<f64>,
    /// More patients than beds, by level.
    pub beds: [Option<f64>; 3],
}

impl DayRisk {
    /// The largest of what is known; `None` when nothing is.
    pub fn worst(&self) -> Option<f64> {
        [self.storage, self.flow, self.oxygen_beds].into_iter().chain(self.beds).flatten().reduce(f64::max)
    }
}

/// The risk of every day.
pub fn risks(need: &Need, limits: &Limits) -> Vec<DayRisk> {
    let of_day = |day: usize| DayRisk {
        storage: limits.storage.map(|storage| {
            need.chance(|path| {
                need.drawn_on(path, day, limits.production).as_f64() * limits.days_of_cover > storage.as_f64()
            })
        }),
        flow: limits.flow.map(|flow| need.chance(|path| need.peak_on(path, day) > flow)),
        oxygen_beds: limits.oxygen_beds.map(|beds| need.chance(|path| need.on_oxygen_of(path, day) > beds)),
        beds: Level::ALL.map(|level| {
            limits.beds[level as usize].map(|beds| need.chance(|path| need.at_level(level, path, day) > beds))
        }),
    };
    (0..need.days()).map(of_day).collect()
}

/// How probable it is that some day until the last one passes a limit, of paths and not of days: for «in the next week».
pub fn risk_of_any_day(need: &Need, limits: &Limits, days: usize) -> DayRisk {
    let days = days.min(need.days());
    let any = |is_so: &dyn Fn(usize, usize) -> bool| need.chance(|path| (0..days).any(|day| is_so(path, day)));
    DayRisk {
        storage: limits.storage.map(|storage| {
            any(&|path, day| {
                need.drawn_on(path, day, limits.production).as_f64() * limits.days_of_cover > storage.as_f64()
            })
        }),
        flow: limits.flow.map(|flow| any(&|path, day| need.peak_on(path, day) > flow)),
        oxygen_beds: limits.oxygen_beds.map(|beds| any(&|path, day| need.on_oxygen_of(path, day) > beds)),
        beds: Level::ALL.map(|level| {
            limits.beds[level as usize].map(|beds| any(&|path, day| need.at_level(level, path, day) > beds))
        }),
    }
}
