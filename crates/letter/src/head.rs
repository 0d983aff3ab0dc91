//! What the head says: kind, subject, issuer, parent body, family.

use serde::{Deserialize, Serialize};

use crate::layout::is_capitals;
use crate::number::{Number, Shape};
use crate::text::{Bounds, Found, Text};

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

/// Cities that stand directly under the centre.
const CITIES: &[&str] = &["hà nội", "hồ chí minh", "hải phòng", "đà nẵng", "cần thơ", "huế"];

/// Issuers that a symbol names.
const SYMBOLS: &[(&str, &str, bool)] = &[
    ("BYT", "Bộ Y tế", false),
    ("BTC", "Bộ Tài chính", false),
    ("BNV", "Bộ Nội vụ", false),
    ("VPCP", "Văn phòng Chính phủ", false),
    ("CP", "Chính phủ", false),
    ("TTg", "Thủ tướng Chính phủ", false),
    ("SYT", "Sở Y tế", true),
    ("STC", "Sở Tài chính", true),
    ("SCT", "Sở Công Thương", true),
    ("SNV", "Sở Nội vụ", true),
    ("UBND", "Ủy ban nhân dân", true),
];

/// Kind: the line in capitals, else the number, else a letter by its «V/v».
pub(crate) fn kind(text: &Text, head: &[Bounds], number: Option<&Found<Number>>) -> Option<Found<String>> {
    for line in head {
        let low = text.low(*line);
        let named = KINDS.iter().find(|(words, ..)| low == *words);
        if let Some((_, name, _)) = named.filter(|_| is_capitals(text.slice(*line))) {
            return Some(text.found((*name).to_owned(), *line, 97));
        }
    }
    let about = head.iter().find(|line| text.low(**line).starts_with("v/v"));
    let by_symbol = number.and_then(|number| {
        let first = number.value.symbols.first()?;
        let (_, name, _) = KINDS.iter().find(|(_, _, short)| short == first)?;
        (about.is_none() || number.value.shape == Shape::Party).then(|| Found {
            value: (*name).to_owned(),
            place: number.place,
            percent: 90,
        })
    });
    by_symbol.or_else(|| about.map(|line| text.found("Công văn".to_owned(), *line, 92)))
}

/// The subject: after «V/v», else the lines below the kind.
pub(crate) fn subject(text: &Text, head: &[Bounds]) -> Option<Found<String>> {
    if let Some(at) = head.iter().position(|line| text.low(*line).starts_with("v/v")) {
        let first = *head.get(at)?;
        let mut end = first.end;
        for line in head.iter().skip(at + 1) {
            let low = text.low(*line);
            let other =
                low.is_empty() || low.contains(", ngày") || low.starts_with("số:") || low.starts_with("kính gửi");
            if other {
                break;
            }
            end = line.end;
        }
        let from = first.start + "v/v".len();
        let bounds = text.trim(Bounds::new(from, end), &[':', '.', ';']);
        return (bounds.start < bounds.end).then(|| text.quote(bounds, 96));
    }
    let at = head
        .iter()
        .position(|line| KINDS.iter().any(|(words, ..)| text.low(*line) == *words) && is_capitals(text.slice(*line)))?;
    let stops = ["giám đốc", "chủ tịch", "ủy ban nhân dân", "bộ trưởng", "căn cứ", "-----", "số:"];
    let mut bounds: Option<Bounds> = None;
    for line in head.iter().skip(at + 1) {
        let low = text.low(*line);
        if low.is_empty() {
            continue;
        }
        if stops.iter().any(|words| low.starts_with(words)) || low.contains(", ngày") {
            break;
        }
        bounds = Some(Bounds::new(bounds.map_or(line.start, |bounds| bounds.start), line.end));
    }
    bounds.map(|bounds| {
        let mut found = text.quote(text.trim(bounds, &['-', '.', ':']), 85);
        if let Some(concluded) = concluded(text, bounds) {
            found.value = concluded;
        }
        found
    })
}

/// «KẾT LUẬN CỦA THƯỜNG TRỰC TỈNH ỦY» and the line below it, as a sentence writes them.
fn concluded(text: &Text, bounds: Bounds) -> Option<String> {
    let slice = text.slice(bounds);
    let (title, rest) = slice.split_once('\n').unwrap_or((slice, ""));
    let of = "kết luận của ";
    let begins = is_capitals(title) && text.low(bounds).starts_with(of);
    let body = begins.then(|| sentence_case(title.get(of.len()..).unwrap_or("")))?;
    let rest = rest.split_whitespace().collect::<Vec<_>>().join(" ");
    let rest = rest.strip_prefix("Tại ").map_or(rest.clone(), |rest| format!("tại {rest}"));
    Some(format!("Kết luận của {body} {rest}").trim().to_owned())
}

/// A name in capitals as a sentence writes it: «UBND TỈNH KIÊN GIANG» → «Ủy ban nhân dân tỉnh Kiên Giang».
pub(crate) fn sentence_case(name: &str) -> String {
    const AREAS: &[&str] = &["tỉnh ", "thành phố ", "huyện ", "quận ", "thị xã ", "phường ", "xã ", "thị trấn "];
    // «Tỉnh ủy» is a body and no area; kept apart while areas are looked for.
    const COMMITTEES: &[(&str, &str, &str)] = &[
        ("tỉnh ủy", "tỉnh_ủy", "Tỉnh ủy"),
        ("thành ủy", "thành_ủy", "Thành ủy"),
        ("huyện ủy", "huyện_ủy", "Huyện ủy"),
        ("quận ủy", "quận_ủy", "Quận ủy"),
        ("đảng ủy", "đảng_ủy", "Đảng ủy"),
    ];
    let low = name.to_lowercase().replace("ubnd", "ủy ban nhân dân").replace("uỷ", "ủy");
    let low = COMMITTEES.iter().fold(low, |low, (words, one, _)| low.replace(words, one));
    let (body, area) = AREAS
        .iter()
        .filter_map(|word| {
            let at = low.find(&format!(" {word}")).map(|at| at + 1).or_else(|| low.starts_with(word).then_some(0))?;
            Some((at, word.len()))
        })
        .min()
        .map_or((low.as_str(), None), |(at, length)| {
            let (body, area) = low.split_at(at);
            (body, Some(area.split_at(length)))
        });
    let capital = |word: &str| -> String {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
    };
    let mut words: Vec<String> = body.split_whitespace().map(str::to_owned).collect();
    let named = words.first().is_some_and(|first| ["sở", "bộ", "cục", "vụ"].contains(&first.as_str()));
    for (index, word) in words.iter_mut().enumerate() {
        if index == 0 || (index == 1 && named) {
            *word = capital(word);
        }
    }
    if let Some((kind, name)) = area {
        words.push(kind.trim().to_owned());
        words.extend(name.split_whitespace().map(capital));
    }
    let named = |word: String| {
        let known = COMMITTEES.iter().find(|(_, one, _)| word.to_lowercase() == *one);
        known.map_or(word, |(.., name)| (*name).to_owned())
    };
    words.into_iter().map(named).collect::<Vec<_>>().join(" ")
}

/// The area of a place line: «Kiên Giang» → «tỉnh Kiên Giang».
fn area_of(place: &str) -> String {
    let name = place.trim_start_matches("TP. ").trim_start_matches("Thành phố ").trim_start_matches("Tỉnh ");
    if CITIES.contains(&name.to_lowercase().as_str()) {
        format!("thành phố {name}")
    } else {
        format!("tỉnh {name}")
    }
}

/// Names that stand in the letterhead above the number: issuer last, its parent before it.
fn letterhead(text: &Text, head: &[Bounds]) -> Vec<Bounds> {
    let mut names: Vec<Bounds> = Vec::new();
    for line in head {
        let low = text.low(*line);
        if low.starts_with("số") || low.starts_with("v/v") || KINDS.iter().any(|(words, ..)| low == *words) {
            break;
        }
        // The other column may stand on the same line.
        let cut = ["cộng hòa", "độc lập", "đảng cộng sản", "cộng hoà"].iter().filter_map(|words| low.find(words)).min();
        let line = text.trim(Bounds::new(line.start, cut.map_or(line.end, |at| line.start + at)), &['*', '-', '_']);
        let slice = text.slice(line);
        if !is_capitals(slice) || slice.chars().any(|letter| letter.is_ascii_digit()) {
            continue;
        }
        let low = text.low(line);
        if ["khẩn", "hỏa tốc", "thượng khẩn", "bản sao", "dự thảo"].contains(&low) {
            continue;
        }
        let area = ["tỉnh ", "thành phố ", "huyện ", "quận ", "thị xã "].iter().any(|word| low.starts_with(word));
        let ministry =
            ["sở ", "bộ ", "ủy ban", "ubnd", "trung tâm", "bệnh viện"].iter().any(|word| low.starts_with(word));
        match names.last_mut().filter(|last| {
            let above = text.low(**last);
            // «… THÀNH PHỐ» cut before its name.
            let unnamed =
                [" tỉnh", " thành phố", " huyện", " quận", " thị xã"].iter().any(|word| above.ends_with(word));
            (unnamed || area && (above.ends_with("nhân dân") || above.ends_with("y tế")))
                && !low.starts_with("tỉnh ủy")
                && !ministry
        }) {
            Some(last) => last.end = line.end,
            None => names.push(line),
        }
    }
    names
}

/// Issuer and parent body, both written out.
pub(crate) fn issuer(
    text: &Text,
    head: &[Bounds],
    number: Option<&Found<Number>>,
    place: Option<&Found<String>>,
) -> (Option<Found<String>>, Option<Found<String>>) {
    let names = letterhead(text, head);
    if let Some(last) = names.last() {
        let parent = names.len().checked_sub(2).and_then(|at| names.get(at)).copied();
        let parent = parent.map(|bounds| text.found(sentence_case(&text.words(bounds)), bounds, 95));
        let mut name = sentence_case(&text.words(*last));
        // A department carries its province, which its parent names.
        let province = parent.as_ref().and_then(|parent| {
            let at = parent.value.find(" tỉnh ").or_else(|| parent.value.find(" thành phố "))?;
            parent.value.get(at..).map(str::to_owned)
        });
        if let Some(province) = province.filter(|_| name.starts_with("Sở ") && !name.contains(" tỉnh ")) {
            name.push_str(&province);
        }
        return (Some(text.found(name, *last, 95)), parent);
    }
    let by_symbol = number.and_then(|number| {
        let symbols = &number.value.symbols;
        let (_, name, local) = SYMBOLS.iter().find(|(symbol, ..)| symbols.iter().any(|part| part == symbol))?;
        let name = match (local, place) {
            (true, Some(place)) => format!("{name} {}", area_of(&place.value)),
            _ => (*name).to_owned(),
        };
        Some(Found { value: name, place: number.place, percent: 80 })
    });
    if by_symbol.is_some() {
        return (by_symbol, None);
    }
    // «KẾT LUẬN CỦA THƯỜNG TRỰC TỈNH ỦY»: the title names who concludes.
    let title = head.iter().find_map(|line| {
        let at = is_capitals(text.slice(*line)).then(|| text.low(*line).find(" của "))??;
        Some(Bounds::new(line.start + at + " của ".len(), line.end))
    });
    (title.map(|bounds| text.found(sentence_case(&text.words(bounds)), bounds, 75)), None)
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

#[cfg(test)]
mod tests {
    use super::sentence_case;

    #[test]
    fn names_in_capitals_are_written_as_a_sentence_writes_them() {
        assert_eq!(sentence_case("UBND TỈNH KIÊN GIANG"), "Ủy ban nhân dân tỉnh Kiên Giang");
        assert_eq!(sentence_case("THƯỜNG TRỰC TỈNH ỦY"), "Thường trực Tỉnh ủy");
        assert_eq!(sentence_case("BAN THƯỜNG VỤ THÀNH UỶ"), "Ban thường vụ Thành ủy");
        assert_eq!(sentence_case("SỞ Y TẾ"), "Sở Y tế");
    }
}
