//! Forecasts in the desk (F010, PR03, TR01): made from what was known, kept, made again when more is known, held against
//! what came.

use desk::counts::place::PlaceKey;
use desk::counts::{CountsKey, Signal, Span as Of};
use desk::forecasts::{Doubt, ForecastMade, watch};
use desk::operations::counts::report_counts::{ReportCounts, Told, ToldFigure};
use desk::record;
use desk::rights::Role;
use desk::views::forecasts::{Forecasts, forecasts};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use quantity::Span;

use crate::common::{Person, World, on_both_engines};

/// The world stands on Sunday 22/11/2026: this is the last week behind it.
const LAST: Date = date(2026, 11, 21);

fn week(back: i64) -> Date {
    LAST.saturating_sub((7 * back).days())
}

pub fn commune(world: &World, index: usize) -> PlaceKey {
    let code = world.commune("91", index);
    PlaceKey::Area(world.office.areas().on(code, date(2026, 11, 22)).expect("valid").key())
}

/// The figures of communes in a week, told on the Sunday after it.
fn says(week: Date, figures: &[(PlaceKey, u32)]) -> ReportCounts {
    says_of(Signal::Cases, week, figures)
}

fn says_of(signal: Signal, week: Date, figures: &[(PlaceKey, u32)]) -> ReportCounts {
    told_on_the_next(CountsKey { signal, day: week, span: Of::Week, back_fill: false }, figures)
}

/// Figures of a day or a week, told on the day after it.
pub fn told_on_the_next(of: CountsKey, figures: &[(PlaceKey, u32)]) -> ReportCounts {
    let figure = |(place, count): &(PlaceKey, u32)| ToldFigure {
        place: *place,
        told: Told::Count(i64::from(*count)),
        reported_on: Some(of.day.saturating_add(1.days())),
    };
    ReportCounts {
        key: None,
        of,
        figures: figures.iter().map(figure).collect(),
        sure: true,
        simulated: false,
        source: None,
    }
}

fn shows(person: &Person<'_>, place: &str) -> Forecasts {
    let look = |office: &desk::Office, connection: &mut store::Connection| {
        forecasts(office, connection, &person.actor, Signal::Cases, place)
    };
    person.world.office.look_blocking(look).expect("reads")
}

fn kept(world: &World) -> Vec<record::Kept<ForecastMade>> {
    let all = world.office.look_blocking(|_, c| record::newest::<ForecastMade>(c, world.province, 100)).expect("reads");
    all.into_iter().filter(|kept| !kept.content.first).collect()
}

/// Sixteen weeks of two communes that grow, up to so many weeks ago.
fn told_until(world: &World, back: i64) {
    let desk = world.desk();
    let (one, other) = (commune(world, 0), commune(world, 1));
    for ago in (back..16).rev() {
        let grown = 20 + 10 * (16 - ago) as u32;
        desk.does(says(week(ago), &[(one, grown), (other, 3 * grown)])).unwrap();
    }
}

#[test]
fn a_forecast_is_made_once_and_again_when_more_is_known() {
    on_both_engines(|world| {
        assert_eq!(watch::run(&world.office, world.province).unwrap(), 0, "nothing is known");
        told_until(world, 0);
        assert_eq!(watch::run(&world.office, world.province).unwrap(), 1);
        assert_eq!(watch::run(&world.office, world.province).unwrap(), 0, "nothing new is known");
        let made = &kept(world)[0];
        assert_eq!((made.content.last, made.content.on, made.version), (LAST, date(2026, 11, 22), 1));
        assert_eq!(made.content.places.len(), 3, "two communes and the province");
        world.desk().does(says(week(0), &[(commune(world, 0), 400)])).unwrap();
        assert_eq!(watch::run(&world.office, world.province).unwrap(), 1);
        let again = kept(world);
        assert_eq!((again.len(), again[0].version), (1, 2), "another version of the same week");
        assert_ne!(again[0].content.places, made.content.places);
        world.assert_well();
    });
}

/// The watch asks once in an hour of the domain clock, and finds what became known since.
#[test]
fn the_watch_makes_forecasts_by_itself() {
    on_both_engines(|world| {
        told_until(world, 0);
        assert_eq!(watch::watch(&world.office, world.province).unwrap(), 1);
        world.desk().does(says(week(0), &[(commune(world, 0), 999)])).unwrap();
        assert_eq!(watch::watch(&world.office, world.province).unwrap(), 0, "asked within the hour");
        world.pass(Span::hours(1));
        assert_eq!(watch::watch(&world.office, world.province).unwrap(), 1);
    });
}

#[test]
fn the_page_shows_the_province_first_and_any_place_that_is_asked_for() {
    on_both_engines(|world| {
        told_until(world, 0);
        watch::run(&world.office, world.province).unwrap();
        let desk = world.desk();
        let found = shows(&desk, "");
        let chosen = found.chosen.as_ref().expect("the province");
        assert_eq!((found.lines.len(), chosen.counted.len(), chosen.ahead.len(), chosen.naive.len()), (3, 16, 4, 4));
        assert_eq!(chosen.counted.last(), Some(&(LAST, 4.0 * 180.0)), "the sum of both");
        let median = chosen.ahead[0].1.median();
        assert!((600.0..1_000.0).contains(&median), "{median}");
        assert!(chosen.record.is_empty(), "no week that was forecast has come");
        let other = commune(world, 1).to_string();
        let asked = shows(&desk, &other);
        assert_eq!(asked.chosen.expect("the commune").place.key.to_string(), other);
    });
}

/// F010: forecasts of past weeks are held against what came, beside the naive one.
#[test]
fn past_forecasts_are_held_against_what_came() {
    on_both_engines(|world| {
        told_until(world, 0);
        watch::run(&world.office, world.province).unwrap();
        let one = commune(world, 0);
        for ahead in 1..=3 {
            world.pass(Span::days(7));
            let grown = 180 + 10 * ahead as u32;
            world.desk().does(says(week(-ahead), &[(one, grown), (commune(world, 1), 3 * grown)])).unwrap();
            watch::run(&world.office, world.province).unwrap();
        }
        let found = shows(&world.desk(), &one.to_string());
        let chosen = found.chosen.expect("the commune");
        let forecasts: Vec<_> = chosen.record.iter().map(|of| (of.weeks, of.forecasts)).collect();
        assert_eq!(forecasts, [(1, 3), (2, 2), (3, 1)]);
        assert!(chosen.record.iter().all(|of| of.score > 0.0 && of.naive > 0.0));
        assert_eq!(chosen.record[0].within90, 1.0, "growth went on as before");
        assert_eq!(chosen.earlier.len(), 3, "what was said a week before, of weeks that have come");
    });
}

#[test]
fn a_place_of_three_weeks_has_a_forecast_that_says_so() {
    on_both_engines(|world| {
        told_until(world, 0);
        let late = commune(world, 2);
        for ago in [2, 1, 0] {
            world.desk().does(says(week(ago), &[(late, 7)])).unwrap();
        }
        watch::run(&world.office, world.province).unwrap();
        let found = shows(&world.desk(), &late.to_string());
        let chosen = found.chosen.expect("the commune");
        assert_eq!((chosen.ahead.len(), chosen.doubts.as_slice()), (4, &[Doubt::FewWeeks(3)][..]));
    });
}

/// Who sees only a part of the province finds that part, and nothing that is called the province.
#[test]
fn who_sees_a_commune_finds_its_forecast_alone() {
    on_both_engines(|world| {
        told_until(world, 0);
        watch::run(&world.office, world.province).unwrap();
        let local = world.a_local(Role::Observer, world.commune("91", 1));
        let found = shows(&local, "");
        let places: Vec<PlaceKey> = found.lines.iter().map(|line| line.place.key).collect();
        assert_eq!(places, [commune(world, 1)]);
        assert_eq!(found.chosen.expect("his commune").place.key, commune(world, 1));
    });
}

/// TT09: totals are the sums of what is shown below them. Two hospitals of one commune have a line for the commune, one
/// alone has none; the widths of places do not add up, their middles nearly do.
#[test]
fn a_commune_and_the_province_are_the_sums_of_their_hospitals() {
    on_both_engines(|world| {
        let desk = world.desk();
        let [one, two, three] = ["BV Hải Âu", "BV Sao Biển", "BV Đồi Chè"].map(|name| world.facility(name));
        let three = three.lying_in(world.commune("91", 1)).register();
        let hospitals = [one.register(), two.register(), three].map(|place| PlaceKey::Facility(place.id));
        for ago in (0..16).rev() {
            let figures = [40 + 2 * (ago % 5), 60 - 3 * (ago % 4), 25 + (ago % 3)].map(|count| count as u32);
            let told: Vec<(PlaceKey, u32)> = hospitals.iter().copied().zip(figures).collect();
            desk.does(says_of(Signal::Admissions, week(ago), &told)).unwrap();
        }
        watch::run(&world.office, world.province).unwrap();
        let made = kept(world).remove(0).content;
        assert_eq!(made.places.len(), 5, "three hospitals, the commune of two of them, the province");
        let week = |key: PlaceKey, week: usize| {
            made.place(key).and_then(|place| place.weeks[week].quantiles()).expect("a forecast of four weeks")
        };
        let below = |key: &PlaceKey| hospitals.contains(key) || *key == commune(world, 0);
        let province = made.places.iter().map(|place| place.place).find(|key| !below(key)).unwrap();
        for ahead in 0..4 {
            for (total, parts) in [(commune(world, 0), &hospitals[..2]), (province, &hospitals[..])] {
                let width = |key| {
                    let (low, high) = week(key, ahead).interval(0.9);
                    high - low
                };
                let (sum, own) = (parts.iter().map(|key| week(*key, ahead).median()).sum::<f64>(), week(total, ahead));
                assert!((own.median() / sum - 1.0).abs() < 0.12, "{} for {sum}", own.median());
                assert!(width(total) < parts.iter().map(|key| width(*key)).sum::<f64>() + 2.0);
                let largest = parts.iter().map(|key| week(*key, ahead).interval(0.9).1).fold(0.0, f64::max);
                assert!(own.interval(0.9).1 >= largest, "no part is larger than the whole");
            }
        }
        world.assert_well();
    });
}
