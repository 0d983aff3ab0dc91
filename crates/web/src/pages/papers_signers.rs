//! /chi-dao/nguoi-ky: who may sign the papers of the health department, and as what.

use axum::extract::{Query, State};
use desk::operations::papers::appoint_signer::AppointSigner;
use desk::papers::signer::SignsAs;
use desk::rights::Capability;
use desk::views::papers::{Signers, signers};
use quantity::time::show_date;

use super::around::{Around, look};
use super::fields::{Fields, Sent, server_key};
use super::papers::LIST;
use super::plain::{answer, done, plain, said_done};
use crate::app::App;
use crate::respond::{Answer, Problem, refusal_of};
use crate::view::{Cell, Choice, Column, Field, Form, Input, Link, PlainPage, Refusal, Section, Table, Tone};
use crate::visitor::Member;

/// Where the page stands.
pub(super) const PATH: &str = "/chi-dao/nguoi-ky";

/// GET /chi-dao/nguoi-ky.
pub(super) async fn page(State(app): State<App>, Query(fields): Query<Fields>, member: Member) -> Answer {
    let (around, found) = look(&app, &member, signers).await?;
    let mut page = show(&app, &member, &around, &found, &Fields::default(), None);
    page.done = said_done(member.caller.say, fields.text("xong"));
    Ok(answer(&page))
}

/// POST /chi-dao/nguoi-ky.
pub(super) async fn appoint(State(app): State<App>, member: Member, sent: Sent) -> Answer {
    let fields = sent.vouched(&member.caller)?;
    let unreadable = || Problem::unreadable(&member.caller);
    let operation = AppointSigner {
        key: Some(fields.key(&member.caller)?),
        account: place::UserId(fields.text("account").parse().map_err(|_| unreadable())?),
        signs_as: SignsAs::from_code(fields.text("signs_as")).ok_or_else(unreadable)?,
        name: fields.some("name").map(str::to_owned),
    };
    match app.office.perform(member.visitor.actor.clone(), operation).await {
        Ok(_) => Ok(done(PATH, "done-papers-appointed")),
        Err(failure) => {
            let refusal = refusal_of(failure, &member.caller)?;
            let (around, found) = look(&app, &member, signers).await?;
            Ok(answer(&show(&app, &member, &around, &found, &fields, Some(refusal))))
        }
    }
}

fn show(
    app: &App,
    member: &Member,
    around: &Around,
    found: &Signers,
    typed: &Fields,
    refusal: Option<Refusal>,
) -> PlainPage {
    let t = member.caller.say;
    let sentence = match found.posts.iter().find(|(_, signs_as, ..)| *signs_as == SignsAs::Head) {
        Some((name, ..)) => t.two(
            "papers-signers-sentence",
            "name",
            name.clone(),
            "count",
            found.posts.iter().filter(|(_, signs_as, ..)| *signs_as == SignsAs::Deputy).count(),
        ),
        None => t.say("papers-signers-none"),
    };
    let mut page = plain(app, member, around, "papers-signers", sentence);
    page.trail = vec![Link { text: t.say("papers"), href: LIST.to_owned() }];
    page.about = t.say("papers-signers-about");
    let rows = found.posts.iter().map(|(name, signs_as, from, away)| {
        let named = Cell::text(name.clone());
        let named = if *away { named.told(t.say("papers-signer-away")).toned(Tone::Attention) } else { named };
        vec![named, Cell::text(signs_as.words()), Cell::text(show_date(from.date()))]
    });
    let columns = ["papers-column-signer", "papers-column-post", "papers-column-since"];
    let mut section = Section::new("nguoi-ky", String::new());
    section.empty = t.say("papers-signers-empty");
    section.table =
        Some(Table { columns: columns.iter().map(|key| Column::words(t.say(key))).collect(), rows: rows.collect() });
    page.sections.push(section);
    if member.visitor.actor.may(Capability::KeepRegisters) {
        let choice =
            |field: &str, value: String, text: String| Choice { chosen: typed.text(field) == value, value, text };
        let accounts = found.accounts.iter().map(|(id, name)| choice("account", id.to_string(), name.clone()));
        let posts = SignsAs::ALL.map(|one| choice("signs_as", one.code().to_owned(), one.words().to_owned()));
        let mut form = Form::new(PATH, t.say("papers-appoint"), server_key(app.office.real_now()))
            .field(
                Field::words("account", t.say("papers-appoint-account"))
                    .input(Input::Choices(accounts.collect()))
                    .required(),
            )
            .field(
                Field::words("signs_as", t.say("papers-column-post")).input(Input::Choices(posts.to_vec())).required(),
            )
            .field(
                Field::words("name", t.say("papers-appoint-name"))
                    .value(typed.text("name"))
                    .hint(t.say("papers-appoint-name-hint")),
            );
        form.means = t.say("papers-appoint-means");
        form.refusal = refusal;
        let mut section = Section::new("ghi", t.say("papers-appoint-section"));
        if found.accounts.is_empty() {
            section.about = t.say("papers-appoint-no-account");
        } else {
            section.forms.push(form);
        }
        page.sections.push(section);
    }
    page
}
