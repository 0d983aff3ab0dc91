//! `plan`: plans of delivery.

mod irp;

use clap::ArgMatches;
use locale::Locale;

use crate::exit::Ended;

/// Runs the command of plans that was typed.
pub fn run(matches: &ArgMatches, locale: Locale) -> Ended {
    match matches.subcommand() {
        Some(("irp", matches)) => irp::run(matches, locale),
        _ => Ok(()),
    }
}
