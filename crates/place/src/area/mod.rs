//! Administrative areas in time.
//!
//! Lives here: codes and levels, the book of all areas with the days they were valid, the chains
//! up (parents) and onward (successors), moving figures to new units, search, the import of a file,
//! and the hamlets that a commune keeps itself.
//! Not here: outlines and maps (`web`), who governs an area (`body`).

mod book;
mod code;
mod distance;
mod hamlet;
mod heirs;
mod import;
mod mapping;
mod problem;
mod record;
mod search;
mod shipped;
mod unit;

pub use book::{AreaBook, Standing};
pub use code::{AreaCode, Level, NotACode};
pub use distance::kilometres;
pub use hamlet::{Hamlet, HamletKind};
pub use import::{AreaImport, BadRow, parse_csv};
pub use mapping::{Mapped, MappedFigure, Share, Weights};
pub use problem::{ImportRefused, MappingRefused, RowProblem};
pub use search::{AreaHit, When};
pub use unit::{Area, AreaKey};

#[cfg(test)]
mod tests;
