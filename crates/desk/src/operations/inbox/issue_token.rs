//! Issue a service account: a program that may do one thing, by a token that is shown once.

use place::{FacilityId, UserId};
use quantity::Coded;
use serde::Serialize;
use store::account::{self, Account};

use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::operations::file_report::words_of;
use crate::rights::{Capability, Role};

/// A program to be let in.
#[derive(Debug, Clone, Serialize)]
pub struct IssueToken {
    /// Made on the device: a second press gives no second program.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// What it is, for people: «Đồng hồ bồn BV Hải Âu».
    pub name: String,
    /// Sensor, gateway or tracker.
    pub role: Role,
    /// The facility it reports for: sensors only.
    pub facility: Option<FacilityId>,
}

/// Why no token is issued.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// Nobody could tell it apart later.
    #[error("INB-020: a program needs a name")]
    NoName,
    /// People sign in with a password.
    #[error("INB-021: not a role of programs")]
    NotAMachine,
    /// A sensor without a facility would report for the whole province.
    #[error("INB-022: a sensor needs its facility")]
    NoFacility,
}

impl Coded for Refused {
    fn code(&self) -> &'static str {
        match self {
            Self::NoName => "INB-020",
            Self::NotAMachine => "INB-021",
            Self::NoFacility => "INB-022",
        }
    }
}

impl Operation for IssueToken {
    type Done = UserId;
    const NAME: &'static str = "issue_token";
    const NEEDS: Capability = Capability::KeepAccounts;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<UserId> {
        desk.whole_province()?;
        let name = words_of(Some(self.name)).ok_or_else(|| Failure::refused(Refused::NoName))?;
        if !self.role.is_machine() || self.role == Role::Carrier {
            return Err(Failure::refused(Refused::NotAMachine));
        }
        if self.role.needs_facility() && self.facility.is_none() {
            return Err(Failure::refused(Refused::NoFacility));
        }
        let facility = self.facility.filter(|_| self.role.needs_facility());
        if let Some(facility) = facility {
            desk.facility(facility)?;
        }
        let id = UserId(desk.new_id());
        desk.about(id.0);
        desk.mention("role", self.role.code());
        let signs: String = id.0.to_string().chars().filter(char::is_ascii_alphanumeric).collect();
        let row = Account {
            province: desk.actor().province,
            id,
            login: format!("may.{}", &signs[signs.len().saturating_sub(10)..]),
            display_name: name.chars().take(120).collect(),
            // No password has this hash: it signs in by its token only.
            password_hash: "!".to_owned(),
            roles: self.role.code().to_owned(),
            area_code: None,
            bodies: facility.map(|facility| facility.to_string()).unwrap_or_default(),
        };
        let created_at = desk.real_now();
        account::add(desk.transaction(), &row, created_at)?;
        Ok(id)
    }
}
