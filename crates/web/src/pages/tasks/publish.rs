//! What becomes of the figures of a quarter: its notice drafted, led to its paper, opened to the public, taken back
//! (PR06). On /viec/don-vi; what anybody may read stands in [`super::public`].

use desk::operations::papers::draft_quarter::DraftQuarter;
use desk::operations::papers::publish_quarter::PublishQuarter;
use desk::operations::papers::unpublish_quarter::UnpublishQuarter;
use desk::papers::publication::TaskPublication;
use desk::papers::report::{OfficialReport, State as Stands};
use desk::record::Kept;
use desk::rights::Capability;
use desk::views::tasks::Period;
use desk::views::tasks::publication::compose;

use super::public::PATH as PUBLIC;
use super::statistics::{PATH, page_of};
use crate::app::App;
use crate::pages::fields::{see_other, server_key};
use crate::pages::filled::Sending;
use crate::pages::plain::done;
use crate::respond::Answer;
use crate::view::{Cell, Column, Field, Form, Input, Link, Refusal, Say, Section, Table, Tone};
use crate::visitor::Member;

/// POST /viec/don-vi: `do` is `draft`, `publish` or `take-back`.
pub(in crate::pages) async fn act(sending: Sending) -> Answer {
    let form = sending.open()?;
    let drafts = form.wants() == "draft";
    form.member.must(if drafts { Capability::DraftReport } else { Capability::SignReport })?;
    let unreadable = || form.unreadable();
    let key = form.key();
    let period = Period::from_code(form.fields.text("ky")).ok_or_else(unreadable)?;
    let publication = || form.fields.text("publication").parse().map_err(|_| unreadable());
    let own = format!("{PATH}?ky={}", period.code());
    let outcome = match form.wants() {
        "draft" => {
            let actor = form.member.visitor.actor.clone();
            let composed =
                form.app.office.look(move |office, connection| compose(office, connection, &actor, period)).await;
            let draft = composed.map(|document| DraftQuarter::new(key, period, document));
            form.perform(draft).await?.map(|paper| see_other(&format!("/chi-dao/bao-cao/{paper}/sua")))
        }
        "publish" => {
            let publish = PublishQuarter { key, publication: publication()?, seen: form.text("seen"), name: None };
            form.perform(Ok(publish)).await?.map(|_| done(&own, "done-quarter-published"))
        }
        _ => {
            let take_back = UnpublishQuarter { key, publication: publication()?, reason: form.text("reason") };
            form.perform(Ok(take_back)).await?.map(|_| done(&own, "done-quarter-taken-back"))
        }
    };
    match outcome {
        Ok(response) => Ok(response),
        Err(refusal) => page_of(&form.app, &form.member, &form.fields, Some(refusal)).await,
    }
}

/// Where the notice of a quarter stands, and what may be done with it.
pub(super) fn section(
    t: Say,
    app: &App,
    member: &Member,
    (period, called): (Period, String),
    found: Option<&(Kept<TaskPublication>, Kept<OfficialReport>)>,
    refusal: &mut Option<Refusal>,
) -> Section {
    let actor = &member.visitor.actor;
    let form = |act: &str, submit: &str| {
        let key = server_key(app.office.real_now());
        Form::new(PATH, t.say(submit), key).hidden("do", act).hidden("ky", period.code())
    };
    let mut section = Section::new("thong-bao", t.one("quarter-notice", "period", called));
    match found {
        None => {
            section.about = t.say("quarter-none");
            if actor.may(Capability::DraftReport) && period.months == 3 {
                let mut draft = form("draft", "quarter-draft");
                draft.means = t.say("quarter-draft-means");
                section.forms.push(draft);
            }
        }
        Some((publication, paper)) => {
            section.table = Some(standing(t, publication, paper, actor.may(Capability::ExportFigures)));
            let may = actor.may(Capability::SignReport);
            let about = |form: Form| form.hidden("publication", publication.id.to_string());
            if let Some((_, content, number)) = publication.content.waiting(&paper.content).filter(|_| may) {
                let mut publish = about(form("publish", "quarter-publish")).hidden("seen", content);
                publish.means = t.one("quarter-publish-means", "number", number.to_owned());
                section.forms.push(publish);
            }
            if publication.content.open.is_some() && may {
                let reason = Field::words("reason", t.say("quarter-take-back-reason")).input(Input::Lines).required();
                section.forms.push(about(form("take-back", "quarter-take-back")).field(reason));
            }
        }
    }
    // Where nothing may be done any more, the page itself says why.
    if let Some(form) = section.forms.first_mut() {
        form.refusal = refusal.take();
    }
    section
}

/// The paper, its signature, who may read it.
fn standing(t: Say, publication: &Kept<TaskPublication>, paper: &Kept<OfficialReport>, reads: bool) -> Table {
    let told = &paper.content;
    let title = told.title().to_owned();
    let called = if reads { Cell::link(title, format!("/chi-dao/bao-cao/{}", paper.id)) } else { Cell::text(title) };
    let stands = match told.state {
        Stands::Drafted => Cell::text(t.say("letter-paper-drafted")).toned(Tone::Attention),
        Stands::Submitted => Cell::text(t.say("letter-paper-submitted")).toned(Tone::Attention),
        Stands::Signed => {
            let number = told.signed.as_ref().map(|signed| signed.number.clone()).unwrap_or_default();
            Cell::text(t.say("letter-paper-signed")).toned(Tone::Confirmed).told(number)
        }
    };
    let public = match (&publication.content.open, &publication.content.taken_back) {
        (Some(open), _) => Cell::link(t.one("quarter-public", "number", open.number.clone()), address(publication))
            .toned(Tone::Confirmed)
            .told(t.two("quarter-approved-by", "who", open.by.name.clone(), "at", open.by.at.to_string())),
        (None, Some((hand, reason))) => Cell::text(t.say("quarter-taken-back")).toned(Tone::Old).told(t.two(
            "quarter-taken-back-by",
            "who",
            hand.name.clone(),
            "reason",
            reason.clone(),
        )),
        (None, None) => Cell::text(t.say("quarter-not-public")),
    };
    Table {
        columns: ["quarter-column-paper", "quarter-column-stands", "quarter-column-public"]
            .map(|key| Column::words(t.say(key)))
            .to_vec(),
        rows: vec![vec![called, stands, public]],
    }
}

/// Where anybody reads it.
fn address(publication: &Kept<TaskPublication>) -> String {
    format!("{PUBLIC}/{}", publication.id)
}

/// The way to what is public.
pub(super) fn public_link(t: Say) -> Link {
    Link { text: t.say("quarter-public-list"), href: PUBLIC.to_owned() }
}
