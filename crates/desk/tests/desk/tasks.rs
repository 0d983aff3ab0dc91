//! Tasks after a letter was confirmed (DT04–DT07, DT10, PR06): taken up, shown, handed in, judged, handed on.

use desk::letters::intake::Incoming;
use desk::letters::life::Proof;
use desk::letters::life::judged::Urgency;
use desk::letters::obstacle::ObstacleKind;
use desk::letters::task::{Stage, TaskId};
use desk::operations::letters::confirm::ConfirmLetter;
use desk::operations::letters::take_in::TakeIn;
use desk::operations::tasks::accept_task::AcceptTask;
use desk::operations::tasks::add_evidence::{AddEvidence, Shown};
use desk::operations::tasks::answer_obstacle::AnswerObstacle;
use desk::operations::tasks::approve_task::ApproveTask;
use desk::operations::tasks::hand_down::HandDown;
use desk::operations::tasks::hand_task::HandTask;
use desk::operations::tasks::pass_obstacle::PassObstacle;
use desk::operations::tasks::raise_obstacle::RaiseObstacle;
use desk::operations::tasks::return_task::ReturnTask;
use desk::operations::tasks::set_deadline::SetDeadline;
use desk::operations::tasks::submit_task::SubmitTask;
use desk::record;
use desk::rights::Role;
use desk::views::tasks::{Asked, OneTask, Tasks, implementation, obstacles, one_task, proof, statistics, tasks};
use desk::{Failure, Outcome};
use jiff::civil::{Date, date};
use place::BodyId;
use place::body::{BodyKind, BodyLevel, PostKind};
use quantity::Span;

use crate::common::{Person, Place, World, code_of, on_both_engines};

/// A letter of an invented department with one order.
const LETTER: &str = "UBND TỈNH AN GIANG\nSỞ Y TẾ\nSố: 77/SYT-NVY\nAn Giang, ngày 16 tháng 11 năm 2026\nV/v rà soát \
    giường oxy\nKính gửi: Các đơn vị trực thuộc.\n1. Rà soát giường có oxy, khẩn trương báo cáo về Sở Y tế.\n\
    Trân trọng./.\nGIÁM ĐỐC\nPhạm Văn Đước\n";

pub const LAST_DAY: Date = date(2026, 11, 25);

/// A confirmed letter, and its first task for each body, in their order.
pub fn letter(
    world: &World,
    bodies: &[BodyId],
    last_day: Option<Date>,
) -> (desk::letters::directive::DirectiveId, Vec<TaskId>) {
    let clerk = world.a(Role::Clerk);
    let incoming = Incoming::read(LETTER.replace("77", &(world.now().micros() % 9_000).to_string())).expect("reads");
    let id =
        clerk.does(TakeIn { key: None, incoming, file: None, party_word: false, simulated: false }).expect("takes in");
    let kept = world.office.look_blocking(|_, connection| record::one(connection, world.province, id));
    let kept = kept.expect("reads").expect("is there");
    let mut draft = kept.content.draft.clone();
    for (place, task) in draft.iter_mut().enumerate() {
        task.left_out = place != 0;
        task.last_day = last_day;
        task.owner.bodies = bodies.to_vec();
    }
    let confirm = ConfirmLetter { key: None, directive: id, version: kept.version, fields: None, draft };
    clerk.does(confirm).expect("confirms");
    let kept = world.office.look_blocking(|_, connection| record::one(connection, world.province, id));
    (id, kept.expect("reads").expect("is there").content.tasks)
}

/// One task of one body.
pub fn given(place: &Place<'_>, last_day: Option<Date>) -> TaskId {
    letter(place.world, &[BodyId::from(place.id)], last_day).1[0]
}

pub fn words(text: &str) -> Shown {
    Shown::Text(text.to_owned())
}

impl Person<'_> {
    pub fn proves(&self, task: TaskId, shown: Shown) -> Outcome<Stage> {
        self.does(AddEvidence { key: None, task, shown })
    }

    pub fn hands_in(&self, task: TaskId) -> Outcome<Stage> {
        self.does(SubmitTask { key: None, task, words: String::new() })
    }

    pub fn task(&self, task: TaskId) -> Outcome<OneTask> {
        self.world.office.look_blocking(|office, connection| one_task(office, connection, &self.actor, task))
    }

    pub fn tasks(&self, asked: Asked) -> Outcome<Tasks> {
        self.world.office.look_blocking(|office, connection| tasks(office, connection, &self.actor, asked))
    }
}

/// PR06: accepted, shown, handed in, given back, shown again, accepted; its letter tells it.
#[test]
fn a_task_goes_from_its_letter_to_its_acceptance() {
    on_both_engines(|world| {
        let place = world.facility("TTYT Bãi Bồi").with_post(PostKind::Head, "Lê Thị Mận", "0297 3 000 001").register();
        let (letter, ids) = letter(world, &[BodyId::from(place.id)], Some(LAST_DAY));
        let (officer, leader, task) = (world.officer_of(&place), world.a(Role::Leader), ids[0]);
        assert_eq!(officer.does(AcceptTask { key: None, task }).unwrap(), Stage::Accepted);
        assert_eq!(code_of(officer.hands_in(task)), "TSK-002");
        let photo = vec![0xff, 0xd8, 0xff, 0xe0, 9];
        let file = |bytes: &[u8]| Shown::File {
            name: "giuong.jpg".to_owned(),
            digest: store::sha256(bytes),
            bytes: bytes.to_vec(),
        };
        assert_eq!(code_of(officer.proves(task, file(b"MZ virus"))), "TSK-008");
        officer.proves(task, file(&photo)).unwrap();
        assert_eq!(officer.hands_in(task).unwrap(), Stage::Submitted);
        let back = |reason: &str| ReturnTask { key: None, task, reason: reason.to_owned() };
        assert_eq!(code_of(leader.does(back(""))), "TSK-003");
        assert!(matches!(officer.does(back("x")), Err(Failure::Forbidden(_))));
        assert_eq!(leader.does(back("thiếu khoa Nhi")).unwrap(), Stage::Returned);
        officer.proves(task, words("khoa Nhi: 4 giường")).unwrap();
        officer.hands_in(task).unwrap();
        assert_eq!(leader.does(ApproveTask { key: None, task, words: String::new() }).unwrap(), Stage::Done);
        let seen = officer.task(task).unwrap();
        assert_eq!(seen.letter.as_ref().map(|letter| letter.id), Some(letter));
        assert!(seen.letter.unwrap().sentence.unwrap().contains("Rà soát giường có oxy"));
        let kept = seen.kept.content;
        assert!(matches!(kept.life.proofs().next(), Some((_, Proof::Photo { .. }))));
        let shown = world.office.look_blocking(|office, connection| proof(office, connection, &officer.actor, task, 0));
        assert_eq!(shown.unwrap().1, photo);
        let of_letter = world.office.look_blocking(|o, c| implementation(o, c, &leader.actor, letter)).unwrap();
        assert_eq!((of_letter.done(), of_letter.lines.len()), (1, 1));
        assert_eq!((of_letter.lines[0].in_time, of_letter.lines[0].evidence.len()), (Some(true), 2));
        let told = world.office.look_blocking(|o, c| statistics(o, c, &leader.actor, None)).unwrap();
        assert_eq!((told.sum.all, told.sum.in_time, told.sum.returned), (1, 1, 1));
        world.assert_well();
    });
}

/// Focal officers see the tasks of their bodies only, whoever sees an area those of its bodies, the province all.
#[test]
fn tasks_are_seen_within_the_scope() {
    on_both_engines(|world| {
        let near = world.facility("TTYT Bãi Bồi").register();
        let far = world.facility("TTYT Cửa Sông").lying_in(world.commune("91", 7)).register();
        let bodies = [BodyId::from(near.id), BodyId::from(far.id)];
        let (of_letter, ids) = letter(world, &bodies, Some(LAST_DAY));
        let names = |person: &Person<'_>| -> Vec<String> {
            let found = person.tasks(Asked::default()).unwrap();
            let mut names: Vec<String> = found.lines.iter().map(|line| line.kept.content.body_name.clone()).collect();
            names.sort();
            names
        };
        let (mine, theirs) = (world.officer_of(&near), world.officer_of(&far));
        assert_eq!(names(&mine), ["TTYT Bãi Bồi"]);
        assert_eq!(names(&theirs), ["TTYT Cửa Sông"]);
        assert_eq!(names(&world.a_local(Role::DutyOfficer, world.commune("91", 7))), ["TTYT Cửa Sông"]);
        assert_eq!(names(&world.a(Role::Leader)).len(), 2);
        assert_eq!(names(&world.a(Role::Observer)).len(), 2);
        assert!(matches!(theirs.task(ids[0]), Err(Failure::NotFound)));
        assert!(matches!(theirs.proves(ids[0], words("x")), Err(Failure::NotFound)));
        assert!(matches!(world.a(Role::Administrator).tasks(Asked::default()), Err(Failure::Forbidden(_))));
        let asked = Asked { body: Some(bodies[1]), ..Asked::default() };
        assert!(mine.tasks(asked.clone()).unwrap().lines.is_empty(), "another's body shows nothing");
        assert_eq!(world.a(Role::Leader).tasks(asked).unwrap().lines.len(), 1);
        let of_one = Asked { letter: Some(of_letter), ..Asked::default() };
        assert_eq!(mine.tasks(of_one).unwrap().lines.len(), 1);
        let elsewhere = world.found("01");
        assert!(matches!(world.a_stranger(Role::Leader, elsewhere).task(ids[0]), Err(Failure::NotFound)));
    });
}

/// DT05: the worst stand first; a word of haste makes nothing overdue, a day that a leader sets does.
#[test]
fn the_worst_task_stands_first() {
    on_both_engines(|world| {
        let place = world.facility("TTYT Bãi Bồi").register();
        let hasty = given(&place, None);
        world.pass(Span::seconds(1));
        let late = given(&place, Some(date(2026, 11, 23)));
        world.pass(Span::seconds(1));
        let later = given(&place, Some(date(2026, 12, 30)));
        world.pass(Span::days(2));
        let officer = world.officer_of(&place);
        let order = |person: &Person<'_>| -> Vec<(TaskId, Urgency)> {
            person.tasks(Asked::default()).unwrap().lines.iter().map(|line| (line.kept.id, line.urgency)).collect()
        };
        assert_eq!(order(&officer), [(late, Urgency::Overdue), (later, Urgency::New), (hasty, Urgency::New)]);
        let proposed = officer.task(hasty).unwrap().proposed;
        assert_eq!(proposed, Some(date(2026, 11, 30)), "«khẩn trương» of a Sunday: five working days from Monday");
        let leader = world.a(Role::Leader);
        let day = |last_day| SetDeadline { key: None, task: hasty, last_day, reason: String::new() };
        assert!(matches!(officer.does(day(Some(LAST_DAY))), Err(Failure::Forbidden(_))));
        assert_eq!(code_of(leader.does(day(Some(date(2026, 11, 1))))), "TSK-005");
        leader.does(day(Some(LAST_DAY))).unwrap();
        assert_eq!(code_of(leader.does(day(Some(LAST_DAY)))), "TSK-003", "another day needs its reason");
        assert_eq!(order(&officer)[1], (hasty, Urgency::Soon));
    });
}

/// A task is given to somebody of the roster; who is away is named with who stands in, who has left is refused.
#[test]
fn a_task_is_given_to_a_person_and_both_are_told() {
    on_both_engines(|world| {
        let place = world
            .facility("TTYT Bãi Bồi")
            .with_post(PostKind::Head, "Lê Thị Mận", "0297 3 000 001")
            .with_post(PostKind::FocalOfficer, "Trần Văn Ổi", "0297 3 000 002")
            .register();
        let task = given(&place, Some(LAST_DAY));
        let officer = world.officer_of(&place);
        let staff = officer.task(task).unwrap().staff;
        let person = |name: &str| staff.iter().find(|one| one.name == name).unwrap().person;
        let hand = |person, name: &str| HandTask {
            key: None,
            task,
            person: Some(person),
            name: name.to_owned(),
            reason: String::new(),
            although_away: false,
        };
        officer.does(hand(person("Trần Văn Ổi"), "")).unwrap();
        officer.does(hand(person("Lê Thị Mận"), "")).unwrap();
        let stranger = place::PersonId(world.id());
        assert_eq!(code_of(officer.does(hand(stranger, "Người Cũ"))), "TSK-006");
        let told = world.office.look_blocking(|_, connection| {
            record::of_owner::<desk::alarms::records::Message>(connection, world.province, task.0, 10)
        });
        let told: Vec<(String, String)> =
            told.unwrap().into_iter().map(|kept| (kept.content.name, kept.content.text)).collect();
        assert_eq!(told.iter().filter(|(name, _)| name == "Trần Văn Ổi").count(), 2, "given, then taken: {told:?}");
        assert_eq!(told.iter().filter(|(name, _)| name == "Lê Thị Mận").count(), 1);
        assert_eq!(officer.task(task).unwrap().tells.unwrap().name, "Lê Thị Mận");
    });
}

/// Delegation: a body hands a task down to its own units only, and each gets a task that names the one above.
#[test]
fn a_task_is_handed_down_to_units_only() {
    on_both_engines(|world| {
        let centre = world.facility("TTYT Bãi Bồi").being(BodyKind::MedicalCentre, BodyLevel::District).register();
        let other = world.facility("BV Cửa Sông").register();
        let mut station = world.facility("Trạm Y tế Cồn Én").being(BodyKind::CommuneStation, BodyLevel::Commune);
        station.body.parent = Some(BodyId::from(centre.id));
        let station = station.register();
        let task = given(&centre, Some(LAST_DAY));
        let officer = world.officer_of(&centre);
        assert_eq!(officer.task(task).unwrap().units.len(), 1);
        let down = |to: &Place<'_>| HandDown {
            key: None,
            task,
            text: "Đếm giường của trạm".to_owned(),
            bodies: vec![BodyId::from(to.id)],
            last_day: None,
        };
        assert_eq!(code_of(officer.does(down(&other))), "TSK-011");
        let below = officer.does(down(&station)).unwrap()[0];
        let seen = world.officer_of(&station).task(below).unwrap();
        assert_eq!(seen.above.as_ref().map(|above| (above.id, above.open)), Some((task, false)));
        assert_eq!(seen.kept.content.due, officer.task(task).unwrap().kept.content.due);
        assert_eq!(officer.task(task).unwrap().below.len(), 1);
        assert!(
            world
                .officer_of(&station)
                .does(RaiseObstacle {
                    key: None,
                    task: below,
                    kind: ObstacleKind::Proposal,
                    words: "Xin thêm 2 đồng hồ oxy".to_owned(),
                })
                .is_ok()
        );
        // DT10: it lies with the centre; the centre passes it on, and then only the province answers.
        let lines = |person: &Person<'_>| {
            world.office.look_blocking(|office, connection| obstacles(office, connection, &person.actor)).unwrap()
        };
        let waiting = lines(&officer).open.remove(0);
        assert!(waiting.answers && waiting.kept.content.with == Some(BodyId::from(centre.id)));
        assert!(!lines(&world.officer_of(&station)).open[0].answers);
        assert!(lines(&world.officer_of(&other)).open.is_empty());
        let obstacle = waiting.kept.id;
        let answer = |words: &str| AnswerObstacle { key: None, obstacle, words: words.to_owned() };
        assert!(matches!(world.officer_of(&other).does(answer("x")), Err(Failure::NotFound)));
        assert!(matches!(world.officer_of(&station).does(answer("x")), Err(Failure::Forbidden(_))));
        officer.does(PassObstacle { key: None, obstacle, words: "vượt khả năng".to_owned() }).unwrap();
        assert!(matches!(officer.does(answer("x")), Err(Failure::NotFound | Failure::Forbidden(_))));
        let leader = world.a(Role::Leader);
        assert_eq!(code_of(leader.does(answer(" "))), "TSK-009");
        leader.does(answer("Cấp 2 đồng hồ từ kho tỉnh")).unwrap();
        assert_eq!(code_of(leader.does(answer("lần nữa"))), "TSK-012");
        let answered = lines(&world.officer_of(&station)).answered.remove(0).kept.content;
        assert_eq!((answered.passed.len(), answered.answer.is_some()), (1, true));
        world.assert_well();
    });
}
