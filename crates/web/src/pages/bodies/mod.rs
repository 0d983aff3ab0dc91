//! The pages of a facility's register: its stores, its people, a day's balance, its merger into another; and the
//! province's own norms (OX04, OX07, OX11, OX16).

pub(super) mod balance;
pub(super) mod merging;
pub(super) mod own_norms;
pub(super) mod staff;
pub(super) mod stores;
mod vessel;

use desk::IdempotencyKey;
use desk::registry::Facility;

use super::fields::Fields;
use crate::view::{Form, Link, Refusal, Say};

/// The key of one of several things that a form does: none of them answers for another.
fn key_of(fields: &Fields, step: &str) -> Option<IdempotencyKey> {
    let key = fields.text("key");
    IdempotencyKey::new(&if step.is_empty() { key.to_owned() } else { format!("{key}-{step}") })
}

/// The way back to the facility.
fn trail(t: Say, facility: &Facility) -> Vec<Link> {
    vec![
        Link { text: t.say("running-out"), href: "/oxy".into() },
        Link { text: facility.body.name.clone(), href: format!("/co-so/{}", facility.id) },
    ]
}

/// What was typed into one of several forms, and its refusal.
struct Typed<'a> {
    fields: &'a Fields,
    refusal: Option<Refusal>,
}

impl Typed<'_> {
    /// What was typed into a form of the page; nothing where another was sent.
    fn of(&self, form: &str) -> Fields {
        if self.fields.text("do") == form { self.fields.clone() } else { Fields::default() }
    }

    /// The form with its name, and its refusal where it was the one that was sent.
    fn settle(&self, form: Form, name: &str) -> Form {
        let refusal = self.refusal.clone().filter(|_| self.fields.text("do") == name);
        Form { refusal, ..form }.hidden("do", name)
    }
}
