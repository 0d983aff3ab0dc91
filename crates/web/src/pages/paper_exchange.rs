//! What a paper's page says of the document system: taking it out to be signed there, what waits, what was told of it.

use desk::background::aside;
use desk::operations::exchange::send_out::SendOut;
use desk::papers::report::{OfficialReport, State as Stands};
use desk::record::RecordId;
use desk::rights::Capability;
use desk::views::exchange::{of_one, to_send, zip};

use super::around::look;
use super::fields::server_key;
use super::filled::Sending;
use super::letters::{EXCHANGE, exchange_ended, exchange_states};
use super::papers::LIST;
use super::plain::{answer, done, plain};
use crate::app::App;
use crate::respond::{Answer, Problem};
use crate::view::{Cell, Column, Form, Link, Section, Table};
use crate::visitor::Member;

/// POST /chi-dao/bao-cao/{id}/xuat-ky: takes the paper out as a package.
pub(super) async fn send(sending: Sending) -> Answer {
    let form = sending.by_whom(Capability::DraftReport)?;
    let (key, paper): (_, RecordId<OfficialReport>) = (form.key(), form.id()?);
    let (around, (kept, content)) =
        look(&form.app, &form.member, move |office, connection, actor| to_send(office, connection, actor, paper))
            .await?;
    let seen = kept.content.content.clone();
    let packed = aside(move || zip(&kept, &content)).await.and_then(|packed| packed);
    match form.perform(packed.map(|zip| SendOut { key, paper, seen, zip })).await? {
        Ok(_) => Ok(done(&format!("{LIST}/{paper}"), "done-exchange-sent")),
        Err(refusal) => {
            let t = form.member.caller.say;
            let mut page = plain(&form.app, &form.member, &around, "papers", t.say("exchange-not-sent"));
            page.trail = vec![Link { text: t.say("papers"), href: format!("{LIST}/{paper}") }];
            page.refusal = Some(refusal);
            Ok(answer(&page))
        }
    }
}

/// The sections of a paper's page.
pub(super) async fn sections(
    app: &App,
    member: &Member,
    paper: RecordId<OfficialReport>,
    told: &OfficialReport,
) -> Result<Vec<Section>, Problem> {
    let (around, found) =
        look(app, member, move |office, connection, actor| of_one(office, connection, actor, paper.0)).await?;
    let t = member.caller.say;
    let mut sections = Vec::new();
    let may = member.visitor.actor.may(Capability::DraftReport) && around.past.is_none();
    let lacks = told.state == Stands::Submitted || (told.state == Stands::Signed && told.scan.is_none());
    let goes = may && lacks;
    if goes || !found.sent.is_empty() {
        let mut section = Section::new("xuat-ky", t.say("exchange-out"));
        section.about = t.say("exchange-out-about");
        if !found.sent.is_empty() {
            let rows = found.sent.iter().map(|sent| {
                let package = sent.content.package.clone();
                vec![
                    Cell::link(format!("{package}.zip"), format!("{EXCHANGE}/tep/{}", sent.id)),
                    Cell::text(sent.content.at.to_string()).told(sent.content.by.clone()),
                    Cell::text(exchange_ended(t, &sent.content.ended)),
                ]
            });
            let names = ["exchange-column-package", "exchange-column-sent", "exchange-column-state"];
            let columns = names.iter().map(|key| Column::words(t.say(key))).collect();
            section.table = Some(Table { columns, rows: rows.collect() });
        }
        if goes {
            let mut form =
                Form::new(format!("{LIST}/{paper}/xuat-ky"), t.say("exchange-send"), server_key(app.office.real_now()));
            form.means = t.say("exchange-send-means");
            section.forms.push(form);
        }
        sections.push(section);
    }
    if !found.states.is_empty() {
        let told = found.states.iter().map(|told| &told.content);
        sections.push(exchange_states(t, "tinh-trang", t.say("exchange-states"), told));
    }
    Ok(sections)
}
