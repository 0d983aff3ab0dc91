//! The provincial oxygen report as a sheet. Its layout is data (`protocols/report-oxygen.toml`): the
//! page, the API and the command line all write through this one.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use document::DocumentProblem;
use document::sheet::{SheetContent, SheetLayout, write_sheet};
use place::text::ascii_fold;
use quantity::Moment;
use quantity::time::show_date;

use super::daily_report::DailyReport;

/// The layout, read once.
pub fn layout() -> Result<&'static SheetLayout, DocumentProblem> {
    static LAYOUT: LazyLock<Result<SheetLayout, DocumentProblem>> =
        LazyLock::new(|| SheetLayout::from_toml(include_str!("../../../../protocols/report-oxygen.toml")));
    LAYOUT.as_ref().map_err(Clone::clone)
}

/// The report as the bytes of an `.xlsx`; `now` is kept in the file's properties.
pub fn sheet(report: DailyReport, now: Moment) -> Result<Vec<u8>, DocumentProblem> {
    let layout = layout()?;
    let facts = BTreeMap::from([
        ("issuer".to_owned(), report.issuer),
        ("province".to_owned(), report.province.to_uppercase()),
        ("date".to_owned(), show_date(report.day)),
        ("known_at".to_owned(), report.at.to_string()),
        ("layout_version".to_owned(), layout.version.clone()),
    ]);
    write_sheet(layout, &SheetContent { facts, rows: report.rows, simulated: report.simulated }, now)
}

/// `oxy-an-giang-2026-11-22.xlsx`: plain letters, so that every mail program keeps it.
pub fn file_name(report: &DailyReport) -> String {
    let province: String = ascii_fold(&report.province)
        .to_lowercase()
        .split(|sign: char| !sign.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join("-");
    let marked = if report.simulated { "-mo-phong" } else { "" };
    format!("oxy-{province}-{}{marked}.xlsx", report.day)
}
