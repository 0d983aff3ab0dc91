//! `readings`: a table of a million readings for `bontaicho import readings`.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;

use bench::readings::write_table;
use clap::Parser;

/// Writes a table of hourly readings from 1/8/2025 on, two tanks a facility.
#[derive(Parser)]
struct Arguments {
    /// The .csv file to write
    #[arg(long)]
    out: PathBuf,
    /// Rows
    #[arg(long, default_value_t = 1_000_000)]
    rows: usize,
    /// Facilities CS1, CS2, … with the tanks «Bồn số 1» and «Bồn số 2» each
    #[arg(long, default_value_t = 150)]
    facilities: u64,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments = Arguments::parse();
    let mut out = BufWriter::with_capacity(1 << 20, File::create(&arguments.out)?);
    write_table(&mut out, arguments.facilities.max(1), arguments.rows)?;
    Ok(out.flush()?)
}
