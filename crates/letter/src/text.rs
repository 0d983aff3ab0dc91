//! The text a letter is read from: normalised, with the way back to every place of the original.
//!
//! Lives here: composing (NFC), Ð → Đ, blanks and dashes, `**` marks, stray page numbers, sentences
//! that a page break cut. Not here: the encodings of old fonts and files (`document::text`).

use serde::{Deserialize, Serialize};
use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// A place in the text that was handed in: bytes, the end not included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Place {
    /// First byte.
    pub start: usize,
    /// First byte after it.
    pub end: usize,
}

/// Something read, where it stands and how sure the reading is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found<T> {
    /// What was read.
    pub value: T,
    /// The place in the original text that it was read from.
    pub place: Place,
    /// How sure the reading is, in percent. An estimate by the kind of evidence (the layout names
    /// it, a list of words suggests it), not a measured rate.
    pub percent: u8,
}

/// A place in the normalised text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bounds {
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl Bounds {
    pub(crate) const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }
}

/// A letter of the text and the bytes of the original that it stands for.
#[derive(Clone, Copy, PartialEq)]
struct Piece {
    letter: char,
    start: usize,
    end: usize,
}

/// How often the steps are repeated until nothing changes; two rounds are usual.
const ROUNDS: usize = 8;

/// The normalised text of a letter.
#[derive(Clone, Debug)]
pub struct Text {
    pub(crate) normal: String,
    /// Small letters, tone marks where older spelling puts them («uỷ» → «ủy»); offsets as in `normal`.
    pub(crate) lower: String,
    /// Where the words of `lower` begin.
    starts: Vec<usize>,
    places: Vec<(usize, usize)>,
}

impl Text {
    /// Normalises a text.
    pub fn new(original: &str) -> Self {
        let mut pieces: Vec<Piece> = original
            .char_indices()
            .map(|(start, letter)| Piece { letter, start, end: start + letter.len_utf8() })
            .collect();
        for _ in 0..ROUNDS {
            let next = lines(compose(letters(&pieces)));
            let same = next.len() == pieces.len() && next.iter().zip(&pieces).all(|(a, b)| a.letter == b.letter);
            pieces = next;
            if same {
                break;
            }
        }
        let normal: String = pieces.iter().map(|piece| piece.letter).collect();
        let places =
            pieces.iter().flat_map(|piece| std::iter::repeat_n((piece.start, piece.end), piece.letter.len_utf8()));
        let lower = lower(&normal);
        Self { starts: crate::scan::word_starts(&lower), lower, places: places.collect(), normal }
    }

    /// The normalised text.
    pub fn normal(&self) -> &str {
        &self.normal
    }

    /// The words of a place of the normalised text, one blank between them.
    pub(crate) fn words(&self, bounds: Bounds) -> String {
        self.slice(bounds).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    pub(crate) fn slice(&self, bounds: Bounds) -> &str {
        self.normal.get(bounds.start..bounds.end).unwrap_or("")
    }

    pub(crate) fn low(&self, bounds: Bounds) -> &str {
        self.lower.get(bounds.start..bounds.end).unwrap_or("")
    }

    /// Where words begin in a place.
    pub(crate) fn word_starts(&self, bounds: Bounds) -> &[usize] {
        let from = self.starts.partition_point(|start| *start < bounds.start);
        let to = self.starts.partition_point(|start| *start < bounds.end);
        self.starts.get(from..to).unwrap_or_default()
    }

    pub(crate) fn all(&self) -> Bounds {
        Bounds::new(0, self.normal.len())
    }

    /// The place in the original.
    pub(crate) fn place(&self, bounds: Bounds) -> Place {
        let last = self.places.last().map_or(0, |place| place.1);
        let start = self.places.get(bounds.start).map_or(last, |place| place.0);
        let end = match bounds.end.checked_sub(1) {
            Some(before) if bounds.end > bounds.start => self.places.get(before).map_or(last, |place| place.1),
            _ => start,
        };
        Place { start, end: end.max(start) }
    }

    pub(crate) fn found<T>(&self, value: T, bounds: Bounds, percent: u8) -> Found<T> {
        Found { value, place: self.place(bounds), percent }
    }

    /// The words of a place, as something found there.
    pub(crate) fn quote(&self, bounds: Bounds, percent: u8) -> Found<String> {
        self.found(self.words(bounds), bounds, percent)
    }

    /// The same place without blanks and these letters at its ends.
    pub(crate) fn trim(&self, bounds: Bounds, ends: &[char]) -> Bounds {
        let slice = self.slice(bounds);
        let drop = |letter: char| letter.is_whitespace() || ends.contains(&letter);
        let start = bounds.start + (slice.len() - slice.trim_start_matches(drop).len());
        let end = bounds.start + slice.trim_end_matches(drop).len();
        Bounds::new(start, end.max(start))
    }

    /// Makes one line of a paragraph that was wrapped, so that no phrase is cut.
    pub(crate) fn run_on(&mut self, bounds: Bounds) {
        for text in [&mut self.normal, &mut self.lower] {
            if let Some(line) = text.get(bounds.start..bounds.end).filter(|lines| lines.contains('\n')) {
                let line = line.replace('\n', " ");
                text.replace_range(bounds.start..bounds.end, &line);
            }
        }
    }

    /// The lines of the text, empty ones included.
    pub(crate) fn line_bounds(&self) -> Vec<Bounds> {
        let mut found = Vec::new();
        let mut start = 0;
        for line in self.normal.split('\n') {
            found.push(Bounds::new(start, start + line.len()));
            start += line.len() + 1;
        }
        found
    }
}

/// Step one, letter by letter: blanks, dashes, Ð, what cannot be seen, `**`.
fn letters(pieces: &[Piece]) -> Vec<Piece> {
    let mut kept = Vec::with_capacity(pieces.len());
    for (index, piece) in pieces.iter().enumerate() {
        let near = |step: isize| index.checked_add_signed(step).and_then(|at| pieces.get(at)).map(|near| near.letter);
        let letter = match piece.letter {
            '\r' if near(1) == Some('\n') => continue,
            '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
            '\n' => '\n',
            '\u{200b}'..='\u{200d}' | '\u{feff}' | '\u{ad}' | '\u{2060}' => continue,
            '*' if near(1) == Some('*') || near(-1) == Some('*') => continue,
            'Ð' => 'Đ',
            // A rule between the columns of a table that was flattened.
            '|' => ' ',
            '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
            blank if blank.is_whitespace() || blank.is_control() => ' ',
            other => other,
        };
        kept.push(Piece { letter, ..*piece });
    }
    kept
}

/// Step two: letters and their marks become one (NFC).
fn compose(pieces: Vec<Piece>) -> Vec<Piece> {
    if is_nfc_quick(pieces.iter().map(|piece| piece.letter)) == IsNormalized::Yes {
        return pieces;
    }
    let mut composed = Vec::with_capacity(pieces.len());
    let mut at = 0;
    while let Some(first) = pieces.get(at) {
        let marks = pieces.iter().skip(at + 1).take_while(|piece| canonical_combining_class(piece.letter) != 0).count();
        let cluster = pieces.get(at..=at + marks).unwrap_or_default();
        let end = cluster.last().map_or(first.end, |last| last.end);
        let letters = cluster.iter().map(|piece| piece.letter).nfc();
        composed.extend(letters.map(|letter| Piece { letter, start: first.start, end }));
        at += marks + 1;
    }
    composed
}

/// Step three, line by line: single blanks, no stray page numbers, no blank line inside a
/// sentence that a page cut.
fn lines(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut joined: Vec<Piece> = Vec::with_capacity(pieces.len());
    let mut blank = false;
    for line in pieces.split(|piece| piece.letter == '\n') {
        let mut clean: Vec<Piece> = Vec::with_capacity(line.len());
        for piece in line {
            let after_blank = clean.last().is_none_or(|last: &Piece| last.letter == ' ');
            if piece.letter != ' ' || !after_blank {
                clean.push(*piece);
            }
        }
        if clean.last().is_some_and(|last| last.letter == ' ') {
            clean.pop();
        }
        mend(&mut clean);
        let Some(first) = clean.first() else {
            blank = !joined.is_empty();
            continue;
        };
        // A page number between two lines is no blank line: what it cut goes on below.
        if is_page_number(&clean) {
            continue;
        }
        if let Some(last) = joined.last().copied() {
            let cut = blank && first.letter.is_lowercase() && !".;:!?/".contains(last.letter);
            // The line stays a line: how wide the text was set is seen from its lines.
            let between = if blank && !cut { "\n\n" } else { "\n" };
            joined.extend(between.chars().map(|letter| Piece { letter, start: last.end, end: last.end }));
        }
        joined.extend(clean);
        blank = false;
    }
    joined
}

/// What a scan misread in a line.
fn mend(line: &mut [Piece]) {
    if !crate::repair::is_suspect(line.iter().map(|piece| piece.letter)) {
        return;
    }
    let letters: Vec<char> = line.iter().map(|piece| piece.letter).collect();
    for (piece, letter) in line.iter_mut().zip(crate::repair::line(&letters).unwrap_or_default()) {
        piece.letter = letter;
    }
}

/// «2», «- 2 -», «Trang 2», «2/5» alone on a line.
fn is_page_number(line: &[Piece]) -> bool {
    if line.len() > 12 {
        return false;
    }
    let text: String = line.iter().map(|piece| piece.letter).collect();
    let text = text.trim_start_matches("Trang ").trim_matches(|letter| letter == '-' || letter == ' ');
    let mut parts = text.split('/');
    let number = |part: Option<&str>| {
        part.is_some_and(|part| (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    number(parts.next()) && parts.next().is_none_or(|part| number(Some(part))) && parts.next().is_none()
}

/// Small letters of the same length, tone marks of open «oa, oe, uy» on the first vowel.
fn lower(text: &str) -> String {
    #[rustfmt::skip]
    const MOVED: [(&str, &str); 12] = [
        ("oà", "òa"), ("oá", "óa"), ("oả", "ỏa"), ("oã", "õa"), ("oạ", "ọa"), ("oè", "òe"), ("oé", "óe"),
        ("oẻ", "ỏe"), ("oẹ", "ọe"), ("uý", "úy"), ("uỷ", "ủy"), ("uỵ", "ụy"),
    ];
    let mut low = String::with_capacity(text.len());
    for letter in text.chars() {
        let mut small = letter.to_lowercase();
        match (small.next(), small.next()) {
            (Some(one), None) if one.len_utf8() == letter.len_utf8() => low.push(one),
            _ => low.push(letter),
        }
    }
    for (modern, old) in MOVED {
        if modern.len() != old.len() || !low.contains(modern) {
            continue;
        }
        let mut from = 0;
        while let Some(at) = low.get(from..).and_then(|rest| rest.find(modern)).map(|at| at + from) {
            let end = at + modern.len();
            let open = low.get(end..).and_then(|rest| rest.chars().next()).is_none_or(|next| !next.is_alphabetic());
            let after_q = low.get(..at).is_some_and(|before| before.ends_with('q'));
            if open && !after_q {
                low.replace_range(at..end, old);
            }
            from = end;
        }
    }
    low
}
