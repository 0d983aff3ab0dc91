//! Take a bulletin back, with the reason: a draft that is not needed, or one that is public (CM02). Its number is not
//! given again.

use serde::Serialize;

use super::{hand, standing};
use crate::command::must_say;
use crate::failure::Outcome;
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::rights::Capability;
use crate::steering::bulletin::{BulletinId, Standing};

/// A bulletin that is taken back.
#[derive(Debug, Clone, Serialize)]
pub struct WithdrawBulletin {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which.
    pub bulletin: BulletinId,
    /// Why.
    pub reason: String,
}

impl Operation for WithdrawBulletin {
    type Done = BulletinId;
    const NAME: &'static str = "withdraw_bulletin";
    const NEEDS: Capability = Capability::SignReport;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<BulletinId> {
        let before = standing(desk, self.bulletin, &[Standing::Draft, Standing::Checked, Standing::Approved])?;
        let mut content = before.content.clone();
        content.withdrawn = Some((hand(desk), must_say("reason", &self.reason)?));
        content.standing = Standing::Withdrawn;
        desk.revise(&before, &content)?;
        Ok(before.id)
    }
}
