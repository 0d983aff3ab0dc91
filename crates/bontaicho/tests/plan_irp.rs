//! `plan irp` from outside: what it writes, that it can be repeated, how it refuses.

use std::path::PathBuf;
use std::process::{Command, Output};

/// Three customers, three days, two vehicles.
const SMALL: &str = "4 3 100 2\n\
    0 0.0 0.0 300 90 0.30\n\
    1 30.0 0.0 30 60 0 30 0.20\n\
    2 0.0 40.0 60 90 0 30 0.40\n\
    3 30.0 40.0 30 90 0 30 0.10\n";

/// A folder of its own, gone when it is dropped.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("bontaicho-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.0.join(name), text).expect("a file");
    }

    fn read(&self, name: &str) -> Option<String> {
        std::fs::read_to_string(self.0.join(name)).ok()
    }

    fn irp(&self, words: &[&str]) -> Output {
        let command = &mut Command::new(env!("CARGO_BIN_EXE_bontaicho"));
        command.args(["plan", "irp"]).args(words).current_dir(&self.0).env("BONTAICHO_LANG", "en");
        command.output().expect("the program starts")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// All lines but the last, which tells seconds.
fn without_seconds(text: &str) -> Vec<&str> {
    let lines: Vec<&str> = text.lines().collect();
    lines[..lines.len() - 1].to_vec()
}

#[test]
fn a_solution_is_written_and_can_be_repeated() {
    let folder = Folder::new("irp");
    folder.write("small.dat", SMALL);
    let words = |out| ["small.dat", "--seconds", "600", "--seed", "7", "--iterations", "500", "-o", out];
    for out in ["one", "two"] {
        let done = folder.irp(&words(out));
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success() && said.contains("500 iterations") && said.contains("seed 7"), "{said}");
        assert!(done.stdout.is_empty());
    }
    let (one, two) = (folder.read("one").unwrap(), folder.read("two").unwrap());
    assert_eq!(without_seconds(&one), without_seconds(&two));
    assert!(one.starts_with("Day 1\nRoute 1: 0 - ") && one.contains("\nDay 3\nRoute 1: "), "{one}");
    assert_eq!(one.lines().count(), 3 * 3 + 6);
    let total = plan::irp::check(&plan::irp::Instance::read(SMALL).unwrap(), &one);
    assert!(total.is_ok_and(|total| total > 300.0), "{one}");
    // Stopped by time: without a file the solution goes to the output stream.
    let done = folder.irp(&["small.dat", "--seconds", "0.1", "--threads", "2"]);
    assert!(done.status.success() && done.stdout.starts_with(b"Day 1\n"), "{}", String::from_utf8_lossy(&done.stderr));
}

#[test]
fn what_cannot_be_solved_is_told_by_code_and_nothing_is_written() {
    let folder = Folder::new("irp-bad");
    let never = "4 1 10 2\n0 0 0 100 100 0.1\n1 5 0 0 10 0 6 0.1\n2 0 5 0 10 0 6 0.1\n3 5 5 0 10 0 6 0.1\n";
    for (text, code) in [
        ("", "IRP-001"),
        ("\u{0}\u{1}PK\n", "IRP-002"),
        (&SMALL.replace("300 90", "NaN 90"), "IRP-003"),
        (&SMALL.replace("100 2", "100 0"), "IRP-006"),
        (&SMALL.replace("4 3 100", "4 3 10"), "IRP-009"),
        (never, "IRP-011"),
    ] {
        folder.write("bad.dat", text);
        let done = folder.irp(&["bad.dat", "--seconds", "5", "--iterations", "200", "-o", "out"]);
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.code() == Some(3) && said.contains(code), "{text}: {said}");
        // A sentence and what to do next.
        assert!(said.lines().count() >= 2 && folder.read("out").is_none(), "{said}");
    }
    folder.write("small.dat", SMALL);
    for (words, number) in [
        (["none.dat", "--seconds", "1"], 1),
        (["small.dat", "--seconds", "0"], 2),
        (["small.dat", "--seconds", "NaN"], 2),
        (["small.dat", "--threads", "0"], 2),
        (["small.dat", "--seed", "-1"], 2),
    ] {
        assert_eq!(folder.irp(&words).status.code(), Some(number), "{words:?}");
    }
}
