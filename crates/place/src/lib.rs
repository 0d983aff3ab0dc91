//! Where things are and whose they are: areas, bodies and facilities in time, and Vietnamese text.
//!
//! Concepts, in order:
//! - [`text`]: collation, the three search keys, names of people. Everything that is sorted or
//!   searched on a screen goes through it.
//! - [`area`]: provinces, districts, communes with the days they were valid. Codes are reused, so
//!   an area is named by [`AreaKey`], its code and first day.
//! - [`body`]: ministries, committees, departments, hospitals, suppliers with the days they
//!   existed; who heads them; who may order whom; and what «Các Bệnh viện tuyến tỉnh» means on a day.
//!
//! Pure: no file, clock or database. What is not here: rights of users (`desk`), stocks (`oxygen`).
//!
//! ```
//! use jiff::civil::date;
//! use place::{AreaBook, When};
//!
//! let book = AreaBook::shipped();
//! assert_eq!(book.counts(date(2021, 11, 22)), [63, 705, 10_599]);
//! assert_eq!(book.counts(date(2026, 11, 22)), [34, 0, 3_321]);
//! let hits = book.search("an bien, an giang", When::On(date(2026, 11, 22)), 5);
//! assert_eq!(hits[0].label(), "Xã An Biên, Tỉnh An Giang");
//! ```

pub mod area;
pub mod body;
pub mod boundary;
pub mod distance;
pub mod id;
pub mod text;

pub use area::{
    Area, AreaBook, AreaCode, AreaHit, AreaImport, AreaKey, BadRow, Hamlet, HamletKind, Level, Standing, When,
    kilometres,
};
pub use body::{
    Absence, Authority, Beds, Body, BodyError, BodyKind, BodyLevel, CommandPost, Directory, Expansion, Facility,
    GroupError, GroupNote, Opening, Ownership, Post, PostKind, Roster, StaffingGap, Standin, WhyAsk,
};
pub use id::{BodyId, FacilityId, NotAProvince, PersonId, ProvinceId, UserId};
