//! Which dice fall: the seed's, and from a branching on others.

use crate::dice::Dice;

/// The streams of an epidemic. Every week has its own, so that two epidemics of one seed that branch in some
/// week are the same until then.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Fate {
    seed: u64,
    /// From which week of the run on, run-in included, and which of the other futures; in the order in
    /// which they were taken.
    branches: Vec<(usize, u64)>,
}

impl Fate {
    pub(crate) const fn of(seed: u64) -> Self {
        Self { seed, branches: Vec::new() }
    }

    /// The same until a week, then another.
    pub(crate) fn branched(&self, week: usize, number: u64) -> Self {
        let mut branches = self.branches.clone();
        branches.push((week, number));
        Self { seed: self.seed, branches }
    }

    /// The stream of a purpose, a place and a week of the run.
    pub(crate) fn dice(&self, purpose: &str, place: usize, week: usize) -> Dice {
        // An odd factor and a rotation lose nothing: other numbers, other seeds.
        let seed = self.branches.iter().filter(|(from, _)| week >= *from).fold(self.seed, |seed, (_, number)| {
            (seed ^ number.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15)).rotate_left(23)
        });
        Dice::of(seed, purpose, place as u64, week as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn futures_differ_from_the_branching_on() {
        let first = |fate: &Fate, week| fate.dice("anything", 2, week).share();
        let (one, other) = (Fate::of(5), Fate::of(5).branched(3, 0));
        assert_eq!(first(&one, 2), first(&other, 2));
        assert_ne!(first(&one, 3), first(&other, 3));
        assert_ne!(first(&one.branched(3, 1), 3), first(&other, 3));
        // A branch of a branch keeps to the first until its own week.
        let later = other.branched(6, 4);
        assert_eq!(first(&later, 5), first(&other, 5));
        assert_ne!(first(&later, 6), first(&other, 6));
        assert_ne!(first(&later, 6), first(&one.branched(6, 4), 6));
    }
}
