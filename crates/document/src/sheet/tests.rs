use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use super::*;
use crate::DocumentProblem;
use crate::columns::{Columns, Layout};
use crate::table::{CellKind, Limits, Table, read_table};

/// The field order of the provincial oxygen report (OX18).
const FIELDS: [&str; 35] = [
    "facility",
    "tier",
    "beds_planned",
    "beds_open",
    "oxygen_beds",
    "icu_beds",
    "outlets",
    "tank_cubic_metres",
    "tank_tonnes",
    "cylinders_40l",
    "cylinders_14l",
    "cylinders_10l",
    "cylinders_8l",
    "cylinders_5l",
    "cylinders_2l",
    "cylinders_other",
    "psa_plants",
    "concentrators",
    "use_per_day",
    "patients_mask",
    "patients_hfnc",
    "patients_non_invasive",
    "patients_invasive",
    "patients_ecmo",
    "days_of_cover",
    "supplier",
    "contract_number",
    "lead_time_hours",
    "distance_km",
    "upgrade_item",
    "upgrade_cost",
    "upgrade_date",
    "officer_name",
    "officer_phone",
    "scenario_demand",
];

fn report() -> SheetLayout {
    SheetLayout::from_toml(include_str!("../../../../protocols/report-oxygen.toml")).unwrap()
}

fn readings() -> Layout {
    Layout::from_toml(include_str!("../../../../protocols/import-readings.toml")).unwrap()
}

fn noon() -> Moment {
    Moment::from_local(jiff::civil::date(2026, 11, 22).at(12, 0, 0, 0))
}

fn content(simulated: bool) -> SheetContent {
    let facts = [
        ("issuer", "SỞ Y TẾ TỈNH AN GIANG"),
        ("province", "AN GIANG"),
        ("date", "22/11/2026"),
        ("known_at", "22/11/2026 12:00"),
        ("layout_version", "2026-11-22"),
    ];
    let row = [
        ("facility", Value::Text("BV Hải Âu".to_owned())),
        ("beds_planned", Value::Integer(1200)),
        ("tank_tonnes", Value::Decimal(29.7)),
        ("use_per_day", Value::Decimal(1234.5)),
        ("days_of_cover", Value::Decimal(f64::INFINITY)),
        ("upgrade_item", Value::Empty),
        ("upgrade_date", Value::Date(jiff::civil::date(2027, 1, 15))),
        ("supplier", Value::Text("=cmd()".to_owned())),
    ];
    SheetContent {
        facts: facts.map(|(key, value)| (key.to_owned(), value.to_owned())).into(),
        rows: vec![row.map(|(key, value)| (key.to_owned(), value)).into()],
        simulated,
    }
}

fn read(bytes: &[u8], name: &str) -> Table {
    read_table(bytes, name, &Limits::UPLOAD, &|| false).unwrap()
}

fn entry(bytes: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    std::io::read_to_string(zip.by_name(name).unwrap()).unwrap()
}

#[test]
fn the_report_has_the_fields_of_the_directive_in_their_order() {
    let keys: Vec<String> = report().columns.into_iter().map(|column| column.key).collect();
    assert_eq!(keys, FIELDS);
}

#[test]
fn what_is_written_is_read_back() {
    let bytes = write_sheet(&report(), &content(true), noon()).unwrap();
    let table = read(&bytes, "bao-cao.xlsx");
    let first: Vec<&str> = table.rows().take(4).map(|row| row.cell(0).text).collect();
    assert_eq!(first[0], "MÔ PHỎNG – không phải số liệu thật");
    assert_eq!(first[2], "BÁO CÁO TÌNH HÌNH OXY Y TẾ – AN GIANG");
    let row = table.rows().find(|row| row.cell(0).text == "BV Hải Âu").unwrap();
    let cell = |key: &str| row.cell(FIELDS.iter().position(|field| *field == key).unwrap() as u16);
    assert_eq!(cell("beds_planned").kind, CellKind::Number(1200.0));
    assert_eq!(cell("tank_tonnes").kind, CellKind::Number(29.7));
    assert_eq!(cell("upgrade_date").kind, CellKind::Date(jiff::civil::date(2027, 1, 15)));
    assert_eq!(cell("supplier").kind, CellKind::Text);
    assert!(cell("upgrade_item").is_empty());
    // Neither what was not given nor what is no number becomes a zero.
    assert_eq!((cell("tier").text, cell("days_of_cover").text), ("chưa rõ", "chưa rõ"));
    let last = table.rows().last().unwrap().cell(0).text.to_owned();
    assert!(last.starts_with("Số liệu như đã biết lúc 22/11/2026 12:00"), "{last}");
}

#[test]
fn the_sheet_prints_on_a4_with_its_header_repeated() {
    let bytes = write_sheet(&report(), &content(true), noon()).unwrap();
    let sheet = entry(&bytes, "xl/worksheets/sheet1.xml");
    for part in [
        "paperSize=\"9\"",
        "orientation=\"landscape\"",
        "fitToWidth=\"3\"",
        "fitToHeight=\"0\"",
        "state=\"frozen\"",
        "Trang &amp;P/&amp;N",
        "mô phỏng",
    ] {
        assert!(sheet.contains(part), "{part}");
    }
    let book = entry(&bytes, "xl/workbook.xml");
    assert!(book.contains("Print_Titles") && book.contains("$A:$A") && book.contains("$5:$6"), "{book}");
    assert!(entry(&bytes, "xl/styles.xml").contains("[$-42A]#,##0.0"));
    assert!(
        !entry(&write_sheet(&report(), &content(false), noon()).unwrap(), "xl/worksheets/sheet1.xml")
            .contains("mô phỏng")
    );
}

#[test]
fn the_same_content_gives_the_same_bytes() {
    assert_eq!(write_sheet(&report(), &content(false), noon()), write_sheet(&report(), &content(false), noon()));
    let later = write_sheet(&report(), &content(false), noon() + quantity::Span::hours(1)).unwrap();
    assert!(entry(&later, "docProps/core.xml").contains("2026-11-22T06:00:00Z"));
}

#[test]
fn a_misspelt_key_or_fact_is_refused() {
    let mut wrong = content(false);
    wrong.rows[0].insert("facilty".to_owned(), Value::Empty);
    assert!(matches!(write_sheet(&report(), &wrong, noon()), Err(DocumentProblem::LayoutBroken { .. })));
    let mut wrong = content(false);
    wrong.facts = BTreeMap::new();
    assert!(matches!(write_sheet(&report(), &wrong, noon()), Err(DocumentProblem::LayoutBroken { .. })));
}

#[test]
fn broken_layouts_are_refused() {
    let column = |key: &str, group: &str, unit: &str| {
        format!("[[columns]]\nkey='{key}'\ntitle='A'\ngroup='{group}'\nunit='{unit}'\nkind='text'\nwidth=9\n")
    };
    let head = "key='a'\ntitle='A'\nversion='1'\nsheet='A'\n";
    for columns in [
        String::new(),
        column("a", "", "") + &column("a", "", ""),
        column("a", "", "kg"),
        column("a", "g", "") + &column("b", "", "") + &column("c", "g", ""),
    ] {
        let told = SheetLayout::from_toml(&format!("{head}{columns}"));
        assert!(matches!(told, Err(DocumentProblem::LayoutBroken { .. })), "{columns}");
    }
}

#[test]
fn the_template_is_recognised_by_its_own_reader() {
    for layout in [readings(), Layout::from_toml(include_str!("../../../../protocols/import-facilities.toml")).unwrap()]
    {
        let table = read(&write_template(&layout, noon()).unwrap(), "mau.xlsx");
        let columns = Columns::find(&table, &layout).unwrap();
        assert!(columns.unknown().is_empty());
        assert!(
            (0..layout.columns.len()).all(|index| columns.headers().get(index) == Some(&layout.columns[index].title))
        );
    }
}

/// Bad rows come back as a file, are mended there and accepted as they are.
#[test]
fn refused_rows_go_back_in_the_form_in_which_they_came() {
    let text = "Cơ sở;Lúc;Trị số;ĐVT;Ghi chú\nA;22/11/2026 02:14;1,5;kg;=cmd()\nB;22/11/2026 02:14;2,25;khối;+84 296\n";
    let table = read(text.as_bytes(), "a.csv");
    let columns = Columns::find(&table, &readings()).unwrap();
    let rows: Vec<ReturnedRow> =
        table
            .rows()
            .skip(1)
            .map(|row| {
                ReturnedRow::of(row)
                    .because("chưa rõ đơn vị «khối»".into(), "DOC-032", "Chọn một đơn vị.".into())
                    .because("thiếu quy chiếu".into(), "OXY-020", "Chọn một đơn vị.".into())
            })
            .collect();

    let bytes = write_returned(columns.headers(), &rows, ReturnForm::Csv { delimiter: b';' }, noon()).unwrap();
    let shown = String::from_utf8(bytes.clone()).unwrap();
    assert!(shown.starts_with("\u{feff}Cơ sở;Lúc;Trị số;ĐVT;Ghi chú;Lý do;Mã lỗi;Làm gì tiếp\n"), "{shown}");
    assert!(
        shown.contains(
            "1,5;kg;'=cmd();\"Dòng 2: chưa rõ đơn vị «khối»; thiếu quy chiếu\";DOC-032, OXY-020;Chọn một đơn vị.\n"
        ),
        "{shown}"
    );
    assert!(shown.contains(";'+84 296;") || shown.contains(";+84 296;"));
    let again = read(&bytes, "a.csv");
    let columns_again = Columns::find(&again, &readings()).unwrap();
    assert_eq!(columns_again.unknown().len(), 1);
    // Sent back a second time, the reasons are not piled up.
    let second = ReturnedRow::of(again.row(1).unwrap()).because("x".into(), "DOC-032", "y".into());
    let bytes =
        write_returned(columns_again.headers(), &[second], ReturnForm::Csv { delimiter: b';' }, noon()).unwrap();
    assert_eq!(String::from_utf8(bytes).unwrap().matches("Lý do").count(), 1);
}

#[test]
fn numbers_and_dates_of_a_workbook_go_back_as_numbers_and_dates() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let page = book.add_worksheet();
    let hour = rust_xlsxwriter::Format::new().set_num_format("dd/mm/yyyy hh:mm");
    page.write_string(0, 0, "Cơ sở").unwrap().write_string(0, 1, "Lúc").unwrap().write_string(0, 2, "Trị số").unwrap();
    page.write_string(1, 0, "A").unwrap().write_number(1, 2, 1.234).unwrap();
    page.write_datetime_with_format(1, 1, noon().local(), &hour).unwrap();
    page.write_string(1, 4, "thừa").unwrap();
    let table = read(&book.save_to_buffer().unwrap(), "a.xlsx");
    let columns = Columns::find(&table, &readings()).unwrap();
    let row = ReturnedRow::of(table.row(1).unwrap()).because("ô thừa".into(), "DOC-042", "Bỏ ô thừa.".into());
    let bytes = write_returned(columns.headers(), std::slice::from_ref(&row), ReturnForm::Xlsx, noon()).unwrap();
    let back = read(&bytes, "lai.xlsx");
    let cells = back.row(1).unwrap();
    assert_eq!(cells.cell(2).kind, CellKind::Number(1.234));
    assert_eq!(cells.cell(1).kind, CellKind::DateTime(noon().local()));
    assert_eq!((cells.cell(3).text, cells.cell(4).text), ("Dòng 2: ô thừa", "DOC-042"));
    assert_eq!(cells.cell(6).text, "thừa");
    // In separated text 1.234 must not become a thousand.
    let bytes = write_returned(columns.headers(), &[row], ReturnForm::Csv { delimiter: b';' }, noon()).unwrap();
    assert!(String::from_utf8(bytes).unwrap().contains(";1,2340;"));
}

/// LibreOffice opens what is written, and what it writes is read. Where it is not installed the
/// test says so and proves nothing.
#[test]
fn libreoffice_reads_and_writes_the_same() {
    let folder = std::env::temp_dir().join(format!("document-test-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("bao-cao.xlsx"), write_sheet(&report(), &content(true), noon()).unwrap()).unwrap();
    std::fs::write(folder.join("so-do.csv"), "\u{feff}Cơ sở;Lúc;Trị số;ĐVT\nBV Hải Âu;2026-11-22 02:14;310,5;kg\n")
        .unwrap();
    let converted = |to: &str, file: &str, filter: &[&str]| {
        let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
        let mut command = Command::new("soffice");
        command.args([profile.as_str(), "--headless", "--convert-to", to]).args(filter).arg("--outdir");
        let done = command.arg(&folder).arg(folder.join(file)).output();
        done.is_ok_and(|output| output.status.success())
    };
    if !converted("csv:Text - txt - csv (StarCalc):59,34,76,1,,1066", "bao-cao.xlsx", &[]) {
        println!("skipped: LibreOffice is not installed");
        return;
    }
    let shown = std::fs::read_to_string(folder.join("bao-cao.csv")).unwrap();
    assert!(shown.contains("BV Hải Âu") && shown.contains("chưa rõ"), "{shown}");
    assert!(shown.contains("1.234,5") && shown.contains("15/01/2027"), "{shown}");
    assert!(converted("xlsx", "so-do.csv", &["--infilter=Text - txt - csv (StarCalc):59,34,76,1,,1066"]));
    let table = read(&std::fs::read(folder.join("so-do.xlsx")).unwrap(), "so-do.xlsx");
    remove(&folder);
    let columns = Columns::find(&table, &readings()).unwrap();
    let row = columns.rows(&table).next().unwrap();
    assert_eq!(row.decimal(columns.column("shown").unwrap()), Ok(Some(310.5)));
    assert_eq!(row.moment(columns.column("happened_at").unwrap()).unwrap().unwrap().to_string(), "22/11/2026 02:14");
}

fn remove(folder: &Path) {
    std::fs::remove_dir_all(folder).unwrap();
}
