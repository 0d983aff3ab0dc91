//! From a meeting or a forward plan to what its paper is made from (`letters_out`): the notice of conclusions, the plan.
//! Nothing is drafted or signed here.

use jiff::civil::Date;

use super::line::Line;
use super::meeting::Meeting;
use super::plan::ForwardPlan;
use crate::letters_out::conclusion::{Assigned, Conclusion, Point};
use crate::letters_out::plan::Plan;
use crate::letters_out::{Due, TaskLine, Writer};
use crate::papers::report::DeadlineWord;

/// The deadline as it is printed: «trước ngày D» names the day after the last one.
fn due(line: &Line) -> Option<Due> {
    let last = line.last_day?;
    let before = line.due_words.to_lowercase().starts_with("trước");
    Some(match before {
        true => Due { word: DeadlineWord::Before, day: last.tomorrow().ok()? },
        false => Due { word: DeadlineWord::AtLatest, day: last },
    })
}

fn task(line: &Line) -> TaskLine {
    TaskLine {
        text: without_deadline(line),
        owner: line.owner.name.clone(),
        accountable: line.head.clone().unwrap_or_default(),
        due: due(line),
        ..TaskLine::default()
    }
}

/// The order without the words of its deadline at its end, which the paper prints itself.
fn without_deadline(line: &Line) -> String {
    let text = line.text.trim().trim_end_matches('.');
    let shorter = text.strip_suffix(line.due_words.as_str()).filter(|_| !line.due_words.is_empty());
    shorter.unwrap_or(text).trim_end().trim_end_matches([',', ';']).trim_end().to_owned()
}

/// What the notice of a meeting's conclusions is made from. Orders of one owner stand together; those without one are
/// points.
pub fn conclusion(meeting: &Meeting, writer: Writer, today: Date) -> Conclusion {
    let kept = || meeting.conclusions.iter().filter(|line| !line.left_out);
    let mut assigned: Vec<Assigned> = Vec::new();
    for line in kept().filter(|line| !line.owner.name.is_empty()) {
        match assigned.iter_mut().find(|one| one.whom == line.owner.name) {
            Some(one) => one.tasks.push(task(line)),
            None => assigned.push(Assigned { whom: line.owner.name.clone(), tasks: vec![task(line)] }),
        }
    }
    let mut points = Vec::new();
    if !meeting.assessment.is_empty() {
        let paragraphs = meeting.assessment.lines().map(str::trim).filter(|line| !line.is_empty());
        points.push(Point {
            heading: "Đánh giá tình hình".to_owned(),
            paragraphs: paragraphs.map(str::to_owned).collect(),
        });
    }
    let general: Vec<String> = kept().filter(|line| line.owner.name.is_empty()).map(|line| line.text.clone()).collect();
    if !general.is_empty() {
        points.push(Point { heading: "Kết luận chung".to_owned(), paragraphs: general });
    }
    Conclusion {
        writer: Writer { simulated: meeting.simulated || writer.simulated, ..writer },
        meeting: meeting.subject.clone(),
        met_on: Some(meeting.held_at.date()),
        met_at: meeting.place.clone(),
        concluded_by: meeting.chair.clone(),
        attended: meeting.attendees.iter().map(|one| one.name.as_str()).collect::<Vec<_>>().join("; "),
        heard: meeting.heard.iter().map(|heard| heard.by.clone()).collect(),
        points,
        assigned,
        year: Some(today.year()),
        ..Conclusion::default()
    }
}

/// What the paper of a forward plan is made from.
pub fn forward_plan(plan: &ForwardPlan, writer: Writer, today: Date) -> Plan {
    Plan {
        writer: Writer { simulated: plan.simulated || writer.simulated, ..writer },
        subject: plan.title.clone(),
        tasks: plan.items.iter().filter(|item| !item.line.left_out).map(|item| task(&item.line)).collect(),
        year: Some(today.year()),
        ..Plan::default()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::letters::Owner;

    fn line(text: &str, owner: &str, last_day: Option<Date>, due_words: &str) -> Line {
        let owner = Owner { name: owner.into(), ..Owner::default() };
        Line { text: text.into(), owner, last_day, due_words: due_words.into(), ..Line::default() }
    }

    /// DT19, DT05: the paper says the deadline once, with its own word and day.
    #[test]
    fn a_deadline_is_printed_once_with_its_word() {
        let before =
            line("Rà soát bồn, trước ngày 30/11/2026.", "BV", Some(date(2026, 11, 29)), "trước ngày 30/11/2026");
        let printed = task(&before);
        assert_eq!(printed.text, "Rà soát bồn");
        assert_eq!(printed.due, Some(Due { word: DeadlineWord::Before, day: date(2026, 11, 30) }));
        let chosen = task(&line("Rà soát bồn", "BV", Some(date(2026, 11, 29)), ""));
        assert_eq!(chosen.due, Some(Due { word: DeadlineWord::AtLatest, day: date(2026, 11, 29) }));
        assert_eq!(task(&line("Rà soát bồn", "BV", None, "")).due, None, "none is invented");
    }
}
