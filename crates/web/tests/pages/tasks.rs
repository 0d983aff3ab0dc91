//! Tasks on their pages (DT04–DT07, DT10, PR06).

use axum::http::{StatusCode, header};
use desk::letters::intake::Incoming;
use desk::letters::task::TaskId;
use desk::operations::letters::confirm::ConfirmLetter;
use desk::operations::letters::take_in::TakeIn;
use desk::operations::tasks::add_evidence::{AddEvidence, Shown};
use desk::operations::tasks::spread_letter::SpreadLetter;
use desk::record;
use desk::rights::Role;
use jiff::civil::date;
use place::BodyId;

use crate::world::{Hospital, World, apart, at, send};

pub const PHOTO: &[u8] = &[0xff, 0xd8, 0xff, 0xe0, 1, 2, 3];

/// A task of a hospital with a picture that shows it, due at the end of 25/11/2026.
pub fn given(world: &World, own: Hospital) -> String {
    let task = untouched(world, own);
    let shown = Shown::File { name: "bồn.jpg".to_owned(), digest: store::sha256(PHOTO), bytes: PHOTO.to_vec() };
    apart(|| world.office.perform_blocking(world.program(), AddEvidence { key: None, task, shown })).expect("shown");
    task.to_string()
}

/// A task of a confirmed letter that its hospital has done nothing about yet.
pub fn untouched(world: &World, own: Hospital) -> TaskId {
    let incoming = Incoming::read(crate::letters::ORDER.replace("812", "813")).expect("reads");
    let taken = TakeIn { key: None, incoming, file: None, party_word: false, simulated: false };
    let id = apart(|| world.office.perform_blocking(world.program(), taken)).expect("taken in").done;
    let province = world.province;
    let read = || apart(|| world.office.look_blocking(|_, connection| record::one(connection, province, id)));
    let kept = read().expect("reads").expect("is there");
    let mut draft = kept.content.draft.clone();
    for (place, task) in draft.iter_mut().enumerate() {
        task.left_out = place != 0;
        task.last_day = Some(date(2026, 11, 25));
        task.owner.bodies = vec![BodyId::from(own.id)];
    }
    let confirm = ConfirmLetter { key: None, directive: id, version: kept.version, fields: None, draft };
    apart(|| world.office.perform_blocking(world.program(), confirm)).expect("confirmed");
    read().expect("reads").expect("is there").content.tasks[0]
}

/// The letter of [`given`] made known to three people of the hospital.
pub fn spread(world: &World, own: Hospital) -> String {
    let province = world.province;
    let read = move |_: &desk::Office, connection: &mut store::Connection| {
        record::newest::<desk::letters::Directive>(connection, province, 50)
    };
    let letters = apart(|| world.office.look_blocking(read)).expect("reads");
    let confirmed = letters.iter().find(|kept| kept.content.standing == desk::letters::Standing::Confirmed);
    let spread = SpreadLetter {
        key: None,
        letter: confirmed.expect("one was given out").id,
        body: BodyId::from(own.id),
        staff: "Lê Thị Mận; Khoa Nội\nTrần Văn Ổi; Khoa Nội\nLê Thị Mận; Khoa Nhi".to_owned(),
    };
    apart(|| world.office.perform_blocking(world.program(), spread)).expect("made known").done.to_string()
}

/// DT09: an attendance list is pasted; who is not on the list is said, who has not read it stands by unit.
#[tokio::test]
async fn an_attendance_list_says_who_knows_a_letter() {
    let world = World::new();
    let own = world.hospital("BV Hải Âu");
    given(&world, own);
    let path = format!("/viec/pho-bien/{}", spread(&world, own));
    let officer = world.somebody(Role::FocalOfficer, Some(own.id));
    let names = "1. TRẦN VĂN ỔI\n2. Lê Thị Mận\n3. Người Lạ";
    let noted = send(&world, &officer, &path, &[("names", names), ("meeting", "Giao ban 22/11")]).await.text();
    assert!(noted.contains("1 trên 3 người đã biết") && noted.contains("Người Lạ") && noted.contains("nhiều người"));
    let page = world.get(&officer, &path).await.text();
    assert!(page.contains("Giao ban 22/11") && page.contains("Khoa Nhi"), "{page}");
    let list = world.get(&officer, "/viec/pho-bien").await.text();
    assert!(list.contains("1 trên 1 lượt phổ biến còn người chưa biết") && list.contains(&path));
}

/// DT11: an incident goes to several levels at once; each has its own time of being seen.
#[tokio::test]
async fn an_incident_goes_to_several_levels_at_once() {
    let world = World::new();
    let own = world.hospital("BV Hải Âu");
    let (officer, leader) = (world.somebody(Role::FocalOfficer, Some(own.id)), world.somebody(Role::Leader, None));
    let path = "/viec/bao-cao-nhanh";
    let body = own.id.to_string();
    let report = [
        ("do", "report"),
        ("body", body.as_str()),
        ("words", "Bồn số 1 rò van, đã khóa <van>"),
        ("level-department", "1"),
        ("level-district", "1"),
    ];
    let sent = send(&world, &officer, path, &report).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    let page = world.get(&leader, path).await.text();
    assert!(page.contains("1 sự việc còn cấp chưa xem") && page.contains("đã khóa &#60;van&#62;"), "{page}");
    let about = page.split("name=\"about\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let seen = |level: &'static str, by: &'static str| [("do", "seen"), ("about", about), ("level", level), ("by", by)];
    let own_level = send(&world, &officer, path, &seen("department", "tôi")).await;
    assert_eq!(own_level.status, StatusCode::FORBIDDEN, "a hospital does not say what the department saw");
    let told = send(&world, &officer, path, &seen("district", "")).await;
    assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY, "who saw it there?");
    send(&world, &officer, path, &seen("district", "Nguyễn Thị Me, trực")).await;
    send(&world, &leader, path, &seen("department", "")).await;
    let page = world.get(&officer, path).await.text();
    assert!(page.contains("Mọi cấp đều đã xem") && page.contains("Nguyễn Thị Me, trực"));
}

/// PR06: the officer shows it and hands it in on a phone, the leader gives it back and then accepts it; the page says
/// so each time in its first line.
#[tokio::test]
async fn a_task_is_handed_in_and_judged_on_its_page() {
    let world = World::new();
    let own = world.hospital("BV Hải Âu");
    let path = format!("/viec/{}", given(&world, own));
    let (officer, leader) = (world.somebody(Role::FocalOfficer, Some(own.id)), world.somebody(Role::Leader, None));
    let list = world.get(&officer, "/viec").await.text();
    assert!(list.contains("Sắp đến hạn") || list.contains("Đang làm"), "{list}");
    assert!(list.contains(&path) && list.contains("813/SYT-NVY"));
    let page = world.get(&officer, &path).await.text();
    assert!(page.contains("Kiểm tra bồn oxy lỏng") && page.contains("«"), "the order and its sentence: {page}");
    assert!(page.contains(&format!("<img src=\"{path}/tep/0\"")), "the picture");
    let photo = world.get(&officer, &format!("{path}/tep/0")).await;
    assert_eq!((photo.bytes.as_slice(), photo.header(header::CONTENT_TYPE)), (PHOTO, "image/jpeg"));
    assert!(!page.contains("name=\"do\" value=\"approve\""), "an officer judges nothing");
    let told = send(&world, &officer, &path, &[("do", "tell"), ("percent", "140")]).await;
    assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(told.text().contains("TSK-010") && told.text().contains("value=\"140\""), "keeps what was typed");
    let told = send(&world, &officer, &path, &[("do", "tell"), ("percent", "60"), ("words", "còn khoa Nhi")]).await;
    assert_eq!(told.location(), format!("{path}?xong=done-task-tell"));
    assert!(world.get(&officer, &path).await.text().contains("còn khoa Nhi"));
    let handed_in = send(&world, &officer, &path, &[("do", "submit")]).await;
    assert_eq!(handed_in.status, StatusCode::SEE_OTHER, "{}", handed_in.text());
    assert!(world.get(&leader, &path).await.text().contains("chờ nghiệm thu."));
    assert_eq!(send(&world, &officer, &path, &[("do", "approve")]).await.status, StatusCode::FORBIDDEN);
    let back = send(&world, &leader, &path, &[("do", "return"), ("reason", "thiếu ảnh đồng hồ")]).await;
    assert_eq!(back.status, StatusCode::SEE_OTHER, "{}", back.text());
    let page = world.get(&officer, &path).await.text();
    assert!(page.contains("cần làm lại việc này") && page.contains("thiếu ảnh đồng hồ"));
    let again = send(&world, &officer, &path, &[("do", "submit")]).await.text();
    assert!(again.contains("TSK-002"), "the old picture does not do");
    send(&world, &officer, &path, &[("do", "prove"), ("words", "ảnh đồng hồ bồn số 1")]).await;
    send(&world, &officer, &path, &[("do", "submit")]).await;
    let done = send(&world, &leader, &path, &[("do", "approve")]).await;
    assert_eq!(done.location(), format!("{path}?xong=done-task-approve"));
    assert!(world.get(&leader, &path).await.text().contains("đã hoàn thành đúng hạn"));
    let quarter = world.get(&leader, "/viec/don-vi?ky=2026-Q4").await.text();
    assert!(quarter.contains("1 trên 1 việc hoàn thành đúng hạn"), "{quarter}");
    let sheet = world.get(&leader, "/viec/don-vi?ky=2026-Q4&tep=xlsx").await;
    assert!(sheet.header(header::CONTENT_TYPE).contains("spreadsheet"));
}

/// DT10: an obstacle is raised at the task and answered on the page of obstacles; overdue tasks stand in the digest.
#[tokio::test]
async fn an_obstacle_is_answered_and_the_digest_tells_what_is_overdue() {
    let world = World::new();
    let own = world.hospital("BV Hải Âu");
    let id = given(&world, own);
    let officer = world.somebody(Role::FocalOfficer, Some(own.id));
    let raise = [("do", "raise"), ("kind", "proposal"), ("words", "Xin mượn 5 chai <40 lít>")];
    let raised = send(&world, &officer, &format!("/viec/{id}"), &raise).await;
    assert_eq!(raised.status, StatusCode::SEE_OTHER, "{}", raised.text());
    world.set_time(at(24 * 5, 0));
    // The sessions of five days ago have ended.
    let (officer, leader) = (world.somebody(Role::FocalOfficer, Some(own.id)), world.somebody(Role::Leader, None));
    let page = world.get(&leader, "/viec/vuong-mac").await.text();
    assert!(page.contains("1 vướng mắc, đề xuất chờ trả lời") && page.contains("Xin mượn 5 chai &#60;40 lít&#62;"));
    let about = page.split("name=\"about\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let digest = world.get(&leader, "/viec/diem-tin").await.text();
    assert!(digest.contains("1 việc quá hạn") && digest.contains("1 vướng mắc chưa trả lời"), "{digest}");
    let answer = |words: &'static str| [("do", "answer"), ("about", about), ("words", words)].map(|pair| pair);
    let refused = send(&world, &leader, "/viec/vuong-mac", &answer("")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let nobody = send(&world, &officer, "/viec/vuong-mac", &answer("được")).await;
    assert_eq!(nobody.status, StatusCode::FORBIDDEN);
    let answered = send(&world, &leader, "/viec/vuong-mac", &answer("Mượn của BV Cửa Sông")).await;
    assert_eq!(answered.status, StatusCode::SEE_OTHER, "{}", answered.text());
    assert!(world.get(&officer, "/viec/vuong-mac").await.text().contains("Mượn của BV Cửa Sông"));
}

/// DT05: what was filtered stays in the address, and a body outside the scope shows nothing.
#[tokio::test]
async fn the_list_is_filtered_by_its_address() {
    let world = World::new();
    let own = world.hospital("BV Hải Âu");
    let elsewhere = world.hospital("BV Cửa Sông");
    let id = given(&world, own);
    let officer = world.somebody(Role::FocalOfficer, Some(elsewhere.id));
    let leader = world.somebody(Role::Leader, None);
    let of = |body: Hospital| format!("/viec?don-vi={}", body.id);
    assert!(world.get(&leader, &of(own)).await.text().contains(&id));
    assert!(!world.get(&leader, &of(elsewhere)).await.text().contains(&id));
    assert!(!world.get(&officer, &of(own)).await.text().contains(&id));
    assert!(world.get(&leader, "/viec?tim=bon+oxy").await.text().contains(&id), "without accents");
    assert!(!world.get(&leader, "/viec?trang-thai=closed").await.text().contains(&id));
    assert_eq!(world.get(&leader, "/viec?don-vi=x").await.status, StatusCode::NOT_FOUND);
    assert_eq!(world.get(&officer, &format!("/viec/{id}")).await.status, StatusCode::NOT_FOUND);
}
