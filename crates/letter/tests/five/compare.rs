//! A reading against what people read, field by field. Texts are compared without case; a trailing
//! stop is not compared.

use letter::{Missing, Qualifier, Reading};

use super::expected::Expected;

/// One field: what was read and what stands there, as lists of folded texts.
#[derive(Debug)]
pub struct Field {
    pub name: &'static str,
    pub read: Vec<String>,
    pub expected: Vec<String>,
}

impl Field {
    pub fn is_right(&self) -> bool {
        self.read == self.expected
    }
}

pub fn fold(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    // Old spelling puts the tone of open «oa, oe, uy» elsewhere.
    let mut low = words.join(" ").to_lowercase().trim_end_matches(['.', ';', ':']).to_owned();
    for (one, other) in [("oà", "òa"), ("oá", "óa"), ("oả", "ỏa"), ("uỷ", "ủy"), ("uý", "úy"), ("hoạ", "họa")]
    {
        low = low.replace(one, other);
    }
    low
}

fn folded<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> Vec<String> {
    texts.into_iter().map(|text| fold(text.as_ref())).collect()
}

fn counted<T: AsRef<str>>(pairs: impl IntoIterator<Item = (T, usize)>) -> Vec<String> {
    pairs.into_iter().map(|(name, count)| format!("{} × {count}", fold(name.as_ref()))).collect()
}

fn named<T: std::fmt::Debug>(value: T) -> Vec<String> {
    vec![format!("{value:?}").to_lowercase()]
}

fn limit(qualifier: Qualifier) -> &'static str {
    match qualifier {
        Qualifier::Exactly => "=",
        Qualifier::Nearly => "gần",
        Qualifier::Above => "trên",
        _ => "?",
    }
}

/// Every field that the letter is compared in.
pub fn fields(read: &Reading, expected: &Expected) -> Vec<Field> {
    let mut all = Vec::new();
    let mut field = |name: &'static str, read: Vec<String>, expected: Vec<String>| {
        all.push(Field { name, read, expected });
    };
    let some = |text: &str| if text.is_empty() { Vec::new() } else { vec![fold(text)] };
    field("family", read.family.map(named).unwrap_or_default(), expected.family.map(named).unwrap_or_default());
    field("issuer", folded(&read.issuer), some(expected.issuer));
    field("parent_body", folded(&read.parent_body), folded(expected.parent_body));
    field("number", folded(&read.number), folded(expected.number));
    field("date", folded(&read.date), some(expected.date));
    let meeting = expected.date_is.map(named).unwrap_or_default();
    field("date_is", read.date_is.map(named).unwrap_or_default(), meeting);
    field("place", folded(&read.place), folded(expected.place));
    field("kind", folded(&read.kind), some(expected.kind));
    field("subject", folded(&read.subject), some(expected.subject));
    field("recipients", folded(&read.recipients), folded(expected.recipients));
    field("alias", folded(read.alias.keys()), folded(expected.alias));
    let references = read.references.iter().map(|(number, day)| format!("{number} {}", day.as_deref().unwrap_or("-")));
    let wanted = expected.references.iter().map(|(number, day)| format!("{number} {day}"));
    field("references", references.collect(), wanted.collect());
    let owners = read.tasks_by_owner.iter().map(|(name, count)| (name, *count));
    field("tasks_by_owner", counted(owners), counted(expected.tasks_by_owner.iter().copied()));
    field("unaddressed_owners", folded(&read.unaddressed_owners), folded(expected.unaddressed));
    let executors = read.executors.iter().map(|(name, count)| (name, *count));
    field("executors", counted(executors), counted(expected.executors.iter().copied()));
    let parts = read.inline_subtasks.iter().map(|(name, nth, count)| format!("{} {nth} {count}", fold(name)));
    let wanted = expected.inline_subtasks.iter().map(|(name, nth, count)| format!("{} {nth} {count}", fold(name)));
    field("inline_subtasks", parts.collect(), wanted.collect());
    let officers = read.officers.iter().map(|(name, of)| format!("{}: {}", fold(name), fold(of)));
    let wanted = expected.officers.iter().map(|(name, of)| format!("{}: {}", fold(name), fold(of)));
    field("officers", officers.collect(), wanted.collect());
    if let Some(expected) = expected.figures {
        let figures = read.figures.iter().map(|(written, word)| format!("{written} {word}"));
        let wanted = expected.iter().map(|(written, word)| format!("{written} {}", limit(*word)));
        field("figures", figures.collect(), wanted.collect());
    }
    field("deadlines", read.deadlines.clone(), expected.deadlines.iter().map(|day| (*day).to_owned()).collect());
    if expected.report_to.is_some() {
        field("report_to", folded(&read.report_to), folded(expected.report_to));
    }
    field("attachments", folded(&read.attachments), folded(expected.attachments));
    field("copies", vec![read.copies.to_string()], vec![expected.copies.to_string()]);
    field("archive", folded(&read.archive), some(expected.archive));
    let signer = read.signer.as_ref();
    field("authority", folded(signer.and_then(|one| one.authority.as_ref())), folded(expected.authority));
    field("post", folded(signer.and_then(|one| one.post.as_ref())), folded(expected.post));
    field("name", folded(signer.and_then(|one| one.name.as_ref())), folded(expected.name));
    let missing = |parts: &[Missing]| parts.iter().flat_map(named).collect::<Vec<String>>();
    field("missing", missing(&read.missing), missing(expected.missing));
    all
}
