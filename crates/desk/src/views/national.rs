//! The national sum (OX19) as files: a sheet with one row a province, the paper, data for programs.

use std::collections::BTreeMap;

use document::official::{Block, Column, Kind, OfficialDocument, Table, write_docx, write_pdf};
use document::sheet::{SheetContent, SheetKind, SheetLayout, TitleRow, Value, write_sheet};
use jiff::civil::Date;
use place::Level;
use quantity::Moment;
use quantity::time::show_date;

use super::daily_sheet::layout;
use super::papers::Format;
use crate::failure::{Failure, Outcome};
use crate::office::Office;
use crate::papers::sum::{NationalSum, NotAdded, national};

/// The names of the provinces of a day: 63, and 34 since 1/7/2025.
pub fn provinces(office: &Office, day: Date) -> Vec<String> {
    office.areas().level_on(Level::Province, day).map(|area| area.name.to_string()).collect()
}

/// Adds up the returns of a day.
pub fn sum(office: &Office, day: Date, files: &[(String, String)]) -> Outcome<(NationalSum, Vec<NotAdded>)> {
    let layout = layout().map_err(Failure::refused)?;
    Ok(national(layout, &provinces(office, day), day, files))
}

/// The sum as a file.
pub fn sum_file(sum: &NationalSum, format: Format, now: Moment) -> Outcome<Vec<u8>> {
    match format {
        Format::Xlsx => sheet(sum, now).map_err(Failure::refused),
        Format::Docx => write_docx(&paper(sum, now)?).map_err(Failure::refused),
        Format::Pdf => write_pdf(&paper(sum, now)?).map_err(Failure::refused),
        Format::Json => serde_json::to_vec_pretty(sum)
            .map_err(|error| Failure::Store(store::StoreError::Unreadable(error.to_string()))),
    }
}

/// The columns that are summed, in the order of the report's sheet, the province first.
fn columns(sum: &NationalSum) -> Result<SheetLayout, document::DocumentProblem> {
    let mut layout = layout()?.clone();
    layout.columns.retain(|column| column.key == "facility" || sum.totals.contains_key(&column.key));
    for column in &mut layout.columns {
        if column.key == "facility" {
            column.title = "Tỉnh, thành phố".to_owned();
        }
        // A sum of whole numbers is whole.
        if column.kind == SheetKind::Integer {
            column.kind = SheetKind::Decimal;
            column.digits = 0;
        }
    }
    let title = |text: &str| TitleRow { text: text.to_owned(), bold: true, centred: true, size: 14.0 };
    layout.titles = vec![title("TỔNG HỢP OXY Y TẾ CẢ NƯỚC"), title("Ngày {date}")];
    layout.notes = vec!["{added}".to_owned(), "{missing}".to_owned(), "{late}".to_owned()];
    layout.key = "report-national".to_owned();
    Ok(layout)
}

fn sheet(sum: &NationalSum, now: Moment) -> Result<Vec<u8>, document::DocumentProblem> {
    let layout = columns(sum)?;
    let [added, missing, late] = who(sum);
    let facts = BTreeMap::from([
        ("date".to_owned(), show_date(sum.day)),
        ("added".to_owned(), added),
        ("missing".to_owned(), missing),
        ("late".to_owned(), late),
    ]);
    let cells =
        |row: &crate::papers::content::Row| row.iter().map(|(key, cell)| (key.clone(), Value::from(cell))).collect();
    let rows = sum.rows().iter().map(cells).collect();
    write_sheet(&layout, &SheetContent { facts, rows, simulated: sum.simulated }, now)
}

/// Who is in the sum, who is missing, whose return is of another day.
pub fn who(sum: &NationalSum) -> [String; 3] {
    let names = |names: &[String]| if names.is_empty() { "không có".to_owned() } else { names.join(", ") };
    [
        format!("Đã cộng {}/{} tỉnh, thành phố", sum.provinces.len(), sum.expected),
        format!("Chưa nhận được báo cáo: {}", names(&sum.missing)),
        format!("Gửi số liệu của ngày khác, chưa cộng: {}", names(&sum.late)),
    ]
}

fn paper(sum: &NationalSum, now: Moment) -> Outcome<OfficialDocument> {
    let layout = columns(sum).map_err(Failure::refused)?;
    let rows = layout.columns.iter().filter(|column| column.key != "facility").map(|column| {
        let total = sum.totals.get(&column.key).copied().unwrap_or_default();
        let group = if column.group.is_empty() { String::new() } else { format!("{}: ", column.group) };
        let told = if total.known == 0 {
            document::sheet::UNKNOWN.to_owned()
        } else {
            quantity::show_number(total.sum, usize::from(column.digits))
        };
        vec![format!("{group}{}", column.title), told, total.known.to_string(), total.unknown.to_string()]
    });
    let column = |title: &str, width, number| Column { title: title.to_owned(), width, number };
    let table = Table {
        title: String::new(),
        columns: vec![
            column("Chỉ tiêu", 44, false),
            column("Tổng", 20, true),
            column("Cơ sở có số", 18, true),
            column("Cơ sở chưa rõ", 18, true),
        ],
        rows: rows.collect(),
    };
    let mut body = vec![Block::Heading { number: "1.".to_owned(), text: "Tình hình gửi báo cáo".to_owned() }];
    body.extend(who(sum).map(Block::Bullet));
    body.push(Block::Heading { number: "2.".to_owned(), text: "Số liệu cộng dồn".to_owned() });
    body.push(Block::Table(table));
    body.push(Block::Paragraph("Số chưa rõ được đếm riêng, không tính là 0".to_owned()));
    Ok(OfficialDocument {
        issuer: "Bộ Y tế".to_owned(),
        symbol: "BC-BYT".to_owned(),
        place: "Hà Nội".to_owned(),
        year: Some(now.date().year()),
        kind: Kind::Named {
            name: "Báo cáo".to_owned(),
            subject: format!("Tổng hợp tình hình oxy y tế cả nước ngày {}", show_date(sum.day)),
        },
        recipients: vec!["Ban Chỉ đạo Quốc gia phòng, chống dịch".to_owned()],
        body,
        archive: "VT, KCB".to_owned(),
        draft: true,
        simulated: sum.simulated,
        ..OfficialDocument::default()
    })
}
