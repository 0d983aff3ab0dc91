use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use quantity::Coded as _;

use super::*;
use crate::quantiles::{LEVEL, LEVELS, MEDIAN};

const FIRST: Date = date(2022, 1, 8);

/// The Saturday of a week and, two days later, the day of the forecast after it.
fn week(number: i64) -> Date {
    FIRST.saturating_add(number.weeks())
}

fn day(number: i64) -> Date {
    week(number).saturating_add(2.days())
}

fn titles() -> String {
    let levels: Vec<String> = LEVEL.iter().map(|level| format!("q{level}")).collect();
    format!("reference_date,location,horizon,target_end_date,{}\n", levels.join(","))
}

/// A row of a model that is sure of one figure.
fn row(on: i64, place: &str, weeks: i64, figure: &str) -> String {
    let figures = vec![figure; LEVELS].join(",");
    format!("{},{place},{weeks},{},{figures}\n", day(on), week(on + weeks))
}

/// The files of a small set of one place: three weeks known, one day of forecast.
struct Files {
    baseline: String,
    vintages: String,
    truth: String,
    models: Vec<(&'static str, String)>,
}

impl Files {
    fn new() -> Self {
        let baseline = titles() + &row(2, "A", 1, "5") + &row(2, "A", 2, "5");
        let known = (0..3).map(|number| format!("{},A,{},{}\n", day(2), week(number), number + 3));
        let vintages = "as_of,location,date,value\n".to_owned() + &known.collect::<String>();
        let truth = (0..5).map(|number| format!("A,{},{}\n", week(number), number + 3));
        Self {
            baseline,
            vintages,
            truth: "location,date,value\n".to_owned() + &truth.collect::<String>(),
            models: Vec::new(),
        }
    }

    fn read(&self) -> Result<(Set, Vec<Remark>), SetProblem> {
        self.read_within(Limits::SET, Days::default())
    }

    fn read_within(&self, limits: Limits, days: Days) -> Result<(Set, Vec<Remark>), SetProblem> {
        let mut reading = Reading::baseline("b.csv", "b-baseline", self.baseline.as_bytes(), days, limits)?;
        let vintages = reading.vintages("v.csv", self.vintages.as_bytes())?;
        let truth = reading.truth("t.csv", self.truth.as_bytes())?;
        let mut models = Vec::new();
        for (name, text) in &self.models {
            models.push(reading.model("m.csv", name, text.as_bytes())?);
        }
        reading.done(vintages, truth, models)
    }

    fn remarks(&self) -> Vec<(&'static str, u64, usize)> {
        let (_, remarks) = self.read().expect("a set");
        remarks.iter().map(|remark| (remark.code(), remark.first, remark.lines)).collect()
    }

    fn refused(&self) -> SetProblem {
        self.read().expect_err("a refusal")
    }
}

#[test]
fn a_small_set_is_read() {
    let mut files = Files::new();
    files.models.push(("m", titles() + &row(2, "A", 2, "7")));
    let (set, remarks) = files.read().unwrap();
    assert!(remarks.is_empty(), "{remarks:?}");
    assert_eq!((set.places(), set.days()), (&["A".to_owned()][..], vec![(day(2), week(3))]));
    let known = set.known_on(day(2)).known_on(day(2));
    assert_eq!((known.weeks(), known.count(2, 0)), (3, 5.0));
    let (cases, at) = set.cases();
    assert_eq!((cases.len(), cases[1].truth, at), (2, 7.0, vec![0, 1]));
    let said: Vec<Option<f64>> = set.models()[0].said.iter().map(|said| said.map(|said| said.median())).collect();
    assert_eq!(said, [None, Some(7.0)]);
}

/// Places have their numbers by name, whatever the order of the rows, also those that no target has.
#[test]
fn the_order_of_rows_does_not_matter() {
    let mut files = Files::new();
    files.baseline = titles() + &row(2, "M", 2, "5") + &row(2, "C", 1, "6") + &row(2, "M", 1, "4");
    files.vintages += &format!("{0},Z,{1},1\n{0},D,{1},2\n{0},M,{1},3\n{0},C,{1},4\n", day(2), week(1));
    files.truth += &format!("M,{0},8\nC,{0},9\nM,{1},10\n", week(3), week(4));
    let (set, _) = files.read().unwrap();
    assert_eq!(set.places(), ["A", "C", "D", "M", "Z"]);
    let seen: Vec<(usize, usize, f64)> =
        set.cases().0.iter().map(|case| (case.place, case.weeks, case.truth)).collect();
    assert_eq!(seen, [(1, 1, 9.0), (3, 1, 8.0), (3, 2, 10.0)]);
    let known = set.vintages().known_on(day(2));
    assert_eq!((1..5).map(|place| known.count(1, place)).collect::<Vec<_>>(), [4.0, 2.0, 3.0, 1.0]);
    let mut lines: Vec<&str> = files.vintages.lines().skip(1).collect();
    lines.reverse();
    let turned = format!("as_of,location,date,value\n{}\n", lines.join("\n"));
    let (other, _) = Files { vintages: turned, ..files }.read().unwrap();
    // Shown, as an unknown count is not equal to itself.
    assert_eq!(format!("{known:?}"), format!("{:?}", other.vintages().known_on(day(2))));
}

/// F010: what became known later, or is told of another day, cannot be seen in what is handed on.
#[test]
fn nothing_later_is_handed_on() {
    let mut files = Files::new();
    files.vintages += &format!("{},A,{},900\n", day(3), week(3));
    let (set, _) = files.read().unwrap();
    let known = set.known_on(day(2));
    assert_eq!(known.known_on(Date::MAX), known.known_on(day(2)));
    assert_eq!(set.vintages().known_on(day(3)).count(3, 0), 900.0);
}

#[test]
fn days_choose_the_targets() {
    let mut files = Files::new();
    files.baseline += &row(3, "A", 1, "5");
    let within = |from, to| files.read_within(Limits::SET, Days { from, to }).map(|(set, _)| set.days().len());
    assert_eq!(within(None, None), Ok(2));
    assert_eq!(within(Some(day(3)), None), Ok(1));
    assert_eq!(within(None, Some(day(2))), Ok(1));
    assert_eq!(within(Some(day(4)), None), Err(SetProblem::Nothing { file: "b.csv".to_owned() }));
}

/// Every refusal with file, line and what stands there.
#[test]
fn refusals_name_file_and_line() {
    let told = |change: &dyn Fn(&mut Files)| {
        let mut files = Files::new();
        change(&mut files);
        files.refused().to_string()
    };
    let row = |text: &str| format!("{},A,{},{text}\n", day(2), week(0));
    for (change, expected) in [
        (
            &(|files: &mut Files| files.truth = "place,date,value\n".into()) as &dyn Fn(&mut Files),
            "FC-005: t.csv has no column location",
        ),
        (&|files| files.truth = "location,date,value,Date\n".into(), "FC-006: t.csv has column date twice"),
        (&|files| files.baseline = files.baseline.replace("q0.025,", "q0.33,"), "FC-007: b.csv lacks q0.025"),
        (
            &|files| files.baseline = files.baseline.replace("q0.025,", "q0.010,"),
            "FC-006: b.csv has column q0.010 twice",
        ),
        (&|files| files.vintages += &row("many"), "FC-008: v.csv line 5 column value: no number"),
        (&|files| files.vintages += &row("inf"), "FC-008: v.csv line 5 column value: no number"),
        (&|files| files.vintages += &row("1e300"), "FC-008: v.csv line 5 column value: no number"),
        (&|files| files.truth += "A,31/12/2021,4\n", "FC-009: t.csv line 7 column date: no day"),
        (&|files| files.truth += "A,2022-02-30,4\n", "FC-009: t.csv line 7 column date: no day"),
        (&|files| files.truth += "A,0022-02-03,4\n", "FC-009: t.csv line 7 column date: no day"),
        (&|files| files.truth += " ,2022-02-20,4\n", "FC-010: t.csv line 7: no place"),
        (&|files| files.truth += "A,2022-01-08,4\n", "FC-011: t.csv line 7: told before, differently"),
        (&|files| files.vintages += &row("4"), "FC-011: v.csv line 5: told before, differently"),
        (
            &|files| files.baseline += &super::tests::row(2, "A", 1, "6"),
            "FC-011: b.csv line 4: told before, differently",
        ),
        (&|files| files.truth += "A,2022-01-08\n", "FC-014: t.csv line 7: damaged"),
        (&|files| files.truth.clear(), "FC-015: nothing to score in t.csv"),
        (&|files| files.baseline = titles(), "FC-015: nothing to score in b.csv"),
        (&|files| files.vintages.truncate("as_of,location,date,value\n".len()), "FC-015: nothing to score in v.csv"),
        (&|files| files.truth = "location,date,value\n".into(), "FC-015: nothing to score in truth"),
    ] {
        let said = told(change);
        assert!(said.starts_with(expected), "{said}\n{expected}");
    }
    let text = b"location,date,value\nA\xff,2022-01-08,4\n".as_slice();
    let files = Files::new();
    let mut reading = Reading::baseline("b.csv", "b", files.baseline.as_bytes(), Days::default(), Limits::SET).unwrap();
    assert!(reading.truth("t.csv", text).unwrap_err().to_string().starts_with("FC-014: t.csv line 2"));
    // A model's own contradiction.
    assert_eq!(
        told(&|files| files
            .models
            .push(("m", titles() + &super::tests::row(2, "A", 1, "6") + &super::tests::row(2, "A", 1, "7")))),
        "FC-011: m.csv line 3: told before, differently"
    );
}

/// What is odd in single values is told once with its first line, and the rest is read.
#[test]
fn oddities_are_told_and_the_rest_is_read() {
    let told = |change: &dyn Fn(&mut Files)| {
        let mut files = Files::new();
        change(&mut files);
        files.remarks()
    };
    let known = |number: i64, week: Date, value: &str| format!("{},A,{week},{value}\n", day(number));
    assert_eq!(
        told(&|files| files.truth =
            files.truth.replace("value", "value,note").replace('\n', ",\n").replace("note,", "note")),
        [("FC-101", 1, 1)]
    );
    assert_eq!(
        told(&|files| files.vintages += &(known(3, week(0), "") + &known(4, week(0), "NaN"))),
        [("FC-102", 5, 2)]
    );
    assert_eq!(told(&|files| files.vintages += &known(3, week(0), "-12")), [("FC-103", 5, 1)]);
    assert_eq!(told(&|files| files.vintages += &known(2, week(3), "9")), [("FC-104", 5, 1)]);
    assert_eq!(told(&|files| files.vintages += &known(2, day(0), "9")), [("FC-105", 5, 1)]);
    assert_eq!(told(&|files| files.vintages += &known(2, date(1950, 1, 7), "9")), [("FC-105", 5, 1)]);
    assert_eq!(told(&|files| files.baseline += &(row(2, "A", 5, "9") + &row(2, "A", 0, "9"))), [("FC-106", 4, 2)]);
    let other = row(2, "A", 3, "5").replace(&week(5).to_string(), &week(6).to_string());
    assert_eq!(told(&|files| files.baseline += &other), [("FC-107", 4, 1)]);
    assert_eq!(
        told(&|files| files
            .models
            .push(("m", titles() + &row(2, "A", 2, "5").replace(&week(4).to_string(), &week(6).to_string())))),
        [("FC-107", 2, 1)]
    );
    // The same told twice in the same way is no contradiction; unknown once more is no new value.
    assert!(told(&|files| files.vintages += &known(2, week(0), "3")).is_empty());
}

/// An unknown count is not a number, never 0, and an unknown truth is no case.
#[test]
fn unknown_is_not_zero() {
    let mut files = Files::new();
    files.vintages += &format!("{},A,{},-4\n", day(3), week(2));
    files.truth = files.truth.replace(&format!("A,{},6", week(3)), &format!("A,{},", week(3)));
    let (set, _) = files.read().unwrap();
    assert!(set.vintages().known_on(day(3)).count(2, 0).is_nan());
    assert_eq!(set.cases().1, [1]);
}

#[test]
fn limits_stop_reading() {
    let files = Files::new();
    let within = |limits| files.read_within(limits, Days::default()).map(|_| ()).unwrap_err().to_string();
    assert_eq!(within(Limits { bytes: 100, ..Limits::SET }), "FC-012: b.csv unpacks to more than 100 bytes");
    assert_eq!(within(Limits { rows: 2, ..Limits::SET }), "FC-013: v.csv line 4: more than 2");
    let mut files = Files::new();
    files.vintages += &format!("{},B,{},1\n", day(2), week(0));
    let limits = Limits { places: 1, ..Limits::SET };
    assert_eq!(
        files.read_within(limits, Days::default()).unwrap_err().to_string(),
        "FC-013: v.csv line 5: more than 1"
    );
}

/// A quotation that never ends, or input without end, stops at the limit.
#[test]
fn input_without_end_stops() {
    let endless = std::io::Read::chain(&b"\""[..], std::io::repeat(b'x'));
    let limits = Limits { bytes: 1 << 20, ..Limits::SET };
    let refused = Reading::baseline("b.csv", "b", endless, Days::default(), limits).unwrap_err();
    assert_eq!(refused, SetProblem::TooManyBytes { file: "b.csv".to_owned(), limit: 1 << 20 });
}

#[test]
fn columns_stand_in_any_order_behind_a_mark_of_encoding() {
    let mut files = Files::new();
    files.truth = format!("\u{feff}Value , LOCATION,date\r\n 6 ,\"A\",{}\r\n", week(3));
    assert_eq!(files.read().unwrap().0.cases().0[0].truth, 6.0);
}

/// A name with everything that a table could stumble over.
fn names() -> impl Strategy<Value = String> {
    "[A-Z][-a-zà-ỹ,;\"'\n ]{0,12}[a-z]".prop_map(|name| name.trim().to_owned())
}

proptest! {
    /// What is written is read again, figure by figure and name by name.
    #[test]
    fn what_is_written_is_read(
        names in proptest::collection::btree_set(names(), 1..4),
        figures in proptest::collection::vec(0.0..1e6_f64, LEVELS),
    ) {
        let mut figures = figures;
        figures.sort_by(f64::total_cmp);
        let quoted: Vec<String> = names.iter().map(|name| format!("\"{}\"", name.replace('"', "\"\""))).collect();
        let mut files = Files::new();
        for name in &quoted {
            files.baseline += &row(2, name, 1, "5");
        }
        let (set, _) = files.read().unwrap();
        let quantiles = Quantiles::rising(std::array::from_fn(|level| figures[level]));
        let ahead = |place| Ahead { place, weeks: 1, day: week(3), quantiles };
        let all: Vec<Ahead> = (0..set.places().len()).map(ahead).collect();
        let model = set.said("m", &[(day(2), all)]);
        let mut bytes = Vec::new();
        set.write(&model, &mut bytes).unwrap();
        files.models.push(("m", String::from_utf8(bytes).unwrap()));
        let (again, remarks) = files.read().unwrap();
        prop_assert!(remarks.is_empty());
        prop_assert_eq!(&again.models()[0], &model);
        prop_assert_eq!(again.models()[0].said.iter().flatten().count(), names.len() + 1);
    }

    /// Whatever bytes come: an answer, never a panic.
    #[test]
    fn any_bytes_are_answered(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let limits = Limits::SET;
        let _ = Reading::baseline("b.csv", "b", bytes.as_slice(), Days::default(), limits);
        let files = Files::new();
        let mut reading = Reading::baseline("b.csv", "b", files.baseline.as_bytes(), Days::default(), limits).unwrap();
        let _ = reading.vintages("v.csv", bytes.as_slice());
        let _ = reading.truth("t.csv", bytes.as_slice());
        let _ = reading.model("m.csv", "m", bytes.as_slice());
    }

    /// One cell spoilt in any way: an answer; where the set is read, every median is a number or nothing.
    #[test]
    fn a_spoilt_cell_is_answered(at in 0_usize..200, cell in "[-0-9a-zA-Z.,:/\"\n ]{0,8}") {
        let mut files = Files::new();
        for text in [&mut files.vintages, &mut files.truth, &mut files.baseline] {
            let mut cells: Vec<&str> = text.split(',').collect();
            let spoilt = at % cells.len();
            cells[spoilt] = &cell;
            *text = cells.join(",");
        }
        if let Ok((set, _)) = files.read() {
            prop_assert!(set.baseline().said.iter().flatten().all(|said| !said.figures()[MEDIAN].is_nan()));
            prop_assert!(set.cases().0.iter().all(|case| case.truth >= 0.0));
        }
    }
}
