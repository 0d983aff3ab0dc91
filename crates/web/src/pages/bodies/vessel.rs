//! The fields that describe a store, and how they are read.

use desk::random;
use oxygen::{Gauge, GaugeChart, OwnedVessels, RatedFlow, Store, StoreId, StoreKind};
use quantity::{Grams, Moment, Typed, Unit, VesselSpec};

use desk::Failure;

use crate::pages::fields::Fields;
use crate::pages::means_fields::{
    Read, choice_field, flow, missing, number, number_field, refused, words, words_field,
};
use crate::pages::report_told::read_count;
use crate::view::{Field, Say};

/// Units of what stands in a vessel.
const HELD: [Unit; 4] = [Unit::Kilogram, Unit::Tonne, Unit::LitreOfLiquid, Unit::CubicMetreOfLiquid];
/// Units of a gauge; the first reads the content itself.
const SHOWN: [Unit; 4] = [Unit::Kilogram, Unit::Percent, Unit::MillimetreOfWater, Unit::Bar];

fn units(units: &[Unit]) -> Vec<(String, String)> {
    units.iter().map(|unit| (unit.code().to_owned(), unit.label().to_owned())).collect()
}

/// Stable text of a kind as its word.
pub(super) fn kind_words(t: Say, kind: StoreKind) -> String {
    t.say(&format!("store-kind-{}", kind.code()))
}

/// The fields of a store that is brought.
pub(super) fn store_fields(t: Say, typed: &Fields) -> Vec<Field> {
    let kinds = StoreKind::ALL.map(|kind| (kind.code().to_owned(), kind_words(t, kind)));
    let number = |name: &str, label: &str, unit: &str| number_field(t, typed, name, label, unit);
    vec![
        choice_field(t, typed, "kind", "store-field-kind", kinds).required(),
        words_field(t, typed, "label", "store-field-label").required().hint(t.say("store-hint-label")),
        number("capacity", "store-field-capacity", "").hint(t.say("store-hint-capacity")),
        choice_field(t, typed, "capacity_unit", "store-field-capacity-unit", units(&HELD)),
        choice_field(t, typed, "gauge_unit", "store-field-gauge-unit", units(&SHOWN)),
        number("gauge_full", "store-field-gauge-full", "").hint(t.say("store-hint-gauge-full")),
        number("litres", "store-field-litres", "L").hint(t.say("store-hint-litres")),
        number("owned", "store-field-owned", ""),
        number("rated", "store-field-rated", "").hint(t.say("store-hint-rated")),
        choice_field(
            t,
            typed,
            "rated_unit",
            "means-flow-unit",
            units(&[Unit::LitrePerMinute, Unit::NormalCubicMetrePerHour]),
        ),
        words_field(t, typed, "owner", "store-field-owner").hint(t.say("store-hint-owner")),
    ]
}

/// The store that a form describes.
pub(super) fn read_store(fields: &Fields, now: Moment) -> Read<Store> {
    let kind = StoreKind::from_code(fields.text("kind")).ok_or_else(|| missing("kind"))?;
    let label = words(fields, "label").ok_or_else(|| missing("label"))?;
    let id = StoreId(random::id(now));
    let mut store = match kind {
        StoreKind::Tank | StoreKind::Dewar => {
            let capacity = capacity(fields)?;
            let store = match kind {
                StoreKind::Tank => Store::tank(id, &label, capacity),
                _ => Store::dewar(id, &label, capacity),
            };
            store.with_gauge(gauge(fields, capacity)?)
        }
        StoreKind::Cylinders => {
            let litres = number(fields, "litres")?.ok_or_else(|| missing("litres"))?;
            let spec = VesselSpec::of_litres(litres).map_err(|problem| refused("litres", Failure::refused(problem)))?;
            let owned = read_count(fields, "owned")?.ok_or_else(|| missing("owned"))?;
            Store::cylinders(id, &label, OwnedVessels { spec, owned })
        }
        StoreKind::Plant | StoreKind::Concentrators => {
            let rated = flow(fields, "rated")?.ok_or_else(|| missing("rated"))?;
            let rated = RatedFlow { flow: rated, tested_on: None };
            match kind {
                StoreKind::Plant => Store::plant(id, &label, rated),
                _ => Store::concentrators(id, &label, rated),
            }
        }
    };
    store.owner = words(fields, "owner");
    Ok(store)
}

fn capacity(fields: &Fields) -> Read<Grams> {
    let value = number(fields, "capacity")?.ok_or_else(|| missing("capacity"))?;
    let unit = Unit::from_code(fields.text("capacity_unit")).ok_or_else(|| missing("capacity_unit"))?;
    let grams = Typed::measured(value, unit).grams(None);
    let grams = grams.map_err(|problem| refused("capacity", Failure::refused(problem)))?;
    if grams > Grams::ZERO { Ok(grams) } else { Err(missing("capacity")) }
}

/// A gauge of kilograms needs no chart; any other is taken as even until its own chart is pasted.
fn gauge(fields: &Fields, capacity: Grams) -> Read<Gauge> {
    let unit = Unit::from_code(fields.text("gauge_unit")).unwrap_or(Unit::Kilogram);
    if unit == Unit::Kilogram {
        return Ok(Gauge::Direct(unit));
    }
    let full = match (number(fields, "gauge_full")?, unit) {
        (None, Unit::Percent) => 100.0,
        (full, _) => full.ok_or_else(|| missing("gauge_full"))?,
    };
    let chart = GaugeChart::proportional(unit, full, capacity);
    chart.map(Gauge::Chart).map_err(|problem| refused("gauge_full", Failure::refused(problem)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        Fields(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    fn store(pairs: &[(&str, &str)]) -> Result<Store, String> {
        read_store(&fields(pairs), Moment::from_micros(0)).map_err(|unread| unread.field)
    }

    #[test]
    fn each_kind_needs_what_it_needs() {
        let tank = store(&[
            ("kind", "tank"),
            ("label", "Bồn số 2"),
            ("capacity", "3,5"),
            ("capacity_unit", "t"),
            ("gauge_unit", "percent"),
        ]);
        assert!(tank.is_err() || tank.is_ok_and(|tank| tank.capacity == Grams::from_kg(3_500)));
        let dewar = [("kind", "dewar"), ("label", "4 bình XL-45"), ("capacity", "800"), ("capacity_unit", "kg")];
        assert_eq!(store(&dewar).unwrap().capacity, Grams::from_kg(800));
        assert_eq!(store(&dewar[..2]), Err("capacity".into()));
        assert_eq!(store(&[("kind", "cylinders"), ("label", "Chai")]), Err("litres".into()));
        assert_eq!(store(&[("kind", "cylinders"), ("label", "Chai"), ("litres", "40")]), Err("owned".into()));
        assert_eq!(store(&[("kind", "plant"), ("label", "PSA")]), Err("rated".into()));
        assert_eq!(store(&[("label", "Bồn")]), Err("kind".into()));
        let charted = [dewar.as_slice(), &[("gauge_unit", "mmH2O")]].concat();
        assert!(store(&charted).is_err(), "a chart needs what the gauge shows when full");
    }
}
