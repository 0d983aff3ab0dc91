//! Accounts, and what they say.

use std::sync::Arc;

use desk::operations::add_account::AddAccount;
use desk::operations::file_report::{Confirmed, FileReport, Filed, Level, Told};
use desk::operations::papers::appoint_signer::AppointSigner;
use desk::papers::signer::SignsAs;
use desk::rights::Role;
use desk::views::running_out::{Line, Past, RunningOut, running_out};
use desk::{Actor, IdempotencyKey, Operation, Outcome, Receipt};
use oxygen::{Source, StoreId};
use place::{AreaCode, ProvinceId};
use quantity::{Span, Unit};

use super::{Place, World};

/// Somebody with an account.
pub struct Person<'w> {
    pub world: &'w World,
    pub actor: Actor,
}

/// Whether accounts of a role are added with a password: programs get tokens, and the ministry's observers belong to
/// the nation.
pub fn is_added_by_hand(role: Role) -> bool {
    !role.is_machine() && role != Role::MinistryObserver
}

impl World {
    fn account(&self, province: ProvinceId, role: Role, at: Option<&Place<'_>>, area: Option<AreaCode>) -> Person<'_> {
        let login = format!("a{}", &self.id().to_string().replace('-', "")[..24]);
        if !is_added_by_hand(role) {
            return self.placed(province, role, at, area, login);
        }
        let account = AddAccount {
            key: None,
            login: login.clone(),
            display_name: format!("{} {login}", role.code()),
            password_hash: "none".to_owned(),
            roles: vec![role],
            facility: at.map(|place| place.id),
            area,
        };
        self.office.perform_blocking(Actor::program(province), account).expect("adds the account");
        let known = self.office.look_blocking(|_, connection| Ok(store::account::by_login(connection, &login)?));
        let known = known.expect("reads").pop().expect("the account is there");
        Person { world: self, actor: Actor::of_account(&known) }
    }

    /// An account that nobody adds by hand, as its row would be.
    fn placed(
        &self,
        province: ProvinceId,
        role: Role,
        at: Option<&Place<'_>>,
        area: Option<AreaCode>,
        login: String,
    ) -> Person<'_> {
        let account = store::account::Account {
            province,
            id: place::UserId(self.id()),
            display_name: format!("{} {login}", role.code()),
            login,
            password_hash: "!".to_owned(),
            roles: role.code().to_owned(),
            area_code: area.map(|area| area.to_string()),
            bodies: at.map(|place| place.id.to_string()).unwrap_or_default(),
        };
        let (row, at) = (account.clone(), self.now());
        let add = move |transaction: &mut store::Transaction<'_>| Ok(store::account::add(transaction, &row, at)?);
        self.office.store().write_blocking::<_, desk::Failure, _>(add).expect("adds the row");
        Person { world: self, actor: Actor::of_account(&account) }
    }

    /// The oxygen officer of a facility.
    pub fn officer_of(&self, place: &Place<'_>) -> Person<'_> {
        self.account(self.province, Role::FocalOfficer, Some(place), None)
    }

    /// Somebody of a role, at a facility where the role needs one.
    pub fn one_of(&self, role: Role, place: &Place<'_>) -> Person<'_> {
        self.account(self.province, role, Some(place).filter(|_| role.needs_facility()), None)
    }

    /// Somebody who sees the whole province.
    pub fn a(&self, role: Role) -> Person<'_> {
        self.account(self.province, role, None, None)
    }

    /// Somebody who sees an area only.
    pub fn a_local(&self, role: Role, area: AreaCode) -> Person<'_> {
        self.account(self.province, role, None, Some(area))
    }

    /// Somebody of another province.
    pub fn a_stranger(&self, role: Role, province: ProvinceId) -> Person<'_> {
        self.account(province, role, None, None)
    }

    /// The oxygen desk of the province.
    pub fn desk(&self) -> Person<'_> {
        self.a(Role::DutyOfficer)
    }

    /// A leader who is written down as head or deputy of the health department.
    pub fn a_signer(&self, signs_as: SignsAs) -> Person<'_> {
        let leader = self.a(Role::Leader);
        let account = leader.actor.user.expect("an account");
        self.program().does(AppointSigner { key: None, account, signs_as, name: None }).expect("is written down");
        leader
    }

    /// The program itself.
    pub fn program(&self) -> Person<'_> {
        Person { world: self, actor: Actor::program(self.province) }
    }
}

/// A report of one gauge, told now.
pub fn says(store: StoreId, text: &str, unit: Option<Unit>) -> Told {
    let level = Level { store, text: text.to_owned(), unit, reference: None, running: None };
    Told { levels: vec![level], ..nothing() }
}

/// A report that says nothing yet.
pub fn nothing() -> Told {
    Told {
        happened_at: None,
        source: Source::Form,
        told_by: None,
        note: None,
        photo: None,
        levels: Vec::new(),
        cylinders: Vec::new(),
        patients: None,
        confirmed: Confirmed::Nothing,
    }
}

impl Person<'_> {
    /// Does something.
    pub fn does<O: Operation>(&self, operation: O) -> Outcome<O::Done> {
        self.world.office.perform_blocking(self.actor.clone(), operation).map(|receipt| receipt.done)
    }

    /// Files a report without a key.
    pub fn files(&self, place: &Place<'_>, told: Told) -> Outcome<Filed> {
        self.does(FileReport { key: None, facility: place.id, told })
    }

    /// Files a report under a key.
    pub fn files_once(&self, place: &Place<'_>, key: &str, told: Told) -> Outcome<Receipt<Filed>> {
        let report = FileReport { key: IdempotencyKey::new(key), facility: place.id, told };
        self.world.office.perform_blocking(self.actor.clone(), report)
    }

    /// The list at a past moment.
    pub fn list_of(&self, past: Past) -> Outcome<Arc<RunningOut>> {
        self.world.office.look_blocking(|office, connection| running_out(office, connection, &self.actor, past))
    }

    /// The list now; a list may be a quarter of a second old, so that much passes first.
    pub fn list(&self) -> Arc<RunningOut> {
        self.world.pass(Span::micros(250_000));
        self.list_of(Past::default()).expect("sees the list")
    }

    /// The row of one facility on the list now.
    pub fn line(&self, place: &Place<'_>) -> Line {
        let list = self.list();
        list.lines.iter().find(|line| line.facility == place.id).cloned().expect("stands on the list")
    }

    /// The names of the list, worst first.
    pub fn names(&self) -> Vec<String> {
        self.list().lines.iter().map(|line| line.name.clone()).collect()
    }
}
