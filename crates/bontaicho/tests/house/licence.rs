//! Expressions of licences as crates write them (SPDX, and the older `A/B`).

use std::collections::BTreeSet;

/// Whether an SPDX expression can be met by the list. Brackets bind first, then AND, then OR.
pub fn is_allowed(expression: &str, licences: &BTreeSet<String>) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let mut words = spaced.split_whitespace().peekable();
    let allowed = either(&mut words, licences);
    allowed && words.peek().is_none()
}

type Words<'w> = std::iter::Peekable<std::str::SplitWhitespace<'w>>;

fn either(words: &mut Words<'_>, licences: &BTreeSet<String>) -> bool {
    let mut allowed = both(words, licences);
    while words.next_if_eq(&"OR").is_some() {
        allowed |= both(words, licences);
    }
    allowed
}

fn both(words: &mut Words<'_>, licences: &BTreeSet<String>) -> bool {
    let mut allowed = single(words, licences);
    while words.next_if_eq(&"AND").is_some() {
        allowed &= single(words, licences);
    }
    allowed
}

fn single(words: &mut Words<'_>, licences: &BTreeSet<String>) -> bool {
    if words.next_if_eq(&"(").is_some() {
        let allowed = either(words, licences);
        return words.next_if_eq(&")").is_some() && allowed;
    }
    let Some(name) = words.next() else { return false };
    match words.next_if_eq(&"WITH").and_then(|_| words.next()) {
        Some(exception) => licences.contains(&format!("{name} WITH {exception}")),
        None => licences.contains(name),
    }
}

#[test]
fn expressions_of_licences_are_understood() {
    let list = BTreeSet::from(["MIT", "ISC", "Apache-2.0 WITH LLVM-exception"].map(str::to_owned));
    for good in ["MIT", "GPL-3.0 OR MIT", "GPL-3.0/MIT", "(MIT OR GPL-3.0) AND ISC", "Apache-2.0 WITH LLVM-exception"] {
        assert!(is_allowed(good, &list), "{good}");
    }
    for bad in ["GPL-3.0", "MIT AND GPL-3.0", "MIT AND (ISC AND GPL-3.0)", "Apache-2.0", "", "(MIT", "MIT ISC"] {
        assert!(!is_allowed(bad, &list), "{bad}");
    }
}
