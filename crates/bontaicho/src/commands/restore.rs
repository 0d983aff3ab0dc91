//! `restore`: a snapshot into an empty database of either engine.

use std::fs::File;

use clap::ArgMatches;
use desk::machine_clock;
use locale::Locale;

use super::backup::rows_fact;
use crate::exit::{Ended, Ending, say};
use crate::progress::Bar;
use crate::{cli, house};

pub fn run(matches: &ArgMatches, locale: Locale) -> Ended {
    let database = house::database(matches)?;
    let name = cli::text(matches, "file").unwrap_or_default();
    let file = File::open(name).map_err(|error| Ending::File(name.to_owned(), error))?;
    store::migrate::migrate(&database, machine_clock()())?;
    let bar = Bar::rows();
    let counts = store::snapshot::restore(&database, file, &mut |table, rows| bar.show(table, rows))?;
    bar.done();
    let rows: u64 = counts.iter().map(|(_, rows)| rows).sum();
    say(&locale::say(locale, "cli-restored", &[("rows", rows_fact(rows)), ("engine", database.engine().into())]));
    house::carry_over(&house::office(matches)?, locale)
}
