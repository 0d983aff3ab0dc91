//! /oxy/ban-do: where oxygen runs out first; and /chi-dao/ranh-gioi, where outlines are brought in (OX07, OX09).

use axum::extract::{Query, State};
use desk::background::aside;
use desk::command::boundaries::Boundaries;
use desk::operations::command::import_boundaries::{ImportBoundaries, choose};
use desk::views::command::map::{layers, map};
use place::boundary::{Axes, parse};
use quantity::time::show_date;

use super::map_words::{legend, list, series};
use super::{Typed, form};
use crate::app::App;
use crate::pages::around::look;
use crate::pages::fields::Fields;
use crate::pages::filled::Sending;
use crate::pages::plain::{answer, plain};
use crate::pages::words::{fill, number};
use crate::respond::{Answer, Problem};
use crate::view::{Cell, Column, Field, Form, Input, Link, Say, Section, Table};
use crate::visitor::Member;

const BOUNDARIES: &str = "/chi-dao/ranh-gioi";

/// GET /oxy/ban-do.
pub(crate) async fn page(State(app): State<App>, member: Member) -> Answer {
    let (around, found) = look(&app, &member, map).await?;
    let t = member.caller.say;
    let placed = found.placed.iter().filter(|one| one.at.is_some()).count();
    let missing = found.placed.len() - placed;
    let sentence = super::map_words::sentence(t, &found);
    let mut page = plain(&app, &member, &around, "map", sentence);
    page.about = match (&found.boundaries, missing) {
        (Some(known), _) => t.two("map-outlines", "file", &known.file_name, "day", show_date(known.imported_on)),
        (None, 0) => t.say("map-no-outlines"),
        (None, _) => t.one("map-unplaced", "count", missing),
    };
    page.links.push(Link { text: t.say("running-out"), href: "/oxy".to_owned() });
    let mut section = Section::new("ban-do", String::new());
    section.drawing = series(t, &found, legend(t));
    section.table = Some(list(t, &found));
    section.empty = t.say("empty-no-facility");
    page.sections.push(section);
    page.sections.extend(super::map_words::vehicles(t, &found));
    Ok(answer(&page))
}

/// GET /chi-dao/ranh-gioi.
pub(crate) async fn boundaries(State(app): State<App>, Query(fields): Query<Fields>, member: Member) -> Answer {
    show(&app, &member, Typed::after(member.caller.say, &fields)).await
}

/// POST /chi-dao/ranh-gioi: a file of outlines.
pub(crate) async fn import(sending: Sending) -> Answer {
    let mut form = sending.open()?;
    // Who may not is told so before a file is read for nothing.
    look(&form.app, &form.member, layers).await?;
    if form.wants() != "import" {
        return Err(form.unreadable());
    }
    let Some(upload) = form.upload.take() else {
        let empty = form.refused(desk::command::Refused::Empty { field: "file" })?;
        return show(&form.app, &form.member, empty).await;
    };
    let axes = match form.fields.text("axes") {
        "north" => Some(Axes::NorthFirst),
        _ => None,
    };
    let (_, (registry, day)) = look(&form.app, &form.member, |office, connection, actor| {
        Ok((office.registry(connection, actor.province)?, office.now(connection)?.date()))
    })
    .await?;
    let source = form.text("source");
    let read = aside(move || {
        let text = String::from_utf8_lossy(&upload.bytes);
        let parsed = parse(&text, axes).map_err(desk::Failure::refused)?;
        choose(&registry, day, parsed, &upload.name, &source)
    })
    .await
    .map_err(|failure| Problem::of(failure, &form.member.caller))?;
    let operation = read.map(|(shapes, about)| ImportBoundaries { key: form.key(), shapes, about });
    let acted = form.act(operation, BOUNDARIES, "done-command-boundaries").await?;
    acted.or(|typed| show(&form.app, &form.member, typed)).await
}

async fn show(app: &App, member: &Member, mut typed: Typed) -> Answer {
    let (around, found) = look(app, member, layers).await?;
    let t = member.caller.say;
    let sentence =
        if found.is_empty() { t.say("boundaries-none") } else { t.one("boundaries-some", "count", found.len()) };
    let mut page = plain(app, member, &around, "boundaries", sentence);
    page.about = t.say("boundaries-about");
    let mut section = Section::new("lop", t.say("boundaries-layers"));
    section.table = Some(Table {
        columns: [
            "command-column-layer",
            "command-column-file",
            "command-column-areas",
            "command-column-points",
            "column-source",
        ]
        .map(|key| Column::words(t.say(key)))
        .into(),
        rows: found.iter().map(|kept| row(t, &kept.content)).collect(),
    });
    section.empty = t.say("boundaries-empty");
    let axes = [("", "command-axes-usual"), ("north", "command-axes-north")]
        .map(|(value, key)| (value.to_owned(), t.say(key)));
    let mut chosen = super::choices("axes", t.say("command-field-axes"), axes).hint(t.say("command-field-axes-hint"));
    chosen.required = false;
    let filled = form(app, BOUNDARIES, "import", t.say("boundaries-import"))
        .field(
            Field::words("file", t.say("command-field-geojson"))
                .input(Input::File(".geojson,.json,application/geo+json".into()))
                .required(),
        )
        .field(chosen)
        .field(Field::words("source", t.say("column-source")));
    section.forms.push(typed.form(Form { multipart: true, ..filled }));
    page.sections.push(section);
    Ok(answer(&typed.onto(page)))
}

fn row(t: Say, known: &Boundaries) -> Vec<Cell> {
    let points = if known.points < known.points_before {
        // A degree is 111 km.
        let facts = [
            ("before", known.points_before.to_string().into()),
            ("metres", number(t, known.tolerance * 111_000.0, 0).into()),
        ];
        Cell::text(known.points.to_string()).told(fill(t, "boundaries-simplified", &facts))
    } else {
        Cell::text(known.points.to_string())
    };
    let closed = if known.closed > 0 { t.one("boundaries-closed", "count", known.closed) } else { String::new() };
    vec![
        Cell::text(t.say(&format!("layer-{}", known.layer))),
        Cell::text(&known.file_name).told(show_date(known.imported_on)),
        Cell::text(known.areas.to_string()).told(t.one("boundaries-left-out", "count", known.left_out)),
        if closed.is_empty() { points } else { points.told(closed) },
        Cell::text(&known.source),
    ]
}
