//! `letter …`: letters from the command line, without a database.

mod read;

use clap::ArgMatches;
use locale::Locale;

use crate::exit::Ended;

pub fn run(matches: &ArgMatches, locale: Locale) -> Ended {
    match matches.subcommand() {
        Some(("read", matches)) => read::run(matches, locale),
        _ => Ok(()),
    }
}
