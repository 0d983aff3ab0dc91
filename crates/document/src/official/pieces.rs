//! The running text as pieces: paragraphs, headings, articles, tables; what may not be torn apart at the end of a line.

use serde::Serialize;

use super::wording::clean;
use super::{Block, Column, Table};

/// A piece of running text, or a table.
#[derive(Debug, Default, PartialEq, Serialize)]
pub(super) struct Piece {
    /// `paragraph`, `heading`, `caption`, `table`, `basis` (a paragraph that leans), `centred` (bold, in the middle).
    pub what: &'static str,
    /// «Điều 1.», bold before the text; empty of all others.
    pub lead: String,
    pub text: String,
    pub columns: Vec<ColumnWords>,
    /// The head, level by level: one row, or two where columns stand under groups.
    pub head: Vec<Vec<HeadCell>>,
    pub rows: Vec<Vec<String>>,
}

/// A cell of a table's head.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct HeadCell {
    pub text: String,
    /// Columns and levels that it covers.
    pub wide: usize,
    pub high: usize,
}

#[derive(Debug, PartialEq, Serialize)]
pub(super) struct ColumnWords {
    pub title: String,
    /// Thousandths of the table's width.
    pub width: u32,
    /// `left`, `right` (numbers), `center` (the running number).
    pub side: &'static str,
}

/// The pieces of some blocks; what is empty leaves none.
pub(super) fn pieces(blocks: &[Block]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for block in blocks {
        match block {
            Block::Paragraph(text) => pieces.push(running("paragraph", whole(&clean(text)))),
            Block::Heading { number, text } => {
                pieces.push(running("heading", whole(&clean(&format!("{number} {text}")))));
            }
            Block::Bullet(text) => pieces.push(running("paragraph", whole(&clean(&format!("- {text}"))))),
            Block::Basis(text) => pieces.push(running("basis", whole(&clean(text)))),
            Block::Centred(text) => pieces.push(running("centred", clean(text))),
            Block::Article { number, text } => {
                pieces.push(Piece { lead: clean(number), ..running("paragraph", whole(&clean(text))) });
            }
            Block::Table(table) => {
                pieces.push(running("caption", clean(&table.title)));
                pieces.push(table_of(table));
            }
        }
    }
    pieces.retain(|piece| !piece.text.is_empty() || !piece.lead.is_empty() || !piece.columns.is_empty());
    pieces
}

const fn running(what: &'static str, text: String) -> Piece {
    Piece { what, lead: String::new(), text, columns: Vec::new(), head: Vec::new(), rows: Vec::new() }
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
    let column =
        |column: &Column| ColumnWords { title: clean(&column.title), width: width(column.width), side: side(column) };
    Piece {
        columns: table.columns.iter().map(column).collect(),
        head: head(&table.columns),
        rows: table.rows.iter().map(row).collect(),
        ..running("table", String::new())
    }
}

/// The head of a table: groups over their columns, a column without one over both levels.
fn head(columns: &[Column]) -> Vec<Vec<HeadCell>> {
    let groups: Vec<String> = columns.iter().map(|column| clean(&column.group)).collect();
    let titles = columns.iter().map(|column| clean(&column.title));
    if groups.iter().all(String::is_empty) {
        return vec![titles.map(|text| HeadCell { text, wide: 1, high: 1 }).collect()];
    }
    let (mut upper, mut lower): (Vec<HeadCell>, Vec<HeadCell>) = (Vec::new(), Vec::new());
    for (position, (group, title)) in groups.iter().zip(titles).enumerate() {
        if group.is_empty() {
            upper.push(HeadCell { text: title, wide: 1, high: 2 });
            continue;
        }
        lower.push(HeadCell { text: title, wide: 1, high: 1 });
        let goes_on = position > 0 && groups.get(position - 1) == Some(group);
        match upper.last_mut().filter(|_| goes_on) {
            Some(last) => last.wide += 1,
            None => upper.push(HeadCell { text: group.clone(), wide: 1, high: 1 }),
        }
    }
    vec![upper, lower]
}

/// Numbers to the right, running numbers in the middle.
fn side(column: &Column) -> &'static str {
    match column.title.trim() {
        "TT" | "STT" => "center",
        _ if column.number => "right",
        _ => "left",
    }
}

/// The text with what ends it, «./.», at its end, once.
pub(super) fn ended(mut body: Vec<Piece>, end: &str) -> Vec<Piece> {
    match body.last_mut() {
        Some(last) if matches!(last.what, "paragraph" | "basis") => {
            let bare = last.text.trim_end_matches(['.', ';', '/', ' ']).len();
            last.text.truncate(bare);
            last.text.push_str(end);
        }
        _ if end != "." => body.push(running("paragraph", end.to_owned())),
        _ => {}
    }
    body
}

/// Words after which a number may not begin the next line.
const BEFORE_NUMBER: [&str; 11] =
    ["ngày", "tháng", "năm", "quý", "số", "Điều", "điều", "khoản", "Khoản", "lần", "điểm"];
/// Units that may not begin a line without their number.
const UNITS: [&str; 12] = ["kg", "tấn", "lít", "m³", "%", "mm", "km", "L", "Nm³", "giờ", "phút", "MPa"];

/// «ngày 05», «tháng 9», «số 3183/SYT-KHTC», «1.250 kg» stay on one line: the blank inside does not break.
pub(super) fn whole(text: &str) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let mut whole = String::with_capacity(text.len());
    for (position, word) in words.iter().enumerate() {
        whole.push_str(word);
        let Some(next) = words.get(position + 1) else { break };
        let bare = word.trim_start_matches(['(', '«', '“', '"']);
        let is_number = |word: &str| word.starts_with(|sign: char| sign.is_ascii_digit());
        let unit = next.trim_end_matches([',', '.', ';', ')', ':', '/']);
        let stays = BEFORE_NUMBER.contains(&bare) && is_number(next) || is_number(bare) && UNITS.contains(&unit);
        whole.push(if stays { '\u{a0}' } else { ' ' });
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_days_stay_on_one_line() {
        let told = whole("Công văn số 3183/SYT-KHTC ngày 05 tháng 9 năm 2021, cần 1.250 kg; các lần sau");
        assert_eq!(
            told,
            "Công văn số\u{a0}3183/SYT-KHTC ngày\u{a0}05 tháng\u{a0}9 năm\u{a0}2021, cần 1.250\u{a0}kg; các lần sau"
        );
        for text in ["", " ", "ngày", "ngày nay", "năm  2021"] {
            assert_eq!(whole(text).replace('\u{a0}', " "), text);
        }
    }

    #[test]
    fn the_running_number_stands_in_the_middle() {
        let column = |title: &str, number| Column { title: title.into(), number, ..Column::default() };
        let sides = [column("TT", true), column("Số", true), column("Tên", false)].map(|one| side(&one));
        assert_eq!(sides, ["center", "right", "left"]);
    }

    #[test]
    fn groups_stand_over_their_neighbours_only() {
        let column =
            |group: &str, title: &str| Column { title: title.into(), group: group.into(), ..Column::default() };
        let columns =
            [column("", "TT"), column("Xong", "a"), column("Xong", "b"), column("", "c"), column("Xong", "d")];
        let head = head(&columns);
        let told =
            |row: &[HeadCell]| row.iter().map(|cell| (cell.text.clone(), cell.wide, cell.high)).collect::<Vec<_>>();
        let cell = |text: &str, wide, high| (text.to_owned(), wide, high);
        assert_eq!(told(&head[0]), [cell("TT", 1, 2), cell("Xong", 2, 1), cell("c", 1, 2), cell("Xong", 1, 1)]);
        assert_eq!(told(&head[1]), [cell("a", 1, 1), cell("b", 1, 1), cell("d", 1, 1)]);
    }

    #[test]
    fn a_text_ends_once_whatever_it_ended_with() {
        for text in ["kính báo cáo", "kính báo cáo.", "kính báo cáo./.", "kính báo cáo;"] {
            let body = ended(pieces(&[Block::Paragraph(text.to_owned())]), "./.");
            assert_eq!(body[0].text, "kính báo cáo./.", "{text}");
        }
        let table = Table { columns: vec![Column::default()], ..Table::default() };
        let body = ended(pieces(&[Block::Table(table.clone())]), "./.");
        assert_eq!(body.last().map(|last| last.text.as_str()), Some("./."));
        // Papers of the Party end with a full stop, and nothing is put under a table.
        assert_eq!(ended(pieces(&[Block::Paragraph("thực hiện./.".to_owned())]), ".")[0].text, "thực hiện.");
        assert_eq!(ended(pieces(&[Block::Table(table)]), ".").len(), 1);
    }

    #[test]
    fn what_is_too_much_in_a_row_is_not_lost() {
        let columns = vec![Column::default(), Column::default()];
        let rows = vec![vec!["a".into()], vec!["a".into(), "b".into(), "c".into()]];
        let table = table_of(&Table { title: String::new(), columns, rows });
        assert_eq!(table.rows, [vec!["a".to_owned(), String::new()], vec!["a".to_owned(), "b; c".to_owned()]]);
    }
}
