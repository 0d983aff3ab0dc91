//! Typed identifiers of bodies, facilities and people, and the number of a command post.

use std::fmt;
use std::str::FromStr;

use quantity::define_id;

define_id! {
    /// A facility: a body that treats patients. The same sixteen bytes as its [`BodyId`].
    FacilityId
}
define_id! {
    /// A body: ministry, committee, department, hospital, supplier and so on.
    BodyId
}
define_id! {
    /// A person who holds a post or a duty; he may have no account.
    PersonId
}
define_id! {
    /// An account that signs in.
    UserId
}

impl From<FacilityId> for BodyId {
    /// Every facility is a body.
    fn from(facility: FacilityId) -> Self {
        Self(facility.0)
    }
}

impl FacilityId {
    /// The facility that a body is, when the caller knows that it treats patients.
    pub const fn of_body(body: BodyId) -> Self {
        Self(body.0)
    }
}

/// A command post: an immutable small number, never reused, first in every key of the database
/// that grows with people or days. It is not an area code, which a later law may give to another
/// province. Zero is the nation.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct ProvinceId(i64);

impl ProvinceId {
    /// The command post of the nation.
    pub const NATION: Self = Self(0);

    /// The command post of a number as it stands in the database.
    pub const fn new(number: i64) -> Self {
        Self(number)
    }

    /// The number to store.
    pub const fn number(self) -> i64 {
        self.0
    }

    /// Whether this is the nation's own command post.
    pub const fn is_nation(self) -> bool {
        self.0 == 0
    }
}

impl fmt::Display for ProvinceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The text is not the number of a command post: a whole number from zero upward.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("PLA-001: not the number of a command post")]
pub struct NotAProvince;

impl quantity::Coded for NotAProvince {
    fn code(&self) -> &'static str {
        "PLA-001"
    }
}

impl FromStr for ProvinceId {
    type Err = NotAProvince;

    fn from_str(text: &str) -> Result<Self, NotAProvince> {
        match text.parse::<i64>() {
            Ok(number) if number >= 0 => Ok(Self(number)),
            _ => Err(NotAProvince),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use quantity::{Id, Moment};

    #[test]
    fn a_facility_is_the_body_of_the_same_bytes() {
        let id = Id::new(Moment::from_micros(1_637_542_800_000_000), [7; 10]);
        assert_eq!(BodyId::from(FacilityId(id)), BodyId(id));
        assert_eq!(FacilityId::of_body(BodyId(id)), FacilityId(id));
    }

    #[test]
    fn a_command_post_is_a_number_from_zero() {
        assert_eq!("0".parse(), Ok(ProvinceId::NATION));
        assert_eq!("91".parse(), Ok(ProvinceId::new(91)));
        assert_eq!("-1".parse::<ProvinceId>(), Err(NotAProvince));
        assert_eq!("An Giang".parse::<ProvinceId>(), Err(NotAProvince));
    }
}
