//! The state of the province: who sets it, what it changes, that it is written down.

use axum::http::StatusCode;
use desk::rights::Role;

use crate::world::{World, at};

#[tokio::test]
async fn a_leader_sets_the_state_and_the_journal_says_so() {
    let world = World::new();
    let leader = world.somebody(Role::Leader, None);
    let before = world.get(&leader, "/oxy").await.text();
    assert!(before.contains("<b class=\"state emergency\">Khẩn cấp</b>"));
    assert!(before.contains("name=\"state\" value=\"emergency\" checked"), "the present state is the chosen one");

    world.set_time(at(2, 20));
    let fields = [("csrf", leader.csrf.as_str()), ("state", "heightened"), ("back", "/nhat-ky")];
    let set = world.post(&leader, "/trang-thai", &fields).await;
    assert_eq!((set.status, set.location()), (StatusCode::SEE_OTHER, "/nhat-ky"));
    let journal = world.get(&leader, "/nhat-ky").await.text();
    assert!(journal.contains("<b class=\"state raised\">Tăng cường</b>"), "{journal}");
    let newest = journal.split("<tr").nth(2).unwrap();
    assert!(newest.contains("Người leader") && newest.contains("đổi trạng thái của tỉnh"), "{newest}");
}

/// A state that does not exist changes nothing, and a way back that leads elsewhere is not followed.
#[tokio::test]
async fn an_odd_form_changes_nothing_and_leads_nowhere_else() {
    let world = World::new();
    let leader = world.somebody(Role::Leader, None);
    let odd = world.post(&leader, "/trang-thai", &[("csrf", &leader.csrf), ("state", "war")]).await;
    assert_eq!(odd.status, StatusCode::BAD_REQUEST, "{}", odd.text());
    assert!(world.get(&leader, "/oxy").await.text().contains("<b class=\"state emergency\">"));
    let fields = [("csrf", leader.csrf.as_str()), ("state", "routine"), ("back", "//evil.example")];
    assert_eq!(world.post(&leader, "/trang-thai", &fields).await.location(), "/oxy");
}

#[tokio::test]
async fn who_may_not_set_the_state_does_not_see_the_form() {
    let world = World::new();
    let own = world.hospital("BV Hải Âu");
    for (role, facility) in [(Role::DutyOfficer, None), (Role::Observer, None), (Role::FocalOfficer, Some(own.id))] {
        let browser = world.somebody(role, facility);
        assert!(!world.get(&browser, "/oxy").await.text().contains("/trang-thai"), "{role:?}");
    }
}
