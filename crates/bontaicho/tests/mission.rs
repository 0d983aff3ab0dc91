//! What `docs/mission.md` and `docs/lessons.md` say of themselves: every row has one of three states, their sums are
//! those of the first sentence, and every test that is named there exists.

use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn document(name: &str) -> String {
    std::fs::read_to_string(root().join("docs").join(name)).expect("a document of the project")
}

/// What stands between signs of code.
fn quoted(line: &str) -> impl Iterator<Item = &str> {
    line.split('`').skip(1).step_by(2)
}

/// Names of tests in a document that lead nowhere.
fn lost(name: &str) -> Vec<String> {
    let text = document(name);
    let named = text.lines().flat_map(quoted).filter(|named| named.contains(".rs"));
    named
        .filter(|named| {
            let (file, function) = named.split_once("::").unwrap_or((named, ""));
            let there = std::fs::read_to_string(root().join(file)).unwrap_or_default();
            // The last part is the function; a module of the file may stand before it.
            let function = function.rsplit("::").next().unwrap_or_default();
            there.is_empty() || !function.is_empty() && !there.contains(&format!("fn {function}("))
        })
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_test_that_is_named_exists() {
    for name in ["mission.md", "lessons.md"] {
        assert_eq!(lost(name), Vec::<String>::new(), "docs/{name}");
    }
}

#[test]
fn the_rows_are_counted_and_what_works_names_its_test() {
    let text = document("mission.md");
    let (mut works, mut partly, mut not_yet) = (0, 0, 0);
    for row in text.lines().filter(|line| line.starts_with("| ")) {
        let cells: Vec<&str> = row.split(" | ").map(|cell| cell.trim_matches(['|', ' '])).collect();
        let id = cells[0].trim_start_matches(|letter: char| letter.is_ascii_uppercase());
        if cells[0] == "id" || !id.chars().all(|digit| digit.is_ascii_digit()) {
            continue;
        }
        match cells[2] {
            state if state.starts_with("**works**") => works += 1,
            state if state.starts_with("**partly**") => partly += 1,
            "not yet" => {
                not_yet += 1;
                continue;
            }
            other => panic!("{}: no state begins «{other}»", cells[0]),
        }
        assert!(quoted(row).any(|named| named.contains(".rs")), "{} names no test", cells[0]);
    }
    let rows = works + partly + not_yet;
    let said = format!("Of {rows} rows {works} work, {partly} work partly, {not_yet} not yet.");
    assert!(text.contains(&said), "docs/mission.md does not say: {said}");
}
