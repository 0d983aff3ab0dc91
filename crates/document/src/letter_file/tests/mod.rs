//! Files of letters, good and bad: one test a behaviour. The five real letters in two hundred shapes
//! are tested where they are read, in `crates/letter/tests/variants`.

mod hostile;
mod pdf;
mod word;

use std::io::{Cursor, Write};
use std::time::Duration;

use quantity::Coded;
use zip::write::{SimpleFileOptions, ZipWriter};

use super::*;

fn read(bytes: &[u8], name: &str) -> Result<LetterText, LetterFileProblem> {
    read_letter(bytes, name, &Limits::LETTER, &|| false)
}

fn text(bytes: &[u8], name: &str) -> String {
    read(bytes, name).unwrap_or_else(|problem| panic!("{name}: {problem}")).text
}

fn code(bytes: &[u8], name: &str) -> &'static str {
    match read(bytes, name) {
        Err(problem) => problem.code(),
        Ok(read) => panic!("{name} was read: {}", read.text),
    }
}

/// An archive of these entries.
fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A part of a Word file around its body.
fn part(element: &str, body: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:{element} \
         xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
         xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
         xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">{body}</w:{element}>"
    )
}

/// A Word file with this body and other parts of `word/`.
fn docx_with(body: &str, others: &[(&str, String)]) -> Vec<u8> {
    let document = part("document", &format!("<w:body>{body}</w:body>"));
    let named: Vec<(String, &String)> = others.iter().map(|(name, text)| (format!("word/{name}"), text)).collect();
    let mut parts: Vec<(&str, &[u8])> = vec![("word/document.xml", document.as_bytes())];
    parts.extend(named.iter().map(|(name, text)| (name.as_str(), text.as_bytes())));
    packed(&parts)
}

fn docx(body: &str) -> Vec<u8> {
    docx_with(body, &[])
}

fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>")
}

#[test]
fn plain_text_is_decoded_and_says_how() {
    let read = read("Số: 12/SYT-NVY".as_bytes(), "a.txt").unwrap();
    assert_eq!((read.kind, read.encoding, read.percent), (FileKind::Text, Encoding::Utf8, 100));
    let tcvn3 = b"B\xd6nh vi\xd6n \xaea khoa t\xd8nh, l\xad\xeeng oxy c\xdfn \xddt, th\xb8ng n\xb5y ng\xad\xeai b\xd6nh n\xc6ng";
    assert_eq!(super::read_letter(tcvn3, "", &Limits::LETTER, &|| false).unwrap().encoding, Encoding::Tcvn3);
}

#[test]
fn a_sheet_is_read_row_by_row() {
    use rust_xlsxwriter::Workbook;
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "Kính gửi: Sở Y tế").unwrap();
    sheet.write(2, 0, "1").unwrap();
    sheet.write(2, 1, "Rà soát oxy").unwrap();
    book.add_worksheet().write(0, 0, "phụ lục").unwrap();
    let read = read(&book.save_to_buffer().unwrap(), "a.xlsx").unwrap();
    assert_eq!(read.text, "Kính gửi: Sở Y tế\n1\tRà soát oxy");
    assert_eq!((read.kind, read.doubts), (FileKind::Xlsx, vec![FileDoubt::OtherSheets]));
}

#[test]
fn every_doubt_has_its_sentence() {
    let all = [
        FileDoubt::MacrosIgnored,
        FileDoubt::TrackedChanges,
        FileDoubt::HiddenText,
        FileDoubt::PagesWithoutText,
        FileDoubt::RecognisedText,
        FileDoubt::SignsWithoutLetter,
        FileDoubt::SignatureCaption,
        FileDoubt::OtherSheets,
    ];
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../locales");
    for language in ["vi", "en"] {
        let file = std::fs::read_to_string(folder.join(language).join("reader.ftl")).unwrap();
        for doubt in all {
            assert!(file.contains(&format!("\n{} = ", doubt.key())), "{language} {}", doubt.key());
        }
    }
}
