//! Papers that go out and what leads to them: a quarter's figures drafted, signed and opened to the public (PR06); a letter
//! that another one names, taken in with what is known of it (DT02); what was typed and refused (DT01).

use axum::http::StatusCode;
use desk::rights::Role;

use crate::letters::{ORDER, taken_in};
use crate::tasks::given;
use crate::world::{Browser, World, hidden, send};

const STATISTICS: &str = "/viec/don-vi";

/// Names somebody as head of the department, so that he may sign.
async fn may_sign(world: &World, duty: &Browser, shown: &str) {
    let signers = world.get(duty, "/chi-dao/nguoi-ky").await.text();
    let before = signers.split(&format!(">{shown}</option>")).next().expect("the account is listed");
    let account = before.rsplit("<option value=\"").next().and_then(|rest| rest.split('"').next()).unwrap_or_default();
    let named = send(world, duty, "/chi-dao/nguoi-ky", &[("account", account), ("signs_as", "head")]).await;
    assert_eq!(named.status, StatusCode::SEE_OTHER, "{}", named.text());
}

#[tokio::test]
async fn the_figures_of_a_quarter_are_signed_and_then_opened_to_the_public() {
    let world = World::new();
    let own = world.hospital("BV Hải Âu");
    given(&world, own);
    let (duty, leader) = (world.somebody(Role::DutyOfficer, None), world.somebody(Role::Leader, None));
    let nobody = Browser::default();
    let asked = format!("{STATISTICS}?ky=2026-Q4");
    let page = world.get(&duty, &asked).await.text();
    assert!(page.contains("Chưa soạn thông báo công bố") && page.contains("Soạn thông báo công bố"), "{page}");
    assert!(!world.get(&leader, &asked).await.text().contains("value=\"draft\""), "whoever signs does not draft");
    let drafted = send(&world, &duty, STATISTICS, &[("do", "draft"), ("ky", "2026-Q4")]).await;
    assert_eq!(drafted.status, StatusCode::SEE_OTHER, "{}", drafted.text());
    let paper = drafted.location().trim_end_matches("/sua").to_owned();
    let text = world.get(&duty, &paper).await.text();
    assert!(text.contains("Tình hình thực hiện nhiệm vụ được giao quý IV năm 2026"), "{text}");
    assert!(text.contains("Tổng số 1 nhiệm vụ giao 1 đơn vị") && text.contains("tạm tính"), "{text}");
    assert!(text.contains("Đã hoàn thành: Đúng hạn") && text.contains("BV Hải Âu"), "{text}");
    // One notice a quarter; what nobody has signed is not public.
    let again = send(&world, &duty, STATISTICS, &[("do", "draft"), ("ky", "2026-Q4")]).await;
    assert!(again.status == StatusCode::UNPROCESSABLE_ENTITY && again.text().contains("PUB-001"), "{}", again.text());
    assert!(world.get(&nobody, "/cong-bo").await.text().contains("Chưa có thông báo nào được công bố"));
    assert!(!world.get(&leader, &asked).await.text().contains("Cho công khai"));

    assert_eq!(send(&world, &duty, &format!("{paper}/trinh"), &[]).await.status, StatusCode::SEE_OTHER);
    may_sign(&world, &duty, "Người leader").await;
    let seen = hidden(&world.get(&leader, &paper).await.text(), "seen");
    let signed = send(&world, &leader, &format!("{paper}/ky"), &[("seen", &seen)]).await;
    assert_eq!(signed.status, StatusCode::SEE_OTHER, "{}", signed.text());
    assert!(world.get(&nobody, "/cong-bo").await.text().contains("Chưa có thông báo"), "signed is not public");

    let page = world.get(&leader, &asked).await.text();
    assert!(page.contains("01/TB-SYT") && page.contains("Cho công khai"), "{page}");
    let (publication, seen) = (hidden(&page, "publication"), hidden(&page, "seen"));
    let open = [("do", "publish"), ("ky", "2026-Q4"), ("publication", publication.as_str()), ("seen", seen.as_str())];
    assert_eq!(send(&world, &duty, STATISTICS, &open).await.status, StatusCode::FORBIDDEN);
    let unread = [open[0], open[1], open[2], ("seen", "00")];
    assert!(send(&world, &leader, STATISTICS, &unread).await.text().contains("PUB-004"));
    assert_eq!(send(&world, &leader, STATISTICS, &open).await.status, StatusCode::SEE_OTHER);
    let address = format!("/cong-bo/{publication}");
    let public = world.get(&nobody, &address).await.text();
    assert!(public.contains("Số 01/TB-SYT") && public.contains("BV Hải Âu"), "{public}");
    let word = world.get(&nobody, &format!("{address}/docx")).await;
    assert!(word.status == StatusCode::OK && word.bytes.starts_with(b"PK"));

    let back = [("do", "take-back"), ("ky", "2026-Q4"), ("publication", publication.as_str())];
    let unsaid = send(&world, &leader, STATISTICS, &back).await;
    assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY, "a reason is asked for");
    let said = [back[0], back[1], back[2], ("reason", "sai tên đơn vị")];
    assert_eq!(send(&world, &leader, STATISTICS, &said).await.status, StatusCode::SEE_OTHER);
    let gone = world.get(&nobody, &address).await.text();
    assert!(gone.contains("sai tên đơn vị") && !gone.contains("BV Hải Âu"), "{gone}");
    assert_eq!(world.get(&nobody, &format!("{address}/docx")).await.status, StatusCode::NOT_FOUND);
}

/// A letter that names a notice of the government, whose text has no number of its own.
const CHILD: &str = "UBND TỈNH AN GIANG\nSỞ Y TẾ\nSố: 830/SYT-NVY\nV/v triển khai bảo đảm oxy y tế\n\n\
    An Giang, ngày 21 tháng 11 năm 2026\n\nKính gửi: Bệnh viện Hải Âu.\n\n\
    Thực hiện Công văn số 5512/BYT-KCB ngày 18/11/2026 của Bộ Y tế, Sở Y tế yêu cầu:\n\
    1. Bệnh viện Hải Âu\n- Kiểm tra bồn oxy lỏng.\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n\nGIÁM ĐỐC\n\nTrần Văn Ớt\n";
const PARENT: &str = "BỘ Y TẾ\nSố:      /BYT-KCB\nV/v bảo đảm oxy y tế\n\nKính gửi: Sở Y tế các tỉnh.\n\n\
    Bộ Y tế đề nghị các Sở Y tế:\n- Rà soát dự trữ oxy.\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n\nCỤC TRƯỞNG\n\nLê Văn Sóng\n";

#[tokio::test]
async fn a_missing_parent_comes_in_with_what_is_known_of_it_and_is_linked_at_once() {
    let world = World::new();
    let child = taken_in(&world, CHILD);
    let clerk = world.somebody(Role::Clerk, None);
    let beside = format!("/van-ban/{child}/lien-quan");
    let page = world.get(&clerk, &beside).await.text();
    let door =
        page.split("href=\"/van-ban?").nth(1).and_then(|rest| rest.split('"').next()).expect("the way to the door");
    let door = format!("/van-ban?{}", door.replace("&#38;", "&").replace("&amp;", "&"));
    let address = door.split('#').next().unwrap_or_default();
    let form = world.get(&clerk, address).await.text();
    for known in ["name=\"so\" value=\"5512/BYT-KCB\"", "name=\"noi\" value=\"Bộ Y tế\"", "value=\"2026-11-18\""] {
        assert!(form.matches(known).count() >= 2 || known.starts_with("value"), "{known} in both forms: {form}");
        assert!(form.contains(known), "{known}: {form}");
    }
    let known = [("so", "5512/BYT-KCB"), ("noi", "Bộ Y tế"), ("ngay", "2026-11-18"), ("text", PARENT)];
    let taken = send(&world, &clerk, "/van-ban", &known).await;
    assert!(taken.location().ends_with("?xong=done-letter-parent-taken"), "{} {}", taken.location(), taken.text());
    let parent = world.get(&clerk, taken.location()).await.text();
    assert!(parent.contains("5512/BYT-KCB") && parent.contains("2026-11-18"), "{parent}");
    let page = world.get(&clerk, &beside).await.text();
    assert!(!page.contains("chưa có trong sổ"), "found before anybody confirms it: {page}");

    // Another letter than was looked for keeps its own number, and it is said.
    let known = [("so", "9999/BYT-KCB"), ("text", ORDER)];
    let other = send(&world, &clerk, "/van-ban", &known).await;
    assert!(other.location().ends_with("done-letter-parent-other"), "{}", other.location());
    let page = world.get(&clerk, other.location()).await.text();
    assert!(page.contains("812/SYT-NVY") && !page.contains("9999/BYT-KCB"), "{page}");
}

#[tokio::test]
async fn what_was_typed_of_a_letter_comes_back_with_the_refusal() {
    let world = World::new();
    let clerk = world.somebody(Role::Clerk, None);
    let path = format!("/van-ban/{}", taken_in(&world, ORDER));
    let typed = [
        ("do", "save"),
        ("version", "99"),
        ("count", "0"),
        ("issuer", "Sở Y tế"),
        ("number", "812b/SYT-NVY"),
        ("subject", "bảo đảm oxy <mùa bão>"),
    ];
    let refused = send(&world, &clerk, &path, &typed).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text());
    let page = refused.text();
    assert!(
        page.contains("value=\"812b/SYT-NVY\"") && page.contains("bảo đảm oxy &#60;mùa bão&#62;</textarea>"),
        "{page}"
    );
}

#[tokio::test]
async fn the_stamp_bears_the_name_of_whose_register_it_is() {
    let world = World::new();
    let (clerk, duty) = (world.somebody(Role::Clerk, None), world.somebody(Role::DutyOfficer, None));
    world.somebody(Role::Leader, None);
    let path = format!("/van-ban/{}", taken_in(&world, CHILD));
    let version = hidden(&world.get(&clerk, &path).await.text(), "version");
    let confirmed = send(&world, &clerk, &path, &[("do", "confirm"), ("version", &version)]).await;
    assert_eq!(confirmed.status, StatusCode::SEE_OTHER, "{}", confirmed.text());
    let office = async || {
        let stamp = world.get(&clerk, &format!("{path}/dau-den")).await.text();
        stamp.split("class=\"office\">").nth(1).and_then(|rest| rest.split('<').next()).unwrap_or_default().to_owned()
    };
    // Nobody has entered the department: the post's own name, and not that of a body that is not there.
    let before = office().await;
    assert!(before.contains("AN GIANG") && !before.contains("SỞ Y TẾ"), "{before}");
    may_sign(&world, &duty, "Người leader").await;
    assert_eq!(office().await, "SỞ Y TẾ");
}

/// A letter with a section of shortcomings.
const CRITICAL: &str = "UBND TỈNH AN GIANG\nSỞ Y TẾ\nSố: 845/SYT-NVY\nV/v chấn chỉnh công tác bảo đảm oxy\n\n\
    An Giang, ngày 21 tháng 11 năm 2026\n\nKính gửi: Bệnh viện Hải Âu.\n\n\
    1. Tồn tại, hạn chế\n- Chưa có bình oxy dự phòng tại <khoa> cấp cứu.\n- Sổ theo dõi oxy ghi chưa đầy đủ.\n\
    2. Yêu cầu\n- Bệnh viện Hải Âu bổ sung bình oxy dự phòng trước ngày 30/11/2026.\n\n\
    Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nGIÁM ĐỐC\n\nTrần Văn Ớt\n";

/// DT16: what a letter names is proposed word for word; it stands in the register only once a person saves it.
#[tokio::test]
async fn shortcomings_of_a_letter_are_proposed_and_listed_by_a_person() {
    let world = World::new();
    let duty = world.somebody(Role::DutyOfficer, None);
    let id = taken_in(&world, CRITICAL);
    let letter = world.get(&duty, &format!("/van-ban/{id}")).await.text();
    let address = format!("/chi-dao/khac-phuc?tu={id}");
    assert!(
        letter.contains("Đưa 2 tồn tại vào sổ khắc phục") && letter.contains(&format!("{address}#ghi")),
        "{letter}"
    );
    let page = world.get(&duty, &address).await.text();
    let proposed = "Chưa có bình oxy dự phòng tại &#60;khoa&#62; cấp cứu\nSổ theo dõi oxy ghi chưa đầy đủ</textarea>";
    assert!(page.contains(proposed) && page.contains("Đọc được 2 tồn tại"), "{page}");
    let of = format!("letter|{id}");
    assert!(page.contains(&format!("value=\"{of}\" selected")), "{page}");
    let register = world.get(&duty, "/chi-dao/khac-phuc").await.text();
    assert!(!register.contains("Sổ theo dõi oxy"), "nothing is listed by looking");
    let list = [("do", "list"), ("of", of.as_str()), ("text", "Sổ theo dõi oxy ghi chưa đầy đủ")];
    let listed = send(&world, &duty, "/chi-dao/khac-phuc", &list).await;
    assert_eq!(listed.status, StatusCode::SEE_OTHER, "{}", listed.text());
    let register = world.get(&duty, "/chi-dao/khac-phuc").await.text();
    assert!(register.contains("Sổ theo dõi oxy") && register.contains("845/SYT-NVY"), "{register}");
    assert!(
        world.get(&duty, &address).await.text().contains("Đọc được 1 tồn tại"),
        "what is listed is not proposed again"
    );
}
