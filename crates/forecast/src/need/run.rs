//! One facility: counts ahead in, patients and oxygen by path and day out.

use std::borrow::Cow;

use jiff::ToSpan;
use oxygen::Device;
use quantity::convert::rate_of_l_per_min;
use quantity::{Grams, GramsPerHour, Purity, ReferenceTemperature, Span};

use super::ahead::Need;
use super::chance::{Dice, STEPS, Spread, normal_at, people, scores, share_of};
use super::known::{Counted, Known, MOST_DAYS, Weeks};
use super::norms::NeedNorms;
use super::others::Others;
use super::paths::read_paths;
use super::patients::{Ward, World};
use super::scenario::{Draws, Scenario};
use super::share::Seen;

/// People of one week, or patients found on one device, who are followed one by one; more are followed in groups.
const FOLLOWED: f64 = 256.0;
/// Hours about the height of the day of which the highest makes the peak.
const PEAK_HOURS: f64 = 8.0;

/// Draws the paths of a facility; `None` without a single week or day ahead, which is not a need of nothing.
///
/// Path by path: weekly counts, their days, who needs oxygen and on what, how long each one stays, what each one takes,
/// times the facility's coefficient, plus losses and base use. With [`Scenario::cases`] raised no path needs less oxygen on
/// any day with the same seed (up to some eighty times the cases; beyond that people are followed in larger groups).
pub fn need(known: &Known<'_>, scenario: &Scenario, norms: &NeedNorms, draws: &Draws) -> Option<Need> {
    let weekly = match known.weeks {
        Weeks::Quantiles(weeks) => Cow::Owned(read_paths(weeks, known.place, draws, &norms.ruler)),
        Weeks::Paths(paths) => Cow::Borrowed(paths),
    };
    let left = (7 * weekly.iter().map(Vec::len).min()?).saturating_sub(known.gone.min(6));
    let days = known.days.min(MOST_DAYS).min(left);
    if days == 0 {
        return None;
    }
    let draws = &Draws { paths: weekly.len(), ..*draws };
    let mut told = Need::empty(known.first, days, weekly.len());
    let unsure = Unsure::draw(known.place, draws);
    let facility = Facility::new(known, scenario, norms, draws, &weekly);
    let mut ward = Ward::new(days);
    for (path, counts) in weekly.iter().enumerate() {
        ward.clear();
        let world = facility.world(&unsure, path);
        facility.fill(&mut ward, &world, counts, path);
        facility.write(&mut told, &mut ward, &unsure, path);
    }
    Some(told)
}

/// Deviations of what a path supposes for the whole facility and all its days: these do not average out.
struct Unsure {
    coefficient: Vec<f64>,
    base: Vec<f64>,
    wards: Vec<f64>,
    care: Vec<f64>,
    on_oxygen: Vec<f64>,
    loss: Vec<f64>,
}

impl Unsure {
    fn draw(place: u64, draws: &Draws) -> Self {
        let of = |name| scores(draws.seed, name, place, draws.paths, draws.place_to_place);
        Self {
            coefficient: of("coefficient"),
            base: scores(draws.seed, "base", place, draws.paths, 0.0),
            wards: of("wards"),
            care: of("care"),
            on_oxygen: of("on oxygen"),
            loss: of("loss"),
        }
    }
}

struct Facility<'a> {
    known: &'a Known<'a>,
    scenario: Scenario,
    norms: &'a NeedNorms,
    seed: u64,
    each: u32,
    gone: usize,
    /// The day of a week by ten random bits: of the first one, of which some days are gone, and of the others.
    day_of_first: Vec<u8>,
    day_of_week: Vec<u8>,
    /// Which part of the first week is left.
    left: f64,
    delays: Option<Vec<f64>>,
    seen: Option<Seen>,
    mix: [f64; 5],
    share: f64,
}

fn sane(times: f64) -> f64 {
    if times.is_finite() { times.clamp(0.0, 1_000.0) } else { 1.0 }
}

impl<'a> Facility<'a> {
    fn new(
        known: &'a Known<'a>,
        scenario: &Scenario,
        norms: &'a NeedNorms,
        draws: &Draws,
        weekly: &[Vec<f64>],
    ) -> Self {
        let scenario = Scenario {
            cases: sane(scenario.cases),
            on_oxygen: sane(scenario.on_oxygen),
            graver: sane(scenario.graver),
            stays: sane(scenario.stays),
            flow: sane(scenario.flow),
            wave: scenario.wave,
        };
        let share = if known.share.is_finite() { known.share.clamp(0.0, 1.0) } else { 1.0 };
        // From the forecast and not from the scenario: more cases must not change the size of the groups.
        let mut largest: Vec<f64> =
            weekly.iter().map(|path| people(path.iter().copied().fold(0.0, f64::max))).collect();
        largest.sort_by(f64::total_cmp);
        let high = largest[largest.len() * 9 / 10] * share;
        // The mix of the norms counts as some patients, the facility's census as its own.
        let own = known.census.unwrap_or_default();
        let weight = (norms.mix_census_most / f64::from(own.patients().max(1))).min(1.0);
        let mix = Device::ALL
            .map(|device| norms.mix[device as usize] * norms.mix_prior.max(0.01) + f64::from(own.on(device)) * weight);
        let gone = known.gone.min(6);
        let begins = known.first.saturating_sub(i64::try_from(gone).unwrap_or(0).days());
        let delays = (known.counted == Counted::Cases).then(|| Spread::of(norms.delay).table());
        Self {
            known,
            scenario,
            norms,
            seed: draws.seed,
            each: (high / FOLLOWED).ceil().max(1.0) as u32,
            gone,
            day_of_first: known.profile.days(begins, gone),
            day_of_week: known.profile.days(begins, 0),
            left: known.profile.left(begins, gone),
            seen: Seen::of(known.before, share, known.census, delays.as_deref()),
            delays,
            mix,
            share,
        }
    }

    /// What a path supposes of every patient.
    fn world(&self, unsure: &Unsure, path: usize) -> World {
        let mut dice = Dice::of(self.seed, "mix", self.known.place, path as u64);
        let mix = dice.shares(&self.mix);
        let figure = match self.known.counted {
            Counted::Cases => self.norms.oxygen_of_cases,
            Counted::Admissions => self.norms.oxygen_of_admissions,
        };
        let z = (unsure.wards[path], unsure.care[path]);
        // What is seen was seen without what the scenario supposes.
        let (norm, surprise) = (Spread::of(figure), unsure.on_oxygen[path]);
        let on_oxygen = match &self.seen {
            Some(seen) => seen.share(&World::new(self.norms, z, &mix, 1.0, 1.0), norm, surprise),
            None => norm.at(surprise),
        };
        let mut world =
            World::new(self.norms, z, &mix, self.scenario.graver, on_oxygen.min(1.0) * self.scenario.on_oxygen);
        world.stays.iter_mut().for_each(|mean| *mean *= self.scenario.stays);
        world
    }

    fn dice(&self, purpose: &str, path: usize, part: usize) -> Dice {
        Dice::of(self.seed, purpose, self.known.place, (path as u64) << 16 | part as u64)
    }

    /// Everybody who is there or comes on one path.
    fn fill(&self, ward: &mut Ward, world: &World, counts: &[f64], path: usize) {
        let stay = &self.norms.stay;
        // Days from being counted to coming, rounded by chance.
        let delay = |bits: u64| {
            self.delays.as_ref().map_or(0, |table| (table[bits as usize % table.len()] + share_of(bits, 10, 12)) as i64)
        };
        for (week, count) in counts.iter().enumerate() {
            let mut dice = self.dice("people", path, week);
            let (days, left) = if week == 0 { (&self.day_of_first, self.left) } else { (&self.day_of_week, 1.0) };
            let people = (people(*count) * left * self.share * self.scenario.cases + dice.share()) as u64;
            ward.arrive(world, stay, &mut dice, (people, self.each), |bits| {
                let day = i64::from(days[(bits >> 32) as usize % STEPS]);
                (7 * week as i64 + day) - self.gone as i64 + delay(bits)
            });
        }
        if let Some(wave) = &self.scenario.wave {
            for day in 0..MOST_DAYS {
                let mut dice = self.dice("wave", path, day);
                let people = (wave.on(day) * self.share + dice.share()) as u64;
                ward.arrive(world, stay, &mut dice, (people, self.each), |bits| day as i64 + delay(bits));
            }
        }
        self.fill_before(ward, world, path, &delay);
        let Some(census) = self.known.census else { return };
        for device in Device::ALL {
            let people = census.on(device);
            let each = (f64::from(people) / FOLLOWED).ceil().max(1.0) as u32;
            let mut dice = self.dice("found", path, device as usize);
            ward.found(world, stay, &mut dice, (device as usize, people, each), self.known.days_in[device as usize]);
        }
        let mut dice = self.dice("waiting", path, 0);
        let waiting = census.waiting.unwrap_or(0);
        let each = (f64::from(waiting) / FOLLOWED).ceil().max(1.0) as u32;
        let mut left = waiting;
        while left > 0 {
            let group = left.min(each);
            left -= group;
            let bits = dice.bits();
            ward.come(world, stay, Device::Mask as usize, bits, 0, group);
        }
    }

    /// Those counted before the first day: still to come, or, where nobody counted the patients, perhaps still there.
    fn fill_before(&self, ward: &mut Ward, world: &World, path: usize, delay: &impl Fn(u64) -> i64) {
        let there = self.known.census.is_some();
        if there && self.known.counted == Counted::Admissions {
            return;
        }
        for (ago, count) in self.known.before.iter().rev().enumerate().take(400) {
            let mut dice = self.dice("before", path, ago);
            let told = people(*count) * self.share;
            let people = (told + dice.share()) as u64;
            let each = (told / FOLLOWED * 7.0).ceil().max(1.0) as u32;
            let day = -(ago as i64) - 1;
            ward.arrive(world, &self.norms.stay, &mut dice, (people, each), |bits| {
                let comes = day + delay(bits);
                // Who came before today stands in the census already.
                if there && comes < 0 { i64::MIN / 4 } else { comes }
            });
        }
    }

    /// Turns the patients of one path into oxygen.
    fn write(&self, told: &mut Need, ward: &mut Ward, unsure: &Unsure, path: usize) {
        let norms = self.norms;
        let mut dice = self.dice("flow", path, 0);
        let mut stray = 0.0;
        let loss = Spread::of(norms.loss).at(unsure.loss[path]).clamp(0.0, 0.9);
        let z = unsure.coefficient[path];
        let coefficient = self.known.coefficient;
        let base = self.known.base.at(coefficient.at(z, 0.0) - coefficient.mean(), unsure.base[path]);
        told.begin(path, ward);
        let mut others = Others::draw(&self.known.other, self.dice("others", path, 0));
        ward.settle();
        for day in 0..told.days() {
            let noise = norms.day_deviation;
            let use_of_day = (noise * dice.normal() - noise * noise / 2.0).exp();
            stray += norms.stray_per_day * dice.normal();
            let peak_hour = normal_at(dice.share().powf(1.0 / PEAK_HOURS));
            let times = coefficient.at(z, stray) * self.scenario.flow;
            let on = ward.on(day);
            let through = ward.through(day, dice.bits());
            let litres: f64 =
                norms.flows.iter().zip(through).map(|(flow, patients)| flow.of_patients(patients, &mut dice)).sum();
            let by_vessels = |litres: f64| {
                let litres = litres * use_of_day / (1.0 - loss);
                rate_of_l_per_min(litres, ReferenceTemperature::Celsius21, Purity::PURE)
            };
            let rate = by_vessels(litres * times);
            let (others_on, litres) = others.on(day, norms);
            let others_rate = by_vessels(litres * coefficient.at(z, stray));
            let other = Grams::from_f64(base * use_of_day) + others_rate.over(Span::days(1));
            let all = rate + GramsPerHour(other.as_f64() / 24.0);
            let swing = norms.hour_deviation;
            let peak = all * ((1.0 + norms.day_wave) * (swing * peak_hour - swing * swing / 2.0).exp().max(1.0));
            let on = std::array::from_fn(|device| on[device].saturating_add(others_on[device]));
            told.write(path, day, on, rate.over(Span::days(1)), other, peak);
        }
    }
}
