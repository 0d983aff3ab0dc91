//! Producers and refill stations (OX12).

use jiff::civil::{Date, Time};
use place::text::ascii_fold;
use quantity::{Grams, Typed};
use serde::{Deserialize, Serialize};

use crate::record::Record;

/// Whether it makes oxygen or fills cylinders with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Plant {
    /// Nhà máy sản xuất.
    Producer,
    /// Trạm chiết nạp.
    RefillStation,
    /// Both.
    Both,
}

impl Plant {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Producer, Self::RefillStation, Self::Both];

    /// Stable text.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Producer => "producer",
            Self::RefillStation => "refill_station",
            Self::Both => "both",
        }
    }
}

/// What it delivers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Product {
    /// Liquid oxygen.
    Liquid,
    /// Filled cylinders.
    Cylinders,
}

impl Product {
    /// Every one.
    pub const ALL: [Self; 2] = [Self::Liquid, Self::Cylinders];

    /// Stable text.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Liquid => "liquid",
            Self::Cylinders => "cylinders",
        }
    }
}

/// What it can deliver in a day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Output {
    /// Of what.
    pub product: Product,
    /// As typed.
    pub typed: Typed,
    /// Its mass a day.
    pub grams: Grams,
}

/// Shells that it owns, of one size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shells {
    /// Water volume of one, millilitres.
    pub water_volume_ml: u32,
    /// How many.
    pub count: u32,
}

/// Whom to call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// Name.
    pub name: String,
    /// What he is there.
    pub post: String,
    /// Number.
    pub phone: String,
}

/// A producer or refill station.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Supplier {
    /// Name.
    pub name: String,
    /// What it is.
    pub plant: Plant,
    /// Where its plant stands.
    pub place: String,
    /// What it can deliver in a day.
    pub outputs: Vec<Output>,
    /// When it opens and closes; none when it never closes or nobody asked.
    pub open: Option<(Time, Time)>,
    /// Whether its oxygen is released for medical use; none when nobody asked.
    pub medical_release: Option<bool>,
    /// Day of its commitment to be ready, and the document that says so.
    pub commitment: Option<(Date, String)>,
    /// Shells that it owns.
    pub shells: Vec<Shells>,
    /// Whom to call, the first first.
    pub contacts: Vec<Contact>,
    /// It delivers no more.
    #[serde(default)]
    pub closed: bool,
}

/// Two spellings of one name are one.
pub fn name_key(name: &str) -> String {
    let folded = ascii_fold(name).to_lowercase();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Supplier {
    /// Shells that it owns of a size; none when it told of no shells at all.
    pub fn shells_of(&self, water_volume_ml: u32) -> Option<u32> {
        let same = self.shells.iter().filter(|shells| shells.water_volume_ml == water_volume_ml);
        (!self.shells.is_empty()).then(|| same.map(|shells| shells.count).sum())
    }
}

impl Record for Supplier {
    const KIND: &'static str = "supplier";

    fn code(&self) -> Option<String> {
        Some(name_key(&self.name))
    }

    fn is_open(&self) -> bool {
        !self.closed
    }
}
