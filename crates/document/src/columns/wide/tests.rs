use jiff::ToSpan;
use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::columns::Columns;
use crate::table::{Limits, read_table};

const LAYOUT: &str = r#"
key = "so-ca"
title = "Sổ số ca"
version = "1"
source = "thử"
one_of = [["place", "place_name"]]
[[columns]]
key = "place"
title = "Mã nơi báo cáo"
aliases = ["Mã xã"]
kind = "text"
[[columns]]
key = "place_name"
title = "Nơi báo cáo"
aliases = ["Xã, phường"]
kind = "text"
[[columns]]
key = "day"
title = "Ngày xảy ra"
kind = "date"
required = true
[[columns]]
key = "count"
title = "Số ca"
aliases = ["Ca mắc mới"]
kind = "integer"
"#;

fn read(text: &str) -> Option<Unfolded> {
    let layout = Layout::from_toml(LAYOUT).unwrap();
    let table = read_table(text.as_bytes(), "so ca.csv", &Limits::UPLOAD, &|| false).unwrap();
    unfold(&table, &layout, ("day", "count"), date(2026, 1, 5))
}

fn figures(found: &Unfolded) -> Vec<(String, Date, String, bool)> {
    let show = |cell: &WideCell| (cell.place.to_string(), cell.day, cell.typed.clone(), cell.is_count);
    found.cells.iter().map(show).collect()
}

/// F010: the sheet as it is kept: titles over two rows, a number, weekdays, a dash, a sum to the right and below.
#[test]
fn a_sheet_with_a_column_for_each_day_is_read() {
    let found = read(
        "Số ca mắc mới xã báo về\n\
         STT;Xã, phường;Ca mắc mới;;;Tổng\n\
         ;;CN 28/12;30/12/2025;Thứ hai 5/1;\n\
         1;Phường Rạch Giá;12;-;3;15\n\
         2;Xã An Biên;;0;mười;10\n\
         Tổng cộng;;12;0;3;15\n",
    )
    .unwrap();
    assert_eq!(found.days, [date(2025, 12, 28), date(2025, 12, 30), date(2026, 1, 5)]);
    let figure = |place: &str, day, typed: &str, is_count| (place.to_owned(), day, typed.to_owned(), is_count);
    assert_eq!(
        figures(&found),
        [
            figure("C4", date(2025, 12, 28), "12", true),
            figure("E4", date(2026, 1, 5), "3", true),
            figure("D5", date(2025, 12, 30), "0", true),
            figure("E5", date(2026, 1, 5), "mười", false),
        ]
    );
    assert!(found.assumed_year && found.rows == 2);
    let left = [("A", "STT"), ("F", "Tổng"), ("A6", "Tổng cộng")];
    assert_eq!(found.left_out, left.map(|(place, title)| (place.to_owned(), title.to_owned())));
    // The long form is read through the layout like any other sheet.
    let columns = Columns::find(&found.table, &Layout::from_toml(LAYOUT).unwrap()).unwrap();
    let (name, day, count) = ["place_name", "day", "count"].map(|key| columns.column(key).unwrap()).into();
    let first = columns.rows(&found.table).next().unwrap();
    assert_eq!(first.row().number(), 4);
    assert_eq!(first.text(name).unwrap(), Some("Phường Rạch Giá"));
    assert_eq!((first.date(day).unwrap(), first.integer(count).unwrap()), (Some(date(2025, 12, 28)), Some(12)));
}

#[test]
fn a_sheet_with_a_row_for_each_figure_is_none() {
    assert_eq!(read("Mã xã;Ngày xảy ra;Số ca\n30307;22/11/2025;5\n30308;22/11/2025;6\n"), None);
    assert_eq!(read("Mã xã;Xã, phường;Ngày xảy ra;Số ca\n30307;;22/11/2025;5\n"), None, "a name is missing");
    assert_eq!(read("Cột;22/11/2025\nA;5\n"), None, "nobody says whose figures they are");
    assert_eq!(read("Mã xã;Ghi chú\n30307;22/11/2025\n"), None);
}

#[test]
fn titles_name_days_in_many_ways() {
    let days = "2026-01-03;03/01/2026;3-1;3.1;Ngày 03/01;T7 3/1/26;29/2;32/1;3/1 4/1;đợt 3/1";
    let found = read(&format!("Mã xã;{days}\n30307;1;1;1;1;1;1;1;1;1;1\n")).unwrap();
    let third = date(2026, 1, 3);
    assert_eq!(found.days, [third, third, third, third, third, third, date(2024, 2, 29)]);
    let left: Vec<&str> = found.left_out.iter().map(|(_, title)| title.as_str()).collect();
    assert_eq!(left, ["32/1", "3/1 4/1", "đợt 3/1"]);
}

proptest! {
    /// Whatever stands in the cells: a figure comes out once, with its row, its column and its day, and nothing that is
    /// empty becomes a figure.
    #[test]
    fn what_is_filled_comes_out_once(
        rows in proptest::collection::vec(proptest::collection::vec(proptest::option::of(0_u32..5_000), 5), 1..8),
        iso in any::<bool>(),
    ) {
        let first = date(2025, 12, 20);
        let day = |after: usize| first.checked_add((after as i64).days()).unwrap();
        let title = |after: usize| if iso { day(after).to_string() } else { quantity::time::show_date(day(after)) };
        let mut text = format!("Mã xã;{}\n", (0..5).map(title).collect::<Vec<_>>().join(";"));
        for (row, cells) in rows.iter().enumerate() {
            let cell = |count: &Option<u32>| count.map_or_else(|| "-".to_owned(), |count| count.to_string());
            text.push_str(&format!("{};{}\n", 30_300 + row, cells.iter().map(cell).collect::<Vec<_>>().join(";")));
        }
        let found = read(&text).unwrap();
        let expected: Vec<(u32, u16, Date, String)> = rows.iter().enumerate().flat_map(|(row, cells)| {
            cells.iter().enumerate().filter_map(move |(column, count)| {
                Some((row as u32 + 2, column as u16 + 1, day(column), (*count)?.to_string()))
            })
        }).collect();
        let seen: Vec<_> = found.cells.iter()
            .map(|cell| (cell.place.row, cell.place.column, cell.day, cell.typed.clone())).collect();
        prop_assert_eq!(seen, expected);
        prop_assert!(found.cells.iter().all(|cell| cell.is_count));
        prop_assert_eq!(found.table.len(), found.cells.len() + 1);
    }

    /// Any sheet is read or not, and never breaks.
    #[test]
    fn any_text_is_read_or_not(cells in proptest::collection::vec(
        proptest::collection::vec("(Mã xã|3/1|[0-9./-]{0,10}|-|Tổng|\\PC{0,6})", 1..6), 1..8))
    {
        let line = |row: &Vec<String>| row.iter().map(|cell| cell.replace([';', '"', '\r', '\n'], " ")).collect::<Vec<_>>().join(";");
        let text = cells.iter().map(line).collect::<Vec<_>>().join("\n");
        let layout = Layout::from_toml(LAYOUT).unwrap();
        if let Ok(table) = read_table(text.as_bytes(), "a.csv", &Limits::UPLOAD, &|| false)
            && let Some(found) = unfold(&table, &layout, ("day", "count"), date(2026, 1, 5))
        {
            prop_assert_eq!(found.table.len(), found.cells.len() + 1);
            prop_assert!(!found.days.is_empty());
        }
    }
}
