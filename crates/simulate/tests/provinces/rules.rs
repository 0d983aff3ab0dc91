//! The war room's rules.

use simulate::provinces::compare::Mean;
use simulate::provinces::rule::{First, GRID, tuned};
use simulate::provinces::{Asked, Balance, Play, Province, Rule, Score, Shape, Wave};

use crate::{quick, ruled, small};

/// Every trip of a rule can take place as far as anybody can know: 200 provinces of every size and class.
#[test]
fn the_rules_never_send_a_trip_that_is_refused() {
    let play = Play { days: 4, paths: 3, ..Play::default() };
    for number in 0..200 {
        let province = Province::draw(2_000 + number as u64, Shape::of(20, number));
        let score = ruled(&province, 0, &play, First::ALL[number % 2]);
        assert_eq!(score.refusals(), 0, "{number}: {:?}", score.refused);
        assert!(score.trips > 0, "{number}");
    }
}

/// Nor with any setting of the grid.
#[test]
fn no_setting_sends_a_trip_that_is_refused() {
    let play = Play { days: 3, paths: 2, ..Play::default() };
    let province = small(11, Balance::Tight, Wave::Up);
    for rule in First::ALL.into_iter().flat_map(|first| GRID.rules(first)) {
        let score = province.play(0, &play, &mut |asked: &Asked| rule.plan(asked));
        assert_eq!(score.refusals(), 0, "{rule:?}: {:?}", score.refused);
    }
}

/// Where oxygen is short, the gravest patients fare better when they come first than when cover alone counts.
#[test]
fn priority_serves_the_gravest_first() {
    let mean = |first: First| {
        let scores: Vec<f64> = (0..6)
            .map(|seed| {
                let province = small(30 + seed, Balance::Tight, Wave::Up);
                let problem = province.problem_on(0, 0, &quick(), &mut |_| Default::default());
                let score: Score = ruled(&province, 0, &quick(), first);
                let grave = problem.sites.iter().zip(&score.days);
                let grave = grave.filter(|(site, _)| site.class == oxygen::dispatch::Class::Emergency);
                grave.map(|(_, days)| days).sum::<f64>()
            })
            .collect();
        scores.iter().sum::<f64>()
    };
    let (cover, priority) = (mean(First::Cover), mean(First::Priority));
    assert!(priority < cover, "{priority} days with priority, {cover} with cover");
}

/// The setting in use is not the worst of the grid in provinces that it was not tuned on, nor near it.
#[test]
fn the_tuned_rule_beats_a_careless_one() {
    let play = quick();
    let of = |rule: &dyn Fn(Balance) -> Rule| {
        let scores = (0..9).map(|number| {
            let shape = Shape { sites: 30, ..Shape::of(50, number) };
            let province = Province::draw(5_000 + number as u64, shape);
            let rule = rule(shape.balance);
            let score = province.play(0, &play, &mut |asked: &Asked| rule.plan(asked));
            Mean::of(&[score]).unmet.max(0.5).ln()
        });
        (scores.sum::<f64>() / 9.0).exp()
    };
    let best = of(&|balance| tuned(First::Cover, balance));
    let careless = of(&|_| Rule { first: First::Cover, target: 2.0, lot: 1.5, look: 1, drops: 1 });
    assert!(best < 0.95 * careless, "{best} against {careless}");
}
