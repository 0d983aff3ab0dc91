//! Who is running out, and how long one facility's oxygen lasts, now and as known then.

use quantity::Span;
use serde_json::{Value, json};

use crate::world::{Got, World, escaped, on_both_engines};

const LIST: &str = "/api/v1/oxygen/running-out";

fn kilograms(world: &World, value: &str) -> Value {
    json!({ "levels": [{ "store": world.near.kilograms, "value": value, "unit": "kg" }] })
}

/// Three readings an hour apart: 100 kg an hour.
fn a_night(world: &World) {
    for value in ["1.500", "1.400", "1.300"] {
        let got = world.post(&world.officer, &world.near.reports(), &world.key(), &kilograms(world, value));
        assert_eq!(got.status, 201, "{got:?}");
        world.pass(Span::hours(1));
    }
}

fn line(list: &Value) -> Value {
    let all = list["facilities"].as_array().expect("lines");
    all.iter().find(|line| line["name"] == "BV Hải Âu").cloned().expect("a line")
}

/// OX11: the facilities with what a program needs to report for them.
#[test]
fn facilities_are_listed_with_their_stores() {
    on_both_engines(|world| {
        let list = world.get(&world.duty, "/api/v1/facilities").json();
        let names: Vec<&str> = list.as_array().into_iter().flatten().filter_map(|f| f["name"].as_str()).collect();
        assert_eq!(names, ["BV Hải Âu", "BV Núi Xa"]);
        let stores = list[0]["stores"].as_array().expect("stores");
        let told: Vec<(&str, Option<&str>, Option<f64>)> = stores
            .iter()
            .map(|s| (s["kind"].as_str().unwrap_or_default(), s["unit"].as_str(), s["capacity_kg"].as_f64()))
            .collect();
        assert_eq!(told[0], ("tank", Some("percent"), Some(3_000.0)));
        assert_eq!(told[1], ("tank", Some("kg"), Some(3_000.0)));
        assert_eq!((told[2].0, told[2].1), ("cylinders", None));
        assert_eq!(told[3], ("plant", None, None));
        assert_eq!(list[0]["id"], world.near.id.to_string());
    });
}

/// OX07, OX11: hours as a range with age, source and confidence; a missing figure is null.
#[test]
fn the_list_tells_hours_with_their_age_and_the_worst_stands_first() {
    on_both_engines(|world| {
        a_night(world);
        let list = world.get(&world.duty, LIST).json();
        assert_eq!(list["state"], "emergency");
        assert!(list["norms"].as_array().is_some_and(|norms| !norms.is_empty()), "{list}");
        let near = line(&list);
        let low = near["hours"]["low"].as_f64().expect("hours");
        let high = near["hours"]["high"].as_f64().expect("hours");
        // 1,300 kg an hour ago, a tenth of the tank of no use, 100 kg an hour.
        assert!(low < 9.0 && high > 9.0 && low > 3.0, "{near}");
        assert_eq!(near["usable_kg"], 1_000.0);
        assert_eq!(near["age_minutes"], 60);
        assert_eq!(near["source"], "form");
        assert!(near["kg_per_hour"]["low"].as_f64() <= near["kg_per_hour"]["high"].as_f64());
        assert_eq!(near["waiting"], Value::Null);
        assert_eq!(near["patients"], Value::Null);
        // Nobody ever heard of the other one: lost, and before those with hours left.
        assert_eq!(list["facilities"][0]["name"], "BV Núi Xa");
        assert_eq!(list["facilities"][0]["standing"], "lost");
        assert_eq!(list["facilities"][0]["hours"], Value::Null);
        assert_eq!(list["facilities"][0]["source"], Value::Null);
    });
}

/// The text of a list is kept, and never outlives the list.
#[test]
fn a_report_moves_the_list_and_a_quiet_moment_does_not() {
    on_both_engines(|world| {
        a_night(world);
        let before = world.get(&world.duty, LIST);
        let same = world.get(&world.observer, LIST);
        assert_eq!(before.bytes, same.bytes);
        assert_eq!(before.headers["content-type"], "application/json");
        let zero = world.post(&world.officer, &world.near.reports(), &world.key(), &kilograms(world, "250"));
        assert_eq!(zero.status, 201, "{zero:?}");
        world.pass(Span::seconds(1));
        let after = world.get(&world.duty, LIST).json();
        assert!(after["seq"].as_i64() > before.json()["seq"].as_i64());
        assert_eq!(after["facilities"][0]["name"], "BV Hải Âu");
        assert_eq!(after["facilities"][0]["standing"], "empty", "below the heel nothing reaches a patient");
        // Who sees one facility gets a list of his own, not the one that is kept.
        let own = world.get(&world.officer, LIST).json();
        assert_eq!(own["facilities"].as_array().map(Vec::len), Some(1));
        assert_eq!(world.get(&world.duty, LIST).json()["facilities"].as_array().map(Vec::len), Some(2));
    });
}

/// OX11: both may lie in the past: what had happened, and what was known of it.
#[test]
fn the_past_is_answered_as_it_was_and_as_it_was_known() {
    on_both_engines(|world| {
        let start = world.now();
        let first = world.post(&world.officer, &world.near.reports(), &world.key(), &kilograms(world, "1.500"));
        assert_eq!(first.status, 201);
        world.seal();
        world.pass(Span::hours(1));
        let known = world.now();
        world.pass(Span::hours(1));
        // Two hours later somebody finds the note of the first hour, and it says less.
        let mut late = kilograms(world, "1.300");
        late["happened_at"] = crate::world::written(start + Span::minutes(30)).into();
        assert_eq!(world.post(&world.officer, &world.near.reports(), &world.key(), &late).status, 201);
        world.seal();
        world.pass(Span::seconds(2));

        let usable = |got: Got| {
            assert_eq!(got.status, 200, "{got:?}");
            line(&got.json())["usable_kg"].as_f64()
        };
        let at = |moment| format!("at={}", escaped(moment));
        assert_eq!(usable(world.get(&world.duty, LIST)), Some(1_000.0));
        assert_eq!(usable(world.get(&world.duty, &format!("{LIST}?{}", at(start + Span::minutes(10))))), Some(1_200.0));
        assert_eq!(usable(world.get(&world.duty, &format!("{LIST}?{}", at(known)))), Some(1_000.0));
        let then = format!("{}&known={}", at(known), escaped(known));
        assert_eq!(usable(world.get(&world.duty, &format!("{LIST}?{then}"))), Some(1_200.0));
        assert_eq!(world.get(&world.duty, &format!("{LIST}?{then}")).json()["seq"], 0);

        let stock = |query: &str| world.get(&world.officer, &format!("{}?{query}", world.near.outlook())).json();
        assert_eq!(stock("")["stock_kg"], 1_300.0);
        assert_eq!(stock(&then)["stock_kg"], 1_500.0);
        assert_eq!(stock(&then)["at"], crate::world::written(known));
        assert_eq!(stock(&then)["stores"][1]["shown"], "1.500 kg");
        assert_eq!(stock(&at(start - Span::hours(1)))["age_minutes"], Value::Null);
        // A year for which there is no norm is refused or answered, and never fails.
        for year in ["0001", "1900", "9999"] {
            let got = world.get(&world.duty, &format!("{LIST}?at={year}-01-01T00:00:00Z"));
            assert!(matches!(got.status.as_u16(), 200 | 422), "{year}: {got:?}");
        }
    });
}

/// OX04: the outlook of one facility names every store and what it rests on.
#[test]
fn an_outlook_names_its_stores_and_norms() {
    on_both_engines(|world| {
        assert_eq!(world.file(&world.near.report("41,5")).status, 201);
        let outlook = world.get(&world.officer, &world.near.outlook()).json();
        assert_eq!(outlook["name"], "BV Hải Âu");
        assert_eq!(outlook["stores"].as_array().map(Vec::len), Some(4));
        assert_eq!(outlook["stores"][0]["shown"], "41,5 percent");
        assert_eq!(outlook["stores"][0]["content_kg"], 1_245.0);
        assert_eq!(outlook["stores"][3]["content_kg"], Value::Null, "a plant holds nothing");
        assert_eq!(outlook["patients"]["mask"], 8);
        assert!(outlook["norms"].as_array().is_some_and(|norms| !norms.is_empty()));
        assert!(outlook["usable_now_kg"]["low"].as_f64() <= outlook["usable_now_kg"]["high"].as_f64());
    });
}

/// OX18, OX19: the day's report in the field order of the sheet, with the version of its layout.
#[test]
fn the_report_of_a_day_keeps_the_order_of_the_sheet() {
    on_both_engines(|world| {
        assert_eq!(world.file(&world.near.report("41,5")).status, 201);
        let got = world.get(&world.duty, "/api/v1/reports/oxygen?day=2026-11-22");
        assert_eq!(got.status, 200, "{got:?}");
        let told = got.json();
        assert_eq!(told["layout"], "report-oxygen");
        assert!(told["layout_version"].as_str().is_some_and(|version| !version.is_empty()));
        assert_eq!(told["day"], "2026-11-22");
        let columns: Vec<&str> =
            told["columns"].as_array().into_iter().flatten().filter_map(|c| c["key"].as_str()).collect();
        assert_eq!(columns.first(), Some(&"facility"));
        let rows = told["rows"].as_array().expect("rows");
        assert_eq!(rows.len(), 2);
        assert_eq!(rows[0]["facility"], "BV Hải Âu");
        assert_eq!(rows[0]["beds_open"], 180);
        assert_eq!(rows[0]["patients_mask"], 8);
        assert_eq!(rows[0]["cylinders_40l"], 12);
        assert_eq!(rows[1]["patients_mask"], Value::Null, "not told is not zero");
        // The text itself has the order: a parsed object may have lost it.
        let text = String::from_utf8(got.bytes.to_vec()).expect("UTF-8");
        let row = text.split("\"rows\":[").nth(1).expect("rows");
        let places: Vec<usize> =
            columns.iter().map(|key| row.find(&format!("\"{key}\":")).unwrap_or_else(|| panic!("{key}"))).collect();
        assert!(places.is_sorted(), "{columns:?}");
        assert_eq!(rows[0].as_object().map(serde_json::Map::len), Some(columns.len()));
    });
}
