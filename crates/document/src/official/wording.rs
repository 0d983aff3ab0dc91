//! A document as words by place: what both writers put on paper, in the same order and spelling.

use jiff::civil::Date;
use serde::Serialize;
use unicode_normalization::UnicodeNormalization;

use super::{Annex, Authority, Block, Kind, OfficialDocument, Table, Urgency};

/// What stands where.
#[derive(Debug, Serialize)]
pub(super) struct Words {
    pub title: String,
    pub parent: String,
    pub issuer: String,
    pub number: String,
    /// «V/v …» of a letter.
    pub about: String,
    /// «BÁO CÁO» of a named kind.
    pub kind: String,
    pub subject: String,
    pub urgency: String,
    pub draft: String,
    pub place_and_date: String,
    pub recipients: Vec<String>,
    pub body: Vec<Piece>,
    pub authority: Vec<String>,
    pub name: String,
    pub copies: Vec<String>,
    pub annexes: Vec<AnnexWords>,
    pub simulated: String,
}

#[derive(Debug, Serialize)]
pub(super) struct AnnexWords {
    pub label: String,
    pub title: String,
    pub attached_to: String,
    pub blocks: Vec<Piece>,
    pub landscape: bool,
}

/// A piece of running text, or a table.
#[derive(Debug, Default, PartialEq, Serialize)]
pub(super) struct Piece {
    /// `paragraph`, `heading`, `caption`, `table`.
    pub what: &'static str,
    pub text: String,
    pub columns: Vec<ColumnWords>,
    pub rows: Vec<Vec<String>>,
}

#[derive(Debug, PartialEq, Serialize)]
pub(super) struct ColumnWords {
    pub title: String,
    /// Thousandths of the table's width.
    pub width: u32,
    pub number: bool,
}

pub(super) const NATION: &str = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";
pub(super) const MOTTO: &str = "Độc lập - Tự do - Hạnh phúc";
pub(super) const COPIES: &str = "Nơi nhận:";
/// What ends the text.
const END: &str = "./.";

impl Words {
    pub fn of(document: &OfficialDocument) -> Self {
        let (kind, subject, about) = match &document.kind {
            Kind::Named { name, subject } => (capitals(name), clean(subject), String::new()),
            Kind::Letter { subject } => (String::new(), String::new(), about(subject)),
        };
        let number = number(document);
        let body = ended(pieces(&document.body));
        Self {
            title: [kind.clone(), subject.clone(), about.clone()]
                .into_iter()
                .filter(|words| !words.is_empty())
                .collect::<Vec<_>>()
                .join(" "),
            parent: document.parent.as_deref().map(capitals).unwrap_or_default(),
            issuer: capitals(&document.issuer),
            urgency: document.urgency.map(urgency).unwrap_or_default().to_owned(),
            draft: if document.draft { "DỰ THẢO".to_owned() } else { String::new() },
            place_and_date: place_and_date(&clean(&document.place), document.date, document.year),
            recipients: document.recipients.iter().map(|whom| clean(whom)).filter(|whom| !whom.is_empty()).collect(),
            authority: authority(document),
            name: clean(&document.signature.name),
            copies: copies(document),
            annexes: annexes(document),
            simulated: if document.simulated {
                "MÔ PHỎNG – số liệu diễn tập, không phải văn bản đã ban hành".to_owned()
            } else {
                String::new()
            },
            kind,
            subject,
            about,
            number,
            body,
        }
    }
}

/// NFC, one blank where there was white space, nothing that a file cannot hold or nobody can see.
pub(super) fn clean(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for sign in text.nfc() {
        let sign = if sign.is_whitespace() && sign != '\u{a0}' { ' ' } else { sign };
        // Control signs and non-characters are not allowed in XML 1.0; the soft hyphen and marks of
        // direction would change how words read without being seen.
        let code = u32::from(sign);
        let refused = sign.is_control()
            || code & 0xfffe == 0xfffe
            || (0xfdd0..=0xfdef).contains(&code)
            || matches!(sign, '\u{ad}' | '\u{feff}' | '\u{200b}' | '\u{200e}' | '\u{200f}')
            || ('\u{202a}'..='\u{202e}').contains(&sign)
            || ('\u{2066}'..='\u{2069}').contains(&sign);
        let doubled = sign == ' ' && clean.ends_with(' ');
        if !(refused || doubled) {
            clean.push(sign);
        }
    }
    clean.trim().to_owned()
}

fn capitals(text: &str) -> String {
    clean(text).to_uppercase()
}

fn number(document: &OfficialDocument) -> String {
    match document.number.as_deref().map(clean).filter(|number| !number.is_empty()) {
        Some(number) => format!("Số: {number}"),
        // Blanks that do not fold: the clerk writes the number there.
        None => format!("Số:{}/{}", "\u{a0}".repeat(8), clean(&document.symbol)),
    }
}

fn about(subject: &str) -> String {
    let subject = clean(subject);
    if subject.is_empty() { String::new() } else { format!("V/v {subject}") }
}

const fn urgency(urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::Express => "HỎA TỐC",
        Urgency::VeryUrgent => "THƯỢNG KHẨN",
        Urgency::Urgent => "KHẨN",
    }
}

/// «An Giang, ngày 05 tháng 02 năm 2026»: days below ten and the months 1 and 2 take a nought.
fn place_and_date(place: &str, date: Option<Date>, year: Option<i16>) -> String {
    let when = match (date, year) {
        (Some(date), _) => {
            let month = if date.month() < 3 { format!("0{}", date.month()) } else { date.month().to_string() };
            format!("ngày {:02} tháng {month} năm {}", date.day(), date.year())
        }
        (None, year) => {
            let blank = "\u{a0}".repeat(6);
            let year = year.map_or_else(|| blank.clone(), |year| year.to_string());
            format!("ngày{blank}tháng{blank}năm {year}")
        }
    };
    if place.is_empty() { when } else { format!("{place}, {when}") }
}

fn authority(document: &OfficialDocument) -> Vec<String> {
    let signature = &document.signature;
    let sign = |authority| match authority {
        Authority::OnBehalf => "TM.",
        Authority::ForHead => "KT.",
        Authority::ByOrder => "TL.",
        Authority::Authorised => "TUQ.",
        Authority::Acting => "Q.",
    };
    let levels = signature.authority.iter().map(|(by, whom)| format!("{} {}", sign(*by), capitals(whom)));
    levels.chain([capitals(&signature.post)]).filter(|line| !line.is_empty()).collect()
}

fn copies(document: &OfficialDocument) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    if !document.recipients.is_empty() {
        lines.push("- Như trên;".to_owned());
    }
    for copy in &document.copies {
        let (whom, purpose) = (clean(&copy.whom), clean(&copy.purpose));
        if !whom.is_empty() {
            lines.push(if purpose.is_empty() { format!("- {whom};") } else { format!("- {whom} ({purpose});") });
        }
    }
    let archive = clean(&document.archive);
    let archive = if archive.is_empty() { "VT".to_owned() } else { archive };
    lines.push(format!("- Lưu: {archive}."));
    lines
}

fn annexes(document: &OfficialDocument) -> Vec<AnnexWords> {
    let alone = document.annexes.len() == 1;
    let of = |(position, annex): (usize, &Annex)| AnnexWords {
        label: if alone { "Phụ lục".to_owned() } else { format!("Phụ lục {}", roman(position + 1)) },
        title: capitals(&annex.title),
        attached_to: attached_to(document),
        blocks: pieces(&annex.blocks),
        landscape: annex.landscape,
    };
    document.annexes.iter().enumerate().map(of).collect()
}

/// «(Kèm theo Báo cáo số 12/BC-SYT ngày 22 tháng 11 năm 2026 của Sở Y tế)».
fn attached_to(document: &OfficialDocument) -> String {
    let kind = match &document.kind {
        Kind::Named { name, .. } => clean(name),
        Kind::Letter { .. } => "Công văn".to_owned(),
    };
    let number = number(document).replacen("Số:", "số", 1);
    let date = place_and_date("", document.date, document.year);
    format!("(Kèm theo {kind} {number} {date} của {})", clean(&document.issuer))
}

fn roman(mut number: usize) -> String {
    let mut text = String::new();
    for (value, sign) in
        [(100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]
    {
        while number >= value {
            text.push_str(sign);
            number -= value;
        }
    }
    text
}

fn pieces(blocks: &[Block]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for block in blocks {
        match block {
            Block::Paragraph(text) => pieces.push(running("paragraph", clean(text))),
            Block::Heading { number, text } => {
                pieces.push(running("heading", clean(&format!("{number} {text}"))));
            }
            Block::Bullet(text) => pieces.push(running("paragraph", clean(&format!("- {text}")))),
            Block::Table(table) => {
                pieces.push(running("caption", clean(&table.title)));
                pieces.push(table_of(table));
            }
        }
    }
    pieces.retain(|piece| !piece.text.is_empty() || !piece.columns.is_empty());
    pieces
}

const fn running(what: &'static str, text: String) -> Piece {
    Piece { what, text, columns: Vec::new(), rows: Vec::new() }
}

fn table_of(table: &Table) -> Piece {
    let columns = table.columns.len();
    let all: u32 = table.columns.iter().map(|column| u32::from(column.width.max(1))).sum();
    let width = |width: u16| u32::from(width.max(1)) * 1_000 / all.max(1);
    let row = |row: &Vec<String>| {
        let mut cells: Vec<String> = row.iter().map(|cell| clean(cell)).collect();
        if columns > 0 && cells.len() > columns {
            let rest = cells.split_off(columns - 1).join("; ");
            cells.push(rest);
        }
        cells.resize(columns, String::new());
        cells
    };
    Piece {
        what: "table",
        text: String::new(),
        columns: table
            .columns
            .iter()
            .map(|column| ColumnWords {
                title: clean(&column.title),
                width: width(column.width),
                number: column.number,
            })
            .collect(),
        rows: table.rows.iter().map(row).collect(),
    }
}

/// The text with «./.» at its end, once.
fn ended(mut body: Vec<Piece>) -> Vec<Piece> {
    match body.last_mut() {
        Some(last) if last.what == "paragraph" => {
            if !last.text.ends_with(END) {
                let bare = last.text.trim_end_matches(['.', ';', ' ']).len();
                last.text.truncate(bare);
                last.text.push_str(END);
            }
        }
        _ => body.push(running("paragraph", END.to_owned())),
    }
    body
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn days_below_ten_and_the_first_two_months_take_a_nought() {
        assert_eq!(place_and_date("An Giang", Some(date(2026, 2, 5)), None), "An Giang, ngày 05 tháng 02 năm 2026");
        assert_eq!(place_and_date("An Giang", Some(date(2026, 3, 15)), None), "An Giang, ngày 15 tháng 3 năm 2026");
        assert_eq!(place_and_date("", None, Some(2026)).matches('\u{a0}').count(), 12);
    }

    #[test]
    fn a_text_ends_once_whatever_it_ended_with() {
        for text in ["kính báo cáo", "kính báo cáo.", "kính báo cáo./.", "kính báo cáo;"] {
            let body = ended(pieces(&[Block::Paragraph(text.to_owned())]));
            assert_eq!(body[0].text, "kính báo cáo./.", "{text}");
        }
        let table = Table { columns: vec![super::super::Column::default()], ..Table::default() };
        assert_eq!(ended(pieces(&[Block::Table(table)])).last().map(|last| last.text.as_str()), Some("./."));
    }

    #[test]
    fn letters_are_composed_and_what_nobody_sees_is_left_out() {
        assert_eq!(clean("Sở\u{0} Y te\u{302}\u{301}\n\n hỏi\u{202e} \u{fffe}"), "Sở Y tế hỏi");
        assert_eq!(capitals("Ủy ban nhân dân tỉnh"), "ỦY BAN NHÂN DÂN TỈNH");
    }

    #[test]
    fn what_is_too_much_in_a_row_is_not_lost() {
        let columns = vec![super::super::Column::default(), super::super::Column::default()];
        let rows = vec![vec!["a".into()], vec!["a".into(), "b".into(), "c".into()]];
        let table = table_of(&Table { title: String::new(), columns, rows });
        assert_eq!(table.rows, [vec!["a".to_owned(), String::new()], vec!["a".to_owned(), "b; c".to_owned()]]);
    }

    #[test]
    fn appendices_are_counted_as_the_romans_did() {
        assert_eq!([1, 4, 9, 14, 40].map(roman), ["I", "IV", "IX", "XIV", "XL"]);
    }
}
