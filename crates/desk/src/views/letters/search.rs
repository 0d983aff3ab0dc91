//! The register of letters: search by words, phrases and numbers, filters, page after page.

use place::text::SearchKeys;
use quantity::Moment;
use store::Connection;
use store::finding::{self, Hit, WITH_OPEN_WORK, Wanted};

use super::allowed;
use crate::actor::Actor;
use crate::failure::Outcome;
use crate::letters::directive::{Direction, Directive, Standing};
use crate::letters::finding::{EVERY, LETTERS, WITHOUT_TEXT, filter, folded, number_key, standing_code, words};
use crate::office::Office;
use crate::papers::number::NumberGiven;
use crate::record::{self, Kept, RecordId, kept_text};

/// Letters on a page.
pub const ON_A_PAGE: usize = 25;
/// Letters whose text is looked at for a phrase before a page ends without being full.
const LOOKED_AT: usize = 200;
/// Words of a question that count.
const MOST_WORDS: usize = 12;

/// What somebody looks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// Words, parts of numbers, phrases in quotation marks.
    pub words: String,
    /// Of which year.
    pub year: Option<i16>,
    /// Words of who issued it.
    pub issuer: String,
    /// Of which kind, as it is called.
    pub kind: String,
    /// Where it stands; none leaves out what was withdrawn.
    pub standing: Option<Standing>,
    /// Which way it went.
    pub direction: Option<Direction>,
    /// Only those with tasks that are open.
    pub open_tasks: bool,
    /// Only those of which nothing but the row of a list is known.
    pub without_text: bool,
    /// Where the last page ended.
    pub before: Option<i64>,
}

/// A line of the register.
#[derive(Debug, Clone, PartialEq)]
pub enum Line {
    /// A letter.
    Letter(Box<Kept<Directive>>),
    /// A number given to a paper of ours.
    Paper(Kept<NumberGiven>),
}

/// A page of the register.
#[derive(Debug, Clone)]
pub struct Register {
    /// Now, by the domain clock.
    pub now: Moment,
    /// What was found; newest month first.
    pub lines: Vec<Line>,
    /// How many there are in all; none where a phrase is looked for in the texts, or one looks back.
    pub all: Option<u64>,
    /// Where the next page begins; none after the last.
    pub next: Option<i64>,
    /// Years with letters, the newest first, and how many.
    pub years: Vec<(String, i64)>,
    /// Kinds with letters as they are looked for, and how many.
    pub kinds: Vec<(String, i64)>,
    /// How many tasks are open, overdue, done; none where one looks back, of which no sum is kept.
    pub tasks: Option<Tasks>,
}

/// How many tasks there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tasks {
    /// Somebody still has to do something.
    pub open: i64,
    /// Open, and their day is past.
    pub overdue: i64,
    /// Done.
    pub done: i64,
}

/// A question taken apart.
#[derive(Debug, Default, PartialEq, Eq)]
struct Question {
    groups: Vec<Vec<String>>,
    phrases: Vec<String>,
}

/// Words one by one, numbers also by their beginnings, what stands in quotation marks as a phrase.
fn question(typed: &str) -> Question {
    let mut question = Question::default();
    let straight = typed.replace(['“', '”', '«', '»'], "\"");
    for (place, part) in straight.split('"').enumerate() {
        if place % 2 == 1 {
            let phrase = folded(part);
            if phrase.trim().contains(' ') {
                question.phrases.push(phrase);
            }
            question.groups.extend(words(part).into_iter().map(|word| vec![word]));
            continue;
        }
        let is_number = |word: &&str| word.contains('/') && word.chars().any(|letter| letter.is_ascii_digit());
        let (numbers, others): (Vec<&str>, Vec<&str>) = part.split_whitespace().partition(is_number);
        // Its own number, or named anywhere in its text. A number is one word for whoever types it.
        let either = |number: &&str| vec![format!("n:{}", number_key(number)), digits(number)];
        question.groups.extend(numbers.iter().map(either));
        question.groups.extend(words(&others.join(" ")).into_iter().map(|word| vec![word]));
    }
    question.groups.truncate(MOST_WORDS);
    question
}

/// The first run of digits: by it a number is found where another letter names it.
fn digits(number: &str) -> String {
    let begins = number.trim_start_matches(|letter: char| !letter.is_ascii_digit());
    begins.chars().take_while(char::is_ascii_digit).collect()
}

fn wanted(asked: &Asked, question: &Question, limit: usize) -> Wanted {
    let mut groups = question.groups.clone();
    let mut only = |term: String| groups.push(vec![term]);
    if let Some(year) = asked.year {
        only(format!("y:{year}"));
    }
    for word in words(&asked.issuer) {
        only(format!("i:{word}"));
    }
    if !asked.kind.trim().is_empty() {
        only(filter('k', &asked.kind));
    }
    if let Some(standing) = asked.standing {
        only(filter('s', standing_code(standing)));
    }
    match asked.direction {
        Some(Direction::Incoming) => only("d:in".to_owned()),
        Some(Direction::Outgoing) => only("d:out".to_owned()),
        None => {}
    }
    if asked.open_tasks {
        only(WITH_OPEN_WORK.to_owned());
    }
    if asked.without_text {
        only(WITHOUT_TEXT.to_owned());
    }
    if groups.is_empty() {
        groups.push(vec![EVERY.to_owned()]);
    }
    let withdrawn = filter('s', standing_code(Standing::Withdrawn));
    let without = if asked.standing.is_none() { vec![withdrawn] } else { Vec::new() };
    Wanted { groups, without, before: asked.before, limit }
}

/// A page of the register.
pub fn register(office: &Office, connection: &mut Connection, actor: &Actor, asked: &Asked) -> Outcome<Register> {
    allowed(actor)?;
    let province = actor.province;
    let now = office.now(connection)?;
    let question = question(&asked.words);
    let limit = if question.phrases.is_empty() { ON_A_PAGE } else { LOOKED_AT };
    let found = finding::find(connection, province, LETTERS, &wanted(asked, &question, limit))?;
    let mut lines = Vec::new();
    let mut next = found.more.then(|| found.hits.last().map(|hit| hit.place)).flatten();
    for hit in &found.hits {
        let Some(line) = line(connection, actor, hit)? else { continue };
        if !says(connection, actor, &line, &question.phrases)? {
            continue;
        }
        if lines.len() == ON_A_PAGE {
            break;
        }
        lines.push(line);
        // The page is full before all that was found was looked at.
        if lines.len() == ON_A_PAGE && found.hits.last() != Some(hit) {
            next = Some(hit.place);
            break;
        }
    }
    if asked.before.is_none() {
        rank(&asked.words, &mut lines);
    }
    let mut years = finding::counts_of_terms(connection, province, LETTERS, "y:")?;
    let mut kinds = finding::counts_of_terms(connection, province, LETTERS, "k:")?;
    for (term, _) in years.iter_mut().chain(&mut kinds) {
        *term = term.split_off(2);
    }
    kinds.sort_by_key(|(_, letters)| std::cmp::Reverse(*letters));
    let tasks = match connection.lens() {
        Some(_) => None,
        None => Some(tasks(connection, actor, now)?),
    };
    let all = found.all.filter(|_| question.phrases.is_empty());
    Ok(Register { now, lines, all, next, years, kinds, tasks })
}

fn line(connection: &mut Connection, actor: &Actor, hit: &Hit) -> Outcome<Option<Line>> {
    let province = actor.province;
    if let Some(letter) = record::one(connection, province, RecordId::<Directive>::new(hit.record))? {
        return Ok(Some(Line::Letter(Box::new(letter))));
    }
    Ok(record::one(connection, province, RecordId::<NumberGiven>::new(hit.record))?.map(Line::Paper))
}

/// Whether a text has all phrases, without regard to accents.
fn says(connection: &mut Connection, actor: &Actor, line: &Line, phrases: &[String]) -> Outcome<bool> {
    if phrases.is_empty() {
        return Ok(true);
    }
    let text = match line {
        Line::Letter(letter) => {
            let fields = [&letter.content.subject, &letter.content.issuer, &letter.content.number];
            let fields: Vec<&str> = fields.into_iter().flatten().map(String::as_str).collect();
            let text = kept_text(connection, actor.province, &letter.content.text)?;
            format!("{text}\n{}", fields.join("\n"))
        }
        Line::Paper(paper) => paper.content.subject.clone(),
    };
    let text = folded(&text);
    Ok(phrases.iter().all(|phrase| text.contains(phrase.as_str())))
}

/// Within a page, whatever has the words as they were typed in its subject comes first, then without tones, then
/// the rest; among equals the order stays. Whoever types without accents sees no difference.
fn rank(typed: &str, lines: &mut [Line]) {
    let asked = SearchKeys::of(&typed.replace('"', " "));
    if asked.exact == asked.ascii {
        return;
    }
    let all = |asked: &str, there: &str| {
        let there: Vec<&str> = there.split(' ').collect();
        asked.split(' ').all(|word| there.contains(&word))
    };
    lines.sort_by_cached_key(|line| {
        let subject = match line {
            Line::Letter(letter) => letter.content.subject.as_deref().unwrap_or_default(),
            Line::Paper(paper) => paper.content.subject.as_str(),
        };
        let there = SearchKeys::of(subject);
        match () {
            () if all(&asked.exact, &there.exact) => 0,
            () if all(&asked.toneless, &there.toneless) => 1,
            () if all(&asked.ascii, &there.ascii) => 2,
            () => 3,
        }
    });
}

/// How many tasks there are in all.
fn tasks(connection: &mut Connection, actor: &Actor, now: Moment) -> Outcome<Tasks> {
    let mut tasks = Tasks::default();
    for count in finding::counts_of_work(connection, actor.province)? {
        match count.stage.as_str() {
            "done" => tasks.done += count.works,
            "dropped" => {}
            _ => tasks.open += count.works,
        }
    }
    for (stage, works) in finding::overdue_work(connection, actor.province, now)? {
        // What was submitted waits for whoever must look, not for its body.
        if stage != "submitted" {
            tasks.overdue += works;
        }
    }
    Ok(tasks)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(typed: &str) -> Vec<String> {
        let mut groups: Vec<String> = question(typed).groups.iter().map(|group| group.join("|")).collect();
        groups.sort();
        groups
    }

    /// DT01: words without accents, a number by its beginning, a phrase in any quotation marks.
    #[test]
    fn a_question_is_taken_apart() {
        assert_eq!(groups("oxy Phú Quốc"), ["oxy", "phu", "quoc"]);
        assert_eq!(groups("3183/SYT"), ["n:3183/SYT|3183"]);
        assert_eq!(groups("ô xy"), groups("oxy"), "one word in two");
        assert_eq!(question("«Bệnh viện Đa khoa»").phrases, [" benh vien da khoa "]);
        assert_eq!(question("\"oxy\"").phrases, [""; 0], "one word needs no quotation marks");
        assert_eq!(groups("  "), [""; 0]);
    }
}
