//! How a planner thinks that the days may go: his own model, simpler than the truth and with other figures.
//!
//! A facility's need is its level (smoothed from what it reported) times a growth that all share, a factor that all
//! share and one of its own with memory. What is drawn is drawn by day and path once for a whole world (common random
//! numbers), so that two plans a day apart differ by what was learnt between them and not by luck.

use oxygen::dispatch::{Minutes, Outage, Path, SourceNo, VehicleNo, Window};
use quantity::Grams;

use super::known::Known;
use super::province::Province;
use crate::dice::Dice;

/// Memory and deviation of what all facilities share, and of what each has for itself.
const COMMON: (f64, f64) = (0.8, 0.03);
const OWN: (f64, f64) = (0.7, 0.12);
/// Doubt about the growth in a day.
const GROWTH: f64 = 0.012;
/// Chance in a day that a source stops, a vehicle breaks down, a plant of a facility stops, a stopped one runs again.
const SOURCE_STOPS: f64 = 0.015;
const VEHICLE_STOPS: f64 = 0.02;
const PLANT: (f64, f64) = (0.02, 0.4);

/// What is drawn for all plans of a world.
pub(super) struct Noise {
    paths: usize,
    sites: usize,
    /// By path: doubt about the growth.
    growth: Vec<f64>,
    /// By path and day.
    common: Vec<Vec<f64>>,
    /// By path, day and site.
    own: Vec<Vec<Vec<f32>>>,
    /// By path and site: what is not known of a stock.
    stock: Vec<Vec<f64>>,
    sources: Vec<Vec<Outage<SourceNo>>>,
    vehicles: Vec<Vec<Outage<VehicleNo>>>,
    /// By path, day and site: below the chance, the plant turns.
    plants: Vec<Vec<Vec<f32>>>,
}

impl Noise {
    pub(super) fn draw(province: &Province, paths: usize, days: usize) -> Self {
        let told = &province.told;
        let sites = told.sites.len();
        let mut noise = Self {
            paths,
            sites,
            growth: Vec::new(),
            common: Vec::new(),
            own: Vec::new(),
            stock: Vec::new(),
            sources: Vec::new(),
            vehicles: Vec::new(),
            plants: Vec::new(),
        };
        let plants = province.plant.iter().any(|plant| *plant > 0.0);
        for path in 0..paths {
            let dice = |purpose| Dice::of(province.seed, purpose, path as u64, 0);
            let mut needs = dice("planner needs");
            noise.growth.push(GROWTH * needs.gauss());
            noise.common.push((0..days).map(|_| needs.gauss()).collect());
            noise.own.push((0..days).map(|_| (0..sites).map(|_| needs.gauss() as f32).collect()).collect());
            noise.stock.push((0..sites).map(|_| needs.gauss()).collect());
            let mut dice_of_plants = dice("planner plants");
            let days_of_plants = if plants { days } else { 0 };
            let turns = (0..days_of_plants).map(|_| (0..sites).map(|_| dice_of_plants.share() as f32).collect());
            noise.plants.push(turns.collect());
            let mut stops = dice("planner outages");
            noise.sources.push(outages(&mut stops, days, told.sources.len(), SOURCE_STOPS, SourceNo::of));
            noise.vehicles.push(outages(&mut stops, days, told.vehicles.len(), VEHICLE_STOPS, VehicleNo::of));
        }
        noise
    }

    /// The paths of a plan of so many days that begins now.
    pub(super) fn paths(&self, province: &Province, known: &Known, now: Minutes, days: usize) -> Vec<Path> {
        (0..self.paths).map(|path| self.path(path, province, known, now, days)).collect()
    }

    fn path(&self, path: usize, province: &Province, known: &Known, now: Minutes, days: usize) -> Path {
        let first = now.day();
        let growth = known.growth() + self.growth[path];
        let mut common = Vec::with_capacity(days);
        let mut shared = 0.0;
        for day in 0..days {
            shared = COMMON.0 * shared + COMMON.1 * self.common[path][first + day];
            // Yesterday's report is a day old in the middle, and the smoothing another.
            common.push(growth * (day as f64 + 2.0) + shared);
        }
        let need = (0..self.sites).map(|site| {
            let (level, mut own) = (known.level(site), 0.0);
            let doubt = known.doubt(site) * self.stock[path][site];
            let of_day = |day: usize| {
                own = OWN.0 * own + OWN.1 * f64::from(self.own[path][first + day][site]);
                let need = level * (common[day] + own).exp();
                // What is not known of the stock is not known of the first day's need.
                let need = if day == 0 { need + doubt } else { need };
                Grams::from_f64(need.max(0.0))
            };
            (0..days).map(of_day).collect()
        });
        let made = (0..self.sites).map(|site| {
            let mut runs = known.plant_runs(site);
            let of_day = |day: usize| {
                if province.plant[site] > 0.0 {
                    let turn = if runs { PLANT.0 } else { PLANT.1 };
                    runs ^= f64::from(self.plants[path][first + day][site]) < turn;
                }
                Grams::from_f64(if runs { province.plant[site] } else { 0.0 })
            };
            (0..days).map(of_day).collect()
        });
        let end = now + Minutes::days(days as i32);
        let need = need.collect();
        let made = if self.plants[path].is_empty() { Vec::new() } else { made.collect() };
        Path {
            need,
            made,
            sources_out: shifted(&self.sources[path], now, end),
            vehicles_out: shifted(&self.vehicles[path], now, end),
        }
    }
}

fn outages<T>(dice: &mut Dice, days: usize, count: usize, chance: f64, of: impl Fn(usize) -> T) -> Vec<Outage<T>> {
    let mut outages = Vec::new();
    for day in 0..days {
        for number in 0..count {
            if dice.chance(chance) {
                let from = Minutes::days(day as i32) + Minutes::hours(dice.below(24) as i32);
                let when = Window::new(from, from + Minutes::hours(dice.whole(12, 36) as i32));
                outages.push(Outage { of: of(number), when });
            }
        }
    }
    outages
}

fn shifted<T: Copy>(outages: &[Outage<T>], now: Minutes, end: Minutes) -> Vec<Outage<T>> {
    // What would have begun before now has not: whoever is out now is told so.
    let ahead = outages.iter().filter(|outage| outage.when.from >= now && outage.when.from < end);
    ahead
        .map(|outage| Outage { of: outage.of, when: Window::new(outage.when.from - now, outage.when.to - now) })
        .collect()
}
