//! /cung-ung/nha-cung-ung: who makes and fills oxygen, how much, when, released or not, whom to call (OX12).

use axum::extract::{Path, Query, State};
use axum::response::Response;
use desk::Failure;
use desk::operations::supply::keep_supplier::KeepSupplier;
use desk::record::Kept;
use desk::rights::Capability;
use desk::supply::{Contact, Output, Plant, Product, Shells, Supplier};
use desk::views::supply::Book;
use desk::views::supply::registers::{supplier, suppliers};
use jiff::civil::Time;
use quantity::time::show_date;
use quantity::{Grams, Typed};

use super::keep::kept;
use super::{Refused, choices, field, finish, in_kg, key_of, mass_of, named, said_yes, yes_no, yes_words};
use crate::app::App;
use crate::pages::around::{Around, look};
use crate::pages::fields::{Fields, Sent, day_of, server_key};
use crate::pages::plain::done;
use crate::pages::words::{fill, phone};
use crate::respond::{Answer, Problem};
use crate::view::{Cell, Column, Field, Form, Input, Link, Say, Section, Table, Tone};
use crate::visitor::Member;

/// Sizes of shells that a form asks for, millilitres of water.
const SIZES: [(u32, &str); 3] = [(40_000, "shells40"), (10_000, "shells10"), (8_000, "shells8")];
/// Begins the field of another size, before its millilitres.
const OTHER_SHELLS: &str = "shells_ml_";
/// More people of one supplier than a form carries.
const MOST_CONTACTS: usize = 40;

/// GET /cung-ung/nha-cung-ung.
pub(in crate::pages) async fn page(State(app): State<App>, Query(fields): Query<Fields>, member: Member) -> Answer {
    let (around, book) = look(&app, &member, suppliers).await?;
    Ok(list(&app, &member, &around, &book, None, fields.text("xong")))
}

fn list(app: &App, member: &Member, around: &Around, book: &Book, refused: Option<Refused>, done: &str) -> Response {
    let t = member.caller.say;
    let daily: Grams = book.suppliers.iter().flat_map(|kept| &kept.content.outputs).map(|output| output.grams).sum();
    let facts = [("count", book.suppliers.len().into()), ("daily", in_kg(t, daily).into())];
    let mut page = super::titled(app, member, around, "supply-suppliers", fill(t, "supply-suppliers-sentence", &facts));
    page.trail = vec![Link { text: t.say("supply"), href: "/cung-ung".to_owned() }];
    page.about = t.say("supply-suppliers-about");
    if member.visitor.actor.may(Capability::ExportFigures) {
        page.links = vec![Link { text: t.say("supply-export"), href: "/xuat/cung-ung/nha-cung-ung".to_owned() }];
    }
    let columns = ["supply-column-supplier", "supply-field-place", "supply-column-daily", "supply-field-open"];
    let mut columns: Vec<Column> = columns.into_iter().map(|key| Column::words(t.say(key))).collect();
    columns.extend(
        ["supply-field-medical-release", "supply-field-commitment", "supply-column-shells", "supply-column-call"]
            .map(|key| Column::words(t.say(key))),
    );
    let rows = book.suppliers.iter().map(|kept| row_of(t, kept)).collect();
    page.sections.push(Section {
        table: Some(Table { columns, rows }),
        empty: t.say("supply-suppliers-empty"),
        ..Section::new("danh-sach", "")
    });
    if member.visitor.actor.may(Capability::KeepSupply) {
        page.sections.push(Section {
            forms: vec![form_of(t, None, &server_key(app.office.real_now()))],
            folded: true,
            ..Section::new("them", t.say("supply-add-supplier"))
        });
    }
    finish(t, page, refused, done)
}

fn row_of(t: Say, kept: &Kept<Supplier>) -> Vec<Cell> {
    let supplier = &kept.content;
    let outputs: Vec<String> = supplier
        .outputs
        .iter()
        .map(|output| {
            format!("{} {}", t.say(&format!("supply-product-{}", output.product.code())), in_kg(t, output.grams))
        })
        .collect();
    let hours = supplier.open.map(|(from, to)| format!("{} – {}", clock(from), clock(to)));
    let shells: Vec<String> = supplier
        .shells
        .iter()
        .map(|shells| {
            let litres = (shells.water_volume_ml / 1_000).to_string();
            t.two("supply-shells-of", "litres", litres, "count", shells.count.to_string())
        })
        .collect();
    let released = Cell::text(yes_words(t, supplier.medical_release));
    let known = |words: String| if words.is_empty() { Cell::unknown() } else { Cell::text(words) };
    let mut call = Cell::default();
    match supplier.contacts.first() {
        Some(contact) => call.phone = Some(phone(&contact.name, &contact.phone)),
        None => call = Cell::unknown(),
    }
    let plant = t.say(&format!("supply-plant-{}", supplier.plant.code().replace('_', "-")));
    vec![
        Cell::link(supplier.name.clone(), format!("/cung-ung/nha-cung-ung/{}", kept.id)).told(plant),
        known(supplier.place.clone()),
        known(outputs.join(", ")),
        known(hours.unwrap_or_default()),
        if supplier.medical_release == Some(true) { released } else { released.toned(Tone::Attention) },
        supplier
            .commitment
            .as_ref()
            .map_or_else(Cell::unknown, |(day, document)| Cell::text(document.clone()).told(show_date(*day))),
        known(shells.join(", ")),
        call,
    ]
}

/// `07:30`.
fn clock(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

fn form_of(t: Say, kept: Option<&Kept<Supplier>>, key: &str) -> Form {
    let known = kept.map(|kept| &kept.content);
    let text = |read: fn(&Supplier) -> String| known.map(read).unwrap_or_default();
    let plants =
        Plant::ALL.map(|one| (one.code().to_owned(), t.say(&format!("supply-plant-{}", one.code().replace('_', "-")))));
    let output = |product: Product| {
        let found = known.and_then(|one| one.outputs.iter().find(|output| output.product == product));
        found.map(|output| super::as_typed(&output.typed)).unwrap_or_default()
    };
    let yes = |answer: Option<bool>| answer.map_or("", |yes| if yes { "1" } else { "0" });
    let mut form = named(Form::new("/cung-ung/nha-cung-ung", t.say("supply-save"), key), "supplier")
        .hidden("id", kept.map(|kept| kept.id.to_string()).unwrap_or_default())
        .field(field(t, "name").value(text(|one| one.name.clone())).required())
        .field(field(t, "plant").input(choices(plants)).value(known.map_or("", |one| one.plant.code())))
        .field(field(t, "place").value(text(|one| one.place.clone())))
        .field(field(t, "liquid").value(output(Product::Liquid)).hint(t.say("supply-daily-hint")))
        .field(field(t, "cylinders_daily").value(output(Product::Cylinders)).hint(t.say("supply-daily-hint")))
        .field(
            field(t, "open")
                .value(text(|one| {
                    one.open.map_or_else(String::new, |(from, to)| format!("{}-{}", clock(from), clock(to)))
                }))
                .hint(t.say("supply-open-hint")),
        )
        .field(field(t, "medical_release").input(yes_no(t)).value(yes(known.and_then(|one| one.medical_release))))
        .field(
            field(t, "commitment")
                .value(text(|one| one.commitment.as_ref().map_or_else(String::new, |(_, document)| document.clone()))),
        )
        .field(
            field(t, "commitment_on")
                .input(Input::Day)
                .value(text(|one| one.commitment.as_ref().map_or_else(String::new, |(day, _)| day.to_string()))),
        );
    for (size, name) in sizes(known) {
        let owned = known.and_then(|one| one.shells.iter().find(|shells| shells.water_volume_ml == size));
        let value = owned.map_or_else(String::new, |shells| shells.count.to_string());
        let label = t.one("supply-shells-of-litres", "litres", quantity::show_number(f64::from(size) / 1_000.0, 1));
        let field = Field::words(name, label).input(Input::Number(t.say("supply-shell-unit")));
        form = form.field(field.value(value));
    }
    let contacts = known.map_or(&[][..], |one| &one.contacts);
    // One line more than there are: the empty one adds somebody.
    for place in 0..=contacts.len() {
        form = contact_fields(t, form, place, contacts.get(place));
    }
    form = form.hidden("contacts", (contacts.len() + 1).to_string());
    if kept.is_some() {
        form = form.field(field(t, "closed").input(Input::Check));
    }
    form
}

/// The sizes of shells that a form asks for: the usual ones, and what else the supplier is known to own.
fn sizes(known: Option<&Supplier>) -> Vec<(u32, String)> {
    let usual = SIZES.iter().map(|(size, _)| *size);
    let owned = known.into_iter().flat_map(|one| one.shells.iter().map(|shells| shells.water_volume_ml));
    let mut all: Vec<u32> = usual.collect();
    for size in owned {
        if !all.contains(&size) {
            all.push(size);
        }
    }
    let name = |size: u32| {
        let usual = SIZES.iter().find(|(one, _)| *one == size);
        usual.map_or_else(|| format!("{OTHER_SHELLS}{size}"), |(_, name)| (*name).to_owned())
    };
    all.into_iter().map(|size| (size, name(size))).collect()
}

/// The fields of the contact at a place, the first of them without a number: so they were always called.
fn contact_names(place: usize) -> [String; 3] {
    let behind = if place == 0 { String::new() } else { format!("_{}", place + 1) };
    ["contact", "contact_post", "phone"].map(|name| format!("{name}{behind}"))
}

fn contact_fields(t: Say, form: Form, place: usize, contact: Option<&Contact>) -> Form {
    let [name, post, phone] = contact_names(place);
    let number = (place + 1).to_string();
    let label = |key: &str| t.one(key, "number", number.as_str());
    let hint = t.say(if contact.is_some() { "supply-contact-remove" } else { "supply-contact-add" });
    let told = |read: fn(&Contact) -> &str| contact.map_or("", read);
    form.field(Field::words(name, label("supply-contact-of")).value(told(|one| &one.name)).hint(hint))
        .field(Field::words(post, label("supply-contact-post-of")).value(told(|one| &one.post)))
        .field(Field::words(phone, label("supply-contact-phone-of")).input(Input::Phone).value(told(|one| &one.phone)))
}

/// The contacts of a form in their order; a line without name and number is nobody.
fn contacts_of(fields: &Fields) -> Result<Vec<Contact>, Failure> {
    let lines = fields.text("contacts").parse::<usize>().unwrap_or(1).clamp(1, MOST_CONTACTS);
    let mut all = Vec::new();
    for place in 0..lines {
        let [name, post, phone] = contact_names(place).map(|name| fields.text(&name).to_owned());
        if name.is_empty() && phone.is_empty() {
            continue;
        }
        if phone.is_empty() {
            return Err(Failure::refused(desk::operations::supply::Refused::Missing { what: "phone" }));
        }
        all.push(Contact { name, post, phone });
    }
    Ok(all)
}

/// GET /cung-ung/nha-cung-ung/{id}.
pub(in crate::pages) async fn one(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(fields): Query<Fields>,
    member: Member,
) -> Answer {
    show_one(&app, &member, &id, None, fields.text("xong")).await
}

async fn show_one(app: &App, member: &Member, id: &str, refused: Option<Refused>, done: &str) -> Answer {
    let id = id.parse().map_err(|_| Problem::no_page(&member.caller))?;
    let (around, (book, kept)) =
        look(app, member, move |office, connection, actor| supplier(office, connection, actor, id)).await?;
    let t = member.caller.say;
    let mut page = super::titled(app, member, &around, "supply-suppliers", kept.content.name.clone());
    page.trail = vec![
        Link { text: t.say("supply"), href: "/cung-ung".to_owned() },
        Link { text: t.say("supply-suppliers"), href: "/cung-ung/nha-cung-ung".to_owned() },
    ];
    page.links.push(crate::pages::history::link(t, kept.id));
    page.about = t.say(&format!("supply-plant-{}", kept.content.plant.code().replace('_', "-")));
    let mut phones = Vec::new();
    for contact in &kept.content.contacts {
        let cell = Cell { phone: Some(phone(&contact.name, &contact.phone)), ..Cell::default() };
        phones.push(vec![Cell::text(contact.name.clone()).told(contact.post.clone()), cell]);
    }
    if member.visitor.actor.may(Capability::KeepSupply) {
        let action = format!("/cung-ung/nha-cung-ung/{}/lien-ket", kept.id);
        page.sections.push(Section {
            about: t.say("link-supplier-about"),
            forms: vec![Form::new(action, t.say("link-give"), server_key(app.office.real_now()))],
            folded: true,
            ..Section::new("lien-ket", t.say("link-supplier"))
        });
    }
    page.sections.push(Section {
        table: Some(Table {
            columns: vec![Column::words(t.say("supply-field-contact")), Column::words(t.say("supply-column-call"))],
            rows: phones,
        }),
        empty: t.say("supply-no-contact"),
        ..Section::new("lien-he", t.say("supply-field-contact"))
    });
    let contracts = book.contracts.iter().filter(|contract| contract.content.supplier == kept.id);
    let rows = contracts.map(|contract| {
        let terms = contract.content.terms;
        vec![
            Cell::link(contract.content.number.clone(), format!("/cung-ung/hop-dong/{}", contract.id)),
            Cell::text(show_date(terms.to)),
            Cell::text(super::dong(t, terms.price.per_kg())),
        ]
    });
    page.sections.push(Section {
        table: Some(Table {
            columns: vec![
                Column::words(t.say("supply-field-contract")),
                Column::words(t.say("supply-field-to")),
                Column::number(t.say("supply-column-price")),
            ],
            rows: rows.collect(),
        }),
        empty: t.say("supply-contracts-empty"),
        ..Section::new("hop-dong", t.say("supply-contracts"))
    });
    if member.visitor.actor.may(Capability::KeepSupply) {
        page.sections.push(Section {
            forms: vec![form_of(t, Some(&kept), &server_key(app.office.real_now()))],
            ..Section::new("sua", t.say("supply-change"))
        });
    }
    Ok(finish(t, page, refused, done))
}

/// POST /cung-ung/nha-cung-ung.
pub(in crate::pages) async fn keep(State(app): State<App>, member: Member, sent: Sent) -> Answer {
    match kept(&app, &member, sent, "supplier", read).await? {
        Ok(id) => Ok(done(&format!("/cung-ung/nha-cung-ung/{id}"), "done-supply-kept")),
        Err(refused) if !refused.record().is_empty() => {
            let id = refused.record().to_owned();
            show_one(&app, &member, &id, Some(*refused), "").await
        }
        Err(refused) => {
            let (around, book) = look(&app, &member, suppliers).await?;
            Ok(list(&app, &member, &around, &book, Some(*refused), ""))
        }
    }
}

fn read(fields: &Fields, key: desk::IdempotencyKey) -> Result<KeepSupplier, Failure> {
    let text = |name: &str| fields.text(name).to_owned();
    let mut outputs = Vec::new();
    for (product, name) in [(Product::Liquid, "liquid"), (Product::Cylinders, "cylinders_daily")] {
        if let Some(told) = fields.some(name) {
            let grams = mass_of(told)?;
            let typed = Typed { text: told.to_owned(), ..Typed::measured(grams.as_kg(), quantity::Unit::Kilogram) };
            outputs.push(Output { product, typed, grams });
        }
    }
    let others =
        fields.0.keys().filter_map(|name| Some((name.strip_prefix(OTHER_SHELLS)?.parse().ok()?, name.as_str())));
    let mut shells: Vec<Shells> = SIZES
        .into_iter()
        .chain(others)
        .filter_map(|(water_volume_ml, name)| {
            let count = fields.some(name)?.parse().ok()?;
            Some(Shells { water_volume_ml, count })
        })
        .collect();
    shells.sort_by_key(|shells| std::cmp::Reverse(shells.water_volume_ml));
    let commitment = day_of(fields.text("commitment_on")).zip(fields.some("commitment").map(str::to_owned));
    Ok(KeepSupplier {
        key: Some(key),
        id: key_of(fields, "id")?,
        body: None,
        supplier: Supplier {
            name: text("name"),
            plant: Plant::ALL.into_iter().find(|one| one.code() == fields.text("plant")).unwrap_or(Plant::Both),
            place: text("place"),
            outputs,
            open: hours_of(fields.text("open")),
            medical_release: said_yes(fields, "medical_release"),
            commitment,
            shells,
            contacts: contacts_of(fields)?,
            closed: fields.text("closed") == "1",
        },
    })
}

/// «07:30-17:00», «7h-17h».
fn hours_of(text: &str) -> Option<(Time, Time)> {
    let (from, to) = text.split_once(['-', '–'])?;
    let read = |text: &str| {
        let text = text.trim().trim_end_matches(['h', 'g']);
        let (hour, minute) = text.split_once([':', 'h', 'g']).unwrap_or((text, "0"));
        Time::new(hour.trim().parse().ok()?, minute.trim().parse().ok()?, 0, 0).ok()
    };
    read(from).zip(read(to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read_as_they_are_written() {
        let read = |text| hours_of(text).map(|(from, to)| format!("{}-{}", clock(from), clock(to)));
        assert_eq!(read("07:30-17:00").as_deref(), Some("07:30-17:00"));
        assert_eq!(read("7h – 17h").as_deref(), Some("07:00-17:00"));
        assert_eq!(read("7h30-21h").as_deref(), Some("07:30-21:00"));
        assert_eq!(read("cả ngày"), None);
    }
}
