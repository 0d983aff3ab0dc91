//! /co-so/{id}/can-doi: a day's page of each store with a gauge: opening + in − use − losses = closing, and the rest
//! that nobody explains, with its reason (OX07).

use axum::extract::{Path, State};
use axum::response::Response;
use desk::operations::close_day::CloseDay;
use desk::rights::Capability;
use desk::views::bodies::{Days, StoreDay, days};
use jiff::civil::Date;
use oxygen::{MovementKind, Source, StoreId};
use place::FacilityId;
use quantity::time::show_date;
use quantity::{Grams, Moment, Unit};

use super::{Typed, trail};
use crate::app::App;
use crate::pages::around::{Around, look};
use crate::pages::chain_facility::facility_of;
use crate::pages::fields::{Fields, Sent, day_of, field_of, local_moment, server_key};
use crate::pages::filled::Wanted;
use crate::pages::means_fields::{Read, choice_field, missing, number_field, refusal, whole, words, words_field};
use crate::pages::plain::{answer, done, plain, said_done};
use crate::pages::words::{fill, mass};
use crate::respond::{Answer, Problem};
use crate::view::{Cell, Column, Field, Form, Input, Link, Say, Section, Table, Tone};
use crate::visitor::Member;

/// Units of amounts that come, are used or are lost.
const AMOUNTS: [Unit; 4] = [Unit::Kilogram, Unit::Tonne, Unit::CubicMetre, Unit::LitreOfLiquid];

async fn look_up(app: &App, member: &Member, id: FacilityId, day: Option<Date>) -> Result<(Around, Days), Problem> {
    look(app, member, move |office, connection, actor| days(office, connection, actor, id, day)).await
}

/// GET /co-so/{id}/can-doi; `ngay` is the day.
pub(in crate::pages) async fn page(Wanted { app, member, id, fields }: Wanted<FacilityId>) -> Answer {
    let day = fields.some("ngay").and_then(day_of);
    let (around, found) = look_up(&app, &member, id, day).await?;
    let said = said_done(member.caller.say, fields.text("xong"));
    let typed = Typed { fields: &Fields::default(), refusal: None };
    Ok(page_of(&app, &member, &around, &found, &typed, said))
}

/// POST /co-so/{id}/can-doi: the day's page of one store.
pub(in crate::pages) async fn close(
    State(app): State<App>,
    Path(id): Path<String>,
    member: Member,
    sent: Sent,
) -> Answer {
    let fields = sent.vouched(&member.caller)?;
    let id = facility_of(&id, &member)?;
    let (around, found) = look_up(&app, &member, id, None).await?;
    member.must(Capability::ReportOxygen)?;
    match perform(&app, &member, &found, &fields).await {
        Ok(()) => Ok(done(&format!("/co-so/{id}/can-doi"), "done-balance")),
        Err(unread) => {
            let typed = Typed { fields: &fields, refusal: Some(refusal(unread, &member.caller)?) };
            Ok(page_of(&app, &member, &around, &found, &typed, String::new()))
        }
    }
}

async fn perform(app: &App, member: &Member, found: &Days, fields: &Fields) -> Read<()> {
    let store: StoreId = fields.text("store").parse().map_err(|_| missing("store"))?;
    let known = found.day.iter().find(|day| day.store.id == store).ok_or_else(|| missing("store"))?;
    let moment = |name: &str| match fields.some(name) {
        None => Ok(None),
        Some(text) => local_moment(text).map(Some).ok_or_else(|| missing(name)),
    };
    let told_by = words(fields, "told_by");
    let zero = |name: &str| fields.some(name).unwrap_or("0").to_owned();
    let page = CloseDay {
        key: desk::IdempotencyKey::new(fields.text("key")),
        store,
        happened_at: moment("closed_at")?.unwrap_or(found.at),
        opening: words(fields, "opening").ok_or_else(|| missing("opening"))?,
        received: zero("received"),
        used: words(fields, "used").ok_or_else(|| missing("used"))?,
        lost: zero("lost"),
        opened_at: moment("opened_at")?,
        reason: words(fields, "reason"),
        closing: words(fields, "closing").ok_or_else(|| missing("closing"))?,
        gauge_unit: known.store.usual_unit(),
        amount_unit: Unit::from_code(fields.text("amount_unit")).unwrap_or(Unit::Kilogram),
        source: if told_by.is_some() { Source::Phone } else { Source::Form },
        told_by,
    };
    app.office.perform(member.visitor.actor.clone(), page).await.map(drop).map_err(whole)
}

/// The first line: does today close?
fn sentence(t: Say, found: &Days) -> String {
    if found.day.is_empty() {
        return t.say("balance-no-gauge");
    }
    let rest: Vec<Option<Grams>> = found.day.iter().map(StoreDay::unexplained).collect();
    let open = rest.iter().filter(|rest| rest.is_none()).count();
    let sum = rest.iter().flatten().fold(Grams::ZERO, |sum, rest| sum + rest.abs());
    match (open, sum) {
        (0, Grams::ZERO) => t.say("balance-closes"),
        (0, sum) => t.one("balance-rest", "rest", mass(t, sum)),
        _ => t.two("balance-open", "open", open, "all", found.day.len()),
    }
}

fn page_of(app: &App, member: &Member, around: &Around, found: &Days, typed: &Typed<'_>, said: String) -> Response {
    let t = member.caller.say;
    let mut page = plain(app, member, around, "room-oxygen", sentence(t, found));
    page.title = format!("{} · {}", t.say("facility-balance"), found.facility.body.name);
    page.about = fill(t, "balance-about", &[("name", found.facility.body.name.clone().into())]);
    page.done = said;
    page.trail = trail(t, &found.facility);
    page.links =
        vec![Link { text: t.say("supply-book"), href: format!("/cung-ung/so-oxy?co-so={}", found.facility.id) }];
    page.sections.push(table(t, "hom-nay", t.say("balance-today"), &found.day));
    if found.may_report && !found.day.is_empty() {
        page.sections.push(form_section(t, app, found, typed));
    }
    for (place, (day, stores)) in found.before.iter().enumerate() {
        let mut section = table(t, &format!("ngay-{place}"), show_date(*day), stores);
        section.folded = place > 0;
        page.sections.push(section);
    }
    answer(&page)
}

fn read_cell(t: Say, read: Option<(Moment, Grams)>) -> Cell {
    read.map_or_else(Cell::unknown, |(at, grams)| Cell::text(mass(t, grams)).told(at.to_string()))
}

fn table(t: Say, id: &str, title: String, stores: &[StoreDay]) -> Section {
    use MovementKind as M;
    let rows = stores.iter().map(|day| {
        let sum = |kinds: &[M]| {
            let known = day.moved.iter().any(|moved| kinds.contains(&moved.kind));
            if known { Cell::text(mass(t, day.sum(kinds))) } else { Cell::text(mass(t, Grams::ZERO)) }
        };
        let used = day.moved.iter().any(|moved| moved.kind == M::Used);
        let booked = day.sum(&[M::Adjustment]);
        let rest = match day.unexplained() {
            None => Cell::unknown(),
            Some(rest) if rest == Grams::ZERO => Cell::text(mass(t, rest)).toned(Tone::Confirmed),
            Some(rest) => {
                let sign = if rest > Grams::ZERO { "+" } else { "−" };
                let told = if booked > Grams::ZERO {
                    t.one("balance-booked", "amount", mass(t, booked))
                } else {
                    String::new()
                };
                Cell::text(format!("{sign}{}", mass(t, rest.abs()))).told(told).toned(Tone::Attention)
            }
        };
        vec![
            Cell::text(&day.store.label),
            read_cell(t, day.opening),
            sum(&[M::Received, M::TakenOver]),
            if used {
                sum(&[M::Used])
            } else {
                // Nobody wrote it down; what the gauge tells stands beside it.
                let told = day.used_by_gauge().filter(|used| *used >= Grams::ZERO);
                Cell::unknown()
                    .told(told.map_or_else(String::new, |used| t.one("balance-by-gauge", "amount", mass(t, used))))
            },
            sum(&[M::Lost, M::HandedOver]),
            read_cell(t, day.closing),
            rest,
        ]
    });
    Section {
        empty: t.say("balance-no-gauge"),
        table: Some(Table {
            columns: vec![
                Column::words(t.say("column-vessel")),
                Column::number(t.say("balance-opening")),
                Column::number(t.say("balance-in")),
                Column::number(t.say("balance-used")),
                Column::number(t.say("balance-lost")),
                Column::number(t.say("balance-closing")),
                Column::number(t.say("balance-unexplained")),
            ],
            rows: rows.collect(),
        }),
        ..Section::new(id, title)
    }
}

/// The form begins with what the book knows: the first store's opening and closing.
fn form_section(t: Say, app: &App, found: &Days, typed: &Typed<'_>) -> Section {
    let sent = typed.refusal.is_some();
    let empty = Fields::default();
    let fields = if sent { typed.fields } else { &empty };
    let first = &found.day[0];
    let shown = |read: Option<(Moment, Grams)>| {
        let kilograms = first.store.usual_unit() == Unit::Kilogram;
        read.filter(|_| kilograms && !sent)
            .map_or_else(String::new, |(_, grams)| quantity::show_number(grams.as_kg(), 0))
    };
    let or = |name: &str, known: String| if sent { fields.text(name).to_owned() } else { known };
    let moment = |name: &str, label: &str, at: Option<Moment>| {
        let known = at.map_or_else(String::new, field_of);
        Field::words(name, t.say(label)).input(Input::Moment).value(or(name, known))
    };
    let stores = found
        .day
        .iter()
        .map(|day| (day.store.id.to_string(), format!("{} ({})", day.store.label, day.store.usual_unit().label())));
    let units = AMOUNTS.map(|unit| (unit.code().to_owned(), unit.label().to_owned()));
    let opened = first.opening.map(|(at, _)| at);
    let number = |name: &str, label: &str| number_field(t, fields, name, label, "");
    let mut form = Form::new(
        format!("/co-so/{}/can-doi", found.facility.id),
        t.say("balance-save"),
        server_key(app.office.real_now()),
    )
    .field(choice_field(t, fields, "store", "store-field-store", stores).required())
    .field(number("opening", "balance-opening").value(or("opening", shown(first.opening))).required())
    .field(moment("opened_at", "balance-opened-at", opened).hint(t.say("balance-hint-opened")))
    .field(number("received", "balance-received").hint(t.say("balance-hint-received")))
    .field(number("used", "balance-used").required())
    .field(number("lost", "balance-lost-field").hint(t.say("balance-hint-lost")))
    .field(choice_field(t, fields, "amount_unit", "balance-amount-unit", units))
    .field(number("closing", "balance-closing").value(or("closing", shown(first.closing))).required())
    .field(moment("closed_at", "balance-closed-at", None).hint(t.say("balance-hint-closed")))
    .field(words_field(t, fields, "reason", "balance-reason").hint(t.say("balance-hint-reason")))
    .field(words_field(t, fields, "told_by", "means-told-by"));
    form.means = t.say("balance-means");
    form.refusal = typed.refusal.clone();
    let mut section = Section::new("khoa-so", t.say("balance-form"));
    section.forms.push(form);
    section
}
