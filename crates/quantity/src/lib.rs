//! Quantities, units, time and identifiers: the words everything else is said in.
//!
//! Lives here: numbers that carry their unit, the one conversion table, moments in time, typed ids.
//! Not here: norms that a ministry may change (`protocol`), what a quantity means for a hospital (`oxygen`).
//!
//! ```
//! use quantity::{Convention, ReferenceTemperature, Typed};
//!
//! let typed = Typed::read("22.400 m³", Some(Convention::DecimalComma), None)?;
//! // A volume of gas without a reference temperature is refused, unless the province assumes one.
//! assert_eq!(typed.grams(None).unwrap_err().to_string(), "QTY-011: a volume of gas without its reference temperature");
//! assert_eq!(typed.grams(Some(ReferenceTemperature::Celsius21))?.to_string(), "29,7 t");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod coded;
pub mod convert;
pub mod grams;
pub mod id;
pub mod number;
pub mod time;
pub mod typed;
pub mod unit;
pub mod vessel;

pub use coded::Coded;
pub use convert::{Purity, ReferenceTemperature};
pub use grams::{Grams, GramsPerHour};
pub use id::{Id, NotAnId};
pub use number::{Convention, NumberProblem, read_number, show_number};
pub use time::{Moment, Span};
pub use typed::{ConversionProblem, Typed};
pub use unit::Unit;
pub use vessel::VesselSpec;
