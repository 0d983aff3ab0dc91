//! How a facility is described in a chapter's table.

use place::{BodyKind, BodyLevel, Ownership};

/// One unit of an installation.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum Stock {
    /// A tank of so many m³ of liquid («khối») and how its gauge is read.
    Tank(f64, Dial),
    /// So many portable vessels of 175 L, read together in kg.
    Dewars(u32),
    /// So many cylinders of so many litres.
    Cylinders(f64, u32),
    /// A plant of so many Nm³/h.
    Plant(f64),
    /// So many concentrators of so many L/min.
    Concentrators(f64, u32),
}

/// How a tank's gauge is read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Dial {
    /// mmH2O, with a chart.
    Water,
    /// %, with a chart.
    Percent,
    /// kg, by a scale or a meter of its own.
    Kilogram,
}

/// What is written into a facility's story around the opening.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum Story {
    /// As its need and its supplier will have it.
    Usual,
    /// At the opening about `left` hours of usable stock are left (negative: it ran out so long ago);
    /// the supplier's truck comes `relief` hours after the opening.
    Tight {
        /// Hours of usable stock, by the norm's heel of a tenth.
        left: f64,
        /// Hours from the opening to the truck.
        relief: i64,
    },
    /// Nobody answers from so many hours before the opening until six after it.
    Silent(i64),
}

/// One facility.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Spec {
    pub(crate) name: &'static str,
    pub(crate) kind: BodyKind,
    pub(crate) level: BodyLevel,
    pub(crate) ownership: Ownership,
    /// Code of the district or commune it lies in, valid on the day of the opening.
    pub(crate) area: &'static str,
    pub(crate) tier: u8,
    /// Planned, open, with oxygen, intensive care.
    pub(crate) beds: [u32; 4],
    /// Patients on oxygen on a day without an epidemic.
    pub(crate) calm: f64,
    /// How many more at the top of the wave.
    pub(crate) surge: f64,
    pub(crate) stock: &'static [Stock],
    /// Place of its supplier in the list of suppliers.
    pub(crate) supplier: usize,
    /// Hours from an order to the truck.
    pub(crate) lead: i64,
    pub(crate) island: bool,
    pub(crate) story: Story,
}

impl Spec {
    /// A public facility of a kind and level; beds are planned, open, with oxygen, intensive care.
    pub(crate) const fn new(
        name: &'static str,
        (kind, level): (BodyKind, BodyLevel),
        area: &'static str,
        beds: [u32; 4],
        [calm, surge]: [f64; 2],
        stock: &'static [Stock],
        (supplier, lead): (usize, i64),
    ) -> Self {
        let tier = match level {
            BodyLevel::Central | BodyLevel::Province => 3,
            BodyLevel::District => 2,
            BodyLevel::Commune => 1,
        };
        let (ownership, island, story) = (Ownership::Public, false, Story::Usual);
        Self { name, kind, level, ownership, area, tier, beds, calm, surge, stock, supplier, lead, island, story }
    }

    pub(crate) const fn owned_by(self, ownership: Ownership) -> Self {
        Self { ownership, ..self }
    }

    pub(crate) const fn of_tier(self, tier: u8) -> Self {
        Self { tier, ..self }
    }

    /// On an island: no truck while the ferries stand still.
    pub(crate) const fn on_an_island(self) -> Self {
        Self { island: true, ..self }
    }

    pub(crate) const fn with(self, story: Story) -> Self {
        Self { story, ..self }
    }

    /// Whether it has cylinders only.
    pub(crate) fn has_cylinders_only(&self) -> bool {
        self.stock.iter().all(|stock| matches!(stock, Stock::Cylinders(..)))
    }
}
