//! The command line from outside: the database named by the environment, files that do not fit.

use std::path::PathBuf;
use std::process::{Command, Output};

/// A folder of its own, gone when it is dropped.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("bontaicho-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }

    /// Runs the program with the database of this folder in its environment.
    fn run(&self, words: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_bontaicho"))
            .args(words)
            .current_dir(&self.0)
            .env("BONTAICHO_DATABASE", format!("sqlite:{}", self.0.join("a.db").display()))
            .output()
            .expect("the program starts")
    }

    fn does(&self, words: &[&str]) -> String {
        let done = self.run(words);
        assert!(done.status.success(), "{words:?}: {}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8_lossy(&done.stdout).into_owned() + &String::from_utf8_lossy(&done.stderr)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// OX07: what README says of a province's first day, with the database in the environment.
#[test]
fn the_first_day_of_a_province_needs_the_database_named_once() {
    let folder = Folder::new("first-day");
    folder.does(&["migrate"]);
    folder.does(&["user", "add", "quan.tri", "--area", "91", "--role", "administrator"]);
    let facilities = "Mã cơ sở,Tên cơ sở,Mã xã,Loại nguồn oxy,Tên bồn hoặc kho,Dung tích,Đơn vị dung tích,Đơn vị thang đo\n\
        BV01,Bệnh viện Hải Âu,31078,bồn oxy lỏng,Bồn số 1,3,tấn,%\n";
    std::fs::write(folder.0.join("facilities.csv"), facilities).unwrap();
    let said = folder.does(&["import", "facilities", "facilities.csv"]);
    assert!(said.contains('1'), "{said}");
    assert!(folder.does(&["import", "--list"]).contains("suppliers"));
    folder.does(&["export", "suppliers", "-o", "suppliers.xlsx"]);
    folder.does(&["import", "suppliers", "suppliers.xlsx"]);
    folder.does(&["doctor"]);
}

/// OX19: a national sum that had to give a file back is written, and ends otherwise than one that took all.
#[test]
fn a_sum_that_gives_a_file_back_says_so_in_its_exit_code() {
    let folder = Folder::new("sum");
    folder.does(&["migrate"]);
    folder.does(&["user", "add", "quan.tri", "--area", "91", "--role", "administrator"]);
    std::fs::write(folder.0.join("bad.json"), "{").unwrap();
    let words =
        ["report", "national", "--date", "2026-11-21", "--file", "bad.json", "--format", "xlsx", "-o", "sum.xlsx"];
    let done = folder.run(&words);
    assert_eq!(done.status.code(), Some(4), "{}", String::from_utf8_lossy(&done.stderr));
    assert!(folder.0.join("sum.xlsx").exists());
}

/// Every example of `docs/formats/letter-record` becomes a paper of both kinds; what does not fit is told by its key.
#[test]
fn a_record_becomes_a_letter_and_a_bad_one_is_told_by_its_key() {
    let folder = Folder::new("letter");
    let examples = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/formats/letter-record");
    let mut written = 0;
    for example in std::fs::read_dir(examples).unwrap() {
        let example = example.unwrap().path();
        let record = example.to_string_lossy();
        for (name, begins) in [("letter.docx", &b"PK"[..]), ("letter.pdf", b"%PDF-")] {
            folder.does(&["letter", "write", &record, "-o", name]);
            assert!(std::fs::read(folder.0.join(name)).unwrap().starts_with(begins), "{record} {name}");
        }
        written += 1;
    }
    assert!(written >= 9, "{written} examples");
    for (text, code, said) in [
        (r#"{"record":"reminder","facts":{"bodies":[{"body":"A","tone":"shouts"}]}}"#, 3, "facts.bodies[0].tone"),
        (r#"{"record":"reminder","facts":{"bodis":[]}}"#, 3, "facts.bodis"),
        ("{", 3, "OUT-003"),
        ("", 3, "OUT-003"),
    ] {
        std::fs::write(folder.0.join("bad.json"), text).unwrap();
        let done = folder.run(&["letter", "write", "bad.json", "-o", "bad.pdf"]);
        let told = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.code() == Some(code) && told.contains(said), "{text}: {told}");
        assert!(!folder.0.join("bad.pdf").exists());
    }
    assert_eq!(folder.run(&["letter", "write", "bad.json", "-o", "bad.odt"]).status.code(), Some(2));
    assert_eq!(folder.run(&["letter", "write", "none.json", "-o", "bad.pdf"]).status.code(), Some(1));
}
