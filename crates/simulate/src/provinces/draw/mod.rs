//! A province is drawn: land, facilities, sources, vehicles, contracts, in this order.

mod calendar;
mod contracts;
mod fleet;
mod land;
mod mend;
mod sites;
mod sources;

use oxygen::dispatch::{Aims, Minutes, Problem, Travel};
use quantity::{Moment, Span};

use self::calendar::Calendar;
use self::land::Land;
use self::sources::Taken;
use super::law::Law;
use super::province::Province;
use super::shape::Shape;
use crate::dice::Dice;

/// 23/11/2026 06:00 at +07:00: a day as good as any; it carries no meaning.
const OPENING: Moment = Moment::from_micros(1_795_388_400_000_000);

impl Province {
    /// The province of a seed and a shape.
    pub fn draw(seed: u64, shape: Shape) -> Self {
        let calendar = Calendar::draw(seed);
        let law = Law::draw(seed, shape.wave);
        let mut land = Land::draw(seed);
        let mut drawn = sites::draw(seed, &shape, &mut land, &calendar);
        let taken = Taken::of(&drawn, law.mean_factor(14));
        let sources = sources::draw(seed, &shape, &mut land, &calendar, &mut drawn, &taken);
        sources::owners(seed, &mut drawn, &sources);
        let now = Taken::of(&drawn, law.mean_factor(7));
        let vehicles = fleet::draw(seed, &shape, &mut land, &calendar, &drawn, (&sources, &now));
        let contracts = contracts::draw(seed, &drawn, &sources);
        let at: Vec<_> = drawn.sites.iter().map(|site| site.place).collect();
        land.closures(&at);
        let emergency_purchase = Dice::of(seed, "purchase of a province", 0, 0).chance(0.5).then_some(0.02);
        let mut told = Problem {
            start: OPENING,
            days: calendar::LASTS as u32,
            places: land.places,
            roads: land.roads,
            sites: drawn.sites,
            sources,
            vehicles,
            contracts,
            paths: Vec::new(),
            aims: Aims { emergency_purchase, ..Aims::default() },
            before: None,
            frozen_until: Minutes::ZERO,
            slushy_until: Minutes::ZERO,
            pins: Vec::new(),
        };
        let travel = Travel::of(&told.places, &told.roads);
        mend::mend(&mut told, &travel);
        Self { seed, shape, told, travel, level: drawn.level, plant: drawn.plant, law }
    }
}

/// The moment of a minute of a world.
pub(super) fn moment(at: Minutes) -> Moment {
    OPENING + Span::minutes(i64::from(at.0))
}
