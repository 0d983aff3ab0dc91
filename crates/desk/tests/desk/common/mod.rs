//! A province of one's own for every test, on both engines.
//!
//! Lives here: a fresh database, a clock that stands still until it is set, builders of what a test
//! needs. Nothing is shared between tests.

mod database;
mod people;
mod places;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use desk::operations::found_command_post::FoundCommandPost;
use desk::{Actor, Office};
use jiff::civil::date;
use place::{AreaCode, Level, ProvinceId};
use protocol::Readiness;
use quantity::{Coded, Moment, Span};

pub use database::Scratch;
pub use people::{Person, is_added_by_hand, nothing, says};
pub use places::Place;

/// 08:00 on 22/11/2026 in Viet Nam.
pub fn eight_o_clock() -> Moment {
    Moment::from_local(date(2026, 11, 22).at(8, 0, 0, 0))
}

/// One installation with one province, An Giang (91), in the reinforced state.
pub struct World {
    pub office: Office,
    pub province: ProvinceId,
    pub scratch: Scratch,
    real: Arc<AtomicI64>,
}

/// Runs a test on SQLite, and on PostgreSQL when `BONTAICHO_TEST_POSTGRES` names a server.
pub fn on_both_engines(test: impl Fn(&World)) {
    for scratch in Scratch::of_each_engine() {
        println!("on {}", scratch.database.engine());
        test(&World::of_an_giang(scratch));
    }
}

impl World {
    /// An installation where nobody has founded anything.
    pub fn bare(scratch: Scratch) -> Self {
        let real = Arc::new(AtomicI64::new(eight_o_clock().micros()));
        store::migrate::migrate(&scratch.database, eight_o_clock()).expect("migrates");
        let office = office_over(&scratch, &real);
        Self { office, province: ProvinceId::NATION, scratch, real }
    }

    /// A world on SQLite only: for what takes long and asks nothing of the engine.
    pub fn on_sqlite() -> Self {
        Self::of_an_giang(Scratch::sqlite())
    }

    fn of_an_giang(scratch: Scratch) -> Self {
        let mut world = Self::bare(scratch);
        world.province = world.found("91");
        world
    }

    /// Opens the command post of another province.
    pub fn found(&self, code: &str) -> ProvinceId {
        let founding = FoundCommandPost {
            area: code.parse().expect("a code"),
            opened_on: date(2026, 11, 22),
            state: Readiness::Heightened,
            administrator: None,
        };
        self.office.perform_blocking(Actor::program(ProvinceId::NATION), founding).expect("founds").done
    }

    /// A second process over the same database, with a memory of its own and the same clock.
    pub fn another_office(&self) -> Office {
        office_over(&self.scratch, &self.real)
    }

    /// What the real clock shows.
    pub fn now(&self) -> Moment {
        Moment::from_micros(self.real.load(Ordering::SeqCst))
    }

    /// Time passes.
    pub fn pass(&self, span: Span) {
        self.real.fetch_add(span.as_micros(), Ordering::SeqCst);
    }

    /// The communes of a province of 2026, in the book's order.
    pub fn commune(&self, province: &str, index: usize) -> AreaCode {
        let areas = self.office.areas();
        areas.within(province.parse().expect("a code"), Level::Commune, date(2026, 11, 22))[index].code
    }

    /// Seals all that has been written.
    pub fn seal(&self) {
        desk::jobs::seal_all(&self.office).expect("seals");
    }

    /// Every projection and the chain agree with the ledgers.
    pub fn assert_well(&self) {
        let findings = store::integrity::check(&self.scratch.database).expect("checks");
        assert!(findings.is_well(), "{findings:?}");
    }

    /// How many audit rows there are.
    pub fn operations(&self) -> usize {
        let province = self.province;
        self.office
            .look_blocking(|_, connection| Ok(store::audit::recent(connection, province, 100_000)?))
            .expect("reads")
            .len()
    }
}

fn office_over(scratch: &Scratch, real: &Arc<AtomicI64>) -> Office {
    let real = Arc::clone(real);
    let store = store::Store::open(&scratch.database, 2).expect("opens");
    let clock = Arc::new(move || Moment::from_micros(real.load(Ordering::SeqCst)));
    Office::open(store, clock).expect("opens")
}

/// The code of a refusal.
#[track_caller]
pub fn code_of<T: std::fmt::Debug>(outcome: desk::Outcome<T>) -> &'static str {
    match outcome {
        Ok(done) => panic!("done, although it should be refused: {done:?}"),
        Err(failure) => failure.code(),
    }
}

/// Runs what is asynchronous to its end.
pub fn wait_for<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().expect("a runtime").block_on(future)
}
