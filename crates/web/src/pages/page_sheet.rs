//! Any plain page as `.xlsx`: the tables on the screen, with what the page says, when, where and from whom.
//! Numbers become numbers with their unit in the head of the column; all else is words, never a formula.

use axum::response::{IntoResponse, Response};
use desk::Failure;
use desk::rights::Capability;
use document::sheet::{PageTable, Value, XLSX, write_page};
use locale::Locale;
use quantity::{Convention, Moment, read_number};

use crate::respond::{Problem, attachment};
use crate::view::{Cell, PlainPage, Say, Shell, Table};
use crate::visitor::Member;

/// What asks for the sheet of a page instead of the page.
const ASKS: &str = "tep=xlsx";

/// The address of a page's sheet: the same page, as it was asked for.
pub(super) fn address(path: &str) -> String {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    // The moment that is looked back at comes to every link of a page by itself.
    let left_out =
        |part: &&str| part.is_empty() || part.starts_with("xong=") || part.starts_with("biet=") || *part == ASKS;
    let kept = query.split('&').filter(|part| !left_out(part));
    let query: Vec<&str> = kept.chain([ASKS]).collect();
    format!("{path}?{}", query.join("&"))
}

fn is_asked(path: &str) -> bool {
    path.split_once('?').is_some_and(|(_, query)| query.split('&').any(|part| part == ASKS))
}

/// The address of the sheet of the page that a member asks for; empty where he may not take figures out.
pub(super) fn offered(member: &Member) -> String {
    let may = member.visitor.actor.may(Capability::ExportFigures);
    if may { address(&member.caller.path) } else { String::new() }
}

/// What a page says above its tables.
pub(super) struct Said<'p> {
    /// The words.
    pub t: Say,
    /// What stands around.
    pub shell: &'p Shell,
    /// Title of the page.
    pub title: &'p str,
    /// Its sentence, and what that rests on.
    pub lines: [&'p str; 2],
    /// What [`offered`] said.
    pub sheet: &'p str,
}

/// The sheet of a plain page, where it was asked for.
pub(super) fn sheet_of(page: &PlainPage) -> Option<Response> {
    let lines = [page.sentence.as_str(), page.about.as_str()];
    let said = Said { t: page.t, shell: &page.shell, title: &page.title, lines, sheet: &page.sheet };
    let tables = || page.sections.iter().filter_map(|section| Some((section.title.as_str(), section.table.as_ref()?)));
    asked(&said, || tables().map(|(title, table)| (title.to_owned(), table.clone())).collect())
}

/// The sheet of a page, where it was asked for; who may not take figures out is told who may.
pub(super) fn asked(page: &Said<'_>, tables: impl FnOnce() -> Vec<(String, Table)>) -> Option<Response> {
    if !is_asked(&page.shell.path) {
        return None;
    }
    if page.sheet.is_empty() {
        let failure = Failure::Forbidden(Capability::ExportFigures);
        return Some(Problem::bare(failure, false).into_response());
    }
    let t = page.t;
    let tables: Vec<PageTable> = tables()
        .iter()
        .map(|(title, table)| of_table(t, title, table))
        .filter(|table| !table.rows.is_empty())
        .collect();
    let clock = page.shell.clock.as_ref();
    let when = clock.map(|clock| format!("{} {}", clock.date, clock.time)).unwrap_or_default();
    let at =
        clock.map_or(Moment::from_micros(0), |clock| Moment::from_micros(clock.milliseconds.saturating_mul(1_000)));
    let who = page.shell.user.as_ref().map(|user| user.name.clone()).unwrap_or_default();
    let source = t.two("page-sheet-source", "place", &page.shell.place, "when", &when);
    let [sentence, about] = page.lines;
    let lines = [sentence.to_owned(), about.to_owned(), format!("{source} · {who}")];
    let simulated = page.shell.demo.is_some();
    match write_page(page.title, &lines, &tables, simulated, at) {
        Ok(bytes) => Some(attachment(XLSX, &file_name(&page.shell.path, at), bytes)),
        Err(problem) => {
            tracing::error!(%problem, "the sheet of a page was not written");
            None
        }
    }
}

/// `phuong-tien-giuong-2026-11-22.xlsx`.
fn file_name(path: &str, at: Moment) -> String {
    let path = path.split('?').next().unwrap_or_default().trim_matches('/');
    let plain: String = path.chars().map(|sign| if sign.is_ascii_alphanumeric() { sign } else { '-' }).collect();
    let plain = plain.chars().take(60).collect::<String>();
    format!("{}-{}.xlsx", if plain.is_empty() { "trang" } else { &plain }, at.date())
}

/// A table; what is told of a cell in smaller words goes into the cell where it holds words, and into a
/// column of its own beside numbers.
fn of_table(t: Say, title: &str, table: &Table) -> PageTable {
    let mut sheet = PageTable { title: title.to_owned(), ..PageTable::default() };
    sheet.rows.resize_with(table.rows.len(), Vec::new);
    for (place, column) in table.columns.iter().enumerate() {
        let cells: Vec<Option<&Cell>> = table.rows.iter().map(|row| row.get(place)).collect();
        let said = || cells.iter().flatten().filter(|cell| !cell.text.is_empty());
        let unit = said().next().map(|cell| cell.unit.clone()).unwrap_or_default();
        let counts = column.number
            && said().next().is_some()
            && said().all(|cell| cell.unit == unit && number_of(t, &cell.text).is_some());
        let told = counts && cells.iter().flatten().any(|cell| !cell.told.is_empty());
        let head = if counts && !unit.is_empty() { format!("{} ({unit})", column.name) } else { column.name.clone() };
        sheet.columns.push(head);
        if told {
            sheet.columns.push(t.one("page-sheet-told", "column", &column.name));
        }
        for (row, cell) in sheet.rows.iter_mut().zip(cells) {
            row.push(cell.map_or(Value::Empty, |cell| value_of(t, cell, counts)));
            if told {
                row.push(words(cell.map(|cell| cell.told.clone()).unwrap_or_default()));
            }
        }
    }
    sheet
}

fn number_of(t: Say, text: &str) -> Option<f64> {
    let convention = if t.0 == Locale::Vietnamese { Convention::DecimalComma } else { Convention::DecimalPoint };
    read_number(text.trim(), Some(convention)).ok()
}

fn words(text: String) -> Value {
    if text.is_empty() { Value::Empty } else { Value::Text(text) }
}

fn value_of(t: Say, cell: &Cell, counts: bool) -> Value {
    if cell.unknown {
        return Value::Text(
            [t.say("unknown"), cell.told.clone()]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(" · "),
        );
    }
    if counts {
        return number_of(t, &cell.text).map_or(Value::Empty, Value::Decimal);
    }
    let phone = cell.phone.as_ref().map(|phone| format!("{} {}", phone.who, phone.shown)).unwrap_or_default();
    let figure = if cell.unit.is_empty() { cell.text.clone() } else { format!("{} {}", cell.text, cell.unit) };
    let parts = [figure, cell.told.clone(), phone];
    words(parts.into_iter().filter(|part| !part.trim().is_empty()).collect::<Vec<_>>().join(" · "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::Column;

    #[test]
    fn a_sheet_has_the_address_of_its_page() {
        assert_eq!(address("/phuong-tien"), "/phuong-tien?tep=xlsx");
        assert_eq!(address("/phuong-tien?biet=2026-11-22T02:14"), "/phuong-tien?tep=xlsx");
        assert_eq!(address("/cung-ung?thang=2026-11&xong=done-kept"), "/cung-ung?thang=2026-11&tep=xlsx");
        assert!(is_asked("/oxy/nap?a=1&tep=xlsx") && !is_asked("/oxy/nap?x=tep=xlsx2"));
        assert_eq!(file_name("/oxy/nap?tep=xlsx", Moment::from_micros(0)), "oxy-nap-1970-01-01.xlsx");
    }

    #[test]
    fn numbers_are_numbers_and_words_are_words() {
        let table = Table {
            columns: vec![Column::words("Xe"), Column::number("Chở")],
            rows: vec![
                vec![Cell::text("=1+1").told("đang chờ"), Cell::figure("1.250,5", "kg").told("hôm qua")],
                vec![Cell::text("68C"), Cell::unknown()],
            ],
        };
        let sheet = of_table(Say(Locale::Vietnamese), "Danh sách", &table);
        assert_eq!(sheet.columns[..2], ["Xe".to_owned(), "Chở (kg)".to_owned()]);
        assert_eq!(sheet.rows[0][..2], [Value::Text("=1+1 · đang chờ".into()), Value::Decimal(1_250.5)]);
        assert_eq!(sheet.rows[0][2], Value::Text("hôm qua".into()));
        assert_eq!(sheet.rows[1][1], Value::Text("chưa rõ".into()));
    }
}
