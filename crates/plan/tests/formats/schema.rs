//! As much of JSON Schema as `docs/formats/plan` uses; a word that it does not know fails.

use serde_json::{Map, Value};

/// What does not fit, with its path.
pub fn misfits(schema: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    fits(schema, schema, value, "$", &mut found);
    found
}

fn fits(root: &Value, schema: &Value, value: &Value, path: &str, found: &mut Vec<String>) {
    let words = schema.as_object().expect("a schema is an object");
    for (word, told) in words {
        let misfit = match word.as_str() {
            "$schema" | "$defs" | "title" | "description" | "required" => false,
            "$ref" => {
                let name = told.as_str().and_then(|told| told.strip_prefix("#/$defs/")).expect("a name");
                fits(root, &root["$defs"][name], value, path, found);
                false
            }
            "allOf" => {
                told.as_array().into_iter().flatten().for_each(|one| fits(root, one, value, path, found));
                false
            }
            "anyOf" => alternatives(root, told, value, path) == 0,
            "oneOf" => alternatives(root, told, value, path) != 1,
            "type" => !is(told.as_str().expect("one type"), value),
            "enum" => !told.as_array().is_some_and(|all| all.contains(value)),
            "minimum" => value.as_f64().zip(told.as_f64()).is_some_and(|(value, least)| value < least),
            "maximum" => value.as_f64().zip(told.as_f64()).is_some_and(|(value, most)| value > most),
            "minItems" => value.as_array().is_some_and(|all| (all.len() as u64) < told.as_u64().unwrap_or(0)),
            "maxItems" => value.as_array().is_some_and(|all| (all.len() as u64) > told.as_u64().unwrap_or(0)),
            // The one pattern there is.
            "pattern" => value.as_str().is_some_and(|size| size.parse::<quantity::VesselSpec>().is_err()),
            "items" => {
                for (at, one) in value.as_array().into_iter().flatten().enumerate() {
                    fits(root, told, one, &format!("{path}[{at}]"), found);
                }
                false
            }
            "properties" => {
                for (key, one) in value.as_object().into_iter().flatten() {
                    if let Some(schema) = told.get(key) {
                        fits(root, schema, one, &format!("{path}.{key}"), found);
                    }
                }
                false
            }
            "additionalProperties" => unknown(words, value),
            other => panic!("{other} is a word that this test does not know"),
        };
        if misfit {
            found.push(format!("{path}: {word}"));
        }
    }
    let missing = words.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    if let Some(object) = value.as_object() {
        found.extend(missing.filter(|key| !object.contains_key(*key)).map(|key| format!("{path}: no {key}")));
    }
}

fn alternatives(root: &Value, told: &Value, value: &Value, path: &str) -> usize {
    let all = told.as_array().expect("alternatives");
    all.iter()
        .filter(|one| {
            let mut found = Vec::new();
            fits(root, one, value, path, &mut found);
            found.is_empty()
        })
        .count()
}

fn unknown(words: &Map<String, Value>, value: &Value) -> bool {
    value.as_object().is_some_and(|object| object.keys().any(|key| words["properties"].get(key).is_none()))
}

fn is(kind: &str, value: &Value) -> bool {
    match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "null" => value.is_null(),
        other => panic!("{other} is no type"),
    }
}
