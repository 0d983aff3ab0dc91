//! The paragraphs of a body: what each begins with and how deep it stands.

use crate::scan::{after, digits, skip};
use crate::text::{Bounds, Text};

/// What a block of the body begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Marker {
    /// `1.` `1,` `1-` `3.1.` `I.` `a)` `Điều 1.`
    Heading,
    /// `-` `+` `•`
    Bullet,
    /// A row of a table.
    Row,
    /// Nothing.
    Plain,
}

/// A paragraph.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Block {
    pub(crate) marker: Marker,
    /// 1 for articles and Roman figures, 2 for `1.`, 3 for `1.1.`, 6 for `a)`, 7 for `-`, 8 for `+`; 0 without a marker.
    pub(crate) level: u8,
    /// Without its marker.
    pub(crate) bounds: Bounds,
}

/// A line longer than this is a whole paragraph: the file was not wrapped.
pub(crate) const UNWRAPPED: usize = 110;

/// Signs that a bullet begins with.
const BULLETS: [char; 6] = ['-', '+', '•', '*', '●', '✓'];

/// Whether a line ends what it says.
pub(crate) fn is_ended(line: &str) -> bool {
    line.ends_with(['.', ':', ';', '!', '?'])
}

/// Whether a line is the thanks that close a letter: it never goes on with the order above it, however full that was.
fn is_thanks(line: &str) -> bool {
    let ends = line.trim_end_matches(['.', '/', ' ']);
    line.len() != ends.len() && ["Trân trọng", "Trân trọng cảm ơn", "Xin trân trọng cảm ơn"].contains(&ends)
}

/// The marker of a line, its level and where its words begin.
pub(crate) fn marker(text: &Text, line: Bounds) -> (Marker, u8, usize) {
    let plain = (Marker::Plain, 0, line.start);
    let slice = text.slice(line);
    if slice.starts_with(BULLETS) {
        let mut signs = BULLETS.to_vec();
        signs.push(' ');
        let from = skip(&text.normal, line.start, &signs);
        let level = if slice.starts_with('+') { 8 } else { 7 };
        // A line of hyphens is a rule, no bullet.
        return if from < line.end { (Marker::Bullet, level, from) } else { plain };
    }
    let start = skip(&text.normal, line.start, &['"', '“', '«']);
    let low = text.lower.get(start..line.end).unwrap_or("");
    if let Some(rest) = low.strip_prefix("điều ") {
        let at = line.end - rest.len();
        let Some((_, end)) = digits(&text.normal, at, 3) else { return plain };
        let Some('.' | ':') = after(&text.normal, end) else { return plain };
        let from = skip(&text.normal, end + 1, &[' ']);
        return if from < line.end { (Marker::Heading, 1, from) } else { plain };
    }
    let mut at = start;
    let mut depth = 0_u8;
    while let Some((_, end)) = digits(&text.normal, at, 2) {
        depth += 1;
        at = end;
        if after(&text.normal, at) == Some('.') && digits(&text.normal, at + 1, 2).is_some() {
            at += 1;
        } else {
            break;
        }
    }
    let mut level = 1 + depth.min(4);
    if depth == 0 {
        let slice = text.normal.get(start..line.end).unwrap_or("");
        let roman = slice.chars().take_while(|letter| "IVX".contains(*letter)).count();
        let small = slice.chars().next().filter(|letter| "abcdeghiklđ".contains(*letter));
        at += match (roman, small) {
            (1..=5, _) => roman,
            (_, Some(letter)) => letter.len_utf8(),
            _ => return plain,
        };
        level = if roman > 0 { 1 } else { 6 };
        let mark = after(&text.normal, at);
        let fits = match mark {
            Some('.') if roman == 0 => capital(text, skip(&text.normal, at + 1, &[' '])),
            Some('.' | '-') => roman > 0,
            mark => mark == Some(')'),
        };
        if !fits {
            return plain;
        }
    }
    match after(&text.normal, at).filter(|mark| ".,)/:-".contains(*mark)) {
        Some(mark) => {
            let from = skip(&text.normal, at + 1, &[' ']);
            let word = after(&text.normal, from).is_some_and(|next| !next.is_ascii_digit());
            // «1- Cấp ủy», «2.1- Cấp ủy», but not «1-2 ngày».
            let apart = from > at + 1 && (mark != '-' || depth <= 1 || capital(text, from));
            if apart && word && from < line.end { (Marker::Heading, level, from) } else { plain }
        }
        None => plain,
    }
}

fn capital(text: &Text, at: usize) -> bool {
    after(&text.normal, at).is_some_and(char::is_uppercase)
}

/// Lines to paragraphs; `cells`: how many columns a line has.
pub(crate) fn blocks(text: &Text, lines: &[Bounds], cells: &dyn Fn(Bounds) -> usize) -> Vec<Block> {
    let length = |line: &Bounds| text.slice(*line).chars().count();
    let is_row = |line: &Bounds| cells(*line) >= 3;
    let width = lines.iter().filter(|line| !is_row(line)).map(length).max().unwrap_or(0);
    let mut found: Vec<Block> = Vec::new();
    let mut before: Option<Bounds> = None;
    for line in lines {
        if line.start == line.end {
            before = None;
            continue;
        }
        if is_row(line) {
            found.push(Block { marker: Marker::Row, level: 0, bounds: *line });
            before = None;
            continue;
        }
        let (marker, level, from) = match marker(text, *line) {
            // «5K + vắc xin» cut before its plus is no list: the line above was full and says on.
            (Marker::Bullet, _, from)
                if before.is_some_and(|before| {
                    !is_ended(text.slice(before)) && length(&before) + 10 > width && width <= UNWRAPPED
                }) && after(&text.normal, from).is_some_and(char::is_lowercase) =>
            {
                (Marker::Plain, 0, line.start)
            }
            found => found,
        };
        let goes_on = marker == Marker::Plain
            && !is_thanks(text.slice(*line))
            && before.is_some_and(|before| {
                let first = text.slice(*line).split(' ').next().map_or(0, |word| word.chars().count());
                let fitted = length(&before) + 1 + first <= width;
                let open = !is_ended(text.slice(before));
                // «… ngày» / «28 tháng 12 năm 2022»
                let small = text
                    .slice(*line)
                    .chars()
                    .next()
                    .is_some_and(|first| first.is_lowercase() || first.is_ascii_digit());
                if width > UNWRAPPED {
                    open && small
                } else {
                    !fitted || small && (open || text.slice(before).ends_with(';'))
                }
            });
        match found.last_mut().filter(|last| goes_on && last.marker != Marker::Row) {
            Some(last) => last.bounds.end = line.end,
            None => found.push(Block { marker, level, bounds: Bounds::new(from, line.end) }),
        }
        before = Some(*line);
    }
    found
}
