//! /ban-tin: what anybody may read without an account: approved bulletins, nothing else (CM02). The same bytes for
//! everybody, so that any cache may keep them; looked at as it stands, because a bulletin that was taken back must not
//! come back with a look into the past.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::Response;
use desk::record::Kept;
use desk::steering::bulletin::{Bulletin, Standing};
use desk::views::steering::bulletin::{docx, public, public_one};
use desk::{Failure, Outcome};
use locale::Locale;

use super::bulletin::DOCX;
use crate::app::App;
use crate::pages::filled::id_of;
use crate::respond::{Answer, Problem, attachment, page_of};
use crate::view::Say;
use crate::visitor::Caller;

/// Five minutes: a bulletin that is taken back is gone everywhere soon.
const CACHED: &str = "public, max-age=300";

/// One bulletin as its page shows it.
struct Shown {
    id: String,
    title: String,
    number: String,
    issuer: String,
    approved: String,
    revised: String,
    told: Bulletin,
    gone: String,
}

/// The page of the public.
#[derive(Template)]
#[template(path = "bulletin.html")]
struct PublicPage {
    t: Say,
    shown: Option<Shown>,
    others: Vec<(String, String)>,
}

impl PublicPage {
    fn style(&self) -> &'static str {
        crate::assets::asset_url("style.css")
    }

    fn icon(&self) -> &'static str {
        crate::assets::asset_url("icon.svg")
    }
}

/// GET /ban-tin: the newest, and what else is public.
pub(in crate::pages) async fn newest(State(app): State<App>, caller: Caller) -> Answer {
    may_ask(&app, &caller)?;
    let all = read(&app, &caller, public).await?;
    Ok(cached(page(all.first(), &all)))
}

/// GET /ban-tin/{id}.
pub(in crate::pages) async fn one(State(app): State<App>, Path(id): Path<String>, caller: Caller) -> Answer {
    may_ask(&app, &caller)?;
    let id = id_of(&id, &caller)?;
    let (kept, all) =
        read(&app, &caller, move |connection| Ok((public_one(connection, id)?, public(connection)?))).await?;
    Ok(cached(page(Some(&kept), &all)))
}

/// GET /ban-tin/{id}/docx.
pub(in crate::pages) async fn file(State(app): State<App>, Path(id): Path<String>, caller: Caller) -> Answer {
    may_ask(&app, &caller)?;
    let id = id_of(&id, &caller)?;
    let bytes = read(&app, &caller, move |connection| {
        let kept = public_one(connection, id)?;
        if !kept.content.is_public() {
            return Err(Failure::NotFound);
        }
        docx(&kept.content)
    });
    Ok(cached(attachment(DOCX, "ban-tin.docx", bytes.await?)))
}

fn may_ask(app: &App, caller: &Caller) -> Result<(), Problem> {
    let taken = app.public_limit.take(&caller.address, app.office.real_now());
    taken.map_err(|seconds| Problem::too_often(caller, seconds))
}

async fn read<T: Send + 'static>(
    app: &App,
    caller: &Caller,
    view: impl FnOnce(&mut store::Connection) -> Outcome<T> + Send + 'static,
) -> Result<T, Problem> {
    let outcome = app.office.look(move |_, connection| view(connection)).await;
    outcome.map_err(|failure| Problem::of(failure, caller))
}

fn page(shown: Option<&Kept<Bulletin>>, all: &[Kept<Bulletin>]) -> Response {
    // Everybody's cache gets the same page: it speaks Vietnamese whoever asks.
    let t = Say(Locale::Vietnamese);
    let others = all.iter().filter(|kept| shown.is_none_or(|shown| shown.id != kept.id)).take(50);
    let others = others.map(|kept| (format!("/ban-tin/{}", kept.id), called(t, &kept.content)));
    page_of(&PublicPage { t, shown: shown.map(|kept| show(t, kept)), others: others.collect() })
}

fn called(t: Say, told: &Bulletin) -> String {
    let number = told.number.map_or_else(String::new, |(number, year)| format!("{number}/{year}"));
    t.two("public-called", "number", number, "title", told.title.clone())
}

fn show(t: Say, kept: &Kept<Bulletin>) -> Shown {
    let mut told = kept.content.clone();
    let gone = match told.standing {
        Standing::Replaced => t.say("public-replaced"),
        Standing::Withdrawn => {
            let reason = told.withdrawn.as_ref().map(|(_, reason)| reason.clone()).unwrap_or_default();
            t.one("public-withdrawn", "reason", reason)
        }
        _ => String::new(),
    };
    if !gone.is_empty() {
        // What no longer holds is not told again.
        told.figures.clear();
        told.preparedness.clear();
        told.models.clear();
    }
    let approved = told.approved.as_ref().map_or_else(String::new, |hand| hand.at.to_string());
    let revised = match &told.revises {
        Some((_, reason)) => t.two("bulletin-revised", "number", told.revision as usize, "reason", reason.clone()),
        None => String::new(),
    };
    Shown {
        id: kept.id.to_string(),
        title: crate::pages::words::marked(t, told.simulated, told.title.clone()),
        number: told.number.map_or_else(String::new, |(number, year)| format!("{number}/{year}")),
        issuer: told.issuer.clone(),
        approved,
        revised,
        gone,
        told,
    }
}

fn cached(mut response: Response) -> Response {
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(CACHED));
    response
}
