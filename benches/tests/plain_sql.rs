//! The plain reference runs on both engines in the tables of today's migration.

use std::time::Duration;

use bench::plain::engine::Engine;
use bench::plain::{self, Settings};

fn settings(database: String) -> Settings {
    Settings {
        database,
        clients: 8,
        facilities: 5,
        lists_per_second: 20.0,
        warm_up: Duration::ZERO,
        duration: Duration::from_millis(700),
    }
}

fn runs(database: String) -> Result<(), Box<dyn std::error::Error>> {
    let measured = plain::run(&settings(database.clone()))?;
    assert!(measured.reports.errors.is_empty() && measured.lists.errors.is_empty(), "{measured}");
    assert!(measured.reports.latency.count > 8, "{measured}");
    assert!(measured.lists.latency.count >= 10, "{measured}");
    // Five facilities with two stores each stand in the list.
    assert_eq!(Engine::open(&database)?.list()?, 10);
    Ok(())
}

#[test]
fn on_sqlite() -> Result<(), Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    runs(format!("sqlite:{}", folder.path().join("plain.db").display()))
}

#[test]
fn on_postgres() -> Result<(), Box<dyn std::error::Error>> {
    let Ok(server) = std::env::var("BONTAICHO_TEST_POSTGRES") else {
        println!("skipped: BONTAICHO_TEST_POSTGRES names no server");
        return Ok(());
    };
    let name = format!("plain_sql_{}", std::process::id());
    administer(&server, &format!("CREATE DATABASE {name}"))?;
    let base = server.rsplit_once('/').map_or(server.as_str(), |(base, _)| base);
    let outcome = runs(format!("{base}/{name}"));
    administer(&server, &format!("DROP DATABASE {name} WITH (FORCE)"))?;
    outcome
}

fn administer(server: &str, statement: &str) -> Result<(), Box<dyn std::error::Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let (client, connection) = tokio_postgres::connect(server, tokio_postgres::NoTls).await?;
        tokio::spawn(connection);
        Ok(client.batch_execute(statement).await?)
    })
}
