//! /dinh-muc/rieng: the province's own norms, each with its source and its days; a new one by who may decide it.

use axum::extract::{Query, State};
use axum::response::Response;
use desk::operations::override_norm::OverrideNorm;
use desk::random;
use desk::rights::Capability;
use desk::views::norms::{InForce, Table as NormsTable, norms};
use protocol::{Figure, NormUnit, Override, VersionId};
use quantity::time::show_date;

use super::Typed;
use crate::app::App;
use crate::pages::around::{Around, look};
use crate::pages::fields::{Fields, Sent, server_key};
use crate::pages::means_fields::{
    Read, choice_field, day, day_field, missing, needed_day, number, number_field, refusal, whole, words, words_field,
};
use crate::pages::norms::{amount, key_of, unit_words};
use crate::pages::plain::{answer, done, plain, said_done};
use crate::pages::words::fill;
use crate::respond::{Answer, Problem};
use crate::view::{Cell, Column, Form, Link, Say, Section, Table, Tone};
use crate::visitor::Member;

async fn look_up(app: &App, member: &Member) -> Result<(Around, (InForce, Vec<Override>)), Problem> {
    look(app, member, |office, connection, actor| {
        Ok((norms(office, connection, actor)?, desk::views::norms::own(connection, actor)?))
    })
    .await
}

/// GET /dinh-muc/rieng.
pub(in crate::pages) async fn page(State(app): State<App>, Query(fields): Query<Fields>, member: Member) -> Answer {
    let (around, found) = look_up(&app, &member).await?;
    let said = said_done(member.caller.say, fields.text("xong"));
    let typed = Typed { fields: &Fields::default(), refusal: None };
    Ok(page_of(&app, &member, &around, &found, &typed, said))
}

/// POST /dinh-muc/rieng.
pub(in crate::pages) async fn decide(State(app): State<App>, member: Member, sent: Sent) -> Answer {
    let fields = sent.vouched(&member.caller)?;
    let (around, found) = look_up(&app, &member).await?;
    member.must(Capability::OverrideNorm)?;
    match perform(&app, &member, &found.0, &fields).await {
        Ok(()) => Ok(done("/dinh-muc/rieng", "done-own-norm")),
        Err(unread) => {
            let typed = Typed { fields: &fields, refusal: Some(refusal(unread, &member.caller)?) };
            Ok(page_of(&app, &member, &around, &found, &typed, String::new()))
        }
    }
}

async fn perform(app: &App, member: &Member, found: &InForce, fields: &Fields) -> Read<()> {
    let (table, key) = fields.text("norm").split_once('/').ok_or_else(|| missing("norm"))?;
    let known = found.tables.iter().find(|known| known.name == table).ok_or_else(|| missing("norm"))?;
    // Shares are typed in per cent, as they are read.
    let part = if known.unit == NormUnit::Share { 100.0 } else { 1.0 };
    let value = number(fields, "value")?.ok_or_else(|| missing("value"))? / part;
    let end = |name: &str| -> Read<f64> { Ok(number(fields, name)?.map_or(value, |number| number / part)) };
    let own = Override {
        id: VersionId::new(&format!("tinh/{}", &random::id(app.office.real_now()).to_string()[24..])),
        table: table.to_owned(),
        key: key.to_owned(),
        figure: Figure { low: end("low")?, value, high: end("high")? },
        unit: known.unit,
        source: words(fields, "source").ok_or_else(|| missing("source"))?,
        valid_from: needed_day(fields, "from")?,
        valid_to: day(fields, "to")?,
    };
    app.office.perform(member.visitor.actor.clone(), OverrideNorm { own }).await.map(drop).map_err(whole)
}

fn page_of(
    app: &App,
    member: &Member,
    around: &Around,
    (found, own): &(InForce, Vec<Override>),
    typed: &Typed<'_>,
    said: String,
) -> Response {
    let t = member.caller.say;
    let in_force = own.iter().filter(|own| is_in_force(found, own)).count();
    let sentence = if own.is_empty() {
        t.say("own-norms-none")
    } else {
        fill(t, "own-norms-says", &[("count", in_force.into()), ("all", own.len().into())])
    };
    let mut page = plain(app, member, around, "room-oxygen", sentence);
    page.title = t.say("own-norms");
    page.about = t.say("own-norms-about");
    page.done = said;
    page.trail = vec![
        Link { text: t.say("running-out"), href: "/oxy".into() },
        Link { text: t.say("norms"), href: "/dinh-muc".into() },
    ];
    page.sections.push(table(t, found, own));
    let actor = &member.visitor.actor;
    if actor.may(Capability::OverrideNorm) && actor.sees_all() {
        page.sections.push(form_section(t, app, found, typed));
    }
    answer(&page)
}

fn is_in_force(found: &InForce, own: &Override) -> bool {
    let answers = |table: &NormsTable| {
        table.name == own.table && table.norms.iter().any(|norm| norm.own.as_ref().is_some_and(|one| one.id == own.id))
    };
    found.tables.iter().any(answers)
}

fn table(t: Say, found: &InForce, own: &[Override]) -> Section {
    let rows = own.iter().rev().map(|own| {
        let known = found.tables.iter().find(|table| table.name == own.table);
        let shown = |value| amount(t, own.unit, value);
        let (low, high) = (shown(own.figure.low), shown(own.figure.high));
        let range = if low == high { String::new() } else { format!("{low} – {high}") };
        let days = match own.valid_to {
            Some(to) => t.two("norm-valid-until", "from", show_date(own.valid_from), "to", show_date(to)),
            None => t.one("norm-valid-from", "from", show_date(own.valid_from)),
        };
        let state = if is_in_force(found, own) {
            Cell::text(t.say("own-norm-in-force")).toned(Tone::Confirmed)
        } else {
            Cell::text(t.say("own-norm-not-in-force"))
        };
        vec![
            Cell::text(t.say(&key_of(&own.key)))
                .told(known.map_or_else(String::new, |table| table.version.title.clone())),
            Cell::figure(
                shown(own.figure.value),
                known.map_or_else(String::new, |table| unit_words(t, table, &own.key)),
            )
            .told(range),
            state.told(days),
            Cell::text(&own.source).told(own.id.to_string()),
        ]
    });
    Section {
        empty: t.say("own-norms-empty"),
        table: Some(Table {
            columns: vec![
                Column::words(t.say("column-norm")),
                Column::number(t.say("column-value")),
                Column::words(t.say("own-norm-column-days")),
                Column::words(t.say("own-norm-column-source")),
            ],
            rows: rows.collect(),
        }),
        ..Section::new("rieng", t.say("own-norms"))
    }
}

fn form_section(t: Say, app: &App, found: &InForce, typed: &Typed<'_>) -> Section {
    let fields = typed.fields;
    let norms = found.tables.iter().flat_map(|table| {
        table.norms.iter().map(move |norm| {
            let unit = unit_words(t, table, &norm.key);
            let name = format!(
                "{}: {} ({} {unit})",
                table.version.title,
                t.say(&key_of(&norm.key)),
                amount(t, table.unit, norm.figure.value)
            );
            (format!("{}/{}", table.name, norm.key), name)
        })
    });
    let number = |name: &str, label: &str| number_field(t, fields, name, label, "");
    let mut form = Form::new("/dinh-muc/rieng", t.say("own-norm-save"), server_key(app.office.real_now()))
        .field(choice_field(t, fields, "norm", "column-norm", norms).required())
        .field(number("value", "column-value").required().hint(t.say("own-norm-hint-value")))
        .field(number("low", "own-norm-low"))
        .field(number("high", "own-norm-high"))
        .field(
            words_field(t, fields, "source", "own-norm-column-source").required().hint(t.say("own-norm-hint-source")),
        )
        .field(day_field(t, fields, "from", "own-norm-from").required())
        .field(day_field(t, fields, "to", "own-norm-to"));
    form.means = t.say("own-norm-means");
    form.refusal = typed.refusal.clone();
    let mut section = Section::new("ghi", t.say("own-norm-form"));
    section.forms.push(form);
    section
}
