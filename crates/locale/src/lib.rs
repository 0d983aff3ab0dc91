//! Every sentence that a person reads, in Vietnamese first and English second.
//!
//! Lives here: the texts of `locales/`, embedded; filling in their facts; the sentence and next step of an error.
//! Not here: which sentence is shown where (`web`, `desk`), how a quantity is written (`quantity`).
//!
//! ```
//! use locale::{Locale, say};
//! assert_eq!(say(Locale::Vietnamese, "product", &[]), "Bốn Tại Chỗ");
//! assert_eq!(say(Locale::English, "board-all", &[("count", 1_500.into())]), "All 1,500 facilities");
//! ```

mod files;

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use quantity::Coded;
use unic_langid::LanguageIdentifier;

/// The language of a page, a message or a letter.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Locale {
    /// Vietnamese, the first language of the program.
    #[default]
    Vietnamese,
    /// English.
    English,
}

impl Locale {
    /// `vi` or `en`, as HTML writes it.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Vietnamese => "vi",
            Self::English => "en",
        }
    }

    /// Reads `vi`, `vi-VN`, `en_GB.UTF-8`…; `None` for a language that is not spoken here.
    pub fn from_tag(tag: &str) -> Option<Self> {
        match tag.split(['-', '_', '.', ';']).next().map(str::trim) {
            Some("vi") => Some(Self::Vietnamese),
            Some("en") => Some(Self::English),
            _ => None,
        }
    }

    /// The first language of an `Accept-Language` header that is spoken here, else Vietnamese.
    pub fn from_accept_language(header: &str) -> Self {
        header.split(',').find_map(|tag| Self::from_tag(tag.trim())).unwrap_or_default()
    }
}

/// A fact that a sentence is filled with.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fact {
    /// Already formatted for the reader.
    Text(String),
    /// A count: chooses "1 facility" or "2 facilities", and is grouped as the language groups it.
    Count(i64),
}

impl From<&str> for Fact {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Fact {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// Templates hand over references, and references to references.
impl<T: Clone + Into<Fact>> From<&T> for Fact {
    fn from(fact: &T) -> Self {
        fact.clone().into()
    }
}

impl From<i64> for Fact {
    fn from(count: i64) -> Self {
        Self::Count(count)
    }
}

impl From<i32> for Fact {
    fn from(count: i32) -> Self {
        Self::Count(i64::from(count))
    }
}

impl From<usize> for Fact {
    fn from(count: usize) -> Self {
        Self::Count(i64::try_from(count).unwrap_or(i64::MAX))
    }
}

/// What a person reads of an error.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sentence {
    /// What happened, without blame.
    pub sentence: String,
    /// What to do next; empty when there is nothing to do.
    pub next: String,
    /// The stable code, shown small at the end.
    pub code: &'static str,
}

/// The text of `key` (or `key.attribute`), filled with facts. An unknown key comes back as itself,
/// which a test over all templates keeps from ever reaching a screen.
pub fn say(locale: Locale, key: &str, facts: &[(&str, Fact)]) -> String {
    lookup(locale, key, facts).unwrap_or_else(|| key.to_owned())
}

/// Whether `key` (or `key.attribute`) has a text.
pub fn knows(locale: Locale, key: &str) -> bool {
    lookup(locale, key, &[]).is_some()
}

/// The sentence and the next step of an error. A code without a text says so politely and keeps the code.
pub fn sentence(locale: Locale, error: &dyn Coded) -> Sentence {
    let code = error.code();
    let facts: Vec<(&str, Fact)> = error.facts().into_iter().map(|(name, value)| (name, Fact::Text(value))).collect();
    Sentence {
        sentence: lookup(locale, code, &facts).unwrap_or_else(|| say(locale, "error-without-text", &[])),
        next: lookup(locale, &format!("{code}.next"), &facts).unwrap_or_default(),
        code,
    }
}

/// The two languages, each parsed once.
static VIETNAMESE: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| bundle(Locale::Vietnamese));
static ENGLISH: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| bundle(Locale::English));

fn bundle(locale: Locale) -> FluentBundle<FluentResource> {
    let language: LanguageIdentifier = locale.tag().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    // Isolation marks would travel into copied messages and print as boxes on old phones.
    bundle.set_use_isolating(false);
    match locale {
        Locale::Vietnamese => bundle.set_formatter(Some(|value, _| grouped(value, '.'))),
        Locale::English => bundle.set_formatter(Some(|value, _| grouped(value, ','))),
    }
    for (_, vietnamese, english) in files::FILES {
        let text = if locale == Locale::Vietnamese { vietnamese } else { english };
        // A text with a slip keeps its sound messages; the tests refuse the slip.
        let resource = FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(sound, _)| sound);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// Counts only: every other number arrives as text with its unit.
fn grouped(value: &FluentValue<'_>, mark: char) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    let digits = number.as_string();
    let (sign, digits) = digits.strip_prefix('-').map_or(("", &*digits), |rest| ("-", rest));
    let mut shown = String::from(sign);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            shown.push(mark);
        }
        shown.push(digit);
    }
    Some(shown)
}

fn lookup(locale: Locale, key: &str, facts: &[(&str, Fact)]) -> Option<String> {
    let bundle: &FluentBundle<FluentResource> = match locale {
        Locale::Vietnamese => &VIETNAMESE,
        Locale::English => &ENGLISH,
    };
    let (name, attribute) = key.split_once('.').map_or((key, None), |(name, attribute)| (name, Some(attribute)));
    let message = bundle.get_message(name)?;
    let pattern = match attribute {
        Some(attribute) => message.get_attribute(attribute)?.value(),
        None => message.value()?,
    };
    let mut arguments = FluentArgs::with_capacity(facts.len());
    for (fact, value) in facts {
        match value {
            Fact::Text(text) => arguments.set(*fact, text.as_str()),
            Fact::Count(count) => arguments.set(*fact, *count),
        }
    }
    Some(bundle.format_pattern(pattern, Some(&arguments), &mut Vec::new()).into_owned())
}

#[cfg(test)]
mod tests;
