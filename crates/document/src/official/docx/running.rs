//! Running text: paragraphs, headings, tables.

use super::super::form::Form;
use super::super::pieces::Piece;
use super::super::xml::Xml;
use super::{Line, line, millimetres};

/// The first line begins 1.27 cm in; 6 pt between paragraphs; lines 1.1 apart.
const BODY: &str = "<w:spacing w:before=\"120\" w:after=\"0\" w:line=\"264\" w:lineRule=\"auto\"/>\
                    <w:ind w:firstLine=\"720\"/><w:jc w:val=\"both\"/>";

/// Words in one look.
pub(super) fn run(xml: &mut Xml, text: &str, look: Line) {
    xml.raw("<w:r><w:rPr>");
    if look.bold {
        xml.raw("<w:b/>");
    }
    if look.italic {
        xml.raw("<w:i/>");
    }
    xml.raw(&format!("<w:sz w:val=\"{0}\"/><w:szCs w:val=\"{0}\"/>", look.half_points));
    if look.underlined {
        xml.raw("<w:u w:val=\"single\"/>");
    }
    if look.framed {
        xml.raw("<w:bdr w:val=\"single\" w:sz=\"6\" w:space=\"4\" w:color=\"000000\"/>");
    }
    xml.raw("</w:rPr>");
    words(xml, text);
    xml.raw("</w:r>");
}

/// A hyphen inside a word, as in «30/2020/NĐ-CP», does not break the line.
fn words(xml: &mut Xml, text: &str) {
    let signs: Vec<char> = text.chars().collect();
    let mut begun = 0;
    let within = |position: usize| {
        let beside = |at: Option<usize>| at.and_then(|at| signs.get(at)).is_some_and(|sign| sign.is_alphanumeric());
        signs[position] == '-' && beside(position.checked_sub(1)) && beside(position.checked_add(1))
    };
    let piece = |xml: &mut Xml, from: usize, to: usize| {
        if from < to {
            let part: String = signs[from..to].iter().collect();
            xml.raw("<w:t xml:space=\"preserve\">").text(&part).raw("</w:t>");
        }
    };
    for position in 0..signs.len() {
        if within(position) {
            piece(xml, begun, position);
            xml.raw("<w:noBreakHyphen/>");
            begun = position + 1;
        }
    }
    piece(xml, begun, signs.len());
}

/// Where pieces stand.
#[derive(Clone, Copy)]
pub(super) struct Frame<'f> {
    /// Width of the text in millimetres.
    pub text: f64,
    /// The last paragraph stays with the signature.
    pub closing: bool,
    pub form: &'f Form,
}

/// Pieces one after the other.
pub(super) fn blocks(xml: &mut Xml, pieces: &[Piece], frame: Frame<'_>) {
    let half_points = frame.form.body * 2;
    let middle = Line { half_points, bold: true, keep: true, ..Line::default() };
    for (position, piece) in pieces.iter().enumerate() {
        let last = frame.closing && position + 1 == pieces.len();
        match piece.what {
            "table" => table(xml, piece, frame.text),
            "caption" => line(xml, &piece.text, Line { above: 6, ..middle }),
            "centred" => line(xml, &piece.text, Line { above: 8, ..middle }),
            _ => paragraph(xml, piece, half_points, last),
        }
    }
}

fn paragraph(xml: &mut Xml, piece: &Piece, half_points: u32, last: bool) {
    let heading = piece.what == "heading";
    xml.raw("<w:p><w:pPr>");
    if heading || last {
        xml.raw("<w:keepNext/>");
    }
    if last && piece.text.chars().count() < 900 {
        xml.raw("<w:keepLines/>");
    }
    xml.raw("<w:widowControl/>").raw(BODY).raw("</w:pPr>");
    let usual = Line { half_points, ..Line::default() };
    if !piece.lead.is_empty() {
        run(xml, &format!("{} ", piece.lead), Line { bold: true, ..usual });
    }
    run(xml, &piece.text, Line { bold: heading, italic: piece.what == "basis", ..usual });
    xml.raw("</w:p>");
}

/// A table with thin lines, whose head is repeated and whose rows are not cut.
fn table(xml: &mut Xml, piece: &Piece, text: f64) {
    let all = millimetres(text);
    let widths: Vec<i64> = piece.columns.iter().map(|column| i64::from(column.width) * all / 1_000).collect();
    xml.raw(&format!("<w:tbl><w:tblPr><w:tblW w:w=\"{}\" w:type=\"dxa\"/><w:tblBorders>", widths.iter().sum::<i64>()));
    for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
        xml.raw(&format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>"));
    }
    xml.raw(
        "</w:tblBorders><w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:left w:w=\"68\" w:type=\"dxa\"/>\
         <w:right w:w=\"68\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr><w:tblGrid>",
    );
    for width in &widths {
        xml.raw(&format!("<w:gridCol w:w=\"{width}\"/>"));
    }
    xml.raw("</w:tblGrid>");
    let half_points = match piece.columns.len() {
        0..=6 => 24,
        7..=10 => 22,
        _ => 20,
    };
    head(xml, piece, &widths, Line { half_points, bold: true, ..Line::default() });
    for row in &piece.rows {
        xml.raw("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
        for ((text, column), width) in row.iter().zip(&piece.columns).zip(&widths) {
            let look = Line { half_points, ..Line::default() };
            cell(xml, *width, "", (text, look), column.side);
        }
        xml.raw("</w:tr>");
    }
    xml.raw("</w:tbl>");
    xml.raw("<w:p><w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"160\" w:lineRule=\"exact\"/></w:pPr></w:p>");
}

/// The rows of the head, all of them repeated on every page: a cell over both levels begins in the first and goes on,
/// empty, in the second.
fn head(xml: &mut Xml, piece: &Piece, widths: &[i64], look: Line) {
    for (level, cells) in piece.head.iter().enumerate() {
        xml.raw("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
        let upper = level.checked_sub(1).and_then(|level| piece.head.get(level)).unwrap_or(cells);
        let (mut column, mut own) = (0, cells.iter());
        for above in upper {
            let width = |from: usize, wide: usize| widths.iter().skip(from).take(wide).sum::<i64>();
            if level > 0 && above.high > 1 {
                cell(xml, width(column, 1), "<w:vMerge/>", ("", look), "center");
            } else if level > 0 {
                for (place, one) in own.by_ref().take(above.wide).enumerate() {
                    cell(xml, width(column + place, 1), "", (&one.text, look), "center");
                }
            } else {
                let spans =
                    if above.wide > 1 { format!("<w:gridSpan w:val=\"{}\"/>", above.wide) } else { String::new() };
                let begins = if above.high > 1 { "<w:vMerge w:val=\"restart\"/>" } else { "" };
                cell(xml, width(column, above.wide), &format!("{spans}{begins}"), (&above.text, look), "center");
            }
            column += above.wide;
        }
        xml.raw("</w:tr>");
    }
}

/// A cell; `merged` says what it covers.
fn cell(xml: &mut Xml, width: i64, merged: &str, (text, look): (&str, Line), side: &str) {
    xml.raw(&format!(
        "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{merged}<w:vAlign w:val=\"center\"/></w:tcPr><w:p><w:pPr>\
         <w:spacing w:before=\"20\" w:after=\"20\" w:line=\"240\" w:lineRule=\"auto\"/><w:jc w:val=\"{side}\"/></w:pPr>"
    ));
    run(xml, text, look);
    xml.raw("</w:p></w:tc>");
}
