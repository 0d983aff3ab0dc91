//! A facility: a body that treats patients, with its tier and beds. Its state of readiness is
//! `protocol::Readiness`, kept beside it by the registers.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Body, BodyError};
use crate::FacilityId;

/// Whether a facility takes patients (TR03).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Opening {
    /// Set up, not yet in use.
    Ready,
    /// Takes patients.
    #[default]
    Open,
    /// Closed.
    Closed,
}

/// Beds, counted. A count that nobody has given is `None`, never zero.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
pub struct Beds {
    /// Planned by decision.
    pub planned: Option<u32>,
    /// Open today.
    pub open: Option<u32>,
    /// Open beds with oxygen at the bed.
    pub oxygen: Option<u32>,
    /// Open intensive-care beds.
    pub icu: Option<u32>,
}

impl Beds {
    /// Whether the counts fit each other: oxygen and intensive-care beds are among the open ones.
    /// More open than planned is a fact of epidemics and is no fault.
    ///
    /// # Errors
    /// [`BodyError::BedsDoNotFit`] with the two counts.
    pub fn check(self) -> Result<Self, BodyError> {
        let Some(open) = self.open else { return Ok(self) };
        match [self.oxygen, self.icu].into_iter().flatten().find(|part| *part > open) {
            Some(part) => Err(BodyError::BedsDoNotFit { part, open }),
            None => Ok(self),
        }
    }
}

/// A facility as it stands during a stretch of days.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Facility {
    /// The same bytes as the body's.
    pub id: FacilityId,
    /// The body that it is.
    pub body: Body,
    /// Tier of treatment (tầng); how many tiers there are is data of the province.
    pub tier: Option<u8>,
    /// Ready, open, closed.
    pub opening: Opening,
    /// Beds.
    pub beds: Beds,
    /// First day of these figures.
    pub valid_from: Date,
}

impl Facility {
    /// A facility out of a body that treats patients, beds unknown.
    ///
    /// # Errors
    /// [`BodyError::TreatsNoPatients`] for a committee, a supplier and so on.
    pub fn new(body: Body) -> Result<Self, BodyError> {
        if !body.kind.treats_patients() {
            return Err(BodyError::TreatsNoPatients { name: body.name });
        }
        Ok(Self {
            id: FacilityId::of_body(body.id),
            valid_from: body.valid_from,
            tier: None,
            opening: Opening::default(),
            beds: Beds::default(),
            body,
        })
    }
}
