//! /oxy/nap: how oxygen comes to each facility, and when it does not: Tết, ferries, roads, storms.

use axum::extract::{Path, Query, State};
use axum::response::Response;
use desk::Failure;
use desk::alarms::records::ClosureWhy;
use desk::alarms::words as alarm_words;
use desk::operations::alarm::close_supply::{CloseSupply, WithdrawClosure};
use desk::operations::alarm::refused::Refused;
use desk::operations::alarm::set_refill_terms::SetRefillTerms;
use desk::record::RecordId;
use desk::rights::Capability;
use desk::views::refills::{RefillLine, RefillPage, refills};
use oxygen::alarm::DayHours;
use quantity::{Id, Moment, Span};

use super::around::{Around, look};
use super::duty::refuse_unless_may;
use super::fields::{Fields, Sent, field_of, local_moment, server_key};
use super::plain::{answer, done, plain, said_done};
use super::words::duration;
use crate::app::App;
use crate::respond::{Answer, Problem, refusal_of};
use crate::view::{Cell, Choice, Column, Field, Form, Input, Refusal, Say, Section, Table, Tone};
use crate::visitor::Member;

/// Key of the page in its room.
const HERE: &str = "refill-page";

async fn look_up(app: &App, member: &Member) -> Result<(Around, RefillPage), Problem> {
    look(app, member, refills).await
}

/// GET /oxy/nap.
pub(super) async fn page(State(app): State<App>, Query(fields): Query<Fields>, member: Member) -> Answer {
    whole(&app, &member, &Fields::default(), fields.text("xong"), None).await
}

async fn whole(
    app: &App,
    member: &Member,
    typed: &Fields,
    said: &str,
    refused: Option<(&'static str, Refusal)>,
) -> Answer {
    let (around, found) = look_up(app, member).await?;
    let t = member.caller.say;
    let may = member.visitor.actor.may(Capability::AnswerAlarms);
    let known = found.lines.iter().filter(|line| line.terms.is_some()).count();
    let sentence = t.two("refill-sentence", "known", known, "total", found.lines.len());
    let mut page = plain(app, member, &around, HERE, sentence);
    page.about = t.say("refill-about");
    page.done = said_done(t, said);
    let mut closures = closures_section(app, t, &found, may);
    let mut terms = terms_section(t, &found);
    if may {
        let refusal = |form| refused.as_ref().filter(|(name, _)| *name == form).map(|(_, refusal)| refusal.clone());
        let places = found.lines.iter().map(|line| (line.facility.to_string(), line.name.clone())).collect::<Vec<_>>();
        let mut form = closure_form(app, t, "/oxy/nap/dung", &ClosureWhy::ALL, found.at, Some(&places), typed);
        form.refusal = refusal("closure");
        closures.forms.push(form);
        let mut form = terms_form(app, t, &places, typed);
        form.refusal = refusal("terms");
        terms.forms.push(form);
    }
    page.sections = vec![closures, terms];
    Ok::<Response, Problem>(answer(&page))
}

fn closures_section(app: &App, t: Say, found: &RefillPage, may: bool) -> Section {
    let mut section = Section::new("closures", t.say("closures"));
    let rows = found.closures.iter().map(|(kept, place)| {
        let closure = &kept.content;
        let mut withdraw = Cell::default();
        if may {
            let key = server_key(app.office.real_now());
            withdraw.buttons.push(Form::new(format!("/oxy/nap/dung/{}/rut", kept.id), t.say("closure-withdraw"), key));
        }
        let tone = if closure.from <= found.at { Tone::Attention } else { Tone::Plain };
        vec![
            Cell::text(format!("{} – {}", closure.from, closure.to)).toned(tone),
            Cell::text(t.say(&format!("closure-why-{}", closure.why.code()))).told(closure.note.clone()),
            Cell::text(if place.is_empty() { t.say("whole-province") } else { place.clone() }),
            withdraw,
        ]
    });
    let columns = ["closure-column-when", "closure-column-why", "closure-column-where", "alarm-column-do"];
    let columns = columns.map(|key| Column::words(t.say(key))).to_vec();
    section.table = Some(Table { columns, rows: rows.collect() });
    section.empty = t.say("closures-none");
    section
}

/// The form for a closure; `places` are asked where it may hold for one facility only.
pub(super) fn closure_form(
    app: &App,
    t: Say,
    action: &str,
    reasons: &[ClosureWhy],
    now: Moment,
    places: Option<&[(String, String)]>,
    typed: &Fields,
) -> Form {
    let value = |name: &str, otherwise: Moment| typed.some(name).map_or_else(|| field_of(otherwise), str::to_owned);
    let key = server_key(app.office.real_now());
    let storm = reasons == [ClosureWhy::Storm];
    let begins = if storm { now + Span::days(3) } else { now };
    let mut form = Form::new(action, t.say("closure-save"), key)
        .field(Field::words("from", t.say("closure-from")).input(Input::Moment).value(value("from", begins)).required())
        .field(
            Field::words("to", t.say("closure-to"))
                .input(Input::Moment)
                .value(value("to", begins + Span::days(1)))
                .required(),
        );
    if !storm {
        let choices = reasons.iter().map(|why| Choice {
            value: why.code().to_owned(),
            text: t.say(&format!("closure-why-{}", why.code())),
            chosen: typed.text("why") == why.code(),
        });
        form = form.field(Field::words("why", t.say("closure-why")).input(Input::Choices(choices.collect())));
    }
    if let Some(places) = places {
        let all = Choice { value: String::new(), text: t.say("whole-province"), chosen: false };
        let each = places.iter().map(|(id, name)| Choice {
            value: id.clone(),
            text: name.clone(),
            chosen: typed.text("facility") == id,
        });
        let choices = [all].into_iter().chain(each).collect();
        form = form.field(Field::words("facility", t.say("closure-where")).input(Input::Choices(choices)));
    }
    form.field(Field::words("note", t.say("closure-note")).value(typed.text("note")))
}

fn terms_section(t: Say, found: &RefillPage) -> Section {
    let mut section = Section::new("terms", t.say("refill-terms"));
    let keys = [
        "refill-facility",
        "refill-column-arrives",
        "refill-column-supplier",
        "refill-column-lead",
        "refill-column-station",
        "refill-column-bans",
        "refill-column-ferry",
    ];
    section.table = Some(Table {
        columns: keys.map(|key| Column::words(t.say(key))).to_vec(),
        rows: found.lines.iter().map(|line| terms_row(t, line, found.at)).collect(),
    });
    section.empty = t.say("empty-no-facility");
    section
}

fn terms_row(t: Say, line: &RefillLine, now: Moment) -> Vec<Cell> {
    let name = Cell::link(line.name.clone(), format!("/co-so/{}", line.facility));
    let arrives = match line.arrives {
        Some(arrives) => Cell::text(alarm_words::clock(arrives, now)).told(duration(t, arrives - now)),
        None => Cell::text(t.say("refill-never")).toned(Tone::Danger),
    };
    let Some(terms) = &line.terms else {
        let usual = Cell::unknown().told(t.say("refill-usual"));
        return vec![name, arrives, usual, Cell::unknown(), Cell::unknown(), Cell::unknown(), Cell::unknown()];
    };
    let hours = |hours: Option<DayHours>, none: &str| hours.map_or_else(|| t.say(none), |hours| hours.to_string());
    let supplier = if terms.supplier.is_empty() { Cell::unknown() } else { Cell::text(terms.supplier.clone()) };
    let supplier = Cell { more: line.record.map(|id| super::history::link(t, id)), ..supplier };
    let bans: Vec<String> = terms.bans.iter().map(ToString::to_string).collect();
    vec![
        name,
        arrives,
        supplier,
        Cell::text(duration(t, Span::minutes(terms.lead_minutes))),
        Cell::text(hours(terms.station, "refill-day-and-night")),
        Cell::text(if bans.is_empty() { t.say("refill-no-ban") } else { bans.join(", ") }),
        Cell::text(hours(terms.ferry, "refill-no-ferry")),
    ]
}

fn terms_form(app: &App, t: Say, places: &[(String, String)], typed: &Fields) -> Form {
    let choices = places.iter().map(|(id, name)| Choice {
        value: id.clone(),
        text: name.clone(),
        chosen: typed.text("facility") == id,
    });
    let words = |name: &'static str, key: &str| Field::words(name, t.say(key)).value(typed.text(name));
    Form::new("/oxy/nap", t.say("refill-save"), server_key(app.office.real_now()))
        .field(Field::words("facility", t.say("refill-facility")).input(Input::Choices(choices.collect())).required())
        .field(words("supplier", "refill-column-supplier"))
        .field(words("lead", "refill-lead").input(Input::Number(t.say("norm-unit-hours"))).required())
        .field(words("station", "refill-station").hint(t.say("refill-station-hint")))
        .field(words("bans", "refill-bans").hint(t.say("refill-bans-hint")))
        .field(words("ferry", "refill-ferry").hint(t.say("refill-ferry-hint")))
}

async fn settled(
    app: &App,
    member: &Member,
    fields: &Fields,
    form: &'static str,
    key: &str,
    outcome: Result<(), Failure>,
) -> Answer {
    match outcome {
        Ok(()) => Ok(done("/oxy/nap", key)),
        Err(failure) => {
            let refusal = refusal_of(failure, &member.caller)?;
            whole(app, member, fields, "", Some((form, refusal))).await
        }
    }
}

/// POST /oxy/nap: the terms of one facility.
pub(super) async fn set(State(app): State<App>, member: Member, sent: Sent) -> Answer {
    let fields = sent.vouched(&member.caller)?;
    let key = Some(fields.key(&member.caller)?);
    let actor = member.visitor.actor.clone();
    let lead_hours = fields.text("lead").replace(',', ".").parse::<f64>().ok();
    let outcome = match (fields.text("facility").parse(), lead_hours) {
        (Ok(facility), Some(lead_hours)) => {
            let operation = SetRefillTerms {
                key,
                facility,
                supplier: fields.text("supplier").to_owned(),
                lead_hours,
                station: fields.text("station").to_owned(),
                bans: fields.text("bans").to_owned(),
                ferry: fields.text("ferry").to_owned(),
            };
            app.office.perform(actor, operation).await.map(drop)
        }
        _ => refuse_unless_may(&actor, Refused::Lead),
    };
    settled(&app, &member, &fields, "terms", "done-terms-set", outcome).await
}

/// The closure of a form; the reason is the storm where none is asked.
pub(super) async fn close(app: &App, member: &Member, fields: &Fields) -> Result<Result<(), Failure>, Problem> {
    let key = Some(fields.key(&member.caller)?);
    let actor = member.visitor.actor.clone();
    let why = fields.some("why").map_or(Some(ClosureWhy::Storm), ClosureWhy::from_code);
    let facility = match fields.some("facility").map(str::parse) {
        None => Some(None),
        // A place that cannot be read must not become the whole province.
        Some(read) => read.ok().map(Some),
    };
    let moments = (local_moment(fields.text("from")), local_moment(fields.text("to")));
    let (Some(why), Some(facility)) = (why, facility) else { return Err(Problem::unreadable(&member.caller)) };
    let (Some(from), Some(to)) = moments else {
        return Ok(refuse_unless_may(&actor, Refused::EndsBeforeItBegins));
    };
    let note = fields.text("note").to_owned();
    let operation = CloseSupply { key, facility, area: None, from, to, why, note };
    Ok(app.office.perform(actor, operation).await.map(drop))
}

/// POST /oxy/nap/dung.
pub(super) async fn add_closure(State(app): State<App>, member: Member, sent: Sent) -> Answer {
    let fields = sent.vouched(&member.caller)?;
    let outcome = close(&app, &member, &fields).await?;
    settled(&app, &member, &fields, "closure", "done-closure-set", outcome).await
}

/// POST /oxy/nap/dung/{id}/rut.
pub(super) async fn withdraw_closure(State(app): State<App>, Path(id): Path<Id>, member: Member, sent: Sent) -> Answer {
    let fields = sent.vouched(&member.caller)?;
    let operation = WithdrawClosure { key: Some(fields.key(&member.caller)?), closure: RecordId::new(id) };
    let outcome = app.office.perform(member.visitor.actor.clone(), operation).await.map(drop);
    settled(&app, &member, &fields, "closure", "done-closure-withdrawn", outcome).await
}
