use jiff::civil::{Date, date};
use proptest::prelude::*;
use quantity::Coded;

use super::*;

const TODAY: Date = date(2026, 11, 22);

fn shipped() -> Norms {
    Norms::shipped().unwrap()
}

fn own(id: &str, value: f64, valid_from: Date, valid_to: Option<Date>) -> Override {
    Override {
        id: VersionId::new(id),
        table: "oxygen.alarm".into(),
        key: "danger".into(),
        figure: Figure { low: value, value, high: value },
        unit: NormUnit::Hours,
        source: "Quyết định của Sở Y tế".into(),
        valid_from,
        valid_to,
    }
}

/// OX08: the shipped distributions of facts §2, the WHO profile beside them.
#[test]
fn flows_stand_side_by_side_with_their_sources() {
    let norms = shipped();
    let on = date(2021, 12, 20);
    let flow = |key| norms.lookup("oxygen.flow", key, on).map(|found| found.figure);
    assert_eq!(flow("hfnc"), Ok(Figure { low: 15.0, value: 30.0, high: 50.0 }));
    assert_eq!(flow("niv"), Ok(Figure { low: 10.0, value: 20.0, high: 40.0 }));
    assert_eq!(flow("invasive"), Ok(Figure { low: 6.0, value: 12.0, high: 25.0 }));
    assert_eq!(flow("ecmo"), Ok(Figure { low: 10.0, value: 10.0, high: 10.0 }));

    let standing: Vec<_> = norms.standing("oxygen.flow", on).map(|version| version.id.as_str()).collect();
    assert_eq!(standing, ["oxygen.flow/working-1", "oxygen.flow/who-planning-2020", "oxygen.flow/india-2021"]);
    assert_eq!(norms.standing("oxygen.flow", date(2020, 6, 1)).count(), 2, "India's norm came in 2021");
}

#[test]
fn every_table_has_one_preferred_version_and_a_source() {
    let norms = shipped();
    assert!(norms.tables().len() >= 12);
    for table in norms.tables() {
        let preferred: Vec<_> = norms.standing(table, TODAY).filter(|version| version.preferred).collect();
        assert_eq!(preferred.len(), 1, "{table}");
        for row in &preferred[0].rows {
            let found = norms.lookup(table, &row.key, TODAY).unwrap();
            assert!(!found.source.is_empty() && found.version == preferred[0].id);
        }
    }
}

#[test]
fn what_no_source_confirms_is_marked() {
    let norms = shipped();
    let unconfirmed = |table, key| norms.lookup(table, key, TODAY).unwrap().unconfirmed;
    assert!(unconfirmed("oxygen.order_point", "tank"));
    assert!(unconfirmed("oxygen.loss", "boil_off_per_day") && unconfirmed("oxygen.loss", "leakage"));
    assert!(!unconfirmed("oxygen.loss", "piping") && !unconfirmed("oxygen.loss", "unexplained"));
    assert!(!unconfirmed("oxygen.heel", "tank"));
}

#[test]
fn an_override_wins_over_a_choice_and_ends_on_its_day() {
    let mut norms = shipped();
    norms.override_with(own("override/1", 12.0, date(2026, 1, 1), Some(date(2026, 6, 30)))).unwrap();
    norms.override_with(own("override/2", 10.0, date(2026, 6, 1), Some(date(2026, 6, 30)))).unwrap();
    let danger = |on| norms.lookup("oxygen.alarm", "danger", on).map(|found| (found.figure.value, found.version));
    assert_eq!(danger(date(2025, 12, 31)), Ok((8.0, VersionId::new("oxygen.alarm/1"))));
    assert_eq!(danger(date(2026, 5, 31)), Ok((12.0, VersionId::new("override/1"))));
    assert_eq!(danger(date(2026, 6, 30)), Ok((10.0, VersionId::new("override/2"))), "the later one wins");
    assert_eq!(danger(date(2026, 7, 1)), Ok((8.0, VersionId::new("oxygen.alarm/1"))));
}

#[test]
fn a_choice_holds_from_its_day_and_the_latest_wins() {
    let mut norms = shipped();
    norms.choose(Choice::new("oxygen.flow", "oxygen.flow/who-planning-2020", date(2021, 9, 1))).unwrap();
    norms.choose(Choice::new("oxygen.flow", "oxygen.flow/working-1", date(2022, 3, 1))).unwrap();
    let mask = |on| norms.lookup("oxygen.flow", "mask", on).unwrap().figure.value;
    assert_eq!([mask(date(2021, 8, 31)), mask(date(2021, 9, 1)), mask(date(2022, 3, 1))], [6.0, 10.0, 6.0]);
}

#[test]
fn a_named_version_answers_whatever_was_chosen() {
    let norms = shipped();
    let planning = |version, key| norms.in_version("oxygen.flow", version, key);
    let mask = planning("oxygen.flow/who-planning-2020", "mask").unwrap();
    assert_eq!(mask.figure, Figure { low: 5.0, value: 10.0, high: 15.0 });
    assert_eq!(planning("oxygen.flow/3", "mask").map_err(|problem| problem.code()), Err("NRM-004"));
    assert_eq!(planning("oxygen.flow/working-1", "nose").map_err(|problem| problem.code()), Err("NRM-002"));
}

#[test]
fn nothing_is_answered_in_silence() {
    let mut norms = shipped();
    let code = |problem: NormProblem| problem.code();
    assert_eq!(norms.lookup("oxygen.flow", "nose", TODAY).map_err(code), Err("NRM-002"));
    assert_eq!(norms.lookup("oxygen.flown", "mask", TODAY).map_err(code), Err("NRM-002"));
    assert_eq!(norms.lookup("oxygen.flow", "mask", date(2019, 12, 31)).map_err(code), Err("NRM-003"));
    assert_eq!(norms.choose(Choice::new("oxygen.flow", "oxygen.flow/2", TODAY)).map_err(code), Err("NRM-004"));

    let mut reversed = own("override/3", 8.0, TODAY, None);
    reversed.figure.low = 9.0;
    assert_eq!(norms.override_with(reversed).map_err(code), Err("NRM-005"));
    assert_eq!(norms.override_with(own("override/4", f64::NAN, TODAY, None)).map_err(code), Err("NRM-005"));
    let other_unit = Override { unit: NormUnit::Days, ..own("override/5", 1.0, TODAY, None) };
    assert_eq!(norms.override_with(other_unit).map_err(code), Err("NRM-006"));
    let other_key = Override { key: "panic".into(), ..own("override/6", 1.0, TODAY, None) };
    assert_eq!(norms.override_with(other_key).map_err(code), Err("NRM-002"));
}

#[test]
fn a_wrong_file_is_refused_whole() {
    let version = |id: &str, rest: &str| {
        format!(
            "[[version]]\ntable='a'\nid='{id}'\nversion=1\ntitle='t'\nsource='s'\nvalid_from=2021-09-07\nunit='hours'\n{rest}\n"
        )
    };
    let good = version("a/1", "row=[{key='k', value=1}]");
    assert!(Norms::from_files([("good.toml", good.as_str())]).is_ok());
    for (name, text) in [
        ("not toml", "version = [".to_owned()),
        ("an unknown field", good.replace("title", "titel")),
        ("the id twice", good.repeat(2)),
        ("other keys", good.clone() + &version("a/2", "row=[{key='l', value=1}]")),
        ("ends before it begins", version("a/1", "valid_to=2021-09-06\nrow=[{key='k', value=1}]")),
        ("a key twice", version("a/1", "row=[{key='k', value=1},{key='k', value=2}]")),
        ("no such day", good.replace("2021-09-07", "2021-09-31")),
    ] {
        let refused = Norms::from_files([("province.toml", text.as_str())]).map_err(|problem| problem.code());
        assert_eq!(refused.map(|_| ()), Err("NRM-001"), "{name}");
    }
    let reversed = version("a/1", "row=[{key='k', low=2, value=1}]");
    let refused = Norms::from_files([("province.toml", reversed.as_str())]).map_err(|problem| problem.code());
    assert_eq!(refused.map(|_| ()), Err("NRM-005"));
}

#[test]
fn version_names_are_stored_as_plain_text() {
    let stored = serde_json::to_string(&VersionId::new("override/17")).unwrap();
    assert_eq!(stored, "\"override/17\"");
    assert_eq!(serde_json::from_str::<VersionId>(&stored).unwrap(), VersionId::new("override/17"));
}

proptest! {
    /// Whatever a province's file holds, it is refused or read, never a panic.
    #[test]
    fn no_file_panics(text in "(\\[\\[version\\]\\]\n|[a-z]+ = [-0-9a-z'.\\[\\]{}]{0,12}\n){0,12}") {
        let _ = Norms::from_files([("any.toml", text.as_str())]);
    }
}
