//! The stores of a facility as their owners would enter them, and what only the simulation knows of them.

use oxygen::{Gauge, GaugeChart, OwnedVessels, RatedFlow, Store, StoreId};
use quantity::convert::grams_of_liquid;
use quantity::{Grams, Moment, Span, Typed, Unit, VesselSpec};

use crate::dice::Dice;
use crate::spec::{Dial, Stock};

/// Water volume of a portable vessel, litres.
const DEWAR_LITRES: f64 = 175.0;

/// A store with what only the simulation knows of it.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Vessel {
    pub(crate) store: Store,
    pub(crate) stock: Stock,
    /// Shells that cannot be filled.
    pub(crate) damaged: u32,
    /// Grams that can really not be drawn.
    pub(crate) heel: i64,
    /// Grams that boil off in an hour.
    pub(crate) boil_off: i64,
}

impl Vessel {
    /// The most it can be filled to: a tank keeps some room for gas, damaged shells stay empty.
    pub(crate) fn fills_to(&self) -> i64 {
        match (self.stock, self.store.vessels) {
            (Stock::Cylinders(..), Some(vessels)) => {
                vessels.spec.full().0 * i64::from(vessels.owned.saturating_sub(self.damaged))
            }
            _ => self.store.capacity.share(0.95).0,
        }
    }

    /// The smallest amount that is brought: one full cylinder, ten kilograms of liquid.
    pub(crate) fn lot(&self) -> i64 {
        self.store.vessels.map_or(10_000, |vessels| vessels.spec.full().0)
    }
}

/// The stores of the facility at a place in the list; the first one that holds stock is drawn first.
pub(crate) fn install(seed: u64, place: u64, stocks: &[Stock], known_since: Moment) -> Vec<Vessel> {
    let one = |(index, stock): (usize, &Stock)| {
        let mut dice = Dice::of(seed, "store", place, index as u64);
        let at = known_since - Span::days(100) + Span::seconds((place * 10) as i64 + index as i64);
        let id = StoreId(dice.id(at));
        let store = build(id, stock, &mut dice, known_since);
        let capacity = store.capacity.as_f64();
        let (heel, boil_off) = match stock {
            Stock::Tank(..) | Stock::Dewars(_) => {
                // 5 to 10 % stay in the piping; 0.2 to 0.5 % of the capacity boils off in a day (facts §1).
                (capacity * dice.between(0.05, 0.09), capacity * dice.between(0.002, 0.005) / 24.0)
            }
            Stock::Cylinders(..) | Stock::Plant(_) | Stock::Concentrators(..) => (0.0, 0.0),
        };
        let damaged = match stock {
            Stock::Cylinders(_, owned) => (f64::from(*owned) * dice.between(0.0, 0.07)) as u32,
            _ => 0,
        };
        Vessel { store, stock: *stock, damaged, heel: heel as i64, boil_off: boil_off as i64 }
    };
    stocks.iter().enumerate().map(one).collect()
}

fn build(id: StoreId, stock: &Stock, dice: &mut Dice, known_since: Moment) -> Store {
    match *stock {
        Stock::Tank(m3, dial) => {
            let capacity = round_to(grams_of_liquid(m3 * 1_000.0), 100_000);
            Store::tank(id, "Bồn oxy lỏng", capacity).with_gauge(gauge(dial, capacity, dice))
        }
        Stock::Dewars(count) => {
            let capacity = round_to(grams_of_liquid(DEWAR_LITRES * f64::from(count)), 10_000);
            Store::dewar(id, &format!("{count} bình lỏng XL-45"), capacity)
        }
        Stock::Cylinders(litres, owned) => {
            let spec = VesselSpec::of_litres(litres).unwrap_or(VesselSpec::LITRES_40);
            Store::cylinders(id, &format!("Chai {litres:.0} L"), OwnedVessels { spec, owned })
        }
        Stock::Plant(m3) => {
            let tested = (known_since - Span::days(60 + dice.below(200) as i64)).date();
            let flow = Typed::measured(m3, Unit::NormalCubicMetrePerHour);
            Store::plant(id, "Hệ thống PSA", RatedFlow { flow, tested_on: Some(tested) })
        }
        Stock::Concentrators(litres, count) => {
            let flow = Typed::measured(litres, Unit::LitrePerMinute);
            Store::concentrators(id, &format!("{count} máy tạo oxy"), RatedFlow { flow, tested_on: None })
        }
    }
}

/// A gauge with its own chart: the ends of a tank hold less for a step than its middle.
fn gauge(dial: Dial, capacity: Grams, dice: &mut Dice) -> Gauge {
    let (unit, full) = match dial {
        Dial::Water => (Unit::MillimetreOfWater, 600.0 + 100.0 * dice.below(10) as f64),
        Dial::Percent => (Unit::Percent, 100.0),
        Dial::Kilogram => return Gauge::Direct(Unit::Kilogram),
    };
    let bend = dice.between(0.0, 0.012);
    let points = [
        (0.0, Grams::ZERO),
        (0.1 * full, round_to(capacity.share(0.1 - bend), 1_000)),
        (0.9 * full, round_to(capacity.share(0.9 + bend), 1_000)),
        (full, capacity),
    ];
    // The points rise by construction; a test reads every chart.
    GaugeChart::new(unit, &points).map_or(Gauge::Direct(Unit::Kilogram), Gauge::Chart)
}

fn round_to(mass: Grams, step: i64) -> Grams {
    Grams((mass.0 + step / 2) / step * step)
}
