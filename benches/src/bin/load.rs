//! `load`: 64 clients report while the list is read 100 times a second.

use std::io::Write;
use std::process::ExitCode;
use std::time::Duration;

use bench::load::{Settings, Targets, run};
use clap::Parser;

/// Loads a running server and prints throughput, latency and memory.
#[derive(Parser)]
struct Arguments {
    /// Host and port of the server
    #[arg(long, default_value = "127.0.0.1:8080")]
    address: String,
    /// Bearer token of somebody who may report for every facility
    #[arg(long)]
    token: String,
    /// Clients that report, one connection each
    #[arg(long, default_value_t = 64)]
    clients: u16,
    /// Reports per second over all clients, paced; without it each client sends as soon as it is answered
    #[arg(long)]
    rate: Option<f64>,
    /// List requests per second, paced
    #[arg(long, default_value_t = 100.0)]
    lists: f64,
    /// What is read as a list: the API's, or a page
    #[arg(long, default_value = bench::contract::RUNNING_OUT)]
    list_path: String,
    /// Cookie of a browser that has signed in, for a page
    #[arg(long)]
    cookie: Option<String>,
    /// Seconds of load before measuring
    #[arg(long, default_value_t = 5)]
    warm_up: u64,
    /// Seconds to measure
    #[arg(long, default_value_t = 60)]
    duration: u64,
    /// Process id of the server, for its memory
    #[arg(long)]
    pid: Option<u32>,
    /// Print JSON instead of a table
    #[arg(long)]
    json: bool,
    /// Exit with 1 when a promised bound is missed
    #[arg(long)]
    check: bool,
}

fn main() -> Result<ExitCode, Box<dyn std::error::Error>> {
    let arguments = Arguments::parse();
    let settings = Settings {
        address: arguments.address,
        token: arguments.token,
        clients: arguments.clients,
        reports_per_second: arguments.rate,
        lists_per_second: arguments.lists,
        list: (arguments.list_path, arguments.cookie),
        warm_up: Duration::from_secs(arguments.warm_up),
        duration: Duration::from_secs(arguments.duration),
        process: arguments.pid,
        run: jiff::Timestamp::now().as_microsecond() as u32,
    };
    // One thread: the generator must leave the cores to the server.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let measured = runtime.block_on(run(&settings))?;

    let mut out = std::io::stdout().lock();
    if arguments.json {
        serde_json::to_writer_pretty(&mut out, &measured)?;
        writeln!(out)?;
    } else {
        write!(out, "{measured}")?;
    }
    let missed = Targets::PROMISED.missed_by(&measured);
    for line in &missed {
        writeln!(std::io::stderr(), "missed: {line}")?;
    }
    Ok(if arguments.check && !missed.is_empty() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
