//! A store: one unit of a facility's installation that holds or makes oxygen.

use jiff::civil::Date;
use quantity::{Grams, GramsPerHour, Purity, Typed, Unit, VesselSpec};
use serde::{Deserialize, Serialize};

use crate::{Gauge, Settings, StoreId};

/// What a store is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StoreKind {
    /// Bồn oxy lỏng: a fixed tank of liquid.
    Tank,
    /// Bình oxy lỏng (XL-45): a portable vessel of liquid.
    Dewar,
    /// Chai oxy: cylinders of one size, loose or on a manifold.
    Cylinders,
    /// Hệ thống máy tạo oxy (PSA): a plant.
    Plant,
    /// Máy tạo oxy di động: concentrators.
    Concentrators,
}

impl StoreKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Tank, Self::Dewar, Self::Cylinders, Self::Plant, Self::Concentrators];

    /// Stable text for storage.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Tank => "tank",
            Self::Dewar => "dewar",
            Self::Cylinders => "cylinders",
            Self::Plant => "plant",
            Self::Concentrators => "concentrators",
        }
    }

    /// Reads [`code`](Self::code) back.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// What a Vietnamese reader sees.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Tank => "bồn oxy lỏng",
            Self::Dewar => "bình oxy lỏng",
            Self::Cylinders => "chai oxy",
            Self::Plant => "hệ thống máy tạo oxy (PSA)",
            Self::Concentrators => "máy tạo oxy di động",
        }
    }

    /// Whether it keeps a stock; a plant and concentrators only make a flow.
    pub const fn holds_stock(self) -> bool {
        matches!(self, Self::Tank | Self::Dewar | Self::Cylinders)
    }
}

impl std::fmt::Display for StoreKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.label())
    }
}

/// Cylinders of one size that belong to a store, full, part-used, empty and damaged together.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct OwnedVessels {
    /// The size.
    pub spec: VesselSpec,
    /// How many shells there are.
    pub owned: u32,
}

/// A flow that a store delivers or makes.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct RatedFlow {
    /// As typed, from the nameplate or the test.
    pub flow: Typed,
    /// The day of the test; `None` is the nameplate's word only.
    pub tested_on: Option<Date>,
}

/// One unit of an installation.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Store {
    /// Its identifier.
    pub id: StoreId,
    /// What it is.
    pub kind: StoreKind,
    /// What people of the facility call it, such as «Bồn số 1».
    pub label: String,
    /// The most it can hold; zero for plants and concentrators.
    pub capacity: Grams,
    /// How it is read.
    pub gauge: Gauge,
    /// Size and number of shells, for cylinders.
    pub vessels: Option<OwnedVessels>,
    /// To whom it belongs, when not to the facility: a rival may not fill it without his consent.
    pub owner: Option<String>,
    /// What cannot be drawn from it, when measured; otherwise the norm's share of the capacity.
    pub heel: Option<Grams>,
    /// Purity of what it delivers.
    pub purity: Purity,
    /// The flow it delivers or makes, by nameplate or test.
    pub rated: Option<RatedFlow>,
}

impl Store {
    /// A tank of liquid, read in kilograms until it gets its chart.
    pub fn tank(id: StoreId, label: &str, capacity: Grams) -> Self {
        Self::bare(id, StoreKind::Tank, label, capacity, Gauge::Direct(Unit::Kilogram))
    }

    /// A portable vessel of liquid, read in kilograms until it gets its chart.
    pub fn dewar(id: StoreId, label: &str, capacity: Grams) -> Self {
        Self::bare(id, StoreKind::Dewar, label, capacity, Gauge::Direct(Unit::Kilogram))
    }

    /// Cylinders of one size. The capacity is that of all shells filled.
    pub fn cylinders(id: StoreId, label: &str, vessels: OwnedVessels) -> Self {
        let capacity = vessels.spec.full() * i64::from(vessels.owned);
        let store = Self::bare(id, StoreKind::Cylinders, label, capacity, Gauge::Counted);
        Self { vessels: Some(vessels), ..store }
    }

    /// A plant: no stock, a flow at 93 %.
    pub fn plant(id: StoreId, label: &str, rated: RatedFlow) -> Self {
        let store = Self::bare(id, StoreKind::Plant, label, Grams::ZERO, Gauge::Flow);
        Self { purity: Purity::PLANT_93, rated: Some(rated), ..store }
    }

    /// Concentrators of one size: no stock, a flow at 93 %. `rated` is of one unit.
    pub fn concentrators(id: StoreId, label: &str, rated: RatedFlow) -> Self {
        Self { kind: StoreKind::Concentrators, ..Self::plant(id, label, rated) }
    }

    /// The same store with a gauge of its own.
    pub fn with_gauge(self, gauge: Gauge) -> Self {
        Self { gauge, ..self }
    }

    fn bare(id: StoreId, kind: StoreKind, label: &str, capacity: Grams, gauge: Gauge) -> Self {
        Self {
            id,
            kind,
            label: label.to_owned(),
            capacity,
            gauge,
            vessels: None,
            owner: None,
            heel: None,
            purity: Purity::PURE,
            rated: None,
        }
    }

    /// What of a content reaches a patient: the heel of a tank or dewar, and the bars that stay in a
    /// cylinder, subtracted. Empty and damaged shells are no content in the first place.
    pub fn usable(&self, content: Grams, settings: &Settings) -> Grams {
        let left = match (self.heel, self.kind) {
            (Some(heel), _) => content - heel,
            (None, StoreKind::Tank) => content - self.capacity.share(settings.tank_heel),
            (None, StoreKind::Dewar) => content - self.capacity.share(settings.dewar_heel),
            (None, StoreKind::Cylinders) => content - content.share(self.residual_share(settings)),
            (None, StoreKind::Plant | StoreKind::Concentrators) => Grams::ZERO,
        };
        left.max(Grams::ZERO)
    }

    /// One step of the gauge or one part-used cylinder: below this two readings do not differ.
    pub fn resolution(&self, settings: &Settings) -> Grams {
        match (self.kind, self.vessels) {
            (StoreKind::Cylinders, Some(vessels)) => vessels.spec.full().share(0.5),
            _ => self.capacity.share(settings.gauge_step),
        }
    }

    /// The rated flow as a rate of pure oxygen; `None` when nothing is known or it cannot be read.
    pub fn rated_flow(&self, settings: &Settings) -> Option<GramsPerHour> {
        let rated = self.rated.as_ref()?;
        self.with_purity(&rated.flow).rate(settings.assumed).ok()
    }

    /// A figure of this store with the store's purity where none was said.
    pub(crate) fn with_purity(&self, typed: &Typed) -> Typed {
        Typed { purity: typed.purity.or(Some(self.purity)), ..typed.clone() }
    }

    fn residual_share(&self, settings: &Settings) -> f64 {
        let pressure = self.vessels.map_or(150.0, |vessels| f64::from(vessels.spec.pressure_bar));
        (settings.residual_bar / pressure.max(1.0)).clamp(0.0, 1.0)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::GaugeChart;
    use crate::settings::tests::settings_on;
    use jiff::civil::date;
    use protocol::Readiness;
    use quantity::Id;

    pub(crate) fn store_id(number: u8) -> StoreId {
        StoreId(Id::from_bytes([number; 16]))
    }

    /// A tank of 3 t whose gauge shows 480 mmH2O when full.
    pub(crate) fn tank() -> Store {
        let chart = GaugeChart::proportional(Unit::MillimetreOfWater, 480.0, Grams::from_kg(3_000)).unwrap();
        Store::tank(store_id(1), "Bồn số 1", Grams::from_kg(3_000)).with_gauge(Gauge::Chart(chart))
    }

    /// Sixty cylinders of 40 L.
    pub(crate) fn cylinders() -> Store {
        Store::cylinders(store_id(2), "Chai 40 L", OwnedVessels { spec: VesselSpec::LITRES_40, owned: 60 })
    }

    /// A plant of 10 Nm³/h.
    pub(crate) fn plant() -> Store {
        let flow = Typed::measured(10.0, Unit::NormalCubicMetrePerHour);
        Store::plant(store_id(3), "PSA", RatedFlow { flow, tested_on: Some(date(2026, 10, 1)) })
    }

    /// OX04: usable stock is what reaches a patient.
    #[test]
    fn the_heel_never_counts() {
        let settings = settings_on(date(2026, 11, 22), Readiness::Emergency);
        assert_eq!(tank().usable(Grams::from_kg(610), &settings), Grams::from_kg(310));
        assert_eq!(tank().usable(Grams::from_kg(250), &settings), Grams::ZERO);
        let measured = Store { heel: Some(Grams::from_kg(100)), ..tank() };
        assert_eq!(measured.usable(Grams::from_kg(610), &settings), Grams::from_kg(510));
        let full = VesselSpec::LITRES_40.full() * 60;
        let kept = full - cylinders().usable(full, &settings);
        assert!((kept.as_f64() / full.as_f64() - 0.01).abs() < 1e-6, "1.5 of 150 bar stay");
        assert_eq!(plant().usable(Grams::ZERO, &settings), Grams::ZERO);
    }

    #[test]
    fn a_plant_makes_a_flow_of_its_purity() {
        let settings = settings_on(date(2026, 11, 22), Readiness::Emergency);
        let rate = plant().rated_flow(&settings).unwrap();
        assert!((rate.0 - 10.0 * 1_428.0 * 0.93).abs() < 1e-6);
    }

    #[test]
    fn a_store_survives_storage() {
        for store in [tank(), cylinders(), plant()] {
            let stored = serde_json::to_string(&store).unwrap();
            assert_eq!(serde_json::from_str::<Store>(&stored).unwrap(), store);
        }
        for kind in StoreKind::ALL {
            assert_eq!(StoreKind::from_code(kind.code()), Some(kind));
        }
    }
}
