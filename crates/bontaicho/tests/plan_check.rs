//! OX09: `plan check` from outside: a good plan, a broken one, a problem of which no plan is made, files that are none.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::{Value, json};

fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/formats/plan").join(name)
}

fn value(name: &str) -> Value {
    serde_json::from_str(&std::fs::read_to_string(example(name)).expect("an example")).expect("JSON")
}

/// A file of its own, gone when it is dropped.
struct Temporary(PathBuf);

impl Temporary {
    fn new(name: &str, text: &str) -> Self {
        let path = std::env::temp_dir().join(format!("plan-{}-{name}", std::process::id()));
        std::fs::write(&path, text).expect("a file");
        Self(path)
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

fn check(problem: &Path, plan: &Path, words: &[&str], language: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bontaicho"));
    command.env("BONTAICHO_LANG", language).args(["plan", "check"]).args([problem, plan]).args(words);
    command.output().expect("the program starts")
}

fn told(done: &Output) -> String {
    String::from_utf8_lossy(&done.stdout).into_owned() + &String::from_utf8_lossy(&done.stderr)
}

#[test]
fn the_example_keeps_every_rule() {
    let (problem, plan) = (example("problem.json"), example("plan.json"));
    let done = check(&problem, &plan, &[], "vi");
    assert!(done.status.success(), "{}", told(&done));
    assert_eq!(told(&done), "Phương án giữ mọi quy tắc: 4 chuyến, 4 điểm giao.\n");
    assert_eq!(told(&check(&problem, &plan, &[], "en")), "The plan keeps every rule: 4 trips, 4 stops.\n");
    let json: Value = serde_json::from_slice(&check(&problem, &plan, &["--format", "json"], "vi").stdout).unwrap();
    assert_eq!(json, json!({ "trips": 4, "refused": [], "told": [], "faults": [] }));
}

#[test]
fn a_broken_plan_is_told_by_trip_and_facility_and_ends_with_three() {
    let mut plan = value("plan.json");
    plan["trips"][1]["stops"][0]["amount"]["liquid"] = json!(5_000_001);
    let plan = Temporary::new("broken.json", &plan.to_string());
    let done = check(&example("problem.json"), &plan.0, &[], "vi");
    assert_eq!(done.status.code(), Some(3));
    let words = told(&done);
    for part in [
        "Phương án chưa giữ quy tắc ở 2 chỗ:",
        "- Chuyến 2, xe 68H-000.01: chở 5,0 t, xe bồn chứa 4,5 t. (PLN-122)\n  Bớt hàng hoặc chia chuyến.",
        // To the gram where the rounded figures would be alike.
        "điểm 1 (Bệnh viện Hải Âu (mô phỏng)): giao 5.000.001 g, bồn đầy chứa 5.000.000 g. (PLN-133)",
    ] {
        assert!(words.contains(part), "{part}: {words}");
    }
    let done = check(&example("problem.json"), &plan.0, &["--format", "json"], "en");
    assert_eq!(done.status.code(), Some(3));
    let json: Value = serde_json::from_slice(&done.stdout).unwrap();
    let fault = &json["faults"][1];
    assert_eq!(
        (&fault["code"], &fault["trip"], &fault["stop"], &fault["site"]),
        (&json!("PLN-133"), &json!(1), &json!(0), &json!(0))
    );
}

#[test]
fn a_problem_that_cannot_be_planned_is_told_by_its_key_and_a_facility_out_of_reach_by_its_name() {
    let plan = example("plan.json");
    let mut problem = value("problem.json");
    problem["sources"][0]["liquid"]["stock"] = json!(-1);
    let bad = Temporary::new("bad.json", &problem.to_string());
    let done = check(&bad.0, &plan, &[], "vi");
    assert_eq!(done.status.code(), Some(3));
    assert!(told(&done).contains("sources[0].liquid.stock: -1 g nhỏ hơn 0. (PLN-204)"), "{}", told(&done));

    let mut problem = value("problem.json");
    problem["roads"]["measured"] = json!([]);
    let far = Temporary::new("far.json", &problem.to_string());
    let done = check(&far.0, &plan, &[], "vi");
    let words = told(&done);
    assert!(words.contains("Trạm y tế Kênh Xa (mô phỏng): chưa có tọa độ"), "{words}");
    assert!(words.contains("chưa biết đường đi") && words.contains("PLN-109"), "{words}");
}

#[test]
fn files_that_are_none_are_told_by_their_key() {
    let (problem, plan) = (example("problem.json"), example("plan.json"));
    for (text, said) in [
        ("{", "PLN-302"),
        ("", "PLN-302"),
        (r#"{"trips": [{"vehicle": -1}]}"#, "trips[0].vehicle"),
        (r#"{"trips": [], "tripps": []}"#, "tripps"),
    ] {
        let file = Temporary::new("none.json", text);
        let done = check(&problem, &file.0, &[], "vi");
        assert!(done.status.code() == Some(3) && told(&done).contains(said), "{text}: {}", told(&done));
        assert!(told(&done).contains("none.json"));
    }
    assert_eq!(check(&problem, Path::new("nowhere.json"), &[], "vi").status.code(), Some(1));
    assert_eq!(check(&plan, &plan, &[], "vi").status.code(), Some(3));
}
