//! Who reports by courtesy (design rule 8): private, military, police, central and other branches' facilities
//! are asked, never ordered; never marked late; may be hidden; may say one figure for a group of them.

use place::FacilityId;
use place::body::{Body, BodyLevel, Ownership, WhyAsk};
use quantity::{Grams, Id, Moment};
use serde::{Deserialize, Serialize};

use crate::record::Record;

/// Why a facility can only be asked; none for a unit of the department.
///
/// By whose it is and how high it stands, not by its place in the tree: a public hospital whose superior
/// nobody has entered is still the province's.
pub fn by_courtesy(body: &Body) -> Option<WhyAsk> {
    match body.ownership {
        Ownership::Private => Some(WhyAsk::Private),
        Ownership::Military => Some(WhyAsk::Military),
        Ownership::Police => Some(WhyAsk::Police),
        Ownership::OtherBranch => Some(WhyAsk::OtherBranch),
        Ownership::Public => (body.level == BodyLevel::Central).then_some(WhyAsk::Central),
    }
}

/// Groups that may be spoken for as one, by stable name.
pub const GROUPS: [(&str, WhyAsk); 5] = [
    ("private", WhyAsk::Private),
    ("military", WhyAsk::Military),
    ("police", WhyAsk::Police),
    ("other_branch", WhyAsk::OtherBranch),
    ("central", WhyAsk::Central),
];

/// The stable name of a group.
pub fn group_code(why: WhyAsk) -> &'static str {
    GROUPS.iter().find(|(_, known)| *known == why).map_or("other", |(code, _)| code)
}

/// Whether a facility's name and figures are kept from whoever only watches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mask {
    /// Which.
    pub facility: FacilityId,
    /// Whether it is hidden.
    pub hidden: bool,
    /// Who asked for it, and why.
    pub reason: String,
}

impl Record for Mask {
    const KIND: &'static str = "facility_mask";

    fn owner(&self) -> Option<Id> {
        Some(self.facility.0)
    }

    fn code(&self) -> Option<String> {
        Some(self.facility.to_string())
    }

    fn is_open(&self) -> bool {
        self.hidden
    }
}

/// One figure for a group, as somebody said it on the telephone. It stands beside the list and in no sum:
/// some of the group may also have reported for themselves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupFigure {
    /// Stable name of the group ([`GROUPS`]).
    pub group: String,
    /// For how many facilities it was said.
    pub facilities: u32,
    /// Patients on oxygen; none where it was not said.
    pub patients: Option<u32>,
    /// Oxygen in stock; none where it was not said.
    pub stock: Option<Grams>,
    /// The stock in the words used.
    pub stock_typed: Option<String>,
    /// Who said it.
    pub told_by: String,
    /// His number.
    pub phone: String,
    /// When it was so.
    pub at: Moment,
}

impl Record for GroupFigure {
    const KIND: &'static str = "group_figure";

    fn code(&self) -> Option<String> {
        Some(self.group.clone())
    }
}
