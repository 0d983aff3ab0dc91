//! The command room «Chỉ đạo»: one module a page. What they share: a form that comes back with what was typed, the
//! choices of a list.

pub(super) mod courtesy;
pub(super) mod map;
mod map_words;
pub(super) mod matrix;
pub(super) mod nation;
pub(super) mod programme;
pub(super) mod readiness;
pub(super) mod recount;
pub(super) mod recounts;
pub(super) mod states;
pub(super) mod steering;
pub(super) mod unit;

use axum::response::Response;
use desk::{Failure, Operation};
use jiff::civil::Date;
use quantity::Coded;
use quantity::time::show_date;

use super::fields::{Fields, day_of, server_key};
use super::filled::Filled;
pub(super) use super::filled::{SentFile, Upload};
use super::plain::{done, said_done};
use crate::app::App;
use crate::respond::{Answer, Problem, refusal_of};
use crate::view::{Cell, Choice, Field, Form, Input, PlainPage, Refusal, Say, Tone};
use crate::visitor::Caller;

/// What was sent, to be shown again where it was refused.
#[derive(Default)]
pub(super) struct Typed {
    fields: Fields,
    refusal: Option<Refusal>,
    done: String,
}

impl Typed {
    /// After a form that was done: its word.
    fn after(t: Say, asked: &Fields) -> Self {
        Self { done: said_done(t, asked.text("xong")), ..Self::default() }
    }

    /// Fills a form with what was typed into it, if it is the one that was refused.
    fn form(&mut self, mut form: Form) -> Form {
        let act = form.hidden.iter().find(|(name, _)| name == "do").map(|(_, value)| value.as_str());
        if act.is_some_and(|act| act == self.fields.text("do")) && self.refusal.is_some() {
            for field in &mut form.fields {
                if let Some(value) = self.fields.0.get(&field.name) {
                    field.value.clone_from(value);
                }
            }
            form.refusal = self.refusal.take();
        }
        form
    }

    /// Puts what belongs to no form onto the page.
    fn onto(self, mut page: PlainPage) -> PlainPage {
        page.refusal = self.refusal;
        page.done = self.done;
        page
    }
}

/// What became of a form: the word of what was done, or what was typed with the reason.
enum Acted {
    Done(Response),
    Refused(Typed),
}

impl Acted {
    /// Answers a form: the way back, or the page once more.
    async fn or<F: Future<Output = Answer>>(self, again: impl FnOnce(Typed) -> F) -> Answer {
        match self {
            Self::Done(response) => Ok(response),
            Self::Refused(typed) => again(typed).await,
        }
    }
}

impl Filled {
    /// Does what a form asks; back to `path`, or the page again with the reason.
    async fn act<O: Operation>(&self, operation: Result<O, Failure>, path: &str, word: &str) -> Result<Acted, Problem> {
        self.make(operation, |_| path.to_owned(), word).await
    }

    /// Does what a form asks; to a page that follows from what was done, or the page again with the reason.
    async fn make<O: Operation>(
        &self,
        operation: Result<O, Failure>,
        path: impl FnOnce(O::Done) -> String,
        word: &str,
    ) -> Result<Acted, Problem> {
        Ok(match self.perform(operation).await? {
            Ok(made) => Acted::Done(done(&path(made), word)),
            Err(refusal) => Acted::Refused(self.again(refusal)),
        })
    }

    /// What was typed, with why it was refused.
    fn again(&self, refusal: Refusal) -> Typed {
        Typed { fields: self.fields.clone(), refusal: Some(refusal), done: String::new() }
    }

    /// What a refusal outside an operation looks like on the page.
    fn refused(&self, reason: impl Coded + Send + Sync + 'static) -> Result<Typed, Problem> {
        refusal_of(Failure::refused(reason), &self.member.caller).map(|refusal| self.again(refusal))
    }

    /// A day that the form must have; an empty or unreadable one is refused politely.
    fn day(&self, name: &'static str) -> Result<Date, Failure> {
        day(&self.fields, name)
    }
}

/// A day that the form must have; an empty or unreadable one is refused politely.
fn day(fields: &Fields, name: &'static str) -> Result<Date, Failure> {
    day_of(fields.text(name)).ok_or_else(|| Failure::refused(desk::command::Refused::Empty { field: name }))
}

/// A form of this room: `act` says what it does.
fn form(app: &App, action: &str, act: &str, submit: String) -> Form {
    Form::new(action, submit, server_key(app.office.real_now())).hidden("do", act)
}

/// A field that must be filled.
fn asked(name: &str, label: String) -> Field {
    Field::words(name, label).required()
}

/// A field for a day.
fn day_field(name: &str, label: String, value: Option<Date>) -> Field {
    Field::words(name, label).input(Input::Day).value(value.map_or_else(String::new, |day| day.to_string()))
}

/// A list to choose from.
fn choices(name: &str, label: String, all: impl IntoIterator<Item = (String, String)>) -> Field {
    let choice = |(value, text)| Choice { value, text, chosen: false };
    Field::words(name, label).input(Input::Choices(all.into_iter().map(choice).collect())).required()
}

/// The facilities in scope, the province first where `province` names it.
fn facility_choices(label: String, province: Option<String>, facilities: &[desk::views::command::Named]) -> Field {
    let whole = province.map(|name| (String::new(), name));
    let named = facilities.iter().map(|(id, name)| (id.to_string(), name.clone()));
    let mut field = choices("facility", label, whole.into_iter().chain(named));
    // The province itself is sent as nothing.
    field.required = false;
    field
}

/// A facility of a form; none for the province.
fn facility_of(fields: &Fields, caller: &Caller) -> Result<Option<place::FacilityId>, Problem> {
    fields.some("facility").map(str::parse).transpose().map_err(|_| Problem::no_page(caller))
}

/// A cell with a day.
fn day_cell(day: Option<Date>) -> Cell {
    Cell::known(day.map(show_date), "")
}

/// A share between 0 and 1 as a figure in per cent.
fn share(t: Say, value: f64) -> Cell {
    Cell::figure(super::words::number(t, value * 100.0, 0), "%")
}

/// A cell that says that somebody must look.
fn attention(text: String) -> Cell {
    Cell::text(text).toned(Tone::Attention)
}
