//! Oxygen that came and went, and the balance of a day (OX07).

use desk::operations::close_day::CloseDay;
use desk::operations::correct_report::CorrectReport;
use desk::operations::record_movement::RecordMovement;
use oxygen::{MovementKind, Source, StoreId};
use quantity::{Coded, Grams, Moment, Span, Typed, Unit};

use crate::common::{Place, World, code_of, on_both_engines, says};

fn delivery(store: StoreId, at: Moment, kg: f64) -> RecordMovement {
    RecordMovement {
        key: None,
        store,
        kind: MovementKind::Received,
        happened_at: at,
        typed: Typed::measured(kg, Unit::Kilogram),
        cylinders: None,
        counterpart: None,
        source: Source::Form,
    }
}

fn page(world: &World, place: &Place<'_>, figures: [&str; 4]) -> CloseDay {
    let [opening, received, used, closing] = figures.map(str::to_owned);
    CloseDay {
        key: None,
        store: place.store(0),
        happened_at: world.now(),
        opening,
        received,
        used,
        lost: String::new(),
        opened_at: None,
        reason: None,
        closing,
        gauge_unit: Unit::Kilogram,
        amount_unit: Unit::Kilogram,
        source: Source::Form,
        told_by: None,
    }
}

#[test]
fn a_delivery_raises_the_stock_without_being_typed_again() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(3_000).register();
        let officer = world.officer_of(&place);
        officer.files(&place, says(place.store(0), "500 kg", None)).unwrap();
        world.pass(Span::hours(1));
        officer.does(delivery(place.store(0), world.now(), 2_000.0)).unwrap();
        let outlook = world.desk().line(&place).outlook;
        assert_eq!(outlook.stock, Grams::from_kg(2_500));
        world.assert_well();
    });
}

#[test]
fn a_delivery_that_cannot_be_is_refused() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(3_000).register();
        let officer = world.officer_of(&place);
        let (tank, now) = (place.store(0), world.now());
        assert_eq!(code_of(officer.does(delivery(tank, now, 9_000.0))), "OXY-022");
        assert_eq!(code_of(officer.does(delivery(tank, now, -10.0))), "OXY-021");
        assert_eq!(code_of(officer.does(delivery(tank, now + Span::hours(1), 10.0))), "OXY-016");
        assert_eq!(code_of(officer.does(delivery(tank, now - Span::days(400), 10.0))), "OXY-031");
        assert_eq!(code_of(officer.does(delivery(StoreId(world.id()), now, 10.0))), "DSK-001");
        let flow = Typed::measured(10.0, Unit::LitrePerMinute);
        assert_eq!(code_of(officer.does(RecordMovement { typed: flow, ..delivery(tank, now, 1.0) })), "QTY-013");
        world.assert_well();
    });
}

#[test]
fn a_day_that_closes_is_kept_as_one_report() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(3_000).register();
        let officer = world.officer_of(&place);
        officer.files(&place, says(place.store(0), "1.000 kg", None)).unwrap();
        world.pass(Span::hours(24));
        let filed = officer.does(page(world, &place, ["1.000", "1.500", "600", "1.900"])).unwrap();
        assert_eq!(place.latest(0), Some(Grams::from_kg(1_900)));
        let stock = world.desk().line(&place).outlook.stock;
        assert_eq!(stock, Grams::from_kg(1_900), "the delivery is in the gauge already");
        world.assert_well();

        // Taken back as one: reading, delivery and use.
        let back = CorrectReport { key: None, report: filed.report, reason: "nhầm ngày".into(), instead: None };
        officer.does(back).unwrap();
        assert_eq!(world.desk().line(&place).outlook.stock, Grams::from_kg(1_000));
        world.assert_well();
    });
}

/// Bad input of the issue: a balance that does not close.
#[test]
fn a_day_that_does_not_close_is_refused_with_its_gap() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(3_000).with_cylinders(40.0, 10).register();
        let officer = world.officer_of(&place);
        let before = world.operations();
        let refused = officer.does(page(world, &place, ["1.000", "1.500", "600", "1.200"])).unwrap_err();
        assert_eq!(refused.code(), "OXY-020");
        let gap = refused.facts().into_iter().find(|(name, _)| *name == "gap").expect("the gap is named").1;
        assert_eq!(gap, Grams::from_kg(700).to_string());
        assert_eq!(code_of(officer.does(page(world, &place, ["1.000", "-500", "0", "500"]))), "OXY-021");
        assert_eq!(code_of(officer.does(page(world, &place, ["1.000", "9.000", "0", "9.900"]))), "OXY-014");
        assert_eq!(code_of(officer.does(page(world, &place, ["1.000", "abc", "0", "1.000"]))), "QTY-001");
        let counted = CloseDay { store: place.store(1), ..page(world, &place, ["1", "0", "0", "1"]) };
        assert_eq!(code_of(officer.does(counted)), "OXY-046");
        assert_eq!(world.operations(), before);
        assert!(place.reports().is_empty());
    });
}
