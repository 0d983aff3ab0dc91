//! `work`: jobs only, beside a `serve` on another machine or process.

use std::sync::atomic::AtomicBool;

use clap::ArgMatches;
use desk::jobs;
use locale::Locale;

use crate::exit::{Ended, say};
use crate::house;

pub fn run(matches: &ArgMatches, locale: Locale) -> Ended {
    let office = house::office(matches)?;
    house::use_gateways(&office)?;
    house::carry_over(&office, locale)?;
    jobs::plan(&office)?;
    say(&locale::say(locale, "cli-working", &[]));
    // Killed at any moment: what it held is taken over when its lease ends.
    jobs::run(&office, &AtomicBool::new(false));
    Ok(())
}
