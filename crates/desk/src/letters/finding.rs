//! What letters, tasks and numbers given are found by: words without accents, parts of numbers, years,
//! who names whom.
//!
//! A word is what `place::text` makes of it: without tones, y and i one, abbreviations spelt out, so
//! that «oxy phu quoc» finds «Oxy … Phú Quốc» and «TTYT» finds «trung tâm y tế». Terms that are no words hold
//! a sign that no word has.

use std::collections::BTreeSet;

use jiff::civil::Date;
use letter::Role;
use place::BodyId;
use place::text::{SearchKeys, ascii_fold};
use store::finding::{Facets, Work};

use super::directive::{Direction, Directive, Standing, plain_number};
use super::life::period::summed;
use super::task::Task;
use crate::papers::number::NumberGiven;

/// The index that letters stand in.
pub const LETTERS: &str = "letter";
/// The index that tasks stand in, by the month in which they were given out.
pub const TASKS: &str = "task";
/// Every record of the index has this term.
pub const EVERY: &str = "*";
/// The role of a link to a letter's own number.
pub const IS: &str = "is";
/// Every letter of which nothing but the row of a list is known has this term.
pub const WITHOUT_TEXT: &str = "x:no-text";
/// The role of a link to a number of arrival that a document system gave.
pub const ARRIVED: &str = "arrived";
/// The role of a decision's links.
pub const DECIDES: &str = "decides";

/// Different words of one letter that are kept: a decision of 200 pages has some 6,000.
const MOST_WORDS: usize = 20_000;
/// Words of a question that count.
pub const MOST_ASKED: usize = 12;
/// Letters of a word that are kept.
const LONGEST_WORD: usize = 40;

/// The words of a text as they are found.
pub fn words(text: &str) -> BTreeSet<String> {
    let folded = SearchKeys::of(text).ascii;
    let cut = |word: &str| word.chars().take(LONGEST_WORD).collect::<String>();
    folded.split(' ').filter(|word| !word.is_empty()).map(cut).take(MOST_WORDS * 10).collect()
}

/// The words of a question, in the order in which they were typed: so many as count.
pub fn words_in_order(text: &str) -> Vec<String> {
    let folded = SearchKeys::of(text).ascii;
    let cut = |word: &str| word.chars().take(LONGEST_WORD).collect::<String>();
    folded.split(' ').filter(|word| !word.is_empty()).map(cut).take(MOST_ASKED).collect()
}

/// A number as it is compared: «3183/SYT-KHTC», without blanks and accents, in capitals.
pub fn number_key(number: &str) -> String {
    plain_number(&ascii_fold(number)).trim_matches('/').to_owned()
}

/// The terms of a number: each beginning of it that ends at a sign.
fn number_terms(number: &str) -> Vec<String> {
    let key = number_key(number);
    let mut terms: Vec<String> = key.match_indices(['/', '-']).map(|(at, _)| format!("n:{}", &key[..at])).collect();
    terms.push(format!("n:{key}"));
    terms
}

/// A number of arrival of a year, as it is linked to: no document has such a number.
pub fn arrival_key(year: i16, number: i64) -> String {
    format!("den|{year}|{number}")
}

/// The month of a day: years since 0 times twelve, and months.
pub fn month_of(day: Date) -> i64 {
    i64::from(day.year()) * 12 + i64::from(day.month()) - 1
}

/// Stable name of what a letter does with another.
pub const fn role_code(role: Role) -> &'static str {
    match role {
        Role::LegalBasis => "legal_basis",
        Role::Implements => "implements",
        Role::Amends => "amends",
        Role::Replaces => "replaces",
        Role::Reconsiders => "reconsiders",
        Role::Continues => "continues",
        Role::Answers => "answers",
        Role::Mentions => "mentions",
    }
}

/// Stable name of where a letter stands.
pub const fn standing_code(standing: Standing) -> &'static str {
    match standing {
        Standing::Read => "read",
        Standing::Confirmed => "confirmed",
        Standing::Withdrawn => "withdrawn",
    }
}

/// The term of a filter: «y:2021», «k:cong van», «s:read», «d:in».
pub fn filter(name: char, value: &str) -> String {
    format!("{name}:{}", SearchKeys::of(value).ascii)
}

fn base(direction: Direction, standing: &str, day: Date) -> BTreeSet<String> {
    let way = match direction {
        Direction::Incoming => "d:in",
        Direction::Outgoing => "d:out",
    };
    [EVERY.to_owned(), way.to_owned(), filter('s', standing), format!("y:{}", day.year())].into()
}

/// What a letter is found by. Its text comes from where it is kept.
pub fn of_directive(directive: &Directive, text: &str) -> Facets {
    let arrived = directive.arrived_at.date();
    let day = directive.date.unwrap_or(arrived);
    let mut terms = base(directive.direction, standing_code(directive.standing), day);
    let fields = [&directive.number, &directive.subject, &directive.issuer, &directive.kind, &directive.signer_name];
    let all = words(text);
    terms.extend(all.into_iter().take(MOST_WORDS));
    for field in fields.into_iter().flatten() {
        terms.extend(words(field));
    }
    terms.extend(directive.kind.iter().map(|kind| filter('k', kind)));
    terms.extend(directive.issuer.iter().flat_map(|issuer| words(issuer)).map(|word| format!("i:{word}")));
    let mut links = BTreeSet::new();
    if let Some(listed) = &directive.listed {
        for field in [&listed.row.handler, &listed.row.note, &listed.row.subject, &listed.row.recipients] {
            terms.extend(words(field));
        }
        terms.extend(listed.without_text.then(|| WITHOUT_TEXT.to_owned()));
        // By it the next number of arrival steps over those that a document system gave.
        let given = directive.arrival_number.filter(|_| directive.direction == Direction::Incoming);
        links.extend(given.map(|number| (arrival_key(arrived.year(), number), ARRIVED.to_owned())));
    }
    if let Some(number) = directive.called() {
        terms.extend(number_terms(number));
        links.insert((number_key(number), IS.to_owned()));
    }
    let named = directive.references.iter().filter(|basis| !number_key(&basis.number).is_empty());
    links.extend(named.map(|basis| (number_key(&basis.number), role_code(basis.role).to_owned())));
    Facets { index: Some((LETTERS, month_of(arrived))), terms, links, work: None }
}

/// What a number given to a paper of ours is found by: it stands in the register of letters as one that went out.
pub fn of_number(given: &NumberGiven) -> Facets {
    let day = given.given_at.date();
    let mut terms = base(Direction::Outgoing, standing_code(Standing::Confirmed), day);
    for field in [&given.text, &given.subject, &given.signer] {
        terms.extend(words(field));
    }
    terms.extend(number_terms(&given.text));
    Facets {
        index: Some((LETTERS, month_of(day))),
        terms,
        links: [(number_key(&given.text), IS.to_owned())].into(),
        work: None,
    }
}

/// The term of a task's body.
pub fn body_term(body: BodyId) -> String {
    format!("b:{}", body.0)
}

/// The term of a task that is open, or closed.
pub const fn open_term(open: bool) -> &'static str {
    if open { "g:open" } else { "g:closed" }
}

/// What a task is found by: the words of its order, of its body and of whoever works on it or answers for it.
pub fn of_task(task: &Task) -> Facets {
    let mut terms: BTreeSet<String> = words(&task.text).into_iter().take(MOST_WORDS).collect();
    let named = [&task.holder, &task.head].into_iter().flatten().map(|named| named.name.as_str());
    terms.extend(std::iter::once(task.body_name.as_str()).chain(named).flat_map(words));
    terms.extend(task.body.map(body_term));
    terms.insert(open_term(task.stage.is_open()).to_owned());
    let work = Work {
        body: task.body,
        holder: task.holder.as_ref().and_then(|holder| holder.person),
        stage: task.stage.code().to_owned(),
        open: task.stage.is_open(),
        due_at: task.due.as_ref().map(|due| due.until),
        origin: Some(task.origin.id),
        sums: summed(task),
    };
    let month = month_of(task.assigned_at.date());
    Facets { index: Some((TASKS, month)), terms, links: BTreeSet::new(), work: Some(work) }
}

/// A text as a phrase is looked for in it: without accents, in small letters, signs as single blanks,
/// one blank before and behind. Cheap, because whole letters go through it.
pub fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len() + 2);
    folded.push(' ');
    for letter in text.chars() {
        match plain(letter) {
            Some(plain) if plain.is_alphanumeric() => folded.push(plain),
            Some(_) if !folded.ends_with(' ') => folded.push(' '),
            _ => {}
        }
    }
    if !folded.ends_with(' ') {
        folded.push(' ');
    }
    folded
}

/// A letter without its accents; none for an accent that stands by itself.
fn plain(letter: char) -> Option<char> {
    use std::sync::LazyLock;
    /// Letters up to here may carry an accent of Vietnamese.
    const END: usize = 0x1efa;
    static PLAIN: LazyLock<Vec<char>> = LazyLock::new(|| {
        let plain = |letter: char| match letter {
            '\u{c0}'..='\u{1b0}' | '\u{1ea0}'..='\u{1ef9}' => {
                ascii_fold(&letter.to_string()).chars().next().unwrap_or(letter).to_ascii_lowercase()
            }
            other => other,
        };
        (0..END as u32).map(|code| char::from_u32(code).map_or(' ', plain)).collect()
    });
    if letter.is_ascii() {
        return Some(letter.to_ascii_lowercase());
    }
    if ('\u{300}'..='\u{36f}').contains(&letter) {
        return None;
    }
    Some(PLAIN.get(letter as usize).copied().unwrap_or(letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// DT01: «oxy phu quoc» finds «Ô xy … Phú Quốc», and an abbreviation what it stands for.
    #[test]
    fn words_have_no_accents_and_one_spelling() {
        let of = |text: &str| words(text).into_iter().collect::<Vec<_>>().join(" ");
        assert_eq!(of("Ô xy … Phú Quốc"), of("oxy phu quoc"));
        assert_eq!(of("TTYT Hòn Đất"), of("trung tam y te hon dat"));
        assert_eq!(of("Kỹ thuật"), of("kĩ thuật"));
        assert_eq!(of("  — ; "), "");
    }

    #[test]
    fn a_number_is_found_by_its_beginnings() {
        assert_eq!(number_terms("3183 / SYT-KHTC"), ["n:3183", "n:3183/SYT", "n:3183/SYT-KHTC"]);
        assert_eq!(number_key("4308/QĐ-BYT"), "4308/QD-BYT");
        assert_eq!(number_key("/SYT-NVY"), "SYT-NVY", "the stamp came later");
    }

    #[test]
    fn a_phrase_is_looked_for_without_accents() {
        assert_eq!(folded("  Bệnh viện,\nĐa khoa ─ Phú Quốc."), " benh vien da khoa phu quoc ");
        assert_eq!(folded("Phu\u{301} Quo\u{302}\u{301}c"), " phu quoc ", "another normal form");
        assert_eq!(folded(""), " ");
    }
}
