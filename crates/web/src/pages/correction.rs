//! /bao-cao/{report}/dinh-chinh: take a report back and put another in its place.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use desk::operations::correct_report::{CorrectReport, Refused};
use desk::operations::file_report::{Confirmed, Cylinders, Told};
use desk::registry::Facility;
use desk::rights::Capability;
use desk::views::facility::{label_of, report};
use desk::{Actor, Failure};
use oxygen::{Device, ReportId, Source};
use quantity::{ReferenceTemperature, Unit, show_number};
use store::series::{ReadingLine, ReportLine};

use super::around::{Around, look};
use super::fields::{Fields, Sent, see_other, server_key};
use super::report_meant::suggest;
use super::report_told::{LOOKED_FIELD, Unread, apply_meant, read_census, read_count, read_level};
use super::told::{may_correct, summary_of};
use super::words::device_key;
use crate::app::App;
use crate::respond::{Answer, Problem, page_of, refusal_of};
use crate::view::{Choice, CorrectionLine, CorrectionPage, Refusal, Say};
use crate::visitor::Member;

/// Reasons that one tap gives.
const REASONS: [&str; 5] = ["unit", "typing", "facility", "late", "other"];
/// The report belongs to another facility: nothing stands in its place here.
const WRONG_FACILITY: &str = "facility";

pub(super) type Found = (ReportLine, Facility);

pub(super) async fn look_up(app: &App, member: &Member, id: &str) -> Result<(Around, Found), Problem> {
    let id: ReportId = id.parse().map_err(|_| Problem::no_page(&member.caller))?;
    look(app, member, move |office, connection, actor| {
        let (line, facility) = report(office, connection, actor, id)?;
        if !may_correct(actor, &facility) {
            let corrects = actor.may(Capability::CorrectReport);
            let missing = if corrects { Capability::ReportOnBehalf } else { Capability::CorrectReport };
            return Err(Failure::Forbidden(missing));
        }
        Ok((line, facility))
    })
    .await
}

/// GET /bao-cao/{report}/dinh-chinh.
pub(super) async fn form(State(app): State<App>, Path(id): Path<String>, member: Member) -> Answer {
    let (around, found) = look_up(&app, &member, &id).await?;
    if let Some(reason) = found.0.reversed {
        return Err(Problem::of(Failure::refused(Refused::AlreadyReversed { reason }), &member.caller));
    }
    Ok(form_page(&app, &member, &around, &found, None, None))
}

fn form_page(
    app: &App,
    member: &Member,
    around: &Around,
    (line, facility): &Found,
    typed: Option<&Fields>,
    refusal: Option<Refusal>,
) -> Response {
    let t = member.caller.say;
    let chosen = typed.map_or("", |fields| fields.text("reason_kind"));
    let page = CorrectionPage {
        t,
        shell: around.shell(app, member, "room-oxygen"),
        key: typed.map_or_else(|| server_key(app.office.real_now()), |fields| fields.text("key").to_owned()),
        action: format!("/bao-cao/{}/dinh-chinh", line.id),
        report: line.id.to_string(),
        facility: facility.body.name.clone(),
        back_href: format!("/co-so/{}", facility.id),
        original: summary_of(t, &member.visitor.actor, facility, line),
        lines: lines_of(t, facility, line, typed),
        reasons: REASONS
            .map(|reason| Choice {
                value: reason.to_owned(),
                text: t.say(&format!("reason-{reason}")),
                chosen: reason == chosen,
            })
            .into(),
        reason: typed.map_or("", |fields| fields.text("reason")).to_owned(),
        refusal,
    };
    let refused = page.refusal.is_some();
    let mut response = page_of(&page);
    if refused && response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    response
}

/// One line for each figure that was told.
fn lines_of(t: Say, facility: &Facility, line: &ReportLine, typed: Option<&Fields>) -> Vec<CorrectionLine> {
    let mut lines: Vec<CorrectionLine> = Vec::new();
    let mut add = |name: String, label: String, unit: &str, old: String, decimal: bool| {
        let value = typed.map_or_else(|| old.clone(), |fields| fields.text(&name).to_owned());
        lines.push(CorrectionLine { name, label, unit: unit.to_owned(), old, value, decimal });
    };
    for reading in &line.readings {
        let label = label_of(facility, reading.store);
        match &reading.counts {
            Some(counts) if reading.typed_text.is_none() => {
                let parts = [
                    ("full", counts.full),
                    ("part", counts.part),
                    ("empty", counts.empty),
                    ("damaged", counts.damaged),
                ];
                for (part, number) in parts {
                    let label = t.one(&format!("correct-{part}"), "name", &label);
                    add(
                        format!("{part}.{}", reading.store),
                        label,
                        &t.say("unit-cylinders"),
                        number.to_string(),
                        false,
                    );
                }
            }
            counts => {
                if let Some(counts) = counts {
                    let label = t.one("correct-running", "name", &label);
                    add(
                        format!("running.{}", reading.store),
                        label,
                        &t.say("unit-machines"),
                        counts.full.to_string(),
                        false,
                    );
                }
                let label = if counts.is_some() { t.one("correct-flow", "name", &label) } else { label };
                let unit = unit_of(reading);
                add(format!("tank.{}", reading.store), label, unit.label(), typed_number(reading), true);
            }
        }
    }
    if let Some((by_device, waiting)) = &line.census {
        let people = t.say("unit-people");
        for (device, number) in Device::ALL.into_iter().zip(by_device) {
            let name = format!("patients.{}", device.code());
            add(name, t.say(device_key(device)), &people, number.to_string(), false);
        }
        let waiting = waiting.map_or_else(String::new, |number| number.to_string());
        add("waiting".to_owned(), t.say("told-waiting"), &people, waiting, false);
    }
    lines
}

fn unit_of(reading: &ReadingLine) -> Unit {
    reading.unit.as_deref().and_then(Unit::from_code).unwrap_or(Unit::Kilogram)
}

fn typed_number(reading: &ReadingLine) -> String {
    let value = reading.typed_value.unwrap_or_else(|| reading.grams.as_kg());
    // Every digit: a figure that nobody touches must come back as it was told.
    let places = (0..6_i32).find(|places| (value * 10_f64.powi(*places)).fract().abs() < 1e-9).unwrap_or(6);
    show_number(value, places as usize)
}

/// POST /bao-cao/{report}/dinh-chinh.
pub(super) async fn correct(State(app): State<App>, Path(id): Path<String>, member: Member, sent: Sent) -> Answer {
    let mut fields = sent.vouched(&member.caller)?;
    let key = fields.key(&member.caller)?;
    let confirmed = apply_meant(&mut fields);
    let (around, found) = look_up(&app, &member, &id).await?;
    let (line, facility) = &found;
    let actor = &member.visitor.actor;
    let outcome = match read_told(member.caller.say, actor, &found, &fields, confirmed) {
        Ok(instead) => {
            let correction = CorrectReport { key: Some(key), report: line.id, reason: reason_of(&fields), instead };
            app.office.perform(actor.clone(), correction).await.map_err(|failure| (None, failure))
        }
        Err(Unread { field, failure }) => Err((Some(field), failure)),
    };
    match outcome {
        Ok(receipt) => {
            let again = if receipt.replayed { "?lai=1" } else { "" };
            Ok(see_other(&match receipt.done {
                Some(filed) => format!("/bien-nhan/{}{again}", filed.report),
                None => format!("/co-so/{}#reports", facility.id),
            }))
        }
        Err((field, failure)) => {
            let (about, suggestions) = suggest(member.caller.say, &failure, fields.text(LOOKED_FIELD), |store| {
                let counted =
                    line.readings.iter().any(|reading| reading.store == store && reading.typed_text.is_none());
                format!("{}.{store}", if counted { "full" } else { "tank" })
            });
            let no_reason = matches!(failure.reason::<Refused>(), Some(Refused::NoReason));
            let about = field.or(about).or_else(|| no_reason.then(|| "reason".to_owned()));
            let refusal = Refusal { field: about, suggestions, ..refusal_of(failure, &member.caller)? };
            Ok(form_page(&app, &member, &around, &found, Some(&fields), Some(refusal)))
        }
    }
}

/// The reason as the ledger keeps it: in Vietnamese, the tapped one first, then the own words.
pub(super) fn reason_of(fields: &Fields) -> String {
    let kind = Some(fields.text("reason_kind")).filter(|kind| REASONS.contains(kind) && *kind != "other");
    let tapped = kind.map(|kind| Say::default().say(&format!("reason-{kind}")));
    let words = fields.some("reason").map(str::to_owned);
    [tapped, words].into_iter().flatten().collect::<Vec<_>>().join(": ")
}

/// What stands in the place of the old report; nothing when it belongs to another facility or when
/// every figure was cleared.
pub(super) fn read_told(
    t: Say,
    actor: &Actor,
    (line, facility): &Found,
    fields: &Fields,
    confirmed: Confirmed,
) -> Result<Option<Told>, Unread> {
    if fields.text("reason_kind") == WRONG_FACILITY {
        return Ok(None);
    }
    let mut levels = Vec::new();
    let mut cylinders = Vec::new();
    for reading in &line.readings {
        match &reading.counts {
            Some(_) if reading.typed_text.is_none() => cylinders.extend(read_cylinders(reading, fields)?),
            counts => {
                let told = read_count(fields, &format!("running.{}", reading.store))?;
                levels.extend(read_level(fields, reading.store).map(|level| desk::operations::file_report::Level {
                    unit: level.unit.or(Some(unit_of(reading))),
                    reference: reading.reference.as_deref().and_then(ReferenceTemperature::from_code),
                    running: counts.and_then(|counts| told.or(Some(counts.full))),
                    ..level
                }))
            }
        }
    }
    let patients = read_census(t, fields)?;
    if levels.is_empty() && cylinders.is_empty() && patients.is_none() {
        return Ok(None);
    }
    let own = actor.own_facility() == Some(facility.id);
    let teller = line
        .told_by
        .clone()
        .or_else(|| line.recorded_by.as_ref().map(|who| t.one("correction-according-to", "who", who)));
    Ok(Some(Told {
        happened_at: Some(line.happened_at),
        source: if own { Source::Form } else { Source::Phone },
        told_by: teller.filter(|_| !own),
        note: line.note.clone(),
        photo: None,
        levels,
        cylinders,
        patients,
        confirmed,
    }))
}

fn read_cylinders(reading: &ReadingLine, fields: &Fields) -> Result<Option<Cylinders>, Unread> {
    let store = reading.store;
    let mut told = [None; 4];
    for (place, part) in told.iter_mut().zip(["full", "part", "empty", "damaged"]) {
        *place = read_count(fields, &format!("{part}.{store}"))?;
    }
    let said = told.iter().any(Option::is_some);
    let [full, part, empty, damaged] = told.map(Option::unwrap_or_default);
    Ok(said.then_some(Cylinders { store, full, part, empty, damaged }))
}
