//! Works beside the document system (issue 4, build 6; DT01, OX03, OX18): packages come in, papers go out to be signed,
//! signed PDFs come back and the register of numbers has no holes and no doubles.

use desk::Outcome;
use desk::exchange::kept::{Found, Part};
use desk::exchange::parcel::{Exchanged, read as read_parcel};
use desk::exchange::signed::read as read_signed;
use desk::letters::intake::Incoming;
use desk::letters::refused::Refused as LetterRefused;
use desk::operations::exchange::match_signed::MatchSigned;
use desk::operations::exchange::recall_sent::RecallSent;
use desk::operations::exchange::send_out::SendOut;
use desk::operations::exchange::set_aside::SetAside;
use desk::operations::exchange::take_package::TakePackage;
use desk::operations::exchange::take_signed::TakeSigned;
use desk::operations::exchange::take_state::TakeState;
use desk::operations::letters::take_in::TakeIn;
use desk::operations::papers::draft_report::DraftReport;
use desk::operations::papers::return_report::ReturnReport;
use desk::operations::papers::sign_report::SignReport;
use desk::operations::papers::submit_report::SubmitReport;
use desk::papers::layout::ReportKind;
use desk::papers::report::{OfficialReport, State};
use desk::papers::signer::SignsAs;
use desk::record::RecordId;
use desk::rights::Role;
use desk::views::exchange::{Exchange, exchange, of_one, sent_file, to_send, zip};
use desk::views::letters::{graph, letter};
use desk::views::papers::{compose, numbers, report};
use document::exchange::{
    Attachment, ExchangeLayout, Inside, Key, Message, Package, PackageLimits, read_package, written,
};
use document::official::{OfficialDocument, write_pdf};
use jiff::civil::{Date, date};
use quantity::Span;

use crate::common::{World, code_of, on_both_engines};

const TEXT: &str = "UBND TỈNH AN GIANG\nSỞ Y TẾ\nSố: 118/SYT-NVY\nV/v rà soát dự trữ oxy\n\nAn Giang, ngày 20 tháng 11 năm 2026\n\n\
    Kính gửi: Bệnh viện Hải Âu.\n\nSở Y tế yêu cầu Bệnh viện Hải Âu báo cáo trước ngày 25/11/2026./.\n\n\
    Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nGIÁM ĐỐC\n\nTrần Văn Ớt\n";

fn today() -> Date {
    date(2026, 11, 22)
}

fn layout() -> &'static ExchangeLayout {
    ExchangeLayout::written().expect("shipped")
}

fn file(name: &str, bytes: &[u8]) -> Attachment {
    Attachment { name: name.into(), media_type: String::new(), bytes: bytes.to_vec() }
}

fn packed(number: &str, files: Vec<Attachment>) -> Vec<u8> {
    let fields = [
        (Key::Package, "goi-118"),
        (Key::FromCode, "000.00.15.H01"),
        (Key::Number, number),
        (Key::Notation, "SYT-NVY"),
        (Key::Day, "2026/11/20"),
        (Key::Subject, "rà soát dự trữ oxy"),
    ];
    let fields = fields.into_iter().map(|(key, value)| (key, vec![value.to_owned()])).collect();
    let package = Package { layout: layout().key.clone(), fields, day: None, attachments: files, missing: vec![] };
    written(layout(), &package, Inside::Xml, "goi.xml").expect("written")
}

fn take(world: &World, bytes: Vec<u8>) -> Outcome<desk::letters::directive::DirectiveId> {
    let digest = store::sha256(&bytes);
    match read_parcel(bytes, "goi.edxml")? {
        Exchanged::Letter(parcel) => {
            world.a(Role::Clerk).does(TakePackage { key: None, digest, parcel, party_word: false, simulated: false })
        }
        _ => Err(desk::Failure::NotFound),
    }
}

fn shown(world: &World, id: desk::letters::directive::DirectiveId) -> desk::views::letters::LetterInFull {
    let actor = world.a(Role::Clerk).actor;
    world.office.look_blocking(|office, connection| letter(office, connection, &actor, id)).expect("there")
}

fn page(world: &World) -> Exchange {
    let actor = world.a(Role::Clerk).actor;
    world.office.look_blocking(|office, connection| exchange(office, connection, &actor)).expect("seen")
}

/// DT01: a package becomes a letter by the operation of every letter, with its files beside; the same package twice is
/// one letter; where package and text differ, both are shown.
#[test]
fn a_package_becomes_one_letter_with_its_files() {
    on_both_engines(|world| {
        let files =
            || vec![file("phu-luc.pdf", b"%PDF-1.4 x"), file("118.txt", TEXT.as_bytes()), file("chay.exe", b"MZ")];
        let id = take(world, packed("119", files())).unwrap();
        let found = shown(world, id);
        assert_eq!(found.directive.content.number.as_deref(), Some("118/SYT-NVY"), "the text is not overwritten");
        let package = &found.packages[0].content;
        assert_eq!(package.differs.iter().map(|one| one.part).collect::<Vec<_>>(), [Part::Number]);
        assert_eq!(package.differs[0].package, "119/SYT-NVY");
        assert_eq!(
            (package.left_out.as_slice(), package.layout.as_str()),
            (["chay.exe".to_owned()].as_slice(), "qcvn-102-2016")
        );
        let actor = world.a(Role::Clerk).actor;
        let graph =
            world.office.look_blocking(|office, connection| graph::graph(office, connection, &actor, id)).unwrap();
        assert_eq!(graph.enclosures.iter().map(|one| one.content.file.as_str()).collect::<Vec<_>>(), ["phu-luc.pdf"]);

        let again = take(world, packed("119", files()));
        assert!(
            matches!(again.as_ref().unwrap_err().reason(), Some(LetterRefused::Known { id: known, .. }) if *known == id.to_string())
        );
        assert_eq!(page(world).packages.len(), 1);
        world.assert_well();
    });
}

/// DT01: pasted before and sent as a package after, it is one letter.
#[test]
fn a_letter_that_was_pasted_gets_its_package_beside() {
    let world = World::on_sqlite();
    let incoming = Incoming::read(TEXT.to_owned()).unwrap();
    let pasted =
        world.a(Role::Clerk).does(TakeIn { key: None, incoming, file: None, party_word: false, simulated: false });
    let id = take(&world, packed("118", vec![file("118.txt", TEXT.as_bytes())])).unwrap();
    assert_eq!(id, pasted.unwrap());
    assert_eq!(shown(&world, id).packages[0].content.differs, []);
}

/// DT01: secret anywhere, nothing is kept; a Party paper needs the clerk's word; nothing readable is said so.
#[test]
fn what_may_not_come_in_by_package_does_not() {
    let world = World::on_sqlite();
    world.a(Role::Clerk);
    let before = world.operations();
    let secret = format!("MẬT\n{TEXT}");
    let hidden = take(&world, packed("118", vec![file("118.txt", TEXT.as_bytes()), file("2.txt", secret.as_bytes())]));
    assert_eq!(code_of(hidden), "DIR-001");
    assert_eq!(code_of(take(&world, packed("118", vec![file("anh.jpg", &[0xff, 0xd8, 0xff])]))), "EXC-020");
    let party = "ĐẢNG CỘNG SẢN VIỆT NAM\nTỈNH ỦY AN GIANG\n*\nSố 632-TB/TU\n\nAn Giang, ngày 20 tháng 11 năm 2026\n\nTHÔNG BÁO\n\
        kết luận của Thường trực Tỉnh ủy\n\nThường trực Tỉnh ủy yêu cầu Sở Y tế báo cáo trước ngày 25/11/2026.\n\nT/L BAN THƯỜNG VỤ\n\nTrần Văn Ớt\n";
    assert_eq!(code_of(take(&world, packed("632", vec![file("632.txt", party.as_bytes())]))), "DIR-002");
    assert_eq!(world.operations(), before + 1, "one more clerk, and nothing of the papers");
    assert!(page(&world).packages.is_empty());
}

/// DT01: two letters in one package: the one that the package is about is read, the other is told.
#[test]
fn a_second_letter_in_a_package_is_told() {
    let world = World::on_sqlite();
    let other = TEXT.replace("118/SYT-NVY", "117/SYT-KHTC").replace("dự trữ oxy", "kinh phí");
    let id =
        take(&world, packed("118", vec![file("117.txt", other.as_bytes()), file("118.txt", TEXT.as_bytes())])).unwrap();
    let found = shown(&world, id);
    assert_eq!(found.directive.content.number.as_deref(), Some("118/SYT-NVY"));
    assert_eq!(found.packages[0].content.others, ["117.txt (117/SYT-KHTC)"]);
    assert_eq!(found.packages[0].content.left_out, ["117.txt"], "it stays in the package");
}

fn submitted(world: &World, day: Date) -> RecordId<OfficialReport> {
    let actor = world.desk().actor;
    let kind = ReportKind::Daily;
    let content = world
        .office
        .look_blocking(|office, connection| compose(office, connection, &actor, kind, day))
        .expect("composed");
    let id = world.desk().does(DraftReport { key: None, kind, due: None, content, drafter: None }).expect("drafted");
    world.desk().does(SubmitReport { key: None, report: id }).expect("submitted");
    id
}

fn send(world: &World, id: RecordId<OfficialReport>) -> Outcome<RecordId<desk::exchange::kept::SentOut>> {
    let actor = world.desk().actor;
    let (paper, content) = world.office.look_blocking(|office, connection| to_send(office, connection, &actor, id))?;
    let zip = zip(&paper, &content)?;
    world.desk().does(SendOut { key: None, paper: id, seen: paper.content.content, zip })
}

fn as_it_stands(world: &World, id: RecordId<OfficialReport>) -> desk::views::papers::ReportInFull {
    let actor = world.desk().actor;
    world.office.look_blocking(|office, connection| report(office, connection, &actor, id, None)).expect("there")
}

/// The paper as the document system would give it back: number, day, signer and a digital signature on it.
fn signed_pdf(world: &World, id: RecordId<OfficialReport>, number: &str) -> Vec<u8> {
    let mut document: OfficialDocument = as_it_stands(world, id).content.document;
    document.number = Some(number.to_owned());
    document.date = Some(today());
    document.draft = false;
    document.signature.post = "Giám đốc".into();
    document.signature.name = "Trần Văn Ớt".into();
    let mut bytes = write_pdf(&document).expect("written");
    bytes.extend_from_slice(
        b"\n99 0 obj << /Type /Sig /Name (Tran Van Ot) /ByteRange [0 1 2 3] /Contents <00> >> endobj\n",
    );
    bytes
}

fn bring(world: &World, bytes: Vec<u8>, name: &str) -> Outcome<RecordId<desk::exchange::kept::SignedPdf>> {
    let signed = Box::new(read_signed(bytes.clone(), name, None)?);
    world.a(Role::Clerk).does(TakeSigned { key: None, digest: store::sha256(&bytes), signed, party_word: false })
}

fn matching(
    signed: RecordId<desk::exchange::kept::SignedPdf>,
    paper: RecordId<OfficialReport>,
    number: &str,
    word: bool,
) -> MatchSigned {
    MatchSigned {
        key: None,
        signed,
        paper,
        number: number.into(),
        day: Some(today()),
        signer: "Trần Văn Ớt".into(),
        post: "Giám đốc".into(),
        word,
    }
}

fn given(world: &World) -> Vec<i64> {
    let actor = world.desk().actor;
    let given = world.office.look_blocking(|_, connection| numbers(connection, &actor)).expect("numbers");
    let mut given: Vec<i64> = given.iter().map(|one| one.number).collect();
    given.sort_unstable();
    given
}

/// OX18, OX03: a submitted paper goes out as metadata, Word and PDF, waits, and is signed by the PDF that comes back.
#[test]
fn a_paper_goes_out_and_comes_back_signed() {
    on_both_engines(|world| {
        world.facility("BV Hải Âu").with_tank(3_000).register();
        let id = submitted(world, today());
        let sent = send(world, id).unwrap();
        assert_eq!(send(world, id).unwrap(), sent, "the same text is the same package");
        let actor = world.desk().actor;
        let (name, bytes) =
            world.office.look_blocking(|office, connection| sent_file(office, connection, &actor, sent)).unwrap();
        let Message::Letter(package) =
            read_package(&bytes, ExchangeLayout::shipped(), &PackageLimits::PACKAGE).unwrap()
        else {
            return assert_eq!("a letter", "a state");
        };
        let names: Vec<&str> = package.attachments.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, [format!("{name}.docx"), format!("{name}.pdf")]);
        assert_eq!(
            (package.number(), package.text(Key::Notation)),
            (None, Some("BC-SYT")),
            "its number is given there"
        );
        assert_eq!(page(world).waiting.len(), 1);

        let pdf = signed_pdf(world, id, "01/BC-SYT");
        let came = bring(world, pdf.clone(), &format!("{name}_signed.pdf")).unwrap();
        assert_eq!(code_of(bring(world, pdf, "again.pdf")), "EXC-031", "the same PDF is one");
        let found = page(world);
        let one = &found.unmatched[0];
        assert!(one.is_proposed && one.possible[0].paper == id && one.possible[0].score.is_certain());
        assert_eq!(
            (one.signed.content.signatures.count, one.signed.content.read.number.as_deref()),
            (1, Some("01/BC-SYT"))
        );

        world.a(Role::Clerk).does(matching(came, id, "01/BC-SYT", false)).unwrap();
        let signed = as_it_stands(world, id).report.content;
        let told = signed.signed.clone().unwrap();
        assert_eq!(
            (signed.state, told.number.as_str(), told.name.as_str()),
            (State::Signed, "01/BC-SYT", "Trần Văn Ớt")
        );
        assert!(signed.scan.is_some());
        let found = page(world);
        assert!(found.waiting.is_empty() && found.unmatched.is_empty() && found.elsewhere.is_empty());
        assert!(matches!(found.decided[0].content.found, Found::Beside { paper, .. } if paper == id.0));
        assert_eq!(code_of(world.a(Role::Clerk).does(matching(came, id, "01/BC-SYT", false))), "EXC-024");
        world.assert_well();
    });
}

/// OX18: a number that is not the register's next needs the clerk's word; what lies between is written down; no number is
/// given twice.
#[test]
fn numbers_of_the_document_system_leave_no_holes_and_no_doubles() {
    let world = World::on_sqlite();
    world.facility("BV Hải Âu").with_tank(3_000).register();
    let ids: Vec<_> = [20, 21, 22].into_iter().map(|day| submitted(&world, date(2026, 11, day))).collect();
    let mut came = Vec::new();
    for (place, (id, number)) in ids.iter().zip(["15/BC-SYT", "09/BC-SYT", "15/BC-SYT"]).enumerate() {
        send(&world, *id).unwrap();
        came.push(bring(&world, signed_pdf(&world, *id, number), &format!("{place}.pdf")).unwrap());
    }
    let clerk = world.a(Role::Clerk);
    assert_eq!(code_of(clerk.does(matching(came[0], ids[0], "15/BC-SYT", false))), "EXC-026");
    clerk.does(matching(came[0], ids[0], "15/BC-SYT", true)).unwrap();
    assert_eq!(page(&world).elsewhere[0].content.count(), 14, "1 to 14 were given there");
    // One of the fourteen turns out to be ours.
    assert_eq!(code_of(clerk.does(matching(came[1], ids[1], "09/BC-SYT", false))), "EXC-026");
    clerk.does(matching(came[1], ids[1], "09/BC-SYT", true)).unwrap();
    assert_eq!(page(&world).elsewhere[0].content.count(), 13);
    assert_eq!(code_of(clerk.does(matching(came[2], ids[2], "15/BC-SYT", true))), "EXC-027", "given already");
    for bad in ["", "BC-SYT", "0/BC-SYT", "16/KH-SYT", "16/BC-BYT", "90000/BC-SYT"] {
        let refused = code_of(clerk.does(matching(came[2], ids[2], bad, true)));
        assert!(matches!(refused, "EXC-025" | "EXC-028"), "{bad}: {refused}");
    }
    // The program goes on after the last.
    let seen = as_it_stands(&world, ids[2]).report.content.content;
    let leader = world.a_signer(SignsAs::Head);
    assert_eq!(leader.does(SignReport { key: None, report: ids[2], seen, name: None }).unwrap(), "16/BC-SYT");
    assert_eq!(given(&world), [9, 15, 16]);
}

/// OX18: a draft does not go out; what changed after it went out is not signed by what came back.
#[test]
fn what_changed_since_it_went_out_is_not_signed() {
    let world = World::on_sqlite();
    world.facility("BV Hải Âu").with_tank(3_000).register();
    let id = submitted(&world, today());
    let came = bring(&world, signed_pdf(&world, id, "01/BC-SYT"), "a.pdf").unwrap();
    assert_eq!(code_of(world.a(Role::Clerk).does(matching(came, id, "01/BC-SYT", true))), "EXC-023");
    send(&world, id).unwrap();
    let mut wrong = matching(came, id, "01/BC-SYT", true);
    wrong.day = Some(date(2026, 11, 23));
    assert_eq!(code_of(world.a(Role::Clerk).does(wrong)), "EXC-029");
    world.a_signer(SignsAs::Head).does(ReturnReport { key: None, report: id, reason: "thiếu".into() }).unwrap();
    assert_eq!(code_of(send(&world, id)), "EXC-021");
    assert!(page(&world).waiting[0].changed);
    world.pass(Span::hours(2));
    let actor = world.desk().actor;
    let kind = ReportKind::Daily;
    let content =
        world.office.look_blocking(|office, connection| compose(office, connection, &actor, kind, today())).unwrap();
    world.desk().does(DraftReport { key: None, kind, due: None, content, drafter: None }).unwrap();
    world.desk().does(SubmitReport { key: None, report: id }).unwrap();
    assert_eq!(code_of(world.a(Role::Clerk).does(matching(came, id, "01/BC-SYT", true))), "EXC-022");
    let sent = page(&world).waiting[0].sent.id;
    assert_eq!(code_of(world.desk().does(RecallSent { key: None, sent, reason: " ".into() })), "EXC-033");
    world.desk().does(RecallSent { key: None, sent, reason: "trình lại bản mới".into() }).unwrap();
    assert!(page(&world).waiting.is_empty());
}

/// A paper signed here gets its PDF by its number at once; one that fits nothing waits and can be set aside.
#[test]
fn a_pdf_of_a_number_of_ours_lies_beside_it_at_once() {
    let world = World::on_sqlite();
    world.facility("BV Hải Âu").with_tank(3_000).register();
    let id = submitted(&world, today());
    let seen = as_it_stands(&world, id).report.content.content;
    world.a_signer(SignsAs::Head).does(SignReport { key: None, report: id, seen, name: None }).unwrap();
    bring(&world, signed_pdf(&world, id, "01/BC-SYT"), "van-ban.pdf").unwrap();
    assert!(as_it_stands(&world, id).report.content.scan.is_some());
    assert!(page(&world).unmatched.is_empty());

    let other = bring(&world, b"%PDF-1.4 khong doc duoc".to_vec(), "la.pdf").unwrap();
    let found = page(&world);
    assert!(found.unmatched[0].possible.is_empty() && found.unmatched[0].signed.content.unread.is_some());
    let aside = |reason: &str| SetAside { key: None, signed: other, reason: reason.into() };
    assert_eq!(code_of(world.a(Role::Clerk).does(aside(""))), "EXC-033");
    world.a(Role::Clerk).does(aside("của đơn vị khác")).unwrap();
    assert!(page(&world).unmatched.is_empty() && page(&world).decided.len() == 2);
    assert_eq!(code_of(bring(&world, b"khong phai".to_vec(), "a.pdf")), "EXC-030");
}

/// Issue 4, build 6: states that another system tells are shown at our paper; the same one twice is one.
#[test]
fn a_state_is_written_down_at_its_paper() {
    let world = World::on_sqlite();
    world.facility("BV Hải Âu").with_tank(3_000).register();
    let id = submitted(&world, today());
    send(&world, id).unwrap();
    let package = page(&world).waiting[0].sent.content.package.clone();
    let told = |about: &str, code: &str| {
        let text = format!(
            "<edXML><edXMLEnvelope><edXMLHeader><Status><ResponseFor><DocumentId>{about}</DocumentId></ResponseFor><From>\
             <OrganName>Bộ Y tế</OrganName></From><StatusCode>{code}</StatusCode><Timestamp>22/11/2026</Timestamp></Status>\
             </edXMLHeader></edXMLEnvelope></edXML>"
        );
        let Exchanged::Status(told) = read_parcel(text.into_bytes(), "tt.xml").unwrap() else {
            return Err(desk::Failure::NotFound);
        };
        world.a(Role::Clerk).does(TakeState { key: None, digest: [0; 32], told })
    };
    told(&package, "03").unwrap();
    assert_eq!(code_of(told(&package, "03")), "EXC-032");
    told("goi-la", "06").unwrap();
    let found = page(&world);
    assert_eq!(found.waiting[0].state.as_ref().map(|state| state.state.as_str()), Some("received"));
    assert_eq!(found.states.len(), 1, "one is of a paper that is not known here");
    let actor = world.desk().actor;
    let one = world.office.look_blocking(|office, connection| of_one(office, connection, &actor, id.0)).unwrap();
    assert_eq!((one.sent.len(), one.states[0].content.title.as_str()), (1, "Đã tiếp nhận"));
}
