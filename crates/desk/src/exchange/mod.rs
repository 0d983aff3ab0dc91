//! Works beside the province's document system: packages that come in ([`parcel`]), papers that go out to be signed
//! there, signed PDFs that come back ([`signed`]) and which paper each is ([`matching`]), states that it tells.
//!
//! Lives here: the records ([`kept`]) and the rules that need no database. Not here: how a package is written
//! (`document::exchange`), what somebody does (`operations::exchange`), what he sees (`views::exchange`). The program
//! itself sends nothing: files go and come by a person's hand.

pub mod compare;
pub mod kept;
pub mod matching;
pub mod parcel;
pub mod refused;
pub mod sending;
pub mod signed;
