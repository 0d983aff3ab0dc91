//! `simulate provinces` from outside: the same table whatever the threads, the file, refusals (OX09, OX15).

use std::process::{Command, Output};

fn simulate(words: &[&str], language: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_bontaicho"))
        .args(["simulate", "provinces"])
        .args(words)
        .env("BONTAICHO_LANG", language)
        .output()
        .expect("the program starts")
}

fn said(words: &[&str], language: &str) -> String {
    let done = simulate(words, language);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).expect("text")
}

/// Without the columns that tell how long it took.
fn timeless(text: &str) -> Vec<String> {
    let costs = |line: &&str| !line.starts_with("cover ") && !line.starts_with("plan ") || line.contains('–');
    text.lines().filter(costs).map(str::to_owned).collect()
}

#[test]
fn the_table_does_not_hang_on_threads() {
    let words = |threads| {
        [
            "--count",
            "3",
            "--paths",
            "2",
            "--days",
            "3",
            "--policy",
            "plan,cover",
            "--iterations",
            "3",
            "--threads",
            threads,
        ]
    };
    let (one, two) = (said(&words("1"), "vi"), said(&words("2"), "vi"));
    assert_eq!(timeless(&one), timeless(&two));
    assert!(one.starts_with("3 tỉnh mô phỏng × 2 diễn biến × 3 ngày, hạt giống 1;"), "{one}");
    assert!(one.contains("thiếu · đang lên") && one.contains("dư · đang lên"), "{one}");
    assert!(!one.contains("simulate-"), "every word is said: {one}");
    assert!(!said(&["--count", "1", "--paths", "1", "--days", "1", "--policy", "cover"], "en").contains("simulate-"));
}

#[test]
fn the_file_has_a_row_for_every_province_path_and_policy() {
    let file = std::env::temp_dir().join(format!("provinces-{}.csv", std::process::id()));
    let shown = file.display().to_string();
    said(&["--count", "2", "--paths", "3", "--days", "2", "--policy", "cover,priority", "--csv", &shown], "en");
    let text = std::fs::read_to_string(&file).expect("a file");
    std::fs::remove_file(&file).expect("a file");
    let rows: Vec<Vec<&str>> = text.lines().map(|line| line.split(',').collect()).collect();
    assert_eq!(rows.len(), 1 + 2 * 3 * 2);
    assert!(rows.iter().all(|row| row.len() == rows[0].len()));
    let refused = rows[0].iter().position(|name| *name == "refused").expect("a column");
    assert!(rows[1..].iter().all(|row| row[refused] == "0"), "{text}");
}

#[test]
fn what_cannot_be_used_is_told() {
    for (words, told) in [
        (&["--policy", "luck"][..], "“luck”"),
        (&["--policy", ","], "“,”"),
        (&["--count", "0"], "--count 0"),
        (&["--days", "100"], "--days 100"),
        (&["--search", "-1"], "-1"),
        (&["--search", "NaN"], "NaN"),
        (&["--threads", "0"], "--threads 0"),
    ] {
        let done = simulate(words, "en");
        let error = String::from_utf8_lossy(&done.stderr).into_owned();
        assert_eq!(done.status.code(), Some(2), "{error}");
        assert!(error.contains(told), "{error}");
    }
}
