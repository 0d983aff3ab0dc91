//! What most commands begin with: the database of the command line, and the province meant.

use clap::ArgMatches;
use desk::alarms::gateway::{Gateway, Gateways};
use desk::{Actor, Failure, Office, machine_clock};
use locale::{Fact, Locale};
use place::ProvinceId;
use store::{Database, Store, register};

use crate::cli;
use crate::exit::{Ending, say};

/// The database of `--database`.
pub fn database(matches: &ArgMatches) -> Result<Database, Ending> {
    let address = cli::text(matches, "database").unwrap_or_default();
    Ok(address.parse::<Database>()?)
}

/// The office over the database of `--database`.
pub fn office(matches: &ArgMatches) -> Result<Office, Ending> {
    let store = Store::open(&database(matches)?, 2)?;
    Ok(Office::open(store, machine_clock())?)
}

/// Carries over what an earlier build kept in registers that are closed now; says so where there was any.
pub fn carry_over(office: &Office, locale: Locale) -> Result<(), Ending> {
    let carried = desk::counts::carried::carry_all(office)?;
    if carried.told > 0 {
        let weeks = Fact::Count(i64::try_from(carried.told).unwrap_or(i64::MAX));
        say(&locale::say(locale, "cli-carried-weeks", &[("weeks", weeks)]));
    }
    Ok(())
}

/// The program as an actor of the province of `--province`, or of the only one there is.
pub fn actor(matches: &ArgMatches, office: &Office) -> Result<Actor, Ending> {
    let posts = office.look_blocking(|_, connection| Ok(register::command_posts(connection)?))?;
    let asked = matches.get_one::<i64>("province").copied().map(ProvinceId::new);
    // One that goes on in another is an archive: it is meant only where its number is given.
    let open: Vec<_> = posts.iter().filter(|post| post.closed_on.is_none()).collect();
    let found = match asked {
        Some(asked) => posts.iter().find(|post| post.province == asked),
        None if open.len() == 1 => open.first().copied(),
        None => return Err(Ending::Argument("cli-which-province", open.len().to_string())),
    };
    found.map(|post| Actor::program(post.province)).ok_or(Ending::Failed(Failure::NotFound))
}

/// A day as it is typed.
pub fn day(text: &str) -> Result<jiff::civil::Date, Ending> {
    text.parse().map_err(|_| Ending::Argument("cli-bad-date", text.to_owned()))
}

/// By which gateways messages go, from the environment: an address with its key does not belong in a
/// list of processes. Nothing is called where none is named.
pub fn use_gateways(office: &Office) -> Result<(), Ending> {
    let read = |name: &'static str| {
        Gateway::from_environment(name).map_err(|problem| {
            // The problem names what is wrong, never the address.
            Ending::Argument("cli-bad-gateway", format!("{name}: {problem}"))
        })
    };
    let gateways = Gateways { sms: read("BONTAICHO_SMS_GATEWAY")?, email: read("BONTAICHO_EMAIL_GATEWAY")? };
    office.use_gateways(gateways);
    Ok(())
}
