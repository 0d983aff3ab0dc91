use jiff::civil::date;
use protocol::Readiness;
use quantity::Unit;

use super::*;
use crate::settings::tests::settings_on;
use crate::{Census, Move, Sample};

fn settings() -> Settings {
    settings_on(date(2026, 11, 22), Readiness::Emergency)
}

fn at(hours: f64) -> Moment {
    Moment::start_of(date(2026, 11, 22)) + Span::micros((hours * 3_600e6) as i64)
}

/// One step of a gauge of 3 t.
const STEP: Grams = Grams::from_kg(30);

fn recent(samples: &[(f64, i64)], received: &[(f64, i64)]) -> Recent {
    let mut recent = Recent::default();
    for (hours, kg) in samples {
        recent.observe(Sample { at: at(*hours), grams: Grams::from_kg(*kg) });
    }
    for (hours, kg) in received {
        recent.move_(Move { at: at(*hours), effect: Grams::from_kg(*kg), class: MoveClass::Physical });
    }
    recent
}

fn used(recent: &Recent, now: f64) -> GaugeUse {
    gauge_use(recent, STEP, &settings(), at(now))
}

fn mid(told: &GaugeUse) -> f64 {
    told.burn.unwrap().range.mid.as_kg()
}

fn assert_near(value: f64, truth: f64, within: f64) {
    assert!((value - truth).abs() <= within, "{value} is not {truth} ± {within}");
}

/// OX07: 100 kg an hour through a delivery of 2 t.
#[test]
fn deliveries_are_corrected_for() {
    let steady = recent(&[(0.0, 2_000), (4.0, 1_600), (8.0, 3_200), (12.0, 2_800)], &[(6.0, 2_000)]);
    let told = used(&steady, 12.5);
    assert_near(mid(&told), 100.0, 2.0);
    assert_eq!(told.oddities, []);
    let burn = told.burn.unwrap();
    assert_eq!((burn.basis, burn.window), (Basis::Gauge, Span::minutes(750)));
    assert!(burn.range.low < burn.range.mid && burn.range.mid < burn.range.high);
}

#[test]
fn a_delivery_written_down_late_or_early_bothers_nobody() {
    let levels = [(0.0, 2_000), (4.0, 1_600), (8.0, 3_200), (12.0, 2_800), (16.0, 2_400)];
    for written in [3.0, 6.0, 9.0] {
        let told = used(&recent(&levels, &[(written, 2_000)]), 16.0);
        assert_near(mid(&told), 100.0, 2.0);
        assert_eq!(told.oddities, [], "written at {written}");
    }
}

#[test]
fn a_rise_without_a_delivery_is_left_out_and_flagged() {
    let told = used(&recent(&[(0.0, 2_000), (4.0, 1_600), (8.0, 3_200), (12.0, 2_800), (16.0, 2_400)], &[]), 16.0);
    assert_near(mid(&told), 100.0, 2.0);
    let flagged = Oddity::UnrecordedDelivery { from: at(4.0), until: at(8.0), at_least: Grams::from_kg(1_600) };
    assert_eq!(told.oddities, [flagged]);
    assert!(told.burn.unwrap().confidence < Confidence::High);
}

/// Outflow typed late gave absurd rates in Kerala.
#[test]
fn an_absurd_fall_is_left_out_and_flagged() {
    let told = used(
        &recent(&[(0.0, 2_900), (4.0, 2_800), (8.0, 2_700), (9.0, 1_200), (13.0, 1_100), (17.0, 1_000)], &[]),
        17.0,
    );
    assert_near(mid(&told), 25.0, 1.0);
    assert!(matches!(told.oddities[..], [Oddity::AbsurdUse { .. }]));
}

/// A silent hospital never keeps its old rate for ever.
#[test]
fn confidence_decays_to_unknown() {
    let steady = recent(&[(0.0, 2_900), (2.0, 2_700), (4.0, 2_500), (6.0, 2_300), (8.0, 2_100), (10.0, 1_900)], &[]);
    let mut before = (Confidence::High, 0.0);
    for (now, expected) in [(10.5, Confidence::High), (20.0, Confidence::Medium), (30.0, Confidence::Low)] {
        let burn = used(&steady, now).burn.unwrap();
        let width = (burn.range.high - burn.range.low).as_kg();
        assert_eq!(burn.confidence, expected, "at {now}");
        assert!(burn.confidence <= before.0 && width > before.1, "wider and less sure with age");
        before = (burn.confidence, width);
    }
    assert_eq!(used(&steady, 34.0).burn, None);
}

#[test]
fn one_reading_or_none_gives_no_rate() {
    assert_eq!(used(&Recent::default(), 1.0), GaugeUse::default());
    assert_eq!(used(&recent(&[(0.0, 2_000)], &[]), 1.0).burn, None);
    assert_eq!(used(&recent(&[(0.0, 2_000), (0.2, 1_990)], &[]), 1.0).burn, None, "twelve minutes apart");
    let two = used(&recent(&[(0.0, 2_000), (4.0, 1_600)], &[]), 4.0).burn.unwrap();
    assert_eq!(two.confidence, Confidence::Low);
    assert!(two.range.low.as_kg() <= 50.0 && two.range.high.as_kg() >= 150.0, "{two:?}");
}

#[test]
fn a_store_that_is_full_and_idle_uses_nothing() {
    let idle = used(&recent(&[(0.0, 2_000), (4.0, 2_010), (8.0, 1_990), (12.0, 2_000)], &[]), 12.0).burn.unwrap();
    assert_near(idle.range.mid.as_kg(), 0.0, 1.0);
    assert!(idle.range.high.as_kg() < 15.0);
}

#[test]
fn readings_after_now_do_not_count() {
    let steady = recent(&[(0.0, 2_000), (4.0, 1_600), (8.0, 400)], &[]);
    assert_near(mid(&used(&steady, 5.0)), 100.0, 2.0);
}

#[test]
fn posted_use_is_kept_for_comparison() {
    let mut book = recent(&[(0.0, 2_000), (8.0, 1_200)], &[]);
    for hours in [0.0, 4.0, 8.0] {
        book.move_(Move { at: at(hours), effect: Grams::from_kg(-360), class: MoveClass::Use });
    }
    let told = used(&book, 8.0);
    assert_near(mid(&told), 100.0, 2.0);
    assert_near(told.posted.unwrap().as_kg(), 90.0, 0.01);
}

#[test]
fn patients_speak_where_no_gauge_does() {
    let settings = settings();
    let census = Census { mask: 20, hfnc: 4, ..Census::default() };
    let taken = CensusAt { at: at(0.0), census };
    let told = burn(&[GaugeUse::default()], Some(&taken), GramsPerHour::ZERO, &settings, at(1.0)).unwrap();
    assert_eq!((told.basis, told.confidence), (Basis::Patients, Confidence::Low));
    assert_eq!(told.range, census.need(&settings));

    let plant = quantity::Typed::measured(5.0, Unit::NormalCubicMetrePerHour).rate(None).unwrap();
    let net = burn(&[], Some(&taken), plant, &settings, at(1.0)).unwrap();
    assert_near(net.range.mid.0, told.range.mid.0 - plant.0, 1e-6);
    assert_eq!(burn(&[], Some(&taken), plant, &settings, at(24.0)), None, "a count of yesterday is too old");
    assert_eq!(burn(&[], None, plant, &settings, at(1.0)), None);
}

/// Lies of the first screen: high-flow added this afternoon.
#[test]
fn new_patients_raise_the_upper_end() {
    let settings = settings();
    let steady = used(&recent(&[(0.0, 2_000), (4.0, 1_960), (8.0, 1_920), (12.0, 1_880)], &[]), 12.0);
    let census = Census { hfnc: 60, ..Census::default() };
    let taken = CensusAt { at: at(12.0), census };
    let told = burn(std::slice::from_ref(&steady), Some(&taken), GramsPerHour::ZERO, &settings, at(12.0)).unwrap();
    assert_eq!(told.range.mid, steady.burn.unwrap().range.mid);
    assert_eq!(told.range.high, census.need(&settings).low);
}

/// The error of one reading belongs to two intervals: a high reading is not use saved.
#[test]
fn one_high_reading_does_not_move_the_rate() {
    let straight = used(&recent(&[(0.0, 2_900), (4.0, 2_700), (8.0, 2_500), (12.0, 2_300), (16.0, 2_100)], &[]), 16.0);
    let bent = used(&recent(&[(0.0, 2_900), (4.0, 2_700), (8.0, 2_530), (12.0, 2_300), (16.0, 2_100)], &[]), 16.0);
    assert_near(mid(&straight), 50.0, 1.0);
    assert_near(mid(&bent), 50.0, 1.5);
}

/// The deviation of the use grows with the time ahead, and slower than the use after the swings of a day.
#[test]
fn the_use_ahead_is_surer_for_a_day_than_for_an_hour_in_shares() {
    let told = used(&recent(&[(0.0, 2_900), (4.0, 2_700), (8.0, 2_500), (12.0, 2_300), (16.0, 2_100)], &[]), 16.0);
    let ahead = told.ahead.unwrap();
    let share = |hours: f64| {
        let used = ahead.used_until(at(16.0 + hours));
        (used.mean, used.variance.sqrt())
    };
    let [(hour, of_hour), (day, of_day), (week, of_week)] = [1.0, 24.0, 168.0].map(share);
    assert_near(day / 1e6, 1.2, 0.1);
    assert!(hour < day && day < week && of_hour < of_day && of_day < of_week);
    assert!(of_day / day < of_hour / hour && of_week / week < 0.5, "{of_hour} {of_day} {of_week}");
}

/// A reading that nobody expected widens what is said of the content, not the rate alone.
#[test]
fn a_doubtful_reading_is_believed_in_part() {
    let honest = used(&recent(&[(0.0, 2_900), (4.0, 2_700), (8.0, 2_500), (12.0, 2_300)], &[]), 12.0);
    let odd = used(&recent(&[(0.0, 2_900), (4.0, 2_700), (8.0, 2_500), (12.0, 1_800)], &[]), 12.0);
    let unsure = |told: &GaugeUse| told.ahead.unwrap().used_until(at(12.0)).variance.sqrt();
    assert!(unsure(&odd) > 2.0 * unsure(&honest), "{} {}", unsure(&odd), unsure(&honest));
}
