//! What the map says in words: its sentence, its legend, the list beside it.

use desk::views::command::map::MapView;
use desk::views::running_out::Line;
use desk::views::supply::registers::VehicleLine;
use oxygen::Standing;
use quantity::Moment;

use crate::chart::{self, MapChart, Spot, Width};
use crate::pages::oxygen_row::{is_out, outlook_words, politely, runs_out_before, tone_of};
use crate::pages::shift::next_handover;
use crate::pages::supply::{position_cell, position_words};
use crate::view::{Cell, Column, Say, Section, Table, Tone};

/// Names beside their circles: those that somebody must find at once.
const NAMED: usize = 4;

/// The answer in the first line: how many run out before the next handover, how many are unknown.
pub(super) fn sentence(t: Say, found: &MapView) -> String {
    let (now, before) = (found.list.at, next_handover(found.list.at));
    let lines = &found.list.lines;
    if lines.is_empty() {
        return t.say("empty-no-facility");
    }
    let out = lines.iter().filter(|line| is_out(line) || runs_out_before(line, now, before)).count();
    let unknown = lines.iter().filter(|line| is_unknown(line)).count();
    let facts = [("count", out.into()), ("before", before.show_time().into()), ("unknown", unknown.into())];
    crate::pages::words::fill(t, "map-sentence", &facts)
}

fn is_unknown(line: &Line) -> bool {
    matches!(line.outlook.rank.standing, Standing::Lost | Standing::Unrated)
}

fn tone(t: Say, line: &Line, now: Moment) -> Tone {
    politely(t, line.courtesy.is_some(), tone_of(t, &line.outlook, now, next_handover(now))).0
}

/// Classes of the circles with their words.
pub(super) fn legend(t: Say) -> Vec<(&'static str, String)> {
    vec![
        ("legend-spot danger", t.say("map-danger")),
        ("legend-spot attention", t.say("map-attention")),
        ("legend-spot old", t.say("map-old")),
        ("legend-spot plain", t.say("map-plain")),
        ("legend-route", t.say("map-route")),
        ("legend-vehicle", t.say("map-vehicle")),
    ]
}

/// The map in both widths.
pub(super) fn series(t: Say, found: &MapView, legend: Vec<(&'static str, String)>) -> String {
    let now = found.list.at;
    let spots = found.placed.iter().rev().filter_map(|placed| {
        let line = found.list.lines.get(placed.line)?;
        let number = placed.line + 1;
        let unknown = is_unknown(line);
        Some(Spot {
            at: placed.at?,
            tone: tone(t, line, now).class(),
            sign: if unknown { "?".to_owned() } else { number.to_string() },
            label: if placed.line < NAMED { line.name.clone() } else { String::new() },
            words: format!("{number}. {}: {}", line.name, outlook_words(t, &line.outlook)),
        })
    });
    let outlines = found.shapes.iter().flat_map(|shape| shape.parts.iter().map(|part| part.rings.clone()));
    let mut chart = MapChart {
        id: "map".to_owned(),
        title: t.one("map-title", "province", &found.list.province),
        description: sentence(t, found),
        outlines: outlines.collect(),
        spots: spots.collect(),
        vehicles: found.vehicles.iter().filter_map(|line| vehicle(t, line)).collect(),
        routes: found.routes.iter().map(|route| (route.from, route.to, route.name.clone())).collect(),
        legend,
    };
    let drawn = |id: &str, chart: &mut MapChart, width: Width| {
        id.clone_into(&mut chart.id);
        chart::map(chart, width)
    };
    let wide = drawn("map", &mut chart, Width::Wide);
    // A phone has no room for names: the numbers lead to the list.
    chart.spots.iter_mut().chain(&mut chart.vehicles).for_each(|spot| spot.label.clear());
    let narrow = drawn("map-narrow", &mut chart, Width::Narrow);
    if wide.is_empty() {
        return String::new();
    }
    format!(r#"<div class="only-desk">{wide}</div><div class="only-phone">{narrow}</div>"#)
}

/// A vehicle that said where it is; one that said so long ago is pale.
fn vehicle(t: Say, line: &VehicleLine) -> Option<Spot> {
    let position = line.position.as_ref()?;
    let plate = line.kept.content.plate.clone();
    Some(Spot {
        at: position.place,
        tone: if position.old { "old" } else { "plain" },
        sign: String::new(),
        words: format!("{plate}: {}", position_words(t, position)),
        label: plate,
    })
}

/// The vehicles of the map: near what, how long ago, how far from where they go.
pub(super) fn vehicles(t: Say, found: &MapView) -> Option<Section> {
    let rows = found.vehicles.iter().filter_map(|line| {
        let position = line.position.as_ref()?;
        let carries: Vec<String> = line.carries.iter().map(|(facility, _)| facility.clone()).collect();
        let plate = Cell::text(line.kept.content.plate.clone()).told(carries.join(", "));
        Some(vec![plate, position_cell(t, position, &line.distances)])
    });
    let columns = ["supply-field-plate", "vehicles-column-position"].map(|key| Column::words(t.say(key))).to_vec();
    let table = Some(Table { rows: rows.collect(), columns });
    let section =
        Section { about: t.say("vehicles-position-about"), table, ..Section::new("xe", t.say("map-vehicles")) };
    (!found.vehicles.is_empty()).then_some(section)
}

/// The list beside the map, with the numbers of the circles.
pub(super) fn list(t: Say, found: &MapView) -> Table {
    let now = found.list.at;
    let row = |(place, line): (usize, &Line)| {
        let placed = found.placed.get(place).is_some_and(|placed| placed.at.is_some());
        let told = if placed { line.area.clone() } else { t.say("map-not-placed") };
        vec![
            Cell::text((place + 1).to_string()),
            Cell::link(&line.name, format!("/co-so/{}", line.facility)).told(told),
            Cell::text(outlook_words(t, &line.outlook)).toned(tone(t, line, now)),
        ]
    };
    Table {
        columns: vec![
            Column::number(t.say("command-column-number")),
            Column::words(t.say("column-facility")),
            Column::words(t.say("column-left")),
        ],
        rows: found.list.lines.iter().enumerate().map(row).collect(),
    }
}
