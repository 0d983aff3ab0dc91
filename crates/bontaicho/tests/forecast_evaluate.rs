//! `forecast evaluate` from outside: a small set generated here, the Vietnamese table word by word, refusals.

use std::io::{Read as _, Write as _};
use std::path::PathBuf;
use std::process::{Command, Output};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use jiff::civil::{Date, date};
use jiff::{Span, ToSpan as _};
use serde_json::Value;

/// Weeks of truth, and the first of which a forecast is made.
const WEEKS: i64 = 34;
const FIRST: i64 = 20;

/// A folder of its own, gone when it is dropped.
struct Folder(PathBuf);

impl Folder {
    /// A set of three places whose counts rise and fall by a rule, twelve days of forecast, a baseline and a model that is
    /// nearer to the truth by half.
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("forecast-{name}-{}", std::process::id())).join("ba-nơi");
        std::fs::create_dir_all(&path).expect("a folder");
        let folder = Self(path);
        folder.write("truth.csv", &truth());
        folder.write("vintages.csv", &vintages());
        folder.pack("flat-baseline.csv.gz", &model(1.0));
        folder.write("half.csv", &model(0.5));
        folder
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.0.join(name), text).expect("a file");
    }

    fn pack(&self, name: &str, text: &str) {
        let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
        packer.write_all(text.as_bytes()).expect("bytes");
        std::fs::write(self.0.join(name), packer.finish().expect("bytes")).expect("a file");
    }

    fn evaluate(&self, words: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_bontaicho"))
            .args(["forecast", "evaluate"])
            .arg(&self.0)
            .args(words)
            .current_dir(&self.0)
            .env("BONTAICHO_LANG", "vi")
            .output()
            .expect("the program starts")
    }

    fn json(&self, words: &[&str]) -> Value {
        let done = self.evaluate(&[&["--format", "json"], words].concat());
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        serde_json::from_slice(&done.stdout).expect("JSON")
    }

    /// What is refused or remarked, on the error stream.
    fn told(&self, code: i32, words: &[&str]) -> String {
        let done = self.evaluate(words);
        let told = String::from_utf8_lossy(&done.stderr).into_owned();
        assert_eq!(done.status.code(), Some(code), "{told}");
        told
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(self.0.parent().expect("a parent"));
    }
}

const PLACES: [(&str, i64); 3] = [("Xã \"Đông, Tây\"", 1), ("Huyện Bình Lục", 7), ("Tỉnh Hà Đông", 60)];

fn weeks(number: i64) -> Span {
    number.weeks()
}

/// The last day of a week, and the day of the forecast two days later.
fn week(number: i64) -> Date {
    date(2026, 1, 3).saturating_add(weeks(number))
}

fn on(number: i64) -> Date {
    week(number).saturating_add(2.days())
}

fn count(size: i64, week: i64) -> i64 {
    size * (20 + (week * week * 7) % 13 - (week % 5) * 2)
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn truth() -> String {
    let mut text = "location,date,value\n".to_owned();
    for (name, size) in PLACES {
        for number in 0..WEEKS {
            text += &format!("{},{},{}\n", quoted(name), week(number), count(size, number));
        }
    }
    text
}

/// Every week told on the Monday after it; of the first day of forecast all before.
fn vintages() -> String {
    let mut text = "as_of,location,date,value\n".to_owned();
    for (name, size) in PLACES {
        for number in 0..WEEKS {
            text += &format!("{},{},{},{}\n", on(number.max(FIRST)), quoted(name), week(number), count(size, number));
        }
    }
    text
}

/// A model that errs upwards by a share of the place's size, with quantiles around it.
fn model(share: f64) -> String {
    let levels = ["0.01", "0.025"].map(str::to_owned).into_iter();
    let levels = levels.chain((1..20).map(|step| format!("{}", f64::from(step * 5) / 100.0)));
    let levels: Vec<String> = levels.chain(["0.975", "0.99"].map(str::to_owned)).collect();
    let titles: Vec<String> = levels.iter().map(|level| format!("q{level}")).collect();
    let mut text = format!("reference_date,location,horizon,target_end_date,{}\n", titles.join(","));
    for number in FIRST..WEEKS - 2 {
        for (name, size) in PLACES {
            for horizon in (1..=4).filter(|horizon| number + horizon < WEEKS) {
                let middle = count(size, number + horizon) as f64 + 3.0 * share * size as f64;
                let figure = |level: &String| {
                    let level: f64 = level.parse().expect("a level");
                    format!("{}", middle + 8.0 * share * size as f64 * (level - 0.5))
                };
                let figures: Vec<String> = levels.iter().map(figure).collect();
                text += &format!(
                    "{},{},{horizon},{},{}\n",
                    on(number),
                    quoted(name),
                    week(number + horizon),
                    figures.join(",")
                );
            }
        }
    }
    text
}

/// The table word by word; only how long it took is not the same every time.
#[test]
fn the_table_is_vietnamese_and_whole() {
    let folder = Folder::new("table");
    let done = folder.evaluate(&[]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    assert_eq!(String::from_utf8_lossy(&done.stderr), "");
    let text = String::from_utf8(done.stdout).expect("UTF-8");
    let timed = |line: &&str| line.starts_with("Thời gian mỗi ngày dự báo");
    assert_eq!(text.lines().filter(timed).count(), 3);
    let text: Vec<&str> = text.lines().filter(|line| !timed(line)).collect();
    let golden = include_str!("forecast_evaluate/table.txt");
    assert_eq!(text.join("\n").trim_end(), golden.trim_end());
}

/// A model whose errors are half as large has rel one half, on its own and on the common targets; a baseline is 1.
#[test]
fn half_the_error_is_half_the_score() {
    let folder = Folder::new("half");
    let told = folder.json(&[]);
    let names: Vec<&str> =
        told["models"].as_array().expect("models").iter().filter_map(|one| one["name"].as_str()).collect();
    assert_eq!(names, ["bontaicho", "bontaicho: no priors", "bontaicho: naive", "flat-baseline", "half"]);
    let rel = |model: usize, part: &str| told["models"][model][part]["all"]["rel"].as_f64().expect("a number");
    assert!((rel(3, "common") - 1.0).abs() < 1e-12 && (rel(4, "common") - 0.5).abs() < 1e-9);
    assert!((rel(4, "alone") - 0.5).abs() < 1e-9);
    // Twelve days, three places, four weeks; the last two days have three and two of them left.
    assert_eq!((told["dates"].as_i64(), told["targets"].as_i64()), (Some(12), Some(3 * (10 * 4 + 3 + 2))));
    assert_eq!(told["models"][0]["common"]["by_week"][3]["targets"].as_i64(), Some(30));
    assert!(told["models"][0]["ours"]["milliseconds_per_date"]["median"].as_f64().expect("a number") >= 0.0);
    assert!(told["models"][0]["ours_over_this"].is_null() && told["models"][3]["ours"].is_null());
    let later = folder.json(&["--from", &on(FIRST + 8).to_string(), "--to", &on(FIRST + 9).to_string()]);
    assert_eq!(later["dates"].as_i64(), Some(2));
    assert!(later["models"][4]["common"]["rel_interval_90"].is_null(), "two days are no two blocks");
}

/// F010: what is told after a day changes nothing that is forecast on it.
#[test]
fn what_was_told_later_changes_nothing() {
    let folder = Folder::new("later");
    let upto = on(FIRST + 4).to_string();
    let forecast = || {
        folder.told(0, &["--to", &upto, "--write", "ours.csv"]);
        let text = std::fs::read_to_string(folder.0.join("ours.csv")).expect("written");
        std::fs::remove_file(folder.0.join("ours.csv")).expect("a file");
        text
    };
    let before = forecast();
    let spoilt = vintages();
    let spoilt: Vec<String> = spoilt
        .lines()
        .map(|line| match line.get(..10).is_some_and(|day| day > upto.as_str() && day.starts_with("20")) {
            true => format!("{}9", line),
            false => line.to_owned(),
        })
        .collect();
    assert_ne!(spoilt.join("\n"), vintages().trim_end());
    folder.write("vintages.csv", &spoilt.join("\n"));
    assert_eq!(forecast(), before);
}

/// What is written is scored again as it was, and the same bytes come twice.
#[test]
fn what_is_written_is_a_model_of_the_same_form() {
    let folder = Folder::new("write");
    let said = folder.told(0, &["--write", "ours.csv.gz"]);
    assert!(said.contains("Đã ghi ours.csv.gz"), "{said}");
    let bytes = std::fs::read(folder.0.join("ours.csv.gz")).expect("written");
    let mut text = String::new();
    GzDecoder::new(bytes.as_slice()).read_to_string(&mut text).expect("packed text");
    assert!(text.starts_with("reference_date,location,horizon,target_end_date,q0.01,q0.025,q0.05,"));
    assert!(text.contains("\"Xã \"\"Đông, Tây\"\"\""), "a name with a comma and marks of quotation");
    let told = folder.json(&[]);
    assert_eq!(told["models"][5]["name"], "ours");
    assert_eq!(told["models"][0]["common"], told["models"][5]["common"]);
    // Without priors they are not only unused: what is written is another model.
    folder.told(0, &["--no-priors", "--write", "without.csv.gz"]);
    let told = folder.json(&[]);
    assert_eq!(told["models"][6]["name"], "without");
    assert_eq!(told["models"][1]["common"], told["models"][6]["common"]);
    assert_ne!(told["models"][0]["common"], told["models"][6]["common"]);
    std::fs::remove_file(folder.0.join("without.csv.gz")).expect("a file");
    folder.told(0, &["--write", "again.csv.gz"]);
    assert_eq!(std::fs::read(folder.0.join("again.csv.gz")).expect("written"), bytes);
}

/// Each refusal: exit code, code, sentence with file and line, next step.
#[test]
fn refusals_say_where_and_what_next() {
    type Change = fn(&Folder);
    let cases: [(&str, i32, Change, &[&str]); 11] = [
        ("no-truth", 3, |folder| folder.remove("truth.csv"), &["chưa có tệp truth.csv", "FC-001", "Chép tệp ấy"]),
        ("two", 3, |folder| folder.pack("truth.csv.gz", &truth()), &["truth.csv và truth.csv.gz", "FC-002"]),
        (
            "none",
            3,
            |folder| folder.remove("flat-baseline.csv.gz"),
            &["chưa có tệp baseline", "FC-003", "-baseline.csv"],
        ),
        (
            "both",
            3,
            |folder| folder.write("b-baseline.csv", &model(1.0)),
            &["b-baseline.csv và flat-baseline.csv.gz", "FC-004"],
        ),
        (
            "column",
            3,
            |folder| folder.write("notes.csv", "a,b\n1,2\n"),
            &["notes.csv: chưa thấy cột «reference_date»", "a, b", "FC-005"],
        ),
        (
            "level",
            3,
            |folder| folder.write("half.csv", &model(0.5).replace("q0.4,", "r0.4,")),
            &["half.csv: thiếu các mức phân vị q0.4. ", "FC-007"],
        ),
        (
            "number",
            3,
            |folder| folder.write("truth.csv", &truth().replacen(",14\n", ",mười bốn\n", 1)),
            &["truth.csv, dòng ", "cột «value»: «mười bốn»", "FC-008"],
        ),
        (
            "day",
            3,
            |folder| folder.write("truth.csv", &(truth() + "A,03/01/2026,4\n")),
            &["truth.csv, dòng 104, cột «date»: «03/01/2026»", "FC-009", "2022-01-15"],
        ),
        (
            "broken",
            3,
            |folder| folder.break_off("flat-baseline.csv.gz"),
            &["flat-baseline.csv.gz bị hỏng quanh dòng", "FC-014"],
        ),
        ("bomb", 3, |folder| folder.bomb("half.csv.gz"), &["half.csv.gz khi mở ra lớn hơn 512 MB", "FC-012"]),
        ("plain", 3, |folder| folder.write("flat-baseline.csv.gz", "reference_date"), &["FC-014"]),
    ];
    for (name, code, change, expected) in cases {
        let folder = Folder::new(name);
        if name == "bomb" {
            folder.remove("half.csv");
        }
        change(&folder);
        let told = folder.told(code, &[]);
        for words in expected {
            assert!(told.contains(words), "{name}: «{words}» in\n{told}");
        }
        assert_eq!(told.lines().count(), 2, "a sentence and a next step: {told}");
    }
}

/// What is odd is told and the rest scored; slips of the command line are told before anything is read.
#[test]
fn oddities_and_slips_are_told() {
    let folder = Folder::new("odd");
    folder.write("vintages.csv", &(vintages() + &format!("{},A,{},-5\n", on(FIRST), week(3))));
    let told = folder.told(0, &[]);
    assert!(told.contains("vintages.csv: 1 số âm («-5»), coi là chưa rõ; ô đầu ở dòng 104. (FC-103)"), "{told}");
    assert!(folder.told(2, &["--write", "ours.xlsx"]).contains("ours.xlsx"));
    assert!(folder.told(2, &["--from", "hôm qua"]).contains("hôm qua"));
    assert!(folder.told(2, &["--write", "truth.csv"]).contains("không ghi đè"));
    assert!(std::fs::read_to_string(folder.0.join("truth.csv")).expect("a file").starts_with("location"));
    assert!(folder.told(3, &["--from", "2030-01-01"]).contains("FC-015"));
    let nowhere = Command::new(env!("CARGO_BIN_EXE_bontaicho")).args(["forecast", "evaluate", "nowhere"]).output();
    assert_eq!(nowhere.expect("the program starts").status.code(), Some(1));
}

impl Folder {
    fn remove(&self, name: &str) {
        std::fs::remove_file(self.0.join(name)).expect("a file");
    }

    /// Leaves the first half of a file.
    fn break_off(&self, name: &str) {
        let path = self.0.join(name);
        let bytes = std::fs::read(&path).expect("a file");
        std::fs::write(path, &bytes[..bytes.len() / 2]).expect("a file");
    }

    /// Packed, a few hundred thousand bytes; unpacked, more than are read.
    fn bomb(&self, name: &str) {
        let mut packer = GzEncoder::new(Vec::new(), Compression::best());
        packer.write_all(model(0.5).as_bytes()).expect("bytes");
        packer.write_all(b"\"").expect("bytes");
        let zeros = vec![b'0'; 1 << 20];
        for _ in 0..520 {
            packer.write_all(&zeros).expect("bytes");
        }
        std::fs::write(self.0.join(name), packer.finish().expect("bytes")).expect("a file");
    }
}
