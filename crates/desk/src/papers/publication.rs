//! The publication of a quarter's task figures (PR06): which paper says them, and which signed issue of it anybody may
//! read. The paper itself is drafted, signed and numbered like all others.

use quantity::Coded;
use serde::{Deserialize, Serialize};

use super::report::OfficialReport;
use crate::failure::Failure;
use crate::record::{Record, RecordId};
use crate::steering::bulletin::Hand;

/// What is public of it: one signed issue, frozen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Open {
    /// Who approved that anybody may read it.
    pub by: Hand,
    /// Which issue.
    pub issue: u32,
    /// Its number, «58/TB-SYT».
    pub number: String,
    /// Its content: SHA-256 in hexadecimal.
    pub content: String,
}

/// The publication of a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskPublication {
    /// Which period: `2026-Q4`.
    pub period: String,
    /// Its paper.
    pub paper: RecordId<OfficialReport>,
    /// Who drafted it.
    pub drafted: Hand,
    /// What anybody may read; none until a leader approves.
    #[serde(default)]
    pub open: Option<Open>,
    /// Who took it back, and why.
    #[serde(default)]
    pub taken_back: Option<(Hand, String)>,
}

impl Record for TaskPublication {
    const KIND: &'static str = "task_publication";

    fn code(&self) -> Option<String> {
        Some(self.period.clone())
    }

    fn is_open(&self) -> bool {
        self.open.is_some()
    }
}

/// The key of a publication.
pub type PublicationId = RecordId<TaskPublication>;

/// Why the figures of a period are not published.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotPublished {
    /// The period has its paper; a change is a revision of that.
    #[error("PUB-001: {period} has its paper")]
    Drafted {
        /// Which period.
        period: String,
    },
    /// Not all tasks were counted.
    #[error("PUB-002: not all tasks of {period} were counted")]
    Cut {
        /// Which period.
        period: String,
    },
    /// Its paper is not signed, or that issue is public already.
    #[error("PUB-003: no signed issue waits to be published")]
    NothingSigned,
    /// What was read is not what is signed now.
    #[error("PUB-004: another issue was signed meanwhile")]
    NotRead,
    /// It is not public, so it cannot be taken back.
    #[error("PUB-005: it is not public")]
    NotPublic,
}

impl Coded for NotPublished {
    fn code(&self) -> &'static str {
        match self {
            Self::Drafted { .. } => "PUB-001",
            Self::Cut { .. } => "PUB-002",
            Self::NothingSigned => "PUB-003",
            Self::NotRead => "PUB-004",
            Self::NotPublic => "PUB-005",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Drafted { period } | Self::Cut { period } => vec![("period", period.clone())],
            Self::NothingSigned | Self::NotRead | Self::NotPublic => Vec::new(),
        }
    }
}

impl From<NotPublished> for Failure {
    fn from(refused: NotPublished) -> Self {
        Self::refused(refused)
    }
}

/// The digest that is public, if any. A paper that is being revised leaves what is public as it was signed.
impl TaskPublication {
    /// Whether the last signed issue of its paper waits for approval: its number in the row of issues and its content.
    pub fn waiting<'p>(&self, paper: &'p OfficialReport) -> Option<(u32, &'p str, &'p str)> {
        let (issue, content, signed) = match &paper.signed {
            Some(signed) => (paper.issue, paper.content.as_str(), signed),
            None => paper.earlier.last().map(|issue| (issue.number, issue.content.as_str(), &issue.signed))?,
        };
        let known = self.open.as_ref().is_some_and(|open| open.content == content);
        (!known).then_some((issue, content, signed.number.as_str()))
    }
}
