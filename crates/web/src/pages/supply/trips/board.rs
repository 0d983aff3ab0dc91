//! GET and POST /chuyen: the list, and the form that makes a trip from orders that wait for one.

use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use desk::door::digest_of;
use desk::operations::supply::trips::Refused as Reason;
use desk::operations::supply::trips::link::GiveLink;
use desk::operations::supply::trips::make_trip::{MakeTrip, StopPlan, TripPlan};
use desk::operations::supply::trips::offer::TellOffer;
use desk::record::RecordId;
use desk::rights::Capability;
use desk::supply::{LinkTo, Product, Request, Supplier, TripSource};
use desk::views::supply::Book;
use desk::views::supply::registers::vehicles;
use desk::views::supply::requests::{RequestLine, requests};
use desk::views::supply::trips::{Board, board, waiting};
use desk::{Failure, random};
use quantity::{Moment, Span};

use super::super::{Refused, choices, choices_or_none, field, finish, in_kg, key_of, named, supplier_choices, titled};
use super::card::board_of;
use crate::app::App;
use crate::pages::around::look;
use crate::pages::fields::{Fields, Sent, day_of, field_of, local_moment, server_key};
use crate::pages::phones::public_address;
use crate::pages::plain::{done, plain};
use crate::pages::words::{duration, fill};
use crate::respond::{Answer, Problem};
use crate::view::{Cell, Column, Field, Form, Input, Link, Say, Section, Table};
use crate::visitor::Member;

/// GET /chuyen.
pub(in crate::pages) async fn page(State(app): State<App>, Query(fields): Query<Fields>, member: Member) -> Answer {
    show(&app, &member, None, fields.text("xong")).await
}

/// What a trip is made from: orders that wait, vehicles by plate.
pub(in super::super) struct MadeFrom {
    /// Names and choices.
    pub book: Book,
    /// Orders that wait for a trip.
    pub orders: Vec<RequestLine>,
    /// Plate and its words.
    pub plates: Vec<(String, String)>,
}

/// Reads what a trip is made from.
pub(in super::super) fn made_from(
    office: &desk::Office,
    connection: &mut store::Connection,
    actor: &desk::Actor,
) -> desk::Outcome<MadeFrom> {
    let found = requests(office, connection, actor)?;
    let orders = waiting(&found.book, &found.open);
    let fleet = vehicles(office, connection, actor)?.lines;
    let plates = fleet.into_iter().filter(|line| !line.kept.content.retired).map(|line| {
        let vehicle = line.kept.content;
        (vehicle.plate.clone(), format!("{} – {}", vehicle.plate, vehicle.owner))
    });
    Ok(MadeFrom { plates: plates.collect(), orders, book: found.book })
}

async fn show(app: &App, member: &Member, refused: Option<Refused>, done: &str) -> Result<Response, Problem> {
    let keeps = member.visitor.actor.may(Capability::KeepSupply);
    let (around, (found, from)) = look(app, member, move |office, connection, actor| {
        let found = board(office, connection, actor)?;
        let from = if keeps { Some(made_from(office, connection, actor)?) } else { None };
        Ok((found, from))
    })
    .await?;
    let t = member.caller.say;
    let mut page = plain(app, member, &around, "trips", sentence(t, &found));
    page.about = t.say("trips-about");
    page.links = vec![
        Link { text: t.say("supply"), href: "/cung-ung".to_owned() },
        Link { text: t.say("map"), href: "/oxy/ban-do".to_owned() },
    ];
    page.board = Some(board_of(t, &found.open, found.at, around.past.is_none()));
    let key = || server_key(app.office.real_now());
    if let Some(from) = &from {
        page.sections.push(Section {
            about: t.one("trips-waiting", "count", from.orders.len()),
            forms: if from.orders.is_empty() { Vec::new() } else { vec![make_form(t, from, &key())] },
            folded: true,
            ..Section::new("lap-chuyen", t.say("trips-make"))
        });
        page.sections.push(Section {
            about: t.say("trips-offers-about"),
            table: (!found.offers.is_empty()).then(|| offers_table(t, &found)),
            forms: vec![offer_form(t, from, &key())],
            folded: true,
            ..Section::new("kha-nang", t.say("trips-offers"))
        });
    }
    page.sections.push(Section {
        table: Some(over_table(t, &found)),
        empty: t.say("trips-over-empty"),
        folded: true,
        ..Section::new("da-xong", t.say("trips-over"))
    });
    Ok(finish(t, page, refused, done))
}

fn sentence(t: Say, found: &Board) -> String {
    let late = found.open.iter().filter(|line| line.late.is_some()).count();
    match (found.open.first(), late) {
        (None, _) => t.one("trips-sentence-none", "waiting", found.waiting),
        (Some(_), 0) => {
            fill(t, "trips-sentence", &[("count", found.open.len().into()), ("waiting", found.waiting.into())])
        }
        (Some(worst), _) => fill(
            t,
            "trips-sentence-late",
            &[
                ("count", found.open.len().into()),
                ("late", late.into()),
                ("number", worst.trip.number.to_string().into()),
                ("plate", worst.trip.plate.clone().into()),
                ("span", duration(t, worst.late.unwrap_or(Span::ZERO)).into()),
            ],
        ),
    }
}

/// The form that makes a trip: orders are ticked, the rest may be left to the program.
pub(in super::super) fn make_form(t: Say, from: &MadeFrom, key: &str) -> Form {
    let mut form = named(Form::new("/chuyen", t.say("trips-send-make"), key), "make");
    for line in &from.orders {
        let request = &line.request;
        let facts = [
            ("number", request.number.to_string().into()),
            ("facility", line.facility.clone().into()),
            ("amount", in_kg(t, request.outstanding()).into()),
            ("at", request.needed_by.to_string().into()),
        ];
        let supplier = line.supplier.clone().unwrap_or_else(|| t.say("unknown"));
        let tick = Field::words(format!("don.{}", line.id), fill(t, "trips-order", &facts)).input(Input::Check);
        form = form.field(tick.hint(supplier));
    }
    let sources = supplier_choices(&from.book).into_iter().map(|(id, name)| (format!("supplier:{id}"), name));
    let lenders = from.book.facilities.iter().flat_map(|facility| {
        facility.stores.iter().map(|(store, label)| {
            (
                format!("lender:{}/{store}", facility.id),
                t.two("trips-lender", "facility", &facility.name, "store", label),
            )
        })
    });
    let all: Vec<_> = sources.chain(lenders).collect();
    let starts = field_of(from.book.at + Span::hours(1));
    let mut form = form
        .field(field(t, "plate").input(choices(from.plates.clone())).required())
        .field(field(t, "source").input(choices_or_none(t, "trips-source-of-orders", all)))
        .field(field(t, "starts_at").input(Input::Moment).value(starts).required())
        .field(field(t, "ends_at").input(Input::Moment).hint(t.say("trips-ends-hint")))
        .field(field(t, "driver").hint(t.say("supply-usual-driver")))
        .field(field(t, "phone").input(Input::Phone));
    form.means = t.say("trips-make-means");
    form
}

/// POST /chuyen.
pub(in crate::pages) async fn make(State(app): State<App>, member: Member, sent: Sent) -> Answer {
    let fields = sent.vouched(&member.caller)?;
    member.must(Capability::KeepSupply)?;
    let key = fields.key(&member.caller)?;
    let ticked: Vec<RecordId<Request>> = fields.ticked::<quantity::Id>("don.").into_iter().map(RecordId::new).collect();
    let (_, from) = look(&app, &member, made_from).await?;
    let outcome = match read_plan(&fields, &from, &ticked) {
        Ok((plan, stops)) => {
            let operation = MakeTrip { key: Some(key), plan, stops };
            app.office.perform(member.visitor.actor.clone(), operation).await
        }
        Err(failure) => Err(failure),
    };
    match outcome {
        Ok(receipt) => Ok(done(&format!("/chuyen/{}", receipt.done), "done-trip-made")),
        Err(failure) => {
            let refused = Refused::of("make", fields, failure, &member.caller)?;
            show(&app, &member, Some(refused), "").await
        }
    }
}

/// The plan of a form; the stops in the order in which they are needed.
fn read_plan(
    fields: &Fields,
    from: &MadeFrom,
    ticked: &[RecordId<Request>],
) -> Result<(TripPlan, Vec<StopPlan>), Failure> {
    let missing = |what| Failure::refused(Reason::Missing { what });
    let mut orders: Vec<&RequestLine> = from.orders.iter().filter(|line| ticked.contains(&line.id)).collect();
    orders.sort_by_key(|line| (line.request.priority, line.request.needed_by, line.request.number));
    let source = match fields.text("source").split_once(':') {
        Some(("supplier", id)) => TripSource::Supplier(id.parse().map_err(|_| Failure::NotFound)?),
        Some(("lender", place)) => {
            let (facility, store) = place.split_once('/').ok_or(Failure::NotFound)?;
            let parsed = facility.parse().ok().zip(store.parse().ok());
            let (facility, store) = parsed.ok_or(Failure::NotFound)?;
            TripSource::Lender(facility, store)
        }
        _ => {
            let first = orders.iter().find_map(|line| line.request.supplier);
            TripSource::Supplier(first.ok_or_else(|| missing(if orders.is_empty() { "stop" } else { "source" }))?)
        }
    };
    // What was ticked and waits no more is refused by its own reason.
    let gone = ticked.iter().filter(|id| orders.iter().all(|line| line.id != **id));
    let stop = |request: RecordId<Request>| StopPlan { request, eta: None, empties: 0, note: String::new() };
    let stops = orders.iter().map(|line| line.id).chain(gone.copied()).map(stop).collect();
    let plan = TripPlan {
        plate: fields.text("plate").to_owned(),
        driver: fields.text("driver").to_owned(),
        phone: fields.text("phone").to_owned(),
        source,
        starts_at: local_moment(fields.text("starts_at")).ok_or_else(|| missing("starts_at"))?,
        ends_at: local_moment(fields.text("ends_at")),
    };
    Ok((plan, stops))
}

fn product_words(t: Say, product: Product) -> String {
    t.say(&format!("supply-product-{}", product.code()))
}

fn offers_table(t: Say, found: &Board) -> Table {
    let row = |(name, kept): &(String, desk::record::Kept<desk::supply::Offer>)| {
        let offer = &kept.content;
        vec![
            Cell::text(name.clone()),
            Cell::text(quantity::time::show_date(offer.day)),
            Cell::text(product_words(t, offer.product)),
            Cell::figure(super::super::kilograms(t, offer.grams), "kg"),
            Cell::text(offer.said_by.clone()).told(offer.at.to_string()),
        ]
    };
    Table {
        columns: vec![
            Column::words(t.say("supply-column-supplier")),
            Column::words(t.say("trips-column-day")),
            Column::words(t.say("trips-column-product")),
            Column::number(t.say("supply-column-amount")),
            Column::words(t.say("trips-column-said-by")),
        ],
        rows: found.offers.iter().map(row).collect(),
    }
}

fn offer_form(t: Say, from: &MadeFrom, key: &str) -> Form {
    let today = from.book.at.date();
    let product = Product::ALL.map(|product| (product.code().to_owned(), product_words(t, product)));
    named(Form::new("/chuyen/kha-nang", t.say("trips-send-offer"), key), "offer")
        .field(field(t, "supplier").input(choices(supplier_choices(&from.book))).required())
        .field(Field::words("product", t.say("trips-column-product")).input(choices(product)).required())
        .field(Field::words("day", t.say("trips-column-day")).input(Input::Day).value(today.to_string()).required())
        .field(field(t, "amount").input(Input::Number("kg".to_owned())).required())
        .field(field(t, "said_by").hint(t.say("supply-said-by-hint")).required())
}

/// What a form says that a supplier can give.
pub(in super::super) fn offer_of(
    fields: &Fields,
    key: desk::IdempotencyKey,
    supplier: RecordId<Supplier>,
    through: desk::operations::supply::trips::Through,
) -> Result<TellOffer, Failure> {
    let missing = |what| move || Failure::refused(Reason::Missing { what });
    let product = Product::ALL.into_iter().find(|product| product.code() == fields.text("product"));
    Ok(TellOffer {
        key: Some(key),
        through,
        supplier,
        product: product.ok_or_else(missing("product"))?,
        day: day_of(fields.text("day")).ok_or_else(missing("day"))?,
        amount: fields.text("amount").to_owned(),
        said_by: fields.text("said_by").to_owned(),
    })
}

/// POST /chuyen/kha-nang.
pub(in crate::pages) async fn offer(State(app): State<App>, member: Member, sent: Sent) -> Answer {
    let fields = sent.vouched(&member.caller)?;
    member.must(Capability::KeepSupply)?;
    let key = fields.key(&member.caller)?;
    let missing = || Failure::refused(desk::operations::supply::Refused::Missing { what: "supplier" });
    let supplier = key_of(&fields, "supplier").and_then(|id| id.ok_or_else(missing));
    let outcome = match supplier.and_then(|supplier| offer_of(&fields, key, supplier, None)) {
        Ok(operation) => app.office.perform(member.visitor.actor.clone(), operation).await,
        Err(failure) => Err(failure),
    };
    match outcome {
        Ok(_) => Ok(done("/chuyen", "done-trip-offer")),
        Err(failure) => {
            let refused = Refused::of("offer", fields, failure, &member.caller)?;
            show(&app, &member, Some(refused), "").await
        }
    }
}

fn over_table(t: Say, found: &Board) -> Table {
    let row = |line: &desk::views::supply::trips::TripLine| {
        let trip = &line.trip;
        let names: Vec<String> = line.stops.iter().map(|stop| stop.facility.clone()).collect();
        vec![
            Cell::link(super::card::title_of(t, line), format!("/chuyen/{}", line.id)),
            Cell::text(super::stage_words(t, trip.stage)),
            Cell::text(trip.starts_at.to_string()),
            Cell::text(names.join(" → ")),
            Cell::figure(super::super::kilograms(t, trip.delivered()), "kg"),
        ]
    };
    Table {
        columns: vec![
            Column::words(t.say("trips")).lead(),
            Column::words(t.say("supply-column-stage")),
            Column::words(t.say("supply-field-starts-at")),
            Column::words(t.say("trips-column-stops")),
            Column::number(t.say("trips-column-delivered")),
        ],
        rows: found.over.iter().map(row).collect(),
    }
}

/// POST /cung-ung/nha-cung-ung/{id}/lien-ket: the link of a supplier, shown once.
pub(in crate::pages) async fn give_supplier_link(
    State(app): State<App>,
    Path(id): Path<String>,
    member: Member,
    headers: HeaderMap,
    sent: Sent,
) -> Answer {
    let fields = sent.vouched(&member.caller)?;
    let key = fields.key(&member.caller)?;
    let supplier = id.parse().map_err(|_| Problem::no_page(&member.caller))?;
    let given = given(&app, &member, &headers, LinkTo::Supplier(supplier), key).await?;
    let path = format!("/cung-ung/nha-cung-ung/{id}");
    let Some(address) = given else { return Ok(done(&path, "done-link-before")) };
    let (around, ()) = look(&app, &member, |_, _, _| Ok(())).await?;
    let t = member.caller.say;
    let mut page = titled(&app, &member, &around, "supply", t.say("link-given"));
    page.trail = vec![Link { text: t.say("supply-suppliers"), href: path }];
    page.sections.push(link_section(t, &address, "link-text-supplier"));
    Ok(crate::pages::plain::answer(&page))
}

/// The link as it is sent: shown once, kept nowhere.
pub(super) fn link_section(t: Say, address: &str, key: &str) -> Section {
    Section {
        about: t.say("link-given-about"),
        copy: t.one(key, "address", address),
        ..Section::new("lien-ket", t.say("link-given"))
    }
}

/// Gives a link out; none where the same form came before.
pub(super) async fn given(
    app: &App,
    member: &Member,
    headers: &HeaderMap,
    to: LinkTo,
    key: desk::IdempotencyKey,
) -> Result<Option<String>, Problem> {
    let actor = member.visitor.actor.clone();
    let secret = format!("{}.{}", actor.province.number(), random::secret());
    let operation = GiveLink { key: Some(key), to, digest: digest_of(&secret) };
    let receipt = app.office.perform(actor, operation).await;
    let receipt = receipt.map_err(|failure| Problem::of(failure, &member.caller))?;
    let address = public_address(app, headers);
    Ok((!receipt.replayed).then(|| format!("{address}/giao/{}?ma={secret}", receipt.done)))
}

/// The hour of a field.
pub(super) fn moment_of(fields: &Fields, name: &str) -> Option<Moment> {
    local_moment(fields.text(name))
}
