//! Letters that are not as they should be, at the command line (issue 4, «Bad input»): each is read with what a person
//! should look at, or refused with a code and the next step. What is wrong with a file itself, byte by byte, is tested
//! beside its reader in `document`.

use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

const LETTER: &str = "UBND TỈNH X\nSỞ Y TẾ\nSố: 77/SYT-NVY\nX, ngày 10 tháng 8 năm 2021\nV/v chuẩn bị oxy\n\nKính gửi: Các bệnh viện.\n\n\
    1. Các bệnh viện báo cáo lượng oxy dự trữ trước ngày 20/8/2021.\n\nGIÁM ĐỐC\n\nNguyễn Văn Ổi\n";

/// A folder of its own, gone when it is dropped.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("bad-letters-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }

    fn run(&self, words: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bontaicho"));
        command
            .env("BONTAICHO_LANG", "vi")
            .env("BONTAICHO_DATABASE", format!("sqlite:{}", self.0.join("a.db").display()));
        command.args(words).current_dir(&self.0).output().expect("the program starts")
    }

    /// What `letter read` says of a text, as JSON.
    fn read(&self, text: &str) -> Value {
        std::fs::write(self.0.join("a.txt"), text).expect("a file");
        let done = self.run(&["letter", "read", "a.txt", "--format", "json"]);
        serde_json::from_slice::<Value>(&done.stdout).expect("JSON")["a.txt"].take()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A PDF of one page on which nothing is written.
fn page_without_text() -> Vec<u8> {
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
    ];
    let (mut file, mut places) = (String::from("%PDF-1.4\n"), Vec::new());
    for (number, object) in (1_usize..).zip(objects) {
        places.push(file.len());
        file.push_str(&format!("{number} 0 obj\n{object}\nendobj\n"));
    }
    let start = file.len();
    file.push_str("xref\n0 4\n0000000000 65535 f \n");
    for place in places {
        file.push_str(&format!("{place:010} 00000 n \n"));
    }
    file.push_str(&format!("trailer\n<</Size 4/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n"));
    file.into_bytes()
}

fn doubts(read: &Value) -> Vec<&str> {
    read["doubts"].as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

/// DT01, DT05: what a person must look at is named, and nothing is invented in its place.
#[test]
fn an_odd_letter_is_read_and_what_is_odd_is_named() {
    let folder = Folder::new("odd");
    assert_eq!(doubts(&folder.read(LETTER)), [""; 0], "the letter itself is in order");
    let never = folder.read(&LETTER.replace("20/8/2021", "30/2/2022"));
    assert_eq!(doubts(&never), ["impossible_date"]);
    let late = folder.read(&LETTER.replace("20/8/2021", "01/8/2021"));
    assert_eq!(doubts(&late), ["deadline_passed"]);
    let two = folder.read(&format!("{LETTER}\n{}", LETTER.replace("77/", "78/")));
    assert!(doubts(&two).contains(&"second_letter"), "{two}");
    let undated = folder.read(&LETTER.replace("X, ngày 10 tháng 8 năm 2021\n", ""));
    assert_eq!((&undated["number"], &undated["date"]), (&Value::from("77/SYT-NVY"), &Value::Null));
    // The same sentences as on the page.
    std::fs::write(folder.0.join("a.txt"), LETTER.replace("20/8/2021", "30/2/2022")).unwrap();
    let said = folder.run(&["letter", "read", "a.txt"]);
    assert!(String::from_utf8_lossy(&said.stdout).contains("! Có ngày không có trong lịch. Hãy đối chiếu"));
}

/// DT01: a refused file has its code, its sentence and the next step, alone or in a folder; nothing is taken in.
#[test]
fn a_refused_file_has_its_code_and_the_next_step() {
    let folder = Folder::new("refused");
    folder.run(&["migrate"]);
    folder.run(&["user", "add", "quan.tri", "--area", "91"]);
    std::fs::create_dir(folder.0.join("den")).unwrap();
    let pages = page_without_text();
    let files: [(&str, &[u8], &str); 4] = [
        ("rong.txt", b"", "DOC-060"),
        ("anh.pdf", &pages, "DOC-07"),
        ("nen.docx", b"PK\x03\x04 and nothing", "DOC-065"),
        ("ma.txt", "B?nh vi?n ?a khoa t?nh Kiên Giang".as_bytes(), "DOC-073"),
    ];
    for (name, bytes, code) in files {
        std::fs::write(folder.0.join("den").join(name), bytes).unwrap();
        let done = folder.run(&["letter", "read", &format!("den/{name}")]);
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert_eq!(done.status.code(), Some(3), "{name}: {said}");
        assert!(said.contains(code) && said.lines().count() >= 2, "{name}: {said}");
    }
    let large = std::fs::File::create(folder.0.join("den/lon.txt")).unwrap();
    large.set_len(100_000_000).unwrap();
    let done = folder.run(&["letter", "read", "den/lon.txt"]);
    assert_eq!(done.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&done.stderr).contains("DOC-061"));
    let taken = folder.run(&["letter", "import", "den"]);
    let said = String::from_utf8_lossy(&taken.stderr).into_owned() + &String::from_utf8_lossy(&taken.stdout);
    assert!(!taken.status.success() && said.contains("Đã nhận 0 văn bản"), "{said}");
}

/// Who reads the output may stop: the command ends quietly. A refusal says its sentence and no more.
#[test]
fn a_command_whose_output_nobody_reads_ends_quietly() {
    let folder = Folder::new("quiet");
    folder.run(&["migrate"]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_bontaicho"))
        .args(["export", "areas", "--database", &format!("sqlite:{}", folder.0.join("a.db").display())])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let done = child.wait_with_output().expect("an end");
    assert!(done.status.success() && done.stderr.is_empty(), "{}", String::from_utf8_lossy(&done.stderr));

    folder.run(&["user", "add", "quan.tri", "--area", "91"]);
    folder.run(&["backup", "-o", "a.btc"]);
    let refused = folder.run(&["restore", "a.btc"]);
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert_eq!(refused.status.code(), Some(3), "{said}");
    assert!(said.contains("STO-007") && said.contains("Chỉ phục hồi vào cơ sở dữ liệu trống"), "{said}");
    assert!(!said.contains('\u{1b}') && !said.contains("ERROR"), "{said}");
}
