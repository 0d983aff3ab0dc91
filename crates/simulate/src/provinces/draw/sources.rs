//! Who has oxygen: makers of liquid, refill stations, an industrial line, hospitals that lend.

use oxygen::dispatch::{Cylinders, Liquid, Minutes, SiteNo, Source, SourceNo};
use quantity::{Grams, VesselSpec};

use super::calendar::{Calendar, LASTS};
use super::land::Land;
use super::sites::{Drawn, filled};
use crate::dice::Dice;
use crate::provinces::shape::Shape;

const SIZES: [VesselSpec; 2] = [VesselSpec::LITRES_40, VesselSpec::LITRES_10];

/// What is taken in a day, net of own plants, in grams.
pub(super) struct Taken {
    pub(super) liquid: f64,
    /// Of the sizes above.
    pub(super) cylinders: [f64; 2],
}

impl Taken {
    /// Averaged over a world whose wave multiplies every need by `wave` on average.
    pub(super) fn of(drawn: &Drawn, wave: f64) -> Self {
        let mut taken = Self { liquid: 0.0, cylinders: [0.0; 2] };
        for ((site, level), plant) in drawn.sites.iter().zip(&drawn.level).zip(&drawn.plant) {
            let net = (level * wave - plant).max(0.0);
            match (site.tank.as_ref().filter(|tank| filled(tank)), &site.rack) {
                (Some(_), _) => taken.liquid += net,
                (None, Some(rack)) => {
                    taken.cylinders[SIZES.iter().position(|size| *size == rack.size).unwrap_or(0)] += net
                }
                (None, None) => {}
            }
        }
        taken
    }
}

pub(super) fn draw(
    seed: u64,
    shape: &Shape,
    land: &mut Land,
    calendar: &Calendar,
    drawn: &mut Drawn,
    taken: &Taken,
) -> Vec<Source> {
    let mut dice = Dice::of(seed, "sources of a province", 0, 0);
    let (least, most) = shape.balance.made();
    let made = dice.between(least, most);
    let makers = ((shape.suppliers as f64 * 0.35).round() as usize).clamp(1, shape.suppliers - 1);
    let industrial = shape.suppliers >= 4 && dice.chance(0.6);
    let size = |dice: &mut Dice| dice.between(0.5, 1.5);
    // An industrial line adds to what the others make.
    let mut of_liquid: Vec<f64> = (0..makers).map(|_| size(&mut dice)).collect();
    let all: f64 = of_liquid.iter().sum();
    of_liquid.iter_mut().for_each(|share| *share /= all);
    let fillers: Vec<bool> = (0..shape.suppliers).map(|number| number >= makers || dice.chance(0.3)).collect();
    let mut of_cylinders: Vec<f64> = fillers.iter().map(|fills| if *fills { size(&mut dice) } else { 0.0 }).collect();
    let all: f64 = of_cylinders.iter().sum();
    of_cylinders.iter_mut().for_each(|share| *share /= all);
    if industrial {
        of_cylinders.push(0.0);
    }
    let mut sources = Vec::new();
    for (number, filled) in of_cylinders.into_iter().enumerate() {
        let idle = number >= shape.suppliers;
        let liquid = if idle { 0.5 * dice.share() } else { of_liquid.get(number).copied().unwrap_or(0.0) };
        let name = match (idle, number < makers) {
            (true, _) => format!("Dây chuyền công nghiệp mô phỏng {}", number + 1),
            (false, true) => format!("Nhà máy oxy mô phỏng {}", number + 1),
            (false, false) => format!("Trạm chiết nạp mô phỏng {}", number + 1),
        };
        let place = land.inland(name.clone());
        let tonnes = liquid * taken.liquid * made;
        let bays = SIZES.iter().zip(taken.cylinders).filter(|(_, net)| filled > 0.0 && *net > 0.0);
        let cylinders = bays.map(|(size, net)| {
            let fills = filled * net * made / size.full().as_f64();
            Cylinders {
                size: *size,
                full: (fills * dice.between(0.6, 1.4)).round() as u32,
                // Few to spare: what is filled tomorrow must come back today.
                empty: (fills * dice.between(0.3, 0.9)).round() as u32,
                fills: fills.ceil() as u32,
            }
        });
        let cylinders = cylinders.collect();
        let loads = match dice.below(4) {
            0 => Vec::new(),
            1 => calendar.open(5, 22, true, dice.chance(0.7)),
            2 => calendar.open(6, 18, true, dice.chance(0.4)),
            _ => calendar.open(6, 18, dice.chance(0.5), dice.chance(0.4)),
        };
        let released = match (idle, dice.chance(0.4)) {
            (true, true) => Some(Minutes::days(dice.whole(2, 9) as i32)),
            (true, false) => None,
            (false, _) => Some(Minutes::ZERO),
        };
        sources.push(Source {
            name,
            place,
            liquid: (tonnes > 0.0).then(|| Liquid {
                stock: Grams::from_f64(tonnes * dice.between(0.7, 1.8)),
                made: (0..LASTS).map(|_| Grams::from_f64(tonnes * dice.between(0.9, 1.1))).collect(),
            }),
            cylinders,
            loads,
            loading: Minutes(dice.whole(30, 60) as i32),
            released,
            lender: None,
        });
    }
    lenders(&mut dice, drawn, &mut sources);
    sources
}

/// Up to three hospitals with large tanks or racks lend what they can spare.
fn lenders(dice: &mut Dice, drawn: &Drawn, sources: &mut Vec<Source>) {
    let wanted = dice.whole(0, 3);
    let mut numbers: Vec<usize> = (0..drawn.sites.len()).filter(|at| drawn.level[*at] > 150_000.0).collect();
    for _ in 0..wanted.min(numbers.len()) {
        let at = numbers.swap_remove(dice.below(numbers.len()));
        let site = &drawn.sites[at];
        sources.push(Source {
            name: format!("{} cho mượn", site.name),
            place: site.place,
            // What it can spare is worked out anew at every decision.
            liquid: site.tank.as_ref().map(|_| Liquid { stock: Grams::ZERO, made: Vec::new() }),
            cylinders: site
                .rack
                .iter()
                .map(|rack| Cylinders { size: rack.size, full: 0, empty: 0, fills: 0 })
                .collect(),
            loads: site.unloads.clone(),
            loading: Minutes(45),
            released: Some(Minutes::ZERO),
            lender: Some(SiteNo::of(at)),
        });
    }
}

/// Some tanks and shells belong to suppliers; some of these let others fill them.
pub(super) fn owners(seed: u64, drawn: &mut Drawn, sources: &[Source]) {
    let mut dice = Dice::of(seed, "owners of a province", 0, 0);
    let of = |has: &dyn Fn(&Source) -> bool| -> Vec<SourceNo> {
        let fits = |(_, source): &(usize, &Source)| {
            source.lender.is_none() && source.released == Some(Minutes::ZERO) && has(source)
        };
        sources.iter().enumerate().filter(fits).map(|(at, _)| SourceNo::of(at)).collect()
    };
    let liquid = of(&|source| source.liquid.is_some());
    let filling: Vec<Vec<SourceNo>> =
        SIZES.iter().map(|size| of(&|source| source.cylinders.iter().any(|bay| bay.size == *size))).collect();
    let mut belongs = |who: &[SourceNo], share: f64| {
        if who.is_empty() || !dice.chance(share) {
            return (None, Vec::new());
        }
        let owner = who[dice.below(who.len())];
        let agrees = dice.chance(0.6);
        let mut others: Vec<SourceNo> = (0..3).map(|_| who[dice.below(who.len())]).collect();
        others.sort();
        others.dedup();
        others.retain(|other| agrees && *other != owner);
        (Some(owner), others)
    };
    for site in &mut drawn.sites {
        if let Some(tank) = &mut site.tank {
            (tank.owner, tank.consent) = belongs(&liquid, 0.3);
        }
        if let Some(rack) = &mut site.rack {
            let who = SIZES.iter().position(|size| *size == rack.size).map_or(&[][..], |at| &filling[at]);
            (rack.owner, rack.consent) = belongs(who, 0.2);
        }
    }
}
