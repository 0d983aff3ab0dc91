//! Forecasts from days (F010, TT09): the days of the week that runs count as soon as they are told; who tells only weeks
//! is forecast from weeks; the province follows its places.

use desk::counts::place::PlaceKey;
use desk::counts::{CountsKey, Signal, Span as Of};
use desk::forecasts::{ForecastMade, WeekBegun, watch};
use desk::operations::counts::report_counts::ReportCounts;
use desk::record::{self, Kept};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use quantity::Span;

use crate::common::{World, on_both_engines};
use crate::forecasts::{commune, told_on_the_next};

/// The world stands on Sunday 22/11/2026; these tests wait until Wednesday.
const LAST: Date = date(2026, 11, 21);
const TUESDAY: Date = date(2026, 11, 24);

/// The figures of a day told the day after, or of a week told on the Sunday after it.
fn says(day: Date, span: Of, figures: &[(PlaceKey, u32)]) -> ReportCounts {
    told_on_the_next(CountsKey { signal: Signal::Cases, day, span, back_fill: false }, figures)
}

/// Days since the first of eight weeks that the communes tell day by day.
fn days() -> impl Iterator<Item = (u32, Date)> {
    let first = LAST.saturating_sub(55.days());
    (0..=58).map(move |since| (since, first.saturating_add(i64::from(since).days())))
}

/// Two communes that grow slowly, told until Tuesday.
fn told_by_day(world: &World) {
    world.pass(Span::days(3));
    let desk = world.desk();
    let (one, other) = (commune(world, 0), commune(world, 1));
    for (since, day) in days() {
        desk.does(says(day, Of::Day, &[(one, 10 + since / 5), (other, 30 + since / 2)])).expect("told");
    }
}

fn newest(world: &World) -> Kept<ForecastMade> {
    let kept =
        world.office.look_blocking(|_, c| record::newest::<ForecastMade>(c, world.province, 100)).expect("reads");
    kept.into_iter().find(|kept| !kept.content.first).expect("a forecast")
}

#[test]
fn days_of_the_running_week_count_and_a_days_report_changes_the_forecast() {
    on_both_engines(|world| {
        told_by_day(world);
        assert_eq!(watch::run(&world.office, world.province).unwrap(), 1);
        let made = newest(world);
        assert_eq!((made.content.last, made.version, made.content.places.len()), (LAST, 1, 3));
        assert!(made.content.places.iter().all(|place| place.days_until == Some(TUESDAY)), "{:?}", made.content.places);
        let (one, other) = (commune(world, 0), commune(world, 1));
        let begun = |made: &Kept<ForecastMade>, key| made.content.place(key).and_then(|place| place.weeks[0].begun);
        assert_eq!(begun(&made, one), Some(WeekBegun { days: 3, count: 21 + 21 + 21 }));
        assert_eq!(begun(&made, other), Some(WeekBegun { days: 3, count: 58 + 58 + 59 }));
        let own = made.content.places.iter().find(|place| ![one, other].contains(&place.place)).expect("the province");
        assert_eq!(own.weeks[0].begun, Some(WeekBegun { days: 3, count: 238 }), "the sum of both");
        let lowest = own.weeks[0].quantiles().expect("quantiles").figures()[0];
        assert!(lowest >= 238.0, "what is counted does not come back: {lowest}");
        let median = own.weeks[0].as_if_all_to_come().expect("quantiles").median();
        assert!((490.0..640.0).contains(&median), "the days to come are like those of last week: {median}");
        // One day's report of one commune.
        world.desk().does(says(TUESDAY, Of::Day, &[(other, 90)])).unwrap();
        assert_eq!(watch::run(&world.office, world.province).unwrap(), 1);
        let again = newest(world);
        assert_eq!((again.content.last, again.version), (LAST, 2), "another version of the same week");
        let first = ForecastMade::code_of_first(again.content.signal, LAST);
        let first = world.office.look_blocking(|_, c| record::of_code::<ForecastMade>(c, world.province, &first));
        assert_eq!(
            first.expect("reads").expect("is kept").content.places,
            made.content.places,
            "what was said first stays"
        );
        let median = |made: &Kept<ForecastMade>| {
            made.content.place(other).and_then(|place| place.weeks[0].quantiles()).expect("quantiles").median()
        };
        assert!(median(&again) > median(&made) + 25.0, "{} {}", median(&again), median(&made));
        assert_eq!(watch::run(&world.office, world.province).unwrap(), 0, "nothing new is known");
        world.assert_well();
    });
}

#[test]
fn who_tells_weeks_is_forecast_from_weeks_and_so_is_the_sum() {
    on_both_engines(|world| {
        told_by_day(world);
        let weekly = commune(world, 2);
        for back in (0..8).rev() {
            let week = LAST.saturating_sub((7 * back).days());
            world.desk().does(says(week, Of::Week, &[(weekly, 70)])).unwrap();
        }
        watch::run(&world.office, world.province).unwrap();
        let made = newest(world);
        let until = |key| made.content.place(key).expect("a forecast").days_until;
        assert_eq!((until(commune(world, 0)), until(weekly)), (Some(TUESDAY), None));
        let communes = [commune(world, 0), commune(world, 1), weekly];
        let own = made.content.places.iter().find(|place| !communes.contains(&place.place)).expect("the province");
        assert_eq!((own.days_until, own.weeks.len()), (None, 4), "a sum of some is not the province");
        assert_eq!(own.weeks[0].begun, None);
    });
}

/// TT09, OX08: cases of the same communes, and of the province for a hospital, move the forecast of admissions.
#[test]
fn admissions_follow_cases_where_those_are_known() {
    on_both_engines(|world| {
        let hospital = PlaceKey::Facility(world.facility("BV Hải Âu").register().id);
        let (one, other) = (commune(world, 0), commune(world, 1));
        let desk = world.desk();
        let admitted = |week: Date, figures: &[(PlaceKey, u32)]| {
            let mut said = says(week, Of::Week, figures);
            said.of.signal = Signal::Admissions;
            said
        };
        for back in (0..20_u32).rev() {
            let week = LAST.saturating_sub((7 * i64::from(back)).days());
            let swing = 3 * ((back * back) % 4);
            desk.does(admitted(week, &[(one, 20 + swing), (other, 40 + swing), (hospital, 60 + swing)])).unwrap();
        }
        watch::run(&world.office, world.province).unwrap();
        let alone = newest(world);
        assert!(alone.content.places.iter().all(|place| place.led_by.is_none()), "no case is known");
        for back in (0..20_u32).rev() {
            let week = LAST.saturating_sub((7 * i64::from(back)).days());
            let (rise, swing) = (if back == 0 { 2 } else { 1 }, 9 * ((back * back) % 5));
            desk.does(says(week, Of::Week, &[(one, rise * (300 + swing)), (other, rise * (500 + swing))])).unwrap();
        }
        watch::run(&world.office, world.province).unwrap();
        let code = ForecastMade::code_of(Signal::Admissions, LAST);
        let led = world.office.look_blocking(|_, c| record::of_code::<ForecastMade>(c, world.province, &code));
        let led = led.expect("reads").expect("a forecast of admissions");
        assert_eq!((led.version, led.content.places.len()), (2, alone.content.places.len()));
        for place in &led.content.places {
            assert_eq!(place.led_by, Some(Signal::Cases), "{}", place.place);
            let before = alone.content.place(place.place).expect("the same places");
            let median = |weeks: &[desk::forecasts::WeekAhead]| weeks[1].quantiles().expect("quantiles").median();
            assert!(median(&place.weeks) > median(&before.weeks), "twice as many cases: {}", place.place);
        }
        world.assert_well();
    });
}
