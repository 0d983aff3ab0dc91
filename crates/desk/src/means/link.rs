//! A part of the chain from the power line to the bed (OX04, OX10).

use jiff::civil::Date;
use oxygen::chain::{Part, Rated};
use place::FacilityId;
use quantity::{Id, Typed};
use serde::{Deserialize, Serialize};

use super::Refused;
use super::refused::{believable, has_come, needed, optional, within};
use crate::failure::Outcome;
use crate::record::Record;

/// The most litres a minute that any part of a hospital carries, with room above London's pipe of 3,000.
const MOST_FLOW: f64 = 100_000.0;

/// A part of a facility's chain as it is written down.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Link {
    /// Whose.
    pub facility: FacilityId,
    /// As people there call it.
    pub name: String,
    /// What it is and carries.
    pub part: Part,
    /// Who said so, or on which paper it stands.
    #[serde(default)]
    pub told_by: Option<String>,
    /// Why it is no more; `None` while it is there.
    #[serde(default)]
    pub gone: Option<String>,
}

impl Record for Link {
    const KIND: &'static str = "chain_link";

    fn owner(&self) -> Option<Id> {
        Some(self.facility.0)
    }

    fn is_open(&self) -> bool {
        self.gone.is_none()
    }
}

impl Link {
    /// The same, tidied, when it can be true.
    pub(crate) fn check(self, today: Date) -> Outcome<Self> {
        match &self.part {
            Part::Power(power) => {
                believable(power.generator_kva, 20_000.0)?;
                believable(power.diesel_litres, 200_000.0)?;
                believable(power.litres_per_hour, 5_000.0)?;
                power.checked_on.map_or(Ok(()), |on| has_come(on, today))?;
            }
            Part::Manifold(rated) => check_rated(rated, today)?,
            Part::Vaporiser(vaporiser) => {
                within(Some(vaporiser.count), Some(100))?;
                if vaporiser.count == 0 {
                    return Err(Refused::Missing.failure());
                }
                check_rated(&vaporiser.each, today)?;
            }
            Part::Pipe(pipe) => {
                believable(pipe.diameter_mm, 500.0)?;
                check_rated(&pipe.flow, today)?;
            }
            Part::Outlets(outlets) => {
                within(outlets.working, Some(outlets.installed))?;
                within(Some(outlets.installed), Some(5_000))?;
                check_rated(&outlets.flow, today)?;
            }
        }
        Ok(Self { name: needed(&self.name)?, told_by: optional(self.told_by), ..self })
    }
}

fn check_rated(rated: &Rated, today: Date) -> Outcome<()> {
    let flows = [rated.nameplate.as_ref(), rated.tested.as_ref().map(|tested| &tested.flow)];
    for flow in flows.into_iter().flatten() {
        check_flow(flow)?;
    }
    rated.tested.as_ref().map_or(Ok(()), |tested| has_come(tested.on, today))
}

/// That a figure is a flow that a hospital may have.
pub(crate) fn check_flow(flow: &Typed) -> Outcome<()> {
    if !flow.unit.is_flow() {
        return Err(Refused::NotAFlow { text: flow.text.clone() }.failure());
    }
    believable(Some(flow.value), MOST_FLOW)
}
