//! Reports as papers: what a kind of report is made of ([`layout`]), where one stands on its way to
//! being signed ([`report`], letters: [`letter_out`]), the numbers that papers are given ([`number`]), what-if demand
//! ([`scenario`]), who may sign ([`signer`]), the returns of provinces
//! ([`returned`], [`intake`]) and their sum ([`sum`]).
//!
//! Pure but for the records' shapes. Not here: how a page looks (`document::official`), who may do
//! what (`operations::papers`).

pub mod content;
pub mod intake;
pub mod layout;
pub mod letter_out;
pub mod number;
pub mod number_elsewhere;
pub mod publication;
pub mod report;
pub mod returned;
pub mod scenario;
pub mod signer;
pub mod sum;
pub mod whose;
