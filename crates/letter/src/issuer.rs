//! Who issues a letter: the letterhead, else its number, else its title.

use crate::head::title_kind;
use crate::layout::is_capitals;
use crate::number::Number;
use crate::scan::starts;
use crate::text::{Bounds, Found, Text};
use crate::words::{CITIES, LETTERHEADS, PROVINCES, SYMBOLS};

/// Kinds of areas in names.
const AREAS: &[&str] =
    &["tỉnh ", "thành phố ", "huyện ", "quận ", "thị xã ", "phường ", "xã ", "thị trấn ", "đặc khu ", "khu vực "];

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Where the area of a name in small letters begins; «tỉnh ủy» is none.
fn area_at(low: &str) -> Option<(usize, usize)> {
    let found = AREAS.iter().filter_map(|word| {
        let at = low.match_indices(word).find(|(at, _)| {
            let free = *at == 0 || low.get(..*at).is_some_and(|head| head.ends_with(' '));
            free && !low.get(at + word.len()..).is_some_and(|rest| rest.starts_with("ủy"))
        });
        at.map(|(at, _)| (at, word.len()))
    });
    found.filter(|(at, length)| low.get(at + length..).is_some_and(|rest| !rest.trim().is_empty())).min()
}

/// A name in capitals as a sentence writes it: «UBND TỈNH KIÊN GIANG» → «Ủy ban nhân dân tỉnh Kiên Giang».
pub(crate) fn sentence_case(name: &str) -> String {
    let low =
        name.to_lowercase().replace("ubnd", "ủy ban nhân dân").replace("uỷ", "ủy").replace("hđnd", "hội đồng nhân dân");
    let (body, area) = match area_at(&low) {
        Some((at, length)) => {
            let (body, area) = low.split_at(at);
            (body, Some(area.split_at(length)))
        }
        None => (low.as_str(), None),
    };
    let mut words: Vec<String> = body.split_whitespace().map(str::to_owned).collect();
    // What follows such a word is a name: «Sở Y tế», «Tỉnh ủy Lai Châu».
    let named = words.first().is_some_and(|first| ["sở", "bộ", "cục", "vụ", "ban", "viện"].contains(&first.as_str()));
    let two = ["trung tâm ", "bệnh viện ", "chi cục ", "tổng cục "].iter().any(|head| body.starts_with(head));
    // «Thường trực Tỉnh ủy», «Thành ủy Cần Thơ».
    let committee = words.windows(2).position(|pair| {
        let [kind, party] = pair else { return false };
        party == "ủy" && ["tỉnh", "thành", "huyện", "thị", "quận", "đảng"].contains(&kind.as_str())
    });
    let party = |index: usize| committee.is_some_and(|at| index == at || index >= at + 2);
    let covid = |word: &str| word.starts_with("covid");
    for (index, word) in words.iter_mut().enumerate() {
        if index == 0 || (index == 1 && named) || (index == 2 && two) || party(index) {
            *word = capital(word);
        } else if covid(word) {
            *word = word.to_uppercase();
        }
    }
    if let Some((kind, name)) = area {
        words.push(kind.trim().to_owned());
        words.extend(name.split_whitespace().map(capital));
    }
    words.join(" ")
}

/// The area of a place line: «Kiên Giang» → «tỉnh Kiên Giang»; none where it is no province.
fn area_of(place: &str) -> Option<String> {
    let name = place.trim_start_matches("TP. ").trim_start_matches("Thành phố ").trim_start_matches("Tỉnh ");
    let low = name.to_lowercase();
    let kind = if CITIES.contains(&low.as_str()) { "thành phố" } else { "tỉnh" };
    PROVINCES.contains(&low.as_str()).then(|| format!("{kind} {name}"))
}

/// «Sở Y tế quảng ngãi» → «Sở Y tế tỉnh Quảng Ngãi»: the name of a department carries its province.
fn with_province(name: String) -> String {
    let low = name.to_lowercase();
    if !low.starts_with("sở ") || area_at(&low).is_some() {
        return name;
    }
    let province = PROVINCES.iter().find(|province| low.ends_with(&format!(" {province}")));
    let Some(head) = province.and_then(|province| name.get(..name.len().checked_sub(province.len())?)) else {
        return name;
    };
    let printed: Vec<String> = province.unwrap_or(&"").split(' ').map(capital).collect();
    let kind = if CITIES.contains(province.unwrap_or(&"")) { "thành phố" } else { "tỉnh" };
    format!("{}{kind} {}", head, printed.join(" "))
}

/// The province of a name: « tỉnh Lào Cai».
fn province_of(name: &str) -> Option<&str> {
    let at = name.find(" tỉnh ").or_else(|| name.find(" thành phố "))?;
    name.get(at + 1..)
}

/// The area of the body above an office that has none in its name: «Phòng Y tế» under «UBND huyện Trần Đề».
fn area_of_office<'a>(low: &str, parent: &'a str) -> Option<&'a str> {
    let office = ["phòng ", "văn phòng", "trạm ", "thanh tra", "ban "].iter().any(|words| low.starts_with(words));
    let (at, _) = (office && area_at(low).is_none()).then(|| area_at(&parent.to_lowercase()))??;
    parent.get(at..)
}

/// A name of the letterhead, line by line.
struct Name {
    lines: Vec<Bounds>,
}

impl Name {
    fn words(&self, text: &Text) -> String {
        let lines: Vec<String> = self.lines.iter().map(|line| text.words(*line)).collect();
        lines.join(" ")
    }

    fn bounds(&self) -> Bounds {
        let first = self.lines.first().copied().unwrap_or(Bounds::new(0, 0));
        Bounds::new(first.start, self.lines.last().map_or(first.end, |last| last.end))
    }
}

/// The nation's name as it stands at the top of every letter.
const NATION: &str = "cộng hòa xã hội chủ nghĩa việt nam";

/// Names that stand in the letterhead above the number: issuer last, its parent before it.
fn letterhead(text: &Text, head: &[Bounds]) -> Vec<Name> {
    let mut names: Vec<Name> = Vec::new();
    let mut open = false;
    // What the line before left unsaid of the nation's name, where that was broken.
    let mut unsaid = "";
    for line in head {
        let low = text.low(*line);
        let said = if starts(low, unsaid) { unsaid.len() } else { 0 };
        let line = &text.trim(Bounds::new(line.start + said, line.end), &[]);
        let low = text.low(*line);
        let numbered = starts(low, "số") && low.contains(['/', ':']) || low.starts_with("v/v");
        if numbered && !names.is_empty() || title_kind(text, *line).is_some() {
            break;
        }
        // The other column may stand on the same line.
        let cut = ["cộng hòa", "độc lập", "đảng cộng sản", "chủ nghĩa việt nam"]
            .iter()
            .filter_map(|words| low.find(words))
            .min();
        // «CỘNG» / «HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM»
        unsaid = cut.and_then(|at| NATION.strip_prefix(low[at..].trim_end())).unwrap_or_default().trim_start();
        let other = cut == Some(0) || low == "cộng" || starts(low, "hòa xã hội");
        let line =
            text.trim(Bounds::new(line.start, cut.map_or(line.end, |at| line.start + at)), &['*', '-', '_', '.']);
        if other || line.start == line.end {
            continue;
        }
        let low = text.low(line);
        let stamp = ["khẩn", "hỏa tốc", "hõa tốc", "thượng khẩn", "bản sao", "dự thảo"].contains(&low);
        if !is_capitals(text.slice(line)) || stamp {
            open = false;
            continue;
        }
        let begins = LETTERHEADS.iter().any(|word| starts(low, word));
        match names.last_mut().filter(|_| open && !begins) {
            Some(last) => last.lines.push(line),
            None if begins => names.push(Name { lines: vec![line] }),
            // An area alone, below the other column: «TỈNH GIA LAI».
            None => match names.last_mut().filter(|_| area_at(low).is_some_and(|(at, _)| at == 0)) {
                Some(last) => last.lines.push(line),
                None => continue,
            },
        }
        open = true;
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
        let parent = names.len().checked_sub(2).and_then(|at| names.get(at));
        let parent = parent.map(|name| text.found(with_province(sentence_case(&name.words(text))), name.bounds(), 95));
        let name = with_province(sentence_case(&last.words(text)));
        let name = carried(name, parent.as_ref().map(|parent| parent.value.as_str()), place);
        return (Some(text.found(name, last.bounds(), 95)), parent);
    }
    let by_symbol = number.and_then(|number| {
        let symbols = &number.value.symbols;
        let (_, name, local) = SYMBOLS.iter().find(|(symbol, ..)| symbols.iter().any(|part| part == symbol))?;
        let area = place.filter(|_| *local).and_then(|place| area_of(&place.value));
        let name = area.map_or_else(|| (*name).to_owned(), |area| format!("{name} {area}"));
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

/// A name with what its parent or the place line says of it: the province, the body of an office.
fn carried(name: String, parent: Option<&str>, place: Option<&Found<String>>) -> String {
    let low = name.to_lowercase();
    let Some(parent) = parent else {
        let local = low.starts_with("sở ") && area_at(&low).is_none();
        let area = place.filter(|_| local).and_then(|place| area_of(&place.value));
        return area.map_or(name.clone(), |area| format!("{name} {area}"));
    };
    let of_body = low == "văn phòng"
        || low.starts_with("ban ") && parent.to_lowercase().contains(" ủy")
        || low.starts_with("ban ") && parent.to_lowercase().contains("ủy ");
    let party = ["tỉnh ủy", "thành ủy", "huyện ủy", "đảng ủy", "thị ủy"]
        .iter()
        .any(|words| parent.to_lowercase().starts_with(words));
    if low == "văn phòng" || of_body && party {
        return format!("{name} {parent}");
    }
    let Some(province) = province_of(parent).or_else(|| area_of_office(&low, parent)) else { return name };
    let has = low.contains(" tỉnh ") || low.contains(" thành phố ") || low.contains(&province.to_lowercase());
    // «Bệnh viện Đa khoa khu vực Bắc Quảng Bình» says its province.
    let bare = province.to_lowercase();
    let has = has || low.contains(bare.trim_start_matches("tỉnh ").trim_start_matches("thành phố "));
    match low.strip_suffix(" tỉnh").or_else(|| low.strip_suffix(" thành phố")) {
        // «Bệnh viện Đa khoa tỉnh» under «Sở Y tế tỉnh Kiên Giang».
        Some(_) => format!("{name} {}", province.trim_start_matches("tỉnh ").trim_start_matches("thành phố ")),
        None if has => name,
        None => format!("{name} {province}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{sentence_case, with_province};

    #[test]
    fn names_in_capitals_are_written_as_a_sentence_writes_them() {
        assert_eq!(sentence_case("UBND TỈNH KIÊN GIANG"), "Ủy ban nhân dân tỉnh Kiên Giang");
        assert_eq!(sentence_case("THƯỜNG TRỰC TỈNH ỦY"), "Thường trực Tỉnh ủy");
        assert_eq!(sentence_case("BAN THƯỜNG VỤ THÀNH UỶ"), "Ban Thường vụ Thành ủy");
        assert_eq!(sentence_case("TỈNH ỦY THÁI NGUYÊN"), "Tỉnh ủy Thái Nguyên");
        assert_eq!(sentence_case("TRUNG TÂM KIỂM SOÁT BỆNH TẬT"), "Trung tâm Kiểm soát bệnh tật");
        assert_eq!(sentence_case("SỞ Y TẾ"), "Sở Y tế");
    }

    #[test]
    fn a_department_carries_its_province() {
        assert_eq!(with_province(sentence_case("SỞ Y TẾ QUẢNG NGÃI")), "Sở Y tế tỉnh Quảng Ngãi");
        assert_eq!(with_province(sentence_case("SỞ Y TẾ HÀ NỘI")), "Sở Y tế thành phố Hà Nội");
        assert_eq!(with_province(sentence_case("SỞ Y TẾ")), "Sở Y tế");
    }
}
