//! Give out the link of a supplier or of a trip's driver, open it on a device, shut it (OX13). Secrets are made outside
//! and kept as digests; a link ends by the real clock.

use quantity::{Moment, Span};
use serde::Serialize;

use super::super::{needed, reason_of};
use super::{Refused, trip_of};
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::RecordId;
use crate::rights::Capability;
use crate::supply::{CarrierLink, Ended, LinkDevice, LinkTo, Who};

/// A driver's link: a trip, its ferry and the way back.
const DRIVER_LASTS: Span = Span::days(3);
/// A supplier's link: a month with the days in which it is paid.
const SUPPLIER_LASTS: Span = Span::days(45);

/// That a link opens, by the real clock.
pub(crate) fn check_open(link: &CarrierLink, real_now: Moment) -> Outcome<()> {
    if link.shut.is_some() {
        return Err(Failure::refused(Refused::LinkShut));
    }
    if real_now >= link.expires_at {
        return Err(Failure::refused(Refused::LinkExpired));
    }
    Ok(())
}

/// A link to be given out. One that stood before for the same is shut by it.
#[derive(Debug, Clone, Serialize)]
pub struct GiveLink {
    /// Key of the form: a second press gives no second link.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Whom it is for.
    pub to: LinkTo,
    /// The digest of its secret; another one each time that the form is sent, so no part of what is asked.
    #[serde(skip)]
    pub digest: String,
}

impl Operation for GiveLink {
    type Done = RecordId<CarrierLink>;
    const NAME: &'static str = "give_link";
    const NEEDS: Capability = Capability::KeepSupply;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<RecordId<CarrierLink>> {
        let (owner, name, lasts) = match self.to {
            LinkTo::Supplier(id) => {
                desk.whole_province()?;
                (id.0, desk.record(id)?.content.name, SUPPLIER_LASTS)
            }
            LinkTo::Trip(id) => (id.0, trip_of(desk, id, None)?.content.driver, DRIVER_LASTS),
        };
        let (by, at, province) = (Who::of(desk.actor()), desk.now(), desk.actor().province);
        for before in crate::record::open_of_owner::<CarrierLink>(desk.transaction(), province, owner, 50)? {
            let shut = Some(Ended { reason: String::new(), by: by.clone(), at });
            desk.revise(&before, &CarrierLink { shut, ..before.content.clone() })?;
        }
        let expires_at = desk.real_now() + lasts;
        let link = CarrierLink {
            to: self.to,
            name: needed(&name, "driver")?,
            digest: self.digest,
            by,
            at,
            expires_at,
            devices: Vec::new(),
            shut: None,
        };
        let id = desk.open_record(&link)?;
        desk.about(id.0);
        Ok(id)
    }
}

/// A link that is opened on a device.
#[derive(Debug, Clone, Serialize)]
pub struct OpenLink {
    /// Which.
    pub link: RecordId<CarrierLink>,
    /// Digest of the secret that stood in the address.
    #[serde(skip)]
    pub secret_digest: String,
    /// Digest of the secret that the device keeps from now on.
    #[serde(skip)]
    pub device_digest: String,
}

impl Operation for OpenLink {
    /// When it ends, by the real clock.
    type Done = Moment;
    const NAME: &'static str = "open_link";
    const NEEDS: Capability = Capability::CarryOxygen;

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<Moment> {
        let unknown = || Failure::refused(Refused::LinkUnknown);
        let before = desk.record(self.link).map_err(|_| unknown())?;
        let mut link = before.content.clone();
        if link.digest != self.secret_digest {
            return Err(unknown());
        }
        check_open(&link, desk.real_now())?;
        if let Some(first) = link.devices.first().filter(|_| link.devices.len() >= link.to.devices()) {
            return Err(Failure::refused(Refused::LinkUsed { devices: link.devices.len(), at: first.at }));
        }
        link.devices.push(LinkDevice { digest: self.device_digest, at: desk.real_now() });
        desk.revise(&before, &link)?;
        desk.about(self.link.0);
        Ok(link.expires_at)
    }
}

/// A link that is shut.
#[derive(Debug, Clone, Serialize)]
pub struct ShutLink {
    /// Key of the form.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which.
    pub link: RecordId<CarrierLink>,
    /// Why.
    pub reason: String,
}

impl Operation for ShutLink {
    type Done = ();
    const NAME: &'static str = "shut_link";
    const NEEDS: Capability = Capability::KeepSupply;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<()> {
        let before = desk.record(self.link)?;
        match before.content.to {
            LinkTo::Supplier(_) => desk.whole_province()?,
            LinkTo::Trip(id) => trip_of(desk, id, None).map(drop)?,
        }
        if before.content.shut.is_none() {
            let shut = Some(Ended { reason: reason_of(&self.reason)?, by: Who::of(desk.actor()), at: desk.now() });
            desk.revise(&before, &CarrierLink { shut, ..before.content.clone() })?;
        }
        desk.about(self.link.0);
        Ok(())
    }
}
