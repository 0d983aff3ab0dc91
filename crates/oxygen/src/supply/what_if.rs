//! What a facility would have without one of its machines (OX17): hours left, and flow against need.

use quantity::{Grams, GramsPerHour};

/// A facility's oxygen as it stands.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Chain {
    /// Usable stock now.
    pub usable: Grams,
    /// What is taken from the stock, what machines make already off.
    pub from_stock: GramsPerHour,
    /// What all machines make now.
    pub made: GramsPerHour,
    /// What the machine in question makes of it.
    pub machine: GramsPerHour,
    /// Litres a minute that all sources deliver, when tested; none where a source was never tested.
    pub deliverable: Option<f64>,
    /// Litres a minute of it from the machine.
    pub machine_flow: f64,
    /// Litres a minute that the patients take; none where nobody counted them.
    pub needed: Option<f64>,
}

/// What is to be expected.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Expected {
    /// Hours until nothing usable is left; `None` when nothing is taken from the stock.
    pub hours: Option<f64>,
    /// Litres a minute that can be delivered.
    pub deliverable: Option<f64>,
    /// Litres a minute that are needed.
    pub needed: Option<f64>,
}

impl Expected {
    /// Whether the need is above what can be delivered; `None` where one of them is not known.
    pub fn is_short(&self) -> Option<bool> {
        Some(self.needed? > self.deliverable?)
    }
}

/// What is to be expected with or without the machine, when there are `patients` times as many patients as today.
pub fn what_if(chain: &Chain, with_machine: bool, patients: f64) -> Expected {
    let lost = if with_machine { 0.0 } else { 1.0 };
    let whole = (chain.from_stock.0 + chain.made.0) * patients.max(0.0);
    let made = (chain.made.0 - chain.machine.0 * lost).max(0.0);
    let from_stock = GramsPerHour((whole - made).max(0.0));
    Expected {
        hours: chain.usable.hours_at(from_stock),
        deliverable: chain.deliverable.map(|flow| (flow - chain.machine_flow * lost).max(0.0)),
        needed: chain.needed.map(|flow| flow * patients.max(0.0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn chain() -> Chain {
        Chain {
            usable: Grams::from_kg(400),
            from_stock: GramsPerHour(20_000.0),
            made: GramsPerHour(20_000.0),
            machine: GramsPerHour(15_000.0),
            deliverable: Some(900.0),
            machine_flow: 200.0,
            needed: Some(600.0),
        }
    }

    #[test]
    fn the_machine_buys_hours_and_flow() {
        let with = what_if(&chain(), true, 1.0);
        assert_eq!((with.hours, with.is_short()), (Some(20.0), Some(false)));
        let without = what_if(&chain(), false, 1.25);
        assert_eq!(
            (without.hours, without.deliverable, without.needed),
            (Some(400.0 / 45.0), Some(700.0), Some(750.0))
        );
        assert_eq!(without.is_short(), Some(true));
        let idle = what_if(&Chain { from_stock: GramsPerHour(0.0), ..chain() }, true, 1.0);
        assert_eq!(idle.hours, None, "the machines carry all");
    }

    proptest! {
        #[test]
        fn without_a_machine_nothing_lasts_longer(stock in 0_i64..10_000, net in 0.0_f64..90_000.0, made in 0.0_f64..90_000.0, share in 0.0_f64..1.0) {
            let chain = Chain {
                usable: Grams::from_kg(stock),
                from_stock: GramsPerHour(net),
                made: GramsPerHour(made),
                machine: GramsPerHour(made * share),
                ..chain()
            };
            let hours = |with, patients| what_if(&chain, with, patients).hours.unwrap_or(f64::INFINITY);
            prop_assert!(hours(false, 1.0) <= hours(true, 1.0));
            prop_assert!(hours(true, 1.25) <= hours(true, 1.0));
        }
    }
}
