//! Forecasts from days (F010, TT09): the days of the week that runs count as soon as they are told; who tells only weeks
//! is forecast from weeks; the province follows its places.

use desk::counts::place::PlaceKey;
use desk::counts::{CountsKey, Signal, Span as Of};
use desk::forecasts::{ForecastMade, WeekBegun, watch};
use desk::operations::counts::report_counts::{ReportCounts, Told, ToldFigure};
use desk::record::{self, Kept};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use quantity::Span;

use crate::common::{World, on_both_engines};

/// The world stands on Sunday 22/11/2026; these tests wait until Wednesday.
const LAST: Date = date(2026, 11, 21);
const TUESDAY: Date = date(2026, 11, 24);

fn commune(world: &World, index: usize) -> PlaceKey {
    let code = world.commune("91", index);
    PlaceKey::Area(world.office.areas().on(code, date(2026, 11, 22)).expect("valid").key())
}

/// The figures of a day told the day after, or of a week told on the Sunday after it.
fn says(day: Date, span: Of, figures: &[(PlaceKey, u32)]) -> ReportCounts {
    let figure = |(place, count): &(PlaceKey, u32)| ToldFigure {
        place: *place,
        told: Told::Count(i64::from(*count)),
        reported_on: Some(day.saturating_add(1.days())),
    };
    let of = CountsKey { signal: Signal::Cases, day, span, back_fill: false };
    ReportCounts { key: None, of, figures: figures.iter().map(figure).collect(), sure: true, simulated: false }
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
    let kept = world.office.look_blocking(|_, c| record::newest::<ForecastMade>(c, world.province, 1)).expect("reads");
    kept.into_iter().next().expect("a forecast")
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
