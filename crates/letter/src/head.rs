//! What the head says: kind, subject, issuer, parent body, family.

use serde::{Deserialize, Serialize};

use crate::issuer::sentence_case;
use crate::layout::is_capitals;
use crate::number::{Number, Shape};
use crate::scan::starts;
use crate::text::{Bounds, Found, Text};
use crate::words::LETTERHEADS;

/// Whose rules of layout a document follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Family {
    /// Decree 30/2020/NĐ-CP.
    Government,
    /// The Party's, 36-HD/VPTW.
    Party,
}

/// Kinds in capitals and as a sentence writes them, and the abbreviation in numbers.
const KINDS: &[(&str, &str, &str)] = &[
    ("nghị quyết", "Nghị quyết", "NQ"),
    ("quyết định", "Quyết định", "QĐ"),
    ("chỉ thị", "Chỉ thị", "CT"),
    ("quy chế", "Quy chế", "QC"),
    ("quy định", "Quy định", "QyĐ"),
    ("thông cáo", "Thông cáo", "TC"),
    ("thông báo", "Thông báo", "TB"),
    ("hướng dẫn", "Hướng dẫn", "HD"),
    ("chương trình", "Chương trình", "CTr"),
    ("kế hoạch", "Kế hoạch", "KH"),
    ("phương án", "Phương án", "PA"),
    ("đề án", "Đề án", "ĐA"),
    ("dự án", "Dự án", "DA"),
    ("báo cáo", "Báo cáo", "BC"),
    ("biên bản", "Biên bản", "BB"),
    ("tờ trình", "Tờ trình", "TTr"),
    ("công điện", "Công điện", "CĐ"),
    ("giấy mời", "Giấy mời", "GM"),
    ("kết luận", "Kết luận", "KL"),
];

/// The kind that a title line names: «KẾ HOẠCH», «HƯỚNG DẪN LIÊN NGÀNH».
pub(crate) fn title_kind(text: &Text, line: Bounds) -> Option<&'static str> {
    let low = text.low(line).trim_end_matches([':', '*', ' ']);
    let named = KINDS.iter().find(|(words, ..)| starts(low, words))?;
    let rest = low.get(named.0.len()..).unwrap_or("").trim();
    let joint = rest.is_empty()
        || rest == "liên ngành"
        || rest == "liên tịch"
        || ["hỏa tốc", "khẩn", "thượng khẩn"].contains(&rest);
    (joint && is_capitals(text.slice(line))).then_some(named.1)
}

/// Kind: the title, else the number, else a letter by its «V/v».
pub(crate) fn kind(text: &Text, head: &[Bounds], number: Option<&Found<Number>>) -> Option<Found<String>> {
    if let Some((line, name)) = head.iter().find_map(|line| Some((line, title_kind(text, *line)?))) {
        return Some(text.found(name.to_owned(), *line, 97));
    }
    let about = about(text, head).and_then(|at| head.get(at));
    let by_symbol = number.and_then(|number| {
        let first = number.value.symbols.first()?;
        let (_, name, _) = KINDS.iter().chain(&[("", "Công văn", "CV")]).find(|(_, _, short)| short == first)?;
        (about.is_none() || number.value.shape == Shape::Party).then(|| Found {
            value: (*name).to_owned(),
            place: number.place,
            percent: 90,
        })
    });
    by_symbol.or_else(|| about.map(|line| text.found("Công văn".to_owned(), *line, 92)))
}

/// The line of a letter that says what it is about: «V/v …», or «Về …» right below the number. A titled paper has none.
fn about(text: &Text, head: &[Bounds]) -> Option<usize> {
    let below_number =
        |at: usize| at.checked_sub(1).and_then(|at| head.get(at)).is_some_and(|line| starts(text.low(*line), "số"));
    let titled = head.iter().any(|line| title_kind(text, *line).is_some());
    let found = head.iter().enumerate().position(|(at, line)| {
        let low = text.low(*line);
        low.starts_with("v/v") || starts(low, "về") && below_number(at)
    });
    found.filter(|_| !titled)
}

/// Words that begin what stands below a subject.
const BELOW: &[&str] = &[
    "giám đốc",
    "chủ tịch",
    "ủy ban nhân dân",
    "hội đồng nhân dân",
    "bộ trưởng",
    "căn cứ",
    "-----",
    "số:",
    "thủ tướng",
];

/// The subject: after «V/v», else the lines below the title, «Về việc» left out.
pub(crate) fn subject(text: &Text, head: &[Bounds]) -> Option<Found<String>> {
    let about = about(text, head);
    let (at, from, sure) = match about {
        Some(at) => (at, head.get(at)?.start, 96),
        None => {
            let title = head.iter().position(|line| title_kind(text, *line).is_some())?;
            let below = head.iter().enumerate().skip(title + 1).find(|(_, line)| line.start < line.end)?.0;
            (below, head.get(below)?.start, 85)
        }
    };
    let mut pieces: Vec<Bounds> = Vec::new();
    for (index, line) in head.iter().enumerate().skip(at) {
        let low = text.low(*line);
        let ends = is_place_and_date(low) || low.starts_with("số:") || low.starts_with("kính gửi") || is_motto(low);
        // The other column stands between the lines of a narrow subject.
        if about.is_some()
            && index > at
            && (is_place_and_date(low) || is_motto(low))
            && below_goes_on(text, head, index)
        {
            continue;
        }
        let below = index > at
            && about.is_none()
            && BELOW.iter().any(|words| low.starts_with(words))
            && is_capitals(text.slice(*line));
        if ends
            || below
            || low.is_empty() && about.is_some()
            || index > at && about.is_some() && heads_a_letter(text, *line)
        {
            break;
        }
        // «(Tính đến 16 giờ …)», «(Kèm theo Quyết định …)» say when or with what, not what about.
        if index > at && about.is_none() && low.starts_with('(') {
            break;
        }
        let start = if index == at { from } else { line.start };
        if line.start < line.end {
            pieces.push(Bounds::new(start.min(line.end), line.end));
        }
    }
    let whole = Bounds::new(pieces.first()?.start, pieces.last()?.end);
    let words: Vec<String> = pieces.iter().map(|piece| text.words(*piece)).collect();
    let words = words.join(" ");
    let ends: &[char] = &[':', ' ', '-', '.', ';'];
    let words = words.trim_matches(ends);
    let low = words.to_lowercase();
    let opening = ["v/v", "về việc", "về"].iter().find(|opening| starts(&low, opening));
    let words = opening.and_then(|opening| words.get(opening.len()..)).unwrap_or(words).trim_matches(ends);
    let words = concluded(text, &pieces).unwrap_or_else(|| words.to_owned());
    (!words.is_empty()).then(|| text.found(words, whole, sure))
}

/// «KẾT LUẬN CỦA THƯỜNG TRỰC TỈNH ỦY» and the lines below it, as a sentence writes them.
fn concluded(text: &Text, pieces: &[Bounds]) -> Option<String> {
    let (first, rest) = pieces.split_first()?;
    let of = "kết luận của ";
    let named = is_capitals(text.slice(*first)) && text.low(*first).starts_with(of);
    let body = named.then(|| text.slice(*first).get(of.len()..))??;
    let rest: Vec<String> = rest.iter().map(|piece| text.words(*piece)).collect();
    let rest = rest.join(" ");
    let rest = rest.strip_prefix("Tại ").map_or(rest.clone(), |rest| format!("tại {rest}"));
    Some(format!("Kết luận của {} {rest}", sentence_case(body)).trim().to_owned())
}

fn is_place_and_date(low: &str) -> bool {
    let Some((place, date)) = low.split_once(", ngày") else { return false };
    date.contains("tháng")
        && place.split(' ').count() <= LONGEST_PLACE
        && !place.contains(|letter: char| letter.is_ascii_digit())
}

/// Most words of a place before its date.
const LONGEST_PLACE: usize = 5;

/// Whether a line in capitals begins the name of a body or a stamp: «COVID-19» alone goes on with a subject.
fn heads_a_letter(text: &Text, line: Bounds) -> bool {
    let stamps = ["khẩn", "hỏa tốc", "thượng khẩn"];
    let low = text.low(line);
    is_capitals(text.slice(line)) && (LETTERHEADS.iter().any(|word| starts(low, word)) || stamps.contains(&low))
}

fn is_motto(low: &str) -> bool {
    low.starts_with("cộng hòa xã hội") || low.starts_with("độc lập") || low.starts_with("đảng cộng sản")
}

/// Whether the line after the other column's goes on with a subject: it begins small and the one before was open.
fn below_goes_on(text: &Text, head: &[Bounds], index: usize) -> bool {
    head.get(index + 1).is_some_and(|next| text.slice(*next).chars().next().is_some_and(char::is_lowercase))
}

/// The family, by what only one of them writes.
pub(crate) fn family(
    text: &Text,
    head: &[Bounds],
    number: Option<&Found<Number>>,
    issuer: Option<&Found<String>>,
    slashed: Option<Bounds>,
) -> Option<Found<Family>> {
    if let Some(line) = head.iter().find(|line| text.low(**line).contains("đảng cộng sản việt nam")) {
        return Some(text.found(Family::Party, *line, 98));
    }
    if let Some(number) = number {
        let family = if number.value.shape == Shape::Party { Family::Party } else { Family::Government };
        return Some(Found { value: family, place: number.place, percent: 97 });
    }
    if let Some(line) = slashed {
        return Some(text.found(Family::Party, line, 90));
    }
    if let Some(line) = head.iter().find(|line| text.low(**line).contains("cộng hòa xã hội chủ nghĩa")) {
        return Some(text.found(Family::Government, *line, 97));
    }
    let issuer = issuer?;
    let low = issuer.value.to_lowercase();
    let party = ["tỉnh ủy", "thành ủy", "huyện ủy", "đảng ủy", "thường vụ"].iter().any(|words| low.contains(words));
    let family = if party { Family::Party } else { Family::Government };
    Some(Found { value: family, place: issuer.place, percent: 75 })
}
