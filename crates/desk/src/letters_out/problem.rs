//! Why a paper is not put together from what was given.

use quantity::Coded;

/// Why a paper is not put together.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotComposed {
    /// There is nothing to write about.
    #[error("OUT-001: {paper} needs at least one {part}")]
    Nothing {
        /// Key of the paper.
        paper: &'static str,
        /// Which part.
        part: &'static str,
    },
    /// A task of a child letter would be due later than the letter above asks for.
    #[error("OUT-002: «{task}» is due {due}, the letter above wants it {above}")]
    LaterThanAbove {
        /// Which task.
        task: String,
        /// Its deadline.
        due: String,
        /// The deadline of the letter above.
        above: String,
    },
    /// A record of `letter write` that cannot be read.
    #[error("OUT-003: {key}: {cause}")]
    Unreadable {
        /// Path of the key: `facts.bodies[0].tasks[1].due`.
        key: String,
        /// What does not fit there.
        cause: String,
    },
    /// A key that no record has.
    #[error("OUT-004: unknown key {key}")]
    UnknownKey {
        /// Its path.
        key: String,
    },
    /// A paper that is marked as secret: nothing of it is kept.
    #[error("OUT-010: marked {mark}")]
    Secret {
        /// Its mark.
        mark: &'static str,
    },
    /// An order without legal basis or payer.
    #[error("OUT-005: {key} is missing")]
    Missing {
        /// What is missing.
        key: &'static str,
    },
}

impl Coded for NotComposed {
    fn code(&self) -> &'static str {
        match self {
            Self::Nothing { .. } => "OUT-001",
            Self::LaterThanAbove { .. } => "OUT-002",
            Self::Unreadable { .. } => "OUT-003",
            Self::UnknownKey { .. } => "OUT-004",
            Self::Missing { .. } => "OUT-005",
            Self::Secret { .. } => "OUT-010",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Nothing { paper, part } => vec![("paper", (*paper).to_owned()), ("part", (*part).to_owned())],
            Self::LaterThanAbove { task, due, above } => {
                vec![("task", task.clone()), ("due", due.clone()), ("above", above.clone())]
            }
            Self::Unreadable { key, cause } => vec![("key", key.clone()), ("cause", cause.clone())],
            Self::UnknownKey { key } => vec![("key", key.clone())],
            Self::Missing { key } => vec![("key", (*key).to_owned())],
            Self::Secret { mark } => vec![("mark", (*mark).to_owned())],
        }
    }
}
