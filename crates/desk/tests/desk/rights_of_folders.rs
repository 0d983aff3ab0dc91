//! The rights of the operations of every folder (AC): the golden table of all of them, and one of each folder tried.

use std::collections::BTreeMap;

use desk::record::RecordId;
use desk::rights::{Capability, Role, allows, who_may};
use desk::{Failure, Outcome};

use crate::common::{Person, World, on_both_engines};

type Try = Box<dyn Fn(&Person<'_>) -> Outcome<()>>;

/// An operation with its name, what it needs, and how it is tried.
fn row<O: desk::Operation>(make: impl Fn(&World) -> O + 'static) -> (&'static str, Capability, Try) {
    (O::NAME, O::NEEDS, Box::new(move |person| person.does(make(person.world)).map(drop)))
}

/// The names that the source gives the operations of a folder, with what each needs; of its subfolders too.
fn names_in(folder: &std::path::Path, names: &mut BTreeMap<String, String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            names_in(&path, names);
            continue;
        }
        let text = std::fs::read_to_string(path).unwrap();
        let of = |line: &str, begins: &str, ends: &str| {
            line.trim().strip_prefix(begins).map(|rest| rest.trim_end_matches(ends).to_owned())
        };
        let mut name = None;
        for line in text.lines() {
            name = of(line, "const NAME: &'static str = \"", "\";").or(name);
            if let Some(needs) = of(line, "const NEEDS: Capability = Capability::", ";") {
                let name = name.take().expect("an operation has a name before its need");
                assert_eq!(names.insert(name.clone(), needs), None, "two operations are called {name}");
            }
        }
    }
}

fn names_in_the_source() -> BTreeMap<String, String> {
    let mut names = BTreeMap::new();
    names_in(concat!(env!("CARGO_MANIFEST_DIR"), "/src/operations").as_ref(), &mut names);
    names
}

/// Every operation of every folder, what it needs, who may: golden, so that none gains a right unnoticed. That a need is
/// asked before an operation runs at all is one piece of code for all of them, and tried below.
#[test]
fn the_table_of_operations_is_golden() {
    let mut table = String::new();
    for (name, needs) in names_in_the_source() {
        let capability = Capability::ALL.iter().find(|one| format!("{one:?}") == needs);
        let who = who_may(*capability.unwrap_or_else(|| panic!("{name} needs {needs}, which is no capability")));
        let who: Vec<&str> = who.iter().map(|role| role.code()).collect();
        table.push_str(&format!("{name:<24} {needs:<20} {}\n", who.join(" ")));
    }
    assert!(table.lines().count() >= 75, "{table}");
    insta::assert_snapshot!(table);
}

/// Whatever role somebody has, an operation of any folder that the table denies him leaves no trace: one is tried of
/// each, with nothing behind it, because the right is asked first.
#[test]
fn operations_of_every_folder_ask_before_they_look() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(3_000).register();
        let before = |role: Role| (world.one_of(role, &place), world.operations());
        for role in Role::ALL {
            let (person, count) = before(*role);
            for (name, needs, attempt) in one_of_each_folder() {
                let outcome = attempt(&person);
                let forbidden = matches!(&outcome, Err(Failure::Forbidden(asked)) if *asked == needs);
                assert_eq!(forbidden, !allows(*role, needs), "{name} by {}: {outcome:?}", role.code());
                assert!(outcome.is_err(), "{name} has nothing to be done to");
            }
            assert_eq!(world.operations(), count, "{}", role.code());
        }
    });
}

/// An operation of each subfolder, aimed at a record that nobody has.
fn one_of_each_folder() -> Vec<(&'static str, Capability, Try)> {
    use desk::operations as all;
    let none = quantity::Id::from_bytes([7; 16]);
    vec![
        row(move |_| all::alarm::acknowledge::Acknowledge { key: None, alarm: RecordId::new(none) }),
        row(move |world: &World| all::command::mend_finding::MendFinding {
            key: None,
            finding: RecordId::new(none),
            on: world.now().date(),
            evidence: "x".into(),
        }),
        row(move |_| all::papers::submit_report::SubmitReport { key: None, report: RecordId::new(none) }),
        row(move |_| all::papers::return_report::ReturnReport {
            key: None,
            report: RecordId::new(none),
            reason: "x".into(),
        }),
        row(move |_| all::supply::settle_invoice::SettleInvoice {
            key: None,
            invoice: RecordId::new(none),
            agreed: false,
            remark: "x".into(),
        }),
        row(move |_| all::inbox::reject_message::RejectMessage {
            key: None,
            message: RecordId::new(none),
            reason: "x".into(),
        }),
        row(move |_| all::phone::end_trust::EndTrust { key: None, phone: RecordId::new(none) }),
        row(move |_| all::chain::retire_link::RetireLink { key: None, link: RecordId::new(none), reason: "x".into() }),
    ]
}
