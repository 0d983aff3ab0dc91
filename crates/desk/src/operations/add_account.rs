//! Add an account: who signs in, as what, for which part of the province.

use place::{AreaCode, FacilityId, UserId};
use quantity::Coded;
use serde::Serialize;
use store::account::{self, Account};

use super::file_report::words_of;
use super::found_command_post::login_is_usable;
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::rights::{Capability, Role};

/// An account to be added.
#[derive(Debug, Serialize)]
pub struct AddAccount {
    /// Made on the device: pressed twice, one account.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// What is typed to sign in.
    pub login: String,
    /// What screens show.
    pub display_name: String,
    /// Hashed before the operation is queued.
    #[serde(skip)]
    pub password_hash: String,
    /// What it is.
    pub roles: Vec<Role>,
    /// Limited to one facility.
    pub facility: Option<FacilityId>,
    /// Limited to one area.
    pub area: Option<AreaCode>,
}

/// Why an account is not added.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// The login name cannot be used.
    #[error("DSK-013: the login name is empty or has forbidden characters")]
    BadLogin,
    /// The login name is taken in this province.
    #[error("DSK-014: the login name is taken")]
    Taken {
        /// As asked.
        login: String,
    },
    /// No role was given.
    #[error("DSK-015: an account needs a role")]
    NoRole,
    /// An officer of a facility without a facility would see the whole province.
    #[error("DSK-016: an officer of a facility needs his facility")]
    NoFacility,
    /// A program comes in by a token, which `issue_token` makes: a password for it would be one that nobody changes.
    #[error("DSK-017: {role} is a role of programs")]
    ForPrograms {
        /// As asked.
        role: &'static str,
    },
    /// The ministry's observers belong to the nation; in a province they would be somebody without a place.
    #[error("DSK-018: {role} is a role of the nation only")]
    ForTheNation {
        /// As asked.
        role: &'static str,
    },
    /// The account was added by the press before, and its first password is known to nobody any more.
    #[error("DSK-019: the account of {login} is there, its first password is not")]
    PasswordGone {
        /// As asked.
        login: String,
    },
}

impl Coded for Refused {
    fn code(&self) -> &'static str {
        match self {
            Self::BadLogin => "DSK-013",
            Self::Taken { .. } => "DSK-014",
            Self::NoRole => "DSK-015",
            Self::NoFacility => "DSK-016",
            Self::ForPrograms { .. } => "DSK-017",
            Self::ForTheNation { .. } => "DSK-018",
            Self::PasswordGone { .. } => "DSK-019",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Taken { login } | Self::PasswordGone { login } => vec![("login", login.clone())],
            Self::ForPrograms { role } | Self::ForTheNation { role } => vec![("role", (*role).to_owned())],
            _ => Vec::new(),
        }
    }
}

impl Operation for AddAccount {
    type Done = UserId;
    const NAME: &'static str = "add_account";
    const NEEDS: Capability = Capability::KeepAccounts;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<UserId> {
        desk.whole_province()?;
        let login = self.login.trim().to_lowercase();
        if !login_is_usable(&login) {
            return Err(Failure::refused(Refused::BadLogin));
        }
        if self.roles.is_empty() {
            return Err(Failure::refused(Refused::NoRole));
        }
        if let Some(role) = self.roles.iter().find(|role| role.is_machine()) {
            return Err(Failure::refused(Refused::ForPrograms { role: role.code() }));
        }
        let nation = desk.actor().province.is_nation();
        if let Some(role) = self.roles.iter().find(|role| **role == Role::MinistryObserver && !nation) {
            return Err(Failure::refused(Refused::ForTheNation { role: role.code() }));
        }
        if self.roles.iter().any(|role| role.needs_facility()) && self.facility.is_none() {
            return Err(Failure::refused(Refused::NoFacility));
        }
        if let Some(facility) = self.facility {
            desk.facility(facility)?;
        }
        let province = desk.actor().province;
        let same = account::by_login(desk.transaction(), &login)?;
        if same.iter().any(|account| account.province == province) {
            return Err(Failure::refused(Refused::Taken { login }));
        }
        let id = UserId(desk.new_id());
        desk.about(id.0);
        desk.mention("roles", self.roles.iter().map(|role| role.code()).collect::<Vec<_>>());
        let row = Account {
            province,
            id,
            login,
            display_name: words_of(Some(self.display_name)).unwrap_or_default(),
            password_hash: self.password_hash,
            roles: self.roles.iter().map(|role| role.code()).collect::<Vec<_>>().join(" "),
            area_code: self.area.map(|area| area.to_string()),
            bodies: self.facility.map(|facility| facility.to_string()).unwrap_or_default(),
        };
        let created_at = desk.real_now();
        account::add(desk.transaction(), &row, created_at)?;
        Ok(id)
    }
}
