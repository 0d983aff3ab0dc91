//! Other documents that a letter names, and what it says about them.

use serde::{Deserialize, Serialize};

use crate::date::{Written, date_at};
use crate::number::{Number, has, numbers};
use crate::scan::{body_name, find, find_all, skip, starts};
use crate::text::{Bounds, Found, Text};

/// What the letter does with another document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// «Căn cứ»
    LegalBasis,
    /// «thực hiện», «theo», «tại văn bản»
    Implements,
    /// «sửa đổi», «bổ sung»
    Amends,
    /// «thay thế», «bãi bỏ»
    Replaces,
    /// «cân nhắc … thực hiện theo»: weigh before following it
    Reconsiders,
    /// «tiếp theo»: goes on from it
    Continues,
    /// «phúc đáp», «trả lời»
    Answers,
    /// Named; how is not said.
    Mentions,
}

/// A document named in the letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// Its number.
    pub number: Number,
    /// The word for its kind as printed («Công văn», «Thông báo»).
    pub kind: Option<String>,
    /// Its date as printed.
    pub date: Option<Written>,
    /// Who issued it, as printed after «của».
    pub issuer: Option<String>,
    /// What the letter does with it.
    pub role: Role,
}

/// Words for kinds of documents before a number.
#[rustfmt::skip]
pub(crate) const KINDS: &[&str] = &[
    "nghị quyết", "nghị định", "quyết định", "chỉ thị", "thông tư", "thông báo", "công văn", "công điện", "văn bản",
    "kế hoạch", "hướng dẫn", "báo cáo", "tờ trình", "luật", "kết luận", "quy chế", "quy định", "chương trình",
    "phương án", "đề án", "giấy mời", "biên bản",
];

fn role(text: &Text, sentence: Bounds, at: usize) -> Role {
    let before = Bounds::new(sentence.start, at);
    // «Căn cứ … ;» reaches over the list that it opens.
    if starts(text.low(before), "căn cứ") && !has(text, before, &["thực hiện", "đề nghị", "xét", "thay thế", "sửa đổi"])
    {
        return Role::LegalBasis;
    }
    if has(text, before, &["cân nhắc", "xem xét lại"]) {
        return Role::Reconsiders;
    }
    let words = [
        ("căn cứ", Role::LegalBasis),
        ("sửa đổi", Role::Amends),
        ("bổ sung", Role::Amends),
        ("thay thế", Role::Replaces),
        ("bãi bỏ", Role::Replaces),
        ("thực hiện", Role::Implements),
        ("triển khai", Role::Implements),
        ("theo", Role::Implements),
        ("tại", Role::Implements),
        ("tiếp theo", Role::Continues),
        ("tiếp nối", Role::Continues),
        ("phúc đáp", Role::Answers),
        ("trả lời", Role::Answers),
        ("nhận được", Role::Mentions),
        ("xét", Role::Mentions),
        ("đề nghị của", Role::Mentions),
        ("ban hành", Role::Mentions),
    ];
    // The nearest word before it decides, but not one in the title of the document before it.
    let nearest = words.iter().filter_map(|(word, role)| {
        // «sửa đổi nội dung tại mục 3 Công văn …»: where in it, not what is done with it.
        let hit = find_all(text, before, &[word]).into_iter().rev().find(|hit| {
            let next = text.lower.get(skip(&text.lower, hit.end, &[' '])..).unwrap_or("");
            *word != "tại" || !["mục", "khoản", "điểm", "điều", "phần"].iter().any(|part| starts(next, part))
        })?;
        // «tiếp theo» is not «theo».
        Some((hit.end, word.len(), *role))
    });
    nearest.max_by_key(|(at, length, _)| (*at, *length)).map_or(Role::Mentions, |(.., role)| role)
}

/// How far the sentence around a place is looked for, in bytes: a text without full stops must not be
/// gone through again for every number in it.
const FAR: usize = 4_000;

/// The sentence around a place.
pub(crate) fn sentence_around(text: &Text, within: Bounds, at: usize) -> Bounds {
    let mut near =
        Bounds::new(within.start.max(at.saturating_sub(FAR)), within.end.min(at.saturating_add(FAR)).max(at));
    while !text.normal.is_char_boundary(near.start) {
        near.start -= 1;
    }
    while near.end < within.end && !text.normal.is_char_boundary(near.end) {
        near.end += 1;
    }
    let sentences = crate::scan::sentences(text, near);
    sentences.into_iter().find(|sentence| sentence.start <= at && at < sentence.end).unwrap_or(near)
}

/// All documents named in these parts of the text, each once; the letter's own number is none.
pub(crate) fn references(text: &Text, parts: &[Bounds], own: Option<&Number>) -> Vec<Found<Reference>> {
    let mut found: Vec<Found<Reference>> = Vec::new();
    for part in parts {
        for (number, bounds) in numbers(text, *part) {
            if own.is_some_and(|own| own.written == number.written) {
                continue;
            }
            let reference = reference(text, *part, number, bounds);
            match found.iter_mut().find(|known| known.value.number.written == reference.value.number.written) {
                // A later mention fills what the first left open.
                Some(known) => {
                    known.value.date = known.value.date.or(reference.value.date);
                    known.value.issuer = known.value.issuer.take().or(reference.value.issuer);
                    if known.value.role == Role::Mentions {
                        known.value.role = reference.value.role;
                    }
                }
                None => found.push(reference),
            }
        }
    }
    found
}

fn reference(text: &Text, part: Bounds, number: Number, bounds: Bounds) -> Found<Reference> {
    let sentence = sentence_around(text, part, bounds.start);
    let before = text.low(Bounds::new(sentence.start, bounds.start)).trim_end();
    let before = before.strip_suffix("số:").or_else(|| before.strip_suffix("số")).unwrap_or(before).trim_end();
    let kind = KINDS.iter().find(|kind| before.ends_with(**kind)).map(|kind| {
        let end = sentence.start + before.len();
        text.words(Bounds::new(end - kind.len(), end))
    });
    let from = skip(&text.lower, bounds.end, &[' ', '\n', ',']);
    let dated = Some(from).filter(|from| starts(text.lower.get(*from..).unwrap_or(""), "ngày"));
    let dated = dated.and_then(|from| date_at(&text.lower, from)).filter(|(_, end)| *end <= part.end);
    let end = dated.map_or(bounds.end, |(_, end)| end);
    let by = skip(&text.lower, end, &[' ', '\n']);
    let issuer = text.lower.get(by..).filter(|rest| starts(rest, "của")).and_then(|_| {
        let name = skip(&text.lower, by + "của".len(), &[' ', '\n']);
        let rest = Bounds::new(name, sentence.end.max(name));
        let stop = find_all(text, rest, &["về", "phê duyệt", "ban hành", "và", "hướng dẫn"]);
        let stop = stop.first().map_or(rest.end, |hit| hit.start);
        let (named, _) = body_name(text, Bounds::new(name, stop))?;
        let comma = text.slice(named).find(',').map_or(named.end, |at| named.start + at);
        Some(text.words(Bounds::new(named.start, comma)))
    });
    let sure = if kind.is_some() || dated.is_some() { 95 } else { 80 };
    let asked = kind.as_deref().is_some_and(|kind| ["tờ trình", "báo cáo"].contains(&kind.to_lowercase().as_str()));
    // What a lower body asked for is weighed, not carried out.
    let role = match role(text, sentence, bounds.start) {
        Role::Implements if asked => Role::Mentions,
        role => role,
    };
    let reference = Reference { number, kind, date: dated.map(|(written, _)| written), issuer, role };
    text.found(reference, Bounds::new(bounds.start, end), sure)
}

/// Documents that come with the letter: «(Thông báo gửi kèm)», «(Đính kèm: Dự thảo Quyết định; Phương án)».
pub(crate) fn attachments(text: &Text, body: &[Bounds], references: &[Found<Reference>]) -> Vec<Found<String>> {
    let mut found = Vec::new();
    for part in body {
        for hit in find_all(text, *part, &["gửi kèm", "kèm theo", "đính kèm"]) {
            let open = text.slice(Bounds::new(part.start, hit.start)).rfind('(').map(|at| part.start + at + 1);
            let close = text.slice(Bounds::new(hit.end, part.end)).find(')').map(|at| hit.end + at);
            let (Some(open), Some(close)) = (open, close) else { continue };
            if find(text, Bounds::new(open, hit.start), ")").is_some() {
                continue;
            }
            let before = text.trim(Bounds::new(open, hit.start), &[',', ':']);
            let after = text.trim(Bounds::new(hit.end, close), &[',', ':', '.']);
            let named = if before.start < before.end { before } else { after };
            let mut start = named.start;
            for piece in text.slice(named).split(';') {
                let bounds = text.trim(Bounds::new(start, start + piece.len()), &[',', '.']);
                start += piece.len() + 1;
                found.extend(attachment(text, bounds, references));
            }
        }
    }
    found
}

fn attachment(text: &Text, named: Bounds, references: &[Found<Reference>]) -> Option<Found<String>> {
    let low = text.low(named);
    let low = ["có ", "theo "].iter().find_map(|word| low.strip_prefix(word)).unwrap_or(low);
    let named = Bounds::new(named.end - low.len(), named.end);
    if named.start == named.end {
        return None;
    }
    // A bare kind («Thông báo») is the document of that kind that stands before it.
    let place = text.place(named);
    let meant = references.iter().rev().find(|reference| {
        let kind = reference.value.kind.as_deref().unwrap_or("").to_lowercase();
        reference.place.end <= place.start && !kind.is_empty() && kind == low
    });
    let value = match meant {
        Some(reference) => format!("{} số {}", text.words(named), reference.value.number.written),
        None => text.words(named),
    };
    Some(text.found(value, named, if meant.is_some() { 85 } else { 75 }))
}
