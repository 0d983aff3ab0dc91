//! The inbox of the desk: data as it really comes, by Zalo, SMS, telephone, photo or file (OX07, OX13).
//!
//! Lives here: the records and what is done with them. A message is received whatever it says, and is never
//! lost: it waits until somebody confirms it, which files an ordinary report, or rejects it with a reason.
//! Not here: how a text is read (`oxygen::message`), what makes a report believable (`file_report`).

pub mod confirm_message;
pub mod count_waiting;
pub mod file_sms;
pub mod issue_token;
pub mod receive_message;
pub mod receive_sms;
pub mod reject_message;
pub mod tell_position;

use jiff::civil::Date;
use oxygen::message::{Candidate, Reading, read};
use oxygen::{ReportId, Settings, Source};
use place::FacilityId;
use quantity::{Id, Moment};
use serde::{Deserialize, Serialize};

use crate::actor::Actor;
use crate::failure::{Failure, Outcome};
use crate::import::inbox_sheet::Unread;
use crate::record::{Record, RecordId};
use crate::registry::Registry;

/// How a message came.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// Pasted from Zalo.
    Zalo,
    /// An SMS, by a gateway or pasted.
    Sms,
    /// Said on the telephone and noted by the desk.
    Phone,
    /// A photo of a gauge.
    Photo,
    /// A hospital's own sheet.
    File,
}

impl Channel {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Zalo, Self::Sms, Self::Phone, Self::Photo, Self::File];

    /// Stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Zalo => "zalo",
            Self::Sms => "sms",
            Self::Phone => "phone",
            Self::Photo => "photo",
            Self::File => "file",
        }
    }

    /// The one of a stable name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.code() == code)
    }

    /// The source of the report that comes of it.
    pub const fn source(self) -> Source {
        match self {
            Self::Zalo | Self::Sms => Source::PastedMessage,
            Self::Phone => Source::Phone,
            Self::Photo => Source::Photo,
            Self::File => Source::File,
        }
    }
}

/// What became of a message.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MessageState {
    /// Nobody has settled it.
    New,
    /// A report came of it.
    Confirmed,
    /// Nothing came of it, for a reason.
    Rejected,
}

/// Bytes that came with a message; they are kept as a blob.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Attachment {
    /// Name of the blob, in hexadecimal.
    pub digest: String,
    /// What it is.
    pub media_type: String,
    /// What its sender calls it.
    pub name: String,
    /// Parts of a sheet that were not understood.
    #[serde(default)]
    pub unread: Vec<Unread>,
}

/// A message as it came, what it is read as, and what became of it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct InboxMessage {
    /// How it came.
    pub channel: Channel,
    /// Its words, unchanged; what a sheet says as lines.
    pub text: String,
    /// Photo or sheet.
    #[serde(default)]
    pub attachment: Option<Attachment>,
    /// Who sent it: a name, or the number of an SMS.
    #[serde(default)]
    pub sender: Option<String>,
    /// When it came, by the domain clock.
    pub received_at: Moment,
    /// What became of it.
    pub state: MessageState,
    /// Which facility is meant, as proposed and later as confirmed.
    #[serde(default)]
    pub facility: Option<FacilityId>,
    /// What the text is read as.
    pub proposal: Reading,
    /// The report that came of it.
    #[serde(default)]
    pub report: Option<ReportId>,
    /// Why nothing came of it.
    #[serde(default)]
    pub reason: Option<String>,
    /// An earlier message of the same words that is settled already: a doubt.
    #[serde(default)]
    pub same_as: Option<RecordId<InboxMessage>>,
    /// When the same words came again while it waited.
    #[serde(default)]
    pub again: Vec<Moment>,
}

impl Record for InboxMessage {
    const KIND: &'static str = "inbox_message";

    fn owner(&self) -> Option<Id> {
        self.facility.map(|facility| facility.0)
    }

    /// The report's key, so that a report finds its message.
    fn code(&self) -> Option<String> {
        self.report.map(|report| report.to_string())
    }

    fn due_at(&self) -> Option<Moment> {
        self.is_open().then_some(self.received_at)
    }

    fn is_open(&self) -> bool {
        self.state == MessageState::New
    }
}

impl InboxMessage {
    /// Whether an actor sees it: one that names a facility within his scope, or any for the whole province.
    pub fn is_seen_by(&self, actor: &Actor, registry: &Registry) -> bool {
        let facility = self.facility.and_then(|id| registry.facility(id));
        actor.sees_all() || facility.is_some_and(|facility| actor.sees(facility, registry))
    }

    /// Its words with one blank between them: what is compared.
    fn fingerprint(&self) -> String {
        words_only(&self.text)
    }
}

/// One blank between words, so that a line break makes no other message.
pub(crate) fn words_only(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Where a vehicle last said it was.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct VehiclePosition {
    /// Its plate, without blanks, dots and hyphens.
    pub plate: String,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// When it was there.
    pub at: Moment,
}

impl Record for VehiclePosition {
    const KIND: &'static str = "vehicle_position";

    fn code(&self) -> Option<String> {
        Some(self.plate.clone())
    }
}

/// Reads a text against the facilities that an actor sees on a day.
pub fn read_for(
    registry: &Registry,
    actor: &Actor,
    text: &str,
    received_at: Moment,
    meant: Option<FacilityId>,
) -> Outcome<Reading> {
    let day: Date = received_at.date();
    let candidates: Vec<Candidate<'_>> = registry
        .facilities()
        .iter()
        .filter(|facility| facility.body.valid_on(day) && actor.sees(facility, registry))
        .map(|facility| Candidate {
            id: facility.id,
            code: &facility.code,
            name: &facility.body.name,
            stores: facility.stores_on(day).collect(),
        })
        .collect();
    let settings = Settings::from_norms(registry.norms(), day, registry.readiness()).map_err(Failure::refused)?;
    Ok(read(text, received_at, &candidates, meant, &settings))
}

/// The officer of a facility to whom a telephone belongs: his facility and name.
pub fn officer_of_phone(registry: &Registry, phone: &str, at: Moment) -> Option<(FacilityId, String)> {
    use place::body::PostKind as P;
    let asked = digits(phone);
    if asked.len() < 8 {
        return None;
    }
    let mut found: Vec<(FacilityId, String)> = Vec::new();
    for facility in registry.facilities() {
        let posts = [P::FocalOfficer, P::FocalDeputy, P::DutyOfficer, P::Head]
            .into_iter()
            .flat_map(|kind| registry.roster().holders(facility.id.into(), kind, at));
        let his = |phone: &String| digits(phone) == asked;
        if let Some(post) = posts.into_iter().find(|post| post.phone.as_ref().is_some_and(his)) {
            found.push((facility.id, post.name.clone()));
        }
    }
    // A number of two hospitals speaks for neither.
    <[_; 1]>::try_from(found).ok().map(|[one]| one)
}

/// The digits of a number, the country's prefix as a zero.
fn digits(phone: &str) -> String {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    match digits.strip_prefix("84") {
        Some(rest) if digits.len() >= 11 => format!("0{rest}"),
        _ => digits,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_the_same_with_prefix_and_blanks() {
        assert_eq!(digits("+84 912 345 678"), "0912345678");
        assert_eq!(digits("0912.345.678"), "0912345678");
        assert_eq!(digits("0297 3 555 014"), "02973555014");
    }

    #[test]
    fn codes_are_read_back() {
        for channel in Channel::ALL {
            assert_eq!(Channel::from_code(channel.code()), Some(channel));
        }
        assert_eq!(words_only(" còn\n45%  lúc 18h "), "còn 45% lúc 18h");
    }
}
