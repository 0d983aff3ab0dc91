//! A few rounds of `kill -9` against the program that was just built, on both engines; the full two
//! hundred are run by `benches/durability`.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use bench::{kill9, process};

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

const FACILITIES: &str = "\
Mã cơ sở,Tên cơ sở,Mã xã,Loại nguồn oxy,Tên bồn hoặc kho,Dung tích,Đơn vị dung tích,Đơn vị thang đo,Dung tích chai (lít nước),Số vỏ chai
CS1,Bệnh viện thử số 1,30307,bồn oxy lỏng,Bồn số 1,5000,kg,%,,
CS1,Bệnh viện thử số 1,30307,chai oxy,Chai 40 L,,,,40,200
CS2,Bệnh viện thử số 2,30307,bồn oxy lỏng,Bồn số 1,3000,kg,%,,
CS2,Bệnh viện thử số 2,30307,bồn oxy lỏng,Bồn số 2,5000,kg,kg,,
";

/// Runs a command of the program to its end and gives back what it printed.
fn command(program: &Path, database: &str, arguments: &[&str]) -> Outcome<String> {
    let done = Command::new(program).args(arguments).args(["--database", database]).output()?;
    let written = String::from_utf8_lossy(&done.stdout).into_owned();
    if !done.status.success() {
        return Err(
            format!("{arguments:?}: {}\n{written}{}", done.status, String::from_utf8_lossy(&done.stderr)).into()
        );
    }
    Ok(written)
}

/// A province with two facilities; the token of a desk that may report for both.
fn found(program: &Path, database: &str, folder: &Path) -> Outcome<String> {
    let facilities = folder.join("facilities.csv");
    std::fs::write(&facilities, FACILITIES)?;
    command(program, database, &["migrate"])?;
    command(program, database, &["user", "add", "quantri", "--area", "91", "--role", "administrator"])?;
    command(program, database, &["import", "facilities", &facilities.to_string_lossy()])?;
    command(program, database, &["user", "add", "tram", "--role", "duty_officer"])?;
    Ok(command(program, database, &["user", "token", "tram"])?.trim().to_owned())
}

async fn survives(program: PathBuf, database: &str) -> Outcome<()> {
    let folder = tempfile::tempdir()?;
    let token = found(&program, database, folder.path())?;
    let settings = kill9::Settings {
        program: program.clone(),
        arguments: ["serve", "--database", database, "--listen", "127.0.0.1:0"].map(str::to_owned).to_vec(),
        token,
        rounds: 6,
        clients: 8,
        earliest_kill: Duration::from_millis(50),
        latest_kill: Duration::from_millis(300),
        seed: 20_261_122,
    };
    let found = kill9::run(&settings).await?;
    assert_eq!(found.faults, [""; 0], "{found:?}");
    assert_eq!(found.rounds, 6);
    // Killed while it was writing: reports were under way in every round.
    assert!(found.acknowledged > 60 && found.sent_again >= 6, "{found:?}");
    // Every row against its digest, every projection against its ledger, the audit's chain.
    command(&program, database, &["doctor"])?;
    Ok(())
}

/// OX04: what the officer's phone was told is there once the program has been killed and started.
#[tokio::test]
async fn acknowledged_reports_survive_kill_9_on_sqlite() -> Outcome<()> {
    let folder = tempfile::tempdir()?;
    survives(process::bontaicho()?, &format!("sqlite:{}", folder.path().join("bontaicho.db").display())).await
}

#[tokio::test]
async fn acknowledged_reports_survive_kill_9_on_postgres() -> Outcome<()> {
    let Ok(server) = std::env::var("BONTAICHO_TEST_POSTGRES") else {
        println!("skipped: BONTAICHO_TEST_POSTGRES names no server");
        return Ok(());
    };
    let name = format!("durability_{}", std::process::id());
    let base = server.rsplit_once('/').map_or(server.as_str(), |(base, _)| base);
    administer(&server, &format!("CREATE DATABASE {name}")).await?;
    let outcome = survives(process::bontaicho()?, &format!("{base}/{name}")).await;
    administer(&server, &format!("DROP DATABASE {name} WITH (FORCE)")).await?;
    outcome
}

async fn administer(server: &str, statement: &str) -> Outcome<()> {
    let (client, connection) = tokio_postgres::connect(server, tokio_postgres::NoTls).await?;
    tokio::spawn(connection);
    Ok(client.batch_execute(statement).await?)
}
