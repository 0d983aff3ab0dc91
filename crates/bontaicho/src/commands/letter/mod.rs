//! `letter`: what is done to letters as files.

mod write;

use clap::ArgMatches;
use locale::Locale;

use crate::exit::Ended;

/// Runs the command of letters that was typed.
pub fn run(matches: &ArgMatches, locale: Locale) -> Ended {
    match matches.subcommand() {
        Some(("write", matches)) => write::run(matches, locale),
        _ => Ok(()),
    }
}
