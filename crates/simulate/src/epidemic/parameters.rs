//! What a province of invented people goes through: everything that is drawn once, and stays.
//!
//! All of it can be read, so that a test knows what should have been found, and changed before
//! [`Epidemic::of`](super::Epidemic::of) runs it, for a scenario. Shares lie between 0 and 1, shapes and
//! scales above 0; days count from the beginning of the [run-in](super::RUN_IN).

use jiff::civil::Date;

use super::delay::Delay;

/// The course an epidemic takes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Kind {
    /// A first wave among people of whom none is immune, as in Vietnam in 2021: explosive, places of very
    /// different sizes reached one after the other, measures that work.
    First,
    /// Returns every year, as influenza.
    Seasonal,
    /// Wave after wave: variants, waning immunity, measures and their lifting, as COVID-19 from 2022.
    Waves,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::First, Self::Seasonal, Self::Waves];

    /// Stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Seasonal => "seasonal",
            Self::Waves => "waves",
        }
    }
}

/// What is counted.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Signal {
    /// Confirmed cases, by the day on which they fell ill.
    Cases,
    /// Patients taken into hospital, by the day of their admission: some days behind the cases.
    Admissions,
}

impl Signal {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Cases, Self::Admissions];

    /// Stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Cases => "cases",
            Self::Admissions => "admissions",
        }
    }
}

/// Everything drawn for one province.
#[derive(Clone, PartialEq, Debug)]
pub struct Parameters {
    /// Its course.
    pub kind: Kind,
    /// The first day that is counted, a Sunday.
    pub first_day: Date,
    /// How many weeks are counted.
    pub weeks: usize,
    /// Its places, such as the districts of a province or the provinces of a country.
    pub places: Vec<Place>,
    /// How the disease passes on.
    pub transmission: Transmission,
    /// What people and offices do against it.
    pub policy: Policy,
    /// From infections to confirmed cases.
    pub ascertainment: Ascertainment,
    /// From cases to the hospital.
    pub admission: Admission,
    /// How cases are counted and told.
    pub cases: Counting,
    /// How admissions are counted and told.
    pub admissions: Counting,
}

impl Parameters {
    /// How a signal is counted and told.
    pub const fn counting(&self, signal: Signal) -> &Counting {
        match signal {
            Signal::Cases => &self.cases,
            Signal::Admissions => &self.admissions,
        }
    }

    /// Everybody.
    pub fn people(&self) -> f64 {
        self.places.iter().map(|place| place.people).sum()
    }
}

/// One place.
#[derive(Clone, PartialEq, Debug)]
pub struct Place {
    /// Its name, an invented one: `S01`, `S02`, …
    pub code: String,
    /// Inhabitants, one at least.
    pub people: f64,
    /// The day from which infections come in from outside.
    pub first_import: usize,
    /// The day of the year on which the season favours the disease most; may be below 0.
    pub season_peak: f64,
    /// Share of infections that are confirmed, before it drifts.
    pub ascertained: f64,
    /// Share of confirmed cases taken into hospital, before it drifts.
    pub admitted: f64,
    /// How its cases are counted.
    pub cases: Habits,
    /// How its admissions are counted.
    pub admissions: Habits,
}

impl Place {
    /// How a signal is counted here.
    pub const fn habits(&self, signal: Signal) -> &Habits {
        match signal {
            Signal::Cases => &self.cases,
            Signal::Admissions => &self.admissions,
        }
    }
}

/// How a place counts one signal.
#[derive(Clone, PartialEq, Debug)]
pub struct Habits {
    /// A week's count with the mean m has about the variance m + m² / shape.
    pub shape: f64,
    /// From the event to the report.
    pub delay: Delay,
}

/// How the disease passes on.
#[derive(Clone, PartialEq, Debug)]
pub struct Transmission {
    /// Days from an infection to those that it causes.
    pub generation: Delay,
    /// Whom one infected person infects among people who are all susceptible, without season and measures.
    pub reproduction: f64,
    /// How much the logarithm of R rises and falls over a year.
    pub season: f64,
    /// What the holidays at the turn of the year add to the logarithm of R.
    pub holidays: f64,
    /// What all places share of chance in the logarithm of R.
    pub shared_noise: Wander,
    /// What each place has of its own.
    pub own_noise: Wander,
    /// Variants that take over, by their day.
    pub variants: Vec<Variant>,
    /// Share of people who are susceptible at the beginning.
    pub susceptible: f64,
    /// Share of the immune who lose their immunity, per day.
    pub waning: f64,
    /// Infections from outside into a place of mean size, per day.
    pub imported: f64,
    /// Share of infections that happen anywhere in the province instead of at home.
    pub mixing: f64,
    /// Shape of the clusters that one day a week brings: its infections have the variance m + m² / shape.
    /// `None` without clusters.
    pub clusters: Option<f64>,
}

/// A figure that wanders about zero and forgets (an Ornstein-Uhlenbeck process).
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Wander {
    /// How far from zero, standard deviation.
    pub deviation: f64,
    /// After so many days 37 % of where it stood is left.
    pub memory: f64,
}

impl Wander {
    /// One day on, with a normal draw.
    pub(crate) fn step(&self, value: f64, normal: f64) -> f64 {
        let kept = (-1.0 / self.memory).exp();
        kept * value + self.deviation * (1.0 - kept * kept).sqrt() * normal
    }
}

/// A variant that takes over.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Variant {
    /// The day on which it arrives.
    pub from: usize,
    /// How long it takes to displace the others.
    pub takeover: f64,
    /// What it adds to the logarithm of R.
    pub advantage: f64,
    /// Share of the immune who are susceptible to it.
    pub escape: f64,
    /// Severe course against that of the variants before: the factor on the share admitted.
    pub severity: f64,
}

impl Variant {
    /// How far it has displaced the others on a day, from 0 to 1.
    pub(crate) fn taken_over(&self, day: usize) -> f64 {
        ((day as f64 - self.from as f64) / self.takeover).clamp(0.0, 1.0)
    }
}

/// Measures of offices, and caution of people.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Policy {
    /// What full measures take from the logarithm of R.
    pub strictness: f64,
    /// New infections per inhabitant and week above which a place takes measures.
    pub threshold: f64,
    /// The same of the whole province.
    pub province_threshold: f64,
    /// How far a place looks at itself and not at the province.
    pub local: f64,
    /// Measures are lifted below this share of the highest incidence.
    pub lifted: f64,
    /// How much of the effect is lost, per day.
    pub fatigue: f64,
    /// Share of the way to full measures taken in a day.
    pub tightening: f64,
    /// Share of the way to none taken in a day.
    pub loosening: f64,
}

/// From infections to confirmed cases.
#[derive(Clone, PartialEq, Debug)]
pub struct Ascertainment {
    /// From infection to falling ill.
    pub incubation: Delay,
    /// Weekly steps of the logarithm of the share confirmed, of each place: standard deviation.
    pub drift: f64,
    /// The same, of all places together.
    pub shared_drift: f64,
}

/// From falling ill to the hospital.
#[derive(Clone, PartialEq, Debug)]
pub struct Admission {
    /// From falling ill to admission.
    pub delay: Delay,
    /// Weekly steps of the logarithm of the share admitted, all places together: standard deviation.
    pub drift: f64,
}

/// How one signal is counted and told, in all places.
#[derive(Clone, PartialEq, Debug)]
pub struct Counting {
    /// Factors by day of the week from Sunday on, with mean 1: fewer fall into the care of an office that is closed.
    pub weekdays: [f64; 7],
    /// Share of the variance of a week beyond chance that its days have each for itself; the rest they share.
    pub daily: f64,
    /// How reports come.
    pub faults: Faults,
}

/// How reports come late, in bulk, not at all for a while, or wrong.
#[derive(Clone, PartialEq, Debug)]
pub struct Faults {
    /// Days of the week, from Sunday on, on which nobody reports.
    pub closed: [bool; 7],
    /// Chance that part of a week of a place comes in one batch in the week after.
    pub batches: f64,
    /// Chance that a place falls silent in a week, for 3 to 20 days; then it tells what has gathered.
    pub silences: f64,
    /// Chance that a place tells too many on a day of a week and takes them back later.
    pub corrections: f64,
    /// Old cases that come in bulk, as 65,620 in three days of March 2022 in Vĩnh Phúc.
    pub backfills: Vec<Backfill>,
}

/// Old cases told in bulk.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Backfill {
    /// Which place, counted from 0.
    pub place: usize,
    /// On which counted day the first part is told; the others follow.
    pub told: usize,
    /// In how many parts, on days in a row.
    pub parts: usize,
    /// How many days before are concerned.
    pub days: usize,
    /// Share of their cases that nobody has told before.
    pub share: f64,
}
