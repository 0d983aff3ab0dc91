//! Works beside the document system on its page (DT01, OX03, OX18): a package comes in, a paper goes out, its signed PDF
//! comes back and is matched by one press.

use axum::http::StatusCode;
use desk::papers::report::OfficialReport;
use desk::record::RecordId;
use desk::rights::Role;
use desk::views::papers::report;
use document::official::write_pdf;
use jiff::civil::date;

use crate::world::{Answer, Browser, World, apart, device_key, send};

const PATH: &str = "/van-ban/trao-doi";
/// The sample of docs/formats, as a document system exports it.
const SAMPLE: &[u8] = include_bytes!("../../../../docs/formats/sample-package.xml");

async fn bring(world: &World, who: &Browser, name: &str, bytes: &[u8]) -> Answer {
    let key = device_key();
    let fields = [("csrf", who.csrf.as_str()), ("key", key.as_str())];
    world.post_file(who, &format!("{PATH}/tep"), &fields, name, bytes).await
}

/// A paper that waits for a signature, and its address.
async fn submitted(world: &World, duty: &Browser) -> (RecordId<OfficialReport>, String) {
    let drafted = send(world, duty, "/chi-dao/bao-cao/soan", &[("kind", "ministry")]).await;
    let path = drafted.location().split('?').next().unwrap_or_default().to_owned();
    assert_eq!(send(world, duty, &format!("{path}/trinh"), &[]).await.status, StatusCode::SEE_OTHER);
    let id = path.rsplit('/').next().and_then(|id| id.parse().ok()).expect("the address names the paper");
    (id, path)
}

/// The paper as the document system gives it back: number, day, signer and a digital signature on it.
fn signed_pdf(world: &World, id: RecordId<OfficialReport>, number: &str) -> Vec<u8> {
    let actor = world.program();
    let found = apart(|| world.office.look_blocking(|office, connection| report(office, connection, &actor, id, None)));
    let mut document = found.expect("the paper stands").content.document;
    document.number = Some(number.to_owned());
    document.date = Some(date(2026, 11, 22));
    document.draft = false;
    document.signature.post = "Giám đốc".into();
    document.signature.name = "Trần Văn Ớt".into();
    let mut bytes = write_pdf(&document).expect("written");
    bytes.extend_from_slice(
        b"\n99 0 obj << /Type /Sig /Name (Tran Van Ot) /ByteRange [0 1 2 3] /Contents <00> >> endobj\n",
    );
    bytes
}

/// What the form of the first unmatched PDF holds already.
fn filled(page: &str, name: &str) -> String {
    let form = page.split(&format!("action=\"{PATH}/ban-ky/")).nth(1).expect("a form of matching");
    let after = form.split(&format!("name=\"{name}\"")).nth(1).expect("the field is there");
    match after.split('>').next().filter(|tag| tag.contains("value=\"")) {
        Some(tag) => {
            tag.split("value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned()
        }
        None => {
            let chosen = after.split(" selected").next().unwrap_or_default();
            chosen.rsplit("value=\"").next().and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned()
        }
    }
}

fn address(page: &str) -> String {
    let form = page.split(&format!("action=\"{PATH}/ban-ky/")).nth(1).expect("a form of matching");
    format!("{PATH}/ban-ky/{}", form.split('"').next().unwrap_or_default())
}

/// DT01: the sample package becomes a letter that waits for confirmation; the same package again is refused in words.
#[tokio::test]
async fn a_package_is_taken_on_the_page() {
    let world = World::new();
    let (clerk, leader) = (world.somebody(Role::Clerk, None), world.somebody(Role::Leader, None));
    let empty = world.get(&clerk, PATH).await.text();
    assert!(empty.contains("Không có văn bản nào chờ bản ký") && empty.contains("Chưa có gói nào"), "{empty}");
    assert!(!world.get(&leader, PATH).await.text().contains("type=\"file\""), "whoever may not take it sees no door");
    let taken = bring(&world, &clerk, "goi-118.edxml", SAMPLE).await;
    assert!(taken.location().ends_with("?xong=done-exchange-package"), "{}", taken.text());
    let letter = world.get(&clerk, taken.location()).await.text();
    assert!(letter.contains("118/SYT-NVY") && letter.contains("Bệnh viện Hải Âu"), "{letter}");
    let page = world.get(&clerk, PATH).await.text();
    assert!(page.contains("gói và văn bản khớp nhau"), "{page}");
    let again = bring(&world, &clerk, "goi-118.edxml", SAMPLE).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.text().contains("DIR-"), "{}", again.text());
    let neither = bring(&world, &clerk, "anh.jpg", &[0xff, 0xd8, 0xff]).await;
    assert!(
        neither.status == StatusCode::UNPROCESSABLE_ENTITY && neither.text().contains("EXC-"),
        "{}",
        neither.text()
    );
    let forbidden = bring(&world, &leader, "goi-118.edxml", SAMPLE).await;
    assert_eq!(forbidden.status, StatusCode::FORBIDDEN);
}

/// OX03, OX18: a submitted paper goes out, waits, and is signed by its PDF with one press on what the program proposes.
#[tokio::test]
async fn a_signed_pdf_is_matched_by_one_press() {
    let world = World::new();
    world.hospital("BV Hải Âu");
    let (duty, clerk) = (world.somebody(Role::DutyOfficer, None), world.somebody(Role::Clerk, None));
    let (id, paper) = submitted(&world, &duty).await;
    let offered = world.get(&duty, &paper).await.text();
    assert!(offered.contains("Xuất để ký số"), "{offered}");
    let sent = send(&world, &duty, &format!("{paper}/xuat-ky"), &[]).await;
    assert!(sent.location().ends_with("?xong=done-exchange-sent"), "{}", sent.text());
    let page = world.get(&clerk, PATH).await.text();
    assert!(page.contains("1 văn bản chờ bản ký") && page.contains("chờ bản đã ký"), "{page}");
    let of_paper = world.get(&duty, &paper).await.text();
    let zip = of_paper.split(&format!("href=\"{PATH}/tep/")).nth(1).and_then(|rest| rest.split('"').next());
    let package = world.get(&duty, &format!("{PATH}/tep/{}", zip.expect("the package can be loaded"))).await;
    assert!(package.status == StatusCode::OK && package.bytes.starts_with(b"PK"));

    let came = bring(&world, &clerk, "van-ban-da-ky.pdf", &signed_pdf(&world, id, "01/BC-SYT")).await;
    assert_eq!(came.location(), "/van-ban/trao-doi?xong=done-exchange-signed", "{}", came.text());
    let page = world.get(&clerk, PATH).await.text();
    assert!(page.contains("1 bản ký chờ khớp") && page.contains("Có chữ ký số"), "{page}");
    let file = page.split("Tải bản ký").next().and_then(|before| before.rsplit("href=\"").next());
    let file = file.and_then(|rest| rest.split('"').next()).unwrap_or_default();
    assert!(world.get(&clerk, file).await.bytes.starts_with(b"%PDF-"), "{file}: the signed file can be read");
    // What is proposed stands in the form: the clerk reads it and presses once.
    let names = ["paper", "number", "day", "signer", "post"];
    let held: Vec<String> = names.iter().map(|name| filled(&page, name)).collect();
    assert_eq!(held[0], id.to_string(), "the paper is chosen: {page}");
    assert_eq!((held[1].as_str(), held[2].as_str(), held[3].as_str()), ("01/BC-SYT", "2026-11-22", "Trần Văn Ớt"));
    let fields: Vec<(&str, &str)> = names.into_iter().zip(held.iter().map(String::as_str)).collect();
    let leader = world.somebody(Role::Leader, None);
    let blocked = send(&world, &leader, &address(&page), &fields).await;
    assert_eq!(blocked.status, StatusCode::FORBIDDEN, "matching is the clerk's");
    let matched = send(&world, &clerk, &address(&page), &fields).await;
    assert_eq!(matched.location(), "/van-ban/trao-doi?xong=done-exchange-matched", "{}", matched.text());

    let signed = world.get(&duty, &paper).await.text();
    assert!(signed.contains("Trần Văn Ớt") && signed.contains("đã ký, số 01/BC-SYT"), "{signed}");
    assert!(!signed.contains("Xuất để ký số"), "what is signed does not go out again: {signed}");
    let page = world.get(&clerk, PATH).await.text();
    assert!(page.contains("Không có văn bản nào chờ bản ký") && page.contains("van-ban-da-ky.pdf"), "{page}");
    assert!(page.contains("Người clerk xác nhận lúc"), "{page}");
}

/// OX18: another number than the register's next waits for the clerk's word; a PDF that is nobody's is laid aside.
#[tokio::test]
async fn what_does_not_fit_is_said_and_laid_aside() {
    let world = World::new();
    world.hospital("BV Hải Âu");
    let (duty, clerk) = (world.somebody(Role::DutyOfficer, None), world.somebody(Role::Clerk, None));
    let (id, paper) = submitted(&world, &duty).await;
    send(&world, &duty, &format!("{paper}/xuat-ky"), &[]).await;
    bring(&world, &clerk, "a.pdf", &signed_pdf(&world, id, "07/BC-SYT")).await;
    let page = world.get(&clerk, PATH).await.text();
    let paper_id = id.to_string();
    let fields = [
        ("paper", paper_id.as_str()),
        ("number", "07/BC-SYT"),
        ("day", "2026-11-22"),
        ("signer", "Trần Văn Ớt"),
        ("post", "Giám đốc"),
    ];
    let refused = send(&world, &clerk, &address(&page), &fields).await;
    assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.text().contains("EXC-026"));
    let unsaid = send(&world, &clerk, &format!("{}/bo", address(&page)), &[("reason", "")]).await;
    assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY, "a reason is asked for");
    let aside = send(&world, &clerk, &format!("{}/bo", address(&page)), &[("reason", "bản ký <thử>")]).await;
    assert_eq!(aside.location(), "/van-ban/trao-doi?xong=done-exchange-aside", "{}", aside.text());
    let page = world.get(&clerk, PATH).await.text();
    assert!(page.contains("bản ký &#60;thử&#62;") && page.contains("1 văn bản chờ bản ký"), "{page}");
    assert!(!world.get(&duty, &paper).await.text().contains("07/BC-SYT"), "the paper is as it was");
}

/// DT08: what the receiver's system tells of a paper that was written because of a letter is seen at that letter.
#[tokio::test]
async fn a_receipt_of_the_document_system_is_seen_at_the_letter() {
    let world = World::new();
    let own = world.hospital("BV Hải Âu");
    crate::tasks::given(&world, own);
    let (duty, clerk) = (world.somebody(Role::DutyOfficer, None), world.somebody(Role::Clerk, None));
    let register = world.get(&clerk, "/van-ban/so").await.text();
    let letter = register.split("href=\"/van-ban/0").nth(1).and_then(|rest| rest.split('"').next()).expect("a letter");
    let letter = format!("/van-ban/0{letter}");
    let drafted = send(&world, &duty, &format!("{letter}/soan"), &[("kind", "implementation")]).await;
    assert_eq!(drafted.status, StatusCode::SEE_OTHER, "{}", drafted.text());
    let paper = drafted.location().split('?').next().unwrap_or_default().trim_end_matches("/sua").to_owned();
    let submitted = send(&world, &duty, &format!("{paper}/trinh"), &[]).await;
    assert_eq!(submitted.status, StatusCode::SEE_OTHER, "{}", submitted.text());
    let sent = send(&world, &duty, &format!("{paper}/xuat-ky"), &[]).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    let page = world.get(&duty, &paper).await.text();
    let package = page.split(".zip").next().and_then(|before| before.rsplit("BTC-").next()).expect("its package");
    let told = format!(
        "<edXML><edXMLEnvelope><edXMLHeader><Status><ResponseFor><DocumentId>BTC-{package}</DocumentId></ResponseFor>\
         <From><OrganName>Bộ Y tế</OrganName></From><StatusCode>03</StatusCode><Timestamp>22/11/2026</Timestamp></Status>\
         </edXMLHeader></edXMLEnvelope></edXML>"
    );
    assert!(!world.get(&duty, &letter).await.text().contains("Đã tiếp nhận"));
    let taken = bring(&world, &clerk, "trang-thai.xml", told.as_bytes()).await;
    assert_eq!(taken.location(), "/van-ban/trao-doi?xong=done-exchange-state", "{}", taken.text());
    let page = world.get(&duty, &letter).await.text();
    assert!(page.contains("Bộ Y tế: Đã tiếp nhận, 22/11/2026"), "{page}");
}
