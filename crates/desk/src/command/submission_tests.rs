//! DT17: periods, deadlines, and what became of each report.

use super::*;
use jiff::civil::date;
use proptest::prelude::*;

const TERMS: Terms = Terms {
    shift_grace: Span::hours(1),
    day_grace: Span::hours(8),
    week_hour: Span::hours(17),
    month_hour: Span::hours(17),
};

fn calendar() -> WorkingDays {
    WorkingDays::shipped().unwrap()
}

fn at(day: Date, hour: i64) -> Moment {
    Moment::start_of(day) + Span::hours(hour)
}

#[test]
fn a_week_is_due_on_its_last_working_day_and_over_tet_after_it() {
    let week = |day| period_of(PeriodKind::Week, at(day, 9), &calendar(), &TERMS);
    let usual = week(date(2026, 11, 22));
    assert_eq!((usual.begins, usual.ends), (at(date(2026, 11, 16), 0), at(date(2026, 11, 23), 0)));
    assert_eq!(usual.deadline, at(date(2026, 11, 20), 17), "the Friday");
    let tet = week(date(2026, 2, 18));
    assert!(!tet.working);
    assert_eq!(tet.deadline, at(date(2026, 2, 23), 17), "the Monday after");
    let month = period_of(PeriodKind::Month, at(date(2026, 5, 9), 0), &calendar(), &TERMS);
    assert_eq!(month.deadline, at(date(2026, 5, 29), 17), "31/5/2026 is a Sunday");
    assert_eq!(month.code(), "month-2026-05-01");
}

#[test]
fn the_night_shift_belongs_to_the_day_on_which_it_begins() {
    let shift = period_of(PeriodKind::Shift, at(date(2026, 11, 22), 2), &calendar(), &TERMS);
    assert_eq!(shift.code(), "shift-2026-11-21T22");
    assert_eq!(shift.deadline, at(date(2026, 11, 22), 7));
}

#[test]
fn on_time_late_missing_waiting_and_courtesy() {
    let day = period_of(PeriodKind::Day, at(date(2026, 11, 20), 9), &calendar(), &TERMS);
    let (early, late) = (at(date(2026, 11, 21), 8), at(date(2026, 11, 21), 9));
    assert_eq!(submitted(Some(early), &day, Asked::Due, late), Submitted::OnTime(early));
    assert_eq!(submitted(Some(late), &day, Asked::Due, late), Submitted::Late(late));
    assert_eq!(submitted(None, &day, Asked::Due, early), Submitted::Waiting);
    assert_eq!(submitted(None, &day, Asked::Due, late), Submitted::Missing);
    assert_eq!(submitted(None, &day, Asked::ByCourtesy, late), Submitted::Courtesy, "never missing");
    assert_eq!(submitted(Some(late), &day, Asked::ByCourtesy, late), Submitted::Unasked(late), "never late");
    assert_eq!(submitted(None, &day, Asked::NotDue, late), Submitted::NotAsked);
}

#[test]
fn the_state_sets_how_often_a_unit_is_asked() {
    assert_eq!(PeriodKind::of_state(Readiness::Emergency, true), PeriodKind::Shift);
    assert_eq!(PeriodKind::of_state(Readiness::Heightened, true), PeriodKind::Day);
    assert_eq!(PeriodKind::of_state(Readiness::Routine, false), PeriodKind::Week);
    assert_eq!(PeriodKind::of_state(Readiness::Routine, true), PeriodKind::Month);
    let (tank, cylinders) = (StoreKind::Tank, StoreKind::Cylinders);
    assert!(has_cylinders_only([cylinders, cylinders].iter()));
    assert!(!has_cylinders_only([cylinders, tank].iter()) && !has_cylinders_only([].iter()));
}

proptest! {
    /// Periods follow each other without gap or overlap, the last one holds the moment, and nobody is late
    /// before a shift or a day has ended.
    #[test]
    fn periods_tile_the_time(hours in 0_i64..52_000, place in 0_usize..4) {
        let kind = PeriodKind::ALL[place];
        let until = at(date(2021, 1, 5), hours);
        let found = periods(kind, until, kind.columns(), &calendar(), &TERMS);
        prop_assert_eq!(found.len(), kind.columns());
        prop_assert!(found.windows(2).all(|pair| pair[0].ends == pair[1].begins));
        prop_assert!(found.last().is_some_and(|last| last.begins <= until && until < last.ends));
        if kind < PeriodKind::Week {
            prop_assert!(found.iter().all(|period| period.deadline > period.ends));
        }
        prop_assert!(found.iter().all(|period| period.deadline > period.begins));
    }
}
