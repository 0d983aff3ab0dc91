//! Fields of the forms of *Phương tiện*: numbers, flows with their unit, days, choices.

use desk::Failure;
use desk::means::Refused;
use desk::registry::Facility;
use jiff::civil::Date;
use place::FacilityId;
use quantity::{Convention, Typed, Unit, read_number, show_number};

use super::fields::{Fields, day_of};
use super::report_told::Unread;
use crate::respond::{Problem, refusal_of};
use crate::view::{Cell, Choice, Field, Input, Refusal, Say};
use crate::visitor::Caller;

/// What is read from a field, or which field is refused and why.
pub(super) type Read<T> = Result<T, Unread>;

/// A field that is refused.
pub(super) fn refused(field: &str, failure: Failure) -> Unread {
    Unread { field: field.to_owned(), failure }
}

/// Words that must be there.
pub(super) fn missing(field: &str) -> Unread {
    refused(field, Failure::refused(Refused::Missing))
}

/// Words that may be left out.
pub(super) fn words(fields: &Fields, name: &str) -> Option<String> {
    fields.some(name).map(str::to_owned)
}

/// A number as typed: `1.234,5`.
pub(super) fn number(fields: &Fields, name: &str) -> Read<Option<f64>> {
    let Some(text) = fields.some(name) else { return Ok(None) };
    let read = read_number(text, Some(Convention::DecimalComma));
    read.map(Some).map_err(|problem| refused(name, Failure::refused(problem)))
}

/// A flow as typed, in the unit that stands beside it unless the words name one.
pub(super) fn flow(fields: &Fields, name: &str) -> Read<Option<Typed>> {
    let Some(text) = fields.some(name) else { return Ok(None) };
    let unit = Unit::from_code(fields.text(&format!("{name}_unit"))).unwrap_or(Unit::LitrePerMinute);
    let read = Typed::read(text, Some(Convention::DecimalComma), Some(unit));
    read.map(Some).map_err(|problem| refused(name, Failure::refused(problem)))
}

/// A day; an empty field is none, an unreadable one is refused.
pub(super) fn day(fields: &Fields, name: &str) -> Read<Option<Date>> {
    match fields.some(name) {
        None => Ok(None),
        Some(text) => day_of(text).map(Some).ok_or_else(|| missing(name)),
    }
}

/// A day that must be there.
pub(super) fn needed_day(fields: &Fields, name: &str) -> Read<Date> {
    day(fields, name)?.ok_or_else(|| missing(name))
}

/// A facility that must be chosen.
pub(super) fn facility(fields: &Fields) -> Read<FacilityId> {
    fields.text("facility").parse().map_err(|_| missing("facility"))
}

/// Yes, no, or nothing said.
pub(super) fn yes_no(fields: &Fields, name: &str) -> Option<bool> {
    match fields.text(name) {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

/// The refusal above a form, about the field where it names one.
pub(super) fn refusal(unread: Unread, caller: &Caller) -> Result<Refusal, Problem> {
    let field = Some(unread.field).filter(|field| !field.is_empty());
    Ok(Refusal { field, ..refusal_of(unread.failure, caller)? })
}

/// The failure of an operation, about the whole form.
pub(super) fn whole(failure: Failure) -> Unread {
    refused("", failure)
}

/// A field of a number with what was typed.
pub(super) fn number_field(t: Say, typed: &Fields, name: &str, label: &str, unit: &str) -> Field {
    Field::words(name, t.say(label)).input(Input::Number(unit.to_owned())).value(typed.text(name))
}

/// A field of words with what was typed.
pub(super) fn words_field(t: Say, typed: &Fields, name: &str, label: &str) -> Field {
    Field::words(name, t.say(label)).value(typed.text(name))
}

/// A field of a day with what was typed.
pub(super) fn day_field(t: Say, typed: &Fields, name: &str, label: &str) -> Field {
    Field::words(name, t.say(label)).input(Input::Day).value(typed.text(name))
}

/// A flow and its unit: two fields.
pub(super) fn flow_fields(t: Say, typed: &Fields, name: &str, label: &str) -> [Field; 2] {
    let unit = format!("{name}_unit");
    let units = [Unit::LitrePerMinute, Unit::NormalCubicMetrePerHour];
    let choices = units.map(|unit| (unit.code().to_owned(), unit.label().to_owned()));
    let value = Field::words(name, t.say(label)).input(Input::Number(String::new())).value(typed.text(name));
    [value, choice_field(t, typed, &unit, "means-flow-unit", choices)]
}

/// A field of choices with what was chosen.
pub(super) fn choice_field(
    t: Say,
    typed: &Fields,
    name: &str,
    label: &str,
    choices: impl IntoIterator<Item = (String, String)>,
) -> Field {
    let chosen = typed.text(name).to_owned();
    let choices = choices.into_iter().map(|(value, text)| Choice { chosen: value == chosen, value, text }).collect();
    Field::words(name, t.say(label)).input(Input::Choices(choices)).value(chosen)
}

/// Yes, no, «chưa rõ».
pub(super) fn yes_no_field(t: Say, typed: &Fields, name: &str, label: &str) -> Field {
    let choices = [("", "unknown"), ("yes", "norm-yes"), ("no", "norm-no")];
    choice_field(t, typed, name, label, choices.map(|(value, key)| (value.to_owned(), t.say(key))))
}

/// The first cell of a row: what it is, leading to the form that changes it for whoever may.
pub(super) fn name_cell(name: impl Into<String>, change: Option<String>) -> Cell {
    match change {
        Some(href) => Cell::link(name, href),
        None => Cell::text(name),
    }
}

/// The facility that something stands at, leading to its chain.
pub(super) fn place_cell(t: Say, id: FacilityId, at: Option<&Facility>) -> Cell {
    let name = at.map(|facility| facility.body.name.clone()).unwrap_or_default();
    let cell = Cell::link(name, format!("/co-so/{id}/chuoi"));
    if at.is_some_and(|facility| facility.simulated) { cell.told(t.say("simulated")) } else { cell }
}

/// What a form shows of a record that it changes.
pub(super) fn shown_fields(pairs: impl IntoIterator<Item = (&'static str, String)>) -> Fields {
    Fields(pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

/// The value of a number's field.
pub(super) fn number_value(value: Option<f64>) -> String {
    value.map_or_else(String::new, |value| show_number(value, 1).replace(",0", ""))
}

/// The value of a day's field.
pub(super) fn day_value(day: Option<Date>) -> String {
    day.map_or_else(String::new, |day| day.to_string())
}
