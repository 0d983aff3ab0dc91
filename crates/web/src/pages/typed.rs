//! A form that was sent and what became of it: done, with its word, or refused, with what was typed to be shown again.

use axum::response::Response;
use desk::{Failure, Operation};
use jiff::civil::Date;
use quantity::Coded;

use super::fields::{Fields, day_of, server_key};
use super::filled::Filled;
use super::plain::{done, said_done};
use crate::app::App;
use crate::respond::{Answer, Problem, refusal_of};
use crate::view::{Form, PlainPage, Refusal, Say};

/// What was sent, to be shown again where it was refused.
#[derive(Default)]
pub(super) struct Typed {
    fields: Fields,
    refusal: Option<Refusal>,
    done: String,
}

impl Typed {
    /// After a form that was done: its word.
    pub(super) fn after(t: Say, asked: &Fields) -> Self {
        Self { done: said_done(t, asked.text("xong")), ..Self::default() }
    }

    /// Fills a form with what was typed into it, if it is the one that was refused.
    pub(super) fn form(&mut self, mut form: Form) -> Form {
        if hidden(&form, "do").is_some_and(|act| act == self.fields.text("do")) {
            self.fill(&mut form);
        }
        form
    }

    /// Puts what belongs to no form onto the page.
    pub(super) fn onto(self, mut page: PlainPage) -> PlainPage {
        page.refusal = self.refusal;
        page.done = self.done;
        page
    }

    /// The same for a page whose forms stand on it already: the one of those that does the same about the same.
    pub(super) fn into_forms_of(mut self, mut page: PlainPage) -> PlainPage {
        let sent = |form: &&mut Form| {
            ["do", "about"].iter().all(|name| hidden(form, name).unwrap_or_default() == self.fields.text(name))
        };
        let form = page.sections.iter_mut().flat_map(|section| &mut section.forms).find(sent);
        if let Some(form) = form {
            self.fill(form);
        }
        self.onto(page)
    }

    fn fill(&mut self, form: &mut Form) {
        let Some(refusal) = self.refusal.take() else { return };
        for field in &mut form.fields {
            if let Some(value) = self.fields.0.get(&field.name) {
                field.value.clone_from(value);
            }
        }
        form.refusal = Some(refusal);
    }
}

/// A form of a page that does several things: `act` says which.
pub(super) fn form(app: &App, action: &str, act: impl Into<String>, submit: String) -> Form {
    Form::new(action, submit, server_key(app.office.real_now())).hidden("do", act)
}

fn hidden<'form>(form: &'form Form, name: &str) -> Option<&'form str> {
    form.hidden.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

/// What became of a form: the word of what was done, or what was typed with the reason.
pub(super) enum Acted {
    Done(Response),
    Refused(Typed),
}

impl Acted {
    /// Answers a form: the way back, or the page once more.
    pub(super) async fn or<F: Future<Output = Answer>>(self, again: impl FnOnce(Typed) -> F) -> Answer {
        match self {
            Self::Done(response) => Ok(response),
            Self::Refused(typed) => again(typed).await,
        }
    }
}

impl Filled {
    /// Does what a form asks; back to `path`, or the page again with the reason.
    pub(super) async fn act<O: Operation>(
        &self,
        operation: Result<O, Failure>,
        path: &str,
        word: &str,
    ) -> Result<Acted, Problem> {
        self.make(operation, |_| path.to_owned(), word).await
    }

    /// Does what a form asks; to a page that follows from what was done, or the page again with the reason.
    pub(super) async fn make<O: Operation>(
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
    pub(super) fn again(&self, refusal: Refusal) -> Typed {
        Typed { fields: self.fields.clone(), refusal: Some(refusal), done: String::new() }
    }

    /// What a refusal outside an operation looks like on the page.
    pub(super) fn refused(&self, reason: impl Coded + Send + Sync + 'static) -> Result<Typed, Problem> {
        refusal_of(Failure::refused(reason), &self.member.caller).map(|refusal| self.again(refusal))
    }

    /// A day that the form must have; an empty or unreadable one is refused politely.
    pub(super) fn day(&self, name: &'static str) -> Result<Date, Failure> {
        day_of(self.fields.text(name)).ok_or_else(|| Failure::refused(desk::command::Refused::Empty { field: name }))
    }
}
