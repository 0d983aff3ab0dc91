//! The parts of an installation as they are written down, and what each is trusted to carry.

use jiff::civil::Date;
use quantity::convert::l_per_min;
use quantity::{Moment, Purity, ReferenceTemperature, Typed};
use serde::{Deserialize, Serialize};

use super::ChainNorms;

/// The links in their order from the power line to the bed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkKind {
    /// Điện: grid, generator, diesel.
    Power,
    /// Nguồn: tank, plant, manifold.
    Source,
    /// Giàn hóa hơi.
    Vaporiser,
    /// Đường ống.
    Pipe,
    /// Ổ khí đầu giường.
    Outlets,
}

impl LinkKind {
    /// All, from the power line to the bed.
    pub const ALL: [Self; 5] = [Self::Power, Self::Source, Self::Vaporiser, Self::Pipe, Self::Outlets];

    /// Stable text.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Power => "power",
            Self::Source => "source",
            Self::Vaporiser => "vaporiser",
            Self::Pipe => "pipe",
            Self::Outlets => "outlets",
        }
    }
}

/// How a flow is known, the surest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Evidence {
    /// Measured, and not long ago.
    Tested,
    /// Measured longer ago than the norm allows.
    OldTest,
    /// The plate's word.
    Nameplate,
    /// «chưa rõ».
    Unknown,
}

impl Evidence {
    /// Stable text; also the end of the key of its words.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Tested => "tested",
            Self::OldTest => "old-test",
            Self::Nameplate => "nameplate",
            Self::Unknown => "unknown",
        }
    }
}

/// A measured flow and its day.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Tested {
    /// As typed.
    pub flow: Typed,
    /// The day of the measurement.
    pub on: Date,
}

/// What a plate promises and what a test showed.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Rated {
    /// The plate's word.
    #[serde(default)]
    pub nameplate: Option<Typed>,
    /// The last measurement.
    #[serde(default)]
    pub tested: Option<Tested>,
}

/// The grid now.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grid {
    /// There is power from the grid.
    On,
    /// The grid is down.
    Off,
    /// Nobody has said.
    #[default]
    Unknown,
}

/// Power of a facility.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Power {
    /// The grid.
    pub grid: Grid,
    /// Generator, kVA; zero is "none", `None` is «chưa rõ».
    #[serde(default)]
    pub generator_kva: Option<f64>,
    /// Diesel in stock, litres.
    #[serde(default)]
    pub diesel_litres: Option<f64>,
    /// What the generator burns, litres an hour.
    #[serde(default)]
    pub litres_per_hour: Option<f64>,
    /// Whether the generator carries the plants and concentrators too.
    #[serde(default)]
    pub carries_oxygen: Option<bool>,
    /// When this was so.
    pub checked_on: Option<Date>,
}

impl Power {
    /// Hours that the diesel lasts; `None` where stock or use is unknown.
    pub fn diesel_hours(&self) -> Option<f64> {
        let (stock, hourly) = (self.diesel_litres?, self.litres_per_hour?);
        (hourly > 0.0).then(|| stock / hourly)
    }

    /// Whether it carries plants now: a generator whose diesel is known to be gone carries nothing.
    pub fn carries_now(&self) -> bool {
        self.carries_oxygen_without_grid() && self.diesel_hours().is_none_or(|hours| hours > 0.0)
    }

    /// Whether plants run on without the grid: only where a generator is known to carry them.
    pub fn carries_oxygen_without_grid(&self) -> bool {
        self.generator_kva.is_some_and(|kva| kva > 0.0) && self.carries_oxygen == Some(true)
    }
}

/// Whether a vaporiser is under ice.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ice {
    /// Dry.
    Dry,
    /// Iced: it gives less than it was tested for.
    Iced,
    /// Nobody has looked.
    #[default]
    Unknown,
}

/// A vaporiser, or several alike beside each other.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Vaporiser {
    /// How many.
    pub count: u32,
    /// The flow of one.
    pub each: Rated,
    /// Ice.
    #[serde(default)]
    pub ice: Ice,
}

/// A main pipe.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Pipe {
    /// Inner diameter, millimetres.
    #[serde(default)]
    pub diameter_mm: Option<f64>,
    /// Its flow.
    pub flow: Rated,
}

/// The outlets of a ward.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Outlets {
    /// Installed.
    pub installed: u32,
    /// Working.
    pub working: Option<u32>,
    /// What the ward's working outlets gave when all were open.
    pub flow: Rated,
}

/// One part of an installation.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Power.
    Power(Power),
    /// A manifold of cylinders (giàn chai).
    Manifold(Rated),
    /// A vaporiser.
    Vaporiser(Vaporiser),
    /// A pipe.
    Pipe(Pipe),
    /// The outlets of a ward.
    Outlets(Outlets),
}

impl Part {
    /// The link that it belongs to.
    pub const fn link(&self) -> LinkKind {
        match self {
            Self::Power(_) => LinkKind::Power,
            Self::Manifold(_) => LinkKind::Source,
            Self::Vaporiser(_) => LinkKind::Vaporiser,
            Self::Pipe(_) => LinkKind::Pipe,
            Self::Outlets(_) => LinkKind::Outlets,
        }
    }

    /// Stable text of the kind of part.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Manifold(_) => "manifold",
            other => other.link().code(),
        }
    }
}

/// What a part carries, litres a minute.
#[derive(Clone, PartialEq, Debug)]
pub struct PartFlow {
    /// As people there call it.
    pub name: String,
    /// What can be counted on.
    pub low: f64,
    /// The most; `None` is not known to be limited.
    pub high: Option<f64>,
    /// How it is known.
    pub evidence: Evidence,
    /// The day of the test.
    pub on: Option<Date>,
    /// Under ice.
    pub iced: bool,
}

impl PartFlow {
    /// A part of which nobody knows what it carries.
    pub fn unknown(name: &str) -> Self {
        Self { name: name.to_owned(), low: 0.0, high: None, evidence: Evidence::Unknown, on: None, iced: false }
    }

    /// The same, several times.
    pub fn times(self, factor: f64) -> Self {
        Self { low: self.low * factor, high: self.high.map(|high| high * factor), ..self }
    }
}

/// A flow as typed in litres of pure oxygen a minute at 21 °C.
pub(crate) fn litres(typed: &Typed, purity: Purity, assumed: Option<ReferenceTemperature>) -> Option<f64> {
    let typed = Typed { purity: typed.purity.or(Some(purity)), ..typed.clone() };
    let rate = typed.rate(assumed).ok()?;
    Some(l_per_min(rate, ReferenceTemperature::Celsius21)).filter(|litres| litres.is_finite() && *litres >= 0.0)
}

impl Rated {
    /// What it carries on a day: the test before the plate, an old test and a plate discounted.
    pub fn flow(&self, name: &str, today: Date, assumed: Option<ReferenceTemperature>, norms: &ChainNorms) -> PartFlow {
        let read = |typed: &Typed| litres(typed, Purity::PURE, assumed);
        if let Some((tested, flow)) = self.tested.as_ref().and_then(|tested| Some((tested, read(&tested.flow)?))) {
            let old = Moment::start_of(today) - Moment::start_of(tested.on) > norms.test_valid;
            let (evidence, share) = if old { (Evidence::OldTest, norms.old_test) } else { (Evidence::Tested, 1.0) };
            let name = name.to_owned();
            return PartFlow { name, low: flow * share, high: Some(flow), evidence, on: Some(tested.on), iced: false };
        }
        match self.nameplate.as_ref().and_then(read) {
            Some(plate) => PartFlow {
                name: name.to_owned(),
                low: plate * norms.nameplate,
                high: Some(plate),
                evidence: Evidence::Nameplate,
                on: None,
                iced: false,
            },
            None => PartFlow::unknown(name),
        }
    }
}

impl Vaporiser {
    /// What it carries: as many as there are, less under ice.
    pub fn flow(&self, name: &str, today: Date, assumed: Option<ReferenceTemperature>, norms: &ChainNorms) -> PartFlow {
        let dry = self.each.flow(name, today, assumed, norms).times(f64::from(self.count));
        match self.ice {
            Ice::Iced => PartFlow { low: dry.low * norms.iced, iced: true, ..dry },
            Ice::Dry | Ice::Unknown => dry,
        }
    }
}
