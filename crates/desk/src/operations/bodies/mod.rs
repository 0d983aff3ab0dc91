//! What becomes of bodies, their people and their stores: a post that ends, an absence cut short, a store that
//! is out of order, a province that goes on in another.

pub mod end_absence;
pub mod end_post;
pub mod merge_command_post;
pub mod set_condition;

use quantity::Coded;

/// Why nothing of it is changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The post or the absence has ended already.
    #[error("STA-001: it has ended already")]
    EndedAlready,
    /// It would end before it began.
    #[error("STA-002: it would end before it began, on {from}")]
    EndsBeforeItBegins {
        /// When it began.
        from: String,
    },
    /// A store that does not work needs a reason.
    #[error("STA-003: the reason is missing")]
    NoReason,
    /// Something newer was told of the store.
    #[error("STA-004: something newer was told, on {since}")]
    SomethingNewer {
        /// Since when.
        since: String,
    },
}

impl Coded for Refused {
    fn code(&self) -> &'static str {
        match self {
            Self::EndedAlready => "STA-001",
            Self::EndsBeforeItBegins { .. } => "STA-002",
            Self::NoReason => "STA-003",
            Self::SomethingNewer { .. } => "STA-004",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::EndsBeforeItBegins { from } => vec![("from", from.clone())],
            Self::SomethingNewer { since } => vec![("since", since.clone())],
            Self::EndedAlready | Self::NoReason => Vec::new(),
        }
    }
}
