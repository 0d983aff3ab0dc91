//! Approve a checked bulletin: it gets its number and is public from now on (CM02). A leader does it, and never the one
//! who drafted it. The one it revises is replaced.

use serde::Serialize;

use super::{another, hand, standing};
use crate::failure::Outcome;
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::operations::steering::{as_seen, next_number};
use crate::rights::Capability;
use crate::steering::bulletin::{Bulletin, BulletinId, Standing};

/// A bulletin that goes out.
#[derive(Debug, Clone, Serialize)]
pub struct ApproveBulletin {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which.
    pub bulletin: BulletinId,
    /// The version that the leader saw.
    pub version: i64,
}

impl Operation for ApproveBulletin {
    type Done = BulletinId;
    const NAME: &'static str = "approve_bulletin";
    const NEEDS: Capability = Capability::SignReport;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<BulletinId> {
        let before = standing(desk, self.bulletin, &[Standing::Checked])?;
        as_seen(&before, self.version)?;
        another(desk, &before.content, "approve")?;
        let mut content = before.content.clone();
        content.number = match &content.revises {
            // A revision keeps the number of what it revises.
            Some((id, _)) => {
                let old = standing(desk, *id, &[Standing::Approved])?;
                let number = old.content.number;
                desk.revise(&old, &Bulletin { standing: Standing::Replaced, ..old.content.clone() })?;
                number
            }
            None => Some(next_number(desk, "bulletin")?),
        };
        content.standing = Standing::Approved;
        content.approved = Some(hand(desk));
        desk.about(before.id.0);
        desk.mention("number", content.number.map_or(0, |(number, _)| number));
        desk.revise(&before, &content)?;
        Ok(before.id)
    }
}
