//! `plan solve PROBLEM.json [-o PLAN.json]`: searches a plan, has it checked by other code, and writes it. Nothing is
//! stored, no database is needed (docs/formats/plan.md).

use std::time::{Duration, Instant};

use clap::ArgMatches;
use locale::{Fact, Locale};
use plan::check::check;
use plan::json::{read_problem, write};
use plan::sound::{Unsound, findings};
use plan::{Limits, solve};

use super::check::{bytes, list, refused};
use crate::cli;
use crate::exit::{Ended, Ending, print, say};

pub fn run(matches: &ArgMatches, locale: Locale) -> Ended {
    let name = cli::text(matches, "problem").unwrap_or_default();
    let problem = read_problem(&bytes(name)?).map_err(|problem| refused(name, &problem, locale))?;
    let (refusals, told): (Vec<Unsound>, Vec<Unsound>) = findings(&problem).into_iter().partition(Unsound::refused);
    if !refusals.is_empty() {
        list("plan-check-refused", &refusals, locale);
        return Err(Ending::Refused);
    }
    let seconds = *matches.get_one::<f64>("seconds").unwrap_or(&30.0);
    let longest =
        Duration::try_from_secs_f64(seconds).map_err(|_| Ending::Argument("cli-plan-seconds", seconds.to_string()))?;
    let seed = *matches.get_one::<u64>("seed").unwrap_or(&1);
    let iterations = matches.get_one::<u64>("iterations").copied().unwrap_or(u64::MAX);
    let started = Instant::now();
    let found = solve(&problem, Limits { seed, iterations }, &mut || started.elapsed() >= longest);
    let faults = check(&problem, &found.plan);
    let text = write(&found.plan).map_err(|error| Ending::File("json".to_owned(), error.into()))?;
    match cli::text(matches, "output") {
        Some(to) => std::fs::write(to, text + "\n").map_err(|error| Ending::File(to.to_owned(), error))?,
        None => print(&text),
    }
    // What is told of the problem and of the search goes beside the plan, not into it.
    for one in &told {
        let words = locale::sentence(locale, one);
        say(&format!("- {} ({})\n  {}", words.sentence, words.code, words.next));
    }
    let facts = [
        ("trips", Fact::from(found.plan.trips.len())),
        ("stops", Fact::from(found.plan.stops().count())),
        ("cost", Fact::from(format!("{:.3}", found.cost))),
        ("seed", Fact::from(seed.to_string())),
        ("iterations", Fact::from(found.iterations.to_string())),
    ];
    say(&locale::say(locale, "plan-solve-done", &facts));
    if faults.is_empty() {
        return Ok(());
    }
    list("plan-check-faults", &faults, locale);
    Err(Ending::Refused)
}
