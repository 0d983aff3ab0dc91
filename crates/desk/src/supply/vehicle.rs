//! Vehicles that carry oxygen (OX15).

use jiff::civil::Date;
use oxygen::supply::plate_key;
use quantity::{Grams, Moment};
use serde::{Deserialize, Serialize};

use crate::record::Record;

/// What it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VehicleKind {
    /// Xe bồn chở oxy lỏng.
    LiquidTanker,
    /// Xe tải chở chai.
    CylinderTruck,
    /// Xe máy.
    Motorbike,
    /// Tàu, ghe.
    Boat,
}

impl VehicleKind {
    /// Every one.
    pub const ALL: [Self; 4] = [Self::LiquidTanker, Self::CylinderTruck, Self::Motorbike, Self::Boat];

    /// Stable text.
    pub const fn code(self) -> &'static str {
        match self {
            Self::LiquidTanker => "liquid_tanker",
            Self::CylinderTruck => "cylinder_truck",
            Self::Motorbike => "motorbike",
            Self::Boat => "boat",
        }
    }
}

/// A vehicle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vehicle {
    /// Plate as typed.
    pub plate: String,
    /// What it is.
    pub kind: VehicleKind,
    /// The most it carries.
    pub capacity: Grams,
    /// The most cylinders it carries, by water volume in millilitres.
    pub cylinders: Vec<(u32, u32)>,
    /// Whose it is.
    pub owner: String,
    /// Which roads it may take: tonnage, hours.
    pub roads: String,
    /// Whether ferries take it; none when nobody asked.
    pub ferry: Option<bool>,
    /// Its usual driver.
    pub driver: String,
    /// His number.
    pub phone: String,
    /// Last day of its inspection; none when nobody asked.
    pub inspected_until: Option<Date>,
    /// It drives no more.
    #[serde(default)]
    pub retired: bool,
}

impl Vehicle {
    /// Its plate as plates are compared.
    pub fn key(&self) -> String {
        plate_key(&self.plate).unwrap_or_else(|_| self.plate.clone())
    }
}

impl Record for Vehicle {
    const KIND: &'static str = "vehicle";

    fn code(&self) -> Option<String> {
        Some(self.key())
    }

    fn due_at(&self) -> Option<Moment> {
        let after = self.inspected_until?.tomorrow().ok()?;
        Some(Moment::start_of(after))
    }

    fn is_open(&self) -> bool {
        !self.retired
    }
}
