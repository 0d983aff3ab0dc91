//! Medical oxygen: what a facility has, what it shows, how fast it is used, how long it lasts.
//!
//! Lives here: the rules, pure. Not here: who may report (`desk`), what is kept where (`store`), what
//! norms say (`protocol`), how units convert (`quantity`).
//!
//! # The concepts, in order
//!
//! 1. A facility has **stores** ([`Store`]): a tank, a dewar, cylinders of one size, a plant,
//!    concentrators. Each is read in its own manner ([`Gauge`]): a tank's gauge has its own chart.
//! 2. A **reading** is what was shown ([`Shown`]), with the words as typed. [`Store::content_of`] says
//!    what it weighs in pure oxygen, or why it cannot be true ([`ReadingProblem`]) and in which unit it
//!    would be. [`Store::second_look`] asks about a figure that only surprises.
//! 3. A **movement** ([`Movement`]) is oxygen that came, went or was used; [`check_balance`] says
//!    whether a day closes. A **census** ([`Census`]) counts patients by device.
//! 4. Of each store's ledger a bounded summary is kept ([`Recent`]), the same in whatever order the
//!    entries arrive.
//! 5. From it comes the **rate of use** ([`gauge_use`], [`burn()`]): a range with a window, a basis and
//!    a confidence that decays to unknown when nobody reports.
//! 6. And from that the **outlook** ([`outlook()`]): usable stock, hours left from now with the
//!    pessimistic end first, silence, the cross-check with the patients, the place on the list.
//! 7. The **chain** ([`chain`]) from the power line to the bed lets through what its weakest link does.
//! 8. Who gets which oxygen when, by which vehicle, is said in the words of [`dispatch`].
//! 9. All norms come in as [`Settings`], looked up once for a province, a day and a state; every outlook
//!    names the versions it rests on.
//!
//! # Example
//!
//! ```
//! use jiff::civil::date;
//! use oxygen::{
//!     Gauge, GaugeChart, Known, Outlook, Recent, Sample, Settings, Shown, Source, Standing, Store, StoreId,
//!     StoreState, outlook,
//! };
//! use protocol::{Norms, Readiness};
//! use quantity::{Coded, Convention, Grams, Id, Moment, Span, Typed, Unit};
//!
//! // A tank of three tonnes whose gauge shows 480 mmH2O when full.
//! let capacity = Grams::from_kg(3_000);
//! let chart = GaugeChart::proportional(Unit::MillimetreOfWater, 480.0, capacity)?;
//! let tank = Store::tank(StoreId(Id::from_bytes([1; 16])), "Bồn số 1", capacity).with_gauge(Gauge::Chart(chart));
//!
//! let today = date(2026, 11, 22);
//! let settings = Settings::from_norms(&Norms::shipped()?, today, Readiness::Emergency)?;
//!
//! // Three readings of a night; a fourth in a unit that cannot be right.
//! let mut recent = Recent::default();
//! let midnight = Moment::start_of(today);
//! for (hours, typed) in [(0, "176 mmH2O"), (1, "160 mmH2O"), (2, "144 mmH2O")] {
//!     let shown = Shown::Level(Typed::read(typed, Some(Convention::DecimalComma), None)?);
//!     let grams = tank.content_of(&shown, &settings)?;
//!     recent.observe(Sample { at: midnight + Span::hours(hours), grams });
//! }
//! let slip = Shown::Level(Typed::read("480 %", None, None)?);
//! assert_eq!(tank.content_of(&slip, &settings).unwrap_err().code(), "OXY-017");
//!
//! // At 02:12 there are 900 kg, of which a tenth of the tank is no use to anybody.
//! let stores = [StoreState { store: &tank, recent: &recent, source: Some(Source::Form), production: None }];
//! let known = Known { stores: &stores, census: None, in_transit: Grams::ZERO };
//! let now = midnight + Span::minutes(132);
//! let told: Outlook = outlook(now, &known, &settings);
//!
//! assert_eq!(told.usable.to_string(), "600 kg");
//! assert_eq!(told.age.map(|age| age.to_string()).as_deref(), Some("12 phút"));
//! let left = told.hours.ok_or("no hours")?;
//! assert!(left.low < 5.8 && left.high.is_some_and(|high| high > 5.8));
//! assert_eq!(told.rank.standing, Standing::Danger);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod alarm;
pub mod burn;
pub mod census;
pub mod chain;
pub mod chart_table;
pub mod dispatch;
pub mod gauge;
pub mod guard;
pub mod ids;
pub mod message;
pub mod movement;
pub mod outlook;
pub mod reading;
pub mod recent;
pub mod settings;
pub mod source;
pub mod store;
pub mod supply;
#[cfg(test)]
mod synthetic_truth;

pub use burn::{Basis, Burn, Confidence, GaugeUse, Oddity, burn, gauge_use, used_in_days};
pub use census::{Census, CensusAt, Device, RateRange};
pub use gauge::{ChartProblem, Gauge, GaugeChart};
pub use ids::{CensusId, MovementId, ReadingId, ReportId, StoreId};
pub use movement::{BalanceProblem, CylinderChange, Movement, MovementKind, check_balance};
pub use outlook::{
    CrossCheck, Heard, HoursLeft, Known, Outlook, Production, Rank, Silence, Standing, StockRange, StoreState, outlook,
};
pub use reading::{Before, ReadingProblem, Shown};
pub use recent::{CorruptRecent, LedgerEntry, Move, MoveClass, Recent, Sample};
pub use settings::{Rhythm, Settings};
pub use source::Source;
pub use store::{OwnedVessels, RatedFlow, Store, StoreKind};
