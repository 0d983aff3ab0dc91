//! The blocks of the form beyond the usual report: blank fields, begun cylinders, machines.

use axum::http::StatusCode;
use desk::rights::Role;

use crate::report::tank_told;
use crate::world::{World, at, device_key};

/// Rule of the voice: a field left blank is asked about, named, and one press says that it is nobody.
#[tokio::test]
async fn a_blank_patients_field_is_asked_about_and_never_read_as_zero() {
    let world = World::new();
    let own = world.hospital("BV Hải Âu");
    let focal = world.somebody(Role::FocalOfficer, Some(own.id));
    let key = device_key();
    let some = [("patients.mask", "22"), ("patients.invasive", "5"), ("touched", "patients.mask patients.invasive")];
    let refused = tank_told(&world, &focal, own, &key, &some).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = refused.text();
    assert!(page.contains("WEB-010") && page.contains("Ô «Oxy dòng cao» còn trống."), "{page}");
    assert!(page.contains("name=\"meant\" value=\"zero=patients\">Các ô để trống là không có ai"), "{page}");
    let field = page.split("id=\"patients.hfnc\"").nth(1).unwrap().split('>').next().unwrap();
    assert!(field.contains("aria-invalid"), "{field}");

    let filed = tank_told(&world, &focal, own, &key, &[&some[..], &[("meant", "zero=patients")]].concat()).await;
    assert_eq!(filed.status, StatusCode::SEE_OTHER, "{}", filed.text());
    let receipt = world.get(&focal, filed.location()).await.text();
    assert!(receipt.contains("22 người") && receipt.contains("<dt>ECMO</dt><dd><b>0 người</b>"), "{receipt}");
    let cleared = [("touched", "patients.mask"), ("happened", "shift")];
    let filed = tank_told(&world, &focal, own, &device_key(), &cleared).await;
    assert_eq!(filed.status, StatusCode::SEE_OTHER, "a block that was cleared says nothing");
    assert!(!world.get(&focal, filed.location()).await.text().contains("người</b>"));
}

/// OX04: begun and damaged cylinders are told; untouched they stay, where the shells leave them room.
#[tokio::test]
async fn begun_and_damaged_cylinders_are_told_once_and_stay() {
    let world = World::new();
    let own = world.hospital("BV Hải Âu");
    let focal = world.somebody(Role::FocalOfficer, Some(own.id));
    let form = world.get(&focal, &format!("/co-so/{}/bao-cao", own.id)).await.text();
    assert!(form.contains("<details class=\"seldom\"><summary>vơi 0, hỏng 0</summary>"), "{form}");
    let first = [("full.40", "18"), ("part.40", "2"), ("empty.40", "37"), ("damaged.40", "3"), ("touched", "part.40")];
    let filed = tank_told(&world, &focal, own, &device_key(), &first).await;
    let receipt = world.get(&focal, filed.location()).await.text();
    assert!(receipt.contains("18 đầy, 2 vơi, 37 vỏ, 3 hỏng"), "{receipt}");
    let form = world.get(&focal, &format!("/co-so/{}/bao-cao", own.id)).await.text();
    assert!(form.contains("<details class=\"seldom\" open><summary>vơi 2, hỏng 3</summary>"), "{form}");

    world.set_time(at(2, 30));
    let later = [("full.40", "30"), ("part.40", "2"), ("empty.40", "27"), ("damaged.40", "3"), ("touched", "full.40")];
    let filed = tank_told(&world, &focal, own, &device_key(), &later).await;
    let receipt = world.get(&focal, filed.location()).await.text();
    assert!(receipt.contains("30 đầy, 2 vơi, 27 vỏ, 1 hỏng"), "the 60 shells leave room for one: {receipt}");

    let blank = [("full.40", "30"), ("empty.40", ""), ("touched", "full.40 empty.40")];
    let refused = tank_told(&world, &focal, own, &device_key(), &blank).await;
    assert!(refused.text().contains("Ô «Chai 40 L, vỏ» còn trống."), "{}", refused.text());
}

/// OX04: the whole installation is told at once: a plant and concentrators, running units × flow.
#[tokio::test]
async fn plants_and_concentrators_are_told_as_units_and_flow() {
    let world = World::new();
    let (own, plant, small) = world.hospital_with_machines("BV Hải Âu");
    let focal = world.somebody(Role::FocalOfficer, Some(own.id));
    let path = format!("/co-so/{}/bao-cao", own.id);
    let form = world.get(&focal, &path).await.text();
    let running = format!("running.{small}");
    let (flow, unit) = (format!("tank.{small}"), format!("tank.{small}.unit"));
    let plate = format!("name=\"{flow}\" value=\"10\"");
    assert!(form.contains(&plate) && form.contains("lít/phút</span>"), "by its plate: {form}");
    assert!(form.contains(&format!("name=\"tank.{plant}\" value=\"20\"")) && form.contains("Nm³/giờ"), "{form}");

    let touched = format!("{running} {flow}");
    let told = [(running.as_str(), "4"), (&flow, "8,5"), (&unit, "l_per_min"), ("touched", &touched)];
    let filed = tank_told(&world, &focal, own, &device_key(), &told).await;
    assert_eq!(filed.status, StatusCode::SEE_OTHER, "{}", filed.text());
    let receipt = world.get(&focal, filed.location()).await.text();
    assert!(receipt.contains("4 máy × 8,5 lít/phút"), "{receipt}");
    assert!(!receipt.contains("Hệ thống PSA"), "the plant was not touched");
    let form = world.get(&focal, &path).await.text();
    assert!(form.contains(&format!("name=\"{running}\" value=\"4\"")), "{form}");
    assert!(form.contains(&format!("name=\"{flow}\" value=\"8,5\"")), "what one makes, not all of them: {form}");

    let above = [(running.as_str(), "4"), (&flow, "85"), (&unit, "l_per_min"), ("touched", &touched)];
    let refused = tank_told(&world, &focal, own, &device_key(), &above).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let unclear = [(&flow[..], "8"), (&unit, "l_per_min"), ("touched", &touched)];
    let refused = tank_told(&world, &focal, own, &device_key(), &unclear).await;
    assert!(refused.text().contains("WEB-010"), "how many run is asked: {}", refused.text());

    world.set_time(at(2, 30));
    let standing = [(running.as_str(), "0"), (&flow, ""), (&unit, "l_per_min"), ("touched", &touched)];
    let filed = tank_told(&world, &focal, own, &device_key(), &standing).await;
    assert_eq!(filed.status, StatusCode::SEE_OTHER, "{}", filed.text());
    assert!(world.get(&focal, filed.location()).await.text().contains("0 máy × 0 lít/phút"));

    let report = filed.location().trim_start_matches("/bien-nhan/").to_owned();
    let correction = format!("/bao-cao/{report}/dinh-chinh");
    let page = world.get(&focal, &correction).await.text();
    assert!(page.contains(&format!("name=\"{running}\" value=\"0\"")), "{page}");
    let key = device_key();
    let tank = format!("tank.{}", own.tank);
    let fields = [
        ("csrf", focal.csrf.as_str()),
        ("key", &key),
        ("reason_kind", "typing"),
        (&tank, "80"),
        (&running, "3"),
        (&flow, "8"),
    ];
    let corrected = world.post(&focal, &correction, &fields).await;
    assert_eq!(corrected.status, StatusCode::SEE_OTHER, "{}", corrected.text());
    assert!(world.get(&focal, corrected.location()).await.text().contains("3 máy × 8 lít/phút"));
}
