//! The command room (OX01, OX02, OX03, OX19, DT12, DT17, PR01, design rule 8) on both engines.

use desk::alarms::records::ClosureWhy;
use desk::command::readiness::Met;
use desk::command::submission::{PeriodKind, Submitted};
use desk::command::unit::{Gap, NoticeStanding};
use desk::operations::alarm::close_supply::CloseSupply;
use desk::operations::command::Attached;
use desk::operations::command::acknowledge_notice::AcknowledgeNotice;
use desk::operations::command::answer_readiness::AnswerReadiness;
use desk::operations::command::explain_late::ExplainLate;
use desk::operations::command::found_unit::FoundUnit;
use desk::operations::command::hold_drill::HoldDrill;
use desk::operations::command::link_recount::LinkRecount;
use desk::operations::command::mask_facility::MaskFacility;
use desk::operations::command::mend_finding::MendFinding;
use desk::operations::command::note_finding::NoteFinding;
use desk::operations::command::note_group::NoteGroup;
use desk::operations::command::notify_ministry::NotifyMinistry;
use desk::operations::command::recount_stock::RecountStock;
use desk::operations::command::relieve_member::RelieveMember;
use desk::operations::command::seat_member::SeatMember;
use desk::operations::command::set_milestone::SetMilestone;
use desk::operations::inbox::issue_token::IssueToken;
use desk::operations::set_state::SetState;
use desk::record::RecordId;
use desk::rights::Role;
use desk::views::command as seen;
use desk::views::running_out::Past;
use desk::{Actor, Failure, Outcome};
use jiff::civil::{Date, date};
use oxygen::ReportId;
use place::FacilityId;
use place::body::Ownership;
use protocol::Readiness;
use quantity::Span;

use crate::common::{Person, Place, code_of, on_both_engines, says};

pub(crate) const TODAY: Date = date(2026, 11, 22);

pub(crate) fn founding() -> FoundUnit {
    let (number, issuer) = ("15/QĐ-UBND".into(), "UBND tỉnh".into());
    FoundUnit { key: None, number, issued_on: date(2026, 11, 9), issuer, file: None }
}

pub(crate) fn head(vice_chair: bool, exception: &str) -> SeatMember {
    SeatMember {
        key: None,
        seat: "head".into(),
        name: "Nguyễn Văn Bưởi".into(),
        post: "Phó Chủ tịch UBND tỉnh".into(),
        phone: "0297 3 555 001".into(),
        field: String::new(),
        from: date(2026, 11, 10),
        vice_chair,
        exception: exception.into(),
    }
}

pub(crate) fn look<T: Send + 'static>(
    person: &Person<'_>,
    view: impl Fn(&desk::Office, &mut store::Connection, &Actor) -> Outcome<T>,
) -> Outcome<T> {
    person.world.office.look_blocking(|office, connection| view(office, connection, &person.actor))
}

fn recount(place: &Place<'_>, text: &str) -> RecountStock {
    let told = says(place.store(0), text, None);
    RecountStock { key: None, facility: place.id, told, by: "Đoàn kiểm tra".into(), note: String::new() }
}

/// OX02, OX03: founded, seated, told to the ministry, answered; what is missing is said.
#[test]
fn a_unit_is_founded_seated_and_told_to_the_ministry() {
    on_both_engines(|world| {
        let desk = world.desk();
        assert_eq!(code_of(desk.does(head(true, ""))), "CMD-010");
        assert_eq!(look(&desk, seen::unit::unit).unwrap().gaps, [Gap::NotFounded]);
        let html = Attached::new(b"<html>".to_vec());
        assert_eq!(code_of(desk.does(FoundUnit { file: Some(html), ..founding() })), "CMD-014");
        assert_eq!(code_of(desk.does(FoundUnit { issued_on: date(2026, 11, 23), ..founding() })), "CMD-002");
        let pdf = Attached::new(b"%PDF-1.7 quyet dinh".to_vec());
        desk.does(FoundUnit { file: Some(pdf), ..founding() }).unwrap();
        // Mended later without the file: the file stays.
        desk.does(founding()).unwrap();

        assert_eq!(code_of(desk.does(head(false, " "))), "CMD-011");
        let first = desk.does(head(false, "Khuyết Phó Chủ tịch phụ trách")).unwrap();
        assert_eq!(code_of(desk.does(head(true, ""))), "CMD-012");
        let view = look(&desk, seen::unit::unit).unwrap();
        assert!(view.gaps.contains(&Gap::HeadByException("Khuyết Phó Chủ tịch phụ trách".into())), "{:?}", view.gaps);
        assert!(!view.gaps.contains(&Gap::NoFile));
        assert_eq!(view.standing, NoticeStanding::Late(date(2026, 11, 12)));

        let early = RelieveMember { key: None, member: first, on: date(2026, 11, 9) };
        assert_eq!(code_of(desk.does(early)), "CMD-003");
        desk.does(RelieveMember { key: None, member: first, on: TODAY }).unwrap();
        desk.does(SeatMember { from: TODAY, ..head(true, "") }).unwrap();

        let sending = || NotifyMinistry { key: None, sent_on: TODAY, way: "trục liên thông".into() };
        let notice = desk.does(sending()).unwrap();
        assert_eq!(code_of(desk.does(sending())), "CMD-013");
        desk.does(AcknowledgeNotice { key: None, notice, on: TODAY, by: "Văn phòng Bộ".into() }).unwrap();
        let view = look(&desk, seen::unit::unit).unwrap();
        assert_eq!(view.standing, NoticeStanding::Answered(TODAY));
        let file = view.unit.unwrap().content.founding.file.unwrap();
        let officer = world.officer_of(&world.facility("BV Hải Âu").register());
        let (kind, bytes) = look(&officer, |o, c, a| seen::unit::paper(o, c, a, &file)).unwrap();
        assert_eq!((kind.as_str(), bytes.as_slice()), ("application/pdf", &b"%PDF-1.7 quyet dinh"[..]));
        let other = "00".repeat(32);
        assert!(matches!(look(&officer, |o, c, a| seen::unit::paper(o, c, a, &other)), Err(Failure::NotFound)));
        world.assert_well();
    });
}

/// OX01: who has no complete plan stands first, and a milestone reached needs evidence.
#[test]
fn a_plan_is_complete_when_every_line_has_a_day() {
    on_both_engines(|world| {
        let (whole, part) = (world.facility("BV An").register(), world.facility("BV Bình").register());
        let desk = world.desk();
        let line = |facility: Option<FacilityId>, line: &str| SetMilestone {
            key: None,
            line: line.into(),
            facility,
            planned_on: Some(date(2026, 12, 1)),
            reached_on: None,
            evidence: String::new(),
            holder: String::new(),
        };
        assert_eq!(code_of(desk.does(line(None, "survey"))), "CMD-004", "a facility's line, asked of the province");
        let unsaid = SetMilestone { planned_on: None, ..line(Some(whole.id), "survey") };
        assert_eq!(code_of(desk.does(unsaid)), "CMD-001");
        let unproven = SetMilestone { reached_on: Some(TODAY), ..line(Some(whole.id), "survey") };
        assert_eq!(code_of(desk.does(unproven)), "CMD-001");
        for key in ["survey", "upgrade", "officer", "contract", "works"] {
            desk.does(line(Some(whole.id), key)).unwrap();
        }
        desk.does(SetMilestone { planned_on: Some(date(2026, 11, 1)), ..line(Some(part.id), "survey") }).unwrap();
        let view = look(&desk, seen::programme::programme).unwrap();
        let of = |id| view.plans.iter().find(|plan| plan.facility == id).unwrap();
        assert!(of(Some(whole.id)).complete && !of(Some(part.id)).complete && !of(None).complete);
        assert_eq!((of(Some(part.id)).unplanned(), of(Some(part.id)).late()), (4, 1));
        let facilities: Vec<_> = view.plans.iter().filter_map(|plan| plan.facility).collect();
        assert_eq!(facilities, [part.id, whole.id], "incomplete plans first");
        let officer = world.officer_of(&whole);
        let own = look(&officer, seen::programme::programme).unwrap();
        assert_eq!(own.plans.len(), 1, "an officer sees his own facility's plan");
        world.assert_well();
    });
}

/// The state of a facility: changed by the same operation, kept with its reason, counted by the stricter.
#[test]
fn a_state_is_changed_with_its_reason() {
    on_both_engines(|world| {
        let place = world.facility("BV An").register();
        let leader = world.a(Role::Leader);
        let set = |state, facility, reason: Option<&str>| SetState { state, facility, reason: reason.map(Into::into) };
        leader.does(set(Readiness::Emergency, Some(place.id), Some("Nhận người bệnh từ đảo"))).unwrap();
        leader.does(set(Readiness::Heightened, None, None)).unwrap();
        let view = look(&leader, seen::states::states).unwrap();
        assert_eq!(view.facilities[0].counts, Readiness::Emergency);
        assert_eq!(view.changes.len(), 1, "the same state again is no change");
        let change = &view.changes[0].1.content;
        assert_eq!((change.from, change.to), (Readiness::Routine, Readiness::Emergency));
        assert_eq!(change.reason.as_deref(), Some("Nhận người bệnh từ đảo"));
        let unknown = FacilityId(world.id());
        assert!(matches!(leader.does(set(Readiness::Routine, Some(unknown), None)), Err(Failure::NotFound)));
        world.assert_well();
    });
}

/// PR01: what nobody looked at is unknown; a drill's finding is mended once.
#[test]
fn a_check_has_gaps_and_a_drill_has_findings() {
    on_both_engines(|world| {
        let place = world.facility("BV An").register();
        let desk = world.desk();
        let answer = |line: &str, facility, met| AnswerReadiness {
            key: None,
            line: line.into(),
            facility,
            met,
            evidence: "ảnh".into(),
            seen_on: TODAY,
            by: "Sở Y tế".into(),
        };
        desk.does(answer("command-duty", None, Met::Yes)).unwrap();
        desk.does(answer("command-officer", Some(place.id), Met::No)).unwrap();
        assert_eq!(code_of(desk.does(answer("command-officer", None, Met::No))), "CMD-004");
        let view = look(&desk, seen::readiness::readiness).unwrap();
        let (group, tally) = &view.tallies[0];
        assert_eq!((group.as_str(), tally.yes, tally.no, tally.unknown), ("command", 1, 1, 1));
        assert_eq!(view.wanting[0].facility, Some(place.id), "what was found wanting stands first");

        let drill = HoldDrill { key: None, held_on: TODAY, scenario: "Bão".into(), took_part: String::new() };
        let drill = desk.does(drill).unwrap();
        let finding = |of| NoteFinding {
            key: None,
            of,
            what: "Số trực không ai nghe".into(),
            remedy: "Đổi số".into(),
            holder: "Bệnh viện".into(),
            due_on: date(2026, 12, 1),
        };
        assert!(matches!(desk.does(finding(world.id())), Err(Failure::NotFound)));
        let finding = desk.does(finding(drill.0)).unwrap();
        let mend = || MendFinding { key: None, finding, on: TODAY, evidence: "gọi thử".into() };
        desk.does(mend()).unwrap();
        assert_eq!(code_of(desk.does(mend())), "CMD-031");
        world.assert_well();
    });
}

/// DT12: the recount is held against the ledger as it was; the figure goes in as an ordinary report.
#[test]
fn a_recount_scores_the_ledger_and_leaves_it_alone() {
    on_both_engines(|world| {
        let place = world.facility("BV An").with_tank(3_000).register();
        let desk = world.desk();
        let blind = desk.does(recount(&place, "2.000 kg")).unwrap();
        world.officer_of(&place).files(&place, says(place.store(0), "2.000 kg", None)).unwrap();
        world.pass(Span::minutes(20));
        assert_eq!(code_of(desk.does(RecountStock { by: " ".into(), ..recount(&place, "1.800 kg") })), "CMD-001");
        let nothing = RecountStock { told: crate::common::nothing(), ..recount(&place, "1") };
        assert_eq!(code_of(desk.does(nothing)), "CMD-030");
        let above = desk.does(recount(&place, "9.000 kg"));
        assert_eq!(code_of(above), "OXY-014", "a count is weighed like any report");
        let counted = desk.does(recount(&place, "1.800 kg")).unwrap();
        let before = place.latest(0);
        let told = desk::operations::file_report::Told {
            told_by: Some("Đoàn kiểm tra".into()),
            ..says(place.store(0), "1.800 kg", None)
        };
        let told = desk::operations::file_report::Told {
            confirmed: desk::operations::file_report::Confirmed::Everything,
            ..told
        };
        let filed = desk.files(&place, told).unwrap();
        assert_ne!(place.latest(0), before, "the ordinary report moved the ledger, the recount did not");
        desk.does(LinkRecount { recount: counted, report: filed.report }).unwrap();
        let stranger = LinkRecount { recount: counted, report: ReportId(world.id()) };
        assert!(matches!(desk.does(stranger), Err(Failure::NotFound)));

        let view = look(&desk, seen::recounts::recounts).unwrap();
        let one = &view.recounted[0];
        let by_id = |id: RecordId<_>| one.recounts.iter().find(|kept| kept.id == id).unwrap();
        assert_eq!(by_id(blind).content.accuracy(), None, "the ledger had said nothing yet");
        let accuracy = by_id(counted).content.accuracy().unwrap();
        assert!((accuracy - 0.9).abs() < 0.02, "{accuracy}");
        assert_eq!(by_id(counted).content.report, Some(filed.report));
        for blind in [world.a(Role::Observer), world.officer_of(&place)] {
            assert!(matches!(look(&blind, seen::recounts::recounts), Err(Failure::Forbidden(_))), "not for everybody");
        }
        world.assert_well();
    });
}

/// Design rule 8: never late, may be hidden, one figure for a group in no sum.
#[test]
fn who_reports_by_courtesy_is_never_late_and_may_be_hidden() {
    on_both_engines(|world| {
        let own = world.facility("BV An").with_tank(3_000).register();
        let mut private = world.facility("BV Tư").with_tank(3_000);
        private.body.ownership = Ownership::Military;
        let private = private.register();
        let (desk, observer) = (world.desk(), world.a(Role::Observer));
        let mask =
            |facility, hidden| MaskFacility { key: None, facility, hidden, reason: "đơn vị đề nghị".into() };
        assert_eq!(code_of(desk.does(mask(own.id, true))), "CMD-020");
        let officer = world.officer_of(&private);
        officer.files(&private, says(private.store(0), "2.000 kg", None)).unwrap();
        assert_eq!(observer.names().len(), 2);
        desk.does(mask(private.id, true)).unwrap();
        assert_eq!((observer.names(), desk.names().len(), officer.names().len()), (vec!["BV An".to_owned()], 2, 1));
        let page = look(&observer, |o, c, a| {
            desk::views::facility::facility(o, c, a, private.id, Past::default(), None, 1).map(drop)
        });
        assert!(matches!(page, Err(Failure::NotFound)), "{page:?}");
        let sensor =
            IssueToken { key: None, name: "Đồng hồ bồn".into(), role: Role::Sensor, facility: Some(private.id) };
        world.a(Role::Administrator).does(sensor).unwrap();
        // Nor does it stand among the terms of refill, in the list before a storm, or in their closures.
        let storm = |facility, why| CloseSupply {
            key: None,
            facility,
            area: None,
            from: world.now() + Span::hours(20),
            to: world.now() + Span::hours(40),
            why,
            note: String::new(),
        };
        desk.does(storm(None, ClosureWhy::Storm)).unwrap();
        desk.does(storm(Some(private.id), ClosureWhy::Road)).unwrap();
        let listed = |person: &Person<'_>| {
            let page = look(person, desk::views::refills::refills).unwrap();
            let (_, storms) = look(person, desk::views::refills::storms).unwrap();
            (page.lines.len(), page.closures.len(), storms[0].lines.len() + storms[0].full)
        };
        assert_eq!((listed(&desk), listed(&observer)), ((2, 2, 2), (1, 1, 1)));
        desk.does(mask(private.id, false)).unwrap();
        assert_eq!(observer.names().len(), 2);

        let group = |stock: &str| NoteGroup {
            key: None,
            group: "military".into(),
            facilities: 2,
            patients: None,
            stock: stock.into(),
            told_by: "Cục Quân y".into(),
            phone: String::new(),
            at: None,
        };
        assert_eq!(code_of(desk.does(group("nhiều"))), "CMD-022");
        assert_eq!(code_of(desk.does(group(""))), "CMD-001");
        assert_eq!(code_of(desk.does(NoteGroup { facilities: 0, ..group("800") })), "CMD-021");
        desk.does(group("1,2 t")).unwrap();
        let figures = look(&desk, |_, c, a| seen::courtesy::groups(c, a)).unwrap();
        assert_eq!(figures[0].content.stock, Some(quantity::Grams::from_kg(1_200)));
        world.assert_well();
    });
}

/// DT17: from what was really received: in time, late, missing, not asked, by courtesy.
#[test]
fn the_matrix_is_made_of_what_was_really_received() {
    on_both_engines(|world| {
        let good = world.facility("BV An").with_tank(3_000).register();
        let late = world.facility("BV Bình").with_tank(3_000).register();
        let never = world.facility("BV Cần").with_tank(3_000).register();
        let mut private = world.facility("BV Dân").with_tank(3_000);
        private.body.ownership = Ownership::Private;
        private.register();
        let told = |place: &Place<'_>| says(place.store(0), "2.000 kg", None);
        let eight = world.now();
        world.officer_of(&good).files(&good, told(&good)).unwrap();
        // Ten in the morning of the next day: the day's grace of eight hours is over.
        world.pass(Span::hours(26));
        let yesterday = desk::operations::file_report::Told { happened_at: Some(eight), ..told(&late) };
        let report = world.officer_of(&late).files(&late, yesterday).unwrap().report;
        let desk = world.desk();
        let day =
            |desk: &Person<'_>| look(desk, |o, c, a| seen::matrix::matrix(o, c, a, PeriodKind::Day, None)).unwrap();
        let cells = |place: &str| {
            let found = day(&desk);
            let row = found.rows.into_iter().find(|row| row.name == place).unwrap();
            row.cells.into_iter().rev().take(2).map(|(cell, _)| cell).collect::<Vec<_>>()
        };
        assert_eq!(cells("BV An"), [Submitted::Waiting, Submitted::OnTime(eight)]);
        assert_eq!(cells("BV Bình"), [Submitted::Waiting, Submitted::Late(world.now())]);
        assert_eq!(cells("BV Cần"), [Submitted::Waiting, Submitted::Missing]);
        assert_eq!(cells("BV Dân"), [Submitted::Courtesy, Submitted::Courtesy], "asked, never missing");

        // Taken back for good it was not received.
        let correction = desk::operations::correct_report::CorrectReport {
            key: None,
            report,
            reason: "của nơi khác".into(),
            instead: None,
        };
        desk.does(correction).unwrap();
        assert_eq!(cells("BV Bình")[1], Submitted::Missing);
        let found = day(&desk);
        let period = found.periods[found.periods.len() - 2].code();
        let why =
            ExplainLate {
                key: None, facility: never.id, period, reason: "mất điện".into(), told_by: "trực".into()
            };
        desk.does(why).unwrap();
        let found = day(&desk);
        assert_eq!(found.in_time(), (3, 1));
        let row = found.rows.iter().find(|row| row.id == never.id).unwrap();
        assert_eq!(row.cells[found.periods.len() - 2].1.as_deref(), Some("mất điện"));
        let week = look(&desk, |o, c, a| seen::matrix::matrix(o, c, a, PeriodKind::Week, None)).unwrap();
        assert!(week.rows.iter().all(|row| row.cells.len() == week.periods.len()));
        let own = look(&world.officer_of(&good), |o, c, a| seen::matrix::matrix(o, c, a, PeriodKind::Shift, None));
        let own = own.unwrap();
        assert_eq!(own.rows.len(), 1, "an officer sees his own row");
        assert!(
            own.rows[0].cells.iter().any(|(cell, _)| matches!(cell, Submitted::Unasked(_))),
            "nobody asks by shift"
        );
        let heads: Vec<String> = found.periods.iter().map(|period| period.code()).collect();
        let sheet = seen::matrix_sheet::sheet(&found, &heads).unwrap();
        assert!(sheet.starts_with(b"PK"));
        world.assert_well();
    });
}
