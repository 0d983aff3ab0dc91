use jiff::civil::date;
use protocol::Readiness;

use super::*;
use crate::settings::tests::settings_on;
use crate::store::tests::{cylinders, plant, tank};
use crate::{Basis, Census, Move, MoveClass, Sample};

fn settings() -> Settings {
    settings_on(date(2026, 11, 22), Readiness::Emergency)
}

fn at(hours: f64) -> Moment {
    Moment::start_of(date(2026, 11, 22)) + Span::micros((hours * 3_600e6) as i64)
}

fn levels(samples: &[(f64, i64)]) -> Recent {
    let mut recent = Recent::default();
    for (hours, kg) in samples {
        recent.observe(Sample { at: at(*hours), grams: Grams::from_kg(*kg) });
    }
    recent
}

/// A facility with one tank.
fn with_tank(recent: &Recent, now: f64) -> Outlook {
    let store = tank();
    let state = StoreState { store: &store, recent, source: Some(Source::Form), production: None };
    outlook(at(now), &Known { stores: &[state], census: None, in_transit: Grams::ZERO }, &settings())
}

fn steady(last: i64) -> Recent {
    levels(&[(0.0, last + 400), (1.0, last + 300), (2.0, last + 200), (3.0, last + 100), (4.0, last)])
}

fn assert_near(value: f64, truth: f64, within: f64) {
    assert!((value - truth).abs() <= within, "{value} is not {truth} ± {within}");
}

/// OX07: hours left are a range, the pessimistic end first, of usable stock only.
#[test]
fn hours_are_a_range_of_usable_stock() {
    let told = with_tank(&steady(1_300), 4.0);
    assert_eq!(told.stock, Grams::from_kg(1_300));
    assert_eq!(told.usable, Grams::from_kg(1_000), "a tenth of 3 t is heel");
    let left = told.hours.unwrap();
    assert_near(left.mid.unwrap(), 10.0, 0.1);
    assert!(left.low < 10.0 && left.high.unwrap() > 10.0 && left.low > 6.0);
    assert_eq!((told.source, told.age, told.confidence), (Some(Source::Form), Some(Span::ZERO), Confidence::High));
    assert!(told.versions.contains(&VersionId::new("oxygen.heel/piping-1")));
}

/// Stock has gone on being used since the gauge was read.
#[test]
fn the_time_since_the_reading_is_taken_off() {
    let fresh = with_tank(&steady(1_300), 4.0);
    let later = with_tank(&steady(1_300), 9.0);
    assert_eq!(later.usable, fresh.usable, "the figure shown beside its age stays");
    assert_near(later.hours.unwrap().mid.unwrap(), 5.0, 0.1);
    assert!(later.hours.unwrap().low < fresh.hours.unwrap().low - 5.0, "and the range is wider");
    assert_eq!(later.age, Some(Span::hours(5)));
    let long_after = with_tank(&steady(1_300), 27.0);
    assert_eq!(long_after.hours.unwrap().low, 0.0);
    assert_eq!(long_after.usable_now.mid, Grams::ZERO);
}

#[test]
fn a_delivery_since_the_reading_counts_and_a_truck_on_the_road_does_not() {
    let mut recent = steady(1_300);
    recent.move_(Move { at: at(4.5), effect: Grams::from_kg(1_000), class: MoveClass::Physical });
    recent.move_(Move { at: at(4.6), effect: Grams::from_kg(-50), class: MoveClass::Use });
    let told = with_tank(&recent, 5.0);
    assert_eq!(told.usable, Grams::from_kg(2_000));
    assert_near(told.hours.unwrap().mid.unwrap(), 19.0, 0.3);

    let store = tank();
    let state = StoreState { store: &store, recent: &recent, source: None, production: None };
    let known = Known { stores: &[state], census: None, in_transit: Grams::from_kg(3_200) };
    let awaiting = outlook(at(5.0), &known, &settings());
    assert_eq!((awaiting.hours, awaiting.in_transit), (told.hours, Grams::from_kg(3_200)));

    recent.move_(Move { at: at(4.7), effect: Grams::from_kg(9_000), class: MoveClass::Physical });
    assert_eq!(with_tank(&recent, 5.0).stock, Grams::from_kg(3_000), "never more than the tank");
}

#[test]
fn zero_comes_first_then_the_lost_then_hours() {
    let empty = with_tank(&levels(&[(0.0, 500), (4.0, 250)]), 4.0);
    let never = with_tank(&Recent::default(), 4.0);
    let lost = with_tank(&steady(2_500), 40.0);
    let worst = with_tank(&steady(500), 4.0);
    let danger = with_tank(&steady(800), 4.0);
    let silent_but_known = with_tank(&levels(&[(0.0, 2_900), (2.0, 2_890), (4.0, 2_880), (6.0, 2_870)]), 22.0);
    let unrated = with_tank(&levels(&[(3.9, 2_900)]), 4.0);
    let watch = with_tank(&steady(2_000), 4.0);
    let enough = with_tank(&levels(&[(0.0, 2_900), (1.0, 2_890), (2.0, 2_880), (3.0, 2_870), (4.0, 2_860)]), 4.0);

    let standings = [
        (&empty, Standing::Empty),
        (&never, Standing::Lost),
        (&lost, Standing::Lost),
        (&worst, Standing::Danger),
        (&danger, Standing::Danger),
        (&silent_but_known, Standing::Danger),
        (&unrated, Standing::Unrated),
        (&watch, Standing::Watch),
        (&enough, Standing::Enough),
    ];
    for (index, (told, standing)) in standings.iter().enumerate() {
        assert_eq!(told.rank.standing, *standing, "number {index}: {told:?}");
    }
    assert!(standings.is_sorted_by(|one, other| one.0.rank < other.0.rank));
    assert_eq!((never.silence.heard, never.confidence), (Heard::Never, Confidence::Unknown));
    assert_eq!((lost.silence.heard, lost.hours), (Heard::Silent, None), "silence never keeps an old rate");
}

#[test]
fn silence_follows_the_cadence() {
    let heard = |now| with_tank(&levels(&[(0.0, 2_900)]), now).silence.heard;
    assert_eq!([heard(8.0), heard(8.1), heard(12.1)], [Heard::OnTime, Heard::Late, Heard::Silent]);
    // Below 24 hours of stock the figures are due every four hours.
    let low = with_tank(&steady(800), 8.5);
    assert_eq!((low.silence.heard, low.silence.due_at), (Heard::Late, Some(at(8.0))));

    let store = cylinders();
    let recent = levels(&[(0.0, 200)]);
    let state = StoreState { store: &store, recent: &recent, source: None, production: None };
    let known = Known { stores: &[state], census: None, in_transit: Grams::ZERO };
    let routine = settings_on(date(2026, 11, 22), Readiness::Routine);
    assert_eq!(outlook(at(29.0 * 24.0), &known, &routine).silence.heard, Heard::OnTime, "monthly");
}

#[test]
fn a_backup_that_nobody_touches_keeps_its_stock() {
    let (tank, backup) = (tank(), cylinders());
    let (in_use, idle) = (steady(1_300), levels(&[(0.0, 300), (4.0, 300)]));
    let states = [
        StoreState { store: &tank, recent: &in_use, source: Some(Source::Photo), production: None },
        StoreState { store: &backup, recent: &idle, source: Some(Source::Form), production: None },
    ];
    let told = outlook(at(4.0), &Known { stores: &states, census: None, in_transit: Grams::ZERO }, &settings());
    assert_near(told.usable.as_kg(), 1_297.0, 0.01);
    assert_near(told.hours.unwrap().mid.unwrap(), 12.97, 0.1);
    assert_eq!((told.main_store, told.source), (Some(tank.id), Some(Source::Photo)));
    assert_eq!(told.confidence, Confidence::High, "a backup that stands still lowers no trust");
}

/// OX04: what a plant makes is a flow and no stock.
#[test]
fn a_plant_carries_its_patients_or_is_first_on_the_list() {
    let store = plant();
    let rate = store.rated_flow(&settings()).unwrap();
    let recent = Recent::default();
    let with = |census| {
        let state = StoreState {
            store: &store,
            recent: &recent,
            source: None,
            production: Some(Production { at: at(0.0), rate }),
        };
        let census = Some(CensusAt { at: at(0.0), census });
        outlook(at(1.0), &Known { stores: &[state], census, in_transit: Grams::ZERO }, &settings())
    };
    let carried = with(Census { mask: 10, ..Census::default() });
    assert_eq!((carried.stock, carried.production, carried.rank.standing), (Grams::ZERO, rate, Standing::Idle));
    let tight = with(Census { mask: 20, ..Census::default() });
    assert_eq!((tight.hours, tight.rank.standing), (None, Standing::Watch));
    let short = with(Census { mask: 60, ..Census::default() });
    assert_eq!(short.rank.standing, Standing::Empty);
    let silent = outlook(
        at(1.0),
        &Known {
            stores: &[StoreState { store: &store, recent: &recent, source: None, production: None }],
            census: None,
            in_transit: Grams::ZERO,
        },
        &settings(),
    );
    assert_eq!(silent.rank.standing, Standing::Lost);
}

/// Lessons: bedside flow was recorded and never summed; cross-check and show the gap.
#[test]
fn the_gap_between_gauge_and_patients_is_shown() {
    let store = tank();
    let recent = steady(1_300);
    let state = StoreState { store: &store, recent: &recent, source: None, production: None };
    let with = |mask| {
        let census = Census { mask, ..Census::default() };
        let known = Known { stores: &[state], census: Some(CensusAt { at: at(4.0), census }), in_transit: Grams::ZERO };
        outlook(at(4.0), &known, &settings())
    };
    // 100 kg an hour are 1,256 L/min: 209 patients at 6 L/min.
    let agrees = with(209).check;
    assert_near(agrees.gap.unwrap(), 0.0, 0.01);
    assert!(!agrees.look);
    let told = with(100);
    assert!(told.check.look && told.check.gap.unwrap() > 1.0);
    assert_eq!(told.burn.unwrap().basis, Basis::Gauge, "shown, not averaged away");
    assert!(told.check.planned.unwrap() > told.check.patients.unwrap().mid);
}

#[test]
fn patients_give_hours_where_the_gauge_was_read_once() {
    let store = tank();
    let recent = levels(&[(3.0, 1_300)]);
    let state = StoreState { store: &store, recent: &recent, source: Some(Source::Phone), production: None };
    let census = Census { mask: 209, ..Census::default() };
    let known = Known { stores: &[state], census: Some(CensusAt { at: at(3.0), census }), in_transit: Grams::ZERO };
    let told = outlook(at(4.0), &known, &settings());
    assert_eq!(told.burn.unwrap().basis, Basis::Patients);
    assert_near(told.hours.unwrap().mid.unwrap(), 9.0, 0.05);
    assert_eq!(told.confidence, Confidence::Low);
}

#[test]
fn readings_and_counts_after_now_are_not_known_yet() {
    let told = with_tank(&steady(1_300), -1.0);
    assert_eq!((told.stock, told.hours, told.silence.heard), (Grams::ZERO, None, Heard::Never));
    assert_eq!(told.rank.standing, Standing::Lost, "not heard is not empty");
}

#[test]
fn patients_without_any_reading_are_no_empty_tank() {
    let census = Some(CensusAt { at: at(0.0), census: Census { mask: 10, ..Census::default() } });
    let (store, recent) = (tank(), Recent::default());
    let unread = StoreState { store: &store, recent: &recent, source: None, production: None };
    for stores in [&[][..], &[unread][..]] {
        let told = outlook(at(1.0), &Known { stores, census, in_transit: Grams::ZERO }, &settings());
        assert_eq!((told.hours, told.rank.standing), (None, Standing::Unrated));
    }
}
