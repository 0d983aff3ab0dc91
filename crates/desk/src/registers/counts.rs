//! Counts of cases and admissions as a sheet (F010): one row a place, signal and day, or a row for each place with a column
//! for each day, as people keep them. Figures of one day go in together, as one telling of that day.

use document::columns::{Layout, Unfolded, unfold};
use document::sheet::Value;
use document::table::Table;
use jiff::civil::Date;
use oxygen::Source;

use super::change::Change;
use super::means::words;
use super::row::{Cells, Read, Row, Writer, boxed};
use super::{Look, Register};
use crate::counts::place::{PlaceKey, named};
use crate::counts::telling::all_standing;
use crate::counts::{CountsKey, Figure, Refused, Signal, Span};
use crate::failure::{Failure, Outcome, Reason};
use crate::operations::counts::report_counts::{ReportCounts, Told, ToldFigure, check_figure};

/// Counts.
pub(super) struct Counts;

/// A figure as it stands.
pub(super) struct Held {
    of: CountsKey,
    place: PlaceKey,
    figure: Figure,
}

fn day(cells: &Cells, key: &str) -> Option<Date> {
    match cells.get(key) {
        Some(Value::Date(day)) => Some(*day),
        _ => None,
    }
}

/// What a row is of; a signal that is not named is new cases, a span that is not named is a day.
fn of(row: &Row<'_>) -> Read<CountsKey> {
    let signal = row.some("signal").map_or(Some(Signal::Cases), |code| Signal::from_code(&code));
    let span = row.some("span").map_or(Some(Span::Day), |code| Span::from_code(&code));
    Ok(CountsKey {
        signal: signal.ok_or_else(|| row.unreadable("signal"))?,
        day: row.need(row.day("day"), "day")?,
        span: span.ok_or_else(|| row.unreadable("span"))?,
        back_fill: row.yes("back_fill") == Some(true),
    })
}

fn told(look: &Look<'_>, row: &Row<'_>) -> Read<(CountsKey, ToldFigure)> {
    let of = of(row)?;
    let typed = row.some("place").or_else(|| row.some("place_name")).unwrap_or_default();
    let place = named(&look.registry, look.actor, &typed, of.day).map_err(boxed)?;
    let told = row.whole("count").map_or(Told::Unknown, Told::Count);
    let figure = ToldFigure { place, told, reported_on: row.day("reported_on").filter(|_| row.changes("reported_on")) };
    check_figure(&look.registry, of, place, &figure, look.now.date()).map_err(reason)?;
    Ok((of, figure))
}

/// The refusal of a check, as a row is given back with it.
fn reason(failure: Failure) -> Box<dyn Reason> {
    match failure {
        Failure::Refused(reason) => reason,
        _ => boxed(Refused::Nothing),
    }
}

fn reporting(look: &Look<'_>, of: CountsKey, figures: Vec<ToldFigure>) -> Change {
    let simulated = look.registry.facilities().iter().any(|facility| facility.simulated);
    // A list is looked through row by row before it is written: that is the second look.
    Change::of(move |key| ReportCounts {
        key,
        of,
        figures: figures.clone(),
        sure: true,
        simulated,
        source: Some(Source::File),
    })
}

impl Register for Counts {
    type Held = Held;
    const LAYOUT: &'static str = include_str!("../../../../protocols/register-counts.toml");
    const SHOWN_ONLY: &'static [&'static str] = &["place_name"];
    const CHANGES_TOGETHER: bool = true;

    fn held(look: &mut Look<'_>) -> Outcome<Vec<Held>> {
        let mut held = Vec::new();
        let days = all_standing(look.connection, look.actor.province)?;
        let mut seen = std::collections::HashMap::new();
        for kept in &days {
            let of = kept.key();
            let each = kept.counts.iter().map(|(place, figure)| Held { of, place: *place, figure: *figure });
            held.extend(each.filter(|held| {
                *seen.entry(held.place).or_insert_with(|| held.place.is_seen_by(&look.registry, look.actor))
            }));
        }
        Ok(held)
    }

    fn unfold(look: &Look<'_>, layout: &Layout, table: &Table) -> Option<Unfolded> {
        unfold(table, layout, ("day", "count"), look.now.date())
    }

    fn cells(look: &Look<'_>, held: &Held) -> Cells {
        let mut cells = Writer::default()
            .text("place", held.place.short(&look.registry))
            .text("place_name", held.place.name(&look.registry))
            .text("signal", held.of.signal.code())
            .text("span", held.of.span.code())
            .day("day", Some(held.of.day))
            .day("reported_on", Some(held.figure.reported_on))
            .yes("back_fill", held.of.back_fill.then_some(true))
            .0;
        cells.insert("count".to_owned(), Value::Integer(i64::from(held.figure.count)));
        cells
    }

    fn settle(look: &Look<'_>, told: &mut Cells) {
        let typed = ["place", "place_name"].map(|key| words(told, key).to_owned()).into_iter();
        let typed = typed.filter(|typed| !typed.is_empty()).find_map(|typed| {
            let day = day(told, "day")?;
            named(&look.registry, look.actor, &typed, day).ok()
        });
        if let Some(place) = typed {
            told.insert("place".to_owned(), Value::Text(place.short(&look.registry)));
            told.insert("place_name".to_owned(), Value::Text(place.name(&look.registry)));
        }
        let mut usual = |key: &str, code: &str| {
            told.entry(key.to_owned()).or_insert_with(|| Value::Text(code.to_owned()));
        };
        usual("signal", Signal::Cases.code());
        usual("span", Span::Day.code());
        // «không» says no more than an empty cell.
        if words(told, "back_fill") == "no" {
            told.remove("back_fill");
        }
    }

    fn key(cells: &Cells) -> String {
        let day = day(cells, "day").map(|day| day.to_string()).unwrap_or_default();
        let [place, signal, span, back] = ["place", "signal", "span", "back_fill"].map(|key| words(cells, key));
        format!("{}|{signal}|{span}|{back}|{day}", place.to_lowercase())
    }

    fn label(cells: &Cells) -> String {
        let [place, name] = ["place", "place_name"].map(|key| words(cells, key));
        let name = if name.is_empty() { place } else { name };
        let day = day(cells, "day").map(quantity::time::show_date).unwrap_or_default();
        format!("{name} · {day}")
    }

    fn change(look: &mut Look<'_>, row: &Row<'_>, _: Option<&Held>) -> Read<Change> {
        let (of, figure) = told(look, row)?;
        // An empty cell says nothing, and another day of the same figure does not make it known earlier or later.
        Ok(if row.changes("count") { reporting(look, of, vec![figure]) } else { Change::nothing() })
    }

    fn together(look: &Look<'_>, row: &Row<'_>) -> Option<String> {
        // A row that cannot go in is given back alone, and does not hold the others of its day up.
        told(look, row).ok().filter(|_| row.changes("count")).map(|(of, _)| of.code())
    }

    fn change_together(look: &mut Look<'_>, rows: &[Row<'_>]) -> Result<Change, (usize, Box<dyn Reason>)> {
        let mut figures = Vec::with_capacity(rows.len());
        let mut of = None;
        for (place, row) in rows.iter().enumerate() {
            let (day, figure) = told(look, row).map_err(|reason| (place, reason))?;
            of = Some(day);
            figures.push(figure);
        }
        let of = of.ok_or_else(|| (0, boxed(super::Refused::NothingToRead)))?;
        Ok(reporting(look, of, figures))
    }
}
