//! DT01, DT13: `letter read` from outside: the five letters field by field, refusals file by file.

#[path = "../../letter/tests/five/compare.rs"]
mod compare;
#[path = "../../letter/tests/five/expected.rs"]
mod expected;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use letter::Reading;
use serde_json::Value;

const NAMES: [&str; 5] = [
    "7559-BYT-TB-CT.txt",
    "3183-SYT-KHTC.txt",
    "lai-chau-SYT-NVY.txt",
    "148-UBND-KGVX.txt",
    "thuong-truc-tinh-uy-23-02-2022.txt",
];

fn letters() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../letter/tests/letters")
}

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bontaicho"));
    command.env("BONTAICHO_LANG", "vi");
    command
}

fn run(words: &[&str], files: &[PathBuf]) -> Output {
    program().args(["letter", "read"]).args(words).args(files).output().expect("the program starts")
}

fn json(files: &[PathBuf]) -> Value {
    let done = run(&["--format", "json"], files);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    serde_json::from_slice(&done.stdout).expect("JSON")
}

fn five(folder: &Path) -> Vec<PathBuf> {
    NAMES.iter().map(|name| folder.join(name)).collect()
}

/// A file of its own, gone when it is dropped.
struct Temporary(PathBuf);

impl Temporary {
    fn new(name: &str, bytes: &[u8]) -> Self {
        let path = std::env::temp_dir().join(format!("letter-{}-{name}", std::process::id()));
        std::fs::write(&path, bytes).expect("a file");
        Self(path)
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

#[test]
fn the_five_letters_are_read_as_people_read_them() {
    let read = json(&five(&letters()));
    let all =
        [expected::ministry(), expected::kien_giang(), expected::lai_chau(), expected::ha_noi(), expected::party()];
    for (name, (text, expected)) in NAMES.iter().zip(all) {
        let value = &read[name];
        let reading: Reading = serde_json::from_value(value.clone()).expect("the documented shape");
        let fields = compare::fields(&reading, &expected);
        let wrong = fields.iter().filter(|field| !field.is_right());
        let wrong: Vec<String> =
            wrong.map(|field| format!("{}: {:?}, not {:?}", field.name, field.read, field.expected)).collect();
        assert!(wrong.is_empty(), "{name}: {}", wrong.join("\n"));
        // Every place lies in the text, and a task stands at its own.
        let text = value["text"].as_str().unwrap_or(text);
        for (path, evidence) in &reading.evidence {
            assert!(text.get(evidence.start..evidence.end).is_some(), "{name} {path}");
            assert!((0.0..=1.0).contains(&evidence.confidence), "{name} {path}");
        }
        for (index, task) in reading.tasks.iter().enumerate() {
            let evidence = reading.evidence[&format!("tasks[{index}]")];
            assert_eq!(text.get(evidence.start..evidence.end), Some(task.sentence.as_str()));
        }
    }
}

/// A value of the reference, folded as texts are compared.
fn folded(value: &Value) -> Value {
    match value {
        Value::String(text) => Value::String(compare::fold(text)),
        Value::Array(values) => Value::Array(values.iter().map(folded).collect()),
        Value::Object(map) => {
            Value::Object(map.iter().map(|(key, value)| (compare::fold(key), folded(value))).collect())
        }
        other => other.clone(),
    }
}

/// Against the reference file itself, key by key, where it is there.
#[test]
fn every_field_is_what_the_reference_says() {
    let folder = std::env::var_os("BONTAICHO_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), PathBuf::from)
        .join("letters");
    let Ok(text) = std::fs::read_to_string(folder.join("expected.json")) else {
        eprintln!("skipped: 5 letters, no shared reference data");
        return;
    };
    let expected: Value = serde_json::from_str(&text).expect("JSON");
    let read = json(&five(&folder));
    let mut compared = 0;
    let mut wrong = Vec::new();
    for (name, fields) in expected.as_object().expect("letters by name") {
        for (key, value) in fields.as_object().expect("fields by key") {
            // A remark of whoever wrote the reference down.
            if key == "note" {
                continue;
            }
            compared += 1;
            let got = &read[name][key];
            if folded(got) != folded(value) {
                wrong.push(format!("{name} {key}: {got}, not {value}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    eprintln!("{compared} fields of 5 letters as the reference says");
    assert!(compared > 80, "{compared}");
}

#[test]
fn people_read_who_is_to_do_what_until_when() {
    let done = run(&[], &[letters().join(NAMES[0])]);
    let said = String::from_utf8_lossy(&done.stdout);
    for words in ["Cơ quan ban hành: Bộ Y tế", "Nhiệm vụ: 3", "hạn: trước ngày 15/9/2021", "Người ký: chưa rõ"]
    {
        assert!(said.contains(words), "{words} in {said}");
    }
}

#[test]
fn a_secret_paper_is_refused_and_nothing_of_it_printed() {
    let secret =
        Temporary::new("m.txt", "UBND TỈNH X\nMẬT\nSố: 77/UBND-NC\n\nKính gửi: Sở Y tế.\n\nNội dung kín.".as_bytes());
    let done = run(&["--format", "json"], std::slice::from_ref(&secret.0));
    let said = String::from_utf8_lossy(&done.stdout).into_owned() + &String::from_utf8_lossy(&done.stderr);
    assert_eq!(done.status.code(), Some(3), "{said}");
    assert!(said.contains("LET-001"), "{said}");
    for word in ["77", "Nội dung", "Kính gửi", "UBND TỈNH X"] {
        assert!(!said.contains(word), "{word} in {said}");
    }
}

#[test]
fn each_file_has_its_own_result_or_its_own_refusal() {
    let empty = Temporary::new("empty.txt", b"");
    let old = Temporary::new("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and so on");
    let done = run(&["--format", "json"], &[empty.0.clone(), letters().join(NAMES[1]), old.0.clone()]);
    assert_eq!(done.status.code(), Some(4));
    let read: Value = serde_json::from_slice(&done.stdout).expect("JSON");
    let key = |file: &Temporary| file.0.file_name().expect("a name").to_string_lossy().into_owned();
    assert_eq!(read[key(&empty)]["error"]["code"], "DOC-060");
    assert_eq!(read[key(&old)]["error"]["code"], "DOC-066");
    assert!(read[key(&old)]["error"]["next"].as_str().expect("a next step").contains(".docx"));
    assert_eq!(read[NAMES[1]]["number"], "3183/SYT-KHTC");
    let gone = run(&[], &[letters().join("no-such-letter.txt")]);
    assert_eq!(gone.status.code(), Some(1));
}

#[test]
fn a_letter_comes_through_the_standard_input_too() {
    let mut child = program()
        .args(["letter", "read", "-", "--format", "json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let text = std::fs::read(letters().join(NAMES[3])).expect("a letter");
    child.stdin.take().expect("an input").write_all(&text).expect("written");
    let done = child.wait_with_output().expect("an end");
    let read: Value = serde_json::from_slice(&done.stdout).expect("JSON");
    assert_eq!(read["-"]["number"], "148/UBND-KGVX");
}
