//! What the page of a letter shows: its fields, its text in pieces, its tasks.

use std::collections::BTreeSet;

use desk::letters::directive::{DraftTask, Standing};
use desk::letters::doubt::doubt_key;
use desk::letters::task::{Stage, Task};
use desk::record::Kept;
use desk::views::letters::{LetterInFull, owner_shown};
use letter::{Letter, Missing, Place};
use quantity::time::show_date;
use quantity::{Moment, Span};

use super::proposed;
use crate::pages::words::fill;
use crate::view::{Fact, Say, TaskCard, TaskLine, TaskOfBody, TextPiece, Tone};

/// Fields that are told beside the text, with the place of each.
pub(super) fn facts(t: Say, found: &LetterInFull) -> Vec<Fact> {
    let letter = &found.directive.content;
    let reading = &found.reading;
    let anchored = |name: &str, value: Option<String>, place: Option<Place>| Fact {
        name: t.say(&format!("letter-field-{name}")),
        anchor: if value.is_some() && place.is_some() { format!("muc-{name}") } else { String::new() },
        value: value.unwrap_or_default(),
    };
    let place_of = |name: &str| fields(reading).into_iter().find(|(field, _)| *field == name).map(|(_, place)| place);
    let list = |items: &[String]| (!items.is_empty()).then(|| items.join("; "));
    let number = letter.called().map(str::to_owned).or_else(|| {
        let blank = letter.number.as_ref()?;
        Some(t.one("letter-number-blank", "number", blank))
    });
    let date = letter.date.map(show_date).or_else(|| letter.date_words.clone());
    let signer = match (&letter.signer_post, &letter.signer_name) {
        (Some(post), Some(name)) => Some(format!("{post} {name}")),
        (one, other) => one.clone().or_else(|| other.clone()),
    };
    let references: Vec<String> = letter
        .references
        .iter()
        .map(|basis| match basis.date {
            Some(day) => format!("{} ({})", basis.number, show_date(day)),
            None => basis.number.clone(),
        })
        .collect();
    let copies: Vec<String> = letter.copies.iter().map(|(to, _)| to.clone()).collect();
    let mut facts = vec![
        anchored("issuer", letter.issuer.clone(), place_of("issuer")),
        anchored("number", number, place_of("number")),
        anchored("date", date, place_of("date")),
        anchored("subject", letter.subject.clone(), place_of("subject")),
        anchored("recipients", list(&letter.recipients), place_of("recipients")),
        anchored("signer", signer, place_of("signer")),
    ];
    // What a letter seldom has is told where it is there.
    let seldom = [
        ("references", list(&references)),
        ("report-to", letter.report_to.clone()),
        ("attachments", list(&letter.attachments)),
        ("copies", list(&copies)),
        ("urgency", letter.urgency.map(|urgency| t.say(&format!("letter-urgency-{}", urgency_code(urgency))))),
    ];
    for (name, value) in seldom {
        if value.is_some() {
            facts.push(anchored(name, value, place_of(name)));
        }
    }
    if letter.lacks_text() {
        // There is no text in which something was not found.
        facts.retain(|fact| !fact.value.is_empty());
    }
    facts.extend(super::listed::facts(t, letter));
    facts
}

const fn urgency_code(urgency: letter::Urgency) -> &'static str {
    match urgency {
        letter::Urgency::Immediate => "immediate",
        letter::Urgency::VeryUrgent => "very-urgent",
        letter::Urgency::Urgent => "urgent",
    }
}

/// The places that were read as fields.
fn fields(reading: &Letter) -> Vec<(&'static str, Place)> {
    let mut found: Vec<(&'static str, Place)> = Vec::new();
    let mut put = |name, place: Option<Place>| found.extend(place.map(|place| (name, place)));
    put("issuer", reading.issuer.as_ref().map(|one| one.place));
    put("number", reading.number.as_ref().map(|one| one.place));
    put("date", reading.date.as_ref().map(|one| one.place));
    put("subject", reading.subject.as_ref().map(|one| one.place));
    put("urgency", reading.urgency.as_ref().map(|one| one.place));
    put("report-to", reading.report_to.as_ref().map(|one| one.place));
    for to in &reading.recipients.to {
        put("recipients", Some(to.place));
    }
    for reference in &reading.references {
        put("references", Some(reference.place));
    }
    for attachment in &reading.attachments {
        put("attachments", Some(attachment.place));
    }
    for copy in &reading.copies.items {
        put("copies", Some(copy.place));
    }
    for task in &reading.tasks {
        for deadline in &task.deadlines {
            put("deadline", Some(deadline.place));
        }
    }
    if let Some(signature) = &reading.signature {
        put("signer", signature.post.as_ref().map(|one| one.place));
        put("signer", signature.name.as_ref().map(|one| one.place));
    }
    found
}

/// The text cut where a task or a field begins or ends; places that do not fit the text are passed over.
pub(super) fn pieces(t: Say, found: &LetterInFull) -> Vec<TextPiece> {
    let text = &found.text;
    let fits = |place: &Place| place.start < place.end && text.get(place.start..place.end).is_some();
    let draft = &found.directive.content.draft;
    let tasks: Vec<(usize, Place)> =
        draft.iter().enumerate().filter_map(|(index, task)| Some((index + 1, task.place.filter(fits)?))).collect();
    let fields: Vec<(&str, Place)> = fields(&found.reading).into_iter().filter(|(_, place)| fits(place)).collect();
    let mut cuts: BTreeSet<usize> = [0, text.len()].into();
    for place in tasks.iter().map(|(_, place)| place).chain(fields.iter().map(|(_, place)| place)) {
        cuts.extend([place.start, place.end]);
    }
    let cuts: Vec<usize> = cuts.into_iter().collect();
    let mut anchored: BTreeSet<String> = BTreeSet::new();
    let mut pieces = Vec::new();
    for pair in cuts.windows(2) {
        let &[start, end] = pair else { continue };
        let covers = |place: &Place| place.start <= start && end <= place.end;
        // The innermost task: one order may stand inside another's paragraph.
        let task = tasks.iter().filter(|(_, place)| covers(place)).min_by_key(|(_, place)| place.end - place.start);
        let field = fields.iter().find(|(_, place)| covers(place)).map(|(name, _)| *name);
        // One anchor a piece: a task's sentence goes before a field that begins with it.
        let names = task.map(|(number, _)| format!("cau-{number}")).into_iter();
        let names = names.chain(field.map(|name| format!("muc-{name}")));
        let anchor = names.into_iter().find(|name| anchored.insert(name.clone())).unwrap_or_default();
        let words = text.get(start..end).unwrap_or_default();
        pieces.push(TextPiece {
            // Empty lines of a file say nothing, and push the tasks apart from their sentences.
            text: if task.is_none() && field.is_none() { without_empty_lines(words) } else { words.to_owned() },
            task: task.map_or(0, |(number, _)| *number),
            field: field.map(|name| t.say(&format!("letter-field-{name}"))).unwrap_or_default(),
            anchor,
        });
    }
    pieces
}

/// Words with one empty line at most between two lines.
fn without_empty_lines(words: &str) -> String {
    let mut kept = String::with_capacity(words.len());
    let mut ends = 0;
    for sign in words.chars() {
        ends = match sign {
            '\n' => ends + 1,
            sign if sign.is_whitespace() && ends > 0 => ends,
            _ => 0,
        };
        if ends <= 2 || sign != '\n' {
            kept.push(sign);
        }
    }
    kept
}

/// What a person should look at.
pub(super) fn doubts(t: Say, found: &LetterInFull) -> Vec<String> {
    let letter = &found.directive.content;
    let mut said = Vec::new();
    if letter.missing.contains(&Missing::Number) && letter.number.is_some() {
        said.push(t.say("letter-doubt-number"));
    }
    if letter.missing.contains(&Missing::Day) {
        said.push(t.say("letter-doubt-day"));
    }
    said.extend(super::listed::doubts(t, letter));
    said.extend(letter.doubts.iter().map(|doubt| t.say(doubt_key(*doubt))));
    said.extend(letter.file_doubts.iter().map(|doubt| t.say(doubt.key())));
    said.extend(super::exchange::doubts(t, found));
    if letter.standing == Standing::Withdrawn {
        said.push(t.one("letter-doubt-withdrawn", "reason", letter.withdrawn.clone().unwrap_or_default()));
    }
    said
}

/// Letters that a line of a card holds.
const LINE: usize = 72;

/// The tasks while they wait.
pub(super) fn cards(t: Say, found: &LetterInFull, draft: &[DraftTask], fresh: bool) -> Vec<TaskCard> {
    let cards = draft.iter().enumerate().map(|(index, task)| card(t, found, index + 1, task));
    let mut cards: Vec<TaskCard> = cards.collect();
    for (card, task) in cards.iter_mut().zip(draft) {
        proposed::onto(t, found, card, task, fresh);
    }
    cards
}

fn card(t: Say, found: &LetterInFull, number: usize, task: &DraftTask) -> TaskCard {
    let name = |id| found.bodies.iter().find(|body| body.id == id).map(|body| body.name.clone());
    let names: Vec<String> = task.owner.bodies.iter().filter_map(|id| name(*id)).collect();
    let note = task.owner.note.as_ref().map(|note| t.say(&format!("letter-owner-{note}"))).unwrap_or_default();
    let (owner_told, owner_tone) = match names.as_slice() {
        [] if task.owner.name.is_empty() => (t.say("letter-owner-nobody"), Tone::Attention),
        [] => (note, Tone::Attention),
        [_] if note.is_empty() => (String::new(), Tone::Plain),
        [_] => (note, Tone::Attention),
        several => {
            let facts = [("count", several.len().into()), ("names", several.join("; ").into())];
            let told = [fill(t, "letter-owner-bodies", &facts), note.clone()].join(" ");
            (told.trim().to_owned(), if note.is_empty() { Tone::Plain } else { Tone::Attention })
        }
    };
    let mut told = Vec::new();
    if task.unaddressed {
        told.push(t.say("letter-unaddressed"));
    }
    for (key, items) in [("letter-partners", &task.partners), ("letter-heads", &task.heads)] {
        if !items.is_empty() {
            told.push(t.one(key, "names", items.join("; ")));
        }
    }
    if !task.haste.is_empty() && task.printed.is_empty() {
        told.push(t.one("letter-haste", "words", task.haste.join(", ")));
    }
    let people = match task.owner.bodies.as_slice() {
        [one] => found.people.iter().filter(|post| post.body == *one).collect(),
        _ => Vec::new(),
    };
    let chosen = |person| task.holder.as_ref().is_some_and(|holder| holder.person == Some(person));
    let mut listed: Vec<(String, String, bool)> = Vec::new();
    for post in people {
        let id = post.person.to_string();
        if listed.iter().all(|(other, ..)| *other != id) {
            listed.push((id, post.name.clone(), chosen(post.person)));
        }
    }
    let printed: Vec<&str> = task.printed.iter().map(|printed| printed.words.trim()).collect();
    TaskCard {
        number,
        text: task.text.clone(),
        rows: (task.text.chars().count() / LINE + 1).clamp(2, 9),
        kept: !task.left_out,
        in_text: task.place.is_some(),
        owner: owner_shown(&found.bodies, task),
        owner_told,
        owner_tone,
        told,
        printed: if printed.is_empty() { String::new() } else { t.one("letter-printed", "words", printed.join("; ")) },
        last_day: task.last_day.map(|day| day.to_string()).unwrap_or_default(),
        people: listed,
        may_split: task.subtasks.len() > 1 || task.text.matches(['.', ';']).count() > 1,
    }
}

/// The lines of a confirmed letter with its tasks.
pub(super) fn lines(t: Say, found: &LetterInFull) -> Vec<TaskLine> {
    let letter = &found.directive.content;
    if letter.standing == Standing::Read {
        return Vec::new();
    }
    let of_line = |index: usize| {
        let line = u32::try_from(index).unwrap_or(u32::MAX);
        found.tasks.iter().filter(move |task| task.content.origin.line == line)
    };
    letter
        .draft
        .iter()
        .enumerate()
        .map(|(index, draft)| {
            let bodies: Vec<TaskOfBody> = of_line(index).map(|task| of_body(t, task, found.now)).collect();
            let done = of_line(index).filter(|task| task.content.stage == Stage::Done).count();
            let counts = [("done", done.into()), ("all", bodies.len().into())];
            TaskLine {
                number: index + 1,
                text: draft.text.clone(),
                in_text: draft.place.is_some(),
                left_out: draft.left_out,
                sum: if bodies.len() > 1 { fill(t, "letter-line-sum", &counts) } else { String::new() },
                bodies,
            }
        })
        .collect()
}

fn of_body(t: Say, task: &Kept<Task>, now: Moment) -> TaskOfBody {
    let content = &task.content;
    let overdue = content.is_overdue(now);
    let mut told = Vec::new();
    if let Some(due) = &content.due {
        // «Trước ngày 15/9» is overdue from 15/9 on, and in time until 14/9.
        let late = (due.until + Span::micros(1)).date();
        let (key, day) = if overdue { ("task-overdue", late) } else { ("task-until", due.until.date()) };
        told.push(t.one(key, "day", show_date(day)));
    }
    told.extend(content.holder.as_ref().map(|holder| holder.name.clone()));
    TaskOfBody {
        name: content.body_name.clone(),
        href: format!("/viec/{}", task.id),
        stage: t.say(&format!("task-stage-{}", content.stage.code().replace('_', "-"))),
        told: told.join(" · "),
        tone: match content.stage {
            _ if overdue => Tone::Danger,
            Stage::Done => Tone::Confirmed,
            Stage::Dropped => Tone::Old,
            Stage::Returned | Stage::Submitted => Tone::Attention,
            _ => Tone::Plain,
        },
    }
}
