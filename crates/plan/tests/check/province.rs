//! Small invented provinces with every constraint that a plan knows: two lands and a ferry, tanks and cylinders of two
//! sizes, rented tanks, lenders, contracts, night hours, closed roads, frozen trips, decisions.

use oxygen::dispatch::{
    Aims, Authority, Carries, Class, Closure, Contract, Cylinders, Ferry, Liquid, Measured, Minutes, Path, Payer,
    Place, PlaceNo, Problem, Rack, Roads, Site, SiteNo, Source, SourceNo, Tank, Vehicle, Window,
};
use quantity::{Grams, Moment, VesselSpec};

use crate::draw::Draw;

pub const SIZES: [VesselSpec; 2] = [VesselSpec::LITRES_40, VesselSpec::LITRES_10];

fn kg(kg: i64) -> Grams {
    Grams::from_kg(kg)
}

fn hours(from: i32, to: i32) -> Window {
    Window::new(Minutes::hours(from), Minutes::hours(to))
}

/// Every day from an hour to another.
fn daily(days: u32, from: i32, to: i32) -> Vec<Window> {
    (0..days as i32 + 2).map(|day| hours(24 * day + from, 24 * day + to)).collect()
}

/// A province of 6 to 24 sites.
pub fn province(draw: &mut Draw) -> Problem {
    let days = draw.from(4, 12) as u32;
    let (sites, sources, vehicles) = (draw.from(6, 25) as usize, draw.from(3, 6) as usize, draw.from(4, 10) as usize);
    // Two piers first, then sites, then plants and depots.
    let mut places = vec![place(draw, "cảng đất liền", 0), place(draw, "cảng đảo", 1)];
    for number in 0..sites {
        let land = u16::from(number % 5 == 4);
        let mut one = place(draw, &format!("nơi {number}"), land);
        // One that nobody has measured out, and one that is known by the table alone.
        if number == 1 {
            one.at = None;
        }
        places.push(one);
    }
    let plants = places.len();
    for number in 0..sources {
        places.push(place(draw, &format!("xưởng {number}"), 0));
    }
    let measured = (plants..places.len()).map(|plant| Measured {
        from: PlaceNo::of(plant),
        to: PlaceNo(3),
        minutes: Minutes(draw.from(20, 90) as i32),
        metres: draw.from(10_000, 60_000),
    });
    let roads = Roads {
        measured: measured.collect(),
        ferries: vec![Ferry {
            name: "phà".to_owned(),
            one: PlaceNo(0),
            other: PlaceNo(1),
            // Every second day none sails in the afternoon.
            sails: (0..days as i32 + 1)
                .flat_map(|day| {
                    let morning = hours(24 * day + 6, 24 * day + 9);
                    let evening = hours(24 * day + 14, 24 * day + 16);
                    if day % 2 == 0 { vec![morning, evening] } else { vec![morning] }
                })
                .collect(),
            takes: Minutes(draw.from(40, 120) as i32),
        }],
        closures: vec![
            Closure { from: PlaceNo(2), to: None, closed: vec![hours(20, 30), hours(50, 56)] },
            Closure { from: PlaceNo(4), to: Some(PlaceNo::of(plants)), closed: vec![hours(9, 14)] },
        ],
        ..Roads::default()
    };
    let mut all: Vec<Site> = (0..sites).map(|number| site(draw, number, sources, days)).collect();
    let mut from: Vec<Source> = (0..sources).map(|number| source(draw, number, plants + number, days)).collect();
    // The last source is a hospital that lends.
    let lender = SiteNo(0);
    all[0].tank = Some(tank(kg(3_000), None));
    all[0].rack = Some(Rack { size: SIZES[0], full: 40, empty: 10, room: 90, owner: None, consent: Vec::new() });
    from[sources - 1] = Source {
        name: "bệnh viện cho mượn".to_owned(),
        place: all[0].place,
        liquid: Some(Liquid { stock: kg(900), made: Vec::new() }),
        cylinders: vec![Cylinders { size: SIZES[0], full: 12, empty: 0, fills: 0 }],
        loads: Vec::new(),
        loading: Minutes(20),
        released: Some(Minutes::ZERO),
        lender: Some(lender),
    };
    let mut contracts: Vec<Contract> =
        (0..sources - 1).map(|number| contract(draw, number, Vec::new(), days)).collect();
    // A second one for a few sites, later in force.
    contracts.push(Contract {
        force: Window::new(Minutes::hours(30), Minutes::days(days as i32)),
        ..contract(draw, 0, (0..sites / 2).map(SiteNo::of).collect(), days)
    });
    let paths = (0..3).map(|_| path(draw, &all, days)).collect();
    Problem {
        start: Moment::from_micros(1_795_410_000_000_000),
        days,
        roads,
        sites: all,
        sources: from,
        vehicles: (0..vehicles).map(|number| vehicle(draw, number, plants, sources, days)).collect(),
        contracts,
        paths,
        aims: Aims { emergency_purchase: draw.chance(30).then_some(0.5), ..Aims::default() },
        before: None,
        frozen_until: Minutes::ZERO,
        slushy_until: Minutes::ZERO,
        pins: Vec::new(),
        places,
    }
}

fn place(draw: &mut Draw, name: &str, land: u16) -> Place {
    let (north, east) = (draw.from(0, 4_000) as f64 / 10_000.0, draw.from(0, 4_000) as f64 / 10_000.0);
    Place { name: name.to_owned(), at: Some((10.0 + north, 105.0 + east)), land }
}

fn tank(stock: Grams, owner: Option<SourceNo>) -> Tank {
    Tank { stock, holds: kg(6_000), smallest_lot: kg(300), owner, consent: Vec::new() }
}

fn site(draw: &mut Draw, number: usize, sources: usize, days: u32) -> Site {
    let owner = (number % 4 == 3).then(|| SourceNo::of(draw.below(sources - 1)));
    let consent = if draw.chance(50) { vec![SourceNo(0)] } else { Vec::new() };
    let rack = Rack {
        size: SIZES[number % 2],
        full: draw.from(0, 40) as u32,
        empty: draw.from(0, 30) as u32,
        room: draw.from(70, 130) as u32,
        owner,
        consent: consent.clone(),
    };
    Site {
        name: format!("cơ sở {number}"),
        place: PlaceNo::of(2 + number),
        class: [Class::Emergency, Class::Severe, Class::Usual][number % 3],
        patient_day: kg(12),
        tank: (number % 3 != 2).then(|| Tank { consent, ..tank(kg(draw.from(0, 3_000)), owner) }),
        rack: (number % 3 != 1).then_some(rack),
        reserve: kg(100),
        unloads: if number.is_multiple_of(2) { daily(days, 6, 20) } else { Vec::new() },
        unloading: Minutes(draw.from(15, 60) as i32),
        road: [3, 2, 3][number % 3],
        authority: if number.is_multiple_of(4) { Authority::Ask } else { Authority::Order },
    }
}

fn source(draw: &mut Draw, number: usize, place: usize, days: u32) -> Source {
    Source {
        name: format!("nhà cung cấp {number}"),
        place: PlaceNo::of(place),
        liquid: (number % 3 != 1).then(|| Liquid {
            stock: kg(draw.from(2_000, 12_000)),
            made: (0..days).map(|_| Grams(draw.from(1_000_000, 4_000_000))).collect(),
        }),
        cylinders: SIZES
            .into_iter()
            .enumerate()
            .filter(|(size, _)| number % 3 != 2 && (*size == 0 || number.is_multiple_of(2)))
            .map(|(_, size)| Cylinders {
                size,
                full: draw.from(10, 60) as u32,
                empty: draw.from(0, 40) as u32,
                fills: draw.from(5, 60) as u32,
            })
            .collect(),
        loads: if number.is_multiple_of(2) { daily(days, 5, 22) } else { Vec::new() },
        loading: Minutes(draw.from(15, 60) as i32),
        released: Some(if number == 1 { Minutes::hours(10) } else { Minutes::ZERO }),
        lender: None,
    }
}

fn vehicle(draw: &mut Draw, number: usize, plants: usize, sources: usize, days: u32) -> Vehicle {
    let depot = if draw.chance(50) { PlaceNo::of(plants + draw.below(sources)) } else { PlaceNo(0) };
    Vehicle {
        plate: format!("68C-{:03}.{:02}", draw.from(100, 999), number),
        depot,
        carries: if number.is_multiple_of(2) {
            Carries::Liquid(kg(draw.from(3_000, 9_000)))
        } else {
            Carries::Cylinders(60)
        },
        road: [3, 1, 2, 2][number % 4],
        free: if number.is_multiple_of(3) { Vec::new() } else { daily(days, 4, 23) },
        duty: Minutes::hours(draw.from(9, 14) as i32),
        boards: number % 4 != 2,
        carries_for: (number % 5 == 4).then(|| SourceNo::of(draw.below(sources - 1))),
    }
}

fn contract(draw: &mut Draw, source: usize, sites: Vec<SiteNo>, days: u32) -> Contract {
    Contract {
        number: format!("{:02}/2026", draw.from(1, 99)),
        source: SourceNo::of(source),
        sites,
        left: kg(draw.from(4_000, 40_000)),
        force: Window::new(Minutes::ZERO, Minutes::days(days as i32)),
        lead: Minutes::hours(draw.from(0, 5) as i32),
        payer: Payer::Facility,
        signer: "Giám đốc".to_owned(),
        legal_basis: "hợp đồng khung".to_owned(),
    }
}

fn path(draw: &mut Draw, sites: &[Site], days: u32) -> Path {
    let mut row = |site: &Site, share: i64| -> Vec<Grams> {
        let most = if site.tank.is_some() { 900_000 } else { 90_000 };
        (0..days).map(|_| Grams(draw.from(0, most * share / 100))).collect()
    };
    Path {
        need: sites.iter().map(|site| row(site, 100)).collect(),
        made: sites.iter().map(|site| row(site, 30)).collect(),
        ..Path::default()
    }
}
