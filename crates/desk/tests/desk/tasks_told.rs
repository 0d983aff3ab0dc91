//! Who is told of tasks: reminders, stand-ins, the digest of the morning (DT05, DT06), what is made known to all (DT09)
//! and what is reported to several levels at once (DT11).

use desk::letters::digest::TaskDigest;
use desk::letters::incident::Level;
use desk::letters::task::TaskId;
use desk::letters::watch::watch;
use desk::operations::appoint::NoteAbsence;
use desk::operations::bodies::end_post::EndPost;
use desk::operations::tasks::hand_task::HandTask;
use desk::operations::tasks::note_read::NoteRead;
use desk::operations::tasks::note_seen::NoteSeen;
use desk::operations::tasks::report_incident::ReportIncident;
use desk::operations::tasks::spread_letter::SpreadLetter;
use desk::record;
use desk::rights::Role;
use desk::views::tasks::known::{incidents, spread, spreads};
use desk::{Failure, IdempotencyKey};
use jiff::civil::date;
use place::body::{Absence, BodyKind, BodyLevel, PostKind};
use place::{BodyId, PersonId};
use quantity::Span;

use crate::common::{Person, World, code_of, on_both_engines};
use crate::rules::{told, with_people};
use crate::tasks::{LAST_DAY, given, letter, words};

fn look(world: &World) {
    watch(&world.office, world.province).expect("watches");
}

fn person(someone: &Person<'_>, task: TaskId, name: &str) -> PersonId {
    someone.task(task).unwrap().staff.iter().find(|one| one.name == name).unwrap().person
}

/// Three days before, once however often the watch looks, not at night, not after it was handed in.
#[test]
fn a_step_is_told_once() {
    on_both_engines(|world| {
        let place = with_people(world, "TTYT Bãi Bồi");
        let task = given(&place, Some(LAST_DAY));
        for _ in 0..3 {
            look(world);
            world.pass(Span::minutes(16));
        }
        let first = told(world, task.0);
        assert_eq!(first.len(), 1, "{first:?}");
        assert!(first[0].0 == "Lê Thị Mận" && first[0].1.contains("còn 3 ngày"), "{first:?}");
        world.pass(Span::hours(14));
        look(world);
        assert_eq!(told(world, task.0).len(), 1, "nobody is woken");
        world.pass(Span::hours(34));
        look(world);
        assert!(told(world, task.0)[1].1.contains("còn 1 ngày"));
        let officer = world.officer_of(&place);
        officer.proves(task, words("đã xong")).unwrap();
        officer.hands_in(task).unwrap();
        world.pass(Span::days(3));
        look(world);
        assert_eq!(told(world, task.0).len(), 2, "what was handed in waits for the leader");
        world.assert_well();
    });
}

/// None goes to somebody who is away or has left: who stands in gets it, and the task keeps that.
#[test]
fn who_is_away_or_has_left_is_not_told() {
    on_both_engines(|world| {
        let place = with_people(world, "TTYT Bãi Bồi");
        let task = given(&place, Some(LAST_DAY));
        let officer = world.officer_of(&place);
        let holder = person(&officer, task, "Trần Văn Ổi");
        let hand = |although_away| HandTask {
            key: None,
            task,
            person: Some(holder),
            name: String::new(),
            reason: String::new(),
            although_away,
        };
        let body = BodyId::from(place.id);
        let away = |person| NoteAbsence { body, absence: Absence { person, from: world.now(), to: None } };
        world.desk().does(away(holder)).unwrap();
        let refused = officer.does(hand(false)).unwrap_err();
        assert!(format!("{refused:?}").contains("Lê Thị Mận"), "who stands in is named: {refused:?}");
        officer.does(hand(true)).unwrap();
        look(world);
        let to = |text: &str| -> Vec<String> {
            told(world, task.0).into_iter().filter(|(_, said)| said.contains(text)).map(|(name, _)| name).collect()
        };
        assert_eq!(to("còn 3 ngày"), ["Lê Thị Mận"]);
        let said = told(world, task.0).pop().unwrap().1;
        assert!(said.contains("thay Trần Văn Ổi"), "{said}");
        let kept = officer.task(task).unwrap().kept.content.life.reminded.pop().unwrap();
        assert_eq!((kept.to.as_str(), kept.instead_of.as_str()), ("Lê Thị Mận", "Trần Văn Ổi"));
        // The head goes on leave too: the deputy gets the next one.
        let head = person(&officer, task, "Lê Thị Mận");
        world.desk().does(away(head)).unwrap();
        world.pass(Span::days(2));
        look(world);
        assert_eq!(to("còn 1 ngày"), ["Võ Văn Me"]);
        let province = world.province;
        let posts = world.office.look_blocking(|_, c| Ok(store::register::appointments(c, province)?)).unwrap();
        let appointment = posts.into_iter().find(|row| row.person == holder).unwrap().id;
        world.desk().does(EndPost { key: None, appointment, at: None }).unwrap();
        assert_eq!(code_of(officer.does(hand(true))), "TSK-006", "who has left gets nothing new");
    });
}

/// The digest goes out once a morning, and not where there is nothing to say.
#[test]
fn the_digest_is_sent_once_a_morning() {
    on_both_engines(|world| {
        let department = world.facility("Sở Y tế").being(BodyKind::HealthDepartment, BodyLevel::Province).with_post(
            PostKind::Head,
            "Phạm Văn Đước",
            "0297 3 000 009",
        );
        let mut operation = department.operation();
        operation.facility = None;
        world.program().does(operation).unwrap();
        look(world);
        let digests = || {
            let province = world.province;
            world.office.look_blocking(|_, c| record::newest::<TaskDigest>(c, province, 9)).unwrap()
        };
        assert!(digests().is_empty(), "nothing to say");
        let place = with_people(world, "TTYT Bãi Bồi");
        given(&place, Some(date(2026, 11, 22)));
        for _ in 0..6 {
            world.pass(Span::hours(5));
            look(world);
        }
        let sent = digests();
        assert_eq!(sent.len(), 2, "22/11 and 23/11");
        assert_eq!((sent[0].content.overdue, sent[0].content.to.as_slice()), (1, &["Phạm Văn Đước".to_owned()][..]));
        assert!(told(world, sent[0].id.0)[0].1.contains("1 quá hạn"));
    });
}

/// DT09: read-acknowledgements by unit; the list grows, a repeated list changes nothing, others see nothing.
#[test]
fn a_letter_is_made_known_person_by_person() {
    on_both_engines(|world| {
        let place = with_people(world, "TTYT Bãi Bồi");
        let other = world.facility("BV Cửa Sông").register();
        let body = BodyId::from(place.id);
        let (of, _) = letter(world, &[body], None);
        let officer = world.officer_of(&place);
        let begin = |staff: &str| SpreadLetter { key: None, letter: of, body, staff: staff.to_owned() };
        assert_eq!(code_of(officer.does(begin(" \n"))), "TSK-009");
        assert!(matches!(world.officer_of(&other).does(begin("A")), Err(Failure::NotFound)));
        let id = officer.does(begin("Lê Thị Mận; Khoa Nội\nTrần Văn Ổi; Khoa Nội\nVõ Văn Me; Khoa Nhi")).unwrap();
        assert_eq!(officer.does(begin("Ngô Thị Sen; Khoa Nhi\nTrần Văn Ổi; Khoa Nội")).unwrap(), id, "one list");
        let note = |names: &str, meeting: &str| NoteRead {
            key: IdempotencyKey::new(names),
            spread: id,
            names: names.to_owned(),
            meeting: meeting.to_owned(),
            at: None,
            list: None,
        };
        let noted = officer.does(note("TRAN VAN OI\nNgười Lạ", "Giao ban 22/11")).unwrap();
        assert_eq!((noted.noted, noted.unknown), (1, vec!["Người Lạ".to_owned()]));
        officer.does(note("Ngô Thị Sen", "")).unwrap();
        let see = |actor: &desk::Actor| world.office.look_blocking(|o, c| spread(o, c, actor, id));
        let (kept, _) = see(&officer.actor).unwrap();
        assert_eq!(kept.content.by_unit(), [("Khoa Nội".to_owned(), 1, 2), ("Khoa Nhi".to_owned(), 1, 2)]);
        assert!(matches!(see(&world.officer_of(&other).actor), Err(Failure::NotFound)));
        let list = |actor: &desk::Actor| world.office.look_blocking(|o, c| spreads(o, c, actor)).unwrap();
        assert_eq!((list(&officer.actor).lines.len(), list(&officer.actor).letters.len()), (1, 1));
        assert!(list(&world.officer_of(&other).actor).lines.is_empty());
        world.assert_well();
    });
}

/// DT11: one report to several levels, each with its own stamps; a body does not answer for the levels above.
#[test]
fn an_incident_has_a_stamp_for_each_level() {
    on_both_engines(|world| {
        let place = with_people(world, "TTYT Bãi Bồi");
        let other = world.facility("BV Cửa Sông").register();
        let officer = world.officer_of(&place);
        let report = |words: &str, levels: &[Level]| ReportIncident {
            key: None,
            body: BodyId::from(place.id),
            words: words.to_owned(),
            happened_at: Some(world.now() - Span::minutes(20)),
            levels: levels.to_vec(),
        };
        assert_eq!(code_of(officer.does(report("", &[Level::Province]))), "TSK-009");
        assert_eq!(code_of(officer.does(report("rò van", &[]))), "TSK-009");
        assert!(matches!(world.officer_of(&other).does(report("x", &[Level::City])), Err(Failure::NotFound)));
        let incident = officer.does(report("rò van bồn số 1", &[Level::Province, Level::District])).unwrap();
        world.pass(Span::minutes(9));
        let seen = |level, by: &str| NoteSeen { key: None, incident, level, by: by.to_owned() };
        assert!(matches!(officer.does(seen(Level::Province, "x")), Err(Failure::Forbidden(_))));
        assert!(matches!(world.a(Role::Observer).does(seen(Level::Province, "")), Err(Failure::Forbidden(_))));
        officer.does(seen(Level::District, "Nguyễn Thị Me")).unwrap();
        world.a(Role::Leader).does(seen(Level::Province, "")).unwrap();
        assert_eq!(code_of(officer.does(seen(Level::District, "ai nữa"))), "TSK-012");
        let found = world.office.look_blocking(|o, c| incidents(o, c, &officer.actor)).unwrap();
        let kept = &found.lines[0].content;
        let spans: Vec<Span> = kept.levels.iter().map(|level| level.seen.as_ref().unwrap().0 - level.sent_at).collect();
        assert_eq!(spans, [Span::minutes(9), Span::minutes(9)]);
        let others = world.office.look_blocking(|o, c| incidents(o, c, &world.officer_of(&other).actor)).unwrap();
        assert!(others.lines.is_empty());
    });
}
