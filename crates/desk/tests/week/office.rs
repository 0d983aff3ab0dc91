//! A command post on a database of its own, with an account for every officer, and a clock that the story moves.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use desk::operations::add_account::AddAccount;
use desk::operations::found_command_post::FoundCommandPost;
use desk::operations::register_body::{NewFacility, RegisterBody};
use desk::rights::Role;
use desk::views::running_out::{Past, RunningOut, running_out};
use desk::{Actor, Office, Operation, Outcome};
use place::{BodyId, FacilityId, ProvinceId};
use quantity::{Moment, Span};
use simulate::{Scenario, SimulatedFacility};

/// How many facilities the command post looks after.
pub const FACILITIES: usize = 30;

pub struct Province {
    pub office: Office,
    pub database: store::Database,
    pub desk: Actor,
    pub keeper: Actor,
    officers: HashMap<FacilityId, Actor>,
    clock: Arc<AtomicI64>,
    _folder: tempfile::TempDir,
}

impl Province {
    pub fn found(scenario: &Scenario) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = store::Database::Sqlite(folder.path().join("week.db"));
        let start = scenario.chapter().history_from();
        let clock = Arc::new(AtomicI64::new(start.micros()));
        store::migrate::migrate(&database, start).unwrap();
        let shown = Arc::clone(&clock);
        let real = Arc::new(move || Moment::from_micros(shown.load(Ordering::SeqCst)));
        let office = Office::open(store::Store::open(&database, 2).unwrap(), real).unwrap();
        let founding = FoundCommandPost {
            area: scenario.province().area.unwrap(),
            opened_on: scenario.chapter().opening_day(),
            state: scenario.province().readiness,
            administrator: None,
        };
        let id = office.perform_blocking(Actor::program(ProvinceId::NATION), founding).unwrap().done;
        let program = Actor::program(id);
        let (desk, keeper) = (account(&office, &program, Role::DutyOfficer, None), program.clone());
        let mut officers = HashMap::new();
        for (number, known) in scenario.province().facilities.iter().take(FACILITIES).enumerate() {
            office.perform_blocking(program.clone(), registered(number, known, start)).unwrap();
            let facility = known.facility.id;
            officers.insert(facility, account(&office, &program, Role::FocalOfficer, Some(facility)));
        }
        Self { office, database, desk, keeper, officers, clock, _folder: folder }
    }

    pub fn officer(&self, facility: FacilityId) -> &Actor {
        &self.officers[&facility]
    }

    /// The clock never goes back.
    pub fn set_clock(&self, at: Moment) {
        self.clock.fetch_max(at.micros(), Ordering::SeqCst);
    }

    pub fn does<O: Operation>(&self, actor: &Actor, operation: O) -> Outcome<O::Done> {
        self.office.perform_blocking(actor.clone(), operation).map(|receipt| receipt.done)
    }

    /// The first screen of the desk, now.
    pub fn list(&self) -> Arc<RunningOut> {
        self.clock.fetch_add(Span::micros(250_000).as_micros(), Ordering::SeqCst);
        let look = |office: &Office, connection: &mut store::Connection| {
            running_out(office, connection, &self.desk, Past::default())
        };
        self.office.look_blocking(look).unwrap()
    }
}

fn account(office: &Office, program: &Actor, role: Role, facility: Option<FacilityId>) -> Actor {
    let login = facility.map_or_else(|| role.code().to_owned(), |facility| format!("a{}", &facility.to_string()[24..]));
    let adding = AddAccount {
        key: None,
        login: login.clone(),
        display_name: role.code().to_owned(),
        password_hash: "none".to_owned(),
        roles: vec![role],
        facility,
        area: None,
    };
    office.perform_blocking(program.clone(), adding).unwrap();
    let found = office.look_blocking(|_, connection| Ok(store::account::by_login(connection, &login)?)).unwrap();
    Actor::of_account(&found[0])
}

fn registered(number: usize, known: &SimulatedFacility, from: Moment) -> RegisterBody {
    let facility = NewFacility {
        tier: known.facility.tier.map(u32::from),
        readiness: known.readiness,
        beds: known.facility.beds,
        stores: known.stores.clone(),
        stores_from: from.date(),
    };
    // Suppliers and the department are no part of this week.
    let body = place::Body { parent: None::<BodyId>, ..known.facility.body.clone() };
    let (posts, absences) = (Vec::new(), Vec::new());
    RegisterBody { body, code: format!("CS{number:02}"), facility: Some(facility), posts, absences, simulated: true }
}
