//! Patients on oxygen by device, and people who need it and wait.

use quantity::convert::rate_of_l_per_min;
use quantity::{GramsPerHour, Moment, Purity, ReferenceTemperature};
use serde::{Deserialize, Serialize};

use crate::Settings;

/// What a patient breathes oxygen through.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Device {
    /// Nasal cannula or mask.
    Mask,
    /// High-flow nasal cannula.
    Hfnc,
    /// Non-invasive ventilation, CPAP.
    Niv,
    /// Invasive ventilation.
    Invasive,
    /// Extracorporeal membrane oxygenation.
    Ecmo,
}

impl Device {
    /// Every device, in the order of the Ministry's bulletins.
    pub const ALL: [Self; 5] = [Self::Mask, Self::Hfnc, Self::Niv, Self::Invasive, Self::Ecmo];

    /// Stable text for storage; also the key of the norms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Mask => "mask",
            Self::Hfnc => "hfnc",
            Self::Niv => "niv",
            Self::Invasive => "invasive",
            Self::Ecmo => "ecmo",
        }
    }

    /// Reads [`code`](Self::code) back.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|device| device.code() == code)
    }

    /// What a Vietnamese reader sees.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Mask => "thở oxy kính, mặt nạ",
            Self::Hfnc => "oxy dòng cao (HFNC)",
            Self::Niv => "thở máy không xâm lấn",
            Self::Invasive => "thở máy xâm lấn",
            Self::Ecmo => "ECMO",
        }
    }
}

/// Patients of a facility on oxygen at one moment.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
pub struct Census {
    /// On cannula or mask.
    pub mask: u32,
    /// On high-flow cannula.
    pub hfnc: u32,
    /// On non-invasive ventilation.
    pub niv: u32,
    /// On invasive ventilation.
    pub invasive: u32,
    /// On ECMO.
    pub ecmo: u32,
    /// People who need oxygen and have none yet. `None` is «chưa hỏi»: a zero that nobody asked for
    /// would hide them.
    pub waiting: Option<u32>,
}

/// A census and when it was taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CensusAt {
    /// When the patients were counted.
    pub at: Moment,
    /// The counts.
    pub census: Census,
}

/// A rate with its range, lower end first.
#[derive(Clone, Copy, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct RateRange {
    /// Lower end.
    pub low: GramsPerHour,
    /// Best estimate.
    pub mid: GramsPerHour,
    /// Upper end.
    pub high: GramsPerHour,
}

impl Census {
    /// How many on one device.
    pub const fn on(&self, device: Device) -> u32 {
        match device {
            Device::Mask => self.mask,
            Device::Hfnc => self.hfnc,
            Device::Niv => self.niv,
            Device::Invasive => self.invasive,
            Device::Ecmo => self.ecmo,
        }
    }

    /// Patients on oxygen.
    pub fn patients(&self) -> u32 {
        Device::ALL.into_iter().fold(0, |sum, device| sum.saturating_add(self.on(device)))
    }

    /// Patients × flow by the norms in force. The ends take every patient at P10 or at P90: what
    /// moves the flow (protocol of the ward, leaks, habit) moves it for all of them together.
    pub fn need(&self, settings: &Settings) -> RateRange {
        let sum = |flow: &dyn Fn(Device) -> f64| {
            let litres = Device::ALL.into_iter().map(|device| f64::from(self.on(device)) * flow(device)).sum();
            rate_of_l_per_min(litres, ReferenceTemperature::Celsius21, Purity::PURE)
        };
        RateRange {
            low: sum(&|device| settings.flow(device).low),
            mid: sum(&|device| settings.flow(device).value),
            high: sum(&|device| settings.flow(device).high),
        }
    }

    /// Patients × flow by the WHO planning profile: the third leg of the cross-check.
    pub fn planned_need(&self, settings: &Settings) -> GramsPerHour {
        let litres =
            Device::ALL.into_iter().map(|device| f64::from(self.on(device)) * settings.planning_flow(device)).sum();
        rate_of_l_per_min(litres, ReferenceTemperature::Celsius21, Purity::PURE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::tests::settings_on;
    use jiff::civil::date;
    use protocol::Readiness;

    /// OX08, facts §2: the counts of 20/12/2021 are 160.3 t a day with the shipped medians, 235.6
    /// with the WHO planning profile.
    #[test]
    fn the_counts_of_20_december_2021() {
        let census = Census { mask: 5_257, hfnc: 1_264, niv: 166, invasive: 906, ecmo: 22, waiting: None };
        let settings = settings_on(date(2021, 12, 20), Readiness::Emergency);
        assert_eq!(census.patients(), 7_615);
        assert!((census.need(&settings).mid.as_tonnes_per_day() - 160.3).abs() < 0.05);
        assert!((census.planned_need(&settings).as_tonnes_per_day() - 235.6).abs() < 0.05);
    }

    #[test]
    fn nobody_asked_is_not_nobody_waits() {
        let asked = Census { waiting: Some(0), ..Census::default() };
        assert_ne!(asked, Census::default());
        let stored = serde_json::to_string(&Census::default()).unwrap();
        assert_eq!(serde_json::from_str::<Census>(&stored).unwrap().waiting, None);
    }

    #[test]
    fn the_range_holds_its_middle() {
        let settings = settings_on(date(2026, 11, 22), Readiness::Routine);
        let census = Census { mask: 10, invasive: 2, ..Census::default() };
        let need = census.need(&settings);
        assert!(need.low < need.mid && need.mid < need.high);
        assert_eq!(Census::default().need(&settings), RateRange::default());
    }
}
