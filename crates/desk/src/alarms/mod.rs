//! Alarms that foresee the night, and who is told of them (OX11, OX16, PR04).
//!
//! Lives here: what is kept ([`records`]), what the figures of a minute mean for it ([`watch`]), who is
//! told next ([`escalate`]), in which words ([`words`]), by which way ([`gateway`], [`deliver`]). Not
//! here: the rules of what is an alarm (`oxygen::alarm`), pages (`web`).

pub mod deliver;
pub mod escalate;
pub mod gateway;
pub mod records;
pub mod watch;
pub mod words;
