//! A trusted phone: an officer who has signed in once opens his phone with six digits afterwards. Five wrong PINs end the
//! trust, and so does the desk when the phone is lost.
//!
//! Lives here: what is kept of such a phone ([`TrustedPhone`]), the rules of its PIN, the operations. Not here: hashing
//! and sessions (`door`). What waits on the phone stays there whatever happens: no operation touches it.

pub mod end_trust;
pub mod pin_was_right;
pub mod trust_phone;
pub mod try_pin;

use place::{FacilityId, UserId};
use quantity::{Coded, Id, Moment};
use serde::{Deserialize, Serialize};

use crate::record::Record;

/// Wrong PINs in a row that end the trust.
pub const MOST_WRONG: u32 = 5;
/// Digits of a PIN.
pub const DIGITS: usize = 6;

/// A phone that opens with a PIN. Bound to one account and its facility.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrustedPhone {
    /// Whose.
    pub account: UserId,
    /// For which facility.
    pub facility: FacilityId,
    /// What the desk tells it by: «Android · Chrome».
    pub label: String,
    /// SHA-256 of the phone's secret, hexadecimal. The secret itself is on the phone alone.
    pub secret_digest: String,
    /// Argon2id in PHC form.
    pub pin_hash: String,
    /// Since when, by the domain clock.
    pub trusted_at: Moment,
    /// Wrong PINs since the last right one; a try that is still being looked at counts.
    #[serde(default)]
    pub wrong: u32,
    /// Why it opens no more.
    #[serde(default)]
    pub ended: Option<TrustEnded>,
}

/// The end of a trust.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrustEnded {
    /// Why.
    pub why: WhyEnded,
    /// When, by the domain clock.
    pub at: Moment,
    /// Who ended it: the name on screens; empty for the phone's own officer.
    #[serde(default)]
    pub by: String,
}

/// Why a phone is trusted no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhyEnded {
    /// Lost or stolen.
    Lost,
    /// The officer set another PIN on the same phone, or his account was given another password.
    Replaced,
}

/// How a phone stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Opens with its PIN.
    Trusted,
    /// Too many wrong PINs.
    Locked,
    /// Told as lost.
    Lost,
    /// Another trust stands in its place.
    Replaced,
}

impl TrustedPhone {
    /// How it stands.
    pub fn standing(&self) -> Standing {
        match &self.ended {
            Some(TrustEnded { why: WhyEnded::Lost, .. }) => Standing::Lost,
            Some(TrustEnded { why: WhyEnded::Replaced, .. }) => Standing::Replaced,
            None if self.wrong >= MOST_WRONG => Standing::Locked,
            None => Standing::Trusted,
        }
    }

    /// Why it does not open, if it does not.
    ///
    /// # Errors
    /// The refusal to be shown to whoever holds the phone.
    pub fn check_open(&self) -> Result<(), Refused> {
        match self.standing() {
            Standing::Trusted => Ok(()),
            Standing::Locked => Err(Refused::Locked),
            Standing::Lost => Err(Refused::Lost),
            Standing::Replaced => Err(Refused::NotTrusted),
        }
    }
}

impl Record for TrustedPhone {
    const KIND: &'static str = "trusted_phone";

    fn owner(&self) -> Option<Id> {
        Some(self.account.0)
    }

    fn code(&self) -> Option<String> {
        Some(self.secret_digest.clone())
    }

    fn is_open(&self) -> bool {
        self.standing() == Standing::Trusted
    }
}

/// Why a phone does not open, or is not trusted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Not six digits, or six that anybody would try first.
    #[error("OFF-002: not a usable PIN")]
    PoorPin,
    /// The same form was sent before: its secret went out once.
    #[error("OFF-009: trusted before by the same form")]
    TrustedBefore,
    /// Typed twice differently.
    #[error("OFF-003: the two PINs differ")]
    PinsDiffer,
    /// Wrong.
    #[error("OFF-004: wrong PIN, {left} tries left")]
    WrongPin {
        /// Tries left.
        left: u32,
    },
    /// Wrong too often.
    #[error("OFF-005: locked after wrong PINs")]
    Locked,
    /// Told as lost.
    #[error("OFF-006: told as lost")]
    Lost,
    /// Never trusted, or another trust stands in its place.
    #[error("OFF-007: not a trusted phone")]
    NotTrusted,
    /// The account does not report for one facility.
    #[error("OFF-008: the account reports for no facility of its own")]
    NoFacility,
}

impl Coded for Refused {
    fn code(&self) -> &'static str {
        match self {
            Self::PoorPin => "OFF-002",
            Self::PinsDiffer => "OFF-003",
            Self::TrustedBefore => "OFF-009",
            Self::WrongPin { .. } => "OFF-004",
            Self::Locked => "OFF-005",
            Self::Lost => "OFF-006",
            Self::NotTrusted => "OFF-007",
            Self::NoFacility => "OFF-008",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::WrongPin { left } => vec![("left", left.to_string())],
            _ => Vec::new(),
        }
    }
}

/// Whether six digits may be a PIN: neither one digit six times nor a run up or down.
///
/// # Errors
/// [`Refused::PoorPin`].
pub fn check_pin(pin: &str) -> Result<(), Refused> {
    let digits = pin.as_bytes();
    let all_digits = digits.len() == DIGITS && digits.iter().all(u8::is_ascii_digit);
    let steps: Vec<i16> = digits.windows(2).map(|pair| i16::from(pair[1]) - i16::from(pair[0])).collect();
    let run = [-1, 0, 1].iter().any(|step| steps.iter().all(|each| each == step));
    if all_digits && !run { Ok(()) } else { Err(Refused::PoorPin) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_anybody_would_try_first_is_no_pin() {
        for poor in ["000000", "777777", "123456", "987654", "345678", "12345", "1234567", "12345a", "", "１２３９５６"]
        {
            assert_eq!(check_pin(poor), Err(Refused::PoorPin), "{poor}");
        }
        assert_eq!(check_pin("204913"), Ok(()));
    }

    proptest! {
        #[test]
        fn only_six_ascii_digits_are_ever_taken(pin in "\\PC{0,9}") {
            if check_pin(&pin).is_ok() {
                prop_assert!(pin.len() == 6 && pin.bytes().all(|byte| byte.is_ascii_digit()));
            }
        }
    }
}
