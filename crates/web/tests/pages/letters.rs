//! Letters on their pages: read, looked at beside their tasks, corrected and given out (DT01, DT03, DT05).

use axum::http::StatusCode;
use desk::letters::directive::DirectiveId;
use desk::letters::intake::Incoming;
use desk::operations::letters::take_in::TakeIn;
use desk::rights::Role;

use crate::world::{Answer, Browser, World, apart, device_key, send};

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
    let version = |page: &str| {
        page.split("name=\"version\" value=\"").nth(1).map(|rest| rest.split('"').next().map(str::to_owned))
    };
    let nobody = press(&world, &clerk, &path, "confirm", &[("subject", "oxy mùa bão")]).await;
    assert_eq!(nobody.status, StatusCode::UNPROCESSABLE_ENTITY);
    let kept = world.get(&clerk, &path).await.text();
    assert_eq!(
        version(&nobody.text()),
        version(&kept),
        "what is refused leaves nothing behind: it can be pressed again"
    );
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

/// DT02, DT05, DT13: from the tasks of a confirmed letter to the report up, the reminder and the letter down.
#[tokio::test]
async fn a_letter_is_answered_from_its_tasks() {
    let world = World::new();
    world.hospital("Bệnh viện Hải Âu");
    let clerk = world.somebody(Role::Clerk, None);
    let duty = world.somebody(Role::DutyOfficer, None);
    let path = format!("/van-ban/{}", taken_in(&world, &ORDER.replace("25/11/2026", "21/11/2026")));
    let none = send(&world, &duty, &format!("{path}/soan"), &[("kind", "reminder")]).await;
    assert!(none.status == StatusCode::UNPROCESSABLE_ENTITY && none.text().contains("OUT-001"), "{}", none.text());
    press(&world, &clerk, &path, "confirm", &[]).await;
    let page = world.get(&clerk, &path).await.text();
    assert!(!page.contains(&format!("{path}/soan")), "who does not draft is offered no drafting");
    let page = world.get(&duty, &path).await.text();
    assert!(page.contains("1 quá hạn") && page.contains("Soạn báo cáo kết quả thực hiện"), "{page}");
    for (kind, says) in [
        ("implementation", ["812/SYT-NVY", "Kiểm tra bồn oxy lỏng"]),
        ("reminder", ["đôn đốc", "Bệnh viện Hải Âu"]),
        ("child", ["812/SYT-NVY", "Lập danh sách chai oxy"]),
    ] {
        let drafted = send(&world, &duty, &format!("{path}/soan"), &[("kind", kind)]).await;
        assert_eq!(drafted.status, StatusCode::SEE_OTHER, "{kind}: {}", drafted.text());
        let paper = drafted.location().trim_end_matches("/sua").to_owned();
        let text = world.get(&duty, &format!("{paper}/sua")).await.text();
        for words in says {
            assert!(text.to_lowercase().contains(&words.to_lowercase()), "{kind}: «{words}» in {text}");
        }
        let file = world.get(&duty, &format!("{paper}/tai/docx")).await;
        assert!(file.status == StatusCode::OK && file.bytes.starts_with(b"PK"), "{kind}");
        assert!(world.get(&duty, &path).await.text().contains(&paper), "the letter leads to what was written");
    }
    let strange = send(&world, &duty, &format!("{path}/soan"), &[("kind", "poem")]).await;
    assert_eq!(strange.status, StatusCode::BAD_REQUEST);
}

/// A letter of the mission and what its page must say of it.
struct Known {
    text: &'static str,
    says: &'static [&'static str],
    tasks: usize,
}

macro_rules! letter {
    ($name:literal, $tasks:literal, $says:expr) => {
        Known { text: include_str!(concat!("../../../letter/tests/letters/", $name)), says: &$says, tasks: $tasks }
    };
}

const FIVE: [Known; 5] = [
    letter!(
        "7559-BYT-TB-CT.txt",
        3,
        [
            "Bộ Y tế",
            "7559/BYT-TB-CT",
            "11/09/2021",
            "thực hiện đề án Tăng cường khả năng cung ứng, sử dụng Oxy y tế",
            "Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương",
            "4308/QĐ-BYT (07/09/2021)",
            "6976/BYT-TB-CT (24/08/2021)",
            "7138/BYT-TB-CT (27/08/2021)",
            "Hạn trong văn bản: trước ngày 15/9/2021",
        ]
    ),
    letter!(
        "3183-SYT-KHTC.txt",
        5,
        [
            "Sở Y tế tỉnh Kiên Giang",
            "3183/SYT-KHTC",
            "13/09/2022",
            "4795/BYT-TB-CT (05/09/2022)",
            "3109/SYT-KHTC (06/09/2022)",
            "GIÁM ĐỐC Hà Văn Phúc",
            "Được giao việc nhưng không có ở phần «Kính gửi»",
        ]
    ),
    letter!(
        "lai-chau-SYT-NVY.txt",
        11,
        [
            "Sở Y tế tỉnh Lai Châu",
            "chưa có số",
            "tháng 11 năm 2021",
            "285/TB-VPCP (27/10/2021)",
            "3525/UBND-VX (29/10/2021)",
            "GIÁM ĐỐC Bùi Tiến Thanh",
            "Chưa có ngày, cần đối chiếu bản phát hành",
        ]
    ),
    letter!(
        "148-UBND-KGVX.txt",
        13,
        [
            "Ủy ban nhân dân thành phố Hà Nội",
            "148/UBND-KGVX",
            "14/01/2022",
            "632-TB/TU (07/01/2022)",
            "PHÓ CHỦ TỊCH Chủ Xuân Dũng",
            "Họ người ký có thể sai chính tả",
            "Sở Thông tin và Truyền thông",
        ]
    ),
    letter!(
        "thuong-truc-tinh-uy-23-02-2022.txt",
        11,
        ["Thường trực Tỉnh ủy", "ngày 23 tháng 2 năm 2022", "PHÓ CHÁNH VĂN PHÒNG Nguyễn Thành Hưng", "Vũ Việt Văn",]
    ),
];

/// DT01–DT03, DT13: the five letters as the page shows them, pasted and as a file.
#[tokio::test]
async fn the_five_letters_are_shown_as_they_are_read() {
    for known in FIVE {
        let world = World::new();
        let clerk = world.somebody(Role::Clerk, None);
        let key = device_key();
        let fields = [("csrf", clerk.csrf.as_str()), ("key", key.as_str()), ("party", "1")];
        let taken = world.post_file(&clerk, "/van-ban/tep", &fields, "cong-van.txt", known.text.as_bytes()).await;
        assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.text());
        let path = taken.location().to_owned();
        let page = world.get(&clerk, &path).await.text();
        let page = unescape(&page).split_whitespace().collect::<Vec<_>>().join(" ");
        for words in known.says {
            assert!(page.contains(words), "«{words}» of {}: {page}", known.says[1]);
        }
        assert!(page.contains(&format!("Đọc được {} việc", known.tasks)), "tasks of {}", known.says[1]);
        let file = world.get(&clerk, &format!("{path}/tep")).await;
        assert_eq!(file.bytes, known.text.as_bytes(), "the file comes back as it came");
        let again = send(&world, &clerk, "/van-ban", &[("text", known.text), ("party", "1")]).await;
        assert!(again.text().contains("DIR-003"), "pasted it is the same letter");
    }
}

/// DT01: a file that is no letter is refused with its own code and advice, and nothing is kept.
#[tokio::test]
async fn a_file_that_cannot_be_read_is_refused() {
    let world = World::new();
    let clerk = world.somebody(Role::Clerk, None);
    let send = async |name: &str, bytes: &[u8]| {
        let key = device_key();
        let fields = [("csrf", clerk.csrf.as_str()), ("key", key.as_str())];
        world.post_file(&clerk, "/van-ban/tep", &fields, name, bytes).await
    };
    let old_word = [&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1][..], &[0; 600]].concat();
    for (name, bytes) in
        [("cv.doc", old_word.as_slice()), ("anh.jpg", &[0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]), ("rong.docx", b"")]
    {
        let refused = send(name, bytes).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        assert!(refused.text().contains("DOC-0"), "{name}: {}", refused.text());
    }
    assert!(world.get(&clerk, "/van-ban").await.text().contains("Không có văn bản nào chờ xác nhận"));
}
