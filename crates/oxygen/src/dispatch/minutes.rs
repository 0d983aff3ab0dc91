//! Time inside a plan: minutes after its start, and windows of them.

use std::ops::{Add, AddAssign, Sub};

use serde::{Deserialize, Serialize};

/// Minutes after the start of the plan, or a length of time. Never fractions: nobody keeps an appointment to the second.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Minutes(pub i32);

impl Minutes {
    /// The start of the plan; no time at all.
    pub const ZERO: Self = Self(0);
    /// A day and a night.
    pub const DAY: Self = Self(24 * 60);
    /// Later than any plan.
    pub const NEVER: Self = Self(i32::MAX / 4);

    /// So many hours.
    pub const fn hours(hours: i32) -> Self {
        Self(hours * 60)
    }

    /// So many days of 24 hours.
    pub const fn days(days: i32) -> Self {
        Self(days * Self::DAY.0)
    }

    /// In hours.
    pub fn as_hours(self) -> f64 {
        f64::from(self.0) / 60.0
    }

    /// The day of the plan that it lies in, from 0; 0 before the start.
    pub const fn day(self) -> usize {
        if self.0 <= 0 { 0 } else { (self.0 / Self::DAY.0) as usize }
    }
}

impl Add for Minutes {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl AddAssign for Minutes {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl Sub for Minutes {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

/// From a minute up to, and without, another.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Window {
    /// Its first minute.
    pub from: Minutes,
    /// The first minute after it.
    pub to: Minutes,
}

impl Window {
    /// From a minute up to another.
    pub const fn new(from: Minutes, to: Minutes) -> Self {
        Self { from, to }
    }

    /// Whether it holds a minute.
    pub fn holds(self, at: Minutes) -> bool {
        self.from <= at && at < self.to
    }

    /// Whether the two share a minute.
    pub fn meets(self, other: Self) -> bool {
        self.from < other.to && other.from < self.to
    }

    /// Whether all of the other lies in it.
    pub fn covers(self, other: Self) -> bool {
        self.from <= other.from && other.to <= self.to
    }
}

/// The first minute, not before `from`, at which something that lasts `length` fits into one of the windows. No windows
/// at all mean that it is always open; `None` when it fits into none.
pub fn first_open(windows: &[Window], from: Minutes, length: Minutes) -> Option<Minutes> {
    if windows.is_empty() {
        return Some(from);
    }
    let fits = |window: &Window| {
        let begins = window.from.max(from);
        (begins + length <= window.to).then_some(begins)
    };
    // Windows stand in the order of time.
    windows.iter().find_map(fits)
}

/// The first minute, not before `from`, from which `length` minutes meet none of the windows.
pub fn first_clear(windows: &[Window], from: Minutes, length: Minutes) -> Minutes {
    let mut begins = from;
    for window in windows {
        if window.meets(Window::new(begins, begins + length)) {
            begins = window.to;
        }
    }
    begins
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn windows() -> impl Strategy<Value = Vec<Window>> {
        prop::collection::vec((0_i32..60, 1_i32..200), 0..6).prop_map(|gaps| {
            let mut at = 0;
            gaps.into_iter()
                .map(|(gap, length)| {
                    let window = Window::new(Minutes(at + gap), Minutes(at + gap + length));
                    at += gap + length + 1;
                    window
                })
                .collect()
        })
    }

    proptest! {
        #[test]
        fn what_fits_lies_in_one_window_and_nothing_earlier_does(windows in windows(), from in 0_i32..500, length in 0_i32..90) {
            let fits = |at: i32| windows.is_empty() || windows.iter().any(|window| window.covers(Window::new(Minutes(at), Minutes(at + length))));
            let found = first_open(&windows, Minutes(from), Minutes(length));
            let searched = (from..2_000).find(|at| fits(*at));
            prop_assert_eq!(found.map(|at| at.0), searched);
        }

        #[test]
        fn what_is_clear_meets_no_window_and_nothing_earlier_is(windows in windows(), from in 0_i32..500, length in 1_i32..90) {
            let clear = |at: i32| !windows.iter().any(|window| window.meets(Window::new(Minutes(at), Minutes(at + length))));
            let found = first_clear(&windows, Minutes(from), Minutes(length));
            prop_assert_eq!(Some(found.0), (from..5_000).find(|at| clear(*at)));
        }
    }
}
