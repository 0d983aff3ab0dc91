//! Correct what was read, before it is confirmed: a field, a task split, joined, added or left out.

use jiff::civil::Date;
use letter::Missing;
use serde::Serialize;

use super::{refused, standing};
use crate::failure::Outcome;
use crate::letters::directive::{Directive, DirectiveId, DraftTask, Standing};
use crate::letters::refused::Refused;
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::Record;
use crate::rights::Capability;

/// The fields that a person may correct; what is `None` is left blank.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fields {
    /// Who issued it.
    pub issuer: Option<String>,
    /// Its number.
    pub number: Option<String>,
    /// Its day.
    pub date: Option<Date>,
    /// Its kind.
    pub kind: Option<String>,
    /// What it is about.
    pub subject: Option<String>,
}

/// What was read, as a person corrected it.
#[derive(Debug, Serialize)]
pub struct CorrectReading {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which letter.
    pub directive: DirectiveId,
    /// The version that the person saw: what somebody else changed since is not overwritten.
    pub version: i64,
    /// Its fields; none leaves them.
    pub fields: Option<Fields>,
    /// Its tasks, all of them, in their order; none leaves them.
    pub draft: Option<Vec<DraftTask>>,
}

/// The most tasks that a letter may have.
pub const MOST_TASKS: usize = 500;

impl Operation for CorrectReading {
    type Done = DirectiveId;
    const NAME: &'static str = "correct_reading";
    const NEEDS: Capability = Capability::HandleLetters;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<DirectiveId> {
        let before = standing(desk, self.directive, Standing::Read)?;
        if before.version != self.version {
            return Err(refused(Refused::NotNow));
        }
        let mut directive = before.content.clone();
        if let Some(fields) = self.fields {
            write_in(&mut directive, fields);
        }
        if let Some(draft) = self.draft {
            check(&draft)?;
            directive.draft = draft;
        }
        is_no_other(desk, self.directive, &directive)?;
        desk.revise(&before, &directive)?;
        Ok(self.directive)
    }
}

/// Puts what a person wrote into the fields of a letter.
pub(super) fn write_in(directive: &mut Directive, fields: Fields) {
    // A field that a person wrote is missing no more, and one that he emptied is.
    let states = [
        (Missing::Issuer, fields.issuer.is_some()),
        (Missing::Number, fields.number.is_some()),
        (Missing::Kind, fields.kind.is_some()),
        (Missing::Subject, fields.subject.is_some()),
        (Missing::Date, fields.date.is_some()),
        (Missing::Day, fields.date.is_some() || directive.missing.contains(&Missing::Date)),
    ];
    let number_was_blank = directive.number == fields.number && directive.missing.contains(&Missing::Number);
    for (part, known) in states {
        if part == Missing::Number && number_was_blank {
            continue;
        }
        directive.missing.retain(|missing| *missing != part);
        if !known && part != Missing::Day {
            directive.missing.push(part);
        }
    }
    directive.issuer = fields.issuer;
    directive.number = fields.number;
    directive.date = fields.date;
    directive.kind = fields.kind;
    directive.subject = fields.subject;
}

/// That a letter is not another one of the register by its number.
pub(super) fn is_no_other(desk: &mut Desk<'_, '_>, id: DirectiveId, directive: &Directive) -> Outcome<()> {
    if let Some(code) = directive.code()
        && let Some(other) = desk.record_of_code::<Directive>(&code)?
        && other.id != id
    {
        let called = other.content.number.or(other.content.subject).unwrap_or_default();
        return Err(refused(Refused::Known { called, id: other.id.to_string() }));
    }
    Ok(())
}

/// That every task says something, and that there are not too many.
pub(super) fn check(draft: &[DraftTask]) -> Outcome<()> {
    if draft.len() > MOST_TASKS {
        return Err(refused(Refused::Task { line: MOST_TASKS + 1, what: "too-many" }));
    }
    for (place, task) in draft.iter().enumerate() {
        if task.text.trim().is_empty() {
            return Err(refused(Refused::Task { line: place + 1, what: "no-text" }));
        }
    }
    Ok(())
}
