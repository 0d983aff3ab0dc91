//! `forecast run`: the forecasts of a province into the database, now; `serve` and `work` do it by themselves every hour.

use clap::ArgMatches;
use desk::forecasts::watch;
use locale::{Fact, Locale};

use crate::exit::{Ended, say};
use crate::house;

pub fn run(matches: &ArgMatches, locale: Locale) -> Ended {
    let office = house::office(matches)?;
    let actor = house::actor(matches, &office)?;
    let made = watch::run(&office, actor.province)?;
    say(&locale::say(locale, "cli-forecast-made", &[("made", Fact::from(made as i64))]));
    Ok(())
}
