//! Lists of counts with a column for each day (F010): what is recognised, what is written, what is given back and where.

use desk::counts::telling::all_standing;
use desk::registers::file::{Verdict, WideShape};
use desk::registers::work::given_back;
use jiff::civil::date;
use locale::Locale;
use proptest::prelude::*;
use quantity::Coded;

use crate::common::{World, on_both_engines};
use crate::registers::furnished::{entry, preview, sends, writes};

fn figures(world: &World) -> Vec<(String, String, u32)> {
    let days = world.office.look_blocking(|_, c| all_standing(c, world.province)).expect("reads");
    let each = days.iter().flat_map(|day| {
        let code = day.key().code();
        day.counts.iter().map(move |(place, figure)| (code.clone(), place.to_string(), figure.count))
    });
    each.map(|(code, place, count)| (code, place.split('@').next().unwrap_or_default().to_owned(), count)).collect()
}

/// The sheet as a commune keeps it: what is empty or a dash is unknown, words are given back with row, column and code.
#[test]
fn a_sheet_with_a_column_for_each_day_is_brought_in() {
    on_both_engines(|world| {
        let desk = world.desk();
        let (one, other) = (world.commune("91", 0).to_string(), world.commune("91", 1).to_string());
        let text = format!(
            "Báo cáo nhanh\nMã xã;Nơi báo cáo;20/11;CN 21/11/2026;2026-11-22;Tổng\n\
             {one};;4;-;;4\n{other};;mười;0;7;17\nkhông có;;1;;;\nTổng cộng;;5;0;7;21\n"
        );
        let id = sends(&desk, entry("counts"), "so-ca.csv", text.clone().into_bytes()).unwrap();
        let seen = preview(&desk, id);
        let shape =
            WideShape { first: date(2026, 11, 20), last: date(2026, 11, 22), days: 3, rows: 3, assumed_year: true };
        assert_eq!(seen.shape, Some(shape));
        let verdicts: Vec<(u32, Verdict, Option<&str>)> = seen
            .rows
            .iter()
            .map(|row| (row.number, row.verdict, row.reason.as_ref().map(|reason| reason.code.as_str())))
            .collect();
        assert_eq!(
            verdicts,
            [
                (3, Verdict::New, None),
                (4, Verdict::Refused, Some("IMP-011")),
                (4, Verdict::New, None),
                (4, Verdict::New, None),
                (5, Verdict::Refused, Some("DEM-002")),
            ]
        );
        let (sentence, next) = seen.rows[1].reason.as_ref().unwrap().words(Locale::Vietnamese);
        assert_eq!(sentence, "Ô ngày 20/11/2026 (cột C) ghi «mười», không phải số người.");
        assert!(next.contains("chưa biết thì để trống"), "{next}");
        let left: Vec<&str> = seen.unknown.iter().map(|(place, _)| place.as_str()).collect();
        assert_eq!(left, ["F", "A6"], "sums are no places and no days");
        assert_eq!(writes(&desk, id).unwrap().written(), 3);
        let figure = |day: &str, place: &str, count| (format!("cases/2026-11-{day}"), place.to_owned(), count);
        assert_eq!(figures(world), [figure("20", &one, 4), figure("21", &other, 0), figure("22", &other, 7)]);
        // What is given back comes as rows of one figure each, to be mended and sent again.
        let back = given_back(&world.office, &desk.actor, id, Locale::Vietnamese).unwrap();
        let back = String::from_utf8(back.bytes).unwrap();
        assert!(back.contains("mười") && back.contains("20/11/2026") && back.contains("IMP-011"), "{back}");
        assert!(back.contains("DEM-002") && !back.contains("21/11/2026"), "{back}");
        let mended = back.replace("mười", "10");
        let id = sends(&desk, entry("counts"), "tra-lai.csv", mended.into_bytes()).unwrap();
        assert_eq!(preview(&desk, id).shape, None, "a row for each figure now");
        assert_eq!(writes(&desk, id).unwrap().written(), 1);
        assert!(figures(world).contains(&figure("20", &other, 10)));
        // The same sheet again says nothing new.
        let again = sends(&desk, entry("counts"), "so-ca.csv", text.into_bytes()).unwrap();
        assert_eq!(preview(&desk, again).counts().written(), 0);
        world.assert_well();
    });
}

/// Whatever is in the cells, what is written is what stands in them, and a second time nothing is.
#[test]
fn a_wide_sheet_twice_changes_nothing() {
    let world = World::on_sqlite();
    let desk = world.desk();
    let places: Vec<String> = (0..3).map(|index| world.commune("91", index).to_string()).collect();
    let cell = prop_oneof![
        5 => (0_u32..900).prop_map(|count| count.to_string()),
        2 => Just(String::new()),
        1 => Just("-".to_owned()),
        1 => "[a-zà-ỹ ]{1,6}",
    ];
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig { cases: 16, ..Default::default() });
    let sheet = proptest::collection::vec(proptest::collection::vec(cell, 4), 3);
    let run = runner.run(&sheet, |cells| {
        let line = |(place, cells): (&String, &Vec<String>)| format!("{place};{}\n", cells.join(";"));
        let rows: String = places.iter().zip(&cells).map(line).collect();
        let text = format!("Mã xã;16/11/2026;17/11/2026;18/11/2026;19/11/2026\n{rows}");
        let filled = |text: &String| !text.trim().is_empty() && text != "-" && text.trim() != "chưa rõ";
        let told = cells.iter().flatten().filter(|text| filled(text)).count();
        let sent = sends(&desk, entry("counts"), "so-ca.csv", text.clone().into_bytes());
        if told == 0 {
            prop_assert_eq!(sent.unwrap_err().code(), "IMP-002");
            return Ok(());
        }
        let id = sent.unwrap();
        let seen = preview(&desk, id);
        prop_assert_eq!(seen.rows.len(), told);
        if seen.counts().written() > 0 {
            writes(&desk, id).unwrap();
        }
        let stands = figures(&world);
        for (place, cells) in places.iter().zip(&cells) {
            for (day, text) in (16..).zip(cells) {
                let Ok(count) = text.parse::<u32>() else { continue };
                let figure = (format!("cases/2026-11-{day}"), place.clone(), count);
                prop_assert!(stands.contains(&figure), "{figure:?}");
            }
        }
        let again = sends(&desk, entry("counts"), "so-ca.csv", text.into_bytes()).unwrap();
        prop_assert_eq!(preview(&desk, again).counts().written(), 0);
        Ok(())
    });
    run.unwrap();
    world.assert_well();
}
