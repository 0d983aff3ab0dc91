//! Công văn đôn đốc: the tasks of a letter that are overdue or near their day, body by body, in their own words.

use document::official::{Block, OfficialDocument, Urgency};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::facts::bare;
use super::wording::Paper;
use super::{Cited, Due, NotComposed, TaskLine, Tone, Writer};

/// What a reminder is made from.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Reminder {
    /// Who writes.
    pub writer: Writer,
    /// The letter whose tasks are meant.
    pub letter: Cited,
    /// The day on which it is written; none counts no days.
    pub today: Option<Date>,
    /// Who is reminded, with what is still owed.
    pub bodies: Vec<BodyTasks>,
    /// When an answer must have come.
    pub answer_by: Option<Due>,
    /// Where the answer goes: unit, telephone; may be empty.
    pub contact: String,
    /// How urgent.
    pub urgency: Option<Urgency>,
}

/// A body and its tasks.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct BodyTasks {
    /// Its name.
    pub body: String,
    /// Whether it is ordered or asked.
    pub tone: Tone,
    /// What it owes.
    pub tasks: Vec<TaskLine>,
}

/// Writes the reminder.
///
/// # Errors
/// [`NotComposed::Nothing`] without a body.
pub fn compose(facts: &Reminder) -> Result<OfficialDocument, NotComposed> {
    if facts.bodies.is_empty() {
        return Err(NotComposed::Nothing { paper: Paper::Reminder.code(), part: "bodies" });
    }
    let wording = Paper::Reminder.wording();
    let (short, words) = (facts.letter.short(), facts.letter.words());
    let tasks: usize = facts.bodies.iter().map(|body| body.tasks.len()).sum();
    let late = facts.bodies.iter().flat_map(|body| body.tasks.iter().filter(|task| is_late(facts, body, task))).count();
    let (tasks, late, bodies) = (tasks.to_string(), late.to_string(), facts.bodies.len().to_string());
    let issuer = facts.writer.issuer.as_str();
    let base = [
        ("letter", words.as_str()),
        ("short", &short),
        ("issuer", issuer),
        ("tasks", &tasks),
        ("late", &late),
        ("bodies", &bodies),
        ("place", &facts.writer.place),
    ];
    let mut document = wording.paper(&facts.writer, &base);
    document.year = facts.today.map(|day| day.year());
    document.urgency = facts.urgency;
    document.recipients = facts.bodies.iter().map(|body| body.body.clone()).collect();
    document.body.push(Block::Paragraph(wording.say(if late == "0" { "opening_in_time" } else { "opening" }, &base)));
    for (position, body) in facts.bodies.iter().enumerate() {
        document.body.push(Block::Heading { number: format!("{}.", position + 1), text: body.body.clone() });
        if body.tasks.is_empty() {
            document.body.push(Block::Paragraph(wording.say("no_tasks", &base)));
        }
        document.body.extend(body.tasks.iter().map(|task| Block::Bullet(owed(facts, body, task))));
    }
    document.body.extend(asked(facts).map(Block::Paragraph));
    let contact = bare(&facts.contact);
    if !contact.is_empty() {
        document.body.push(Block::Paragraph(wording.say("contact", &[("contact", contact)])));
    }
    document.body.push(Block::Paragraph(wording.say("closing", &base)));
    Ok(document)
}

/// Who answers by courtesy is never told to be late.
fn is_late(facts: &Reminder, body: &BodyTasks, task: &TaskLine) -> bool {
    body.tone == Tone::Orders && days_late(facts, task).is_some_and(|days| days > 0)
}

fn days_late(facts: &Reminder, task: &TaskLine) -> Option<i32> {
    facts.today.zip(task.due).map(|(today, due)| due.days_late(today))
}

/// «Báo cáo kế hoạch: thời hạn trước ngày 15/9/2021, đã quá hạn 61 ngày;».
fn owed(facts: &Reminder, body: &BodyTasks, task: &TaskLine) -> String {
    let mut words = format!("{}: thời hạn {}", task.said(), task.due_words());
    if task.due.is_none() {
        words = format!("{}: {}", task.said(), task.due_words());
    }
    match days_late(facts, task) {
        Some(days) if days > 0 && body.tone == Tone::Orders => words.push_str(&format!(", đã quá hạn {days} ngày")),
        Some(0) => words.push_str(", hôm nay là ngày cuối"),
        Some(days) if days < 0 => words.push_str(&format!(", còn {} ngày", -days)),
        _ => {}
    }
    if let Some(percent) = task.percent.filter(|percent| *percent < 100) {
        words.push_str(&format!(", mới đạt {percent}%"));
    }
    if !task.accountable.trim().is_empty() {
        words.push_str(&format!("; chịu trách nhiệm: {}", bare(&task.accountable)));
    }
    words.push(';');
    words
}

/// One sentence to own units, one to all others, each with its verb.
fn asked(facts: &Reminder) -> impl Iterator<Item = String> {
    let wording = Paper::Reminder.wording();
    let by = facts.answer_by.map(|due| format!(" {}", due.words())).unwrap_or_default();
    let sentence = move |tone: Tone| {
        let named: Vec<&str> =
            facts.bodies.iter().filter(|body| body.tone == tone).map(|body| body.body.as_str()).collect();
        let all = named.len() == facts.bodies.len() && named.len() > 1;
        let whom = if all { "các cơ quan, đơn vị".to_owned() } else { named.join(", ") };
        let name = if tone == Tone::Orders { "asked_own" } else { "asked_others" };
        let words = [("issuer", facts.writer.issuer.as_str()), ("verb", tone.verb()), ("whom", &whom), ("by", &by)];
        (!named.is_empty()).then(|| wording.say(name, &words))
    };
    Tone::ALL.into_iter().filter_map(sentence)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::letters_out::samples;
    use crate::letters_out::text::plain_text;

    /// The ministry's «trước ngày 15/9/2021» on 15/11/2021: 62 days after 14/9.
    #[test]
    fn what_is_overdue_is_told_in_its_own_words_and_days() {
        let document = compose(&samples::reminder()).unwrap();
        let text = plain_text(&document);
        assert!(text.contains("thời hạn trước ngày 15/09/2021, đã quá hạn 62 ngày"), "{text}");
        assert!(text.contains("Sở Y tế yêu cầu Trung tâm Y tế Rạch Mơ"), "{text}");
        assert!(text.contains("đề nghị Công ty Khí Sao Biển"), "{text}");
        assert_eq!(text.matches("đã quá hạn").count(), 1, "who answers by courtesy is not told to be late: {text}");
        assert_eq!(document.symbol, "SYT-NVY");
    }

    #[test]
    fn before_the_day_nobody_is_told_to_be_late() {
        let facts = Reminder { today: Some(date(2021, 9, 10)), ..samples::reminder() };
        let text = plain_text(&compose(&facts).unwrap());
        assert!(text.contains("còn 4 ngày") && !text.contains("quá hạn"), "{text}");
        let facts = Reminder { today: Some(date(2021, 9, 14)), ..facts };
        assert!(plain_text(&compose(&facts).unwrap()).contains("hôm nay là ngày cuối"));
        let nobody = Reminder { bodies: Vec::new(), ..facts };
        assert!(matches!(compose(&nobody), Err(NotComposed::Nothing { part: "bodies", .. })));
    }
}
