//! The parts of a letter: head, addressees, body, copies, signature.

use crate::columns;
use crate::head;
use crate::outline::{Block, Marker, UNWRAPPED, blocks, marker};
use crate::text::{Bounds, Text};

/// The lines of a letter by part.
#[derive(Debug, Default)]
pub(crate) struct Layout {
    /// Before the addressees or the body; columns side by side are lines of their own.
    pub(crate) head: Vec<Bounds>,
    /// From «Kính gửi» to the end of the addressees; empty where there are none.
    pub(crate) addressed: Vec<Bounds>,
    /// The body.
    pub(crate) body: Vec<Block>,
    /// From «Nơi nhận» to the archive line.
    pub(crate) copies: Vec<Bounds>,
    /// Around the copies: the signature.
    pub(crate) signature: Vec<Bounds>,
    /// Where a second letter begins.
    pub(crate) second: Option<Bounds>,
}

/// Most lines from a post to the name of its holder.
const SIGNATURE: usize = 6;

/// Most lines of a head without addressees.
const LONGEST_HEAD: usize = 40;

/// Whether a line holds letters and all of them are capitals.
pub(crate) fn is_capitals(line: &str) -> bool {
    let mut letters = 0;
    for letter in line.chars() {
        if letter.is_lowercase() {
            return false;
        }
        letters += usize::from(letter.is_alphabetic());
    }
    letters > 2
}

/// Whether a line opens the addressees: «Kính gửi», «THỦ TƯỚNG CHÍNH PHỦ điện:».
fn opens_addressees(text: &Text, line: Bounds) -> bool {
    let low = text.low(line);
    if low.starts_with("kính gửi") {
        return true;
    }
    let Some(caller) = low.trim_end_matches([':', ' ']).strip_suffix(" điện") else { return false };
    let heads = [
        "thủ tướng",
        "phó thủ tướng",
        "chủ tịch",
        "bộ trưởng",
        "ủy ban",
        "ban chỉ đạo",
        "trưởng ban",
        "bộ ",
        "giám đốc",
    ];
    heads.iter().any(|head| caller.starts_with(head)) && !low.contains("công điện")
}

impl Layout {
    /// Cuts the text into its parts. `original`: the text as it was handed in, which still has its columns.
    pub(crate) fn of(text: &Text, original: &str) -> Self {
        let mut lines = text.line_bounds();
        let second = second_letter(text, &lines);
        if let Some(at) = second {
            lines.truncate(at);
        }
        let second = second.map(|at| text.line_bounds().get(at).copied().unwrap_or(text.all()));
        let low = |line: &Bounds| text.low(*line);
        let addressed = lines.iter().position(|line| opens_addressees(text, *line));
        let head_end = addressed.unwrap_or_else(|| head_without_addressees(text, original, &lines));
        let body_start = addressed.map_or(head_end, |at| addressed_end(text, &lines, at));
        let copies_start = lines.iter().skip(body_start).position(|line| low(line).starts_with("nơi nhận"));
        let copies_start = copies_start.map(|at| at + body_start);
        let limit = copies_start.unwrap_or(lines.len());
        let part = |from: usize, to: usize| lines.get(from..to.max(from)).unwrap_or_default();
        let ended = part(body_start, limit).iter().rposition(|line| text.slice(*line).contains("./."));
        let signed = part(body_start, limit).iter().position(|line| crate::signature::is_authority(text, *line));
        let posted = part(body_start, limit).iter().enumerate().position(|(at, line)| {
            let named = || {
                part(body_start + at + 1, limit)
                    .iter()
                    .take(SIGNATURE)
                    .any(|line| crate::signature::is_person(text, *line))
            };
            crate::signature::is_post(text, *line) && named()
        });
        let signed = [signed, posted].into_iter().flatten().min();
        // The line above a post may name its body: «SỞ Y TẾ» / «PHÓ GIÁM ĐỐC».
        let signed = signed.map(|at| match at.checked_sub(1).and_then(|above| part(body_start, limit).get(above)) {
            Some(above) if is_capitals(text.slice(*above)) && marker(text, *above).0 == Marker::Plain => at - 1,
            _ => at,
        });
        let body_end = match (ended, signed) {
            (Some(ended), Some(signed)) => (ended + 1).min(signed.max(ended + 1)) + body_start,
            (Some(ended), None) => ended + 1 + body_start,
            (None, Some(signed)) => signed + body_start,
            (None, None) => limit,
        };
        // An attachment may be named below the last words: «(Đính kèm: …)».
        let body_end = match lines.get(body_end).filter(|_| body_end < limit) {
            Some(line) if low(line).starts_with('(') => body_end + 1,
            _ => body_end,
        };
        let copies_end = copies_start.map_or(limit, |at| copies_end(text, original, &lines, at));
        let (copies, beside) = columns::left_and_right(text, original, part(copies_start.unwrap_or(limit), copies_end));
        let mut signature = columns::apart(text, original, part(body_end, limit));
        signature.extend(beside);
        signature.extend(columns::apart(text, original, part(copies_end, lines.len())));
        Self {
            head: columns::apart(text, original, part(0, head_end)),
            addressed: part(head_end, body_start).to_vec(),
            body: blocks(text, part(body_start, body_end), &|line| columns::cells(text, original, line).len()),
            copies,
            signature,
            second,
        }
    }
}

/// The line at which a second letter begins: a second quốc hiệu or «Số:» line after «Nơi nhận», before a second «Kính gửi»
/// or title.
fn second_letter(text: &Text, lines: &[Bounds]) -> Option<usize> {
    let low = |line: &Bounds| text.low(*line);
    let Some(copies) = lines.iter().position(|line| low(line).starts_with("nơi nhận")) else {
        return numbered_again(text, lines);
    };
    let after = lines.iter().enumerate().skip(copies + 1);
    let addressed = after.clone().find(|(_, line)| low(line).starts_with("kính gửi")).map(|(at, _)| at);
    let motto = after.clone().find(|(_, line)| {
        low(line).contains("cộng hòa xã hội chủ nghĩa") || low(line).contains("đảng cộng sản việt nam")
    });
    let numbered = after.clone().find(|(_, line)| low(line).starts_with("số:") && low(line).contains('/'));
    let titled = motto.is_some() && numbered.is_some();
    let first = [addressed, titled.then_some(motto.map(|(at, _)| at)).flatten()].into_iter().flatten().min()?;
    // Its head: back from there to the last line of the first letter, its signature.
    let begins = (copies + 1..=first).rev().find(|at| {
        let named = |at: usize| lines.get(at).is_some_and(|line| crate::signature::is_person(text, *line));
        at.checked_sub(1).is_some_and(|before| {
            named(before)
                || before > 1 && lines.get(before).is_some_and(|line| low(line).is_empty()) && named(before - 1)
        })
    });
    Some(begins.or(numbered.map(|(at, _)| at.min(first))).unwrap_or(first))
}

/// Without «Nơi nhận»: a second «Số:» line between two «Kính gửi».
fn numbered_again(text: &Text, lines: &[Bounds]) -> Option<usize> {
    let low = |line: &Bounds| text.low(*line);
    let addressed = |line: &Bounds| low(line).starts_with("kính gửi");
    let first = lines.iter().position(addressed)?;
    let second = lines.iter().skip(first + 1).position(addressed)? + first + 1;
    let between = lines.get(first + 1..second)?;
    let numbered = between.iter().position(|line| low(line).starts_with("số:") && low(line).contains('/'))?;
    Some(first + 1 + numbered)
}

/// Words that a first paragraph begins with.
#[rustfmt::skip]
const OPENS: &[&str] = &[
    "căn cứ", "thực hiện", "theo đề nghị", "xét đề nghị", "ngày ", "nơi nhận", "tại phiên họp", "tại cuộc họp",
    "trong những", "trong thời gian", "thời gian qua", "từ đầu năm", "từ ngày", "để ", "nhằm ", "tình hình", "qua ",
    "thừa ủy quyền", "sau khi", "điều 1", "theo ", "triển khai ",
];

/// The head of a document without «Kính gửi» ends at its first paragraph.
fn head_without_addressees(text: &Text, original: &str, lines: &[Bounds]) -> usize {
    let begins = |line: &Bounds| {
        OPENS.iter().any(|words| text.low(*line).starts_with(words))
            || text.slice(*line).chars().count() > UNWRAPPED && columns::cells(text, original, *line).len() < 2
            || matches!(marker(text, *line), (marker, level, _) if marker != Marker::Plain && (level == 1 || !is_capitals(text.slice(*line))))
    };
    let title = lines.iter().take(LONGEST_HEAD).position(|line| head::title_kind(text, *line).is_some());
    // The line below the title is the subject, whatever it begins with and however long it is.
    let subject = title.and_then(|title| {
        let below = lines.iter().enumerate().skip(title + 1);
        below.into_iter().find(|(_, line)| line.start < line.end).map(|(at, _)| at)
    });
    let subject = subject.filter(|at| {
        lines
            .get(*at)
            .is_some_and(|line| marker(text, *line).0 == Marker::Plain && !text.low(*line).starts_with("căn cứ"))
    });
    // A line right below it that begins small goes on with it.
    let goes_on =
        |at: usize| lines.get(at).is_some_and(|line| text.slice(*line).chars().next().is_some_and(char::is_lowercase));
    let from = subject.map_or(0, |at| (at + 1..lines.len()).find(|next| !goes_on(*next)).unwrap_or(lines.len()));
    let end =
        lines.iter().enumerate().skip(from).take(LONGEST_HEAD).find(|(_, line)| line.start < line.end && begins(line));
    end.map_or_else(|| lines.len().min(from + LONGEST_HEAD), |(at, _)| at)
}

/// The line after the addressees.
fn addressed_end(text: &Text, lines: &[Bounds], at: usize) -> usize {
    let first = lines.get(at).copied().unwrap_or(text.all());
    // «Kính gửi:» alone on its line: the list begins below.
    let alone = text.low(first).trim_end_matches([':', ' ']).ends_with("kính gửi");
    let calls = !text.low(first).starts_with("kính gửi");
    let mut open = !text.slice(first).ends_with('.');
    let mut seen = false;
    for (index, line) in lines.iter().enumerate().skip(at + 1) {
        let words = text.slice(*line);
        let bracket = words.trim_start_matches(['-', '+', '•', ' ']).starts_with('(');
        // A full stop ends the list; only the bracket with the short name may follow it.
        let item = bracket || open && words.starts_with(['-', '+', '•']);
        let before = lines.get(index - 1).map_or("", |before| text.slice(*before));
        let list_opens = index == at + 2 && before.is_empty() && (alone || calls);
        let begins =
            words.starts_with(char::is_uppercase) && OPENS.iter().any(|opens| text.low(*line).starts_with(opens));
        let goes_on = open && !before.is_empty() && !words.is_empty() && words.chars().count() < UNWRAPPED && !begins;
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
fn copies_end(text: &Text, original: &str, lines: &[Bounds], at: usize) -> usize {
    for (index, line) in lines.iter().enumerate().skip(at + 1) {
        let first = columns::cells(text, original, *line).first().copied().unwrap_or(*line);
        if crate::signature::is_authority(text, first) || crate::signature::is_post(text, first) {
            return index;
        }
        if crate::copies::is_archive(text.low(first)) {
            return index + 1;
        }
    }
    lines.len()
}
