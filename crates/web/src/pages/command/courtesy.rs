//! /chi-dao/phoi-hop: who reports by courtesy, what was said for groups of them, who is hidden (design rule 8).

use axum::extract::{Query, State};
use desk::command::courtesy::{GROUPS, GroupFigure, group_code};
use desk::operations::command::mask_facility::MaskFacility;
use desk::operations::command::note_group::NoteGroup;
use desk::views::command::courtesy::{Courteous, CourtesyView, courtesy};
use place::WhyAsk;
use quantity::Moment;

use super::{Typed, asked, choices, facility_of, form};
use crate::app::App;
use crate::pages::around::look;
use crate::pages::fields::Fields;
use crate::pages::filled::Sending;
use crate::pages::plain::{answer, plain};
use crate::pages::words::{count, duration, mass, phone};
use crate::respond::Answer;
use crate::view::{Cell, Column, Field, Input, Say, Section, Table, Tone};
use crate::visitor::Member;

const PATH: &str = "/chi-dao/phoi-hop";

/// Name of a group.
pub(crate) fn group_name(t: Say, why: WhyAsk) -> String {
    t.say(&format!("courtesy-{}", group_code(why).replace('_', "-")))
}

/// GET /chi-dao/phoi-hop.
pub(crate) async fn page(State(app): State<App>, Query(fields): Query<Fields>, member: Member) -> Answer {
    show(&app, &member, Typed::after(member.caller.say, &fields)).await
}

/// POST /chi-dao/phoi-hop: a figure for a group; hide or show a facility.
pub(crate) async fn change(sending: Sending) -> Answer {
    let form = sending.open()?;
    let key = form.key();
    let text = |name: &str| form.text(name);
    let acted = match form.wants() {
        "group" => {
            let whole = |name: &'static str| match form.fields.some(name) {
                None => Ok(None),
                Some(text) => match text.replace('.', "").parse::<u32>() {
                    Ok(number) if number <= 5_000 => Ok(Some(number)),
                    _ => Err(desk::Failure::refused(desk::command::Refused::NoMass { text: text.to_owned() })),
                },
            };
            let operation = whole("facilities").and_then(|facilities| {
                Ok(NoteGroup {
                    key,
                    group: text("group"),
                    facilities: facilities.unwrap_or(0),
                    patients: whole("patients")?,
                    stock: text("stock"),
                    told_by: text("told_by"),
                    phone: text("phone"),
                    at: None,
                })
            });
            form.act(operation, PATH, "done-command-group").await
        }
        "mask" => {
            let facility = facility_of(&form.fields, &form.member.caller)?.ok_or_else(|| form.unreadable())?;
            let hidden = form.fields.text("hidden") == "1";
            let operation = MaskFacility { key, facility, hidden, reason: text("reason") };
            form.act(Ok(operation), PATH, "done-command-mask").await
        }
        _ => Err(form.unreadable()),
    };
    acted?.or(|typed| show(&form.app, &form.member, typed)).await
}

async fn show(app: &App, member: &Member, mut typed: Typed) -> Answer {
    let (around, found) = look(app, member, courtesy).await?;
    let t = member.caller.say;
    let silent = found.facilities.iter().filter(|one| one.heard_at.is_none()).count();
    let sentence = t.two("courtesy-sentence", "count", found.facilities.len(), "silent", silent);
    let mut page = plain(app, member, &around, "command-courtesy", sentence);
    page.about = t.say("courtesy-about");
    page.sections.push(facilities(t, app, &found, &mut typed));
    page.sections.push(groups(t, app, &found, member.visitor.actor.sees_all(), &mut typed));
    Ok(answer(&typed.onto(page)))
}

fn facilities(t: Say, app: &App, found: &CourtesyView, typed: &mut Typed) -> Section {
    let mut section = Section::new("co-so", t.say("courtesy-facilities"));
    section.empty = t.say("courtesy-nobody");
    let row = |one: &Courteous| {
        let heard = one.heard_at.map_or_else(
            || Cell::text(t.say("never-heard")),
            |at| Cell::text(t.one("courtesy-heard", "age", duration(t, found.now - at))),
        );
        let hidden = one.hidden.as_ref().map_or_else(
            || Cell::text(t.say("courtesy-shown")),
            |reason| Cell::text(t.say("courtesy-hidden")).told(reason).toned(Tone::Old),
        );
        let call = one.call.as_ref().map(|(who, number)| phone(who, number));
        vec![
            Cell::link(&one.name, format!("/co-so/{}", one.id)),
            Cell::text(group_name(t, one.why)).told(t.say("command-verb-asks")),
            Cell { phone: call, ..heard },
            hidden,
        ]
    };
    let heads = ["column-facility", "command-column-why", "command-column-heard", "command-column-shown"];
    section.table = Some(Table {
        columns: heads.map(|key| Column::words(t.say(key))).into(),
        rows: found.facilities.iter().map(row).collect(),
    });
    if !found.facilities.is_empty() {
        let named = found.facilities.iter().map(|one| (one.id.to_string(), one.name.clone()));
        let both = [("1".to_owned(), t.say("courtesy-hide")), ("0".to_owned(), t.say("courtesy-show"))];
        section.forms.push(
            typed.form(
                form(app, PATH, "mask", t.say("courtesy-set"))
                    .field(choices("facility", t.say("column-facility"), named))
                    .field(choices("hidden", t.say("command-column-shown"), both))
                    .field(asked("reason", t.say("courtesy-reason"))),
            ),
        );
    }
    section
}

/// «Nhóm quân đội: 2 cơ sở, 12 người bệnh thở oxy, còn 800 kg; theo lời …».
pub(crate) fn group_words(t: Say, figure: &GroupFigure, now: Moment) -> String {
    let why = GROUPS.iter().find(|(code, _)| *code == figure.group).map(|(_, why)| *why);
    let unknown = || t.say("unknown");
    let facts = [
        ("group", why.map_or_else(unknown, |why| group_name(t, why)).into()),
        ("facilities", count(t, figure.facilities).into()),
        ("patients", figure.patients.map_or_else(unknown, |patients| count(t, patients)).into()),
        ("stock", figure.stock.map_or_else(unknown, |grams| mass(t, grams)).into()),
        ("who", figure.told_by.clone().into()),
        ("age", duration(t, now - figure.at).into()),
    ];
    crate::pages::words::fill(t, "courtesy-group-said", &facts)
}

fn groups(t: Say, app: &App, found: &CourtesyView, whole: bool, typed: &mut Typed) -> Section {
    let mut section = Section::new("nhom", t.say("courtesy-groups"));
    section.about = t.say("courtesy-groups-about");
    section.empty = t.say("courtesy-groups-none");
    let row = |figure: &GroupFigure| {
        let call = (!figure.phone.is_empty()).then(|| phone(&figure.told_by, &figure.phone));
        vec![Cell { phone: call, ..Cell::text(group_words(t, figure, found.now)) }]
    };
    section.table = Some(Table {
        columns: vec![Column::words(t.say("command-column-what"))],
        rows: found.groups.iter().map(|kept| row(&kept.content)).collect(),
    });
    if whole {
        let all = GROUPS.map(|(code, why)| (code.to_owned(), group_name(t, why)));
        let number = |name: &str, key: &str, unit: String| Field::words(name, t.say(key)).input(Input::Number(unit));
        section.forms.push(
            typed.form(
                form(app, PATH, "group", t.say("courtesy-note"))
                    .field(choices("group", t.say("command-column-why"), all))
                    .field(number("facilities", "courtesy-how-many", t.say("unit-facilities")).required())
                    .field(number("patients", "courtesy-patients", t.say("unit-people")))
                    .field(number("stock", "courtesy-stock", "kg".to_owned()))
                    .field(asked("told_by", t.say("courtesy-told-by")))
                    .field(Field::words("phone", t.say("command-column-phone")).input(Input::Phone)),
            ),
        );
    }
    section
}
