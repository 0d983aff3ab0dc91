//! What is wrong with a plan, and where.

use std::fmt;

use oxygen::dispatch::{ContractNo, SiteNo, SourceNo, VehicleNo};
use quantity::{Coded, Grams, show_number};

use super::rule::Rule;

/// A rule that a plan breaks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
    /// Which rule.
    pub rule: Rule,
    /// The trip: its place in [`oxygen::dispatch::Plan::trips`].
    pub trip: Option<usize>,
    /// The stop: its place in the trip.
    pub stop: Option<usize>,
    /// The vehicle concerned.
    pub vehicle: Option<VehicleNo>,
    /// The source concerned.
    pub source: Option<SourceNo>,
    /// The site concerned.
    pub site: Option<SiteNo>,
    /// The contract concerned.
    pub contract: Option<ContractNo>,
    /// The decision concerned: its place in [`oxygen::dispatch::Problem::pins`].
    pub pin: Option<usize>,
    /// What the sentence says of it: names, the figure found, the figure allowed.
    pub(super) facts: Vec<(&'static str, String)>,
}

impl Fault {
    pub(super) fn of(rule: Rule) -> Self {
        Self {
            rule,
            trip: None,
            stop: None,
            vehicle: None,
            source: None,
            site: None,
            contract: None,
            pin: None,
            facts: Vec::new(),
        }
    }

    /// With another fact; one that is there already stays.
    pub(super) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        if !self.facts.iter().any(|(known, _)| *known == name) {
            self.facts.push((name, value.into()));
        }
        self
    }

    /// The figure that was found, and the one that is allowed.
    pub(super) fn against(self, found: impl Into<String>, allowed: impl Into<String>) -> Self {
        self.with("found", found).with("allowed", allowed)
    }

    /// The same for amounts: to the gram where the shown figures would be alike.
    pub(super) fn grams(self, found: Grams, allowed: Grams) -> Self {
        let (one, other) = (found.to_string(), allowed.to_string());
        if one != other {
            return self.against(one, other);
        }
        let exact = |grams: Grams| format!("{} g", show_number(grams.as_f64(), 0));
        self.against(exact(found), exact(allowed))
    }
}

impl fmt::Display for Fault {
    /// `PLN-119: two trips at once (trip 3)`: no names.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.rule.code(), self.rule.says())?;
        match (self.trip, self.stop) {
            (Some(trip), Some(stop)) => write!(f, " (trip {}, stop {})", trip + 1, stop + 1),
            (Some(trip), None) => write!(f, " (trip {})", trip + 1),
            _ => Ok(()),
        }
    }
}

impl std::error::Error for Fault {}

impl Coded for Fault {
    fn code(&self) -> &'static str {
        self.rule.code()
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        self.facts.clone()
    }
}
