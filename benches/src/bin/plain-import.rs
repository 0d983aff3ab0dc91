//! `plain-import`: the named reference beside `bontaicho import readings`.

use std::io::Write;

use bench::plain::import::run;
use clap::Parser;

/// Appends the same readings in plain SQL and prints how long it took.
#[derive(Parser)]
struct Arguments {
    /// An empty database: sqlite:PATH or postgres://…
    #[arg(long)]
    database: String,
    /// Readings
    #[arg(long, default_value_t = 1_000_000)]
    rows: usize,
    /// Facilities with two tanks each
    #[arg(long, default_value_t = 150)]
    facilities: u64,
    /// Seconds that the program needed, to print the ratio to
    #[arg(long)]
    beside: Option<f64>,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments = Arguments::parse();
    let seconds = run(&arguments.database, arguments.facilities.max(1), arguments.rows)?.as_secs_f64();
    let mut out = std::io::stdout().lock();
    writeln!(out, "plain SQL: {} readings in {seconds:.1} s", arguments.rows)?;
    if let Some(program) = arguments.beside {
        writeln!(out, "program / plain SQL: {:.1} times as long", program / seconds)?;
    }
    Ok(())
}
