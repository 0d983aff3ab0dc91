//! /viec/pho-bien: letters made known to all staff: how many have read them, by unit, and who has not (DT09).

use axum::extract::{Query, State};
use desk::letters::spread::{Dissemination, DisseminationId, How, Noted};
use desk::operations::tasks::note_read::NoteRead;
use desk::operations::tasks::spread_letter::SpreadLetter;
use desk::views::tasks::known::{Spreads, spread, spreads};
use place::BodyId;

use super::{form, opens_letters, under};
use crate::app::App;
use crate::pages::around::look;
use crate::pages::fields::{Fields, local_moment};
use crate::pages::filled::{Sending, Wanted, id_of};
use crate::pages::plain::{answer, done, plain};
use crate::pages::rules::attendance::{KINDS, names_of};
use crate::pages::typed::Typed;
use crate::pages::words::percent;
use crate::respond::Answer;
use crate::view::{Cell, Choice, Column, Field, Input, Link, Say, Section, Table, Tone, Weight};
use crate::visitor::Member;

const PATH: &str = "/viec/pho-bien";

/// GET /viec/pho-bien.
pub(in crate::pages) async fn page(State(app): State<App>, Query(fields): Query<Fields>, member: Member) -> Answer {
    show(&app, &member, Typed::after(member.caller.say, &fields)).await
}

fn share(t: Say, (known, all): (usize, usize)) -> Cell {
    if all == 0 { Cell::unknown() } else { Cell::figure(percent(t, known as f64 / all as f64), "%") }
}

async fn show(app: &App, member: &Member, typed: Typed) -> Answer {
    let t = member.caller.say;
    let (around, found) = look(app, member, spreads).await?;
    let open = found.lines.iter().filter(|kept| kept.content.count().0 < kept.content.count().1).count();
    let sentence = match found.lines.len() {
        0 => t.say("spread-none"),
        _ if open == 0 => t.say("spread-all-known"),
        all => t.two("spread-sentence", "open", open, "all", all),
    };
    let mut page = under(t, plain(app, member, &around, "tasks", sentence), "spread");
    let rows = found.lines.iter().map(|kept| {
        let spread = &kept.content;
        let (known, all) = spread.count();
        vec![
            Cell::link(spread.called.clone(), format!("{PATH}/{}", kept.id)),
            Cell::text(spread.body_name.clone()),
            share(t, (known, all)).toned(if known < all { Tone::Attention } else { Tone::Confirmed }),
            Cell::text(t.two("spread-of", "known", known, "all", all)).told(spread.begun_at.show_date()),
        ]
    });
    let keys = ["task-column-letter", "task-column-body", "spread-share", "spread-people"];
    page.sections.push(Section {
        table: Some(Table { columns: keys.map(|key| Column::words(t.say(key))).to_vec(), rows: rows.collect() }),
        empty: t.say("spread-empty"),
        ..Section::new("danh-sach", String::new())
    });
    if found.answers && !found.bodies.is_empty() && !found.letters.is_empty() {
        page.sections.push(begin(app, t, &found));
    }
    Ok(answer(&typed.into_forms_of(page)))
}

fn begin(app: &App, t: Say, found: &Spreads) -> Section {
    let choice = |value: String, text: &str| Choice { value, text: text.to_owned(), chosen: false };
    let letters = found.letters.iter().map(|(id, called)| choice(id.to_string(), called)).collect();
    let bodies = found.bodies.iter().map(|(id, name)| choice(id.to_string(), name)).collect();
    let form = form(app, PATH, "begin", t.say("spread-begin"))
        .field(Field::words("letter", t.say("task-column-letter")).input(Input::Choices(letters)))
        .field(Field::words("body", t.say("task-column-body")).input(Input::Choices(bodies)))
        .field(
            Field::words("staff", t.say("spread-staff"))
                .input(Input::Lines)
                .hint(t.say("spread-staff-hint"))
                .required(),
        );
    Section { forms: vec![form], folded: !found.lines.is_empty(), ..Section::new("them", t.say("spread-new")) }
}

/// POST /viec/pho-bien.
pub(in crate::pages) async fn act(sending: Sending) -> Answer {
    let form = sending.open()?;
    let caller = &form.member.caller;
    let operation = SpreadLetter {
        key: form.key(),
        letter: id_of(form.fields.text("letter"), caller)?,
        body: BodyId(id_of(form.fields.text("body"), caller)?),
        staff: form.text("staff"),
    };
    let acted = form.make(Ok(operation), |id| format!("{PATH}/{id}"), "done-spread-begun").await?;
    acted.or(|typed| show(&form.app, &form.member, typed)).await
}

/// GET /viec/pho-bien/{id}.
pub(in crate::pages) async fn one(Wanted { app, member, id, fields }: Wanted<DisseminationId>) -> Answer {
    show_one(&app, &member, id, Typed::after(member.caller.say, &fields), None).await
}

async fn show_one(app: &App, member: &Member, id: DisseminationId, typed: Typed, noted: Option<Noted>) -> Answer {
    let t = member.caller.say;
    let (around, (kept, answers)) =
        look(app, member, move |office, connection, actor| spread(office, connection, actor, id)).await?;
    let found = &kept.content;
    let (known, all) = found.count();
    let sentence = t.two("spread-one", "known", known, "all", all);
    let mut page = under(t, plain(app, member, &around, "tasks", sentence), "spread");
    page.trail.push(Link { text: t.say("spread"), href: PATH.to_owned() });
    page.about = format!("{} · {}", found.called, found.body_name);
    if opens_letters(member) {
        page.links = vec![Link { text: t.say("spread-letter"), href: format!("/van-ban/{}", found.letter) }];
    }
    if let Some(noted) = noted {
        page.sections.extend(not_found(t, &noted));
    }
    page.sections.push(units(t, found));
    if answers && known < all {
        page.sections.push(note(app, t, id));
    }
    page.sections.push(people(t, found, false));
    page.sections.push(people(t, found, true));
    page.sections.extend(lists(t, found, id));
    Ok(answer(&typed.into_forms_of(page)))
}

/// Names of a list that were not noted: told, so that nothing is lost.
fn not_found(t: Say, noted: &Noted) -> Option<Section> {
    if noted.unknown.is_empty() && noted.several.is_empty() {
        return None;
    }
    let row = |name: &String, key: &str| vec![Cell::text(name.clone()).toned(Tone::Attention), Cell::text(t.say(key))];
    let rows = noted.unknown.iter().map(|name| row(name, "spread-unknown"));
    let rows = rows.chain(noted.several.iter().map(|name| row(name, "spread-several")));
    let columns = vec![Column::words(t.say("spread-name")).lead(), Column::words(t.say("spread-why"))];
    Some(Section {
        about: t.one("spread-noted", "count", noted.noted),
        table: Some(Table { columns, rows: rows.collect() }),
        ..Section::new("chua-khop", t.say("spread-not-matched"))
    })
}

fn note(app: &App, t: Say, id: DisseminationId) -> Section {
    let form = form(app, &format!("{PATH}/{id}"), "note", t.say("spread-note"))
        .field(Field::words("names", t.say("spread-names")).input(Input::Lines).hint(t.say("spread-names-hint")))
        .field(
            Field::words("file", t.say("attendance-file"))
                .input(Input::File(KINDS.to_owned()))
                .hint(t.say("attendance-file-hint")),
        )
        .field(Field::words("meeting", t.say("spread-meeting")).hint(t.say("spread-meeting-hint")))
        .field(Field::words("at", t.say("spread-at")).input(Input::Moment));
    let mut form = form;
    form.multipart = true;
    Section { forms: vec![form], ..Section::new("ghi", t.say("spread-note-title")) }
}

fn units(t: Say, found: &Dissemination) -> Section {
    let rows = found.by_unit().into_iter().map(|(unit, known, all)| {
        let unit = if unit.is_empty() { t.say("spread-no-unit") } else { unit };
        vec![
            Cell::text(unit),
            share(t, (known, all)).toned(if known < all { Tone::Attention } else { Tone::Confirmed }),
            Cell::text(t.two("spread-of", "known", known, "all", all)),
        ]
    });
    let mut columns = ["spread-unit", "spread-share", "spread-people"].map(|key| Column::words(t.say(key))).to_vec();
    columns[0].weight = Weight::Lead;
    Section { table: Some(Table { columns, rows: rows.collect() }), ..Section::new("theo-khoa", t.say("spread-units")) }
}

fn people(t: Say, found: &Dissemination, knows: bool) -> Section {
    let rows = found.staff.iter().filter(|one| one.knows.is_some() == knows).map(|one| {
        let how = match &one.knows {
            None => Cell::text(t.say("spread-not-yet")),
            Some((at, How::Read)) => Cell::text(t.say("spread-read")).told(at.to_string()),
            Some((at, How::Meeting { name })) => Cell::text(name.clone()).told(at.to_string()),
        };
        vec![Cell::text(one.name.clone()), Cell::text(one.unit.clone()), how]
    });
    let mut columns = ["spread-name", "spread-unit", "spread-how"].map(|key| Column::words(t.say(key))).to_vec();
    columns[0].weight = Weight::Lead;
    let (id, title, empty) = if knows {
        ("da-biet", "spread-known", "spread-known-empty")
    } else {
        ("chua-biet", "spread-unknown-yet", "spread-all-known")
    };
    Section {
        table: Some(Table { columns, rows: rows.collect() }),
        empty: t.say(empty),
        folded: knows,
        ..Section::new(id, t.say(title))
    }
}

/// The attendance lists as they came.
fn lists(t: Say, found: &Dissemination, id: DisseminationId) -> Option<Section> {
    let rows: Vec<Vec<Cell>> = found
        .lists
        .iter()
        .enumerate()
        .map(|(place, list)| {
            let file = Cell::link(list.name.clone(), format!("{PATH}/{id}/danh-sach/{place}"));
            vec![file, Cell::text(list.by.name.clone()).told(list.at.to_string())]
        })
        .collect();
    let columns = ["attendance-as-it-came", "task-who"].map(|key| Column::words(t.say(key))).to_vec();
    let section = Section::new("danh-sach-goc", t.say("attendance-lists"));
    if rows.is_empty() { None } else { Some(Section { table: Some(Table { columns, rows }), ..section }) }
}

/// POST /viec/pho-bien/{id}: names, typed or as a text file.
pub(in crate::pages) async fn note_names(sending: Sending) -> Answer {
    let mut form = sending.open()?;
    let (key, spread): (_, DisseminationId) = (form.key(), form.id()?);
    let (meeting, at) = (form.text("meeting"), local_moment(form.fields.text("at")));
    let upload = form.upload.take();
    let operation = names_of(form.fields.text("names"), upload).await.map(|(people, list)| {
        let names = people.iter().map(|(name, unit)| format!("{name}; {unit}")).collect::<Vec<_>>().join("\n");
        NoteRead { key, spread, names, meeting, at, list }
    });
    let (app, member) = (&form.app, &form.member);
    match form.perform(operation).await? {
        // Names that no list has are said at once; afterwards nobody knows them.
        Ok(noted) if !noted.unknown.is_empty() || !noted.several.is_empty() => {
            show_one(app, member, spread, Typed::default(), Some(noted)).await
        }
        Ok(_) => Ok(done(&format!("{PATH}/{spread}"), "done-spread-noted")),
        Err(refusal) => show_one(app, member, spread, form.again(refusal), None).await,
    }
}
