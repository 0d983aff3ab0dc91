//! Alarms that foresee the night: raised, grouped, told to the duty officer and then his deputy,
//! ended by relief. OX11, OX16, PR04.

use desk::alarms::records::{Alarm, CallOutcome, ClosureWhy, DutyPerson, Message, RefillTerms, Skipped, Step};
use desk::alarms::watch;
use desk::operations::alarm::acknowledge::Acknowledge;
use desk::operations::alarm::close_supply::CloseSupply;
use desk::operations::alarm::hand_over::HandOver;
use desk::operations::alarm::log_call::LogCall;
use desk::operations::alarm::set_duty::{SetDuty, WithdrawDuty};
use desk::operations::alarm::set_refill_terms::SetRefillTerms;
use desk::operations::appoint::NoteAbsence;
use desk::operations::register_body::RegisterBody;
use desk::record::{self, Kept};
use desk::rights::Role;
use desk::views::alarms as views;
use jiff::civil::date;
use oxygen::alarm::{AlarmKind, Severity};
use place::body::{Absence, Body, BodyKind, BodyLevel, Ownership, Post, PostKind};
use place::{BodyId, PersonId};
use quantity::{Moment, Span};

use crate::common::{Place, World, code_of, on_both_engines, says};

/// Somebody with a post at the coordination unit.
pub struct Keeper {
    pub person: PersonId,
    pub name: &'static str,
}

/// What these tests do with a province.
pub trait Watched {
    fn unit(&self, absent: Option<usize>) -> (BodyId, [Keeper; 3]);
    fn shift(&self, hours: i64, duty: &Keeper, deputy: &Keeper) -> SetDuty;
    fn watched(&self) -> Vec<Kept<Alarm>>;
    fn open_alarms(&self) -> Vec<Kept<Alarm>>;
    fn messages(&self) -> Vec<Kept<Message>>;
    fn pass_and_watch(&self, span: Span) -> Vec<Kept<Alarm>>;
}

impl Watched for World {
    /// The coordination unit with a duty officer, a deputy and a head.
    fn unit(&self, absent: Option<usize>) -> (BodyId, [Keeper; 3]) {
        let body = Body {
            id: BodyId(self.id()),
            province: self.province,
            name: "Bộ phận điều phối oxy".to_owned(),
            kind: BodyKind::OxygenCoordinationUnit,
            level: BodyLevel::Province,
            parent: None,
            area: Some("91".parse().unwrap()),
            valid_from: date(2026, 1, 1),
            valid_to: None,
            ownership: Ownership::Public,
            successors: Vec::new(),
        };
        let kinds = [PostKind::DutyOfficer, PostKind::Deputy, PostKind::Head];
        let names = ["Trần Thị Sao", "Lê Văn Tràm", "Phạm Văn Đước"];
        let keepers = [0, 1, 2].map(|place| Keeper { person: PersonId(self.id()), name: names[place] });
        let posts = keepers.iter().zip(kinds).enumerate().map(|(place, (keeper, kind))| Post {
            body: body.id,
            kind,
            person: keeper.person,
            name: keeper.name.to_owned(),
            phone: Some(format!("0297 000 000{place}")),
            from: Moment::start_of(date(2026, 1, 1)),
            to: None,
        });
        let away =
            absent.map(|place| Absence { person: keepers[place].person, from: self.now() - Span::days(1), to: None });
        let register = RegisterBody {
            code: "DP".to_owned(),
            facility: None,
            posts: posts.collect(),
            absences: away.into_iter().collect(),
            simulated: true,
            body: body.clone(),
        };
        self.program().does(register).unwrap();
        (body.id, keepers)
    }

    fn shift(&self, hours: i64, duty: &Keeper, deputy: &Keeper) -> SetDuty {
        let of =
            |keeper: &Keeper| DutyPerson { name: String::new(), phone: None, email: None, person: Some(keeper.person) };
        let from = self.now() - Span::hours(1);
        SetDuty { key: None, from, to: from + Span::hours(hours), duty: of(duty), deputy: Some(of(deputy)) }
    }

    fn watched(&self) -> Vec<Kept<Alarm>> {
        watch::watch(&self.office, self.province).unwrap();
        self.open_alarms()
    }

    fn open_alarms(&self) -> Vec<Kept<Alarm>> {
        self.office.look_blocking(|_, connection| record::open::<Alarm>(connection, self.province)).unwrap()
    }

    fn messages(&self) -> Vec<Kept<Message>> {
        let mut all = self
            .office
            .look_blocking(|_, connection| record::newest::<Message>(connection, self.province, 100))
            .unwrap();
        all.reverse();
        all
    }

    /// The second office sees what the first has written; the list of who is running out is made anew.
    fn pass_and_watch(&self, span: Span) -> Vec<Kept<Alarm>> {
        self.pass(span);
        self.watched()
    }
}

/// A hospital that uses 100 kg an hour and has so much usable oxygen left.
pub fn tight<'w>(world: &'w World, name: &str, usable: i64) -> Place<'w> {
    let place =
        world.facility(name).with_tank(10_000).with_post(PostKind::DutyOfficer, "BS. Bần", "0297 000 1111").register();
    for hours in (0..6).rev() {
        let mut told = says(place.store(0), &format!("{} kg", 1_000 + usable + 100 * hours), None);
        told.happened_at = Some(world.now() - Span::hours(hours));
        world.program().files(&place, told).unwrap();
    }
    place
}

fn kinds(alarms: &[Kept<Alarm>]) -> Vec<(AlarmKind, Severity)> {
    let mut kinds: Vec<_> = alarms.iter().map(|kept| (kept.content.kind, kept.content.severity)).collect();
    kinds.sort();
    kinds
}

#[test]
fn a_tight_hospital_is_one_alarm_that_goes_to_duty_officer_deputy_and_head() {
    on_both_engines(|world| {
        let (_, [duty, deputy, head]) = world.unit(None);
        world.program().does(world.shift(12, &duty, &deputy)).unwrap();
        let place = tight(world, "BV Hải Âu", 300);
        let alarms = world.watched();
        assert_eq!(kinds(&alarms), [(AlarmKind::BeforeHelp, Severity::Critical)]);
        assert_eq!(alarms[0].content.facility, Some(place.id));
        assert!(alarms[0].content.facts.usual_terms, "nobody entered its terms");
        let told = |world: &World| world.messages().iter().map(|kept| kept.content.name.clone()).collect::<Vec<_>>();
        assert_eq!(told(world), [duty.name]);
        let text = world.messages()[0].content.text.clone();
        assert!(text.contains("BV Hải Âu") && !text.contains(duty.name), "{text}");

        // The same minute again, and the next: the same alarm, nobody is told twice.
        assert_eq!(world.watched().len(), 1);
        assert_eq!(world.pass_and_watch(Span::minutes(5)).len(), 1);
        assert_eq!(told(world), [duty.name]);
        // A quarter of an hour without an answer: the deputy; another: the head; then nobody else.
        world.pass_and_watch(Span::minutes(11));
        assert_eq!(told(world), [duty.name, deputy.name]);
        world.pass_and_watch(Span::minutes(16));
        world.pass_and_watch(Span::minutes(16));
        assert_eq!(told(world), [duty.name, deputy.name, head.name]);
        world.assert_well();
    });
}

#[test]
fn who_takes_it_up_stops_the_telling_and_relief_clears_it() {
    on_both_engines(|world| {
        let (_, [duty, deputy, _]) = world.unit(None);
        world.program().does(world.shift(12, &duty, &deputy)).unwrap();
        let place = tight(world, "BV Hải Âu", 300);
        let alarm = world.watched().pop().unwrap();
        let officer = world.desk();
        officer.does(Acknowledge { key: None, alarm: alarm.id }).unwrap();
        officer.does(Acknowledge { key: None, alarm: alarm.id }).unwrap();
        let other = world.a(Role::Leader);
        assert_eq!(code_of(other.does(Acknowledge { key: None, alarm: alarm.id })), "ALM-002");
        world.pass_and_watch(Span::minutes(40));
        assert_eq!(world.messages().len(), 1, "nobody else is told");

        // The truck has come: the alarm ends by itself, and cannot be taken up any more.
        world.pass(Span::minutes(1));
        world.program().files(&place, says(place.store(0), "9 t", None)).unwrap();
        assert_eq!(world.pass_and_watch(Span::minutes(1)).len(), 0);
        assert_eq!(code_of(other.does(Acknowledge { key: None, alarm: alarm.id })), "ALM-001");
        // Outside the scope there is no alarm; without the right he is told who has it.
        let elsewhere = world.facility("BV Cửa Sông").with_tank(1_000).register();
        assert_eq!(code_of(world.officer_of(&elsewhere).does(Acknowledge { key: None, alarm: alarm.id })), "DSK-002");
        assert_eq!(code_of(world.a(Role::Observer).does(Acknowledge { key: None, alarm: alarm.id })), "DSK-002");
    });
}

#[test]
fn silence_does_not_put_an_alarm_about_running_out_to_rest() {
    on_both_engines(|world| {
        let (_, [duty, deputy, _]) = world.unit(None);
        world.program().does(world.shift(24 * 7, &duty, &deputy)).unwrap();
        tight(world, "BV Hải Âu", 300);
        world.watched();
        let after = world.pass_and_watch(Span::days(5));
        let kinds: Vec<_> = kinds(&after).into_iter().map(|(kind, _)| kind).collect();
        assert!(kinds.contains(&AlarmKind::Silence), "{kinds:?}");
        assert!(kinds.iter().any(|kind| *kind != AlarmKind::Silence && *kind != AlarmKind::DutyGap), "{kinds:?}");
    });
}

#[test]
fn who_is_away_or_has_left_is_passed_over_and_it_is_said() {
    on_both_engines(|world| {
        let (unit, [duty, deputy, head]) = world.unit(Some(1));
        let away = world.shift(12, &deputy, &duty);
        assert_eq!(code_of(world.program().does(away)), "ALM-009");
        // He goes away, and he leaves, after the roster was written.
        let typed = DutyPerson {
            name: deputy.name.to_owned(),
            phone: Some("0297 000 0001".to_owned()),
            email: None,
            person: None,
        };
        let from = world.now() - Span::hours(1);
        let of_duty = DutyPerson { name: String::new(), phone: None, email: None, person: Some(duty.person) };
        world
            .program()
            .does(SetDuty { key: None, from, to: from + Span::hours(12), duty: of_duty, deputy: Some(typed) })
            .unwrap();
        world.pass(Span::minutes(1));
        let absence = Absence { person: duty.person, from: world.now(), to: None };
        world.program().does(NoteAbsence { body: unit, absence }).unwrap();
        tight(world, "BV Hải Âu", 300);
        let alarm =
            world.pass_and_watch(Span::minutes(1)).into_iter().find(|kept| kept.content.kind == AlarmKind::BeforeHelp);
        let told = alarm.unwrap().content.told;
        let steps: Vec<_> = told.iter().map(|told| (told.step, told.skipped)).collect();
        assert_eq!(steps, [(Step::Duty, Some(Skipped::Absent)), (Step::Deputy, None)]);
        assert_eq!(world.messages()[0].content.name, deputy.name);
        assert_ne!(head.name, deputy.name);
    });
}

#[test]
fn nobody_on_duty_is_an_alarm_of_its_own_and_goes_to_the_head() {
    on_both_engines(|world| {
        let (_, [duty, deputy, head]) = world.unit(None);
        let shift = world.program().does(world.shift(3, &duty, &deputy)).unwrap();
        assert!(world.watched().is_empty());
        let alarms = world.pass_and_watch(Span::hours(4));
        assert_eq!(kinds(&alarms), [(AlarmKind::NobodyOnDuty, Severity::Urgent)]);
        let skipped: Vec<_> = alarms[0].content.told.iter().map(|told| told.skipped).collect();
        assert_eq!(skipped, [Some(Skipped::Nobody), Some(Skipped::Nobody), None]);
        assert_eq!(world.messages()[0].content.name, head.name);
        // Somebody takes the shift: it ends by itself. A shift that was withdrawn is no shift.
        world.program().does(WithdrawDuty { key: None, shift }).unwrap();
        world.program().does(world.shift(12, &duty, &deputy)).unwrap();
        assert!(world.pass_and_watch(Span::minutes(1)).is_empty());
    });
}

#[test]
fn bad_shifts_are_refused_with_a_sentence() {
    on_both_engines(|world| {
        let (_, [duty, deputy, _]) = world.unit(None);
        world.program().does(world.shift(12, &duty, &deputy)).unwrap();
        assert_eq!(code_of(world.program().does(world.shift(2, &deputy, &duty))), "ALM-003");
        let mut next = world.shift(12, &deputy, &duty);
        (next.from, next.to) = (next.to, next.from);
        assert_eq!(code_of(world.program().does(next)), "ALM-004");
        let later = |duty: DutyPerson| {
            let from = world.now() + Span::days(2);
            SetDuty { key: None, from, to: from + Span::hours(8), duty, deputy: None }
        };
        let typed = |name: &str, phone: &str| DutyPerson {
            name: name.to_owned(),
            phone: Some(phone.to_owned()),
            email: None,
            person: None,
        };
        assert_eq!(code_of(world.program().does(later(typed("", "0297 000 111")))), "ALM-005");
        assert_eq!(code_of(world.program().does(later(typed("Sen", "gọi tôi")))), "ALM-006");
        assert_eq!(code_of(world.program().does(later(typed("Sen", "")))), "ALM-006");
        // Right behind each other is no overlap.
        let mut after = world.shift(8, &deputy, &duty);
        (after.from, after.to) = (world.now() + Span::hours(11), world.now() + Span::hours(19));
        world.program().does(after).unwrap();
        assert_eq!(code_of(world.a(Role::Observer).does(world.shift(2, &duty, &deputy))), "DSK-002");
        assert_eq!(code_of(world.desk().does(HandOver { key: None, text: "  ".to_owned() })), "ALM-010");
    });
}

#[test]
fn terms_and_closures_decide_when_help_comes() {
    on_both_engines(|world| {
        let (_, [duty, deputy, _]) = world.unit(None);
        world.program().does(world.shift(48, &duty, &deputy)).unwrap();
        let place = tight(world, "BV Đảo", 2_400);
        assert!(world.watched().is_empty(), "a day's way from trouble: {:?}", world.open_alarms());
        let terms = |station: &str, ferry: &str, lead_hours: f64| SetRefillTerms {
            key: None,
            facility: place.id,
            supplier: "Trạm Đồi Gió".to_owned(),
            lead_hours,
            station: station.to_owned(),
            bans: String::new(),
            ferry: ferry.to_owned(),
        };
        assert_eq!(code_of(world.desk().does(terms("bảy giờ", "", 4.0))), "ALM-007");
        assert_eq!(code_of(world.desk().does(terms("7-17", "", -1.0))), "ALM-008");
        world.desk().does(terms("07:00-17:00", "06:00-15:00", 4.0)).unwrap();
        world.desk().does(terms("07:00-17:00", "06:00-15:00", 5.0)).unwrap();
        let kept = world
            .office
            .look_blocking(|_, connection| record::open::<RefillTerms>(connection, world.province))
            .unwrap();
        assert_eq!(kept.len(), 1, "a second word replaces the first");
        // The ferry stands still from now on: no help before the end.
        let ferry = CloseSupply {
            key: None,
            facility: None,
            area: None,
            from: world.now(),
            to: world.now() + Span::hours(30),
            why: ClosureWhy::Ferry,
            note: "biển động".to_owned(),
        };
        world.desk().does(ferry).unwrap();
        let alarms = world.pass_and_watch(Span::minutes(1));
        assert_eq!(kinds(&alarms), [(AlarmKind::BeforeHelp, Severity::Critical)]);
        assert!(alarms[0].content.facts.refill_at.unwrap() >= world.now() + Span::hours(29));
        let storm = |from, to| CloseSupply {
            key: None,
            facility: None,
            area: None,
            from,
            to,
            why: ClosureWhy::Storm,
            note: String::new(),
        };
        assert_eq!(code_of(world.desk().does(storm(world.now(), world.now()))), "ALM-004");
        world.desk().does(storm(world.now() + Span::hours(60), world.now() + Span::hours(80))).unwrap();
        let alarms = world.pass_and_watch(Span::minutes(1));
        assert!(kinds(&alarms).contains(&(AlarmKind::Storm, Severity::Notice)));
        let actor = world.desk().actor;
        let (_, lists) = world
            .office
            .look_blocking(|office, connection| desk::views::refills::storms(office, connection, &actor))
            .unwrap();
        assert_eq!(lists.len(), 1);
        assert!(lists[0].is_near && lists[0].lines[0].top_up.island);
        let bring = lists[0].lines[0].top_up.to_bring.unwrap().as_f64() / 1_000.0;
        assert!((6_500.0..6_750.0).contains(&bring), "{bring}");
    });
}

#[test]
fn calls_are_kept_and_who_looks_again_is_told_what_changed() {
    on_both_engines(|world| {
        let (_, [duty, deputy, _]) = world.unit(None);
        world.program().does(world.shift(12, &duty, &deputy)).unwrap();
        let officer = world.desk();
        let look = |_: ()| officer.does(desk::operations::alarm::look_in::LookIn).unwrap();
        look(());
        tight(world, "BV Hải Âu", 300);
        let alarm = world.pass_and_watch(Span::minutes(45)).pop().unwrap();
        look(());
        let call = |outcome, callee: &str| LogCall {
            key: None,
            alarm: alarm.id,
            callee: callee.to_owned(),
            outcome,
            said: None,
        };
        assert_eq!(code_of(officer.does(call(CallOutcome::Reached, " "))), "ALM-005");
        officer.does(call(CallOutcome::NoAnswer, "BS. Bần")).unwrap();
        assert!(world.open_alarms()[0].content.acknowledged.is_none(), "nobody was reached");
        officer.does(call(CallOutcome::Reached, "BS. Bần")).unwrap();
        let actor = officer.actor.clone();
        let found = world.office.look_blocking(|office, connection| views::alarms(office, connection, &actor)).unwrap();
        assert_eq!(found.lines[0].calls.len(), 2);
        assert!(found.lines[0].kept.content.acknowledged.is_some());
        assert_eq!(found.changed.map(|changed| (changed.opened, changed.cleared)), Some((1, 0)));
        assert_eq!(found.lines[0].contacts[0].phone, "0297 000 1111");
    });
}
