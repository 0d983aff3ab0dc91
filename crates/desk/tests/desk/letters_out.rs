//! Letters that go out by the way of the reports (DT13, OX03, OX18): drafted, edited, checked, signed, numbered per body,
//! kind and year, revised; the signed PDF beside them.

use desk::IdempotencyKey;
use desk::letters_out::{OfficialDocument, file};
use desk::operations::command::mask_facility::MaskFacility;
use desk::operations::papers::attach_scan::AttachScan;
use desk::operations::papers::draft_letter::DraftLetter;
use desk::operations::papers::edit_letter::EditLetter;
use desk::operations::papers::revise_report::ReviseReport;
use desk::operations::papers::sign_report::SignReport;
use desk::operations::papers::submit_report::SubmitReport;
use desk::papers::report::{OfficialReport, State};
use desk::papers::signer::SignsAs;
use desk::record::RecordId;
use desk::rights::Role;
use desk::views::papers::{Format, ReportInFull, file as file_of, letters, numbers, report};
use document::official::{Block, Family, Kind, Signature};
use place::body::Ownership;
use quantity::{Id, Span};

use crate::common::{World, code_of, on_both_engines};

/// A composed paper of the shipped examples.
fn example(name: &str) -> OfficialDocument {
    let path = format!("{}/../../docs/formats/letter-record/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let document = file::read(&std::fs::read(path).expect("the example")).expect("is composed");
    // Number and signature of the example are those of a paper that was sent long ago.
    OfficialDocument { number: None, signature: Signature::default(), ..document }
}

fn draft(world: &World, document: OfficialDocument) -> RecordId<OfficialReport> {
    world.desk().does(DraftLetter { key: None, document, about: None, due: None, drafter: None }).expect("is drafted")
}

fn full(world: &World, id: RecordId<OfficialReport>, issue: Option<u32>) -> ReportInFull {
    let actor = world.a(Role::Leader).actor;
    world.office.look_blocking(|office, connection| report(office, connection, &actor, id, issue)).unwrap()
}

fn seen(world: &World, id: RecordId<OfficialReport>) -> String {
    full(world, id, None).report.content.content
}

fn sign(world: &World, id: RecordId<OfficialReport>) -> desk::Outcome<String> {
    world.desk().does(SubmitReport { key: None, report: id }).expect("is submitted");
    world.a_signer(SignsAs::Deputy).does(SignReport { key: None, report: id, seen: seen(world, id), name: None })
}

#[test]
fn a_composed_letter_goes_the_way_of_a_report() {
    on_both_engines(|world| {
        let id = draft(world, example("reminder"));
        let drafted = full(world, id, None);
        assert!(drafted.report.content.title().starts_with("Công văn: đôn đốc thực hiện Công văn số 7559/BYT-TB-CT"));
        let mut document = drafted.content.document.clone();
        assert!(document.draft && document.number.is_none() && document.year == Some(2026));

        // Edited before it is submitted, by whoever has seen the last text.
        document.body.insert(1, Block::Paragraph("Đề nghị gửi trước qua thư điện tử.".into()));
        let edit = |seen: String| EditLetter { key: None, letter: id, seen, document: document.clone(), due: None };
        let before = seen(world, id);
        world.desk().does(edit(before.clone())).unwrap();
        assert_eq!(code_of(world.desk().does(edit(before))), "OUT-008", "somebody else has edited it");
        assert_eq!(sign(world, id).unwrap(), "01/SYT-NVY");
        assert_eq!(code_of(world.desk().does(edit(seen(world, id)))), "PAP-001", "what is signed is not edited");

        let signed = full(world, id, None);
        assert_eq!(signed.report.content.state, State::Signed);
        let paper = &signed.content.document;
        assert_eq!((paper.number.as_deref(), paper.draft), (Some("01/SYT-NVY"), false));
        assert_eq!(paper.signature.post, "Phó Giám đốc");
        assert!(file_of(&signed.content, Format::Docx).unwrap().starts_with(b"PK"));
        assert_eq!(code_of(file_of(&signed.content, Format::Xlsx)), "PAP-017");

        let scan = b"%PDF-1.7 signed".to_vec();
        let scan = AttachScan { key: None, report: id, digest: store::sha256(&scan), bytes: scan };
        world.desk().does(scan).unwrap();
        world.desk().does(ReviseReport { key: None, report: id, reason: "sót một nơi nhận".into() }).unwrap();
        let again = full(world, id, None);
        let Kind::Letter { subject } = &again.content.document.kind else { panic!("a letter") };
        assert!(subject.ends_with("(lần 2, thay thế Công văn số 01/SYT-NVY)"), "{subject}");
        assert_eq!(sign(world, id).unwrap(), "02/SYT-NVY");
        assert_eq!(full(world, id, Some(1)).content, signed.content, "the first issue stays as it was signed");
        world.assert_well();
    });
}

/// Letters, reports, plans, decisions and papers of the Party each have numbers of their own, from 01 each January.
#[test]
fn every_body_and_kind_counts_for_itself_and_anew_each_year() {
    on_both_engines(|world| {
        let department = |name: &str| draft(world, example(name));
        let party = || OfficialDocument {
            issuer: "Đảng ủy Sở Y tế".into(),
            symbol: "TB/ĐU".into(),
            signature: Signature { post: "Bí thư".into(), ..Signature::default() },
            ..example("party-conclusion")
        };
        let signed = |id| sign(world, id).unwrap();
        assert_eq!(signed(department("reminder")), "01/SYT-NVY");
        assert_eq!(signed(department("child-letter")), "02/SYT-NVY");
        assert_eq!(signed(department("implementation")), "01/BC-SYT");
        assert_eq!(signed(department("plan")), "01/KH-SYT");
        assert_eq!(signed(department("dispatch-order")), "01/QĐ-SYT");
        assert_eq!(signed(department("conclusion")), "01/TB-SYT");
        let notice = draft(world, party());
        assert_eq!(signed(notice), "01-TB/ĐU");
        let paper = full(world, notice, None);
        assert_eq!(paper.content.document.family, Family::Party);
        assert_eq!(paper.report.content.signed.map(|signed| signed.post).as_deref(), Some("Bí thư"));
        assert_eq!(signed(draft(world, party())), "02-TB/ĐU");

        world.pass(Span::days(60));
        assert_eq!(signed(department("reminder")), "01/SYT-NVY");
        assert_eq!(signed(draft(world, party())), "01-TB/ĐU");
        let actor = world.desk().actor;
        let given = world.office.look_blocking(|_, connection| numbers(connection, &actor)).unwrap();
        assert_eq!(given.len(), 10);
        for one in &given {
            let own: Vec<i64> = given.iter().filter(|other| other.series == one.series).map(|own| own.number).collect();
            assert!((1..=own.len() as i64).rev().eq(own.iter().copied()), "{}: {own:?}", one.series);
        }
    });
}

/// Ten leaders press at once: ten numbers, none twice, none left out.
#[test]
fn two_at_once_never_share_a_number() {
    on_both_engines(|world| {
        let leader = world.a_signer(SignsAs::Head);
        let asked: Vec<SignReport> = (0..10)
            .map(|_| {
                let id = draft(world, example("reminder"));
                world.desk().does(SubmitReport { key: None, report: id }).unwrap();
                SignReport { key: None, report: id, seen: seen(world, id), name: None }
            })
            .collect();
        let mut numbers: Vec<String> = std::thread::scope(|scope| {
            let pressed: Vec<_> = asked.into_iter().map(|sign| scope.spawn(|| leader.does(sign).unwrap())).collect();
            pressed.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        numbers.sort();
        let wanted: Vec<String> = (1..=10).map(|number| format!("{number:02}/SYT-NVY")).collect();
        assert_eq!(numbers, wanted);
    });
}

#[test]
fn what_lacks_a_part_or_is_another_bodys_stops_with_its_code() {
    on_both_engines(|world| {
        let letter = || example("reminder");
        let lacking = draft(world, OfficialDocument { recipients: Vec::new(), ..letter() });
        assert_eq!(code_of(world.desk().does(SubmitReport { key: None, report: lacking })), "OUT-006");
        let secret = OfficialDocument { body: vec![Block::Centred("MẬT".into())], ..letter() };
        let drafted = DraftLetter { key: None, document: secret, about: None, due: None, drafter: None };
        assert_eq!(code_of(world.desk().does(drafted)), "OUT-010", "refused at the door");

        let foreign = draft(world, OfficialDocument { issuer: "UBND tỉnh An Giang".into(), ..letter() });
        assert_eq!(code_of(sign(world, foreign)), "OUT-007");
        let marks = ["", "; DROP", "SYT NVY; x"];
        for symbol in marks {
            let document = OfficialDocument { symbol: symbol.into(), ..letter() };
            let drafted = DraftLetter { key: None, document, about: None, due: None, drafter: None };
            assert_eq!(code_of(world.desk().does(drafted)), "OUT-009", "{symbol:?}");
        }
        let long = OfficialDocument { body: vec![Block::Paragraph("a ".repeat(400_000))], ..letter() };
        let drafted = DraftLetter { key: None, document: long, about: None, due: None, drafter: None };
        assert_eq!(code_of(world.desk().does(drafted)), "OUT-009");
        // A number and a day that a caller writes in are not believed.
        let document = OfficialDocument { number: Some("99/SYT-NVY".into()), ..letter() };
        assert_eq!(full(world, draft(world, document), None).content.document.number, None);
    });
}

/// Pressed twice it is one letter; who only watches drafts none; a letter about a hidden facility is not read by him.
#[test]
fn a_letter_is_drafted_once_and_read_by_who_may() {
    on_both_engines(|world| {
        let about = Id::from_bytes([7; 16]);
        let key = IdempotencyKey::new("soan-mot-lan-thoi").unwrap();
        let once = || DraftLetter {
            key: Some(key.clone()),
            document: example("plan"),
            about: Some(about),
            due: None,
            drafter: None,
        };
        let duty = world.desk();
        let first = duty.does(once()).unwrap();
        assert_eq!(duty.does(once()).unwrap(), first);
        let observer = world.a(Role::Observer);
        assert!(matches!(observer.does(once()), Err(desk::Failure::Forbidden(_))));
        let actor = world.desk().actor;
        let found = world.office.look_blocking(|_, connection| letters::about(connection, &actor, about)).unwrap();
        assert_eq!(found.iter().map(|paper| paper.id).collect::<Vec<_>>(), [first]);

        let place = world.facility("Bệnh viện Quân y Bến Đá").owned_by(Ownership::Military).with_tank(3_000).register();
        let named = vec![Block::Paragraph("Bệnh viện Quân y Bến Đá còn 200 kg.".into())];
        let letter = draft(world, OfficialDocument { body: named, ..example("reminder") });
        let read = || {
            let actor = world.a(Role::Observer).actor;
            world.office.look_blocking(|office, connection| report(office, connection, &actor, letter, None))
        };
        assert!(read().is_ok());
        let mask = MaskFacility { key: None, facility: place.id, hidden: true, reason: "theo đề nghị".into() };
        world.desk().does(mask).unwrap();
        assert!(matches!(read(), Err(desk::Failure::Forbidden(_))));
    });
}
