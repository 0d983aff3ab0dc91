//! `simulate`: policies played in synthetic provinces.

mod play;
mod provinces;
mod table;

use clap::ArgMatches;
use locale::Locale;

use crate::exit::Ended;

/// Runs the command of simulations that was typed.
pub fn run(matches: &ArgMatches, locale: Locale) -> Ended {
    match matches.subcommand() {
        Some(("provinces", matches)) => provinces::run(matches, locale),
        _ => Ok(()),
    }
}
