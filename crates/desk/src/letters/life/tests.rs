//! The life of a task, deed after deed.

use jiff::civil::date;
use letter::{Clock, Every, Part};
use proptest::prelude::*;
use quantity::{Id, Moment, Span};

use super::apply::{apply, next};
use super::judged::{Judged, Urgency};
use super::*;
use crate::letters::task::{Due, DueSource, Origin, OriginKind, Stage};

/// When the tasks of these tests are given out.
pub(crate) fn start() -> Moment {
    Moment::start_of(date(2026, 11, 16)) + Span::hours(8)
}

fn who(name: &str) -> Who {
    Who { user: None, name: name.to_owned() }
}

/// A task of three days.
pub(crate) fn task() -> Task {
    Task {
        origin: Origin { kind: OriginKind::Directive, id: Id::from_bytes([1; 16]), line: 0 },
        text: "Rà soát giường oxy".to_owned(),
        place: None,
        body: None,
        body_name: "TTYT Bãi Bồi".to_owned(),
        part: Part::Lead,
        subtasks: vec!["a".to_owned(), "b".to_owned()],
        partners: Vec::new(),
        head: None,
        holder: None,
        due: Some(Due {
            until: start() + Span::days(3),
            words: "trước ngày 20/11".to_owned(),
            source: DueSource::Letter,
        }),
        haste: None,
        report_to: None,
        stage: Stage::Assigned,
        assigned_at: start(),
        assigned_by: "văn thư".to_owned(),
        simulated: false,
        life: Life::default(),
    }
}

/// A task with any day or none, after some deeds at some hours, whether or not they could follow each other.
pub(crate) fn random_task() -> impl Strategy<Value = Task> {
    let deeds = proptest::collection::vec((0_usize..4, 0_i64..300), 0..6);
    (proptest::option::of(0_i64..2_000), 0..Stage::ALL.len(), deeds).prop_map(|(due, stage, deeds)| {
        let mut task = Task { stage: Stage::ALL[stage], ..task() };
        let due = due.map(|hours| start() + Span::hours(hours));
        task.due = due.map(|until| Due { until, words: String::new(), source: DueSource::Leader });
        let mut at = start();
        for (deed, hours) in deeds {
            at = at + Span::hours(hours);
            let deed = match deed {
                0 => prove(),
                1 => submit(),
                2 => approve(),
                _ => Deed::Return { reason: "thiếu ảnh".to_owned(), due },
            };
            task.life.log.push(Entry { at, by: who("A"), deed });
        }
        task
    })
}

fn prove() -> Deed {
    Deed::Prove { proof: Proof::Text { words: "danh sách 12 giường".to_owned() } }
}

fn submit() -> Deed {
    Deed::Submit { words: String::new() }
}

fn back() -> Deed {
    Deed::Return { reason: "thiếu ảnh".to_owned(), due: None }
}

fn approve() -> Deed {
    Deed::Approve { words: String::new() }
}

fn after(mut task: Task, deeds: Vec<(i64, Deed)>) -> Task {
    for (hours, deed) in deeds {
        task = apply(&task, deed, who("ai đó"), start() + Span::hours(hours)).unwrap();
    }
    task
}

/// PR06: nothing is handed in without what shows it, and not a second time with the old one.
#[test]
fn a_task_is_handed_in_with_evidence_only() {
    let at = start();
    assert_eq!(apply(&task(), submit(), who("a"), at).unwrap_err(), TaskRefused::NoProof);
    let handed_in = after(task(), vec![(1, prove()), (2, submit()), (3, back())]);
    assert_eq!(apply(&handed_in, submit(), who("a"), at).unwrap_err(), TaskRefused::NoProof);
    let again = after(handed_in, vec![(4, prove()), (5, submit())]);
    assert_eq!(again.stage, Stage::Submitted);
}

/// DT05: handed in on time stays on time, however late somebody looks; given back it counts as undone from its first
/// deadline, whatever day it gets then.
#[test]
fn in_time_is_when_it_was_handed_in_and_rework_counts_from_the_first_deadline() {
    let done = after(task(), vec![(1, prove()), (2, submit()), (24 * 30, approve())]);
    assert_eq!(done.judged(start() + Span::days(40)), Judged::InTime);
    let new_day = start() + Span::days(20);
    let extended = Deed::SetDue { until: Some(new_day), before: None, reason: "làm lại".to_owned() };
    let returned = after(task(), vec![(1, prove()), (2, submit()), (3, back()), (4, extended)]);
    assert_eq!(returned.judged(start() + Span::days(2)), Judged::Open);
    assert_eq!(returned.judged(start() + Span::days(4)), Judged::Undone(Span::days(1)));
    assert!(!returned.is_overdue(start() + Span::days(4)), "its new day has not come");
    let late = after(returned, vec![(24 * 5, prove()), (24 * 5, submit()), (24 * 6, approve())]);
    assert_eq!(late.judged(start() + Span::days(40)), Judged::Late(Span::days(2)));
    assert_eq!(late.life.returned(), 1);
}

/// An extension that a leader gives before the deadline moves it; the day before stays in the history.
#[test]
fn another_day_needs_a_reason_and_keeps_the_one_before() {
    let until = Some(start() + Span::days(10));
    let without = Deed::SetDue { until, before: None, reason: " ".to_owned() };
    assert_eq!(apply(&task(), without, who("a"), start()).unwrap_err(), TaskRefused::NoReason);
    let past = Deed::SetDue { until: Some(start() - Span::days(1)), before: None, reason: "x".to_owned() };
    assert_eq!(apply(&task(), past, who("a"), start()).unwrap_err(), TaskRefused::Past);
    let moved = after(task(), vec![(1, Deed::SetDue { until, before: None, reason: "bão".to_owned() })]);
    assert_eq!(moved.judged(start() + Span::days(5)), Judged::Open);
    let Deed::SetDue { before, .. } = &moved.life.log[0].deed else { panic!("{:?}", moved.life.log) };
    assert_eq!(*before, Some(start() + Span::days(3)));
}

/// DT05: a word of haste makes nothing overdue.
#[test]
fn without_a_day_nothing_is_overdue() {
    let hasty = Task { due: None, haste: Some("khẩn trương".to_owned()), ..task() };
    let later = start() + Span::days(400);
    assert_eq!(hasty.judged(later), Judged::OpenWithoutDay);
    assert_eq!(Urgency::of(&hasty, later, Span::days(3)), Urgency::New);
}

/// A daily report goes on to the next day when it is handed in, and keeps the days that passed.
#[test]
fn what_recurs_goes_on_to_its_next_time() {
    let every = Recurring { clock: Some(Clock { hour: 16, minute: 0 }), ..Recurring::each(Every::Day) };
    let first = recur::next(every, start());
    let daily = Task {
        due: Some(Due { until: first, words: "hằng ngày trước 16 giờ".to_owned(), source: DueSource::Letter }),
        life: Life { every: Some(every), ..Life::default() },
        ..task()
    };
    let second = after(daily, vec![(1, prove()), (2, submit())]);
    assert_eq!(second.stage, Stage::UnderWay);
    assert_eq!(second.due.as_ref().unwrap().until, first + Span::days(1));
    assert_eq!(apply(&second, submit(), who("a"), start()).unwrap_err(), TaskRefused::NoProof);
    // Two days go by without anything; what comes on the morning of the third is that day's, in time.
    let fourth = after(second.clone(), vec![(24 * 3, prove()), (24 * 3, submit())]);
    assert_eq!(fourth.life.past.len(), 2);
    assert_eq!((fourth.life.past[1].due, fourth.life.past[1].missed), (first + Span::days(3), 2));
    assert_eq!(fourth.due.as_ref().unwrap().until, first + Span::days(4));
    // What comes in the evening is the same day's, late.
    let late = after(second.clone(), vec![(24 + 12, prove()), (24 + 12, submit())]);
    assert_eq!((late.life.past[1].due, late.life.past[1].missed), (first + Span::days(1), 0));
    assert!(late.life.past[1].submitted_at > late.life.past[1].due);
    let returned = after(second, vec![(3, back())]);
    assert_eq!((returned.stage, returned.due.as_ref().unwrap().until), (Stage::Returned, first));
}

#[test]
fn nobody_judges_his_own_work() {
    let user = Some(place::UserId(Id::from_bytes([7; 16])));
    let me = Who { user, name: "Lê Thị Mận".to_owned() };
    let mine = apply(&after(task(), vec![(1, prove())]), submit(), me.clone(), start()).unwrap();
    assert_eq!(apply(&mine, approve(), me, start()).unwrap_err(), TaskRefused::OwnWork);
    assert!(apply(&mine, approve(), who("lãnh đạo"), start()).is_ok());
}

#[test]
fn shares_parts_and_links_are_looked_at() {
    let tell = |percent, ticked: &[u32]| Deed::Tell { percent, words: String::new(), ticked: ticked.to_vec() };
    assert_eq!(apply(&task(), tell(Some(101), &[]), who("a"), start()).unwrap_err(), TaskRefused::NoSuchPart);
    assert_eq!(apply(&task(), tell(None, &[2]), who("a"), start()).unwrap_err(), TaskRefused::NoSuchPart);
    assert_eq!(apply(&task(), tell(None, &[]), who("a"), start()).unwrap_err(), TaskRefused::Nothing);
    assert_eq!(after(task(), vec![(1, tell(None, &[1, 0, 1]))]).life.ticked(), [0, 1]);
    for href in ["//evil.example", "https://evil.example", "oxy", "/a b", "/\"><script>"] {
        let link = Deed::Prove { proof: Proof::Link { href: href.to_owned(), words: String::new() } };
        assert_eq!(apply(&task(), link, who("a"), start()).unwrap_err(), TaskRefused::Elsewhere, "{href}");
    }
}

/// A version that was written before tasks had a life is read.
#[test]
fn an_old_version_is_read() {
    let mut old = serde_json::to_value(task()).unwrap();
    old.as_object_mut().unwrap().remove("life");
    assert_eq!(serde_json::from_value::<Task>(old).unwrap(), task());
}

fn deed() -> impl Strategy<Value = Deed> {
    let words = || prop::sample::select(vec!["", " ", "có lý do"]).prop_map(str::to_owned);
    prop_oneof![
        Just(Deed::Accept),
        (prop::option::of(0_u8..120), words(), prop::collection::vec(0_u32..3, 0..3))
            .prop_map(|(percent, words, ticked)| Deed::Tell { percent, words, ticked }),
        words().prop_map(|words| Deed::Prove { proof: Proof::Text { words } }),
        words().prop_map(|words| Deed::Submit { words }),
        words().prop_map(|words| Deed::Approve { words }),
        words().prop_map(|reason| Deed::Return { reason, due: None }),
        (prop::option::of(-3_i64..60), words()).prop_map(|(days, reason)| Deed::SetDue {
            until: days.map(|days| start() + Span::days(days)),
            before: None,
            reason
        }),
        words().prop_map(|name| Deed::Hand {
            to: Named { name, ..Named::default() },
            from: None,
            reason: String::new()
        }),
        words().prop_map(|reason| Deed::Drop { reason }),
    ]
}

proptest! {
    /// Whatever is done in whatever order: nothing leaves «done» but with a reason, nothing is handed in without
    /// evidence, nothing is dropped without a reason, the history only grows, and what was handed in and accepted
    /// in time is in time for ever.
    #[test]
    fn no_order_of_deeds_breaks_the_rules(deeds in prop::collection::vec((0_i64..40, deed()), 1..40), daily in any::<bool>()) {
        let mut task = task();
        if daily {
            let every = Recurring::each(Every::Day);
            task.life.every = Some(every);
            task.due = Some(Due { until: recur::next(every, start()), words: String::new(), source: DueSource::Letter });
        }
        let mut now = start();
        for (hours, deed) in deeds {
            now = now + Span::hours(hours);
            let Ok(after) = apply(&task, deed.clone(), who("ai đó"), now) else { continue };
            prop_assert_eq!(after.life.log.len(), task.life.log.len() + 1);
            prop_assert_eq!(next(task.stage, &deed, daily), Ok(after.stage));
            if task.stage == Stage::Done && after.stage != Stage::Done {
                let Some(Deed::Return { reason, .. }) = after.life.log.last().map(|entry| &entry.deed) else {
                    return Err(TestCaseError::fail("left «done» otherwise than by being given back"));
                };
                prop_assert!(!reason.is_empty());
            }
            prop_assert!(task.stage != Stage::Dropped, "dropped is the end");
            if matches!(deed, Deed::Submit { .. }) {
                prop_assert!(task.life.has_fresh_proof());
            }
            if let Deed::Drop { reason } = &deed {
                prop_assert!(!reason.trim().is_empty());
            }
            if after.stage == Stage::Done && after.judged(now) == Judged::InTime {
                prop_assert_eq!(after.judged(now + Span::days(1_000)), Judged::InTime);
            }
            task = after;
        }
        // What was written is read again as it was.
        let text = serde_json::to_string(&task).unwrap();
        prop_assert_eq!(serde_json::from_str::<Task>(&text).unwrap(), task);
    }
}
