//! How a policy did on one path.

use std::collections::BTreeMap;

use super::gate::Refusal;

/// How a policy did on one path of a province.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Score {
    /// Patient-days without oxygen, each weighted by the class of its facility.
    pub unmet: f64,
    /// The same without weights.
    pub patient_days: f64,
    /// For each facility the days' worth of its own need that was not met.
    pub days: Vec<f64>,
    /// All need, in patient-days with the weights of [`Score::unmet`].
    pub need: f64,
    /// Hours of vehicles out.
    pub hours: f64,
    /// Kilometres driven.
    pub kilometres: f64,
    /// Trips that left.
    pub trips: usize,
    /// Trips that left in vain, and visits that failed, through no fault of the plan: a source stopped, a vehicle broke
    /// down, a gate closed before a late truck.
    pub failed: usize,
    /// Announced visits of the days in which changes are not free.
    pub announced: usize,
    /// Of these, those that the next plan changed.
    pub changed: usize,
    /// Trips that the gate refused, which a sound plan has none of.
    pub refused: BTreeMap<Refusal, usize>,
    /// Where all oxygen went.
    pub balance: Balances,
}

impl Score {
    /// How many trips were refused, for whatever reason.
    pub fn refusals(&self) -> usize {
        self.refused.values().sum()
    }
}

/// Where all oxygen went: what was there and was made is what was taken, is there, is on the road or was lost. In
/// 1/1440 grams, so that it holds exactly.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Balances {
    /// In all facilities and at all sources at the opening.
    pub opening: i64,
    /// Made and filled by sources since.
    pub made: i64,
    /// Taken by patients out of tanks and cylinders.
    pub taken: i64,
    /// On the road at the end.
    pub aboard: i64,
    /// In all facilities and at all sources at the end.
    pub closing: i64,
}

impl Balances {
    /// Whether nothing came from nowhere and nothing went there.
    pub fn holds(&self) -> bool {
        self.opening + self.made == self.taken + self.aboard + self.closing
    }
}
