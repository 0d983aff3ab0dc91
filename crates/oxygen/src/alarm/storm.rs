//! Before a storm: who is to be filled up, in which order, and with how much.

use quantity::{Grams, Moment};

use super::refill::{Closures, RefillCalendar, Terms};

/// One facility before a storm.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BeforeStorm<K> {
    /// Which.
    pub key: K,
    /// Reached by ferry only.
    pub island: bool,
    /// Has nothing but cylinders.
    pub cylinders_only: bool,
    /// What its stores hold when full.
    pub capacity: Grams,
    /// What is in them now; `None` is «chưa rõ».
    pub holds: Option<Grams>,
    /// How oxygen comes to it.
    pub terms: Terms,
    /// Closures, the storm itself among them.
    pub closures: Closures,
}

/// One line of the list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TopUp<K> {
    /// Which facility.
    pub key: K,
    /// Reached by ferry only.
    pub island: bool,
    /// Has nothing but cylinders.
    pub cylinders_only: bool,
    /// Mass that makes it full; `None` where nobody knows what it has.
    pub to_bring: Option<Grams>,
    /// What its stores hold when full.
    pub capacity: Grams,
    /// The latest call that arrives before the storm; `None` when it is too late already.
    pub call_by: Option<Moment>,
}

/// The list before a storm that begins at a moment: islands first, then who has only cylinders, then
/// the largest mass. A stock that nobody knows counts as empty for the order.
pub fn top_up<K>(now: Moment, storm: Moment, facilities: Vec<BeforeStorm<K>>) -> Vec<TopUp<K>> {
    let mut lines: Vec<TopUp<K>> = facilities
        .into_iter()
        .map(|each| TopUp {
            call_by: RefillCalendar::around(now, &each.terms, &each.closures)
                .latest_call(storm)
                .filter(|latest| *latest >= now),
            to_bring: each.holds.map(|holds| Grams(each.capacity.0.saturating_sub(holds.0).max(0))),
            key: each.key,
            island: each.island,
            cylinders_only: each.cylinders_only,
            capacity: each.capacity,
        })
        .filter(|line| line.capacity > Grams::ZERO && line.to_bring != Some(Grams::ZERO))
        .collect();
    let mass = |line: &TopUp<K>| line.to_bring.unwrap_or(line.capacity);
    lines.sort_by_key(|line| std::cmp::Reverse((line.island, line.cylinders_only, mass(line))));
    lines
}
