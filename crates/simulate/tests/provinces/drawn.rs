//! What is drawn.

use std::collections::BTreeMap;

use oxygen::dispatch::{Minutes, Plan, Problem};
use simulate::provinces::{Play, Province, Shape, active, random_problem};

use crate::quick;

fn opening(number: usize) -> (Shape, Problem) {
    let shape = Shape::of(4, number);
    let province = Province::draw(40 + number as u64, shape);
    (shape, province.problem_on(0, 0, &quick(), &mut |_| Plan::default()))
}

#[test]
fn the_same_seed_is_the_same_province() {
    for number in 0..6 {
        let (shape, problem) = opening(number);
        assert_eq!((shape, &problem), (opening(number).0, &opening(number).1));
        let other = Province::draw(1_000 + number as u64, shape);
        assert_ne!(problem, other.problem_on(0, 0, &quick(), &mut |_| Plan::default()));
    }
}

#[test]
fn every_size_stays_within_what_is_promised() {
    for number in 0..60 {
        let (shape, problem) = opening(number);
        assert!((20..=150).contains(&problem.sites.len()), "{shape:?}");
        let suppliers = problem.sources.iter().filter(|source| source.lender.is_none()).count();
        assert!((2..=16).contains(&suppliers), "{suppliers} with the industrial line");
        assert!((5..=60).contains(&problem.vehicles.len()), "{}", problem.vehicles.len());
        assert_eq!(problem.paths.len(), 6);
        for path in &problem.paths {
            assert_eq!(path.need.len(), problem.sites.len());
            assert!(path.need.iter().all(|days| days.len() == problem.days as usize));
            assert!(path.need.iter().flatten().all(|need| need.0 >= 0));
        }
        for site in &problem.sites {
            assert!(site.tank.is_some() || site.rack.is_some(), "{} has a store", site.name);
            assert!(site.tank.as_ref().is_none_or(|tank| tank.stock <= tank.holds && tank.stock.0 >= 0));
            assert!(site.rack.as_ref().is_none_or(|rack| rack.full + rack.empty <= rack.room));
        }
    }
}

#[test]
fn what_is_made_is_less_or_more_than_what_is_taken_as_the_balance_says() {
    let made_over_taken = |number: usize| {
        let (_, problem) = opening(number);
        let made: f64 = problem
            .sources
            .iter()
            .filter(|source| source.released == Some(Minutes::ZERO) && source.lender.is_none())
            .map(|source| {
                let liquid = source.liquid.as_ref().map_or(0.0, |liquid| liquid.made[0].as_kg());
                let fills = |bay: &oxygen::dispatch::Cylinders| f64::from(bay.fills) * bay.size.full().as_kg();
                liquid + source.cylinders.iter().map(fills).sum::<f64>()
            })
            .sum();
        let path = &problem.paths[0];
        let taken: f64 = (0..problem.sites.len())
            .map(|site| {
                let of_plant = path.made.get(site).map_or(0.0, |made| made[0].as_kg());
                (path.need[site][0].as_kg() - of_plant).max(0.0)
            })
            .sum();
        made / taken
    };
    let mean = |balance: usize| (0..9).map(|at| made_over_taken(at * 3 + balance)).sum::<f64>() / 9.0;
    let (tight, balanced, surplus) = (mean(0), mean(1), mean(2));
    assert!(tight < balanced && balanced < surplus, "{tight} {balanced} {surplus}");
    assert!((0.8..1.3).contains(&tight) && surplus > 1.2, "{tight} {balanced} {surplus}");
}

/// Issue 6 asks for each in 500 of 10,000 problems: one in twenty. The larger run is beside the search, in `bontaicho`.
#[test]
fn every_constraint_is_there_often_enough() {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let problems = 240;
    for seed in 0..problems {
        for name in active(&random_problem(seed, 4)) {
            *counts.entry(name).or_insert(0) += 1;
        }
    }
    let rare: Vec<_> = counts.iter().filter(|(_, count)| **count < problems as usize / 20).collect();
    assert!(rare.is_empty(), "{rare:?}");
    assert_eq!(counts.len(), 51, "{:#?}", counts);
}

#[test]
fn a_morning_later_there_is_a_plan_before_it() {
    let province = Province::draw(3, Shape::of(3, 3));
    let play = Play { paths: 4, ..Play::default() };
    let rule = simulate::provinces::rule::tuned(simulate::provinces::rule::First::Cover, province.shape().balance);
    let problem = province.problem_on(1, 0, &play, &mut |asked| rule.ahead(asked));
    let before = problem.before.expect("a plan before");
    assert!(!before.trips.is_empty());
    assert!(before.trips.iter().all(|trip| trip.back > Minutes::ZERO), "{:?}", before.trips);
    assert_eq!((problem.frozen_until, problem.slushy_until), (play.frozen, play.slushy));
}
