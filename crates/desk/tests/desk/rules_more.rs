//! Attendance lists of meetings (DT09), open tasks of letters that newer ones change (DT14), the Party's notice (DT13).

use desk::letters::directive::DirectiveId;
use desk::letters::instruction::Becomes;
use desk::letters::intake::Incoming;
use desk::letters::task::{Stage, TaskId};
use desk::operations::command::Attached;
use desk::operations::letters::confirm::ConfirmLetter;
use desk::operations::letters::take_in::TakeIn;
use desk::operations::rules::choose_instruction::ChooseInstruction;
use desk::operations::rules::take_attendance::TakeAttendance;
use desk::operations::steering::meetings::add_conclusions::AddConclusions;
use desk::operations::steering::meetings::confirm_meeting::ConfirmMeeting;
use desk::operations::steering::meetings::keep_meeting::KeepMeeting;
use desk::operations::tasks::note_read::NoteRead;
use desk::operations::tasks::spread_letter::SpreadLetter;
use desk::rights::Role;
use desk::steering::meeting::MeetingId;
use desk::views::letters::letter as letter_page;
use desk::views::rules::attendance::{attendance, list_file, spread_file};
use desk::views::rules::instructions::old_tasks;
use desk::views::steering::meetings::{PartyIssuer, party_notice};
use desk::views::tasks::known::spread;
use desk::{Failure, record};
use jiff::civil::date;
use place::BodyId;
use place::body::PostKind;

use crate::common::{Place, World, code_of, on_both_engines};
use crate::rules::told;
use crate::tasks::letter;

fn hospital<'w>(world: &'w World, name: &str, head: &str, phone: &str) -> Place<'w> {
    world.facility(name).with_post(PostKind::Head, head, phone).register()
}

fn meeting(world: &World) -> MeetingId {
    let keep = KeepMeeting {
        key: None,
        meeting: None,
        subject: "Họp giao ban oxy".to_owned(),
        held_at: world.now(),
        place: "Sở Y tế".to_owned(),
        chair: "Thường trực Tỉnh ủy".to_owned(),
        attendees: String::new(),
        assessment: String::new(),
        simulated: false,
    };
    world.a(Role::Clerk).does(keep).expect("keeps")
}

fn people(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter().map(|(name, unit)| ((*name).to_owned(), (*unit).to_owned())).collect()
}

/// DT09: the list of a meeting is matched with the registers, kept as it came, and counts for the letters made known
/// there; who is on no list, or on two, is told and not guessed.
#[test]
fn an_attendance_list_counts_for_letters_made_known() {
    on_both_engines(|world| {
        let near = hospital(world, "TTYT Bãi Bồi", "Lê Thị Mận", "0297 3 000 001");
        let far = hospital(world, "BV Cửa Sông", "Ngô Thị Sen", "0297 3 000 002");
        let bodies = [&near, &far].map(|place| BodyId::from(place.id));
        let (of, _) = letter(world, &bodies, None);
        let begin = |body, staff: &str| SpreadLetter { key: None, letter: of, body, staff: staff.to_owned() };
        let first = world.officer_of(&near).does(begin(bodies[0], "Lê Thị Mận; Khoa Nội\nVõ Me; Khoa Nội")).unwrap();
        let second = world.officer_of(&far).does(begin(bodies[1], "Ngô Thị Sen\nVõ Me")).unwrap();
        let meeting = meeting(world);
        let csv = b"Ho va ten,Don vi\n".to_vec();
        let take = |list: &[(&str, &str)]| TakeAttendance {
            key: None,
            meeting,
            people: people(list),
            list: Some(("có mặt.csv".to_owned(), Attached::new(csv.clone()))),
            letters: vec![of],
        };
        let clerk = world.a(Role::Clerk);
        assert_eq!(code_of(clerk.does(take(&[]))), "RUL-012");
        assert!(matches!(world.officer_of(&near).does(take(&[("A", "")])), Err(Failure::Forbidden(_))));
        let came = [("LÊ THỊ MẬN", ""), ("Võ Me", ""), ("Người Lạ", ""), ("Ngô Thị Sen", "BV Cửa Sông")];
        clerk.does(take(&came)).unwrap();
        let seen = world.office.look_blocking(|o, c| attendance(o, c, &clerk.actor, meeting)).unwrap();
        let list = &seen.lists[0].content;
        let known: Vec<(bool, bool)> =
            list.people.iter().map(|one| (one.person.is_some(), one.body.is_some())).collect();
        assert_eq!(known, [(true, false), (false, false), (false, false), (true, true)]);
        let noted = &list.letters[0].noted;
        assert_eq!((noted.noted, noted.unknown.len()), (2, 1));
        assert_eq!(noted.several, ["Võ Me"], "two bodies have him: nobody is guessed");
        let count = |actor: &desk::Actor, id| {
            world.office.look_blocking(|o, c| spread(o, c, actor, id)).unwrap().0.content.count()
        };
        assert_eq!((count(&clerk.actor, first), count(&clerk.actor, second)), ((1, 2), (1, 2)));
        clerk.does(take(&[("Võ Me", "Khoa Nội")])).unwrap();
        assert_eq!(count(&clerk.actor, first), (2, 2));
        let (name, kind, bytes) =
            world.office.look_blocking(|o, c| list_file(o, c, &clerk.actor, (meeting, 0))).unwrap();
        assert_eq!((name.as_str(), kind.as_str(), bytes), ("có mặt.csv", "text/csv", csv.clone()));
        assert!(seen.letters[0].2 == 2);
        world.assert_well();
    });
}

/// DT09: a picture of a signed list is kept as evidence, its names are typed beside it.
#[test]
fn a_picture_of_a_list_needs_its_names_typed() {
    on_both_engines(|world| {
        let near = hospital(world, "TTYT Bãi Bồi", "Lê Thị Mận", "0297 3 000 001");
        let body = BodyId::from(near.id);
        let (of, _) = letter(world, &[body], None);
        let officer = world.officer_of(&near);
        let staff = "Lê Thị Mận\nVõ Me".to_owned();
        let id = officer.does(SpreadLetter { key: None, letter: of, body, staff }).unwrap();
        let note = |names: &str, bytes: &[u8]| NoteRead {
            key: None,
            spread: id,
            names: names.to_owned(),
            meeting: "Giao ban".to_owned(),
            at: None,
            list: Some(("ký tên.jpg".to_owned(), Attached::new(bytes.to_vec()))),
        };
        assert_eq!(code_of(officer.does(note("", &[0xff, 0xd8, 0xff, 1]))), "RUL-012");
        assert_eq!(code_of(officer.does(note("Võ Me", &[0, 1, 2]))), "RUL-014");
        officer.does(note("Võ Me", &[0xff, 0xd8, 0xff, 1])).unwrap();
        let (kept, _) = world.office.look_blocking(|o, c| spread(o, c, &officer.actor, id)).unwrap();
        assert_eq!((kept.content.count(), kept.content.lists.len()), ((1, 2), 1));
        let file = |actor: &desk::Actor| world.office.look_blocking(|o, c| spread_file(o, c, actor, (id, 0)));
        assert_eq!(file(&officer.actor).unwrap().1, "image/jpeg");
        let other = world.officer_of(&hospital(world, "BV Khác", "X Y", "0297 3 000 003"));
        assert!(matches!(file(&other.actor), Err(Failure::NotFound)));
    });
}

/// A letter of the invented department that does something with another.
fn newer(world: &World, number: &str, does: &str) -> DirectiveId {
    let text = format!(
        "UBND TỈNH AN GIANG\nSỞ Y TẾ\nSố: {number}/SYT-NVY\nAn Giang, ngày 20 tháng 11 năm 2026\nV/v oxy\n\
         Kính gửi: Các đơn vị trực thuộc.\nSở Y tế {does}.\n1. Báo cáo về Sở Y tế.\nTrân trọng./.\nGIÁM ĐỐC\nPhạm Văn Đước\n"
    );
    let incoming = Incoming::read(text).expect("reads");
    world
        .a(Role::Clerk)
        .does(TakeIn { key: None, incoming, file: None, party_word: false, simulated: false })
        .expect("takes in")
}

fn number_of(world: &World, id: DirectiveId) -> String {
    let kept = world.office.look_blocking(|_, c| record::one(c, world.province, id)).expect("reads").expect("is there");
    kept.content.number.expect("has a number")
}

/// DT14: a newer letter shows at the open tasks of the old one; keep, change and end are recorded with who decided, and
/// nothing is locked.
#[test]
fn open_tasks_of_a_replaced_letter_are_kept_changed_or_ended() {
    on_both_engines(|world| {
        let places = [
            hospital(world, "TTYT Bãi Bồi", "Lê Thị Mận", "0297 3 000 001"),
            hospital(world, "BV Cửa Sông", "Ngô Thị Sen", "0297 3 000 002"),
            hospital(world, "TYT Gò", "Danh Văn Gò", "0297 3 000 003"),
        ];
        let bodies: Vec<BodyId> = places.iter().map(|place| BodyId::from(place.id)).collect();
        let (old, tasks) = letter(world, &bodies, Some(date(2026, 11, 25)));
        let number = number_of(world, old);
        let later = newer(world, "9901", &format!("thay thế Công văn số {number} ngày 16/11/2026 của Sở Y tế"));
        let unrelated = newer(world, "9902", "yêu cầu như sau");
        let leader = world.a(Role::Leader);
        let seen = || world.office.look_blocking(|o, c| old_tasks(o, c, &leader.actor, later)).unwrap();
        assert_eq!((seen().undecided, seen().older.len(), seen().older[0].tasks.len()), (3, 1, 3));
        let at_task = |task: TaskId| leader.task(task).unwrap().together;
        assert_eq!((at_task(tasks[0]).undecided.len(), at_task(tasks[0]).pairs.len()), (1, 1));
        let choose = |later, task: TaskId, becomes, decider: &str| ChooseInstruction {
            key: None,
            later,
            tasks: vec![task],
            becomes,
            last_day: Some(date(2026, 12, 4)),
            decider: decider.to_owned(),
            words: "theo văn bản mới".to_owned(),
        };
        assert_eq!(code_of(leader.does(choose(later, tasks[0], Becomes::Keep, ""))), "RUL-011");
        assert!(matches!(leader.does(choose(unrelated, tasks[0], Becomes::End, "A")), Err(Failure::NotFound)));
        assert!(matches!(
            world.a(Role::Clerk).does(choose(later, tasks[0], Becomes::End, "A")),
            Err(Failure::Forbidden(_))
        ));
        let who = "Phạm Văn Đước, Giám đốc";
        leader.does(choose(later, tasks[0], Becomes::Keep, who)).unwrap();
        leader.does(choose(later, tasks[1], Becomes::Change, who)).unwrap();
        leader.does(choose(later, tasks[2], Becomes::End, who)).unwrap();
        let task = |id| leader.task(id).unwrap().kept.content;
        assert_eq!(task(tasks[0]).due.unwrap().until.date(), date(2026, 11, 25), "kept as it was");
        assert_eq!(task(tasks[1]).due.unwrap().until.date(), date(2026, 12, 4));
        assert_eq!(task(tasks[2]).stage, Stage::Dropped);
        assert_eq!(seen().undecided, 0);
        let chosen = &at_task(tasks[1]).chosen[0].content;
        assert_eq!(
            (chosen.becomes, chosen.decider.as_str(), chosen.later_number.as_str()),
            (Becomes::Change, who, "9901/SYT-NVY")
        );
        assert_eq!((told(world, tasks[0].0).len(), told(world, tasks[1].0).len()), (0, 1));
        // Nothing is locked: what was kept is ended by a later word; both stay on record.
        leader.does(choose(later, tasks[0], Becomes::End, who)).unwrap();
        assert_eq!((task(tasks[0]).stage, at_task(tasks[0]).chosen.len()), (Stage::Dropped, 2));
        assert_eq!(code_of(leader.does(choose(later, tasks[0], Becomes::Keep, who))), "RUL-015");
        world.assert_well();
    });
}

/// DT13: the Party's notice is drafted from the record of a meeting; conclusions that are given out are told once a person.
#[test]
fn a_notice_of_the_party_comes_out_of_a_meeting() {
    on_both_engines(|world| {
        let near = hospital(world, "TTYT Bãi Bồi", "Lê Thị Mận", "0297 3 000 001");
        let (meeting, clerk) = (meeting(world), world.a(Role::Clerk));
        let text = "TTYT Bãi Bồi: rà soát bồn oxy, trước ngày 30/11/2026\nTTYT Bãi Bồi: lập danh sách máy phát điện"
            .to_owned();
        clerk.does(AddConclusions { key: None, meeting, text }).unwrap();
        assert!(told(world, meeting.0).is_empty(), "nothing goes out before it is confirmed");
        clerk.does(ConfirmMeeting { key: None, meeting, version: 2 }).unwrap();
        let messages = told(world, meeting.0);
        assert_eq!(messages.len(), 1, "{messages:?}");
        assert!(messages[0].0 == "Lê Thị Mận" && messages[0].1.contains("2 việc"), "{messages:?}");
        let duty = world.desk();
        let notice =
            |issuer| world.office.look_blocking(|o, c| party_notice(o, c, &duty.actor, (meeting, issuer))).unwrap();
        let province = notice(PartyIssuer::Province);
        assert!(province.issuer.starts_with("Tỉnh ủy") && province.symbol == "TB/TU" && province.parent.is_none());
        assert!(notice(PartyIssuer::Own).symbol == "TB/ĐU");
        assert!(near.id.to_string().len() > 8);
    });
}

/// DT05, DT07: the page of a letter that waits says until when it must be entered and whom it proposes.
#[test]
fn a_letter_that_waits_says_when_it_must_be_entered() {
    on_both_engines(|world| {
        let id = newer(world, "9903", "yêu cầu như sau");
        let clerk = world.a(Role::Clerk);
        let page = world.office.look_blocking(|o, c| letter_page(o, c, &clerk.actor, id)).unwrap();
        // It came on a Sunday morning: that counts as Monday, and one working day follows.
        assert_eq!(page.enter_by, Some(date(2026, 11, 24)));
        let (version, draft) = (page.directive.version, page.directive.content.draft.clone());
        let mut draft = draft;
        draft.iter_mut().for_each(|task| task.left_out = true);
        clerk.does(ConfirmLetter { key: None, directive: id, version, fields: None, draft }).unwrap();
        let page = world.office.look_blocking(|o, c| letter_page(o, c, &clerk.actor, id)).unwrap();
        assert_eq!(page.enter_by, None);
    });
}
