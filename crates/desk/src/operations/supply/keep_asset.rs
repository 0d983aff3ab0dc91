//! Register a machine that was given or lent to a facility, or change what is known of it (OX17).

use quantity::{Grams, Unit};
use serde::Serialize;

use super::{needed, read_amount};
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::RecordId;
use crate::rights::Capability;
use crate::supply::Asset;

/// A machine as it is from now on. Its letters and decisions are kept by their own operations.
#[derive(Debug, Clone, Serialize)]
pub struct KeepAsset {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which; none for a new one.
    pub id: Option<RecordId<Asset>>,
    /// What is known of it.
    pub asset: Asset,
    /// What it delivers, as typed; empty when nobody knows.
    pub flow: String,
    /// The unit beside it.
    pub unit: Option<Unit>,
}

impl Operation for KeepAsset {
    type Done = RecordId<Asset>;
    const NAME: &'static str = "keep_asset";
    const NEEDS: Capability = Capability::KeepSupply;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<RecordId<Asset>> {
        let facility = desk.facility(self.asset.facility)?;
        let settings = desk.registry().settings(&facility, desk.now().date())?;
        let mut asset = Asset {
            name: needed(&self.asset.name, "name")?,
            giver: needed(&self.asset.giver, "giver")?,
            decider: needed(&self.asset.decider, "decider")?,
            letters: Vec::new(),
            decisions: Vec::new(),
            flow: None,
            makes: None,
            ..self.asset
        };
        if !self.flow.trim().is_empty() {
            let typed = read_amount(&self.flow, self.unit)?;
            // A machine of its kind makes air of 93 % oxygen, unless somebody says otherwise.
            let typed = typed.of_purity(quantity::Purity::PLANT_93);
            let rate =
                typed.rate(settings.assumed).map_err(|problem| Failure::refused(super::Refused::Figure(problem)))?;
            asset.makes = Some(Grams::from_f64(rate.0));
            asset.flow = Some(typed);
        }
        let before = self.id.map(|id| desk.record(id)).transpose()?;
        if let Some(before) = &before {
            desk.facility(before.content.facility)?;
            asset.letters.clone_from(&before.content.letters);
            asset.decisions.clone_from(&before.content.decisions);
            // Where it is connected, and that it has left, is said elsewhere than on its form.
            asset.store = asset.store.or(before.content.store);
            asset.gone |= before.content.gone;
        }
        let id = desk.keep_record(before.as_ref(), &asset)?;
        desk.about(id.0);
        Ok(id)
    }
}
