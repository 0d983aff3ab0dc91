//! What plain pages share: the page with its bar, the answer with its status, the word of what was done.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use desk::registers::{ALL, Entry};
use desk::rights::Capability;

use super::around::Around;
use super::page_sheet;
use crate::app::App;
use crate::respond::page_of;
use crate::view::{PlainPage, Say};
use crate::visitor::Member;

/// A plain page; `here` is its key in the list of its room, and the key of its title.
pub(super) fn plain(app: &App, member: &Member, around: &Around, here: &str, sentence: String) -> PlainPage {
    let t = member.caller.say;
    let mut page = PlainPage::new(t, around.shell(app, member, here), t.say(here), sentence);
    page.sheet = page_sheet::offered(member);
    page.bring_in = bring_in(member);
    page
}

/// Where files for the register of a page are sent, for whoever may write it.
fn bring_in(member: &Member) -> String {
    let path = member.caller.path.split('?').next().unwrap_or_default();
    let actor = &member.visitor.actor;
    let may = |entry: &&Entry| entry.page == path && actor.may(entry.needs) && actor.may(Capability::ImportRegisters);
    ALL.iter().find(may).map(|entry| format!("/nhap-so-lieu/{}", entry.name)).unwrap_or_default()
}

/// Sends a plain page: 422 where something of it was refused; its tables as a sheet where that was asked for.
pub(super) fn answer(page: &PlainPage) -> Response {
    if let Some(sheet) = page_sheet::sheet_of(page) {
        return sheet;
    }
    let mut forms = page.sections.iter().flat_map(|section| &section.forms);
    let refused = page.refusal.is_some() || forms.any(|form| form.refusal.is_some());
    let mut response = page_of(page);
    if refused && response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    response
}

/// After a form: back to a page, which says by a key `done-…` what was done.
pub(super) fn done(path: &str, key: &str) -> Response {
    let sign = if path.contains('?') { '&' } else { '?' };
    Redirect::to(&format!("{path}{sign}xong={key}")).into_response()
}

/// The words of what was done; nothing for a key that is none of ours.
pub(super) fn said_done(t: Say, key: &str) -> String {
    let ours = key.starts_with("done-") && locale::knows(t.0, key);
    if ours { t.say(key) } else { String::new() }
}
