//! `plain-sql`: the named reference beside `load`.

use std::io::Write;
use std::time::Duration;

use bench::plain::{Settings, run};
use clap::Parser;

/// Writes the same reports and reads the same list in plain SQL, and prints the figures of `load`.
#[derive(Parser)]
struct Arguments {
    /// An empty database: sqlite:PATH or postgres://…
    #[arg(long)]
    database: String,
    /// Writers that wait for their own commit
    #[arg(long, default_value_t = 64)]
    clients: u16,
    /// Facilities that report
    #[arg(long, default_value_t = 31)]
    facilities: u64,
    /// Lists per second, paced
    #[arg(long, default_value_t = 100.0)]
    lists: f64,
    /// Seconds of load before measuring
    #[arg(long, default_value_t = 5)]
    warm_up: u64,
    /// Seconds to measure
    #[arg(long, default_value_t = 60)]
    duration: u64,
    /// Figures of `load --json`, to print the ratio to
    #[arg(long)]
    beside: Option<std::path::PathBuf>,
    /// Print JSON instead of a table
    #[arg(long)]
    json: bool,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments = Arguments::parse();
    let settings = Settings {
        database: arguments.database,
        clients: arguments.clients,
        facilities: arguments.facilities.max(1),
        lists_per_second: arguments.lists,
        warm_up: Duration::from_secs(arguments.warm_up),
        duration: Duration::from_secs(arguments.duration),
    };
    let measured = run(&settings)?;
    let mut out = std::io::stdout().lock();
    if arguments.json {
        serde_json::to_writer_pretty(&mut out, &measured)?;
        writeln!(out)?;
    } else {
        write!(out, "{measured}")?;
    }
    if let Some(path) = arguments.beside {
        let program: serde_json::Value = serde_json::from_slice(&std::fs::read(path)?)?;
        let figure = |field: &str| program["reports"][field].as_f64().ok_or(format!("no reports.{field} in --beside"));
        let ratio = figure("per_second")? / measured.reports.per_second;
        writeln!(out, "program / plain SQL: {ratio:.2} of the reports per second")?;
        let p50 = |figures: &serde_json::Value| figures["latency"]["p50_ms"].as_f64().ok_or("no p50_ms in --beside");
        let (reports, lists) = (p50(&program["reports"])?, p50(&program["lists"])?);
        let plain = (measured.reports.latency.p50_ms, measured.lists.latency.p50_ms);
        writeln!(
            out,
            "median of a report {reports:.1} ms, plain SQL {:.1} ms; of a list {lists:.1} ms, plain SQL {:.1} ms",
            plain.0, plain.1
        )?;
    }
    Ok(())
}
