//! `backup`: one portable snapshot, taken while the program serves.

use std::fs::File;

use clap::ArgMatches;
use desk::machine_clock;
use locale::Locale;

use crate::exit::{Ended, Ending, say};
use crate::progress::Bar;
use crate::{cli, house};

pub fn run(matches: &ArgMatches, locale: Locale) -> Ended {
    let database = house::database(matches)?;
    let name = cli::text(matches, "output").unwrap_or_default().to_owned();
    // Written beside and renamed: a backup that was cut short must not look like one.
    let unfinished = format!("{name}.unfinished");
    let file = File::create(&unfinished).map_err(|error| Ending::File(unfinished.clone(), error))?;
    let bar = Bar::rows();
    let counts = store::snapshot::take(&database, &file, machine_clock()(), &mut |table, rows| bar.show(table, rows))?;
    file.sync_all()
        .and_then(|()| std::fs::rename(&unfinished, &name))
        .map_err(|error| Ending::File(name.clone(), error))?;
    bar.done();
    let rows: u64 = counts.iter().map(|(_, rows)| rows).sum();
    say(&locale::say(locale, "cli-backed-up", &[("rows", rows_fact(rows)), ("name", name.into())]));
    Ok(())
}

pub fn rows_fact(rows: u64) -> locale::Fact {
    locale::Fact::Count(i64::try_from(rows).unwrap_or(i64::MAX))
}
