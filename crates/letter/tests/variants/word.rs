//! Small `.docx` files with the text of a letter, as several programs and hands lay it out.

use std::io::{Cursor, Write};

use zip::write::{SimpleFileOptions, ZipWriter};

const OPEN: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
    <w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><w:body>";

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A run, with a font where one is named.
pub fn run(text: &str, font: Option<&str>) -> String {
    let font = font.map_or(String::new(), |font| {
        format!("<w:rPr><w:rFonts w:ascii=\"{0}\" w:hAnsi=\"{0}\" w:cs=\"{0}\"/></w:rPr>", escaped(font))
    });
    let words = escaped(text).replace('\t', "</w:t><w:tab/><w:t xml:space=\"preserve\">");
    format!("<w:r>{font}<w:t xml:space=\"preserve\">{words}</w:t></w:r>")
}

pub fn paragraph(text: &str) -> String {
    format!("<w:p>{}</w:p>", run(text, None))
}

/// Words cut into runs in the middle, as spelling programs leave them.
pub fn in_pieces(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let runs: String = letters.chunks(7).map(|piece| run(&piece.iter().collect::<String>(), None)).collect();
    format!("<w:p>{runs}</w:p>")
}

/// A table without lines: two cells of paragraphs.
pub fn two_columns(left: &[&str], right: &[&str]) -> String {
    let cell = |lines: &[&str]| lines.iter().map(|line| paragraph(line)).collect::<String>();
    format!("<w:tbl><w:tblPr/><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>", cell(left), cell(right))
}

/// The parts of a file: name and content.
pub fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("an entry");
        zip.write_all(content.as_bytes()).expect("its content");
    }
    zip.finish().expect("an archive").into_inner()
}

/// A file of these paragraphs and tables.
pub fn file(body: &str) -> Vec<u8> {
    let types = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\
        <Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
        <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
        <Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" \
        ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
    let relations = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\
        <Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" \
        Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" \
        Target=\"word/document.xml\"/></Relationships>";
    let document = format!("{OPEN}{body}<w:sectPr/></w:body></w:document>");
    packed(&[("[Content_Types].xml", types), ("_rels/.rels", relations), ("word/document.xml", &document)])
}

/// Every line a paragraph.
pub fn lines(text: &str) -> Vec<u8> {
    file(&text.lines().map(paragraph).collect::<String>())
}

/// Every line a paragraph of small runs.
pub fn lines_in_pieces(text: &str) -> Vec<u8> {
    file(&text.lines().map(in_pieces).collect::<String>())
}

/// Paragraphs without the empty ones between them.
pub fn without_blank_lines(text: &str) -> Vec<u8> {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    file(&lines.map(paragraph).collect::<String>())
}

/// Every line in a font of an old encoding, its letters shown as western ones.
pub fn in_font(shown: &str, font: &str) -> Vec<u8> {
    let lines = shown.lines().map(|line| format!("<w:p>{}</w:p>", run(line, Some(font))));
    file(&lines.collect::<String>())
}

/// Lines broken by hand inside one paragraph.
pub fn broken_by_hand(text: &str) -> Vec<u8> {
    let paragraphs = text.split("\n\n").map(|paragraph| {
        let lines: Vec<String> = paragraph.lines().map(|line| run(line, None)).collect();
        format!("<w:p>{}</w:p>", lines.join("<w:r><w:br/></w:r>"))
    });
    file(&paragraphs.collect::<String>())
}

/// Number and subject beside place and date, copies beside the signature: tables without lines.
pub fn in_tables(text: &str) -> Vec<u8> {
    let lines: Vec<&str> = text.lines().collect();
    let trimmed = |line: &&str| line.trim().to_owned();
    let low = |line: &&str| line.trim().to_lowercase();
    let kinh_gui = lines.iter().position(|line| low(line).starts_with("kính gửi"));
    let noi_nhan = lines.iter().position(|line| low(line).starts_with("nơi nhận")).expect("copies");
    let head = kinh_gui.unwrap_or(0);
    let is_dated = |line: &&&str| low(line).contains(", ngày");
    let archive = lines.iter().rposition(|line| low(line).trim_start_matches("- ").starts_with("lưu")).expect("lưu");
    // In one letter the signature stands before the copies.
    let ended = lines.iter().position(|line| line.contains("./.")).filter(|at| *at < noi_nhan);
    let body_end = ended.map_or(noi_nhan, |at| at + 1);
    let before: Vec<&str> = lines[body_end..noi_nhan].to_vec();
    let mut body = String::new();
    if head > 0 {
        let is_right = |line: &&&str| {
            let low = low(line);
            is_dated(line) || ["**cộng hòa", "cộng hòa", "độc lập"].iter().any(|words| low.starts_with(words))
        };
        let left: Vec<&str> = lines[..head].iter().filter(|line| !is_right(line)).copied().collect();
        let right: Vec<&str> = lines[..head].iter().filter(|line| is_right(line)).copied().collect();
        body.push_str(&two_columns(&left, &right));
    }
    body.push_str(&lines[head..body_end].iter().map(|line| paragraph(&trimmed(line))).collect::<String>());
    let mut right = before;
    right.extend(&lines[archive + 1..]);
    body.push_str(&two_columns(&lines[noi_nhan..=archive], &right));
    file(&body)
}
