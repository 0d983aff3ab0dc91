//! What a Word file may hold besides paragraphs.

use super::*;

fn run(properties: &str, text: &str) -> String {
    format!("<w:r><w:rPr>{properties}</w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

#[test]
fn tabs_breaks_and_hyphens_are_signs() {
    let body = "<w:p><w:pPr><w:tabs><w:tab w:val=\"left\" w:pos=\"500\"/></w:tabs></w:pPr><w:r><w:t>Số:</w:t><w:tab/>\
                <w:t>12/SYT</w:t><w:noBreakHyphen/><w:t>NVY</w:t><w:br/><w:t>V/v oxy &amp; vắc xin &#273;ợt 2</w:t></w:r></w:p>";
    assert_eq!(text(&docx(body), "a.docx"), "Số:\t12/SYT-NVY\nV/v oxy & vắc xin đợt 2");
}

#[test]
fn a_text_box_is_read_once_and_before_its_paragraph() {
    let words = |text: &str| format!("<w:txbxContent>{}</w:txbxContent>", paragraph(text));
    let body = format!(
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\">{}</mc:Choice><mc:Fallback>{}</mc:Fallback>\
         </mc:AlternateContent></w:r><w:r><w:t>Kính gửi: Sở Y tế.</w:t></w:r></w:p>",
        words("HỎA TỐC"),
        words("HỎA TỐC")
    );
    assert_eq!(text(&docx(&body), "a.docx"), "HỎA TỐC\nKính gửi: Sở Y tế.");
}

#[test]
fn lists_are_counted_as_word_counts_them() {
    let level = |at: usize, format: &str, shown: &str| {
        format!(
            "<w:lvl w:ilvl=\"{at}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{shown}\"/></w:lvl>"
        )
    };
    let numbering = part(
        "numbering",
        &format!(
            "<w:abstractNum w:abstractNumId=\"7\">{}{}{}</w:abstractNum><w:num w:numId=\"1\">\
             <w:abstractNumId w:val=\"7\"/></w:num>",
            level(0, "upperRoman", "%1."),
            level(1, "decimal", "%2.)"),
            level(2, "bullet", "\u{f0b7}")
        ),
    );
    let styles = part(
        "styles",
        "<w:style w:type=\"paragraph\" w:styleId=\"Item\"><w:pPr><w:numPr><w:ilvl w:val=\"2\"/><w:numId w:val=\"1\"/>\
         </w:numPr></w:pPr></w:style>",
    );
    let item = |level: usize, text: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t>\
             </w:r></w:p>"
        )
    };
    let styled = "<w:p><w:pPr><w:pStyle w:val=\"Item\"/></w:pPr><w:r><w:t>e</w:t></w:r></w:p>";
    let body = [item(0, "a"), item(1, "b"), item(1, "c"), item(0, "d"), styled.to_owned(), item(1, "f")].concat();
    let file = docx_with(&body, &[("numbering.xml", numbering), ("styles.xml", styles)]);
    assert_eq!(text(&file, "a.docx"), "I. a\n1.) b\n2.) c\nII. d\n- e\n1.) f");
}

#[test]
fn letterhead_in_the_head_of_the_first_page_and_footnotes_are_read() {
    let relations = "<?xml version=\"1.0\"?><Relationships xmlns=\"x\">\
        <Relationship Id=\"r1\" Type=\"t/header\" Target=\"header1.xml\"/>\
        <Relationship Id=\"r2\" Type=\"t/header\" Target=\"header2.xml\"/>\
        <Relationship Id=\"r3\" Type=\"t/attachedTemplate\" Target=\"http://example.org/a.dotm\" TargetMode=\"External\"/>\
        </Relationships>";
    let body = format!(
        "{}<w:sectPr><w:headerReference w:type=\"default\" r:id=\"r2\"/><w:headerReference w:type=\"first\" r:id=\"r1\"/>\
         <w:titlePg/></w:sectPr>",
        paragraph("Kính gửi: Sở Y tế.")
    );
    let header = |text: &str| {
        let page = "<w:p><w:fldSimple w:instr=\" PAGE \"><w:r><w:t>2</w:t></w:r></w:fldSimple></w:p>";
        part("hdr", &format!("{}{page}", paragraph(text)))
    };
    let note = "<w:footnote w:type=\"separator\" w:id=\"0\"><w:p><w:r><w:t>--</w:t></w:r></w:p></w:footnote>";
    let notes = format!("{note}<w:footnote w:id=\"1\">{}</w:footnote>", paragraph("Theo báo cáo tuần 45."));
    let file = docx_with(
        &body,
        &[
            ("_rels/document.xml.rels", relations.to_owned()),
            ("header1.xml", header("SỞ Y TẾ")),
            ("header2.xml", header("trang sau")),
            ("footnotes.xml", part("footnotes", &notes)),
        ],
    );
    assert_eq!(text(&file, "a.docx"), "SỞ Y TẾ\nKính gửi: Sở Y tế.\n\nTheo báo cáo tuần 45.");
}

#[test]
fn deleted_and_hidden_text_is_left_out_and_said_so() {
    let body = format!(
        "<w:p>{}<w:del w:id=\"1\"><w:r><w:delText>trước ngày 10/9</w:delText></w:r></w:del><w:ins w:id=\"2\">{}</w:ins>{}\
         <w:moveFrom w:id=\"3\">{}</w:moveFrom></w:p>",
        run("", "Báo cáo "),
        run("", "trước ngày 15/9"),
        run("<w:vanish/>", " (mật)"),
        run("", "x")
    );
    let read = read(&docx(&body), "a.docx").unwrap();
    assert_eq!(read.text, "Báo cáo trước ngày 15/9");
    assert_eq!(read.doubts, [FileDoubt::TrackedChanges, FileDoubt::HiddenText]);
}

#[test]
fn looks_of_styles_and_old_fonts_are_known() {
    let styles = part(
        "styles",
        "<w:style w:type=\"paragraph\" w:styleId=\"Base\"><w:rPr><w:rFonts w:ascii=\".VnTime\"/></w:rPr></w:style>\
         <w:style w:type=\"paragraph\" w:styleId=\"Old\"><w:basedOn w:val=\"Base\"/></w:style>",
    );
    // «Bệnh viện» in .VnTime by style, cut into runs; «SỞ Y TẾ» in .VnTimeH; capitals by a switch.
    let old = "<w:p><w:pPr><w:pStyle w:val=\"Old\"/></w:pPr><w:r><w:t>B</w:t></w:r><w:r><w:t>Önh vi</w:t></w:r>\
               <w:r><w:t>Ön</w:t></w:r></w:p>";
    let second = format!("<w:p>{}</w:p>", run("<w:rFonts w:hAnsi=\".VnTimeH\"/>", "Së Y TÕ"));
    let switched = format!("<w:p>{}</w:p>", run("<w:caps/>", "Ủy ban nhân dân"));
    let file = docx_with(&format!("{switched}{second}{old}"), &[("styles.xml", styles)]);
    let read = read(&file, "a.docx").unwrap();
    assert_eq!(read.text, "ỦY BAN NHÂN DÂN\nSỞ Y TẾ\nBệnh viện");
    assert!(
        read.repairs.iter().any(|repair| matches!(repair, Repair::OldFont(Encoding::Tcvn3, 2))),
        "{:?}",
        read.repairs
    );
}

#[test]
fn a_table_of_figures_is_read_by_rows_and_a_letterhead_by_columns() {
    let row = |cells: &[&str]| {
        let cells: String = cells.iter().map(|text| format!("<w:tc>{}</w:tc>", paragraph(text))).collect();
        format!("<w:tr>{cells}</w:tr>")
    };
    let ruled = "<w:tblPr><w:tblBorders><w:insideH w:val=\"single\"/></w:tblBorders></w:tblPr>";
    let figures = format!("<w:tbl>{ruled}{}{}</w:tbl>", row(&["Đơn vị", "Số bồn"]), row(&["BV Hải Âu", "2"]));
    assert_eq!(text(&docx(&figures), "a.docx"), "Đơn vị\tSố bồn\nBV Hải Âu\t2");
    let head = format!(
        "<w:tbl>{}{}</w:tbl>",
        row(&["SỞ Y TẾ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]),
        row(&["Số: 12/SYT-NVY", "An Giang, ngày 3 tháng 9 năm 2026"])
    );
    let expected = "SỞ Y TẾ\nSố: 12/SYT-NVY\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nAn Giang, ngày 3 tháng 9 năm 2026";
    assert_eq!(text(&docx(&head), "a.docx").trim(), expected);
}

#[test]
fn macros_are_left_alone_and_the_text_is_read() {
    let document = part("document", &format!("<w:body>{}</w:body>", paragraph("Kính gửi: Sở Y tế.")));
    let file = packed(&[("word/document.xml", document.as_bytes()), ("word/vbaProject.bin", b"Sub AutoOpen()")]);
    for name in ["a.docm", "a.docx"] {
        let read = read(&file, name).unwrap();
        assert_eq!((read.text.as_str(), read.doubts), ("Kính gửi: Sở Y tế.", vec![FileDoubt::MacrosIgnored]));
    }
}

/// Word and other programs name the main part as they like; the relation tells.
#[test]
fn the_main_part_is_found_by_its_relation() {
    let relations = "<?xml version=\"1.0\"?><Relationships xmlns=\"x\"><Relationship Id=\"a\" \
        Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" \
        Target=\"/word/document2.xml\"/></Relationships>";
    let document = part("document", &format!("<w:body>{}</w:body>", paragraph("Nội dung")));
    let file = packed(&[("_rels/.rels", relations.as_bytes()), ("word/document2.xml", document.as_bytes())]);
    assert_eq!(text(&file, "a.docx"), "Nội dung");
}

/// A watermark is a picture of letters; one of secrecy must reach who refuses the paper.
#[test]
fn a_watermark_of_secrecy_is_read() {
    let body = |mark: &str| {
        let drawn = format!(
            "<w:p><w:r><w:pict><v:shape xmlns:v=\"v\"><v:textpath string=\"{mark}\"/></v:shape></w:pict></w:r></w:p>"
        );
        format!("{drawn}{}", paragraph("Kính gửi: Sở Y tế."))
    };
    assert_eq!(text(&docx(&body("TỐI MẬT")), "a.docx"), "TỐI MẬT\n\nKính gửi: Sở Y tế.");
    assert_eq!(text(&docx(&body("DỰ THẢO")), "a.docx").trim(), "Kính gửi: Sở Y tế.");
}
