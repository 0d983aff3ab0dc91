//! How an operation or a view can fail, seen from outside the desk.
//!
//! Outside one's scope everything is `NotFound`: one learns nothing about it. Inside it without
//! the right it is `Forbidden`, which names who has it.

use quantity::Coded;
use store::StoreError;

use crate::rights::{Capability, Role, who_may};

/// A refusal with its code, sentence and facts, which a page may look into for its own type.
pub trait Reason: Coded + Send + Sync {
    /// The refusal as its own type.
    fn as_any(&self) -> &dyn std::any::Any;
    /// The refusal as something that has a code.
    fn as_coded(&self) -> &dyn Coded;
}

impl<T: Coded + Send + Sync + 'static> Reason for T {
    fn as_any(&self) -> &dyn std::any::Any {
        self
    }

    fn as_coded(&self) -> &dyn Coded {
        self
    }
}

/// Why something was not done.
#[derive(Debug)]
pub enum Failure {
    /// There is none, or it is none of the actor's business.
    NotFound,
    /// The actor lacks the right.
    Forbidden(Capability),
    /// The operation refuses: its own code, sentence and next step.
    Refused(Box<dyn Reason>),
    /// The same key came with another content.
    KeyReused,
    /// The database failed.
    Store(StoreError),
}

impl Failure {
    /// A refusal of an operation's own.
    pub fn refused(reason: impl Coded + Send + Sync + 'static) -> Self {
        Self::Refused(Box::new(reason))
    }

    /// The refusal as its own type, if it is of that type.
    pub fn reason<T: 'static>(&self) -> Option<&T> {
        match self {
            Self::Refused(reason) => reason.as_ref().as_any().downcast_ref(),
            _ => None,
        }
    }

    /// The roles that could have done it.
    pub fn who_may(&self) -> Vec<Role> {
        match self {
            Self::Forbidden(capability) => who_may(*capability),
            _ => Vec::new(),
        }
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotFound => write!(f, "DSK-001: not found"),
            Self::Forbidden(capability) => write!(f, "DSK-002: needs {}", capability.code()),
            Self::Refused(reason) => write!(f, "{reason}"),
            Self::KeyReused => write!(f, "DSK-003: this key was used for another content"),
            Self::Store(error) => write!(f, "{error}"),
        }
    }
}

impl std::error::Error for Failure {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Store(error) => Some(error),
            _ => None,
        }
    }
}

impl Coded for Failure {
    fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "DSK-001",
            Self::Forbidden(_) => "DSK-002",
            Self::Refused(reason) => reason.code(),
            Self::KeyReused => "DSK-003",
            Self::Store(error) => error.code(),
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Refused(reason) => reason.facts(),
            Self::Store(error) => error.facts(),
            Self::Forbidden(capability) => vec![("capability", capability.code().to_owned())],
            Self::NotFound | Self::KeyReused => Vec::new(),
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// What an operation or a view yields.
pub type Outcome<T> = Result<T, Failure>;
