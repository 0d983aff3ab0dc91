//! The five letters of the mission (DT01–DT06, OX03, PR06), read and held against what stands in them.
//!
//! Texts are compared without case; a trailing stop is not compared.

mod expected;

use expected::{Expected, ha_noi, kien_giang, lai_chau, ministry, party};
use letter::{DateIs, Found, Letter, Missing};

fn fold(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").to_lowercase().trim_end_matches(['.', ';', ':']).to_owned()
}

/// Field by field: every difference, not the first.
struct Differences(Vec<String>);

impl Differences {
    fn field<T: PartialEq + std::fmt::Debug>(&mut self, name: &str, read: T, expected: T) {
        if read != expected {
            self.0.push(format!("{name}: read {read:?}, expected {expected:?}"));
        }
    }

    fn text(&mut self, name: &str, read: Option<&str>, expected: Option<&str>) {
        self.field(name, read.map(fold), expected.map(fold));
    }
}

fn value(found: &Option<Found<String>>) -> Option<&str> {
    found.as_ref().map(|found| found.value.as_str())
}

fn folded<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    texts.into_iter().map(fold).collect()
}

/// Runs of the same owner, in the order of the text.
fn counted<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<(String, usize)> {
    let mut counts: Vec<(String, usize)> = Vec::new();
    for name in names {
        match counts.iter_mut().find(|(known, _)| *known == fold(name)) {
            Some((_, count)) => *count += 1,
            None => counts.push((fold(name), 1)),
        }
    }
    counts
}

fn pairs(expected: &[(&str, usize)]) -> Vec<(String, usize)> {
    expected.iter().map(|(name, count)| (fold(name), *count)).collect()
}

fn date_of(letter: &Letter) -> String {
    letter.date.as_ref().map_or(String::new(), |date| match (date.value.date(), date.value) {
        (Some(day), _) => day.to_string(),
        (None, written) => format!("{}-{:02}", written.year.unwrap_or(0), written.month.unwrap_or(0)),
    })
}

fn compare(text: &str, expected: &Expected) -> Vec<String> {
    let read = letter::read(text).expect("no secret paper");
    let mut all = Differences(Vec::new());
    all.field("family", read.family.as_ref().map(|family| family.value), expected.family);
    all.text("issuer", value(&read.issuer), Some(expected.issuer));
    all.text("parent_body", value(&read.parent_body), expected.parent_body);
    all.text("number", read.number.as_ref().map(|number| number.value.written.as_str()), expected.number);
    all.field("date", date_of(&read).as_str(), expected.date);
    all.field("date_is", Some(read.date_is), expected.date_is.or(Some(DateIs::Issued)));
    all.text("place", value(&read.place), expected.place);
    all.text("kind", value(&read.kind), Some(expected.kind));
    all.text("subject", value(&read.subject), Some(expected.subject));
    let recipients = read.recipients.to.iter().map(|one| one.value.as_str());
    all.field("recipients", folded(recipients), folded(expected.recipients.iter().copied()));
    all.text("alias", value(&read.recipients.alias), expected.alias);
    let references: Vec<(String, String)> = read
        .references
        .iter()
        .map(|found| {
            let day = found.value.date.and_then(|written| written.date()).map_or(String::new(), |day| day.to_string());
            (found.value.number.written.clone(), day)
        })
        .collect();
    let wanted: Vec<_> = expected.references.iter().map(|(number, day)| ((*number).into(), (*day).into())).collect();
    all.field("references", references, wanted);
    let owner = |task: &letter::Task| task.owner.as_ref().map_or("-".to_owned(), |owner| owner.value.clone());
    let owners: Vec<String> = read.tasks.iter().map(owner).collect();
    all.field("tasks_by_owner", counted(owners.iter().map(String::as_str)), pairs(expected.tasks_by_owner));
    let unaddressed: Vec<String> = read.tasks.iter().filter(|task| task.owner_is_unaddressed).map(owner).collect();
    let unaddressed = unaddressed.iter().map(String::as_str);
    all.field("unaddressed", folded(unaddressed), folded(expected.unaddressed.iter().copied()));
    let executors = read.tasks.iter().flat_map(|task| &task.executors).map(|one| one.value.as_str());
    all.field("executors", counted(executors), pairs(expected.executors));
    let mut subtasks = Vec::new();
    for (index, task) in read.tasks.iter().enumerate().filter(|(_, task)| !task.subtasks.is_empty()) {
        let nth = read.tasks.iter().take(index + 1).filter(|other| owner(other) == owner(task)).count();
        subtasks.push((fold(&owner(task)), nth, task.subtasks.len()));
    }
    let wanted: Vec<_> = expected.inline_subtasks.iter().map(|(name, nth, count)| (fold(name), *nth, *count)).collect();
    all.field("inline_subtasks", subtasks, wanted);
    let officers = read.tasks.iter().flat_map(|task| &task.officers);
    let officers: Vec<_> = officers.map(|one| (one.value.name.as_str(), one.value.field.as_str())).collect();
    all.field("officers", officers, expected.officers.to_vec());
    if let Some(expected) = expected.figures {
        let figures = read.figures.iter().map(|found| (found.value.written.as_str(), found.value.qualifier));
        all.field("figures", figures.collect(), expected.to_vec());
    }
    let days = read.tasks.iter().flat_map(|task| &task.deadlines).filter_map(|found| found.value.day());
    all.field("deadlines", days.map(|day| day.to_string()).collect(), owned(expected.deadlines));
    if expected.report_to.is_some() {
        all.text("report_to", value(&read.report_to), expected.report_to);
    }
    let attachments = read.attachments.iter().map(|found| found.value.as_str());
    all.field("attachments", folded(attachments), folded(expected.attachments.iter().copied()));
    all.field("copies", read.copies.items.len(), expected.copies);
    all.text("archive", value(&read.copies.archive), Some(expected.archive));
    let signature = read.signature.as_ref();
    let authority = signature.map(|one| {
        let lines: Vec<&str> = one.authority.iter().map(|line| line.value.as_str()).collect();
        lines.join(" / ")
    });
    all.text("authority", authority.as_deref().filter(|lines| !lines.is_empty()), expected.authority);
    all.text("post", signature.and_then(|one| value(&one.post)), expected.post);
    all.text("name", signature.and_then(|one| value(&one.name)), expected.name);
    let compared = [Missing::Number, Missing::Date, Missing::Day];
    let missing: Vec<Missing> = compared.into_iter().filter(|part| read.missing.contains(part)).collect();
    all.field("missing", missing, expected.missing.to_vec());
    all.0
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

#[track_caller]
fn holds((text, expected): (&str, Expected)) {
    let differences = compare(text, &expected);
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn the_ministry_asks_every_province_for_an_oxygen_unit() {
    holds(ministry());
    let letter = letter::read(ministry().0).unwrap();
    let overdue: Vec<String> = letter
        .tasks
        .iter()
        .flat_map(|task| &task.deadlines)
        .filter_map(|deadline| deadline.value.overdue_from())
        .map(|moment| moment.to_string())
        .collect();
    assert_eq!(overdue, ["2021-09-15T00:00:00"], "«trước ngày 15/9/2021» is due at the end of the 14th");
}

#[test]
fn kien_giang_tasks_a_hospital_that_it_does_not_address() {
    holds(kien_giang());
}

#[test]
fn lai_chau_left_number_and_day_blank() {
    holds(lai_chau());
}

#[test]
fn ha_noi_gives_thirteen_tasks_to_five_owners() {
    holds(ha_noi());
}

#[test]
fn the_party_names_officers_by_field() {
    holds(party());
}

/// The same letters as other programs save them: separate marks, Icelandic Ð, CRLF, hard blanks.
#[test]
fn variants_of_the_bytes_change_nothing() {
    use unicode_normalization::UnicodeNormalization;
    for (text, expected) in [ministry(), kien_giang(), lai_chau(), ha_noi(), party()] {
        let variants = [
            text.nfd().collect::<String>(),
            text.replace('Đ', "Ð"),
            text.replace('\n', "\r\n"),
            text.replace(' ', "\u{a0}"),
            format!("\u{feff}{text}"),
        ];
        for (index, variant) in variants.iter().enumerate() {
            let differences = compare(variant, &expected);
            assert!(differences.is_empty(), "variant {index}: {}", differences.join("\n"));
        }
    }
}

#[test]
fn every_quoted_task_is_the_text_at_its_place() {
    for (text, _) in [ministry(), kien_giang(), lai_chau(), ha_noi(), party()] {
        for task in letter::read(text).unwrap().tasks {
            let place = task.text.place;
            let at_place = letter::Text::new(&text[place.start..place.end]);
            let words: Vec<&str> = at_place.normal().split_whitespace().collect();
            assert_eq!(words.join(" "), task.text.value);
        }
    }
}

/// Lines of at most so many letters, as a mail program or a text layer cuts them.
fn wrapped(text: &str, width: usize) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        let mut now = String::new();
        for word in line.split(' ') {
            if !now.is_empty() && now.chars().count() + 1 + word.chars().count() > width {
                lines.push(std::mem::take(&mut now));
            }
            if !now.is_empty() {
                now.push(' ');
            }
            now.push_str(word);
        }
        lines.push(now);
    }
    lines.join("\n")
}

#[test]
fn lines_of_sixty_columns_change_nothing() {
    for (text, expected) in [ministry(), kien_giang(), lai_chau(), ha_noi(), party()] {
        let differences = compare(&wrapped(text, 60), &expected);
        assert!(differences.is_empty(), "{}\n{}", expected.issuer, differences.join("\n"));
    }
}

/// A page number between two paragraphs, and one in the middle of a sentence.
#[test]
fn page_numbers_change_nothing() {
    for (text, expected) in [ministry(), kien_giang(), lai_chau(), ha_noi(), party()] {
        let numbered =
            text.replace("\n\n- ", "\n\n2\n\n- ").replace("hướng dẫn của Bộ", "hướng dẫn\n\n- 3 -\n\ncủa Bộ");
        let differences = compare(&numbered, &expected);
        assert!(differences.is_empty(), "{}\n{}", expected.issuer, differences.join("\n"));
    }
}
