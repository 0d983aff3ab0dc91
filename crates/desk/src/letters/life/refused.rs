//! Why something is not done to a task.

use quantity::Coded;

/// Why something is not done to a task.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TaskRefused {
    /// It does not stand where this is done.
    #[error("TSK-001: the task is {stage}")]
    NotNow {
        /// Where it stands: a stable name.
        stage: &'static str,
    },
    /// Nothing shows it.
    #[error("TSK-002: nothing shows that it is done")]
    NoProof,
    /// A reason is missing.
    #[error("TSK-003: a reason is missing")]
    NoReason,
    /// Nobody judges what he handed in himself.
    #[error("TSK-004: nobody judges his own work")]
    OwnWork,
    /// A day in the past.
    #[error("TSK-005: the day has passed")]
    Past,
    /// He holds no post in the body any more.
    #[error("TSK-006: {name} holds no post there")]
    Left {
        /// Who.
        name: String,
        /// Who stands in; may be empty.
        stand_in: String,
    },
    /// He is away.
    #[error("TSK-007: {name} is away")]
    Away {
        /// Who.
        name: String,
        /// Who stands in; may be empty.
        stand_in: String,
    },
    /// Not a file that is kept.
    #[error("TSK-008: not a picture, PDF, Word or Excel file of at most 12 MB")]
    BadFile,
    /// Nothing was said.
    #[error("TSK-009: nothing was said")]
    Nothing,
    /// Per cent above a hundred, or a subtask that there is not.
    #[error("TSK-010: no such share or part")]
    NoSuchPart,
    /// A task is handed down to bodies below only.
    #[error("TSK-011: {body} is no unit of the body")]
    NotBelow {
        /// Which.
        body: String,
    },
    /// It was answered already.
    #[error("TSK-012: it is settled already")]
    Settled,
    /// Nobody stands above.
    #[error("TSK-013: nobody stands above")]
    NobodyAbove,
    /// A link leads somewhere else.
    #[error("TSK-014: not a page of this program")]
    Elsewhere,
    /// More than is kept.
    #[error("TSK-015: too many")]
    TooMany,
    /// A moment that has not come.
    #[error("TSK-016: the moment has not come")]
    NotYet,
}

impl Coded for TaskRefused {
    fn code(&self) -> &'static str {
        match self {
            Self::NotNow { .. } => "TSK-001",
            Self::NoProof => "TSK-002",
            Self::NoReason => "TSK-003",
            Self::OwnWork => "TSK-004",
            Self::Past => "TSK-005",
            Self::Left { .. } => "TSK-006",
            Self::Away { .. } => "TSK-007",
            Self::BadFile => "TSK-008",
            Self::Nothing => "TSK-009",
            Self::NoSuchPart => "TSK-010",
            Self::NotBelow { .. } => "TSK-011",
            Self::Settled => "TSK-012",
            Self::NobodyAbove => "TSK-013",
            Self::Elsewhere => "TSK-014",
            Self::TooMany => "TSK-015",
            Self::NotYet => "TSK-016",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::NotNow { stage } => vec![("stage", (*stage).to_owned())],
            Self::Left { name, stand_in } | Self::Away { name, stand_in } => {
                let stands = if stand_in.is_empty() { "nobody" } else { "somebody" };
                vec![("name", name.clone()), ("stand_in", stand_in.clone()), ("stands", stands.to_owned())]
            }
            Self::NotBelow { body } => vec![("body", body.clone())],
            _ => Vec::new(),
        }
    }
}
