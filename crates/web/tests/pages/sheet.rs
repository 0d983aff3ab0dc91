//! The sheet of the day, read back by the program's own reader (OX18).

use axum::http::{StatusCode, header};
use desk::rights::Role;
use document::table::{Limits, read_table};

use crate::world::World;

#[tokio::test]
async fn the_sheet_of_the_day_holds_what_was_reported() {
    let world = World::new();
    let low = world.hospital("BV Hải Âu");
    world.hospital("BV Cửa Sông");
    world.runs_low(low);
    let observer = world.somebody(Role::Observer, None);
    let sheet = world.get(&observer, "/xuat/oxy?ngay=2026-11-22").await;
    assert_eq!(sheet.status, StatusCode::OK);
    assert_eq!(sheet.header(header::CONTENT_DISPOSITION), "attachment; filename=\"oxy-an-giang-2026-11-22.xlsx\"");

    let table = read_table(&sheet.bytes, "oxy.xlsx", &Limits::UPLOAD, &|| false).unwrap();
    let rows: Vec<Vec<String>> =
        table.rows().map(|row| row.cells().map(|cell| cell.text.to_owned()).collect()).collect();
    let has = |words: &str| rows.iter().any(|row| row.iter().any(|cell| cell.contains(words)));
    assert!(has("Sở Y tế") && has("AN GIANG") && has("Ngày 22/11/2026") && has("22/11/2026 02:14"));
    let row = rows.iter().find(|row| row.first().is_some_and(|name| name == "BV Hải Âu")).unwrap();
    assert_eq!(row[1], "2", "the tier");
    assert_eq!(row[8], "3", "tonnes of the tank");
    let use_per_day: f64 = row[18].replace(',', ".").parse().unwrap();
    assert!((2_300.0..2_500.0).contains(&use_per_day), "100 kg an hour: {use_per_day}");
    let silent = rows.iter().find(|row| row.first().is_some_and(|name| name == "BV Cửa Sông")).unwrap();
    assert_eq!(silent[18], "chưa rõ", "what is not known is not zero");

    let yesterday = world.get(&observer, "/xuat/oxy?ngay=2026-11-21").await;
    assert_eq!(yesterday.status, StatusCode::OK);
    let wrong = world.get(&observer, "/xuat/oxy?ngay=hom-qua").await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
}
