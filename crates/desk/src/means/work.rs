//! A work of the upgrade plan (OX05).

use jiff::civil::Date;
use place::FacilityId;
use quantity::{Id, Moment, Span, Typed};
use serde::{Deserialize, Serialize};

use super::Refused;
use super::link::check_flow;
use super::refused::{needed, optional, within};
use crate::failure::Outcome;
use crate::record::Record;

/// One work: what is built or renewed, for how much, until when, and what it changes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Work {
    /// Where.
    pub facility: FacilityId,
    /// What.
    pub item: String,
    /// Cost in đồng; `None` is «chưa rõ».
    #[serde(default)]
    pub cost: Option<i64>,
    /// Who pays.
    #[serde(default)]
    pub funding: Option<String>,
    /// Last day.
    pub due: Date,
    /// How much is done, per cent.
    pub percent: u32,
    /// The day of that figure.
    pub percent_on: Date,
    /// Flow before.
    #[serde(default)]
    pub before: Option<Typed>,
    /// Flow after.
    #[serde(default)]
    pub after: Option<Typed>,
    /// Why it is dropped; `None` while it stands.
    #[serde(default)]
    pub dropped: Option<String>,
}

impl Record for Work {
    const KIND: &'static str = "improvement_work";

    fn owner(&self) -> Option<Id> {
        Some(self.facility.0)
    }

    /// At the end of its last day.
    fn due_at(&self) -> Option<Moment> {
        Some(Moment::start_of(self.due) + Span::days(1))
    }

    fn is_open(&self) -> bool {
        self.dropped.is_none() && self.percent < 100
    }
}

impl Work {
    /// The same, tidied, when it can be true.
    pub(crate) fn check(self) -> Outcome<Self> {
        within(Some(self.percent), Some(100))?;
        if let Some(cost) = self.cost.filter(|cost| !(0..=100_000_000_000_000).contains(cost)) {
            return Err(Refused::NotBelievable { text: cost.to_string() }.failure());
        }
        for flow in [&self.before, &self.after].into_iter().flatten() {
            check_flow(flow)?;
        }
        let (funding, dropped) = (optional(self.funding), optional(self.dropped));
        Ok(Self { item: needed(&self.item)?, funding, dropped, ..self })
    }
}
