//! /cong-bo: what anybody may read without an account of the tasks of bodies: the signed notices of quarters that a leader
//! has opened, nothing else (PR06).

use askama::Template;
use axum::response::Response;
use desk::Failure;
use desk::papers::publication::TaskPublication;
use desk::record::Kept;
use desk::views::tasks::Period;
use desk::views::tasks::publication::{public, public_one};
use document::official::{Block, Kind, OfficialDocument, Table, write_docx};
use quantity::time::show_date;

use crate::pages::public::{Frame, Reader, SAYS, Shelf, Shown, file as public_file, page as public_page};
use crate::respond::Answer;
use crate::view::Say;

/// Where the list stands.
pub(super) const PATH: &str = "/cong-bo";
const SHELF: Shelf =
    Shelf { path: PATH, name: "quarter-public-name", none: "quarter-public-none", others: "quarter-public-others" };

/// A piece of the notice.
enum Piece {
    Heading(String),
    Words(String),
    Item(String),
    Rows(Table),
}

/// The page of the public.
#[derive(Template)]
#[template(path = "publication.html")]
struct PublicPage {
    t: Say,
    frame: Frame,
    simulated: bool,
    pieces: Vec<Piece>,
}

/// GET /cong-bo: the newest, and what else is public.
pub(in crate::pages) async fn newest(reader: Reader) -> Answer {
    let (found, all) = reader
        .read(|connection| {
            let all = public(connection)?;
            let newest = all.first().map(|kept| public_one(connection, kept.id)).transpose()?;
            Ok((newest, all))
        })
        .await?;
    Ok(page(found, &all))
}

/// GET /cong-bo/{id}.
pub(in crate::pages) async fn one(reader: Reader) -> Answer {
    let id = reader.id()?;
    let (found, all) = reader.read(move |connection| Ok((public_one(connection, id)?, public(connection)?))).await?;
    Ok(page(Some(found), &all))
}

/// GET /cong-bo/{id}/docx.
pub(in crate::pages) async fn file(reader: Reader) -> Answer {
    let id = reader.id()?;
    let bytes = reader.read(move |connection| {
        let document = public_one(connection, id)?.1.ok_or(Failure::NotFound)?;
        write_docx(&document).map_err(Failure::refused)
    });
    Ok(public_file("cong-bo.docx", bytes.await?))
}

type Found = (Kept<TaskPublication>, Option<OfficialDocument>);

fn page(found: Option<Found>, all: &[Kept<TaskPublication>]) -> Response {
    let document = found.as_ref().and_then(|(_, document)| document.as_ref());
    let simulated = document.is_some_and(|document| document.simulated);
    let pieces = document.map(pieces).unwrap_or_default();
    let frame = Frame::of(&SHELF, found.map(show), all, called);
    public_page(&PublicPage { t: SAYS, frame, simulated, pieces })
}

fn called(told: &TaskPublication) -> String {
    let period = Period::from_code(&told.period).map_or_else(|| told.period.clone(), Period::words);
    let number = told.open.as_ref().map(|open| open.number.clone()).unwrap_or_default();
    SAYS.two("quarter-called", "period", period, "number", number)
}

fn show((kept, document): Found) -> Shown {
    let id = kept.id.to_string();
    let Some(document) = document else {
        let reason = kept.content.taken_back.as_ref().map(|(_, reason)| reason.clone()).unwrap_or_default();
        let gone = SAYS.one("public-withdrawn", "reason", reason);
        return Shown { id, title: called(&kept.content), issuer: String::new(), about: String::new(), gone };
    };
    let (Kind::Named { subject, .. } | Kind::Letter { subject }) = &document.kind;
    let number = document.number.clone().unwrap_or_default();
    let day = document.date.map(show_date).unwrap_or_default();
    Shown {
        id,
        title: crate::pages::words::marked(SAYS, document.simulated, subject.clone()),
        issuer: document.issuer.clone(),
        about: SAYS.two("quarter-issued", "number", number, "day", day),
        gone: String::new(),
    }
}

fn pieces(document: &OfficialDocument) -> Vec<Piece> {
    // On paper «./.» ends the text; here a full stop does.
    let mut pieces: Vec<Piece> = document.body.iter().map(piece).collect();
    if let Some(Piece::Words(last)) = pieces.last_mut()
        && !last.ends_with('.')
    {
        last.push('.');
    }
    pieces.extend(document.annexes.iter().flat_map(|annex| &annex.blocks).map(piece));
    pieces
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
