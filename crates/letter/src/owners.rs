//! Whose task it is: the body at the head of an item, the one that is asked, the addressees.

use crate::recipients::Recipients;
use crate::scan::{body_name, find_all, is_order, name_at, skip, starts, without_head};
use crate::text::{Bounds, Found, Text};

/// Longest heading that only names a body, in letters.
pub(crate) const LONGEST_HEADING: usize = 140;

/// A body at the head of an item.
pub(crate) struct Named {
    /// As the text names it, the post of its head left out.
    pub(crate) owner: Bounds,
    /// With its head: «Giám đốc Sở Y tế».
    pub(crate) printed: Bounds,
    /// The order on the same line.
    pub(crate) rest: Option<Bounds>,
    /// «Giao», «Đề nghị» stood before it.
    pub(crate) asked: bool,
}

/// A heading or sentence that names a body: its name, and the order after it.
pub(crate) fn named(text: &Text, bounds: Bounds) -> Option<Named> {
    let mut from = bounds.start;
    let mut asked = false;
    for words in ["riêng", "đối với", "giao", "đề nghị", "yêu cầu", "kiến nghị", "đối với", "cho"]
    {
        if starts(text.low(Bounds::new(from, bounds.end)), words) {
            from = skip(&text.normal, from + words.len(), &[' ', '\n']);
            asked |= !["đối với", "cho", "riêng"].contains(&words);
        }
    }
    let whole = Bounds::new(from, bounds.end.max(from));
    let (printed, verb) = match body_name(text, whole) {
        Some(found) => found,
        // «Giao ông Phạm Đình Khôi, Phó Giám đốc Sở Y tế làm đầu mối …»
        None if asked && is_person_or_post(text.low(whole)) => name_at(text, whole)?,
        None => return None,
    };
    let (printed, verb) = listed(text, printed, bounds).map_or((printed, verb), |listed| (listed, true));
    if text.slice(printed).chars().count() > LONGEST_HEADING {
        return None;
    }
    let after = past_bracket(text, Bounds::new(printed.end, bounds.end));
    let rest = text.trim(after, &[':', ',', '.', ';', '"', '”', '-']);
    let ordered = verb || is_order(text.low(rest)) || text.slice(Bounds::new(printed.end, bounds.end)).starts_with(':');
    let rest = (rest.start < rest.end).then_some(rest);
    let owner = match is_person_or_post(text.low(printed)) {
        true => {
            let cut = [",", " - "].iter().filter_map(|mark| text.slice(printed).find(mark)).min();
            Bounds::new(printed.start, cut.map_or(printed.end, |at| printed.start + at))
        }
        false => without_head(text, printed),
    };
    (rest.is_none() || ordered).then_some(Named { owner, printed, rest, asked })
}

/// «UBND các xã: Ia Pal, Ayun tiếp nhận …»: the names of a group after its colon, to the verb.
fn listed(text: &Text, printed: Bounds, bounds: Bounds) -> Option<Bounds> {
    let groups =
        ["các xã", "các xã, phường", "các phường", "các huyện", "các bộ", "các sở", "các tỉnh", "các tỉnh, thành phố"];
    let low = text.low(printed);
    let colon = text.slice(Bounds::new(printed.end, bounds.end.max(printed.end))).starts_with(": ");
    if !colon || !groups.iter().any(|group| low.ends_with(group)) {
        return None;
    }
    let rest = Bounds::new(printed.end + 2, bounds.end);
    let named = text.slice(rest).starts_with(char::is_uppercase) && !is_order(text.low(rest));
    let (names, verb) = named.then(|| name_at(text, rest)).flatten()?;
    verb.then_some(Bounds::new(printed.start, names.end))
}

/// «Phòng Nghiệp vụ Y (thuộc Sở) theo dõi …»: past the bracket that says more of the name.
fn past_bracket(text: &Text, after: Bounds) -> Bounds {
    let from = skip(&text.normal, after.start, &[' ', '\n']);
    let rest = text.slice(Bounds::new(from.min(after.end), after.end));
    let close = rest.starts_with('(').then(|| rest.find(')')).flatten();
    close.map_or(after, |close| Bounds::new(from + close + 1, after.end))
}

fn is_person_or_post(low: &str) -> bool {
    ["ông ", "bà ", "đồng chí ", "đ/c ", "phó thủ tướng ", "phó chủ tịch ", "bác sĩ "]
        .iter()
        .any(|words| low.starts_with(words))
}

/// Whether only some of a group are meant: «các đơn vị chưa báo cáo».
pub(crate) fn is_narrowed(name: &str) -> bool {
    name.contains(" chưa ") || name.ends_with(" chậm báo cáo")
}

/// The owner as the text names him, the posts of several heads left out: «Bộ trưởng Bộ Y tế, Bộ trưởng Bộ Công an».
pub(crate) fn quote(text: &Text, owner: Bounds, percent: u8) -> Found<String> {
    let slice = text.slice(owner);
    if !slice.contains(", ") {
        return text.quote(owner, percent);
    }
    let mut start = owner.start;
    let names = slice.split(", ").map(|piece| {
        let bounds = Bounds::new(start, start + piece.len());
        start = bounds.end + ", ".len();
        text.words(without_head(text, bounds))
    });
    let value = names.collect::<Vec<_>>().join(", ");
    text.found(value, owner, percent)
}

/// The order on which the items of a letter hang: «Bộ Y tế đề nghị các đơn vị …:» gives «các đơn vị».
pub(crate) fn asked(text: &Text, bounds: Bounds) -> Option<Bounds> {
    find_all(text, bounds, &["yêu cầu", "đề nghị", "kiến nghị", "giao"]).into_iter().rev().find_map(|hit| {
        let from = skip(&text.normal, hit.end, &[' ', '\n']);
        let (name, _) = body_name(text, Bounds::new(from, bounds.end.max(from)))?;
        let name = without_head(text, name);
        // «các đơn vị chưa báo cáo» are not all.
        let late = text.low(Bounds::new(name.end, bounds.end.max(name.end)));
        let late = ["chưa gửi báo cáo", "chưa báo cáo", "chưa thực hiện", "chưa hoàn thành", "chậm báo cáo"]
            .iter()
            .find(|words| starts(late.trim_start(), words));
        let after = skip(&text.normal, name.end, &[' ', '\n']);
        let name = Bounds::new(name.start, late.map_or(name.end, |words| after + words.len()));
        // «đề nghị của Sở Y tế» names who asked; a whole sentence is no name.
        (text.slice(name).chars().count() <= LONGEST_HEADING).then_some(name)
    })
}

/// The one addressee, the short name of several, else all of them.
pub(crate) fn default_owner(recipients: &Recipients) -> Option<Found<String>> {
    match (recipients.to.as_slice(), &recipients.alias) {
        ([only], _) => Some(body_of(only)),
        ([_, ..], Some(alias)) => Some(alias.clone()),
        ([first, .., last], None) => {
            let names: Vec<&str> = recipients.to.iter().map(|name| name.value.as_str()).collect();
            let place = crate::text::Place { start: first.place.start, end: last.place.end.max(first.place.start) };
            Some(Found { value: names.join("; "), place, percent: 75 })
        }
        ([], _) => None,
    }
}

/// The addressee without the post of his head.
fn body_of(one: &Found<String>) -> Found<String> {
    let plain = Text::new(&one.value);
    let body = without_head(&plain, plain.all());
    Found { value: plain.words(body), ..one.clone() }
}

/// A name to compare: small, «UBND» written out, heads, «các» and «tất cả» left out.
pub(crate) fn key(name: &str) -> String {
    let low = name
        .to_lowercase()
        .replace("uỷ ban", "ủy ban")
        .replace("ubnd", "ủy ban nhân dân")
        .replace("ttyt", "trung tâm y tế");
    let mut low = low.trim();
    loop {
        let heads = [
            "tất cả ",
            "các ",
            "quý ",
            "giám đốc ",
            "giám đốc, ",
            "chủ tịch ",
            "thủ trưởng ",
            "bộ trưởng ",
            "lãnh đạo ",
            "đồng chí ",
        ];
        match heads.iter().find_map(|head| low.strip_prefix(head)) {
            Some(rest) => low = rest,
            None => return low.to_owned(),
        }
    }
}

/// Words that mean whoever the letter goes to.
const GENERAL: &[&str] =
    &["đơn vị", "cơ quan", "cơ sở y tế", "địa phương", "thành viên", "doanh nghiệp", "đồng chí", "sở, ban, ngành"];

/// Whether an owner stands among the addressees, by his own name, by the short name, or in a group that says so.
pub(crate) fn is_addressed(recipients: &Recipients, name: &str) -> bool {
    let owner = key(name);
    let owner = owner.trim_end_matches(" nêu trên").trim_end_matches(" trên").to_owned();
    let keys: Vec<String> = recipients.to.iter().map(|one| key(&one.value)).collect();
    let general = owner == "cơ sở" || GENERAL.iter().any(|word| starts(&owner, word));
    let alias = recipients.alias.as_ref().is_some_and(|alias| key(&alias.value) == owner);
    let joined =
        name.to_lowercase() == recipients.to.iter().map(|one| one.value.to_lowercase()).collect::<Vec<_>>().join("; ");
    let each = || {
        let bodies: Vec<String> = name.split(", ").map(key).collect();
        let named = bodies.len() > 1 && bodies.iter().all(|body| crate::scan::is_body(body));
        named && bodies.iter().all(|body| keys.iter().any(|one| covers(one, body)))
    };
    general || alias || joined || keys.iter().any(|one| covers(one, &owner)) || each()
}

/// Whether an addressee means the owner too.
fn covers(one: &str, owner: &str) -> bool {
    let within = |long: &str, short: &str| {
        long == short || long.strip_prefix(short).is_some_and(|rest| rest.starts_with([' ', ',', ':']))
    };
    // «Các khoa, phòng, Trạm Y tế xã»
    if within(one, owner) || within(owner, one) || one.split(", ").any(|part| part == owner) {
        return true;
    }
    // «BCĐ các huyện» is «BCĐ phòng, chống dịch các huyện, thị xã»: all words of the short name, in their order.
    let words = |name: &str| -> Vec<String> {
        let words = name.split(' ').map(|word| word.trim_matches([',', '.', ';', ':']));
        // «Ban điều hành 52 khu phố» are «Ban điều hành các khu phố».
        words
            .filter(|word| *word != "các" && !word.bytes().all(|byte| byte.is_ascii_digit()))
            .map(str::to_owned)
            .collect()
    };
    let (long, short) = (words(one), words(owner));
    let mut left = long.iter();
    if long.first() == short.first() && short.len() > 1 && short.iter().all(|word| left.any(|other| other == word)) {
        return true;
    }
    // «Bộ trưởng các Bộ: Y tế, Công Thương», «Giám đốc các Sở: Y tế, Tài chính»
    if let Some((group, names)) = one.split_once(": ") {
        let kind = group.rsplit(' ').next().unwrap_or("");
        if owner.strip_prefix(kind).is_some_and(|name| names.split(", ").any(|other| other.trim() == name.trim())) {
            return true;
        }
    }
    // «Các sở, ban, ngành tỉnh», «Các khoa, phòng»: any of these kinds.
    let provincial = [
        "sở ",
        "ban ",
        "công an tỉnh",
        "công an thành phố",
        "bộ chỉ huy",
        "bộ tư lệnh",
        "thanh tra",
        "văn phòng ủy ban nhân dân tỉnh",
    ];
    let party = ["tỉnh ủy", "thành ủy", "huyện ủy"].iter().any(|words| owner.contains(words));
    (one.starts_with("sở, ban, ngành") || one.starts_with("sở, ngành"))
        && provincial.iter().any(|word| owner.starts_with(word) && !party)
        || ["phòng chuyên môn", "phòng, ban", "phòng ban"].iter().any(|words| one.starts_with(words))
            && owner.starts_with("phòng ")
        || one.starts_with("khoa, phòng") && (owner.starts_with("khoa ") || owner.starts_with("phòng "))
}
