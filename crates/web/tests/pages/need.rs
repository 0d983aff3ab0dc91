//! /du-bao/oxy and /du-bao/oxy/{co-so}: what the coming weeks ask for, who runs out when, what would be if (OX08, OX07, PR03).

use desk::operations::file_report::{Confirmed, FileReport, Level, Told};
use desk::rights::Role;
use oxygen::{Census, Source};
use quantity::Unit;

use crate::world::{Hospital, World, apart};

/// What the tank holds and who is on oxygen, now.
fn reports(world: &World, hospital: Hospital, kg: &str, mask: u32) {
    let level =
        Level { store: hospital.tank, text: kg.to_owned(), unit: Some(Unit::Kilogram), reference: None, running: None };
    let told = Told {
        happened_at: None,
        source: Source::Form,
        told_by: None,
        note: None,
        photo: None,
        levels: vec![level],
        cylinders: Vec::new(),
        patients: Some(Census { mask, ..Census::default() }),
        confirmed: Confirmed::Everything,
    };
    let report = FileReport { key: None, facility: hospital.id, told };
    apart(|| world.office.perform_blocking(world.program(), report)).expect("is taken");
}

#[tokio::test]
async fn the_need_of_all_and_of_one_is_told_and_supposed_otherwise() {
    let world = World::new();
    let duty = world.somebody(Role::DutyOfficer, None);
    let none = world.get(&duty, "/du-bao/oxy").await.text();
    assert!(none.contains("Chưa tính được nhu cầu oxy"), "{none}");
    let near = world.hospital_in_kilograms("BV Hải Âu");
    let far = world.hospital_in_kilograms("TTYT Sao Biển");
    world.hospital_in_kilograms("BV Lặng Lẽ");
    reports(&world, near, "600", 40);
    reports(&world, far, "2500", 10);

    let all = world.get(&duty, "/du-bao/oxy").await.text();
    assert!(all.contains("Cộng từ 2 cơ sở, 50 người đang thở oxy"), "{all}");
    let place = |name: &str| all.find(name).expect("is on the page");
    assert!(place("BV Hải Âu") < place("TTYT Sao Biển"), "who is empty first stands first");
    assert!(all.contains("BV Lặng Lẽ") && all.contains("không nằm trong tổng"), "who told nothing is named");
    assert!(all.contains("tỷ lệ phải hồi sức gấp đôi") && all.matches(r#"type="range""#).count() == 5, "{all}");

    let one = format!("/du-bao/oxy/{}", near.id);
    let page = world.get(&duty, &one).await.text();
    assert!(page.contains("BV Hải Âu: oxy đủ ít nhất đến"), "{page}");
    assert!(page.contains("khả năng hết trong 24 giờ") && page.contains("coi như giữ nguyên"), "{page}");
    assert!(
        page.contains("vì chưa có số ca hay số nhập viện") && page.contains("mới có 0 ngày"),
        "why it is wide: {page}"
    );
    assert!(page.matches("<svg").count() >= 4, "the stock and the need, each for a desk and a phone");
    let supposed = world.get(&duty, &format!("{one}?luu-luong=150&song=40")).await.text();
    assert!(supposed.contains("Nếu mỗi người cần 150 % oxy, sau một tuần có làn sóng mới 40 người/ngày"), "{supposed}");
    let wild = world.get(&duty, &format!("{one}?nguoi=999999&nang=-3&song=%22%3E")).await;
    assert!(wild.status == 200 && wild.text().contains("số người mắc bằng 400 % dự báo –"), "{}", wild.text());
    let twice = world.get(&duty, "/du-bao/oxy?neu=twice").await.text();
    assert!(twice.contains("Nếu số người mắc bằng 200 % dự báo:"), "{twice}");
    assert!(twice.contains(&format!("{one}?nguoi=200")), "what is supposed goes along to a facility");
}

/// An officer finds the need of his own facility and of no other, and no sum.
#[tokio::test]
async fn an_officer_finds_his_own() {
    let world = World::new();
    let near = world.hospital_in_kilograms("BV Hải Âu");
    let far = world.hospital_in_kilograms("TTYT Sao Biển");
    reports(&world, near, "600", 40);
    let officer = world.somebody(Role::FocalOfficer, Some(near.id));
    assert_eq!(world.get(&officer, &format!("/du-bao/oxy/{}", near.id)).await.status, 200);
    assert_eq!(world.get(&officer, &format!("/du-bao/oxy/{}", far.id)).await.status, 404);
    assert_eq!(world.get(&officer, "/du-bao/oxy").await.status, 403);
    let own = world.get(&officer, &format!("/co-so/{}", near.id)).await.text();
    assert!(own.contains(&format!("/du-bao/oxy/{}", near.id)), "his page leads there");
}
