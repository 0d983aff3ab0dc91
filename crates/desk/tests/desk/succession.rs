//! Stores that end and facilities that are merged: the past stays, stock and rate go on (OX07, OX16).

use desk::operations::bring_store::BringStore;
use desk::operations::close_store::CloseStore;
use desk::operations::merge_facility::MergeFacility;
use desk::operations::supply::receive_oxygen::ReceiveOxygen;
use desk::rights::Role;
use desk::views::running_out::Past;
use desk::{Failure, IdempotencyKey};
use oxygen::{Store, StoreId};
use place::BodyId;
use quantity::{Grams, Span};

use crate::common::{Person, Place, World, code_of, on_both_engines, says};
use crate::supply::{papers, under_way};

fn close(store: StoreId, reason: &str) -> CloseStore {
    CloseStore { key: IdempotencyKey::new("close-the-tank"), store, reason: reason.into() }
}

fn merge(from: &Place<'_>, into: &Place<'_>) -> MergeFacility {
    MergeFacility { key: IdempotencyKey::new("merge-the-two"), facility: from.id, into: into.id }
}

/// Four readings that fall by 50 kg an hour.
fn falls(world: &World, officer: &Person<'_>, place: &Place<'_>) {
    for step in 0..4 {
        officer.files(place, says(place.store(0), &format!("{} kg", 2_600 - 200 * step), None)).unwrap();
        world.pass(Span::hours(4));
    }
}

#[test]
fn a_flooded_tank_counts_no_more_and_dewars_take_its_place() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(3_000).with_cylinders(40.0, 20).register();
        let (officer, desk) = (world.officer_of(&place), world.desk());
        falls(world, &officer, &place);
        assert_eq!(desk.line(&place).outlook.stock, Grams::from_kg(2_000));
        let past = world.now();
        world.pass(Span::days(1));

        assert_eq!(code_of(desk.does(close(place.store(0), " "))), "WEK-005");
        assert!(matches!(officer.does(close(place.store(0), "ngập")), Err(Failure::Forbidden(_))));
        desk.does(close(place.store(0), "bệ bồn ngập nước")).unwrap();
        desk.does(close(place.store(0), "bệ bồn ngập nước")).unwrap();
        let other = CloseStore { key: None, ..close(place.store(0), "ngập") };
        assert_eq!(code_of(desk.does(other)), "WEK-004");
        assert_eq!(desk.line(&place).outlook.stock, Grams::ZERO, "what stands in water is no stock");
        assert_eq!(code_of(officer.files(&place, says(place.store(0), "1.000 kg", None))), "OXY-033");

        let dewar = Store::dewar(StoreId(world.id()), "4 bình XL-45", Grams::from_kg(800));
        let bring = || BringStore { key: None, facility: place.id, store: dewar.clone() };
        assert_eq!(desk.does(bring()).unwrap(), dewar.id);
        assert_eq!(code_of(desk.does(bring())), "WEK-006");
        officer.files(&place, says(dewar.id, "700 kg", None)).unwrap();
        assert_eq!(desk.line(&place).outlook.stock, Grams::from_kg(700));

        let then = desk.list_of(Past { at: Some(past), known: None }).unwrap();
        assert_eq!(then.lines[0].outlook.stock, Grams::from_kg(2_000), "the past stays");
        world.assert_well();
    });
}

#[test]
fn a_merged_facility_goes_on_in_its_successor_with_stock_age_and_rate() {
    on_both_engines(|world| {
        let small = world.facility("TTYT Cồn Én").with_tank(3_000).register();
        let large = world.facility("BV Hải Âu").with_tank(9_000).register();
        let (officer, desk) = (world.officer_of(&small), world.desk());
        world.officer_of(&large).files(&large, says(large.store(0), "5.000 kg", None)).unwrap();
        falls(world, &officer, &small);
        let before = desk.line(&small).outlook;
        world.pass(Span::days(1));
        assert_eq!(code_of(desk.does(merge(&small, &large))), "WEK-003", "not counted since yesterday");
        officer.files(&small, says(small.store(0), "800 kg", None)).unwrap();
        let past = world.now();
        world.pass(Span::hours(2));

        assert_eq!(code_of(desk.does(merge(&large, &large))), "WEK-001");
        assert!(matches!(officer.does(merge(&small, &large)), Err(Failure::Forbidden(_))));
        let merged = desk.does(merge(&small, &large)).unwrap();
        assert_eq!(desk.does(merge(&small, &large)).unwrap(), merged, "once");
        assert_eq!(code_of(desk.does(MergeFacility { key: None, ..merge(&small, &large) })), "WEK-002");
        let [(old, new, held)] = merged.stores[..] else { panic!("{merged:?}") };
        assert_eq!((old, held), (small.store(0), Grams::from_kg(800)));

        assert_eq!(desk.names(), ["BV Hải Âu"]);
        let line = desk.line(&large);
        assert_eq!(line.outlook.stock, Grams::from_kg(5_800), "once, not twice");
        let rate = (before.burn.unwrap().range.mid.as_kg(), line.outlook.burn.unwrap().range.mid.as_kg());
        assert!((rate.1 / rate.0 - 1.0).abs() < 0.15, "the rate goes on: {rate:?}");
        // What goes on is told of under its new key, and by its age.
        let chief = world.officer_of(&large);
        chief.files(&large, says(new, "700 kg", None)).unwrap();
        assert_eq!(desk.line(&large).outlook.stock, Grams::from_kg(5_700));
        assert_eq!(code_of(officer.files(&small, says(old, "700 kg", None))), "OXY-033");

        let then = desk.list_of(Past { at: Some(past), known: None }).unwrap();
        let names: Vec<&str> = then.lines.iter().map(|line| line.name.as_str()).collect();
        assert!(names.contains(&"TTYT Cồn Én") || then.at.date() == world.now().date());
        let registry = world.office.look_blocking(|office, connection| office.registry(connection, world.province));
        let ended = registry.unwrap().facility(small.id).unwrap().body.clone();
        assert_eq!((ended.successors, ended.valid_to), (vec![BodyId::from(large.id)], Some(world.now().date())));
        assert_eq!(officer.world.desk().line(&large).facility, large.id);
        world.assert_well();
    });
}

#[test]
fn what_lies_outside_is_not_merged() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(3_000).register();
        let elsewhere = world.found("01");
        let other = world.facility_in(elsewhere, "01", "BV Sông Hồng").with_tank(3_000).register();
        let keeper = world.a(Role::Administrator);
        assert!(matches!(keeper.does(merge(&place, &other)), Err(Failure::NotFound)));
        assert!(matches!(keeper.does(close(other.store(0), "ngập")), Err(Failure::NotFound)));
    });
}

/// «Như đã biết lúc…» on a facility's page: chart and reports, not only the outlook.
#[test]
fn the_page_of_a_past_shows_what_was_known_then() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(3_000).register();
        let officer = world.officer_of(&place);
        let filed = officer.files(&place, says(place.store(0), "2.000 kg", None)).unwrap();
        world.seal();
        world.pass(Span::minutes(5));
        let known = world.now();
        world.pass(Span::minutes(5));
        let back = desk::operations::correct_report::CorrectReport {
            key: None,
            report: filed.report,
            reason: "gõ nhầm".into(),
            instead: Some(says(place.store(0), "1.900 kg", None)),
        };
        officer.does(back).unwrap();
        world.seal();
        world.pass(Span::minutes(5));
        let page = |past: Past| {
            let look = |office: &desk::Office, connection: &mut store::Connection| {
                desk::views::facility::facility(office, connection, &officer.actor, place.id, past, None, 10)
            };
            let view = world.office.look_blocking(look).unwrap();
            let samples: Vec<Grams> = view.stores[0].samples.iter().map(|sample| sample.grams).collect();
            (samples, view.reports.iter().map(|report| report.reversed.is_some()).collect::<Vec<_>>())
        };
        assert_eq!(page(Past { at: None, known: Some(known) }), (vec![Grams::from_kg(2_000)], vec![false]));
        let (samples, reversed) = page(Past::default());
        assert_eq!((samples, reversed.len()), (vec![Grams::from_kg(1_900)], 2));
        assert!(reversed.contains(&true));
    });
}

/// A lorry on the road to a facility that ends would arrive nowhere: its order is ended or received first.
#[test]
fn a_facility_with_open_orders_or_loans_is_not_merged() {
    on_both_engines(|world| {
        let small = world.facility("TTYT Cồn Én").with_tank(10_000).register();
        let large = world.facility("BV Hải Âu").with_tank(9_000).register();
        let (officer, desk) = (world.officer_of(&small), world.desk());
        officer.files(&small, says(small.store(0), "2.000 kg", None)).unwrap();
        let (request, _) = under_way(world, &small, "1.000");
        assert_eq!(code_of(desk.does(merge(&small, &large))), "WEK-007");
        officer.does(ReceiveOxygen { key: None, request, delivery: papers("1.000", "PX-1") }).unwrap();
        desk.does(merge(&small, &large)).unwrap();
        world.assert_well();
    });
}
