use quantity::{Coded, Moment};

use super::*;
use crate::table::{CsvStream, Limits, Table, read_table};
use crate::{CellReason, DocumentProblem};

fn readings() -> Layout {
    Layout::from_toml(include_str!("../../../../protocols/import-readings.toml")).unwrap()
}

fn facilities() -> Layout {
    Layout::from_toml(include_str!("../../../../protocols/import-facilities.toml")).unwrap()
}

fn table(text: &str) -> Table {
    read_table(text.as_bytes(), "a.csv", &Limits::UPLOAD, &|| false).unwrap()
}

#[test]
fn titles_are_compared_without_tones_case_and_signs() {
    assert_eq!(folded("  Thời điểm (ngày, giờ) "), "thoi diem ngay gio");
    assert_eq!(folded("THOI DIEM NGAY GIO"), folded("Thời  điểm (ngày, giờ)"));
    assert_eq!(folded("Đơn vị"), "don vi");
    assert_eq!(folded("Nm³/giờ"), "nm3 gio");
}

/// OX07: a sheet as a province sends it, titles above, columns in another order and renamed.
#[test]
fn the_header_is_found_under_titles_and_renamed_columns_are_recognised() {
    let table = table(
        "SỞ Y TẾ TỈNH KIÊN GIANG\nBÁO CÁO OXY NGÀY 22/11/2026\n\
         ĐVT;TEN BENH VIEN;Giờ đo;Chỉ số;Ghi chú\n\
         kg;BV Hải Âu;22/11/2026 02:14;310;\n",
    );
    let columns = Columns::find(&table, &readings()).unwrap();
    assert_eq!(columns.header_row(), 3);
    assert_eq!(
        columns.unknown().iter().map(|(place, title)| (place.to_string(), title.as_str())).collect::<Vec<_>>(),
        [("E3".to_owned(), "Ghi chú")]
    );
    let row = columns.rows(&table).next().unwrap();
    row.check().unwrap();
    let of = |key: &str| columns.column(key).unwrap();
    assert_eq!(row.text(of("facility_name")), Ok(Some("BV Hải Âu")));
    assert_eq!(row.decimal(of("shown")), Ok(Some(310.0)));
    assert_eq!(row.choice(of("unit")).unwrap().unwrap().key, "kg");
    assert_eq!(row.moment(of("happened_at")).unwrap().unwrap().to_string(), "22/11/2026 02:14");
    assert_eq!(row.text(of("told_by")), Ok(None));
    assert!(matches!(columns.column("nothing"), Err(DocumentProblem::LayoutBroken { .. })));
}

/// Bad input of the issue: a renamed column that no alias knows.
#[test]
fn a_column_that_is_not_recognised_is_named_with_the_nearest() {
    let told = Columns::find(&table("Cơ sở;Thời điễm báo;Trị số;Đơn vị\nBV;22/11/2026 02:14;3;kg\n"), &readings());
    let Err(problem) = told else { panic!("{told:?}") };
    assert_eq!(problem.code(), "DOC-016");
    let DocumentProblem::ColumnMissing { expected, found, closest, .. } = problem else { panic!() };
    assert_eq!((expected.as_str(), closest.as_deref()), ("Thời điểm", Some("Thời điễm báo")));
    assert_eq!(found, ["Cơ sở", "Thời điễm báo", "Trị số", "Đơn vị"]);

    let told = Columns::find(&table("Lúc;Trị số\n22/11/2026 02:14;3\n"), &readings());
    assert!(
        matches!(&told, Err(DocumentProblem::ColumnMissing { expected, closest: None, .. }) if expected == "Mã cơ sở / Cơ sở"),
        "{told:?}"
    );
    // Nothing recognised: what was found is the row of words, not the title above it.
    let told = Columns::find(&table("Bảng kê\nmột;hai;ba\n1;2;3\n"), &readings());
    assert!(
        matches!(&told, Err(DocumentProblem::ColumnMissing { found, .. }) if found == &["một", "hai", "ba"]),
        "{told:?}"
    );
}

#[test]
fn two_columns_for_one_are_refused() {
    let told = Columns::find(&table("Cơ sở;Tên bệnh viện;Lúc;Trị số\nA;B;22/11/2026 02:14;3\n"), &readings());
    let Err(DocumentProblem::ColumnTwice { first, second, .. }) = told else { panic!("{told:?}") };
    assert_eq!((first.as_str(), second.as_str()), ("A", "B"));
}

/// A header of two rows: groups above, titles below, some merged downwards.
#[test]
fn a_header_of_two_rows_is_read() {
    let table = table("Cơ sở;Lúc;Chai oxy;;\n;;Đầy;Vơi;Vỏ\nBV Hải Âu;22/11/2026 02:14;12;3;20\n");
    let columns = Columns::find(&table, &readings()).unwrap();
    assert_eq!(columns.header_row(), 2);
    let row = columns.rows(&table).next().unwrap();
    let count = |key: &str| row.integer(columns.column(key).unwrap()).unwrap();
    assert_eq!((count("full"), count("part"), count("empty"), count("damaged")), (Some(12), Some(3), Some(20), None));
}

/// Bad input of the issue, cell by cell: comma or point, unit, time, and the place of each.
#[test]
fn each_bad_cell_has_its_code_and_place() {
    let table = table(
        "Cơ sở;Lúc;Trị số;ĐVT;Đầy;Nguồn\n\
         A;22/11/2026 02:14;1.234,5;kg;;\n\
         A;22/11/2026;97.88;khối;1,5;thư\n\
         A;;3 10x;;-1;\n\
         B?nh;31/2/2026 01:00;5%;kg;12;phieu\n\
         ;22/11/2026 02:14;;;;\n\
         A;22/11/2026 02:14;1;kg;;;thừa\n\
         A;22/11/2026 02:14;0,5;kg;;\n",
    );
    let columns = Columns::find(&table, &readings()).unwrap();
    let rows: Vec<Fields<'_>> = columns.rows(&table).collect();
    let of = |key: &str| columns.column(key).unwrap();
    let told = |problem: Option<crate::CellProblem>| problem.map(|p| (p.code(), p.place.to_string())).unwrap();
    assert_eq!(rows[0].decimal(of("shown")), Ok(Some(1234.5)));
    assert_eq!(told(rows[1].decimal(of("shown")).err()), ("DOC-034", "C3".into()));
    assert_eq!(told(rows[1].moment(of("happened_at")).err()), ("DOC-039", "B3".into()));
    assert_eq!(told(rows[1].choice(of("unit")).err()), ("DOC-032", "D3".into()));
    assert_eq!(told(rows[1].integer(of("full")).err()), ("DOC-036", "E3".into()));
    assert_eq!(told(rows[1].choice(of("source")).err()), ("DOC-040", "F3".into()));
    assert_eq!(told(rows[2].moment(of("happened_at")).err()), ("DOC-030", "B4".into()));
    assert_eq!(told(rows[2].decimal(of("shown")).err()), ("DOC-033", "C4".into()));
    assert_eq!(told(rows[2].integer(of("full")).err()), ("DOC-037", "E4".into()));
    assert_eq!(told(rows[3].moment(of("happened_at")).err()), ("DOC-038", "B5".into()));
    assert_eq!(told(rows[3].text(of("facility_name")).err()), ("DOC-043", "A5".into()));
    assert_eq!(rows[3].choice(of("source")).unwrap().unwrap().key, "form");
    // The sign passes to the caller, who sees the unit.
    assert!(rows[3].figure(of("shown")).unwrap().unwrap().percent);
    assert_eq!(told(rows[4].check().err()), ("DOC-030", "A6".into()));
    assert_eq!(told(rows[5].check().err()), ("DOC-042", "G7".into()));
    let absent = rows[2].absent(of("unit"), CellReason::UnitMissing);
    assert_eq!(told(Some(absent)), ("DOC-031", "D4".into()));
}

#[test]
fn a_figure_with_two_readings_is_given_back() {
    let table = table("Cơ sở;Lúc;Trị số;ĐVT;Đầy\nA;22/11/2026 02:14;1.200;kg;1.200\n");
    let columns = Columns::find(&table, &readings()).unwrap();
    let row = columns.rows(&table).next().unwrap();
    let told = row.decimal(columns.column("shown").unwrap()).unwrap_err();
    assert_eq!(told.code(), "DOC-035");
    assert_eq!(told.facts().last().unwrap(), &("decimals", "1,2".to_owned()));
    assert_eq!(row.integer(columns.column("full").unwrap()), Ok(Some(1200)));
}

#[test]
fn a_percent_sign_in_a_column_without_percent_is_refused() {
    let table = table("Tên cơ sở;Mã xã;Dung tích;Độ tinh khiết\nA;30760;20%;93 %\n");
    let columns = Columns::find(&table, &facilities()).unwrap();
    let row = columns.rows(&table).next().unwrap();
    assert_eq!(row.decimal(columns.column("capacity").unwrap()).unwrap_err().code(), "DOC-044");
    assert_eq!(row.decimal(columns.column("purity").unwrap()), Ok(Some(93.0)));
}

#[test]
fn the_codes_of_units_are_those_of_quantity() {
    for (layout, key) in [(readings(), "unit"), (facilities(), "capacity_unit"), (facilities(), "gauge_unit")] {
        for choice in &layout.column(key).unwrap().choices {
            let unit = quantity::Unit::from_code(&choice.key).unwrap_or_else(|| panic!("{}", choice.key));
            assert_eq!(unit.label(), choice.title);
            assert_eq!(layout.column(key).unwrap().choice(unit.label()), Some(choice));
        }
    }
}

#[test]
fn a_stream_is_read_through_the_same_columns() {
    let mut text = String::from("Báo cáo\nMã cơ sở;Lúc;Trị số;ĐVT\n");
    for index in 0..1000 {
        text.push_str(&format!("CS{index};22/11/2026 02:14;{},5;kg\n", index));
    }
    let mut stream = CsvStream::open(text.as_bytes(), &Limits::BULK).unwrap();
    let columns = Columns::among(&stream.preamble(), &readings()).unwrap();
    stream.skip_to(columns.header_row());
    let shown = columns.column("shown").unwrap();
    assert_eq!(columns.numbers(shown), Numbers::Vietnamese);
    let mut sum = 0.0;
    while let Some(row) = stream.next_row(&|| false).unwrap() {
        sum += columns.fields(row).decimal(shown).unwrap().unwrap();
    }
    assert_eq!(sum, 500_000.0);
}

#[test]
fn broken_layouts_are_refused() {
    let column = |key: &str, title: &str, kind: &str| {
        format!("[[columns]]\nkey = '{key}'\ntitle = '{title}'\nkind = '{kind}'\n")
    };
    let head = "key = 'a'\ntitle = 'A'\nversion = '1'\n";
    for broken in [
        "nonsense".to_owned(),
        format!("{head}{}{}", column("a", "A", "text"), column("a", "B", "text")),
        format!("{head}{}{}", column("a", "Cơ sở", "text"), column("b", "CO SO", "text")),
        format!("{head}{}", column("a", "A", "choice")),
        format!("{head}one_of = [['x']]\n{}", column("a", "A", "text")),
    ] {
        assert!(matches!(Layout::from_toml(&broken), Err(DocumentProblem::LayoutBroken { .. })), "{broken}");
    }
}

#[test]
fn midnight_that_was_written_is_a_time_of_day() {
    let table = table("Cơ sở;Lúc;Trị số\nA;22/11/2026 00:00;1\n");
    let columns = Columns::find(&table, &readings()).unwrap();
    let row = columns.rows(&table).next().unwrap();
    let midnight = Moment::start_of(jiff::civil::date(2026, 11, 22));
    assert_eq!(row.moment(columns.column("happened_at").unwrap()), Ok(Some(midnight)));
}

proptest::proptest! {
    #[test]
    fn cells_of_any_content_never_panic(cell in "\\PC{0,40}", other in "[0-9.,% /:h-]{0,20}") {
        let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
        let line = format!("Cơ sở;Lúc;Trị số;ĐVT;Đầy\n{};{};{};{};{}\n", quoted(&cell), quoted(&other), quoted(&other), quoted(&cell), quoted(&other));
        if let Ok(table) = read_table(line.as_bytes(), "a.csv", &Limits::UPLOAD, &|| false) {
            let columns = Columns::find(&table, &readings()).unwrap();
            for row in columns.rows(&table) {
                let _ = (row.check(), row.text(columns.column("facility_name").unwrap()));
                let _ = row.moment(columns.column("happened_at").unwrap());
                let _ = row.choice(columns.column("unit").unwrap());
                let _ = row.integer(columns.column("full").unwrap());
                if let Ok(Some(value)) = row.decimal(columns.column("shown").unwrap()) {
                    proptest::prop_assert!(value.is_finite());
                }
            }
        }
    }
}
