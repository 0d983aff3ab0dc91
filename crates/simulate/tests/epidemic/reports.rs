//! How counts become known (F010: the day of the report and the day of the event apart).

use jiff::ToSpan;
use proptest::prelude::*;
use simulate::epidemic::{Backfill, Delay, Epidemic, Kind, Signal};

use crate::common::{small, undisturbed};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(14))]

    /// What is told adds up to what is counted; nothing is told before it happens, nothing known is negative, and reading
    /// on day by day gives what asking for a day gives.
    #[test]
    fn what_becomes_known_converges(seed in any::<u64>(), kind in 0..3_usize, weeks in 6..30_usize, which in 0..2_usize) {
        let signal = Signal::ALL[which];
        let mut parameters = small(seed, Kind::ALL[kind], 4, weeks);
        parameters.transmission.imported = 20.0;
        let counting = if which == 0 { &mut parameters.cases } else { &mut parameters.admissions };
        let faults = &mut counting.faults;
        (faults.batches, faults.silences, faults.corrections) = (0.1, 0.1, 0.2);
        faults.backfills = vec![Backfill { place: 1, told: weeks * 4, parts: 3, days: 30, share: 0.5 }];
        let epidemic = Epidemic::of(seed, parameters);
        let (counted, reports) = (epidemic.reported(signal), epidemic.reports(signal));
        prop_assert_eq!(&reports.known_on(reports.complete_on()), counted);
        prop_assert_eq!(reports.told().map(|told| told.count).sum::<f64>(), counted.total().iter().sum::<f64>());
        prop_assert!(reports.told().all(|told| told.told_on >= told.happened_on && told.count != 0.0));
        let within: f64 = reports.told().filter(|told| counted.column(told.told_on).is_some()).map(|told| told.count).sum();
        prop_assert_eq!(reports.announced().total().iter().sum::<f64>(), within);

        let mut reader = reports.reader();
        for column in (0..counted.columns()).step_by(5) {
            let day = counted.date(column);
            let known = reader.read_until(day).clone();
            prop_assert_eq!(&known, &reports.known_on(day));
            for row in known.rows() {
                prop_assert!(row[column + 1..].iter().all(|count| count.is_nan()));
                prop_assert!(row.iter().all(|count| count.is_nan() || *count >= 0.0));
                // Unknown are the last days only: who reports again tells of all days before.
                let heard = row.iter().take_while(|count| !count.is_nan()).count();
                prop_assert!(row[heard..].iter().all(|count| count.is_nan()));
            }
        }
        // An older day changes nothing.
        let last = reader.read_until(counted.date(0)).clone();
        prop_assert_eq!(&last, &reports.known_on(counted.date((counted.columns() - 1) / 5 * 5)));
        prop_assert!(reports.known_on(counted.date(0).saturating_sub(1.day())).values().iter().all(|count| count.is_nan()));
    }
}

/// Without faults reports come with the delays drawn for the place.
#[test]
fn reports_have_the_drawn_delay() {
    for (mean, shape) in [(0.5, 1.0), (2.0, 1.5), (5.0, 2.0)] {
        let mut parameters = undisturbed(1.1, Delay::gamma(3.8, 4.0, 21), 8);
        let density = |days: f64| (days + 0.5).powf(shape - 1.0) * (-(days + 0.5) * shape / mean).exp();
        let delay = Delay::of_weights((0..=28).map(|days| density(f64::from(days))));
        parameters.places[0].cases.delay = delay.clone();
        let reports = Epidemic::of(2, parameters).reports(Signal::Cases);
        let (mut days, mut squares, mut count) = (0.0, 0.0, 0.0);
        for told in reports.told() {
            let late = f64::from((told.told_on - told.happened_on).get_days());
            (days, squares, count) = (days + late * told.count, squares + late * late * told.count, count + told.count);
        }
        let (found, error) = (days / count, ((squares / count - (days / count).powi(2)) / count).sqrt());
        assert!((found - delay.mean()).abs() < 5.0 * error, "{found} ± {error} for {}", delay.mean());
    }
}

/// On Sundays nobody reports; the Monday has it all.
#[test]
fn closed_days_are_made_up_for() {
    let mut parameters = undisturbed(1.1, Delay::gamma(3.8, 4.0, 21), 8);
    parameters.cases.faults.closed[0] = true;
    let epidemic = Epidemic::of(2, parameters);
    let reports = epidemic.reports(Signal::Cases);
    let announced = reports.announced();
    let of_weekday = |weekday: usize| announced.row(0).iter().skip(7 + weekday).step_by(7).sum::<f64>();
    assert_eq!(of_weekday(0), 0.0);
    assert!(of_weekday(1) > 1.3 * of_weekday(2), "{} {}", of_weekday(1), of_weekday(2));
    // On Sunday itself nothing is known of it; on Monday it is.
    let sunday = announced.date(21);
    assert!(reports.known_on(sunday).row(0)[21].is_nan());
    assert!(reports.known_on(sunday.tomorrow().unwrap()).row(0)[21] > 0.0);
}

/// Thousands of old cases in three days, as in Vĩnh Phúc on 10, 11 and 14 March 2022.
#[test]
fn old_cases_come_in_bulk() {
    let mut parameters = undisturbed(1.0, Delay::gamma(3.8, 4.0, 21), 20);
    parameters.transmission.imported = 30_000.0;
    parameters.places[0].ascertained = 0.3;
    let backfill = Backfill { place: 0, told: 100, parts: 3, days: 60, share: 0.5 };
    let without = Epidemic::of(2, parameters.clone());
    parameters.cases.faults.backfills.push(backfill);
    let with = Epidemic::of(2, parameters);
    assert_eq!(with.reported(Signal::Cases), without.reported(Signal::Cases));
    let (plain, bulk) = (without.reports(Signal::Cases).announced(), with.reports(Signal::Cases).announced());
    for day in 100..103 {
        assert!(bulk.row(0)[day] > 5.0 * plain.row(0)[day], "{} {}", bulk.row(0)[day], plain.row(0)[day]);
        assert!(bulk.row(0)[day] > 10_000.0);
    }
    let eve = with.reported(Signal::Cases).date(99);
    let known = |epidemic: &Epidemic| epidemic.known_on(Signal::Cases, eve).row(0)[45..90].iter().sum::<f64>();
    let share = known(&with) / known(&without);
    assert!((share - 0.5).abs() < 0.05, "{share}");
}

/// The drawn provinces have every fault somewhere: gaps, batches, bulk, figures below zero.
#[test]
fn drawn_provinces_have_every_fault() {
    let (mut gaps, mut taken_back, mut below_zero, mut bulk, mut late) = (0, 0, 0, 0, 0.0);
    for seed in 0..12 {
        let epidemic = Epidemic::of(seed, small(seed, Kind::First, 24, 60));
        let faults = &epidemic.parameters().cases.faults;
        bulk += faults.backfills.iter().filter(|backfill| backfill.place < 24).count();
        let reports = epidemic.reports(Signal::Cases);
        taken_back += reports.told().filter(|told| told.count < 0.0).count();
        below_zero += reports.announced().values().iter().filter(|count| **count < 0.0).count();
        let days = epidemic.reported(Signal::Cases);
        let mut reader = reports.reader();
        for column in (6..days.columns()).step_by(7) {
            let known = reader.read_until(days.date(column));
            gaps += known.rows().filter(|row| row[column - 2].is_nan()).count();
        }
        let known_at_once: f64 =
            reports.told().filter(|told| told.told_on == told.happened_on).map(|told| told.count).sum();
        late += 1.0 - known_at_once / days.total().iter().sum::<f64>();
    }
    assert!(gaps > 20, "{gaps} weeks with a gap");
    assert!(taken_back > 30 && below_zero > 0, "{taken_back} taken back, {below_zero} days below zero");
    assert!(bulk > 3, "{bulk} times in bulk");
    assert!((0.2..0.95).contains(&(late / 12.0)), "{}", late / 12.0);
}
