//! Rules of an office about letters and tasks: entry times, proposed days, reminders, answers (DT05, DT10).

use std::sync::LazyLock;

use jiff::civil::Date;
use quantity::{Moment, Span};
use serde::{Deserialize, Serialize};

use crate::{NormProblem, WorkingDays};

/// When a letter must stand in the register.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Where it stands written.
    pub source: String,
    /// Whether nobody in authority has confirmed it.
    pub unconfirmed: bool,
    /// Working days for urgent papers; 0 is the same day.
    pub urgent_days: u32,
    /// Working days for others.
    pub normal_days: u32,
    /// Working days for papers with many tasks.
    pub many_tasks_days: u32,
    /// From so many tasks on, a letter has many.
    pub many_tasks: usize,
    /// The hour, local time, from which a letter counts as having come on the next working day; 24 never.
    pub closing_hour: i64,
}

/// A word of haste with the working days that it proposes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Haste {
    /// In lower case.
    pub word: String,
    /// Working days.
    pub days: u32,
}

/// A kind of letter with the working days that it proposes where no word of haste does.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfKind {
    /// As letters write it, in lower case: «công điện».
    pub kind: String,
    /// Working days.
    pub days: u32,
}

/// Days proposed where a letter has no date.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proposed {
    /// Where it stands written.
    pub source: String,
    /// Whether nobody in authority has confirmed it.
    pub unconfirmed: bool,
    /// Word by word; the first that is found counts.
    pub words: Vec<Haste>,
    /// Kind by kind, where no word is found.
    #[serde(default)]
    pub kinds: Vec<OfKind>,
    /// Working days without any word.
    pub other_days: u32,
}

/// When somebody is reminded.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reminders {
    /// Where it stands written.
    pub source: String,
    /// Whether nobody in authority has confirmed it.
    pub unconfirmed: bool,
    /// Days from the last day of a task, rising: −3 is three days before it.
    pub steps: Vec<i16>,
    /// The hour from which messages go out, local time.
    pub from_hour: i64,
    /// The hour from which they rest.
    pub to_hour: i64,
    /// The hour of the leader's digest.
    pub digest_hour: i64,
    /// Whether the days before and after are working days, and nobody is told anything on others.
    #[serde(default)]
    pub working_days: bool,
}

/// After how long somebody asks whether a task was received.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receipts {
    /// Where it stands written.
    pub source: String,
    /// Whether nobody in authority has confirmed it.
    pub unconfirmed: bool,
    /// Hours, from the moment that counts as given out.
    pub hours: i64,
    /// Hours where a word of haste proposes two working days or less; these count day and night.
    pub urgent_hours: i64,
}

/// Who may give what: for the reader; what the program allows stands in its own table of rights.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Giver {
    /// What is done.
    pub what: String,
    /// Who in the office may do it.
    pub who: String,
    /// The right of the program that it needs, by its stable name.
    pub right: String,
}

/// Who may give what.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Giving {
    /// Where it stands written.
    pub source: String,
    /// Whether nobody in authority has confirmed it.
    pub unconfirmed: bool,
    /// Line by line.
    pub lines: Vec<Giver>,
}

/// Until when an obstacle is answered.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Obstacles {
    /// Where it stands written.
    pub source: String,
    /// Whether nobody in authority has confirmed it.
    pub unconfirmed: bool,
    /// Working days.
    pub answer_days: u32,
}

/// The rules of an office.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfficeRules {
    /// Stable name and version.
    pub id: String,
    /// What a Vietnamese reader sees.
    pub title: String,
    /// Entry of letters.
    pub entry: Entry,
    /// Proposed days.
    pub proposed: Proposed,
    /// Reminders.
    pub reminders: Reminders,
    /// Answers.
    pub obstacles: Obstacles,
    /// Receipts.
    pub receipts: Receipts,
    /// Who may give what.
    pub giving: Giving,
}

/// Days that are counted at most between two: what lies further apart is told by no step.
const FURTHEST: i32 = 60;

/// The calendar that the rules reckon by; none where its file is broken, which a test excludes.
fn calendar() -> Option<&'static WorkingDays> {
    static DAYS: LazyLock<Option<WorkingDays>> = LazyLock::new(|| WorkingDays::shipped().ok());
    DAYS.as_ref()
}

impl OfficeRules {
    /// The rules that count where an office has chosen nothing.
    ///
    /// # Errors
    /// Never with the file of this tree, which a test reads.
    pub fn shipped() -> Result<Self, NormProblem> {
        Self::from_toml("office-rules.toml", include_str!("../../../protocols/office-rules.toml"))
    }

    /// Every version as shipped, side by side; the first is [`OfficeRules::shipped`].
    ///
    /// # Errors
    /// Never with the files of this tree, which a test reads.
    pub fn all_shipped() -> Result<Vec<Self>, NormProblem> {
        let strict = include_str!("../../../protocols/office-rules-decision-42.toml");
        Ok(vec![Self::shipped()?, Self::from_toml("office-rules-decision-42.toml", strict)?])
    }

    /// Rules from a text.
    ///
    /// # Errors
    /// [`NormProblem::Malformed`] when it cannot be read, its steps do not rise, or its hours are none of a day.
    pub fn from_toml(file: &str, text: &str) -> Result<Self, NormProblem> {
        let malformed = |cause: String| NormProblem::Malformed { file: file.to_owned(), cause };
        let rules: Self = toml::from_str(text).map_err(|error| malformed(error.to_string()))?;
        match rules.fault() {
            Some(what) => Err(malformed(what.to_owned())),
            None => Ok(rules),
        }
    }

    /// What is wrong with the figures; none where they can be worked by. A stable name.
    pub fn fault(&self) -> Option<&'static str> {
        let told = &self.reminders;
        if told.steps.is_empty() || !told.steps.is_sorted_by(|one, other| one < other) {
            return Some("steps");
        }
        if told.steps.iter().any(|step| i32::from(*step).abs() > FURTHEST / 2) {
            return Some("steps");
        }
        let hours = [told.from_hour, told.to_hour, told.digest_hour];
        if hours.iter().any(|hour| !(0..=24).contains(hour)) || told.from_hour >= told.to_hour {
            return Some("hours");
        }
        if !(1..=24).contains(&self.entry.closing_hour) {
            return Some("closing");
        }
        let days = [self.entry.urgent_days, self.entry.normal_days, self.entry.many_tasks_days];
        let proposed = self.proposed.words.iter().map(|word| word.days).chain([self.proposed.other_days]);
        let proposed = proposed.chain(self.proposed.kinds.iter().map(|kind| kind.days));
        if days.into_iter().chain(proposed).chain([self.obstacles.answer_days]).any(|days| days > 250) {
            return Some("days");
        }
        let waits = [self.receipts.hours, self.receipts.urgent_hours];
        if waits.iter().any(|hours| !(1..=720).contains(hours)) {
            return Some("receipts");
        }
        None
    }

    /// The word of haste that is found, if one is.
    fn word(&self, haste: Option<&str>) -> Option<&Haste> {
        let low = haste.unwrap_or_default().to_lowercase();
        self.proposed.words.iter().find(|one| !low.is_empty() && low.contains(&one.word))
    }

    /// The day that a word of haste or the kind of a letter proposes from a day on. It sets nothing: a leader does.
    pub fn propose(&self, haste: Option<&str>, kind: Option<&str>, from: Date, calendar: &WorkingDays) -> Date {
        let low = kind.unwrap_or_default().to_lowercase();
        let of_kind = || self.proposed.kinds.iter().find(|one| !low.is_empty() && low.contains(&one.kind));
        let days = self.word(haste).map(|word| word.days).or_else(|| of_kind().map(|kind| kind.days));
        calendar.plus(from, days.unwrap_or(self.proposed.other_days))
    }

    /// The working day as which a moment counts: what comes after closing, or on a day off, came on the next one.
    pub fn counts_as(&self, came: Moment, calendar: &WorkingDays) -> Date {
        let day = came.date();
        let closed = i64::from(came.local().hour()) >= self.entry.closing_hour;
        if closed || !calendar.is_working(day) { calendar.next_after(day) } else { day }
    }

    /// The last day on which a letter that came at a moment is entered in time. An urgent one knows no closing hour.
    pub fn enter_by(&self, came: Moment, urgent: bool, tasks: usize, calendar: &WorkingDays) -> Date {
        let days = match urgent {
            true => return calendar.plus(came.date(), self.entry.urgent_days),
            false if tasks >= self.entry.many_tasks => self.entry.many_tasks_days,
            false => self.entry.normal_days,
        };
        calendar.plus(self.counts_as(came, calendar), days)
    }

    /// From when on it is asked why nobody has received what was given out at a moment. What is not urgent and was given
    /// out after closing counts from the next working morning.
    pub fn ask_receipt_at(&self, given: Moment, haste: Option<&str>) -> Moment {
        if self.word(haste).is_some_and(|word| word.days <= 2) {
            return given + Span::hours(self.receipts.urgent_hours);
        }
        let day = calendar().map_or(given.date(), |calendar| self.counts_as(given, calendar));
        let from =
            if day == given.date() { given } else { Moment::start_of(day) + Span::hours(self.reminders.from_hour) };
        from + Span::hours(self.receipts.hours)
    }

    /// Days from one day to another as reminders count them, negative before it.
    pub fn days_passed(&self, from: Date, to: Date) -> i32 {
        let plain = from.until(to).map_or(0, |span| span.get_days());
        let Some(calendar) = calendar().filter(|_| self.reminders.working_days && plain.abs() <= FURTHEST) else {
            return plain;
        };
        let (first, last) = if plain < 0 { (to, from) } else { (from, to) };
        let days = std::iter::successors(first.tomorrow().ok(), |day| day.tomorrow().ok());
        let working = days.take_while(|day| *day <= last).filter(|day| calendar.is_working(*day)).count();
        let working = i32::try_from(working).unwrap_or(FURTHEST);
        if plain < 0 { -working } else { working }
    }

    /// Until when something raised at a moment is answered: the end of a working day.
    pub fn answer_by(&self, raised: Moment) -> Moment {
        let day = match calendar() {
            Some(calendar) => calendar.plus(self.counts_as(raised, calendar), self.obstacles.answer_days),
            // Without a calendar each day counts.
            None => (raised + Span::days(i64::from(self.obstacles.answer_days))).date(),
        };
        Moment::start_of(day.tomorrow().unwrap_or(day)) - Span::micros(1)
    }

    /// Whether messages go out at a moment; outside these hours nobody is woken for a task, nor on a day off where the
    /// rules say so.
    pub fn is_awake(&self, at: Moment) -> bool {
        let hour = i64::from(at.local().hour());
        let off = self.reminders.working_days && calendar().is_some_and(|days| !days.is_working(at.date()));
        !off && (self.reminders.from_hour..self.reminders.to_hour).contains(&hour)
    }
}

#[cfg(test)]
#[path = "office_tests.rs"]
mod tests;
