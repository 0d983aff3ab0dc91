//! Vietnamese text: sorting, searching, folding.
//!
//! Lives here: the collation key that the database stores, the three search keys, names of people.
//! Not here: decoding of old fonts and byte encodings (`document`), sentences of screens (`locale`).

mod collate;
mod fold;
mod letter;
mod person;
mod synonym;

pub use collate::{compare, sort_key};
pub use fold::{MatchRank, SearchKeys, ascii_fold, rank};
pub use person::{NameParts, person_sort_key};
