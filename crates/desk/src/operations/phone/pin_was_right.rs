//! Note that the PIN was right: tries are counted from none again.

use serde::Serialize;

use super::{Refused, TrustedPhone};
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, Operation};
use crate::rights::Capability;

/// The phone. Done by the program.
#[derive(Debug, Serialize)]
pub struct PinWasRight {
    /// SHA-256 of the secret, hexadecimal.
    pub secret_digest: String,
}

impl Operation for PinWasRight {
    type Done = ();
    const NAME: &'static str = "pin_was_right";
    const NEEDS: Capability = Capability::KeepPhones;

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<()> {
        let found = desk.record_of_code::<TrustedPhone>(&self.secret_digest)?;
        let phone = found.ok_or_else(|| Failure::refused(Refused::NotTrusted))?;
        // Told as lost while the PIN was being looked at: it stays shut.
        if phone.content.ended.is_some() {
            return Err(phone.content.check_open().map_or_else(Failure::refused, |()| Failure::NotFound));
        }
        desk.about(phone.id.0);
        desk.revise(&phone, &TrustedPhone { wrong: 0, ..phone.content.clone() })
    }
}
