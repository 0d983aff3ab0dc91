//! The need of one facility, and when its oxygen runs out.

use forecast::need::{Coefficient, DayRisk, Emptying, Limits, Need, hours_to_empty, risks};
use oxygen::{Census, HoursLeft};
use place::FacilityId;
use quantity::Grams;

use super::inputs::{Inputs, OfFacility, used_a_day};
use super::supposed::Supposed;
use super::{Course, Doubted, Grounds};
use crate::views::supply::road::OnTheWay;

/// The same figures give the same throws of which deliveries come.
const SEED: u64 = 2;

/// What the coming weeks ask of a facility.
#[derive(Debug, Clone)]
pub struct FacilityNeed {
    /// Which.
    pub facility: FacilityId,
    /// Its name.
    pub name: String,
    /// Where.
    pub area: String,
    /// Whose counts it rests on.
    pub grounds: Grounds,
    /// Patients on oxygen as last told; none where nobody told, or too long ago.
    pub patients: Option<Census>,
    /// Of them those whom the counts do not explain: other diseases.
    pub other: Census,
    /// What is used now in a day, made by machines included; none where no gauge and no patients tell.
    pub used: Option<Grams>,
    /// True use over what the norms say.
    pub coefficient: Coefficient,
    /// What of the stock is left now and reaches a patient.
    pub stock: Grams,
    /// How long that lasts if it is used as it is now.
    pub lasts_as_now: Option<HoursLeft>,
    /// What is on the way.
    pub on_the_way: Vec<OnTheWay>,
    /// When it is empty, with what is on the way; none where no stock was ever told.
    pub empty: Option<Emptying>,
    /// The same if nothing comes.
    pub empty_without: Option<Emptying>,
    /// Day by day.
    pub course: Course,
    /// How probable it is that a day passes what the facility has.
    pub risks: Vec<DayRisk>,
    /// What it has.
    pub limits: Limits,
    /// Why all of this is less sure than it could be.
    pub doubts: Vec<Doubted>,
    /// Invented.
    pub simulated: bool,
}

/// What a day may pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Passed {
    /// Full vessels would not last the days of cover.
    Storage,
    /// The highest flow is above what reaches the beds.
    Flow,
    /// More patients on oxygen than beds with oxygen.
    OxygenBeds,
    /// More patients in intensive care than beds.
    IcuBeds,
}

impl Passed {
    /// All.
    pub const ALL: [Self; 4] = [Self::Storage, Self::Flow, Self::OxygenBeds, Self::IcuBeds];

    /// A stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Storage => "storage",
            Self::Flow => "flow",
            Self::OxygenBeds => "oxygen-beds",
            Self::IcuBeds => "icu-beds",
        }
    }

    /// How probable it is on a day; none where what the facility has is not known.
    pub fn on(self, day: &DayRisk) -> Option<f64> {
        match self {
            Self::Storage => day.storage,
            Self::Flow => day.flow,
            Self::OxygenBeds => day.oxygen_beds,
            Self::IcuBeds => day.beds[2],
        }
    }
}

impl FacilityNeed {
    /// From its drawn need.
    pub(super) fn of(inputs: &Inputs, of: &OfFacility, need: &Need) -> Self {
        let line = &of.line;
        let outlook = &line.outlook;
        // A machine that carries its patients empties no vessel; a facility without vessels has none to empty.
        let holds_stock = outlook.read_at.is_some();
        let empty = |arrivals: &[_]| holds_stock.then(|| hours_to_empty(&inputs.stock(of, arrivals), need, SEED));
        Self {
            facility: line.facility,
            name: line.name.clone(),
            area: line.area.clone(),
            grounds: of.grounds,
            patients: of.patients,
            other: of.other,
            used: used_a_day(outlook),
            coefficient: of.coefficient,
            stock: outlook.usable_now.mid,
            lasts_as_now: outlook.hours,
            empty: empty(&inputs.arrivals(of)),
            empty_without: empty(&[]),
            on_the_way: of.on_the_way.clone(),
            course: Course::of(need),
            risks: risks(need, &of.limits),
            limits: of.limits,
            doubts: of.doubts.clone(),
            simulated: line.simulated,
        }
    }

    /// The hours by which it is empty on one path of twenty; where that is beyond the days, without end.
    pub fn soonest(&self) -> f64 {
        self.empty.as_ref().and_then(|empty| empty.hours_at(0.05)).unwrap_or(f64::INFINITY)
    }

    /// The first day that passes something with at least a probability.
    pub fn first_day_past(&self, what: Passed, probability: f64) -> Option<usize> {
        self.risks.iter().position(|day| what.on(day).is_some_and(|chance| chance >= probability))
    }
}

/// The needs of all that can be told, each drawn once, and handed on with what it is of.
pub(super) fn each(inputs: &Inputs, supposed: Supposed, mut take: impl FnMut(&OfFacility, Need)) {
    let threads = std::thread::available_parallelism().map_or(1, usize::from).clamp(1, 4);
    let chunk = inputs.facilities.len().div_ceil(threads).max(1);
    std::thread::scope(|scope| {
        let drawing: Vec<_> = inputs
            .facilities
            .chunks(chunk)
            .map(|chunk| {
                scope.spawn(move || chunk.iter().map(|of| inputs.need(of, supposed)).collect::<Vec<Option<Need>>>())
            })
            .collect();
        let drawn = drawing
            .into_iter()
            .flat_map(|drawing| drawing.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        for (of, need) in inputs.facilities.iter().zip(drawn) {
            if let Some(need) = need {
                take(of, need);
            }
        }
    });
}

/// From now on in the order of who is empty first.
pub(super) fn ranked(mut facilities: Vec<FacilityNeed>) -> Vec<FacilityNeed> {
    let middle = |one: &FacilityNeed| one.empty.as_ref().and_then(|empty| empty.hours_at(0.5)).unwrap_or(f64::INFINITY);
    facilities
        .sort_by(|one, other| one.soonest().total_cmp(&other.soonest()).then(middle(one).total_cmp(&middle(other))));
    facilities
}
