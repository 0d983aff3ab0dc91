//! Who stands first on the list «Cơ sở sắp hết oxy».
//!
//! The rules, in order:
//! 1. **Empty**: the last reading leaves nothing usable. Never filtered out, never sorted last.
//! 2. **Lost**: no hours can be said and nobody was heard from, the longest silence first.
//! 3. **Danger**: the pessimistic end is below the danger hours; and every silent facility whose hours
//!    can still be said, because they rest on an old figure.
//! 4. **Unrated**: heard from, but the rate of use is unknown.
//! 5. **Watch**, then 6. **Enough**, by the pessimistic end. A plant without reserve whose patients
//!    may need more than it makes is watched.
//! 7. **Idle**: stock that nobody uses, or a plant that covers its patients.

use quantity::{Moment, Span};
use serde::{Deserialize, Serialize};

use super::{HoursLeft, Silence};
use crate::Settings;

/// The class of a facility on the list, worst first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Nothing usable is left, or a plant without reserve makes less than its patients need.
    Empty,
    /// Silent, and no hours can be said.
    Lost,
    /// Runs out within the danger hours at the pessimistic end, or silent.
    Danger,
    /// Heard from, rate of use unknown.
    Unrated,
    /// Runs out within the watch hours.
    Watch,
    /// Longer.
    Enough,
    /// Nothing is used.
    Idle,
}

impl Standing {
    /// Every class, worst first.
    pub const ALL: [Self; 7] =
        [Self::Empty, Self::Lost, Self::Danger, Self::Unrated, Self::Watch, Self::Enough, Self::Idle];

    /// Stable text for storage.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Lost => "lost",
            Self::Danger => "danger",
            Self::Unrated => "unrated",
            Self::Watch => "watch",
            Self::Enough => "enough",
            Self::Idle => "idle",
        }
    }

    /// What a Vietnamese reader sees.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Empty => "đã hết",
            Self::Lost => "im lặng, chưa rõ còn bao nhiêu",
            Self::Danger => "sắp hết",
            Self::Unrated => "chưa rõ mức dùng",
            Self::Watch => "cần theo dõi",
            Self::Enough => "còn đủ",
            Self::Idle => "không dùng",
        }
    }
}

/// The place on the list: sorts worst first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Rank {
    /// The class.
    pub standing: Standing,
    /// Within the class: pessimistic minutes left, or the moment of the last word where no hours can
    /// be said.
    pub within: i64,
}

/// What the ranking looks at.
pub(super) struct Position<'a> {
    pub(super) empty: bool,
    pub(super) without_hours: Standing,
    pub(super) hours: Option<&'a HoursLeft>,
    pub(super) silence: &'a Silence,
}

pub(super) fn rank(position: &Position<'_>, settings: &Settings, now: Moment) -> Rank {
    let silent = position.silence.heard.is_silent();
    let last_word = position.silence.heard_at.map_or(i64::MIN, |at| (at - now).as_micros());
    let place = |standing, within| Rank { standing, within };
    if position.empty {
        return place(Standing::Empty, last_word);
    }
    match position.hours {
        Some(left) => {
            let minutes = Span::micros((left.low * 3_600e6) as i64).as_minutes();
            let standing = if left.low < settings.danger_hours || silent {
                Standing::Danger
            } else if left.low < settings.watch_hours {
                Standing::Watch
            } else {
                Standing::Enough
            };
            place(standing, minutes)
        }
        None if silent => place(Standing::Lost, last_word),
        None => place(position.without_hours, last_word),
    }
}
