//! Open the command post of a province, with the first account that keeps all others.
//!
//! Lives here: what a new province needs before anybody can sign in. There is no default password:
//! whoever starts the program for the first time chooses one.

use jiff::civil::Date;
use place::{AreaCode, Level, ProvinceId, UserId};
use protocol::Readiness;
use quantity::Coded;
use serde::Serialize;
use store::account::{self, Account};
use store::register::{self, CommandPost};

use super::file_report::words_of;
use crate::failure::{Failure, Outcome};
use crate::merger;
use crate::operation::{Desk, Operation};
use crate::password::PasswordRefused;
use crate::rights::{Capability, Role};

/// A province and its first administrator.
#[derive(Debug, Serialize)]
pub struct FoundCommandPost {
    /// The area it commands.
    pub area: AreaCode,
    /// First day.
    pub opened_on: Date,
    /// Its state.
    pub state: Readiness,
    /// The first administrator; none while a demonstration is set up.
    pub administrator: Option<FirstAdministrator>,
}

/// The first account of a province.
#[derive(Debug, Serialize)]
pub struct FirstAdministrator {
    /// What he types to sign in.
    pub login: String,
    /// What screens show.
    pub display_name: String,
    /// Hashed before the operation is queued: hashing is slow on purpose.
    #[serde(skip)]
    pub password_hash: String,
}

/// Why a command post is not opened.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// The area is no province on that day.
    #[error("DSK-010: {code} is no province on {day}")]
    NotAProvince {
        /// As asked.
        code: String,
        /// As asked.
        day: String,
    },
    /// There is an open command post for that area.
    #[error("DSK-011: {name} has its command post already")]
    AlreadyOpen {
        /// Its name.
        name: String,
    },
    /// The first account is there already: it is too late to choose another.
    #[error("DSK-012: the first administrator is there already")]
    NotTheFirst,
    /// The login name cannot be used.
    #[error("DSK-013: the login name is empty or has forbidden characters")]
    BadLogin,
    /// The password cannot be used.
    #[error(transparent)]
    Password(#[from] PasswordRefused),
}

impl Coded for Refused {
    fn code(&self) -> &'static str {
        match self {
            Self::NotAProvince { .. } => "DSK-010",
            Self::AlreadyOpen { .. } => "DSK-011",
            Self::NotTheFirst => "DSK-012",
            Self::BadLogin => "DSK-013",
            Self::Password(reason) => reason.code(),
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::NotAProvince { code, day } => vec![("code", code.clone()), ("day", day.clone())],
            Self::AlreadyOpen { name } => vec![("name", name.clone())],
            Self::Password(reason) => reason.facts(),
            Self::NotTheFirst | Self::BadLogin => Vec::new(),
        }
    }
}

/// Letters, digits, dot, hyphen and underscore: what a phone types without switching keyboards.
pub fn login_is_usable(login: &str) -> bool {
    (2..=40).contains(&login.len())
        && login.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'))
}

impl Operation for FoundCommandPost {
    type Done = ProvinceId;
    const NAME: &'static str = "found_command_post";
    const NEEDS: Capability = Capability::KeepAccounts;

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<ProvinceId> {
        desk.whole_province()?;
        let registry = desk.registry();
        let areas = registry.areas();
        let found = areas.on(self.area, self.opened_on).filter(|area| area.level == Level::Province);
        // Under its old code after a merger: what it has become is said.
        let area = found.ok_or_else(|| merger::not_a_province(areas, self.area, self.opened_on))?;
        let name = area.short_name().to_owned();
        let posts = register::command_posts(desk.transaction())?;
        // A code alone is no province: 91 was Kiên Giang and is An Giang.
        let same = |post: &CommandPost| {
            let known = post.area_code.parse::<AreaCode>().ok().and_then(|code| areas.on(code, post.opened_on));
            known.is_some_and(|known| known.key() == area.key())
        };
        if posts.iter().any(|post| post.closed_on.is_none() && same(post)) {
            return Err(Failure::refused(Refused::AlreadyOpen { name }));
        }
        let province = register::next_province(desk.transaction())?;
        let post = CommandPost {
            province,
            name,
            area_code: self.area.to_string(),
            state: self.state.code().to_owned(),
            opened_on: self.opened_on,
            closed_on: None,
        };
        register::open_command_post(desk.transaction(), &post)?;
        if let Some(administrator) = self.administrator {
            add_first_administrator(desk, province, administrator)?;
        }
        desk.mention("province", province.number());
        desk.registers_changed();
        Ok(province)
    }
}

fn add_first_administrator(desk: &mut Desk<'_, '_>, province: ProvinceId, first: FirstAdministrator) -> Outcome<()> {
    if !login_is_usable(&first.login) {
        return Err(Failure::refused(Refused::BadLogin));
    }
    // Asked inside the transaction: two browsers may race for the first account.
    if !account::is_empty(desk.transaction())? {
        return Err(Failure::refused(Refused::NotTheFirst));
    }
    let id = UserId(desk.new_id());
    desk.about(id.0);
    let created_at = desk.real_now();
    let row = Account {
        province,
        id,
        login: first.login.to_lowercase(),
        display_name: words_of(Some(first.display_name)).unwrap_or_default(),
        password_hash: first.password_hash,
        roles: [Role::Administrator, Role::DutyOfficer].map(Role::code).join(" "),
        area_code: None,
        bodies: String::new(),
    };
    Ok(account::add(desk.transaction(), &row, created_at)?)
}
