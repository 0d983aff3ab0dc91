//! «Nơi nhận»: who gets a copy, what for, and the archive line.

use serde::{Deserialize, Serialize};

use crate::text::{Bounds, Found, Text};

/// What a copy is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// «để thực hiện»
    Carry,
    /// «để báo cáo», «b/c»
    Report,
    /// «để phối hợp»
    Cooperate,
    /// «để biết»
    Know,
    /// «để chỉ đạo»
    Direct,
}

/// One item of «Nơi nhận».
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Copy {
    /// As printed, the bracket with the purpose left out.
    pub to: String,
    /// What for; `None` where it is not said.
    pub purpose: Option<Purpose>,
}

/// Copies and archive line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Copies {
    /// Items without the archive line.
    pub items: Vec<Found<Copy>>,
    /// Who keeps it: «VT, KHTC».
    pub archive: Option<Found<String>>,
}

/// Whether a line in small letters is the archive line.
pub(crate) fn is_archive(low: &str) -> bool {
    let low = low.trim_start_matches(['-', '+', '•', ' ']);
    low.strip_prefix("lưu").is_some_and(|rest| rest.starts_with([':', ' ']))
}

fn purpose(low: &str) -> Option<Purpose> {
    let kinds = [
        ("thực hiện", Purpose::Carry),
        ("t/h", Purpose::Carry),
        ("th/h", Purpose::Carry),
        ("báo cáo", Purpose::Report),
        ("b/c", Purpose::Report),
        ("(bc)", Purpose::Report),
        ("để bc", Purpose::Report),
        ("phối hợp", Purpose::Cooperate),
        ("p/h", Purpose::Cooperate),
        ("(ph)", Purpose::Cooperate),
        ("chỉ đạo", Purpose::Direct),
        ("c/đ", Purpose::Direct),
        ("để biết", Purpose::Know),
    ];
    kinds.iter().find(|(words, _)| low.contains(words)).map(|(_, purpose)| *purpose)
}

fn item(text: &Text, bounds: Bounds) -> Option<Found<Copy>> {
    let bounds = text.trim(bounds, &['-', '+', '•', ';', ',', '.']);
    if !text.slice(bounds).chars().any(char::is_alphabetic) {
        return None;
    }
    let slice = text.slice(bounds);
    let bracket = slice.rfind('(').filter(|_| slice.ends_with(')')).map(|at| bounds.start + at);
    let said = bracket.and_then(|at| purpose(text.low(Bounds::new(at, bounds.end))));
    let end = bracket.filter(|_| said.is_some()).unwrap_or(bounds.end);
    let to = text.words(text.trim(Bounds::new(bounds.start, end), &[]));
    Some(text.found(Copy { to, purpose: said }, bounds, 95))
}

fn apart(text: &Text, line: Bounds) -> Vec<Bounds> {
    let mut found = Vec::new();
    let mut start = line.start;
    for (at, mark) in text.slice(line).match_indices(['-', '•']) {
        let at = line.start + at;
        let before = text.slice(Bounds::new(line.start, at)).trim_end();
        let after = text.slice(Bounds::new(at + mark.len(), line.end));
        if before.ends_with([';', ':', ',']) && after.starts_with(' ') {
            found.push(Bounds::new(start, at));
            start = at;
        }
    }
    found.push(Bounds::new(start, line.end));
    found
}

/// Reads the lines from «Nơi nhận».
pub(crate) fn copies(text: &Text, lines: &[Bounds]) -> Copies {
    let mut found = Copies::default();
    // Items of a list that was flattened to one line: «- Như trên; - Bộ trưởng (để báo cáo); - Lưu: VT».
    let lines: Vec<Bounds> = lines.iter().flat_map(|line| apart(text, *line)).collect();
    let dashes = lines.iter().any(|line| text.slice(*line).starts_with(['-', '+', '•']));
    let mut items: Vec<Bounds> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let from = match text.slice(*line).find(':').filter(|_| index == 0) {
            Some(colon) => line.start + colon + 1,
            None if index == 0 => line.end,
            None => line.start,
        };
        let line = text.trim(Bounds::new(from, line.end), &[]);
        if line.start == line.end {
            continue;
        }
        if is_archive(text.low(line)) {
            let at = text.low(line).find("lưu").map_or(line.start, |at| line.start + at + "lưu".len());
            let rest = text.slice(Bounds::new(at, line.end));
            // Marks of the drawing-up («_{AN}») are no unit.
            let end = rest.find(['_', '{']).map_or(line.end, |stop| at + stop);
            let bounds = text.trim(Bounds::new(at, end), &[':', '.', ';']);
            found.archive = (bounds.start < bounds.end).then(|| text.quote(bounds, 95));
            break;
        }
        let begins = text.slice(line).starts_with(['-', '+', '•']);
        // «Gửi bản điện tử:»
        if dashes && !begins && items.is_empty() && text.slice(line).ends_with(':') {
            continue;
        }
        match items.last_mut().filter(|_| dashes && !begins) {
            Some(last) => last.end = line.end,
            None => items.push(line),
        }
    }
    found.items = items.into_iter().filter_map(|bounds| item(text, bounds)).collect();
    found
}
