//! The file of `letter write`: a record of one paper as JSON. Its schema stands in `docs/formats/letter-record.md`.

use document::official::{OfficialDocument, Signature};
use jiff::civil::Date;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::NotComposed;
use super::check::secrecy;
use super::child::{self, ChildLetter};
use super::conclusion::{self, Conclusion};
use super::dispatch::{self, Dispatch};
use super::implementation::{self, Implementation};
use super::plan::{self, Plan};
use super::quarter::{self, Quarter};
use super::reminder::{self, Reminder};

/// What stands around the facts.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct Envelope {
    /// Which paper.
    record: String,
    /// What it is made from; its shape is that of the paper.
    facts: Value,
    /// The whole number; none leaves the one that the facts have, or a blank.
    number: Option<String>,
    /// The day on it.
    date: Option<Date>,
    /// Who signed; none leaves what the facts say.
    signature: Option<Signature>,
    /// Marked «DỰ THẢO»; none leaves what the composer says.
    draft: Option<bool>,
}

/// The names of the records.
pub const RECORDS: [&str; 8] =
    ["document", "reminder", "implementation", "child_letter", "dispatch_order", "conclusion", "plan", "task_quarter"];

/// Reads a record and writes its paper.
///
/// # Errors
/// [`NotComposed::Unreadable`] and [`NotComposed::UnknownKey`] with the path of the key, and what a composer refuses.
pub fn read(bytes: &[u8]) -> Result<OfficialDocument, NotComposed> {
    let text = std::str::from_utf8(bytes).map_err(|error| unreadable("(file)", error))?;
    let whole: Value =
        serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| unreadable("(file)", error))?;
    let envelope: Envelope = read_as(&whole, "")?;
    let facts = &envelope.facts;
    let mut document = match envelope.record.as_str() {
        "document" => read_as::<OfficialDocument>(facts, "facts")?,
        "reminder" => reminder::compose(&read_as::<Reminder>(facts, "facts")?)?,
        "implementation" => implementation::compose(&read_as::<Implementation>(facts, "facts")?)?,
        "child_letter" => child::compose(&read_as::<ChildLetter>(facts, "facts")?)?,
        "dispatch_order" => dispatch::compose(&read_as::<Dispatch>(facts, "facts")?)?,
        "conclusion" => conclusion::compose(&read_as::<Conclusion>(facts, "facts")?)?,
        "plan" => plan::compose(&read_as::<Plan>(facts, "facts")?)?,
        "task_quarter" => quarter::compose(&read_as::<Quarter>(facts, "facts")?)?,
        other => return Err(unreadable("record", format!("«{other}», not one of {}", RECORDS.join(", ")))),
    };
    if envelope.number.is_some() {
        document.number = envelope.number;
    }
    if envelope.date.is_some() {
        document.date = envelope.date;
    }
    if let Some(signature) = envelope.signature {
        document.signature = signature;
    }
    if let Some(draft) = envelope.draft {
        document.draft = draft;
    }
    match secrecy(&document) {
        Some(mark) => Err(NotComposed::Secret { mark }),
        None => Ok(document),
    }
}

fn unreadable(key: &str, cause: impl std::fmt::Display) -> NotComposed {
    NotComposed::Unreadable { key: key.to_owned(), cause: cause.to_string() }
}

/// Reads a value; what does not fit, or is no key at all, is named by its path.
fn read_as<T: DeserializeOwned + Serialize>(value: &Value, under: &str) -> Result<T, NotComposed> {
    let path = |inner: &str| match (under, inner) {
        ("", inner) => inner.to_owned(),
        (under, "." | "") => under.to_owned(),
        (under, inner) => format!("{under}.{inner}"),
    };
    if !value.is_object() {
        return Err(unreadable(if under.is_empty() { "(file)" } else { under }, "an object is expected"));
    }
    let read: T = serde_path_to_error::deserialize(value)
        .map_err(|error| unreadable(&path(&error.path().to_string()), error.inner()))?;
    // What was read says all that it knows; a key that it does not say was misspelt.
    let known = serde_json::to_value(&read).map_err(|error| unreadable(&path(""), error))?;
    match unknown_key(value, &known, String::new()) {
        Some(key) => Err(NotComposed::UnknownKey { key: path(&key) }),
        None => Ok(read),
    }
}

/// The path of the first key that stands in what was given and not in what was understood.
fn unknown_key(given: &Value, known: &Value, path: String) -> Option<String> {
    match (given, known) {
        (Value::Object(given), Value::Object(known)) => given.iter().find_map(|(key, inner)| {
            let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
            match known.get(key) {
                Some(known) => unknown_key(inner, known, path),
                None => Some(path),
            }
        }),
        (Value::Array(given), Value::Array(known)) => {
            let mut pairs = given.iter().zip(known).enumerate();
            pairs.find_map(|(position, (given, known))| unknown_key(given, known, format!("{path}[{position}]")))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> NotComposed {
        read(text.as_bytes()).unwrap_err()
    }

    #[test]
    fn what_does_not_fit_is_named_by_its_key() {
        let key = |text: &str| match refused(text) {
            NotComposed::Unreadable { key, .. } | NotComposed::UnknownKey { key } => key,
            other => panic!("{other}"),
        };
        assert_eq!(key("{"), "(file)");
        assert_eq!(key("[]"), "(file)");
        assert_eq!(key(r#"{"record":"ode","facts":{}}"#), "record");
        assert_eq!(key(r#"{"record":"reminder","facts":3}"#), "facts");
        assert_eq!(key(r#"{"record":"plan","facts":{},"dat":"2026-11-22"}"#), "dat");
        assert_eq!(key(r#"{"record":"plan","facts":{},"date":"22/11/2026"}"#), "date");
        assert_eq!(
            key(
                r#"{"record":"reminder","facts":{"bodies":[{"body":"A","tasks":[{"text":"x","due":{"word":"soon"}}]}]}}"#
            ),
            "facts.bodies[0].tasks[0].due.word"
        );
        assert_eq!(
            key(r#"{"record":"reminder","facts":{"bodies":[{"body":"A","tasks":[{"txt":"x"}]}]}}"#),
            "facts.bodies[0].tasks[0].txt"
        );
        assert_eq!(key(r#"{"record":"document","facts":{"isuer":"Sở Y tế"}}"#), "facts.isuer");
        let secret = r#"{"record":"document","facts":{"body":[{"centred":"TUYỆT MẬT"}]}}"#;
        assert_eq!(refused(secret), NotComposed::Secret { mark: "TUYỆT MẬT" });
        assert!(matches!(refused(r#"{"record":"plan","facts":{}}"#), NotComposed::Nothing { part: "tasks", .. }));
    }

    #[test]
    fn number_day_and_signer_stand_around_the_facts() {
        let text = r#"{"record":"plan","facts":{"subject":"oxy","tasks":[{"text":"Rà soát"}]},
            "number":"07/KH-SYT","date":"2026-11-22","draft":false,"signature":{"post":"Giám đốc","name":"A"}}"#;
        let document = read(text.as_bytes()).unwrap();
        assert_eq!((document.number.as_deref(), document.draft), (Some("07/KH-SYT"), false));
        assert_eq!((document.date.map(|day| day.day()), document.signature.name.as_str()), (Some(22), "A"));
    }
}
