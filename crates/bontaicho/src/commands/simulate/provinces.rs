//! `simulate provinces`: the search beside the rules of the war room, in provinces drawn from a seed.

use std::fmt::Write as _;
use std::time::Duration;

use clap::ArgMatches;
use locale::{Fact, Locale};
use oxygen::dispatch::Minutes;
use simulate::provinces::Play;
use simulate::provinces::compare::percentile;

use super::play::{Maker, OfProvince, Plan, Search};
use super::table;
use crate::cli;
use crate::exit::{Ended, Ending, print, say};
use crate::progress::Bar;

pub fn run(matches: &ArgMatches, locale: Locale) -> Ended {
    let plan = told(matches)?;
    let bar = Bar::of((plan.provinces * plan.paths) as u64);
    let label = locale::say(locale, "simulate-progress", &[]);
    let all = plan.run(&|over| bar.show(&label, over as u64));
    bar.done();
    print(&table::text(&plan, &all, locale));
    if let Some(to) = cli::text(matches, "csv") {
        std::fs::write(to, csv(&plan, &all)).map_err(|error| Ending::File(to.to_owned(), error))?;
        say(&locale::say(locale, "cli-written", &[("name", Fact::from(to))]));
    }
    Ok(())
}

/// What was typed.
fn told(matches: &ArgMatches) -> Result<Plan, Ending> {
    let number = |name: &str| matches.get_one::<u64>(name).copied().unwrap_or_default();
    let within = |name: &'static str, least: u64, most: u64| {
        let number = number(name);
        let wrong = || Ending::Argument("cli-simulate-number", format!("--{name} {number}"));
        if (least..=most).contains(&number) { Ok(number as usize) } else { Err(wrong()) }
    };
    let names = cli::text(matches, "policy").unwrap_or_default();
    let mut makers = Vec::new();
    for name in names.split(',').map(str::trim).filter(|name| !name.is_empty()) {
        let maker = Maker::of(name).ok_or_else(|| Ending::Argument("cli-simulate-policy-unknown", name.to_owned()))?;
        if !makers.contains(&maker) {
            makers.push(maker);
        }
    }
    if makers.is_empty() {
        return Err(Ending::Argument("cli-simulate-policy-unknown", names.to_owned()));
    }
    let seconds = matches.get_one::<f64>("search").copied().unwrap_or_default();
    if !(0.0..=3_600.0).contains(&seconds) {
        return Err(Ending::Argument("cli-simulate-number", format!("--search {seconds}")));
    }
    let search = match matches.get_one::<u64>("iterations") {
        Some(tries) => Search::Tries(*tries),
        None => Search::For(Duration::from_secs_f64(seconds)),
    };
    let play = Play {
        days: within("days", 1, 28)?,
        frozen: Minutes::hours(within("frozen", 0, 72)? as i32),
        ..Play::default()
    };
    Ok(Plan {
        seed: number("seed"),
        provinces: within("count", 1, 100_000)?,
        paths: within("paths", 1, 10_000)?,
        makers,
        search,
        play,
        threads: within("threads", 1, 256)?,
    })
}

/// One row a province, path and policy. Figures as a program reads them, without units in the cells.
fn csv(plan: &Plan, all: &[OfProvince]) -> String {
    let mut text = String::from(
        "province,seed,balance,wave,sites,suppliers,vehicles,path,policy,unmet_weighted_patient_days,\
         unmet_patient_days,need_weighted_patient_days,p95_unmet_days,vehicle_hours,kilometres,trips,failed,announced,\
         changed,refused,milliseconds,tries\n",
    );
    for (number, province) in all.iter().enumerate() {
        for (maker, paths) in plan.makers.iter().zip(&province.played) {
            for (path, played) in paths.iter().enumerate() {
                let (shape, score) = (province.shape, &played.score);
                let _ = writeln!(
                    text,
                    "{},{},{},{},{},{},{},{},{},{:.4},{:.4},{:.1},{:.4},{:.1},{:.1},{},{},{},{},{},{:.1},{}",
                    number + 1,
                    province.seed,
                    shape.balance,
                    shape.wave,
                    shape.sites,
                    shape.suppliers,
                    province.vehicles,
                    path + 1,
                    maker.code(),
                    score.unmet,
                    score.patient_days,
                    score.need,
                    percentile(&score.days, 0.95),
                    score.hours,
                    score.kilometres,
                    score.trips,
                    score.failed,
                    score.announced,
                    score.changed,
                    score.refusals(),
                    played.time.as_secs_f64() * 1_000.0,
                    played.tries,
                );
            }
        }
    }
    text
}
