//! /van-ban/trao-doi: what waits for a signature in the document system, signed PDFs that nobody has matched, packages
//! that came in, states that were told. Files go and come by a person's hand.

use axum::extract::{Query, State};
use axum::response::Response;
use desk::background::aside;
use desk::exchange::kept::{Ended, Found, SignedPdf};
use desk::exchange::parcel::{Exchanged, is_one, read as read_parcel};
use desk::exchange::refused::Refused;
use desk::exchange::signed::read as read_signed;
use desk::operations::exchange::match_signed::MatchSigned;
use desk::operations::exchange::recall_sent::RecallSent;
use desk::operations::exchange::set_aside::SetAside;
use desk::operations::exchange::take_package::TakePackage;
use desk::operations::exchange::take_signed::TakeSigned;
use desk::operations::exchange::take_state::TakeState;
use desk::rights::Capability;
use desk::views::exchange::{Exchange, Unmatched, any_file, exchange};
use desk::{Failure, Operation, Outcome};
use quantity::time::show_date;

use super::exchange_rows as rows;
use crate::app::App;
use crate::pages::around::{Around, look};
use crate::pages::fields::{Fields, day_of, server_key};
use crate::pages::filled::{Filled, Sending, Upload, Wanted};
use crate::pages::plain::{answer, done, plain, said_done};
use crate::respond::{Answer, attachment, file_name, refusal_of};
use crate::view::{Choice, Field, Form, Input, Link, PlainPage, Refusal, Say, Section};
use crate::visitor::Member;

/// Where the page stands.
pub(in crate::pages) const PATH: &str = "/van-ban/trao-doi";

/// GET /van-ban/trao-doi.
pub(in crate::pages) async fn page(State(app): State<App>, Query(fields): Query<Fields>, member: Member) -> Answer {
    let (around, found) = look(&app, &member, exchange).await?;
    let mut page = made(&app, &member, &around, &found, None);
    page.done = said_done(member.caller.say, fields.text("xong"));
    Ok(answer(&page))
}

/// POST /van-ban/trao-doi/tep: a package, a state or a signed PDF.
pub(in crate::pages) async fn file(sending: Sending) -> Answer {
    let mut form = sending.by_whom(Capability::HandleLetters)?;
    let Upload { name, bytes } = form.file();
    match take(&form, bytes, name).await {
        Ok(taken) => Ok(taken),
        Err(failure) => {
            let refusal = refusal_of(failure, &form.member.caller)?;
            refuse(&form, refusal).await
        }
    }
}

/// Takes a file of the exchange in, and leads to where it lies now.
pub(super) async fn take(form: &Filled, bytes: Vec<u8>, name: String) -> Outcome<Response> {
    let Filled { app, member, fields, .. } = form;
    let (key, party_word) = (form.key(), fields.text("party") == "1");
    let digest = store::sha256(&bytes);
    let actor = member.visitor.actor.clone();
    let simulated = app.demo.is_some();
    let exchanged = aside(move || match is_one(&bytes) {
        true => read_parcel(bytes, &name),
        false if bytes.starts_with(b"%PDF-") => {
            let file = document::exchange::Attachment { name, media_type: String::new(), bytes };
            Ok(Exchanged::Signed(String::new(), file))
        }
        false => Err(Failure::refused(Refused::NeitherKind)),
    });
    match exchanged.await?? {
        Exchanged::Letter(parcel) => {
            let receipt = app.office.perform(actor, TakePackage { key, digest, parcel, party_word, simulated }).await?;
            Ok(done(&format!("{}/{}", super::LIST, receipt.done), "done-exchange-package"))
        }
        Exchanged::Status(told) => {
            app.office.perform(actor, TakeState { key, digest, told }).await?;
            Ok(done(PATH, "done-exchange-state"))
        }
        Exchanged::Signed(package, pdf) => {
            let package = Some(package).filter(|name| !name.is_empty());
            let signed = aside(move || read_signed(pdf.bytes, &pdf.name, package)).await??;
            let digest = store::sha256(&signed.bytes);
            app.office.perform(actor, TakeSigned { key, digest, signed: Box::new(signed), party_word }).await?;
            Ok(done(PATH, "done-exchange-signed"))
        }
    }
}

async fn refuse(form: &Filled, refusal: Refusal) -> Answer {
    let (around, found) = look(&form.app, &form.member, exchange).await?;
    Ok(answer(&made(&form.app, &form.member, &around, &found, Some(refusal))))
}

async fn act<O: Operation>(form: &Filled, operation: O, said: &str) -> Answer {
    match form.perform(Ok(operation)).await? {
        Ok(_) => Ok(done(PATH, said)),
        Err(refusal) => refuse(form, refusal).await,
    }
}

/// POST /van-ban/trao-doi/ban-ky/{id}: which paper a signed PDF is.
pub(in crate::pages) async fn matched(sending: Sending) -> Answer {
    let form = sending.by_whom(Capability::HandleLetters)?;
    let operation = MatchSigned {
        key: form.key(),
        signed: form.id()?,
        paper: form.fields.text("paper").parse().map_err(|_| form.unreadable())?,
        number: form.text("number"),
        day: form.fields.some("day").and_then(day_of),
        signer: form.text("signer"),
        post: form.text("post"),
        word: form.fields.text("word") == "1",
    };
    act(&form, operation, "done-exchange-matched").await
}

/// POST /van-ban/trao-doi/ban-ky/{id}/bo: a signed PDF that is none of ours.
pub(in crate::pages) async fn set_aside(sending: Sending) -> Answer {
    let form = sending.by_whom(Capability::HandleLetters)?;
    let operation = SetAside { key: form.key(), signed: form.id()?, reason: form.text("reason") };
    act(&form, operation, "done-exchange-aside").await
}

/// POST /van-ban/trao-doi/di/{id}: a paper that went out is taken back.
pub(in crate::pages) async fn recall(sending: Sending) -> Answer {
    let form = sending.by_whom(Capability::DraftReport)?;
    let operation = RecallSent { key: form.key(), sent: form.id()?, reason: form.text("reason") };
    act(&form, operation, "done-exchange-recalled").await
}

/// GET /van-ban/trao-doi/tep/{id}: a signed PDF, a package that came or went, to be kept and never run.
pub(in crate::pages) async fn download(Wanted { app, member, id, .. }: Wanted<quantity::Id>) -> Answer {
    let (_, (name, bytes)) =
        look(&app, &member, move |office, connection, actor| any_file(office, connection, actor, id)).await?;
    Ok(attachment("application/octet-stream", &file_name(&name, "tep"), bytes))
}

fn made(app: &App, member: &Member, around: &Around, found: &Exchange, refusal: Option<Refusal>) -> PlainPage {
    let t = member.caller.say;
    let actor = &member.visitor.actor;
    let (waiting, unmatched) = (found.waiting.len(), found.unmatched.len());
    let sentence = match waiting + unmatched {
        0 => t.say("exchange-sentence-none"),
        _ => t.two("exchange-sentence", "waiting", waiting, "unmatched", unmatched),
    };
    let mut page = plain(app, member, around, "exchange", sentence);
    page.about = t.say("exchange-about");
    page.refusal = refusal;
    let handles = actor.may(Capability::HandleLetters) && around.past.is_none();
    let drafts = actor.may(Capability::DraftReport) && around.past.is_none();
    let key = || server_key(app.office.real_now());
    let mut out = Section::new("cho-ky", t.say("exchange-waiting"));
    out.empty = t.say("exchange-waiting-none");
    out.table = Some(rows::waiting(t, &found.waiting, actor.may(Capability::ExportFigures)));
    if drafts && waiting > 0 {
        out.forms = found
            .waiting
            .iter()
            .filter(|one| one.changed)
            .map(|one| {
                let submit = t.one("exchange-recall", "title", one.sent.content.title.clone());
                let reason = Field::words("reason", t.say("exchange-reason")).required();
                Form::new(format!("{PATH}/di/{}", one.sent.id), submit, key()).field(reason)
            })
            .collect();
    }
    page.sections.push(out);
    if handles {
        page.sections.push(door(t, key()));
    }
    for (place, one) in found.unmatched.iter().enumerate() {
        page.sections.push(pdf(t, place + 1, one, found, handles, &key));
        if handles {
            page.sections.push(aside_of(t, place + 1, one, key()));
        }
    }
    page.sections.push(rows::packages(t, &found.packages));
    page.sections.push(rows::decided(t, &found.decided));
    if !found.states.is_empty() {
        page.sections.push(rows::states(
            t,
            "tinh-trang",
            t.say("exchange-states-unknown"),
            found.states.iter().map(|told| &told.content),
        ));
    }
    if !found.elsewhere.is_empty() {
        page.sections.push(rows::elsewhere(t, &found.elsewhere));
    }
    page
}

fn door(t: Say, key: String) -> Section {
    let file = Field {
        name: "file".into(),
        label: t.say("exchange-file"),
        input: Input::File(".xml,.edxml,.zip,.pdf".into()),
        required: true,
        hint: t.say("exchange-file-hint"),
        ..Field::default()
    };
    let party = Field {
        name: "party".into(),
        label: t.say("letters-party"),
        input: Input::Check,
        hint: t.say("letters-party-hint"),
        ..Field::default()
    };
    let mut form = Form::new(format!("{PATH}/tep"), t.say("exchange-file-send"), key).field(file).field(party);
    form.multipart = true;
    Section { forms: vec![form], ..Section::new("nhan", t.say("exchange-take")) }
}

/// A signed PDF that waits: what stands on it, which papers it may be and why, one button.
fn pdf(t: Say, place: usize, one: &Unmatched, found: &Exchange, handles: bool, key: &impl Fn() -> String) -> Section {
    let told = &one.signed.content;
    let mut section = Section::new(format!("ban-ky-{place}"), t.one("exchange-pdf", "file", told.file.clone()));
    section.about = format!("{} {}", rows::read_words(t, told), rows::signature_words(t, told));
    section.links = vec![Link { text: t.say("exchange-pdf-open"), href: format!("{PATH}/tep/{}", one.signed.id) }];
    section.table = Some(rows::possible(t, one));
    section.empty = t.say("exchange-possible-none");
    if !handles {
        return section;
    }
    let best = one.possible.first().filter(|_| one.is_proposed).map(|best| best.paper);
    let mut choices: Vec<Choice> = found
        .papers
        .iter()
        .map(|(id, title)| Choice { value: id.to_string(), text: title.clone(), chosen: best == Some(*id) })
        .collect();
    if best.is_none() {
        choices.insert(0, Choice { value: String::new(), text: t.say("exchange-choose"), chosen: true });
    }
    let read = &told.read;
    let value = |text: &Option<String>| text.clone().unwrap_or_default();
    let mut confirm = Form::new(format!("{PATH}/ban-ky/{}", one.signed.id), t.say("exchange-match"), key())
        .field(Field::words("paper", t.say("exchange-paper")).input(Input::Choices(choices)).required())
        .field(Field::words("number", t.say("exchange-number")).value(value(&read.number)).required())
        .field(
            Field::words("day", t.say("exchange-day"))
                .input(Input::Day)
                .value(read.day.map(|day| day.to_string()).unwrap_or_default())
                .required(),
        )
        .field(Field::words("signer", t.say("exchange-signer")).value(value(&read.signer)).required())
        .field(Field::words("post", t.say("exchange-post")).value(value(&read.post)))
        .field(Field {
            name: "word".into(),
            label: t.say("exchange-word"),
            input: Input::Check,
            hint: t.say("exchange-word-hint"),
            ..Field::default()
        });
    confirm.means = t.say("exchange-match-means");
    section.forms = vec![confirm];
    section
}

/// The other way, folded: the PDF is no paper of ours.
fn aside_of(t: Say, place: usize, one: &Unmatched, key: String) -> Section {
    let reason = Field::words("reason", t.say("exchange-reason")).required();
    let form = Form::new(format!("{PATH}/ban-ky/{}/bo", one.signed.id), t.say("exchange-aside-do"), key).field(reason);
    let section = Section::new(format!("bo-{place}"), t.say("exchange-aside"));
    Section { forms: vec![form], folded: true, ..section }
}

/// What is said of a package beside the doubts of its letter.
pub(super) fn doubts(t: Say, found: &desk::views::letters::LetterInFull) -> Vec<String> {
    let mut said = Vec::new();
    for package in &found.packages {
        let told = &package.content;
        for one in &told.differs {
            let part = t.say(&format!("exchange-part-{}", one.part.code()));
            let facts = [
                ("part", part.into()),
                ("package", one.package.clone().into()),
                ("text", one.text.clone().unwrap_or_default().into()),
            ];
            let key = if one.text.is_some() { "exchange-differs" } else { "exchange-only-package" };
            said.push(locale::say(t.0, key, &facts));
        }
        let lists = [
            ("exchange-missing", &told.missing),
            ("exchange-others", &told.others),
            ("exchange-left-out", &told.left_out),
        ];
        said.extend(
            lists
                .into_iter()
                .filter(|(_, names)| !names.is_empty())
                .map(|(key, names)| t.one(key, "names", names.join("; "))),
        );
    }
    said
}

/// How a paper that went out ended, in words.
pub(in crate::pages) fn ended(t: Say, ended: &Option<Ended>) -> String {
    match ended {
        None => t.say("exchange-state-out"),
        Some(Ended::Returned(at)) => t.one("exchange-state-returned", "at", at.to_string()),
        Some(Ended::Recalled(at, reason)) => {
            t.two("exchange-state-recalled", "at", at.to_string(), "reason", reason.clone())
        }
    }
}

/// Where a signed PDF stands, in words.
pub(super) fn stands(t: Say, told: &SignedPdf) -> String {
    match &told.found {
        Found::Waiting => t.say("exchange-pdf-waiting"),
        Found::Beside { by, at, .. } if by.is_empty() => t.one("exchange-pdf-by-itself", "at", at.to_string()),
        Found::Beside { by, at, .. } => t.two("exchange-pdf-beside", "who", by.clone(), "at", at.to_string()),
        Found::SetAside { reason, by } => t.two("exchange-pdf-aside", "who", by.clone(), "reason", reason.clone()),
    }
}

/// A day of a paper, or nothing.
pub(super) fn day_words(told: &SignedPdf) -> String {
    told.read.day.map(show_date).unwrap_or_default()
}
