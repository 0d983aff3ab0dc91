//! Small steps through a text: whole words, digits, sentences, the names of bodies.

use crate::text::{Bounds, Text};
use crate::words::{AFTER, FIRST, HEADS, INSIDE, NAMED_BY_A_VERB, NAMES, NO_NAMES};

/// The letter before a place.
pub(crate) fn before(text: &str, at: usize) -> Option<char> {
    text.get(..at).and_then(|head| head.chars().next_back())
}

/// The letter at a place.
pub(crate) fn after(text: &str, at: usize) -> Option<char> {
    text.get(at..).and_then(|rest| rest.chars().next())
}

/// Whether a word may begin or end here.
pub(crate) fn is_edge(text: &str, at: usize) -> bool {
    let word = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    !(word(before(text, at)) && word(after(text, at)))
}

/// Whether this place begins with whole words.
pub(crate) fn starts(text: &str, words: &str) -> bool {
    text.starts_with(words) && is_edge(text, words.len())
}

/// Where the words of a text begin.
pub(crate) fn word_starts(text: &str) -> Vec<usize> {
    let mut found = Vec::with_capacity(text.len() / 5);
    let mut inside = false;
    for (at, letter) in text.char_indices() {
        let word = match u8::try_from(letter) {
            Ok(byte) if byte.is_ascii() => byte.is_ascii_alphanumeric(),
            _ => letter.is_alphanumeric(),
        };
        if word && !inside {
            found.push(at);
        }
        inside = word;
    }
    found
}

/// Whether whole words stand at the beginning of a word.
fn stands(text: &str, at: usize, words: &str) -> bool {
    let end = at + words.len();
    // Most words differ in their first byte.
    let first = text.as_bytes().get(at) == words.as_bytes().first();
    first && text.as_bytes().get(at..end).is_some_and(|bytes| bytes == words.as_bytes()) && is_edge(text, end)
}

/// The first whole words in a place of the text, small letters asked for.
pub(crate) fn find(text: &Text, bounds: Bounds, words: &str) -> Option<Bounds> {
    let first = text.word_starts(bounds).iter().find(|at| stands(&text.lower, **at, words))?;
    let hit = Bounds::new(*first, first + words.len());
    (hit.end <= bounds.end).then_some(hit)
}

/// All whole words of a list in a place, in the order of the text; of two that overlap the longer.
pub(crate) fn find_all(text: &Text, bounds: Bounds, list: &[&str]) -> Vec<Bounds> {
    let mut found: Vec<Bounds> = Vec::new();
    let mut taken = bounds.start;
    for at in text.word_starts(bounds) {
        if *at < taken {
            continue;
        }
        let fitting = list.iter().filter(|words| at + words.len() <= bounds.end && stands(&text.lower, *at, words));
        if let Some(length) = fitting.map(|words| words.len()).max() {
            taken = at + length;
            found.push(Bounds::new(*at, taken));
        }
    }
    found
}

/// Digits at a place, at most so many: their value and where they end.
pub(crate) fn digits(text: &str, at: usize, most: usize) -> Option<(u32, usize)> {
    let count = text.get(at..)?.bytes().take_while(u8::is_ascii_digit).count();
    if count == 0 || count > most {
        return None;
    }
    let value = text.get(at..at + count)?.parse().ok()?;
    Some((value, at + count))
}

/// Past blanks.
pub(crate) fn skip(text: &str, at: usize, letters: &[char]) -> usize {
    let rest = text.get(at..).unwrap_or("");
    at + (rest.len() - rest.trim_start_matches(letters).len())
}

/// Past blanks and any of these words.
pub(crate) fn past_words(low: &str, mut at: usize, words: &[&str]) -> usize {
    loop {
        at = skip(low, at, &[' ', '\n', ',', ':']);
        let rest = low.get(at..).unwrap_or("");
        match words.iter().find(|word| starts(rest, word)) {
            Some(word) => at += word.len(),
            None => return at,
        }
    }
}

/// The sentences of a place: to «. » before no small letter, or its end.
pub(crate) fn sentences(text: &Text, bounds: Bounds) -> Vec<Bounds> {
    let mut found = Vec::new();
    let mut start = bounds.start;
    let slice = text.slice(bounds);
    let mut letters = slice.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let after = letters.peek().map(|(_, next)| *next);
        if matches!(letter, '.' | '!' | '?') && after.is_none_or(char::is_whitespace) {
            let end = bounds.start + at + letter.len_utf8();
            let rest = text.slice(Bounds::new(end, bounds.end)).trim_start();
            if rest.chars().next().is_none_or(|next| !next.is_lowercase()) {
                found.push(text.trim(Bounds::new(start, end), &[]));
                start = end;
            }
        }
    }
    let rest = text.trim(Bounds::new(start, bounds.end), &[]);
    if rest.start < rest.end {
        found.push(rest);
    }
    found
}

/// Whether small letters begin with an order.
pub(crate) fn is_order(low: &str) -> bool {
    let low = low.strip_prefix("đặc biệt, ").unwrap_or(low);
    FIRST.at(low).is_some()
}

/// Past «các», «tất cả», «quý».
fn past_many(low: &str) -> &str {
    let many = ["toàn bộ các ", "tất cả các ", "các ", "những ", "quý ", "đồng chí ", "mỗi ", "từng "];
    many.iter().find_map(|many| low.strip_prefix(many)).unwrap_or(low)
}

/// Whether small letters begin with the name of a body.
pub(crate) fn is_body(low: &str) -> bool {
    let low = past_many(low);
    NO_NAMES.at(low).is_none() && NAMES.at(low).is_some()
}

/// The name of a body that begins at a place: to the verb, bracket or stop that ends it. And
/// whether a verb ended it.
pub(crate) fn body_name(text: &Text, from: Bounds) -> Option<(Bounds, bool)> {
    if !is_body(text.low(from)) {
        return None;
    }
    name_at(text, from)
}

/// Words that a number may follow in a name.
const NUMBERED: &[&str] =
    &["số", "quận", "phường", "vực", "tầng", "tuyến", "đoàn", "khu", "cấp", "viện", "loại", "hạng", "xá", "y"];

/// «Phòng Kế hoạch tổng hợp chủ trì …»: the name of the room goes on where an order or nothing follows it.
fn is_planning(word_before: &str, rest: &str) -> bool {
    let after = rest.strip_prefix("tổng hợp").filter(|_| word_before == "hoạch").map(str::trim_start);
    after.is_some_and(|after| after.is_empty() || after.starts_with(',') || AFTER.at(after).is_some())
}

/// The same for whoever is named: a person, a body not known by its first word.
pub(crate) fn name_at(text: &Text, from: Bounds) -> Option<(Bounds, bool)> {
    let stop = text.slice(from).find([':', ';', '.', '(', '\n', '"']).map_or(from.end, |at| from.start + at);
    let whole = Bounds::new(from.start, stop);
    let low = text.low(whole);
    // The words that a name begins with are no verbs, nor is the one that such a noun is named by.
    let many = low.len() - past_many(low).len();
    let noun = NAMES.at(low.get(many..).unwrap_or("")).unwrap_or("");
    let mut first = many + noun.len();
    if NAMED_BY_A_VERB.contains(&noun) {
        let next = skip(low, first, &[' ']);
        let named_by =
            AFTER.at(low.get(next..).unwrap_or("")).filter(|word| !word.starts_with("có ") && word.len() > 5);
        if let Some(word) = named_by.filter(|_| many == 0 || noun != "cơ sở") {
            first = next + word.len();
        }
    }
    let mut word_before = "";
    let mut at = 0;
    let mut end = None;
    for word in low.split_inclusive(' ') {
        let bare = word.trim_end_matches([' ', ',', '-']);
        let small = text.slice(Bounds::new(whole.start + at, whole.end)).chars().next().is_some_and(char::is_lowercase);
        let noun = ["các", "những", "của", "mọi", "số", "công", "một", "thường", "vi"].contains(&word_before);
        let rest = low.get(at..).unwrap_or("");
        let ends = || AFTER.at(rest).is_some() && INSIDE.at(rest).is_none() && !is_planning(word_before, rest);
        // «Sở Y tế 02 lần mỗi ngày», but «Bệnh viện dã chiến số 3», «Quận 3».
        let counted = rest.starts_with(|letter: char| letter.is_ascii_digit()) && !NUMBERED.contains(&word_before);
        if at >= first && at > 0 && (counted || small && !noun && ends()) {
            end = Some(whole.start + at);
            break;
        }
        word_before = if word.trim_end().ends_with(',') { "" } else { bare };
        at += word.len();
    }
    let name = text.trim(Bounds::new(from.start, end.unwrap_or(stop)), &[',', '-', '+', '•', '/', '!']);
    (name.start < name.end).then_some((name, end.is_some()))
}

/// The body of a head: «Giám đốc Sở Y tế» → «Sở Y tế», where one is named.
pub(crate) fn without_head(text: &Text, name: Bounds) -> Bounds {
    let mut name = name;
    while let Some(post) = HEADS.iter().find(|post| starts(text.low(name), post)) {
        let from = skip(&text.normal, name.start + post.len(), &[' ', '\n']);
        let rest = Bounds::new(from, name.end.max(from));
        let posts = HEADS.iter().any(|post| starts(text.low(rest), post));
        if !posts && !is_body(text.low(rest)) {
            return name;
        }
        name = rest;
    }
    name
}
