//! `report oxygen`: the provincial oxygen report of a day, as a sheet or as data. `report daily` and
//! `report ministry`: the same as an unsigned paper. `report national --file …`: the sum of provinces' returns.

use clap::ArgMatches;
use desk::Failure;
use desk::papers::layout::ReportKind;
use desk::views::daily_report::daily_report;
use desk::views::daily_sheet::sheet;
use desk::views::national::{sum, sum_file, who};
use desk::views::papers::{Format, compose, file};
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
    let code = cli::text(matches, "format").unwrap_or("xlsx");
    let json = code == "json";
    let format = Format::from_code(code).unwrap_or(Format::Xlsx);
    let kind = cli::text(matches, "kind").unwrap_or_default();
    let mut some_refused = false;
    let bytes = match (kind, ReportKind::from_code(kind)) {
        ("national", _) => {
            let (sum, refused) = sum(&office, day, &returns(matches)?)?;
            some_refused = !refused.is_empty();
            for reason in &refused {
                let words = locale::sentence(locale, reason);
                say(&format!("{} {} ({})", words.sentence, words.next, words.code));
            }
            for line in who(&sum) {
                say(&line);
            }
            sum_file(&sum, format, now)?
        }
        (_, Some(kind)) => {
            let content = office.look_blocking(|office, connection| compose(office, connection, &actor, kind, day))?;
            file(&content, format)?
        }
        _ => {
            let report = office.look_blocking(|office, connection| daily_report(office, connection, &actor, day))?;
            match format {
                Format::Json => report_as_json(report, actor.province.number())?.into_bytes(),
                Format::Xlsx => sheet(report, now).map_err(|problem| Ending::Failed(Failure::refused(problem)))?,
                Format::Docx | Format::Pdf => return Err(Ending::Argument("cli-report-no-paper", code.to_owned())),
            }
        }
    };
    match cli::text(matches, "output") {
        Some(name) => {
            std::fs::write(name, bytes).map_err(|error| Ending::File(name.to_owned(), error))?;
            say(&locale::say(locale, "cli-written", &[("name", name.into())]));
        }
        None if json => print(&String::from_utf8_lossy(&bytes)),
        None => return Err(Ending::Argument("cli-needs-output", code.to_owned())),
    }
    // What came back has been told; whoever runs this in a script sees it too.
    if some_refused { Err(Ending::SomeRowsBad) } else { Ok(()) }
}

/// The files of the provinces, by name.
fn returns(matches: &ArgMatches) -> Result<Vec<(String, Vec<u8>)>, Ending> {
    let names = matches.get_many::<String>("file").into_iter().flatten();
    names
        .map(|name| {
            let bytes = std::fs::read(name).map_err(|error| Ending::File(name.clone(), error))?;
            Ok((name.clone(), bytes))
        })
        .collect()
}
