//! What norms say on the way from people counted to oxygen, looked up once for a province, a day and a state.

use jiff::civil::Date;
use oxygen::{Census, Device};
use protocol::{Figure, NormProblem, Norms, Readiness, VersionId};
use quantity::convert::rate_of_l_per_min;
use quantity::{Grams, GramsPerHour, Purity, ReferenceTemperature, Span};

use super::chance::{Ruler, Stay};
use super::flow::DeviceFlow;

/// The version that planners use, for comparison.
const PLANNING: &str = "oxygen.flow/who-planning-2020";

/// What a patient on oxygen needs around the device.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Level {
    /// Ward: cannula or mask.
    Ward,
    /// High dependency: high flow or non-invasive ventilation.
    HighDependency,
    /// Intensive care: invasive ventilation or ECMO.
    Icu,
}

impl Level {
    /// Every level, lightest first.
    pub const ALL: [Self; 3] = [Self::Ward, Self::HighDependency, Self::Icu];

    /// Where a device stands.
    pub const fn of(device: Device) -> Self {
        match device {
            Device::Mask => Self::Ward,
            Device::Hfnc | Device::Niv => Self::HighDependency,
            Device::Invasive | Device::Ecmo => Self::Icu,
        }
    }
}

/// Mean days at a level. A range is that of the mean, P10 to P90: it moves all patients of a facility together.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Stays {
    /// On a ward.
    pub ward: Figure,
    /// In high dependency.
    pub high_dependency: Figure,
    /// In intensive care, of those who survive it.
    pub icu_surviving: Figure,
    /// In intensive care, of those who die there.
    pub icu_dying: Figure,
    /// On the ward afterwards.
    pub step_down: Figure,
}

/// Norms of need on one day. Every field may be replaced by what a facility knows better.
#[derive(Clone, PartialEq, Debug)]
pub struct NeedNorms {
    /// Patients on oxygen by device, in the order of [`Device::ALL`]; shares that sum to 1.
    pub mix: [f64; 5],
    /// As how many patients the mix counts beside the facility's own.
    pub mix_prior: f64,
    /// As how many patients the facility's own census counts at most.
    pub mix_census_most: f64,
    /// Stays, in days.
    pub stays: Stays,
    /// Share who die at each level of [`Level::ALL`].
    pub dying: [f64; 3],
    /// Share of confirmed cases who need oxygen.
    pub oxygen_of_cases: Figure,
    /// Share of those admitted who need oxygen.
    pub oxygen_of_admissions: Figure,
    /// Days from onset to admission: median, P10, P90 of single patients.
    pub delay: Figure,
    /// Share of what leaves the vessels that stays in piping and pressurisation.
    pub loss: Figure,
    /// Share of a tank's capacity that boils off in a day.
    pub boil_off_per_day: f64,
    /// Deviation of the logarithm of a facility's coefficient before its gauge has told.
    pub coefficient_deviation: f64,
    /// Deviation of the logarithm of one day's use, with the same patients.
    pub day_deviation: f64,
    /// How far the logarithm of the coefficient strays in a day.
    pub stray_per_day: f64,
    /// Height of the wave of night and day above the mean.
    pub day_wave: f64,
    /// Deviation of one hour's use beside the next.
    pub hour_deviation: f64,
    /// Correlation of one week's rank with the next's. Errors that add up over weeks give 0.71, 0.82, 0.87.
    pub week_to_week: f64,
    /// Share of a place's surprise that all places have in common.
    pub place_to_place: f64,
    /// How probable it is that what is loaded comes by the time told, and what is only promised.
    pub arrives: (f64, f64),
    /// The versions that answered, sorted.
    pub versions: Vec<VersionId>,
    medians: [f64; 5],
    planning: [f64; 5],
    pub(super) flows: [DeviceFlow; 5],
    pub(super) stay: Stay,
    pub(super) ruler: Ruler,
}

impl NeedNorms {
    /// Looks up every norm as of a day.
    ///
    /// # Errors
    /// [`NormProblem`] when a norm is missing or not in force; nothing is assumed in silence.
    pub fn from_norms(norms: &Norms, on: Date, readiness: Readiness) -> Result<Self, NormProblem> {
        let mut versions: Vec<VersionId> = Vec::new();
        let mut figure = |table: &str, key: &str| {
            let found = norms.lookup(table, key, on)?;
            if let Err(place) = versions.binary_search(&found.version) {
                versions.insert(place, found.version);
            }
            Ok::<Figure, NormProblem>(found.figure)
        };
        let nothing = Figure { low: 0.0, value: 0.0, high: 0.0 };
        let (mut flows, mut mix, mut planning) = ([nothing; 5], [0.0; 5], [0.0; 5]);
        for device in Device::ALL {
            flows[device as usize] = figure("oxygen.flow", device.code())?;
            mix[device as usize] = figure("care.mix", device.code())?.value;
            planning[device as usize] = norms.in_version("oxygen.flow", PLANNING, device.code())?.figure.value;
        }
        let sum: f64 = mix.iter().sum();
        let at_most = figure("oxygen.patient_bounds", "at_most")?.value;
        Ok(Self {
            mix: mix.map(|share| share / sum.max(f64::MIN_POSITIVE)),
            mix_prior: figure("care.mix_weight", "mix_prior")?.value,
            mix_census_most: figure("care.mix_weight", "mix_census_most")?.value,
            stays: Stays {
                ward: figure("care.stay", "stay_ward")?,
                high_dependency: figure("care.stay", "stay_high_dependency")?,
                icu_surviving: figure("care.stay", "stay_icu_surviving")?,
                icu_dying: figure("care.stay", "stay_icu_dying")?,
                step_down: figure("care.stay", "stay_step_down")?,
            },
            dying: [
                figure("care.dying", "dying_ward")?.value,
                figure("care.dying", "dying_high_dependency")?.value,
                figure("care.dying", "dying_icu")?.value,
            ],
            oxygen_of_cases: figure("care.oxygen_of_cases", "on_oxygen_cases")?,
            oxygen_of_admissions: figure("care.oxygen_of_admissions", "on_oxygen_admissions")?,
            delay: figure("care.delay", "onset_to_admission")?,
            loss: figure("oxygen.loss", "piping")?,
            boil_off_per_day: figure("oxygen.loss", "boil_off_per_day")?.value,
            coefficient_deviation: figure("oxygen.need_spread", "need_facility")?.value,
            day_deviation: figure("oxygen.need_spread", "need_day")?.value,
            stray_per_day: figure("oxygen.use_stray", readiness.code())?.value,
            day_wave: figure("oxygen.use_pattern", "day_wave")?.value,
            hour_deviation: figure("oxygen.use_pattern", "hour")?.value,
            week_to_week: figure("oxygen.need_paths", "week_to_week")?.value,
            place_to_place: figure("oxygen.need_paths", "place_to_place")?.value,
            arrives: (
                figure("oxygen.on_the_way", "loaded_arrives")?.value.clamp(0.0, 1.0),
                figure("oxygen.on_the_way", "promised_arrives")?.value.clamp(0.0, 1.0),
            ),
            versions,
            medians: flows.map(|flow| flow.value),
            planning,
            flows: flows.map(|flow| DeviceFlow::of(flow, at_most)),
            stay: Stay::new(),
            ruler: Ruler::new(),
        })
    }

    /// Patients × median flow of the version in force: the arithmetic of a bulletin, without losses.
    pub fn rate_at_medians(&self, census: &Census) -> GramsPerHour {
        rate(census, &self.medians)
    }

    /// Patients × flow of the WHO planning profile, without losses: 10 L/min on a mask, 30 on everything else.
    pub fn rate_planned(&self, census: &Census) -> GramsPerHour {
        rate(census, &self.planning)
    }

    /// Patients × mean flow, without losses. The mean lies above the median: who takes much takes more above it than who
    /// takes little takes below.
    pub fn rate_at_means(&self, census: &Census) -> GramsPerHour {
        rate(census, &[0, 1, 2, 3, 4].map(|device: usize| self.flows[device].mean))
    }

    /// What leaves the vessels in a day for these patients by the norm, losses and all: the first of the pairs of
    /// [`learn`](super::learn()).
    pub fn norm_use(&self, census: &Census) -> Grams {
        (self.rate_at_means(census) * (1.0 / (1.0 - self.loss.value.clamp(0.0, 0.9)))).over(Span::days(1))
    }
}

fn rate(census: &Census, flows: &[f64; 5]) -> GramsPerHour {
    let litres = Device::ALL.into_iter().map(|device| f64::from(census.on(device)) * flows[device as usize]).sum();
    rate_of_l_per_min(litres, ReferenceTemperature::Celsius21, Purity::PURE)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use jiff::civil::date;
    use protocol::Choice;

    /// The shipped norms.
    pub(in crate::need) fn shipped() -> NeedNorms {
        NeedNorms::from_norms(&Norms::shipped().unwrap(), date(2021, 12, 20), Readiness::Emergency).unwrap()
    }

    const BULLETIN: Census = Census { mask: 5_257, hfnc: 1_264, niv: 166, invasive: 906, ecmo: 22, waiting: None };

    /// OX08, facts §2: the counts of 20/12/2021.
    #[test]
    fn the_counts_of_20_december_2021_are_160_3_and_235_6_tonnes_a_day() {
        let norms = shipped();
        assert!((norms.rate_at_medians(&BULLETIN).as_tonnes_per_day() - 160.3).abs() < 0.05);
        assert!((norms.rate_planned(&BULLETIN).as_tonnes_per_day() - 235.6).abs() < 0.05);
        let mean = norms.rate_at_means(&BULLETIN).as_tonnes_per_day();
        assert!(mean > 170.0 && mean < 195.0, "log-normal means lie above medians: {mean}");
        let used = norms.norm_use(&BULLETIN).as_kg() / 1_000.0;
        assert!((used * 0.925 - mean).abs() < 0.01, "7.5 % stay in the piping");
    }

    /// facts §2: 10 L/min are 19.1 kg a day.
    #[test]
    fn the_planning_profile_can_be_chosen_and_then_mean_and_median_agree_on_ventilators() {
        let mut norms = Norms::shipped().unwrap();
        norms.choose(Choice::new("oxygen.flow", "oxygen.flow/who-planning-2020", date(2021, 9, 1))).unwrap();
        let chosen = NeedNorms::from_norms(&norms, date(2021, 12, 20), Readiness::Routine).unwrap();
        assert!((chosen.rate_at_medians(&BULLETIN).as_tonnes_per_day() - 235.6).abs() < 0.05);
        let one = Census { hfnc: 1, ..Census::default() };
        assert!((chosen.rate_at_means(&one).as_tonnes_per_day() * 1_000.0 - 57.3).abs() < 0.05);
        assert!(chosen.versions.contains(&VersionId::new("oxygen.flow/who-planning-2020")));
        assert!(chosen.versions.is_sorted());
    }

    /// facts §3, and what no source was read for is marked.
    #[test]
    fn stays_and_shares_are_those_of_their_sources() {
        let (norms, on) = (Norms::shipped().unwrap(), date(2021, 12, 20));
        let need = shipped();
        let range = |figure: Figure| (figure.low, figure.value, figure.high);
        assert_eq!(range(need.stays.ward), (8.0, 9.0, 15.0));
        assert_eq!((need.stays.icu_surviving.value, need.stays.icu_dying.value), (14.8, 11.1));
        assert_eq!((need.stays.step_down.value, range(need.delay)), (3.0, (1.2, 4.0, 12.0)));
        assert!((need.mix.iter().sum::<f64>() - 1.0).abs() < 1e-12 && (need.mix[0] - 0.678).abs() < 0.001);
        let share =
            |version| norms.in_version("care.oxygen_of_cases", version, "on_oxygen_cases").unwrap().figure.value;
        assert_eq!(share("care.oxygen_of_cases/who"), 0.15 + 0.05);
        assert_eq!(share("care.oxygen_of_cases/china-cdc"), 0.19);
        assert!((share("care.oxygen_of_cases/hanoi-40000") - (0.038 + 0.036 + 0.02)).abs() < 1e-12);
        let unconfirmed = |table, key| norms.lookup(table, key, on).unwrap().unconfirmed;
        assert!(unconfirmed("care.stay", "stay_high_dependency") && !unconfirmed("care.stay", "stay_ward"));
        assert!(unconfirmed("care.dying", "dying_icu") && unconfirmed("care.mix_weight", "mix_prior"));
        assert!(unconfirmed("care.oxygen_of_admissions", "on_oxygen_admissions") && !unconfirmed("care.mix", "mask"));
    }

    #[test]
    fn a_day_before_the_norms_is_refused() {
        let told = NeedNorms::from_norms(&Norms::shipped().unwrap(), date(2019, 1, 1), Readiness::Routine);
        assert!(matches!(told, Err(NormProblem::NotInForce { .. })));
    }
}
