//! OX09, OX15, OX16: plans of the search keep every rule of the checker, which shares no code with it; the same seed and
//! tries give the same plan; a plan saves patients.

use oxygen::dispatch::{Plan, Problem};
use plan::check::{Rule, check};
use plan::{Limits, cost, solve};
use simulate::provinces::random_problem;

const TRIES: u64 = 10;

fn sound_problems(seeds: std::ops::Range<u64>) -> impl Iterator<Item = (u64, Problem)> {
    let drawn = seeds.map(|seed| (seed, random_problem(seed, 20)));
    drawn.filter(|(_, problem)| plan::sound::sound(problem).is_ok())
}

fn searched(problem: &Problem, seed: u64) -> Plan {
    solve(problem, Limits { seed, iterations: TRIES }, &mut || false).plan
}

#[test]
fn a_plan_of_the_search_keeps_every_rule() {
    let mut looked = 0;
    for (seed, mut problem) in sound_problems(0..60) {
        problem.pins.clear();
        let faults = check(&problem, &searched(&problem, seed));
        assert!(faults.is_empty(), "seed {seed}: {faults:?}");
        looked += 1;
    }
    assert!(looked > 40, "{looked}");
}

#[test]
fn what_people_decided_never_breaks_another_rule() {
    let asked = [Rule::Deliver, Rule::Keep, Rule::EmptiesNotThere];
    for (seed, problem) in sound_problems(60..100) {
        for fault in check(&problem, &searched(&problem, seed)) {
            assert!(asked.contains(&fault.rule), "seed {seed}: {fault:?}");
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_plan_and_a_plan_saves_patients() {
    for (seed, mut problem) in sound_problems(100..112) {
        problem.pins.clear();
        let found = searched(&problem, seed);
        assert_eq!(found, searched(&problem, seed), "seed {seed}");
        let (with, without) = (cost(&problem, &found), cost(&problem, &Plan::default()));
        assert!(with < without, "seed {seed}: {with} against {without}");
    }
}
