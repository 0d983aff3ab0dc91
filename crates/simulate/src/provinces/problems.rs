//! Single problems, with everything in them, for whoever tests a search against many.

use oxygen::dispatch::{Class, Decision, Minutes, Pin, PlaceNo, Problem, SiteNo, SourceNo, Trip, VehicleNo, Window};
use quantity::Grams;

use super::province::Province;
use super::rule::{self, First};
use super::shape::Shape;
use super::world::Play;
use crate::dice::Dice;

/// A problem of 20 to 150 facilities with so many paths. One in three is that of an opening morning; the others have a
/// plan before them, which the war room's rule made, announced two days ahead. Half of them have up to six pins, each
/// of which can be followed for itself; together they may contradict each other.
pub fn random_problem(seed: u64, paths: usize) -> Problem {
    let mut dice = Dice::of(seed, "random problem", 0, 0);
    let shape = Shape::of(seed, seed as usize);
    let province = Province::draw(seed, shape);
    let frozen = Minutes::hours([0, 6, 12, 24][dice.below(4)]);
    let play = Play { paths, frozen, ..Play::default() };
    let day = dice.below(3);
    let first = First::ALL[dice.below(2)];
    let mut ruled = |asked: &super::Asked| rule::tuned(first, shape.balance).ahead(asked);
    let mut problem = province.problem_on(day, seed, &play, &mut ruled);
    if dice.chance(0.5) {
        for _ in 0..dice.whole(1, 6) {
            let decision = decision(&mut dice, &problem);
            let (author, reason) = ("Trực điều hành (mô phỏng)".to_owned(), "mô phỏng".to_owned());
            problem.pins.push(Pin { decision, author, reason });
        }
    }
    problem
}

fn decision(dice: &mut Dice, problem: &Problem) -> Decision {
    let site = SiteNo::of(dice.below(problem.sites.len()));
    let source = SourceNo::of(dice.below(problem.sources.len()));
    let vehicle = VehicleNo::of(dice.below(problem.vehicles.len()));
    let from = Minutes::hours(dice.below(96) as i32);
    let when = Window::new(from, from + Minutes::hours(dice.whole(6, 60) as i32));
    let need = problem.paths.first().and_then(|path| path.need.get(site.index())?.first().copied());
    let need = need.unwrap_or_default();
    let anybody = dice.chance(0.6);
    match dice.below(9) {
        0 => Decision::VehicleOut { vehicle, when },
        1 => Decision::SourceOut { source, when },
        2 => {
            let stock = problem.source(source).liquid.as_ref().map_or(Grams::from_kg(300), |liquid| liquid.stock);
            Decision::Reserve { source, grams: stock.share(dice.between(0.1, 0.6)) }
        }
        3 => {
            let place = |dice: &mut Dice| PlaceNo::of(dice.below(problem.places.len()));
            let (from, to) = (place(dice), place(dice));
            Decision::RoadClosed { from, to: (to != from && dice.chance(0.7)).then_some(to), when }
        }
        4 => Decision::Forbid { site, source: (!anybody).then_some(source), when },
        5 => Decision::AtMost { site, most: need.share(dice.between(0.5, 4.0)) },
        6 => Decision::Counts { site, class: [Class::Emergency, Class::Severe, Class::Usual][dice.below(3)] },
        7 => match announced(dice, problem) {
            Some(trip) => Decision::Keep(trip),
            None => Decision::VehicleOut { vehicle, when },
        },
        _ => {
            let begins = from.max(Minutes::DAY);
            let when = Window::new(begins, begins + Minutes::days(2));
            Decision::Deliver { site, source: None, when, least: need.share(dice.between(0.2, 0.8)) }
        }
    }
}

fn announced(dice: &mut Dice, problem: &Problem) -> Option<Trip> {
    let before = problem.before.as_ref()?;
    let ahead: Vec<&Trip> = before.trips.iter().filter(|trip| trip.leaves >= Minutes::ZERO).collect();
    ahead.get(dice.below(ahead.len())).map(|trip| (*trip).clone())
}
