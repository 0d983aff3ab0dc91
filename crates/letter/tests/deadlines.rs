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

/// DT05: what recurs keeps its day and its hour.
#[test]
fn a_recurring_deadline_keeps_its_day() {
    let recurs = |every, on, clock: Option<(i8, i8)>| {
        [Deadline::Periodic { every, on, clock: clock.map(|(hour, minute)| Clock { hour, minute }) }]
    };
    assert_eq!(deadlines("trước ngày 25 hằng tháng"), recurs(Every::Month, Some(On::Day(25)), None));
    assert_eq!(deadlines("hằng tháng, trước ngày 05"), recurs(Every::Month, Some(On::Day(5)), None));
    assert_eq!(deadlines("trước 15 giờ thứ Năm hằng tuần"), recurs(Every::Week, Some(On::Weekday(5)), Some((15, 0))));
    assert_eq!(
        deadlines("trước ngày 15/12 hằng năm"),
        recurs(Every::Year, Some(On::Date { month: 12, day: 15 }), None)
    );
    assert_eq!(deadlines("trước ngày 05 của tháng đầu mỗi quý"), recurs(Every::Quarter, Some(On::Day(5)), None));
    assert_eq!(deadlines("trước 7 giờ và trước 16 giờ hằng ngày").len(), 2);
    assert_eq!(deadlines("số liệu hằng quý"), recurs(Every::Quarter, None, None));
}

#[test]
fn a_period_ends_with_its_last_day() {
    let overdue = |words: &str| deadlines(words)[0].overdue_from().map(|moment| moment.to_string());
    assert_eq!(overdue("trong quý I/2022").as_deref(), Some("2022-04-01T00:00:00"));
    assert_eq!(overdue("trong tháng 2 năm 2024").as_deref(), Some("2024-03-01T00:00:00"));
    assert_eq!(overdue("trong tháng 12").as_deref(), Some("2022-01-01T00:00:00"), "the year of the letter");
    assert_eq!(deadlines("trong tháng 13/2022"), []);
}

/// The letter is of 10/12/2021.
#[test]
fn a_day_without_its_month_is_the_next_one() {
    let overdue = |words: &str| deadlines(words)[0].overdue_from().map(|moment| moment.to_string());
    assert_eq!(overdue("trước ngày 25").as_deref(), Some("2021-12-25T00:00:00"));
    assert_eq!(overdue("trước ngày 05").as_deref(), Some("2022-01-05T00:00:00"));
    assert_eq!(deadlines("trước ngày 31 làm việc"), []);
}

#[test]
fn hours_count_from_every_case_and_have_no_day() {
    let hours = deadlines("trong vòng 24 giờ kể từ khi phát hiện");
    assert_eq!(hours, [Deadline::Hours { hours: 24 }]);
    assert_eq!(hours[0].overdue_from(), None);
    assert_eq!(deadlines("trong thời hạn 05 ngày làm việc"), [Deadline::Relative { days: 5, working: true }]);
}

#[test]
fn a_day_with_another_word_is_a_deadline_too() {
    let word = |words: &str| match deadlines(words)[..] {
        [Deadline::Absolute { word, .. }] => Some(word),
        _ => None,
    };
    assert_eq!(word("xong trong ngày 20/12/2021"), Some(Word::Latest));
    assert_eq!(word("hoàn thành ngày 20/12/2021"), Some(Word::Latest));
    assert_eq!(word("chậm nhất trong ngày 20/12/2021"), Some(Word::Latest));
    assert_eq!(word("từ ngày 29/12 đến hết ngày 31/12/2021"), None);
    assert_eq!(word("có hiệu lực từ ngày 01/01/2022"), None);
}
