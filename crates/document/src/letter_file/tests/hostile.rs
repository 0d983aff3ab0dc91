//! Files that are no letters, or mean harm: a stable code, nothing executed, never a panic.

use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;
use crate::official::{Block, Kind, OfficialDocument, Signature, write_docx, write_pdf};

#[test]
fn what_is_no_letter_has_its_code() {
    let old = [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".as_slice(), &[0; 600]].concat();
    let locked: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let odt = packed(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", b"<a/>")]);
    let cases: Vec<(Vec<u8>, &str, &str)> = vec![
        (Vec::new(), "a.docx", "DOC-060"),
        (b" \n\t\n".to_vec(), "a.txt", "DOC-060"),
        (b"no zip at all".to_vec(), "a.docx", "DOC-065"),
        (b"PK\x03\x04 and nothing".to_vec(), "a.docx", "DOC-065"),
        (b"%PDF-1.7 and nothing".to_vec(), "a.pdf", "DOC-065"),
        (old.clone(), "a.doc", "DOC-066"),
        ([old, locked].concat(), "a.docx", "DOC-069"),
        (b"{\\rtf1\\ansi x}".to_vec(), "a.rtf", "DOC-067"),
        (b"<!DOCTYPE html><html></html>".to_vec(), "a.html", "DOC-067"),
        (odt, "a.odt", "DOC-067"),
        (packed(&[("a.txt", b"x")]), "a.zip", "DOC-068"),
        (b"\x1f\x8b\x08 x".to_vec(), "a.gz", "DOC-068"),
        (b"\x89PNG\r\n\x1a\n".to_vec(), "a.png", "DOC-071"),
        (b"\xff\xd8\xff\xe0 x".to_vec(), "a.jpg", "DOC-071"),
        ("B?nh vi?n ?a khoa t?nh Kiên Giang".into(), "a.txt", "DOC-073"),
        (
            b"D\xfcsseldorf M\xfcnchen K\xf6ln Gro\xdfstra\xdfe \xc4rzte pr\xfcfen Ger\xe4te".to_vec(),
            "a.txt",
            "DOC-074",
        ),
        (b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03".to_vec(), "letter", "DOC-065"),
        (docx("<w:p/>"), "a.docx", "DOC-075"),
        (docx(&paragraph("B?nh vi?n ?a khoa t?nh Kiên Giang")), "a.docx", "DOC-073"),
    ];
    for (bytes, name, expected) in cases {
        assert_eq!(code(&bytes, name), expected, "{name}, {} bytes", bytes.len());
    }
}

#[test]
fn a_file_of_a_hundred_megabytes_is_refused() {
    assert_eq!(code(&vec![b'a'; 100_000_000], "a.txt"), "DOC-061");
}

#[test]
fn a_zip_bomb_is_stopped_at_the_limit_and_never_opened_where_nothing_is_read() {
    let limits = Limits { unpacked_bytes: 1_000_000, ..Limits::LETTER };
    let zeros = vec![b' '; 20_000_000];
    let bomb = packed(&[("word/document.xml", &zeros)]);
    assert!(bomb.len() < 100_000);
    let told = read_letter(&bomb, "a.docx", &limits, &|| false);
    assert_eq!(told, Err(LetterFileProblem::UnpacksTooLarge { limit: 1_000_000 }));
    let document = part("document", &format!("<w:body>{}</w:body>", paragraph("Kính gửi: Sở Y tế.")));
    let beside = packed(&[("word/document.xml", document.as_bytes()), ("word/media/image1.png", &zeros)]);
    assert_eq!(read_letter(&beside, "a.docx", &limits, &|| false).unwrap().text, "Kính gửi: Sở Y tế.");
    // Much text in few bytes.
    let small = Limits { text_bytes: 10_000, ..Limits::LETTER };
    let told = read_letter(&docx(&paragraph("xa ").repeat(9_000)), "a.docx", &small, &|| false);
    assert_eq!(told, Err(LetterFileProblem::TooMuchText { limit: 10_000 }));
}

#[test]
fn document_types_and_entities_are_refused() {
    let body = format!("<w:body>{}</w:body></w:document>", paragraph("&a;"));
    let declared = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><w:document xmlns:w=\"w\">{body}"
    );
    assert_eq!(code(&packed(&[("word/document.xml", declared.as_bytes())]), "a.docx"), "DOC-070");
    let undeclared = format!("<w:document xmlns:w=\"w\">{body}");
    assert_eq!(code(&packed(&[("word/document.xml", undeclared.as_bytes())]), "a.docx"), "DOC-070");
}

#[test]
fn boxes_within_boxes_end_somewhere() {
    let deep = "<w:p><w:r><w:txbxContent>".repeat(5_000);
    assert_eq!(code(&docx(&format!("{deep}{}", "</w:txbxContent></w:r></w:p>".repeat(5_000))), "a.docx"), "DOC-065");
}

#[test]
fn a_decision_of_two_hundred_pages_is_read_quickly() {
    let words = "Rà soát hệ thống oxy y tế, báo cáo Sở Y tế trước ngày 15 hằng tháng để tổng hợp. ".repeat(10);
    let begun = std::time::Instant::now();
    let read = text(&docx(&paragraph(&words).repeat(1_000)), "a.docx");
    assert!(read.len() > 600_000 && begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
}

#[test]
fn whoever_asks_to_stop_is_heard() {
    let file = docx(&paragraph("x").repeat(5_000));
    assert_eq!(read_letter(&file, "a.docx", &Limits::LETTER, &|| true), Err(LetterFileProblem::Stopped));
}

fn letter() -> OfficialDocument {
    OfficialDocument {
        parent: Some("UBND tỉnh An Giang".into()),
        issuer: "Sở Y tế".into(),
        number: Some("12/SYT-NVY".into()),
        place: "An Giang".into(),
        kind: Kind::Letter { subject: "báo cáo oxy y tế".into() },
        recipients: vec!["Các bệnh viện".into()],
        body: vec![Block::Paragraph("Rà soát, báo cáo hệ thống oxy y tế trước ngày 15/9/2026.".into())],
        signature: Signature { post: "Giám đốc".into(), name: "Trần Văn Ớt".into(), ..Signature::default() },
        ..OfficialDocument::default()
    }
}

/// Whole files to be hurt.
static FILES: LazyLock<[(Vec<u8>, &str); 2]> =
    LazyLock::new(|| [(write_docx(&letter()).unwrap(), "a.docx"), (write_pdf(&letter()).unwrap(), "a.pdf")]);

/// A refusal with a code of this module, or a text; never a panic.
fn is_answered(bytes: &[u8], name: &str) -> Result<(), TestCaseError> {
    let limits = Limits { time: Duration::from_secs(5), ..Limits::LETTER };
    match read_letter(bytes, name, &limits, &|| false) {
        Ok(read) => prop_assert!(unicode_normalization::is_nfc(&read.text)),
        Err(problem) => prop_assert!(problem.code().starts_with("DOC-0")),
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_bytes_are_answered(
        bytes in prop::collection::vec(any::<u8>(), 0..600),
        start in prop::sample::select(vec!["", "PK\u{3}\u{4}", "%PDF-1.7\n", "{\\rtf", "\u{feff}"]),
        name in prop::sample::select(vec!["a.txt", "a.docx", "a.pdf", "a", "a.xlsx"]),
    ) {
        is_answered(&[start.as_bytes(), &bytes].concat(), name)?;
    }

    #[test]
    fn a_file_cut_short_is_answered(which in 0..2_usize, end in any::<prop::sample::Index>()) {
        let (bytes, name) = &FILES[which];
        is_answered(&bytes[..end.index(bytes.len())], name)?;
    }

    #[test]
    fn a_file_with_other_bytes_is_answered(
        which in 0..2_usize,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
    ) {
        let (bytes, name) = &FILES[which];
        let mut bytes = bytes.clone();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        is_answered(&bytes, name)?;
    }

    /// Elements in any order inside each other.
    #[test]
    fn any_word_elements_are_answered(parts in prop::collection::vec(prop::sample::select(vec![
        "<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>a</w:t>", "<w:tbl>", "</w:tbl>", "<w:tr>", "</w:tr>", "<w:tc>",
        "</w:tc>", "<w:txbxContent>", "</w:txbxContent>", "<w:del/>", "<w:fldChar w:fldCharType=\"begin\"/>", "<w:br/>",
        "<w:fldChar w:fldCharType=\"end\"/>", "<w:pPr>", "</w:pPr>", "<w:numId w:val=\"1\"/>", "&amp;", "<w:sectPr/>",
    ]), 0..30)) {
        is_answered(&docx(&parts.concat()), "a.docx")?;
    }
}
