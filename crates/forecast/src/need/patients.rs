//! Patients on oxygen, one by one, from the day they come to the day they leave.

use oxygen::Device;
use protocol::Figure;

use super::chance::{Dice, Spread, Stay, longer, share_of};
use super::norms::{Level, NeedNorms};

const MASK: usize = Device::Mask as usize;
const DEVICES: usize = 5;
/// Groups that come in one week of one path; with more people the groups grow.
const MOST_GROUPS: u64 = 20_000;

/// What one path supposes of all its patients.
#[derive(Clone, Debug)]
pub(super) struct World {
    /// Mean days: ward, high dependency, intensive care surviving and dying, step-down.
    pub(super) stays: [f64; 5],
    pub(super) dying: [f64; 3],
    /// Share of people counted who need oxygen.
    pub(super) on_oxygen: f64,
    /// Up to which share of them each device goes, gravest first.
    entry: [f64; DEVICES],
}

impl World {
    /// Draws the means of the stays (deviations `z`: wards, intensive care) and takes a mix of patients present; who comes
    /// on which device follows from how long they stay there.
    pub(super) fn new(norms: &NeedNorms, z: (f64, f64), mix: &[f64; DEVICES], graver: f64, on_oxygen: f64) -> Self {
        let stays = &norms.stays;
        let mean = |figure: Figure, z: f64| Spread::of(figure).at(z).max(0.01);
        let stays = [
            mean(stays.ward, z.0),
            mean(stays.high_dependency, z.0),
            mean(stays.icu_surviving, z.1),
            mean(stays.icu_dying, z.1),
            mean(stays.step_down, z.0),
        ];
        let dying = norms.dying.map(|share| share.clamp(0.0, 1.0));
        let days = [stays[0], stays[1], stays[2] * (1.0 - dying[2]) + stays[3] * dying[2]];
        let mut entry = [0.0; DEVICES];
        // Those who step down lie on the ward as well: they are taken off its share before its own are counted.
        let mut stepped = 0.0;
        for device in Device::ALL.into_iter().skip(1) {
            let level = Level::of(device) as usize;
            entry[device as usize] = mix[device as usize] / days[level];
            stepped += entry[device as usize] * (1.0 - dying[level]) * stays[4];
            entry[device as usize] *= graver.max(0.0);
        }
        entry[MASK] = (mix[MASK] - stepped).max(0.0) / days[0];
        let sum: f64 = entry.iter().sum();
        let mut upto = 0.0;
        for share in entry.iter_mut().rev() {
            upto += if sum > 0.0 { *share / sum } else { 0.0 };
            *share = upto;
        }
        // A rounding error sends nobody past the last door; a mix of nobody sends all to the ward.
        entry[MASK] = 1.0;
        Self { stays, dying, on_oxygen: on_oxygen.clamp(0.0, 1.0), entry }
    }

    /// Share of those who came so many days ago with a need of oxygen who are still there.
    pub(super) fn still_there(&self, days: f64) -> f64 {
        let still = |device: usize| {
            let level = level_of(device);
            let dying = self.dying[level as usize];
            let mean = mean_days(self, level, false) * (1.0 - dying) + mean_days(self, level, true) * dying;
            let after = if level == Level::Ward { 0.0 } else { (1.0 - dying) * self.stays[4] };
            let share = self.entry[device] - self.entry.get(device + 1).copied().unwrap_or(0.0);
            share * longer(days / (mean + after))
        };
        (0..DEVICES).map(still).sum()
    }

    fn device(&self, share: f64) -> usize {
        (0..DEVICES).rev().find(|device| share < self.entry[*device]).unwrap_or(MASK)
    }
}

fn level_of(device: usize) -> Level {
    Level::of(Device::ALL[device])
}

/// Patients of one path by day: those who are there when a day ends, as a census counts them.
#[derive(Clone, Debug)]
pub(super) struct Ward {
    days: i64,
    /// From the eve of the first day on.
    change: [Vec<i64>; DEVICES],
    pub(super) start: u32,
    pub(super) admitted: Vec<u32>,
    pub(super) discharged: Vec<u32>,
    pub(super) died: Vec<u32>,
}

impl Ward {
    pub(super) fn new(days: usize) -> Self {
        let none = || vec![0_u32; days];
        Self {
            days: days as i64,
            change: std::array::from_fn(|_| vec![0; days + 1]),
            start: 0,
            admitted: none(),
            discharged: none(),
            died: none(),
        }
    }

    pub(super) fn clear(&mut self) {
        self.start = 0;
        self.change.iter_mut().for_each(|change| change.fill(0));
        for counts in [&mut self.admitted, &mut self.discharged, &mut self.died] {
            counts.fill(0);
        }
    }

    /// Turns comings and goings into patients present: once, when everybody is in.
    pub(super) fn settle(&mut self) {
        for change in &mut self.change {
            let mut there = 0;
            for day in change {
                there += *day;
                *day = there;
            }
        }
    }

    /// Patients on each device at the end of a day, once settled.
    pub(super) fn on(&self, day: usize) -> [u32; DEVICES] {
        self.change.each_ref().map(|there| there[day + 1].clamp(0, i64::from(u32::MAX)) as u32)
    }

    /// Patients on each device in the mean of a day, once settled: half of those of its beginning and of its end, a half
    /// patient by a bit of chance. Nobody's coming lowers it.
    pub(super) fn through(&self, day: usize, bits: u64) -> [u32; DEVICES] {
        std::array::from_fn(|device| {
            let there = &self.change[device];
            let both = there[day].max(0) + there[day + 1].max(0) + ((bits >> device) & 1) as i64;
            (both / 2).clamp(0, i64::from(u32::MAX)) as u32
        })
    }

    fn lie(&mut self, device: usize, from: i64, until: i64, people: u32) {
        let (from, until) = (from.max(-1) + 1, until.min(self.days) + 1);
        if from >= until {
            return;
        }
        self.change[device][from as usize] += i64::from(people);
        if until <= self.days {
            self.change[device][until as usize] -= i64::from(people);
        }
    }

    fn count(counts: &mut [u32], day: i64, people: u32) {
        if let Some(count) = usize::try_from(day).ok().and_then(|day| counts.get_mut(day)) {
            *count = count.saturating_add(people);
        }
    }

    /// Somebody lies on a device at the ends of so many days from a day on, then steps down or not, and leaves. Who came before the
    /// first day and is there on its eve is counted as there from the start.
    fn stay(&mut self, device: usize, from: i64, days: i64, then: i64, dies: bool, people: u32) {
        let leaves = from + days + then;
        if from < 0 && leaves < 0 {
            return;
        }
        self.lie(device, from, from + days, people);
        self.lie(MASK, from + days, leaves, people);
        if from < 0 {
            self.start = self.start.saturating_add(people);
        } else {
            Self::count(&mut self.admitted, from, people);
        }
        Self::count(if dies { &mut self.died } else { &mut self.discharged }, leaves, people);
    }

    /// So many people are counted, in groups of `each` who fare alike; `day_of` says from random bits on which day one
    /// comes. Every group takes the same number of throws: with more people the first ones fare as before.
    pub(super) fn arrive(
        &mut self,
        world: &World,
        stay: &Stay,
        dice: &mut Dice,
        (people, each): (u64, u32),
        mut day_of: impl FnMut(u64) -> i64,
    ) {
        // A count that is no count of people must not keep a night's job busy.
        let each = u64::from(each).max(people.div_ceil(MOST_GROUPS));
        let mut left = people;
        while left > 0 {
            let group = left.min(each) as u32;
            left -= u64::from(group);
            let (who, how_long, when) = (dice.bits(), dice.bits(), dice.bits());
            if share_of(who, 32, 32) >= world.on_oxygen {
                continue;
            }
            let device = world.device(share_of(who, 0, 32));
            self.come(world, stay, device, how_long, day_of(when), group);
        }
    }

    /// One group comes on a device.
    pub(super) fn come(&mut self, world: &World, stay: &Stay, device: usize, bits: u64, day: i64, people: u32) {
        let level = level_of(device);
        let dies = share_of(bits, 44, 20) < world.dying[level as usize];
        // Who comes at any hour is there at the end of as many days, in the mean, as the stay is long.
        let days = (stay.whole(bits) * mean_days(world, level, dies) + share_of(bits, 10, 12)) as i64;
        self.stay(device, day, days, step_down(world, stay, level, dies, bits), dies, people);
    }

    /// Patients who are there on the eve of the first day, after so many days if that is known.
    pub(super) fn found(
        &mut self,
        world: &World,
        stay: &Stay,
        dice: &mut Dice,
        (device, people, each): (usize, u32, u32),
        days_in: Option<f64>,
    ) {
        let level = level_of(device);
        // Who dies lies there for another time, and is found as often as that time is long.
        let (alive, dead) = (mean_days(world, level, false), mean_days(world, level, true));
        let dying = world.dying[level as usize];
        let found_dying = dying * dead / (dying * dead + (1.0 - dying) * alive).max(f64::MIN_POSITIVE);
        let mut left = people;
        while left > 0 {
            let group = left.min(each);
            left -= group;
            let bits = dice.bits();
            let dies = share_of(bits, 44, 20) < found_dying;
            let mean = mean_days(world, level, dies);
            let rest = stay.rest(bits, days_in.map(|days| days.max(0.0) / mean)) * mean;
            let days = rest as i64;
            self.lie(device, -1, days, group);
            let then = step_down(world, stay, level, dies, bits);
            self.lie(MASK, days, days + then, group);
            self.start = self.start.saturating_add(group);
            Self::count(if dies { &mut self.died } else { &mut self.discharged }, days + then, group);
        }
    }
}

fn mean_days(world: &World, level: Level, dies: bool) -> f64 {
    match level {
        Level::Ward => world.stays[0],
        Level::HighDependency => world.stays[1],
        Level::Icu if dies => world.stays[3],
        Level::Icu => world.stays[2],
    }
}

fn step_down(world: &World, stay: &Stay, level: Level, dies: bool, bits: u64) -> i64 {
    if dies || level == Level::Ward {
        return 0;
    }
    (stay.whole(bits >> 22) * world.stays[4] + share_of(bits, 32, 12)) as i64
}

#[cfg(test)]
mod tests {
    use super::super::norms::tests::shipped;
    use super::*;
    use proptest::prelude::*;

    fn conserved(ward: &mut Ward) -> bool {
        ward.settle();
        let (mut came, mut went) = (i64::from(ward.start), 0);
        (0..ward.admitted.len()).all(|day| {
            came += i64::from(ward.admitted[day]);
            went += i64::from(ward.discharged[day]) + i64::from(ward.died[day]);
            let there: i64 = ward.change.iter().map(|device| device[day + 1]).sum();
            came == there + went && ward.change.iter().all(|device| device[day + 1] >= 0)
        })
    }

    proptest! {
        /// Who was there or came is there, discharged or dead, on every day.
        #[test]
        fn patients_are_conserved(
            seed: u64, people in 0_u64..2_000, found in prop::array::uniform5(0_u32..90), each in 1_u32..9,
            from in -20_i64..20, days_in in prop::option::of(0.0..60.0), graver in 0.0..4.0, stays in 0.1..3.0,
        ) {
            let norms = shipped();
            let mut world = World::new(&norms, (stays - 1.0, 0.5), &norms.mix, graver, 0.8);
            world.stays.iter_mut().for_each(|mean| *mean *= stays);
            let mut ward = Ward::new(28);
            let mut dice = Dice::of(seed, "test", 0, 0);
            ward.arrive(&world, &norms.stay, &mut dice, (people, each), |bits| from + (bits % 30) as i64);
            for (device, found) in found.into_iter().enumerate() {
                ward.found(&world, &norms.stay, &mut dice, (device, found, each), days_in);
            }
            prop_assert!(conserved(&mut ward));
        }
    }

    /// With steady admissions the patients present are in the mix of the norms, and as many as admissions × days.
    #[test]
    fn a_steady_stream_ends_in_the_mix_it_was_made_for() {
        let norms = shipped();
        let world = World::new(&norms, (0.0, 0.0), &norms.mix, 1.0, 1.0);
        let mut ward = Ward::new(1);
        let mut dice = Dice::of(9, "test", 0, 0);
        for day in -150..=0 {
            ward.arrive(&world, &norms.stay, &mut dice, (2_000, 1), |_| day);
        }
        ward.settle();
        let present = ward.on(0);
        let all = f64::from(present.iter().sum::<u32>());
        for (there, wanted) in present.into_iter().zip(norms.mix) {
            let share = f64::from(there) / all;
            assert!((share - wanted).abs() < 0.004 + 0.03 * wanted, "{share} for {wanted}");
        }
        let mean = all / 2_000.0;
        assert!(mean > 9.0 && mean < 12.0, "nine days on wards, more in intensive care: {mean}");
    }

    /// Those who are there and those who come make up for each other from the first day on: a steady hospital stays steady.
    #[test]
    fn a_steady_hospital_has_no_step_between_its_census_and_the_first_day() {
        let norms = shipped();
        let world = World::new(&norms, (0.0, 0.0), &[1.0, 0.0, 0.0, 0.0, 0.0], 1.0, 1.0);
        let mut ward = Ward::new(20);
        let mut dice = Dice::of(4, "test", 0, 0);
        ward.found(&world, &norms.stay, &mut dice, (MASK, 9_000, 1), None);
        for day in 0..20 {
            ward.arrive(&world, &norms.stay, &mut dice, (1_000, 1), |_| day);
        }
        ward.settle();
        for day in 0..20 {
            let (end, mean) = (f64::from(ward.on(day)[MASK]), f64::from(ward.through(day, 0)[MASK]));
            assert!((end / 9_000.0 - 1.0).abs() < 0.015 && (mean / 9_000.0 - 1.0).abs() < 0.015, "day {day}: {end}");
        }
    }

    #[test]
    fn who_was_found_leaves_after_three_quarters_of_a_stay() {
        let norms = shipped();
        let world = World::new(&norms, (0.0, 0.0), &norms.mix, 1.0, 1.0);
        let mut ward = Ward::new(120);
        ward.found(&world, &norms.stay, &mut Dice::of(4, "test", 0, 0), (MASK, 4_000, 1), None);
        ward.settle();
        assert_eq!(ward.through(0, 0)[MASK], (4_000 + ward.on(0)[MASK]) / 2);
        let days: u32 = (0..120).map(|day| ward.through(day, u64::from(day as u32 % 2))[MASK]).sum();
        assert!((f64::from(days) / 4_000.0 / 9.0 - 0.75).abs() < 0.02, "{days}");
        assert_eq!(ward.start, 4_000);
    }
}
