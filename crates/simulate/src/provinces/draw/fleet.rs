//! The vehicles: tankers and cylinder trucks, their yards, hours and owners.

use oxygen::dispatch::{Carries, Minutes, PlaceNo, Source, SourceNo, Vehicle, metres_between};
use quantity::{Grams, VesselSpec};

use super::calendar::Calendar;
use super::land::Land;
use super::sites::Drawn;
use super::sources::Taken;
use crate::dice::Dice;
use crate::provinces::shape::Shape;

/// Share of a load that is full on average, and hours of a vehicle's day, while a fleet is laid out.
const LOADED: f64 = 0.6;
const HOURS: f64 = 8.5;
/// Tonnes of a tanker and cylinders of a truck on average.
const TONNES: f64 = 7.5;
const CYLINDERS: f64 = 80.0;

pub(super) fn draw(
    seed: u64,
    shape: &Shape,
    land: &mut Land,
    calendar: &Calendar,
    drawn: &Drawn,
    (sources, taken): (&[Source], &Taken),
) -> Vec<Vehicle> {
    let mut dice = Dice::of(seed, "fleet of a province", 0, 0);
    let yards: Vec<PlaceNo> =
        (0..dice.whole(1, 3)).map(|number| land.in_town(format!("Bãi xe {}", number + 1), number)).collect();
    let offshore = drawn.sites.iter().filter(|site| land.places[site.place.index()].land > 0).count();
    let tonnes = taken.liquid / 1e6;
    let cylinders = taken.cylinders[0] / VesselSpec::LITRES_40.full().as_f64()
        + taken.cylinders[1] / VesselSpec::LITRES_10.full().as_f64() / 2.0;
    let tanks = drawn.sites.iter().filter(|site| site.tank.is_some()).count() as f64;
    let racks = drawn.sites.len() as f64 - tanks;
    // Every tank is visited once in three days, every rack once in two; a load serves two or three of them.
    let of_liquid = (tonnes / (TONNES * LOADED)).max(tanks / 3.0 / 2.0);
    let of_cylinders = (cylinders / (CYLINDERS * LOADED)).max(racks / 2.0 / 3.0);
    let wanted = |loads: f64, tank: bool| loads * hours(land, drawn, sources, tank) / HOURS * shape.fleet;
    let mut tankers = wanted(of_liquid, true).ceil().max(1.0);
    let mut trucks = wanted(of_cylinders, false).ceil().max(1.0);
    // A truck for the islands, and a tanker where one of them has a tank.
    trucks += f64::from(u8::from(offshore > 0));
    tankers += f64::from(u8::from(offshore > 2));
    let (least, most) = (Shape::VEHICLES.0 as f64, Shape::VEHICLES.1 as f64);
    if tankers + trucks > most {
        let scale = most / (tankers + trucks);
        (tankers, trucks) = ((tankers * scale).floor().max(1.0), (trucks * scale).floor().max(1.0));
    }
    trucks = trucks.max(least - tankers);
    let mut vehicles = Vec::new();
    for number in 0..(tankers + trucks) as usize {
        let tanker = number < tankers as usize;
        let first = number == 0 || number == tankers as usize;
        let (carries, road) = if tanker {
            let (tonnes, road) = if first { (5, 2) } else { [(5, 2), (8, 2), (8, 3), (12, 3), (15, 3)][dice.below(5)] };
            (Carries::Liquid(Grams::from_kg(tonnes * 1_000)), road)
        } else {
            let (cylinders, road) =
                if first { (50, 1) } else { [(50, 1), (70, 1), (90, 2), (120, 2), (150, 3)][dice.below(5)] };
            (Carries::Cylinders(cylinders), road)
        };
        let bound = (!first && dice.chance(0.35)).then(|| owner(&mut dice, sources, tanker)).flatten();
        let depot = bound.map_or_else(|| yards[dice.below(yards.len())], |owner| sources[owner.index()].place);
        let tet = dice.chance(0.7);
        // Somebody goes to the islands, with two drivers and whenever the ferry sails.
        let ferried = first && offshore > 0;
        let free = match dice.below(4) {
            _ if ferried => Vec::new(),
            0 => Vec::new(),
            1 => calendar.open(4, 23, true, tet),
            _ => calendar.open(5, 21, true, tet),
        };
        vehicles.push(Vehicle {
            plate: format!("68C-{:03}.{:02}", 100 + number, dice.below(100)),
            depot,
            carries,
            road,
            free,
            duty: Minutes::hours(if ferried { 18 } else { dice.whole(10, 14) as i32 }),
            boards: first || dice.chance(0.7),
            carries_for: bound,
        });
    }
    vehicles
}

/// A supplier whose own vehicle it is.
fn owner(dice: &mut Dice, sources: &[Source], tanker: bool) -> Option<SourceNo> {
    let fits = |source: &Source| {
        source.lender.is_none()
            && source.released == Some(Minutes::ZERO)
            && if tanker { source.liquid.is_some() } else { !source.cylinders.is_empty() }
    };
    let all: Vec<usize> = (0..sources.len()).filter(|at| fits(&sources[*at])).collect();
    all.get(dice.below(all.len())).map(|at| SourceNo::of(*at))
}

/// Hours of a load: to the nearest source of the kind and back, loading, two or three visits that lie an eighth of the
/// way apart.
fn hours(land: &Land, drawn: &Drawn, sources: &[Source], tank: bool) -> f64 {
    let at = |place: PlaceNo| land.places[place.index()].at;
    let has = |source: &&Source| {
        source.lender.is_none()
            && source.released == Some(Minutes::ZERO)
            && if tank { source.liquid.is_some() } else { !source.cylinders.is_empty() }
    };
    let sites = drawn.sites.iter().filter(|site| site.tank.is_some() == tank);
    let ways = sites.filter_map(|site| {
        let here = at(site.place)?;
        let ways = sources.iter().filter(has).filter_map(|source| Some(metres_between(here, at(source.place)?)));
        ways.min_by(f64::total_cmp)
    });
    let ways: Vec<f64> = ways.collect();
    let kilometres = land.roads.winding * ways.iter().sum::<f64>() / ways.len().max(1) as f64 / 1_000.0;
    2.0 * kilometres * 1.25 / land.roads.kmh + if tank { 2.8 } else { 2.3 }
}
