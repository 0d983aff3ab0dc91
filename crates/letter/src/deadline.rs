//! Until when: a deadline keeps its own word. How it is read is in `until`.

use jiff::ToSpan;
use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

/// The word of a deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Word {
    /// «trước ngày D»: the day itself is too late.
    Before,
    /// «chậm nhất D», «hạn cuối D»: the day itself still counts.
    Latest,
    /// «trong quý I/2022», «trong tháng 3/2025»: its last day still counts.
    Within,
}

/// How often.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Every {
    /// «hằng ngày»
    Day,
    /// «hằng tuần»
    Week,
    /// «hằng tháng»
    Month,
    /// «hằng quý»
    Quarter,
    /// «hằng năm»
    Year,
}

/// On which day of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum On {
    /// «thứ Hai» is 2, «thứ Bảy» 7, «Chủ nhật» 8, as they are called.
    Weekday(i8),
    /// «ngày 25 hằng tháng»; of a quarter the day of its first month.
    Day(i8),
    /// «ngày 15/12 hằng năm»
    Date {
        /// Month.
        month: i8,
        /// Day of the month.
        day: i8,
    },
}

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Clock {
    /// Hour, 0 to 24.
    pub hour: i8,
    /// Minute.
    pub minute: i8,
}

/// Until when something is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deadline {
    /// On a day.
    Absolute {
        /// Its word.
        word: Word,
        /// The printed day; a year left out is that of the letter. Of [`Word::Within`] the last day.
        day: Date,
        /// The printed hour of that day.
        clock: Option<Clock>,
    },
    /// «trong vòng N ngày», from the letter or its receipt.
    Relative {
        /// How many.
        days: u16,
        /// «ngày làm việc»: by the calendar of working days.
        working: bool,
    },
    /// «trong vòng 24 giờ kể từ khi …»: from every case that the sentence names, so it has no day.
    Hours {
        /// How many.
        hours: u16,
    },
    /// «hằng ngày trước 16 giờ», «trước ngày 25 hằng tháng»
    Periodic {
        /// How often.
        every: Every,
        /// On which day of the period, where it is said.
        #[serde(default)]
        on: Option<On>,
        /// Until which hour.
        clock: Option<Clock>,
    },
}

impl Deadline {
    /// From when it is overdue (local time): «trước ngày 15/9» from 15/9 00:00, «chậm nhất 15/9»
    /// from 16/9 00:00. `None` for what has no printed day.
    pub fn overdue_from(self) -> Option<DateTime> {
        let Self::Absolute { word, day, clock } = self else { return None };
        match (clock, word) {
            (Some(clock), _) if clock.hour < 24 => Some(day.at(clock.hour, clock.minute, 0, 0)),
            (None, Word::Before) => Some(day.at(0, 0, 0, 0)),
            _ => day.checked_add(1.day()).ok().map(|next| next.at(0, 0, 0, 0)),
        }
    }

    /// The printed day.
    pub fn day(self) -> Option<Date> {
        match self {
            Self::Absolute { day, .. } => Some(day),
            _ => None,
        }
    }
}
