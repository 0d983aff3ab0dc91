//! Recounts of a facility's oxygen (DT12): what was counted against what the ledger said for that moment, and
//! how near the two are. The page that shows it speaks of accuracy, never of guilt.

use oxygen::{ReportId, StoreId};
use place::FacilityId;
use quantity::{Grams, Id, Moment, Span};
use serde::{Deserialize, Serialize};

use crate::record::Record;

/// One store, counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// Which.
    pub store: StoreId,
    /// Its label then.
    pub label: String,
    /// What was counted.
    pub counted: Grams,
    /// As it was typed.
    pub typed: String,
    /// What the ledger gave for that moment: the last reading, what came and went since, less the use since;
    /// none where the store had never been read.
    pub ledger: Option<Grams>,
    /// When it had last been read.
    pub read_at: Option<Moment>,
}

/// A recount.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recount {
    /// Where.
    pub facility: FacilityId,
    /// When it was counted.
    pub at: Moment,
    /// Who counted.
    pub by: String,
    /// What.
    pub lines: Vec<Counted>,
    /// What else was seen.
    pub note: Option<String>,
    /// The ordinary report through which the count went into the ledger, where it did.
    #[serde(default)]
    pub report: Option<ReportId>,
}

impl Record for Recount {
    const KIND: &'static str = "recount";

    fn owner(&self) -> Option<Id> {
        Some(self.facility.0)
    }

    // It happened; what must follow from it are findings.
    fn is_open(&self) -> bool {
        false
    }
}

impl Recount {
    /// How near the ledger was, between 0 and 1: one less the sum of the differences over the sum of the
    /// larger figures. `None` where the ledger knew nothing of what was counted.
    pub fn accuracy(&self) -> Option<f64> {
        let known = self.lines.iter().filter_map(|line| Some((line.counted, line.ledger?)));
        let (mut off, mut whole) = (0.0, 0.0);
        let mut any = false;
        for (counted, ledger) in known {
            any = true;
            off += (counted - ledger).abs().as_f64();
            whole += counted.max(ledger).max(Grams::ZERO).as_f64();
        }
        any.then(|| if whole > 0.0 { (1.0 - off / whole).clamp(0.0, 1.0) } else { 1.0 })
    }

    /// All that was counted.
    pub fn counted(&self) -> Grams {
        self.lines.iter().map(|line| line.counted).sum()
    }

    /// What the ledger gave for the same stores; none where it knew one of them not.
    pub fn ledger(&self) -> Option<Grams> {
        self.lines.iter().map(|line| line.ledger).sum()
    }

    /// The age of the oldest reading that the ledger rested on.
    pub fn oldest(&self) -> Option<Span> {
        self.lines.iter().filter_map(|line| line.read_at).min().map(|read| self.at - read)
    }
}

/// The mean accuracy of some recounts, the newer ones counting more: each older one half of the next.
pub fn over_time(recounts: &[Recount]) -> Option<f64> {
    let mut scored: Vec<(Moment, f64)> = recounts.iter().filter_map(|one| Some((one.at, one.accuracy()?))).collect();
    scored.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    let (mut sum, mut whole, mut weight) = (0.0, 0.0, 1.0);
    for (_, accuracy) in scored {
        sum += weight * accuracy;
        whole += weight;
        weight /= 2.0;
    }
    (whole > 0.0).then(|| sum / whole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn recount(at: i64, lines: &[(i64, Option<i64>)]) -> Recount {
        let line = |(counted, ledger): &(i64, Option<i64>)| Counted {
            store: StoreId(Id::from_bytes([1; 16])),
            label: String::new(),
            counted: Grams::from_kg(*counted),
            typed: String::new(),
            ledger: ledger.map(Grams::from_kg),
            read_at: ledger.map(|_| Moment::from_micros(0)),
        };
        Recount {
            facility: FacilityId(Id::from_bytes([2; 16])),
            at: Moment::from_micros(at),
            by: String::new(),
            lines: lines.iter().map(line).collect(),
            note: None,
            report: None,
        }
    }

    /// DT12: accuracy is about the figures; what the ledger never knew is unknown, not wrong.
    #[test]
    fn accuracy_is_known_only_where_the_ledger_said_something() {
        assert_eq!(recount(1, &[(900, Some(1_000))]).accuracy(), Some(0.9));
        assert_eq!(recount(1, &[(900, Some(1_000)), (100, Some(0))]).accuracy(), Some(1.0 - 200.0 / 1_100.0));
        assert_eq!(recount(1, &[(900, None)]).accuracy(), None);
        assert_eq!(recount(1, &[(900, None)]).ledger(), None);
        assert_eq!(recount(1, &[(0, Some(0))]).accuracy(), Some(1.0));
        let better = over_time(&[recount(1, &[(0, Some(10))]), recount(2, &[(10, Some(10))])]).unwrap();
        assert!((better - 2.0 / 3.0).abs() < 1e-9, "the newer recount counts twice: {better}");
        assert_eq!(over_time(&[]), None);
    }

    proptest! {
        /// Always a share, and never better for being further off.
        #[test]
        fn accuracy_is_a_share(counted in 0_i64..100_000, ledger in 0_i64..100_000, more in 1_i64..1_000) {
            let near = recount(1, &[(counted, Some(ledger))]).accuracy().unwrap();
            prop_assert!((0.0..=1.0).contains(&near));
            if ledger >= counted {
                let further = recount(1, &[(counted, Some(ledger + more))]).accuracy().unwrap();
                prop_assert!(further <= near);
            }
        }
    }
}
