//! Công văn triển khai: the tasks of a letter from above go down, ordered to own units, asked of all others, each due no
//! later than the letter above wants it.

use document::official::{Block, OfficialDocument, Urgency};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::facts::{bare, lower};
use super::wording::Paper;
use super::{Cited, Due, NotComposed, TaskLine, Tone, Writer};

/// What a child letter is made from.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ChildLetter {
    /// Who writes.
    pub writer: Writer,
    /// The letter above.
    pub above: Cited,
    /// When the letter above wants its answer; none where it names no day.
    pub above_due: Option<Due>,
    /// What this letter is about; empty takes the words of the letter above.
    pub subject: String,
    /// The year of a blank date.
    pub today: Option<Date>,
    /// Who gets which tasks.
    pub bodies: Vec<Addressee>,
    /// When results must have come back, for all tasks that have no day of their own.
    pub report_by: Option<Due>,
    /// Where the results go: unit, telephone; may be empty.
    pub contact: String,
    /// How urgent.
    pub urgency: Option<Urgency>,
}

/// A body that gets tasks.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Addressee {
    /// Its name, or that of a group.
    pub body: String,
    /// The bodies of the group, where they are written out.
    pub members: Vec<String>,
    /// Whether it is ordered or asked: `Directory::authority` says so.
    pub tone: Tone,
    /// What it gets.
    pub tasks: Vec<TaskLine>,
}

/// Writes the letter.
///
/// # Errors
/// [`NotComposed::Nothing`] without a body; [`NotComposed::LaterThanAbove`] where a task, or the whole, would be due after
/// the day of the letter above.
pub fn compose(facts: &ChildLetter) -> Result<OfficialDocument, NotComposed> {
    if facts.bodies.is_empty() {
        return Err(NotComposed::Nothing { paper: Paper::ChildLetter.code(), part: "bodies" });
    }
    in_time(facts)?;
    let wording = Paper::ChildLetter.wording();
    let words = facts.above.words();
    let about = match bare(&facts.subject) {
        "" => wording.say("subject_of_above", &[("short", &facts.above.short())]),
        own => lower(own),
    };
    let base = [
        ("letter", words.as_str()),
        ("about", &about),
        ("issuer", &facts.writer.issuer),
        ("place", &facts.writer.place),
        ("above_issuer", bare(&facts.above.issuer)),
    ];
    let mut document = wording.paper(&facts.writer, &base);
    document.year = facts.today.map(|day| day.year());
    document.urgency = facts.urgency;
    for body in &facts.bodies {
        document.recipients.push(body.body.clone());
        document.recipients.extend(body.members.iter().map(|member| format!("+ {member}")));
    }
    document.body.push(Block::Paragraph(wording.say("opening", &base)));
    // Where all are spoken to in one tone, the letter needs no groups.
    let tones: Vec<Tone> =
        Tone::ALL.into_iter().filter(|tone| facts.bodies.iter().any(|body| body.tone == *tone)).collect();
    for (group, tone) in tones.iter().enumerate() {
        let name = match tone {
            Tone::Orders => "orders",
            Tone::Asks => "asks",
            Tone::Proposes => "proposes",
        };
        document.body.push(Block::Heading { number: format!("{}.", group + 1), text: wording.say(name, &base) });
        for (place, body) in facts.bodies.iter().filter(|body| body.tone == *tone).enumerate() {
            document
                .body
                .push(Block::Heading { number: format!("{}.{}.", group + 1, place + 1), text: body.body.clone() });
            document.body.extend(body.tasks.iter().map(|task| Block::Bullet(given(task))));
        }
    }
    let contact = bare(&facts.contact);
    let contact = if contact.is_empty() { String::new() } else { format!(" ({contact})") };
    let by = facts.report_by.map(|due| format!(" {}", due.words())).unwrap_or_default();
    let back = [("issuer", facts.writer.issuer.as_str()), ("by", &by), ("contact", &contact)];
    document.body.push(Block::Paragraph(wording.say("report_back", &back)));
    document.body.push(Block::Paragraph(wording.say("closing", &base)));
    Ok(document)
}

/// No task and no report may be due after the day of the letter above.
fn in_time(facts: &ChildLetter) -> Result<(), NotComposed> {
    let Some(above) = facts.above_due else { return Ok(()) };
    let tasks = facts.bodies.iter().flat_map(|body| &body.tasks).map(|task| (task.said(), task.due));
    let mut all = tasks.chain([("báo cáo kết quả", facts.report_by)]);
    let later = all.find_map(|(task, due)| due.filter(|due| due.last_day() > above.last_day()).map(|due| (task, due)));
    later.map_or(Ok(()), |(task, due)| {
        Err(NotComposed::LaterThanAbove { task: task.to_owned(), due: due.words(), above: above.words() })
    })
}

/// The task in its own words, with who takes part, what must come out and until when.
fn given(task: &TaskLine) -> String {
    let mut words = task.said().to_owned();
    if !bare(&task.with).is_empty() {
        words.push_str(&format!("; phối hợp: {}", bare(&task.with)));
    }
    if !bare(&task.product).is_empty() {
        words.push_str(&format!("; kết quả: {}", bare(&task.product)));
    }
    if !bare(&task.accountable).is_empty() {
        words.push_str(&format!("; chịu trách nhiệm: {}", bare(&task.accountable)));
    }
    if let Some(due) = task.due {
        words.push_str(&format!("; hoàn thành {}", due.words()));
    }
    words.push(';');
    words
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::letters_out::samples;
    use crate::letters_out::text::plain_text;
    use crate::papers::report::DeadlineWord;

    #[test]
    fn own_units_are_ordered_and_all_others_asked() {
        let document = compose(&samples::child()).unwrap();
        let text = plain_text(&document);
        assert!(text.starts_with("Thực hiện Công văn số 7559/BYT-TB-CT ngày 11/09/2021 của Bộ Y tế về việc"), "{text}");
        let orders = text.find("yêu cầu các đơn vị trực thuộc").unwrap();
        let asks = text.find("đề nghị các cơ quan, đơn vị phối hợp").unwrap();
        assert!(orders < asks && text.find("Các bệnh viện tuyến tỉnh").unwrap() < asks);
        assert!(text.find("UBND các huyện").unwrap() > asks, "a department asks the people's committees: {text}");
        assert!(document.recipients.contains(&"+ Bệnh viện Lá Dừa".to_owned()));
    }

    proptest! {
        /// A child is due no later than its parent, whatever words and days they have.
        #[test]
        fn nothing_is_due_after_the_letter_above(days in -40i64..40, before: bool, above_before: bool) {
            let word = |before| if before { DeadlineWord::Before } else { DeadlineWord::AtLatest };
            let above = Due { word: word(above_before), day: date(2021, 9, 15) };
            let day = date(2021, 9, 15).checked_add(jiff::Span::new().days(days)).unwrap();
            let due = Due { word: word(before), day };
            let mut facts = ChildLetter { above_due: Some(above), report_by: None, ..samples::child() };
            for task in facts.bodies.iter_mut().flat_map(|body| &mut body.tasks) {
                task.due = Some(due);
            }
            let composed = compose(&facts);
            prop_assert_eq!(composed.is_ok(), due.last_day() <= above.last_day());
            let reported = ChildLetter { report_by: Some(due), ..ChildLetter { bodies: samples::child().bodies, ..facts } };
            prop_assert!(compose(&reported).is_ok() || due.last_day() > above.last_day());
        }
    }
}
