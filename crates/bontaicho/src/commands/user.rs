//! `user`: accounts from the command line, for whoever keeps the machine.

use clap::ArgMatches;
use desk::operations::found_command_post::{FirstAdministrator, FoundCommandPost};
use desk::operations::{add_account::AddAccount, close_account::CloseAccount, set_password::SetPassword};
use desk::rights::Role;
use desk::{Actor, Failure, Office, door, password, random, views::journal};
use locale::Locale;
use place::ProvinceId;
use protocol::Readiness;
use store::account::Account;

use crate::exit::{Ended, Ending, print, say};
use crate::{cli, house};

pub fn run(matches: &ArgMatches, locale: Locale) -> Ended {
    let Some((name, matches)) = matches.subcommand() else { return Ok(()) };
    let office = house::office(matches)?;
    // Only `add` has the argument; asking another subcommand for it is a fault.
    if let Some(area) = (name == "add").then(|| cli::text(matches, "area")).flatten() {
        return found(&office, area, matches, locale);
    }
    // The ministry's accounts belong to the nation, which has no command post.
    let nation = matches.get_one::<i64>("province") == Some(&ProvinceId::NATION.number());
    let actor = if nation { Actor::program(ProvinceId::NATION) } else { house::actor(matches, &office)? };
    match name {
        "add" => add(&office, actor, matches, locale),
        "list" => list(&office, &actor),
        "password" => new_password(&office, actor, matches, locale),
        "token" => token(&office, &actor, matches),
        _ => close(&office, actor, matches),
    }
}

fn add(office: &Office, actor: Actor, matches: &ArgMatches, locale: Locale) -> Ended {
    let login = cli::text(matches, "login").unwrap_or_default().to_owned();
    let asked = matches.get_many::<String>("role").into_iter().flatten();
    let roles = asked
        .map(|role| Role::from_code(role).ok_or_else(|| Ending::Argument("cli-unknown-role", role.clone())))
        .collect::<Result<Vec<_>, _>>()?;
    let registry = office.look_blocking(|office, connection| office.registry(connection, actor.province))?;
    let facility = cli::text(matches, "facility")
        .map(|code| registry.facility_called(code).ok_or_else(|| Ending::Argument("cli-unknown-facility", code.into())))
        .transpose()?
        .map(|facility| facility.id);
    let password = first_password();
    let operation = AddAccount {
        key: None,
        display_name: cli::text(matches, "name").unwrap_or(&login).to_owned(),
        login: login.clone(),
        password_hash: password::hash(&password),
        roles,
        facility,
        area: None,
    };
    office.perform_blocking(actor, operation)?;
    show_password(locale, &login, &password);
    Ok(())
}

/// Opens the command post of a province with its first administrator: what the page does when the
/// program is opened for the first time, for a machine without a browser.
fn found(office: &Office, area: &str, matches: &ArgMatches, locale: Locale) -> Ended {
    let login = cli::text(matches, "login").unwrap_or_default().to_owned();
    let code = area.parse().map_err(|_| Ending::Argument("cli-unknown-area", area.to_owned()))?;
    let password = first_password();
    let opened_on = cli::text(matches, "opened-on").map(house::day).transpose()?;
    let (display_name, password_hash) =
        (cli::text(matches, "name").unwrap_or(&login).to_owned(), password::hash(&password));
    let first = office.look_blocking(|_, connection| Ok(store::account::is_empty(connection)?))?;
    let operation = FoundCommandPost {
        area: code,
        opened_on: opened_on.unwrap_or_else(|| office.real_now().date()),
        state: Readiness::Routine,
        administrator: first.then(|| FirstAdministrator {
            display_name: display_name.clone(),
            login: login.clone(),
            password_hash: password_hash.clone(),
        }),
    };
    let province = office.perform_blocking(Actor::program(ProvinceId::NATION), operation)?.done;
    if !first {
        // Another province in the same database: whoever keeps the machine names its first administrator.
        let roles = vec![Role::Administrator, Role::DutyOfficer];
        let account = AddAccount {
            key: None,
            login: login.clone(),
            display_name,
            password_hash,
            roles,
            facility: None,
            area: None,
        };
        office.perform_blocking(Actor::program(province), account)?;
    }
    say(&locale::say(locale, "cli-post-opened", &[("number", province.number().to_string().into())]));
    show_password(locale, &login, &password);
    Ok(())
}

/// A password nobody can guess, to be told once: four groups of five.
fn first_password() -> String {
    let secret = random::secret();
    [&secret[0..5], &secret[5..10], &secret[10..15], &secret[15..20]].join("-")
}

fn show_password(locale: Locale, login: &str, password: &str) {
    say(&locale::say(locale, "cli-first-password", &[("login", login.into())]));
    print(password);
}

fn accounts(office: &Office, actor: &Actor) -> Result<Vec<Account>, Ending> {
    Ok(office.look_blocking(|_, connection| journal::accounts(connection, actor))?)
}

fn account(office: &Office, actor: &Actor, matches: &ArgMatches) -> Result<Account, Ending> {
    let login = cli::text(matches, "login").unwrap_or_default().to_lowercase();
    let found = accounts(office, actor)?.into_iter().find(|account| account.login == login);
    found.ok_or(Ending::Failed(Failure::NotFound))
}

fn list(office: &Office, actor: &Actor) -> Ended {
    for account in accounts(office, actor)? {
        print(&format!("{}\t{}\t{}", account.login, account.display_name, account.roles));
    }
    Ok(())
}

fn new_password(office: &Office, actor: Actor, matches: &ArgMatches, locale: Locale) -> Ended {
    let account = account(office, &actor, matches)?;
    let password = first_password();
    let operation = SetPassword { account: account.id, password_hash: password::hash(&password) };
    office.perform_blocking(actor, operation)?;
    show_password(locale, &account.login, &password);
    Ok(())
}

fn close(office: &Office, actor: Actor, matches: &ArgMatches) -> Ended {
    let account = account(office, &actor, matches)?;
    office.perform_blocking(actor, CloseAccount { account: account.id })?;
    Ok(())
}

/// A token for a program: telemetry, a partner system, a load test.
fn token(office: &Office, actor: &Actor, matches: &ArgMatches) -> Ended {
    let account = account(office, actor, matches)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Ending::File("runtime".into(), error))?;
    let key = runtime.block_on(door::open(office, account.province, account.id, "token", door::TOKEN_SESSION))?;
    print(&key.token);
    Ok(())
}
