//! What stands behind the figures: cases by week, the norms in force, and the way to both.

use desk::operations::override_norm::OverrideNorm;
use desk::operations::record_cases::RecordCases;
use desk::rights::Role;
use jiff::civil::date;
use oxygen::Source;
use protocol::{Figure, NormUnit, Override, VersionId};

use crate::world::{World, apart, at};

fn recorded(world: &World, weeks: Vec<(jiff::civil::Date, i64, Source)>) {
    let recording = RecordCases { area: "91".parse().unwrap(), weeks };
    apart(|| world.office.perform_blocking(world.program(), recording)).unwrap();
}

/// Published weeks and invented ones are told apart, and one week stands once.
#[tokio::test]
async fn weeks_of_cases_are_drawn_listed_and_marked() {
    let world = World::new();
    let own = world.hospital("BV Hải Âu");
    let focal = world.somebody(Role::FocalOfficer, Some(own.id));
    let board = world.get(&focal, "/oxy").await.text();
    assert!(!board.contains("<p class=\"under screen\"><a href=\"/ca-mac\">"), "no link to an empty page");
    let empty = world.get(&focal, "/ca-mac").await.text();
    assert!(empty.contains("Chưa có số ca theo tuần.") && !empty.contains("<svg"), "{empty}");

    recorded(&world, vec![(date(2026, 11, 1), 1_000, Source::File), (date(2026, 11, 8), 1_200, Source::File)]);
    world.set_time(at(2, 15));
    // Published again, with more cases; the week after next is still to come.
    recorded(&world, vec![(date(2026, 11, 8), 1_250, Source::File), (date(2026, 11, 29), 9_999, Source::File)]);
    recorded(
        &world,
        vec![(date(2026, 11, 15), 2_000, Source::Simulation), (date(2026, 11, 22), 1_500, Source::Simulation)],
    );
    let page = world.get(&focal, "/ca-mac").await.text();
    let heading = page.split("<h1>").nth(1).unwrap().split("</h1>").next().unwrap();
    assert!(
        heading.starts_with("Tuần đến 22/11/2026: 1.500 ca mắc mới, giảm 25\u{a0}% so với tuần trước"),
        "{heading}"
    );
    assert!(heading.contains("class=\"simulated\""), "a made-up week says so: {heading}");
    assert!(!page.contains("9.999"), "a week that has not come");
    let wide = page.split("<svg").nth(1).unwrap().split("</svg>").next().unwrap();
    assert_eq!(wide.matches("class=\"week simulated\"").count(), 2, "{wide}");
    assert_eq!(wide.matches("class=\"week\"").count(), 2, "{wide}");
    let rows: Vec<&str> = page.split("<tbody>").nth(1).unwrap().split("<tr>").skip(1).collect();
    assert_eq!(rows.len(), 4, "{rows:?}");
    assert!(rows[1].contains("2.000") && !rows[1].contains("tăng"), "a made-up week is not set against a real one");
    assert!(
        rows[2].contains("1.250") && rows[2].contains("tăng 25\u{a0}%") && rows[2].contains("bảng tính"),
        "{}",
        rows[2]
    );
    assert!(page.contains("Số đã công bố: 2 tuần, từ 01/11/2026 đến 08/11/2026 (nguồn: bảng tính)."), "{page}");
    assert!(page.contains("Số mô phỏng, do máy đặt ra: 2 tuần, từ 15/11/2026 đến 22/11/2026."), "{page}");
    assert!(world.get(&focal, "/oxy").await.text().contains("href=\"/ca-mac\">Số ca theo tuần</a>"));
}

/// Every figure in force with its source; the province's own is marked, and what it replaces is gone.
#[tokio::test]
async fn the_norms_in_force_are_shown_with_what_the_province_put_in_their_place() {
    let world = World::new();
    let own = world.hospital("BV Hải Âu");
    let observer = world.somebody(Role::Observer, None);
    let flow_of = |page: &str, name: &str| {
        let table = page.split("id=\"oxygen-flow\"").nth(1).unwrap().split("</section>").next().unwrap();
        table.split("<tr>").find(|row| row.contains(&format!(">{name}</th>"))).unwrap().to_owned()
    };
    let page = world.get(&observer, "/dinh-muc").await.text();
    let shipped = flow_of(&page, "Oxy dòng cao");
    assert!(
        shipped.contains(">30</b>") && shipped.contains("15 – 50") && shipped.contains("chưa xác nhận"),
        "{shipped}"
    );
    assert!(page.contains("oxygen.flow/working-1, bản 1") && page.contains("hiệu lực từ 01/01/2020"), "{page}");
    assert!(page.contains("Định mức kế hoạch của WHO (oxygen.flow/who-planning-2020)"), "what stands beside it");
    assert!(page.contains("<b class=\"value\">0,35</b> <span class=\"unit\">% mỗi ngày</span>"), "a share a day");

    let norm = Override {
        id: VersionId::new("dinh-muc/17"),
        table: "oxygen.flow".to_owned(),
        key: "hfnc".to_owned(),
        figure: Figure { low: 40.0, value: 40.0, high: 40.0 },
        unit: NormUnit::LPerMin,
        source: "Công văn 17/SYT".to_owned(),
        valid_from: date(2026, 11, 1),
        valid_to: Some(date(2026, 12, 31)),
    };
    apart(|| world.office.perform_blocking(world.program(), OverrideNorm { own: norm })).unwrap();
    let page = world.get(&observer, "/dinh-muc").await.text();
    let replaced = flow_of(&page, "Oxy dòng cao");
    assert!(replaced.contains(">40</b>") && !replaced.contains("chưa xác nhận"), "{replaced}");
    let mark = "riêng của tỉnh: dinh-muc/17, hiệu lực 01/11/2026 – 31/12/2026";
    assert!(replaced.contains(mark) && replaced.contains("Công văn 17/SYT"), "{replaced}");
    assert!(flow_of(&page, "Mặt nạ, gọng kính").contains(">6</b>"), "the others stay as shipped");

    let facility = world.get(&observer, &format!("/co-so/{}", own.id)).await.text();
    let foot = facility.split("norms-used\">").nth(1).unwrap().split("</p>").next().unwrap();
    let (used, doubtful) = foot.split_once("Chưa xác nhận: ").unwrap();
    assert!(used.starts_with("Tính theo định mức: dinh-muc/17, ") && used.contains("oxygen.alarm/1"), "{foot}");
    assert!(doubtful.contains("oxygen.flow/working-1") && !doubtful.contains("dinh-muc/17"), "{foot}");
    assert!(foot.contains("href=\"/dinh-muc\""), "{foot}");
}
