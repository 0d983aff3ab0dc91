//! The provincial oxygen report (OX18): the layout's own columns, unknown is never zero.

use std::collections::{BTreeMap, BTreeSet};

use desk::operations::file_report::{Cylinders, Told};
use desk::rights::Role;
use desk::views::daily_report::{DailyReport, daily_report};
use desk::{Failure, Outcome};
use document::sheet::{SheetContent, SheetLayout, Value, write_sheet};
use jiff::civil::{Date, date};
use oxygen::{Census, OwnedVessels, Store, StoreId};
use place::body::PostKind;
use quantity::{Span, VesselSpec};

use crate::common::{Person, code_of, nothing, on_both_engines, says};

const LAYOUT: &str = include_str!("../../../../protocols/report-oxygen.toml");

fn report(person: &Person<'_>, day: Date) -> Outcome<DailyReport> {
    person.world.office.look_blocking(|office, connection| daily_report(office, connection, &person.actor, day))
}

/// A size that the sheet has no column for.
fn odd_cylinders(id: StoreId) -> Store {
    let spec = VesselSpec { water_volume_ml: 6_800, pressure_bar: 150 };
    Store::cylinders(id, "Chai 6,8 lít", OwnedVessels { spec, owned: 10 })
}

fn today() -> Date {
    date(2026, 11, 22)
}

#[test]
fn its_keys_are_columns_of_the_layout() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(3_000).with_cylinders(40.0, 20).with_plant(30.0);
        place.with_post(PostKind::FocalOfficer, "DS. Mận", "0913 000 111").register();
        let layout = SheetLayout::from_toml(LAYOUT).unwrap();
        let columns: BTreeSet<&str> = layout.columns.iter().map(|column| column.key.as_str()).collect();
        let told = report(&world.desk(), today()).unwrap();
        let row = &told.rows[0];
        for key in row.keys() {
            assert!(columns.contains(key.as_str()), "no column {key}");
        }
        let filled: BTreeSet<&str> = row.keys().map(String::as_str).collect();
        for key in ["facility", "tank_tonnes", "use_per_day", "days_of_cover", "officer_name", "patients_ecmo"] {
            assert!(filled.contains(key), "{key} is not given");
        }
        let facts = BTreeMap::from(
            ["issuer", "province", "date", "known_at", "layout_version"].map(|name| (name.to_owned(), "…".to_owned())),
        );
        let content = SheetContent { rows: told.rows, facts, simulated: told.simulated };
        assert!(write_sheet(&layout, &content, world.now()).unwrap().starts_with(b"PK"));
    });
}

#[test]
fn what_nobody_told_is_unknown_and_what_was_told_is_there() {
    on_both_engines(|world| {
        let silent = world.facility("BV An Lành").with_tank(3_000).with_cylinders(40.0, 20).register();
        let heard = world.facility("BV Bến Đò").with_tank(20_000).with_cylinders(40.0, 20).with_cylinders(40.0, 30);
        let heard = heard.with(odd_cylinders).with_post(PostKind::FocalOfficer, "DS. Mận", "0913 000 111").register();
        let counted = |store, full| Cylinders { store, full, part: 0, empty: 0, damaged: 0 };
        let told = Told {
            levels: says(heard.store(0), "12.000 kg", None).levels,
            cylinders: vec![counted(heard.store(1), 12), counted(heard.store(2), 5), counted(heard.store(3), 3)],
            patients: Some(Census { mask: 30, hfnc: 4, ..Census::default() }),
            ..nothing()
        };
        world.officer_of(&heard).files(&heard, told).unwrap();
        let told = report(&world.desk(), today()).unwrap();
        assert_eq!(told.province, "An Giang");
        let (unknown, known) = (&told.rows[0], &told.rows[1]);
        assert_eq!(unknown["facility"], Value::Text(silent.name.clone()), "in Vietnamese order");
        for key in ["use_per_day", "days_of_cover", "patients_mask", "cylinders_40l", "officer_name"] {
            assert_eq!(unknown[key], Value::Unknown, "{key}");
        }
        assert_eq!(unknown["cylinders_10l"], Value::Empty, "it has none of that size");
        assert_eq!(known["cylinders_40l"], Value::Integer(17), "two stores of one size are summed");
        assert_eq!(known["cylinders_other"], Value::Text("6,8 lít: 3".into()));
        assert_eq!(known["tank_tonnes"], Value::Decimal(20.0));
        assert_eq!(known["patients_hfnc"], Value::Integer(4));
        assert_eq!(known["patients_ecmo"], Value::Integer(0), "asked and none");
        assert_eq!(known["officer_phone"], Value::Text("0913 000 111".into()));
        let Value::Decimal(cubic) = known["tank_cubic_metres"] else { panic!("{known:?}") };
        assert!((cubic - 17.5).abs() < 0.1, "20 t of liquid are 17.5 m³ (NUM): {cubic}");
        let Value::Decimal(used) = known["use_per_day"] else { panic!("{known:?}") };
        assert!(used > 100.0, "{used}");

        // One of two stores of a size not counted: the sum is not known either.
        let more = world.facility("BV Cồn Cát").with_cylinders(10.0, 5).with_cylinders(10.0, 5).register();
        let told = Told { cylinders: vec![counted(more.store(0), 5)], ..nothing() };
        world.officer_of(&more).files(&more, told).unwrap();
        let row = &report(&world.desk(), today()).unwrap().rows[2];
        assert_eq!(row["cylinders_10l"], Value::Unknown);
    });
}

#[test]
fn a_past_day_ends_at_its_midnight_and_a_future_one_is_refused() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(20_000).register();
        let officer = world.officer_of(&place);
        let patients = |mask| Told {
            patients: Some(Census { mask, ..Census::default() }),
            ..says(place.store(0), "12.000 kg", None)
        };
        officer.files(&place, patients(30)).unwrap();
        world.pass(Span::days(1));
        officer.files(&place, patients(40)).unwrap();
        let duty = world.desk();
        assert_eq!(report(&duty, today()).unwrap().rows[0]["patients_mask"], Value::Integer(30));
        let tomorrow = today().tomorrow().unwrap();
        assert_eq!(report(&duty, tomorrow).unwrap().rows[0]["patients_mask"], Value::Integer(40));
        assert_eq!(code_of(report(&duty, tomorrow.tomorrow().unwrap())), "OXY-045");
        assert!(matches!(report(&officer, today()), Err(Failure::Forbidden(_))));
    });
}

#[test]
fn invented_facilities_mark_the_sheet() {
    on_both_engines(|world| {
        world.facility("BV Hải Âu").with_tank(3_000).register();
        assert!(!report(&world.a(Role::Leader), today()).unwrap().simulated);
        world.facility("BV Mô Phỏng").with_tank(3_000).simulated().register();
        assert!(report(&world.a(Role::Leader), today()).unwrap().simulated);
    });
}
