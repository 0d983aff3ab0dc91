//! /so-ca: the weeks of the province as columns with the source of each figure, and what came in on which day (F010).

use axum::http::{StatusCode, header};
use desk::counts::place::PlaceKey;
use desk::counts::{CountsKey, Signal, Span as Of};
use desk::operations::counts::report_counts::{ReportCounts, Told, ToldFigure};
use desk::rights::Role;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use oxygen::Source;
use quantity::Span;

use crate::world::{Browser, World, apart, at};

fn area(world: &World, code: &str) -> PlaceKey {
    PlaceKey::Area(world.office.areas().on(code.parse().expect("a code"), date(2026, 11, 22)).expect("an area").key())
}

fn tells(world: &World, of: CountsKey, (place, count): (PlaceKey, i64), source: Source) {
    let figures = vec![ToldFigure { place, told: Told::Count(count), reported_on: None }];
    let simulated = source == Source::Simulation;
    let telling = ReportCounts { key: None, of, figures, sure: true, simulated, source: Some(source) };
    apart(|| world.office.perform_blocking(world.program(), telling)).expect("counts are told");
}

fn week(ends: Date) -> CountsKey {
    CountsKey { span: Of::Week, ..CountsKey::of_day(Signal::Cases, ends) }
}

/// Published weeks and invented ones are told apart, and one week stands once.
#[tokio::test]
async fn weeks_of_cases_are_drawn_listed_and_marked() {
    let world = World::new();
    let own = world.hospital("BV Hải Âu");
    let focal = world.somebody(Role::FocalOfficer, Some(own.id));
    let board = world.get(&focal, "/oxy").await.text();
    assert!(!board.contains("<p class=\"under screen\"><a href=\"/so-ca\">"), "no link to an empty page");
    let empty = world.get(&focal, "/so-ca").await.text();
    assert!(empty.contains("14 ngày qua chưa nơi nào báo cáo") && !empty.contains("chart-wide"), "{empty}");

    let province = area(&world, "91");
    let (first, second) = (date(2026, 10, 31), date(2026, 11, 7));
    tells(&world, week(first), (province, 1_000), Source::File);
    tells(&world, week(second), (province, 1_200), Source::File);
    world.set_time(at(2, 15) + Span::minutes(1));
    // Published again, with more cases.
    tells(&world, week(second), (province, 1_250), Source::File);
    tells(&world, week(date(2026, 11, 14)), (province, 2_000), Source::Simulation);
    tells(&world, week(date(2026, 11, 21)), (province, 1_500), Source::Simulation);
    let page = world.get(&focal, "/so-ca").await.text();
    let heading = page.split("<h1>").nth(1).unwrap().split("</h1>").next().unwrap();
    assert!(
        heading.starts_with("Ca mắc mới, tuần đến 21/11/2026: 1.500, giảm 25\u{a0}% so với tuần trước."),
        "{heading}"
    );
    assert!(page.contains("Có số mô phỏng, không phải số thật."), "a made-up week says so");
    let wide = page.split("<svg class=\"chart chart-wide\"").nth(1).unwrap().split("</svg>").next().unwrap();
    assert_eq!(wide.matches("class=\"week simulated\"").count(), 2, "{wide}");
    assert_eq!(wide.matches("class=\"week\"").count(), 2, "{wide}");
    let listed = page.split("id=\"cac-tuan\"").nth(1).unwrap().split("<tbody>").nth(1).unwrap();
    let rows: Vec<&str> = listed.split("</tbody>").next().unwrap().split("<tr>").skip(1).collect();
    assert_eq!(rows.len(), 4, "{rows:?}");
    assert!(rows[1].contains("2.000") && !rows[1].contains("tăng"), "a made-up week is not set against a real one");
    assert!(rows[1].contains("mô phỏng"), "{}", rows[1]);
    let real = rows[2];
    assert!(real.contains("1.250") && real.contains("tăng 25\u{a0}%") && real.contains("bảng tính"), "{real}");
    assert!(page.contains("Số của tỉnh: 2 tuần, từ 31/10/2026 đến 07/11/2026 (nguồn: bảng tính)."), "{page}");
    assert!(page.contains("Số mô phỏng, do máy đặt ra: 2 tuần, từ 14/11/2026 đến 21/11/2026."), "{page}");
    assert!(world.get(&focal, "/oxy").await.text().contains("href=\"/so-ca\">Số ca theo ngày</a>"));
}

/// Where nobody told weeks, they are the sum of days and places, and say so; who sees a part of the province finds no sum
/// that is called the province.
#[tokio::test]
async fn weeks_are_summed_where_places_tell_days() {
    let world = World::new();
    let places = ["30307", "30292"].map(|code| area(&world, code));
    for back in 1..=7_i64 {
        let day = date(2026, 11, 22).checked_sub(back.days()).unwrap();
        for (place, count) in places.iter().zip([10, 4]) {
            tells(&world, CountsKey::of_day(Signal::Cases, day), (*place, count), Source::Form);
        }
    }
    let duty = world.somebody(Role::DutyOfficer, None);
    let page = world.get(&duty, "/so-ca").await.text();
    assert!(page.contains("Ca mắc mới, tuần đến 21/11/2026: 98."), "{page}");
    assert!(page.contains("Số cộng từ các ngày, các nơi: 1 tuần"), "{page}");
    let own = world.hospital("BV Hải Âu");
    let focal = world.somebody(Role::FocalOfficer, Some(own.id));
    assert!(!world.get(&focal, "/so-ca").await.text().contains("tuần đến 21/11/2026"));
}

/// F010: the table by day of report, with a text to be sent on; it goes out as a sheet too.
#[tokio::test]
async fn what_came_in_is_shown_by_day_of_report() {
    let world = World::new();
    let duty = world.somebody(Role::DutyOfficer, None);
    let path = "/so-ca?loai=admissions&xem=ngay-bao";
    assert!(world.get(&duty, path).await.text().contains("Nhập viện: chưa nơi nào báo cáo."));
    let own = world.hospital("BV Hải Âu");
    let place = PlaceKey::Facility(own.id);
    let of = |day| CountsKey::of_day(Signal::Admissions, date(2026, 11, day));
    tells(&world, of(22), (place, 5), Source::Form);
    tells(&world, of(20), (place, 7), Source::Form);
    tells(&world, of(10), (place, 3), Source::Form);
    tells(&world, of(10), (place, 2), Source::Form);
    let page = world.get(&duty, path).await.text();
    let said = "Nhập viện, báo cáo ngày 22/11/2026: biết thêm 14, trong đó 9 của những ngày trước.";
    assert!(page.contains(said), "{page}");
    let cells: Vec<&str> = page.split("<tbody>").nth(1).unwrap().split("<td ").skip(1).collect();
    for (cell, text) in cells.iter().zip(["22/11/2026", ">14<", ">5<", ">7<", ">2<", ">0<", ">0<", "10/11 – 22/11"]) {
        assert!(cell.contains(text), "{text}: {cell}");
    }
    let copied = "22/11/2026: biết thêm 14 (trong ngày 5, muộn 9, bớt 0, bổ sung 0)";
    assert!(page.contains(copied) && page.contains("data-copy=\"Nhập viện theo ngày báo cáo\n"), "{page}");
    assert!(page.contains("href=\"/so-ca?loai=cases&#38;xem=ngay-bao\""), "the other signals stay in this view");
    assert!(world.get(&duty, "/so-ca?loai=admissions").await.text().contains("xem=ngay-bao\">Theo ngày báo cáo</a>"));
    let sheet = world.get(&duty, &format!("{path}&tep=xlsx")).await;
    assert_eq!(sheet.status, StatusCode::OK);
}

/// The page of weeks moved: bookmarks lead on, with the moment that is looked back at.
#[tokio::test]
async fn the_old_address_leads_on() {
    let world = World::new();
    for (asked, leads) in [
        ("/ca-mac", "/so-ca"),
        ("/ca-mac?biet=2026-11-22T02:14", "/so-ca?biet=2026-11-22T02:14"),
        ("/ca-mac?loai=//x%0d%0a", "/so-ca"),
    ] {
        let answer = world.get(&Browser::default(), asked).await;
        assert_eq!(answer.status, StatusCode::PERMANENT_REDIRECT, "{asked}");
        assert_eq!(answer.headers.get(header::LOCATION).unwrap(), leads, "{asked}");
    }
}

/// A sheet with a column for each day says so before anything is written, and what of it is given back.
#[tokio::test]
async fn a_wide_sheet_is_recognised_in_the_preview() {
    let world = World::new();
    let duty = world.somebody(Role::DutyOfficer, None);
    let text = "Mã xã;21/11;22/11/2026\n30307;4;-\n30292;hai;5\n";
    let key = crate::world::device_key();
    let fields = [("csrf", duty.csrf.as_str()), ("key", key.as_str())];
    let sent = world.post_file(&duty, "/nhap-so-lieu/counts", &fields, "so-ca.csv", text.as_bytes()).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    let page = world.get(&duty, sent.location()).await.text();
    let said = "Bảng này mỗi cột là một ngày: 2 ngày, từ 21/11/2026 đến 22/11/2026, 2 dòng có số";
    assert!(page.contains(said) && page.contains("hiểu là ngày gần nhất đã qua"), "{page}");
    assert!(page.contains("IMP-011") && page.contains("(cột B) ghi «hai»"), "{page}");
}
