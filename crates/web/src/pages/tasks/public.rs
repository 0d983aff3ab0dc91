//! /cong-bo: what anybody may read without an account of the tasks of bodies: the signed notices of quarters that a leader
//! has opened, nothing else (PR06). As it stands, never as it stood: what was taken back must not come back.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::Response;
use desk::papers::publication::TaskPublication;
use desk::record::Kept;
use desk::views::tasks::Period;
use desk::views::tasks::publication::{public, public_one};
use desk::{Failure, Outcome};
use document::official::{Block, Kind, OfficialDocument, Table, write_docx};
use locale::Locale;
use quantity::time::show_date;

use crate::app::App;
use crate::respond::{Answer, Problem, attachment, page_of};
use crate::view::Say;
use crate::visitor::Caller;

/// Where the list stands.
pub(super) const PATH: &str = "/cong-bo";
/// Five minutes: a notice that is taken back is gone everywhere soon.
const CACHED: &str = "public, max-age=300";
const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// A piece of the notice.
enum Piece {
    Heading(String),
    Words(String),
    Item(String),
    Rows(Table),
}

/// One notice.
struct Shown {
    id: String,
    title: String,
    issuer: String,
    signed: String,
    gone: String,
    simulated: bool,
    pieces: Vec<Piece>,
}

/// The page of the public.
#[derive(Template)]
#[template(path = "publication.html")]
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

/// GET /cong-bo: the newest, and what else is public.
pub(in crate::pages) async fn newest(State(app): State<App>, caller: Caller) -> Answer {
    may_ask(&app, &caller)?;
    let (shown, all) = read(&app, &caller, |connection| {
        let all = public(connection)?;
        let newest = all.first().map(|kept| public_one(connection, kept.id)).transpose()?;
        Ok((newest, all))
    })
    .await?;
    Ok(page(shown, &all))
}

/// GET /cong-bo/{id}.
pub(in crate::pages) async fn one(State(app): State<App>, Path(id): Path<String>, caller: Caller) -> Answer {
    may_ask(&app, &caller)?;
    let id = id.parse().map_err(|_| Problem::no_page(&caller))?;
    let (shown, all) =
        read(&app, &caller, move |connection| Ok((public_one(connection, id)?, public(connection)?))).await?;
    Ok(page(Some(shown), &all))
}

/// GET /cong-bo/{id}/docx.
pub(in crate::pages) async fn file(State(app): State<App>, Path(id): Path<String>, caller: Caller) -> Answer {
    may_ask(&app, &caller)?;
    let id = id.parse().map_err(|_| Problem::no_page(&caller))?;
    let bytes = read(&app, &caller, move |connection| {
        let document = public_one(connection, id)?.1.ok_or(Failure::NotFound)?;
        write_docx(&document).map_err(Failure::refused)
    });
    Ok(cached(attachment(DOCX, "cong-bo.docx", bytes.await?)))
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

type Found = (Kept<TaskPublication>, Option<OfficialDocument>);

fn page(found: Option<Found>, all: &[Kept<TaskPublication>]) -> Response {
    // Everybody's cache gets the same page: it speaks Vietnamese whoever asks.
    let t = Say(Locale::Vietnamese);
    let own = found.as_ref().map(|(kept, _)| kept.id);
    let others = all.iter().filter(|kept| own != Some(kept.id)).take(50);
    let others = others.map(|kept| (format!("{PATH}/{}", kept.id), called(t, &kept.content))).collect();
    cached(page_of(&PublicPage { t, shown: found.map(|found| show(t, found)), others }))
}

fn called(t: Say, told: &TaskPublication) -> String {
    let period = Period::from_code(&told.period).map_or_else(|| told.period.clone(), Period::words);
    let number = told.open.as_ref().map(|open| open.number.clone()).unwrap_or_default();
    t.two("quarter-called", "period", period, "number", number)
}

fn show(t: Say, (kept, document): Found) -> Shown {
    let id = kept.id.to_string();
    let Some(document) = document else {
        let reason = kept.content.taken_back.as_ref().map(|(_, reason)| reason.clone()).unwrap_or_default();
        let gone = t.one("public-withdrawn", "reason", reason);
        let title = called(t, &kept.content);
        return Shown {
            id,
            title,
            issuer: String::new(),
            signed: String::new(),
            gone,
            simulated: false,
            pieces: Vec::new(),
        };
    };
    let (Kind::Named { subject, .. } | Kind::Letter { subject }) = &document.kind;
    let number = document.number.clone().unwrap_or_default();
    let day = document.date.map(show_date).unwrap_or_default();
    let blocks = document.annexes.iter().flat_map(|annex| &annex.blocks);
    // On paper «./.» ends the text; here a full stop does.
    let mut pieces: Vec<Piece> = document.body.iter().map(piece).collect();
    if let Some(Piece::Words(last)) = pieces.last_mut()
        && !last.ends_with('.')
    {
        last.push('.');
    }
    pieces.extend(blocks.map(piece));
    Shown {
        id,
        title: crate::pages::words::marked(t, document.simulated, subject.clone()),
        issuer: document.issuer.clone(),
        signed: t.two("quarter-issued", "number", number, "day", day),
        gone: String::new(),
        simulated: document.simulated,
        pieces,
    }
}

fn piece(block: &Block) -> Piece {
    match block {
        Block::Heading { number, text } | Block::Article { number, text } => {
            Piece::Heading(format!("{number} {text}").trim().to_owned())
        }
        Block::Paragraph(text) | Block::Basis(text) | Block::Centred(text) => Piece::Words(text.clone()),
        Block::Bullet(text) => Piece::Item(text.clone()),
        Block::Table(table) => Piece::Rows(table.clone()),
    }
}

fn cached(mut response: Response) -> Response {
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(CACHED));
    response
}
