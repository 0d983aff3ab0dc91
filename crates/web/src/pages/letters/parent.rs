//! A letter that is taken in because another one names it: what is known of it goes along, fills what its text leaves
//! open, and tells a wrong letter from the right one (DT02).

use desk::letters::directive::Basis;
use desk::letters::intake::Incoming;
use desk::letters::told::Told;

use super::LIST;
use crate::pages::fields::{Fields, day_of};
use crate::respond::form_urlencoded;
use crate::view::{Field, Input, Say};

/// Names of the fields in the address and in the forms: number, issuer, day.
const NAMES: [&str; 3] = ["so", "noi", "ngay"];

/// The way to the door, with what a letter says of the one that it names.
pub(super) fn address(basis: &Basis) -> String {
    let values = [Some(basis.number.clone()), basis.issuer.clone(), basis.date.map(|day| day.to_string())];
    let told = NAMES.into_iter().zip(values).filter_map(|(name, value)| Some((name, value?)));
    let query: Vec<String> = told.map(|(name, value)| format!("{name}={}", form_urlencoded(&value))).collect();
    format!("{LIST}?{}#nhan", query.join("&"))
}

/// What an address says of a letter, and nothing else of it.
pub(super) fn asked(fields: &Fields) -> Fields {
    let told = NAMES.into_iter().filter_map(|name| {
        let value: String = fields.some(name)?.chars().take(200).collect();
        Some((name.to_owned(), value))
    });
    Fields(told.collect())
}

/// What was known of a letter before it was read.
pub(super) fn told(fields: &Fields) -> Told {
    Told {
        number: fields.text("so").to_owned(),
        issuer: fields.text("noi").to_owned(),
        date: day_of(fields.text("ngay")),
    }
}

/// What is said after a letter was taken in that another one names; none of any other letter.
pub(super) fn taken_as(incoming: &Incoming) -> Option<&'static str> {
    if incoming.told.number.trim().is_empty() {
        return None;
    }
    let read = incoming.letter.number.as_ref().map(|number| number.value.written.as_str());
    Some(if incoming.told.is_another(read) { "done-letter-parent-other" } else { "done-letter-parent-taken" })
}

/// What the door says of it; empty where no letter is looked for.
pub(super) fn about(t: Say, typed: &Fields) -> String {
    typed.some("so").map_or_else(String::new, |number| t.one("letters-parent-about", "number", number.to_owned()))
}

/// The fields of what is known, filled; none where no letter is looked for.
pub(super) fn fields(t: Say, typed: &Fields) -> Vec<Field> {
    if NAMES.iter().all(|name| typed.some(name).is_none()) {
        return Vec::new();
    }
    let field = |name: &str| Field {
        name: name.to_owned(),
        label: t.say(&format!("letters-parent-{name}")),
        input: if name == "ngay" { Input::Day } else { Input::Words },
        value: typed.text(name).to_owned(),
        ..Field::default()
    };
    let mut fields: Vec<Field> = NAMES.map(field).into();
    for field in fields.iter_mut().take(1) {
        field.hint = t.say("letters-parent-hint");
    }
    fields
}
