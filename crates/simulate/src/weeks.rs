//! The weekly counts of Kiên Giang in 2021, and how they go on where the published ones end.

use std::sync::LazyLock;

use jiff::ToSpan;
use jiff::civil::Date;
use quantity::{Moment, Span};

const PUBLISHED: &str = include_str!("../data/kien-giang-weeks.tsv");

/// After the last published week, each week has this share of the week before; the published ones of
/// January 2022 fell by 0.68 to 0.77.
const DECAY: f64 = 0.74;

/// Below this the invented counts do not fall: the disease stayed.
const FLOOR: f64 = 120.0;

/// Confirmed cases of one week.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Week {
    /// Its Saturday.
    pub week_ending: Date,
    /// Confirmed cases.
    pub cases: u32,
    /// Invented, not published: shown with «mô phỏng».
    pub simulated: bool,
}

/// The published weeks, 1/5/2021 to 22/1/2022, oldest first.
pub fn kien_giang_weeks() -> &'static [Week] {
    static WEEKS: LazyLock<Vec<Week>> = LazyLock::new(|| PUBLISHED.lines().filter_map(read_week).collect());
    &WEEKS
}

/// The published weeks and invented ones after them, up to the first that ends on or after a day.
/// Weeks that have not ended by the day are the caller's to hide.
pub fn kien_giang_weeks_until(day: Date) -> Vec<Week> {
    let mut weeks = kien_giang_weeks().to_vec();
    while let Some(last) = weeks.last().filter(|last| last.week_ending < day) {
        let Ok(week_ending) = last.week_ending.checked_add(7.days()) else { break };
        let cases = (f64::from(last.cases) * DECAY).max(FLOOR).round() as u32;
        weeks.push(Week { week_ending, cases, simulated: true });
    }
    weeks
}

/// A line of the table; `None` for comments.
fn read_week(line: &str) -> Option<Week> {
    let (day, cases) = line.split_once('\t')?;
    Some(Week { week_ending: day.parse().ok()?, cases: cases.parse().ok()?, simulated: false })
}

/// Cases up to a moment, those of a week spread evenly over it.
pub(crate) fn cases_until(weeks: &[Week], at: Moment) -> f64 {
    let share = |week: &Week| {
        let end = Moment::start_of(week.week_ending) + Span::days(1);
        (1.0 - (end - at).as_hours() / 168.0).clamp(0.0, 1.0)
    };
    weeks.iter().map(|week| f64::from(week.cases) * share(week)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    /// The table is read whole and says what was published.
    #[test]
    fn the_published_weeks_of_kien_giang() {
        let weeks = kien_giang_weeks();
        let rows = PUBLISHED.lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!((weeks.len(), rows), (39, 39));
        assert!(
            weeks
                .windows(2)
                .all(|pair| pair[1].week_ending.since(pair[0].week_ending).unwrap() == 7.days().fieldwise())
        );
        let peak = weeks.iter().max_by_key(|week| week.cases).unwrap();
        assert_eq!((peak.week_ending, peak.cases), (date(2021, 12, 4), 3_040));
        assert!(weeks.iter().all(|week| !week.simulated));
    }

    #[test]
    fn what_was_not_published_is_marked() {
        let weeks = kien_giang_weeks_until(date(2022, 2, 20));
        assert_eq!(weeks.len(), 39 + 5);
        assert!(weeks.iter().all(|week| week.simulated == (week.week_ending > date(2022, 1, 22))));
        assert_eq!(weeks[39].cases, 387);
        let endless = kien_giang_weeks_until(date(2023, 2, 20));
        assert_eq!(endless.last().unwrap().cases, 120);
    }

    #[test]
    fn cases_run_evenly_through_their_week() {
        let weeks = kien_giang_weeks();
        let noon = Moment::start_of(date(2021, 12, 4)) + Span::days(1);
        let before = noon - Span::days(7);
        assert_eq!(cases_until(weeks, noon) - cases_until(weeks, before), 3_040.0);
        let half = cases_until(weeks, noon - Span::hours(84)) - cases_until(weeks, before);
        assert!((half - 1_520.0).abs() < 1e-6);
    }
}
