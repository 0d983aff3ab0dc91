//! Reports as papers (OX18, DT17): drafted, submitted, signed, revised; numbers without gaps.

use desk::operations::appoint::NoteAbsence;
use desk::operations::command::mask_facility::MaskFacility;
use desk::operations::papers::appoint_signer::AppointSigner;
use desk::operations::papers::attach_scan::AttachScan;
use desk::operations::papers::draft_report::DraftReport;
use desk::operations::papers::return_report::ReturnReport;
use desk::operations::papers::revise_report::ReviseReport;
use desk::operations::papers::sign_report::SignReport;
use desk::operations::papers::submit_report::SubmitReport;
use desk::papers::content::{Content, Kept as Cell};
use desk::papers::layout::ReportKind;
use desk::papers::report::{DeadlineWord, OfficialReport, State, due_moment};
use desk::papers::signer::SignsAs;
use desk::record::RecordId;
use desk::rights::Role;
use desk::views::papers::{Format, compose, file, numbers, report, reports, scan};
use desk::{IdempotencyKey, Outcome};
use document::official::{Block, Kind};
use jiff::civil::{Date, date};
use place::body::{Absence, BodyKind, Ownership};
use place::{BodyId, PersonId};
use quantity::Span;

use crate::common::{Person, World, code_of, on_both_engines, says};

fn today() -> Date {
    date(2026, 11, 22)
}

fn composed(person: &Person<'_>, kind: ReportKind, day: Date) -> Outcome<Content> {
    let actor = person.actor.clone();
    person.world.office.look_blocking(|office, connection| compose(office, connection, &actor, kind, day))
}

fn draft(world: &World, kind: ReportKind, day: Date) -> RecordId<OfficialReport> {
    let content = composed(&world.desk(), kind, day).unwrap();
    let due = Some(due_moment(DeadlineWord::Before, date(2026, 11, 24)));
    world.desk().does(DraftReport { key: None, kind, due, content, drafter: None }).unwrap()
}

fn submit(world: &World, report: RecordId<OfficialReport>) {
    world.desk().does(SubmitReport { key: None, report }).unwrap();
}

/// Signed by a deputy, who has read what lies there.
fn sign(world: &World, report: RecordId<OfficialReport>) -> Outcome<String> {
    world.a_signer(SignsAs::Deputy).does(signing(world, report))
}

fn signing(world: &World, report: RecordId<OfficialReport>) -> SignReport {
    SignReport { key: None, report, seen: full(world, report, None).report.content.content, name: None }
}

fn full(world: &World, id: RecordId<OfficialReport>, issue: Option<u32>) -> desk::views::papers::ReportInFull {
    let actor = world.a(Role::Leader).actor;
    world.office.look_blocking(|office, connection| report(office, connection, &actor, id, issue)).unwrap()
}

#[test]
fn a_report_goes_from_draft_to_signature_and_is_frozen() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(3_000).register();
        world.facility("BV An Lành").with_tank(3_000).register();
        world.officer_of(&place).files(&place, says(place.store(0), "2.000 kg", None)).unwrap();
        let id = draft(world, ReportKind::Ministry, today());
        let drafted = full(world, id, None);
        assert!(drafted.content.document.number.is_none() && drafted.content.document.draft);
        assert_eq!(code_of(sign(world, id)), "PAP-001", "a draft is not signed");
        submit(world, id);
        assert_eq!(code_of(world.desk().does(SubmitReport { key: None, report: id })), "PAP-001");

        assert_eq!(sign(world, id).unwrap(), "01/BC-SYT");
        let signed = full(world, id, None);
        let told = signed.report.content.signed.clone().unwrap();
        assert_eq!((told.number.as_str(), told.at), ("01/BC-SYT", world.now()));
        assert_eq!(signed.content.document.date, Some(today()));
        assert_eq!(signed.content.rows, drafted.content.rows, "what was submitted is what was signed");
        assert!(!signed.report.content.is_late(world.now() + Span::days(30)));

        // The ledger goes on; the signed paper does not.
        world.pass(Span::hours(1));
        world.officer_of(&place).files(&place, says(place.store(0), "500 kg", None)).unwrap();
        assert_eq!(full(world, id, None).content, signed.content);
        let content = composed(&world.desk(), ReportKind::Ministry, today()).unwrap();
        let again = DraftReport { key: None, kind: ReportKind::Ministry, due: None, content, drafter: None };
        assert_eq!(code_of(world.desk().does(again)), "PAP-002");
        world.assert_well();
    });
}

/// Two at once never get the same number, and a replayed key gets its first answer.
#[test]
fn numbers_go_up_by_one_per_kind_and_year() {
    on_both_engines(|world| {
        let daily = draft(world, ReportKind::Daily, today());
        let ministry = draft(world, ReportKind::Ministry, today());
        for id in [daily, ministry] {
            submit(world, id);
        }
        let key = IdempotencyKey::new("ky-bao-cao-ngay").unwrap();
        let leader = world.a_signer(SignsAs::Head);
        let seen = full(world, daily, None).report.content.content;
        let once = || SignReport { key: Some(key.clone()), report: daily, seen: seen.clone(), name: None };
        assert_eq!(leader.does(once()).unwrap(), "01/BC-SYT");
        assert_eq!(leader.does(once()).unwrap(), "01/BC-SYT", "pressed twice");
        assert_eq!(sign(world, ministry).unwrap(), "02/BC-SYT");
        let actor = world.desk().actor;
        let given = world.office.look_blocking(|_, connection| numbers(connection, &actor)).unwrap();
        assert_eq!(given.iter().map(|one| one.number).collect::<Vec<_>>(), [2, 1]);

        world.pass(Span::days(60));
        let next_year = draft(world, ReportKind::Daily, world.now().date());
        submit(world, next_year);
        assert_eq!(sign(world, next_year).unwrap(), "01/BC-SYT", "numbers begin again each January");
    });
}

/// One leader reads, another gives it back, it comes again with other figures: the first signs what he has read or nothing.
#[test]
fn nobody_signs_what_he_has_not_read() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(3_000).register();
        let id = draft(world, ReportKind::Ministry, today());
        submit(world, id);
        let leader = world.a_signer(SignsAs::Head);
        let read = || full(world, id, None).report.content.content;
        let sign = |seen: &str| SignReport { key: None, report: id, seen: seen.to_owned(), name: None };
        assert_eq!(code_of(leader.does(sign(""))), "PAP-014", "who does not say what he read has read nothing");
        let seen = read();
        let back = ReturnReport { key: None, report: id, reason: "thiếu số liệu".into() };
        world.a(Role::Leader).does(back).unwrap();
        world.officer_of(&place).files(&place, says(place.store(0), "500 kg", None)).unwrap();
        world.pass(Span::minutes(5));
        draft(world, ReportKind::Ministry, today());
        submit(world, id);
        assert_eq!(code_of(leader.does(sign(&seen))), "PAP-001");
        leader.does(sign(&read())).unwrap();
    });
}

#[test]
fn a_revision_keeps_the_signed_one_and_says_why() {
    on_both_engines(|world| {
        let id = draft(world, ReportKind::Ministry, today());
        submit(world, id);
        sign(world, id).unwrap();
        let revise = |reason: &str| ReviseReport { key: None, report: id, reason: reason.to_owned() };
        assert_eq!(code_of(world.desk().does(revise("  "))), "PAP-005");
        world.desk().does(revise("Sót số liệu một cơ sở")).unwrap();
        submit(world, id);
        world.pass(Span::days(5));
        assert_eq!(sign(world, id).unwrap(), "02/BC-SYT");
        let second = full(world, id, None);
        let Kind::Named { subject, .. } = &second.content.document.kind else { panic!("a named kind") };
        assert!(subject.ends_with("(lần 2, thay thế Báo cáo số 01/BC-SYT)"), "{subject}");
        assert_eq!(second.report.content.reason.as_deref(), Some("Sót số liệu một cơ sở"));
        assert!(!second.report.content.is_late(world.now()), "its first issue came in time");
        let first = full(world, id, Some(1));
        assert_eq!(first.content.document.number.as_deref(), Some("01/BC-SYT"));
    });
}

#[test]
fn what_is_submitted_late_says_so_and_what_is_given_back_says_why() {
    on_both_engines(|world| {
        let id = draft(world, ReportKind::Ministry, today());
        let due = full(world, id, None).report.content.due.unwrap();
        world.pass(due - world.now() + Span::minutes(1));
        assert!(full(world, id, None).report.content.is_late(world.now()));
        submit(world, id);
        let back = ReturnReport { key: None, report: id, reason: "Bổ sung nhu cầu".to_owned() };
        assert_eq!(code_of(world.desk().does(ReturnReport { key: None, report: id, reason: "x".into() })), "DSK-002");
        world.a(Role::Leader).does(back).unwrap();
        let found = full(world, id, None).report.content;
        assert_eq!((found.state, found.returned.as_deref()), (State::Drafted, Some("Bổ sung nhu cầu")));
        submit(world, id);
        sign(world, id).unwrap();
        let found = full(world, id, None).report.content;
        assert!(found.was_submitted_late() && found.is_late(world.now()));
    });
}

#[test]
fn the_signed_paper_comes_back_and_keeps_its_hash() {
    on_both_engines(|world| {
        let id = draft(world, ReportKind::Daily, today());
        submit(world, id);
        sign(world, id).unwrap();
        let attach =
            |bytes: &[u8]| AttachScan { key: None, report: id, digest: store::sha256(bytes), bytes: bytes.to_vec() };
        assert_eq!(code_of(world.desk().does(attach(b"PK\x03\x04"))), "PAP-006");
        let name = world.desk().does(attach(b"%PDF-1.7 signed")).unwrap();
        assert_eq!(name.len(), 64);
        let actor = world.desk().actor;
        let bytes =
            world.office.look_blocking(|office, connection| scan(office, connection, &actor, id, None)).unwrap();
        assert_eq!(bytes, b"%PDF-1.7 signed");
    });
}

/// Unknown is said as unknown, in every file.
#[test]
fn every_file_of_a_report_is_written() {
    on_both_engines(|world| {
        world.facility("BV An Lành").with_tank(3_000).register();
        let content = composed(&world.desk(), ReportKind::Ministry, today()).unwrap();
        assert!(content.rows.iter().any(|row| row["use_per_day"] == Cell::Unknown(None)));
        let said = content
            .document
            .body
            .iter()
            .any(|block| matches!(block, Block::Bullet(text) if text.contains("chưa rõ (1 cơ sở chưa báo)")));
        assert!(said, "{:?}", content.document.body);
        for (format, begins) in
            [(Format::Docx, &b"PK"[..]), (Format::Pdf, b"%PDF-"), (Format::Xlsx, b"PK"), (Format::Json, b"{")]
        {
            assert!(file(&content, format).unwrap().starts_with(begins), "{format:?}");
        }
    });
}

#[test]
fn reports_are_the_provinces_own() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(3_000).register();
        let focal = world.officer_of(&place);
        assert_eq!(code_of(composed(&focal, ReportKind::Daily, today())), "DSK-002");
        let id = draft(world, ReportKind::Daily, today());
        let other = world.found("96");
        let stranger = world.a_stranger(Role::DutyOfficer, other);
        assert_eq!(code_of(stranger.does(SubmitReport { key: None, report: id })), "DSK-001");
        let actor = stranger.actor;
        let theirs = world.office.look_blocking(|office, connection| reports(office, connection, &actor)).unwrap();
        assert!(theirs.reports.is_empty());
        assert_eq!(theirs.not_begun.len(), 1, "the daily report is due by itself");
    });
}

/// OX18: a leader signs as what the list of posts says that he is; without a post he does not sign.
#[test]
fn a_leader_signs_as_what_he_is() {
    on_both_engines(|world| {
        let id = draft(world, ReportKind::Daily, today());
        submit(world, id);
        let nobody = world.a(Role::Leader);
        assert_eq!(code_of(nobody.does(signing(world, id))), "PAP-007");
        let account = world.desk().actor.user.unwrap();
        let appoint = AppointSigner { key: None, account, signs_as: SignsAs::Head, name: None };
        assert_eq!(code_of(world.desk().does(appoint)), "PAP-009", "the desk drafts and does not sign");
        let appoint = AppointSigner { key: None, account, signs_as: SignsAs::Head, name: None };
        assert_eq!(code_of(world.a(Role::Observer).does(appoint)), "DSK-002");
        let head = world.a_signer(SignsAs::Head);
        world.pass(Span::minutes(1));
        let later = world.a_signer(SignsAs::Head);
        assert_eq!(code_of(head.does(signing(world, id))), "PAP-007", "another one heads the department now");
        assert_eq!(later.does(signing(world, id)).unwrap(), "01/BC-SYT");
        let signed = full(world, id, None).content.document.signature;
        assert_eq!((signed.post.as_str(), signed.authority.len()), ("Giám đốc", 0));
        let revise = ReviseReport { key: None, report: id, reason: "nhầm".into() };
        world.desk().does(revise).unwrap();
        submit(world, id);
        let deputy = world.a_signer(SignsAs::Deputy);
        let person = PersonId(deputy.actor.user.unwrap().0);
        let away = Absence { person, from: world.now(), to: Some(world.now() + Span::hours(8)) };
        let body = department(world);
        world.desk().does(NoteAbsence { body, absence: away }).unwrap();
        assert_eq!(code_of(deputy.does(signing(world, id))), "PAP-008");
        world.pass(Span::hours(9));
        deputy.does(signing(world, id)).unwrap();
        let signed = full(world, id, None).report.content.signed.unwrap();
        assert_eq!(signed.post, "KT. Giám đốc, Phó Giám đốc");
        world.assert_well();
    });
}

fn department(world: &World) -> BodyId {
    let province = world.province;
    let look = move |office: &desk::Office, connection: &mut store::Connection| {
        Ok(office.registry(connection, province)?.body_of_kind(BodyKind::HealthDepartment).map(|body| body.id))
    };
    world.office.look_blocking(look).unwrap().unwrap()
}

/// Design rule 8: who may not see a facility does not read the papers that name it, signed before or after it asked.
#[test]
fn papers_that_name_a_hidden_facility_are_not_for_who_only_watches() {
    on_both_engines(|world| {
        let place = world.facility("BV Quân Dân").owned_by(Ownership::Military).with_tank(3_000).register();
        let id = draft(world, ReportKind::Ministry, today());
        submit(world, id);
        sign(world, id).unwrap();
        let attach = AttachScan { key: None, report: id, digest: store::sha256(b"%PDF-1"), bytes: b"%PDF-1".to_vec() };
        world.desk().does(attach).unwrap();
        let observer = world.a(Role::Observer).actor;
        let read = |actor: &desk::Actor| {
            let page = world.office.look_blocking(|office, connection| report(office, connection, actor, id, None));
            let paper = world.office.look_blocking(|office, connection| scan(office, connection, actor, id, None));
            (page.map(drop), paper.map(drop))
        };
        assert!(matches!(read(&observer), (Ok(()), Ok(()))));
        let hide = |hidden| MaskFacility { key: None, facility: place.id, hidden, reason: "theo đề nghị".into() };
        world.desk().does(hide(true)).unwrap();
        let (page, paper) = read(&observer);
        assert_eq!((code_of(page), code_of(paper)), ("DSK-002", "DSK-002"));
        assert!(matches!(read(&world.a(Role::Leader).actor), (Ok(()), Ok(()))), "who decides sees it");
        world.desk().does(hide(false)).unwrap();
        assert!(matches!(read(&observer), (Ok(()), Ok(()))));
    });
}
