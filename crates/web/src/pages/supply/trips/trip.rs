//! GET /chuyen/{id}: one trip: its stops, whom to call, the next steps as buttons, the words to send.

use axum::extract::{Path, Query, State};
use axum::response::Response;
use desk::supply::{CarrierLink, TripStage, WhyFailed, Word};
use desk::views::supply::trips::{StopLine, TripView, trip};
use quantity::Moment;

use super::super::{Refused, choices, field, finish, in_kg, named};
use super::card::{about_of, amount_of, text_of, title_of};
use super::{end_tone, end_words, hour, stage_words, warning_words, why_words};
use crate::app::App;
use crate::pages::around::look;
use crate::pages::fields::{Fields, field_of, server_key};
use crate::pages::plain::plain;
use crate::pages::words::{duration, fill, phone};
use crate::respond::{Answer, Problem};
use crate::view::{Cell, Column, Field, Form, Input, Link, Say, Section, Table, Tone};
use crate::visitor::Member;

/// GET /chuyen/{id}.
pub(in crate::pages) async fn page(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(fields): Query<Fields>,
    member: Member,
) -> Answer {
    show(&app, &member, &id, None, None, fields.text("xong")).await
}

/// The page; with the link that was just given out, and what was refused.
pub(super) async fn show(
    app: &App,
    member: &Member,
    id: &str,
    refused: Option<Refused>,
    given: Option<String>,
    done: &str,
) -> Result<Response, Problem> {
    let key = id.parse().map_err(|_| Problem::no_page(&member.caller))?;
    let (around, view) =
        look(app, member, move |office, connection, actor| trip(office, connection, actor, key)).await?;
    let t = member.caller.say;
    let line = &view.line;
    let mut page = plain(app, member, &around, "trips", sentence(t, &view));
    page.title = title_of(t, line);
    page.trail = vec![Link { text: t.say("trips"), href: "/chuyen".to_owned() }];
    let told = line.warnings.iter().map(|warning| warning_words(t, warning, view.at));
    page.about = [about_of(t, line, view.at)].into_iter().chain(told).collect::<Vec<_>>().join(" ");
    page.links = vec![Link { text: t.say("trip-notes"), href: format!("/chuyen/{id}/phieu") }];
    if let Some(address) = given {
        page.sections.push(super::board::link_section(t, &address, "link-text-driver"));
    }
    page.sections.push(stops_section(t, app, &view));
    page.sections.push(facts(t, &view));
    if view.may_change {
        steps(t, app, &view, &mut page.sections);
    }
    page.sections
        .push(Section { copy: text_of(t, line, view.at, view.simulated), ..Section::new("tin", t.say("trip-text")) });
    Ok(finish(t, page, refused, done))
}

fn sentence(t: Say, view: &TripView) -> String {
    let trip = &view.line.trip;
    let facts = [
        ("number", trip.number.to_string().into()),
        ("stage", stage_words(t, trip.stage).into()),
        ("count", view.line.stops.len().into()),
        ("span", view.line.late.map_or_else(String::new, |late| duration(t, late)).into()),
        ("next", trip.next_stop().and_then(|stop| name_of(view, stop.number)).unwrap_or_default().into()),
        ("left", in_kg(t, trip.on_board()).into()),
    ];
    let key = match (trip.stage, view.line.late, trip.next_stop()) {
        (TripStage::UnderWay, Some(_), Some(_)) => "trip-sentence-late",
        (TripStage::UnderWay, None, Some(_)) => "trip-sentence-next",
        (TripStage::UnderWay, _, None) => "trip-sentence-back",
        (stage, Some(_), _) if !stage.is_over() => "trip-sentence-late-start",
        _ => "trip-sentence",
    };
    fill(t, key, &facts)
}

fn name_of(view: &TripView, number: u32) -> Option<String> {
    view.line.stops.iter().find(|stop| stop.stop.number == number).map(|stop| stop.facility.clone())
}

fn stops_section(t: Say, app: &App, view: &TripView) -> Section {
    let rows = view.line.stops.iter().enumerate().map(|(place, stop)| row(t, app, view, place, stop));
    let columns = vec![
        Column::number("#"),
        Column::words(t.say("column-facility")).lead(),
        Column::words(t.say("supply-column-amount")),
        Column::words(t.say("trips-column-eta")),
        Column::words(t.say("trips-column-end")),
        Column::words(t.say("supply-column-call")),
    ];
    Section {
        table: Some(Table { columns, rows: rows.collect() }),
        about: if view.line.hidden > 0 { t.one("trip-others", "count", view.line.hidden) } else { String::new() },
        ..Section::new("diem-giao", t.say("trips-column-stops"))
    }
}

fn row(t: Say, app: &App, view: &TripView, place: usize, stop: &StopLine) -> Vec<Cell> {
    let (one, now) = (&stop.stop, view.at);
    let order = t.one("supply-number", "number", stop.order.to_string());
    let name = Cell::link(stop.facility.clone(), format!("/cung-ung/yeu-cau/{}", one.request));
    let about = [order, stop.store.clone(), one.note.clone()].into_iter().filter(|part| !part.is_empty());
    let mut end = match (&one.end, one.arrived_at) {
        (Some(end), _) => Cell::text(end_words(t, end, now)).toned(end_tone(end)),
        (None, Some(at)) => Cell::text(t.one("trip-stop-arrived", "at", hour(at, now))).toned(Tone::Confirmed),
        (None, None) => match stop.late {
            Some(late) => Cell::text(t.one("trip-late", "span", duration(t, late))).toned(Tone::Attention),
            None => Cell::text(t.say("trip-stop-waits")),
        },
    };
    if let Some(code) = stop.gate_code.as_ref().filter(|_| one.end.is_none()) {
        end = end.told(t.one("trip-gate-code", "code", code));
    }
    let on_the_road = matches!(view.line.trip.stage, TripStage::Loaded | TripStage::UnderWay);
    if view.may_change && on_the_road && one.end.is_none() && one.arrived_at.is_none() {
        let key = server_key(app.office.real_now());
        let form = named(Form::new(format!("/chuyen/{}", view.line.id), t.say("driver-arrived"), key), "arrived");
        end.buttons.push(form.hidden("stop", one.number.to_string()));
    }
    let answers = stop.phone.as_ref().map(|(who, number)| phone(who, number));
    let call = Cell { phone: answers, ..Cell::default() };
    vec![
        Cell::text((place + 1).to_string()),
        name.told(about.collect::<Vec<_>>().join(" · ")),
        Cell::text(amount_of(t, stop)),
        Cell::text(hour(one.eta, now)).told(t.one("trip-needed", "at", hour(stop.needed_by, now))),
        end,
        call,
    ]
}

fn facts(t: Say, view: &TripView) -> Section {
    let (line, trip) = (&view.line, &view.line.trip);
    let row = |key: &str, cell: Cell| vec![Cell::text(t.say(key)), cell];
    let capacity = line.capacity.map(|most| t.one("trip-of-capacity", "amount", in_kg(t, most))).unwrap_or_default();
    let mut driver = Cell::text(trip.driver.clone());
    driver.phone = (!trip.phone.is_empty()).then(|| phone(&trip.driver, &trip.phone));
    let mut source = Cell::text(line.source.clone());
    source.phone = line.source_phone.as_ref().map(|(who, number)| phone(who, number));
    let word = |word: &Option<Word>| match word {
        None => Cell::text(t.say("trip-no-word")).toned(Tone::Attention),
        Some(word) => {
            let amount = word.grams.map(|grams| in_kg(t, grams));
            let ready = word.ready_at.map(|at| t.one("trip-ready", "at", hour(at, view.at)));
            let told: Vec<String> = [amount, ready, Some(word.at.to_string())].into_iter().flatten().collect();
            Cell::text(word.said_by.clone()).told(told.join(" · "))
        }
    };
    let mut rows = vec![
        row("supply-column-vehicle", Cell::text(trip.plate.clone()).told(capacity)),
        row("supply-field-driver", driver),
        row("supply-field-source", source),
        row("trip-planned-start", Cell::text(trip.starts_at.to_string())),
        row("trip-free-at", Cell::text(trip.ends_at.to_string())),
        row("trip-word-supplier", word(&trip.supplier_word)),
        row("trip-word-driver", word(&trip.driver_word)),
    ];
    let at = |moment: Option<Moment>| moment.map(|moment| Cell::text(moment.to_string()));
    rows.extend(at(trip.loaded_at).map(|cell| row("trip-loaded-at", cell)));
    rows.extend(at(trip.started_at).map(|cell| row("trip-started-at", cell)));
    if trip.on_board() > quantity::Grams::ZERO {
        rows.push(row("trip-on-board", Cell::text(in_kg(t, trip.on_board()))));
    }
    if let Some(closing) = &trip.closed {
        let told =
            t.two("trip-closed-told", "empties", closing.empties.to_string(), "left", in_kg(t, closing.remainder));
        rows.push(row("trip-closed-at", Cell::text(closing.at.to_string()).told(format!("{told} {}", closing.note))));
    }
    if let Some(ended) = &trip.ended {
        rows.push(row("trip-called-off", Cell::text(ended.reason.clone()).told(ended.at.to_string())));
    }
    let columns = vec![Column::words(""), Column::words("")];
    Section { table: Some(Table { columns, rows }), folded: false, ..Section::new("chi-tiet", t.say("trip-facts")) }
}

/// A form of a step.
fn step(t: Say, app: &App, view: &TripView, name: &'static str) -> Form {
    let path = format!("/chuyen/{}", view.line.id);
    named(Form::new(path, t.say(&format!("trip-step-{name}")), server_key(app.office.real_now())), name)
}

fn steps(t: Say, app: &App, view: &TripView, sections: &mut Vec<Section>) {
    let trip = &view.line.trip;
    let form = |name| step(t, app, view, name);
    let mut add = |id: &str, title: &str, about: String, forms: Vec<Form>, folded: bool| {
        sections.push(Section { about, forms, folded, ..Section::new(id, t.say(title)) });
    };
    let open = trip.stage.is_open_to_change();
    let on_the_road = matches!(trip.stage, TripStage::Loaded | TripStage::UnderWay);
    if open {
        let supplier = form("supplier")
            .field(field(t, "said_by").hint(t.say("supply-said-by-hint")).required())
            .field(field(t, "ready_at").input(Input::Moment).value(field_of(trip.starts_at)))
            .field(field(t, "amount").input(Input::Number("kg".to_owned())).hint(t.say("trip-all-of-it")));
        let driver = form("driver").field(field(t, "said_by").value(trip.driver.clone()).required());
        let told = trip.supplier_word.is_some();
        add("nhan-loi", "trip-accept-supplier", String::new(), vec![supplier], told);
        add("lai-xe-nhan", "trip-accept-driver", String::new(), vec![driver], trip.driver_word.is_some());
        let mut load = form("load");
        for stop in &view.line.stops {
            let name = format!("boc.{}", stop.stop.number);
            let planned = quantity::show_number(stop.stop.grams.as_kg(), 0);
            load = load
                .field(Field::words(name, stop.facility.clone()).input(Input::Number("kg".to_owned())).value(planned));
        }
        add("boc", "trip-load", t.say("trip-load-about"), vec![load], trip.stage == TripStage::Planned);
    }
    if trip.stage == TripStage::Loaded {
        add("xuat-phat", "supply-start", String::new(), vec![form("start")], false);
    }
    if on_the_road {
        for stop in view.line.stops.iter().filter(|stop| stop.stop.end.is_none()) {
            let id = format!("giao-{}", stop.stop.number);
            let title = t.one("trip-deliver-at", "facility", &stop.facility);
            let forms = vec![deliver_form(t, app, view, stop), fail_form(t, app, view, stop)];
            sections.push(Section { forms, folded: true, ..Section::new(id, title) });
        }
    }
    let mut add = |id: &str, title: &str, about: String, forms: Vec<Form>| {
        sections.push(Section { about, forms, folded: true, ..Section::new(id, t.say(title)) });
    };
    if on_the_road && trip.next_stop().is_none() {
        let close = form("close")
            .field(field(t, "empties").input(Input::Number(t.say("supply-shell-unit"))))
            .field(field(t, "remainder").input(Input::Number("kg".to_owned())).hint(t.one(
                "trip-should-be-left",
                "amount",
                in_kg(t, trip.on_board()),
            )))
            .field(field(t, "note_of_trip"));
        add("dong", "trip-close", String::new(), vec![close]);
    }
    if !trip.stage.is_over() {
        add("lien-ket-lai-xe", "link-driver", links_about(t, &view.links), vec![form("link")]);
    }
    if open && view.line.stops.len() > 1 {
        let mut reorder = form("reorder");
        for stop in &view.line.stops {
            let name = format!("den.{}", stop.stop.number);
            let value = field_of(stop.stop.eta);
            let one = Field::words(name, stop.facility.clone()).input(Input::Moment).value(value);
            reorder = reorder.field(one.required());
        }
        add("thu-tu", "trip-reorder", t.say("trip-reorder-about"), vec![reorder]);
    }
    if open && !view.others.is_empty() {
        let stops = view.line.stops.iter().map(|stop| (stop.stop.number.to_string(), stop.facility.clone()));
        let others = view.others.iter().map(|(id, name)| (id.to_string(), name.clone()));
        let moving = form("move")
            .field(field(t, "stop").input(choices(stops)).required())
            .field(field(t, "to_trip").input(choices(others)).required())
            .field(field(t, "eta").input(Input::Moment).value(field_of(trip.ends_at)).required());
        add("chuyen-diem", "trip-move", String::new(), vec![moving]);
    }
    if open || trip.stage == TripStage::Loaded {
        add("huy", "trip-call-off", String::new(), vec![form("calloff").field(field(t, "reason").required())]);
    }
}

fn deliver_form(t: Say, app: &App, view: &TripView, stop: &StopLine) -> Form {
    let form = step(t, app, view, "deliver").hidden("stop", stop.stop.number.to_string());
    let form = super::super::forms::figure_fields(t, form, None)
        .field(field(t, "deliverer").value(view.line.trip.driver.clone()).required())
        .field(field(t, "receiver").required())
        .field(field(t, "gate_code").hint(t.say("driver-gate-hint")))
        .field(field(t, "received_at").input(Input::Moment).hint(t.say("supply-now-hint")));
    Form { means: t.say("supply-receive-means"), ..form }
}

fn fail_form(t: Say, app: &App, view: &TripView, stop: &StopLine) -> Form {
    let reasons = WhyFailed::ALL.map(|why| (why.code().to_owned(), why_words(t, why)));
    let form = step(t, app, view, "fail")
        .hidden("stop", stop.stop.number.to_string())
        .field(field(t, "why").input(choices(reasons)).required())
        .field(field(t, "words"));
    Form { means: t.say("trip-fail-means"), ..form }
}

/// Which links stand, and on how many devices they were opened.
fn links_about(t: Say, links: &[desk::record::Kept<CarrierLink>]) -> String {
    let open = links.iter().find(|kept| kept.content.shut.is_none());
    let told = open.map(|kept| {
        let facts = [
            ("at", kept.content.at.to_string().into()),
            ("devices", kept.content.devices.len().into()),
            ("most", kept.content.to.devices().into()),
        ];
        fill(t, "link-stands", &facts)
    });
    [t.say("link-driver-about")].into_iter().chain(told).collect::<Vec<_>>().join(" ")
}
