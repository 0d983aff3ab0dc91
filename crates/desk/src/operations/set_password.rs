//! Give an account another password; all its sessions end, and so does the trust of its phones.

use place::UserId;
use serde::Serialize;
use store::account;

use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, Operation};
use crate::operations::phone::{TrustEnded, TrustedPhone, WhyEnded};
use crate::record;
use crate::rights::Capability;

/// More phones than anybody has trusted in a lifetime.
const MOST_PHONES: i64 = 1_000;

/// The account and its new password.
#[derive(Debug, Serialize)]
pub struct SetPassword {
    /// Which.
    pub account: UserId,
    /// Hashed before the operation is queued.
    #[serde(skip)]
    pub password_hash: String,
}

impl Operation for SetPassword {
    type Done = ();
    const NAME: &'static str = "set_password";
    const NEEDS: Capability = Capability::KeepAccounts;

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<()> {
        desk.whole_province()?;
        let province = desk.actor().province;
        if account::by_id(desk.transaction(), province, self.account)?.is_none() {
            return Err(Failure::NotFound);
        }
        // Who opened its phones with a PIN before must not go on doing so: the PIN is set anew after signing in.
        for phone in record::of_owner::<TrustedPhone>(desk.transaction(), province, self.account.0, MOST_PHONES)? {
            if phone.content.ended.is_none() {
                let by = desk.actor().display_name.clone();
                let ended = TrustEnded { why: WhyEnded::Replaced, at: desk.now(), by };
                desk.revise(&phone, &TrustedPhone { ended: Some(ended), ..phone.content.clone() })?;
            }
        }
        desk.about(self.account.0);
        Ok(account::set_password(desk.transaction(), province, self.account, &self.password_hash)?)
    }
}
