//! Which facility is meant, and who said it.

use place::text::SearchKeys;

use super::words::{Kind, Text, Token};
use super::{Candidate, Found, Question, Reading};
use place::FacilityId;

/// How the name of a facility begins, spelt out and folded.
const HEADS: [&[&str]; 6] = [
    &["benh", "vien"],
    &["trung", "tam", "y", "te"],
    &["tram", "y", "te"],
    &["phong", "kham"],
    &["co", "so"],
    &["bvdc"],
];
/// Words that people leave out between head and name.
const FILLERS: [&str; 15] =
    ["da", "khoa", "khu", "vuc", "tinh", "huyen", "thi", "xa", "thanh", "pho", "dac", "quan", "du", "kv", "dk"];

/// A word as search keys spell it, and the token it came from.
struct Spelt {
    word: String,
    token: usize,
}

/// The key words of a text with the tokens they came from: «BV» is two words of one token.
fn spell(text: &Text<'_>) -> Vec<Spelt> {
    let mut spelt = Vec::new();
    for (index, token) in text.tokens.iter().enumerate() {
        if !token.used && !matches!(token.kind, Kind::Sign(_)) {
            let keys = SearchKeys::of(&text.raw[token.range.clone()]);
            spelt.extend(keys.ascii.split(' ').map(|word| Spelt { word: word.to_owned(), token: index }));
        } else if text.is_break(index) {
            // No name reaches over the end of a clause.
            spelt.push(Spelt { word: String::new(), token: index });
        }
    }
    spelt.retain(|spelt| !spelt.word.is_empty() || text.is_break(spelt.token));
    spelt
}

fn stands_at(spelt: &[Spelt], at: usize, words: &[String]) -> bool {
    !words.is_empty()
        && spelt.len() >= at + words.len()
        && words.iter().zip(&spelt[at..]).all(|(word, spelt)| *word == spelt.word)
}

/// Length of the head that begins at a place.
fn head_at<'w>(at: usize, word: impl Fn(usize) -> &'w str) -> Option<usize> {
    let fits = |head: &&[&str]| head.iter().enumerate().all(|(offset, part)| word(at + offset) == *part);
    HEADS.iter().find(|head| fits(head)).map(|head| head.len())
}

/// What of a name tells it apart: without head and filling words before it.
fn own_words(name: &[String]) -> &[String] {
    let word = |at: usize| name.get(at).map_or("", String::as_str);
    let mut from = head_at(0, word).unwrap_or(0);
    while from + 1 < name.len() && FILLERS.contains(&word(from)) {
        from += 1;
    }
    &name[from..]
}

struct Match {
    facility: FacilityId,
    first: usize,
    last: usize,
    words: usize,
    exact: bool,
}

/// The keys of a candidate, made once.
struct Keys {
    facility: FacilityId,
    code: Vec<String>,
    name: Vec<String>,
    exact: String,
}

fn keys_of(candidate: &Candidate<'_>) -> Keys {
    let split = |text: &str| text.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect();
    let keys = SearchKeys::of(candidate.name);
    let code: Vec<String> = split(&SearchKeys::of(candidate.code).ascii);
    // A code of digits only is a number like any other.
    let speaking = candidate.code.chars().any(char::is_alphabetic);
    Keys {
        facility: candidate.id,
        code: if speaking { code } else { Vec::new() },
        name: split(&keys.ascii),
        exact: keys.exact,
    }
}

/// Finds the facility, or asks.
pub(super) fn facility(
    text: &mut Text<'_>,
    candidates: &[Candidate<'_>],
    meant: Option<FacilityId>,
    reading: &mut Reading,
) {
    let spelt = spell(text);
    let keys: Vec<Keys> = candidates.iter().map(keys_of).collect();
    let mut found: Vec<Match> = Vec::new();
    for at in 0..spelt.len() {
        for key in &keys {
            found.extend(match_at(text, &spelt, at, key));
        }
    }
    // The longest words win over those within them: «BV Hải Âu 2» is not «BV Hải Âu».
    found.sort_by_key(|found| (std::cmp::Reverse(found.words), found.first));
    let mut kept: Vec<Vec<Match>> = Vec::new();
    for one in found {
        let over = kept.iter().position(|group| group[0].first <= one.last && one.first <= group[0].last);
        match over {
            None => kept.push(vec![one]),
            Some(group) if kept[group][0].words == one.words && kept[group][0].first == one.first => {
                kept[group].push(one);
            }
            Some(_) => {}
        }
    }
    kept.sort_by_key(|group| group[0].first);
    for group in &kept {
        text.use_up(group[0].first..group[0].last + 1);
    }
    unknown_names(text, reading, kept.is_empty() && meant.is_none());
    if let Some(meant) = meant {
        let named = kept.iter().find(|group| group.iter().any(|one| one.facility == meant));
        let place = named.map_or(0..0, |group| text.place(group[0].first, group[0].last));
        reading.facility = Some(Found { value: meant, place });
        return;
    }
    decide(text, kept, reading);
}

fn decide(text: &Text<'_>, kept: Vec<Vec<Match>>, reading: &mut Reading) {
    let mut named: Vec<Found<FacilityId>> = Vec::new();
    for group in kept {
        let place = text.place(group[0].first, group[0].last);
        let exact: Vec<&Match> = group.iter().filter(|one| one.exact).collect();
        let mut ids: Vec<FacilityId> =
            if exact.is_empty() { group.iter().collect() } else { exact }.into_iter().map(|one| one.facility).collect();
        ids.dedup();
        if let [id] = ids[..] {
            if !named.iter().any(|found| found.value == id) {
                named.push(Found { value: id, place });
            }
        } else {
            reading.questions.push(Question::WhichFacility { place, facilities: ids });
        }
    }
    let asked = !reading.questions.is_empty();
    if named.len() > 1 {
        reading.questions.push(Question::SeveralFacilities { facilities: named });
    } else if !asked {
        reading.facility = named.pop();
    }
    if reading.facility.is_none() && reading.questions.is_empty() {
        reading.questions.push(Question::NoFacility);
    }
}

fn match_at(text: &Text<'_>, spelt: &[Spelt], at: usize, key: &Keys) -> Option<Match> {
    // A word of an abbreviation is no beginning: «BV» must not be entered in its middle.
    if at > 0 && spelt[at - 1].token == spelt[at].token {
        return None;
    }
    let found = |words: usize, from: usize, until: usize| {
        let (first, last) = (spelt[from].token, spelt[until].token);
        let place = text.place(first, last);
        let exact = SearchKeys::of(&text.raw[place]).exact == key.exact;
        Some(Match { facility: key.facility, first, last, words, exact })
    };
    if stands_at(spelt, at, &key.name) {
        return found(key.name.len() + 10, at, at + key.name.len() - 1);
    }
    if stands_at(spelt, at, &key.code) {
        return found(key.code.len() + 10, at, at + key.code.len() - 1);
    }
    let own = own_words(&key.name);
    let word = |index: usize| spelt.get(index).map_or("", |spelt| spelt.word.as_str());
    if let Some(head) = head_at(at, word) {
        let mut from = at + head;
        while !stands_at(spelt, from, own) && FILLERS.contains(&word(from)) {
            from += 1;
        }
        if stands_at(spelt, from, own) {
            return found(own.len() + 5, at, from + own.len() - 1);
        }
    }
    // Without its head a name must be more than a word, and no number: «số 3» may be a tank.
    let speaks = own.len() >= 2 && own.iter().all(|part| part.chars().all(char::is_alphabetic));
    if speaks && stands_at(spelt, at, own) {
        return found(own.len(), at, at + own.len() - 1);
    }
    None
}

/// «BV Thiên Đường», which nobody has registered. When another facility is known the words are only used up.
fn unknown_names(text: &mut Text<'_>, reading: &mut Reading, ask: bool) {
    let mut index = 0;
    while index < text.tokens.len() {
        let heads = ["bv", "bvdk", "bvdc", "ttyt", "tyt", "pkdk"];
        let mut end = index;
        if heads.contains(&text.word(index)) {
            end = index + 1;
        } else if text.has(index, &["benh", "vien"]) {
            end = index + 2;
        } else if text.has(index, &["trung", "tam", "y", "te"]) {
            end = index + 4;
        }
        if end > index {
            let name = |token: &Token| token.kind == Kind::Word && token.capital && !token.used;
            let mut last = end;
            while last < end + 4 && text.get(last).is_some_and(name) {
                last += 1;
            }
            let numbered = ["so", "sổ"].contains(&text.any_word(last.saturating_sub(1)));
            if numbered && text.whole(last).is_some() {
                last += 1;
            }
            // «trực BV»: a head with nothing behind it names no other one.
            if last > end {
                let place = text.place(index, last - 1);
                text.use_up(index..last);
                let named_too = reading.facility.is_some();
                if ask || !named_too {
                    reading.questions.push(Question::UnknownFacility { place });
                }
            }
            index = last;
        }
        index += 1;
    }
}

/// How people are addressed in such messages.
const TITLES: [&str; 17] = [
    "bs", "bsck1", "bsckii", "bscki", "dd", "ddt", "ks", "ds", "cn", "ktv", "anh", "chi", "em", "ong", "ba", "co",
    "ths",
];

/// Who said it: a title and a name in capitals, or what follows «người báo:».
pub(super) fn speaker(text: &Text<'_>, reading: &mut Reading) {
    let name_from = |from: usize| {
        let is_name = |token: &Token| token.kind == Kind::Word && token.capital && !token.used && token.range.len() > 1;
        let mut last = from;
        while last < from + 4 && text.get(last).is_some_and(is_name) {
            last += 1;
        }
        last
    };
    for index in 0..text.tokens.len() {
        let labelled = [&["nguoi", "bao"][..], &["nguoi", "gui"], &["bao", "cao", "vien"], &["nguoi", "nhan", "bao"]]
            .into_iter()
            .find(|words| text.has(index, words))
            .map(|words| index + words.len());
        let title = TITLES.contains(&text.word(index)) || text.has(index, &["bac", "si"]);
        let long = text.has(index, &["dieu", "duong"]) || text.has(index, &["bac", "si"]);
        let (first, mut from) = match labelled {
            Some(after) => (None, after + usize::from(matches!(text.sign(after), Some(':')))),
            None if title || long => (Some(index), index + if long { 2 } else { 1 }),
            None => continue,
        };
        from += usize::from(text.sign(from) == Some('.'));
        if TITLES.contains(&text.word(from)) && labelled.is_some() {
            from += 1;
        }
        let last = name_from(from);
        if last > from {
            let start =
                first.unwrap_or_else(|| if TITLES.contains(&text.any_word(from - 1)) { from - 1 } else { from });
            let place = text.place(start, last - 1);
            reading.told_by = Some(Found { value: text.raw[place.clone()].to_owned(), place });
            return;
        }
    }
}
