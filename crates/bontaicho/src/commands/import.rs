//! `import`: areas, facilities, readings from a file. Good rows go in, bad rows come back as one.

use std::fs::File;
use std::path::Path;

use clap::ArgMatches;
use desk::import::{Imported, areas, facilities, readings};
use desk::operations::command::import_boundaries::{ImportBoundaries, choose};
use desk::{Actor, Office};
use document::sheet::{ReturnForm, ReturnedRow, write_returned};
use locale::{Fact, Locale};
use place::ProvinceId;
use place::boundary::{Axes, parse};

use super::given_back::give_back;
use crate::exit::{Ended, Ending, say};
use crate::progress::Bar;
use crate::{cli, house};

pub fn run(matches: &ArgMatches, locale: Locale) -> Ended {
    if matches.get_flag("list") {
        return super::registers::list(locale);
    }
    let office = house::office(matches)?;
    let name = cli::text(matches, "file").unwrap_or_default();
    match cli::text(matches, "kind").unwrap_or_default() {
        "areas" => import_areas(&office, name, matches, locale),
        "facilities" => {
            let actor = house::actor(matches, &office)?;
            let bytes = std::fs::read(name).map_err(|error| Ending::File(name.to_owned(), error))?;
            let today = office.real_now().date();
            let listed = cli::text(matches, "listed-on").map(house::day).transpose()?;
            let imported = facilities::import_listed(&office, &actor, &bytes, name, today, listed)?;
            tell(&office, &imported, name, matches, locale)
        }
        "boundaries" => import_boundaries(&office, name, matches, locale),
        kind if kind != "readings" => super::registers::import(&office, kind, name, matches, locale),
        _ => {
            let actor = house::actor(matches, &office)?;
            import_readings(&office, &actor, name, matches, locale)
        }
    }
}

fn import_readings(office: &Office, actor: &Actor, name: &str, matches: &ArgMatches, locale: Locale) -> Ended {
    let mut file = File::open(name).map_err(|error| Ending::File(name.to_owned(), error))?;
    let bar = Bar::rows();
    let imported = readings::import(office, actor, &mut file, name, &mut |rows| bar.show(name, rows))?;
    bar.done();
    tell(office, &imported, name, matches, locale)
}

fn tell(office: &Office, imported: &Imported, name: &str, matches: &ArgMatches, locale: Locale) -> Ended {
    let facts = [
        ("good", Fact::from(imported.good)),
        ("repeated", Fact::from(imported.repeated)),
        ("bad", Fact::from(imported.bad.len())),
    ];
    say(&locale::say(locale, "cli-imported", &facts));
    if !imported.unknown.is_empty() {
        let named: Vec<String> = imported.unknown.iter().map(|(letter, title)| format!("{letter} «{title}»")).collect();
        say(&locale::say(locale, "cli-unknown-columns", &[("columns", named.join(", ").into())]));
    }
    if imported.bad.is_empty() {
        return Ok(());
    }
    let rows: Vec<ReturnedRow> = imported
        .bad
        .iter()
        .map(|bad| {
            let words = locale::sentence(locale, bad.reason.as_coded());
            bad.row.clone().because(words.sentence, words.code, words.next)
        })
        .collect();
    let extension = if imported.form == ReturnForm::Xlsx { "xlsx" } else { "csv" };
    let bytes = write_returned(&imported.headers, &rows, imported.form, office.real_now())
        .map_err(|problem| Ending::Failed(desk::Failure::refused(problem)))?;
    give_back(matches, name, extension, &bytes, ("cli-bad-rows", locale))
}

/// Outlines for the map of one province. Axes the wrong way round are asked about: `--north-first` takes them so.
fn import_boundaries(office: &Office, name: &str, matches: &ArgMatches, locale: Locale) -> Ended {
    let actor = house::actor(matches, office)?;
    let bytes = std::fs::read(name).map_err(|error| Ending::File(name.to_owned(), error))?;
    let axes = matches.get_flag("north-first").then_some(Axes::NorthFirst);
    let parsed = parse(&String::from_utf8_lossy(&bytes), axes).map_err(desk::Failure::refused)?;
    let registry = office.look_blocking(|office, connection| office.registry(connection, actor.province))?;
    let file_name = Path::new(name).file_name().unwrap_or_default().to_string_lossy();
    let (shapes, about) = choose(&registry, office.real_now().date(), parsed, &file_name, "")?;
    let facts = [
        ("areas", Fact::from(about.areas)),
        ("points", Fact::from(about.points)),
        ("left", Fact::from(about.left_out)),
    ];
    office.perform_blocking(actor, ImportBoundaries { key: None, shapes, about })?;
    say(&locale::say(locale, "cli-boundaries-imported", &facts));
    Ok(())
}

fn import_areas(office: &Office, name: &str, matches: &ArgMatches, locale: Locale) -> Ended {
    let bytes = std::fs::read(name).map_err(|error| Ending::File(name.to_owned(), error))?;
    let text =
        document::text::decode(&bytes, None).map_err(|problem| Ending::Failed(desk::Failure::refused(problem)))?.text;
    let imported = areas::import(office, &Actor::program(ProvinceId::NATION), &text)?;
    let facts = [
        ("good", Fact::from(imported.good)),
        ("repeated", Fact::from(0_usize)),
        ("bad", Fact::from(imported.bad.len())),
    ];
    say(&locale::say(locale, "cli-imported", &facts));
    for remark in &imported.remarks {
        let words = locale::sentence(locale, &remark.problem);
        let facts = [("line", Fact::from(remark.line)), ("sentence", Fact::from(words.sentence))];
        say(&locale::say(locale, "cli-remark", &facts));
    }
    if imported.bad.is_empty() {
        return Ok(());
    }
    let mut lines = vec![format!("{},loi,ma_loi", text.lines().next().unwrap_or_default())];
    for bad in &imported.bad {
        let words = locale::sentence(locale, &bad.problem);
        lines.push(format!("{},\"{}\",{}", bad.raw, words.sentence.replace('"', "\"\""), words.code));
    }
    give_back(matches, name, "csv", lines.join("\n").as_bytes(), ("cli-bad-areas", locale))
}
