//! /chi-dao/ban-tin/{id}: one bulletin on its way to the public (CM02).

use axum::extract::{Path, State};
use desk::operations::steering::bulletin::approve_bulletin::ApproveBulletin;
use desk::operations::steering::bulletin::check_bulletin::CheckBulletin;
use desk::operations::steering::bulletin::withdraw_bulletin::WithdrawBulletin;
use desk::record::Kept;
use desk::rights::Capability;
use desk::steering::bulletin::{Bulletin, BulletinId, Figure, Standing};
use desk::views::steering::bulletin::{bulletin, docx};

use super::super::{Typed, asked};
use super::bulletins::{PATH, draft_fields, draft_of, number_cell, standing_cell};
use super::{form, marked, table, version_of};
use crate::app::App;
use crate::pages::around::look;
use crate::pages::filled::{Sending, Wanted, id_of};
use crate::pages::plain::{answer, plain};
use crate::pages::public::DOCX;
use crate::respond::{Answer, attachment};
use crate::view::{Cell, Link, Say, Section};
use crate::visitor::Member;

/// GET /chi-dao/ban-tin/{id}.
pub(in crate::pages) async fn page(Wanted { app, member, id, fields }: Wanted<BulletinId>) -> Answer {
    show(&app, &member, id, Typed::after(member.caller.say, &fields)).await
}

/// GET /chi-dao/ban-tin/{id}/docx: as a file, a draft marked as one.
pub(in crate::pages) async fn download(State(app): State<App>, Path(id): Path<String>, member: Member) -> Answer {
    let id = id_of(&id, &member.caller)?;
    let (_, bytes) =
        look(&app, &member, move |_, connection, actor| docx(&bulletin(connection, actor, id)?.content)).await?;
    Ok(attachment(DOCX, "ban-tin.docx", bytes))
}

/// POST /chi-dao/ban-tin/{id}: written anew, checked, approved, revised, taken back.
pub(in crate::pages) async fn change(sending: Sending) -> Answer {
    let form = sending.by_whom(Capability::CheckBulletin)?;
    let (key, id): (_, BulletinId) = (form.key(), form.id()?);
    let path = format!("{PATH}/{id}");
    let acted = match form.wants() {
        "draft" | "revise" => {
            form.member.must(Capability::DraftReport)?;
            let operation = draft_of(&form).await?;
            form.make(Ok(operation), |id| format!("{PATH}/{id}"), "done-bulletin-drafted").await
        }
        "check" => form.act(Ok(CheckBulletin { key, bulletin: id }), &path, "done-bulletin-checked").await,
        "approve" => {
            let operation = ApproveBulletin { key, bulletin: id, version: version_of(&form)? };
            form.act(Ok(operation), &path, "done-bulletin-approved").await
        }
        "withdraw" => {
            let operation = WithdrawBulletin { key, bulletin: id, reason: form.text("reason") };
            form.act(Ok(operation), &path, "done-bulletin-withdrawn").await
        }
        _ => Err(form.unreadable()),
    };
    acted?.or(|typed| show(&form.app, &form.member, id, typed)).await
}

async fn show(app: &App, member: &Member, id: BulletinId, mut typed: Typed) -> Answer {
    let (around, kept) = look(app, member, move |_, connection, actor| bulletin(connection, actor, id)).await?;
    let t = member.caller.say;
    let told = &kept.content;
    let mut page = plain(app, member, &around, "steering-bulletins", sentence(t, told));
    page.title = told.title.clone();
    page.trail = vec![Link { text: t.say("steering-bulletins"), href: PATH.to_owned() }];
    page.about = marked(t, told.simulated, &told.title);
    page.links.push(Link { text: t.say("bulletin-docx"), href: format!("{PATH}/{id}/docx") });
    if told.is_public() {
        page.links.push(Link { text: t.say("bulletin-public"), href: format!("/ban-tin/{id}") });
    }
    page.sections.extend(steps_ahead(t, app, member, &kept, &mut typed));
    page.sections.push(figures(t, told));
    for (name, title, words) in
        [("san-sang", "bulletin-preparedness", &told.preparedness), ("mo-hinh", "bulletin-models", &told.models)]
    {
        if !words.is_empty() {
            let mut section = Section::new(name, t.say(title));
            section.about.clone_from(words);
            page.sections.push(section);
        }
    }
    page.sections.push(steps(t, told));
    page.sections.extend(rewrite(t, app, member, &kept, &mut typed));
    Ok(answer(&typed.onto(page)))
}

fn sentence(t: Say, told: &Bulletin) -> String {
    match told.standing {
        Standing::Draft => t.say("bulletin-sentence-draft"),
        Standing::Checked => t.say("bulletin-sentence-checked"),
        Standing::Approved => t.one("bulletin-sentence-approved", "number", number_cell(t, told).text),
        Standing::Replaced => t.say("bulletin-sentence-replaced"),
        Standing::Withdrawn => match &told.withdrawn {
            Some((_, reason)) => t.one("bulletin-sentence-withdrawn", "reason", reason.clone()),
            None => t.say("bulletin-is-withdrawn"),
        },
    }
}

/// What may be done next, for whoever may do it.
fn steps_ahead(t: Say, app: &App, member: &Member, kept: &Kept<Bulletin>, typed: &mut Typed) -> Option<Section> {
    let actor = &member.visitor.actor;
    let told = &kept.content;
    let own = told.is_by(actor.user);
    let path = format!("{PATH}/{}", kept.id);
    let mut section = Section::new("buoc-tiep", t.say("bulletin-next"));
    match told.standing {
        Standing::Draft if actor.may(Capability::CheckBulletin) && !own => {
            section.forms.push(typed.form(form(app, &path, "check", t.say("bulletin-check"))));
        }
        Standing::Checked if actor.may(Capability::SignReport) && !own => {
            let mut form =
                form(app, &path, "approve", t.say("bulletin-approve")).hidden("version", kept.version.to_string());
            form.means = t.say("bulletin-approve-means");
            section.forms.push(typed.form(form));
        }
        Standing::Draft => section.about = t.say("bulletin-waits-check"),
        Standing::Checked => section.about = t.say("bulletin-waits-approval"),
        _ => return None,
    }
    Some(section)
}

fn figures(t: Say, told: &Bulletin) -> Section {
    let mut section = Section::new("so-lieu", t.say("bulletin-figures"));
    section.empty = t.say("bulletin-figures-empty");
    let row = |figure: &Figure| {
        vec![
            Cell::text(&figure.title),
            Cell::known(figure.value.clone(), &figure.unit),
            Cell::text(&figure.of),
            Cell::text(&figure.definition),
        ]
    };
    let columns =
        [("bulletin-figure", false), ("bulletin-value", false), ("bulletin-of", false), ("bulletin-definition", false)];
    section.table = Some(table(t, &columns, told.figures.iter().map(row).collect()));
    section
}

/// Who did what when.
fn steps(t: Say, told: &Bulletin) -> Section {
    let mut section = Section::new("cac-buoc", t.say("bulletin-steps"));
    let mut rows = vec![("bulletin-drafted", &told.drafted, String::new())];
    rows.extend(told.checked.as_ref().map(|hand| ("bulletin-checked", hand, String::new())));
    rows.extend(told.approved.as_ref().map(|hand| ("bulletin-approved", hand, String::new())));
    rows.extend(told.withdrawn.as_ref().map(|(hand, reason)| ("bulletin-is-withdrawn", hand, reason.clone())));
    let rows = rows.into_iter().map(|(step, hand, told)| {
        vec![Cell::text(t.say(step)).told(told), Cell::text(&hand.name), Cell::text(hand.at.to_string())]
    });
    section.about = match &told.revises {
        Some((_, reason)) => t.two("bulletin-revised", "number", told.revision as usize, "reason", reason.clone()),
        None => String::new(),
    };
    let mut all: Vec<Vec<Cell>> = rows.collect();
    all.push(vec![Cell::text(t.say("bulletin-standing")), standing_cell(t, told), Cell::default()]);
    let columns = [("bulletin-step", false), ("bulletin-by", false), ("bulletin-at", false)];
    section.table = Some(table(t, &columns, all));
    section
}

/// A draft written anew, a published one revised or taken back.
fn rewrite(t: Say, app: &App, member: &Member, kept: &Kept<Bulletin>, typed: &mut Typed) -> Vec<Section> {
    let actor = &member.visitor.actor;
    let told = &kept.content;
    let path = format!("{PATH}/{}", kept.id);
    let mut sections = Vec::new();
    let mut folded = |name: &str, title: &str, form| {
        let mut section = Section::new(name, t.say(title));
        section.folded = true;
        section.forms.push(form);
        sections.push(section);
    };
    if actor.may(Capability::DraftReport) && matches!(told.standing, Standing::Draft | Standing::Checked) {
        let form = form(app, &path, "draft", t.say("bulletin-rewrite")).hidden("bulletin", kept.id.to_string());
        folded("soan-lai", "bulletin-rewrite", typed.form(draft_fields(t, form, Some(told))));
    }
    if actor.may(Capability::DraftReport) && told.is_public() {
        let form = form(app, &path, "revise", t.say("bulletin-revise")).hidden("revises", kept.id.to_string());
        let form = form.field(asked("reason", t.say("bulletin-reason")));
        folded("dinh-chinh", "bulletin-revise", typed.form(draft_fields(t, form, Some(told))));
    }
    let still = matches!(told.standing, Standing::Draft | Standing::Checked | Standing::Approved);
    if actor.may(Capability::SignReport) && still {
        let form = form(app, &path, "withdraw", t.say("bulletin-withdraw"));
        let form = form.field(asked("reason", t.say("bulletin-reason")));
        folded("thu-hoi", "bulletin-withdraw", typed.form(form));
    }
    sections
}
