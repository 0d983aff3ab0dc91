//! Put a treatment site into the set-up plan (OX06).

use jiff::civil::Date;
use place::FacilityId;
use serde::Serialize;

use crate::failure::Outcome;
use crate::means::{Site, SiteState, SiteStep};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::RecordId;
use crate::rights::Capability;

/// A site of the plan.
#[derive(Debug, Clone, Serialize)]
pub struct PlanSite {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Its name.
    pub name: String,
    /// The facility that it is, or that runs it.
    pub facility: Option<FacilityId>,
    /// Tier of treatment.
    pub tier: Option<u32>,
    /// Beds: all, with oxygen, intensive care.
    pub beds: (u32, Option<u32>, Option<u32>),
    /// The decision that the plan rests on.
    pub basis: Option<String>,
    /// The day on which it is to open.
    pub planned_on: Date,
}

impl Operation for PlanSite {
    type Done = RecordId<Site>;
    const NAME: &'static str = "plan_site";
    const NEEDS: Capability = Capability::KeepInstallations;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<RecordId<Site>> {
        match self.facility {
            Some(facility) => drop(desk.facility(facility)?),
            None => desk.whole_province()?,
        }
        let (beds, oxygen_beds, icu_beds) = self.beds;
        let first = SiteStep { state: SiteState::Planned, on: desk.now().date(), reason: None };
        let site = Site {
            name: self.name,
            facility: self.facility,
            tier: self.tier,
            beds,
            oxygen_beds,
            icu_beds,
            basis: self.basis,
            planned_on: self.planned_on,
            steps: vec![first],
        };
        let site = site.check()?;
        let id = desk.open_record(&site)?;
        desk.about(id.0);
        desk.mention("beds", site.beds);
        Ok(id)
    }
}
