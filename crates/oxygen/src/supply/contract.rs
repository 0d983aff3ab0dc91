//! What a contract promises and what is left of it (OX14).

use jiff::ToSpan;
use jiff::civil::Date;
use quantity::{Coded, Grams, VesselSpec};
use serde::{Deserialize, Serialize};

/// What oxygen costs under a contract.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Price {
    /// Đồng for a kilogram.
    PerKg {
        /// Whole đồng.
        dong: i64,
    },
    /// Đồng for filling one cylinder.
    PerCylinder {
        /// Whole đồng.
        dong: i64,
        /// Which size.
        size: VesselSpec,
    },
}

impl Price {
    /// Đồng for a kilogram, rounded; of a cylinder by its content when full at 21 °C.
    pub fn per_kg(self) -> i64 {
        match self {
            Self::PerKg { dong } => dong,
            Self::PerCylinder { dong, size } => (dong as f64 / size.full().as_kg()).round() as i64,
        }
    }

    /// Whether the price of a kilogram was computed from that of a cylinder.
    pub const fn is_computed(self) -> bool {
        matches!(self, Self::PerCylinder { .. })
    }
}

/// What a mass costs at a price of a kilogram, rounded to whole đồng.
pub fn dong_for(mass: Grams, dong_per_kg: i64) -> i64 {
    let exact = i128::from(mass.0) * i128::from(dong_per_kg);
    i64::try_from((exact + exact.signum() * 500) / 1_000).unwrap_or(if exact < 0 { i64::MIN } else { i64::MAX })
}

/// The most a contract allows.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ceiling {
    /// So much oxygen.
    Mass(Grams),
    /// So many đồng.
    Money(i64),
}

/// The terms that decide whether a contract may be drawn on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Terms {
    /// First day in force.
    pub from: Date,
    /// Last day in force.
    pub to: Date,
    /// The most it allows.
    pub ceiling: Ceiling,
    /// Its price.
    pub price: Price,
}

/// What a contract has been drawn on: computed from receipts and open orders, never typed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Drawn {
    /// Received.
    pub received: Grams,
    /// Approved or on the road, not received.
    pub promised: Grams,
}

impl Drawn {
    /// Both together: a tonne may not be promised three times.
    pub fn all(self) -> Grams {
        self.received + self.promised
    }
}

/// Where a contract stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord)]
pub enum Standing {
    /// It begins later.
    NotYet,
    /// In force.
    InForce,
    /// In force, and most of it is drawn.
    Low,
    /// Nothing is left.
    Exhausted,
    /// Its last day has passed.
    Expired,
}

/// Why a contract cannot be drawn on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ContractProblem {
    /// Its last day has passed.
    #[error("SUP-020: the contract ended on {ended}, {left} were left")]
    Expired {
        /// Last day in force.
        ended: Date,
        /// What was left of it.
        left: Grams,
    },
    /// It begins later.
    #[error("SUP-021: the contract begins on {begins}")]
    NotYet {
        /// First day in force.
        begins: Date,
    },
    /// More is asked than is left.
    #[error("SUP-022: {asked} asked, {left} left")]
    Overdrawn {
        /// Asked for.
        asked: Grams,
        /// Left after all that is received and promised.
        left: Grams,
    },
}

impl Coded for ContractProblem {
    fn code(&self) -> &'static str {
        match self {
            Self::Expired { .. } => "SUP-020",
            Self::NotYet { .. } => "SUP-021",
            Self::Overdrawn { .. } => "SUP-022",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Expired { ended, left } => {
                vec![("ended", quantity::time::show_date(*ended)), ("left", in_kg(*left))]
            }
            Self::NotYet { begins } => vec![("begins", quantity::time::show_date(*begins))],
            Self::Overdrawn { asked, left } => vec![("asked", in_kg(*asked)), ("left", in_kg(*left))],
        }
    }
}

/// To the kilogram: a contract is not settled in rounded tonnes.
fn in_kg(mass: Grams) -> String {
    format!("{} kg", quantity::show_number(mass.as_kg(), 0))
}

impl Terms {
    /// The ceiling as a mass; one in đồng by the price of a kilogram, rounded down.
    pub fn ceiling(&self) -> Grams {
        match self.ceiling {
            Ceiling::Mass(mass) => mass,
            Ceiling::Money(dong) => {
                let per_kg = i128::from(self.price.per_kg().max(1));
                Grams(i64::try_from(i128::from(dong) * 1_000 / per_kg).unwrap_or(i64::MAX))
            }
        }
    }

    /// What may still be ordered; never negative.
    pub fn left(&self, drawn: Drawn) -> Grams {
        (self.ceiling() - drawn.all()).max(Grams::ZERO)
    }

    /// The share of the ceiling that is received or promised; above 1 when overdrawn.
    pub fn share(&self, drawn: Drawn) -> f64 {
        drawn.all().as_f64() / self.ceiling().as_f64().max(1.0)
    }

    /// Where it stands on a day; `warn` is the share from which somebody must look.
    pub fn standing(&self, on: Date, drawn: Drawn, warn: f64) -> Standing {
        if on > self.to {
            Standing::Expired
        } else if on < self.from {
            Standing::NotYet
        } else if self.left(drawn) == Grams::ZERO {
            Standing::Exhausted
        } else if self.share(drawn) >= warn {
            Standing::Low
        } else {
            Standing::InForce
        }
    }

    /// Whether so much may be ordered on a day.
    ///
    /// # Errors
    /// [`ContractProblem`], with what is left.
    pub fn allows(&self, on: Date, drawn: Drawn, asked: Grams) -> Result<(), ContractProblem> {
        let left = self.left(drawn);
        if on > self.to {
            return Err(ContractProblem::Expired { ended: self.to, left });
        }
        if on < self.from {
            return Err(ContractProblem::NotYet { begins: self.from });
        }
        if asked > left { Err(ContractProblem::Overdrawn { asked, left }) } else { Ok(()) }
    }

    /// The day by which bidding for the next one must begin, so many days before the last.
    pub fn bidding_begins(&self, days_before: i64) -> Date {
        self.to.checked_sub(days_before.clamp(0, 3_650).days()).unwrap_or(self.to)
    }

    /// Days from a day to the last one; negative when it has passed.
    pub fn days_left(&self, on: Date) -> i64 {
        on.until(self.to).map_or(0, |span| i64::from(span.get_days()))
    }
}

/// The middle of some prices: of an even number, the mean of the two in the middle, rounded down.
pub fn median(prices: &[i64]) -> Option<i64> {
    let mut sorted = prices.to_vec();
    sorted.sort_unstable();
    let half = sorted.len() / 2;
    let upper = *sorted.get(half)?;
    if sorted.len() % 2 == 1 {
        return Some(upper);
    }
    let lower = *sorted.get(half - 1)?;
    Some(lower + (upper - lower) / 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn terms(ceiling: Ceiling) -> Terms {
        Terms { from: date(2026, 1, 1), to: date(2026, 12, 31), ceiling, price: Price::PerKg { dong: 6_000 } }
    }

    fn drawn(kg: i64) -> Drawn {
        Drawn { received: Grams::from_kg(kg), promised: Grams::ZERO }
    }

    /// OX14: overdrawn and expired are refused with what remains.
    #[test]
    fn what_is_not_left_cannot_be_ordered() {
        let terms = terms(Ceiling::Mass(Grams::from_kg(10_000)));
        let ask = |day, taken, asked| terms.allows(day, drawn(taken), Grams::from_kg(asked));
        assert_eq!(ask(date(2026, 12, 31), 8_000, 2_000), Ok(()));
        let over = ask(date(2026, 6, 1), 8_000, 2_001).unwrap_err();
        assert_eq!((over.code(), over.facts()[1].1.as_str()), ("SUP-022", "2.000 kg"));
        assert_eq!(ask(date(2027, 1, 1), 0, 1).unwrap_err().code(), "SUP-020");
        assert_eq!(ask(date(2025, 12, 31), 0, 1).unwrap_err().code(), "SUP-021");
        let promised = Drawn { received: Grams::from_kg(5_000), promised: Grams::from_kg(4_500) };
        assert_eq!(terms.left(promised), Grams::from_kg(500), "what is promised counts");
        assert_eq!(terms.standing(date(2026, 6, 1), drawn(7_999), 0.8), Standing::InForce);
        assert_eq!(terms.standing(date(2026, 6, 1), drawn(8_000), 0.8), Standing::Low);
        assert_eq!(terms.standing(date(2026, 6, 1), drawn(10_001), 0.8), Standing::Exhausted);
        assert_eq!(terms.bidding_begins(90), date(2026, 10, 2));
        assert_eq!(terms.days_left(date(2026, 11, 22)), 39);
    }

    /// A cylinder of 40 L holds 7.86 kg: 55,000 đồng a filling are 7,000 đồng a kilogram.
    #[test]
    fn a_price_by_the_cylinder_becomes_one_by_the_kilogram() {
        let price = Price::PerCylinder { dong: 55_000, size: VesselSpec::LITRES_40 };
        assert!((6_950..=7_050).contains(&price.per_kg()), "{}", price.per_kg());
        assert!(price.is_computed() && !Price::PerKg { dong: 1 }.is_computed());
        assert_eq!(dong_for(Grams(1_500), 6_001), 9_002);
    }

    #[test]
    fn the_median_of_prices_is_between_them() {
        assert_eq!(median(&[]), None);
        assert_eq!(median(&[7, 5, 6]), Some(6));
        assert_eq!(median(&[5, 8]), Some(6));
    }

    proptest! {
        #[test]
        fn what_is_allowed_never_exceeds_the_ceiling(
            money in any::<bool>(), most in 1_i64..10_000_000_000, taken in 0_i64..10_000_000_000, asked in 0_i64..10_000_000_000,
        ) {
            let ceiling = if money { Ceiling::Money(most) } else { Ceiling::Mass(Grams(most)) };
            let terms = terms(ceiling);
            let drawn = Drawn { received: Grams(taken / 2), promised: Grams(taken - taken / 2) };
            let allowed = terms.allows(date(2026, 6, 1), drawn, Grams(asked)).is_ok();
            if allowed && asked > 0 {
                prop_assert!(taken + asked <= terms.ceiling().0);
                if money {
                    prop_assert!(dong_for(Grams(taken + asked), 6_000) <= most);
                }
            }
            prop_assert_eq!(allowed, Grams(asked) <= terms.left(drawn));
        }

        #[test]
        fn a_median_has_as_many_below_as_above(prices in prop::collection::vec(0_i64..1_000_000, 1..40)) {
            let middle = median(&prices).unwrap();
            let below = prices.iter().filter(|price| **price < middle).count();
            let above = prices.iter().filter(|price| **price > middle).count();
            prop_assert!(below <= prices.len() / 2 && above <= prices.len() / 2);
        }
    }
}
