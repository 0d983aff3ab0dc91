//! OX11, OX16: the alarm foresees the night.

use jiff::civil::date;
use proptest::prelude::*;
use protocol::Readiness;

use super::*;
use crate::outlook::{Known, StoreState};
use crate::{Recent, Sample, Store, StoreId, outlook, settings::tests::settings_on};
use quantity::Id;

fn at(hour: i64, minute: i64) -> Moment {
    Moment::start_of(date(2026, 11, 22)) + Span::minutes(hour * 60 + minute)
}

fn norms() -> AlarmSettings {
    AlarmSettings::from_norms(&Norms::shipped().unwrap(), date(2026, 11, 22)).unwrap()
}

fn day_terms() -> Terms {
    Terms { lead: Span::hours(4), station: DayHours::new(7 * 60, 17 * 60), bans: Vec::new(), ferry: None }
}

/// An outlook of a tank that lasts an hour for each 100 kg of usable oxygen, at the pessimistic end.
fn holding(kg: i64, now: Moment) -> Outlook {
    let outlook = used(kg, now);
    let hours = outlook.hours.map(|hours| crate::HoursLeft { low: kg as f64 / 100.0, ..hours });
    Outlook { hours, ..outlook }
}

/// An outlook of a tank that is used at 100 kg an hour and holds so much usable oxygen.
fn used(kg: i64, now: Moment) -> Outlook {
    let tank = Store::tank(StoreId(Id::from_bytes([1; 16])), "Bồn số 1", Grams::from_kg(30_000));
    let settings = settings_on(date(2026, 11, 22), Readiness::Heightened);
    let mut recent = Recent::default();
    let heel = 3_000;
    for hours in (0..=6).rev() {
        recent.observe(Sample { at: now - Span::hours(hours), grams: Grams::from_kg(heel + kg + 100 * hours) });
    }
    let states = [StoreState { store: &tank, recent: &recent, source: None, production: None }];
    outlook(now, &Known { stores: &states, census: None, in_transit: Grams::ZERO }, &settings)
}

fn judged(now: Moment, outlook: &Outlook, terms: &Terms, closures: &Closures, open: &[AlarmKind]) -> Vec<Finding> {
    let calendar = RefillCalendar::around(now, terms, closures);
    let about =
        Situation { outlook, calendar: &calendar, terms_known: true, flow: None, must_report: true, has_contact: true };
    judge(now, &about, &norms(), open)
}

#[test]
fn at_sixteen_it_says_that_four_in_the_morning_is_too_late() {
    let now = at(16, 0);
    let outlook = holding(1_200, now);
    let found = judged(now, &outlook, &day_terms(), &Closures::default(), &[]);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].kind, found[0].severity), (AlarmKind::BeforeHelp, Severity::Urgent));
    // The station closes at 17:00: a later call is loaded at seven and arrives at eleven.
    assert_eq!(found[0].act_by, Some(at(17, 0)));
    let late = judged(at(17, 1), &outlook, &day_terms(), &Closures::default(), &[]);
    assert_eq!(late[0].severity, Severity::Critical);
    assert_eq!(late[0].facts.refill_at, Some(at(24 + 11, 0)));
    // By day the same stock is no alarm: a call at noon would still do.
    assert!(judged(at(8, 0), &holding(1_600, at(8, 0)), &day_terms(), &Closures::default(), &[]).is_empty());
}

#[test]
fn zero_is_the_gravest_and_the_only_word_about_running_out() {
    let found = judged(at(9, 0), &holding(0, at(9, 0)), &day_terms(), &Closures::default(), &[]);
    let kinds: Vec<_> = found.iter().map(|each| (each.kind, each.severity)).collect();
    assert_eq!(kinds, [(AlarmKind::Out, Severity::Critical)]);
}

#[test]
fn a_night_that_help_can_still_beat_is_noticed_before_it_begins() {
    let terms = Terms { station: None, ..day_terms() };
    let found = judged(at(17, 0), &holding(1_200, at(17, 0)), &terms, &Closures::default(), &[]);
    assert_eq!(found.iter().map(|each| each.kind).collect::<Vec<_>>(), [AlarmKind::BeforeMorning]);
    assert!(judged(at(10, 0), &holding(1_800, at(10, 0)), &terms, &Closures::default(), &[]).is_empty());
}

#[test]
fn a_ferry_a_ban_and_a_holiday_put_the_arrival_off() {
    let ferry = Terms { ferry: DayHours::new(6 * 60, 15 * 60), ..day_terms() };
    let calendar = RefillCalendar::around(at(12, 0), &ferry, &Closures::default());
    assert_eq!(calendar.arrives(at(10, 0)), Some(at(14, 0)));
    assert_eq!(calendar.arrives(at(12, 0)), Some(at(30, 0)), "the last ferry has left");
    assert_eq!(calendar.latest_call(at(20, 0)), Some(at(11, 0)));

    let banned = Terms { bans: vec![DayHours::read("22h-6h").unwrap()], station: None, ..day_terms() };
    let calendar = RefillCalendar::around(at(12, 0), &banned, &Closures::default());
    assert_eq!(calendar.arrives(at(20, 0)), Some(at(30, 0)));

    let tet = Closures { loading: vec![Blocked { from: at(0, 0), to: at(72, 0) }], ..Closures::default() };
    let calendar = RefillCalendar::around(at(12, 0), &day_terms(), &tet);
    assert_eq!(calendar.arrives(at(12, 0)), Some(at(72 + 11, 0)));
    let for_ever = Closures { arriving: vec![Blocked { from: at(0, 0), to: at(9_999, 0) }], ..Closures::default() };
    assert_eq!(RefillCalendar::around(at(12, 0), &day_terms(), &for_ever).arrives(at(12, 0)), None);
}

#[test]
fn an_alarm_does_not_flap() {
    // Just outside the notice: nothing new is raised, what was raised stays.
    let now = at(14, 30);
    let outlook = holding(1_450, now);
    assert!(judged(now, &outlook, &day_terms(), &Closures::default(), &[]).is_empty());
    let open = judged(now, &outlook, &day_terms(), &Closures::default(), &[AlarmKind::BeforeHelp]);
    assert_eq!(open.len(), 1, "{open:?}");
}

#[test]
fn hours_are_read_as_people_write_them() {
    let shown = |text: &str| DayHours::read(text).map(|hours| hours.to_string());
    assert_eq!(shown("07:00-16:30").as_deref(), Some("07:00–16:30"));
    assert_eq!(shown("7h – 16h30").as_deref(), Some("07:00–16:30"));
    assert_eq!(shown("22-6").as_deref(), Some("22:00–06:00"));
    assert_eq!(shown("0-24").as_deref(), Some("00:00–24:00"));
    for bad in ["", "7", "7-7", "25-3", "7:60-9", "bảy-chín", "7h3000-9", "-5-9"] {
        assert_eq!(shown(bad), None, "{bad}");
    }
    assert_eq!(DayHours::read_all("6-8, 16h30-19h").map(|all| all.len()), Some(2));
    assert_eq!(DayHours::read_all("").map(|all| all.len()), Some(0));
    assert_eq!(DayHours::new(0, 1_440).unwrap().others(), None);
    assert_eq!(DayHours::new(0, 600).unwrap().others(), DayHours::new(600, 0));
}

#[test]
fn before_a_storm_islands_come_first_then_who_has_only_cylinders() {
    let line = |key, island, cylinders_only, holds: Option<i64>| BeforeStorm {
        key,
        island,
        cylinders_only,
        capacity: Grams::from_kg(1_000),
        holds: holds.map(Grams::from_kg),
        terms: day_terms(),
        closures: Closures::default(),
    };
    let list = top_up(
        at(8, 0),
        at(56, 0),
        vec![
            line("đất liền", false, false, Some(100)),
            line("chai", false, true, Some(900)),
            line("đảo", true, false, Some(600)),
            line("đầy", true, true, Some(1_000)),
            line("chưa rõ", false, false, None),
        ],
    );
    let keys: Vec<_> = list.iter().map(|line| line.key).collect();
    assert_eq!(keys, ["đảo", "chai", "chưa rõ", "đất liền"]);
    assert_eq!(list[0].to_bring, Some(Grams::from_kg(400)));
    assert_eq!(list[2].to_bring, None, "unknown is not zero");
    // The storm comes at 08:00 the day after tomorrow; the station closes at 17:00 the day before.
    assert_eq!(list[0].call_by, Some(at(24 + 17, 0)));
}

fn hours() -> impl Strategy<Value = Option<DayHours>> {
    (0_u16..1_440, 0_u16..=1_440).prop_map(|(from, to)| DayHours::new(from, to))
}

prop_compose! {
    fn any_terms()(lead in 0_i64..2_000, station in hours(), ban in hours(), ferry in hours()) -> Terms {
        Terms { lead: Span::minutes(lead), station, bans: ban.into_iter().collect(), ferry }
    }
}

prop_compose! {
    fn any_blocked()(from in -5_000_i64..15_000, length in 0_i64..6_000) -> Blocked {
        Blocked { from: at(0, 0) + Span::minutes(from), to: at(0, 0) + Span::minutes(from + length) }
    }
}

prop_compose! {
    fn any_closures()(
        loading in proptest::collection::vec(any_blocked(), 0..4),
        arriving in proptest::collection::vec(any_blocked(), 0..4),
    ) -> Closures {
        Closures { loading, arriving }
    }
}

proptest! {
    /// The latest call arrives in time, and a minute later does not.
    #[test]
    fn forwards_and_backwards_agree(terms in any_terms(), closures in any_closures(), needed in 0_i64..14_000) {
        let now = at(12, 0);
        let calendar = RefillCalendar::around(now, &terms, &closures);
        let needed = at(0, 0) + Span::minutes(needed);
        if let Some(latest) = calendar.latest_call(needed) {
            prop_assert!(calendar.arrives(latest).is_some_and(|arrives| arrives <= needed));
            let later = calendar.arrives(latest + Span::minutes(1));
            prop_assert!(later.is_none_or(|arrives| arrives > needed));
        }
    }

    /// A closure never makes a later moment to act by, and never an earlier arrival.
    #[test]
    fn a_closure_never_gives_more_time(
        terms in any_terms(), closures in any_closures(), more in any_blocked(), loading: bool, needed in 0_i64..14_000,
    ) {
        let mut closed = closures.clone();
        if loading { closed.loading.push(more) } else { closed.arriving.push(more) }
        let now = at(12, 0);
        let (open, closed) = (RefillCalendar::around(now, &terms, &closures), RefillCalendar::around(now, &terms, &closed));
        let needed = at(0, 0) + Span::minutes(needed);
        prop_assert!(closed.latest_call(needed) <= open.latest_call(needed));
        if let Some(arrives) = closed.arrives(now) {
            prop_assert!(open.arrives(now).is_some_and(|sooner| sooner <= arrives));
        }
    }

    /// More stock never makes an earlier moment to act by, nor a graver alarm.
    #[test]
    fn more_stock_is_never_more_alarming(
        terms in any_terms(), closures in any_closures(), kg in 0_i64..4_000, more in 0_i64..4_000, minute in 0_i64..1_440,
    ) {
        let now = at(0, minute);
        let gravest = |kg| judged(now, &holding(kg, now), &terms, &closures, &[])
            .into_iter()
            .filter(|each| matches!(each.kind, AlarmKind::Out | AlarmKind::BeforeHelp))
            .min_by_key(|each| (each.severity, each.kind));
        match (gravest(kg), gravest(kg + more)) {
            (None, Some(with_more)) => prop_assert!(false, "{with_more:?}"),
            (Some(less), Some(with_more)) => {
                prop_assert!(less.severity <= with_more.severity);
                if less.kind == with_more.kind && less.severity == Severity::Urgent {
                    prop_assert!(less.act_by <= with_more.act_by);
                }
            }
            _ => {}
        }
    }

    /// Whoever was raised is not put to rest by a change that would raise him anew.
    #[test]
    fn rest_needs_more_than_raising(terms in any_terms(), kg in 0_i64..6_000, minute in 0_i64..1_440) {
        let now = at(0, minute);
        let outlook = holding(kg, now);
        let raised: Vec<_> = judged(now, &outlook, &terms, &Closures::default(), &[]).iter().map(|each| each.kind).collect();
        let kept: Vec<_> =
            judged(now, &outlook, &terms, &Closures::default(), &raised).iter().map(|each| each.kind).collect();
        prop_assert_eq!(kept, raised);
    }

    #[test]
    fn any_text_is_read_without_panic(text in ".{0,40}") {
        let _ = DayHours::read_all(&text);
    }
}
