//! The `.docx`: WordprocessingML written by hand, because nothing else gives a repeated table head, rules of
//! measured length and sections at once (docs/decisions/0016).
//!
//! [`parts`] holds the files that are the same for every document, [`running`] the running text and its tables;
//! here the letterhead, the signature and how the page is cut into sections.

mod parts;
mod running;

use std::io::{Cursor, Write};

use zip::write::{SimpleFileOptions, ZipWriter};
use zip::{CompressionMethod, result::ZipResult};

use super::OfficialDocument;
use super::faces::width;
use super::form::Form;
use super::wording::{AnnexWords, COPIES, Words};
use super::xml::Xml;
use crate::DocumentProblem;

/// Twentieths of a point in a millimetre.
const MILLIMETRE: f64 = 1_440.0 / 25.4;

/// Millimetres in twips.
pub(super) fn millimetres(length: f64) -> i64 {
    (length * MILLIMETRE).round() as i64
}

/// Writes a document as `.docx`. The same document gives the same bytes.
///
/// # Errors
/// [`DocumentProblem::NotWritten`] where the archive cannot be put together.
pub fn write_docx(document: &OfficialDocument) -> Result<Vec<u8>, DocumentProblem> {
    let words = Words::of(document);
    pack(&words).map_err(|error| DocumentProblem::NotWritten { cause: error.to_string() })
}

fn pack(words: &Words) -> ZipResult<Vec<u8>> {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |name: &str, content: &str| -> ZipResult<()> {
        archive.start_file(name, options)?;
        Ok(archive.write_all(content.as_bytes())?)
    };
    add("[Content_Types].xml", parts::CONTENT_TYPES)?;
    add("_rels/.rels", parts::RELATIONS)?;
    add("docProps/core.xml", &parts::core(words))?;
    add("docProps/app.xml", parts::APP)?;
    add("word/_rels/document.xml.rels", parts::DOCUMENT_RELATIONS)?;
    add("word/styles.xml", &parts::styles())?;
    add("word/settings.xml", parts::SETTINGS)?;
    add("word/header1.xml", &parts::header(words.form.page_number))?;
    add("word/footer1.xml", &parts::footer(words))?;
    add("word/document.xml", &body(words))?;
    Ok(archive.finish()?.into_inner())
}

fn body(words: &Words) -> String {
    let mut xml = Xml::default();
    xml.raw(parts::DECLARATION).raw("<w:document ").raw(parts::NAMESPACES).raw("><w:body>");
    letterhead(&mut xml, words);
    heading(&mut xml, words);
    running::blocks(
        &mut xml,
        &words.body,
        running::Frame { text: words.form.text(), closing: true, form: &words.form },
    );
    signature(&mut xml, words);
    let mut open = section(&words.form, false);
    for annex in &words.annexes {
        // A section ends with the paragraph that holds its properties: the next one begins a page.
        xml.raw("<w:p><w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"20\" w:lineRule=\"exact\"/>");
        xml.raw(&open).raw("</w:pPr></w:p>");
        annexed(&mut xml, annex, &words.form);
        open = section(&words.form, annex.landscape);
    }
    xml.raw("<w:p><w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"20\" w:lineRule=\"exact\"/></w:pPr></w:p>");
    xml.raw(&open).raw("</w:body></w:document>");
    xml.done()
}

/// Paper, margins and the page number that is hidden on the first page.
fn section(form: &Form, landscape: bool) -> String {
    let upright = (millimetres(210.0), millimetres(297.0));
    let (wide, high, turned) =
        if landscape { (upright.1, upright.0, " w:orient=\"landscape\"") } else { (upright.0, upright.1, "") };
    let [left, right, bottom] =
        if landscape { [20.0, 20.0, 15.0] } else { [form.left, form.right, 20.0] }.map(millimetres);
    let top = millimetres(20.0);
    format!(
        "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId3\"/>\
         <w:footerReference w:type=\"default\" r:id=\"rId4\"/><w:footerReference w:type=\"first\" r:id=\"rId4\"/>\
         <w:type w:val=\"nextPage\"/><w:pgSz w:w=\"{wide}\" w:h=\"{high}\"{turned}/>\
         <w:pgMar w:top=\"{top}\" w:right=\"{right}\" w:bottom=\"{bottom}\" w:left=\"{left}\" w:header=\"{header}\" \
         w:footer=\"{footer}\" w:gutter=\"0\"/><w:pgNumType w:start=\"1\"/><w:titlePg/></w:sectPr>",
        header = millimetres(8.0),
        footer = millimetres(8.0),
    )
}

/// How a line of the letterhead or the signature looks.
#[derive(Clone, Copy, Default)]
pub(super) struct Line {
    /// Size in half points.
    pub half_points: u32,
    pub bold: bool,
    pub italic: bool,
    /// Space above, in points.
    pub above: u32,
    pub left: bool,
    pub framed: bool,
    pub keep: bool,
    pub underlined: bool,
    /// Indent from the left, in millimetres.
    pub indent: f64,
    /// How much further the lines after the first begin, in millimetres.
    pub hanging: f64,
}

impl Line {
    /// A line of a size in points.
    fn of(points: u32) -> Self {
        Self { half_points: points * 2, ..Self::default() }
    }

    fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    fn above(self, points: u32) -> Self {
        Self { above: points, ..self }
    }
}

pub(super) fn line(xml: &mut Xml, text: &str, look: Line) {
    xml.raw("<w:p><w:pPr>");
    if look.keep {
        xml.raw("<w:keepNext/>");
    }
    xml.raw(&format!("<w:spacing w:before=\"{}\" w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/>", look.above * 20));
    if look.indent > 0.0 {
        let (left, hanging) = (millimetres(look.indent + look.hanging), millimetres(look.hanging));
        xml.raw(&format!("<w:ind w:left=\"{left}\" w:hanging=\"{hanging}\"/>"));
    }
    xml.raw(if look.left { "<w:jc w:val=\"left\"/>" } else { "<w:jc w:val=\"center\"/>" }).raw("</w:pPr>");
    running::run(xml, text, look);
    xml.raw("</w:p>");
}

/// A rule of a length in millimetres, centred in a column: the upper border of an empty paragraph.
fn rule(xml: &mut Xml, length: f64, column: f64) {
    let indent = millimetres(((column - length) / 2.0).max(0.0));
    xml.raw(&format!(
        "<w:p><w:pPr><w:pBdr><w:top w:val=\"single\" w:sz=\"6\" w:space=\"0\" w:color=\"000000\"/></w:pBdr>\
         <w:spacing w:before=\"30\" w:after=\"0\" w:line=\"120\" w:lineRule=\"exact\"/>\
         <w:ind w:left=\"{indent}\" w:right=\"{indent}\"/></w:pPr></w:p>"
    ));
}

/// Width of bold words in millimetres, a column at most.
fn wide(text: &str, points: f64, column: f64) -> f64 {
    (width(text, true, points) * 25.4 / 72.0).min(column)
}

/// Opens a table without borders of two columns.
fn two_columns(xml: &mut Xml, widths: [f64; 2]) {
    let [left, right] = widths.map(millimetres);
    xml.raw(&format!(
        "<w:tbl><w:tblPr><w:tblW w:w=\"{all}\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/><w:tblCellMar>\
         <w:left w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"0\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr><w:tblGrid>\
         <w:gridCol w:w=\"{left}\"/><w:gridCol w:w=\"{right}\"/></w:tblGrid><w:tr><w:trPr><w:cantSplit/></w:trPr>\
         <w:tc><w:tcPr><w:tcW w:w=\"{left}\" w:type=\"dxa\"/></w:tcPr>",
        all = left + right,
    ));
}

/// The next row of such a table, which may break or not; its left column is open.
fn next_row(xml: &mut Xml, left: f64, whole: bool) {
    let whole = if whole { "<w:trPr><w:cantSplit/></w:trPr>" } else { "" };
    xml.raw(&format!(
        "</w:tc></w:tr><w:tr>{whole}<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/></w:tcPr>",
        millimetres(left)
    ));
}

fn next_column(xml: &mut Xml, width: f64) {
    xml.raw(&format!("</w:tc><w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/></w:tcPr>", millimetres(width)));
}

/// Names above, number and date below: the two share a line however many lines the names take (boxes 3 and 4 of the
/// decree).
fn letterhead(xml: &mut Xml, words: &Words) {
    let form = &words.form;
    let [left, right] = form.columns;
    two_columns(xml, form.columns);
    if !words.parent.is_empty() {
        line(xml, &words.parent, Line::of(form.parent));
    }
    line(xml, &words.issuer, Line::of(form.issuer).bold());
    if form.issuer_rule {
        rule(xml, wide(&words.issuer, f64::from(form.issuer), left) * 0.4, left);
    } else {
        line(xml, "*", Line::of(form.number));
    }
    next_column(xml, right);
    line(xml, words.nation, Line::of(form.nation).bold());
    if words.motto.is_empty() {
        rule(xml, wide(words.nation, f64::from(form.nation), right), right);
    } else {
        line(xml, words.motto, Line::of(form.motto).bold());
        rule(xml, wide(words.motto, f64::from(form.motto), right), right);
    }
    next_row(xml, left, true);
    let above = if form.issuer_rule { 3 } else { 0 };
    line(xml, &words.number, Line::of(form.number).above(above));
    if !words.about.is_empty() {
        line(xml, &words.about, Line { italic: form.about_italic, ..Line::of(form.about).above(3) });
    }
    if !words.urgency.is_empty() {
        line(xml, &words.urgency, Line { framed: true, ..Line::of(13).bold().above(6) });
    }
    if !words.draft.is_empty() {
        line(xml, &words.draft, Line::of(13).bold().above(6));
    }
    next_column(xml, right);
    line(xml, &words.place_and_date, Line { italic: true, ..Line::of(form.date).above(above) });
    xml.raw("</w:tc></w:tr></w:tbl>");
}

/// Recipients that stay on one page with the beginning of the text.
const MOST_KEPT: usize = 12;

/// Kind and subject, then «Kính gửi».
fn heading(xml: &mut Xml, words: &Words) {
    let form = &words.form;
    let kept = |points| Line { keep: true, ..Line::of(points) };
    if !words.kind.is_empty() {
        line(xml, &words.kind, kept(form.kind).bold().above(14));
        line(xml, &words.subject, kept(form.subject).bold());
        if !words.subject.is_empty() && form.subject_rule {
            let text = form.text();
            rule(xml, wide(&words.subject, f64::from(form.subject), text - 10.0) * 0.4, text);
        } else if !words.subject.is_empty() {
            line(xml, "-----", kept(form.subject));
        }
    }
    let usual = kept(form.body);
    if !words.only_recipient.is_empty() {
        line(xml, &words.only_recipient, usual.above(14));
    } else if !words.recipients.is_empty() {
        line(xml, &words.salutation, Line { left: true, indent: 30.0, ..usual.above(14) });
        // A short list stays with the text; a long one kept together would leave the first page empty.
        let keep = words.recipients.len() <= MOST_KEPT;
        for whom in &words.recipients {
            let indent = if whom.below { 44.0 } else { 38.0 };
            line(xml, &whom.text, Line { left: true, indent, hanging: 3.0, keep, ..usual });
        }
    }
    // A little air above the text, which also keeps two tables apart.
    xml.raw("<w:p><w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"120\" w:lineRule=\"exact\"/></w:pPr></w:p>");
}

fn signature(xml: &mut Xml, words: &Words) {
    let form = &words.form;
    let half = form.text() / 2.0;
    xml.raw("<w:p><w:pPr><w:keepNext/><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"200\" w:lineRule=\"exact\"/>");
    xml.raw("</w:pPr></w:p>");
    two_columns(xml, [half, half]);
    let head = Line { left: true, ..Line::of(form.copies_head) };
    let slanted = !form.copies_underlined;
    line(xml, COPIES, Line { bold: slanted, italic: slanted, underlined: form.copies_underlined, ..head });
    let usual = Line { left: true, ..Line::of(form.copies) };
    let (beside, below) = words.copies.split_at(words.copies_beside);
    for copy in beside {
        line(xml, copy, usual);
    }
    next_column(xml, half);
    for level in &words.authority {
        line(xml, &level.text, Line { bold: level.bold, ..Line::of(form.sign) });
    }
    xml.raw(&format!(
        "<w:p><w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"{}\" w:lineRule=\"exact\"/></w:pPr></w:p>",
        millimetres(28.0)
    ));
    line(xml, &words.name, Line::of(form.sign).bold());
    if !below.is_empty() {
        // A row as high as a page would begin a page of its own and leave the signature without the text.
        next_row(xml, half, false);
        for copy in below {
            line(xml, copy, usual);
        }
        next_column(xml, half);
        line(xml, "", usual);
    }
    xml.raw("</w:tc></w:tr></w:tbl>");
}

fn annexed(xml: &mut Xml, annex: &AnnexWords, form: &Form) {
    let bold = Line { keep: true, ..Line::of(14).bold() };
    line(xml, &annex.label, bold);
    line(xml, &annex.title, bold);
    line(xml, &annex.attached_to, Line { italic: true, keep: true, ..Line::of(13) });
    let text = if annex.landscape { 257.0 } else { form.text() };
    running::blocks(xml, &annex.blocks, running::Frame { text, closing: false, form });
}
