//! «Mất điện thoại»: the phone opens no more, and whoever is signed in on it is out at once.

use serde::Serialize;
use store::account;

use super::{TrustEnded, TrustedPhone, WhyEnded};
use crate::failure::Outcome;
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::RecordId;
use crate::rights::Capability;

/// The phone that was lost.
#[derive(Debug, Serialize)]
pub struct EndTrust {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which.
    pub phone: RecordId<TrustedPhone>,
}

impl Operation for EndTrust {
    type Done = ();
    const NAME: &'static str = "end_trust";
    const NEEDS: Capability = Capability::KeepPhones;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<()> {
        let phone = desk.record(self.phone)?;
        desk.facility(phone.content.facility)?;
        desk.about(phone.id.0);
        if phone.content.ended.is_none() {
            let ended = TrustEnded { why: WhyEnded::Lost, at: desk.now(), by: desk.actor().display_name.clone() };
            desk.revise(&phone, &TrustedPhone { ended: Some(ended), ..phone.content.clone() })?;
        }
        // The session on the stolen phone is one of the account's: all of them end, the password still opens.
        let province = desk.actor().province;
        Ok(account::close_sessions(desk.transaction(), province, phone.content.account)?)
    }
}
