//! What changed between two versions of a record, field by field: pure.

use std::collections::BTreeMap;

use jiff::civil::{Date, Time};
use quantity::{Grams, Id, Moment, Typed, VesselSpec};
use serde_json::Value;

/// What a field says, by what it is.
#[derive(Debug, Clone, PartialEq)]
pub enum Told {
    /// Words as they were typed.
    Words(String),
    /// A choice by its stable code.
    Code(String),
    /// A number without unit.
    Number(f64),
    /// Oxygen.
    Mass(Grams),
    /// Money in đồng.
    Dong(i64),
    /// A day.
    Day(Date),
    /// A moment.
    At(Moment),
    /// Minutes.
    Minutes(i64),
    /// Hours of a day, in minutes since midnight.
    DayHours(u16, u16),
    /// Vessels of a size in millilitres of water.
    Vessels(u32, u32),
    /// Yes or no.
    YesNo(bool),
    /// A quantity as it was typed, with its unit.
    Typed(Box<Typed>),
    /// Keys that have no name yet.
    Keys(Vec<Id>),
    /// Names; none where it is none of the reader's business.
    Names(Vec<Option<String>>),
}

/// One field that changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Where it stands: `terms`, `price`, or `contacts`, `2`, `phone`; places in a list count from 1.
    pub field: Vec<String>,
    /// What it said; none where it said nothing.
    pub before: Option<Told>,
    /// What it says.
    pub after: Option<Told>,
}

/// Fields that mean nothing to a reader.
const UNTOLD: &[&str] = &["id", "digest", "store"];
/// Fields that hold a choice by its code.
const CODES: &[&str] = &["plant", "product", "kind", "given", "condition", "verdict", "state", "met", "seat", "key"];
const MASSES: &[&str] = &["capacity", "grams", "mass", "makes"];
const MONEY: &[&str] = &["dong", "money", "cost"];

/// The fields of two versions that say different things, in the order of their names; of no version and a first
/// one all that it says.
pub(super) fn changes(before: &Value, after: &Value) -> Vec<Change> {
    let [mut said, mut says] = [BTreeMap::new(), BTreeMap::new()];
    flatten(before, &mut Vec::new(), &mut said);
    flatten(after, &mut Vec::new(), &mut says);
    let fields: std::collections::BTreeSet<&Vec<String>> = said.keys().chain(says.keys()).collect();
    let changed = fields.into_iter().filter(|field| said.get(*field) != says.get(*field));
    changed
        .map(|field| Change { field: field.clone(), before: said.get(field).cloned(), after: says.get(field).cloned() })
        .collect()
}

fn flatten(value: &Value, path: &mut Vec<String>, found: &mut BTreeMap<Vec<String>, Told>) {
    let name = path.iter().rev().find(|part| part.parse::<usize>().is_err()).cloned().unwrap_or_default();
    if UNTOLD.contains(&name.as_str()) {
        return;
    }
    if let Some(told) = leaf(&name, value) {
        found.insert(path.clone(), told);
        return;
    }
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                path.push(key.clone());
                flatten(value, path, found);
                path.pop();
            }
        }
        Value::Array(items) => {
            for (place, value) in items.iter().enumerate() {
                path.push((place + 1).to_string());
                flatten(value, path, found);
                path.pop();
            }
        }
        _ => {}
    }
}

/// A value that is told as one; none for nothing, for what is empty and for what has parts.
fn leaf(name: &str, value: &Value) -> Option<Told> {
    match value {
        Value::Null => None,
        Value::Bool(yes) => Some(Told::YesNo(*yes)),
        Value::Number(number) => Some(number_of(name, number.as_f64()?, number.as_i64())),
        Value::String(text) => words_of(name, text),
        Value::Array(items) => list_of(name, items),
        Value::Object(fields) => {
            if let Some(typed) = typed_of(value) {
                return Some(Told::Typed(Box::new(typed)));
            }
            let minute = |key: &str| fields.get(key).and_then(Value::as_u64).and_then(|at| u16::try_from(at).ok());
            Some(Told::DayHours(minute("from")?, minute("to")?))
        }
    }
}

fn typed_of(value: &Value) -> Option<Typed> {
    serde_json::from_value(value.clone()).ok()
}

fn number_of(name: &str, value: f64, whole: Option<i64>) -> Told {
    match whole {
        Some(whole) if MASSES.contains(&name) => Told::Mass(Grams(whole)),
        Some(whole) if MONEY.contains(&name) => Told::Dong(whole),
        Some(whole) if name == "at" => Told::At(Moment::from_micros(whole)),
        Some(whole) if name == "lead_minutes" => Told::Minutes(whole),
        Some(whole) if name == "lead_hours" => Told::Minutes(whole * 60),
        _ => Told::Number(value),
    }
}

fn words_of(name: &str, text: &str) -> Option<Told> {
    if text.is_empty() {
        return None;
    }
    if name == "file" {
        return Some(Told::YesNo(true));
    }
    if CODES.contains(&name) {
        return Some(Told::Code(text.to_owned()));
    }
    if let Ok(size) = VesselSpec::try_from(text.to_owned()) {
        return Some(Told::Words(size.to_string()));
    }
    if let Ok(day) = text.parse::<Date>() {
        return Some(Told::Day(day));
    }
    Some(match text.parse::<Id>() {
        Ok(key) => Told::Keys(vec![key]),
        Err(_) => Told::Words(text.to_owned()),
    })
}

/// Lists of keys, opening hours and counts of vessels are told as one.
fn list_of(name: &str, items: &[Value]) -> Option<Told> {
    let texts: Option<Vec<&str>> = items.iter().map(Value::as_str).collect();
    if let Some(texts) = texts.filter(|texts| !texts.is_empty()) {
        if let Ok(keys) = texts.iter().map(|text| text.parse()).collect::<Result<Vec<Id>, _>>() {
            return Some(Told::Keys(keys));
        }
        if let [from, to] = texts.as_slice() {
            let minute = |text: &str| {
                let time: Time = text.parse().ok()?;
                u16::try_from(i32::from(time.hour()) * 60 + i32::from(time.minute())).ok()
            };
            return Some(Told::DayHours(minute(from)?, minute(to)?));
        }
    }
    let numbers: Option<Vec<u32>> =
        items.iter().map(|item| item.as_u64().and_then(|number| u32::try_from(number).ok())).collect();
    match numbers.as_deref() {
        Some([size, count]) if name == "cylinders" => Some(Told::Vessels(*size, *count)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn a_first_version_says_all_and_a_later_one_what_changed() {
        let first = json!({ "number": "01/HĐ", "terms": { "from": "2026-01-01", "to": "2026-12-31",
            "ceiling": { "mass": 20_000_000 }, "price": { "per_kg": { "dong": 6_000 } } }, "joint_buyer": null,
            "signer": "", "ended": false, "lead_hours": 12 });
        let all = changes(&Value::Null, &first);
        let fields: Vec<String> = all.iter().map(|change| change.field.join(".")).collect();
        assert_eq!(
            fields,
            [
                "ended",
                "lead_hours",
                "number",
                "terms.ceiling.mass",
                "terms.from",
                "terms.price.per_kg.dong",
                "terms.to"
            ]
        );
        assert!(all.iter().all(|change| change.before.is_none()));
        let mut second = first.clone();
        second["terms"]["price"]["per_kg"]["dong"] = json!(7_000);
        second["signer"] = json!("BS. Hai");
        let changed = changes(&first, &second);
        assert_eq!(changed.len(), 2);
        assert_eq!((&changed[0].before, &changed[0].after), (&None, &Some(Told::Words("BS. Hai".into()))));
        assert_eq!((&changed[1].before, &changed[1].after), (&Some(Told::Dong(6_000)), &Some(Told::Dong(7_000))));
    }

    #[test]
    fn lists_are_told_by_their_places_and_pairs_as_one() {
        let says = json!({ "contacts": [{ "name": "Anh Sáu", "phone": "0903" }], "cylinders": [[40_000, 20]],
            "open": ["07:00:00", "17:30:00"], "commitment": ["2026-11-01", "20 tấn một ngày"], "station": { "from": 420, "to": 1_020 } });
        let told: BTreeMap<String, Told> = changes(&Value::Null, &says)
            .into_iter()
            .filter_map(|change| Some((change.field.join("."), change.after?)))
            .collect();
        assert_eq!(told["contacts.1.name"], Told::Words("Anh Sáu".into()));
        assert_eq!(told["cylinders.1"], Told::Vessels(40_000, 20));
        assert_eq!(told["open"], Told::DayHours(420, 1_050));
        assert_eq!(told["station"], Told::DayHours(420, 1_020));
        assert_eq!(told["commitment.1"], Told::Day(date(2026, 11, 1)));
        assert_eq!(told["commitment.2"], Told::Words("20 tấn một ngày".into()));
    }

    proptest! {
        /// A version changes nothing against itself, whatever it says.
        #[test]
        fn nothing_changes_against_itself(words in "\\PC{0,20}", number in any::<i64>(), yes: bool) {
            let says = json!({ "a": words, "b": [number, { "c": yes }], "d": { "from": number } });
            prop_assert!(changes(&says, &says).is_empty());
        }
    }
}
