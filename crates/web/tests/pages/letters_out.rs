//! Letters on their pages: written with what they lack beside them, edited, submitted, signed, listed (DT13, OX03).

use axum::http::StatusCode;
use desk::rights::Role;

use crate::world::{Browser, World, hidden, send};

const PATH: &str = "/chi-dao/van-ban-di";
const BODY: &str = "Thực hiện Công văn số 7559/BYT-TB-CT, Sở Y tế đề nghị:\n# 1. Dự trữ\n- Bảo đảm <7> ngày;\n\
                    | TT | Việc |\n| 1 | Rà soát bồn |\nSở Y tế trân trọng đề nghị";

/// A letter that lacks nothing, as drafted by somebody: the id of its page.
pub async fn drafted(world: &World, duty: &Browser) -> String {
    let fields =
        [("kind", "letter"), ("unit", "NVY"), ("subject", "dự trữ oxy"), ("recipients", "Bộ Y tế"), ("body", BODY)];
    let answer = send(world, duty, PATH, &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    answer.location().trim_start_matches("/chi-dao/bao-cao/").split('?').next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn what_a_letter_lacks_is_told_while_it_is_written() {
    let world = World::new();
    let duty = world.somebody(Role::DutyOfficer, None);
    let page = world.get(&duty, PATH).await.text();
    assert!(page.contains("Còn thiếu 3 phần") && page.contains("hx-post=\"/chi-dao/van-ban-di/kiem\""), "{page}");
    let half = [("kind", "plan"), ("unit", "NVY"), ("subject", "oxy quý I"), ("body", "Trước ngày ... tháng 12")];
    let told = send(&world, &duty, &format!("{PATH}/kiem"), &half).await.text();
    assert!(!told.contains("<html") && told.contains("Còn thiếu 1 phần"), "{told}");
    assert!(told.contains("Còn chỗ bỏ trống: «Trước ngày ... tháng 12»") && told.contains("KH-SYT"), "{told}");
    let whole = [("kind", "plan"), ("subject", "oxy"), ("body", BODY), ("copies", "Lãnh đạo Sở"), ("archive", "VT")];
    let told = send(&world, &duty, &format!("{PATH}/kiem"), &whole).await.text();
    assert!(told.contains("Đủ phần để trình ký") && told.contains("Không thấy phần nào thiếu"), "{told}");
    let list = world.get(&duty, "/chi-dao/bao-cao").await.text();
    assert!(list.contains("Chưa có dự thảo nào") || !list.contains("dự trữ oxy"), "nothing was kept: {list}");
}

#[tokio::test]
async fn a_letter_is_written_edited_signed_and_revised_like_any_paper() {
    let world = World::new();
    let duty = world.somebody(Role::DutyOfficer, None);
    let leader = world.somebody(Role::Leader, None);
    let id = drafted(&world, &duty).await;
    let path = format!("/chi-dao/bao-cao/{id}");
    let page = world.get(&duty, &path).await.text();
    assert!(page.contains("Công văn: dự trữ oxy") && page.contains("Bảo đảm &#60;7&#62; ngày"), "{page}");
    assert!(page.contains("Kính gửi: Bộ Y tế.") && page.contains("Rà soát bồn") && page.contains("Sửa văn bản"));

    let form = world.get(&duty, &format!("{path}/sua")).await.text();
    assert!(form.contains("# 1. Dự trữ\n- Bảo đảm &#60;7&#62; ngày;\n|=\n| TT | Việc |"), "{form}");
    let seen = hidden(&form, "seen");
    let edited = BODY.replace("ngày;", "ngày … ;");
    let edit = |seen: &str, body: &str| {
        vec![
            ("seen".to_owned(), seen.to_owned()),
            ("paper".to_owned(), id.clone()),
            ("body".to_owned(), body.to_owned()),
        ]
    };
    let sent = async |fields: &[(String, String)]| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        send(&world, &duty, &format!("{path}/sua"), &fields).await
    };
    assert_eq!(sent(&edit(&seen, &format!("{edited}……"))).await.status, StatusCode::SEE_OTHER);
    let refused = sent(&edit(&seen, "khác")).await;
    assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.text().contains("OUT-008"));
    assert!(refused.text().contains("khác"), "what was typed is not lost");
    // Something is still open: it does not go to the leader.
    let refused = send(&world, &duty, &format!("{path}/trinh"), &[]).await;
    assert!(
        refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.text().contains("OUT-006"),
        "{}",
        refused.text()
    );
    let seen = hidden(&world.get(&duty, &format!("{path}/sua")).await.text(), "seen");
    assert_eq!(sent(&edit(&seen, BODY)).await.status, StatusCode::SEE_OTHER);
    assert_eq!(send(&world, &duty, &format!("{path}/trinh"), &[]).await.status, StatusCode::SEE_OTHER);
    assert!(!world.get(&duty, &path).await.text().contains("/sua"), "what is submitted is not edited");

    let signers = world.get(&duty, "/chi-dao/nguoi-ky").await.text();
    let before = signers.split(">Người leader</option>").next().unwrap();
    let account = before.rsplit("<option value=\"").next().unwrap().split('"').next().unwrap().to_owned();
    send(&world, &duty, "/chi-dao/nguoi-ky", &[("account", &account), ("signs_as", "deputy")]).await;
    let seen = hidden(&world.get(&leader, &path).await.text(), "seen");
    let signed = send(&world, &leader, &format!("{path}/ky"), &[("seen", &seen)]).await;
    assert_eq!(signed.status, StatusCode::SEE_OTHER, "{}", signed.text());
    let register = world.get(&duty, "/chi-dao/so-van-ban").await.text();
    assert!(register.contains("01/SYT-NVY") && register.contains("dự trữ oxy"), "{register}");
    for (format, begins) in [("docx", &b"PK"[..]), ("pdf", b"%PDF")] {
        let file = world.get(&duty, &format!("{path}/tai/{format}")).await;
        assert!(file.status == StatusCode::OK && file.bytes.starts_with(begins), "{format}");
    }
    assert_eq!(world.get(&duty, &format!("{path}/tai/xlsx")).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    send(&world, &duty, &format!("{path}/lan-sau"), &[("reason", "sót một nơi nhận")]).await;
    let page = world.get(&duty, &path).await.text();
    assert!(page.contains("lần 2, thay thế Công văn số 01/SYT-NVY") && page.contains("Sửa văn bản"), "{page}");
}

/// A report made of figures has no text to edit, and a letter without a kind is not kept.
#[tokio::test]
async fn what_is_no_letter_is_told_so() {
    let world = World::new();
    let duty = world.somebody(Role::DutyOfficer, None);
    let report = send(&world, &duty, "/chi-dao/bao-cao/soan", &[("kind", "ministry")]).await;
    let path = report.location().split('?').next().unwrap().to_owned();
    assert_eq!(world.get(&duty, &format!("{path}/sua")).await.status, StatusCode::NOT_FOUND);
    assert!(!world.get(&duty, &path).await.text().contains("/sua"));
    let odd = [("kind", "letter"), ("unit", "N<V>Y"), ("subject", "x"), ("body", "y")];
    let refused = send(&world, &duty, PATH, &odd).await;
    assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.text().contains("OUT-009"));
    assert!(refused.text().contains("N&#60;V&#62;Y"), "what was typed stays");
    let none = send(&world, &duty, "/chi-dao/bao-cao/soan", &[("kind", "letter")]).await;
    assert_eq!(none.status, StatusCode::BAD_REQUEST, "{}", none.text());
}
