//! What a package of ours is called and says.

use std::collections::BTreeMap;

use document::exchange::{Attachment, ExchangeLayout, ExchangeProblem, Inside, Key, Package, written};
use document::official::{Family, Kind, OfficialDocument, Urgency};
use quantity::Id;

/// How a name of ours begins.
const OURS: &str = "BTC-";
/// Hexadecimal digits of the paper and of its content in a name.
const DIGITS: (usize, usize) = (12, 6);

/// The name of a package: the paper, its issue, what it says. The same paper that says the same has the same name.
pub fn name_of(paper: Id, issue: u32, content: &str) -> String {
    let digits: String = paper.to_string().chars().filter(char::is_ascii_hexdigit).collect();
    let tail = &digits[digits.len().saturating_sub(DIGITS.0)..];
    let said: String = content.chars().filter(char::is_ascii_hexdigit).take(DIGITS.1).collect();
    format!("{OURS}{tail}-{issue}-{said}").to_uppercase()
}

/// A name of ours in a text, such as the name of a file: document systems keep it and add to it.
pub fn named_in(text: &str) -> Option<String> {
    let upper = text.to_uppercase();
    let mut rest = upper.as_str();
    while let Some(at) = rest.find(OURS) {
        let tail = &rest[at + OURS.len()..];
        let parts: Vec<&str> = tail.splitn(3, '-').collect();
        if let [paper, issue, said] = parts.as_slice() {
            let hexadecimal = |part: &str| part.bytes().all(|byte| byte.is_ascii_hexdigit());
            let said: String = said.chars().take_while(char::is_ascii_hexdigit).take(DIGITS.1).collect();
            let whole = paper.len() == DIGITS.0 && hexadecimal(paper) && said.len() == DIGITS.1;
            if whole && !issue.is_empty() && issue.len() <= 4 && issue.bytes().all(|byte| byte.is_ascii_digit()) {
                return Some(format!("{OURS}{paper}-{issue}-{said}"));
            }
        }
        rest = tail;
    }
    None
}

/// What a paper says of itself in a package. Codes of bodies are the document system's own; it fills them in.
pub fn package_of(document: &OfficialDocument, name: &str, layout: &ExchangeLayout, files: Vec<Attachment>) -> Package {
    let (kind, subject) = match &document.kind {
        Kind::Named { name, subject } => (name.clone(), subject.clone()),
        Kind::Letter { subject } => ("Công văn".to_owned(), subject.clone()),
    };
    let mut fields: BTreeMap<Key, Vec<String>> = BTreeMap::new();
    let mut say = |key: Key, values: Vec<String>| {
        let values: Vec<String> = values.into_iter().filter(|value| !value.trim().is_empty()).collect();
        if !values.is_empty() {
            fields.insert(key, values);
        }
    };
    let sign = if document.family == Family::Party { '-' } else { '/' };
    let number = document.number.as_deref().and_then(|number| number.split_once(sign));
    say(Key::Package, vec![name.to_owned()]);
    say(Key::FromName, vec![document.issuer.clone()]);
    say(Key::FromParent, document.parent.iter().cloned().collect());
    say(Key::ToName, document.recipients.iter().map(|one| one.trim_start_matches('+').trim().to_owned()).collect());
    say(Key::Number, number.iter().map(|(number, _)| (*number).to_owned()).collect());
    say(Key::Notation, vec![number.map_or_else(|| document.symbol.clone(), |(_, mark)| mark.to_owned())]);
    say(Key::Place, vec![document.place.clone()]);
    say(Key::Day, document.date.map(|day| layout.show_day(day)).into_iter().collect());
    say(Key::Kind, vec![kind]);
    say(Key::Subject, vec![subject]);
    say(Key::SignerName, vec![document.signature.name.clone()]);
    say(Key::SignerPost, vec![document.signature.post.clone()]);
    say(Key::Copies, document.copies.iter().map(|copy| copy.whom.clone()).collect());
    let urgency = match document.urgency {
        None => "0",
        Some(Urgency::Urgent) => "1",
        Some(Urgency::VeryUrgent) => "2",
        Some(Urgency::Express) => "3",
    };
    say(Key::Urgency, vec![urgency.to_owned()]);
    Package { layout: layout.key.clone(), fields, day: document.date, attachments: files, missing: Vec::new() }
}

/// The zip: metadata, Word and PDF under the package's name.
///
/// # Errors
/// Those of writing a zip.
pub fn zip_of(
    document: &OfficialDocument,
    name: &str,
    layout: &ExchangeLayout,
    docx: Vec<u8>,
    pdf: Vec<u8>,
) -> Result<Vec<u8>, ExchangeProblem> {
    let file = |ending: &str, media_type: &str, bytes: Vec<u8>| Attachment {
        name: format!("{name}.{ending}"),
        media_type: media_type.to_owned(),
        bytes,
    };
    let files = vec![
        file("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", docx),
        file("pdf", "application/pdf", pdf),
    ];
    written(layout, &package_of(document, name, layout, files), Inside::Zip, &format!("{name}.xml"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Issue 4, build 6: a signed PDF is known by the name of its package, whatever the system adds to it.
    #[test]
    fn a_name_of_ours_is_found_in_the_name_of_a_file() {
        let paper = Id::from_bytes([0xab; 16]);
        let name = name_of(paper, 2, "0123456789abcdef");
        assert_eq!(name, "BTC-ABABABABABAB-2-012345");
        for file in
            [format!("{name}.pdf"), format!("12_BC-SYT_{}_signed(1).pdf", name.to_lowercase()), format!("BTC-x {name}")]
        {
            assert_eq!(named_in(&file).as_deref(), Some(name.as_str()), "{file}");
        }
        for other in
            ["bao-cao.pdf", "BTC-", "BTC-ABAB-1-012345.pdf", "BTC-ABABABABABAB-x-012345", "BTC-ABABABABABAB-1-01"]
        {
            assert_eq!(named_in(other), None, "{other}");
        }
        assert_ne!(name, name_of(paper, 2, "fedcba98"), "another text is another package");
    }
}
