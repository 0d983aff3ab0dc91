//! Messages on their way out.

use quantity::{Id, Moment};
use serde::{Deserialize, Serialize};

use crate::record::Record;

/// By which way a message goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// SMS through the configured gateway.
    Sms,
    /// E-mail through the configured gateway.
    Email,
}

/// Where a message stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MessageState {
    /// Will be tried at its moment.
    Waiting,
    /// The gateway has taken it.
    Sent,
    /// Tried too often.
    Dead,
    /// Too old to be of use.
    Expired,
    /// No gateway is configured: somebody has to call.
    NoGateway,
}

impl MessageState {
    /// Stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sent => "sent",
            Self::Dead => "dead",
            Self::Expired => "expired",
            Self::NoGateway => "no-gateway",
        }
    }
}

/// A message on its way out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// By which way.
    pub channel: Channel,
    /// Number or address.
    pub to: String,
    /// Whom it addresses.
    pub name: String,
    /// What it says. No personal data beyond his own.
    pub text: String,
    /// About which alarm.
    pub alarm: Id,
    /// Written when, by the domain clock.
    pub written_at: Moment,
    /// Written when, by the real clock.
    pub written_real: Moment,
    /// Where it stands.
    pub state: MessageState,
    /// How often it was tried.
    pub attempts: u32,
    /// Tried next when, by the real clock.
    pub next_try: Moment,
    /// Why the last try failed: a word, never an address or a secret.
    #[serde(default)]
    pub last_error: Option<String>,
}

impl Record for Message {
    const KIND: &'static str = "outbox";
    fn owner(&self) -> Option<Id> {
        Some(self.alarm)
    }
    fn due_at(&self) -> Option<Moment> {
        Some(self.next_try)
    }
    fn is_open(&self) -> bool {
        self.state == MessageState::Waiting
    }
}
