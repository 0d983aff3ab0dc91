//! The dated register of 2021–2026 as an import and as the oracle of the shipped book.
//!
//! Looks in `BONTAICHO_SHARED`, then beside the workspace; absent, says how many tests were skipped.

use std::collections::HashMap;
use std::path::PathBuf;

use jiff::civil::date;
use place::area::parse_csv;
use place::text::SearchKeys;
use place::{AreaBook, Level};

fn shared_areas() -> Option<String> {
    let folder = std::env::var_os("BONTAICHO_SHARED")
        .map_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared")), PathBuf::from);
    let text = std::fs::read_to_string(folder.join("data/areas.csv")).ok();
    if text.is_none() {
        eprintln!("skipped: 1 (no areas.csv in {})", folder.display());
    }
    text
}

#[test]
fn the_register_imports_whole_and_counts_as_published() {
    let Some(text) = shared_areas() else { return };
    let import = parse_csv(&text).unwrap();
    assert_eq!(import.bad, []);
    assert_eq!(import.areas.len(), 15_420);
    // Five communes of Ba Chẽ and its neighbours name 06970, which the register knows as 06978.
    assert_eq!(import.remarks.len(), 5);
    assert!(import.remarks.iter().all(|row| row.raw.contains("06970")));
    let book = AreaBook::from_rows(import.areas);
    assert_eq!(book.counts(date(2021, 11, 1)), [63, 705, 10_599]);
    assert_eq!(book.counts(date(2025, 6, 30)), [63, 696, 10_035]);
    assert_eq!(book.counts(date(2026, 11, 22)), [34, 0, 3_321]);
}

#[test]
fn the_shipped_book_agrees_with_the_register() {
    let Some(text) = shared_areas() else { return };
    let register = AreaBook::from_rows(parse_csv(&text).unwrap().areas);
    let shipped = AreaBook::shipped();
    let ascii = |name: &str| SearchKeys::of(name).ascii;

    // Today: the same names; one commune of 3,321 bears another code.
    let today = date(2026, 11, 22);
    for level in [Level::Province, Level::Commune] {
        let names: HashMap<_, _> = register.level_on(level, today).map(|area| (area.code, &*area.name)).collect();
        let differing: Vec<_> =
            shipped.level_on(level, today).filter(|area| names.get(&area.code) != Some(&&*area.name)).collect();
        assert!(differing.len() <= 1, "{differing:?}");
    }

    // 30/6/2025: the same codes, parents and heirs; spellings differ in some tones and signs.
    let eve = date(2025, 6, 30);
    let mut spelt_otherwise = 0;
    for level in [Level::Province, Level::District, Level::Commune] {
        assert_eq!(register.level_on(level, eve).count(), shipped.level_on(level, eve).count());
        for area in register.level_on(level, eve) {
            let ours = shipped.on(area.code, eve).unwrap();
            assert_eq!(ours.parent, area.parent, "{}", area.name);
            spelt_otherwise += usize::from(ascii(&ours.name) != ascii(&area.name));
            if level != Level::District {
                assert_eq!(ours.successors, area.successors, "{}", area.name);
            }
        }
    }
    assert!(spelt_otherwise < 120, "{spelt_otherwise}");

    // 1/11/2021: one commune bears another code, some units bear a rank of 2022 or 2023.
    let first = date(2021, 11, 1);
    let known: HashMap<_, _> = register.level_on(Level::Commune, first).map(|area| (area.code, area.parent)).collect();
    let elsewhere =
        shipped.level_on(Level::Commune, first).filter(|area| known.get(&area.code) != Some(&area.parent)).count();
    assert!(elsewhere <= 1, "{elsewhere}");
}
