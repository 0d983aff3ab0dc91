//! The exchange with the document system as a clerk meets it: a reminder that waits for its signed copy, a signed copy that
//! waits to be matched, a letter that came in a package whose number is not the one in its text.

use std::collections::BTreeMap;

use desk::exchange::parcel::{Exchanged, read as read_parcel};
use desk::exchange::signed::read as read_signed;
use desk::operations::exchange::send_out::SendOut;
use desk::operations::exchange::take_package::TakePackage;
use desk::operations::exchange::take_signed::TakeSigned;
use desk::papers::report::{OfficialReport, State};
use desk::record::RecordId;
use desk::views::exchange::{to_send, zip};
use desk::views::papers::reports;
use desk::{Actor, Failure, Office, Outcome};
use document::exchange::{Attachment, ExchangeLayout, Inside, Key, Package, written};
use document::official::write_pdf;
use place::ProvinceId;
use quantity::{Moment, Span};
use store::Connection;

use super::papers::SIGNER;

/// A letter of an invented office.
const LETTER: &str = "UBND TỈNH AN GIANG\nSỞ TÀI CHÍNH\nSố: 941/STC-HCSN\nV/v quyết toán chi oxy y tế quý III (mô phỏng)\n\n\
    An Giang, ngày 16 tháng 11 năm 2026\n\nKính gửi: Sở Y tế.\n\n\
    Sở Tài chính đề nghị Sở Y tế gửi bảng quyết toán chi oxy y tế quý III trước ngày 30/11/2026./.\n\n\
    Nơi nhận:\n- Như trên;\n- Lưu: VT, HCSN.\n\nKT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n\nLâm Thị Điên Điển\n";

/// Tells the exchange of the days before the opening.
pub async fn tell(office: &Office, province: ProvinceId, opening: Moment) -> Outcome<()> {
    package(office, province, opening - Span::hours(6)).await?;
    let reader = Actor::program(province);
    let found = office.look(move |office, connection| reports(office, connection, &reader)).await?;
    let letter = found.reports.iter().find(|one| one.content.state == State::Submitted && one.content.letter.is_some());
    let Some(paper) = letter.map(|one| one.id) else { return Ok(()) };
    let out = opening - Span::hours(5);
    let document = send(office, province, out, paper).await?;
    // It was signed there under the number of that system; the file was named anew, so a person says which paper it is.
    let mut signed = document;
    signed.number = Some(format!("37/{}", signed.symbol));
    signed.date = Some(out.date());
    signed.draft = false;
    signed.signature.post = "Giám đốc".to_owned();
    signed.signature.name = SIGNER.to_owned();
    let mut bytes = write_pdf(&signed).map_err(Failure::refused)?;
    bytes.extend_from_slice(
        b"\n999 0 obj << /Type /Sig /Filter /Adobe.PPKLite /ByteRange [0 0 0 0] /Contents <00> >> endobj\n",
    );
    let digest = store::sha256(&bytes);
    let signed = Box::new(read_signed(bytes, "van-ban-da-ky.pdf", None)?);
    let take = TakeSigned { key: None, digest, signed, party_word: false };
    office.perform_at(province, opening - Span::hours(2), take).await.map(drop)
}

async fn send(
    office: &Office,
    province: ProvinceId,
    at: Moment,
    paper: RecordId<OfficialReport>,
) -> Outcome<document::official::OfficialDocument> {
    let reader = Actor::program(province);
    let read = move |office: &Office, connection: &mut Connection| to_send(office, connection, &reader, paper);
    let (kept, content) = office.look(read).await?;
    let operation = SendOut { key: None, paper, seen: kept.content.content.clone(), zip: zip(&kept, &content)? };
    office.perform_at(province, at, operation).await?;
    Ok(content.document)
}

/// A package whose number differs from the one in its text.
async fn package(office: &Office, province: ProvinceId, at: Moment) -> Outcome<()> {
    let Some(layout) = ExchangeLayout::written() else { return Ok(()) };
    let fields = [
        (Key::FromCode, "000.00.99.H01"),
        (Key::FromName, "Sở Tài chính (mô phỏng)"),
        (Key::Package, "mo-phong-941"),
        (Key::Number, "914"),
        (Key::Notation, "STC-HCSN"),
        (Key::Day, "2026/11/16"),
        (Key::Kind, "Công văn"),
        (Key::Subject, "quyết toán chi oxy y tế quý III (mô phỏng)"),
    ];
    let fields: BTreeMap<Key, Vec<String>> = fields.map(|(key, value)| (key, vec![value.to_owned()])).into();
    let attachments =
        vec![Attachment { name: "941-STC-HCSN.txt".into(), media_type: "text/plain".into(), bytes: LETTER.into() }];
    let package = Package { layout: layout.key.clone(), fields, day: None, attachments, missing: Vec::new() };
    let bytes = written(layout, &package, Inside::Xml, "goi.xml").map_err(Failure::refused)?;
    let digest = store::sha256(&bytes);
    if let Exchanged::Letter(parcel) = read_parcel(bytes, "goi-941.edxml")? {
        let take = TakePackage { key: None, digest, parcel, party_word: false, simulated: true };
        office.perform_at(province, at, take).await?;
    }
    Ok(())
}
