//! The national sum (OX19) as files: a sheet with one row a province, the paper, data for programs.

use std::collections::BTreeMap;

use document::official::{Block, Column, Kind, OfficialDocument, Table, write_docx, write_pdf};
use document::sheet::{SheetContent, SheetKind, SheetLayout, TitleRow, Value, write_sheet};
use jiff::civil::Date;
use place::Level;
use quantity::Moment;
use quantity::time::show_date;
use store::Connection;

use super::daily_sheet::layout;
use super::papers::Format;
use crate::actor::Actor;
use crate::failure::{Failure, Outcome};
use crate::office::Office;
use crate::papers::intake::{ProvinceReturn, return_code};
use crate::papers::returned::{NotAdded, Return, read_return};
use crate::papers::sum::{NationalSum, national, plain};
use crate::record::{self, Kept};
use crate::rights::Capability;

/// The names of the provinces of a day: 63, and 34 since 1/7/2025.
pub fn provinces(office: &Office, day: Date) -> Vec<String> {
    office.areas().level_on(Level::Province, day).map(|area| area.name.to_string()).collect()
}

/// Reads the return of a province.
///
/// # Errors
/// [`NotAdded`].
pub fn read(name: &str, bytes: &[u8]) -> Outcome<Return> {
    let layout = layout().map_err(Failure::refused)?;
    read_return(layout, name, bytes).map_err(Failure::refused)
}

/// Adds up the files of a day: what cannot be read or does not belong is given back beside the sum.
pub fn sum(office: &Office, day: Date, files: &[(String, Vec<u8>)]) -> Outcome<(NationalSum, Vec<NotAdded>)> {
    let layout = layout().map_err(Failure::refused)?;
    let (mut returns, mut refused) = (Vec::new(), Vec::new());
    for (name, bytes) in files {
        match read_return(layout, name, bytes) {
            Ok(told) => returns.push((name.clone(), told)),
            Err(reason) => refused.push(reason),
        }
    }
    let (sum, more) = national(layout, &provinces(office, day), day, returns);
    refused.extend(more);
    Ok((sum, refused))
}

/// What the ministry has of a day.
#[derive(Debug, Clone)]
pub struct Received {
    /// Now, by the domain clock.
    pub now: Moment,
    /// When the returns of the day are due.
    pub due: Option<Moment>,
    /// Every province of the day with its return, if one came.
    pub provinces: Vec<(String, Option<Kept<ProvinceReturn>>)>,
    /// The sum of what came.
    pub sum: NationalSum,
}

/// The returns that were taken in about a day (without one, yesterday), and their sum.
pub fn received(office: &Office, connection: &mut Connection, actor: &Actor, day: Option<Date>) -> Outcome<Received> {
    if !actor.may(Capability::SeeNation) {
        return Err(Failure::Forbidden(Capability::SeeNation));
    }
    if !actor.province.is_nation() || !actor.sees_all() {
        return Err(Failure::NotFound);
    }
    let now = office.now(connection)?;
    let day = day.unwrap_or_else(|| now.date().yesterday().unwrap_or(now.date()));
    let layout = layout().map_err(Failure::refused)?;
    let names = provinces(office, day);
    let (mut lines, mut returns) = (Vec::new(), Vec::new());
    for name in &names {
        let kept = record::of_code::<ProvinceReturn>(connection, actor.province, &return_code(name, day))?;
        if let Some(kept) = &kept {
            let (_, bytes) = record::kept_file(connection, actor.province, &kept.content.taken.content)?;
            // It fitted the layout of its day when it came; what it says is kept for ever.
            let told: Return = serde_json::from_slice(&bytes)
                .map_err(|error| Failure::Store(store::StoreError::Unreadable(error.to_string())))?;
            returns.push((kept.content.taken.file_name.clone(), told));
        }
        lines.push((name.clone(), kept));
    }
    let (mut sum, _) = national(layout, &names, day, returns);
    let late = lines.iter().filter(|(_, kept)| kept.as_ref().is_some_and(|kept| kept.content.is_late()));
    sum.after_due = late.map(|(name, _)| name.clone()).collect();
    lines.sort_by_cached_key(|(name, kept)| (kept.is_some(), plain(name)));
    Ok(Received {
        now,
        due: super::papers::own_due(crate::papers::layout::ReportKind::Daily, day),
        provinces: lines,
        sum,
    })
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
    layout.notes = vec!["{added}".to_owned(), "{missing}".to_owned(), "{late}".to_owned(), "{after_due}".to_owned()];
    layout.key = "report-national".to_owned();
    Ok(layout)
}

fn sheet(sum: &NationalSum, now: Moment) -> Result<Vec<u8>, document::DocumentProblem> {
    let layout = columns(sum)?;
    let [added, missing, late, after_due] = who(sum);
    let facts = BTreeMap::from([
        ("date".to_owned(), show_date(sum.day)),
        ("added".to_owned(), added),
        ("missing".to_owned(), missing),
        ("late".to_owned(), late),
        ("after_due".to_owned(), after_due),
    ]);
    let digits: BTreeMap<&str, u8> = layout.columns.iter().map(|column| (column.key.as_str(), column.digits)).collect();
    // A sum of provinces has no more decimals than the column shows: who copies the cell copies what is printed.
    let rounded = |key: &str, value: Value| match (value, digits.get(key)) {
        (Value::Decimal(sum), Some(digits)) => {
            let unit = 10_f64.powi(i32::from(*digits));
            Value::Decimal((sum * unit).round() / unit)
        }
        (value, _) => value,
    };
    let cells = |row: &crate::papers::content::Row| {
        row.iter().map(|(key, cell)| (key.clone(), rounded(key, Value::from(cell)))).collect()
    };
    let rows = sum.rows().iter().map(cells).collect();
    write_sheet(&layout, &SheetContent { facts, rows, simulated: sum.simulated }, now)
}

/// Who is in the sum, who is missing, whose return is of another day, whose came late.
pub fn who(sum: &NationalSum) -> [String; 4] {
    let names = |names: &[String]| if names.is_empty() { "không có".to_owned() } else { names.join(", ") };
    [
        format!("Đã cộng {}/{} tỉnh, thành phố", sum.provinces.len(), sum.expected),
        format!("Chưa nhận được báo cáo: {}", names(&sum.missing)),
        format!("Gửi số liệu của ngày khác, chưa cộng: {}", names(&sum.late)),
        format!("Đã cộng, gửi sau hạn: {}", names(&sum.after_due)),
    ]
}

/// One figure of the sum, as it is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SummedFigure {
    /// What it counts, with its unit.
    pub title: String,
    /// The sum; none where nobody told it.
    pub shown: Option<String>,
    /// Facilities that told a number.
    pub known: usize,
    /// Facilities that should have and did not.
    pub unknown: usize,
}

/// The figures of a sum in the order of the report's sheet; none where the shipped layout cannot be read.
pub fn figures(sum: &NationalSum) -> Vec<SummedFigure> {
    let Ok(layout) = columns(sum) else { return Vec::new() };
    let told = layout.columns.iter().filter(|column| column.key != "facility");
    told.map(|column| {
        let total = sum.totals.get(&column.key).copied().unwrap_or_default();
        let group = if column.group.is_empty() { String::new() } else { format!("{}: ", column.group) };
        let shown = (total.known > 0).then(|| quantity::show_number(total.sum, usize::from(column.digits)));
        SummedFigure { title: format!("{group}{}", column.title), shown, known: total.known, unknown: total.unknown }
    })
    .collect()
}

fn paper(sum: &NationalSum, now: Moment) -> Outcome<OfficialDocument> {
    let rows = figures(sum).into_iter().map(|figure| {
        let told = figure.shown.unwrap_or_else(|| document::sheet::UNKNOWN.to_owned());
        vec![figure.title, told, figure.known.to_string(), figure.unknown.to_string()]
    });
    let column = |title: &str, width, number| Column { title: title.to_owned(), width, number, ..Column::default() };
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
