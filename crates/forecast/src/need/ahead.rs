//! What comes out: patients and oxygen by path and day, and what can be read off them.

use jiff::ToSpan;
use jiff::civil::Date;
use oxygen::Device;
use quantity::convert::l_per_min;
use quantity::{Grams, GramsPerHour, ReferenceTemperature, Span};

use super::norms::Level;
use super::patients::Ward;
use crate::Quantiles;
use crate::quantiles::of_weighted;

/// Which use.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Line {
    /// Patients of the epidemic, losses included.
    Epidemic,
    /// Other diseases, and what boils off.
    Other,
    /// Both.
    All,
}

/// Patients and oxygen ahead, path by path. The same path number is the same scenario everywhere: facilities are added
/// path by path, and quantiles are read off sums, never summed.
#[derive(Clone, Debug, PartialEq)]
pub struct Need {
    first: Date,
    days: usize,
    paths: usize,
    epidemic: Vec<Grams>,
    other: Vec<Grams>,
    peak: Vec<GramsPerHour>,
    on: Vec<[u32; 5]>,
    admitted: Vec<u32>,
    discharged: Vec<u32>,
    died: Vec<u32>,
    start: Vec<u32>,
}

impl Need {
    /// Nobody and nothing: where a sum begins.
    pub fn empty(first: Date, days: usize, paths: usize) -> Self {
        let cells = days * paths;
        Self {
            first,
            days,
            paths,
            epidemic: vec![Grams::ZERO; cells],
            other: vec![Grams::ZERO; cells],
            peak: vec![GramsPerHour::ZERO; cells],
            on: vec![[0; 5]; cells],
            admitted: vec![0; cells],
            discharged: vec![0; cells],
            died: vec![0; cells],
            start: vec![0; paths],
        }
    }

    pub(super) fn begin(&mut self, path: usize, ward: &Ward) {
        let cells = path * self.days..(path + 1) * self.days;
        self.start[path] = ward.start;
        self.admitted[cells.clone()].copy_from_slice(&ward.admitted);
        self.discharged[cells.clone()].copy_from_slice(&ward.discharged);
        self.died[cells].copy_from_slice(&ward.died);
    }

    pub(super) fn write(
        &mut self,
        path: usize,
        day: usize,
        on: [u32; 5],
        epidemic: Grams,
        other: Grams,
        peak: GramsPerHour,
    ) {
        let cell = path * self.days + day;
        self.on[cell] = on;
        self.epidemic[cell] = epidemic;
        self.other[cell] = other;
        self.peak[cell] = peak;
    }

    /// The first day.
    pub fn first(&self) -> Date {
        self.first
    }

    /// How many days.
    pub fn days(&self) -> usize {
        self.days
    }

    /// How many paths.
    pub fn paths(&self) -> usize {
        self.paths
    }

    /// A day by its number from 0.
    pub fn date(&self, day: usize) -> Date {
        self.first.saturating_add(i64::try_from(day).unwrap_or(0).days())
    }

    /// Adds another facility path by path. Peaks are added as if they fell into the same hour: an upper end. `false`, and
    /// nothing is added, when days or paths differ.
    #[must_use = "what does not fit is not added"]
    pub fn add(&mut self, other: &Self) -> bool {
        if (self.first, self.days, self.paths) != (other.first, other.days, other.paths) {
            return false;
        }
        for cell in 0..self.epidemic.len() {
            self.epidemic[cell] += other.epidemic[cell];
            self.other[cell] += other.other[cell];
            self.peak[cell] = self.peak[cell] + other.peak[cell];
            for device in 0..5 {
                self.on[cell][device] = self.on[cell][device].saturating_add(other.on[cell][device]);
            }
        }
        let counts = [
            (&mut self.admitted, &other.admitted),
            (&mut self.discharged, &other.discharged),
            (&mut self.died, &other.died),
            (&mut self.start, &other.start),
        ];
        for (sum, more) in counts {
            sum.iter_mut().zip(more).for_each(|(sum, more)| *sum = sum.saturating_add(*more));
        }
        true
    }

    /// The sum of facilities path by path; `None` without any, or when days or paths differ.
    pub fn sum<'a>(needs: impl IntoIterator<Item = &'a Self>) -> Option<Self> {
        let mut needs = needs.into_iter();
        let mut sum = needs.next()?.clone();
        needs.all(|need| sum.add(need)).then_some(sum)
    }

    /// Oxygen of a path on a day; days and paths from 0.
    pub fn grams_on(&self, line: Line, path: usize, day: usize) -> Grams {
        let cell = path * self.days + day;
        match line {
            Line::Epidemic => self.epidemic[cell],
            Line::Other => self.other[cell],
            Line::All => self.epidemic[cell] + self.other[cell],
        }
    }

    /// What comes out of the vessels on a day, where machines beside them make so much.
    pub fn drawn_on(&self, path: usize, day: usize, production: GramsPerHour) -> Grams {
        (self.grams_on(Line::All, path, day) - production.over(Span::days(1))).max(Grams::ZERO)
    }

    /// The highest rate of a path on a day, of all uses.
    pub fn peak_on(&self, path: usize, day: usize) -> GramsPerHour {
        self.peak[path * self.days + day]
    }

    /// Patients of a path on a device at the end of a day, as a census counts them.
    pub fn on_device(&self, device: Device, path: usize, day: usize) -> u32 {
        self.on[path * self.days + day][device as usize]
    }

    /// Patients of a path at a level at the end of a day.
    pub fn at_level(&self, level: Level, path: usize, day: usize) -> u32 {
        let devices = Device::ALL.into_iter().filter(|device| Level::of(*device) == level);
        devices.fold(0, |sum, device| sum.saturating_add(self.on_device(device, path, day)))
    }

    /// Patients of a path on oxygen on a day, whatever the level.
    pub fn on_oxygen_of(&self, path: usize, day: usize) -> u32 {
        self.on[path * self.days + day].iter().fold(0, |sum, on| sum.saturating_add(*on))
    }

    /// Patients on oxygen on the eve of the first day.
    pub fn at_start(&self, path: usize) -> u32 {
        self.start[path]
    }

    /// Patients of a path who came to need oxygen, were discharged from it and died, on a day.
    pub fn moved(&self, path: usize, day: usize) -> (u32, u32, u32) {
        let cell = path * self.days + day;
        (self.admitted[cell], self.discharged[cell], self.died[cell])
    }

    /// Grams of a day.
    pub fn grams(&self, line: Line, day: usize) -> Quantiles {
        self.quantiles(|path| self.grams_on(line, path, day).as_f64())
    }

    /// Grams of several days together, from a day on: what has to be bought.
    pub fn grams_over(&self, line: Line, from: usize, days: usize) -> Quantiles {
        let until = from.saturating_add(days).min(self.days);
        self.quantiles(|path| (from..until).map(|day| self.grams_on(line, path, day)).sum::<Grams>().as_f64())
    }

    /// The peak of a day, litres of gas a minute at 21 °C.
    pub fn peak_l_per_min(&self, day: usize) -> Quantiles {
        self.quantiles(|path| l_per_min(self.peak_on(path, day), ReferenceTemperature::Celsius21))
    }

    /// Patients at a level at the end of a day.
    pub fn patients(&self, level: Level, day: usize) -> Quantiles {
        self.quantiles(|path| f64::from(self.at_level(level, path, day)))
    }

    /// Patients on oxygen at the end of a day, whatever the level.
    pub fn on_oxygen(&self, day: usize) -> Quantiles {
        self.quantiles(|path| f64::from(self.on_oxygen_of(path, day)))
    }

    /// Quantiles over all paths of anything that a path tells.
    pub fn quantiles(&self, figure: impl Fn(usize) -> f64) -> Quantiles {
        let mut figures: Vec<f64> = (0..self.paths).map(figure).collect();
        figures.sort_by(f64::total_cmp);
        let even = vec![1.0; figures.len()];
        Quantiles::rising(of_weighted(&figures, &even).unwrap_or([f64::NAN; crate::LEVELS]))
    }

    /// In which share of paths something is so.
    pub fn chance(&self, is_so: impl Fn(usize) -> bool) -> f64 {
        (0..self.paths).filter(|path| is_so(*path)).count() as f64 / self.paths.max(1) as f64
    }
}
