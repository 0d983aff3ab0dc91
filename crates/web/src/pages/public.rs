//! What anybody may read without an account: who asks (nobody without end), what stands around the words of a paper, and
//! how long it may be kept. The same bytes for everybody, so that any cache may keep them; looked at as it stands, never
//! as it stood, because what was taken back must not come back with a look into the past.

use std::str::FromStr;

use askama::Template;
use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use desk::Outcome;
use desk::record::Kept;
use locale::Locale;

use super::filled::id_of;
use crate::app::App;
use crate::respond::{Problem, attachment, page_of};
use crate::view::Say;
use crate::visitor::Caller;

/// Everybody's cache gets the same page: it speaks Vietnamese whoever asks.
pub(super) const SAYS: Say = Say(Locale::Vietnamese);
/// The kind of a file that is offered.
pub(super) const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
/// Five minutes: what is taken back is gone everywhere soon.
const CACHED: &str = "public, max-age=300";
/// Others that a page names at most.
const OTHERS: usize = 50;

/// Somebody who asks for what is public, and for which.
pub(super) struct Reader {
    app: App,
    caller: Caller,
    id: String,
}

impl FromRequestParts<App> for Reader {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let caller = Caller::from_request_parts(parts, app).await?;
        let taken = app.public_limit.take(&caller.address, app.office.real_now());
        taken.map_err(|seconds| Problem::too_often(&caller, seconds))?;
        let id = Path::<String>::from_request_parts(parts, app).await.ok().map(|Path(id)| id);
        Ok(Self { app: app.clone(), caller, id: id.unwrap_or_default() })
    }
}

impl Reader {
    /// Which paper.
    pub(super) fn id<T: FromStr>(&self) -> Result<T, Problem> {
        id_of(&self.id, &self.caller)
    }

    /// What the register says of it.
    pub(super) async fn read<T: Send + 'static>(
        &self,
        view: impl FnOnce(&mut store::Connection) -> Outcome<T> + Send + 'static,
    ) -> Result<T, Problem> {
        let outcome = self.app.office.look(move |_, connection| view(connection)).await;
        outcome.map_err(|failure| Problem::of(failure, &self.caller))
    }
}

/// A shelf of public papers: where it stands, and the keys of its words.
pub(super) struct Shelf {
    pub path: &'static str,
    pub name: &'static str,
    pub none: &'static str,
    pub others: &'static str,
}

/// One paper, without its own words.
pub(super) struct Shown {
    pub id: String,
    pub title: String,
    pub issuer: String,
    /// Its number and day.
    pub about: String,
    /// Why it no longer holds; empty while it does.
    pub gone: String,
}

/// What stands around the words of the paper that is shown.
pub(super) struct Frame {
    pub shelf: &'static Shelf,
    pub shown: Option<Shown>,
    pub others: Vec<(String, String)>,
}

impl Frame {
    /// Around one paper, or none, of all that stand on a shelf.
    pub(super) fn of<T>(
        shelf: &'static Shelf,
        shown: Option<Shown>,
        all: &[Kept<T>],
        called: impl Fn(&T) -> String,
    ) -> Self {
        let own = shown.as_ref().map(|shown| shown.id.as_str());
        let link = |kept: &Kept<T>| (kept.id.to_string(), called(&kept.content));
        let others = all.iter().map(link).filter(|(id, _)| own != Some(id)).take(OTHERS).collect();
        Self { shelf, shown, others }
    }

    /// Where a file of the house's own is.
    pub(super) fn asset(&self, name: &str) -> &'static str {
        crate::assets::asset_url(name)
    }
}

/// A page of the public.
pub(super) fn page(page: &impl Template) -> Response {
    cached(page_of(page))
}

/// A paper as a file.
pub(super) fn file(name: &str, bytes: Vec<u8>) -> Response {
    cached(attachment(DOCX, name, bytes))
}

fn cached(mut response: Response) -> Response {
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(CACHED));
    response
}
