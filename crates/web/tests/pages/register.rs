//! What stands behind the figures: the norms in force.

use desk::operations::override_norm::OverrideNorm;
use desk::rights::Role;
use jiff::civil::date;
use protocol::{Figure, NormUnit, Override, VersionId};

use crate::world::{World, apart};

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
