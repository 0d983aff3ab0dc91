//! /ban-tin: what anybody may read without an account: approved bulletins, nothing else (CM02).

use askama::Template;
use axum::response::Response;
use desk::Failure;
use desk::record::Kept;
use desk::steering::bulletin::{Bulletin, Figure, Standing};
use desk::views::steering::bulletin::{docx, public, public_one};

use crate::pages::public::{Frame, Reader, SAYS, Shelf, Shown, file as public_file, page as public_page};
use crate::respond::Answer;
use crate::view::Say;

const SHELF: Shelf = Shelf { path: "/ban-tin", name: "public-name", none: "public-none", others: "public-others" };

/// The page of the public.
#[derive(Template)]
#[template(path = "bulletin.html")]
struct PublicPage {
    t: Say,
    frame: Frame,
    figures: Vec<Figure>,
    /// What else it tells: the key of a title, and the words.
    told: Vec<(&'static str, String)>,
}

/// GET /ban-tin: the newest, and what else is public.
pub(in crate::pages) async fn newest(reader: Reader) -> Answer {
    let all = reader.read(public).await?;
    Ok(page(all.first(), &all))
}

/// GET /ban-tin/{id}.
pub(in crate::pages) async fn one(reader: Reader) -> Answer {
    let id = reader.id()?;
    let (kept, all) = reader.read(move |connection| Ok((public_one(connection, id)?, public(connection)?))).await?;
    Ok(page(Some(&kept), &all))
}

/// GET /ban-tin/{id}/docx.
pub(in crate::pages) async fn file(reader: Reader) -> Answer {
    let id = reader.id()?;
    let bytes = reader.read(move |connection| {
        let kept = public_one(connection, id)?;
        if !kept.content.is_public() {
            return Err(Failure::NotFound);
        }
        docx(&kept.content)
    });
    Ok(public_file("ban-tin.docx", bytes.await?))
}

fn page(found: Option<&Kept<Bulletin>>, all: &[Kept<Bulletin>]) -> Response {
    let frame = Frame::of(&SHELF, found.map(show), all, called);
    let (mut figures, mut told) = (Vec::new(), Vec::new());
    // What no longer holds is not told again.
    if let Some(bulletin) = found.map(|kept| &kept.content).filter(|bulletin| gone(bulletin).is_empty()) {
        figures.clone_from(&bulletin.figures);
        told.push(("bulletin-preparedness", bulletin.preparedness.clone()));
        told.push(("bulletin-models", bulletin.models.clone()));
        told.retain(|(_, words)| !words.is_empty());
    }
    public_page(&PublicPage { t: SAYS, frame, figures, told })
}

fn number(told: &Bulletin) -> String {
    told.number.map_or_else(String::new, |(number, year)| format!("{number}/{year}"))
}

fn called(told: &Bulletin) -> String {
    SAYS.two("public-called", "number", number(told), "title", told.title.clone())
}

/// Why it no longer holds; empty while it does.
fn gone(told: &Bulletin) -> String {
    match told.standing {
        Standing::Replaced => SAYS.say("public-replaced"),
        Standing::Withdrawn => {
            let reason = told.withdrawn.as_ref().map(|(_, reason)| reason.clone()).unwrap_or_default();
            SAYS.one("public-withdrawn", "reason", reason)
        }
        _ => String::new(),
    }
}

fn show(kept: &Kept<Bulletin>) -> Shown {
    let told = &kept.content;
    let approved = told.approved.as_ref().map_or_else(String::new, |hand| hand.at.to_string());
    let mut about = SAYS.two("public-issued", "number", number(told), "at", approved);
    if let Some((_, reason)) = &told.revises {
        let revised = SAYS.two("bulletin-revised", "number", told.revision as usize, "reason", reason.clone());
        about = format!("{about} · {revised}");
    }
    Shown {
        id: kept.id.to_string(),
        title: crate::pages::words::marked(SAYS, told.simulated, told.title.clone()),
        issuer: told.issuer.clone(),
        about,
        gone: gone(told),
    }
}
