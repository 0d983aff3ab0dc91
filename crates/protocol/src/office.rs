//! Rules of an office about letters and tasks: entry times, proposed days, reminders, answers (DT05, DT10).

use jiff::civil::Date;
use quantity::{Moment, Span};
use serde::Deserialize;

use crate::{NormProblem, WorkingDays};

/// When a letter must stand in the register.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
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
}

/// A word of haste with the working days that it proposes.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Haste {
    /// In lower case.
    pub word: String,
    /// Working days.
    pub days: u32,
}

/// Days proposed where a letter has no date.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proposed {
    /// Where it stands written.
    pub source: String,
    /// Whether nobody in authority has confirmed it.
    pub unconfirmed: bool,
    /// Word by word; the first that is found counts.
    pub words: Vec<Haste>,
    /// Working days without any word.
    pub other_days: u32,
}

/// When somebody is reminded.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
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
}

/// Until when an obstacle is answered.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
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
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
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
}

impl OfficeRules {
    /// The rules as shipped.
    ///
    /// # Errors
    /// Never with the file of this tree, which a test reads.
    pub fn shipped() -> Result<Self, NormProblem> {
        Self::from_toml("office-rules.toml", include_str!("../../../protocols/office-rules.toml"))
    }

    /// Rules from a text.
    ///
    /// # Errors
    /// [`NormProblem::Malformed`] when it cannot be read, its steps do not rise, or its hours are none of a day.
    pub fn from_toml(file: &str, text: &str) -> Result<Self, NormProblem> {
        let malformed = |cause: String| NormProblem::Malformed { file: file.to_owned(), cause };
        let rules: Self = toml::from_str(text).map_err(|error| malformed(error.to_string()))?;
        let told = &rules.reminders;
        if told.steps.is_empty() || !told.steps.is_sorted_by(|one, other| one < other) {
            return Err(malformed("steps must rise".to_owned()));
        }
        let hours = [told.from_hour, told.to_hour, told.digest_hour];
        if hours.iter().any(|hour| !(0..=24).contains(hour)) || told.from_hour >= told.to_hour {
            return Err(malformed("hours of a day".to_owned()));
        }
        Ok(rules)
    }

    /// The day that a word of haste proposes from a day on. It sets nothing: a leader does.
    pub fn propose(&self, haste: Option<&str>, from: Date, calendar: &WorkingDays) -> Date {
        let low = haste.unwrap_or_default().to_lowercase();
        let word = self.proposed.words.iter().find(|one| !low.is_empty() && low.contains(&one.word));
        calendar.plus(from, word.map_or(self.proposed.other_days, |word| word.days))
    }

    /// The last day on which a letter that came on a day is entered in time.
    pub fn enter_by(&self, came: Date, urgent: bool, tasks: usize, calendar: &WorkingDays) -> Date {
        let days = match urgent {
            true => self.entry.urgent_days,
            false if tasks >= self.entry.many_tasks => self.entry.many_tasks_days,
            false => self.entry.normal_days,
        };
        if days == 0 { came } else { calendar.plus(came, days) }
    }

    /// Until when something raised at a moment is answered: the end of a working day.
    pub fn answer_by(&self, raised: Moment) -> Moment {
        let day = match WorkingDays::shipped() {
            Ok(calendar) => calendar.plus(raised.date(), self.obstacles.answer_days),
            // Without a calendar each day counts.
            Err(_) => (raised + Span::days(i64::from(self.obstacles.answer_days))).date(),
        };
        Moment::start_of(day.tomorrow().unwrap_or(day)) - Span::micros(1)
    }

    /// Whether messages go out at a moment; outside these hours nobody is woken for a task.
    pub fn is_awake(&self, at: Moment) -> bool {
        let hour = i64::from(at.local().hour());
        (self.reminders.from_hour..self.reminders.to_hour).contains(&hour)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    /// DT05: the shipped rules can be read, say where they stand written, and that nobody confirmed them.
    #[test]
    fn the_shipped_rules_say_where_they_come_from() {
        let rules = OfficeRules::shipped().unwrap();
        assert!(rules.entry.source.contains("42/2014/QĐ-TTg") && rules.entry.unconfirmed);
        assert!(rules.proposed.unconfirmed && rules.reminders.unconfirmed && rules.obstacles.unconfirmed);
    }

    /// DT05: «khẩn trương» proposes five working days, «hỏa tốc» one; without a word there are ten.
    #[test]
    fn words_of_haste_propose_working_days() {
        let (rules, calendar) = (OfficeRules::shipped().unwrap(), WorkingDays::shipped().unwrap());
        let friday = date(2026, 11, 20);
        assert_eq!(rules.propose(Some("Khẩn trương"), friday, &calendar), date(2026, 11, 27));
        assert_eq!(rules.propose(Some("HỎA TỐC"), friday, &calendar), date(2026, 11, 23));
        assert_eq!(rules.propose(None, friday, &calendar), date(2026, 12, 4));
        assert_eq!(rules.enter_by(friday, true, 1, &calendar), friday);
        assert_eq!(rules.enter_by(friday, false, 9, &calendar), date(2026, 11, 24));
    }

    #[test]
    fn an_answer_is_due_at_the_end_of_a_working_day_and_nobody_is_woken() {
        let rules = OfficeRules::shipped().unwrap();
        let friday = Moment::start_of(date(2026, 11, 20)) + Span::hours(9);
        assert_eq!(rules.answer_by(friday) + Span::micros(1), Moment::start_of(date(2026, 11, 26)));
        assert!(rules.is_awake(friday) && !rules.is_awake(friday + Span::hours(12)));
        assert!(OfficeRules::from_toml("x", "id = 1").is_err());
    }
}
