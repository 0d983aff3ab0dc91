//! The register of letters and the page of a letter among others (DT01, DT02, DT14).

use axum::http::StatusCode;
use desk::rights::Role;

use crate::letters::{ORDER, taken_in};
use crate::world::{World, device_key};

const NOTE: &str = include_str!("../../../letter/tests/letters/3183-SYT-KHTC.txt");

#[tokio::test]
async fn the_register_is_searched_without_accents_and_filtered() {
    let world = World::new();
    taken_in(&world, ORDER);
    let note = taken_in(&world, NOTE);
    let reader = world.somebody(Role::Observer, None);
    let all = world.get(&reader, "/van-ban/so").await.text();
    assert!(all.contains("Sổ có 2 văn bản.") && all.contains("812/SYT-NVY"), "{all}");
    let found = world.get(&reader, "/van-ban/so?q=oxy+kien+giang").await.text();
    assert!(found.contains("Tìm thấy 1 văn bản.") && found.contains(&format!("/van-ban/{note}")), "{found}");
    assert!(!found.contains("812/SYT-NVY"));
    let by_number = world.get(&reader, "/van-ban/so?q=3183/SYT").await.text();
    assert!(by_number.contains("3183/SYT-KHTC") && !by_number.contains("812/SYT-NVY"));
    let of_year = world.get(&reader, "/van-ban/so?nam=2022").await.text();
    assert!(of_year.contains("3183/SYT-KHTC") && !of_year.contains("812/SYT-NVY"));
    let nothing = world.get(&reader, "/van-ban/so?q=%C2%ABh%E1%BB%8Dp+b%C3%A1o%C2%BB").await.text();
    assert!(nothing.contains("Không có văn bản nào khớp."), "{nothing}");
    // What was typed comes back as text.
    let typed = world.get(&reader, "/van-ban/so?q=%3Cscript%3E").await.text();
    assert!(!typed.contains("<script>alert") && typed.contains("&#60;script&#62;"), "{typed}");
}

/// DT14: the note of a health department against its earlier letter; the decision stands with who took it.
#[tokio::test]
async fn a_decision_between_two_letters_is_recorded_on_their_page() {
    let world = World::new();
    let note = taken_in(&world, NOTE);
    let clerk = world.somebody(Role::Clerk, None);
    let path = format!("/van-ban/{note}/lien-quan");
    let before = world.get(&clerk, &path).await.text();
    assert!(before.contains("3109/SYT-KHTC") && before.contains("chưa có trong sổ"), "{before}");
    assert!(before.contains("chưa ghi quyết định") && before.contains("Bệnh viện Đa khoa tỉnh"));
    let decide = |decider: &'static str, key: String, csrf: String| {
        [
            ("csrf", csrf),
            ("key", key),
            ("earlier", "3109/SYT-KHTC".to_owned()),
            ("followed", "later".to_owned()),
            ("decider", decider.to_owned()),
            ("words", "Giữ máy đến hết năm.".to_owned()),
        ]
    };
    let to = format!("/van-ban/{note}/quyet-dinh");
    let fields = decide("", device_key(), clerk.csrf.clone());
    let refused = world.post(&clerk, &to, &fields.each_ref().map(|(name, value)| (*name, value.as_str()))).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("DIR-101"));
    let fields = decide("BS. Lê Văn Sóng, giám đốc", device_key(), clerk.csrf.clone());
    let done = world.post(&clerk, &to, &fields.each_ref().map(|(name, value)| (*name, value.as_str()))).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    let after = world.get(&clerk, &path).await.text();
    assert!(after.contains("BS. Lê Văn Sóng, giám đốc") && after.contains("Giữ máy đến hết năm."), "{after}");
}
