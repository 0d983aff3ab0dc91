//! What ends and what goes on in its place: a store out of use, a store brought in, a facility merged
//! into another (OX07, OX16). Nothing of the past is rewritten: bodies and stores end on a day.

use quantity::Coded;

/// Why something does not end or begin.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// A facility cannot be merged into itself.
    #[error("WEK-001: a facility cannot be merged into itself")]
    IntoItself,
    /// It has ended already.
    #[error("WEK-002: {name} has ended already")]
    HasEnded {
        /// Its name.
        name: String,
    },
    /// What is handed over is counted first.
    #[error("WEK-003: {label} was not counted within a day")]
    CountFirst {
        /// The store as people there call it.
        label: String,
    },
    /// The store is out of use already.
    #[error("WEK-004: {label} is out of use already")]
    ClosedAlready {
        /// The store as people there call it.
        label: String,
    },
    /// Why a store is closed must be said.
    #[error("WEK-005: the reason is missing")]
    NoReason,
    /// Orders on the way or loans of its stores.
    #[error("WEK-007: {orders} orders and {loans} loans are open")]
    Unsettled {
        /// Orders that are not received, ended or refused.
        orders: usize,
        /// Loans that are not given back.
        loans: usize,
    },
    /// The store's key is taken.
    #[error("WEK-006: the store is there already")]
    StoreThere,
}

impl Coded for Refused {
    fn code(&self) -> &'static str {
        match self {
            Self::IntoItself => "WEK-001",
            Self::HasEnded { .. } => "WEK-002",
            Self::CountFirst { .. } => "WEK-003",
            Self::ClosedAlready { .. } => "WEK-004",
            Self::NoReason => "WEK-005",
            Self::StoreThere => "WEK-006",
            Self::Unsettled { .. } => "WEK-007",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::HasEnded { name } => vec![("name", name.clone())],
            Self::CountFirst { label } | Self::ClosedAlready { label } => vec![("label", label.clone())],
            Self::Unsettled { orders, loans } => {
                vec![("orders", orders.to_string()), ("loans", loans.to_string())]
            }
            Self::IntoItself | Self::NoReason | Self::StoreThere => Vec::new(),
        }
    }
}
