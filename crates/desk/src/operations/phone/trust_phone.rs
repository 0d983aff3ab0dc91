//! Make a phone trusted: it opens with a PIN from now on.

use serde::Serialize;

use super::{Refused, TrustEnded, TrustedPhone, WhyEnded};
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::RecordId;
use crate::rights::Capability;

/// The phone of whoever asks.
#[derive(Debug, Serialize)]
pub struct TrustPhone {
    /// Made on the device: a second press gives no second trust.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// What the desk tells it by.
    pub label: String,
    /// SHA-256 of its secret, hexadecimal; another one each time that the form is sent, so no part of what is asked.
    #[serde(skip)]
    pub secret_digest: String,
    /// Argon2id of the PIN, hashed before the operation is queued.
    #[serde(skip)]
    pub pin_hash: String,
    /// Digest of the secret that the phone had before; a second press may come with the one of the first.
    #[serde(skip)]
    pub instead_of: Option<String>,
}

impl Operation for TrustPhone {
    type Done = RecordId<TrustedPhone>;
    const NAME: &'static str = "trust_phone";
    const NEEDS: Capability = Capability::ReportOxygen;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<RecordId<TrustedPhone>> {
        let own = desk.actor().own_facility().zip(desk.actor().user);
        let (facility, account) = own.ok_or_else(|| Failure::refused(Refused::NoFacility))?;
        desk.facility(facility)?;
        if let Some(digest) = &self.instead_of
            && let Some(before) = desk.record_of_code::<TrustedPhone>(digest)?
            && before.content.account == account
            && before.content.ended.is_none()
        {
            let ended = TrustEnded { why: WhyEnded::Replaced, at: desk.now(), by: String::new() };
            desk.revise(&before, &TrustedPhone { ended: Some(ended), ..before.content.clone() })?;
        }
        let phone = TrustedPhone {
            account,
            facility,
            label: self.label.chars().filter(|sign| !sign.is_control()).take(60).collect(),
            secret_digest: self.secret_digest,
            pin_hash: self.pin_hash,
            trusted_at: desk.now(),
            wrong: 0,
            ended: None,
        };
        let id = desk.open_record(&phone)?;
        desk.about(id.0);
        Ok(id)
    }
}
