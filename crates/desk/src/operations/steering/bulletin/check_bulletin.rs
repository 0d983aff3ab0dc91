//! Check a bulletin that another has drafted, or give it back to him (CM02).

use serde::Serialize;

use super::{another, hand, standing};
use crate::failure::Outcome;
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::rights::Capability;
use crate::steering::bulletin::{BulletinId, Standing};

/// A bulletin that was looked at.
#[derive(Debug, Clone, Serialize)]
pub struct CheckBulletin {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which.
    pub bulletin: BulletinId,
}

impl Operation for CheckBulletin {
    type Done = BulletinId;
    const NAME: &'static str = "check_bulletin";
    const NEEDS: Capability = Capability::CheckBulletin;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<BulletinId> {
        let before = standing(desk, self.bulletin, &[Standing::Draft])?;
        another(desk, &before.content, "check")?;
        let mut content = before.content.clone();
        content.standing = Standing::Checked;
        content.checked = Some(hand(desk));
        desk.revise(&before, &content)?;
        Ok(before.id)
    }
}
