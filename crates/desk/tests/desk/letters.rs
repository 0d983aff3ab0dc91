//! Letters taken in, corrected, confirmed into tasks (DT01, DT03–DT06, DT13).

use desk::letters::directive::{Directive, DirectiveId, Standing};
use desk::letters::edit;
use desk::letters::intake::Incoming;
use desk::letters::refused::Refused;
use desk::letters::task::{Stage, Task};
use desk::operations::letters::confirm::ConfirmLetter;
use desk::operations::letters::correct::{CorrectReading, Fields};
use desk::operations::letters::take_in::{File, TakeIn};
use desk::operations::letters::withdraw::WithdrawLetter;
use desk::record::Kept;
use desk::rights::Role;
use desk::views::letters::{LetterInFull, TypedTask, letter, letters, original, typed};
use desk::{Failure, IdempotencyKey, Outcome};
use jiff::civil::date;
use place::body::{BodyKind, BodyLevel, PostKind};
use quantity::Moment;

use crate::common::{World, code_of, on_both_engines};

const ORDER: &str = "UBND TỈNH AN GIANG\nSỞ Y TẾ\nSố: 812/SYT-NVY\nV/v bảo đảm oxy y tế\n\nAn Giang, ngày 20 tháng 11 năm 2026\n\n\
    Kính gửi:\n- Bệnh viện Hải Âu;\n- Trung tâm Y tế Cỏ May.\n(Sau đây gọi là các đơn vị)\n\n\
    Sở Y tế yêu cầu các đơn vị thực hiện các nội dung sau:\n\
    1. Bệnh viện Hải Âu\n- Kiểm tra bồn oxy lỏng và báo cáo Sở Y tế trước ngày 25/11/2026.\n\
    - Khẩn trương rà soát hợp đồng cung ứng oxy.\n\
    2. Trung tâm Y tế Cỏ May\n- Lập danh sách chai oxy chưa kiểm định.\n\n\
    Nơi nhận:\n- Như trên (để thực hiện);\n- Lưu: VT, NVY.\n\nGIÁM ĐỐC\n\nTrần Văn Ớt\n";

fn incoming(text: &str) -> Incoming {
    Incoming::read(text.to_owned()).expect("reads")
}

fn take(world: &World, text: &str) -> Outcome<DirectiveId> {
    let taken = TakeIn { key: None, incoming: incoming(text), file: None, party_word: false, simulated: false };
    world.a(Role::Clerk).does(taken)
}

fn full(world: &World, id: DirectiveId) -> LetterInFull {
    let actor = world.a(Role::Clerk).actor;
    world.office.look_blocking(|office, connection| letter(office, connection, &actor, id)).expect("there")
}

fn confirm(world: &World, found: &LetterInFull) -> Outcome<DirectiveId> {
    let Kept { id, version, content, .. } = found.directive.clone();
    world.a(Role::Clerk).does(ConfirmLetter { key: None, directive: id, version, fields: None, draft: content.draft })
}

fn with_bodies(world: &World) {
    world
        .facility("Bệnh viện Hải Âu")
        .being(BodyKind::GeneralHospital, BodyLevel::Province)
        .with_post(PostKind::Head, "Lê Văn Sóng", "0900000001")
        .register();
    world.facility("Trung tâm Y tế Cỏ May").being(BodyKind::MedicalCentre, BodyLevel::District).register();
}

/// DT03, DT05: nothing is a task before a person confirms; then each body has its own, until the letter's day.
#[test]
fn a_letter_becomes_tasks_when_it_is_confirmed() {
    on_both_engines(|world| {
        with_bodies(world);
        let id = take(world, ORDER).unwrap();
        let read = full(world, id);
        let content = &read.directive.content;
        assert_eq!(content.standing, Standing::Read);
        assert_eq!(content.called(), Some("812/SYT-NVY"));
        assert_eq!(content.draft.len(), 3);
        assert!(content.draft.iter().all(|task| task.owner.bodies.len() == 1), "{:?}", content.draft);
        assert!(content.tasks.is_empty() && content.arrival_number.is_none());

        confirm(world, &read).unwrap();
        let confirmed = full(world, id);
        assert_eq!(confirmed.directive.content.standing, Standing::Confirmed);
        assert_eq!(confirmed.directive.content.arrival_number, Some(1));
        let tasks: Vec<&Task> = confirmed.tasks.iter().map(|task| &task.content).collect();
        assert_eq!(tasks.len(), 3);
        let first = tasks[0];
        assert_eq!(first.body_name, "Bệnh viện Hải Âu");
        // DT06: the head of the body on that day answers for it.
        assert_eq!(first.head.as_ref().unwrap().name, "Lê Văn Sóng");
        assert_eq!(first.due.as_ref().unwrap().until.date(), date(2026, 11, 24), "«trước ngày 25/11»");
        assert!(first.is_overdue(Moment::start_of(date(2026, 11, 25))));
        // DT05: haste sets no day.
        assert!(tasks[1].due.is_none() && tasks[1].haste.is_some());
        assert!(!tasks[1].is_overdue(Moment::start_of(date(2036, 1, 1))));
        assert!(tasks.iter().all(|task| task.stage == Stage::Assigned));
        assert_eq!(code_of(confirm(world, &read)), "DIR-006", "twice gives no second set of tasks");
        world.assert_well();
    });
}

/// DT01: one letter is one entry; the year and the issuer belong to its number.
#[test]
fn a_letter_is_taken_in_once() {
    on_both_engines(|world| {
        let id = take(world, ORDER).unwrap();
        let again = take(world, &ORDER.replace("812/SYT-NVY", "812 / SYT-NVY")).unwrap_err();
        assert!(matches!(again.reason(), Some(Refused::Known { id: known, .. }) if *known == id.to_string()));
        take(world, &ORDER.replace("năm 2026", "năm 2025")).unwrap();
        let withdraw = |reason: &str| {
            world.a(Role::Clerk).does(WithdrawLetter { key: None, directive: id, reason: reason.into() })
        };
        assert_eq!(code_of(withdraw(" ")), "DIR-008");
        withdraw("nhập nhầm").unwrap();
        take(world, ORDER).expect("what was withdrawn may come again");
        let actor = world.a(Role::Observer).actor;
        let seen = world.office.look_blocking(|office, connection| letters(office, connection, &actor)).unwrap();
        assert_eq!(seen.waiting.len(), 2);
    });
}

/// DT01: a letter without a number is told by its text, and a stamped one later is another entry.
#[test]
fn a_blank_number_is_kept_as_blank() {
    on_both_engines(|world| {
        let text = ORDER.replace("812/SYT-NVY", "    /SYT-NVY");
        let id = take(world, &text).unwrap();
        assert_eq!(full(world, id).directive.content.called(), None);
        assert_eq!(code_of(take(world, &text)), "DIR-003");
        let fields = Fields {
            issuer: Some("Sở Y tế tỉnh An Giang".into()),
            number: Some("812/SYT-NVY".into()),
            date: Some(date(2026, 11, 20)),
            kind: Some("Công văn".into()),
            subject: Some("bảo đảm oxy y tế".into()),
        };
        let correct =
            |version| CorrectReading { key: None, directive: id, version, fields: Some(fields.clone()), draft: None };
        world.a(Role::Clerk).does(correct(1)).unwrap();
        assert_eq!(full(world, id).directive.content.called(), Some("812/SYT-NVY"));
        assert_eq!(code_of(world.a(Role::Clerk).does(correct(1))), "DIR-006", "somebody else's change is kept");
    });
}

/// DT03, DT04: owners are changed by name or as a group, tasks are split and left out, a leader sets a day.
#[test]
fn what_was_read_is_corrected_before_it_goes_out() {
    on_both_engines(|world| {
        with_bodies(world);
        let id = take(world, ORDER).unwrap();
        let found = full(world, id);
        let lines = [
            TypedTask {
                kept: true,
                owner: "Trung tâm Y tế Cỏ May".into(),
                last_day: Some(date(2026, 12, 1)),
                ..TypedTask::default()
            },
            TypedTask { kept: false, owner: "Bệnh viện Hải Âu".into(), ..TypedTask::default() },
            TypedTask {
                kept: true,
                owner: "Đội xe Lạc Hồng".into(),
                text: "Chở chai. Ký nhận.".into(),
                ..TypedTask::default()
            },
        ];
        let actor = world.a(Role::Clerk).actor;
        let mut draft =
            world.office.look_blocking(|office, connection| typed(office, connection, &actor, &found, &lines)).unwrap();
        assert_eq!(draft[2].owner.note.as_deref(), Some("unknown"), "nobody is guessed");
        edit::split(&mut draft, 2, &found.text);
        let correct = CorrectReading {
            key: None,
            directive: id,
            version: found.directive.version,
            fields: None,
            draft: Some(draft),
        };
        world.a(Role::Clerk).does(correct).unwrap();
        confirm(world, &full(world, id)).unwrap();
        let tasks = full(world, id).tasks;
        let told: Vec<(&str, &str)> =
            tasks.iter().map(|task| (task.content.body_name.as_str(), task.content.text.as_str())).collect();
        assert_eq!(told[0].0, "Trung tâm Y tế Cỏ May");
        assert_eq!(told[1..], [("Đội xe Lạc Hồng", "Chở chai."), ("Đội xe Lạc Hồng", "Ký nhận.")]);
        assert_eq!(tasks[0].content.due.as_ref().unwrap().until.date(), date(2026, 12, 1));
        assert!(tasks[1].content.body.is_none(), "the register does not know them");
    });
}

/// DT13: papers of the Party come in on the clerk's word only, secret ones never.
#[test]
fn secret_and_party_papers_stop_at_the_door() {
    on_both_engines(|world| {
        let party = "ĐẢNG CỘNG SẢN VIỆT NAM\nTỈNH ỦY AN GIANG\nSố 12-TB/TU\n\nAn Giang, ngày 20 tháng 11 năm 2026\n\n\
            THÔNG BÁO\nKết luận của Thường trực Tỉnh ủy\n\n1. Giao Sở Y tế báo cáo.\n\nT/L BAN THƯỜNG VỤ\nCHÁNH VĂN PHÒNG\n\nLê Văn Gió\n";
        assert_eq!(code_of(take(world, party)), "DIR-002");
        let taken = TakeIn { key: None, incoming: incoming(party), file: None, party_word: true, simulated: false };
        world.a(Role::Clerk).does(taken).unwrap();
        assert!(matches!(Incoming::read(format!("MẬT\n{ORDER}")), Err(Refused::Secret)));
    });
}

/// DT01: who may not see letters sees none, and the file comes back byte by byte.
#[test]
fn letters_are_the_desks() {
    on_both_engines(|world| {
        let place = world.facility("Bệnh viện Hải Âu").register();
        let file = File { name: "cv.txt".into(), media_type: "text/plain".into(), bytes: ORDER.as_bytes().to_vec() };
        let key = IdempotencyKey::new("letter-key-1");
        let taken = || TakeIn {
            key: key.clone(),
            incoming: incoming(ORDER),
            file: Some(file.clone()),
            party_word: false,
            simulated: false,
        };
        let clerk = world.a(Role::Clerk);
        let id = clerk.does(taken()).unwrap();
        assert_eq!(clerk.does(taken()).unwrap(), id, "a double press is one letter");
        let see =
            |actor: desk::Actor| world.office.look_blocking(move |_, connection| original(connection, &actor, id));
        assert_eq!(see(world.a(Role::Leader).actor).unwrap().2, ORDER.as_bytes());
        assert!(matches!(see(world.officer_of(&place).actor), Err(Failure::Forbidden(_))));
        let observer = world.a(Role::Observer);
        assert!(matches!(
            observer.does(WithdrawLetter { key: None, directive: id, reason: "x".into() }),
            Err(Failure::Forbidden(_))
        ));
    });
}

/// DT01: old versions of the record are read for ever.
#[test]
fn a_directive_of_the_first_version_is_read() {
    let id = on_sqlite_directive();
    let text = serde_json::to_string(&id).unwrap();
    let back: Directive = serde_json::from_str(&text).unwrap();
    assert_eq!(back, id);
}

fn on_sqlite_directive() -> Directive {
    let world = World::on_sqlite();
    let id = take(&world, ORDER).expect("taken in");
    full(&world, id).directive.content
}
