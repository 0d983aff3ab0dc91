//! The three shifts of a day. A handover at 06:00, 14:00 and 22:00 is what the cadence of an emergency rests on
//! (`protocols/oxygen_watch.toml`: a shift is eight hours).

use quantity::{Moment, Span};

/// Hours of Vietnam's clocks at which one shift hands over to the next.
const HANDOVERS: [i64; 3] = [6, 14, 22];
/// A handover nearer than this is too late for help to arrive before it: the sentence names the one after.
const HELP_NEEDS: Span = Span::hours(2);

/// One shift.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Shift {
    pub begins: Moment,
    pub ends: Moment,
}

impl Shift {
    /// The shift of a moment.
    pub fn at(now: Moment) -> Self {
        let begins = around(now).filter(|at| *at <= now).max().unwrap_or(now);
        Self { begins, ends: begins + Span::hours(8) }
    }

    /// Key of its name.
    pub fn key(&self) -> &'static str {
        match self.begins.local().hour() {
            6 => "shift-morning",
            14 => "shift-afternoon",
            _ => "shift-night",
        }
    }
}

/// The next handover that is at least two hours away.
pub(crate) fn next_handover(now: Moment) -> Moment {
    around(now).find(|at| *at - now >= HELP_NEEDS).unwrap_or(now + Span::hours(8))
}

/// The handovers of yesterday, today and tomorrow, in order.
fn around(now: Moment) -> impl Iterator<Item = Moment> {
    let midnight = Moment::start_of(now.date());
    (-1..=1).flat_map(move |day| HANDOVERS.map(|hour| midnight + Span::days(day) + Span::hours(hour)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn at(hour: i64, minute: i64) -> Moment {
        Moment::start_of(date(2026, 11, 22)) + Span::minutes(hour * 60 + minute)
    }

    #[test]
    fn the_sentence_names_a_handover_that_help_can_still_beat() {
        assert_eq!(next_handover(at(2, 14)), at(6, 0));
        assert_eq!(next_handover(at(4, 0)), at(6, 0));
        assert_eq!(next_handover(at(4, 1)), at(14, 0));
        assert_eq!(next_handover(at(23, 30)), at(30, 0));
    }

    #[test]
    fn the_night_shift_goes_over_midnight() {
        assert_eq!(Shift::at(at(2, 14)), Shift { begins: at(-2, 0), ends: at(6, 0) });
        assert_eq!(Shift::at(at(6, 0)).key(), "shift-morning");
        assert_eq!(Shift::at(at(21, 59)).key(), "shift-afternoon");
        assert_eq!(Shift::at(at(22, 0)).key(), "shift-night");
    }
}
