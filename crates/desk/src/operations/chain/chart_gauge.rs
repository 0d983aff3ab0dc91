//! Give a store's gauge another chart from a day on. What was read before keeps its weight.

use jiff::civil::Date;
use oxygen::{GaugeChart, StoreId, StoreKind};
use place::FacilityId;
use serde::Serialize;

use crate::failure::Outcome;
use crate::means::refused::{has_come, needed};
use crate::means::{GaugeChange, Refused};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::RecordId;
use crate::rights::Capability;

/// How far a chart may end above what its tank is said to hold: makers count the room for gas otherwise.
const ABOVE: f64 = 0.1;

/// The chart of a gauge from a day on.
#[derive(Debug, Clone, Serialize)]
pub struct ChartGauge {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Whose store.
    pub facility: FacilityId,
    /// Which.
    pub store: StoreId,
    /// First day on which the gauge is read by it.
    pub valid_from: Date,
    /// The chart.
    pub chart: GaugeChart,
    /// Where it stands.
    pub source: String,
}

impl Operation for ChartGauge {
    type Done = RecordId<GaugeChange>;
    const NAME: &'static str = "chart_gauge";
    const NEEDS: Capability = Capability::KeepInstallations;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<RecordId<GaugeChange>> {
        let facility = desk.facility(self.facility)?;
        let store = facility
            .stores_on(desk.now().date())
            .find(|store| store.id == self.store && matches!(store.kind, StoreKind::Tank | StoreKind::Dewar))
            .ok_or_else(|| Refused::NoGauge.failure())?;
        has_come(self.valid_from, desk.now().date())?;
        let end = self.chart.points().last().map_or(store.capacity, |(_, grams)| *grams);
        if end > store.capacity + store.capacity.share(ABOVE) {
            let (end, capacity) = (end.to_string(), store.capacity.to_string());
            return Err(Refused::ChartAboveTank { end, capacity }.failure());
        }
        let change = GaugeChange {
            facility: facility.id,
            store: self.store,
            valid_from: self.valid_from,
            chart: self.chart,
            source: needed(&self.source)?,
        };
        let id = desk.open_record(&change)?;
        desk.about(id.0);
        desk.mention("facility", facility.code.as_str());
        desk.mention("store", self.store.to_string());
        desk.registers_changed();
        Ok(id)
    }
}
