//! DT01: the data of a reading has the documented keys, and comes back from them as it was.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::{Duration, Instant};

use letter::{Reading, Refusal, Secrecy};
use quantity::Coded;

const LETTERS: [&str; 5] = [
    include_str!("letters/7559-BYT-TB-CT.txt"),
    include_str!("letters/3183-SYT-KHTC.txt"),
    include_str!("letters/lai-chau-SYT-NVY.txt"),
    include_str!("letters/148-UBND-KGVX.txt"),
    include_str!("letters/thuong-truc-tinh-uy-23-02-2022.txt"),
];

fn reading(text: &str) -> Reading {
    Reading::of(&letter::read(text).expect("a letter"), text)
}

fn file(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)).expect("a file")
}

/// Keys in the first column of the tables.
fn documented() -> BTreeSet<String> {
    let rows = file("docs/formats/letter-reading.md");
    let first = rows.lines().filter_map(|line| line.strip_prefix("| `")?.split(" |").next().map(str::to_owned));
    first.flat_map(|cell| cell.replace('`', "").split(", ").map(str::to_owned).collect::<Vec<_>>()).collect()
}

#[test]
fn every_key_is_documented() {
    let documented = documented();
    for text in LETTERS {
        let value = serde_json::to_value(reading(text)).unwrap();
        let top = value.as_object().unwrap().keys();
        let tasks = value["tasks"].as_array().unwrap().iter().flat_map(|task| task.as_object().unwrap().keys());
        for key in top.chain(tasks) {
            assert!(documented.contains(key), "{key} is not in docs/formats/letter-reading.md");
        }
    }
}

#[test]
fn the_data_come_back_as_they_were() {
    for text in LETTERS {
        let read = reading(text);
        let back: Reading = serde_json::from_str(&serde_json::to_string(&read).unwrap()).unwrap();
        assert_eq!(back, read);
    }
}

#[test]
fn a_deadline_tells_its_word_its_day_and_from_when_it_is_late() {
    let read = reading(LETTERS[0]);
    let due = &read.tasks[2].due[0];
    assert_eq!(read.tasks[2].deadline.as_deref(), Some("2021-09-15"));
    assert_eq!((due.written.as_str(), due.day.as_deref()), ("trước ngày 15/9/2021", Some("2021-09-15")));
    assert_eq!(due.overdue_from.as_deref(), Some("2021-09-15T00:00:00"));
    let read =
        reading("Kính gửi: Sở Y tế.\n\n- Báo cáo hằng ngày trước 16 giờ.\n- Hoàn thành trong vòng 5 ngày làm việc./.");
    let json = serde_json::to_value(&read.tasks).unwrap();
    assert_eq!((&json[0]["due"][0]["every"], &json[0]["due"][0]["time"]), (&"day".into(), &"16:00".into()));
    assert_eq!((&json[1]["due"][0]["within_days"], &json[1]["due"][0]["working_days"]), (&5.into(), &true.into()));
}

#[test]
fn every_refusal_has_a_sentence_that_tells_nothing_of_the_paper() {
    for refusal in [Refusal::Secret(Secrecy::Top), Refusal::Empty] {
        assert!(refusal.facts().is_empty());
        for language in ["vi", "en"] {
            let sentences = file(&format!("locales/{language}/errors-reader.ftl"));
            let at = sentences.find(&format!("\n{} = ", refusal.code())).unwrap();
            assert!(sentences[at..].lines().nth(2).unwrap().trim_start().starts_with(".next = "));
        }
    }
}

/// One paragraph without end and a decision of hundreds of tasks: the time grows with the length, not
/// with its square. Unoptimised and on a busy machine; with the square it was minutes.
#[test]
fn a_long_text_is_read_in_time() {
    let begun = Instant::now();
    let wall = "Rà soát oxy trước ngày 15/9/2021 theo Công văn số 12/SYT-NVY. ".repeat(3_000);
    letter::read(&format!("Kính gửi: Sở Y tế.\n\n{wall}")).unwrap();
    let task =
        "- Chủ trì rà soát oxy theo Quyết định số 4308/QĐ-BYT; báo cáo Ủy ban nhân dân tỉnh trước ngày 15/9/2021.\n\n";
    let long = format!("QUYẾT ĐỊNH\nPhê duyệt đề án oxy\n\nCăn cứ luật.\n\n1. Sở Y tế\n\n{}", task.repeat(1_500));
    assert_eq!(letter::read(&long).unwrap().tasks.len(), 1_500);
    assert!(begun.elapsed() < Duration::from_secs(30), "{:?}", begun.elapsed());
}
