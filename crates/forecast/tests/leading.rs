//! TT09: a signal that leads another moves its forecast; one that does not, or is not known, leaves it alone.

use forecast::{Ahead, Days, Forecaster, FromDays, Leads, Told, Vintages, WEEKS_AHEAD};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::prelude::*;

const FIRST: Date = date(2021, 5, 1);
const WEEKS: usize = 40;

fn week(number: usize) -> Date {
    FIRST.saturating_add((7 * number as i64).days())
}

/// Weeks of places, each told two days after its end.
fn told(places: &[Vec<f64>]) -> Vintages {
    let mut all = Vec::new();
    for (place, counts) in places.iter().enumerate() {
        for (number, count) in counts.iter().enumerate().filter(|(_, count)| !count.is_nan()) {
            let week = week(number);
            all.push(Told { on: week.saturating_add(2.days()), place, week, count: *count });
        }
    }
    Vintages::new(places.len(), all)
}

/// A wave of one place: cases of a week, high in the week `peak`.
fn cases(number: f64, peak: f64) -> f64 {
    300.0 + 4_000.0 * (-((number - peak) / 3.5).powi(2)).exp()
}

/// Six places whose waves come one after the other, and their sum.
fn places(of: impl Fn(f64, usize) -> f64) -> Vec<Vec<f64>> {
    let mut all: Vec<Vec<f64>> =
        (0..6).map(|place| (0..WEEKS).map(|number| of(number as f64, place)).collect()).collect();
    all.push((0..WEEKS).map(|number| all.iter().map(|counts| counts[number]).sum()).collect());
    all
}

fn peak(place: usize) -> f64 {
    12.0 + 5.0 * place as f64
}

/// Admissions are a tenth of the cases of a week before.
fn admissions() -> Vec<Vec<f64>> {
    places(|number, place| (0.1 * cases(number - 1.0, peak(place))).round())
}

fn made(own: &[Vec<f64>], lead: Option<&[Vec<f64>]>, of: &[Option<usize>]) -> FromDays {
    let (own, none) = (told(own), Days::new(7, []));
    let lead = lead.map(told);
    let leads = lead.as_ref().map(|weeks| Leads { weeks, days: &none, of, all: Some(6) });
    let on = week(WEEKS - 1).saturating_add(2.days());
    Forecaster::shipped().forecast_led(&own, &none, leads.as_ref(), on, week(WEEKS))
}

fn here() -> Vec<Option<usize>> {
    (0..7).map(Some).collect()
}

fn medians(ahead: &[Ahead], place: usize) -> Vec<f64> {
    ahead.iter().filter(|one| one.place == place).map(|one| one.quantiles.median()).collect()
}

#[test]
fn cases_tell_of_admissions_to_come() {
    let lead = places(|number, place| cases(number, peak(place)).round());
    let (with, without) = (made(&admissions(), Some(&lead), &here()), made(&admissions(), None, &[]));
    assert_eq!(with.led, [0, 1, 2, 3, 4, 5, 6]);
    assert!(without.led.is_empty());
    // The wave of the last place had its peak of cases three weeks before the end, that of admissions two.
    let truth: Vec<f64> = (0..WEEKS_AHEAD).map(|ahead| 0.1 * cases((WEEKS + ahead) as f64 - 1.0, peak(5))).collect();
    let off = |made: &FromDays| {
        let medians = medians(&made.forecast.ahead, 5);
        medians.iter().zip(&truth).map(|(median, truth)| (median / truth).ln().abs()).sum::<f64>()
    };
    assert!(off(&with) < off(&without), "{} {}", off(&with), off(&without));
    assert_eq!(with.forecast.ahead.len(), without.forecast.ahead.len());
}

#[test]
fn cases_that_rise_lift_the_forecast_of_admissions() {
    let flat = places(|number, _| 100.0 + (number * number) % 5.0);
    let level = places(|number, _| 1_000.0 + 10.0 * ((number * number) % 7.0));
    let mut rising = level.clone();
    for counts in &mut rising {
        counts[WEEKS - 1] *= 1.8;
    }
    let (calm, risen) = (made(&flat, Some(&level), &here()), made(&flat, Some(&rising), &here()));
    let alone = made(&flat, Some(&rising), &[None; 7]);
    for week in 0..WEEKS_AHEAD {
        let of = |made: &FromDays| medians(&made.forecast.ahead, 2)[week];
        assert!(of(&risen) > 1.05 * of(&calm), "week {week}: {} {}", of(&risen), of(&calm));
        assert!(of(&alone) > of(&calm), "the cases of the province alone: week {week}");
    }
    assert_eq!(alone.led, [0, 1, 2, 3, 4, 5, 6]);
}

#[test]
fn where_nothing_leads_nothing_changes() {
    let (own, none) = (admissions(), Days::new(7, []));
    let alone = made(&own, None, &[]);
    let unknown = vec![vec![f64::NAN; WEEKS]; 7];
    assert_eq!(made(&own, Some(&unknown), &here()), alone, "nothing is known of what leads");
    let short: Vec<Vec<f64>> = vec![vec![5.0; 3]; 7];
    assert_eq!(made(&own, Some(&short), &here()), alone, "it fell silent long ago");
    let on = week(WEEKS - 1).saturating_add(2.days());
    assert_eq!(alone.forecast, Forecaster::shipped().forecast(&told(&own), on, week(WEEKS)));
    let weeks = told(&own);
    let leads = Leads { weeks: &weeks, days: &none, of: &[], all: None };
    let made = Forecaster::shipped().forecast_led(&weeks, &none, Some(&leads), on, week(WEEKS));
    assert_eq!(made, alone, "no place is the same");
}

fn a_count() -> impl Strategy<Value = f64> {
    prop_oneof![8 => 0.0_f64..500.0, 1 => Just(f64::NAN), 1 => -1e3_f64..1e12, 1 => Just(f64::INFINITY)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// Whatever leads: quantiles are whole, finite, rising, from 0, of the same places and weeks.
    #[test]
    fn any_lead_gives_sound_quantiles(
        own in prop::collection::vec(prop::collection::vec(a_count(), WEEKS), 7),
        lead in prop::collection::vec(prop::collection::vec(a_count(), WEEKS), 7),
    ) {
        let (with, without) = (made(&own, Some(&lead), &here()), made(&own, None, &[]));
        prop_assert_eq!(with.forecast.ahead.len(), without.forecast.ahead.len());
        for one in &with.forecast.ahead {
            let figures = one.quantiles.figures();
            let sound = figures.iter().all(|figure| figure.is_finite() && *figure >= 0.0 && figure.fract() == 0.0);
            prop_assert!(sound, "{one:?}");
            prop_assert!(figures.windows(2).all(|two| two[0] <= two[1]));
        }
        prop_assert_eq!(format!("{with:?}"), format!("{:?}", made(&own, Some(&lead), &here())));
    }
}
