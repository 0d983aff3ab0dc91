//! `kill9`: kills the program under load, again and again, and looks for what was lost.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use bench::{kill9, process};
use clap::Parser;

/// Kills a server under load, restarts it and compares what it kept with what it acknowledged.
#[derive(Parser)]
struct Arguments {
    /// Database of the server: sqlite:PATH or postgres://…, with facilities imported
    #[arg(long)]
    database: String,
    /// Bearer token of somebody who may report for every facility
    #[arg(long)]
    token: String,
    /// How often the server is killed
    #[arg(long, default_value_t = 200)]
    rounds: u32,
    /// Clients that report until the kill
    #[arg(long, default_value_t = 16)]
    clients: u16,
    /// The kill comes at a random moment, at least this many milliseconds after the first answer
    #[arg(long, default_value_t = 150)]
    earliest_ms: u64,
    /// And at most so many
    #[arg(long, default_value_t = 600)]
    latest_ms: u64,
    /// Chooses the moments
    #[arg(long)]
    seed: Option<u32>,
    /// The server's binary; by default the one built beside this one
    #[arg(long)]
    program: Option<PathBuf>,
}

fn main() -> Result<ExitCode, Box<dyn std::error::Error>> {
    let arguments = Arguments::parse();
    let settings = kill9::Settings {
        program: arguments.program.map_or_else(process::bontaicho, Ok)?,
        arguments: ["serve", "--database", &arguments.database, "--listen", "127.0.0.1:0"].map(String::from).to_vec(),
        token: arguments.token,
        rounds: arguments.rounds,
        clients: arguments.clients,
        earliest_kill: Duration::from_millis(arguments.earliest_ms),
        latest_kill: Duration::from_millis(arguments.latest_ms),
        seed: arguments.seed.unwrap_or(jiff::Timestamp::now().as_microsecond() as u32),
    };
    writeln!(std::io::stderr(), "seed {}", settings.seed)?;
    let begun = Instant::now();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let found = runtime.block_on(kill9::run(&settings))?;

    let mut out = std::io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, &found)?;
    writeln!(out)?;
    writeln!(
        out,
        "{} rounds in {:.0} s: {} acknowledged; {} lost, {} doubled, {} half written, {} of nobody",
        found.rounds,
        begun.elapsed().as_secs_f64(),
        found.acknowledged,
        found.lost,
        found.doubled,
        found.half_written,
        found.unknown
    )?;
    Ok(if found.faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
