//! Close an account: it signs in no more, its sessions end at once; what it did stays.

use place::UserId;
use serde::Serialize;
use store::account;

use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, Operation};
use crate::rights::Capability;

/// The account to be closed.
#[derive(Debug, Serialize)]
pub struct CloseAccount {
    /// Which.
    pub account: UserId,
}

impl Operation for CloseAccount {
    type Done = ();
    const NAME: &'static str = "close_account";
    const NEEDS: Capability = Capability::KeepAccounts;

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<()> {
        desk.whole_province()?;
        let (province, at) = (desk.actor().province, desk.real_now());
        desk.about(self.account.0);
        if account::close(desk.transaction(), province, self.account, at)? { Ok(()) } else { Err(Failure::NotFound) }
    }
}
