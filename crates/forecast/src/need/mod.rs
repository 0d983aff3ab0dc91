//! From admissions to oxygen: patients, devices, flows, grams a day and litres a minute, path by path.
//!
//! Lives here: what follows from a forecast of counts for one facility, and sums of facilities. Not here: the forecast of
//! counts itself, what a facility has (`oxygen`), what norms say (`protocol`: `care.*`, `oxygen.flow`, `oxygen.loss`,
//! `oxygen.need_*`).
//!
//! # The concepts, in order
//!
//! 1. [`NeedNorms`] are looked up once for a province, a day and a state, with the versions they came from.
//! 2. [`weekly_paths`]: quantiles of weekly counts become whole paths. A path that is high in one week tends to be high in
//!    the next and in other places; a [`WeekProfile`] spreads a week over its days.
//! 3. On every path people come, lie at a [`Level`] on a device for as long as they stay, step down, leave or die. Those
//!    who are there now ([`Known::census`]) leave by what is left of their stays. Nobody is lost on the way.
//! 4. Every patient takes a flow of his own each day; a facility as a whole strays from the norm by its [`Coefficient`],
//!    which does not average out and which [`learn()`] reads off its gauge. The unsureness of flows is as large as that of
//!    four weeks of admissions: both go into every path.
//!    Patients of other diseases ([`Known::other`], told apart by [`apart()`]) stay about as many as they are.
//! 5. The result is a [`Need`]: grams a day of the epidemic and of other diseases apart, the peak, patients. Facilities are
//!    added path by path; quantiles are read off the sums.
//! 6. [`Scenario`] supposes something else: more cases, graver ones, longer stays, a new wave.
//! 7. [`risks`] says on which days need passes storage, flow or beds; [`hours_to_empty`] when nothing is left.
//!
//! # Example
//!
//! ```
//! use forecast::need::{Coefficient, Draws, Known, Line, NeedNorms, Scenario, Weeks, need};
//! use forecast::{LEVEL, Quantiles};
//! use jiff::civil::date;
//! use oxygen::Census;
//! use protocol::{Norms, Readiness};
//!
//! let today = date(2026, 11, 23);
//! let norms = NeedNorms::from_norms(&Norms::shipped()?, today, Readiness::Emergency)?;
//! let weeks = [Quantiles::rising(LEVEL.map(|level| 20.0 + 40.0 * level)); 4];
//! let known = Known {
//!     census: Some(Census { mask: 20, hfnc: 5, invasive: 3, ..Census::default() }),
//!     ..Known::new(17, today, Weeks::Quantiles(&weeks), Coefficient::unlearnt(&norms))
//! };
//! let told = need(&known, &Scenario::default(), &norms, &Draws::by_norms(1, 200, &norms)).ok_or("no week ahead")?;
//! let (low, high) = told.grams(Line::All, 6).interval(0.9);
//! assert!(low < high);
//!
//! let doubled = Scenario { cases: 2.0, ..Scenario::default() };
//! let more = need(&known, &doubled, &norms, &Draws::by_norms(1, 200, &norms)).ok_or("no week ahead")?;
//! assert!((0..200).all(|path| more.grams_on(Line::All, path, 6) >= told.grams_on(Line::All, path, 6)));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod ahead;
pub(crate) mod chance;
mod empty;
mod flow;
mod known;
mod learn;
mod limits;
mod norms;
mod others;
mod paths;
mod patients;
mod run;
mod scenario;
mod share;
#[cfg(test)]
mod tests;

pub use ahead::{Line, Need};
pub(crate) use chance::Dice;
pub use empty::{Arrival, Emptying, Stock, hours_to_empty};
pub use known::{Counted, Known, MOST_DAYS, Weeks};
pub use learn::{Base, Coefficient, DayOfUse, Learnt, learn};
pub use limits::{DayRisk, Limits, risk_of_any_day, risks};
pub use norms::{Level, NeedNorms, Stays};
pub use others::apart;
pub use paths::{WeekProfile, weekly_paths};
pub use run::need;
pub use scenario::{Draws, Scenario, Wave};
