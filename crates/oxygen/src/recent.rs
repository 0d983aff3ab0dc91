//! A bounded summary of one store's ledger, which the database keeps as a projection and the rate of
//! use is computed from.
//!
//! It keeps the last sample of each clock hour, for the newest 48 hours that have one, and the
//! newest 96 movements after the oldest of them. Reports arrive late and in any order, so folding
//! entries in one by one, in whatever order, gives exactly what [`Recent::from_ledger`] gives. Two
//! rules make it so: which sample of an hour counts is decided by its moment (the lower content on a
//! tie), never by its arrival; and a movement is dropped for being old only when all 48 hours are
//! taken, because until then an older sample may still arrive that needs it.
//!
//! A correction takes an entry away, which no summary can: rebuild from the ledger then.

use std::cmp::Reverse;

use quantity::{Grams, Moment};

mod codec;

pub use codec::CorruptRecent;

/// Hours with a sample that are kept.
pub const HOURS_KEPT: usize = 48;
/// Movements that are kept.
pub const MOVES_KEPT: usize = 96;

/// What a store held at a moment, by a reading that counts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Sample {
    /// When the gauge was read.
    pub at: Moment,
    /// What it held.
    pub grams: Grams,
}

/// How the gauge sees a movement.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum MoveClass {
    /// Oxygen really came or went, apart from use: the rate of use corrects for it.
    Physical,
    /// Posted use: the gauge already shows it.
    Use,
    /// A line in the book; no oxygen moved.
    Book,
}

/// A movement as the summary keeps it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Move {
    /// When it happened.
    pub at: Moment,
    /// Signed change of the content.
    pub effect: Grams,
    /// How the gauge sees it.
    pub class: MoveClass,
}

/// One line of a store's ledger.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LedgerEntry {
    /// A reading.
    Sample(Sample),
    /// A movement.
    Move(Move),
}

/// The summary. Both lists rise in time.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Recent {
    samples: Vec<Sample>,
    moves: Vec<Move>,
}

impl Recent {
    /// The summary of a set of entries, in any order.
    pub fn from_ledger(entries: impl IntoIterator<Item = LedgerEntry>) -> Self {
        let mut recent = Self::default();
        for entry in entries {
            match entry {
                LedgerEntry::Sample(sample) => recent.observe(sample),
                LedgerEntry::Move(happened) => recent.move_(happened),
            }
        }
        recent
    }

    /// Folds a reading in.
    pub fn observe(&mut self, sample: Sample) {
        let hour = hour_of(sample.at);
        let index = self.samples.partition_point(|kept| hour_of(kept.at) < hour);
        let full = self.samples.len() == HOURS_KEPT;
        match self.samples.get_mut(index).filter(|kept| hour_of(kept.at) == hour) {
            Some(kept) if order(&sample) > order(kept) => *kept = sample,
            Some(_) => return,
            None if !full => self.samples.insert(index, sample),
            None if index > 0 => {
                self.samples.remove(0);
                self.samples.insert(index - 1, sample);
            }
            None => return,
        }
        self.forget_old_moves();
    }

    /// Folds a movement in.
    pub fn move_(&mut self, happened: Move) {
        if self.oldest_needed().is_some_and(|oldest| happened.at <= oldest) {
            return;
        }
        let index = self.moves.partition_point(|kept| *kept < happened);
        if self.moves.len() < MOVES_KEPT {
            self.moves.insert(index, happened);
        } else if index > 0 {
            self.moves.remove(0);
            self.moves.insert(index - 1, happened);
        }
    }

    /// Kept samples, oldest first.
    pub fn samples(&self) -> &[Sample] {
        &self.samples
    }

    /// Kept movements, oldest first.
    pub fn moves(&self) -> &[Move] {
        &self.moves
    }

    /// The newest sample at or before a moment.
    pub fn latest(&self, at: Moment) -> Option<Sample> {
        let index = self.samples.partition_point(|sample| sample.at <= at);
        index.checked_sub(1).map(|last| self.samples[last])
    }

    /// Physical movements after one moment, up to and including another.
    pub fn physical_between(&self, after: Moment, until: Moment) -> Grams {
        self.between(after, until).filter(|kept| kept.class == MoveClass::Physical).map(|kept| kept.effect).sum()
    }

    /// Posted use after one moment, up to and including another; positive.
    pub fn posted_between(&self, after: Moment, until: Moment) -> Grams {
        self.between(after, until).filter(|kept| kept.class == MoveClass::Use).map(|kept| -kept.effect).sum()
    }

    /// Movements after one moment, up to and including another.
    pub fn between(&self, after: Moment, until: Moment) -> impl Iterator<Item = &Move> {
        let first = self.moves.partition_point(|kept| kept.at <= after);
        self.moves[first..].iter().take_while(move |kept| kept.at <= until)
    }

    /// From when on all movements are sure to be kept; `None` when none was dropped. With a full
    /// list an older one may have been.
    pub fn complete_since(&self) -> Option<Moment> {
        (self.moves.len() == MOVES_KEPT).then(|| self.moves[0].at)
    }

    /// Samples and movements as bytes that stay readable: see [`Recent::from_bytes`].
    pub fn to_bytes(&self) -> Vec<u8> {
        codec::encode(self)
    }

    /// Reads [`Recent::to_bytes`] back.
    ///
    /// # Errors
    /// [`CorruptRecent`] for any other bytes; rebuild the projection from the ledger then.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, CorruptRecent> {
        codec::decode(bytes)
    }

    fn oldest_needed(&self) -> Option<Moment> {
        (self.samples.len() == HOURS_KEPT).then(|| self.samples[0].at)
    }

    fn forget_old_moves(&mut self) {
        if let Some(oldest) = self.oldest_needed() {
            let first = self.moves.partition_point(|kept| kept.at <= oldest);
            self.moves.drain(..first);
        }
    }
}

/// Which sample of an hour counts: the later one, of two at one moment the lower one.
fn order(sample: &Sample) -> (Moment, Reverse<Grams>) {
    (sample.at, Reverse(sample.grams))
}

/// The clock hour; Vietnam's hours are those of UTC.
fn hour_of(at: Moment) -> i64 {
    at.micros().div_euclid(3_600_000_000)
}

#[cfg(test)]
#[path = "recent/tests.rs"]
mod tests;
