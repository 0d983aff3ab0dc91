//! Who asks: an account with its roles and the part of the province it may see.

use place::{AreaCode, BodyId, FacilityId, ProvinceId, UserId};
use store::account::Account;

use crate::registry::{Facility, Registry};
use crate::rights::{Capability, Role, allows};

/// An account as operations see it.
#[derive(Debug, Clone)]
pub struct Actor {
    /// Command post.
    pub province: ProvinceId,
    /// Key; none for the program itself.
    pub user: Option<UserId>,
    /// What screens show.
    pub display_name: String,
    /// What it is.
    pub roles: Vec<Role>,
    /// What it may see.
    pub scope: Scope,
}

/// The part of a province that an account may see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// All of it.
    Province,
    /// An area and what lies in it.
    Area(AreaCode),
    /// Some bodies.
    Bodies(Vec<BodyId>),
}

impl Actor {
    /// The program itself: jobs, the command line, a demonstration being set up.
    pub fn program(province: ProvinceId) -> Self {
        Self { province, user: None, display_name: String::new(), roles: Role::ALL.to_vec(), scope: Scope::Province }
    }

    /// From an account as it is stored. Unknown roles and bodies give no right.
    pub fn of_account(account: &Account) -> Self {
        let bodies: Vec<BodyId> = account.bodies.split_whitespace().filter_map(|id| id.parse().ok()).collect();
        let scope = match &account.area_code {
            _ if !account.bodies.trim().is_empty() => Scope::Bodies(bodies),
            // A code that cannot be read must not widen what somebody sees.
            Some(code) => code.parse().map_or(Scope::Bodies(Vec::new()), Scope::Area),
            None => Scope::Province,
        };
        Self {
            province: account.province,
            user: Some(account.id),
            display_name: account.display_name.clone(),
            roles: account.roles.split_whitespace().filter_map(Role::from_code).collect(),
            scope,
        }
    }

    /// Whether one of its roles has a capability.
    pub fn may(&self, capability: Capability) -> bool {
        self.roles.iter().any(|role| allows(*role, capability))
    }

    /// Whether a facility lies within its scope.
    ///
    /// One that asked to be hidden is seen by its own people, by who keeps the command room, and by who keeps the
    /// accounts, who sees no figures: its officers need accounts, sensors and lost phones shut like all others.
    pub fn sees(&self, facility: &Facility, registry: &Registry) -> bool {
        let keeps = self.may(Capability::KeepCommand) || self.may(Capability::KeepAccounts);
        let hidden = registry.is_hidden(facility.id) && !keeps;
        match &self.scope {
            Scope::Province => !hidden,
            Scope::Area(_) if hidden => false,
            Scope::Area(area) => registry.lies_within(&facility.area_code, area),
            Scope::Bodies(bodies) => bodies.iter().any(|body| FacilityId::of_body(*body) == facility.id),
        }
    }

    /// Whether it sees the whole province.
    pub fn sees_all(&self) -> bool {
        self.scope == Scope::Province
    }

    /// Whether nothing of the province is hidden from it: a sum of what it happens to see is not the province.
    pub fn sees_whole(&self, registry: &Registry) -> bool {
        self.sees_all() && (!registry.hides_some() || self.may(Capability::KeepCommand))
    }

    /// Whether an area lies within its scope; who sees some bodies only sees no area.
    pub fn sees_area(&self, area: &Option<AreaCode>, registry: &Registry) -> bool {
        match &self.scope {
            Scope::Province => true,
            Scope::Area(scope) => registry.lies_within(area, scope),
            Scope::Bodies(_) => false,
        }
    }

    /// The one facility it works for, when its scope is exactly one body.
    pub fn own_facility(&self) -> Option<FacilityId> {
        match &self.scope {
            Scope::Bodies(bodies) if bodies.len() == 1 => bodies.first().map(|body| FacilityId::of_body(*body)),
            _ => None,
        }
    }
}
