//! /chi-dao/ban-tin: bulletins for the public, drafted, checked, approved (CM02).

use axum::extract::{Query, State};
use desk::operations::steering::bulletin::draft_bulletin::DraftBulletin;
use desk::rights::Capability;
use desk::steering::bulletin::{Bulletin, BulletinId, Standing, Whitelist};
use desk::views::steering::bulletin::{Bulletins, bulletins, figures};

use super::super::{Typed, asked};
use super::{form, lines_field, marked, table};
use crate::app::App;
use crate::pages::around::look;
use crate::pages::fields::Fields;
use crate::pages::filled::{Filled, Sending};
use crate::pages::plain::{answer, plain};
use crate::respond::{Answer, Problem};
use crate::view::{Cell, Field, Form, Input, Link, Say, Section, Tone};
use crate::visitor::Member;

pub(in crate::pages) const PATH: &str = "/chi-dao/ban-tin";

/// GET /chi-dao/ban-tin.
pub(in crate::pages) async fn page(State(app): State<App>, Query(fields): Query<Fields>, member: Member) -> Answer {
    show(&app, &member, Typed::after(member.caller.say, &fields)).await
}

/// POST /chi-dao/ban-tin: a draft.
pub(in crate::pages) async fn change(sending: Sending) -> Answer {
    let form = sending.by_whom(Capability::DraftReport)?;
    let acted = match form.wants() {
        "draft" => {
            let operation = draft_of(&form).await?;
            form.make(Ok(operation), |id| format!("{PATH}/{id}"), "done-bulletin-drafted").await
        }
        _ => Err(form.unreadable()),
    };
    acted?.or(|typed| show(&form.app, &form.member, typed)).await
}

/// A draft as the form tells it, with what the ledger says now.
pub(super) async fn draft_of(form: &Filled) -> Result<DraftBulletin, Problem> {
    let (_, given) = look(&form.app, &form.member, figures).await?;
    let revises: Option<BulletinId> = form.named("revises")?;
    Ok(DraftBulletin {
        key: form.key(),
        bulletin: form.named("bulletin")?,
        revises: revises.map(|id| (id, form.text("reason"))),
        title: form.text("title"),
        figures: form.fields.0.keys().filter_map(|name| name.strip_prefix("figure.").map(str::to_owned)).collect(),
        preparedness: form.text("preparedness"),
        models: form.text("models"),
        given,
    })
}

/// The fields of a draft; those of a bulletin that is there, filled.
pub(super) fn draft_fields(t: Say, mut form: Form, known: Option<&Bulletin>) -> Form {
    let said = |words: fn(&Bulletin) -> &String| known.map(|known| words(known).clone()).unwrap_or_default();
    form.fields.push(asked("title", t.say("bulletin-title")).value(said(|known| &known.title)));
    for figure in &Whitelist::shipped().figures {
        let chosen = known.is_none_or(|known| known.figures.iter().any(|one| one.key == figure.key));
        let field = Field::words(format!("figure.{}", figure.key), figure.title.clone()).input(Input::Check);
        form.fields.push(field.value(if chosen { "1" } else { "" }).hint(figure.definition.clone()));
    }
    let preparedness = lines_field("preparedness", t.say("bulletin-preparedness"));
    form.fields.push(preparedness.value(said(|known| &known.preparedness)).hint(t.say("bulletin-preparedness-hint")));
    let models = lines_field("models", t.say("bulletin-models")).value(said(|known| &known.models));
    form.fields.push(models.hint(t.say("bulletin-models-hint")));
    form.means = t.say("bulletin-figures-means");
    form
}

async fn show(app: &App, member: &Member, mut typed: Typed) -> Answer {
    let (around, found) = look(app, member, bulletins).await?;
    let t = member.caller.say;
    let mut page = plain(app, member, &around, "steering-bulletins", sentence(t, &found));
    page.about = t.say("bulletins-about");
    page.links = vec![Link { text: t.say("bulletins-public"), href: "/ban-tin".to_owned() }];
    let mut section = Section::new("ban-tin", t.say("steering-bulletins"));
    section.empty = t.say("bulletins-empty");
    let rows = found.all.iter().map(|kept| {
        let told = &kept.content;
        let title = Cell::link(marked(t, told.simulated, &told.title), format!("{PATH}/{}", kept.id));
        let hand = |hand: Option<&desk::steering::bulletin::Hand>| {
            hand.map_or_else(Cell::default, |hand| Cell::text(hand.at.to_string()).told(&hand.name))
        };
        vec![
            number_cell(t, told),
            title,
            standing_cell(t, told),
            hand(Some(&told.drafted)),
            hand(told.checked.as_ref()),
            hand(told.approved.as_ref()),
        ]
    });
    let columns = [
        ("bulletin-number", true),
        ("bulletin-title", false),
        ("bulletin-standing", false),
        ("bulletin-drafted", false),
        ("bulletin-checked", false),
        ("bulletin-approved", false),
    ];
    section.table = Some(table(t, &columns, rows.collect()));
    page.sections.push(section);
    if member.visitor.actor.may(Capability::DraftReport) {
        let mut section = Section::new("soan", t.say("bulletin-draft"));
        section.folded = !found.all.is_empty();
        section.forms.push(typed.form(draft_fields(t, form(app, PATH, "draft", t.say("bulletin-draft-save")), None)));
        page.sections.push(section);
    }
    Ok(answer(&typed.onto(page)))
}

fn sentence(t: Say, found: &Bulletins) -> String {
    let of = |standing| found.all.iter().filter(|kept| kept.content.standing == standing).count();
    let waiting = of(Standing::Draft) + of(Standing::Checked);
    match found.all.iter().find(|kept| kept.content.is_public()) {
        Some(kept) => {
            let at = kept.content.approved.as_ref().map_or_else(String::new, |hand| hand.at.to_string());
            t.two("bulletins-sentence", "at", at, "waiting", waiting)
        }
        None => t.one("bulletins-none", "waiting", waiting),
    }
}

/// The number, with the revision where it is not the first.
pub(super) fn number_cell(t: Say, told: &Bulletin) -> Cell {
    let Some((number, year)) = told.number else { return Cell::text(t.say("bulletin-no-number")) };
    let cell = Cell::text(format!("{number}/{year}"));
    if told.revision > 1 { cell.told(t.one("bulletin-revision", "number", told.revision as usize)) } else { cell }
}

/// Where it stands.
pub(super) fn standing_cell(t: Say, told: &Bulletin) -> Cell {
    let (key, tone) = match told.standing {
        Standing::Draft => ("bulletin-is-draft", Tone::Attention),
        Standing::Checked => ("bulletin-is-checked", Tone::Attention),
        Standing::Approved => ("bulletin-is-approved", Tone::Confirmed),
        Standing::Replaced => ("bulletin-is-replaced", Tone::default()),
        Standing::Withdrawn => ("bulletin-is-withdrawn", Tone::default()),
    };
    Cell::text(t.say(key)).toned(tone)
}
