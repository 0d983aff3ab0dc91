//! Which of the 512 places of a block have a term: a short list, or a bit for each place.

use crate::StoreError;

/// Places in a block.
pub(super) const PLACES: i64 = 512;
/// Up to so many places are listed, two bytes each; more are bits, 64 bytes.
const LISTED: u32 = 31;

/// The block of a place, and the place's number in it.
pub(super) fn split(place: i64) -> (i64, usize) {
    // The remainder of a division by 512 is no negative number.
    (place.div_euclid(PLACES), usize::try_from(place.rem_euclid(PLACES)).unwrap_or(0))
}

/// Places of one block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Members([u64; 8]);

impl Members {
    pub(super) const fn put(&mut self, at: usize) {
        self.0[at / 64 % 8] |= 1 << (at % 64);
    }

    pub(super) const fn take(&mut self, at: usize) {
        self.0[at / 64 % 8] &= !(1 << (at % 64));
    }

    pub(super) fn count(&self) -> u32 {
        self.0.iter().map(|part| part.count_ones()).sum()
    }

    pub(super) fn and(mut self, other: &Self) -> Self {
        self.0.iter_mut().zip(other.0).for_each(|(one, other)| *one &= other);
        self
    }

    pub(super) fn or(mut self, other: &Self) -> Self {
        self.0.iter_mut().zip(other.0).for_each(|(one, other)| *one |= other);
        self
    }

    pub(super) fn without(mut self, other: &Self) -> Self {
        self.0.iter_mut().zip(other.0).for_each(|(one, other)| *one &= !other);
        self
    }

    /// The places, highest first.
    pub(super) fn highest_first(self) -> impl Iterator<Item = usize> {
        (0..512).rev().filter(move |at| self.0[at / 64] & (1 << (at % 64)) != 0)
    }

    /// As it is stored.
    pub(super) fn to_bytes(self) -> Vec<u8> {
        if self.count() > LISTED {
            return self.0.iter().flat_map(|part| part.to_le_bytes()).collect();
        }
        let mut listed: Vec<usize> = self.highest_first().collect();
        listed.reverse();
        listed.iter().filter_map(|at| u16::try_from(*at).ok()).flat_map(u16::to_le_bytes).collect()
    }

    /// From what was stored.
    pub(super) fn from_bytes(bytes: &[u8]) -> Result<Self, StoreError> {
        let mut members = Self::default();
        if bytes.len() == 64 {
            for (part, eight) in members.0.iter_mut().zip(bytes.as_chunks::<8>().0) {
                *part = u64::from_le_bytes(*eight);
            }
            return Ok(members);
        }
        let (pairs, rest) = bytes.as_chunks::<2>();
        for pair in pairs {
            let at = usize::from(u16::from_le_bytes(*pair));
            if at >= 512 {
                return Err(damaged());
            }
            members.put(at);
        }
        if rest.is_empty() { Ok(members) } else { Err(damaged()) }
    }
}

fn damaged() -> StoreError {
    StoreError::Unreadable("found_term.members".to_owned())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// What is stored is read back, and sets are sets.
        #[test]
        fn members_are_a_set(one in proptest::collection::btree_set(0_usize..512, 0..80), other in proptest::collection::btree_set(0_usize..512, 0..80)) {
            let of = |places: &BTreeSet<usize>| {
                let mut members = Members::default();
                places.iter().for_each(|at| members.put(*at));
                members
            };
            let places = |members: Members| members.highest_first().collect::<BTreeSet<_>>();
            let (first, second) = (of(&one), of(&other));
            prop_assert_eq!(Members::from_bytes(&first.to_bytes()).unwrap(), first);
            prop_assert_eq!(first.count() as usize, one.len());
            prop_assert_eq!(places(first.and(&second)), one.intersection(&other).copied().collect());
            prop_assert_eq!(places(first.or(&second)), one.union(&other).copied().collect());
            prop_assert_eq!(places(first.without(&second)), one.difference(&other).copied().collect());
        }

        /// Bytes that are none are told, and never read past an end.
        #[test]
        fn damage_is_told(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
            if let Ok(members) = Members::from_bytes(&bytes) {
                prop_assert!(members.count() <= 512);
            }
        }
    }

    #[test]
    fn a_place_is_in_one_block() {
        assert_eq!(split(0), (0, 0));
        assert_eq!(split(511), (0, 511));
        assert_eq!(split(512), (1, 0));
        assert_eq!(split((24_262 << 20) + 513), ((24_262 << 11) + 1, 1));
    }
}
