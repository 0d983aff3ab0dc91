//! `plan check PROBLEM.json PLAN.json`: whether a plan keeps every rule, by other code than the code that makes plans.
//! Nothing is stored, no database is needed (docs/formats/plan.md).

use std::io::Read as _;

use clap::ArgMatches;
use desk::Failure;
use locale::{Fact, Locale};
use plan::check::{Fault, check};
use plan::json::{JsonProblem, LARGEST, read_plan, read_problem};
use plan::sound::{Unsound, findings};
use quantity::Coded;
use serde_json::{Value, json};

use crate::cli;
use crate::exit::{Ended, Ending, print, say};

/// Lines of one kind that a person reads; a program gets all of them.
const MOST_SHOWN: usize = 200;

pub fn run(matches: &ArgMatches, locale: Locale) -> Ended {
    let name = |argument| cli::text(matches, argument).unwrap_or_default();
    let json = cli::text(matches, "format") == Some("json");
    let problem =
        read_problem(&bytes(name("problem"))?).map_err(|problem| refused(name("problem"), &problem, locale))?;
    let plan = read_plan(&bytes(name("plan"))?).map_err(|problem| refused(name("plan"), &problem, locale))?;
    let flaws = findings(&problem);
    let (refusals, told): (Vec<Unsound>, Vec<Unsound>) = flaws.into_iter().partition(Unsound::refused);
    // What is wrong with the problem is said by name; that the plan cannot be checked then goes without saying.
    let faults = if refusals.is_empty() { check(&problem, &plan) } else { Vec::new() };
    if json {
        let all = json!({
            "trips": plan.trips.len(),
            "refused": refusals.iter().map(|flaw| of_flaw(flaw, locale)).collect::<Vec<Value>>(),
            "told": told.iter().map(|flaw| of_flaw(flaw, locale)).collect::<Vec<Value>>(),
            "faults": faults.iter().map(|fault| of_fault(fault, locale)).collect::<Vec<Value>>(),
        });
        let text = serde_json::to_string_pretty(&all);
        print(&text.map_err(|error| Ending::File("json".to_owned(), error.into()))?);
    } else {
        list("plan-check-told", &told, locale);
        list("plan-check-refused", &refusals, locale);
        list("plan-check-faults", &faults, locale);
        if refusals.is_empty() && faults.is_empty() {
            let stops = plan.stops().count();
            let facts = [("trips", Fact::from(plan.trips.len())), ("stops", Fact::from(stops))];
            print(&locale::say(locale, "plan-check-kept", &facts));
        }
    }
    if refusals.is_empty() && faults.is_empty() { Ok(()) } else { Err(Ending::Refused) }
}

/// The bytes of a file, one more than the limit at most.
pub(super) fn bytes(name: &str) -> Result<Vec<u8>, Ending> {
    let failed = |error| Ending::File(name.to_owned(), error);
    let file = std::fs::File::open(name).map_err(failed)?;
    let mut bytes = Vec::new();
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(failed)?;
    Ok(bytes)
}

/// A file that is not read, with its name.
pub(super) fn refused(name: &str, problem: &JsonProblem, locale: Locale) -> Ending {
    say(&locale::say(locale, "plan-file", &[("name", Fact::from(name))]));
    Ending::Failed(Failure::refused(problem.clone()))
}

/// Sentence and next step of each, under a head with their number.
pub(super) fn list<T: Coded>(head: &str, all: &[T], locale: Locale) {
    if all.is_empty() {
        return;
    }
    print(&locale::say(locale, head, &[("count", Fact::from(all.len()))]));
    for one in all.iter().take(MOST_SHOWN) {
        let words = locale::sentence(locale, one);
        print(&format!("- {} ({})\n  {}", words.sentence, words.code, words.next));
    }
    if let Some(more) = all.len().checked_sub(MOST_SHOWN).filter(|more| *more > 0) {
        print(&locale::say(locale, "plan-check-more", &[("count", Fact::from(more))]));
    }
}

fn said(told: &dyn Coded, locale: Locale) -> serde_json::Map<String, Value> {
    let words = locale::sentence(locale, told);
    let entries = [("code", words.code.to_owned()), ("sentence", words.sentence), ("next", words.next)];
    entries.into_iter().map(|(key, value)| (key.to_owned(), Value::from(value))).collect()
}

fn of_flaw(flaw: &Unsound, locale: Locale) -> Value {
    let mut all = said(flaw, locale);
    all.insert("at".to_owned(), flaw.at.as_str().into());
    Value::Object(all)
}

/// Places in the lists of plan and problem, from 0.
fn of_fault(fault: &Fault, locale: Locale) -> Value {
    let mut all = said(fault, locale);
    let places = [
        ("trip", fault.trip),
        ("stop", fault.stop),
        ("vehicle", fault.vehicle.map(|vehicle| vehicle.index())),
        ("source", fault.source.map(|source| source.index())),
        ("site", fault.site.map(|site| site.index())),
        ("contract", fault.contract.map(|contract| contract.index())),
        ("pin", fault.pin),
    ];
    all.extend(places.into_iter().filter_map(|(key, place)| Some((key.to_owned(), place?.into()))));
    Value::Object(all)
}
