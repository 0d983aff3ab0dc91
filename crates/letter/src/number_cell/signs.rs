//! A number sign by sign: running number, year, symbol, with what had to be mended on the way.

use super::CellDoubt;
use crate::number::{Number, Shape};

/// Most digits of a running number.
const MOST_DIGITS: usize = 6;
/// Most parts of a symbol.
const MOST_PARTS: usize = 6;
/// Most letters of a part of a symbol.
const LONGEST_PART: usize = 12;
/// Most letters of a part that is written small: more are a word.
const LONGEST_SMALL: usize = 8;

/// Reads signs one after the other.
struct Signs<'a> {
    signs: &'a [char],
    at: usize,
}

impl Signs<'_> {
    fn peek(&self) -> Option<char> {
        self.signs.get(self.at).copied()
    }

    fn blanks(&mut self) -> bool {
        let from = self.at;
        while self.peek() == Some(' ') {
            self.at += 1;
        }
        self.at > from
    }

    fn take(&mut self, wanted: impl Fn(char) -> bool) -> String {
        let mut taken = String::new();
        while let Some(sign) = self.peek().filter(|sign| wanted(*sign)) {
            taken.push(sign);
            self.at += 1;
        }
        taken
    }

    fn is_done(&self) -> bool {
        self.at >= self.signs.len()
    }
}

/// A number from its first sign to its last.
pub(super) fn read_signs(signs: &[char], doubts: &mut Vec<CellDoubt>) -> Option<Number> {
    let mut here = Signs { signs, at: 0 };
    let mut digits = here.take(|sign| sign.is_ascii_digit());
    here.blanks();
    // «3 1 5 2 /SYT-NVY»: digits that stand apart.
    while !digits.is_empty() && here.peek().is_some_and(|sign| sign.is_ascii_digit()) {
        digits.push_str(&here.take(|sign| sign.is_ascii_digit()));
        doubts.push(CellDoubt::Mended);
        here.blanks();
    }
    if digits.len() > MOST_DIGITS {
        return None;
    }
    let bis = if digits.is_empty() { String::new() } else { bis(&mut here) };
    let count = digits.parse::<u32>().ok();
    if digits.is_empty() {
        if !matches!(here.peek(), Some('/' | '-')) {
            return None;
        }
        doubts.push(CellDoubt::NoCount);
    } else if here.is_done() {
        doubts.push(CellDoubt::NoSymbol);
        return Some(Number { count, year: None, symbols: Vec::new(), shape: Shape::State, written: digits + &bis });
    }
    let (first, year) = first_mark(&mut here, doubts)?;
    if here.is_done() {
        // «148/», «148/2021»: the symbol was left out.
        doubts.push(CellDoubt::NoSymbol);
        let year_words = year.map(|year| format!("/{year}")).unwrap_or_default();
        let written = format!("{digits}{bis}{year_words}");
        return (!digits.is_empty()).then_some(Number {
            count,
            year,
            symbols: Vec::new(),
            shape: Shape::State,
            written,
        });
    }
    let (symbols, marks) = symbol(&mut here, doubts)?;
    let mut words = String::new();
    for (place, part) in symbols.iter().enumerate() {
        if let Some(mark) = place.checked_sub(1).and_then(|before| marks.get(before)) {
            words.push(*mark);
        }
        words.push_str(part);
    }
    let party = first == '-' && marks.first() == Some(&'/');
    // «217-CT», «13-HĐBT» of old; otherwise a hyphen before a symbol without a slash is a slip.
    let mark = if first == '-' && !party && marks.contains(&'-') {
        doubts.push(CellDoubt::Mended);
        '/'
    } else {
        first
    };
    let year_words = year.map(|year| format!("{year}/")).unwrap_or_default();
    let shape = if party { Shape::Party } else { Shape::State };
    Some(Number { count, year, symbols, shape, written: format!("{digits}{bis}{mark}{year_words}{words}") })
}

/// «12a/…», «12 bis/…»: the letter of a number that was put between others. A letter before a symbol without a
/// slash belongs to the symbol.
fn bis(here: &mut Signs<'_>) -> String {
    let from = here.at;
    let letters = here.take(char::is_alphabetic);
    here.blanks();
    let ends = matches!(here.peek(), None | Some('/' | '-'));
    let small = letters.to_lowercase();
    if ends && (small == "bis" || small.chars().count() == 1) {
        return small;
    }
    here.at = from;
    String::new()
}

/// The sign between running number and symbol, and the year that may follow it.
fn first_mark(here: &mut Signs<'_>, doubts: &mut Vec<CellDoubt>) -> Option<(char, Option<i16>)> {
    let apart = here.blanks() || here.at > 0 && here.signs.get(here.at - 1) == Some(&' ');
    let mark = match here.peek()? {
        mark @ ('/' | '-') => {
            here.at += 1;
            here.blanks();
            // «123//QĐ-UBND», «123/-QĐ»: one sign too many.
            if matches!(here.peek(), Some('/' | '-')) {
                doubts.push(CellDoubt::Mended);
                here.take(|sign| "/- ".contains(sign));
            }
            mark
        }
        '.' | '_' => {
            here.at += 1;
            here.blanks();
            doubts.push(CellDoubt::Mended);
            '/'
        }
        // «123QĐ-UBND», «15 NQ/TW».
        letter if letter.is_alphabetic() => {
            doubts.push(CellDoubt::Mended);
            let party = apart && here.signs.contains(&'/') && !here.signs.contains(&'-');
            return Some((if party { '-' } else { '/' }, None));
        }
        _ => return None,
    };
    let from = here.at;
    let digits = here.take(|sign| sign.is_ascii_digit());
    if digits.is_empty() {
        return Some((mark, None));
    }
    let year = digits.parse::<i16>().ok().filter(|year| (1945..2100).contains(year))?;
    here.blanks();
    match here.peek() {
        None => Some(('/', Some(year))),
        Some('/' | '-') => {
            // «15/2020-NQ-HĐND» stands for «15/2020/NQ-HĐND».
            if mark == '-' || here.peek() == Some('-') {
                doubts.push(CellDoubt::Mended);
            }
            here.at += 1;
            here.blanks();
            Some(('/', Some(year)))
        }
        _ => {
            here.at = from;
            None
        }
    }
}

/// The parts of a symbol and the signs between them.
fn symbol(here: &mut Signs<'_>, doubts: &mut Vec<CellDoubt>) -> Option<(Vec<String>, Vec<char>)> {
    let (mut parts, mut marks) = (Vec::new(), Vec::new());
    let mut small = false;
    loop {
        let part = here.take(|sign| sign.is_alphanumeric() || sign == '&');
        parts.push(capital(&part, &mut small)?);
        if here.blanks() && here.peek().is_some_and(char::is_alphabetic) && parts.len() < MOST_PARTS {
            // «KGVX 1»? No: only another part in capitals, «123/QĐ UBND».
            let next: String = here.signs.iter().skip(here.at).take_while(|sign| sign.is_alphanumeric()).collect();
            if !next.chars().all(|sign| sign.is_uppercase() || sign.is_ascii_digit()) {
                return None;
            }
            doubts.push(CellDoubt::Mended);
            marks.push('-');
            continue;
        }
        if here.is_done() {
            break;
        }
        let mark = match here.peek()? {
            mark @ ('-' | '/') => mark,
            '.' | '_' => {
                doubts.push(CellDoubt::Mended);
                '-'
            }
            _ => return None,
        };
        let run = here.take(|sign| "-/._ ".contains(sign));
        if here.is_done() {
            // «148/UBND-»: nothing follows.
            doubts.push(CellDoubt::Mended);
            break;
        }
        if run.chars().filter(|sign| *sign != ' ').count() > 1 {
            doubts.push(CellDoubt::Mended);
        }
        if parts.len() == MOST_PARTS {
            return None;
        }
        marks.push(mark);
    }
    if small {
        doubts.push(CellDoubt::SmallLetters);
    }
    Some((parts, marks))
}

/// A part of a symbol as it is usually written: «TTg» stays, «ubnd» becomes «UBND».
fn capital(part: &str, small: &mut bool) -> Option<String> {
    let letters = part.chars().filter(|sign| sign.is_alphabetic()).count();
    let capitals = part.chars().filter(|sign| sign.is_uppercase()).count();
    let length = part.chars().count();
    if letters == 0 || length > LONGEST_PART || !part.chars().next().is_some_and(char::is_alphabetic) {
        return None;
    }
    if capitals * 2 >= letters {
        return Some(part.to_owned());
    }
    if length > LONGEST_SMALL {
        return None;
    }
    *small = true;
    Some(part.to_uppercase())
}
