//! Deadlines keep their word (DT05), and what only sounds like one is none.

use letter::{Clock, Deadline, Every, On, Word};

/// One task of one paragraph.
fn deadlines(words: &str) -> Vec<Deadline> {
    let text =
        format!("Số: 5/SYT-NVY\nKiên Giang, ngày 10 tháng 12 năm 2021\nKính gửi: Bệnh viện A.\n\n- Báo cáo {words}.");
    let letter = letter::read(&text).expect("no secret paper");
    letter.tasks.iter().flat_map(|task| &task.deadlines).map(|found| found.value).collect()
}

#[test]
fn a_deadline_keeps_its_word() {
    let overdue = |words: &str| deadlines(words)[0].overdue_from().map(|moment| moment.to_string());
    assert_eq!(overdue("trước ngày 15/12/2021").as_deref(), Some("2021-12-15T00:00:00"));
    assert_eq!(overdue("chậm nhất là ngày 15/12/2021").as_deref(), Some("2021-12-16T00:00:00"));
    assert_eq!(overdue("trước 17h00 ngày 15/12/2021").as_deref(), Some("2021-12-15T17:00:00"));
    assert_eq!(overdue("trước ngày 20/12").as_deref(), Some("2021-12-20T00:00:00"), "the year of the letter");
    assert_eq!(overdue("trước ngày 05/01").as_deref(), Some("2022-01-05T00:00:00"), "the next January");
    assert_eq!(deadlines("trong vòng 03 ngày làm việc"), [Deadline::Relative { days: 3, working: true }]);
    assert_eq!(deadlines("kể từ ngày 15/12/2021 đến hết ngày 20/12/2021"), []);
    assert_eq!(deadlines("trước ngày 30/2/2022"), [], "the calendar has no such day");
    assert_eq!(deadlines("khẩn trương, kịp thời"), [], "haste is no deadline");
}

#[test]
fn what_only_sounds_like_a_deadline_is_none() {
    let spans = "kể từ ngày 15/9/2021 đến hết ngày 30/9/2021, nhất là trước, trong và sau Tết";
    assert_eq!(deadlines(spans), []);
    let daily = deadlines("hằng ngày trước 16 giờ về Bộ Y tế");
    assert_eq!(daily, [Deadline::Periodic { every: Every::Day, on: None, clock: Some(Clock { hour: 16, minute: 0 }) }]);
}
