//! Whatever the text: no panic, every place inside it, normalising twice is normalising once.

use letter::{Found, Letter, Missing, Place, Refusal, Secrecy, Text, Urgency};
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

const LETTERS: [&str; 5] = [
    include_str!("letters/7559-BYT-TB-CT.txt"),
    include_str!("letters/3183-SYT-KHTC.txt"),
    include_str!("letters/lai-chau-SYT-NVY.txt"),
    include_str!("letters/148-UBND-KGVX.txt"),
    include_str!("letters/thuong-truc-tinh-uy-23-02-2022.txt"),
];

/// Pieces that the readers look for, mixed with anything.
fn any_text() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "\n",
        "\n\n",
        " ",
        "Kính gửi:",
        "- ",
        "1. ",
        "3.1. ",
        "(1)",
        "(2)",
        "Số: ",
        "/SYT-NVY",
        "12/2021/",
        "632-TB/TU",
        "ngày ",
        "tháng ",
        "năm 2021",
        "trước ngày 15/9",
        "30/2/2021",
        "chậm nhất",
        "trong vòng 5 ngày",
        "Nơi nhận:",
        "- Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN",
        "GIÁM ĐỐC",
        "Bùi Tiến Thanh",
        "V/v ",
        "Sở Y tế",
        "UBND",
        "Riêng ",
        "cần ",
        "Chỉ đạo ",
        "phối hợp với ",
        "Đồng chí ",
        "tập trung chỉ đạo",
        "gửi kèm)",
        "(Thông báo ",
        "99,5%",
        "gần ",
        "./.",
        "THÔNG BÁO",
        "Sau đây gọi là ",
        ")",
        "hằng ngày trước 16 giờ",
        "**",
        "\u{a0}",
        "\u{301}",
        "Ð",
        "–",
        "\r",
        "uỷ",
        "hoả tốc",
        "İ",
        "ß",
        "한",
        "\u{1112}\u{1161}",
        "0",
        "2",
        ";",
        ".",
        ":",
        "yêu cầu ",
        "báo cáo về ",
        "\t",
        "     ",
        "a) ",
        "II. ",
        "Điều 2. ",
        "Giao ",
        "ông Lê Văn A ",
        "Luật Dược ngày 06/4/2016",
        "điện thoại 0900 000 117",
        "tối thiểu 02 bình",
        "12,5 tấn/ngày",
        "hằng tháng",
        "trước ngày 25 ",
        "trong quý IV/",
        "thứ Năm",
        "CÔNG ĐIỆN",
        " điện:",
        "KẾ HOẠCH",
        "TT\tNội dung\tChủ trì\tThời hạn\n",
        "chịu trách nhiệm ",
        "Số: 3 1 5 /",
        "ngày 1 8 tháng 11 năm 2 0 2 1",
        "Ngày ký: ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Kinh gửi: ",
        "Noi nhận:",
        "Sô: l47/PYT",
        "l5/9/2O21",
        "ngay 05 thang 9 nam 2021",
        " | ",
        "|\n",
        "Ký bởi: SỞ Y TẾ\n",
        "Thời gian ký: 05.08.2022 14:31:05 +07:00\n",
        "(Đã ký)",
        "K/T ",
        "TUQ. ",
        "BS.CKII. ",
        "- Như trên; - Lưu: VT. | KT. BỘ TRƯỞNG THỨ TRƯỞNG Trần Viết Thuận",
        " và ngày 15 tháng 12 hằng năm",
        "thứ Sáu hằng tuần",
        "a. ",
        "2.1- ",
        "Về kinh phí: Giao Sở Tài chính ",
        "Thống nhất chủ trương. Giao ",
        "QLCL&CĐT",
        "/EVN SPC-KD",
        "(thuộc Sở) ",
        "không ít hơn 10 ngày",
    ]);
    let piece = prop_oneof![6 => words.prop_map(str::to_owned), 1 => any::<String>()];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// A real letter, cut and with something in between.
fn hurt_letter() -> impl Strategy<Value = String> {
    (0..LETTERS.len(), any::<prop::sample::Index>(), any::<prop::sample::Index>(), any_text()).prop_map(
        |(which, one, other, between)| {
            let letters: Vec<char> = LETTERS[which].chars().collect();
            let (one, other) = (one.index(letters.len()), other.index(letters.len()));
            let head: String = letters[..one.min(other)].iter().collect();
            let tail: String = letters[one.max(other)..].iter().collect();
            format!("{head}{between}{tail}")
        },
    )
}

fn places(letter: &Letter) -> Vec<Place> {
    fn of<T>(found: &Option<Found<T>>) -> Option<Place> {
        found.as_ref().map(|found| found.place)
    }
    fn all<T>(found: &[Found<T>]) -> impl Iterator<Item = Place> {
        found.iter().map(|found| found.place)
    }
    let mut places: Vec<Place> = [
        of(&letter.family),
        of(&letter.issuer),
        of(&letter.parent_body),
        of(&letter.number),
        of(&letter.date),
        of(&letter.place),
        of(&letter.kind),
        of(&letter.subject),
        of(&letter.urgency),
        of(&letter.report_to),
        of(&letter.recipients.alias),
        of(&letter.copies.archive),
    ]
    .into_iter()
    .flatten()
    .collect();
    places.extend(all(&letter.recipients.to).chain(all(&letter.references)).chain(all(&letter.goals)));
    places.extend(
        all(&letter.laws).chain(all(&letter.amounts)).chain(all(&letter.contacts)).chain(all(&letter.accountable)),
    );
    places.extend(letter.second_letter);
    places.extend(all(&letter.figures).chain(all(&letter.attachments)).chain(all(&letter.copies.items)));
    for signature in &letter.cosigners {
        places.extend(all(&signature.authority).chain(of(&signature.post)).chain(of(&signature.name)));
    }
    for task in &letter.tasks {
        places.extend(of(&task.submit_to));
        places.push(task.text.place);
        places.extend(of(&task.owner).into_iter().chain(of(&task.report_to)));
        places.extend(all(&task.subtasks).chain(all(&task.executors)).chain(all(&task.partners)));
        places.extend(all(&task.accountable).chain(all(&task.officers)).chain(all(&task.deadlines)));
        places.extend(all(&task.haste));
    }
    if let Some(signature) = &letter.signature {
        places.extend(all(&signature.authority).chain(of(&signature.post)).chain(of(&signature.name)));
    }
    places
}

/// Letters and digits without marks, in small letters; what a scan confuses is one.
fn bare(text: &str) -> String {
    let apart = text.nfd().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase);
    let apart = apart.flat_map(|letter| letter.nfd());
    apart
        .filter(|letter| letter.is_alphanumeric())
        .map(|letter| match letter {
            'đ' | 'ð' => 'd',
            'l' => '1',
            'o' => '0',
            other => other,
        })
        .collect()
}

/// Whether all letters of a value stand in its place in their order; a page number may stand between them.
fn stands(value: &str, place: &str) -> bool {
    let place = bare(place);
    let mut left = place.chars();
    bare(value).chars().all(|letter| left.any(|other| other == letter))
}

/// What is quoted from the text: values and their places.
fn quoted(letter: &Letter) -> Vec<(&str, Place)> {
    fn one(found: &Found<String>) -> (&str, Place) {
        (found.value.as_str(), found.place)
    }
    let head = [&letter.place, &letter.report_to, &letter.recipients.alias, &letter.copies.archive];
    let mut found: Vec<(&str, Place)> = head.into_iter().flatten().map(one).collect();
    found.extend(letter.recipients.to.iter().chain(&letter.goals).chain(&letter.accountable).map(one));
    found.extend(letter.number.iter().map(|number| (number.value.written.as_str(), number.place)));
    found.extend(letter.references.iter().map(|other| (other.value.number.written.as_str(), other.place)));
    found.extend(letter.figures.iter().map(|figure| (figure.value.written.as_str(), figure.place)));
    found.extend(letter.amounts.iter().map(|amount| (amount.value.written.as_str(), amount.place)));
    found.extend(letter.contacts.iter().map(|contact| (contact.value.phone.as_str(), contact.place)));
    found.extend(letter.copies.items.iter().map(|copy| (copy.value.to.as_str(), copy.place)));
    for signature in letter.signature.iter().chain(&letter.cosigners) {
        found.extend(signature.authority.iter().chain(&signature.post).chain(&signature.name).map(one));
    }
    for task in &letter.tasks {
        found.push(one(&task.text));
        let parts = [&task.subtasks, &task.executors, &task.partners, &task.accountable, &task.haste];
        found.extend(parts.into_iter().flatten().chain(&task.report_to).chain(&task.submit_to).map(one));
        found.extend(task.officers.iter().map(|officer| (officer.value.name.as_str(), officer.place)));
    }
    found
}

fn check(text: &str) -> Result<(), TestCaseError> {
    let once = Text::new(text);
    let twice = Text::new(once.normal());
    prop_assert_eq!(twice.normal(), once.normal());
    if let Ok(letter) = letter::read(text) {
        for place in places(&letter) {
            prop_assert!(text.get(place.start..place.end).is_some(), "{place:?} of {} bytes", text.len());
            prop_assert!(place.start < place.end, "nothing stands at {place:?}");
        }
        for (value, place) in quoted(&letter) {
            let printed = &text[place.start..place.end];
            prop_assert!(stands(value, printed), "{value:?} is not in {printed:?}");
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in any_text()) {
        check(&text)?;
    }

    #[test]
    fn a_hurt_letter_is_read_or_refused(text in hurt_letter()) {
        check(&text)?;
    }

    /// What was cut off is missing and not made up.
    #[test]
    fn a_letter_without_its_end_has_no_signer(which in 0..LETTERS.len()) {
        let text = LETTERS[which];
        let end = text.find("Nơi nhận").unwrap();
        let letter = letter::read(&text[..end]).unwrap();
        prop_assert!(letter.signature.is_none());
        prop_assert!(letter.missing.contains(&Missing::Signer) && letter.missing.contains(&Missing::Copies));
    }
}

#[test]
fn secret_papers_are_refused_and_common_words_are_not() {
    let secret =
        |mark: &str| letter::read(&format!("UBND TỈNH X\n{mark}\nSố: 1/UBND-NC\n\nKính gửi: Sở Y tế.\n\nNội dung."));
    assert_eq!(secret("MẬT"), Err(Refusal::Secret(Secrecy::Secret)));
    assert_eq!(secret("TỐI MẬT"), Err(Refusal::Secret(Secrecy::Top)));
    assert_eq!(secret("TUYỆT MẬT"), Err(Refusal::Secret(Secrecy::Absolute)));
    assert_eq!(secret("Độ mật: Mật"), Err(Refusal::Secret(Secrecy::Secret)));
    assert_eq!(letter::read(" \n\t\n"), Err(Refusal::Empty));
    let urgent = secret("HOẢ TỐC").unwrap();
    assert_eq!(urgent.urgency.unwrap().value, Urgency::Immediate);
    assert!(secret("V/v bảo vệ bí mật nhà nước").is_ok());
}

/// Input that contradicts itself is read, and said to do so; nothing is corrected in silence.
#[test]
fn what_contradicts_itself_is_said() {
    let doubts = |head: &str, body: &str| {
        let text = format!("Số: 12/SYT-NVY\nV/v oxy\n\n{head}\n\nKính gửi: Sở Y tế.\n\n{body}");
        letter::read(&text).unwrap().doubts
    };
    let day = "An Giang, ngày 10 tháng 9 năm 2021";
    assert_eq!(doubts(day, "- Báo cáo trước ngày 15/9/2021./."), []);
    assert_eq!(doubts(day, "- Báo cáo trước ngày 15/8/2021./."), [letter::Doubt::DeadlinePassed]);
    assert_eq!(doubts(day, "- Báo cáo trước ngày 30/2/2022./."), [letter::Doubt::ImpossibleDate]);
    let two = format!("{day}\nAn Giang, ngày 11 tháng 9 năm 2021");
    assert_eq!(doubts(&two, "- Báo cáo./."), [letter::Doubt::DatesDiffer]);
    let second = doubts(day, "- Báo cáo./.\n\nSố: 13/SYT-NVY\n\nKính gửi: Sở Tài chính.\n\n- Cấp kinh phí./.");
    assert_eq!(second, [letter::Doubt::SecondLetter]);
}

/// A plan: a rule of hyphens under the letterhead, titles in capitals, no addressees.
#[test]
fn a_plan_without_addressees_is_read() {
    let plan = "BỘ Y TẾ\n-------\nSố: 99/KH-BYT\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\
        Hà Nội, ngày 01 tháng 3 năm 2026\n\nKẾ HOẠCH\nBảo đảm oxy y tế năm 2026\n\n\
        Thực hiện Chỉ thị số 05/CT-TTg ngày 02/02/2026 của Thủ tướng Chính phủ, Bộ Y tế ban hành kế hoạch như sau:\n\
        I. MỤC TIÊU\n- 100% bệnh viện có phương án.\nII. TỔ CHỨC THỰC HIỆN\n\
        1. Cục Quản lý Khám, chữa bệnh: Chủ trì, phối hợp với các đơn vị; báo cáo trước ngày 15/4/2026./.";
    let letter = letter::read(plan).unwrap();
    assert_eq!(letter.number.unwrap().value.written, "99/KH-BYT");
    assert_eq!(letter.kind.unwrap().value, "Kế hoạch");
    assert_eq!(letter.subject.unwrap().value, "Bảo đảm oxy y tế năm 2026");
    assert_eq!(letter.references[0].value.issuer.as_deref(), Some("Thủ tướng Chính phủ"));
    let owners: Vec<_> = letter.tasks.iter().map(|task| task.owner.as_ref().unwrap().value.as_str()).collect();
    assert_eq!(owners, ["Cục Quản lý Khám, chữa bệnh"]);
}
