//! Give an account another password; all its sessions end.

use place::UserId;
use serde::Serialize;
use store::account;

use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, Operation};
use crate::rights::Capability;

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
        desk.about(self.account.0);
        Ok(account::set_password(desk.transaction(), province, self.account, &self.password_hash)?)
    }
}
