//! OX09: the schemas and examples of `docs/formats/plan` are what the program reads and writes.

#[path = "../check/draw.rs"]
mod draw;
#[path = "../check/good.rs"]
mod good;
#[path = "../check/province.rs"]
mod province;
mod schema;
#[path = "../check/slow.rs"]
mod slow;

use oxygen::dispatch::{Class, Decision, Minutes, Outage, Pin, PlaceNo, Problem, SiteNo, SourceNo, VehicleNo, Window};
use plan::check::check;
use plan::json::{read_plan, read_problem, write};
use plan::sound::findings;
use quantity::Grams;
use schema::misfits;
use serde_json::{Value, json};

const PROBLEM: &str = include_str!("../../../../docs/formats/plan/problem.json");
const PLAN: &str = include_str!("../../../../docs/formats/plan/plan.json");

fn schemas() -> [Value; 2] {
    [
        include_str!("../../../../docs/formats/plan/problem.schema.json"),
        include_str!("../../../../docs/formats/plan/plan.schema.json"),
    ]
    .map(|text| serde_json::from_str(text).expect("a schema"))
}

fn value(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

#[test]
fn the_examples_fit_their_schemas_and_the_plan_keeps_every_rule() {
    let [of_problem, of_plan] = schemas();
    assert_eq!(misfits(&of_problem, &value(PROBLEM)), Vec::<String>::new());
    assert_eq!(misfits(&of_plan, &value(PLAN)), Vec::<String>::new());
    let (problem, plan) = (read_problem(PROBLEM.as_bytes()).unwrap(), read_plan(PLAN.as_bytes()).unwrap());
    assert_eq!(findings(&problem), []);
    assert_eq!(check(&problem, &plan), []);
    // One of each: a ferry, a tank, cylinders, a contract, a loan, a frozen trip, a decision.
    let bases: std::collections::BTreeSet<String> = plan.stops().map(|(_, stop)| format!("{:?}", stop.basis)).collect();
    assert_eq!(bases.len(), 2);
    assert!(!problem.roads.ferries.is_empty() && !problem.pins.is_empty() && problem.before.is_some());
}

/// Every key that the program writes stands in the schemas, and every one that a schema asks for is written.
#[test]
fn what_is_written_fits_the_schemas_and_is_read_again() {
    let [of_problem, of_plan] = schemas();
    for seed in 0..30 {
        let (mut problem, plan) = good::good(seed);
        everything(&mut problem);
        let (told, again) = (write(&problem).unwrap(), write(&plan).unwrap());
        assert_eq!(misfits(&of_problem, &value(&told)), Vec::<String>::new(), "seed {seed}");
        assert_eq!(misfits(&of_plan, &value(&again)), Vec::<String>::new(), "seed {seed}");
        assert_eq!(read_problem(told.as_bytes()), Ok(problem), "seed {seed}");
        assert_eq!(read_plan(again.as_bytes()), Ok(plan), "seed {seed}");
    }
}

/// Every kind of decision and outage; coordinates that decimals say exactly (others may come back a hair beside).
fn everything(problem: &mut Problem) {
    let exact = |degrees: f64| (degrees * 64.0).round() / 64.0;
    for place in &mut problem.places {
        place.at = place.at.map(|(north, east)| (exact(north), exact(east)));
    }
    let when = Window::new(Minutes(0), Minutes(60));
    let (site, source, vehicle) = (SiteNo(0), SourceNo(0), VehicleNo(0));
    let grams = Grams::from_kg(10);
    let decisions = [
        Decision::Deliver { site, source: Some(source), when, least: grams },
        Decision::Forbid { site, source: None, when },
        Decision::AtMost { site, most: grams },
        Decision::Counts { site, class: Class::Severe },
        Decision::VehicleOut { vehicle, when },
        Decision::SourceOut { source, when },
        Decision::Reserve { source, grams },
        Decision::RoadClosed { from: PlaceNo(0), to: None, when },
    ];
    let pin = |decision| Pin { decision, author: "trực ban".to_owned(), reason: "thử".to_owned() };
    problem.pins.extend(decisions.map(pin));
    problem.paths[0].sources_out.push(Outage { of: source, when });
    problem.paths[0].vehicles_out.push(Outage { of: vehicle, when });
}

/// What the schema lets through is read; a slip is refused by both.
#[test]
fn slips_are_refused_by_the_schema_and_by_the_reader() {
    let [of_problem, _] = schemas();
    let slips: [(&str, Value); 8] = [
        ("/sites/0/unloding", json!(45)),
        ("/sites/0/class", json!("urgent")),
        ("/sites/0/patient_day", json!("12 kg")),
        ("/vehicles/0/carries", json!({ "gas": 3 })),
        ("/days", json!(-1)),
        ("/paths/0/need/0/0", json!(1.5)),
        ("/pins/0/decision", json!({ "deliver": { "site": 0 } })),
        ("/sites/0/rack/size", json!("chai 40 lít")),
    ];
    for (at, slip) in slips {
        let mut changed = value(PROBLEM);
        let (parent, key) = at.rsplit_once('/').expect("a path");
        match changed.pointer_mut(parent).expect("a parent") {
            Value::Array(all) => all[key.parse::<usize>().unwrap()] = slip,
            object => object[key] = slip,
        }
        assert!(!misfits(&of_problem, &changed).is_empty(), "{at}");
        let told = read_problem(changed.to_string().as_bytes()).expect_err(at).to_string();
        let name = at.rsplit('/').find(|part| part.parse::<usize>().is_err()).expect("a name");
        assert!(told.contains(name), "{at}: {told}");
    }
    assert!(read_problem(PLAN.as_bytes()).is_err() && read_plan(PROBLEM.as_bytes()).is_err());
}
