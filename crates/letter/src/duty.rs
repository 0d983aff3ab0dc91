//! Inside one task: its role, its sub-tasks, who carries it out, helps, answers for it.

use serde::{Deserialize, Serialize};

use crate::scan::{body_name, find_all, sentences, skip, starts};
use crate::text::{Bounds, Found, Text};

/// What its owner does in a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// «chủ trì»
    Lead,
    /// «phối hợp»
    Cooperate,
    /// «tham mưu»
    Advise,
    /// «hướng dẫn»
    Guide,
    /// «kiểm tra», «giám sát»
    Inspect,
    /// «thông báo»
    Notify,
    /// «chịu trách nhiệm»
    Accountable,
    /// «chỉ đạo»: has others do it
    Direct,
    /// All else.
    Carry,
}

/// An officer named for a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Officer {
    /// As printed.
    pub name: String,
    /// Posts as printed.
    pub post: Option<String>,
    /// His field.
    pub field: String,
}

/// Past «theo chức năng, nhiệm vụ được giao», which says nothing of the role.
fn by_duty(low: &str) -> usize {
    let opens = ["theo chức năng, nhiệm vụ được giao", "theo chức năng, nhiệm vụ", "theo chức năng", "theo thẩm quyền"];
    let found = opens.iter().find(|words| starts(low, words));
    found.map_or(0, |words| skip(low, words.len(), &[' ', ',']))
}

/// The role, by the word that the task begins with.
pub(crate) fn part(text: &Text, bounds: Bounds) -> Part {
    let low = text.low(bounds);
    let low = low.strip_prefix("tiếp tục ").unwrap_or(low);
    let low = low.get(by_duty(low)..).unwrap_or(low);
    // «là cơ quan thường trực, chủ trì …»
    let low = if starts(low, "là") { low.split_once(", ").map_or(low, |(_, rest)| rest) } else { low };
    let words = [
        ("chủ trì", Part::Lead),
        ("phối hợp", Part::Cooperate),
        ("tham mưu", Part::Advise),
        ("hướng dẫn", Part::Guide),
        ("kiểm tra", Part::Inspect),
        ("giám sát", Part::Inspect),
        ("thông báo", Part::Notify),
        ("chịu trách nhiệm", Part::Accountable),
        ("chỉ đạo", Part::Direct),
    ];
    // «Chủ tịch UBND các xã chịu trách nhiệm về …»
    let head = crate::scan::body_name(text, bounds)
        .filter(|(name, _)| crate::scan::without_head(text, *name).start > name.start)
        .is_some_and(|(name, _)| starts(text.low(Bounds::new(name.end, bounds.end)).trim_start(), "chịu trách nhiệm"));
    let word = words.iter().find(|(words, _)| starts(low, words)).map(|(_, part)| *part);
    word.or(head.then_some(Part::Accountable)).unwrap_or(Part::Carry)
}

/// Inline «(1) … (2) … (3)+ …».
pub(crate) fn subtasks(text: &Text, bounds: Bounds) -> Vec<Bounds> {
    let slice = text.slice(bounds);
    let mut starts: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    loop {
        let mark = format!("({})", starts.len() + 1);
        let Some(hit) = slice.get(at..).and_then(|rest| rest.find(&mark)).map(|hit| hit + at) else { break };
        at = hit + mark.len();
        starts.push((bounds.start + hit, bounds.start + at));
    }
    if starts.len() < 2 {
        return Vec::new();
    }
    let ends = starts.iter().skip(1).map(|(start, _)| *start).chain(std::iter::once(bounds.end));
    let found = starts.iter().zip(ends).map(|((_, from), end)| text.trim(Bounds::new(*from, end), &['+', ';', ':']));
    found.filter(|part| part.start < part.end).collect()
}

/// Who is to be directed: «Chỉ đạo Sở Y tế khẩn trương …» at the beginning of a sentence.
pub(crate) fn executors(text: &Text, bounds: Bounds) -> Vec<Bounds> {
    let begins = sentences(text, bounds).into_iter();
    let begins = begins.map(|sentence| Bounds::new(sentence.start + by_duty(text.low(sentence)), sentence.end));
    let begins = begins.filter(|sentence| starts(text.low(*sentence), "chỉ đạo"));
    let names = begins.filter_map(|sentence| {
        let from = skip(&text.normal, sentence.start + "chỉ đạo".len(), &[' ']);
        body_name(text, Bounds::new(from, sentence.end.max(from)))
    });
    names.map(|(name, _)| name).collect()
}

/// With whom: «phối hợp (với|chặt chẽ với) Sở Y tế và các đơn vị …».
pub(crate) fn partners(text: &Text, bounds: Bounds) -> Vec<Bounds> {
    let mut found = Vec::new();
    for hit in find_all(text, bounds, &["phối hợp"]) {
        let mut at = skip(&text.normal, hit.end, &[' ', '\n']);
        for words in ["chặt chẽ", "với", "cùng"] {
            if starts(text.lower.get(at..).unwrap_or(""), words) {
                at = skip(&text.normal, at + words.len(), &[' ', '\n']);
            }
        }
        let rest = Bounds::new(at, bounds.end.max(at));
        if let Some((name, _)) = body_name(text, rest) {
            let verbs = ["trong", "mở rộng", "tham gia"];
            let end = find_all(text, name, &verbs).first().map_or(name.end, |verb| verb.start);
            let name = text.trim(Bounds::new(name.start, end), &[',']);
            if name.start < name.end {
                found.push(name);
            }
        }
    }
    found
}

/// How far before «chịu trách nhiệm» the post of the head is looked for, in bytes.
const NEAR: usize = 400;

/// The head who answers for it: «Chủ tịch UBND cấp xã chịu trách nhiệm …».
pub(crate) fn accountable(text: &Text, bounds: Bounds) -> Vec<Bounds> {
    let mut found = Vec::new();
    for hit in find_all(text, bounds, &["chịu trách nhiệm"]) {
        // A post stands near; a text without stops must not be gone through for each.
        let mut start = bounds.start.max(hit.start.saturating_sub(NEAR));
        while !text.normal.is_char_boundary(start) {
            start += 1;
        }
        let head = Bounds::new(start, hit.start);
        let posts = ["chủ tịch", "giám đốc", "thủ trưởng", "người đứng đầu", "trưởng ban", "trưởng phòng", "bí thư"];
        let mut hits = find_all(text, head, &posts);
        let Some(mut post) = hits.pop() else { continue };
        // «Chủ tịch UBND huyện A, Chủ tịch UBND huyện B chịu trách nhiệm»
        while let Some(other) = hits.pop() {
            let between = text.slice(Bounds::new(other.end, post.start));
            if !between.ends_with(", ") || between.contains(['.', ';', ':']) {
                break;
            }
            post = other;
        }
        let name = text.trim(Bounds::new(post.start, hit.start), &[',']);
        let slice = text.slice(name);
        let plain = !slice.contains(['.', ';', ':']) && slice.split_whitespace().count() <= 14;
        if plain && !crate::number::has(text, name, &["phải", "báo cáo"]) {
            found.push(name);
        }
    }
    found
}

/// «Đồng chí Name – POST tập trung chỉ đạo FIELD».
pub(crate) fn officers(text: &Text, bounds: Bounds) -> Vec<Found<Officer>> {
    let mut found = Vec::new();
    let starts_at = find_all(text, bounds, &["đồng chí", "đ/c", "ông", "bà"]);
    for (index, hit) in starts_at.iter().enumerate() {
        let until = starts_at.get(index + 1).map_or(bounds.end, |next| next.start);
        let rest = Bounds::new(hit.end, until);
        let verbs = ["tập trung chỉ đạo", "phụ trách", "trực tiếp chỉ đạo", "chịu trách nhiệm", "chỉ đạo", "theo dõi"];
        let Some(verb) = find_all(text, rest, &verbs).into_iter().next() else { continue };
        let who = text.trim(Bounds::new(hit.end, verb.start), &[',']);
        let slice = text.slice(who);
        let cut = slice.find(" - ").or_else(|| slice.find(','));
        let name = text.trim(Bounds::new(who.start, cut.map_or(who.end, |at| who.start + at)), &[]);
        let is_person = (2..=6).contains(&text.slice(name).split_whitespace().count())
            && text.slice(name).split_whitespace().all(|word| word.chars().next().is_some_and(char::is_uppercase));
        let end = text.slice(Bounds::new(verb.end, until)).find([';', '.', '\n']).map_or(until, |at| verb.end + at);
        let field = text.trim(Bounds::new(verb.end, end), &[',', ':']);
        if !is_person || field.start == field.end {
            continue;
        }
        let post = cut.map(|at| text.trim(Bounds::new(who.start + at, who.end), &['-', ',']));
        let post = post.filter(|post| post.start < post.end).map(|post| text.words(post));
        let officer = Officer { name: text.words(name), post, field: text.words(field) };
        found.push(text.found(officer, Bounds::new(hit.start, field.end), 88));
    }
    found
}

/// To whom a report goes: «gửi về Bộ Y tế», «báo cáo kết quả về Sở Y tế».
pub(crate) fn report_to(text: &Text, bounds: Bounds) -> Option<Bounds> {
    towards(text, bounds, &["báo cáo", "gửi"])
}

/// To whom something is submitted: «trình Ủy ban nhân dân tỉnh».
pub(crate) fn submit_to(text: &Text, bounds: Bounds) -> Option<Bounds> {
    towards(text, bounds, &["trình"])
}

fn towards(text: &Text, bounds: Bounds, words: &[&str]) -> Option<Bounds> {
    find_all(text, bounds, words).into_iter().find_map(|hit| {
        let small = ["gửi", "báo cáo", "về", "ngay", "kết quả", "lên", "nhanh", "kịp thời", "thông tin", "cho"];
        let at = crate::scan::past_words(&text.lower, hit.end, &small);
        let stop = text.slice(Bounds::new(hit.end, bounds.end)).find([';', '.']).map_or(bounds.end, |at| hit.end + at);
        let direct = body_name(text, Bounds::new(at.min(bounds.end), bounds.end));
        let (name, _) = direct.or_else(|| {
            let towards = find_all(text, Bounds::new(hit.end, stop.max(hit.end)), &["về"]);
            towards.into_iter().find_map(|word| {
                let from = skip(&text.normal, word.end, &[' ', '\n']);
                body_name(text, Bounds::new(from, bounds.end.max(from)))
            })
        })?;
        // After a comma a new name begins with a capital; «Khám, chữa bệnh» goes on.
        let slice = text.slice(name);
        let comma = slice
            .match_indices(", ")
            .find(|(at, _)| slice.get(at + 2..).and_then(|rest| rest.chars().next()).is_some_and(char::is_uppercase));
        Some(Bounds::new(name.start, comma.map_or(name.end, |(at, _)| name.start + at)))
    })
}
