//! The norms of one province on one day, looked up once and handed to every computation, with the
//! names of the versions they came from.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;
use protocol::{Figure, NormProblem, Norms, Readiness, VersionId};
use quantity::{ReferenceTemperature, Span};

use crate::Device;

/// The version of flows that planners use, kept beside the province's own as a cross-check.
const PLANNING: &str = "oxygen.flow/who-planning-2020";

/// Everything that norms decide about stores, readings and hours left.
#[derive(Clone, PartialEq, Debug)]
pub struct Settings {
    /// State of the province or facility.
    pub readiness: Readiness,
    /// Unusable share of a tank's capacity.
    pub tank_heel: f64,
    /// Unusable share of a dewar's capacity.
    pub dewar_heel: f64,
    /// Share of a tank's capacity at which to order.
    pub order_point: f64,
    /// Days of cover to keep.
    pub reserve_days: f64,
    /// Bar that stay in a cylinder.
    pub residual_bar: f64,
    /// A part-used cylinder as a share of a full one.
    pub part_share: f64,
    /// Share of the capacity by which a gauge may overstate before it is refused.
    pub above_capacity: f64,
    /// Share of the largest figure by which a balance may fail to close.
    pub balance_gap: f64,
    /// One step of a gauge as a share of the capacity.
    pub gauge_step: f64,
    /// Share by which posted use and patients × flow may differ before somebody looks.
    pub cross_check_gap: f64,
    /// The most one patient can take, in litres of gas a minute.
    pub patient_at_most: f64,
    /// Hours left below which somebody acts now.
    pub danger_hours: f64,
    /// Hours left below which somebody watches, and the cadence is shorter.
    pub watch_hours: f64,
    /// How often figures are due.
    pub cadence: Rhythm,
    /// After how long without figures the silence is an alarm.
    pub silence: Rhythm,
    /// How far back the rate of use looks.
    pub burn_window: Span,
    /// Age of the newest reading at which the rate of use is unknown.
    pub burn_unknown: Span,
    /// Share a day by which use may steadily grow or shrink, at the ends of the hours left.
    pub growth_per_day: f64,
    /// How use varies, for the range of the hours left.
    pub pattern: UsePattern,
    /// What a volume of gas without a reference temperature is assumed to be at; `None` refuses it.
    pub assumed: Option<ReferenceTemperature>,
    flows: [Figure; 5],
    planning: [f64; 5],
    /// Names of all versions used, sorted: stored beside every computed figure.
    pub versions: Arc<[VersionId]>,
}

/// How the use of a store varies, in shares of its mean rate.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct UsePattern {
    /// Night and day: usual height of the wave above the mean.
    pub day_wave: f64,
    /// One hour beside the next.
    pub hour: f64,
    /// How far the mean rate strays in a day.
    pub stray_per_day: f64,
    /// Swings about the mean rate that come back to it.
    pub swing: f64,
    /// Days after which about a third of a swing is left.
    pub swing_days: f64,
    /// Patients that come or go in a day, as a share of those that lie there.
    pub turnover_per_day: f64,
    /// Error of one reading, as a share of one step of the gauge.
    pub reading_error: f64,
}

/// A length of time that depends on what a facility has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Rhythm {
    /// In the present state.
    pub usual: Span,
    /// Where only cylinders stand.
    pub cylinders_only: Span,
    /// Where less than [`Settings::watch_hours`] are left.
    pub low: Span,
}

impl Settings {
    /// Looks up every norm as of a day.
    ///
    /// # Errors
    /// [`NormProblem`] when a norm is missing or not in force; nothing is assumed in silence.
    pub fn from_norms(norms: &Norms, on: Date, readiness: Readiness) -> Result<Self, NormProblem> {
        let mut look = Lookup { norms, on, versions: BTreeSet::new() };
        let state = readiness.code();
        let mut flows = [Figure { low: 0.0, value: 0.0, high: 0.0 }; 5];
        let mut planning = [0.0; 5];
        for device in Device::ALL {
            flows[device as usize] = look.figure("oxygen.flow", device.code())?;
            planning[device as usize] = look.planning(device)?;
        }
        Ok(Self {
            readiness,
            flows,
            planning,
            tank_heel: look.value("oxygen.heel", "tank")?,
            dewar_heel: look.value("oxygen.heel", "dewar")?,
            order_point: look.value("oxygen.order_point", "tank")?,
            reserve_days: look.value("oxygen.reserve", "days_of_cover")?,
            residual_bar: look.value("oxygen.cylinder", "residual")?,
            part_share: look.value("oxygen.cylinder_part", "content")?,
            above_capacity: look.value("oxygen.plausible", "above_capacity")?,
            balance_gap: look.value("oxygen.plausible", "balance_gap")?,
            gauge_step: look.value("oxygen.plausible", "gauge_step")?,
            cross_check_gap: look.value("oxygen.plausible", "cross_check_gap")?,
            patient_at_most: look.value("oxygen.patient_bounds", "at_most")?,
            danger_hours: look.value("oxygen.alarm", "danger")?,
            watch_hours: look.value("oxygen.alarm", "watch")?,
            cadence: look.rhythm("oxygen.cadence", readiness)?,
            silence: look.rhythm("oxygen.silence", readiness)?,
            burn_window: look.span("oxygen.burn_window", state)?,
            burn_unknown: look.span("oxygen.burn_unknown", state)?,
            growth_per_day: look.value("oxygen.growth", state)?,
            pattern: look.pattern(state)?,
            assumed: look.assumed_temperature()?,
            versions: look.versions.into_iter().collect(),
        })
    }

    /// Litres of gas a minute that a patient takes on a device.
    pub const fn flow(&self, device: Device) -> Figure {
        self.flows[device as usize]
    }

    /// The same by the WHO planning profile.
    pub const fn planning_flow(&self, device: Device) -> f64 {
        self.planning[device as usize]
    }
}

struct Lookup<'a> {
    norms: &'a Norms,
    on: Date,
    versions: BTreeSet<VersionId>,
}

impl Lookup<'_> {
    fn figure(&mut self, table: &str, key: &str) -> Result<Figure, NormProblem> {
        let found = self.norms.lookup(table, key, self.on)?;
        self.versions.insert(found.version);
        Ok(found.figure)
    }

    fn planning(&mut self, device: Device) -> Result<f64, NormProblem> {
        let found = self.norms.in_version("oxygen.flow", PLANNING, device.code())?;
        self.versions.insert(found.version);
        Ok(found.figure.value)
    }

    fn value(&mut self, table: &str, key: &str) -> Result<f64, NormProblem> {
        self.figure(table, key).map(|figure| figure.value)
    }

    fn span(&mut self, table: &str, key: &str) -> Result<Span, NormProblem> {
        self.value(table, key).map(|hours| Span::micros((hours * 3_600e6) as i64))
    }

    fn rhythm(&mut self, table: &str, readiness: Readiness) -> Result<Rhythm, NormProblem> {
        let usual = self.span(table, readiness.code())?;
        let cylinders_only =
            if readiness == Readiness::Routine { self.span(table, "routine_cylinders_only")? } else { usual };
        let low = if readiness == Readiness::Emergency { self.span(table, "emergency_low")? } else { usual };
        Ok(Rhythm { usual, cylinders_only, low })
    }

    fn pattern(&mut self, state: &str) -> Result<UsePattern, NormProblem> {
        let stray_per_day = self.value("oxygen.use_stray", state)?;
        let swing_days = self.value("oxygen.use_swing", "length")?;
        let mut share = |key| self.value("oxygen.use_pattern", key);
        Ok(UsePattern {
            day_wave: share("day_wave")?,
            hour: share("hour")?,
            stray_per_day,
            swing: share("swing")?,
            swing_days,
            turnover_per_day: share("turnover_per_day")?,
            reading_error: share("reading_error")?,
        })
    }

    fn assumed_temperature(&mut self) -> Result<Option<ReferenceTemperature>, NormProblem> {
        let may_assume = self.value("oxygen.assume", "gas_temperature")? > 0.5;
        let celsius = self.value("oxygen.assumed_temperature", "gas_volume")?;
        let reference = if celsius < 10.5 { ReferenceTemperature::Celsius0 } else { ReferenceTemperature::Celsius21 };
        Ok(may_assume.then_some(reference))
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use jiff::civil::date;
    use protocol::{Choice, NormUnit, Override};

    /// The shipped norms on a day, for the tests of this crate.
    pub(crate) fn settings_on(on: Date, readiness: Readiness) -> Settings {
        Settings::from_norms(&Norms::shipped().unwrap(), on, readiness).unwrap()
    }

    #[test]
    fn the_state_sets_the_rhythm() {
        let hours = |state| settings_on(date(2026, 11, 22), state).cadence.usual.as_hours();
        assert_eq!(Readiness::ALL.map(hours), [168.0, 24.0, 8.0]);
        let emergency = settings_on(date(2026, 11, 22), Readiness::Emergency);
        assert_eq!(emergency.cadence.low, Span::hours(4));
        assert_eq!(settings_on(date(2026, 11, 22), Readiness::Routine).cadence.cylinders_only, Span::hours(720));
        assert_eq!((emergency.danger_hours, emergency.watch_hours), (8.0, 24.0));
    }

    #[test]
    fn what_a_province_decides_is_used_and_named() {
        let mut norms = Norms::shipped().unwrap();
        norms.choose(Choice::new("oxygen.heel", "oxygen.heel/level-1", date(2026, 1, 1))).unwrap();
        norms
            .override_with(Override {
                id: VersionId::new("override/7"),
                table: "oxygen.assume".into(),
                key: "gas_temperature".into(),
                figure: Figure { low: 0.0, value: 0.0, high: 0.0 },
                unit: NormUnit::Flag,
                source: "Quyết định của Sở Y tế".into(),
                valid_from: date(2026, 1, 1),
                valid_to: None,
            })
            .unwrap();
        let settings = Settings::from_norms(&norms, date(2026, 11, 22), Readiness::Routine).unwrap();
        assert_eq!(settings.tank_heel, 0.35);
        assert_eq!(settings.assumed, None);
        for name in ["oxygen.heel/level-1", "override/7", "oxygen.flow/working-1", PLANNING] {
            assert!(settings.versions.contains(&VersionId::new(name)), "{name}");
        }
        assert!(!settings.versions.contains(&VersionId::new("oxygen.heel/piping-1")));
    }

    #[test]
    fn a_day_without_norms_is_refused() {
        let told = Settings::from_norms(&Norms::shipped().unwrap(), date(2019, 1, 1), Readiness::Routine);
        assert!(matches!(told, Err(NormProblem::NotInForce { .. })));
    }
}
