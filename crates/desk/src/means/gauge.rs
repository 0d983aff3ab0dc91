//! A tank's chart from a day on. The charts before it stay: what was read by them keeps its weight.

use jiff::civil::Date;
use oxygen::{GaugeChart, StoreId};
use place::FacilityId;
use quantity::Id;
use serde::{Deserialize, Serialize};

use crate::record::Record;

/// The chart of a store from a day on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GaugeChange {
    /// Whose store.
    pub facility: FacilityId,
    /// Which.
    pub store: StoreId,
    /// First day on which the gauge is read by this chart.
    pub valid_from: Date,
    /// The chart.
    pub chart: GaugeChart,
    /// Where it stands: the maker's table, a calibration.
    pub source: String,
}

impl Record for GaugeChange {
    const KIND: &'static str = "gauge_chart";

    fn owner(&self) -> Option<Id> {
        Some(self.store.0)
    }
}
