//! What a person has decided against or beside the search: overrides with author, reason and expiry.

use quantity::Grams;
use serde::{Deserialize, Serialize};

use super::minutes::Window;
use super::numbers::{PlaceNo, SiteNo, SourceNo, VehicleNo};
use super::plan::Trip;
use super::problem::Class;

/// What was decided.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// This trip takes place as it is.
    Keep(Trip),
    /// At least so much reaches a site within a window.
    Deliver {
        /// Whom.
        site: SiteNo,
        /// From whom; none: from anybody.
        source: Option<SourceNo>,
        /// Unloading begins in it.
        when: Window,
        /// At least.
        least: Grams,
    },
    /// Nothing reaches a site within a window.
    Forbid {
        /// Whom.
        site: SiteNo,
        /// From whom; none: from nobody.
        source: Option<SourceNo>,
        /// No unloading begins in it.
        when: Window,
    },
    /// A site gets no more than this in all.
    AtMost {
        /// Whom.
        site: SiteNo,
        /// No more.
        most: Grams,
    },
    /// A site counts as of another class.
    Counts {
        /// Whom.
        site: SiteNo,
        /// As what.
        class: Class,
    },
    /// A vehicle is out of service.
    VehicleOut {
        /// Which.
        vehicle: VehicleNo,
        /// When.
        when: Window,
    },
    /// A source does not load.
    SourceOut {
        /// Which.
        source: SourceNo,
        /// When.
        when: Window,
    },
    /// So much of a source's liquid, or of its filled cylinders, is not given out.
    Reserve {
        /// Which.
        source: SourceNo,
        /// How much.
        grams: Grams,
    },
    /// A way is closed; without a second place, every way to and from the first.
    RoadClosed {
        /// From here.
        from: PlaceNo,
        /// To there.
        to: Option<PlaceNo>,
        /// When.
        when: Window,
    },
}

/// A decision with whose it is.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Pin {
    /// What was decided.
    pub decision: Decision,
    /// By whom.
    pub author: String,
    /// Why.
    pub reason: String,
}
