//! Rules of the office with their day (DT05), officers by field (DT07), receipts (DT08), messages once it is confirmed.

use desk::alarms::records::Message;
use desk::letters::field::OfficerFieldId;
use desk::letters::receipt::{By, Way};
use desk::letters::task::TaskId;
use desk::letters::watch::watch;
use desk::office_rules::rules_on;
use desk::operations::appoint::NoteAbsence;
use desk::operations::bodies::end_post::EndPost;
use desk::operations::rules::adopt_office_rules::{AdoptOfficeRules, Chosen};
use desk::operations::rules::appoint_in_field::AppointInField;
use desk::operations::rules::end_in_field::EndInField;
use desk::operations::rules::note_opened::NoteOpened;
use desk::operations::rules::note_receipt::NoteReceipt;
use desk::operations::tasks::hand_task::HandTask;
use desk::record;
use desk::rights::Role;
use desk::views::rules::fields::{field, fields};
use desk::views::rules::office::office_rules;
use desk::views::rules::receipts::{Receipts, receipt_file, receipts};
use desk::{Actor, Failure, Outcome};
use jiff::civil::{Date, date};
use place::body::{Absence, PostKind};
use place::{BodyId, PersonId};
use protocol::OfficeRules;
use quantity::{Id, Span};

use crate::common::{Person, Place, World, code_of, on_both_engines};
use crate::tasks::{LAST_DAY, given, letter};

/// Tomorrow of the world's first day, a Monday.
const MONDAY: Date = date(2026, 11, 23);

pub fn with_people<'w>(world: &'w World, name: &str) -> Place<'w> {
    world
        .facility(name)
        .with_post(PostKind::Head, "Lê Thị Mận", "0297 3 000 001")
        .with_post(PostKind::Deputy, "Võ Văn Me", "0297 3 000 002")
        .with_post(PostKind::FocalOfficer, "Trần Văn Ổi", "0297 3 000 003")
        .register()
}

pub fn told(world: &World, about: Id) -> Vec<(String, String)> {
    let province = world.province;
    let found = world.office.look_blocking(|_, c| record::of_owner::<Message>(c, province, about, 50)).expect("reads");
    found.into_iter().rev().map(|kept| (kept.content.name, kept.content.text)).collect()
}

fn adopt(from: Date, chosen: Chosen, decision: &str) -> AdoptOfficeRules {
    let (decision, decided_by) = (decision.to_owned(), "Giám đốc Sở".to_owned());
    AdoptOfficeRules { key: None, from, chosen, decision, decided_by, simulated: false }
}

fn own(change: impl FnOnce(&mut OfficeRules)) -> Chosen {
    let mut rules = OfficeRules::shipped().expect("is shipped");
    change(&mut rules);
    Chosen::Own(Box::new(rules))
}

/// DT05: an office takes a version over from a day on; nothing counts backwards, every day keeps its own rules.
#[test]
fn rules_count_from_their_day_on() {
    on_both_engines(|world| {
        let leader = world.a(Role::Leader);
        let strict = || Chosen::Shipped("office.tasks/decision-42".to_owned());
        assert!(matches!(world.desk().does(adopt(MONDAY, strict(), "1/QĐ-SYT")), Err(Failure::Forbidden(_))));
        assert_eq!(code_of(leader.does(adopt(date(2026, 11, 22), strict(), "1/QĐ-SYT"))), "RUL-001");
        assert_eq!(code_of(leader.does(adopt(MONDAY, strict(), " "))), "RUL-002");
        let bad = own(|rules| rules.reminders.steps = vec![3, 1]);
        assert_eq!(code_of(leader.does(adopt(MONDAY, bad, "1/QĐ-SYT"))), "RUL-003");
        assert_eq!(code_of(leader.does(adopt(MONDAY, Chosen::Shipped("x".into()), "1/QĐ-SYT"))), "RUL-004");
        leader.does(adopt(MONDAY, strict(), "1/QĐ-SYT")).unwrap();
        leader.does(adopt(date(2026, 12, 1), own(|rules| rules.obstacles.answer_days = 1), "2/QĐ-SYT")).unwrap();
        let on = |day| world.office.look_blocking(|_, c| rules_on(c, world.province, day)).unwrap();
        assert_eq!(on(date(2026, 11, 22)).id, "office.tasks/working-1");
        assert_eq!(
            (on(MONDAY).id.as_str(), on(date(2026, 11, 30)).entry.closing_hour),
            ("office.tasks/decision-42", 24)
        );
        let own = on(date(2026, 12, 5));
        assert_eq!((own.id.as_str(), own.obstacles.answer_days), ("office.own/2026-12-01", 1));
        assert!(own.entry.source == "2/QĐ-SYT" && !own.entry.unconfirmed);
        let seen = world.office.look_blocking(|o, c| office_rules(o, c, &leader.actor)).unwrap();
        assert!(seen.by.is_none() && seen.may_adopt && seen.adopted.len() == 2 && seen.shipped.len() == 2);
        // A day that has not come is decided otherwise; once it has come, it stays.
        leader.does(adopt(MONDAY, own_again(), "3/QĐ-SYT")).unwrap();
        world.pass(Span::days(1));
        assert_eq!(code_of(leader.does(adopt(MONDAY, strict(), "4/QĐ-SYT"))), "RUL-001");
        let seen = world.office.look_blocking(|o, c| office_rules(o, c, &world.a(Role::Clerk).actor)).unwrap();
        assert_eq!(seen.by.unwrap().content.decision, "3/QĐ-SYT");
        assert!(!seen.may_adopt);
        world.assert_well();
    });
}

fn own_again() -> Chosen {
    own(|rules| rules.reminders.steps = vec![-2, 0])
}

/// DT05: reminders follow the rules of the day: working days only, where the office chose so.
#[test]
fn reminders_follow_the_rules_of_the_day() {
    on_both_engines(|world| {
        let place = with_people(world, "TTYT Bãi Bồi");
        world.a(Role::Leader).does(adopt(MONDAY, own_again(), "1/QĐ-SYT")).unwrap();
        let task = given(&place, Some(LAST_DAY));
        let reminded = || told(world, task.0).iter().filter(|(_, text)| text.contains("còn ")).count();
        watch(&world.office, world.province).unwrap();
        assert_eq!(reminded(), 1, "three days before, by the rules of the Sunday");
        world.pass(Span::hours(24));
        watch(&world.office, world.province).unwrap();
        assert_eq!(reminded(), 2, "two days before, by those of the Monday");
        world.pass(Span::hours(24));
        watch(&world.office, world.province).unwrap();
        assert_eq!(reminded(), 2, "nothing on the day before any more");
    });
}

fn receipts_of(world: &World, actor: &Actor) -> Outcome<Receipts> {
    world.office.look_blocking(|o, c| receipts(o, c, actor, None))
}

/// Once it is confirmed each head gets one message, whatever the number of tasks; before it nobody gets any. Who is away
/// is stood in for and it is said.
#[test]
fn one_message_a_person_once_it_is_confirmed() {
    on_both_engines(|world| {
        let near = with_people(world, "TTYT Bãi Bồi");
        let far = world.facility("BV Cửa Sông").with_post(PostKind::Head, "Ngô Thị Sen", "0297 3 000 009").register();
        let nobody = world.facility("TYT Không Người").register();
        let head = person(&world.officer_of(&near), given(&near, None), "Lê Thị Mận");
        let away =
            NoteAbsence { body: BodyId::from(near.id), absence: Absence { person: head, from: world.now(), to: None } };
        world.desk().does(away).unwrap();
        world.pass(Span::minutes(1));
        let bodies = [&near, &far, &nobody].map(|place| BodyId::from(place.id));
        let (id, tasks) = letter(world, &bodies, Some(LAST_DAY));
        let mut messages = told(world, id.0);
        messages.sort_by_key(|(name, _)| name != "Võ Văn Me");
        let names: Vec<&str> = messages.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["Võ Văn Me", "Ngô Thị Sen"], "the deputy of who is away, nobody for whom there is nobody");
        assert!(messages[0].1.contains("thay Lê Thị Mận"), "{messages:?}");
        assert!(!messages[0].1.contains("Trân trọng"), "the thanks of a letter are no order: {messages:?}");
        assert!(messages[1].1.contains("hạn sớm nhất ngày 25/11/2026"), "{messages:?}");
        let given = world.officer_of(&near).task(tasks[0]).unwrap().kept.content.life.given.unwrap();
        assert_eq!((given.to.as_str(), given.instead_of.as_str()), ("Võ Văn Me", "Lê Thị Mận"));
        let seen = receipts_of(world, &world.desk().actor).unwrap();
        let none = seen.lines.iter().find(|line| line.body_name == "TYT Không Người").unwrap();
        assert!(none.way == Way::Nobody && none.call.is_none() && none.told.is_none());
        world.assert_well();
    });
}

pub fn person(someone: &Person<'_>, task: TaskId, name: &str) -> PersonId {
    someone.task(task).expect("is there").staff.iter().find(|one| one.name == name).expect("is staff").person
}

/// A reassignment is told to the old and the new one; who has left meanwhile is told nothing.
#[test]
fn a_reassignment_is_noticed_by_both() {
    on_both_engines(|world| {
        let place = with_people(world, "TTYT Bãi Bồi");
        let task = given(&place, Some(LAST_DAY));
        let officer = world.officer_of(&place);
        let hand = |name: &str| {
            let person = Some(person(&officer, task, name));
            HandTask { key: None, task, person, name: String::new(), reason: String::new(), although_away: false }
        };
        officer.does(hand("Trần Văn Ổi")).unwrap();
        officer.does(hand("Võ Văn Me")).unwrap();
        // What is written at one moment stands in no order.
        let names = || {
            let mut names: Vec<String> = told(world, task.0).into_iter().map(|(name, _)| name).collect();
            names.sort();
            names
        };
        assert_eq!(names(), ["Trần Văn Ổi", "Trần Văn Ổi", "Võ Văn Me"]);
        let (province, me) = (world.province, person(&officer, task, "Võ Văn Me"));
        let posts = world.office.look_blocking(|_, c| Ok(store::register::appointments(c, province)?)).unwrap();
        let appointment = posts.into_iter().find(|row| row.person == me).unwrap().id;
        world.desk().does(EndPost { key: None, appointment, at: None }).unwrap();
        world.pass(Span::minutes(1));
        officer.does(hand("Lê Thị Mận")).unwrap();
        assert_eq!(names(), ["Lê Thị Mận", "Trần Văn Ổi", "Trần Văn Ổi", "Võ Văn Me"], "who has left is told nothing");
    });
}

/// DT08: sent, opened by an account, noted by telephone or paper, taken up; what nobody has for too long stands first
/// and is asked for once.
#[test]
fn who_has_not_received_it_stands_first() {
    on_both_engines(|world| {
        let near = with_people(world, "TTYT Bãi Bồi");
        let far = world.facility("BV Cửa Sông").with_post(PostKind::Head, "Ngô Thị Sen", "0297 3 000 009").register();
        let third = world.facility("TYT Gò").with_post(PostKind::Head, "Danh Văn Gò", "0297 3 000 010").register();
        let bodies = [&near, &far, &third].map(|place| BodyId::from(place.id));
        let (id, tasks) = letter(world, &bodies, Some(LAST_DAY));
        let clerk = world.a(Role::Clerk);
        let all = || receipts_of(world, &clerk.actor).unwrap();
        assert_eq!((all().late(), all().lines.len()), (0, 3));
        assert!(all().lines.iter().all(|line| line.way == Way::Sent));
        let officer = world.officer_of(&near);
        assert!(officer.task(tasks[0]).unwrap().is_first_look);
        officer.does(NoteOpened { task: tasks[0] }).unwrap();
        officer.does(NoteOpened { task: tasks[0] }).unwrap();
        assert!(!officer.task(tasks[0]).unwrap().is_first_look);
        assert!(matches!(officer.does(NoteOpened { task: tasks[1] }), Err(Failure::NotFound)));
        let note = |tasks: Vec<TaskId>, who: &str, by| NoteReceipt {
            key: None,
            tasks,
            who: who.to_owned(),
            by,
            at: None,
            note: "sổ giao 14".to_owned(),
            file: (by == By::Paper)
                .then(|| ("phieu.pdf".to_owned(), desk::operations::command::Attached::new(b"%PDF-1.4 x".to_vec()))),
        };
        assert_eq!(code_of(clerk.does(note(vec![tasks[1]], " ", By::Call))), "RUL-010");
        assert_eq!(code_of(clerk.does(note(vec![tasks[1]], "x", By::Account))), "RUL-015");
        assert!(matches!(officer.does(note(vec![tasks[0]], "x", By::Call)), Err(Failure::Forbidden(_))));
        clerk.does(note(vec![tasks[1]], "Ngô Thị Sen, Giám đốc", By::Paper)).unwrap();
        let file =
            |actor: &Actor, place| world.office.look_blocking(|o, c| receipt_file(o, c, actor, (tasks[1], place)));
        assert_eq!(file(&clerk.actor, 0).unwrap().2, b"%PDF-1.4 x", "the signed receipt is kept");
        assert!(matches!(file(&clerk.actor, 1), Err(Failure::NotFound)));
        assert!(matches!(file(&officer.actor, 0), Err(Failure::NotFound)), "another body's");
        // Given out on a Sunday: it counts from Monday morning, and is asked for once.
        let asked = || told(world, id.0).iter().filter(|(_, text)| text.contains("chưa ai mở")).count();
        world.pass(Span::hours(24));
        watch(&world.office, world.province).unwrap();
        assert_eq!((all().late(), asked()), (0, 0), "Monday morning");
        world.pass(Span::hours(8));
        for _ in 0..3 {
            watch(&world.office, world.province).unwrap();
            world.pass(Span::minutes(16));
        }
        let seen = all();
        assert_eq!((seen.late(), asked()), (1, 1));
        assert_eq!(seen.lines[0].body_name, "TYT Gò");
        assert!(seen.lines[0].late && seen.lines[0].asked_at.is_some());
        let way = |name: &str| seen.lines.iter().find(|line| line.body_name == name).unwrap().way;
        assert_eq!((way("TTYT Bãi Bồi"), way("BV Cửa Sông")), (Way::Opened, Way::Reached));
        let own = receipts_of(world, &officer.actor).unwrap();
        assert_eq!(own.lines.len(), 1, "each sees his own body");
        let of_letter = |actor: &Actor| world.office.look_blocking(|o, c| receipts(o, c, actor, Some(id)));
        assert_eq!(of_letter(&clerk.actor).unwrap().lines.len(), 3);
        assert!(matches!(
            of_letter(&world.officer_of(&world.facility("BV Khác").register()).actor),
            Err(Failure::NotFound)
        ));
        world.assert_well();
    });
}

fn appoint(place: &Place<'_>, person: PersonId, code: &str) -> AppointInField {
    AppointInField {
        key: None,
        body: BodyId::from(place.id),
        person,
        code: code.to_owned(),
        field: String::new(),
        words: String::new(),
        post: "Phó Giám đốc".to_owned(),
        from: date(2026, 11, 1),
        paper: "12/QĐ".to_owned(),
        simulated: false,
    }
}

/// DT07: an officer has a field from a day to a day; a task of that field proposes him while he is there, his stand-in
/// while he is away, and nobody where two fit.
#[test]
fn an_officer_in_charge_is_proposed() {
    on_both_engines(|world| {
        let place = with_people(world, "TTYT Bãi Bồi");
        let task = given(&place, Some(LAST_DAY));
        let (officer, desk) = (world.officer_of(&place), world.desk());
        let who = |name: &str| person(&officer, task, name);
        let (me, oi) = (who("Võ Văn Me"), who("Trần Văn Ổi"));
        assert!(matches!(officer.does(appoint(&place, me, "oxygen")), Err(Failure::Forbidden(_))));
        assert_eq!(code_of(desk.does(appoint(&place, me, "no-field"))), "RUL-005");
        let stranger = PersonId(Id::from_bytes([3; 16]));
        assert_eq!(code_of(desk.does(appoint(&place, stranger, "oxygen"))), "RUL-006");
        let id = desk.does(appoint(&place, me, "oxygen")).unwrap();
        assert_eq!(code_of(desk.does(appoint(&place, me, "oxygen"))), "RUL-008");
        assert_eq!(officer.task(task).unwrap().in_charge_now, Some(me));
        let seen = |actor: &Actor| world.office.look_blocking(|o, c| fields(o, c, actor)).unwrap();
        assert_eq!((seen(&officer.actor).lines[0].tasks, seen(&officer.actor).candidates.len()), (1, 0));
        assert!(seen(&desk.actor).candidates.len() >= 3);
        let other = world.officer_of(&world.facility("BV Khác").register());
        assert!(seen(&other.actor).lines.is_empty());
        let one = |actor: &Actor, id: OfficerFieldId| world.office.look_blocking(|o, c| field(o, c, actor, id));
        assert_eq!(one(&officer.actor, id).unwrap().tasks.len(), 1);
        assert!(matches!(one(&other.actor, id), Err(Failure::NotFound)));
        // Away: who stands in is proposed.
        let absence = Absence { person: me, from: world.now(), to: None };
        desk.does(NoteAbsence { body: BodyId::from(place.id), absence }).unwrap();
        world.pass(Span::minutes(1));
        let proposed = officer.task(task).unwrap();
        assert_eq!(proposed.in_charge_now, Some(who("Lê Thị Mận")));
        assert!(proposed.in_charge[0].away);
        // Two fit: both are named, none is proposed.
        let second = desk.does(appoint(&place, oi, "oxygen")).unwrap();
        let both = officer.task(task).unwrap();
        assert_eq!((both.in_charge.len(), both.in_charge_now), (2, None));
        assert_eq!(code_of(desk.does(EndInField { key: None, field: id, on: date(2026, 10, 1) })), "RUL-007");
        desk.does(EndInField { key: None, field: id, on: date(2026, 11, 21) }).unwrap();
        assert_eq!(code_of(desk.does(EndInField { key: None, field: id, on: date(2026, 11, 22) })), "RUL-009");
        assert_eq!(officer.task(task).unwrap().in_charge_now, Some(oi));
        assert_eq!(seen(&desk.actor).others.len(), 1, "what ended stays on record");
        assert_eq!(one(&desk.actor, second).unwrap().tasks.len(), 1);
        world.assert_well();
    });
}
