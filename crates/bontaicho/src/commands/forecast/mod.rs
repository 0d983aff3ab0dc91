//! `forecast`: forecasts and how good they were.

mod evaluate;
mod folder;
mod method;
mod run;
mod table;

use clap::ArgMatches;
use locale::Locale;

use crate::exit::Ended;

/// Runs the command of forecasts that was typed.
pub fn run(matches: &ArgMatches, locale: Locale) -> Ended {
    match matches.subcommand() {
        Some(("evaluate", matches)) => evaluate::run(matches, locale),
        Some(("run", matches)) => run::run(matches, locale),
        _ => Ok(()),
    }
}
