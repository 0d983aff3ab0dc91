//! What needs no other program: the parts of a `.docx`, and that no text breaks a writer.

use std::io::Read;

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

mod measured;

/// A letter that a province might send, with every part in it.
pub(crate) fn report() -> OfficialDocument {
    let copy = |whom: &str, purpose: &str| CopyTo { whom: whom.into(), purpose: purpose.into() };
    let text = "Thực hiện Quyết định số 4308/QĐ-BYT ngày 07 tháng 9 năm 2021 của Bộ Y tế, Sở Y tế báo cáo tình hình \
                bảo đảm oxy y tế trên địa bàn tỉnh đến 17 giờ ngày 22 tháng 11 năm 2026 như sau:";
    let column = |title: &str, width, number| Column { title: title.into(), width, number, ..Column::default() };
    let rows = (1..=40).map(|row| vec![row.to_string(), format!("Bệnh viện Hải Âu {row}"), "1.234,5".into()]);
    OfficialDocument {
        parent: Some("UBND tỉnh An Giang".into()),
        issuer: "Sở Y tế".into(),
        number: Some("123/BC-SYT".into()),
        place: "An Giang".into(),
        date: Some(date(2026, 11, 22)),
        kind: Kind::Named {
            name: "Báo cáo".into(),
            subject: "Tình hình bảo đảm oxy y tế ngày 22 tháng 11 năm 2026".into(),
        },
        recipients: vec!["Bộ Y tế".into(), "Ủy ban nhân dân tỉnh".into()],
        body: vec![
            Block::Paragraph(text.into()),
            Block::Heading { number: "1.".into(), text: "Tình hình dự trữ".into() },
            Block::Paragraph(text.into()),
            Block::Bullet(text.into()),
            Block::Table(Table {
                title: "Dự trữ theo cơ sở".into(),
                columns: vec![column("TT", 1, true), column("Cơ sở", 6, false), column("Dự trữ (kg)", 3, true)],
                rows: rows.collect(),
            }),
            Block::Paragraph("Sở Y tế kính báo cáo Bộ Y tế xem xét, chỉ đạo".into()),
        ],
        signature: Signature {
            authority: vec![(Authority::ForHead, "Giám đốc".into())],
            post: "Phó Giám đốc".into(),
            name: "Phạm Văn Đước".into(),
        },
        copies: vec![copy("Cục Quản lý Khám, chữa bệnh", "để phối hợp"), copy("Các đơn vị trực thuộc", "để thực hiện")],
        archive: "VT, NVY".into(),
        annexes: vec![Annex {
            title: "Số liệu theo cơ sở".into(),
            blocks: vec![Block::Table(Table {
                title: String::new(),
                columns: (0..14).map(|number| column(&format!("Cột {number}"), 1, number > 0)).collect(),
                rows: (0..30).map(|row| (0..14).map(|cell| format!("{row}.{cell}")).collect()).collect(),
            })],
            landscape: true,
        }],
        ..OfficialDocument::default()
    }
}

fn part(archive: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(archive)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// Tags are closed in the order in which they were opened, and every `&` begins a reference.
fn is_well_formed(xml: &str) -> bool {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = xml;
    while let Some(start) = rest.find('<') {
        let text = &rest[..start];
        let bare =
            ["&amp;", "&lt;", "&gt;", "&quot;"].iter().fold(text.to_owned(), |text, name| text.replace(name, ""));
        let Some(end) = rest[start..].find('>').map(|end| start + end) else { return false };
        let tag = &rest[start + 1..end];
        rest = &rest[end + 1..];
        if bare.contains(['&', '>']) {
            return false;
        }
        if tag.starts_with('?') || tag.ends_with('/') {
            continue;
        }
        match tag.strip_prefix('/') {
            Some(name) if open.pop() != Some(name) => return false,
            Some(_) => {}
            None => open.push(tag.split(' ').next().unwrap_or(tag)),
        }
    }
    open.is_empty() && rest.trim().is_empty()
}

#[test]
fn a_docx_has_every_part_that_word_asks_for() {
    let bytes = write_docx(&report()).unwrap();
    let types = part(&bytes, "[Content_Types].xml");
    let named: Vec<&str> = types.split("PartName=\"/").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert!(named.len() >= 7, "{named:?}");
    for name in named.into_iter().chain(["_rels/.rels", "word/_rels/document.xml.rels"]) {
        assert!(is_well_formed(&part(&bytes, name)), "{name}");
    }
    let text = part(&bytes, "word/document.xml");
    assert!(
        text.contains("<w:tblHeader/>") && text.contains("w:orient=\"landscape\"") && text.contains("<w:titlePg/>")
    );
    assert!(text.contains("4308/QĐ</w:t><w:noBreakHyphen/>"), "a number is never broken at its hyphen");
}

/// A reader repairs what is declared and absent, present and undeclared, or pointed at and absent.
#[test]
fn every_part_is_declared_and_every_target_is_there() {
    for document in [report(), OfficialDocument { family: Family::Party, ..report() }, OfficialDocument::default()] {
        let bytes = write_docx(&document).unwrap();
        let archive = zip::ZipArchive::new(std::io::Cursor::new(bytes.as_slice())).unwrap();
        let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
        let types = part(&bytes, "[Content_Types].xml");
        for name in names.iter().filter(|name| !name.ends_with(".rels") && !name.starts_with("[Content")) {
            assert!(types.contains(&format!("PartName=\"/{name}\"")), "{name} has no type of its own");
        }
        for (relations, folder) in [("_rels/.rels", ""), ("word/_rels/document.xml.rels", "word/")] {
            let text = part(&bytes, relations);
            let ids: Vec<&str> = text.split("Id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
            for target in text.split("Target=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
                assert!(names.contains(&format!("{folder}{target}")), "{target} is not there");
            }
            let unique: std::collections::BTreeSet<&&str> = ids.iter().collect();
            assert_eq!(unique.len(), ids.len());
            if folder == "word/" {
                let used = part(&bytes, "word/document.xml");
                for id in used.split("r:id=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
                    assert!(ids.contains(&id), "{id} leads nowhere");
                }
            }
        }
    }
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let document = report();
    assert_eq!(write_docx(&document).unwrap(), write_docx(&document).unwrap());
    assert_eq!(write_pdf(&document).unwrap(), write_pdf(&document).unwrap());
}

#[test]
fn what_was_frozen_is_read_again() {
    let document = report();
    let kept = serde_json::to_string(&document).unwrap();
    assert_eq!(serde_json::from_str::<OfficialDocument>(&kept).unwrap(), document);
    assert_eq!(serde_json::from_str::<OfficialDocument>("{}").unwrap(), OfficialDocument::default());
}

#[test]
fn a_document_with_nothing_in_it_is_still_written() {
    assert!(write_docx(&OfficialDocument::default()).is_ok());
    assert!(write_pdf(&OfficialDocument::default()).is_ok());
}

/// Every place of a document filled with one text.
fn all_of(text: &str) -> OfficialDocument {
    let words = || text.to_owned();
    let table = Table {
        title: words(),
        columns: vec![Column { title: words(), width: 0, number: true, group: words() }, Column::default()],
        rows: vec![vec![words()], vec![words(), words(), words()]],
    };
    let blocks = vec![
        Block::Paragraph(words()),
        Block::Heading { number: words(), text: words() },
        Block::Bullet(words()),
        Block::Table(table),
    ];
    OfficialDocument {
        parent: Some(words()),
        issuer: words(),
        number: Some(words()),
        symbol: words(),
        place: words(),
        kind: Kind::Named { name: words(), subject: words() },
        urgency: Some(Urgency::Express),
        recipients: vec![words(), words()],
        body: blocks.clone(),
        signature: Signature { authority: vec![(Authority::OnBehalf, words())], post: words(), name: words() },
        copies: vec![CopyTo { whom: words(), purpose: words() }],
        archive: words(),
        annexes: vec![Annex { title: words(), blocks, landscape: false }],
        draft: true,
        simulated: true,
        ..OfficialDocument::default()
    }
}

const MARKUP: &[&str] = &[
    "#panic(\"x\")",
    "#include \"/etc/passwd\"",
    "$ x $ *đậm* _nghiêng_ `mã` = đầu đề\n== hai",
    "]]></w:t></w:r><w:br/>&amp;&#0;",
    "\\u{1F4A3} \\ / // /* */ <nhãn> @tham-chiếu",
    "{words.nation} {{issuer}} {%- x %}",
    "💨🇻🇳 ٣٢١ שלום 日本語 \u{202e}oxy\u{2066}",
    "\u{0}\u{1}\u{fffe}\u{ffff}\u{d7ff}\u{10ffff}\u{ad}",
];

#[test]
fn what_looks_like_markup_stays_text() {
    for text in MARKUP {
        let document = all_of(text);
        let docx = write_docx(&document).unwrap_or_else(|error| panic!("{text}: {error}"));
        for name in ["word/document.xml", "docProps/core.xml"] {
            assert!(is_well_formed(&part(&docx, name)), "{text}");
        }
        write_pdf(&document).unwrap_or_else(|error| panic!("{text}: {error}"));
    }
    let docx = part(&write_docx(&all_of("<w:br/>&")).unwrap(), "word/document.xml");
    assert!(docx.contains("&lt;w:br/&gt;&amp;") && !docx.contains("<w:br/>"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    #[test]
    fn no_text_breaks_a_writer(text in "\\PC{0,60}|[\\x00-\\x7f]{0,60}|.{0,40}") {
        let document = all_of(&text);
        let docx = write_docx(&document).unwrap();
        prop_assert!(is_well_formed(&part(&docx, "word/document.xml")));
        let pdf = write_pdf(&document).unwrap();
        prop_assert!(pdf.starts_with(b"%PDF-"));
    }
}
