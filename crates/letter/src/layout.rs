//! The parts of a letter: head, body, tail; and the blocks of its body.

use crate::scan::{after, digits, skip};
use crate::text::{Bounds, Text};

/// What a block of the body begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Marker {
    /// `1.` `1,` `3.1.` `I.` `a)`
    Heading,
    /// `-` `+` `•`
    Bullet,
    /// Nothing.
    Plain,
}

/// A paragraph.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Block {
    pub(crate) marker: Marker,
    /// Without its marker.
    pub(crate) bounds: Bounds,
}

/// The lines of a letter by part.
#[derive(Debug, Default)]
pub(crate) struct Layout {
    /// Before the addressees or the body.
    pub(crate) head: Vec<Bounds>,
    /// From «Kính gửi» to the end of the addressees; empty where there are none.
    pub(crate) addressed: Vec<Bounds>,
    /// The body.
    pub(crate) body: Vec<Block>,
    /// From «Nơi nhận» to the archive line.
    pub(crate) copies: Vec<Bounds>,
    /// Around the copies: the signature.
    pub(crate) signature: Vec<Bounds>,
}

/// A line longer than this is a whole paragraph: the file was not wrapped.
const UNWRAPPED: usize = 110;

/// Most lines of a head without addressees.
const LONGEST_HEAD: usize = 40;

/// Whether a line holds letters and all of them are capitals.
pub(crate) fn is_capitals(line: &str) -> bool {
    line.chars().filter(|letter| letter.is_alphabetic()).count() > 2 && !line.chars().any(char::is_lowercase)
}

/// Whether a line ends what it says.
fn is_ended(line: &str) -> bool {
    line.ends_with(['.', ':', ';', '!', '?'])
}

impl Layout {
    /// Cuts the text into its parts.
    pub(crate) fn of(text: &Text) -> Self {
        let lines = text.line_bounds();
        let low = |line: &Bounds| text.low(*line);
        let addressed = lines.iter().position(|line| low(line).starts_with("kính gửi"));
        let head_end = addressed.unwrap_or_else(|| head_without_addressees(text, &lines));
        let body_start = addressed.map_or(head_end, |at| addressed_end(text, &lines, at));
        let copies_start = lines.iter().skip(body_start).position(|line| low(line).starts_with("nơi nhận"));
        let copies_start = copies_start.map(|at| at + body_start);
        let limit = copies_start.unwrap_or(lines.len());
        let part = |from: usize, to: usize| lines.get(from..to.max(from)).unwrap_or_default();
        let ended = part(body_start, limit).iter().position(|line| text.slice(*line).contains("./."));
        let body_end = ended.map(|at| at + body_start + 1).unwrap_or_else(|| {
            let signed = part(body_start, limit).iter().position(|line| crate::signature::is_authority(text, *line));
            signed.map_or(limit, |at| at + body_start)
        });
        let copies_end = copies_start.map_or(limit, |at| copies_end(text, &lines, at));
        let mut signature = part(body_end, limit).to_vec();
        signature.extend_from_slice(part(copies_end, lines.len()));
        Self {
            head: part(0, head_end).to_vec(),
            addressed: part(head_end, body_start).to_vec(),
            body: blocks(text, part(body_start, body_end)),
            copies: part(copies_start.unwrap_or(limit), copies_end).to_vec(),
            signature,
        }
    }
}

/// The head of a document without «Kính gửi» ends at its first paragraph.
fn head_without_addressees(text: &Text, lines: &[Bounds]) -> usize {
    let begins = |line: &Bounds| {
        let low = text.low(*line);
        let opens = ["căn cứ", "thực hiện", "theo đề nghị", "xét đề nghị", "ngày ", "nơi nhận"];
        opens.iter().any(|words| low.starts_with(words))
            || low.chars().count() > UNWRAPPED
            || marker(text, *line).0 != Marker::Plain && !is_capitals(text.slice(*line))
    };
    lines.iter().take(LONGEST_HEAD).position(begins).unwrap_or_else(|| lines.len().min(LONGEST_HEAD))
}

/// The line after the addressees.
fn addressed_end(text: &Text, lines: &[Bounds], at: usize) -> usize {
    let mut open = !text.slice(lines.get(at).copied().unwrap_or(text.all())).ends_with('.');
    let mut seen = false;
    for (index, line) in lines.iter().enumerate().skip(at + 1) {
        let words = text.slice(*line);
        let bracket = words.trim_start_matches(['-', '+', '•', ' ']).starts_with('(');
        // A full stop ends the list; only the bracket with the short name may follow it.
        let item = bracket || open && words.starts_with(['-', '+', '•']);
        let before = lines.get(index - 1).map_or("", |before| text.slice(*before));
        let list_opens =
            index == at + 2 && before.is_empty() && is_ended(text.slice(lines.get(at).copied().unwrap_or(*line)));
        let goes_on = open && !before.is_empty() && !words.is_empty() && words.chars().count() < UNWRAPPED;
        if words.is_empty() || item || goes_on || (list_opens && !seen && words.ends_with(';')) {
            if !words.is_empty() {
                open = open && !words.ends_with(['.', ')']);
                seen = true;
            }
            continue;
        }
        return index;
    }
    lines.len()
}

/// The line after the copies: after the archive line, or where the signature begins.
fn copies_end(text: &Text, lines: &[Bounds], at: usize) -> usize {
    for (index, line) in lines.iter().enumerate().skip(at + 1) {
        if crate::signature::is_authority(text, *line) || crate::signature::is_post(text, *line) {
            return index;
        }
        if crate::copies::is_archive(text.low(*line)) {
            return index + 1;
        }
    }
    lines.len()
}

/// The marker of a line and where its words begin.
fn marker(text: &Text, line: Bounds) -> (Marker, usize) {
    let slice = text.slice(line);
    if slice.starts_with(['-', '+', '•', '*', '●', '✓']) {
        let from = skip(&text.normal, line.start, &['-', '+', '•', '*', '●', '✓', ' ']);
        // A line of hyphens is a rule, no bullet.
        return if from < line.end { (Marker::Bullet, from) } else { (Marker::Plain, line.start) };
    }
    let plain = (Marker::Plain, line.start);
    let mut at = line.start;
    let mut counted = false;
    while let Some((_, end)) = digits(&text.normal, at, 2) {
        counted = true;
        at = end;
        if after(&text.normal, at) == Some('.') && digits(&text.normal, at + 1, 2).is_some() {
            at += 1;
        } else {
            break;
        }
    }
    if !counted {
        let roman = slice.chars().take_while(|letter| "IVX".contains(*letter)).count();
        let small = slice.chars().next().is_some_and(|letter| "abcdeghiklđ".contains(letter));
        at += match (roman, small) {
            (1..=5, _) => roman,
            (_, true) => slice.chars().next().map_or(0, char::len_utf8),
            _ => return plain,
        };
        let mark = after(&text.normal, at);
        if !(mark == Some('.') && roman > 0 || mark == Some(')')) {
            return plain;
        }
    }
    match after(&text.normal, at).filter(|mark| ".,)/:".contains(*mark)) {
        Some(_) => {
            let from = skip(&text.normal, at + 1, &[' ']);
            let word = after(&text.normal, from).is_some_and(|next| !next.is_ascii_digit());
            if from > at + 1 && word && from < line.end { (Marker::Heading, from) } else { plain }
        }
        None => plain,
    }
}

/// Lines to paragraphs.
fn blocks(text: &Text, lines: &[Bounds]) -> Vec<Block> {
    let length = |line: &Bounds| text.slice(*line).chars().count();
    let width = lines.iter().map(length).max().unwrap_or(0);
    let mut found: Vec<Block> = Vec::new();
    let mut before: Option<Bounds> = None;
    for line in lines {
        if line.start == line.end {
            before = None;
            continue;
        }
        let (marker, from) = match marker(text, *line) {
            // «5K + vắc xin» cut before its plus is no list: the line above was full and says on.
            (Marker::Bullet, from)
                if before.is_some_and(|before| {
                    !is_ended(text.slice(before)) && length(&before) + 10 > width && width <= UNWRAPPED
                }) && after(&text.normal, from).is_some_and(char::is_lowercase) =>
            {
                (Marker::Plain, line.start)
            }
            found => found,
        };
        let goes_on = marker == Marker::Plain
            && before.is_some_and(|before| {
                let first = text.slice(*line).split(' ').next().map_or(0, |word| word.chars().count());
                let fitted = length(&before) + 1 + first <= width;
                let open = !is_ended(text.slice(before));
                let small = text.slice(*line).chars().next().is_some_and(char::is_lowercase);
                if width > UNWRAPPED { open && small } else { !fitted || (open && small) }
            });
        match found.last_mut().filter(|_| goes_on) {
            Some(last) => last.bounds.end = line.end,
            None => found.push(Block { marker, bounds: Bounds::new(from, line.end) }),
        }
        before = Some(*line);
    }
    found
}
