//! Columns that a file flattened side by side: a tab, a rule `|`, or three blanks and more, between two texts of one line.

use crate::text::{Bounds, Text};

/// Fewest blanks of a gap between columns; two occur after a full stop.
const GAP: usize = 3;

/// The texts of a line that stand side by side; one where there is no gap.
pub(crate) fn cells(text: &Text, original: &str, line: Bounds) -> Vec<Bounds> {
    let mut found = Vec::new();
    let mut start = line.start;
    for (at, _) in text.slice(line).match_indices(' ') {
        let at = line.start + at;
        let from = text.place(Bounds::new(at, at + 1)).start;
        let to = text.place(Bounds::new(at + 1, line.end.max(at + 1))).start;
        let blanks = original.get(from..to).unwrap_or("");
        if is_no_gap(text.low(Bounds::new(start, at)), text.low(Bounds::new(at + 1, line.end))) {
            continue;
        }
        if blanks.contains(['\t', '|']) || blanks.chars().filter(|letter| letter.is_whitespace()).count() >= GAP {
            found.push(Bounds::new(start, at));
            start = at + 1;
        }
    }
    found.push(Bounds::new(start, line.end));
    found.retain(|cell| cell.start < cell.end);
    found
}

/// A sign of a list stands before its item; «ngày      tháng      năm», «Số:      /SYT-NVY» leave room for a hand.
fn is_no_gap(before: &str, after: &str) -> bool {
    let sign = !before.is_empty() && before.chars().all(|letter| "-–+•*".contains(letter));
    let dated =
        before.ends_with("ngày") && after.starts_with("tháng") || before.ends_with("tháng") && after.starts_with("năm");
    let numbered = (before == "số:" || before == "số") && after.starts_with(['/', '-']);
    sign || dated || numbered
}

/// Lines with every column as a line of its own, in the order of the text. Empty lines stay.
pub(crate) fn apart(text: &Text, original: &str, lines: &[Bounds]) -> Vec<Bounds> {
    let mut found = Vec::with_capacity(lines.len());
    for line in lines {
        if line.start == line.end {
            found.push(*line);
        } else {
            found.extend(cells(text, original, *line));
        }
    }
    found
}

/// The lines of the left column, and what stands right of it.
pub(crate) fn left_and_right(text: &Text, original: &str, lines: &[Bounds]) -> (Vec<Bounds>, Vec<Bounds>) {
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for line in lines {
        let mut columns = cells(text, original, *line).into_iter();
        let first = columns.next().unwrap_or(*line);
        match close_by(text, first) {
            Some(at) => {
                left.push(text.trim(Bounds::new(first.start, at), &[]));
                right.push(Bounds::new(at, first.end));
            }
            None => left.push(first),
        }
        right.extend(columns);
    }
    (left, right)
}

/// Where the signature begins on a line of the copies that it was set beside with one blank: «- Như trên; PHÓ GIÁM ĐỐC».
fn close_by(text: &Text, line: Bounds) -> Option<usize> {
    text.slice(line).match_indices([':', ';', ',', '.']).find_map(|(at, mark)| {
        let from = crate::scan::skip(&text.normal, line.start + at + mark.len(), &[' ']);
        let rest = Bounds::new(from, line.end.max(from));
        let signs = crate::signature::is_authority(text, rest) || crate::signature::is_post(text, rest);
        signs.then_some(from)
    })
}
