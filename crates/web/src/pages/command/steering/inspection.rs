//! /chi-dao/kiem-tra/{id}: one visit: what was ticked, what was found, what mends it (DT12, GS10).

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::IntoResponse;
use desk::operations::steering::inspections::note_shortcoming::NoteShortcoming;
use desk::operations::steering::inspections::order_remedies::OrderRemedies;
use desk::rights::Capability;
use desk::steering::inspection::{InspectionId, Seen};
use desk::views::steering::inspections::{InspectionInFull, inspection, photo};
use quantity::time::show_date;

use super::super::{Typed, asked, day_field, share};
use super::inspections::{PATH, again_href, seen_key};
use super::{
    day_or_none, due_cell, form, give_out_form, lines_field, marked, owner_cell, state_cell, table, text_cell,
    version_of,
};
use crate::app::App;
use crate::pages::around::look;
use crate::pages::filled::{Sending, Upload, Wanted, id_of};
use crate::pages::plain::{answer, plain};
use crate::respond::{Answer, Problem};
use crate::view::{Cell, Field, Input, Link, Say, Section, Tone};
use crate::visitor::Member;

/// GET /chi-dao/kiem-tra/{id}.
pub(in crate::pages) async fn page(Wanted { app, member, id, fields }: Wanted<InspectionId>) -> Answer {
    show(&app, &member, id, Typed::after(member.caller.say, &fields)).await
}

/// POST /chi-dao/kiem-tra/{id}: a finding with its remedy, or the word that gives remedies out.
pub(in crate::pages) async fn change(sending: Sending) -> Answer {
    let mut form = sending.by_whom(Capability::KeepCommand)?;
    let (key, id): (_, InspectionId) = (form.key(), form.id()?);
    let path = format!("{PATH}/{id}");
    let acted = match form.wants() {
        "finding" => {
            let photo = form.upload.take().map(Upload::attached);
            let operation = day_or_none(&form.fields, "last_day").map(|last_day| NoteShortcoming {
                key,
                inspection: id,
                what: form.text("what"),
                remedy: form.text("remedy"),
                owner: form.text("owner"),
                last_day,
                photo,
            });
            form.act(operation, &path, "done-inspection-finding").await
        }
        "confirm" => {
            let operation = OrderRemedies { key, inspection: id, version: version_of(&form)? };
            form.act(Ok(operation), &path, "done-steering-given").await
        }
        _ => Err(form.unreadable()),
    };
    acted?.or(|typed| show(&form.app, &form.member, id, typed)).await
}

/// GET /chi-dao/kiem-tra/{id}/anh/{place}: the picture of something that was found.
pub(in crate::pages) async fn picture(
    State(app): State<App>,
    Path((id, place)): Path<(String, String)>,
    member: Member,
) -> Answer {
    let id = id_of(&id, &member.caller)?;
    let place: usize = place.parse().map_err(|_| Problem::no_page(&member.caller))?;
    let (_, (kind, bytes)) =
        look(&app, &member, move |_, connection, actor| photo(connection, actor, id, place)).await?;
    Ok(([(header::CONTENT_TYPE, kind)], bytes).into_response())
}

async fn show(app: &App, member: &Member, id: InspectionId, mut typed: Typed) -> Answer {
    let (around, found) =
        look(app, member, move |office, connection, actor| inspection(office, connection, actor, id)).await?;
    let t = member.caller.say;
    let visit = &found.visit.content;
    let path = format!("{PATH}/{id}");
    let mut page = plain(app, member, &around, "steering-inspections", sentence(t, &found));
    page.title = visit.target.name.clone();
    page.trail = vec![Link { text: t.say("steering-inspections"), href: PATH.to_owned() }];
    let list = found.list.as_ref().map_or_else(|| visit.checklist.clone(), |list| list.title.clone());
    let facts = [("on", show_date(visit.on).into()), ("by", visit.by.clone().into()), ("list", list.into())];
    page.about = crate::pages::words::fill(t, "inspection-about", &facts);
    if let Some(plan) = &found.plan {
        page.about = format!("{} {}", page.about, t.one("inspection-of-plan", "plan", plan.clone()));
    }
    page.links.push(Link {
        text: t.say("inspection-again"),
        href: again_href(&visit.checklist, &visit.target.name, &id.to_string()),
    });
    page.sections.push(findings(t, app, &path, &found, &mut typed));
    page.sections.push(ticked(t, &found));
    if found.others.len() > 1 {
        page.sections.push(over_time(t, &found));
    }
    Ok(answer(&typed.onto(page)))
}

fn sentence(t: Say, found: &InspectionInFull) -> String {
    let visit = &found.visit.content;
    let name = marked(t, visit.simulated, &visit.target.name);
    let open = found.remedies.iter().filter(|line| !line.line.left_out && !line.is_done()).count();
    match visit.share() {
        Some(met) => {
            let met = format!("{} %", crate::pages::words::percent(t, met));
            let facts = [("name", name.into()), ("met", met.into()), ("open", open.into())];
            crate::pages::words::fill(t, "inspection-sentence", &facts)
        }
        None => t.two("inspection-sentence-unknown", "name", name, "open", open),
    }
}

fn findings(t: Say, app: &App, path: &str, found: &InspectionInFull, typed: &mut Typed) -> Section {
    let mut section = Section::new("ton-tai", t.say("inspection-findings"));
    section.empty = t.say("inspection-findings-empty");
    let pairs = found.visit.content.found.iter().zip(&found.remedies).enumerate();
    let rows = pairs.map(|(place, (one, remedy))| {
        let mut what = Cell::text(&one.what);
        if one.photo.is_some() {
            what = what.more(Link { text: t.say("inspection-photo"), href: format!("{path}/anh/{place}") });
        }
        vec![what, text_cell(t, remedy), owner_cell(t, remedy), due_cell(t, remedy), state_cell(t, remedy)]
    });
    let columns = [
        ("inspection-what", false),
        ("inspection-remedy", false),
        ("steering-owner", false),
        ("steering-last-day", false),
        ("steering-state", false),
    ];
    section.table = Some(table(t, &columns, rows.collect()));
    if found.remedies.iter().any(|line| line.line.waits()) {
        let form = give_out_form(t, app, path, found.visit.version, "inspection-confirm");
        section.forms.push(typed.form(form));
    }
    let mut form = form(app, path, "finding", t.say("inspection-add-finding"))
        .field(lines_field("what", t.say("inspection-what")).required())
        .field(asked("remedy", t.say("inspection-remedy")))
        .field(
            Field::words("owner", t.say("steering-owner"))
                .value(&found.visit.content.target.name)
                .hint(t.say("steering-owner-hint")),
        )
        .field(day_field("last_day", t.say("steering-last-day"), None))
        .field(
            Field::words("file", t.say("inspection-photo"))
                .input(Input::File("image/jpeg,image/png,.pdf".to_owned()))
                .hint(t.say("steering-file-hint")),
        );
    form.multipart = true;
    section.forms.push(typed.form(form));
    section
}

fn ticked(t: Say, found: &InspectionInFull) -> Section {
    let mut section = Section::new("phieu", t.say("inspection-list"));
    let Some(list) = &found.list else { return section };
    if list.unconfirmed {
        section.about = t.one("inspections-list-unconfirmed", "source", list.source.clone());
    }
    let rows = list.items.iter().map(|item| {
        let seen = match found.visit.content.seen(&item.key) {
            Some(Seen::Met) => Cell::text(t.say(&seen_key(Seen::Met))).toned(Tone::Confirmed),
            Some(Seen::NotMet) => Cell::text(t.say(&seen_key(Seen::NotMet))).toned(Tone::Attention),
            Some(Seen::NotHere) => Cell::text(t.say(&seen_key(Seen::NotHere))),
            None => Cell::unknown(),
        };
        vec![Cell::text(&item.title), seen]
    });
    section.table = Some(table(t, &[("inspection-line", false), ("inspection-seen", false)], rows.collect()));
    section
}

fn over_time(t: Say, found: &InspectionInFull) -> Section {
    let mut section = Section::new("cac-luot", t.say("inspection-visits"));
    let rows = found.others.iter().rev().map(|(id, on, met)| {
        let day = show_date(*on);
        let cell = if *id == found.visit.id { Cell::text(day) } else { Cell::link(day, format!("{PATH}/{id}")) };
        vec![cell, met.map_or_else(Cell::unknown, |met| share(t, met))]
    });
    section.table = Some(table(t, &[("inspections-on", false), ("inspections-met", true)], rows.collect()));
    section
}
