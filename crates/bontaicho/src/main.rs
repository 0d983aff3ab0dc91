//! `bontaicho`: the command post of a province, in one binary.
//!
//! Lives here: the command line, the demonstration, starting and stopping. Everything else is
//! below: pages and API in `web`, operations in `desk`, databases in `store`.

mod cli;
mod commands;
mod demo;
mod exit;
mod house;
mod progress;
mod usage;

use std::io::IsTerminal as _;
use std::process::ExitCode;

fn main() -> ExitCode {
    let locale = cli::language();
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .with_env_filter(tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "warn".into()))
        .with_target(false)
        .init();
    let matches = match cli::command(locale).try_get_matches() {
        Ok(matches) => matches,
        Err(error) => return usage::tell(&error, locale),
    };
    match commands::run(&matches, locale) {
        Ok(()) => ExitCode::SUCCESS,
        Err(ending) => ending.tell(locale),
    }
}
