//! `readings`: a table of a million readings for `bontaicho import readings`.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;

use bench::readings::{write_table, write_year};
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
    /// A year of one tank each instead, read every so many hours, the last time at --last
    #[arg(long, requires = "last")]
    year_every: Option<u64>,
    /// Local time of the last reading: 2026-11-22T08:00:00
    #[arg(long)]
    last: Option<jiff::civil::DateTime>,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments = Arguments::parse();
    let mut out = BufWriter::with_capacity(1 << 20, File::create(&arguments.out)?);
    if let (Some(every), Some(last)) = (arguments.year_every, arguments.last) {
        write_year(&mut out, arguments.facilities.max(1), every, last)?;
        return Ok(out.flush()?);
    }
    write_table(&mut out, arguments.facilities.max(1), arguments.rows)?;
    Ok(out.flush()?)
}
