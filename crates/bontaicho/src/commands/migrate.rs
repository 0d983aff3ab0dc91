//! `migrate`: bring a database to the schema of this program.

use clap::ArgMatches;
use desk::machine_clock;
use locale::Locale;

use crate::exit::{Ended, say};
use crate::house;

pub fn run(matches: &ArgMatches, locale: Locale) -> Ended {
    let database = house::database(matches)?;
    let applied = store::migrate::migrate(&database, machine_clock()())?;
    let key = if applied.is_empty() { "cli-migrated-already" } else { "cli-migrated" };
    say(&locale::say(locale, key, &[("names", applied.join(", ").into()), ("engine", database.engine().into())]));
    house::carry_over(&house::office(matches)?, locale)
}
