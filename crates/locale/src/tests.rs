//! Both languages say the same things, and every file of `locales/` is carried.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};

use super::*;

#[derive(Debug, thiserror::Error)]
#[error("OXY-014: shows too much")]
struct AboveCapacity;

impl Coded for AboveCapacity {
    fn code(&self) -> &'static str {
        "XXX-999"
    }
}

/// Message or `message.attribute` → the variables that it needs.
fn keys(text: &str) -> BTreeMap<String, BTreeSet<String>> {
    let resource = fluent_syntax::parser::parse(text).unwrap_or_else(|(_, errors)| panic!("{errors:?}"));
    let mut keys = BTreeMap::new();
    for entry in &resource.body {
        let Entry::Message(message) = entry else { continue };
        if let Some(value) = &message.value {
            assert!(keys.insert(message.id.name.to_owned(), variables(value)).is_none(), "{} twice", message.id.name);
        }
        for attribute in &message.attributes {
            keys.insert(format!("{}.{}", message.id.name, attribute.id.name), variables(&attribute.value));
        }
    }
    keys
}

fn variables(pattern: &Pattern<&str>) -> BTreeSet<String> {
    fn inline(expression: &InlineExpression<&str>, found: &mut BTreeSet<String>) {
        match expression {
            InlineExpression::VariableReference { id } => {
                found.insert(id.name.to_owned());
            }
            InlineExpression::Placeable { expression } => walk(expression, found),
            _ => {}
        }
    }
    fn walk(expression: &Expression<&str>, found: &mut BTreeSet<String>) {
        match expression {
            Expression::Inline(expression) => inline(expression, found),
            Expression::Select { selector, variants } => {
                inline(selector, found);
                for variant in variants {
                    found.extend(variables(&variant.value));
                }
            }
        }
    }
    let mut found = BTreeSet::new();
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            walk(expression, &mut found);
        }
    }
    found
}

#[test]
fn both_languages_say_the_same_things_with_the_same_facts() {
    for (name, vietnamese, english) in files::FILES {
        let (vietnamese, english) = (keys(vietnamese), keys(english));
        let missing: Vec<_> = vietnamese.keys().filter(|key| !english.contains_key(*key)).collect();
        let extra: Vec<_> = english.keys().filter(|key| !vietnamese.contains_key(*key)).collect();
        assert!(missing.is_empty() && extra.is_empty(), "{name}: no English {missing:?}, no Vietnamese {extra:?}");
        for (key, facts) in &vietnamese {
            // An English plural may look at a count that Vietnamese only prints, so the sets are equal all the same.
            assert_eq!(facts, &english[key], "{name}: {key}");
        }
    }
}

#[test]
fn a_key_or_a_code_stands_in_one_file_only() {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    for (name, vietnamese, _) in files::FILES {
        for key in keys(vietnamese).into_keys() {
            if let Some(first) = seen.insert(key.clone(), name) {
                panic!("{key} stands in {first}.ftl and in {name}.ftl");
            }
        }
    }
}

#[test]
fn every_file_of_the_folder_is_carried_in_both_languages() {
    let listed: BTreeSet<String> = files::FILES.iter().map(|(name, ..)| format!("{name}.ftl")).collect();
    for language in ["vi", "en"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../locales").join(language);
        let found: BTreeSet<String> =
            std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
        assert_eq!(found, listed, "locales/{language} and the list in src/files.rs differ");
    }
}

#[test]
fn every_error_has_a_next_step() {
    for (name, vietnamese, _) in files::FILES.iter().filter(|(name, ..)| name.starts_with("errors")) {
        let keys = keys(vietnamese);
        for code in keys.keys().filter(|key| !key.contains('.')) {
            assert!(keys.contains_key(&format!("{code}.next")), "{name}: {code} does not say what to do next");
        }
    }
}

/// A Vietnamese sentence is never shouted, and never composed of two characters where one exists.
#[test]
fn vietnamese_is_composed_and_never_shouts() {
    for (name, vietnamese, _) in files::FILES {
        assert!(!vietnamese.chars().any(|letter| ('\u{300}'..='\u{323}').contains(&letter)), "{name} is not NFC");
        for line in vietnamese.lines().filter_map(|line| line.split_once(" = ").map(|(_, text)| text)) {
            let letters: Vec<char> = line.chars().filter(|letter| letter.is_alphabetic()).collect();
            let shouted = letters.len() > 8 && letters.iter().all(|letter| letter.is_uppercase());
            assert!(!shouted, "{name}: {line}");
        }
    }
}

#[test]
fn counts_are_grouped_and_choose_the_plural() {
    assert_eq!(say(Locale::Vietnamese, "board-all", &[("count", 1_500.into())]), "Tất cả 1.500 cơ sở");
    assert_eq!(say(Locale::English, "board-all", &[("count", 1.into())]), "All 1 facility");
    assert_eq!(say(Locale::English, "board-all", &[("count", 31.into())]), "All 31 facilities");
}

#[test]
fn facts_stand_without_isolation_marks() {
    let said = say(Locale::Vietnamese, "received-at", &[("time", "02:14".into()), ("code", "7K2".into())]);
    assert_eq!(said, "Đã nhận lúc 02:14 · mã 7K2");
}

#[test]
fn an_error_without_a_text_still_answers_politely() {
    let said = sentence(Locale::Vietnamese, &AboveCapacity);
    assert_eq!(said.code, "XXX-999");
    assert_eq!(said.sentence, "Việc này chưa làm được.");
    assert_eq!(said.next, "");
}

#[test]
fn languages_are_read_from_headers_and_environments() {
    assert_eq!(Locale::from_accept_language("fr-FR, en;q=0.8, vi;q=0.5"), Locale::English);
    assert_eq!(Locale::from_accept_language(""), Locale::Vietnamese);
    assert_eq!(Locale::from_tag("vi_VN.UTF-8"), Some(Locale::Vietnamese));
    assert_eq!(Locale::from_tag("C"), None);
}
