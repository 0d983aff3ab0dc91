//! A database of its own for each test, and builders for what stands in it.

pub mod build;
pub mod raw;

use std::time::Duration;

use quantity::Moment;
use store::{Connection, Database, Store, StoreError, migrate};
use tempfile::TempDir;

/// 22/11/2021 08:00 in Vietnam.
pub const MORNING: Moment = Moment::from_micros(1_637_542_800_000_000);

/// Which database engine a test runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    /// The engines of this run.
    pub fn all() -> Vec<Self> {
        if server().is_some() {
            return vec![Self::Sqlite, Self::Postgres];
        }
        eprintln!("skipped: PostgreSQL not configured");
        vec![Self::Sqlite]
    }
}

fn server() -> Option<String> {
    std::env::var("BONTAICHO_TEST_POSTGRES").ok()
}

/// An empty database, gone when dropped.
pub struct Ground {
    pub engine: Engine,
    pub database: Database,
    place: Place,
}

enum Place {
    Folder(TempDir),
    Server { address: String, name: String },
}

impl Ground {
    pub fn new(engine: Engine) -> Self {
        match engine {
            Engine::Sqlite => {
                let folder = TempDir::new().expect("a temporary folder");
                let database = Database::Sqlite(folder.path().join("store.sqlite"));
                Self { engine, database, place: Place::Folder(folder) }
            }
            Engine::Postgres => {
                let address = server().expect("a server");
                let mut random = [0; 8];
                getrandom::fill(&mut random).expect("randomness");
                let name = format!("store_{:016x}", u64::from_le_bytes(random));
                administer(&address, format!("CREATE DATABASE {name}"));
                let (rest, _) = address.rsplit_once('/').expect("an address with a database");
                Self {
                    engine,
                    database: Database::Postgres(format!("{rest}/{name}")),
                    place: Place::Server { address, name },
                }
            }
        }
    }

    pub fn connect(&self) -> Connection {
        self.database.connect().expect("a connection")
    }

    /// Ends every connection to this database, as a restart of the server does. Nothing to end
    /// for a file.
    pub fn cut_connections(&self) {
        if let Place::Server { address, name } = &self.place {
            let cut = format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
            administer(address, cut);
        }
    }

    /// Whether the server lets anybody in.
    pub fn admit(&self, admitted: bool) {
        if let Place::Server { address, name } = &self.place {
            administer(address, format!("ALTER DATABASE {name} ALLOW_CONNECTIONS {admitted}"));
        }
    }
}

impl Drop for Ground {
    fn drop(&mut self) {
        match &self.place {
            Place::Server { address, name } => {
                administer(address, format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
            }
            Place::Folder(folder) => assert!(folder.path().exists(), "the folder belongs to this test alone"),
        }
    }
}

fn administer(address: &str, sql: String) {
    let mut connection = Database::Postgres(address.to_owned()).connect().expect("the server");
    let done = connection.write(sql.leak(), Vec::new()).and_then(|()| connection.flush());
    // A test that is failing already shall tell its own reason.
    assert!(done.is_ok() || std::thread::panicking(), "{done:?}");
}

/// A migrated database that is open.
pub struct World {
    pub store: Store,
    pub ground: Ground,
}

impl World {
    pub fn new(engine: Engine) -> Self {
        let ground = Ground::new(engine);
        migrate::migrate(&ground.database, MORNING).expect("a migration");
        let store = Store::open(&ground.database, 4).expect("a store");
        Self { store, ground }
    }

    pub fn database(&self) -> &Database {
        &self.ground.database
    }

    /// The answer of a read.
    pub fn read<T>(&self, read: impl FnOnce(&mut Connection) -> Result<T, StoreError>) -> T {
        self.store.read_blocking(read).expect("a read")
    }
}

/// Runs a test on every engine of this run, each with its own world.
pub fn on_both_engines(test: impl Fn(&World)) {
    for engine in Engine::all() {
        eprintln!("on {engine:?}");
        test(&World::new(engine));
    }
}

/// Waits for what other threads do, at most ten seconds.
pub fn wait_until(what: &str, mut happened: impl FnMut() -> bool) {
    for _ in 0..1_000 {
        if happened() {
            return;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    panic!("waited too long: {what}");
}
