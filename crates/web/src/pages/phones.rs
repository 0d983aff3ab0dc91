//! /nguoi-dung/dien-thoai: the trusted phones, and «Mất điện thoại»; /co-so/{id}/ma-qr: the sheet with a facility's code.

use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, header};
use axum::response::Response;
use desk::operations::phone::end_trust::EndTrust;
use desk::operations::phone::{Standing, TrustedPhone};
use desk::record::RecordId;
use desk::rights::Capability;
use desk::views::phones::{PhoneLine, phones};
use desk::{Failure, Outcome};
use place::FacilityId;

use super::around::{Around, look};
use super::fields::{Fields, Sent, server_key};
use super::plain::{answer, done, plain, said_done};
use crate::app::App;
use crate::respond::{Answer, Problem, page_of};
use crate::view::{Cell, Column, Form, QrPage, Say, Section, Table, Tone};
use crate::visitor::Member;

const PATH: &str = "/nguoi-dung/dien-thoai";

/// GET /nguoi-dung/dien-thoai.
pub(super) async fn page(State(app): State<App>, Query(asked): Query<Fields>, member: Member) -> Answer {
    let (around, (lines, places)) = look(&app, &member, |office, connection, actor| {
        let lines = phones(office, connection, actor)?;
        let registry = office.registry(connection, actor.province)?;
        let seen = registry.facilities().iter().filter(|facility| actor.sees(facility, &registry));
        let places: Vec<Place> = seen.map(|facility| (facility.id, facility.body.name.clone())).collect();
        Ok((lines, places))
    })
    .await?;
    Ok(list(&app, &member, &around, (&lines, &places), asked.text("xong")))
}

/// A facility and its name.
type Place = (FacilityId, String);

fn list(
    app: &App,
    member: &Member,
    around: &Around,
    (lines, places): (&[PhoneLine], &[Place]),
    done: &str,
) -> Response {
    let t = member.caller.say;
    let open = lines.iter().filter(|line| line.phone.content.standing() == Standing::Trusted).count();
    let sentence =
        if open == 0 { t.say("phones-none") } else { locale::say(t.0, "phones-open", &[("count", open.into())]) };
    let mut page = plain(app, member, around, "phones-title", sentence);
    page.about = t.say("phones-about");
    page.done = said_done(t, done);
    let columns = ["column-name", "column-facility", "phones-phone", "phones-since", "phones-standing"];
    page.sections.push(Section {
        table: (!lines.is_empty()).then(|| Table {
            columns: columns.iter().map(|key| Column::words(t.say(key))).collect(),
            rows: lines.iter().map(|line| row(t, line, &server_key(app.office.real_now()))).collect(),
        }),
        empty: t.say("phones-empty"),
        ..Section::new("phones", t.say("phones-title"))
    });
    let link = |(id, name): &Place| vec![Cell::link(name, format!("/co-so/{id}/ma-qr"))];
    page.sections.push(Section {
        about: t.say("qr-means"),
        table: (!places.is_empty()).then(|| Table {
            columns: vec![Column::words(t.say("column-facility"))],
            rows: places.iter().map(link).collect(),
        }),
        folded: true,
        ..Section::new("codes", t.say("qr-title"))
    });
    answer(&page)
}

fn row(t: Say, line: &PhoneLine, key: &str) -> Vec<Cell> {
    let phone = &line.phone.content;
    let standing = phone.standing();
    let (words, tone) = match standing {
        Standing::Trusted => ("phones-trusted", Tone::Confirmed),
        Standing::Locked => ("phones-locked", Tone::Attention),
        Standing::Lost => ("phones-lost", Tone::Old),
        Standing::Replaced => ("phones-replaced", Tone::Old),
    };
    let mut state = Cell::text(t.say(words)).toned(tone);
    if let Some(ended) = &phone.ended {
        state = state.told([ended.at.to_string(), ended.by.clone()].join(" · ").trim_end_matches(" · ").to_owned());
    } else {
        let action = format!("{PATH}/{}/mat", line.phone.id);
        state.buttons.push(Form::new(action, t.say("phones-report-lost"), key));
    }
    let officer = line.officer.clone().map_or_else(Cell::unknown, Cell::text);
    let label = Some(phone.label.clone()).filter(|label| !label.is_empty());
    vec![
        officer,
        Cell::text(&line.facility),
        label.map_or_else(Cell::unknown, Cell::text),
        Cell::text(phone.trusted_at.to_string()),
        state,
    ]
}

/// POST /nguoi-dung/dien-thoai/{id}/mat.
pub(super) async fn lost(State(app): State<App>, Path(id): Path<String>, member: Member, sent: Sent) -> Answer {
    let fields = sent.vouched(&member.caller)?;
    let key = fields.key(&member.caller)?;
    let phone: RecordId<TrustedPhone> = id.parse().map_err(|_| Problem::no_page(&member.caller))?;
    let ending = EndTrust { key: Some(key), phone };
    app.office
        .perform(member.visitor.actor.clone(), ending)
        .await
        .map_err(|failure| Problem::of(failure, &member.caller))?;
    Ok(done(PATH, "done-phone-lost"))
}

/// GET /co-so/{id}/ma-qr: to be printed and put up beside the tank.
pub(super) async fn code(State(app): State<App>, Path(id): Path<String>, member: Member, headers: HeaderMap) -> Answer {
    let id: FacilityId = id.parse().map_err(|_| Problem::no_page(&member.caller))?;
    let (around, name) = look(&app, &member, move |office, connection, actor| -> Outcome<String> {
        let registry = office.registry(connection, actor.province)?;
        let seen = registry.facility(id).filter(|facility| actor.sees(facility, &registry));
        let name = seen.ok_or(Failure::NotFound)?.body.name.clone();
        if actor.may(Capability::KeepPhones) { Ok(name) } else { Err(Failure::Forbidden(Capability::KeepPhones)) }
    })
    .await?;
    let address = format!("{}/co-so/{id}/bao-cao", public_address(&app, &headers));
    let t = member.caller.say;
    Ok(page_of(&QrPage {
        t,
        shell: around.shell(&app, &member, "room-oxygen"),
        drawing: crate::chart::qr(&address, &t.one("qr-picture", "name", name.as_str())),
        facility: name,
        address,
    }))
}

/// Where a phone finds this installation: as configured, else as whoever prints the sheet has found it.
pub(super) fn public_address(app: &App, headers: &HeaderMap) -> String {
    if let Some(address) = &app.public_address {
        return address.trim_end_matches('/').to_owned();
    }
    let host = headers.get(header::HOST).and_then(|value| value.to_str().ok()).unwrap_or("localhost");
    let scheme = if app.secure_cookies { "https" } else { "http" };
    format!("{scheme}://{host}")
}
