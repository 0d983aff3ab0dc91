//! One file a command.

mod backup;
mod doctor;
mod export;
mod forecast;
mod given_back;
mod import;
mod letter;
mod merge_province;
mod migrate;
mod plan;
mod public_address;
mod registers;
mod report;
mod restore;
mod serve;
mod simulate;
mod tls;
mod user;
mod work;

pub use serve::listen;

use clap::ArgMatches;
use locale::Locale;

use crate::demo;
use crate::exit::{Ended, Ending, print};

/// Runs the command that was typed.
pub fn run(matches: &ArgMatches, locale: Locale) -> Ended {
    let Some((name, matches)) = matches.subcommand() else { return Ok(()) };
    match name {
        "demo" => demo::run(matches, locale),
        "serve" => serve::run(matches, locale),
        "work" => work::run(matches, locale),
        "migrate" => migrate::run(matches, locale),
        "merge-province" => merge_province::run(matches, locale),
        "import" => import::run(matches, locale),
        "letter" => letter::run(matches, locale),
        "forecast" => forecast::run(matches, locale),
        "simulate" => simulate::run(matches, locale),
        "plan" => plan::run(matches, locale),
        "export" => export::run(matches, locale),
        "report" => report::run(matches, locale),
        "backup" => backup::run(matches, locale),
        "restore" => restore::run(matches, locale),
        "user" => user::run(matches, locale),
        "doctor" => doctor::run(matches, locale),
        _ => {
            let text = web::api::openapi().map_err(|error| Ending::File("openapi".into(), error.into()))?;
            print(&text);
            Ok(())
        }
    }
}
