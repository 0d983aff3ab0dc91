//! The facilities: how many patients, in what tanks and racks, behind which gates.

use oxygen::dispatch::{Authority, Class, PlaceNo, Rack, Site, Tank};
use quantity::{Grams, VesselSpec};

use super::calendar::Calendar;
use super::land::Land;
use crate::dice::Dice;
use crate::provinces::shape::Shape;

/// What the facilities take, beside what is told of them.
pub(super) struct Drawn {
    pub(super) sites: Vec<Site>,
    /// What each takes in a day at the opening, in grams.
    pub(super) level: Vec<f64>,
    /// What its own plant can make in a day, in grams; 0 without one.
    pub(super) plant: Vec<f64>,
}

/// Tanks on the market, in cubic metres of liquid.
const TANKS_M3: [f64; 7] = [1.0, 2.0, 3.0, 5.0, 10.0, 16.0, 26.0];
const KG_PER_M3: f64 = 1_142.0;
/// What stays in a tank and cannot be used.
const HEEL: f64 = 0.1;

pub(super) fn draw(seed: u64, shape: &Shape, land: &mut Land, calendar: &Calendar) -> Drawn {
    let mut drawn = Drawn { sites: Vec::new(), level: Vec::new(), plant: Vec::new() };
    let large = (shape.sites as f64 * 0.04).ceil() as usize;
    // Up to a tenth of the facilities lie on islands.
    let offshore = if land.islands() == 0 { 0 } else { (shape.sites / 10).max(1) };
    for number in 0..shape.sites {
        let mut dice = Dice::of(seed, "facility of a province", number as u64, 0);
        let island = (number >= large && number < large + offshore).then(|| number % land.islands().max(1));
        let middle = dice.chance(0.34);
        let patients = match number {
            number if number < large => dice.log_between(70.0, 220.0),
            _ if middle => dice.log_between(10.0, 45.0),
            _ => dice.log_between(2.0, 11.0),
        };
        let name = format!("Cơ sở mô phỏng {:03}", number + 1);
        let place = match island {
            Some(island) => land.offshore(name.clone(), island),
            None if number < large => land.in_town(name.clone(), number),
            None => land.inland(name.clone()),
        };
        one(&mut drawn, &mut dice, (name, place), (patients, island.is_some()), calendar);
    }
    drawn
}

fn one(
    drawn: &mut Drawn,
    dice: &mut Dice,
    (name, place): (String, PlaceNo),
    (patients, offshore): (f64, bool),
    calendar: &Calendar,
) {
    // 6 to 12 L/min a patient: 11.5 to 23 kg in a day.
    let patient_day = 1_910.0 * dice.between(6.0, 12.0);
    let level = patients * patient_day;
    let plant = if patients < 60.0 && dice.chance(0.15) { level * dice.between(0.3, 0.8) } else { 0.0 };
    let net = level - plant;
    // Whoever a ferry must reach keeps more.
    let keeps = if offshore { 1.7 } else { 1.0 };
    let tank = (patients >= 40.0 || patients >= 14.0 && dice.chance(0.8)).then(|| tank(dice, net * keeps, patients));
    let useless = tank.as_ref().is_some_and(|tank| !filled(tank));
    let rack = (tank.is_none() || useless || dice.chance(0.4))
        .then(|| rack(dice, net * keeps, tank.is_some() && !useless, patients));
    let class = match dice.share() + if patients > 60.0 { 0.2 } else { 0.0 } {
        share if share > 0.85 => Class::Emergency,
        share if share > 0.55 => Class::Severe,
        _ => Class::Usual,
    };
    let always = patients > 60.0 || dice.chance(0.25);
    let tet = dice.chance(0.5);
    let unloads = match (always, dice.chance(0.7)) {
        (true, _) => Vec::new(),
        (false, true) => calendar.open(6, 20, true, tet),
        (false, false) => calendar.open(7, 17, dice.chance(0.6), tet),
    };
    let heavy = if tank.is_some() { [2, 2, 3, 3] } else { [1, 2, 2, 3] };
    drawn.level.push(level);
    drawn.plant.push(plant);
    drawn.sites.push(Site {
        name,
        place,
        class,
        patient_day: Grams::from_f64(patient_day),
        reserve: Grams::from_f64(net * dice.between(0.8, 1.6)),
        unloading: oxygen::dispatch::Minutes(
            if tank.is_some() { dice.whole(40, 75) } else { dice.whole(15, 40) } as i32
        ),
        tank,
        rack,
        unloads,
        road: heavy[dice.below(4)],
        authority: if dice.chance(0.3) { Authority::Ask } else { Authority::Order },
    });
}

/// Four to eight days of the net need of the opening, in a size that is sold, a tenth to six tenths full.
fn tank(dice: &mut Dice, net: f64, patients: f64) -> Tank {
    let wanted = net * dice.between(3.5, 8.0) / 1_000.0;
    let sold = TANKS_M3.iter().map(|m3| m3 * KG_PER_M3 * (1.0 - HEEL)).find(|kg| *kg >= wanted);
    let kg = sold.unwrap_or_else(|| (wanted / (26.0 * KG_PER_M3)).ceil() * 26.0 * KG_PER_M3 * (1.0 - HEEL));
    let days = dice.between(0.8, 4.5);
    // One of fifty of the smaller tanks is smaller than what a tanker comes for.
    let lot =
        if patients < 25.0 && dice.chance(0.02) { kg * 1.2 } else { (kg * dice.between(0.08, 0.25)).min(1_500.0) };
    Tank {
        stock: Grams::from_f64((net * days).min(kg * 900.0)),
        holds: Grams::from_kg_f64(kg),
        smallest_lot: Grams::from_kg_f64(lot.round()),
        owner: None,
        consent: Vec::new(),
    }
}

/// Whether a tanker comes for it at all.
pub(super) fn filled(tank: &Tank) -> bool {
    tank.holds >= tank.smallest_lot
}

/// Cylinders for three to seven days; beside a tank, for half a day to a day.
fn rack(dice: &mut Dice, net: f64, beside: bool, patients: f64) -> Rack {
    let small = patients < 4.5 && dice.chance(0.3);
    let size = if small { VesselSpec::LITRES_10 } else { VesselSpec::LITRES_40 };
    let days = if beside { dice.between(0.4, 1.0) } else { dice.between(3.0, 7.0) };
    let room = (net * days / size.full().as_f64()).ceil().max(6.0) as u32;
    let shells = (f64::from(room) * dice.between(0.8, 1.0)).round() as u32;
    let full = (f64::from(shells) * dice.between(0.2, 0.85)).round() as u32;
    Rack { size, full, empty: shells - full, room, owner: None, consent: Vec::new() }
}
