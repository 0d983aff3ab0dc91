//! A letter (công văn) with an urgency stamp, and a notice of the Party.

use std::path::Path;

use super::*;

/// What may never be torn apart at the end of a line.
const NUMBER: &str = "3183/SYT-KHTC";

/// A letter whose numbers come to stand at every place of a line.
fn letter() -> OfficialDocument {
    let said = (0..24).map(|step| {
        let filling = "oxy ".repeat(step);
        Block::Paragraph(format!(
            "Bảo đảm {filling}theo công văn {NUMBER} ngày 05 tháng 9 năm 2022 và Quyết định 4308/QĐ-BYT, {filling}đến \
             hết ngày 30/11/2026 các đơn vị {NUMBER} báo cáo"
        ))
    });
    OfficialDocument {
        number: Some("124/SYT-NVY".into()),
        kind: Kind::Letter {
            subject: "đôn đốc thực hiện nhiệm vụ bảo đảm oxy y tế trên địa bàn tỉnh".into()
        },
        urgency: Some(Urgency::VeryUrgent),
        recipients: vec![
            "Trung tâm Kiểm soát bệnh tật tỉnh".into(),
            "Các bệnh viện tuyến tỉnh".into(),
            "+ Bệnh viện đa khoa khu vực Hải Âu và các cơ sở điều trị trực thuộc đặt tại những xã ven biển".into(),
            "+ Bệnh viện Lá Dừa".into(),
        ],
        body: said.collect(),
        annexes: Vec::new(),
        ..report()
    }
}

/// The notice of the fifth letter's kind.
fn notice() -> OfficialDocument {
    let said = "Tình hình dịch trên địa bàn tỉnh diễn biến phức tạp; Thường trực Tỉnh ủy yêu cầu các cấp ủy tập trung lãnh \
                đạo, chỉ đạo thực hiện các nhiệm vụ sau đây với tinh thần quyết liệt, kịp thời, hiệu quả";
    OfficialDocument {
        family: Family::Party,
        parent: Some("Đảng bộ tỉnh An Giang".into()),
        issuer: "Tỉnh ủy An Giang".into(),
        number: Some("632-TB/TU".into()),
        place: "Rạch Giá".into(),
        kind: Kind::Named {
            name: "Thông báo".into(),
            subject: "kết luận của Thường trực Tỉnh ủy tại hội nghị phòng, chống dịch".into(),
        },
        recipients: Vec::new(),
        body: (0..12)
            .map(|_| Block::Paragraph(said.into()))
            .chain([Block::Paragraph("nghiêm kết luận này".into())])
            .collect(),
        signature: Signature {
            authority: vec![(Authority::ByOrder, "Ban Thường vụ".into())],
            post: "Phó Chánh Văn phòng".into(),
            name: "Phạm Văn Đước".into(),
        },
        archive: "Văn phòng Tỉnh ủy".into(),
        annexes: Vec::new(),
        ..report()
    }
}

fn letter_follows(printed: &Printed) {
    let name = printed.name;
    printed.is_written("V/v đôn đốc", 12.0..=13.0, false, false);
    let (about, number) = (printed.place("V/v đôn đốc"), printed.place("Số: 124/SYT-NVY"));
    near(name, "«V/v» under the number", about.1, number.3..=number.3 + 2.0);
    assert!(about.0 >= 29.0 && about.2 <= 100.0, "{name}: «V/v» in the left column");
    printed.is_written("THƯỢNG KHẨN", 13.0..=14.0, true, false);
    let stamp = printed.place("THƯỢNG KHẨN");
    assert!(stamp.1 > about.3, "{name}: the stamp stands below «V/v»");
    let frame = printed.rule((30.0, stamp.3 - 0.5), (98.0, stamp.3 + 3.0));
    assert!(frame.0 < stamp.0 + 0.5 && frame.1 > stamp.2 - 0.5, "{name}: the stamp is framed: {frame:?} {stamp:?}");
    assert!(!printed.looks.iter().any(|look| look.text.contains("CÔNG VĂN")), "{name}: a letter has no kind");

    printed.is_written("Kính gửi:", 13.0..=14.0, false, false);
    let (to, one) = (printed.place("Kính gửi:"), printed.place("- Trung tâm Kiểm soát"));
    let below = printed.place("+ Bệnh viện đa khoa");
    assert!(to.0 > 55.0 && one.0 > to.0 + 3.0 && below.0 > one.0 + 3.0, "{name}: each list further in");
    assert!(printed.place("tuyến tỉnh:").0 > one.0, "{name}: who has others below ends with a colon");
    // A long name goes on under itself, not under its sign.
    let next = printed.place("+ Bệnh viện Lá");
    let between = |word: &&printed::Word| {
        let middle = (word.top + word.bottom) / 2.0 / MILLIMETRE;
        word.page == 1 && middle > below.3 && middle < next.1
    };
    let second = printed.words.iter().find(between).unwrap();
    assert!(second.left / MILLIMETRE > below.0 + 1.0, "{name}: the second line of a recipient hangs");
    printed.is_written("- Như trên;", 11.0..=11.0, false, false);
    page_numbers(printed);

    let torn = |word: &&printed::Word| {
        let text = word.text.trim_end_matches([',', '.', ';', '/']);
        ["SYT-KHTC", "3183", "QĐ-BYT", "4308", "30/11"]
            .iter()
            .any(|part| text == *part || (text.len() > 1 && text.ends_with('-')))
    };
    let torn = printed.words.iter().find(torn);
    assert!(torn.is_none(), "{name}: a number is torn apart at «{}»", torn.map_or("", |word| word.text.as_str()));
    for two in printed.words.windows(2) {
        let apart = (two[0].top - two[1].top).abs() > 3.0;
        let day = two[0].text == "ngày" && two[1].text.starts_with(|sign: char| sign.is_ascii_digit());
        let year = two[0].text == "năm" && two[1].text == "2022";
        assert!(!(apart && (day || year)), "{name}: «{} {}» on two lines", two[0].text, two[1].text);
    }
}

/// The table of 36-HD/VPTW, appendix 3.
fn follows_the_party(printed: &Printed) {
    let name = printed.name;
    let text = || printed.words.iter().filter(|word| word.page <= 2 && word.top > 15.0 * MILLIMETRE);
    let left = text().map(|word| word.left).fold(f64::MAX, f64::min) / MILLIMETRE;
    let right = 210.0 - text().map(|word| word.right).fold(0.0, f64::max) / MILLIMETRE;
    let top = text().map(|word| word.top).fold(f64::MAX, f64::min) / MILLIMETRE;
    near(name, "left margin", left, 30.0..=30.0);
    near(name, "right margin", right, 15.0..=15.0);
    near(name, "top margin", top, 20.0..=20.0);
    let party = "ĐẢNG CỘNG SẢN VIỆT NAM";
    printed.is_written(party, 15.0..=16.0, true, false);
    let place = printed.place(party);
    assert!(place.0 > 100.0 && place.2 <= 197.0, "{name}: the Party's name stands to the right: {place:?}");
    let under = printed.rule((100.0, place.3 - 1.0), (200.0, place.3 + 4.0));
    near(name, "the rule's beginning", under.0, place.0..=place.0);
    near(name, "the rule's end", under.1, place.2..=place.2);
    printed.is_written("ĐẢNG BỘ TỈNH AN GIANG", 14.0..=14.0, false, false);
    printed.is_written("TỈNH ỦY AN GIANG", 14.0..=14.0, true, false);
    let (issuer, star, number) = (printed.place("TỈNH ỦY"), printed.place("*"), printed.place("Số 632-TB/TU"));
    assert!(issuer.1 < star.1 && star.1 < number.1, "{name}: issuer, star, number");
    near(name, "the star under the issuer's centre", middle(star), {
        let centre = middle(printed.place("TỈNH ỦY AN GIANG"));
        centre..=centre
    });
    printed.is_written("Số 632-TB/TU", 14.0..=14.0, false, false);
    printed.is_written("Rạch Giá, ngày 22 tháng 11 năm 2026", 14.0..=14.0, false, true);
    printed.is_written("THÔNG BÁO", 15.0..=16.0, true, false);
    printed.is_written("kết luận của Thường trực", 14.0..=15.0, true, false);
    let (kind, hyphens) = (printed.place("THÔNG BÁO"), printed.place("-----"));
    near(name, "the kind's centre", middle(kind), 112.5..=112.5);
    near(name, "five hyphens under the subject", middle(hyphens), 112.5..=112.5);
    assert!(!printed.words.iter().any(|word| word.text == "Kính"), "{name}: no «Kính gửi»");
    printed.is_written("Tình hình dịch", 14.0..=15.0, false, false);
    let first = printed.place("Tình hình dịch");
    near(name, "the first line's indent", first.0, 40.0..=42.7);
    printed.is_written("T/L BAN THƯỜNG VỤ", 14.0..=14.0, true, false);
    printed.is_written("PHÓ CHÁNH VĂN PHÒNG", 14.0..=14.0, false, false);
    printed.is_written("Phạm Văn Đước", 14.0..=14.0, true, false);
    printed.is_written("Nơi nhận:", 14.0..=14.0, false, false);
    printed.is_written("- Lưu Văn phòng Tỉnh ủy.", 12.0..=12.0, false, false);
    page_numbers(printed);
    let end = printed.line("nghiêm kết luận này.");
    assert_eq!(end[0].page, printed.line("T/L BAN THƯỜNG VỤ")[0].page, "{name}: an orphaned signature");
}

/// Prints a document both ways and has both looked at.
pub(super) fn both_ways(folder_name: &str, document: &OfficialDocument, look: fn(&Printed)) {
    let folder = folder(folder_name);
    std::fs::write(folder.join("own.pdf"), write_pdf(document).unwrap()).unwrap();
    match Printed::of(&folder, "own.pdf") {
        Some(printed) => look(&printed),
        None => println!("skipped: poppler is not installed"),
    }
    std::fs::write(folder.join("word.docx"), write_docx(document).unwrap()).unwrap();
    match by_libreoffice(&folder, "word.docx").and_then(|()| Printed::of(&folder, "word.pdf")) {
        Some(printed) => look(&printed),
        None => println!("skipped: LibreOffice or poppler is not installed"),
    }
    std::fs::remove_dir_all(&folder).unwrap();
}

/// LibreOffice reads the .docx and writes it again: not a word is lost.
#[test]
fn a_docx_survives_another_office() {
    let folder = folder("doi");
    std::fs::write(folder.join("letter.docx"), write_docx(&letter()).unwrap()).unwrap();
    let again = folder.join("again");
    std::fs::create_dir_all(&again).unwrap();
    let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
    let mut command = Command::new("soffice");
    command.args([profile.as_str(), "--headless", "--convert-to", "docx:MS Word 2007 XML", "--outdir"]);
    if run(command.arg(&again).arg(folder.join("letter.docx"))).is_none() {
        println!("skipped: LibreOffice is not installed");
        return;
    }
    let said = |bytes: &[u8]| {
        let xml = part(bytes, "word/document.xml").replace("<w:noBreakHyphen/>", "-").replace('\u{2011}', "-");
        let texts = xml.split('<').filter_map(|tag| tag.split_once('>'));
        let words: String = texts.map(|(tag, text)| if tag.starts_with("/w:p") { " " } else { text }).collect();
        words.split_whitespace().map(str::to_owned).collect::<Vec<_>>()
    };
    let read = |path: &Path| said(&std::fs::read(path).unwrap());
    assert_eq!(read(&again.join("letter.docx")), read(&folder.join("letter.docx")));
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn a_letter_follows_the_decree_both_ways() {
    both_ways("cong-van", &letter(), letter_follows);
}

/// A decision: who decides in the middle, its bases leaning, articles with a bold beginning.
fn decision() -> OfficialDocument {
    OfficialDocument {
        number: Some("05/QĐ-SYT".into()),
        kind: Kind::Named { name: "Quyết định".into(), subject: "Về việc điều phối oxy y tế".into() },
        recipients: Vec::new(),
        body: vec![
            Block::Centred("GIÁM ĐỐC SỞ Y TẾ".into()),
            Block::Basis("Căn cứ Quyết định số 4308/QĐ-BYT ngày 07/9/2021 của Bộ Y tế;".into()),
            Block::Centred("QUYẾT ĐỊNH:".into()),
            Block::Article { number: "Điều 1.".into(), text: "Điều phối 2.750 kg oxy y tế".into() },
            Block::Article {
                number: "Điều 2.".into(), text: "Các đơn vị chịu trách nhiệm thi hành".into()
            },
        ],
        copies: vec![CopyTo { whom: "Như Điều 2".into(), purpose: String::new() }],
        annexes: Vec::new(),
        ..report()
    }
}

#[test]
fn a_decision_follows_the_decree_both_ways() {
    both_ways("quyet-dinh", &decision(), |printed| {
        let name = printed.name;
        printed.is_written("QUYẾT ĐỊNH", 13.0..=14.0, true, false);
        printed.is_written("GIÁM ĐỐC SỞ Y TẾ", 13.0..=14.0, true, false);
        near(name, "who decides stands in the middle", middle(printed.place("GIÁM ĐỐC SỞ Y TẾ")), 110.0..=110.0);
        near(name, "«QUYẾT ĐỊNH:» stands in the middle", middle(printed.place("QUYẾT ĐỊNH:")), 110.0..=110.0);
        printed.is_written("Căn cứ Quyết định", 13.0..=14.0, false, true);
        printed.is_written("Điều 1.", 13.0..=14.0, true, false);
        near(name, "an article's indent", printed.place("Điều 2.").0, 40.0..=42.7);
        printed.is_written("- Như Điều 2;", 11.0..=11.0, false, false);
        assert!(!printed.words.iter().any(|word| word.text == "Kính"), "{name}: no «Kính gửi»");
    });
}

/// DT13: the second family, printed by LibreOffice and by ourselves.
#[test]
fn a_notice_of_the_party_follows_its_guideline_both_ways() {
    both_ways("dang", &notice(), follows_the_party);
}
