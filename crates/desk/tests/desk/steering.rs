//! Meetings, inspections, corrective actions and plans into tasks (DT12, DT16, DT19, DT20, GS10) on both engines.

use desk::Outcome;
use desk::letters::task::{OriginKind, Task};
use desk::operations::command::Attached;
use desk::operations::steering::LineWords;
use desk::operations::steering::corrections::list_corrections::ListCorrections;
use desk::operations::steering::corrections::mend_correction::MendCorrection;
use desk::operations::steering::corrections::order_correction::OrderCorrection;
use desk::operations::steering::corrections::settle_correction::SettleCorrection;
use desk::operations::steering::inspections::inspect::Inspect;
use desk::operations::steering::inspections::note_shortcoming::NoteShortcoming;
use desk::operations::steering::inspections::order_remedies::OrderRemedies;
use desk::operations::steering::inspections::plan_inspections::PlanInspections;
use desk::operations::steering::meetings::add_conclusions::AddConclusions;
use desk::operations::steering::meetings::confirm_meeting::ConfirmMeeting;
use desk::operations::steering::meetings::correct_conclusion::CorrectConclusion;
use desk::operations::steering::meetings::keep_meeting::KeepMeeting;
use desk::operations::steering::meetings::link_letter::LinkLetter;
use desk::operations::steering::meetings::note_heard::NoteHeard;
use desk::operations::steering::plans::add_items::AddItems;
use desk::operations::steering::plans::confirm_plan::ConfirmPlan;
use desk::operations::steering::plans::open_plan::OpenPlan;
use desk::operations::steering::plans::settle_item::SettleItem;
use desk::record::{self, Kept};
use desk::rights::Role;
use desk::steering::inspection::Seen;
use desk::steering::meeting::MeetingId;
use desk::views::steering as seen;
use jiff::civil::{Date, date};
use place::body::PostKind;
use quantity::Moment;

use crate::command::look;
use crate::common::{Person, World, code_of, on_both_engines};

const TODAY: Date = date(2026, 11, 22);

fn meeting(world: &World) -> KeepMeeting {
    KeepMeeting {
        key: None,
        meeting: None,
        subject: "Giao ban oxy y tế".into(),
        held_at: world.now(),
        place: "Sở Y tế".into(),
        chair: "Phạm Văn Đước, Giám đốc".into(),
        attendees: "1. BS. Nguyễn Văn Ổi – Giám đốc\nBV Hải Âu\nĐại diện doanh nghiệp vận tải\n".into(),
        assessment: "Nhu cầu oxy tăng.".into(),
        simulated: true,
    }
}

fn tasks(world: &World) -> Vec<Kept<Task>> {
    let province = world.province;
    world.office.look_blocking(|_, connection| record::newest::<Task>(connection, province, 1_000)).unwrap()
}

fn words(text: &str, owner: &str, last_day: Option<Date>) -> LineWords {
    LineWords { text: text.into(), owner: owner.into(), head: String::new(), last_day, left_out: false }
}

fn confirm(person: &Person<'_>, id: MeetingId) -> Outcome<MeetingId> {
    let version =
        look(person, move |office, connection, actor| seen::meetings::meeting(office, connection, actor, id))?
            .meeting
            .version;
    person.does(ConfirmMeeting { key: None, meeting: id, version })
}

/// DT19, DT03, DT05, DT06: conclusions become tasks of bodies with head and deadline, and nothing before somebody confirms.
#[test]
fn conclusions_of_a_meeting_become_tasks_once_confirmed() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_post(PostKind::Head, "Nguyễn Văn Ổi", "0297 3 555 111").register();
        let clerk = world.a(Role::Clerk);
        let id = clerk.does(meeting(world)).unwrap();
        let text = "1. BV Hải Âu: kiểm tra bồn oxy trước ngày 30/11/2026\n\
                    2. Công ty vận tải Sông Hậu: bố trí hai xe; chậm nhất 25/11/2026\n\
                    3. Tiếp tục theo dõi tình hình";
        clerk.does(AddConclusions { key: None, meeting: id, text: text.into() }).unwrap();
        let file = Attached::new(b"%PDF-1.4 x".to_vec());
        let heard = |file| NoteHeard {
            key: None,
            meeting: id,
            by: "Phòng Nghiệp vụ Y".into(),
            about: "tình hình oxy".into(),
            file,
        };
        clerk.does(heard(Some(("bao-cao.pdf".into(), file)))).unwrap();
        let page = Attached::new(b"<html>".to_vec());
        assert_eq!(code_of(clerk.does(heard(Some(("a.html".into(), page))))), "MTG-006");
        let found =
            look(&clerk, move |office, connection, actor| seen::meetings::meeting(office, connection, actor, id));
        let found = found.unwrap();
        let attendees = &found.meeting.content.attendees;
        assert!(attendees[0].person.is_some(), "a name of the register: {attendees:?}");
        assert_eq!(attendees[1].body.map(|body| body.0), Some(place.id.0));
        assert_eq!((attendees[2].person, attendees[2].body), (None, None), "nobody is guessed");
        assert!(tasks(world).is_empty(), "nothing goes out before a person confirms");
        // The third says nobody: it is corrected or left out first.
        assert_eq!(code_of(confirm(&clerk, id)), "DIR-007");
        assert!(tasks(world).is_empty(), "a refusal leaves none of them");
        let mut third = words("Tiếp tục theo dõi tình hình", "", None);
        third.left_out = true;
        let correct = |line, words| CorrectConclusion { key: None, meeting: id, line, words };
        assert_eq!(code_of(clerk.does(correct(9, third.clone()))), "MTG-005");
        clerk.does(correct(2, third)).unwrap();
        confirm(&clerk, id).unwrap();
        let given = tasks(world);
        assert_eq!(given.len(), 2);
        let of = |line| given.iter().find(|kept| kept.content.origin.line == line).unwrap().content.clone();
        assert_eq!((of(0).origin.kind, of(0).origin.id), (OriginKind::Meeting, id.0));
        assert_eq!(of(0).body.map(|body| body.0), Some(place.id.0));
        assert_eq!(of(0).head.unwrap().name, "Nguyễn Văn Ổi");
        let due = of(0).due.unwrap();
        assert_eq!((due.until.date(), due.words.as_str()), (date(2026, 11, 29), "trước ngày 30/11/2026"));
        assert_eq!((of(1).body, of(1).body_name.as_str()), (None, "Công ty vận tải Sông Hậu"));
        assert_eq!(code_of(confirm(&clerk, id)), "MTG-001");
        clerk.does(LinkLetter { key: None, meeting: id, directive: None, number: "12/TB-SYT".into() }).unwrap();
        let list = look(&world.a(Role::Observer), seen::meetings::meetings).unwrap();
        assert_eq!((list.held[0].given, list.held[0].done), (2, 0));
        let paper =
            look(&world.desk(), move |office, connection, actor| seen::meetings::notice(office, connection, actor, id));
        let printed = format!("{:?}", paper.unwrap());
        assert!(printed.contains("Thông báo") && printed.contains("30/11/2026"), "{printed}");
        assert!(!printed.contains("Tiếp tục theo dõi"), "what was left out is not printed: {printed}");
        world.assert_well();
    });
}

/// DT19: somebody else's change does not go out unseen; a deadline before the meeting is a slip of the hand.
#[test]
fn what_nobody_saw_is_not_given_out() {
    on_both_engines(|world| {
        let clerk = world.a(Role::Clerk);
        let id = clerk.does(meeting(world)).unwrap();
        let add = |text: &str| AddConclusions { key: None, meeting: id, text: text.into() };
        clerk.does(add("Sở Tài chính: bố trí kinh phí")).unwrap();
        assert_eq!(code_of(clerk.does(ConfirmMeeting { key: None, meeting: id, version: 1 })), "MTG-001");
        clerk.does(add("Sở Tài chính: xong chậm nhất 01/11/2026")).unwrap();
        assert_eq!(code_of(confirm(&clerk, id)), "MTG-010");
        assert_eq!(code_of(world.a(Role::Observer).does(add("x"))), "DSK-002");
    });
}

fn plan() -> PlanInspections {
    PlanInspections {
        key: None,
        title: "Kiểm tra tuần 47".into(),
        inspector: "Ban Chỉ đạo xã".into(),
        checklist: "checklist-home-care/1".into(),
        from: date(2026, 11, 16),
        to: date(2026, 11, 30),
        targets: "BV Hải Âu\nCông ty may Sao Mai".into(),
        simulated: true,
    }
}

/// DT12, GS10: planned against done, lines that were met, findings with remedy into tasks, looked at again.
#[test]
fn an_inspection_is_planned_done_and_followed() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").register();
        let duty = world.desk();
        let plan_id = duty.does(plan()).unwrap();
        assert_eq!(code_of(duty.does(PlanInspections { checklist: "x/1".into(), ..plan() })), "MTG-008");
        assert_eq!(code_of(duty.does(PlanInspections { to: date(2026, 11, 1), ..plan() })), "CMD-003");
        let visit = |on, again_of, ticked: &[(&str, Seen)]| Inspect {
            key: None,
            plan: Some(plan_id),
            again_of,
            checklist: String::new(),
            target: "BV Hải Âu".into(),
            on,
            by: "Đoàn kiểm tra số 1".into(),
            ticked: ticked.iter().map(|(key, seen)| ((*key).to_owned(), *seen)).collect(),
            simulated: true,
        };
        assert_eq!(code_of(duty.does(visit(date(2026, 11, 23), None, &[("staff", Seen::Met)]))), "CMD-002");
        assert_eq!(code_of(duty.does(visit(TODAY, None, &[("nothing", Seen::Met)]))), "MTG-008");
        let ticked = [("staff", Seen::Met), ("oximeter", Seen::NotMet), ("waste", Seen::NotHere)];
        let first = duty.does(visit(date(2026, 11, 20), None, &ticked)).unwrap();
        let finding = NoteShortcoming {
            key: None,
            inspection: first,
            what: "Thiếu máy đo SpO2".into(),
            remedy: "Bổ sung hai máy đo".into(),
            owner: String::new(),
            last_day: Some(date(2026, 11, 25)),
            photo: Some(Attached::new(vec![0xff, 0xd8, 0xff, 1])),
        };
        duty.does(finding).unwrap();
        assert!(tasks(world).is_empty());
        duty.does(OrderRemedies { key: None, inspection: first, version: 2 }).unwrap();
        let given = tasks(world);
        assert_eq!(given.len(), 1);
        assert_eq!(given[0].content.origin.kind, OriginKind::Inspection);
        assert_eq!(given[0].content.body.map(|body| body.0), Some(place.id.0), "whoever was looked at mends it");
        assert_eq!(code_of(duty.does(OrderRemedies { key: None, inspection: first, version: 3 })), "MTG-002");
        duty.does(visit(TODAY, Some(first), &[("staff", Seen::Met), ("oximeter", Seen::Met)])).unwrap();
        let found = look(&duty, seen::inspections::inspections).unwrap();
        assert_eq!((found.plans[0].done(), found.plans[0].targets.len()), (1, 2));
        let shares: Vec<_> = found.over_time[0].visits.iter().map(|(_, _, share)| *share).collect();
        assert_eq!(shares, [Some(1.0), Some(0.5)], "newest first");
        assert_eq!(found.over_time[0].open, 1, "a second visit closes no task");
        let (kind, bytes) =
            look(&duty, move |_, connection, actor| seen::inspections::photo(connection, actor, first, 0)).unwrap();
        assert_eq!((kind.as_str(), bytes.len()), ("image/jpeg", 4));
        assert_eq!(code_of(look(&world.a(Role::Observer), seen::inspections::inspections)), "DSK-002");
        world.assert_well();
    });
}

/// DT16: shortcomings keep their words and where they stand; they go out as tasks and end with evidence.
#[test]
fn shortcomings_are_listed_ordered_and_mended() {
    on_both_engines(|world| {
        world.facility("BV Hải Âu").register();
        let duty = world.desk();
        let list = |text: &str| ListCorrections {
            key: None,
            of: None,
            source: "Công văn 148/UBND-KGVX".into(),
            text: text.into(),
            simulated: true,
        };
        assert_eq!(code_of(duty.does(list(" \n"))), "CMD-001");
        let ids = duty.does(list("- Trạm y tế lưu động thiếu người\n- Báo cáo còn chậm")).unwrap();
        assert_eq!(ids.len(), 2);
        let remedy = words("Điều hai bác sĩ về trạm", "BV Hải Âu", Some(date(2026, 11, 28)));
        let settle = SettleCorrection { key: None, correction: ids[0], cause: "Nghỉ bệnh".into(), remedy };
        duty.does(settle.clone()).unwrap();
        duty.does(OrderCorrection { key: None, correction: ids[0], version: 2 }).unwrap();
        assert_eq!(tasks(world)[0].content.origin.kind, OriginKind::Correction);
        assert_eq!(code_of(duty.does(settle)), "MTG-001", "what is with its owner is changed at its task");
        let order = OrderCorrection { key: None, correction: ids[1], version: 1 };
        assert_eq!(code_of(duty.does(order)), "DIR-007", "nobody is named");
        let mend =
            |evidence: &str| MendCorrection { key: None, correction: ids[0], on: TODAY, evidence: evidence.into() };
        assert_eq!(code_of(duty.does(mend(" "))), "CMD-001", "without evidence nothing is mended");
        duty.does(mend("Quyết định điều động 15/QĐ")).unwrap();
        let found = look(&duty, seen::corrections::corrections).unwrap();
        assert_eq!(found.all[0].kept.id, ids[1], "open ones first");
        assert_eq!(found.all[1].kept.content.cause.as_deref(), Some("Nghỉ bệnh"));
        assert_eq!(found.all[1].kept.content.shortcoming, "Trạm y tế lưu động thiếu người");
    });
}

/// DT20: a plan is compared with what became of it; what was left undone goes on and is ordered once.
#[test]
fn a_plan_goes_out_and_its_undone_items_go_on() {
    on_both_engines(|world| {
        world.facility("BV Hải Âu").register();
        let duty = world.desk();
        let open = |title: &str, from, to, after| OpenPlan {
            key: None,
            title: title.into(),
            from,
            to,
            after,
            simulated: true,
        };
        let first = duty.does(open("Tuần 47", date(2026, 11, 16), TODAY, None)).unwrap();
        assert_eq!(code_of(duty.does(ConfirmPlan { key: None, plan: first, version: 1 })), "MTG-002");
        let text = "BV Hải Âu: lắp bồn dự phòng, chậm nhất 30/11/2026\nSở Tài chính: cấp kinh phí";
        duty.does(AddItems { key: None, plan: first, text: text.into() }).unwrap();
        duty.does(ConfirmPlan { key: None, plan: first, version: 2 }).unwrap();
        assert_eq!(tasks(world).len(), 2);
        let settle = SettleItem { key: None, plan: first, line: 1, done: true, words: "Đã cấp".into() };
        duty.does(settle).unwrap();
        let second = duty.does(open("Tuần 48", date(2026, 11, 23), date(2026, 11, 29), Some(first))).unwrap();
        duty.does(AddItems { key: None, plan: second, text: "Sở Y tế: họp giao ban".into() }).unwrap();
        duty.does(ConfirmPlan { key: None, plan: second, version: 2 }).unwrap();
        assert_eq!(tasks(world).len(), 3, "the undone item keeps its task and gets no second one");
        let found = look(&duty, seen::plans::plans).unwrap();
        let [later, earlier] = &found.all[..] else { panic!("two plans") };
        assert_eq!((earlier.planned(), earlier.done(), later.carried()), (2, 1, 1));
        let paper = look(&duty, move |office, connection, actor| seen::plans::paper(office, connection, actor, second));
        let printed = format!("{:?}", paper.unwrap());
        assert!(printed.contains("lắp bồn dự phòng") && printed.contains("họp giao ban"), "{printed}");
        let again = open("Tuần 49", date(2026, 11, 30), date(2026, 12, 6), Some(first));
        assert_eq!(code_of(duty.does(again)), "MTG-001", "a plan is carried on once");
        let due: Vec<Option<Moment>> =
            tasks(world).iter().map(|kept| kept.content.due.as_ref().map(|due| due.until)).collect();
        assert_eq!(due.iter().flatten().count(), 1, "where no day was said none is invented");
        world.assert_well();
    });
}

/// Rule 9: the same form twice changes nothing.
#[test]
fn a_form_sent_twice_is_one_meeting() {
    on_both_engines(|world| {
        let clerk = world.a(Role::Clerk);
        let key = desk::IdempotencyKey::new("meeting-0001");
        let first = clerk.does(KeepMeeting { key: key.clone(), ..meeting(world) }).unwrap();
        let second = clerk.does(KeepMeeting { key, ..meeting(world) }).unwrap();
        assert_eq!(first, second);
        assert_eq!(look(&clerk, seen::meetings::meetings).unwrap().held.len(), 1);
    });
}
