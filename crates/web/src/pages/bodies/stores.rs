//! /co-so/{id}/nguon: the stores of a facility, whether each works, one brought, one closed, one in place of another.

use axum::extract::{Path, State};
use axum::response::Response;
use desk::means::Working;
use desk::operations::bodies::set_condition::SetCondition;
use desk::operations::bring_store::BringStore;
use desk::operations::close_store::CloseStore;
use desk::operations::file_report::{Confirmed, FileReport, Level, Told};
use desk::rights::Capability;
use desk::views::bodies::{StoreLine, Stores, stores};
use oxygen::{Source, StoreId};
use place::FacilityId;
use quantity::time::show_date;

use super::vessel::{kind_words, read_store, store_fields};
use super::{Typed, key_of, trail};
use crate::app::App;
use crate::pages::around::{Around, look};
use crate::pages::chain_facility::facility_of;
use crate::pages::fields::{Fields, Sent, local_moment, server_key};
use crate::pages::filled::Wanted;
use crate::pages::means_fields::{Read, choice_field, missing, refusal, whole, words, words_field};
use crate::pages::plain::{answer, done, plain, said_done};
use crate::pages::words::{count, duration, fill, mass};
use crate::respond::{Answer, Problem};
use crate::view::{Cell, Column, Field, Form, Input, Say, Section, Table, Tone};
use crate::visitor::Member;

async fn look_up(app: &App, member: &Member, id: FacilityId) -> Result<(Around, Stores), Problem> {
    look(app, member, move |office, connection, actor| stores(office, connection, actor, id)).await
}

/// GET /co-so/{id}/nguon.
pub(in crate::pages) async fn page(Wanted { app, member, id, fields }: Wanted<FacilityId>) -> Answer {
    let (around, found) = look_up(&app, &member, id).await?;
    let said = said_done(member.caller.say, fields.text("xong"));
    let typed = Typed { fields: &Fields::default(), refusal: None };
    Ok(page_of(&app, &member, &around, &found, &typed, said))
}

/// POST /co-so/{id}/nguon: what one of the forms says.
pub(in crate::pages) async fn change(
    State(app): State<App>,
    Path(id): Path<String>,
    member: Member,
    sent: Sent,
) -> Answer {
    let fields = sent.vouched(&member.caller)?;
    let id = facility_of(&id, &member)?;
    let (around, found) = look_up(&app, &member, id).await?;
    let doing = fields.text("do");
    member.must(if doing == "state" { Capability::KeepInstallations } else { Capability::KeepRegisters })?;
    let outcome = match doing {
        "state" => set_state(&app, &member, &found, &fields).await,
        "bring" => bring(&app, &member, id, &fields, "").await,
        "close" => close(&app, &member, &found, &fields, "").await,
        "swap" => swap(&app, &member, &found, &fields).await,
        _ => Err(missing("do")),
    };
    match outcome {
        Ok(()) => Ok(done(&format!("/co-so/{id}/nguon"), &format!("done-store-{doing}"))),
        Err(unread) => {
            let typed = Typed { fields: &fields, refusal: Some(refusal(unread, &member.caller)?) };
            Ok(page_of(&app, &member, &around, &found, &typed, String::new()))
        }
    }
}

/// A store of this facility: another one's key is none here.
fn store_of(found: &Stores, fields: &Fields) -> Read<StoreId> {
    let asked: StoreId = fields.text("store").parse().map_err(|_| missing("store"))?;
    let known = found.lines.iter().any(|line| line.store.id == asked);
    if known { Ok(asked) } else { Err(missing("store")) }
}

async fn set_state(app: &App, member: &Member, found: &Stores, fields: &Fields) -> Read<()> {
    let since = match fields.some("since") {
        None => None,
        Some(text) => Some(local_moment(text).ok_or_else(|| missing("since"))?),
    };
    let telling = SetCondition {
        key: key_of(fields, ""),
        store: store_of(found, fields)?,
        working: Working::from_code(fields.text("working")).ok_or_else(|| missing("working"))?,
        since,
        reason: fields.text("reason").to_owned(),
        told_by: words(fields, "told_by"),
    };
    app.office.perform(member.visitor.actor.clone(), telling).await.map(drop).map_err(whole)
}

async fn bring(app: &App, member: &Member, id: FacilityId, fields: &Fields, step: &str) -> Read<()> {
    let store = read_store(fields, app.office.real_now())?;
    let bringing = BringStore { key: key_of(fields, step), facility: id, store };
    let outcome = app.office.perform(member.visitor.actor.clone(), bringing).await;
    match outcome {
        // The key of a store is made here: the same form sent twice says the same with another one.
        Err(desk::Failure::KeyReused) => Ok(()),
        other => other.map(drop).map_err(whole),
    }
}

async fn close(app: &App, member: &Member, found: &Stores, fields: &Fields, step: &str) -> Read<()> {
    let store = store_of(found, fields)?;
    if words(fields, "reason").is_none() {
        return Err(missing("reason"));
    }
    // What it held when it went: told first, because nothing can be told of a closed store.
    if let Some(text) = fields.some("last") {
        let level = Level { store, text: text.to_owned(), unit: None, reference: None, running: None };
        let told = Told {
            happened_at: None,
            source: if fields.some("told_by").is_some() { Source::Phone } else { Source::Form },
            told_by: words(fields, "told_by"),
            note: None,
            photo: None,
            levels: vec![level],
            cylinders: Vec::new(),
            patients: None,
            confirmed: Confirmed::Everything,
        };
        let report = FileReport { key: key_of(fields, "last"), facility: found.facility.id, told };
        app.office.perform(member.visitor.actor.clone(), report).await.map_err(whole)?;
    }
    let closing = CloseStore { key: key_of(fields, step), store, reason: fields.text("reason").to_owned() };
    app.office.perform(member.visitor.actor.clone(), closing).await.map(drop).map_err(whole)
}

/// The new one first: a facility is never without either.
async fn swap(app: &App, member: &Member, found: &Stores, fields: &Fields) -> Read<()> {
    store_of(found, fields)?;
    if words(fields, "reason").is_none() {
        return Err(missing("reason"));
    }
    bring(app, member, found.facility.id, fields, "new").await?;
    close(app, member, found, fields, "old").await
}

fn page_of(app: &App, member: &Member, around: &Around, found: &Stores, typed: &Typed<'_>, said: String) -> Response {
    let t = member.caller.say;
    let in_use: Vec<&StoreLine> = found.lines.iter().filter(|line| found.in_use(line)).collect();
    let broken = in_use.iter().filter(|line| !works(line)).count();
    let facts = [("count", in_use.len().into()), ("broken", broken.into())];
    let mut page = plain(app, member, around, "room-oxygen", fill(t, "facility-stores-says", &facts));
    page.title = format!("{} · {}", t.say("facility-stores"), found.facility.body.name);
    page.about = t.one("facility-stores-about", "name", &found.facility.body.name);
    page.done = said;
    page.refusal =
        typed.refusal.clone().filter(|_| !["state", "bring", "close", "swap"].contains(&typed.fields.text("do")));
    page.trail = trail(t, &found.facility);
    page.sections.push(table(t, found, "dang-dung", "facility-stores-in-use", &in_use));
    let key = || server_key(app.office.real_now());
    if found.may_tell && !in_use.is_empty() {
        page.sections.push(section(t, "state", typed, state_form(t, found, typed, key())));
    }
    if found.may_keep {
        if !in_use.is_empty() {
            page.sections.push(section(t, "swap", typed, swap_form(t, found, typed, key())));
        }
        page.sections.push(section(t, "bring", typed, bring_form(t, found, typed, key())));
        if !in_use.is_empty() {
            page.sections.push(section(t, "close", typed, close_form(t, found, typed, key())));
        }
    }
    let closed: Vec<&StoreLine> = found.lines.iter().filter(|line| !found.in_use(line)).collect();
    if !closed.is_empty() {
        let mut section = table(t, found, "da-ngung", "facility-stores-closed", &closed);
        section.folded = true;
        page.sections.push(section);
    }
    answer(&page)
}

fn works(line: &StoreLine) -> bool {
    line.condition.as_ref().is_none_or(|change| change.working.works())
}

/// The state of a store with its reason and its age.
fn state_cell(t: Say, found: &Stores, line: &StoreLine) -> Cell {
    let Some(change) = &line.condition else { return Cell::unknown() };
    let age = duration(t, found.at - change.at);
    let told: Vec<String> =
        [Some(change.reason.clone()).filter(|words| !words.is_empty()), Some(age), change.told_by.clone()]
            .into_iter()
            .flatten()
            .collect();
    let tone = if change.working.works() { Tone::Confirmed } else { Tone::Attention };
    Cell::text(t.say(&format!("working-{}", change.working.code()))).told(told.join(" · ")).toned(tone)
}

fn size_cell(t: Say, line: &StoreLine) -> Cell {
    let store = &line.store;
    match (&store.vessels, &store.rated) {
        (Some(vessels), _) => Cell::figure(count(t, vessels.owned), t.say("unit-cylinders")),
        (None, Some(rated)) if !store.kind.holds_stock() => {
            Cell::figure(quantity::show_number(rated.flow.value, 0), rated.flow.unit.label())
        }
        _ => Cell::text(mass(t, store.capacity)),
    }
}

fn table(t: Say, found: &Stores, id: &str, title: &str, lines: &[&StoreLine]) -> Section {
    let rows = lines.iter().map(|line| {
        let last = line
            .latest
            .as_ref()
            .filter(|_| line.store.kind.holds_stock())
            .map(|latest| Cell::text(mass(t, latest.grams)).told(duration(t, found.at - latest.happened_at)));
        let days = match line.to {
            Some(to) => t.two("store-days-until", "from", show_date(line.from), "to", show_date(to)),
            None => t.one("store-days-from", "from", show_date(line.from)),
        };
        let owner = line.store.owner.clone().unwrap_or_else(|| t.say("owner-own"));
        vec![
            Cell::text(&line.store.label).told(kind_words(t, line.store.kind)),
            state_cell(t, found, line),
            last.unwrap_or_else(Cell::unknown),
            size_cell(t, line),
            Cell::text(owner),
            Cell::text(days),
        ]
    });
    Section {
        empty: t.say("facility-stores-none"),
        table: Some(Table {
            columns: vec![
                Column::words(t.say("column-vessel")),
                Column::words(t.say("column-working")),
                Column::number(t.say("store-column-last")),
                Column::number(t.say("column-capacity")),
                Column::words(t.say("column-owner")),
                Column::words(t.say("store-column-days")),
            ],
            rows: rows.collect(),
        }),
        ..Section::new(id, t.say(title))
    }
}

fn section(t: Say, name: &str, typed: &Typed<'_>, form: Form) -> Section {
    let mut section = Section::new(format!("ghi-{name}"), t.say(&format!("store-form-{name}")));
    section.folded = typed.fields.text("do") != name;
    section.forms.push(form);
    section
}

fn choices_of(t: Say, found: &Stores, typed: &Fields) -> Field {
    let lines = found.lines.iter().filter(|line| found.in_use(line));
    let choices = lines.map(|line| (line.store.id.to_string(), line.store.label.clone()));
    choice_field(t, typed, "store", "store-field-store", choices).required()
}

fn action(found: &Stores) -> String {
    format!("/co-so/{}/nguon", found.facility.id)
}

fn state_form(t: Say, found: &Stores, typed: &Typed<'_>, key: String) -> Form {
    let fields = typed.of("state");
    let states = Working::ALL.map(|one| (one.code().to_owned(), t.say(&format!("working-{}", one.code()))));
    let since = Field::words("since", t.say("store-field-since")).input(Input::Moment).value(fields.text("since"));
    let mut form = Form::new(action(found), t.say("store-save-state"), key)
        .field(choices_of(t, found, &fields))
        .field(choice_field(t, &fields, "working", "column-working", states).required())
        .field(since.hint(t.say("store-hint-since")))
        .field(words_field(t, &fields, "reason", "store-field-reason").hint(t.say("store-hint-state-reason")))
        .field(words_field(t, &fields, "told_by", "means-told-by"));
    form.means = t.say("store-state-means");
    typed.settle(form, "state")
}

fn bring_form(t: Say, found: &Stores, typed: &Typed<'_>, key: String) -> Form {
    let fields = typed.of("bring");
    let mut form = Form::new(action(found), t.say("store-save-bring"), key);
    form.fields = store_fields(t, &fields);
    form.means = t.say("store-bring-means");
    typed.settle(form, "bring")
}

fn closing_fields(t: Say, found: &Stores, fields: &Fields) -> Vec<Field> {
    vec![
        choices_of(t, found, fields),
        words_field(t, fields, "reason", "store-field-reason").required().hint(t.say("store-hint-close-reason")),
        words_field(t, fields, "last", "store-field-last").hint(t.say("store-hint-last")),
        words_field(t, fields, "told_by", "means-told-by"),
    ]
}

fn close_form(t: Say, found: &Stores, typed: &Typed<'_>, key: String) -> Form {
    let fields = typed.of("close");
    let mut form = Form::new(action(found), t.say("store-save-close"), key);
    form.fields = closing_fields(t, found, &fields);
    form.means = t.say("store-close-means");
    typed.settle(form, "close")
}

fn swap_form(t: Say, found: &Stores, typed: &Typed<'_>, key: String) -> Form {
    let fields = typed.of("swap");
    let mut form = Form::new(action(found), t.say("store-save-swap"), key);
    form.fields = closing_fields(t, found, &fields);
    form.fields.extend(store_fields(t, &fields));
    form.means = t.say("store-swap-means");
    typed.settle(form, "swap")
}
