//! The three chapters of the demonstration: when they open, how the need rises, in which state the
//! province is.

use jiff::civil::{Date, DateTime, date};
use protocol::Readiness;
use quantity::{Moment, Span};

use crate::dice::Dice;
use crate::spec::Spec;
use crate::weeks::{Week, cases_until, kien_giang_weeks_until};

mod an_giang;
mod kien_giang;

/// A chapter of the demonstration.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Chapter {
    /// A respiratory wave and a storm in the An Giang of today: the yearly exercise (diễn tập).
    #[default]
    Drill2026,
    /// The replay in the Kiên Giang of 15 districts and 144 communes, with its real weekly counts.
    Delta2021,
    /// A quiet week in the An Giang of today.
    Quiet2026,
}

impl Chapter {
    /// Every chapter, the default first.
    pub const ALL: [Self; 3] = [Self::Drill2026, Self::Delta2021, Self::Quiet2026];

    /// The name on the command line.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Drill2026 => "drill-2026",
            Self::Delta2021 => "delta-2021",
            Self::Quiet2026 => "quiet-2026",
        }
    }

    /// Reads [`code`](Self::code) back.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|chapter| chapter.code() == code)
    }

    /// What a Vietnamese reader sees.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Drill2026 => "Diễn tập 2026: dịch hô hấp và bão (mô phỏng)",
            Self::Delta2021 => "Kiên Giang, tháng 11/2021 (mô phỏng trên số ca thật)",
            Self::Quiet2026 => "Ngày thường 2026 (mô phỏng)",
        }
    }

    /// Where the domain clock stands when the chapter opens.
    pub fn opening(self) -> Moment {
        Moment::from_local(self.opening_local())
    }

    /// The midnight from which on everything is known: 30 days of readings before the opening; 62 on
    /// quiet days, so that sites that report by the month were heard twice.
    pub fn history_from(self) -> Moment {
        let days = if self == Self::Quiet2026 { 62 } else { 30 };
        Moment::start_of(self.opening_day()) - Span::days(days)
    }

    /// The day of the opening.
    pub fn opening_day(self) -> Date {
        self.opening_local().date()
    }

    /// The code of the province on the day of the opening: 91 was Kiên Giang and is An Giang.
    pub const fn area_code(self) -> &'static str {
        "91"
    }

    /// Its name without the word for province.
    pub const fn province_name(self) -> &'static str {
        match self {
            Self::Drill2026 | Self::Quiet2026 => "An Giang",
            Self::Delta2021 => "Kiên Giang",
        }
    }

    /// The province's state at a moment: it sets how often facilities report.
    pub fn readiness(self, at: Moment) -> Readiness {
        match self {
            Self::Drill2026 if at >= self.opening() - Span::days(5) => Readiness::Emergency,
            Self::Drill2026 => Readiness::Heightened,
            Self::Delta2021 => Readiness::Emergency,
            Self::Quiet2026 => Readiness::Routine,
        }
    }

    /// The hours in which no ferry sails and roads are slow.
    pub(crate) fn storm(self) -> Option<(Moment, Moment)> {
        let opening = self.opening();
        (self == Self::Drill2026).then(|| (opening - Span::hours(9), opening + Span::hours(22)))
    }

    /// Hours of stock below which people order: two days in a crisis, nine on quiet days, when a
    /// week's reserve is kept and trucks come by the calendar.
    pub(crate) const fn order_hours(self) -> i64 {
        match self {
            Self::Drill2026 | Self::Delta2021 => 44,
            Self::Quiet2026 => 9 * 24,
        }
    }

    pub(crate) fn facilities(self) -> Vec<Spec> {
        match self {
            Self::Drill2026 => an_giang::in_the_drill(),
            Self::Quiet2026 => an_giang::on_quiet_days(),
            Self::Delta2021 => kien_giang::in_2021(),
        }
    }

    /// How high the wave stands, 0 to about 1, hour by hour from a moment on.
    pub(crate) fn wave(self, seed: u64, from: Moment, hours: usize) -> Vec<f64> {
        let at = |hour: usize| from + Span::hours(hour as i64);
        match self {
            Self::Drill2026 => (0..hours).map(|hour| bell((at(hour) - self.opening()).as_hours() / 24.0)).collect(),
            Self::Quiet2026 => {
                let phase = Dice::of(seed, "wave", 0, 0).between(0.0, 30.0);
                let season = |hour: usize| ((hour as f64 / 24.0 + phase) / 30.0 * std::f64::consts::TAU).sin();
                (0..hours).map(|hour| 0.02 + 0.01 * season(hour)).collect()
            }
            Self::Delta2021 => {
                let weeks = self.weeks_until(at(hours).date());
                (0..hours).map(|hour| in_treatment(&weeks, at(hour))).collect()
            }
        }
    }

    /// Weekly confirmed cases behind the wave, where a chapter follows any: published ones, then
    /// invented ones that are marked, up to the week of a day.
    pub fn weeks_until(self, day: Date) -> Vec<Week> {
        if self == Self::Delta2021 { kien_giang_weeks_until(day) } else { Vec::new() }
    }

    fn opening_local(self) -> DateTime {
        match self {
            Self::Drill2026 => date(2026, 11, 22).at(2, 14, 0, 0),
            Self::Delta2021 => date(2021, 11, 22).at(8, 0, 0, 0),
            Self::Quiet2026 => date(2026, 11, 22).at(8, 0, 0, 0),
        }
    }
}

/// The invented wave of the drill, by days from the opening: its top comes six days later.
fn bell(days: f64) -> f64 {
    (-((days - 6.0) / 16.0).powi(2)).exp()
}

/// People of the last weeks' cases who are in treatment now, against two weeks like the peak of
/// 3,040: admission about 4 days after the case, a stay of 14 (facts: onset to admission 4 days, ward
/// 9 days, intensive care 14.8).
fn in_treatment(weeks: &[Week], at: Moment) -> f64 {
    (cases_until(weeks, at - Span::days(4)) - cases_until(weeks, at - Span::days(18))) / (2.0 * 3_040.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chapters_open_when_the_story_says() {
        assert_eq!(Chapter::default().opening().to_string(), "22/11/2026 02:14");
        assert_eq!(Chapter::Delta2021.opening().to_string(), "22/11/2021 08:00");
        for chapter in Chapter::ALL {
            assert_eq!(Chapter::from_code(chapter.code()), Some(chapter));
            assert!(chapter.history_from() <= chapter.opening() - Span::days(30));
        }
        assert_eq!(Chapter::from_code("war-2026"), None);
    }

    /// The wave of 2021 is that of the published counts: its top comes after their peak.
    #[test]
    fn the_wave_of_2021_follows_the_counts() {
        let from = Moment::start_of(date(2021, 10, 20));
        let wave = Chapter::Delta2021.wave(1, from, 24 * 110);
        let top = (0..wave.len()).max_by(|one, other| wave[*one].total_cmp(&wave[*other])).unwrap();
        let day = (from + Span::hours(top as i64)).date();
        assert!(date(2021, 12, 5) <= day && day <= date(2021, 12, 20), "{day}");
        assert!((0.8..=1.0).contains(&wave[top]));
        assert!(wave[24 * 105] < 0.4);
    }
}
