//! Synthetic epidemics with known truth: a province of invented people, and what an office gets to know of it.
//!
//! They serve three ends: a forecast learns from them what epidemics do, it is tested on them because here the
//! truth is known, and scenarios are told with them. Concepts, in order:
//! - [`Parameters`] are drawn anew for each seed: places of very different sizes, generation interval, R, season,
//!   variants, measures, ascertainment, delays, faults of reports. All can be read, and changed;
//! - an [`Epidemic`] is what happens with them: [infections](Epidemic::infections) by place and day, the
//!   [mean](Epidemic::expected) of what is counted, and what is [counted](Epidemic::reported) in the end, as
//!   confirmed cases and as admissions, which follow the cases by days ([`Signal`]);
//! - [`Reports`] are how counts become known: day of event and day of report apart, late, in batches, with gaps,
//!   thousands found in a day, too many taken back;
//! - a [branch](Epidemic::branch) has the same past and another future: many of them are the true distribution that a
//!   forecast should have given.
//!
//! Figures by place and date stand in a [`Grid`]: whole numbers as f64 where they count something, NaN
//! where nothing is known. The counted days begin on a Sunday and are whole weeks that end on Saturday. A run-in of
//! nine weeks before them is lived and not shown. A province has 20 to 63 places and 30 to 59 weeks
//! ([`Kind::First`]), 110 to 189 ([`Kind::Seasonal`]) or 80 to 169 ([`Kind::Waves`]).
//!
//! Pure: the seed decides everything, the same bytes each time. Not here: the forecast, which shares no
//! code with what it is tested on; oxygen; beds.
//!
//! # What the figures rest on
//! - Generation interval: Delta 3.8 days, Omicron 3.0 days (PNAS, doi 10.1073/pnas.2221887120), never one constant:
//!   drawn with a mean from 3 to 8 days, in first waves from 3 to 6, three in ten of them up to 14.
//! - From falling ill to admission 4 days (1.2 to 12), the model «squire» of Imperial College London: drawn as a
//!   log-normal law with a median from 3.2 to 4.8 days.
//! - Share admitted of those counted: Hanoi's plan for 40,000 cases has 3.6 % very severe and 2 % critical; the WHO
//!   plans with 15 % severe and 5 % critical. Drawn from 5.6 to 20 %, apart between places.
//! - Old cases in bulk: Vĩnh Phúc added 21,182, 19,326 and 25,112 on 10, 11 and 14 March 2022.
//! - All other ranges are chosen, so that weekly counts are as varied as real ones. What came of it (example
//!   `epidemics`, 120 provinces of each kind, from the 10 % to the 90 % province), beside cases of 63 provinces of Vietnam
//!   from May 2021 to January 2022 and influenza admissions of 53 places of the United States in 201 weeks:
//!
//! | figure | Vietnam | first waves | influenza | seasonal |
//! |---|---|---|---|---|
//! | median week of a place | 42 | 1 to 770 | 4 | 0 to 9 |
//! | places and weeks without any, share | 0.22 | 0.01 to 0.45 | 0.34 | 0.19 to 0.54 |
//! | weekly change of a place (log), deviation | 0.58 | 0.36 to 0.71 | 0.35 | 0.34 to 0.60 |
//! | correlation of a change with the next | 0.15 | −0.29 to 0.58 | 0.21 | 0.03 to 0.70 |
//! | correlation with the change of all places | 0.29 | 0.25 to 0.60 | 0.63 | 0.39 to 0.67 |
//! | highest week / median week of all places | 2.1 | 2.1 to 62 | 42 | 9 to 207 |
//! | fastest doubling of all places, days | 6.0 | 5.5 to 16.6 | 10.7 | 5.8 to 12.1 |
//!
//! ```
//! use jiff::ToSpan;
//! use simulate::epidemic::{Epidemic, Kind, Signal};
//!
//! let epidemic = Epidemic::draw(1, Some(Kind::First));
//! let weeks = epidemic.reported(Signal::Cases).weeks();
//! assert_eq!(weeks.columns(), epidemic.parameters().weeks);
//!
//! // What stood in the list of the fifteenth Saturday, and what was true.
//! let saturday = weeks.date(14);
//! let known = epidemic.known_on(Signal::Cases, saturday).weeks();
//! assert!(known.row(0)[20].is_nan());
//! let later = epidemic.known_on(Signal::Cases, saturday.saturating_add(200.days())).weeks();
//! assert_eq!(later.row(0)[14], weeks.row(0)[14]);
//! ```

mod counting;
mod delay;
mod draw;
mod fate;
mod grid;
mod parameters;
mod reports;
mod transmission;

use jiff::civil::Date;

use counting::{count, means};
use fate::Fate;

pub use delay::Delay;
pub use grid::Grid;
pub use parameters::{
    Admission, Ascertainment, Backfill, Counting, Faults, Habits, Kind, Parameters, Place, Policy, Signal,
    Transmission, Variant, Wander,
};
pub use reports::{Reader, Reports, Told};

/// Days lived before the first counted one.
pub const RUN_IN: usize = 63;
/// The longest a single report takes, without batches and silences, days.
pub const LONGEST_REPORT: usize = 28;

/// An epidemic: its parameters, what really happens, and what is counted of it.
#[derive(Clone, PartialEq, Debug)]
pub struct Epidemic {
    parameters: Parameters,
    fate: Fate,
    infections: Grid,
    reproduction: Grid,
    expected_cases: Grid,
    expected_admissions: Grid,
    cases: Grid,
    admissions: Grid,
}

impl Epidemic {
    /// The epidemic of a seed, of any kind (first waves 45 %, seasonal 25 %, wave after wave 30 %) or of a
    /// given one; its parameters are drawn.
    pub fn draw(seed: u64, kind: Option<Kind>) -> Self {
        Self::of(seed, Parameters::draw(seed, kind))
    }

    /// What happens with given parameters, such as drawn ones with a change.
    pub fn of(seed: u64, parameters: Parameters) -> Self {
        Self::lived(parameters, Fate::of(seed))
    }

    /// The same epidemic until the end of the week in which a day lies, then another future with the same
    /// parameters. Different numbers give different futures; the same number gives the same.
    pub fn branch(&self, after: Date, number: u64) -> Self {
        let days = i64::from((after - self.parameters.first_day).get_days()) + RUN_IN as i64;
        let week = usize::try_from(days.div_euclid(7) + 1).unwrap_or(0);
        Self::lived(self.parameters.clone(), self.fate.branched(week, number))
    }

    fn lived(parameters: Parameters, fate: Fate) -> Self {
        let course = transmission::run(&parameters, &fate);
        let means = means(&parameters, &fate, &course.infections);
        Self {
            cases: count(&parameters, Signal::Cases, &means.cases, &fate),
            admissions: count(&parameters, Signal::Admissions, &means.admissions, &fate),
            infections: course.infections.without_first(RUN_IN),
            reproduction: course.reproduction.without_first(RUN_IN),
            expected_cases: means.cases,
            expected_admissions: means.admissions,
            parameters,
            fate,
        }
    }

    /// What was drawn, or given.
    pub const fn parameters(&self) -> &Parameters {
        &self.parameters
    }

    /// New infections by place and day: the truth, which nobody sees.
    pub const fn infections(&self) -> &Grid {
        &self.infections
    }

    /// R by place and day: whom one infected person would infect if all went on as on this day.
    pub const fn reproduction(&self) -> &Grid {
        &self.reproduction
    }

    /// The mean of what is counted, given the infections, by the day of the event. A week of it, m, is counted with
    /// about the variance m + m² / [shape](Habits::shape).
    pub const fn expected(&self, signal: Signal) -> &Grid {
        match signal {
            Signal::Cases => &self.expected_cases,
            Signal::Admissions => &self.expected_admissions,
        }
    }

    /// What is counted, by the day of the event, when everything is known.
    pub const fn reported(&self, signal: Signal) -> &Grid {
        match signal {
            Signal::Cases => &self.cases,
            Signal::Admissions => &self.admissions,
        }
    }

    /// How it becomes known. Computed anew with every call.
    pub fn reports(&self, signal: Signal) -> Reports {
        Reports::of(&self.parameters, signal, self.reported(signal), &self.fate)
    }

    /// What was known at the end of a day, by the day of the event: [`Reports::known_on`]. For more than one day
    /// keep the [reports](Self::reports) and their [reader](Reports::reader).
    pub fn known_on(&self, signal: Signal, day: Date) -> Grid {
        self.reports(signal).known_on(day)
    }
}
