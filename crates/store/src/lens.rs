//! From where a reading looks: a connection may carry a moment of the past, and everything that keeps
//! its past answers as it was known then.
//!
//! Lives here: the moment, and how it is turned into a sealed number of the audit. Who may look back,
//! and from when, is for the desk. A writer never looks back.

use place::ProvinceId;
use quantity::Moment;

use crate::series::Horizon;
use crate::{Connection, StoreError, audit};

/// A moment of the past.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lens {
    /// Nothing that happened or, in a register, was written down after this moment of the domain clock.
    pub at: Moment,
    /// Nothing that the ledgers had recorded after this moment of the real clock; none where the two
    /// clocks do not go together.
    pub known: Option<Moment>,
}

/// What a connection looks through, with the sealed number that it was last turned into.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Looking {
    lens: Option<Lens>,
    sealed: Option<(ProvinceId, i64)>,
}

impl Connection {
    /// From where this reading looks; none for the present.
    pub fn lens(&self) -> Option<Lens> {
        self.1.lens
    }

    /// Looks from another moment from now on; gives the moment from which it looked before.
    pub fn look_through(&mut self, lens: Option<Lens>) -> Option<Lens> {
        std::mem::replace(&mut self.1, Looking { lens, sealed: None }).lens
    }

    /// Reads something as it is now, from wherever this reading looks.
    pub fn in_the_present<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> T {
        let lens = self.look_through(None);
        let found = read(self);
        self.look_through(lens);
        found
    }

    /// A horizon that goes no further than this reading looks.
    pub(crate) fn narrowed(&mut self, province: ProvinceId, horizon: Horizon) -> Result<Horizon, StoreError> {
        let Some(lens) = self.lens() else { return Ok(horizon) };
        let at = horizon.at.min(lens.at);
        let sealed = match (lens.known, self.1.sealed) {
            (None, _) => None,
            (Some(_), Some((known, seq))) if known == province => Some(seq),
            (Some(known), _) => {
                let seq = audit::known_at(self, province, known)?;
                self.1.sealed = Some((province, seq));
                Some(seq)
            }
        };
        let known = match (horizon.known, sealed) {
            (Some(asked), Some(sealed)) => Some(asked.min(sealed)),
            (asked, sealed) => asked.or(sealed),
        };
        Ok(Horizon { at, known })
    }
}
