//! A problem and a plan as JSON (`docs/formats/plan.md`): read with the path of the key that is wrong, and no key left out
//! in silence.

use std::fmt::Write as _;

use oxygen::dispatch::{Plan, Problem};
use quantity::{Coded, show_number};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Bytes of a file at most: 1,500 facilities on 50 paths of 14 days are a tenth of it.
pub const LARGEST: u64 = 64 << 20;

/// Why a file is not read.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum JsonProblem {
    /// Larger than [`LARGEST`].
    #[error("PLN-301: too large")]
    TooLarge,
    /// No JSON, or a key with the wrong thing.
    #[error("PLN-302: {key}: {cause}")]
    Unreadable {
        /// The path of the key.
        key: String,
        /// What the reader says, with line and column.
        cause: String,
    },
    /// A key that nothing has: a slip, or a file of another kind.
    #[error("PLN-303: unknown key {key}")]
    UnknownKey {
        /// Its path.
        key: String,
    },
}

impl Coded for JsonProblem {
    fn code(&self) -> &'static str {
        match self {
            Self::TooLarge => "PLN-301",
            Self::Unreadable { .. } => "PLN-302",
            Self::UnknownKey { .. } => "PLN-303",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::TooLarge => vec![("limit", format!("{} MB", show_number((LARGEST >> 20) as f64, 0)))],
            Self::Unreadable { key, cause } => vec![("key", key.clone()), ("cause", cause.clone())],
            Self::UnknownKey { key } => vec![("key", key.clone())],
        }
    }
}

/// Reads a problem.
///
/// # Errors
/// [`JsonProblem`]. Whether a plan can be made of it `plan::sound` tells.
pub fn read_problem(bytes: &[u8]) -> Result<Problem, JsonProblem> {
    read(bytes)
}

/// Reads a plan.
///
/// # Errors
/// [`JsonProblem`]. Whether it keeps the rules `plan::check` tells.
pub fn read_plan(bytes: &[u8]) -> Result<Plan, JsonProblem> {
    read(bytes)
}

/// Writes a problem or a plan, a line for every key.
///
/// # Errors
/// When a number is none (a weight that is infinite).
pub fn write<T: Serialize>(told: &T) -> serde_json::Result<String> {
    serde_json::to_string_pretty(told).map(|text| text + "\n")
}

fn read<T: DeserializeOwned + Serialize>(bytes: &[u8]) -> Result<T, JsonProblem> {
    if bytes.len() as u64 > LARGEST {
        return Err(JsonProblem::TooLarge);
    }
    // A mark of byte order, which some editors write.
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let unreadable = |key: String, cause: String| JsonProblem::Unreadable { key, cause };
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let told: T = serde_path_to_error::deserialize(&mut reader)
        .map_err(|error| unreadable(place(&error.path().to_string()), error.inner().to_string()))?;
    reader.end().map_err(|error| unreadable(".".to_owned(), error.to_string()))?;
    // What was read knows all its keys: one that it does not say again was not understood.
    let again = serde_json::to_value(&told).map_err(|error| unreadable(".".to_owned(), error.to_string()))?;
    let typed: Value = serde_json::from_slice(bytes).map_err(|error| unreadable(".".to_owned(), error.to_string()))?;
    match unknown(&typed, &again, &mut String::new()) {
        Some(key) => Err(JsonProblem::UnknownKey { key }),
        None => Ok(told),
    }
}

/// The path of a key; a point for the whole, or where the text ends before any key.
fn place(path: &str) -> String {
    if path == "?" { ".".to_owned() } else { path.to_owned() }
}

/// The path of the first key that stands in one value and not in the other.
fn unknown(typed: &Value, known: &Value, path: &mut String) -> Option<String> {
    let length = path.len();
    match (typed, known) {
        (Value::Object(typed), Value::Object(known)) => typed.iter().find_map(|(key, value)| {
            path.truncate(length);
            let dot = if length == 0 { "" } else { "." };
            path.push_str(dot);
            path.push_str(key);
            match known.get(key) {
                Some(other) => unknown(value, other, path),
                None => Some(path.clone()),
            }
        }),
        (Value::Array(typed), Value::Array(known)) => {
            typed.iter().zip(known).enumerate().find_map(|(number, (value, other))| {
                // Rows of numbers have no keys.
                if !matches!(value, Value::Object(_) | Value::Array(_)) {
                    return None;
                }
                path.truncate(length);
                let _ = write!(path, "[{number}]");
                unknown(value, other, path)
            })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_told_with_its_path() {
        let told = |text: &str| read_plan(text.as_bytes()).expect_err("not a plan").to_string();
        let trip = r#"{"vehicle": 0, "source": 0, "leaves": 0, "loads": 1, "loaded": 2, "stops": [], "back": 3"#;
        assert!(told("{").starts_with("PLN-302: .: "), "{}", told("{"));
        assert!(told(r#"{"trips": [{"vehicle": "x"}]}"#).starts_with("PLN-302: trips[0].vehicle: "));
        assert_eq!(told(&format!(r#"{{"trips": [{trip}, "baack": 3}}]}}"#)), "PLN-303: unknown key trips[0].baack");
        assert!(read_plan(format!("\u{feff}{{\"trips\": [{trip}}}]}}").as_bytes()).is_ok());
        assert!(told(r#"{"trips": []} {}"#).starts_with("PLN-302: .: trailing"));
    }
}
