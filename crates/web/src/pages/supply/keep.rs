//! What the forms of registers share: a form is vouched for, read, performed; when it is refused, its page is shown
//! again with what was typed.

use desk::rights::Capability;
use desk::{Failure, IdempotencyKey, Operation};

use super::Refused;
use crate::app::App;
use crate::pages::fields::{Fields, Sent};
use crate::respond::Problem;
use crate::visitor::Member;

/// Performs what the form of a register says; the inner error is why it was refused, with what was typed.
pub(super) async fn kept<O: Operation>(
    app: &App,
    member: &Member,
    sent: Sent,
    form: &'static str,
    read: impl FnOnce(&Fields, IdempotencyKey) -> Result<O, Failure>,
) -> Result<Result<O::Done, Box<Refused>>, Problem> {
    let fields = sent.vouched(&member.caller)?;
    member.must(Capability::KeepSupply)?;
    let key = fields.key(&member.caller)?;
    let outcome = match read(&fields, key) {
        Ok(operation) => app.office.perform(member.visitor.actor.clone(), operation).await,
        Err(failure) => Err(failure),
    };
    Ok(match outcome {
        Ok(receipt) => Ok(receipt.done),
        Err(failure) => Err(Box::new(Refused::of(form, fields, failure, &member.caller)?)),
    })
}

impl Refused {
    /// The key of the record that the refused form was to change; empty for a new one.
    pub(super) fn record(&self) -> &str {
        self.fields.text("id")
    }
}
