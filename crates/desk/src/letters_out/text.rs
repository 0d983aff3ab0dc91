//! A paper's text as lines that a person edits, and back: nothing is lost on the way.
//!
//! `# 1. Đầu mục` heading · `- …` item · `> Căn cứ …` legal basis · `= …` in the middle · `Điều 1. …` article ·
//! `| ô | ô |` row of a table, its head first (`| nhóm :: ô |` under what stands above several columns), `|= Tên bảng`
//! its title · all else a paragraph a line. A backslash before
//! a sign takes its meaning away.

use document::official::{Block, Column, CopyTo, OfficialDocument, Table};

/// Signs that begin a line which is no paragraph.
const SIGNS: [char; 6] = ['#', '-', '>', '=', '|', '\\'];

/// Between what stands above several columns and the title of one: «Đã hoàn thành :: Đúng hạn».
const UNDER: &str = " :: ";

/// The head of a column, with what stands above it.
fn head(column: &Column) -> String {
    let (group, title) = (column.group.trim(), &column.title);
    if group.is_empty() { title.clone() } else { format!("{group}{UNDER}{title}") }
}

/// A column of a head as it was typed.
fn column(head: &str) -> Column {
    let (group, title) = head.split_once(UNDER).unwrap_or(("", head));
    Column { title: title.trim().to_owned(), group: group.trim().to_owned(), ..Column::default() }
}

/// The blocks as lines.
pub fn lines_of(blocks: &[Block]) -> String {
    let mut lines: Vec<String> = Vec::new();
    for block in blocks {
        match block {
            Block::Paragraph(text) => {
                let text = one_line(text);
                // What would be read as something else keeps its sense behind a backslash.
                let escaped = text.starts_with(SIGNS) || article(&text).is_some();
                lines.push(if escaped { format!("\\{text}") } else { text });
            }
            Block::Heading { number, text } => lines.push(one_line(&format!("# {number} {text}"))),
            Block::Bullet(text) => lines.push(format!("- {}", one_line(text))),
            Block::Basis(text) => lines.push(format!("> {}", one_line(text))),
            Block::Centred(text) => lines.push(format!("= {}", one_line(text))),
            Block::Article { number, text } => lines.push(one_line(&format!("{number} {text}"))),
            Block::Table(table) => {
                // A title, even an empty one, tells two tables in a row apart.
                lines.push(format!("|= {}", one_line(&table.title)).trim_end().to_owned());
                let heads: Vec<String> = table.columns.iter().map(head).collect();
                lines.push(row(heads.iter().map(String::as_str)));
                lines.extend(table.rows.iter().map(|cells| row(cells.iter().map(String::as_str))));
            }
        }
    }
    lines.retain(|line| !line.is_empty());
    lines.join("\n")
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn row<'c>(cells: impl Iterator<Item = &'c str>) -> String {
    let cells: Vec<String> = cells.map(|cell| one_line(cell).replace('\\', "\\\\").replace('|', "\\|")).collect();
    format!("| {} |", cells.join(" | "))
}

/// The lines as blocks. A table whose head is that of one of the `before` keeps its widths.
pub fn blocks_of(text: &str, before: &[Block]) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut in_table = false;
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if line.starts_with('|') {
            table_line(&mut blocks, line, in_table, before);
            in_table = true;
            continue;
        }
        in_table = false;
        blocks.push(match line.split_at_checked(1) {
            Some(("\\", rest)) => Block::Paragraph(rest.trim().to_owned()),
            Some(("#", rest)) => heading(rest.trim_start_matches('#').trim()),
            Some(("-", rest)) => Block::Bullet(rest.trim().to_owned()),
            Some((">", rest)) => Block::Basis(rest.trim().to_owned()),
            Some(("=", rest)) => Block::Centred(rest.trim().to_owned()),
            _ => match article(line) {
                Some((number, text)) => Block::Article { number: number.to_owned(), text: text.to_owned() },
                None => Block::Paragraph(line.to_owned()),
            },
        });
    }
    blocks
}

/// «1. Đầu mục» as number and words; a heading may have no number.
fn heading(text: &str) -> Block {
    let (first, rest) = text.split_once(' ').unwrap_or((text, ""));
    let body = first.trim_end_matches(['.', ')']);
    let counts = |sign: char| sign.is_ascii_digit() || sign == '.' || "IVX".contains(sign);
    let one_letter = body.chars().count() == 1 && body.chars().all(|sign| sign.is_lowercase());
    let is_number = first != body && !body.is_empty() && (body.chars().all(counts) || one_letter);
    if is_number {
        Block::Heading { number: first.to_owned(), text: rest.trim().to_owned() }
    } else {
        Block::Heading { number: String::new(), text: text.to_owned() }
    }
}

/// «Điều 1.» and what it says.
fn article(line: &str) -> Option<(&str, &str)> {
    let after = line.strip_prefix("Điều ")?;
    let digits = after.len() - after.trim_start_matches(|sign: char| sign.is_ascii_digit()).len();
    let end = "Điều ".len() + digits;
    (digits > 0 && line[end..].starts_with('.')).then(|| (&line[..=end], line[end + 1..].trim()))
}

/// The cells of «| a | b |»; `\|` is a sign of the cell.
fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut signs = line.trim().trim_start_matches('|').chars();
    while let Some(sign) = signs.next() {
        match sign {
            '\\' => cells.last_mut().into_iter().for_each(|cell| cell.extend(signs.next())),
            '|' => cells.push(String::new()),
            sign => cells.last_mut().into_iter().for_each(|cell| cell.push(sign)),
        }
    }
    // What stands after the closing sign is no cell.
    if cells.len() > 1 && cells.last().is_some_and(|last| last.trim().is_empty()) {
        cells.pop();
    }
    cells.into_iter().map(|cell| cell.trim().to_owned()).collect()
}

fn table_line(blocks: &mut Vec<Block>, line: &str, in_table: bool, before: &[Block]) {
    let title = line.strip_prefix("|=").map(|title| title.trim().to_owned());
    let begins = title.is_some() || !in_table;
    if begins {
        blocks.push(Block::Table(Table { title: title.clone().unwrap_or_default(), ..Table::default() }));
    }
    let Some(Block::Table(table)) = blocks.last_mut() else { return };
    if title.is_some() {
        return;
    }
    let told = cells(line);
    if table.columns.is_empty() {
        let heads = |one: &Table| one.columns.iter().map(|column| one_line(&head(column))).collect::<Vec<_>>();
        let known = before.iter().find_map(|block| match block {
            Block::Table(one) if heads(one) == told => Some(one.columns.clone()),
            _ => None,
        });
        let plain = || told.iter().map(|words| column(words)).collect();
        table.columns = known.unwrap_or_else(plain);
    } else {
        table.rows.push(told);
    }
}

/// Recipients or names, one a line.
pub fn names_of(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// «Các bệnh viện (để thực hiện)», one a line.
pub fn copies_of(text: &str) -> Vec<CopyTo> {
    let copy = |line: String| {
        let line = line.trim_start_matches('-').trim().trim_end_matches([';', '.', ',']).to_owned();
        match line.strip_suffix(')').and_then(|line| line.rsplit_once('(')) {
            Some((whom, purpose)) if !whom.trim().is_empty() => {
                CopyTo { whom: whom.trim().to_owned(), purpose: purpose.trim().to_owned() }
            }
            _ => CopyTo { whom: line, purpose: String::new() },
        }
    };
    names_of(text).into_iter().map(copy).collect()
}

/// The copies as lines.
pub fn lines_of_copies(copies: &[CopyTo]) -> String {
    let line = |copy: &CopyTo| match copy.purpose.trim() {
        "" => copy.whom.trim().to_owned(),
        purpose => format!("{} ({purpose})", copy.whom.trim()),
    };
    copies.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// What a paper says, as it is read aloud: its text without signs, tables row by row.
pub fn plain_text(document: &OfficialDocument) -> String {
    let mut lines: Vec<String> = Vec::new();
    for block in &document.body {
        match block {
            Block::Paragraph(text) | Block::Bullet(text) | Block::Basis(text) | Block::Centred(text) => {
                lines.push(text.clone());
            }
            Block::Heading { number, text } | Block::Article { number, text } => {
                lines.push(format!("{number} {text}").trim().to_owned());
            }
            Block::Table(table) => {
                lines.extend(Some(table.title.clone()).filter(|title| !title.is_empty()));
                lines.extend(table.rows.iter().map(|cells| cells.join("\t")));
            }
        }
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::letters_out::{child, dispatch, implementation, plan, samples};

    #[test]
    fn what_the_composers_write_survives_being_edited() {
        for document in [
            implementation::compose(&samples::implementation()).unwrap(),
            child::compose(&samples::child()).unwrap(),
            dispatch::compose(&samples::dispatch()).unwrap(),
            plan::compose(&samples::forward_plan()).unwrap(),
        ] {
            assert_eq!(blocks_of(&lines_of(&document.body), &document.body), document.body);
            assert_eq!(copies_of(&lines_of_copies(&document.copies)), document.copies);
        }
    }

    #[test]
    fn signs_say_what_a_line_is() {
        let text = "Mở đầu\n\n# 1. Một\n# II. Hai\n# a) Ba\n# Không số\n- gạch\n> Căn cứ Luật;\n= QUYẾT ĐỊNH:\n\
                    Điều 12. Nội dung\n\\- không phải gạch\n| A | B |\n| 1 | a\\|b |";
        let heading = |number: &str, text: &str| Block::Heading { number: number.into(), text: text.into() };
        let column = |title: &str| Column { title: title.into(), ..Column::default() };
        let wanted = [
            Block::Paragraph("Mở đầu".into()),
            heading("1.", "Một"),
            heading("II.", "Hai"),
            heading("a)", "Ba"),
            heading("", "Không số"),
            Block::Bullet("gạch".into()),
            Block::Basis("Căn cứ Luật;".into()),
            Block::Centred("QUYẾT ĐỊNH:".into()),
            Block::Article { number: "Điều 12.".into(), text: "Nội dung".into() },
            Block::Paragraph("- không phải gạch".into()),
            Block::Table(Table {
                title: String::new(),
                columns: vec![column("A"), column("B")],
                rows: vec![vec!["1".into(), "a|b".into()]],
            }),
        ];
        assert_eq!(blocks_of(text, &[]), wanted);
    }

    #[test]
    fn a_head_of_two_levels_is_edited_on_one_line() {
        let text = "|= Kết quả\n| TT | Đã xong :: Đúng hạn | Đã xong :: Quá hạn |\n| 1 | 2 | 3 |";
        let blocks = blocks_of(text, &[]);
        let [Block::Table(table)] = blocks.as_slice() else { panic!("{blocks:?}") };
        let groups: Vec<&str> = table.columns.iter().map(|column| column.group.as_str()).collect();
        assert_eq!(groups, ["", "Đã xong", "Đã xong"]);
        assert_eq!(lines_of(&blocks), text);
    }

    #[test]
    fn a_copy_keeps_its_purpose() {
        let copies = copies_of("- UBND tỉnh (để báo cáo);\nCổng TTĐT\n(ghi chú)");
        let told: Vec<(&str, &str)> = copies.iter().map(|copy| (copy.whom.as_str(), copy.purpose.as_str())).collect();
        assert_eq!(told, [("UBND tỉnh", "để báo cáo"), ("Cổng TTĐT", ""), ("(ghi chú)", "")]);
    }

    /// A line of words without blanks at its ends.
    fn line() -> impl Strategy<Value = String> {
        "[a-zA-ZđĐếộ0-9|#>=\\\\.,()-]{1,12}( [a-zA-Zđếộ0-9|#>=\\\\.,()-]{1,9}){0,4}"
    }

    fn block() -> impl Strategy<Value = Block> {
        let table =
            (line(), prop::collection::vec(prop::collection::vec(line(), 3..=3), 1..4)).prop_map(|(title, rows)| {
                let mut rows = rows;
                let heads = rows.remove(0);
                let columns = heads.into_iter().map(|title| Column { title, ..Column::default() }).collect();
                Block::Table(Table { title, columns, rows })
            });
        prop_oneof![
            line().prop_map(Block::Paragraph),
            line().prop_map(Block::Bullet),
            line().prop_map(Block::Basis),
            line().prop_map(Block::Centred),
            ("[1-9][.)]|[IVX]{1,3}\\.|[a-e]\\)", line()).prop_map(|(number, text)| Block::Heading { number, text }),
            (1u8..30, line()).prop_map(|(number, text)| Block::Article { number: format!("Điều {number}."), text }),
            table,
        ]
    }

    proptest! {
        #[test]
        fn blocks_come_back_as_they_were(blocks in prop::collection::vec(block(), 0..8)) {
            prop_assert_eq!(blocks_of(&lines_of(&blocks), &[]), blocks);
        }

        #[test]
        fn no_text_is_too_strange(text in "\\PC{0,80}|[|=#\\\\ \n-]{0,40}") {
            let blocks = blocks_of(&text, &[]);
            let again = blocks_of(&lines_of(&blocks), &[]);
            prop_assert_eq!(lines_of(&again), lines_of(&blocks));
        }
    }
}
