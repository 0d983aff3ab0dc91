//! What a person should look at (DT01, DT05): two letters in one text, days that contradict each other, a deadline in the past.

use letter::{Doubt, Letter};

const FIRST: &str = "SỞ Y TẾ LONG AN\nSố: 12/SYT-NVY\nV/v mượn chai oxy\n\nLong An, ngày 27 tháng 8 năm 2021\n\n\
    Kính gửi: Bệnh viện Đa khoa Hậu Nghĩa.\n\n- Gửi báo cáo về Sở Y tế trước ngày 30/8/2021.\n\n\
    Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nGIÁM ĐỐC\n\nLê Thị Dung\n";

const SECOND: &str = "SỞ Y TẾ LONG AN\nSố: 13/SYT-NVY\nV/v trả chai oxy\n\nLong An, ngày 28 tháng 8 năm 2021\n\n\
    Kính gửi: Bệnh viện dã chiến số 3.\n\n- Trả 50 chai oxy.\n\nNơi nhận:\n- Lưu: VT.\n\nGIÁM ĐỐC\n\nLê Thị Dung\n";

fn read(text: &str) -> Letter {
    letter::read(text).expect("no secret paper")
}

#[test]
fn one_letter_is_not_doubted() {
    let letter = read(FIRST);
    assert_eq!((letter.doubts, letter.second_letter), (Vec::new(), None));
}

#[test]
fn where_the_second_letter_begins_is_said_and_nothing_of_it_is_read() {
    let text = format!("{FIRST}\n{SECOND}");
    let letter = read(&text);
    assert_eq!(letter.doubts, [Doubt::SecondLetter]);
    let second = letter.second_letter.unwrap();
    assert!(text[second.start..].trim_start().starts_with("SỞ Y TẾ LONG AN\nSố: 13"), "{}", &text[second.start..]);
    assert_eq!(letter.tasks.len(), 1);
    assert_eq!(letter.signature.unwrap().name.unwrap().value, "Lê Thị Dung");
    assert_eq!(read(&text[second.start..]).number.unwrap().value.written, "13/SYT-NVY");
}

#[test]
fn a_stamp_of_another_day_contradicts_the_date_line() {
    let stamped = |stamp: &str| read(&format!("{FIRST}\n{stamp}")).doubts;
    assert_eq!(stamped("Ngày ký: 29/08/2021"), [Doubt::DatesDiffer]);
    assert_eq!(stamped("Thời gian ký: 08:15:22 29/08/2021"), [Doubt::DatesDiffer]);
    assert_eq!(stamped("Ngày ký: 27/08/2021"), []);
    assert_eq!(stamped("Quyết định này có hiệu lực kể từ ngày ký."), []);
}

#[test]
fn a_deadline_before_the_letter_is_doubted() {
    let late = FIRST.replace("30/8/2021", "20/8/2021");
    assert_eq!(read(&late).doubts, [Doubt::DeadlinePassed]);
    let never = FIRST.replace("30/8/2021", "30/2/2022");
    assert_eq!(read(&never).doubts, [Doubt::ImpossibleDate]);
}

/// One paragraph without end, many bodies in one, hundreds of pages of tasks: the time grows with the length, not with its
/// square. Unoptimised and on a busy machine.
#[test]
fn a_long_text_is_read_in_time() {
    let begun = std::time::Instant::now();
    let wall = |words: &str| read(&format!("Kính gửi: Sở Y tế.\n\n{}", words.repeat(3_000)));
    wall("Rà soát oxy trước ngày 15/9/2021 theo Công văn số 12/SYT-NVY. ");
    wall("Luật Dược và Luật Khám bệnh do Giám đốc chịu trách nhiệm, điện thoại 0900 000 117 ");
    assert_eq!(wall("Giao Sở Y tế lập kế hoạch; Sở Tài chính bố trí 15 tỷ đồng. ").tasks.len(), 6_000);
    let tasks =
        "- Chủ trì rà soát oxy theo Quyết định số 4308/QĐ-BYT; báo cáo Ủy ban nhân dân tỉnh trước ngày 15/9/2021.\n\n";
    let long = format!("QUYẾT ĐỊNH\nPhê duyệt đề án oxy\n\nCăn cứ luật.\n\n1. Sở Y tế\n\n{}", tasks.repeat(1_500));
    assert_eq!(read(&long).tasks.len(), 1_500);
    assert!(begun.elapsed() < std::time::Duration::from_secs(60), "{:?}", begun.elapsed());
}
