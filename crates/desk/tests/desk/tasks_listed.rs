//! Lists of tasks that are longer than a page, their counts and figures: complete, in order, the same whichever way one
//! asks (DT03, DT05, PR06).

use std::collections::BTreeSet;

use desk::letters::life::judged::Urgency;
use desk::letters::task::{Task, TaskId};
use desk::operations::tasks::accept_task::AcceptTask;
use desk::operations::tasks::add_evidence::AddEvidence;
use desk::operations::tasks::approve_task::ApproveTask;
use desk::operations::tasks::drop_task::DropTask;
use desk::operations::tasks::return_task::ReturnTask;
use desk::operations::tasks::submit_task::SubmitTask;
use desk::record;
use desk::rights::Role;
use desk::views::tasks::digest::digest;
use desk::views::tasks::list::ON_A_PAGE;
use desk::views::tasks::statistics::count;
use desk::views::tasks::{Asked, Line, Period, statistics};
use jiff::civil::date;
use place::BodyId;
use quantity::Span;

use crate::common::{Person, World, on_both_engines};
use crate::tasks::{letter, words};

/// All lines, page after page; no page is longer than it may be, and no task stands on two.
fn all_pages(person: &Person<'_>, asked: &Asked) -> Vec<Line> {
    let (mut lines, mut asked) = (Vec::new(), asked.clone());
    loop {
        let page = person.tasks(asked.clone()).expect("a page");
        assert!(page.lines.len() <= ON_A_PAGE && !page.cut);
        lines.extend(page.lines);
        match page.next {
            Some(next) => asked.after = Some(next),
            None => break,
        }
    }
    let ids: BTreeSet<TaskId> = lines.iter().map(|line| line.kept.id).collect();
    assert_eq!(ids.len(), lines.len(), "each once");
    lines
}

/// 90 tasks of three bodies; some are taken up, handed in, given back, done, dropped. The last is still under way.
fn fill(world: &World) -> (Vec<BodyId>, Vec<TaskId>) {
    let places = ["TTYT Bãi Bồi", "TTYT Cửa Sông", "TTYT Gò Nổi"].map(|name| world.facility(name).register());
    let bodies: Vec<BodyId> = places.iter().map(|place| BodyId::from(place.id)).collect();
    let days = [Some(date(2026, 11, 24)), Some(date(2026, 11, 29)), None, Some(date(2026, 12, 30))];
    let mut ids = Vec::new();
    for number in 0..30 {
        ids.extend(letter(world, &bodies, days[number % 4]).1);
        // The letter's number is made of the clock's last digits.
        world.pass(Span::micros(1_000_137));
    }
    world.pass(Span::days(4));
    let leader = world.a(Role::Leader);
    for (number, task) in ids.iter().enumerate() {
        let officer = world.officer_of(&places[number % 3]);
        if number % 2 == 0 {
            officer.does(AcceptTask { key: None, task: *task }).expect("accepts");
        }
        if number % 5 < 3 {
            officer.does(AddEvidence { key: None, task: *task, shown: words("xong") }).expect("proves");
            officer.does(SubmitTask { key: None, task: *task, words: String::new() }).expect("hands in");
        }
        match number % 5 {
            0 => {
                leader.does(ApproveTask { key: None, task: *task, words: String::new() }).expect("approves");
            }
            1 => {
                leader.does(ReturnTask { key: None, task: *task, reason: "thiếu".to_owned() }).expect("returns");
            }
            3 if number % 4 == 0 => {
                leader.does(DropTask { key: None, task: *task, reason: "thôi".to_owned() }).expect("drops");
            }
            _ => {}
        }
    }
    (bodies, ids)
}

#[test]
fn every_page_of_every_list_is_whole() {
    on_both_engines(|world| {
        let (bodies, ids) = fill(world);
        let leader = world.a(Role::Leader);
        let province = world.province;
        let kept = world.office.look_blocking(|_, c| record::newest::<Task>(c, province, 1_000)).expect("tasks");
        assert_eq!(kept.len(), ids.len());
        let now = world.now();
        let urgency = |task: &Task| Urgency::of(task, now, Span::days(3));
        let first = leader.tasks(Asked::default()).unwrap();
        assert_eq!(first.soon_days, 3, "what this test takes for granted");
        for (one, told) in &first.counts {
            let expected = kept.iter().filter(|kept| urgency(&kept.content) == *one).count();
            assert_eq!(*told, expected, "{one:?}");
            let asked = Asked { urgency: Some(*one), ..Asked::default() };
            assert_eq!(all_pages(&leader, &asked).len(), expected, "{one:?}");
            assert_eq!(leader.tasks(asked).unwrap().all, Some(expected), "{one:?}");
        }
        // The worst first, then by day; what has no day last.
        let due = |line: &Line| line.kept.content.due.as_ref().map_or(i64::MAX, |due| due.until.micros());
        let place = |line: &Line| (urgency(&line.kept.content), due(line), line.kept.id);
        let open = all_pages(&leader, &Asked::default());
        assert!(open.len() > ON_A_PAGE, "{} make more than a page", open.len());
        assert!(open.is_sorted_by_key(place), "in order over all pages");
        assert_eq!(first.bodies.len(), 3);
        let closed = all_pages(&leader, &Asked { urgency: Some(Urgency::Closed), ..Asked::default() });
        assert_eq!(open.len() + closed.len(), ids.len());
        for body in &bodies {
            let of_body = |line: &&Line| line.kept.content.body == Some(*body);
            let expected: Vec<TaskId> = open.iter().filter(of_body).map(|line| line.kept.id).collect();
            let found = all_pages(&leader, &Asked { body: Some(*body), ..Asked::default() });
            assert_eq!(found.iter().map(|line| line.kept.id).collect::<Vec<_>>(), expected);
        }
        let told = world.office.look_blocking(|o, c| digest(o, c, &leader.actor)).unwrap();
        let counted = |wanted: Urgency| first.counts.iter().find(|(one, _)| *one == wanted).map(|(_, count)| *count);
        assert_eq!(Some(told.overdue_count()), counted(Urgency::Overdue));
        assert_eq!(Some(told.waiting_count), counted(Urgency::Waiting));
        world.assert_well();
    });
}

/// The digest of a morning after a long letter: a page of what is new, and that there is more; the next day nothing.
#[test]
fn a_digest_lists_a_page_of_what_is_new() {
    on_both_engines(|world| {
        let bodies: Vec<BodyId> =
            ["TTYT Bãi Bồi", "TTYT Cửa Sông"].map(|name| BodyId::from(world.facility(name).register().id)).to_vec();
        let mut given = 0;
        while given <= ON_A_PAGE {
            given += letter(world, &bodies, None).1.len();
            world.pass(Span::micros(1_000_137));
        }
        let leader = world.a(Role::Leader);
        let told = || world.office.look_blocking(|o, c| digest(o, c, &leader.actor)).unwrap();
        assert_eq!((told().new.len(), told().more_new), (ON_A_PAGE, true));
        world.pass(Span::days(1));
        assert_eq!((told().new.len(), told().more_new), (0, false));
    });
}

/// Words without accents, of the order and of the body; the beginning of a word; a search stays in its scope.
#[test]
fn tasks_are_found_by_words() {
    on_both_engines(|world| {
        let (bodies, ids) = fill(world);
        let leader = world.a(Role::Leader);
        let found = |person: &Person<'_>, words: &str| {
            all_pages(person, &Asked { words: words.to_owned(), ..Asked::default() }).len()
        };
        let open = all_pages(&leader, &Asked::default());
        let of = |body: BodyId| open.iter().filter(|line| line.kept.content.body == Some(body)).count();
        assert_eq!(found(&leader, "ra soat giuong"), open.len());
        assert_eq!(found(&leader, "rà soát Cửa Sông"), of(bodies[1]));
        assert_eq!(found(&leader, "giường cua so"), of(bodies[1]), "«so» begins «sông»");
        assert_eq!(found(&leader, "bồn lỏng"), 0);
        assert_eq!(found(&leader, " — "), open.len(), "no word is no question");
        let area = world.a_local(Role::DutyOfficer, world.commune("91", 7));
        assert_eq!(found(&area, "ra soat"), 0, "nothing of theirs lies there");
        let closed = Asked { words: "ra soat".into(), urgency: Some(Urgency::Closed), ..Asked::default() };
        assert_eq!(open.len() + all_pages(&leader, &closed).len(), ids.len());
    });
}

/// PR06: the figures by sums are the figures task by task, now and later, in every period.
#[test]
fn figures_are_those_of_the_tasks_one_by_one() {
    on_both_engines(|world| {
        fill(world);
        let leader = world.a(Role::Leader);
        let province = world.province;
        for _ in 0..3 {
            let kept = world.office.look_blocking(|_, c| record::newest::<Task>(c, province, 1_000)).expect("tasks");
            for code in ["2026-Q4", "2026-11", "2026-12", "2026-Q3"] {
                let period = Period::from_code(code).expect("a period");
                let told = world.office.look_blocking(|o, c| statistics(o, c, &leader.actor, Some(period))).unwrap();
                assert_eq!((told.bodies, told.sum), count(&kept, period, world.now()), "{code}");
                assert!(!told.cut);
            }
            world.pass(Span::days(20));
        }
    });
}
