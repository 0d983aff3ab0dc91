//! File what an SMS in the short form says, when its sender is an officer of the facility it names: nobody of the
//! desk has to touch it. Anything doubtful is refused and the message waits for the desk.

use oxygen::message::read_short;
use oxygen::{Census, Device, StoreKind};
use quantity::Coded;
use serde::Serialize;

use super::confirm_message::{file, waiting};
use super::{Channel, InboxMessage, officer_of_phone};
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::operations::file_report::{Confirmed, Cylinders, Filed, Level, Told};
use crate::record::RecordId;
use crate::registry::Facility;
use crate::rights::Capability;

/// An SMS that waits.
#[derive(Debug, Clone, Serialize)]
pub struct FileSms {
    /// Made from the gateway's.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which message.
    pub message: RecordId<InboxMessage>,
    /// Number of the sender, as the gateway told it.
    pub from: String,
}

/// Why an SMS is not filed by itself.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// Not in the short form, or from a number that is not its facility's.
    #[error("INB-010: not a short form of the facility's own officer")]
    NotHisOwn,
    /// The facility has several vessels of that kind, or none.
    #[error("INB-011: which {what}?")]
    WhichVessel {
        /// `tank` or `cylinders`.
        what: &'static str,
    },
    /// Devices that had patients are not told of.
    #[error("INB-012: patients on other devices are not told of")]
    DevicesMissing,
    /// More people than any hospital has.
    #[error("INB-013: too many people")]
    TooMany,
}

impl Coded for Refused {
    fn code(&self) -> &'static str {
        match self {
            Self::NotHisOwn => "INB-010",
            Self::WhichVessel { .. } => "INB-011",
            Self::DevicesMissing => "INB-012",
            Self::TooMany => "INB-013",
        }
    }
}

impl Operation for FileSms {
    type Done = Filed;
    const NAME: &'static str = "file_sms";
    const NEEDS: Capability = Capability::ReceiveMessages;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<Filed> {
        let kept = waiting(desk, self.message)?;
        let not_his_own = || Failure::refused(Refused::NotHisOwn);
        let short = read_short(&kept.content.text).map_err(|_| not_his_own())?;
        let registry = desk.registry();
        let (id, name) = officer_of_phone(&registry, &self.from, desk.now())
            .filter(|_| kept.content.channel == Channel::Sms)
            .ok_or_else(not_his_own)?;
        let facility = desk.facility(id)?;
        if !facility.code.eq_ignore_ascii_case(&short.code) {
            return Err(not_his_own());
        }
        let told = Told {
            happened_at: None,
            source: kept.content.channel.source(),
            told_by: Some(name),
            note: None,
            photo: None,
            levels: match short.tank {
                Some((amount, unit)) => {
                    let store =
                        only(desk, &facility, "tank", |kind| matches!(kind, StoreKind::Tank | StoreKind::Dewar))?;
                    vec![Level { store, text: amount.text, unit: Some(unit), reference: None, running: None }]
                }
                None => Vec::new(),
            },
            cylinders: match short.cylinders {
                Some((full, empty)) => {
                    let store = only(desk, &facility, "cylinders", |kind| kind == StoreKind::Cylinders)?;
                    vec![Cylinders { store, full, part: 0, empty, damaged: 0 }]
                }
                None => Vec::new(),
            },
            patients: match short.patients {
                Some(census) => Some(complete(desk, &facility, census, &short.devices)?),
                None => None,
            },
            confirmed: Confirmed::Nothing,
        };
        file(desk, &kept, id, told)
    }
}

fn only(
    desk: &Desk<'_, '_>,
    facility: &Facility,
    what: &'static str,
    of: impl Fn(StoreKind) -> bool,
) -> Outcome<oxygen::StoreId> {
    let mut stores = facility.stores_on(desk.now().date()).filter(|store| of(store.kind));
    match (stores.next(), stores.next()) {
        (Some(store), None) => Ok(store.id),
        _ => Err(Failure::refused(Refused::WhichVessel { what })),
    }
}

/// A device that is not written has nobody; where it had somebody last time, that is asked and not assumed.
fn complete(desk: &mut Desk<'_, '_>, facility: &Facility, census: Census, told: &[Device]) -> Outcome<Census> {
    let province = desk.actor().province;
    let at = desk.now();
    let counts = Device::ALL.into_iter().map(|device| census.on(device)).chain(census.waiting);
    if counts.into_iter().any(|count| count > 5_000) {
        return Err(Failure::refused(Refused::TooMany));
    }
    let horizon = store::series::Horizon { at, known: None };
    let before = store::series::census_at(desk.transaction(), province, facility.id, horizon)?;
    let missing = before.is_some_and(|before| {
        Device::ALL.into_iter().zip(before.by_device).any(|(device, count)| count > 0 && !told.contains(&device))
    });
    if missing { Err(Failure::refused(Refused::DevicesMissing)) } else { Ok(census) }
}
