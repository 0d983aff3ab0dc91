//! What is told of a chain: its links, the flow that reaches beds, the need, what is left without the grid.

use jiff::civil::Date;
use quantity::Moment;

use super::{Evidence, LinkKind, PartFlow};

/// One link: what all its parts carry together.
#[derive(Clone, PartialEq, Debug)]
pub struct Stage {
    /// Which.
    pub kind: LinkKind,
    /// What can be counted on, litres a minute.
    pub low: f64,
    /// The most; `None` is not known to be limited.
    pub high: Option<f64>,
    /// How its least sure part is known.
    pub evidence: Evidence,
    /// The oldest test of its parts.
    pub on: Option<Date>,
    /// Its parts.
    pub parts: Vec<PartFlow>,
}

impl Stage {
    pub(super) fn of(kind: LinkKind, parts: Vec<PartFlow>) -> Self {
        let evidence = parts.iter().map(|part| part.evidence).max().unwrap_or(Evidence::Unknown);
        let high = parts.iter().try_fold(0.0, |sum, part| Some(sum + part.high?)).filter(|_| !parts.is_empty());
        Self {
            kind,
            low: parts.iter().map(|part| part.low).sum(),
            high,
            evidence,
            on: parts.iter().filter_map(|part| part.on).min(),
            parts,
        }
    }

    /// Whether nobody knows what it carries.
    pub const fn is_unknown(&self) -> bool {
        self.high.is_none()
    }
}

/// A flow that reaches beds, litres a minute.
#[derive(Clone, PartialEq, Debug)]
pub struct Flows {
    /// What can be counted on; zero while a link is unknown.
    pub low: f64,
    /// The most; `None` while no link is known.
    pub high: Option<f64>,
    /// The weakest of the known links.
    pub weakest: Option<LinkKind>,
    /// Links of which nobody knows what they carry.
    pub unknown: Vec<LinkKind>,
}

/// Peak need of the patients of now, litres a minute.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Need {
    /// Lower end of the norms.
    pub low: f64,
    /// Best estimate.
    pub mid: f64,
    /// Upper end: the peak that the chain must carry.
    pub high: f64,
    /// When the patients were counted.
    pub at: Moment,
}

/// Whether the chain carries its patients.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Verdict {
    /// The peak is more than the chain can be counted on for.
    Short,
    /// It is near to it.
    Tight,
    /// A link or the patients are not known.
    Unknown,
    /// The chain carries the peak.
    Enough,
}

/// What is left when the grid fails.
#[derive(Clone, PartialEq, Debug)]
pub struct NoGrid {
    /// What flows at once: plants and concentrators only where a generator is known to carry them.
    pub at_once: Flows,
    /// How long the diesel lasts; `None` is «chưa rõ», or there is no generator for it.
    pub diesel_hours: Option<f64>,
    /// What flows when the diesel is gone: tanks and cylinders need no power.
    pub after: Flows,
    /// Whether something of the installation needs power.
    pub needs_power: bool,
}

/// Peak need and the flow that it is held against, litres a minute.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Peak {
    /// What the patients take at the upper end of the norms.
    pub needed: f64,
    /// What can be counted on.
    pub deliverable: f64,
}

impl Flows {
    /// A need held against what can be counted on; while a link is unknown only a need above the
    /// weakest known link says anything for certain.
    pub(super) fn against(&self, needed: f64) -> Option<Peak> {
        let deliverable = if self.unknown.is_empty() { self.low } else { self.high.filter(|high| needed > *high)? };
        (needed > 0.0).then_some(Peak { needed, deliverable })
    }
}
