//! `export`: registers, readings and the journal as separated text, for other programs.

use std::io::{BufWriter, Write};

use clap::ArgMatches;
use desk::{Actor, Failure, Office, views::journal};
use locale::Locale;
use quantity::{Moment, Span};
use store::series;

use crate::exit::{Ended, Ending, say};
use crate::{cli, house};

/// Operations of the journal that are taken out at most.
const JOURNAL: i64 = 1_000_000;

pub fn run(matches: &ArgMatches, locale: Locale) -> Ended {
    let office = house::office(matches)?;
    let name = cli::text(matches, "output");
    let kind = cli::text(matches, "kind").unwrap_or_default();
    let as_a_sheet = kind != "facilities" || name.is_some_and(|name| name.to_lowercase().ends_with(".xlsx"));
    if let Some(entry) = desk::registers::called(kind).filter(|_| as_a_sheet) {
        return super::registers::export(&office, entry, matches, locale);
    }
    let failed = |error| Ending::File(name.unwrap_or("-").to_owned(), error);
    let out: Box<dyn Write> = match name {
        Some(name) => Box::new(std::fs::File::create(name).map_err(failed)?),
        None => Box::new(std::io::stdout().lock()),
    };
    let mut sheet = Csv { out: BufWriter::new(out) };
    match kind {
        "areas" => areas(&office, &mut sheet),
        "facilities" => facilities(&office, &house::actor(matches, &office)?, &mut sheet),
        "readings" => readings(&office, &house::actor(matches, &office)?, &mut sheet),
        _ => journal(&office, &house::actor(matches, &office)?, &mut sheet),
    }?;
    sheet.out.flush().map_err(failed)?;
    if let Some(name) = name {
        say(&locale::say(locale, "cli-written", &[("name", name.into())]));
    }
    Ok(())
}

/// Separated text in UTF-8, the columns of the imports.
struct Csv<W: Write> {
    out: BufWriter<W>,
}

impl<W: Write> Csv<W> {
    fn row(&mut self, cells: &[&str]) -> Ended {
        let cells: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
        writeln!(self.out, "{}", cells.join(",")).map_err(|error| Ending::File("-".to_owned(), error))
    }
}

/// A cell that begins like a formula is made text, so that no spreadsheet runs it.
fn quoted(cell: &str) -> String {
    let risky = cell.starts_with(['=', '@', '\t']) || (cell.starts_with(['+', '-']) && cell.parse::<f64>().is_err());
    let cell = if risky { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}

fn areas(office: &Office, sheet: &mut Csv<impl Write>) -> Ended {
    sheet.row(&["code", "name", "level", "parent", "valid_from", "valid_to", "successor_code", "lat", "lon"])?;
    for area in office.areas().all() {
        let text = |value: Option<String>| value.unwrap_or_default();
        let successors: Vec<String> = area.successors.iter().map(ToString::to_string).collect();
        sheet.row(&[
            &area.code.to_string(),
            &area.name,
            area.level.word(),
            &text(area.parent.map(|parent| parent.to_string())),
            &area.valid_from.to_string(),
            &text(area.valid_to.map(|day| day.to_string())),
            &successors.join("|"),
            &text(area.lat.map(|degrees| degrees.to_string())),
            &text(area.lon.map(|degrees| degrees.to_string())),
        ])?;
    }
    Ok(())
}

fn facilities(office: &Office, actor: &Actor, sheet: &mut Csv<impl Write>) -> Ended {
    let registry = office.look_blocking(|office, connection| office.registry(connection, actor.province))?;
    sheet.row(&[
        "code",
        "name",
        "commune_code",
        "tier",
        "beds_open",
        "store_label",
        "store_kind",
        "capacity",
        "capacity_unit",
    ])?;
    for facility in registry.facilities() {
        let number = |value: Option<u32>| value.map(|number| number.to_string()).unwrap_or_default();
        for entry in facility.each_store() {
            sheet.row(&[
                &facility.code,
                &facility.body.name,
                &facility.area_code.map(|code| code.to_string()).unwrap_or_default(),
                &number(facility.tier),
                &number(facility.beds.open),
                &entry.store.label,
                entry.store.kind.code(),
                &entry.store.capacity.as_kg().to_string(),
                "kg",
            ])?;
        }
    }
    Ok(())
}

fn readings(office: &Office, actor: &Actor, sheet: &mut Csv<impl Write>) -> Ended {
    let registry = office.look_blocking(|office, connection| office.registry(connection, actor.province))?;
    sheet.row(&["facility_code", "facility_name", "store", "happened_at", "shown", "unit"])?;
    for facility in registry.facilities() {
        for entry in facility.each_store() {
            // A month at a time, so that years of readings need no more memory than one.
            let mut to = office.real_now() + Span::days(1);
            loop {
                let from = to - Span::days(31);
                let found = office.look_blocking(|_, connection| {
                    Ok::<_, Failure>(series::readings(connection, actor.province, entry.store.id, from, to)?)
                })?;
                for sample in &found {
                    let kilograms = sample.grams.as_kg().to_string().replace('.', ",");
                    let at = when(sample.at);
                    sheet.row(&[&facility.code, &facility.body.name, &entry.store.label, &at, &kilograms, "kg"])?;
                }
                to = from;
                if to < Moment::from_local(jiff::civil::date(2021, 1, 1).at(0, 0, 0, 0)) {
                    break;
                }
            }
        }
    }
    Ok(())
}

fn when(at: Moment) -> String {
    let local = at.local();
    format!("{} {:02}:{:02}:{:02}", at.show_date(), local.hour(), local.minute(), local.second())
}

fn journal(office: &Office, actor: &Actor, sheet: &mut Csv<impl Write>) -> Ended {
    let lines = office.look_blocking(|_, connection| journal::journal(connection, actor, JOURNAL))?;
    sheet.row(&["seq", "recorded_at", "domain_at", "who", "action", "subject", "detail"])?;
    for line in lines {
        sheet.row(&[
            &line.seq.map(|seq| seq.to_string()).unwrap_or_default(),
            &when(line.recorded_at),
            &when(line.domain_at),
            &line.actor.unwrap_or_default(),
            &line.action,
            &line.subject.map(|subject| subject.to_string()).unwrap_or_default(),
            &line.detail,
        ])?;
    }
    Ok(())
}
