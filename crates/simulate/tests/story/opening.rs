//! How each chapter opens, seen through what the command post would compute of it.

use crate::common::{self, list};
use oxygen::{Heard, Standing};
use protocol::Readiness;
use quantity::Span;
use simulate::Chapter;

/// Seeds for which every chapter must open as its story says.
const SEEDS: u64 = 24;

/// OX07, DT04: three in danger at the opening of the drill, one of them with nothing left; one silent;
/// nobody else near.
#[test]
fn the_drill_opens_with_three_in_danger() {
    for seed in 1..=SEEDS {
        let drill = common::scenario(Chapter::Drill2026, seed);
        let list = list(&drill, Chapter::Drill2026.opening());
        assert!(list.len() >= 20);
        let danger: Vec<_> = list.iter().filter(|(_, told)| told.hours.is_some_and(|hours| hours.low < 4.0)).collect();
        let names: Vec<&str> = danger.iter().map(|(known, _)| known.facility.body.name.as_str()).collect();
        assert_eq!(names.len(), 3, "seed {seed}: {names:?}");
        for name in ["BV Hải Âu", "TTYT Cánh Buồm", "Cơ sở thu dung Ghe Ngo"] {
            assert!(names.contains(&name), "seed {seed}: {names:?}");
        }
        let (first, told) = &list[0];
        assert_eq!(first.facility.body.name, "Cơ sở thu dung Ghe Ngo", "zero stock is the top alarm, seed {seed}");
        assert_eq!((told.rank.standing, told.usable.0), (Standing::Empty, 0));

        let silent: Vec<&str> = list
            .iter()
            .filter(|(_, told)| told.silence.heard.is_silent())
            .map(|(known, _)| known.facility.body.name.as_str())
            .collect();
        assert_eq!(silent, ["BV Đa khoa tư nhân Lục Bình"], "seed {seed}");
        for (known, told) in &list {
            let name = known.facility.body.name.as_str();
            if !names.contains(&name) && !silent.contains(&name) {
                assert!(told.hours.is_none_or(|hours| hours.low >= 8.0), "seed {seed}: {name} {:?}", told.hours);
            }
        }
    }
}

/// The patients of the site that ran out are told as people without oxygen.
#[test]
fn who_has_run_out_says_who_goes_without() {
    let drill = common::scenario(Chapter::Drill2026, 1);
    let opening = Chapter::Drill2026.opening();
    let site = drill.province().facilities.iter().find(|known| known.facility.body.name.ends_with("Ghe Ngo")).unwrap();
    let last = drill.events(Chapter::Drill2026.history_from(), opening).iter().rev().find_map(|event| match event {
        simulate::Event::Report(report) if report.facility == site.facility.id => Some(report),
        _ => None,
    });
    assert!(last.unwrap().census.waiting.unwrap() > 0);
    // Relief comes four hours after the opening.
    let later = drill.truth(site.facility.id, opening + Span::hours(6)).unwrap();
    assert!(later.contents.iter().any(|(_, grams)| grams.0 > 0));
}

#[test]
fn the_replay_opens_with_several_tight() {
    for seed in 1..=SEEDS {
        let replay = common::scenario(Chapter::Delta2021, seed);
        let list = list(&replay, Chapter::Delta2021.opening());
        let below =
            |limit: f64| list.iter().filter(|(_, told)| told.hours.is_some_and(|left| left.low < limit)).count();
        assert!((2..=4).contains(&below(8.0)), "seed {seed}: {}", below(8.0));
        assert!((4..=8).contains(&below(24.0)), "seed {seed}: {}", below(24.0));
        assert!(list.iter().all(|(_, told)| told.rank.standing != Standing::Empty), "seed {seed}");
    }
}

#[test]
fn quiet_days_open_calm() {
    for seed in 1..=SEEDS {
        let quiet = common::scenario(Chapter::Quiet2026, seed);
        assert_eq!(quiet.province().readiness, Readiness::Routine);
        for (known, told) in list(&quiet, Chapter::Quiet2026.opening()) {
            let name = &known.facility.body.name;
            assert!(told.hours.is_none_or(|left| left.low >= 24.0), "seed {seed}: {name} {:?}", told.hours);
            assert!(told.rank.standing >= Standing::Enough, "seed {seed}: {name} {:?}", told.rank);
            assert_eq!(told.silence.heard, Heard::OnTime, "seed {seed}: {name}");
        }
    }
}

/// The clock of the demonstration moves the list: what is in danger changes within the first day, and
/// fourteen days on everybody is still heard from.
#[test]
fn the_list_moves_with_the_clock() {
    let drill = common::scenario(Chapter::Drill2026, 1);
    let opening = Chapter::Drill2026.opening();
    let order = |at| -> Vec<String> {
        list(&drill, at).into_iter().take(5).map(|(known, _)| known.facility.body.name.clone()).collect()
    };
    assert_ne!(order(opening), order(opening + Span::hours(6)));
    let later = list(&drill, opening + Span::days(14));
    assert!(later.iter().all(|(_, told)| told.silence.heard != Heard::Never));
    let heard = later.iter().filter(|(_, told)| !told.silence.heard.is_silent()).count();
    assert!(heard * 10 >= later.len() * 7, "{heard} of {}", later.len());
}
