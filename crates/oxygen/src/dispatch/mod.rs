//! The words a delivery plan is said in (OX09, OX15, OX16): what it is made from, what it consists of, and the clock of
//! a trip. Who makes one (`plan`), who plays with one (`simulate`) and who sends one (`desk`) share them.
//!
//! # The concepts, in order
//! 1. A [`Problem`] names **sites** that use oxygen, **sources** that have it, **vehicles** that carry it and
//!    **contracts** that allow it, on the **roads** between them, over so many days; its **paths** say how the days may
//!    go. All time is [`Minutes`] after its start, all oxygen [`quantity::Grams`].
//! 2. A [`Plan`] is a list of **trips**: a vehicle loads at one source and visits sites; each stop names its amount and
//!    its [`Basis`].
//! 3. [`Travel`] knows how long a way takes, ferries and closed roads included; [`Clock`] sets the times of a trip.
//! 4. [`Problem::bases`] says on what a source may deliver to a site, or why not ([`Bar`]).
//! 5. A [`Pin`] is what a person has decided; [`Problem::decided`] is the problem as it is after all decisions.
//!
//! Pure: nothing here reads a clock, a file or a table. Not here: the search (`plan`), truth and rules of thumb
//! (`simulate`), orders and receipts (`desk`).

mod decided;
mod may;
mod minutes;
mod numbers;
mod pin;
mod plan;
mod problem;
mod roads;
mod schedule;

pub use may::{Bar, Kind};
pub use minutes::{Minutes, Window, first_clear, first_open};
pub use numbers::{ContractNo, FerryNo, PlaceNo, SiteNo, SourceNo, VehicleNo};
pub use pin::{Decision, Pin};
pub use plan::{Amount, Basis, Plan, Stop, Trip};
pub use problem::{
    Aims, Authority, Carries, Class, Contract, Cylinders, Liquid, Outage, Path, Payer, Problem, Rack, Site, Source,
    Tank, Vehicle,
};
pub use roads::{Closure, Ferry, Leg, Measured, Place, Roads, Travel, metres_between};
pub use schedule::{Clock, Visit};
