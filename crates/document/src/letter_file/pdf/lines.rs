//! Signs to lines: words by the gaps between signs, pieces of one line apart where a column ends.

use unicode_normalization::char::canonical_combining_class;

use super::signs::{Sheet, Sign};
use crate::text::{OldFont, Repairs};

/// All in sizes of the letters: a gap that is a blank,
const BLANK: f64 = 0.18;
/// a gap that may be the end of a column,
const COLUMN: f64 = 0.9;
/// a gap that justified text does not have,
const WIDE: f64 = 2.5;
/// and how far a raised or lowered sign may stand from its line.
const RAISED: f64 = 0.4;

/// A piece of a line without a wide gap.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) size: f64,
    /// How wide its first word is: what did not fit on the line above.
    pub(super) first_word: f64,
}

/// A line of a page.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) y: f64,
    pub(super) pieces: Vec<Piece>,
}

impl Line {
    pub(super) fn left(&self) -> f64 {
        self.pieces.iter().map(|piece| piece.left).fold(f64::INFINITY, f64::min)
    }

    pub(super) fn right(&self) -> f64 {
        self.pieces.iter().map(|piece| piece.right).fold(f64::NEG_INFINITY, f64::max)
    }

    pub(super) fn size(&self) -> f64 {
        self.pieces.iter().map(|piece| piece.size).fold(0.0, f64::max)
    }

    /// How wide the first word of the line is.
    pub(super) fn first_word(&self) -> f64 {
        self.pieces.first().map_or(0.0, |piece| piece.first_word)
    }

    pub(super) fn text(&self) -> String {
        self.pieces.iter().map(|piece| piece.text.as_str()).collect::<Vec<_>>().join("\t")
    }
}

/// The lines of one page from above.
#[derive(Debug)]
pub(super) struct PageLines {
    pub(super) lines: Vec<Line>,
    pub(super) high: f64,
}

/// Signs drawn one after the other on one line.
struct Run {
    parts: Vec<(Option<OldFont>, String)>,
    left: f64,
    /// Where the pen stands.
    pen: f64,
    /// Where the last sign that is no blank ends.
    right: f64,
    y: f64,
    size: f64,
    /// Where the first word ends, once a blank came.
    first_end: Option<f64>,
}

impl Run {
    fn of(sign: &Sign) -> Self {
        Self {
            parts: vec![(sign.font, sign.text.clone())],
            left: sign.x,
            pen: sign.x + sign.wide,
            right: sign.x + if sign.text.trim().is_empty() { 0.0 } else { sign.wide },
            y: sign.y,
            size: sign.size,
            first_end: None,
        }
    }

    fn takes(&mut self, sign: &Sign) -> bool {
        let mark = sign.text.chars().next().is_some_and(|first| canonical_combining_class(first) != 0);
        let gap = sign.x - self.pen;
        let size = self.size.max(sign.size);
        let near = (sign.y - self.y).abs() <= RAISED * size && gap > -0.6 * size && gap < COLUMN * size;
        let marks = mark && (sign.y - self.y).abs() <= size && gap.abs() <= 2.0 * size;
        if !near && !marks {
            return false;
        }
        if self.first_end.is_none() && (gap > BLANK * size || sign.text.trim().is_empty()) && !mark {
            self.first_end = Some(self.right);
        }
        let blank = self.parts.last().is_some_and(|(_, text)| text.ends_with(char::is_whitespace));
        if gap > BLANK * size && !blank && !sign.text.starts_with(char::is_whitespace) && !mark {
            self.push(sign.font, " ");
        }
        self.push(sign.font, &sign.text);
        if !mark {
            self.pen = sign.x + sign.wide;
        }
        if !sign.text.trim().is_empty() {
            self.right = self.right.max(sign.x + sign.wide);
        }
        // The line is that of its largest letters, not of a raised figure.
        if sign.size > self.size * 1.1 {
            self.size = sign.size;
            self.y = sign.y;
        }
        true
    }

    fn push(&mut self, font: Option<OldFont>, text: &str) {
        match self.parts.last_mut().filter(|(last, _)| *last == font) {
            Some((_, words)) => words.push_str(text),
            None => self.parts.push((font, text.to_owned())),
        }
    }

    fn piece(self, repairs: &mut Repairs) -> Option<Piece> {
        let mut text = String::new();
        for (font, words) in self.parts {
            let decoded = font.filter(|_| !words.is_ascii()).and_then(|font| font.decode(&words, repairs));
            text.push_str(&decoded.unwrap_or(words));
        }
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let first_word = self.first_end.unwrap_or(self.right) - self.left;
        (!text.is_empty()).then_some(Piece { text, left: self.left, right: self.right, size: self.size, first_word })
    }
}

/// The lines of a page.
pub(super) fn lines(sheet: Sheet, repairs: &mut Repairs) -> PageLines {
    let mut runs: Vec<Run> = Vec::new();
    for sign in &sheet.signs {
        if !runs.last_mut().is_some_and(|run| run.takes(sign)) {
            // A blank alone begins nothing.
            if !sign.text.trim().is_empty() {
                runs.push(Run::of(sign));
            }
        }
    }
    let mut placed: Vec<(f64, Piece)> = runs
        .into_iter()
        .filter_map(|run| Some((run.y, run)).and_then(|(y, run)| Some((y, run.piece(repairs)?))))
        .collect();
    placed.sort_by(|(a, one), (b, other)| a.total_cmp(b).then(one.left.total_cmp(&other.left)));
    let mut lines: Vec<Line> = Vec::new();
    for (y, piece) in placed {
        let same = lines.last().is_some_and(|line| {
            let size = piece.size.min(line.size());
            let beside = line.pieces.iter().all(|other| piece.left > other.right || piece.right < other.left);
            let apart = (y - line.y).abs();
            apart <= RAISED * size || beside && apart <= 0.75 * size
        });
        match lines.last_mut().filter(|_| same) {
            Some(line) => line.pieces.push(piece),
            None => lines.push(Line { y, pieces: vec![piece] }),
        }
    }
    for line in &mut lines {
        line.pieces.sort_by(|a, b| a.left.total_cmp(&b.left));
        line.pieces = merged(std::mem::take(&mut line.pieces));
    }
    PageLines { lines, high: sheet.high }
}

/// Pieces that stand close are one, unless a column of the letterhead or the signature begins.
fn merged(pieces: Vec<Piece>) -> Vec<Piece> {
    let of_layout = pieces.iter().any(|piece| is_of_layout(&piece.text));
    let widest = if of_layout { COLUMN } else { WIDE };
    let mut merged: Vec<Piece> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let joins = merged.last().is_some_and(|last| {
            let gap = piece.left - last.right;
            let size = piece.size.max(last.size);
            (gap < widest * size && !begins_column(&piece.text)) || is_marker(&last.text)
        });
        match merged.last_mut().filter(|_| joins) {
            Some(last) => {
                let close = piece.left - last.right < BLANK * piece.size.max(last.size);
                if !close {
                    last.text.push(' ');
                }
                last.text.push_str(&piece.text);
                last.right = last.right.max(piece.right);
                last.size = last.size.max(piece.size);
            }
            None => merged.push(piece),
        }
    }
    merged
}

/// «1.», «a)», «-» alone: what it marks stands after a tab.
fn is_marker(text: &str) -> bool {
    text.chars().count() <= 4
        && (matches!(text, "-" | "+" | "•" | "*" | "–")
            || text.ends_with(['.', ')', '/']) && text.chars().next().is_some_and(char::is_alphanumeric))
}

/// Words with which the right column begins, whatever stands close before them.
fn begins_column(text: &str) -> bool {
    let low = text.to_lowercase();
    ["cộng hòa xã", "cộng hoà xã", "cộng hõa xã", "đảng cộng sản", "độc lập -", "độc lập –"]
        .iter()
        .any(|words| low.starts_with(words))
}

/// What only letterhead and signature hold.
pub(super) fn is_of_layout(text: &str) -> bool {
    let low = text.to_lowercase();
    const BEGINS: [&str; 10] = ["nơi nhận", "số:", "v/v", "tm.", "kt.", "tl.", "tuq.", "t/m", "k/t", "t/l"];
    begins_column(text)
        || BEGINS.iter().any(|words| low.starts_with(words))
        || low.contains(", ngày") && low.contains("tháng") && low.contains("năm") && low.chars().count() < 60
}
