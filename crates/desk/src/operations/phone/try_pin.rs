//! Count a try of a PIN, before anybody knows whether it is right: so no two tries at once are counted as one.

use place::{FacilityId, UserId};
use serde::{Deserialize, Serialize};

use super::{MOST_WRONG, Refused, TrustedPhone};
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, Operation};
use crate::rights::Capability;

/// A phone that shows its secret. Done by the program: nobody has come in yet.
#[derive(Debug, Serialize)]
pub struct TryPin {
    /// SHA-256 of the secret, hexadecimal.
    pub secret_digest: String,
}

/// What the door compares the PIN with.
#[derive(Debug, Serialize, Deserialize)]
pub struct Tried {
    /// Whose phone.
    pub account: UserId,
    /// For which facility.
    pub facility: FacilityId,
    /// Argon2id in PHC form.
    pub pin_hash: String,
    /// Tries left, should this one be wrong.
    pub left: u32,
}

impl Operation for TryPin {
    type Done = Tried;
    const NAME: &'static str = "try_pin";
    const NEEDS: Capability = Capability::KeepPhones;

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<Tried> {
        let found = desk.record_of_code::<TrustedPhone>(&self.secret_digest)?;
        let phone = found.ok_or_else(|| Failure::refused(Refused::NotTrusted))?;
        phone.content.check_open().map_err(Failure::refused)?;
        let wrong = phone.content.wrong + 1;
        desk.revise(&phone, &TrustedPhone { wrong, ..phone.content.clone() })?;
        desk.about(phone.id.0);
        let TrustedPhone { account, facility, pin_hash, .. } = phone.content;
        Ok(Tried { account, facility, pin_hash, left: MOST_WRONG - wrong })
    }
}
