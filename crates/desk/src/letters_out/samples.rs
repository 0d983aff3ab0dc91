//! The example records of `docs/formats/letter-record/` as facts: one believable set for every paper, invented.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::child::ChildLetter;
use super::conclusion::Conclusion;
use super::dispatch::Dispatch;
use super::file;
use super::implementation::Implementation;
use super::plan::Plan;
use super::quarter::Quarter;
use super::reminder::Reminder;

/// Every example by its name.
const EXAMPLES: [(&str, &str); 10] = [
    ("reminder", include_str!("../../../../docs/formats/letter-record/reminder.json")),
    ("implementation", include_str!("../../../../docs/formats/letter-record/implementation.json")),
    ("child-letter", include_str!("../../../../docs/formats/letter-record/child-letter.json")),
    ("dispatch-order", include_str!("../../../../docs/formats/letter-record/dispatch-order.json")),
    ("conclusion", include_str!("../../../../docs/formats/letter-record/conclusion.json")),
    ("party-conclusion", include_str!("../../../../docs/formats/letter-record/party-conclusion.json")),
    ("plan", include_str!("../../../../docs/formats/letter-record/plan.json")),
    ("forward-plan", include_str!("../../../../docs/formats/letter-record/forward-plan.json")),
    ("task-quarter", include_str!("../../../../docs/formats/letter-record/task-quarter.json")),
    ("document", include_str!("../../../../docs/formats/letter-record/document.json")),
];

fn facts<T: DeserializeOwned>(name: &str) -> T {
    let text = EXAMPLES.iter().find(|(own, _)| *own == name).map_or("", |(_, text)| *text);
    let whole: Value = serde_json::from_str(text).expect("the example is JSON");
    serde_json::from_value(whole["facts"].clone()).expect("the example has the facts of its paper")
}

/// One own unit that is late, one supplier that is asked.
pub fn reminder() -> Reminder {
    facts("reminder")
}

/// Four tasks: two done (one late, without evidence), one overdue, one nobody has told about.
pub fn implementation() -> Implementation {
    facts("implementation")
}

/// The ministry's letter taken down: own units ordered, people's committees asked.
pub fn child() -> ChildLetter {
    facts("child-letter")
}

/// Two deliveries of a night: from a supplier, and between two own hospitals.
pub fn dispatch() -> Dispatch {
    facts("dispatch-order")
}

/// A weekly meeting about oxygen.
pub fn conclusion() -> Conclusion {
    facts("conclusion")
}

/// The same meeting of the standing committee.
pub fn party_conclusion() -> Conclusion {
    facts("party-conclusion")
}

/// A quarter's plan.
pub fn plan() -> Plan {
    facts("plan")
}

/// What was left over, turned into work.
pub fn forward_plan() -> Plan {
    facts("forward-plan")
}

/// Three units in a quarter that is not over.
pub fn quarter() -> Quarter {
    facts("task-quarter")
}

/// Every shipped example is read, and no word of its wording stays in braces.
#[test]
fn every_example_is_written_without_a_word_left_open() {
    for (name, text) in EXAMPLES {
        let document = file::read(text.as_bytes()).unwrap_or_else(|error| panic!("{name}: {error}"));
        let said = serde_json::to_string(&serde_json::to_value(&document).unwrap()).unwrap();
        let words: String = said.replace(['"', '\\'], "");
        for paper in super::wording::Paper::ALL {
            for phrase in paper.wording().phrases.values().chain([&paper.wording().subject]) {
                for open in phrase.split('{').skip(1).filter_map(|rest| rest.split('}').next()) {
                    assert!(!words.contains(&format!("{{{open}}}")), "{name}: {{{open}}} is left open");
                }
            }
        }
        assert!(super::check::may_be_submitted(&document), "{name}: {:?}", super::check::check(&document));
    }
}
