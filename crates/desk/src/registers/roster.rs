//! The duty roster as a sheet: one row a shift, known by when it begins and ends.

use document::sheet::Value;

use super::change::Change;
use super::means::{or_standing, words};
use super::row::{Cells, Read, Row, Writer};
use super::{Look, Register};
use crate::alarms::records::{DutyPerson, DutyShift};
use crate::failure::Outcome;
use crate::operations::alarm::change_duty::ChangeDuty;
use crate::operations::alarm::set_duty::SetDuty;
use crate::record::{self, Kept};

/// Shifts.
pub(super) struct Roster;

fn moment(cells: &Cells, key: &str) -> String {
    match cells.get(key) {
        Some(Value::Moment(at)) => at.to_string(),
        _ => String::new(),
    }
}

impl Register for Roster {
    type Held = Kept<DutyShift>;
    const LAYOUT: &'static str = include_str!("../../../../protocols/register-roster.toml");
    const SHOWN_ONLY: &'static [&'static str] = &[];

    fn held(look: &mut Look<'_>) -> Outcome<Vec<Self::Held>> {
        if !look.actor.sees_all() {
            return Ok(Vec::new());
        }
        let mut all = record::open::<DutyShift>(look.connection, look.actor.province)?;
        all.sort_by_key(|kept| kept.content.from);
        Ok(all)
    }

    fn cells(_: &Look<'_>, kept: &Self::Held) -> Cells {
        let shift = &kept.content;
        let deputy = shift.deputy.as_ref();
        Writer::default()
            .moment("from", Some(shift.from))
            .moment("to", Some(shift.to))
            .text("name", &shift.duty.name)
            .some("phone", shift.duty.phone.as_deref())
            .some("email", shift.duty.email.as_deref())
            .some("deputy_name", deputy.map(|deputy| deputy.name.as_str()))
            .some("deputy_phone", deputy.and_then(|deputy| deputy.phone.as_deref()))
            .some("deputy_email", deputy.and_then(|deputy| deputy.email.as_deref()))
            .0
    }

    fn settle(_: &Look<'_>, _: &mut Cells) {}

    fn key(cells: &Cells) -> String {
        format!("{}|{}", moment(cells, "from"), moment(cells, "to"))
    }

    fn label(cells: &Cells) -> String {
        format!("{} · {}", moment(cells, "from"), words(cells, "name"))
    }

    fn change(_: &mut Look<'_>, row: &Row<'_>, before: Option<&Self::Held>) -> Read<Change> {
        let old = before.map(|kept| &kept.content);
        let from = or_standing(row.need(row.moment("from"), "from")?, old.map(|old| old.from));
        let to = or_standing(row.need(row.moment("to"), "to")?, old.map(|old| old.to));
        let person = |keys: [&str; 3], old: Option<&DutyPerson>| {
            let [name, phone, email] = keys.map(|key| row.some(key));
            // Another name is another person: he is not known by the old one's post.
            let known = old.filter(|_| !row.changes(keys[0])).and_then(|old| old.person);
            DutyPerson { name: name.unwrap_or_default(), phone, email, person: known }
        };
        row.words("name")?;
        let duty = person(["name", "phone", "email"], old.map(|old| &old.duty));
        let deputy = row
            .some("deputy_name")
            .map(|_| person(["deputy_name", "deputy_phone", "deputy_email"], old.and_then(|old| old.deputy.as_ref())));
        let make = move |key| SetDuty { key, from, to, duty: duty.clone(), deputy: deputy.clone() };
        Ok(match before.map(|kept| kept.id) {
            None => Change::of(make),
            Some(shift) => Change::of(move |key| ChangeDuty { shift, becomes: make(key) }),
        })
    }
}
