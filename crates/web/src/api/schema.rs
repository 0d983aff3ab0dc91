//! Schemas of values that other crates own: their codes are read from where they are defined, so
//! that the document cannot name one that the program does not know.

use oxygen::{Confidence, Heard, Source, Standing, StoreKind};
use protocol::Readiness;
use quantity::{ReferenceTemperature, Unit};
use utoipa::openapi::schema::{Object, ObjectBuilder, SchemaType, Type};

fn one_of<'c>(codes: impl IntoIterator<Item = &'c str>, nullable: bool) -> Object {
    let mut values: Vec<Option<&str>> = codes.into_iter().map(Some).collect();
    let kind = if nullable {
        values.push(None);
        SchemaType::from_iter([Type::String, Type::Null])
    } else {
        SchemaType::Type(Type::String)
    };
    ObjectBuilder::new().schema_type(kind).enum_values(Some(values)).build()
}

fn described(object: Object, description: &str) -> Object {
    ObjectBuilder::from(object).description(Some(description)).build()
}

pub(super) fn store_kind() -> Object {
    one_of(StoreKind::ALL.map(StoreKind::code), false)
}

pub(super) fn unit_or_null() -> Object {
    described(
        one_of(Unit::ALL.map(Unit::code), true),
        "The unit its gauge is read in; null where vessels are counted or a flow is told.",
    )
}

pub(super) fn unit_sent() -> Object {
    described(
        one_of(Unit::ALL.map(Unit::code), true),
        "The unit of the figure, when its words name none. There is no default.",
    )
}

pub(super) fn reference_sent() -> Object {
    let codes = [ReferenceTemperature::Celsius0, ReferenceTemperature::Celsius21].map(ReferenceTemperature::code);
    described(one_of(codes, true), "Temperature of a volume of gas, at 1 atm.")
}

pub(super) fn source() -> Object {
    described(one_of(Source::ALL.map(Source::code), false), "How the figures came.")
}

pub(super) fn source_or_null() -> Object {
    described(one_of(Source::ALL.map(Source::code), true), "How the newest figure of the main store came.")
}

pub(super) fn standing() -> Object {
    described(one_of(Standing::ALL.map(Standing::code), false), "Class on the list, worst first in this order.")
}

pub(super) fn confidence() -> Object {
    let all = [Confidence::Unknown, Confidence::Low, Confidence::Medium, Confidence::High];
    described(one_of(all.map(Confidence::code), false), "How far the hours can be trusted.")
}

pub(super) fn heard() -> Object {
    let all = [Heard::OnTime, Heard::Late, Heard::Silent, Heard::Never];
    described(one_of(all.map(Heard::code), false), "Against its cadence of reports; silence is an alarm.")
}

pub(super) fn readiness() -> Object {
    described(one_of(Readiness::ALL.map(Readiness::code), false), "State of the province.")
}
