//! Who handed in what and when (DT17): periods with their deadlines by the working-day calendar, and what
//! became of each. Pure: what was received is given.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use oxygen::StoreKind;
use place::FacilityId;
use protocol::{Norms, Readiness, WorkingDays};
use quantity::{Id, Moment, Span};
use serde::{Deserialize, Serialize};

use crate::failure::{Failure, Outcome};
use crate::record::Record;

/// What a column of the matrix is. In order of length: what is due each shift is also due each day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PeriodKind {
    /// From one handover (06:00, 14:00, 22:00) to the next.
    Shift,
    /// A day.
    Day,
    /// Monday to Sunday.
    Week,
    /// A month of the calendar.
    Month,
}

impl PeriodKind {
    /// All of them, short first.
    pub const ALL: [Self; 4] = [Self::Shift, Self::Day, Self::Week, Self::Month];

    /// Its stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Shift => "shift",
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
        }
    }

    /// The one of a stable name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// How many of them a matrix shows.
    pub const fn columns(self) -> usize {
        match self {
            Self::Shift => 12,
            Self::Day => 14,
            Self::Week => 10,
            Self::Month => 6,
        }
    }

    /// How often a state asks a facility; sites with cylinders only are asked monthly on quiet days.
    pub fn of_state(state: Readiness, cylinders_only: bool) -> Self {
        match state {
            Readiness::Emergency => Self::Shift,
            Readiness::Heightened => Self::Day,
            Readiness::Routine if cylinders_only => Self::Month,
            Readiness::Routine => Self::Week,
        }
    }
}

/// Whether all that a facility has is cylinders.
pub fn has_cylinders_only<'s>(mut kinds: impl Iterator<Item = &'s StoreKind>) -> bool {
    let first = kinds.next();
    first == Some(&StoreKind::Cylinders) && kinds.all(|kind| *kind == StoreKind::Cylinders)
}

/// Until when a report counts as in time, by the norms of a day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Terms {
    /// After a handover.
    pub shift_grace: Span,
    /// After midnight.
    pub day_grace: Span,
    /// The hour of the last working day of a week.
    pub week_hour: Span,
    /// The hour of the last working day of a month.
    pub month_hour: Span,
}

impl Terms {
    /// From the norms in force on a day.
    pub fn from_norms(norms: &Norms, day: Date) -> Outcome<Self> {
        let hours = |key: &str| {
            let found = norms.lookup("command.submission", key, day).map_err(Failure::refused)?;
            Ok::<Span, Failure>(Span::minutes((found.figure.value * 60.0) as i64))
        };
        Ok(Self {
            shift_grace: hours("shift_grace")?,
            day_grace: hours("day_grace")?,
            week_hour: hours("week_hour")?,
            month_hour: hours("month_hour")?,
        })
    }
}

/// One column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// What it is.
    pub kind: PeriodKind,
    /// From.
    pub begins: Moment,
    /// Until, not included.
    pub ends: Moment,
    /// Recorded until then is in time.
    pub deadline: Moment,
    /// Whether offices work in it.
    pub working: bool,
}

impl Period {
    /// Its stable name: `day-2026-11-22`, `shift-2026-11-22T06`.
    pub fn code(&self) -> String {
        let local = self.begins.local();
        match self.kind {
            PeriodKind::Shift => format!("shift-{}T{:02}", local.date(), local.hour()),
            kind => format!("{}-{}", kind.code(), local.date()),
        }
    }
}

fn before(day: Date, days: i64) -> Date {
    day.checked_sub(days.days()).unwrap_or(day)
}

/// The newest periods of a kind, oldest first; the last one holds `until`.
pub fn periods(kind: PeriodKind, until: Moment, count: usize, calendar: &WorkingDays, terms: &Terms) -> Vec<Period> {
    let mut found = Vec::with_capacity(count);
    let mut inside = until;
    for _ in 0..count {
        let period = period_of(kind, inside, calendar, terms);
        inside = Moment::from_micros(period.begins.micros() - 1);
        found.push(period);
    }
    found.reverse();
    found
}

fn period_of(kind: PeriodKind, inside: Moment, calendar: &WorkingDays, terms: &Terms) -> Period {
    let day = inside.date();
    let start = Moment::start_of;
    match kind {
        PeriodKind::Shift => {
            let hours = [-2, 6, 14, 22].map(|hour| start(day) + Span::hours(hour));
            let begins = hours.into_iter().filter(|at| *at <= inside).max().unwrap_or(start(day));
            let ends = begins + Span::hours(8);
            let working = calendar.is_working(begins.date());
            Period { kind, begins, ends, deadline: ends + terms.shift_grace, working }
        }
        PeriodKind::Day => {
            let (begins, ends) = (start(day), start(day) + Span::days(1));
            Period { kind, begins, ends, deadline: ends + terms.day_grace, working: calendar.is_working(day) }
        }
        PeriodKind::Week => {
            let monday = before(day, i64::from(day.weekday().since(Weekday::Monday)));
            let sunday = monday.checked_add(6.days()).unwrap_or(day);
            over_days(kind, (monday, sunday), calendar, terms.week_hour)
        }
        PeriodKind::Month => over_days(kind, (day.first_of_month(), day.last_of_month()), calendar, terms.month_hour),
    }
}

/// Due on its last working day; where all of it is off, on the first working day after it.
fn over_days(kind: PeriodKind, (first, last): (Date, Date), calendar: &WorkingDays, hour: Span) -> Period {
    let working = calendar.last_between(first, last);
    let due = working.unwrap_or_else(|| calendar.next_after(last));
    Period {
        kind,
        begins: Moment::start_of(first),
        ends: Moment::start_of(last) + Span::days(1),
        deadline: Moment::start_of(due) + hour,
        working: working.is_some(),
    }
}

/// Whether and how a unit was asked in a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// Due.
    Due,
    /// The cadence of its state is slower, or it did not exist.
    NotDue,
    /// It reports by courtesy: never late, never missing.
    ByCourtesy,
}

/// What became of a unit's report in a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Submitted {
    /// Received in time: when.
    OnTime(Moment),
    /// Received after the deadline: when.
    Late(Moment),
    /// The deadline has passed.
    Missing,
    /// There is time yet.
    Waiting,
    /// Received, although nobody asked, or by courtesy: when.
    Unasked(Moment),
    /// Nobody asked, and nothing came.
    NotAsked,
    /// Asked politely, nothing came: no fault.
    Courtesy,
}

/// What became of it: `received` is when its first report of the period was recorded.
pub fn submitted(received: Option<Moment>, period: &Period, asked: Asked, now: Moment) -> Submitted {
    match (asked, received) {
        (Asked::Due, Some(at)) if at <= period.deadline => Submitted::OnTime(at),
        (Asked::Due, Some(at)) => Submitted::Late(at),
        (Asked::Due, None) if now <= period.deadline => Submitted::Waiting,
        (Asked::Due, None) => Submitted::Missing,
        (Asked::NotDue | Asked::ByCourtesy, Some(at)) => Submitted::Unasked(at),
        (Asked::NotDue, None) => Submitted::NotAsked,
        (Asked::ByCourtesy, None) => Submitted::Courtesy,
    }
}

/// Why a report came late or not at all, as the unit says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LateReason {
    /// Which facility.
    pub facility: FacilityId,
    /// Which period ([`Period::code`]).
    pub period: String,
    /// Why.
    pub reason: String,
    /// Who said so.
    pub told_by: String,
}

impl Record for LateReason {
    const KIND: &'static str = "late_reason";

    fn owner(&self) -> Option<Id> {
        Some(self.facility.0)
    }

    fn code(&self) -> Option<String> {
        Some(format!("{}/{}", self.facility, self.period))
    }
}

#[cfg(test)]
#[path = "submission_tests.rs"]
mod tests;
