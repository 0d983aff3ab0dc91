//! The submission matrix as an `.xlsx`: units down, periods across, as on screen.

use std::collections::BTreeMap;

use document::DocumentProblem;
use document::sheet::{SheetColumn, SheetContent, SheetKind, SheetLayout, TitleRow, Value, write_sheet};

use super::matrix::Matrix;
use crate::command::submission::Submitted;

/// The words of a cell; the reader of the sheet reads Vietnamese.
fn words(cell: Submitted) -> String {
    match cell {
        Submitted::OnTime(at) => format!("đúng hạn, {at}"),
        Submitted::Late(at) => format!("trễ, {at}"),
        Submitted::Missing => "chưa nhận".to_owned(),
        Submitted::Waiting => "chưa đến hạn".to_owned(),
        Submitted::Unasked(at) => format!("đã nhận, {at}"),
        Submitted::NotAsked => "không yêu cầu".to_owned(),
        Submitted::Courtesy => "báo theo phối hợp".to_owned(),
    }
}

fn column(key: &str, title: String, width: f64) -> SheetColumn {
    let key = key.to_owned();
    SheetColumn { key, title, group: String::new(), kind: SheetKind::Text, digits: 0, unit: String::new(), width }
}

fn title(text: String, bold: bool, size: f64) -> TitleRow {
    TitleRow { text, bold, centred: false, size }
}

/// The matrix as bytes; `heads` are the names of its columns.
///
/// # Errors
/// [`DocumentProblem::NotWritten`].
pub fn sheet(matrix: &Matrix, heads: &[String]) -> Result<Vec<u8>, DocumentProblem> {
    let keys: Vec<String> = matrix.periods.iter().map(|period| period.code()).collect();
    let mut columns = vec![column("unit", "Đơn vị".to_owned(), 34.0)];
    columns.extend(keys.iter().zip(heads).map(|(key, head)| column(key, head.clone(), 16.0)));
    let layout = SheetLayout {
        key: "submission-matrix".to_owned(),
        title: "Theo dõi nộp báo cáo oxy".to_owned(),
        version: "2026-11-22".to_owned(),
        source: String::new(),
        unconfirmed: false,
        sheet: "Nộp báo cáo".to_owned(),
        titles: vec![
            title(format!("Theo dõi nộp báo cáo oxy – {}", matrix.province), true, 14.0),
            title(format!("Như đã nhận đến {}", matrix.now), false, 12.0),
        ],
        title_columns: 6,
        notes: vec!["Tính theo báo cáo đã thật sự ghi vào sổ. Cơ sở báo theo phối hợp không bị tính trễ.".to_owned()],
        landscape: true,
        pages_wide: 1,
        frozen_columns: 1,
        columns,
    };
    let row = |row: &super::matrix::MatrixRow| {
        let cells = keys.iter().zip(&row.cells).map(|(key, (cell, reason))| {
            let reason = reason.as_ref().map_or_else(String::new, |reason| format!(" ({reason})"));
            (key.clone(), Value::Text(words(*cell) + &reason))
        });
        std::iter::once(("unit".to_owned(), Value::Text(row.name.clone()))).chain(cells).collect::<BTreeMap<_, _>>()
    };
    let rows = matrix.rows.iter().map(row).collect();
    let content = SheetContent { facts: BTreeMap::new(), rows, simulated: matrix.simulated };
    write_sheet(&layout, &content, matrix.now)
}
