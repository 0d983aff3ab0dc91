//! `letter`: letters as files: read, written, taken in.

mod import;
mod read;
mod write;

use clap::ArgMatches;
use locale::Locale;

use crate::exit::Ended;

/// Runs the command of letters that was typed.
pub fn run(matches: &ArgMatches, locale: Locale) -> Ended {
    match matches.subcommand() {
        Some(("read", matches)) => read::run(matches, locale),
        Some(("import", matches)) => import::run(matches, locale),
        Some(("write", matches)) => write::run(matches, locale),
        _ => Ok(()),
    }
}
