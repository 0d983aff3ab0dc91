//! Opening hours, nights, Sundays and Tết.

use oxygen::dispatch::{Minutes, Window};

use crate::dice::Dice;

/// For how many days calendars are drawn: the days of a world and all that plans made in it look ahead.
pub(super) const LASTS: i32 = 44;

/// The hour at which the days of a world begin.
const BEGINS: i32 = 6;

/// Which days are holidays.
pub(super) struct Calendar {
    /// The day of the week of day 0, Monday being 0.
    weekday: i32,
    /// The first of the three days of Tết, if they lie within.
    tet: Option<i32>,
}

impl Calendar {
    pub(super) fn draw(seed: u64) -> Self {
        let mut dice = Dice::of(seed, "calendar of a province", 0, 0);
        let tet = dice.chance(0.2).then(|| dice.whole(0, 12) as i32);
        Self { weekday: dice.whole(0, 6) as i32, tet }
    }

    fn sunday(&self, day: i32) -> bool {
        (self.weekday + day).rem_euclid(7) == 6
    }

    fn tet(&self, day: i32) -> bool {
        self.tet.is_some_and(|first| (first..first + 3).contains(&day))
    }

    /// Open from an hour to another every day, but on Sundays and at Tết as told.
    pub(super) fn open(&self, from: i32, to: i32, sundays: bool, tet: bool) -> Vec<Window> {
        let days = -1..LASTS;
        let open = days.filter(|day| (sundays || !self.sunday(*day)) && (tet || !self.tet(*day)));
        open.map(|day| {
            let hour = |hour: i32| Minutes::days(day) + Minutes::hours(hour - BEGINS);
            Window::new(hour(from), hour(to))
        })
        .collect()
    }
}
