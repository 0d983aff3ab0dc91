//! Who may order whom: a body orders its own units and asks all others.

use jiff::civil::Date;
use serde::Serialize;

use super::{Body, BodyError, BodyLevel, Directory, Ownership};
use crate::BodyId;

/// How one body may address another on a day.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize)]
pub enum Authority {
    /// The other is its own unit: chỉ đạo, yêu cầu.
    Orders,
    /// The other answers by courtesy: đề nghị, phối hợp. It is never marked late and may be masked.
    Asks(WhyAsk),
}

/// Why a body can only ask.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize)]
pub enum WhyAsk {
    /// A private body.
    Private,
    /// A body of the army.
    Military,
    /// A body of the police.
    Police,
    /// A body of another branch.
    OtherBranch,
    /// A body of the centre.
    Central,
    /// A body of another province.
    OtherProvince,
    /// A body that it is itself a unit of: it reports and proposes.
    Superior,
    /// A body beside it, or under another.
    NotItsUnit,
}

impl Authority {
    /// The two verbs of a letter.
    pub const fn verbs(self) -> [&'static str; 2] {
        match self {
            Self::Orders => ["chỉ đạo", "yêu cầu"],
            Self::Asks(_) => ["đề nghị", "phối hợp"],
        }
    }

    /// Whether an answer can be late: only what was ordered can.
    pub const fn may_be_late(self) -> bool {
        matches!(self, Self::Orders)
    }
}

impl Directory<'_> {
    /// How `from` may address `to` on a day.
    ///
    /// It orders when `to` is a unit of it, through bodies of one ownership and one province; a
    /// superior of the nation (a ministry over its own hospitals) is not bound to one province.
    ///
    /// # Errors
    /// [`BodyError::NotOnThatDay`] when either does not exist on the day.
    pub fn authority(&self, from: BodyId, to: BodyId, day: Date) -> Result<Authority, BodyError> {
        let (from, to) = (self.body_on(from, day)?, self.body_on(to, day)?);
        let chain = self.superiors(to.id, day);
        let own = from.id != to.id
            && chain.iter().position(|body| body.id == from.id).is_some_and(|end| {
                chain[..end].iter().all(|unit| {
                    unit.ownership == from.ownership && (unit.province == from.province || from.province.is_nation())
                })
            });
        if own {
            return Ok(Authority::Orders);
        }
        let superior = self.superiors(from.id, day).iter().skip(1).any(|body| body.id == to.id);
        Ok(Authority::Asks(why_ask(from, to, superior)))
    }
}

fn why_ask(from: &Body, to: &Body, superior: bool) -> WhyAsk {
    match to.ownership {
        _ if superior => WhyAsk::Superior,
        Ownership::Private => WhyAsk::Private,
        Ownership::Military => WhyAsk::Military,
        Ownership::Police => WhyAsk::Police,
        Ownership::OtherBranch => WhyAsk::OtherBranch,
        Ownership::Public if to.level == BodyLevel::Central => WhyAsk::Central,
        Ownership::Public if to.province != from.province && !from.province.is_nation() => WhyAsk::OtherProvince,
        Ownership::Public => WhyAsk::NotItsUnit,
    }
}
