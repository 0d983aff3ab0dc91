//! What the registry remembers of the chain: parts by facility, charts by store. Read with the
//! registers, so that a list of 1,500 facilities asks nothing more.

use std::collections::HashMap;

use oxygen::chain::Part;
use oxygen::{Gauge, StoreId};
use place::{FacilityId, ProvinceId};
use store::Connection;

use super::{GaugeChange, Link};
use crate::failure::Outcome;
use crate::record;
use crate::registry::StoreEntry;

/// Parts with their names, by facility.
pub(crate) type Chains = HashMap<FacilityId, Vec<(String, Part)>>;

/// The parts in use of every facility of a province.
pub(crate) fn chains(connection: &mut Connection, province: ProvinceId) -> Outcome<Chains> {
    let mut chains = Chains::new();
    for kept in record::open::<Link>(connection, province)? {
        chains.entry(kept.content.facility).or_default().push((kept.content.name, kept.content.part));
    }
    Ok(chains)
}

/// The charts of every store of a province, oldest day first, the last one written of a day last.
pub(crate) fn charts(connection: &mut Connection, province: ProvinceId) -> Outcome<HashMap<StoreId, Vec<GaugeChange>>> {
    let mut charts: HashMap<StoreId, Vec<GaugeChange>> = HashMap::new();
    for kept in record::open::<GaugeChange>(connection, province)? {
        charts.entry(kept.content.store).or_default().push(kept.content);
    }
    for of_store in charts.values_mut() {
        of_store.sort_by_key(|change| change.valid_from);
    }
    Ok(charts)
}

/// A store's entry cut where its chart changed: each day finds the chart that its gauge is read by.
pub(crate) fn with_charts(entry: StoreEntry, changes: &[GaugeChange]) -> Vec<StoreEntry> {
    let mut cut = vec![entry];
    for change in changes {
        let Some(last) = cut.last_mut() else { break };
        if last.valid_to.is_some_and(|end| change.valid_from >= end) {
            continue;
        }
        let store = last.store.clone().with_gauge(Gauge::Chart(change.chart.clone()));
        if change.valid_from <= last.valid_from {
            last.store = store;
            continue;
        }
        let next = StoreEntry { store, valid_from: change.valid_from, ..last.clone() };
        last.valid_to = Some(change.valid_from);
        cut.push(next);
    }
    cut
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{Date, date};
    use oxygen::{GaugeChart, Store};
    use quantity::{Grams, Id, Unit};

    fn change(on: Date, full: f64) -> GaugeChange {
        let id = Id::from_bytes([1; 16]);
        GaugeChange {
            facility: FacilityId(id),
            store: StoreId(id),
            valid_from: on,
            chart: GaugeChart::proportional(Unit::Percent, full, Grams::from_kg(900)).unwrap(),
            source: "bảng của hãng".into(),
        }
    }

    #[test]
    fn each_day_finds_its_chart() {
        let store = Store::tank(StoreId(Id::from_bytes([1; 16])), "Bồn", Grams::from_kg(900));
        let entry = StoreEntry { store, position: 0, valid_from: date(2026, 1, 1), valid_to: Some(date(2026, 12, 1)) };
        let changes = [
            change(date(2026, 3, 1), 90.0),
            change(date(2026, 3, 1), 80.0),
            change(date(2026, 6, 1), 70.0),
            change(date(2027, 1, 1), 60.0),
        ];
        let cut = with_charts(entry, &changes);
        let full = |entry: &StoreEntry| match &entry.store.gauge {
            Gauge::Chart(chart) => chart.full_scale(),
            _ => 0.0,
        };
        let told: Vec<_> = cut.iter().map(|entry| (entry.valid_from, entry.valid_to, full(entry))).collect();
        assert_eq!(
            told,
            [
                (date(2026, 1, 1), Some(date(2026, 3, 1)), 0.0),
                (date(2026, 3, 1), Some(date(2026, 6, 1)), 80.0),
                (date(2026, 6, 1), Some(date(2026, 12, 1)), 70.0),
            ]
        );
    }
}
