//! What had been told of a synthetic epidemic by the Mondays up to one, late, in batches and with faults.

use std::collections::HashMap;

use forecast::Told;
use jiff::ToSpan;
use jiff::civil::Date;
use simulate::epidemic::{Epidemic, Grid, Signal};

/// The Monday after a week of a grid of weeks.
pub fn monday_after(weeks: &Grid, week: usize) -> Date {
    weeks.date(week).saturating_add(2.days())
}

/// A week of a province to forecast from: some are known before it and some are left after it, by the seed.
pub fn drawn_week(seed: u64, weeks: &Grid, (before, after): (usize, usize)) -> usize {
    before + (seed.wrapping_mul(7_919) % (weeks.columns() - before - after) as u64) as usize
}

/// Weeks as they had been told by the Monday after each week until one, the sum of all places as one more place where
/// asked for; and the days as they stood on the last of these Mondays.
pub fn told_until(epidemic: &Epidemic, signal: Signal, week: usize, with_sum: bool) -> (Vec<Told>, Grid) {
    let weeks = epidemic.reported(signal).weeks();
    let reports = epidemic.reports(signal);
    let mut reader = reports.reader();
    let (mut told, mut before) = (Vec::new(), HashMap::new());
    for monday in (0..=week).map(|week| monday_after(&weeks, week)) {
        let known = reader.read_until(monday).weeks();
        let total = if with_sum { known.total() } else { Vec::new() };
        for (place, row) in known.rows().chain([total.as_slice()]).enumerate() {
            for (column, count) in row.iter().enumerate().filter(|(_, count)| count.is_finite()) {
                if before.insert((place, column), *count) != Some(*count) {
                    told.push(Told { on: monday, place, week: weeks.date(column), count: *count });
                }
            }
        }
    }
    let days = reader.read_until(monday_after(&weeks, week)).clone();
    (told, days)
}
