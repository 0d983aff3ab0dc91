//! Take a letter out of the register that came in by mistake. It is kept with its reason.

use serde::Serialize;

use super::{refused, standing};
use crate::failure::Outcome;
use crate::letters::directive::{Directive, DirectiveId, Standing};
use crate::letters::refused::Refused;
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::rights::Capability;

/// A letter that does not belong here. Only one that was not confirmed: what has tasks has consequences.
#[derive(Debug, Serialize)]
pub struct WithdrawLetter {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which letter.
    pub directive: DirectiveId,
    /// Why.
    pub reason: String,
}

impl Operation for WithdrawLetter {
    type Done = DirectiveId;
    const NAME: &'static str = "withdraw_letter";
    const NEEDS: Capability = Capability::HandleLetters;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<DirectiveId> {
        let before = standing(desk, self.directive, Standing::Read)?;
        let reason: String = self.reason.trim().chars().take(500).collect();
        if reason.is_empty() {
            return Err(refused(Refused::NoReason));
        }
        let content = before.content.clone();
        desk.revise(&before, &Directive { standing: Standing::Withdrawn, withdrawn: Some(reason), ..content })?;
        Ok(self.directive)
    }
}
