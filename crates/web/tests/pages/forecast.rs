//! /du-bao and /du-bao/oxy: what the coming weeks bring and ask for (F010, OX08, PR03).

use desk::counts::place::PlaceKey;
use desk::counts::{CountsKey, Signal, Span};
use desk::forecasts::watch;
use desk::operations::counts::report_counts::{ReportCounts, Told, ToldFigure};
use desk::rights::Role;
use jiff::ToSpan;
use jiff::civil::{Date, date};

use crate::world::{World, apart};

/// The world stands on Sunday 22/11/2026.
const LAST: Date = date(2026, 11, 21);

/// Sixteen weeks of admissions to two hospitals, each week told on the Sunday after it.
fn told(world: &World, places: &[PlaceKey]) {
    for ago in (0..16_i64).rev() {
        let day = LAST.saturating_sub((7 * ago).days());
        let figure = |place: &PlaceKey| ToldFigure {
            place: *place,
            told: Told::Count(60 + 5 * (16 - ago)),
            reported_on: Some(day.saturating_add(1.days())),
        };
        let of = CountsKey { signal: Signal::Admissions, day, span: Span::Week, back_fill: false };
        let figures = places.iter().map(figure).collect();
        let report = ReportCounts { key: None, of, figures, sure: true, simulated: false, source: None };
        apart(|| world.office.perform_blocking(world.program(), report)).expect("counts are told");
    }
}

#[tokio::test]
async fn the_weeks_to_come_are_drawn_with_their_grounds() {
    let world = World::new();
    let places = ["BV Hải Âu", "TTYT Sao Biển"].map(|name| PlaceKey::Facility(world.hospital(name).id));
    let duty = world.somebody(Role::DutyOfficer, None);
    let empty = world.get(&duty, "/du-bao").await.text();
    assert!(empty.contains("Chưa có số liệu để dự báo"), "{empty}");
    told(&world, &places);
    apart(|| watch::run(&world.office, world.province)).unwrap();

    let page = world.get(&duty, "/du-bao?chi-so=admissions").await.text();
    assert!(page.contains("tuần tới") && page.contains("nhập viện; tuần kết thúc 19/12/2026"), "{page}");
    assert!(page.matches("<svg").count() >= 2, "a drawing for the desk and one for a phone");
    assert!(
        page.contains("nếu giữ như tuần đủ số gần nhất") && page.contains("28/11/2026"),
        "the naive forecast stands beside"
    );
    assert!(page.contains("Dự báo dựa") && page.contains("Tình hình giống nhất:"), "on what it rests");
    assert!(page.contains("BV Hải Âu") && page.contains("TTYT Sao Biển"), "every place");
    let one = world.get(&duty, &format!("/du-bao?chi-so=admissions&noi={}", places[0])).await.text();
    assert!(one.contains("<h1>BV Hải Âu: tuần tới"), "{one}");

    let packed = world.get(&duty, "/du-bao/tep?chi-so=admissions").await;
    assert_eq!(packed.status, 200);
    let bytes = packed.bytes;
    for name in ["truth.csv", "vintages.csv", "naive-baseline.csv", "bontaicho.csv"] {
        assert!(bytes.windows(name.len()).any(|part| part == name.as_bytes()), "{name}");
    }
    assert_eq!(world.get(&duty, "/du-bao/tep?chi-so=deaths").await.status, 404, "nothing was forecast");
}

/// What an address says that is nothing of ours changes nothing.
#[tokio::test]
async fn an_unknown_signal_or_place_shows_what_there_is() {
    let world = World::new();
    let duty = world.somebody(Role::DutyOfficer, None);
    for path in
        ["/du-bao?chi-so=%3Cb%3E&noi=%27%22", "/du-bao?noi=00000000-0000-0000-0000-000000000000", "/du-bao/oxy?neu=x"]
    {
        let page = world.get(&duty, path).await;
        assert_eq!(page.status, 200, "{path}");
        assert!(!page.text().contains("'\""), "{path}");
    }
}

/// TT09: the page says which days were used, how many the running week has, and which signal went before.
#[tokio::test]
async fn what_days_and_another_signal_told_is_said() {
    let world = World::new();
    let place = PlaceKey::Facility(world.hospital("BV Hải Âu").id);
    let other = PlaceKey::Facility(world.hospital("TTYT Sao Biển").id);
    world.set_time(crate::world::at(9, 0) + quantity::Span::days(2));
    for signal in [Signal::Cases, Signal::Admissions] {
        for ago in (-1..70_i64).rev() {
            let day = LAST.saturating_sub(ago.days());
            let figure = |place: &PlaceKey| ToldFigure {
                place: *place,
                told: Told::Count(20 + (ago * ago) % 3),
                reported_on: Some(day.saturating_add(1.days())),
            };
            let of = CountsKey { signal, day, span: Span::Day, back_fill: false };
            let figures = [place, other].iter().map(figure).collect();
            let report = ReportCounts { key: None, of, figures, sure: true, simulated: false, source: None };
            apart(|| world.office.perform_blocking(world.program(), report)).expect("counts are told");
        }
    }
    apart(|| watch::run(&world.office, world.province)).unwrap();
    let duty = world.somebody(Role::DutyOfficer, None);
    let page = world.get(&duty, &format!("/du-bao?chi-so=admissions&noi={place}")).await.text();
    assert!(page.contains("Đã tính số liệu từng ngày đến hết 22/11/2026: tuần này đến nay có 21 người"), "{page}");
    assert!(page.contains("Có tính cả số ca mắc mới, vì số này thường tăng, giảm trước vài ngày."), "{page}");
}
