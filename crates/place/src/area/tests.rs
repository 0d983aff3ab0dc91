use std::collections::{HashMap, HashSet};

use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::*;
use crate::text::{MatchRank, ascii_fold};

const TODAY: Date = date(2026, 11, 22);
const DELTA: Date = date(2021, 11, 22);

fn code(text: &str) -> AreaCode {
    text.parse().unwrap()
}

fn on<'a>(book: &'a AreaBook, text: &str, day: Date) -> &'a Area {
    book.on(code(text), day).unwrap()
}

#[test]
fn the_country_is_counted_in_each_state() {
    let book = AreaBook::shipped();
    assert_eq!(book.counts(date(2021, 11, 1)), [63, 705, 10_599]);
    assert_eq!(book.counts(date(2025, 6, 30)), [63, 696, 10_035]);
    assert_eq!(book.counts(date(2025, 7, 1)), [34, 0, 3_321]);
    assert_eq!(book.counts(TODAY), [34, 0, 3_321]);
    assert_eq!(book.districts_end(), Some(date(2025, 7, 1)));
    assert!(book.has_districts(DELTA) && !book.has_districts(TODAY));
}

#[test]
fn provinces_of_the_letters_are_counted_on_their_day() {
    let book = AreaBook::shipped();
    for (province, name, districts, communes) in [
        ("91", "Tỉnh Kiên Giang", 15, 144),
        ("12", "Tỉnh Lai Châu", 8, 106),
        ("26", "Tỉnh Vĩnh Phúc", 9, 136),
        ("01", "Thành phố Hà Nội", 30, 579),
    ] {
        assert_eq!(&*on(&book, province, DELTA).name, name);
        assert_eq!(book.within(code(province), Level::District, DELTA).len(), districts, "{name}");
        assert_eq!(book.within(code(province), Level::Commune, DELTA).len(), communes, "{name}");
    }
}

#[test]
fn codes_are_reused_and_named_by_their_first_day() {
    let book = AreaBook::shipped();
    assert_eq!(&*on(&book, "91", DELTA).name, "Tỉnh Kiên Giang");
    assert_eq!(&*on(&book, "91", TODAY).name, "Tỉnh An Giang");
    assert_ne!(on(&book, "91", DELTA).key(), on(&book, "91", TODAY).key());
    assert_eq!(book.get(on(&book, "91", DELTA).key()).map(|area| &*area.name), Some("Tỉnh Kiên Giang"));

    let last = date(2025, 6, 30);
    let communes: Vec<&Area> = book.level_on(Level::Commune, TODAY).collect();
    let earlier = |area: &Area| book.lives(area.code).iter().any(|life| life.valid_from < date(2025, 7, 1));
    let reused = communes.iter().filter(|area| earlier(area)).count();
    assert_eq!(reused, 3_316);
    let renamed =
        communes.iter().filter(|area| book.on(area.code, last).is_some_and(|old| old.name != area.name)).count();
    assert!(renamed > 2_000, "{renamed}");
}

#[test]
fn a_day_before_the_first_state_is_answered_with_it_and_marked() {
    let book = AreaBook::shipped();
    let before = date(2021, 9, 11);
    assert_eq!(book.standing(before), Standing::OrEarlier { first: date(2021, 11, 1) });
    assert_eq!(book.counts(before), [63, 705, 10_599]);
    assert_eq!(&*on(&book, "91", before).name, "Tỉnh Kiên Giang");
    assert_eq!(book.standing(DELTA), Standing::Known);
    assert_eq!(
        book.standing(date(2024, 6, 1)),
        Standing::Between { after: date(2022, 12, 31), before: date(2025, 3, 1) }
    );
    assert_eq!(book.standing(date(2025, 6, 30)), Standing::Known);
    assert_eq!(book.standing(TODAY), Standing::Known);
}

#[test]
fn the_changes_of_30_4_2026_are_in_force() {
    let book = AreaBook::shipped();
    let (eve, day) = (date(2026, 4, 29), date(2026, 4, 30));
    assert_eq!(book.all().iter().filter(|area| area.valid_from == day).count(), 12);
    assert_eq!((&*on(&book, "75", eve).name, &*on(&book, "75", day).name), ("Tỉnh Đồng Nai", "Thành phố Đồng Nai"));
    assert_eq!(
        (&*on(&book, "26368", eve).name, &*on(&book, "26368", day).name),
        ("Xã Long Thành", "Phường Long Thành")
    );
    assert_eq!((&*on(&book, "00745", eve).name, &*on(&book, "00745", day).name), ("Xã Phó Bảng", "Xã Phố Bảng"));
    let before = on(&book, "26368", eve).key();
    assert_eq!(book.heirs(before, TODAY).first().map(|area| area.key()), Some(on(&book, "26368", day).key()));
}

#[test]
fn the_chain_of_parents_answers_the_scope_test() {
    let book = AreaBook::shipped();
    let commune = on(&book, "30985", DELTA);
    let chain: Vec<&str> = book.chain(commune.code, DELTA).iter().map(|area| &*area.name).collect();
    assert_eq!(chain, ["Thị trấn Thứ Ba", "Huyện An Biên", "Tỉnh Kiên Giang"]);
    assert!(book.inside(commune.code, code("908"), DELTA));
    assert!(book.inside(commune.code, code("91"), DELTA));
    assert!(book.inside(code("91"), code("91"), DELTA));
    assert!(!book.inside(commune.code, code("12"), DELTA));
    assert!(!book.inside(code("91"), commune.code, DELTA));
    // The district is gone: nothing is inside it.
    assert!(!book.inside(commune.code, code("908"), TODAY));
    assert_eq!(book.label(commune.code, TODAY), "Xã An Biên, Tỉnh An Giang");
}

#[test]
fn heirs_begin_with_the_main_one() {
    let book = AreaBook::shipped();
    let eve = date(2025, 6, 30);
    let split: Vec<&Area> = book.level_on(Level::Commune, eve).filter(|area| area.successors.len() > 1).collect();
    assert_eq!(split.len(), 471);
    for area in split {
        let heirs = book.heirs(area.key(), TODAY);
        assert_eq!(heirs.len(), area.successors.len());
        assert_eq!(heirs[0].code, area.successors[0]);
    }
    for area in book.level_on(Level::Province, eve).chain(book.level_on(Level::Commune, eve)) {
        assert!(!book.heirs(area.key(), TODAY).is_empty(), "{}", area.name);
    }
    // A district has the heirs of its communes.
    let an_bien = on(&book, "908", eve);
    let heirs = book.heirs(an_bien.key(), TODAY);
    assert!(heirs.len() >= 3 && heirs.iter().all(|heir| heir.parent == Some(code("91"))));
    // Island districts became special zones.
    let con_dao = on(&book, "755", eve);
    assert_eq!(&*book.heirs(con_dao.key(), TODAY)[0].name, "Đặc khu Côn Đảo");
    // An area does not exist before its first day.
    assert!(book.heirs(on(&book, "91", TODAY).key(), DELTA).is_empty());
}

#[test]
fn figures_move_to_new_units_and_none_is_lost() {
    let book = AreaBook::shipped();
    let figures: Vec<(AreaKey, i64)> = (1..)
        .zip(book.within(code("91"), Level::Commune, DELTA))
        .map(|(figure, area)| (area.key(), figure * 7))
        .collect();
    let sum: i64 = figures.iter().map(|(_, figure)| figure).sum();
    for weights in
        [Weights::Equal, Weights::MainTakesAll, Weights::Given(&|_, heir| u64::from(heir.code == code("31012")) + 3)]
    {
        let mapped = book.map_figures(&figures, TODAY, weights).unwrap();
        let total: i64 = mapped.figures.iter().map(|figure| figure.value).sum::<i64>()
            + mapped.unmapped.iter().map(|(_, figure)| figure).sum::<i64>();
        assert_eq!(total, sum);
        assert!(mapped.figures.iter().all(|figure| book.inside(figure.area.code, code("91"), TODAY)));
        assert!(mapped.figures.iter().any(|figure| figure.share == Share::Whole));
    }
}

#[test]
fn the_figure_of_a_split_area_is_flagged() {
    let book = AreaBook::shipped();
    let eve = date(2025, 6, 30);
    let split = book.level_on(Level::Commune, eve).find(|area| area.successors.len() == 3).unwrap();
    let mapped = book.map_figures(&[(split.key(), 100)], TODAY, Weights::Equal).unwrap();
    assert_eq!(mapped.figures.len(), 3);
    assert!(mapped.figures.iter().all(|figure| figure.share == Share::Apportioned && figure.value >= 33));
    assert_eq!(mapped.figures.iter().map(|figure| figure.value).sum::<i64>(), 100);
}

#[test]
fn a_figure_without_recorded_heirs_is_given_back() {
    let book = AreaBook::shipped();
    let gone =
        book.level_on(Level::Commune, DELTA).find(|area| book.heirs(area.key(), TODAY).is_empty()).unwrap().key();
    let mapped = book.map_figures(&[(gone, 5)], TODAY, Weights::Equal).unwrap();
    assert_eq!((mapped.figures.len(), mapped.unmapped), (0, vec![(gone, 5)]));
}

#[test]
fn a_sum_beyond_64_bits_is_refused_with_its_code() {
    use quantity::Coded;
    let book = AreaBook::shipped();
    let key = on(&book, "01", DELTA).key();
    let refused = book.map_figures(&[(key, i64::MAX), (key, 1)], TODAY, Weights::Equal).unwrap_err();
    assert_eq!(refused.code(), "PLA-022");
}

#[test]
fn every_commune_of_today_is_found_without_accents_with_its_province() {
    let book = AreaBook::shipped();
    let mut by_name: HashMap<&str, HashSet<&str>> = HashMap::new();
    let communes: Vec<&Area> = book.level_on(Level::Commune, TODAY).collect();
    assert_eq!(communes.len(), 3_321);
    for commune in communes {
        let province = book.province_of(commune.code, TODAY).unwrap();
        by_name.entry(&commune.name).or_default().insert(&province.name);
        for typed in [ascii_fold(&commune.name).to_lowercase(), ascii_fold(commune.short_name())] {
            let hits = book.search(&typed, When::On(TODAY), 100);
            let hit = hits.iter().find(|hit| hit.area.key() == commune.key()).unwrap_or_else(|| panic!("{typed}"));
            assert!(hit.rank <= MatchRank::Ascii, "{typed}: {:?}", hit.rank);
            assert_eq!(hit.province.name, province.name);
            assert!(hit.label().ends_with(&*province.name), "{}", hit.label());
        }
    }
    let shared = by_name.values().filter(|provinces| provinces.len() > 1).count();
    assert_eq!(shared, 245);
}

#[test]
fn hits_come_in_the_order_of_their_rank() {
    let book = AreaBook::shipped();
    let first = |typed: &str| book.search(typed, When::On(TODAY), 10)[0].label();
    assert_eq!(first("An Giang"), "Tỉnh An Giang");
    assert_eq!(first("Hoà Điền"), "Xã Hòa Điền, Tỉnh An Giang");
    assert_eq!(first("tp can tho"), "Thành phố Cần Thơ");
    assert_eq!(first("Tân Phú, Đồng Nai"), "Phường Tân Phú, Thành phố Đồng Nai");
    assert_eq!(first("an bien an giang"), "Xã An Biên, Tỉnh An Giang");
    let ranks: Vec<MatchRank> = book.search("Phú Hòa", When::Ever, 1_000).iter().map(|hit| hit.rank).collect();
    assert!(ranks.is_sorted() && ranks.first() == Some(&MatchRank::Exact) && ranks.last() > Some(&MatchRank::Ascii));
    assert!(book.search("khong co noi nay", When::Ever, 10).is_empty());
    assert!(book.search("", When::Ever, 10).is_empty() && book.search(" , ", When::Ever, 10).is_empty());
    assert_eq!(
        book.search("thu ba", When::On(DELTA), 10)[0].label(),
        "Thị trấn Thứ Ba, Huyện An Biên, Tỉnh Kiên Giang"
    );
}

#[test]
fn the_sample_file_imports_whole() {
    let import = parse_csv(include_str!("../../tests/data/areas-sample.csv")).unwrap();
    assert_eq!(import.bad, []);
    assert_eq!(import.areas.len(), 7);
    let book = AreaBook::from_rows(import.areas);
    let town = on(&book, "30985", DELTA);
    let heirs: Vec<&str> = book.heirs(town.key(), TODAY).iter().map(|area| &*area.name).collect();
    assert_eq!(heirs, ["Xã Đông Thái", "Xã An Biên"]);
    assert_eq!(book.standing(date(2024, 1, 1)), Standing::Known);
}

/// Good rows go in, bad rows come back with line, column and code.
#[test]
fn bad_rows_come_back_with_line_column_and_code() {
    use quantity::Coded;
    let head = "code,name,level,parent,valid_from,valid_to,successor_code,lat,lon\n";
    let good = "91,Tỉnh An Giang,province,,2025-07-01,,,10.17,105.09\n";
    for (row, column, problem) in [
        ("9,Tỉnh A,province,,2025-07-01,,,,", "code", "PLA-002"),
        ("30985,Xã A,district,91,2025-07-01,,,,", "level", "PLA-014"),
        ("30985,,commune,91,2025-07-01,,,,", "name", "PLA-015"),
        ("30985,X? An Bi?n,commune,91,2025-07-01,,,,", "name", "PLA-015"),
        ("30985,Xã A,commune,91,2025-13-01,,,,", "valid_from", "PLA-016"),
        ("30985,Xã A,commune,91,2025-07-01,31/02/2026,,,", "valid_to", "PLA-016"),
        ("30985,Xã A,commune,91,2025-07-01,2025-07-01,,,", "valid_to", "PLA-017"),
        ("30985,Xã A,commune,91,2025-07-01,,,105.09,10.17", "lat", "PLA-018"),
        ("30985,Xã A,commune,91,2025-07-01,,,10.17,", "lon", "PLA-018"),
        ("30985,Xã A,commune,91,2025-07-01,,,\"10,17\",105", "lat", "PLA-018"),
        ("91,Tỉnh B,province,,2026-01-01,,,,", "valid_from", "PLA-019"),
        ("30985,Xã A,commune,,2025-07-01,,,,", "parent", "PLA-020"),
        ("30985,Xã A,commune,91,2021-11-01,,,,", "parent", "PLA-020"),
        ("30985,Xã A,commune,91,2025-07-01,2026-01-01,9999,,", "successor_code", "PLA-021"),
        ("30985,Xã A,commune,91,2025-07-01,,31012,,", "successor_code", "PLA-021"),
        ("30985,Xã A,commune,91", "", "PLA-012"),
        ("30985,\"Xã A,commune,91,2025-07-01,,,,", "", "PLA-013"),
    ] {
        let import = parse_csv(&format!("{head}{good}{row}\n")).unwrap();
        assert_eq!(import.areas.len(), 1, "{row}");
        let bad = &import.bad[0];
        assert_eq!((bad.line, bad.column, bad.problem.code(), bad.raw.as_str()), (3, column, problem, row));
    }
}

#[test]
fn an_unknown_successor_is_remarked_and_the_area_goes_in() {
    let text = "code,name,level,parent,valid_from,valid_to,successor_code,lat,lon\n\
        91,Tỉnh An Giang,province,,2025-07-01,2026-01-01,92|91,,\n91,Tỉnh B,province,,2026-01-01,,,,\n";
    let import = parse_csv(text).unwrap();
    assert_eq!((import.areas.len(), import.bad.len()), (2, 0));
    assert_eq!(
        import.remarks.iter().map(|row| (row.line, row.problem.clone())).collect::<Vec<_>>(),
        [(2, RowProblem::Successor)]
    );
    let book = AreaBook::from_rows(import.areas);
    let heirs = book.heirs(book.all()[0].key(), TODAY);
    assert_eq!(heirs.iter().map(|area| &*area.name).collect::<Vec<_>>(), ["Tỉnh B"]);
}

#[test]
fn a_renamed_column_or_an_empty_file_is_refused() {
    use quantity::Coded;
    let renamed = parse_csv("code,name,level,parent,from,valid_to,successor_code,lat,lon\n").unwrap_err();
    assert_eq!(renamed, ImportRefused::ColumnMissing { column: "valid_from" });
    assert_eq!((renamed.code(), renamed.facts()), ("PLA-011", vec![("column", "valid_from".to_owned())]));
    assert_eq!(parse_csv("").unwrap_err().code(), "PLA-010");
}

#[test]
fn marks_line_ends_order_of_columns_and_decomposed_letters_do_not_matter() {
    let text = "\u{feff}NAME,code,level,parent,valid_from,valid_to,successor_code,lat,lon,note\r\n\r\nTỉnh An Giang,91,province,,2025-07-01,,,,,\"a \"\"b\"\"\nc\"\r\n";
    let import = parse_csv(text).unwrap();
    assert_eq!(import.bad, []);
    assert_eq!(&*import.areas[0].name, "Tỉnh An Giang");
}

/// A province that is refused takes its districts and communes along, each with its own line.
#[test]
fn what_stands_under_a_refused_row_is_refused_too() {
    let text = "code,name,level,parent,valid_from,valid_to,successor_code,lat,lon\n\
        91,??,province,,2021-11-01,,,,\n908,Huyện A,district,91,2021-11-01,,,,\n30985,Xã B,commune,908,2021-11-01,,,,\n";
    let import = parse_csv(text).unwrap();
    assert_eq!(
        import.bad.iter().map(|row| (row.line, row.column)).collect::<Vec<_>>(),
        [(2, "name"), (3, "parent"), (4, "parent")]
    );
}

proptest! {
    #[test]
    fn no_text_makes_the_reader_fail_or_lose_a_row(text in "([a-z0-9\",\n\r|./?ãĐ-]|code|province|91|2025-07-01){0,60}") {
        let head = "code,name,level,parent,valid_from,valid_to,successor_code,lat,lon\n";
        let whole = format!("{head}{text}");
        let import = parse_csv(&whole).unwrap();
        let rows = super::record::records(&whole);
        prop_assert_eq!(import.areas.len() + import.bad.len(), rows.len() - 1);
        for row in &import.bad {
            prop_assert!(row.line >= 2 && whole.contains(&row.raw));
        }
    }

    #[test]
    fn any_text_at_all_is_answered(text in any::<String>()) {
        let _ = parse_csv(&text);
        let _ = text.parse::<AreaCode>();
    }

    #[test]
    fn codes_survive_their_text(text in "[0-9]{2}|[0-9]{3}|[0-9]{5}") {
        prop_assert_eq!(code(&text).to_string(), text);
    }
}
