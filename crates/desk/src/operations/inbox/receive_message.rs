//! Receive a message: keep it as it came, propose what it says. The same words twice from one sender about one
//! facility are one message and a doubt; «còn 40%» of two hospitals is two messages.

use document::sheet::XLSX;
use place::FacilityId;
use quantity::{Coded, Span};
use serde::{Deserialize, Serialize};
use store::blob;

use super::{Attachment, Channel, InboxMessage, MessageState, read_for, words_only};
use crate::actor::Actor;
use crate::failure::{Failure, Outcome};
use crate::import::inbox_sheet::{SheetSays, Unread};
use crate::office::{Office, Receipt};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::operations::file_report::words_of;
use crate::record::{self, Kept, RecordId};
use crate::rights::Capability;

/// Bytes of a text that are kept. A message of a person has hundreds.
pub const LONGEST_TEXT: usize = 20_000;
/// Bytes of an attachment that are kept.
pub const LARGEST_ATTACHMENT: usize = 12 << 20;
/// Earlier messages that are compared with a new one, and for how long.
const COMPARED: i64 = 300;
const SAME_WITHIN: Span = Span::days(2);

/// A message as it came.
#[derive(Debug, Clone, Serialize)]
pub struct ReceiveMessage {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// How it came.
    pub channel: Channel,
    /// Its words.
    pub text: String,
    /// Photo or sheet.
    pub attachment: Option<NewAttachment>,
    /// Who sent it.
    pub sender: Option<String>,
    /// The facility, when the desk knows it already.
    pub facility: Option<FacilityId>,
}

/// Bytes that come with a message.
#[derive(Clone, Serialize)]
pub struct NewAttachment {
    /// What it is.
    pub media_type: String,
    /// What its sender calls it.
    pub name: String,
    /// SHA-256 of the bytes, so that the same file is the same request.
    pub digest: [u8; 32],
    /// The bytes.
    #[serde(skip)]
    pub bytes: Vec<u8>,
}

impl std::fmt::Debug for NewAttachment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}, {} bytes", self.media_type, self.bytes.len())
    }
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Received {
    /// The message; an earlier one when the same words wait already.
    pub message: RecordId<InboxMessage>,
    /// The same words wait already.
    pub again: bool,
}

/// Why a message is not kept.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// No text and no file.
    #[error("INB-001: the message is empty")]
    Empty,
    /// More than a message has.
    #[error("INB-002: {bytes} bytes are no message")]
    TooLong {
        /// How many.
        bytes: usize,
    },
    /// Neither photo nor sheet, or too large.
    #[error("INB-003: the file cannot be kept")]
    BadAttachment,
}

impl Coded for Refused {
    fn code(&self) -> &'static str {
        match self {
            Self::Empty => "INB-001",
            Self::TooLong { .. } => "INB-002",
            Self::BadAttachment => "INB-003",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::TooLong { bytes } => vec![("kilobytes", (bytes / 1_024).to_string())],
            Self::Empty | Self::BadAttachment => Vec::new(),
        }
    }
}

impl Operation for ReceiveMessage {
    type Done = Received;
    const NAME: &'static str = "receive_message";
    const NEEDS: Capability = Capability::ReceiveMessages;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<Received> {
        receive(desk, self, None)
    }
}

/// A message whose words have been read before the writer's turn came: reading takes longer than a write may.
#[derive(Debug, Serialize)]
struct ReceiveRead {
    #[serde(flatten)]
    message: ReceiveMessage,
    #[serde(skip)]
    says: SheetSays,
}

impl Operation for ReceiveRead {
    type Done = Received;
    const NAME: &'static str = ReceiveMessage::NAME;
    const NEEDS: Capability = ReceiveMessage::NEEDS;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.message.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<Received> {
        receive(desk, self.message, Some(self.says))
    }
}

/// Reads a message beside the writer and hands it over: what a sheet says where it has been read as one, else its words.
pub async fn send(
    office: &Office,
    actor: Actor,
    message: ReceiveMessage,
    sheet: Option<SheetSays>,
) -> Outcome<Receipt<Received>> {
    // Who may not is told so before anything is read for nothing; what is too long is refused by the operation itself.
    if !actor.may(ReceiveMessage::NEEDS) || message.text.len() > LONGEST_TEXT {
        return office.perform(actor, message).await;
    }
    let says = match sheet {
        Some(says) => says,
        None => {
            let (text, facility, reader) = (message.text.clone(), message.facility, actor.clone());
            let read = office.look(move |office, connection| {
                let registry = office.registry(connection, reader.province)?;
                let text = words_of(Some(text)).unwrap_or_default();
                read_for(&registry, &reader, &text, office.now(connection)?, facility)
            });
            SheetSays { proposal: read.await?, ..SheetSays::default() }
        }
    };
    office.perform(actor, ReceiveRead { message, says }).await
}

/// Keeps a message, or finds the one of the same words that waits.
pub(super) fn receive(desk: &mut Desk<'_, '_>, message: ReceiveMessage, says: Option<SheetSays>) -> Outcome<Received> {
    if message.text.len() > LONGEST_TEXT {
        return Err(Failure::refused(Refused::TooLong { bytes: message.text.len() }));
    }
    let text = words_of(Some(message.text)).unwrap_or_default();
    if text.is_empty() && message.attachment.is_none() {
        return Err(Failure::refused(Refused::Empty));
    }
    if let Some(facility) = message.facility {
        desk.facility(facility)?;
    }
    let sender = words_of(message.sender);
    let earlier = same_words(desk, &text, message.attachment.as_ref())?;
    let others = |kept: &InboxMessage| {
        differ(kept.sender.as_ref(), sender.as_ref()) || differ(kept.facility.as_ref(), message.facility.as_ref())
    };
    let earlier: Vec<_> = earlier.into_iter().filter(|kept| !others(&kept.content)).collect();
    if let Some(waiting) = earlier.iter().find(|kept| kept.content.state == MessageState::New) {
        let mut content = waiting.content.clone();
        content.again.push(desk.now());
        desk.about(waiting.id.0);
        desk.mention("again", content.again.len() as i64);
        desk.revise(waiting, &content)?;
        return Ok(Received { message: waiting.id, again: true });
    }
    let attachment = match message.attachment {
        Some(new) => Some(keep(desk, new, says.as_ref().map_or_else(Vec::new, |says| says.unread.clone()))?),
        None => None,
    };
    let received_at = desk.now();
    let proposal = match says {
        Some(says) => says.proposal,
        None => read_for(&desk.registry(), desk.actor(), &text, received_at, message.facility)?,
    };
    let content = InboxMessage {
        channel: message.channel,
        attachment,
        sender,
        received_at,
        state: MessageState::New,
        facility: proposal.facility.as_ref().map(|found| found.value),
        proposal,
        report: None,
        reason: None,
        same_as: earlier.first().map(|kept| kept.id),
        again: Vec::new(),
        text,
    };
    let id = desk.open_record(&content)?;
    desk.about(id.0);
    desk.mention("channel", content.channel.code());
    Ok(Received { message: id, again: false })
}

/// Whether two things that are both known are not the same.
fn differ<T: PartialEq>(one: Option<&T>, other: Option<&T>) -> bool {
    one.zip(other).is_some_and(|(one, other)| one != other)
}

/// Messages of the last days with the same words and the same file, newest first.
fn same_words(
    desk: &mut Desk<'_, '_>,
    text: &str,
    attachment: Option<&NewAttachment>,
) -> Outcome<Vec<Kept<InboxMessage>>> {
    let (province, since) = (desk.actor().province, desk.now() - SAME_WITHIN);
    let registry = desk.registry();
    let actor = desk.actor().clone();
    let digest = attachment.map(|new| store::hex(&new.digest));
    let fingerprint = words_only(text);
    let newest = record::newest::<InboxMessage>(desk.transaction(), province, COMPARED)?;
    let same = |kept: &Kept<InboxMessage>| {
        kept.content.received_at >= since
            && kept.content.attachment.as_ref().map(|attachment| &attachment.digest) == digest.as_ref()
            && kept.content.fingerprint() == fingerprint
            && kept.content.is_seen_by(&actor, &registry)
    };
    Ok(newest.into_iter().filter(same).collect())
}

fn keep(desk: &mut Desk<'_, '_>, new: NewAttachment, unread: Vec<Unread>) -> Outcome<Attachment> {
    let known = matches!(new.media_type.as_str(), "image/jpeg" | "image/png" | "image/webp" | XLSX | "text/csv");
    if !known || new.bytes.is_empty() || new.bytes.len() > LARGEST_ATTACHMENT {
        return Err(Failure::refused(Refused::BadAttachment));
    }
    let (province, at) = (desk.actor().province, desk.now());
    let digest = blob::keep(desk.transaction(), province, &new.media_type, new.bytes, at)?;
    let name = words_of(Some(new.name)).unwrap_or_default().chars().take(120).collect();
    Ok(Attachment { digest: store::hex(&digest), media_type: new.media_type, name, unread })
}
