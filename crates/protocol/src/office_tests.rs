//! The rules of an office: entry, proposals, reminders, receipts.

use jiff::civil::date;

use super::*;

/// DT05: the shipped rules can be read, say where they stand written, and that nobody confirmed them.
#[test]
fn the_shipped_rules_say_where_they_come_from() {
    let rules = OfficeRules::shipped().unwrap();
    assert!(rules.entry.source.contains("42/2014/QĐ-TTg") && rules.entry.unconfirmed);
    assert!(rules.proposed.unconfirmed && rules.reminders.unconfirmed && rules.obstacles.unconfirmed);
}

fn at(year: i16, month: i8, day: i8, hour: i64) -> Moment {
    Moment::start_of(date(year, month, day)) + Span::hours(hour)
}

/// DT05: «khẩn trương» proposes five working days, «hỏa tốc» one; a telegram two; without a word there are ten.
#[test]
fn words_of_haste_propose_working_days() {
    let (rules, calendar) = (OfficeRules::shipped().unwrap(), WorkingDays::shipped().unwrap());
    let friday = date(2026, 11, 20);
    assert_eq!(rules.propose(Some("Khẩn trương"), None, friday, &calendar), date(2026, 11, 27));
    assert_eq!(rules.propose(Some("HỎA TỐC"), Some("Công điện"), friday, &calendar), date(2026, 11, 23));
    assert_eq!(rules.propose(None, Some("Công điện"), friday, &calendar), date(2026, 11, 24));
    assert_eq!(rules.propose(None, None, friday, &calendar), date(2026, 12, 4));
}

/// DT05: what comes after closing or on a day off counts from the next working day; what is urgent is entered the same
/// day. The other version knows no closing hour.
#[test]
fn a_letter_after_closing_came_on_the_next_working_day() {
    let (all, calendar) = (OfficeRules::all_shipped().unwrap(), WorkingDays::shipped().unwrap());
    let friday = |hour| at(2026, 11, 20, hour);
    let by = |place: usize, came, urgent, tasks| all[place].enter_by(came, urgent, tasks, &calendar);
    assert_eq!(by(0, friday(16), false, 1), date(2026, 11, 23));
    assert_eq!(by(0, friday(17), false, 1), date(2026, 11, 24));
    assert_eq!(by(1, friday(17), false, 1), date(2026, 11, 23));
    assert_eq!(by(0, friday(22), true, 9), date(2026, 11, 20));
    assert_eq!(by(0, friday(9), false, 9), date(2026, 11, 24));
    assert_eq!(by(0, at(2026, 11, 22, 9), false, 1), date(2026, 11, 24), "Sunday counts as Monday");
    // Tết 2026: 14/2 to 22/2 are off.
    assert_eq!(by(0, at(2026, 2, 13, 18), false, 1), date(2026, 2, 24));
}

/// DT08: an urgent task is asked about day and night; another one that goes out on Friday evening from Monday morning.
#[test]
fn a_receipt_is_asked_for_in_working_time() {
    let rules = OfficeRules::shipped().unwrap();
    let evening = at(2026, 11, 20, 18);
    assert_eq!(rules.ask_receipt_at(evening, Some("hỏa tốc")), evening + Span::hours(rules.receipts.urgent_hours));
    assert_eq!(rules.ask_receipt_at(evening, None), at(2026, 11, 23, 7) + Span::hours(rules.receipts.hours));
    assert_eq!(rules.ask_receipt_at(at(2026, 11, 20, 9), None), at(2026, 11, 20, 9 + rules.receipts.hours));
}

/// DT05: three working days before a Thursday is the Monday; on days off nobody is told.
#[test]
fn working_days_are_counted_where_the_rules_say_so() {
    let all = OfficeRules::all_shipped().unwrap();
    let passed = |place: usize, from, to| all[place].days_passed(from, to);
    assert_eq!(passed(0, date(2026, 11, 26), date(2026, 11, 22)), -4);
    assert_eq!(passed(1, date(2026, 11, 26), date(2026, 11, 20)), -4);
    assert_eq!(passed(1, date(2026, 11, 20), date(2026, 11, 23)), 1);
    assert!(all[0].is_awake(at(2026, 11, 22, 9)) && !all[1].is_awake(at(2026, 11, 22, 9)));
    assert!(all[1].is_awake(at(2026, 11, 23, 9)));
}

#[test]
fn figures_that_nobody_can_work_by_are_named() {
    let of = |change: fn(&mut OfficeRules)| {
        let mut rules = OfficeRules::shipped().unwrap();
        change(&mut rules);
        rules.fault()
    };
    assert_eq!(of(|_| ()), None);
    assert_eq!(of(|rules| rules.reminders.steps = vec![3, -1]), Some("steps"));
    assert_eq!(of(|rules| rules.reminders.to_hour = 3), Some("hours"));
    assert_eq!(of(|rules| rules.entry.closing_hour = 0), Some("closing"));
    assert_eq!(of(|rules| rules.proposed.other_days = 4_000), Some("days"));
    assert_eq!(of(|rules| rules.receipts.hours = 0), Some("receipts"));
}

#[test]
fn an_answer_is_due_at_the_end_of_a_working_day_and_nobody_is_woken() {
    let rules = OfficeRules::shipped().unwrap();
    let friday = Moment::start_of(date(2026, 11, 20)) + Span::hours(9);
    assert_eq!(rules.answer_by(friday) + Span::micros(1), Moment::start_of(date(2026, 11, 26)));
    assert!(rules.is_awake(friday) && !rules.is_awake(friday + Span::hours(12)));
    assert!(OfficeRules::from_toml("x", "id = 1").is_err());
}
