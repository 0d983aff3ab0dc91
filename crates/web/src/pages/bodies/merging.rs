//! /co-so/{id}/sap-nhap: a facility goes on in another: first in words what moves and what stays, then done (OX16).

use axum::extract::{Path, Query, State};
use axum::response::Response;
use desk::heritage::Moved;
use desk::operations::merge_facility::MergeFacility;
use desk::rights::Capability;
use desk::views::bodies::{Merging, merging};
use place::FacilityId;

use super::{key_of, trail};
use crate::app::App;
use crate::pages::around::{Around, look};
use crate::pages::chain_facility::facility_of;
use crate::pages::fields::{Fields, Sent, server_key};
use crate::pages::means_fields::{choice_field, missing, refusal, whole};
use crate::pages::plain::{answer, done, plain};
use crate::pages::words::{duration, fill, mass};
use crate::respond::{Answer, Problem};
use crate::view::{Cell, Column, Form, Refusal, Say, Section, Table, Tone};
use crate::visitor::Member;

async fn look_up(
    app: &App,
    member: &Member,
    from: FacilityId,
    into: Option<FacilityId>,
) -> Result<(Around, Merging), Problem> {
    look(app, member, move |office, connection, actor| merging(office, connection, actor, from, into)).await
}

/// GET /co-so/{id}/sap-nhap; `vao` is the one that goes on.
pub(in crate::pages) async fn page(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(fields): Query<Fields>,
    member: Member,
) -> Answer {
    let into = fields.text("vao").parse().ok();
    let (around, found) = look_up(&app, &member, facility_of(&id, &member)?, into).await?;
    Ok(page_of(&app, &member, &around, &found, None))
}

/// POST /co-so/{id}/sap-nhap: `do=look` tells what would move, `do=merge` moves it.
pub(in crate::pages) async fn merge(
    State(app): State<App>,
    Path(id): Path<String>,
    member: Member,
    sent: Sent,
) -> Answer {
    let fields = sent.vouched(&member.caller)?;
    let id = facility_of(&id, &member)?;
    let into: Option<FacilityId> = fields.text("into").parse().ok();
    let (around, found) = look_up(&app, &member, id, into).await?;
    member.must(Capability::KeepRegisters)?;
    let refused = match (&found.into, fields.text("do")) {
        (Some(heir), "look") => {
            return Ok(crate::pages::fields::see_other(&format!("/co-so/{id}/sap-nhap?vao={}", heir.id)));
        }
        (Some(heir), "merge") => {
            let merging = MergeFacility { key: key_of(&fields, ""), facility: id, into: heir.id };
            match app.office.perform(member.visitor.actor.clone(), merging).await {
                Ok(_) => return Ok(done(&format!("/co-so/{}/nguon", heir.id), "done-facility-merged")),
                Err(failure) => refusal(whole(failure), &member.caller)?,
            }
        }
        _ => refusal(missing("into"), &member.caller)?,
    };
    Ok(page_of(&app, &member, &around, &found, Some(refused)))
}

fn page_of(app: &App, member: &Member, around: &Around, found: &Merging, refused: Option<Refusal>) -> Response {
    let t = member.caller.say;
    let name = found.from.body.name.clone();
    let sentence = match &found.into {
        None => t.one("merging-choose", "name", &name),
        Some(into) => t.two("merging-says", "name", &name, "into", &into.body.name),
    };
    let mut page = plain(app, member, around, "room-oxygen", sentence);
    page.title = format!("{} · {name}", t.say("facility-merging"));
    page.about = t.say("merging-about");
    page.trail = trail(t, &found.from);
    let key = server_key(app.office.real_now());
    let action = format!("/co-so/{}/sap-nhap", found.from.id);
    let mut choose = Section::new("chon", t.say("merging-form-choose"));
    let choices = found.choices.iter().map(|(id, name)| (id.to_string(), name.clone()));
    let mut typed = Fields::default();
    if let Some(into) = &found.into {
        typed.0.insert("into".into(), into.id.to_string());
    }
    let form = Form::new(&action, t.say("merging-look"), key.clone())
        .hidden("do", "look")
        .field(choice_field(t, &typed, "into", "merging-field-into", choices).required());
    let chosen = found.into.is_some();
    choose.forms.push(Form { refusal: refused.clone().filter(|_| !chosen), ..form });
    choose.folded = chosen;
    if !chosen {
        page.sections.push(choose);
        return answer(&page);
    }
    page.sections.push(stores(t, found));
    if let Some(heritage) = &found.heritage {
        page.sections.push(moved(t, heritage.counted()));
        page.sections.push(left(t, heritage.counted(), heritage.orders, heritage.loans));
    }
    let mut doing = Section::new("lam", t.say("merging-form-do"));
    let mut form = Form::new(&action, t.say("merging-do"), key).hidden("do", "merge");
    if let Some(into) = &found.into {
        form = form.hidden("into", into.id.to_string());
        form.means = t.two("merging-means", "name", &name, "into", &into.body.name);
    }
    form.refusal = refused;
    doing.forms.push(form);
    page.sections.push(doing);
    page.sections.push(choose);
    answer(&page)
}

/// Each store with what it holds: it goes on under the same label, with the old facility's name behind it.
fn stores(t: Say, found: &Merging) -> Section {
    let rows = found.stores.iter().map(|line| {
        let holds = match &line.latest {
            _ if !line.store.kind.holds_stock() => Cell::default(),
            None => Cell::unknown().toned(Tone::Attention),
            Some(latest) => {
                let age = found.at - latest.happened_at;
                let old = age > quantity::Span::hours(24);
                let cell = Cell::text(mass(t, latest.grams)).told(duration(t, age));
                if old { cell.toned(Tone::Attention) } else { cell }
            }
        };
        vec![
            Cell::text(&line.store.label),
            holds,
            Cell::text(format!("{} ({})", line.store.label, found.from.body.name)),
        ]
    });
    Section {
        about: t.say("merging-stores-about"),
        empty: t.say("facility-stores-none"),
        table: Some(Table {
            columns: vec![
                Column::words(t.say("column-vessel")),
                Column::number(t.say("store-column-last")),
                Column::words(t.say("merging-column-becomes")),
            ],
            rows: rows.collect(),
        }),
        ..Section::new("nguon", t.say("merging-stores"))
    }
}

fn counted(t: Say, id: &str, title: &str, lines: Vec<(&'static str, usize)>) -> Section {
    let said = lines.into_iter().filter(|(_, count)| *count > 0);
    let said: Vec<String> = said.map(|(key, count)| fill(t, key, &[("count", count.into())])).collect();
    let about = if said.is_empty() { t.say("merging-nothing") } else { format!("{}.", said.join("; ")) };
    Section { about, ..Section::new(id, t.say(title)) }
}

fn moved(t: Say, moved: Moved) -> Section {
    let lines = vec![
        ("merging-contracts", moved.contracts),
        ("merging-accounts", moved.accounts),
        ("merging-phones", moved.phones),
        ("merging-terms", moved.terms),
        ("merging-links", moved.links),
        ("merging-vessels", moved.vessels),
        ("merging-works", moved.works),
        ("merging-sites", moved.sites),
        ("merging-machines", moved.machines),
        ("merging-closures", moved.closures),
    ];
    counted(t, "chuyen", "merging-moves", lines)
}

fn left(t: Say, moved: Moved, orders: usize, loans: usize) -> Section {
    let lines = vec![
        ("merging-orders", orders),
        ("merging-loans", loans),
        ("merging-terms-left", moved.terms_left),
        ("merging-power-left", moved.power_left),
        ("merging-beds-left", moved.beds_left),
        ("merging-alarms-left", moved.alarms_left),
    ];
    counted(t, "o-lai", "merging-stays", lines)
}
