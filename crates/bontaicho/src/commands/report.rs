//! `report oxygen`: the provincial oxygen report of a day, as a sheet or as data.

use clap::ArgMatches;
use desk::Failure;
use desk::views::daily_report::daily_report;
use desk::views::daily_sheet::sheet;
use jiff::civil::Date;
use locale::Locale;
use web::api::report_as_json;

use crate::exit::{Ended, Ending, print, say};
use crate::{cli, house};

pub fn run(matches: &ArgMatches, locale: Locale) -> Ended {
    let office = house::office(matches)?;
    let actor = house::actor(matches, &office)?;
    let now = office.look_blocking(|office, connection| office.now(connection))?;
    let day = match cli::text(matches, "date") {
        Some(text) => text.parse::<Date>().map_err(|_| Ending::Argument("cli-bad-date", text.to_owned()))?,
        None => now.date(),
    };
    let report = office.look_blocking(|office, connection| daily_report(office, connection, &actor, day))?;
    let json = cli::text(matches, "format") == Some("json");
    let bytes = if json {
        report_as_json(report, actor.province.number())?.into_bytes()
    } else {
        sheet(report, now).map_err(|problem| Ending::Failed(Failure::refused(problem)))?
    };
    match cli::text(matches, "output") {
        Some(name) => {
            std::fs::write(name, bytes).map_err(|error| Ending::File(name.to_owned(), error))?;
            say(&locale::say(locale, "cli-written", &[("name", name.into())]));
        }
        None if json => print(&String::from_utf8_lossy(&bytes)),
        None => return Err(Ending::Argument("cli-needs-output", "xlsx".into())),
    }
    Ok(())
}
