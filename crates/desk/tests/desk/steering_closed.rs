//! The approved bulletin (CM02) and the closed cases of liability (DT15) on both engines.

use desk::counts::place::PlaceKey;
use desk::counts::{CountsKey, Signal, Span as Of};
use desk::operations::counts::report_counts::{ReportCounts, Told as ToldCount, ToldFigure};
use desk::operations::steering::bulletin::approve_bulletin::ApproveBulletin;
use desk::operations::steering::bulletin::check_bulletin::CheckBulletin;
use desk::operations::steering::bulletin::draft_bulletin::DraftBulletin;
use desk::operations::steering::bulletin::withdraw_bulletin::WithdrawBulletin;
use desk::operations::steering::cases::add_step::AddStep;
use desk::operations::steering::cases::close_case::CloseCase;
use desk::operations::steering::cases::decide_case::DecideCase;
use desk::operations::steering::cases::look_in_case::LookInCase;
use desk::operations::steering::cases::open_case::OpenCase;
use desk::rights::{Capability, Role, who_may};
use desk::steering::bulletin::{BulletinId, Standing, Whitelist};
use desk::steering::case::OutcomeKind;
use desk::views::steering as seen;
use jiff::civil::date;
use oxygen::{Census, Source};
use quantity::Span;

use crate::command::look;
use crate::common::{Person, World, code_of, on_both_engines, says};

fn drafted(person: &Person<'_>, title: &str) -> DraftBulletin {
    DraftBulletin {
        key: None,
        bulletin: None,
        revises: None,
        title: title.into(),
        figures: Whitelist::shipped().figures.iter().map(|figure| figure.key.clone()).collect(),
        preparedness: "Hai tổ kỹ thuật trực đêm.".into(),
        models: "Tổ chăm sóc tại nhà xã A.".into(),
        given: look(person, seen::bulletin::figures).unwrap(),
    }
}

fn public(world: &World) -> Vec<BulletinId> {
    let all = world.office.look_blocking(|_, connection| seen::bulletin::public(connection)).unwrap();
    all.iter().map(|kept| kept.id).collect()
}

/// CM02: figures come from the ledger with moment and definition; what is not known is not nothing.
#[test]
fn figures_of_a_bulletin_are_the_ledgers() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(3_000).register();
        world.facility("BV Cửa Sông").with_tank(3_000).register();
        let census = Census { mask: 7, hfnc: 2, niv: 0, invasive: 0, ecmo: 0, waiting: None };
        let told =
            desk::operations::file_report::Told { patients: Some(census), ..says(place.store(0), "2.000 kg", None) };
        world.officer_of(&place).files(&place, told).unwrap();
        let own = world.office.areas().on("91".parse().unwrap(), date(2026, 11, 21)).unwrap().key();
        let figure = ToldFigure { place: PlaceKey::Area(own), told: ToldCount::Count(1_234), reported_on: None };
        let of = CountsKey { span: Of::Week, ..CountsKey::of_day(Signal::Cases, date(2026, 11, 21)) };
        let published = ReportCounts {
            key: None,
            of,
            figures: vec![figure],
            sure: true,
            simulated: false,
            source: Some(Source::File),
        };
        world.program().does(published).unwrap();
        world.pass(Span::seconds(1));
        let duty = world.desk();
        let given = look(&duty, seen::bulletin::figures).unwrap();
        let value = |key: &str| given.values.iter().find(|(known, ..)| known == key).unwrap().clone();
        assert_eq!(value("facilities_reporting").1.as_deref(), Some("1/2"));
        let (_, patients, of) = value("patients_on_oxygen");
        assert_eq!(patients.as_deref(), Some("9"));
        assert!(of.contains("1/2 cơ sở") && of.contains("22/11/2026"), "{of}");
        assert_eq!(value("oxygen_in_store").1.as_deref(), Some("1,7"), "what reaches a patient");
        // The first is told by its patients and the norm of a bed, of the second nobody has said anything.
        let cover = value("cover").1.unwrap();
        assert!(cover.contains("từ 3 đến dưới 7 ngày: 1") && cover.ends_with("chưa rõ: 1"), "{cover}");
        let (_, cases, of) = value("cases_of_week");
        assert_eq!(cases.as_deref(), Some("1.234"));
        assert!(of.contains("tuần kết thúc ngày 21/11/2026") && of.contains("công bố đến"), "two dates apart: {of}");
        assert!(given.values.iter().all(|(key, ..)| Whitelist::shipped().figure(key).is_some()));
        assert!(!format!("{:?}", given.values).contains("Hải Âu"), "no facility is named");
    });
}

/// CM02: nothing is public before another has checked and a leader, not the drafter, has approved; numbers have no gap.
#[test]
fn a_bulletin_goes_through_other_hands() {
    on_both_engines(|world| {
        let (duty, clerk, leader) = (world.desk(), world.a(Role::Clerk), world.a(Role::Leader));
        let id = duty.does(drafted(&duty, "Bản tin ngày 22/11/2026")).unwrap();
        let approve = |version| ApproveBulletin { key: None, bulletin: id, version };
        assert_eq!(code_of(leader.does(approve(1))), "MTG-001", "nobody has checked it");
        assert_eq!(code_of(duty.does(CheckBulletin { key: None, bulletin: id })), "MTG-003");
        clerk.does(CheckBulletin { key: None, bulletin: id }).unwrap();
        assert_eq!(code_of(duty.does(approve(2))), "DSK-002");
        assert_eq!(code_of(leader.does(approve(1))), "MTG-001", "he approves what he saw");
        assert!(public(world).is_empty());
        leader.does(approve(2)).unwrap();
        assert_eq!(public(world), [id]);
        let kept = look(&duty, move |_, connection, actor| seen::bulletin::bulletin(connection, actor, id)).unwrap();
        assert_eq!(kept.content.number, Some((1, 2026)));
        // Written anew it is another revision with its reason, checked and approved again.
        let mut anew = drafted(&duty, "Bản tin ngày 22/11/2026");
        anew.revises = Some((id, " ".into()));
        assert_eq!(code_of(duty.does(anew.clone())), "CMD-001", "a revision has a reason");
        anew.revises = Some((id, "Bổ sung ca báo muộn".into()));
        let second = duty.does(anew.clone()).unwrap();
        assert_eq!(code_of(duty.does(anew)), "MTG-001", "one revision at a time");
        assert_eq!(public(world), [id], "the old one stands until the new one is approved");
        clerk.does(CheckBulletin { key: None, bulletin: second }).unwrap();
        leader.does(ApproveBulletin { key: None, bulletin: second, version: 2 }).unwrap();
        assert_eq!(public(world), [second]);
        let one = |id| world.office.look_blocking(move |_, connection| seen::bulletin::public_one(connection, id));
        assert_eq!(one(id).unwrap().content.standing, Standing::Replaced);
        let kept = one(second).unwrap().content;
        assert_eq!((kept.number, kept.revision), (Some((1, 2026)), 2));
        assert_eq!(code_of(duty.does(WithdrawBulletin { key: None, bulletin: second, reason: "x".into() })), "DSK-002");
        leader.does(WithdrawBulletin { key: None, bulletin: second, reason: "Sai nguồn".into() }).unwrap();
        assert!(public(world).is_empty());
        assert_eq!(one(second).unwrap().content.standing, Standing::Withdrawn);
        let third = duty.does(drafted(&duty, "Bản tin ngày 23/11/2026")).unwrap();
        assert_eq!(code_of(one(third)), "DSK-001", "a draft is nobody's business");
        clerk.does(CheckBulletin { key: None, bulletin: third }).unwrap();
        leader.does(ApproveBulletin { key: None, bulletin: third, version: 2 }).unwrap();
        assert_eq!(one(third).unwrap().content.number, Some((2, 2026)), "a number is not given twice");
        world.assert_well();
    });
}

/// CM02: no personal data, nothing that is not listed, nothing old.
#[test]
fn a_bulletin_refuses_what_must_not_be_public() {
    on_both_engines(|world| {
        let duty = world.desk();
        let with = |change: &dyn Fn(&mut DraftBulletin)| {
            let mut draft = drafted(&duty, "Bản tin");
            change(&mut draft);
            code_of(duty.does(draft))
        };
        assert_eq!(with(&|draft| draft.models = "Gọi chị Sao 0912 345 678".into()), "MTG-004");
        assert_eq!(with(&|draft| draft.figures.push("patients_by_name".into())), "MTG-008");
        let empty = |draft: &mut DraftBulletin| {
            draft.figures.clear();
            draft.preparedness.clear();
            draft.models.clear();
        };
        assert_eq!(with(&empty), "MTG-009");
        let old = drafted(&duty, "Bản tin");
        world.pass(Span::minutes(11));
        assert_eq!(code_of(duty.does(old)), "MTG-001", "figures of a page that was open for long");
        // A figure that a form names is the ledger's, whatever the form says of its value.
        let id = duty.does(drafted(&duty, "Bản tin")).unwrap();
        let kept = look(&duty, move |_, connection, actor| seen::bulletin::bulletin(connection, actor, id)).unwrap();
        let cases = kept.content.figures.iter().find(|figure| figure.key == "cases_of_week").unwrap();
        assert_eq!(cases.value, None, "what the ledger does not know is not known");
        assert!(cases.definition.contains("ngày công bố"));
    });
}

fn case() -> OpenCase {
    OpenCase {
        key: None,
        outcome: OutcomeKind::Fatal,
        happened_on: date(2026, 11, 20),
        unit: "Trạm y tế lưu động số 4".into(),
        cause: "Không đến nhà khi người bệnh gọi".into(),
        posts: "Trưởng kíp trực\n".into(),
        legal_basis: "Văn bản chỉ đạo về chịu trách nhiệm pháp lý".into(),
        simulated: true,
    }
}

/// DT15: leaders only; everybody else finds nothing there.
#[test]
fn a_case_is_seen_by_leaders_only() {
    on_both_engines(|world| {
        assert_eq!(who_may(Capability::KeepCases), [Role::Leader]);
        let leader = world.a(Role::Leader);
        let id = leader.does(case()).unwrap();
        let place = world.facility("BV Hải Âu").register();
        let read = |person: &Person<'_>| {
            look(person, move |office, connection, actor| seen::cases::case(office, connection, actor, id))
        };
        for role in Role::ALL.iter().filter(|role| **role != Role::Leader) {
            let person = world.one_of(*role, &place);
            assert_eq!(code_of(read(&person)), "DSK-001", "{role:?}");
            assert_eq!(code_of(look(&person, seen::cases::cases)), "DSK-001", "{role:?}");
            assert_eq!(code_of(person.does(case())), "DSK-002", "{role:?}");
        }
        let commune = world.commune("91", 0);
        let local = world.a_local(Role::Leader, commune);
        assert_eq!(code_of(read(&local)), "DSK-001", "a leader of a part of the province");
        let far = world.found("01");
        assert_eq!(code_of(read(&world.a_stranger(Role::Leader, far))), "DSK-001");
        assert_eq!(read(&leader).unwrap().case.content.number, (1, 2026));
    });
}

/// DT15: who opened, wrote and read it stands with the case; the journal and the histories say nothing of it.
#[test]
fn reading_a_case_leaves_a_trace_and_the_journal_none_of_its_words() {
    on_both_engines(|world| {
        let (first, second) = (world.a(Role::Leader), world.a(Role::Leader));
        let id = first.does(case()).unwrap();
        world.pass(Span::seconds(1));
        second.does(LookInCase { case: id }).unwrap();
        world.pass(Span::seconds(1));
        let step = |what: &str| AddStep { key: None, case: id, on: date(2026, 11, 21), what: what.into() };
        first.does(step("Mời giải trình")).unwrap();
        let found = look(&first, move |office, connection, actor| seen::cases::case(office, connection, actor, id));
        let access: Vec<(String, String)> =
            found.unwrap().access.into_iter().map(|access| (access.name, access.did)).collect();
        let (one, two) = (first.actor.display_name.clone(), second.actor.display_name.clone());
        assert_eq!(access, [(one.clone(), "wrote".into()), (two, "read".into()), (one, "opened".into())]);
        // The journal: no subject, no word.
        let lines = look(&first, |_, connection, actor| desk::views::journal::journal(connection, actor, 50)).unwrap();
        let of_case: Vec<_> = lines.iter().filter(|line| line.action.contains("case")).collect();
        assert_eq!(of_case.len(), 3);
        for line in of_case {
            let told = format!("{line:?}");
            for word in [&id.to_string(), "Trạm", "Trưởng kíp", "Mời giải trình", "fatal"] {
                assert!(!told.contains(word), "{told}");
            }
        }
        let history = look(&first, move |office, connection, actor| {
            desk::views::history::history(office, connection, actor, id.0)
        });
        assert_eq!(code_of(history), "DSK-001", "no history of it outside its own place");
        assert!(!desk::views::history::kinds().any(|kind| kind.starts_with("liability")));
        world.assert_well();
    });
}

/// DT15: opened with its legal basis, decided once, closed for good; nothing in it leads to data entry or to a person.
#[test]
fn a_case_has_its_course_and_names_nobody() {
    on_both_engines(|world| {
        let leader = world.a(Role::Leader);
        assert_eq!(code_of(leader.does(OpenCase { legal_basis: " ".into(), ..case() })), "CMD-001");
        let typed = "Số liệu của /bien-nhan/0192 do ai nhập";
        assert_eq!(code_of(leader.does(OpenCase { cause: typed.into(), ..case() })), "MTG-007");
        let person = "Nguyễn Văn A, CCCD 091203004567";
        assert_eq!(code_of(leader.does(OpenCase { posts: person.into(), ..case() })), "MTG-004");
        let id = leader.does(case()).unwrap();
        let decide = || DecideCase {
            key: None,
            case: id,
            on: date(2026, 11, 22),
            number: "20/QĐ-SYT".into(),
            what: "Phê bình tập thể".into(),
        };
        leader.does(decide()).unwrap();
        assert_eq!(code_of(leader.does(decide())), "MTG-001");
        leader.does(CloseCase { key: None, case: id, why: "Đã thi hành".into() }).unwrap();
        let step = AddStep { key: None, case: id, on: date(2026, 11, 22), what: "x".into() };
        assert_eq!(code_of(leader.does(step)), "MTG-001", "a closed case stays as it is");
        // What somebody reports has no way into a case: a report changes nothing of it.
        let place = world.facility("BV Hải Âu").with_tank(3_000).register();
        world
            .officer_of(&place)
            .files(
                &place,
                desk::operations::file_report::Told {
                    note: Some("Trạm y tế lưu động số 4".into()),
                    ..says(place.store(0), "0 kg", None)
                },
            )
            .unwrap();
        let (_, all) = look(&leader, seen::cases::cases).unwrap();
        assert_eq!((all.len(), all[0].version), (1, 3));
    });
}
