//! `plan`: delivery plans as files.

mod check;
mod irp;
mod solve;

use clap::ArgMatches;
use locale::Locale;

use crate::exit::Ended;

/// Runs the command of plans that was typed.
pub fn run(matches: &ArgMatches, locale: Locale) -> Ended {
    match matches.subcommand() {
        Some(("check", matches)) => check::run(matches, locale),
        Some(("irp", matches)) => irp::run(matches, locale),
        Some(("solve", matches)) => solve::run(matches, locale),
        _ => Ok(()),
    }
}
