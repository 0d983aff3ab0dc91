//! POST /cung-ung/phieu-nhan/{id}: the weight or the cylinders of a receipt mended, once and by a second person (OX13).
//! Its forms and the receipts that were wrong stand on the page of the request.

use axum::extract::{Path, State};
use desk::operations::supply::correct_receipt::CorrectReceipt;
use desk::record::{Kept, RecordId};
use desk::rights::Capability;
use desk::supply::Receipt;
use desk::views::supply::requests::RequestView;

use super::forms::{delivery_of, figure_fields};
use super::request::show;
use super::{Refused, field, in_kg, named};
use crate::app::App;
use crate::pages::fields::{Sent, server_key};
use crate::pages::plain::done;
use crate::respond::{Answer, Problem};
use crate::view::{Cell, Column, Form, Say, Section, Table, Tone};
use crate::visitor::Member;

/// The name of the form; the page of a request has one for each receipt.
const FORM: &str = "correct";

/// The forms of the receipts that the actor may mend, and why he may not where somebody else must.
pub(super) fn section(t: Say, app: &App, member: &Member, view: &RequestView) -> Option<Section> {
    if view.receipts.is_empty() || !member.visitor.actor.may(Capability::CorrectReport) {
        return None;
    }
    let mut section = Section::new("dinh-chinh", t.say("supply-correct"));
    section.folded = true;
    let mine = view.receipts.iter().filter(|kept| view.correctable.contains(&kept.id));
    section.forms = mine.map(|kept| form_of(t, kept, &server_key(app.office.real_now()))).collect();
    let key = if section.forms.is_empty() { "supply-correct-second" } else { "supply-correct-about" };
    section.about = t.say(key);
    Some(section)
}

fn form_of(t: Say, kept: &Kept<Receipt>, key: &str) -> Form {
    let receipt = &kept.content;
    let button = t.one("supply-correct-note", "note", &receipt.note);
    let form = Form::new(format!("/cung-ung/phieu-nhan/{}", kept.id), button, key);
    let form = named(form, FORM).hidden("request", receipt.request.to_string());
    let form = form.hidden("receipt", kept.id.to_string());
    let mut form = figure_fields(t, form, Some(receipt)).field(field(t, "reason").required());
    form.means = t.one("supply-correct-means", "amount", in_kg(t, receipt.grams));
    form
}

/// The receipts that were wrong, with who mended them and why.
pub(super) fn wrong(t: Say, view: &RequestView) -> Option<Section> {
    let rows = view.wrong.iter().filter_map(|kept| {
        let corrected = kept.content.corrected.as_ref()?;
        let note = t.one("supply-note-of", "note", &kept.content.note);
        Some(vec![
            Cell::text(in_kg(t, kept.content.grams)).told(note).toned(Tone::Old),
            Cell::text(corrected.reason.clone()),
            Cell::text(corrected.by.name.clone()).told(corrected.at.to_string()),
        ])
    });
    let columns = ["supply-receipt-wrong", "supply-field-reason", "supply-receipt-mended-by"];
    let columns = columns.map(|key| Column::words(t.say(key))).to_vec();
    let table = Some(Table { columns, rows: rows.collect() });
    (!view.wrong.is_empty()).then(|| Section { table, ..Section::new("da-dinh-chinh", t.say("supply-receipts-wrong")) })
}

/// POST /cung-ung/phieu-nhan/{id}.
pub(in crate::pages) async fn correct(
    State(app): State<App>,
    Path(id): Path<String>,
    member: Member,
    sent: Sent,
) -> Answer {
    let fields = sent.vouched(&member.caller)?;
    let receipt: RecordId<Receipt> = id.parse().map_err(|_| Problem::no_page(&member.caller))?;
    let operation = CorrectReceipt {
        key: Some(fields.key(&member.caller)?),
        receipt,
        reason: fields.text("reason").to_owned(),
        delivery: delivery_of(&fields),
    };
    let request = fields.text("request").to_owned();
    match app.office.perform(member.visitor.actor.clone(), operation).await {
        Ok(_) => Ok(done(&format!("/cung-ung/yeu-cau/{request}"), "done-supply-corrected")),
        Err(failure) => {
            let refused = Refused::of(FORM, fields, failure, &member.caller)?;
            show(&app, &member, &request, Some(refused), "").await
        }
    }
}
