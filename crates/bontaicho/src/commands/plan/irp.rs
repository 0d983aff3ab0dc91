//! `plan irp FILE`: classical inventory routing in the form of the 12th DIMACS challenge. Nothing is stored.

use std::time::Instant;

use clap::ArgMatches;
use desk::Failure;
use locale::{Fact, Locale};
use plan::irp::{Instance, Options, check, solve};

use crate::cli;
use crate::exit::{Ended, Ending, print, say};
use crate::progress::Bar;

/// Reads, searches until the time or the iterations are over, checks, writes.
pub fn run(matches: &ArgMatches, locale: Locale) -> Ended {
    let name = cli::text(matches, "file").unwrap_or_default();
    let seconds = matches.get_one::<f64>("seconds").copied().unwrap_or_default();
    if !seconds.is_finite() || seconds <= 0.0 {
        return Err(Ending::Argument("cli-plan-seconds", seconds.to_string()));
    }
    let options = Options {
        seed: matches.get_one::<u64>("seed").copied().unwrap_or_default(),
        iterations: matches.get_one::<u64>("iterations").copied(),
        threads: matches.get_one::<usize>("threads").copied().unwrap_or(1),
    };
    if !(1..=Options::MOST_THREADS).contains(&options.threads) {
        return Err(Ending::Argument("cli-plan-threads", options.threads.to_string()));
    }
    let bytes = std::fs::read(name).map_err(|error| Ending::File(name.to_owned(), error))?;
    // Bytes that are no text become figures that are none, told with their line.
    let instance = Instance::read(&String::from_utf8_lossy(&bytes)).map_err(Failure::refused)?;

    let bar = Bar::rows();
    let begun = Instant::now();
    let (mut best, mut found_after) = (None, 0.0);
    let outcome = solve(&instance, &options, &mut |progress| {
        let passed = begun.elapsed().as_secs_f64();
        if progress.best != best {
            (best, found_after) = (progress.best, passed);
            bar.show(&best.map_or_else(String::new, |cost| format!("{cost:.2} ·")), progress.iterations);
        }
        passed >= seconds
    });
    bar.done();
    let outcome = outcome.map_err(Failure::refused)?;
    let text = outcome.solution.text(&processor(), found_after);
    let total = check(&instance, &text).map_err(Failure::refused)?;

    let facts = [
        ("total", figure(locale, format!("{total:.2}"))),
        ("iterations", Fact::from(outcome.iterations.to_string())),
        ("seed", Fact::from(options.seed.to_string())),
        ("seconds", figure(locale, format!("{:.1}", begun.elapsed().as_secs_f64()))),
    ];
    match cli::text(matches, "output") {
        Some(to) => std::fs::write(to, text).map_err(|error| Ending::File(to.to_owned(), error))?,
        None => print(text.trim_end()),
    }
    say(&locale::say(locale, "cli-plan-irp-done", &facts));
    Ok(())
}

/// A figure with its decimal mark as the language writes it.
fn figure(locale: Locale, written: String) -> Fact {
    Fact::from(if locale == Locale::Vietnamese { written.replace('.', ",") } else { written })
}

/// The name of the processor, as far as the machine tells it.
fn processor() -> String {
    let told = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = told.lines().find_map(|line| line.strip_prefix("model name")?.split_once(':').map(|(_, name)| name));
    name.map_or_else(|| std::env::consts::ARCH.to_owned(), |name| name.trim().to_owned())
}
