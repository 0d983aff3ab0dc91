//! A fresh database for each test: a file in a folder of its own, or a database of a test server.

use std::sync::atomic::{AtomicU64, Ordering};

use store::Database;
use tokio_postgres::NoTls;

/// A database that goes away with its test.
pub struct Scratch {
    pub database: Database,
    server: Option<(String, String)>,
    _folder: tempfile::TempDir,
}

impl Scratch {
    /// SQLite always; PostgreSQL when a test server is named.
    pub fn of_each_engine() -> Vec<Self> {
        let mut all = vec![Self::sqlite()];
        if let Ok(server) = std::env::var("BONTAICHO_TEST_POSTGRES") {
            all.push(Self::postgres(server));
        }
        all
    }

    pub fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        Self { database: Database::Sqlite(folder.path().join("desk.db")), server: None, _folder: folder }
    }

    fn postgres(server: String) -> Self {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        let name = format!("desk_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        // A run that was killed may have left one of the same number.
        on_server(&server, &format!("DROP DATABASE IF EXISTS {name}"));
        on_server(&server, &format!("CREATE DATABASE {name}"));
        let (base, _) = server.rsplit_once('/').expect("an address that names a database");
        Self {
            database: Database::Postgres(format!("{base}/{name}")),
            server: Some((server, name)),
            _folder: tempfile::tempdir().expect("a folder"),
        }
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Some((server, name)) = &self.server {
            on_server(server, &format!("DROP DATABASE {name} WITH (FORCE)"));
        }
    }
}

/// One statement on the test server.
fn on_server(server: &str, sql: &str) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let (client, connection) = tokio_postgres::connect(server, NoTls).await.expect("the test server answers");
        let work = async {
            client.batch_execute(sql).await.expect("the test server obeys");
            drop(client);
        };
        let (_, closed) = tokio::join!(work, connection);
        closed.expect("the test server closes");
    });
}
