//! Letters on their pages: read, looked at beside their tasks, corrected and given out (DT01, DT03, DT05).

use axum::http::StatusCode;
use desk::letters::directive::DirectiveId;
use desk::letters::intake::Incoming;
use desk::operations::letters::take_in::TakeIn;
use desk::rights::Role;

use crate::world::{Answer, Browser, World, apart, device_key};

/// A letter with three tasks for two bodies.
pub const ORDER: &str = "UBND TỈNH AN GIANG\nSỞ Y TẾ\nSố: 812/SYT-NVY\nV/v bảo đảm oxy y tế\n\n\
    An Giang, ngày 20 tháng 11 năm 2026\n\nKính gửi:\n- Bệnh viện Hải Âu;\n- Trung tâm Y tế Cỏ May.\n\n\
    Sở Y tế yêu cầu các đơn vị thực hiện các nội dung sau:\n1. Bệnh viện Hải Âu\n\
    - Kiểm tra bồn oxy lỏng và báo cáo Sở Y tế trước ngày 25/11/2026.\n\
    - Khẩn trương rà soát hợp đồng cung ứng oxy; ký phụ lục nếu thiếu.\n\
    2. Trung tâm Y tế Cỏ May\n- Lập danh sách chai oxy <chưa> kiểm định.\n\n\
    Nơi nhận:\n- Như trên (để thực hiện);\n- Lưu: VT, NVY.\n\nGIÁM ĐỐC\n\nTrần Văn Ớt\n";

/// Taken in by the program, waiting for a person.
pub fn taken_in(world: &World, text: &str) -> DirectiveId {
    let incoming = Incoming::read(text.to_owned()).expect("reads");
    let taken = TakeIn { key: None, incoming, file: None, party_word: false, simulated: false };
    apart(|| world.office.perform_blocking(world.program(), taken)).expect("taken in").done
}

async fn send(world: &World, who: &Browser, path: &str, fields: &[(&str, &str)]) -> Answer {
    let key = device_key();
    let mut all = vec![("csrf", who.csrf.as_str()), ("key", key.as_str())];
    all.extend(fields);
    world.post(who, path, &all).await
}

/// What the form of a letter would send as it stands.
fn as_shown(page: &str) -> Vec<(String, String)> {
    let mut fields = Vec::new();
    let form = page.split("class=\"entry confirm\"").nth(1).and_then(|rest| rest.split("</form>").next()).unwrap_or("");
    for tag in form.split('<') {
        let attribute = |name: &str| {
            let rest = tag.split(&format!(" {name}=\"")).nth(1)?;
            rest.split('"').next().map(unescape)
        };
        let Some(name) = attribute("name").filter(|name| !["csrf", "key", "do"].contains(&name.as_str())) else {
            continue;
        };
        if tag.starts_with("textarea") {
            let value = tag.split_once('>').map_or("", |(_, rest)| rest);
            fields.push((name, unescape(value)));
        } else if tag.starts_with("input") && (!tag.contains("checkbox") || tag.contains(" checked")) {
            fields.push((name, attribute("value").unwrap_or_default()));
        }
    }
    fields
}

fn unescape(text: &str) -> String {
    text.replace("&#60;", "<").replace("&#62;", ">").replace("&#34;", "\"").replace("&#39;", "'").replace("&#38;", "&")
}

async fn press(world: &World, who: &Browser, path: &str, button: &str, change: &[(&str, &str)]) -> Answer {
    let mut fields = as_shown(&world.get(who, path).await.text());
    for (name, value) in change {
        fields.retain(|(other, _)| other != name);
        fields.push(((*name).to_owned(), (*value).to_owned()));
    }
    fields.push(("do".to_owned(), button.to_owned()));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    send(world, who, path, &fields).await
}

/// DT01, DT03: pasted, looked at with the sentence of each task, given out by one button.
#[tokio::test]
async fn a_pasted_letter_becomes_tasks() {
    let world = World::new();
    world.hospital("Bệnh viện Hải Âu");
    let clerk = world.somebody(Role::Clerk, None);
    let taken = send(&world, &clerk, "/van-ban", &[("text", ORDER)]).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.text());
    let path = taken.location().to_owned();
    let page = world.get(&clerk, &path).await.text();
    assert!(page.contains("Đọc được 3 việc"), "{page}");
    for sentence in ["cau-1", "cau-2", "cau-3", "muc-number", "muc-date"] {
        assert!(
            page.contains(&format!("id=\"{sentence}\"")) && page.contains(&format!("href=\"#{sentence}\"")),
            "{sentence}"
        );
    }
    assert!(page.contains("&#60;chưa&#62;") && !page.contains("<chưa>"), "what stands in a letter is no markup");
    assert!(page.contains("Hạn trong văn bản: trước ngày 25/11/2026"));
    assert!(page.contains("Chưa có trong danh bạ"), "the second body is not registered");
    let list = world.get(&clerk, "/van-ban").await.text();
    assert!(list.contains("1 văn bản đang chờ xác nhận") && list.contains(&path));

    let confirmed = press(&world, &clerk, &path, "confirm", &[]).await;
    assert_eq!(confirmed.status, StatusCode::SEE_OTHER, "{}", confirmed.text());
    let page = world.get(&clerk, &path).await.text();
    assert!(page.contains("3 việc, đã giao 3 lượt") && page.contains("số đến 1"), "{page}");
    assert!(!page.contains("name=\"do\""), "what is confirmed is not confirmed again");
    let again = send(&world, &clerk, "/van-ban", &[("text", ORDER)]).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.text().contains("DIR-003") && again.text().contains(&path), "the way to the one that is there");
}

/// DT03: split, joined, left out, added, given to another; what was typed is not lost on the way.
#[tokio::test]
async fn tasks_are_put_right_before_they_go_out() {
    let world = World::new();
    world.hospital("Bệnh viện Hải Âu");
    let clerk = world.somebody(Role::Clerk, None);
    let path = format!("/van-ban/{}", taken_in(&world, ORDER));
    let split = press(&world, &clerk, &path, "split.2", &[("text.1", "Kiểm tra cả hai bồn.")]).await;
    assert!(split.location().ends_with("#viec-2"), "{}", split.location());
    let page = world.get(&clerk, &path).await.text();
    assert!(page.contains("Đọc được 4 việc") && page.contains("Kiểm tra cả hai bồn."), "{page}");
    press(&world, &clerk, &path, "join.3", &[]).await;
    press(&world, &clerk, &path, "add", &[("added", "Cử người trực.")]).await;
    let page = world.get(&clerk, &path).await.text();
    assert!(page.contains("Đọc được 4 việc") && page.contains("Cử người trực."));
    let nobody = press(&world, &clerk, &path, "confirm", &[]).await;
    assert_eq!(nobody.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nobody.text().contains("DIR-007") && nobody.text().contains("Việc thứ 4"), "{}", nobody.text());
    let given = [("owner.4", "Bệnh viện Hải Âu"), ("kept.3", ""), ("day.4", "2026-12-01"), ("subject", "oxy")];
    let confirmed = press(&world, &clerk, &path, "confirm", &given).await;
    assert_eq!(confirmed.status, StatusCode::SEE_OTHER, "{}", confirmed.text());
    let page = world.get(&clerk, &path).await.text();
    assert!(page.contains("3 việc, đã giao 3 lượt") && page.contains("hạn 01/12/2026"), "{page}");
    assert!(page.contains("Không giao việc này khi xác nhận"));
}

/// DT01, DT13: what cannot be taken in is refused with the next step, and nothing of it is kept.
#[tokio::test]
async fn what_does_not_belong_here_stays_outside() {
    let world = World::new();
    let clerk = world.somebody(Role::Clerk, None);
    let secret = send(&world, &clerk, "/van-ban", &[("text", &format!("MẬT\n{ORDER}"))]).await;
    assert_eq!(secret.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(secret.text().contains("DIR-001"), "{}", secret.text());
    let party = "TỈNH ỦY AN GIANG\nSố 12-TB/TU\nĐẢNG CỘNG SẢN VIỆT NAM\nAn Giang, ngày 20 tháng 11 năm 2026\n\nTHÔNG BÁO\nKết luận\n\n\
        Giao Sở Y tế báo cáo trước ngày 30/11/2026.\n\nT/L BAN THƯỜNG VỤ\nCHÁNH VĂN PHÒNG\n\nLê Văn Gió\n";
    let refused = send(&world, &clerk, "/van-ban", &[("text", party)]).await;
    assert!(
        refused.text().contains("DIR-002") && refused.text().contains("Lê Văn Gió"),
        "what was pasted stays in the form"
    );
    let taken = send(&world, &clerk, "/van-ban", &[("text", party), ("party", "1")]).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER);
    let empty = send(&world, &clerk, "/van-ban", &[("text", " ")]).await;
    assert!(empty.text().contains("DIR-004"));
    let path = taken.location().to_owned();
    let gone = send(&world, &clerk, &format!("{path}/go"), &[("reason", "gửi nhầm nơi")]).await;
    assert_eq!(gone.status, StatusCode::SEE_OTHER);
    let page = world.get(&clerk, &path).await.text();
    assert!(page.contains("Đã gỡ khỏi sổ: gửi nhầm nơi"), "{page}");
}
