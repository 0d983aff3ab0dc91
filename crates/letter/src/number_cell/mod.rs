//! The number of a document as a clerk typed it into a register: one cell, thousands of ways of writing.
//!
//! Stricter readers ([`crate::read`]) look for numbers in running text, where a wrong guess invents a letter. A cell
//! is meant to hold a number and nothing else, so more is mended here, and each mending is said ([`CellDoubt`]).
//! What cannot be read stays as typed; nothing is refused, nothing guessed.

mod signs;

use serde::{Deserialize, Serialize};
use signs::read_signs;

use crate::number::Number;
use crate::references::{self, Reference};
use crate::text::{Found, Text};

/// What should be known of a number that stands in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CellDoubt {
    /// A sign was missing or another one stood there, «123QĐ-UBND»: it was put in.
    Mended,
    /// Small letters, «148/ubnd-kgvx»: they were made capitals.
    SmallLetters,
    /// Other words stand beside it, «CV 4238/SYT-NVY ngày 3/5/2021»: they were left out of the number.
    OtherWords,
    /// Digits without a symbol, «148».
    NoSymbol,
    /// A symbol whose running number was left for the stamp, «/SYT-NVY».
    NoCount,
    /// More than one number in the cell.
    Several,
    /// A spreadsheet seems to have made a day of it, «05/03/2026».
    LikeADate,
    /// Nothing in it could be read as a number.
    Unread,
}

/// A cell that should hold a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberCell {
    /// As typed, without doubled blanks, in one form of Unicode.
    pub typed: String,
    /// The numbers in it, in their order.
    pub numbers: Vec<Number>,
    /// What should be known, each once.
    pub doubts: Vec<CellDoubt>,
}

/// Longest cell that is looked through, in letters; a longer one is no number.
const LONGEST: usize = 400;

impl NumberCell {
    /// Reads a cell.
    pub fn read(cell: &str) -> Self {
        let typed = tidy(cell);
        let mut doubts = Vec::new();
        let mut numbers: Vec<Number> = Vec::new();
        if typed.chars().count() <= LONGEST && !typed.is_empty() {
            if is_like_a_date(&typed) {
                return Self { typed, numbers, doubts: vec![CellDoubt::LikeADate] };
            }
            match one(&typed) {
                Some((number, said)) => {
                    numbers.push(number);
                    doubts = said;
                }
                None => several(&typed, &mut numbers, &mut doubts),
            }
        }
        if numbers.is_empty() && !typed.is_empty() {
            doubts.push(CellDoubt::Unread);
        }
        if numbers.len() > 1 {
            doubts.push(CellDoubt::Several);
        }
        doubts.sort_unstable();
        doubts.dedup();
        Self { typed, numbers, doubts }
    }

    /// The one number with digits and symbol that the cell holds; none where it holds several or a piece of one.
    pub fn number(&self) -> Option<&Number> {
        let piece = [CellDoubt::NoSymbol, CellDoubt::NoCount, CellDoubt::Several];
        self.numbers.first().filter(|_| !self.doubts.iter().any(|doubt| piece.contains(doubt)))
    }

    /// How it is written down: the one number in its usual spelling, else as typed.
    pub fn written(&self) -> &str {
        match self.numbers.as_slice() {
            [one] => &one.written,
            _ => &self.typed,
        }
    }
}

/// The documents that the subject of a letter names, as registers have it: «Trả lời Công văn số 12/SYT-NVY …».
pub fn named_in(subject: &str) -> Vec<Found<Reference>> {
    let text = Text::new(subject);
    references::references(&text, &[text.all()], None)
}

/// One form of Unicode, one hyphen, one slash, one blank.
fn tidy(cell: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let plain = cell.nfc().filter_map(|sign| match sign {
        'Ð' | 'Ɖ' => Some('Đ'),
        'ð' => Some('đ'),
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' | '─' | '\u{ad}' => Some('-'),
        '\u{2044}' | '\u{2215}' | '\u{ff0f}' | '\\' => Some('/'),
        '\u{200b}'..='\u{200d}' | '\u{feff}' | '\u{2060}' => None,
        '\n' | '\r' => Some(';'),
        blank if blank.is_whitespace() => Some(' '),
        other => Some(other),
    });
    let plain: String = plain.collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ").trim_matches([';', ' ']).to_owned()
}

/// Words before a number that say what it is the number of. The longer ones first.
#[rustfmt::skip]
const BEFORE: &[&str] = &[
    "hỏa tốc", "hoả tốc", "thượng khẩn", "khẩn", "nghị quyết", "nghị định", "quyết định", "chỉ thị", "thông tư liên tịch",
    "thông tư", "thông báo", "công văn", "công điện", "văn bản", "kế hoạch", "hướng dẫn", "báo cáo", "tờ trình", "luật",
    "kết luận", "quy chế", "quy định", "chương trình", "giấy mời", "biên bản", "phiếu chuyển", "số và ký hiệu",
    "số ký hiệu", "số hiệu", "số", "so", "no", "cv", "qđ", "nđ", "nq", "ct", "tt", "tb", "kh", "bc", "ttr", "hd", "cđ",
    "gm", "vb", "kl", "bb",
];

/// What stands before the number, taken away; whether more than «Số» stood there.
fn without_head(typed: &str) -> (&str, bool) {
    let (mut rest, mut words) = (typed, false);
    loop {
        let bare = rest.trim_start_matches([' ', ':', '.', ',', '-', '(', '"', '“', '«', '\'', '*', '…', '_']);
        let low = bare.to_lowercase();
        let found = BEFORE.iter().find(|word| {
            low.strip_prefix(**word).is_some_and(|after| {
                // «CV 12/…», «Số: 12», «Số12», never the first letters of a symbol.
                let next = after.chars().next();
                let digits = (**word == "số" || **word == "so") && next.is_some_and(|sign| sign.is_ascii_digit());
                // «TB/…» and «TB-…» are symbols.
                let marks = if word.chars().count() > 3 || word.starts_with('s') { " :.-…_/" } else { " :.…_" };
                digits || next.is_some_and(|sign| marks.contains(sign) && !after.trim().is_empty())
            })
        });
        // Small and capital letters have the same length in the alphabet of these words but for odd ones: cut by signs.
        let Some(word) = found else { return (rest, words) };
        let signs = word.chars().count();
        words |= !["số", "so", "no", "số ký hiệu", "số hiệu", "số và ký hiệu"].contains(word);
        let end = bare.char_indices().nth(signs).map_or(bare.len(), |(at, _)| at);
        rest = bare.get(end..).unwrap_or_default();
    }
}

/// The one number that a cell, or a part of it, is.
fn one(typed: &str) -> Option<(Number, Vec<CellDoubt>)> {
    let (rest, words) = without_head(typed);
    let mut doubts = Vec::new();
    let rest = rest.trim_matches([' ', ':', '.', ',', ';', '"', '”', '»', '\'', '*', '…', '_']);
    let (body, tail) = before_words(rest);
    if words || tail {
        doubts.push(CellDoubt::OtherWords);
    }
    let signs: Vec<char> = body.chars().collect();
    let number = read_signs(&signs, &mut doubts)?;
    Some((number, doubts))
}

/// What stands before «ngày …», «của …», «V/v …» or a bracket; whether something was cut off.
fn before_words(rest: &str) -> (&str, bool) {
    let low = rest.to_lowercase();
    // Lower case must not move the places: else nothing is cut.
    if low.len() != rest.len() {
        return (rest, false);
    }
    let marks = [" ngày", ",ngày", ", ngày", "(", " v/v", " của ", " về ", " ngay ", " kèm", " bản ", " (bản"];
    match marks.iter().filter_map(|mark| low.find(mark)).filter(|at| *at > 0).min() {
        Some(at) => (rest.get(..at).unwrap_or(rest).trim_end_matches([' ', ',', ';', '.']), true),
        None => (rest, false),
    }
}

/// Several numbers with something between them.
fn several(typed: &str, numbers: &mut Vec<Number>, doubts: &mut Vec<CellDoubt>) {
    let parts = typed.split([';', ',', '+', '&', '|']).flat_map(|part| part.split(" và "));
    let mut parts: Vec<&str> = parts.map(str::trim).filter(|part| !part.is_empty()).collect();
    // «12/SYT-NVY 13/SYT-NVY»: two lines of a cell that were run together.
    if let [all] = parts.as_slice() {
        let words: Vec<&str> = all.split(' ').collect();
        if words.len() > 1 && words.iter().all(|word| one(word).is_some_and(|(number, _)| !number.symbols.is_empty())) {
            parts = words;
        }
    }
    let read: Vec<Option<(Number, Vec<CellDoubt>)>> = parts.iter().map(|part| one(part)).collect();
    // A number and a remark, or numbers alone: what has no symbol beside others is a remark.
    let whole = |found: &&(Number, Vec<CellDoubt>)| !found.0.symbols.is_empty();
    let found: Vec<&(Number, Vec<CellDoubt>)> = read.iter().flatten().filter(whole).collect();
    if found.is_empty() {
        return;
    }
    if found.len() < parts.len() {
        doubts.push(CellDoubt::OtherWords);
    }
    for (number, said) in found {
        numbers.push(number.clone());
        doubts.extend(said);
    }
}

/// «05/03/2026», «2026-03-05 00:00:00», «5-Mar»: what a spreadsheet makes of «5/3».
fn is_like_a_date(typed: &str) -> bool {
    let day = typed.split([' ', 'T']).next().unwrap_or_default();
    let clock = typed.get(day.len()..).unwrap_or_default().trim_start_matches(['T', ' ']);
    let is_clock = clock.is_empty()
        || clock.chars().all(|sign| sign.is_ascii_digit() || ":.".contains(sign)) && clock.contains(':');
    let parts: Vec<&str> = day.split(['/', '-', '.']).collect();
    let number = |part: &str| part.parse::<u32>().ok().filter(|_| part.bytes().all(|byte| byte.is_ascii_digit()));
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let month = |part: &str| MONTHS.contains(&part.to_lowercase().as_str());
    is_clock
        && match parts.as_slice() {
            [day, name] => {
                number(day).is_some_and(|day| day <= 31) && month(name) || month(day) && number(name).is_some()
            }
            [one, two, three] => {
                let numbers = (number(one), number(two), number(three));
                match numbers {
                    (Some(one), Some(two), Some(three)) => {
                        let year_last =
                            (1..=31).contains(&one) && (1..=31).contains(&two) && (1900..2100).contains(&three);
                        let year_first = (1900..2100).contains(&one) && (1..=12).contains(&two) && three <= 31;
                        year_last || year_first
                    }
                    (Some(day), None, Some(_)) => day <= 31 && month(two),
                    _ => false,
                }
            }
            _ => false,
        }
}
