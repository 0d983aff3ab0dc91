//! The register of letters: search by words, phrases and numbers, filters, page after page.

use std::collections::{HashMap, HashSet};
use std::time::{Duration, Instant};

use place::text::SearchKeys;
use quantity::{Id, Moment};
use serde::Deserialize;
use store::Connection;
use store::finding::{self, Hit, WITH_OPEN_WORK, Wanted};

use super::allowed;
use crate::actor::Actor;
use crate::failure::Outcome;
use crate::letters::directive::{Direction, Directive, Standing};
use crate::letters::finding::{
    EVERY, LETTERS, MOST_ASKED, WITHOUT_TEXT, filter, folded, number_key, standing_code, words, words_in_order,
};
use crate::office::Office;
use crate::papers::number::NumberGiven;
use crate::record::{self, Kept, RecordId};

/// Letters on a page.
pub const ON_A_PAGE: usize = 25;
/// Letters whose text is looked at for a phrase at most before a page ends without being full.
const LOOKED_AT: usize = 400;
/// Letters that are read at once.
const AT_ONCE: usize = 25;
/// How long one may look before a page ends without being full: texts that nobody read for long come from the disk, and
/// whoever asked shall see what was found so far.
const PATIENCE: Duration = Duration::from_millis(20);
/// A shorter beginning of a word says too little.
const SHORTEST_BEGINNING: usize = 2;

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
    /// The word that was typed last, where it stands by itself.
    last: Option<String>,
}

/// Words one by one, numbers also by their beginnings, what stands in quotation marks as a phrase.
fn question(typed: &str) -> Question {
    let mut question = Question::default();
    let straight = typed.replace(['“', '”', '«', '»'], "\"");
    for (place, part) in straight.split('"').enumerate() {
        if place % 2 == 1 {
            question.last = None;
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
        let others = others.join(" ");
        question.groups.extend(words(&others).into_iter().map(|word| vec![word]));
        question.last = words_in_order(&others).pop().filter(|_| !part.ends_with(' ') && !part.is_empty());
    }
    question.groups.truncate(MOST_ASKED);
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
    Wanted { groups, without, before: asked.before, limit, ..Wanted::default() }
}

/// Where nothing has a word that was typed last, it may be the beginning of one: «tạm ứ» while «tạm ứng» is typed.
fn beginning(mut wanted: Wanted, question: &Question) -> Option<Wanted> {
    let last = question.last.clone().filter(|last| last.chars().count() >= SHORTEST_BEGINNING)?;
    wanted.groups.retain(|group| group.as_slice() != std::slice::from_ref(&last));
    wanted.begins.push(last);
    Some(wanted)
}

/// A page of the register.
pub fn register(office: &Office, connection: &mut Connection, actor: &Actor, asked: &Asked) -> Outcome<Register> {
    allowed(actor)?;
    let province = actor.province;
    let now = office.now(connection)?;
    let question = question(&asked.words);
    let limit = if question.phrases.is_empty() { ON_A_PAGE } else { LOOKED_AT };
    let wanted = wanted(asked, &question, limit);
    let mut found = finding::find(connection, province, LETTERS, &wanted)?;
    if found.all == Some(0)
        && let Some(wanted) = beginning(wanted, &question)
    {
        found = finding::find(connection, province, LETTERS, &wanted)?;
    }
    let mut lines = Vec::new();
    let mut next = found.more.then(|| found.hits.last().map(|hit| hit.place)).flatten();
    let began = Instant::now();
    'page: for hits in found.hits.chunks(AT_ONCE) {
        for (hit, line) in saying(connection, actor, hits, &question.phrases)? {
            lines.push(line);
            // The page is full before all that was found was looked at.
            if lines.len() == ON_A_PAGE {
                if found.hits.last() != Some(&hit) {
                    next = Some(hit.place);
                }
                break 'page;
            }
        }
        if began.elapsed() > PATIENCE && found.hits.last() != hits.last() {
            next = hits.last().map(|hit| hit.place);
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

/// The lines of what was found, in its order.
fn lines_of(connection: &mut Connection, actor: &Actor, hits: &[Hit]) -> Outcome<Vec<(Hit, Line)>> {
    let province = actor.province;
    let ids: Vec<RecordId<Directive>> = hits.iter().map(|hit| RecordId::new(hit.record)).collect();
    let letters = record::many(connection, province, &ids)?;
    let mut lines: HashMap<Id, Line> =
        letters.into_iter().map(|letter| (letter.id.0, Line::Letter(Box::new(letter)))).collect();
    let others = hits.iter().filter(|hit| !lines.contains_key(&hit.record));
    let others: Vec<RecordId<NumberGiven>> = others.map(|hit| RecordId::new(hit.record)).collect();
    let papers = record::many(connection, province, &others)?;
    lines.extend(papers.into_iter().map(|paper| (paper.id.0, Line::Paper(paper))));
    Ok(hits.iter().filter_map(|hit| Some((*hit, lines.remove(&hit.record)?))).collect())
}

/// What a letter says, and nothing else of it.
#[derive(Deserialize)]
struct Says {
    text: String,
    subject: Option<String>,
    issuer: Option<String>,
    number: Option<String>,
}

/// The lines of what was found whose texts have all phrases, without regard to accents. Many are looked through and
/// few are shown: a letter is read whole only once its text was found to say it.
fn saying(connection: &mut Connection, actor: &Actor, hits: &[Hit], phrases: &[String]) -> Outcome<Vec<(Hit, Line)>> {
    if phrases.is_empty() {
        return lines_of(connection, actor, hits);
    }
    let ids: Vec<RecordId<Directive>> = hits.iter().map(|hit| RecordId::new(hit.record)).collect();
    let letters: Vec<(RecordId<Directive>, Says)> = record::many_in_part(connection, actor.province, &ids)?;
    let digests: Vec<&str> = letters.iter().map(|(_, says)| says.text.as_str()).collect();
    let texts = record::kept_texts(connection, actor.province, &digests)?;
    let says_all = |text: &str| phrases.iter().all(|phrase| text.contains(phrase.as_str()));
    let mut silent = HashSet::new();
    for ((id, says), mut text) in letters.into_iter().zip(texts) {
        for field in [says.subject, says.issuer, says.number].into_iter().flatten() {
            text.push('\n');
            text.push_str(&field);
        }
        if !says_all(&folded(&text)) {
            silent.insert(id.0);
        }
    }
    let hits: Vec<Hit> = hits.iter().filter(|hit| !silent.contains(&hit.record)).copied().collect();
    let mut lines = lines_of(connection, actor, &hits)?;
    lines.retain(|(_, line)| match line {
        Line::Letter(_) => true,
        Line::Paper(paper) => says_all(&folded(&paper.content.subject)),
    });
    Ok(lines)
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
        let last = |typed: &str| question(typed).last.unwrap_or_default();
        assert_eq!(last("ô xy Phú Qu"), "qu", "may still be typed");
        assert_eq!([last("phú "), last("«Phú Quốc»"), last("3183/SYT")], [""; 3], "is typed to its end");
    }
}
