use jiff::civil::date;
use proptest::prelude::*;
use protocol::Readiness;
use quantity::VesselSpec;

use super::*;
use crate::settings::tests::settings_on;
use crate::store::tests::{cylinders, plant, store_id, tank};

fn settings() -> Settings {
    settings_on(date(2026, 11, 22), Readiness::Emergency)
}

fn level(value: f64, unit: Unit) -> Shown {
    Shown::Level(Typed::measured(value, unit))
}

fn read(store: &Store, shown: &Shown) -> Result<Grams, ReadingProblem> {
    store.content_of(shown, &settings())
}

#[test]
fn a_gauge_is_read_by_its_own_chart() {
    assert_eq!(read(&tank(), &level(240.0, Unit::MillimetreOfWater)), Ok(Grams::from_kg(1_500)));
    assert_eq!(read(&tank(), &level(0.0, Unit::MillimetreOfWater)), Ok(Grams::ZERO));
    // A person on the telephone says kilograms or «khối lỏng» and is understood.
    assert_eq!(read(&tank(), &level(1_500.0, Unit::Kilogram)), Ok(Grams::from_kg(1_500)));
    assert_eq!(read(&tank(), &level(2.0, Unit::CubicMetreOfLiquid)), Ok(Grams::from_kg(2_284)));
    assert_eq!(read(&tank(), &level(1_000.0, Unit::CubicMetre)), Ok(Grams::from_kg(1_327)), "assumed at 21 °C");
}

/// OX07: the commonest slip of 2021, cubic metres typed where kilograms belong.
#[test]
fn above_the_tank_is_refused() {
    let refused = read(&tank(), &level(22_400.0, Unit::Kilogram)).unwrap_err();
    let (shown, capacity) = (Grams::from_kg(22_400), Grams::from_kg(3_000));
    assert_eq!(refused, ReadingProblem::AboveCapacity { shown, capacity, unit: Unit::MillimetreOfWater });
    assert_eq!(refused.code(), "OXY-014");
    assert_eq!(refused.facts()[0], ("shown", "22,4 t".to_owned()));
    assert_eq!(read(&tank(), &level(489.0, Unit::MillimetreOfWater)), Ok(Grams(3_056_250)), "within the gauge's play");
    assert_eq!(read(&tank(), &level(500.0, Unit::MillimetreOfWater)).map_err(|refused| refused.code()), Err("OXY-014"));
}

/// «Mức bồn 480 % không thể đúng. Đồng hồ này đo bằng mmH2O, bạn có gõ nhầm không?»
#[test]
fn the_unit_that_was_meant_is_said() {
    let refused = read(&tank(), &level(480.0, Unit::Percent)).unwrap_err();
    assert_eq!(refused.code(), "OXY-017");
    assert!(refused.facts().contains(&("perhaps", "mmH2O".to_owned())));
    assert!(refused.facts().contains(&("content", "3,0 t".to_owned())));

    let refused = read(&tank(), &level(2_400.0, Unit::Tonne)).unwrap_err();
    assert!(matches!(
        refused,
        ReadingProblem::PerhapsAnotherUnit { perhaps: Unit::Kilogram | Unit::CubicMetre | Unit::LitreOfLiquid, .. }
    ));

    assert_eq!(read(&tank(), &level(60.0, Unit::Percent)).map_err(|refused| refused.code()), Err("OXY-015"));
    assert_eq!(read(&tank(), &level(60.0, Unit::Bar)).map_err(|refused| refused.code()), Err("OXY-015"));
}

/// A tank of 29.7 t that holds 22,400 m³: 22,400 typed as kilograms is below its capacity, so only
/// the last reading can tell.
#[test]
fn cubic_metres_typed_as_kilograms_are_asked_about() {
    let big = Store::tank(store_id(9), "Bồn 26 khối", Grams::from_kg(29_692));
    let before = Before {
        content: Grams::from_kg(29_500),
        moved: Grams::ZERO,
        elapsed: Span::hours(8),
        rate: Some(GramsPerHour(20_000.0)),
    };
    let look = |value| big.second_look(&level(value, Unit::Kilogram), &before, &settings());
    let refused = look(22_200.0).unwrap_err();
    assert_eq!(refused.code(), "OXY-018");
    let ReadingProblem::DoubtfulUnit { perhaps, expected, .. } = refused else { panic!("{refused}") };
    assert_eq!((perhaps, expected), (Unit::CubicMetre, Grams::from_kg(29_340)));

    assert_eq!(look(29_300.0), Ok(Grams::from_kg(29_300)), "as expected");
    assert_eq!(look(15_000.0), Ok(Grams::from_kg(15_000)), "a surprise that no unit explains may be a leak");
    // The same figure after a week of use surprises nobody.
    let week = Before { elapsed: Span::days(15), ..before };
    assert_eq!(big.second_look(&level(22_200.0, Unit::Kilogram), &week, &settings()), Ok(Grams::from_kg(22_200)));
}

#[test]
fn cylinders_are_counted_within_their_shells() {
    let count = |full, part, empty, damaged| read(&cylinders(), &Shown::Cylinders { full, part, empty, damaged });
    let one = VesselSpec::LITRES_40.full();
    assert_eq!(count(10, 0, 50, 0), Ok(one * 10));
    assert_eq!(count(10, 2, 40, 8), Ok(one * 11), "two half-used make one");
    assert_eq!(count(0, 0, 60, 0), Ok(Grams::ZERO), "empty shells hold nothing");
    let refused = count(59, 0, 0, 2).unwrap_err();
    assert_eq!(refused, ReadingProblem::MoreThanOwned { counted: 61, owned: 60 });
    assert_eq!(count(u32::MAX, u32::MAX, u32::MAX, u32::MAX).map_err(|refused| refused.code()), Err("OXY-012"));

    let nameless = Store { vessels: None, ..cylinders() };
    let shown = Shown::Cylinders { full: 1, part: 0, empty: 0, damaged: 0 };
    assert_eq!(read(&nameless, &shown), Err(ReadingProblem::NoVesselSize));
    assert_eq!(read(&cylinders(), &level(75.0, Unit::Bar)), Ok(VesselSpec::LITRES_40.content_at(75.0) * 60));
}

#[test]
fn a_store_is_read_in_its_own_manner() {
    let code = |store: &Store, shown: &Shown| read(store, shown).map_err(|refused| refused.code());
    let count = Shown::Cylinders { full: 1, part: 0, empty: 0, damaged: 0 };
    let running = Shown::Running { units: 1, flow: Typed::measured(8.0, Unit::NormalCubicMetrePerHour) };
    assert_eq!(code(&tank(), &count), Err("OXY-011"));
    assert_eq!(code(&tank(), &running), Err("OXY-011"));
    assert_eq!(code(&plant(), &level(5.0, Unit::Kilogram)), Err("OXY-011"));
    assert_eq!(code(&plant(), &running), Ok(Grams::ZERO));
    assert_eq!(code(&tank(), &level(10.0, Unit::LitrePerMinute)), Err("QTY-013"));
    assert_eq!(code(&tank(), &level(-5.0, Unit::Kilogram)), Err("OXY-010"));
    assert_eq!(code(&tank(), &level(f64::NAN, Unit::Kilogram)), Err("OXY-010"));
}

/// OX04: a plant's volume × its purity.
#[test]
fn production_is_a_flow_of_its_purity() {
    let make = |units, value| {
        let flow = Typed::measured(value, Unit::NormalCubicMetrePerHour);
        plant().production_of(&Shown::Running { units, flow }, &settings())
    };
    assert!((make(2, 8.0).unwrap().0 - 2.0 * 8.0 * 1_428.0 * 0.93).abs() < 1e-6);
    assert_eq!(make(0, 8.0), Ok(GramsPerHour::ZERO));
    assert_eq!(make(1, 12.0).map_err(|refused| refused.code()), Err("OXY-019"));
    assert_eq!(make(1, -1.0).map_err(|refused| refused.code()), Err("OXY-010"));
    assert_eq!(tank().production_of(&level(1.0, Unit::Kilogram), &settings()), Ok(GramsPerHour::ZERO));
}

#[test]
fn a_province_may_refuse_volumes_without_temperature() {
    let mut strict = settings();
    strict.assumed = None;
    let told = tank().content_of(&level(1_000.0, Unit::CubicMetre), &strict).map_err(|refused| refused.code());
    assert_eq!(told, Err("QTY-011"));
}

#[test]
fn what_was_shown_survives_storage() {
    for shown in [level(480.0, Unit::MillimetreOfWater), Shown::Cylinders { full: 1, part: 2, empty: 3, damaged: 4 }] {
        let stored = serde_json::to_string(&shown).unwrap();
        assert_eq!(serde_json::from_str::<Shown>(&stored).unwrap(), shown);
    }
}

proptest! {
    /// Whatever is typed, what is accepted lies between nothing and the tank.
    #[test]
    fn an_accepted_reading_fits_the_store(value in proptest::num::f64::ANY, unit in 0..12_usize) {
        if let Ok(content) = read(&tank(), &level(value, Unit::ALL[unit])) {
            prop_assert!(content >= Grams::ZERO && content <= Grams::from_kg(3_060));
        }
    }
}
