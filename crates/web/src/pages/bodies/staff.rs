//! /co-so/{id}/can-bo: the oxygen officer of a facility and his deputy, who is away, who answers today (OX11).

use axum::extract::{Path, State};
use axum::response::Response;
use desk::operations::appoint::{Appoint, NoteAbsence};
use desk::operations::bodies::end_absence::EndAbsence;
use desk::operations::bodies::end_post::EndPost;
use desk::random;
use desk::rights::Capability;
use desk::views::bodies::{PostLine, Staff, staff};
use place::body::{Absence, Post, PostKind, StaffingGap};
use place::{BodyId, FacilityId, PersonId};
use quantity::{Id, Moment, Span};

use super::{Typed, trail};
use crate::app::App;
use crate::pages::around::{Around, look};
use crate::pages::chain_facility::facility_of;
use crate::pages::fields::{Fields, Sent, local_moment, server_key};
use crate::pages::filled::Wanted;
use crate::pages::means_fields::{
    Read, choice_field, day, day_field, missing, needed_day, refusal, whole, words, words_field,
};
use crate::pages::plain::{answer, done, plain, said_done};
use crate::pages::words::phone;
use crate::respond::{Answer, Problem};
use crate::view::{Cell, Column, Field, Form, Input, Say, Section, Table, Tone};
use crate::visitor::Member;

/// The posts that are held at a facility, in the order of the page.
const POSTS: [(&str, &str, PostKind); 4] = [
    ("focal", "post-focal", PostKind::FocalOfficer),
    ("deputy", "post-focal-deputy", PostKind::FocalDeputy),
    ("duty", "post-duty", PostKind::DutyOfficer),
    ("head", "post-head", PostKind::Head),
];

async fn look_up(app: &App, member: &Member, id: FacilityId) -> Result<(Around, Staff), Problem> {
    look(app, member, move |office, connection, actor| staff(office, connection, actor, id)).await
}

/// GET /co-so/{id}/can-bo.
pub(in crate::pages) async fn page(Wanted { app, member, id, fields }: Wanted<FacilityId>) -> Answer {
    let (around, found) = look_up(&app, &member, id).await?;
    let said = said_done(member.caller.say, fields.text("xong"));
    let typed = Typed { fields: &Fields::default(), refusal: None };
    Ok(page_of(&app, &member, &around, &found, &typed, said))
}

/// POST /co-so/{id}/can-bo: appoint, end, away, back.
pub(in crate::pages) async fn change(
    State(app): State<App>,
    Path(id): Path<String>,
    member: Member,
    sent: Sent,
) -> Answer {
    let fields = sent.vouched(&member.caller)?;
    let id = facility_of(&id, &member)?;
    let (around, found) = look_up(&app, &member, id).await?;
    member.must(Capability::KeepRegisters)?;
    let doing = fields.text("do");
    match perform(&app, &member, &found, &fields).await {
        Ok(()) => Ok(done(&format!("/co-so/{id}/can-bo"), &format!("done-staff-{doing}"))),
        Err(unread) => {
            let typed = Typed { fields: &fields, refusal: Some(refusal(unread, &member.caller)?) };
            Ok(page_of(&app, &member, &around, &found, &typed, String::new()))
        }
    }
}

async fn perform(app: &App, member: &Member, found: &Staff, fields: &Fields) -> Read<()> {
    let (actor, body) = (member.visitor.actor.clone(), BodyId::from(found.facility.id));
    let key = desk::IdempotencyKey::new(fields.text("key"));
    match fields.text("do") {
        "appoint" => appoint(app, member, found, fields).await,
        "away" => {
            let person: PersonId = fields.text("person").parse().map_err(|_| missing("person"))?;
            if !found.posts.iter().any(|line| line.row.person == person) {
                return Err(missing("person"));
            }
            let from = Moment::start_of(needed_day(fields, "from")?);
            // The last day away is still away.
            let to = day(fields, "to")?.map(|last| Moment::start_of(last) + Span::days(1));
            if to.is_some_and(|to| to <= from) {
                return Err(missing("to"));
            }
            let noting = NoteAbsence { body, absence: Absence { person, from, to } };
            app.office.perform(actor, noting).await.map(drop).map_err(whole)
        }
        "end" => {
            let appointment: Id = fields.text("post").parse().map_err(|_| missing("post"))?;
            app.office.perform(actor, EndPost { key, appointment, at: None }).await.map(drop).map_err(whole)
        }
        "back" => {
            let absence: Id = fields.text("absence").parse().map_err(|_| missing("absence"))?;
            app.office.perform(actor, EndAbsence { key, body, absence, at: None }).await.map(drop).map_err(whole)
        }
        _ => Err(missing("do")),
    }
}

async fn appoint(app: &App, member: &Member, found: &Staff, fields: &Fields) -> Read<()> {
    let (actor, body) = (member.visitor.actor.clone(), BodyId::from(found.facility.id));
    let known = POSTS.iter().find(|(code, ..)| *code == fields.text("kind"));
    let (.., kind) = *known.ok_or_else(|| missing("kind"))?;
    let moment = |name: &str| match fields.some(name) {
        None => Ok(None),
        Some(text) => local_moment(text).map(Some).ok_or_else(|| missing(name)),
    };
    let (from, to) = (moment("from")?.unwrap_or(found.at), moment("to")?);
    let name = words(fields, "name").ok_or_else(|| missing("name"))?;
    // The same name is the same person: his absences hold in every post of his.
    let same = found.posts.iter().find(|line| line.row.person_name == name).map(|line| line.row.person);
    let person = same.unwrap_or_else(|| PersonId(random::id(app.office.real_now())));
    let post = Post { body, kind, person, name, phone: words(fields, "phone"), from, to };
    let held: Vec<Id> = found
        .posts
        .iter()
        .filter(|line| line.kind == kind && line.held(from) && kind != PostKind::DutyOfficer)
        .filter(|line| line.row.from < from)
        .map(|line| line.row.id)
        .collect();
    app.office.perform(actor.clone(), Appoint { post }).await.map_err(whole)?;
    // One officer and one deputy: who held the post before holds it no more.
    for appointment in held {
        let ending = EndPost { key: None, appointment, at: Some(from) };
        app.office.perform(actor.clone(), ending).await.map_err(whole)?;
    }
    Ok(())
}

fn sentence(t: Say, found: &Staff) -> String {
    match &found.answers {
        Some((name, Some(_), false)) => t.one("staff-answers", "name", name),
        Some((name, Some(_), true)) => t.one("staff-stands-in", "name", name),
        Some((name, None, _)) => t.one("staff-no-phone", "name", name),
        None => t.say("staff-nobody"),
    }
}

fn gap_key(gap: StaffingGap) -> &'static str {
    match gap {
        StaffingGap::NoFocalOfficer => "staff-gap-officer",
        StaffingGap::NoFocalDeputy => "staff-gap-deputy",
        StaffingGap::NobodyPresent => "staff-gap-nobody",
        StaffingGap::NoPhone => "staff-gap-phone",
    }
}

fn page_of(app: &App, member: &Member, around: &Around, found: &Staff, typed: &Typed<'_>, said: String) -> Response {
    let t = member.caller.say;
    let mut page = plain(app, member, around, "room-oxygen", sentence(t, found));
    page.title = format!("{} · {}", t.say("facility-staff"), found.facility.body.name);
    page.about = [found.facility.body.name.clone()]
        .into_iter()
        .chain(found.gaps.iter().map(|gap| t.say(gap_key(*gap))))
        .collect::<Vec<_>>()
        .join(" · ");
    page.done = said;
    page.refusal = typed.refusal.clone().filter(|_| !["appoint", "away"].contains(&typed.fields.text("do")));
    page.trail = trail(t, &found.facility);
    let key = || server_key(app.office.real_now());
    let (mut held, past): (Vec<&PostLine>, Vec<&PostLine>) =
        found.posts.iter().partition(|line| line.held(found.at) || found.at < line.row.from);
    // The oxygen officer first, then his deputy; of each the latest appointed.
    held.sort_by_key(|line| POSTS.iter().position(|(.., kind)| *kind == line.kind));
    page.sections.push(posts(t, found, "dang-giu", "staff-held", &held, found.may_keep.then(key)));
    if !found.absences.is_empty() {
        page.sections.push(absences(t, found, found.may_keep.then(key)));
    }
    if found.may_keep {
        page.sections.push(appoint_section(t, found, typed, key()));
        if !held.is_empty() {
            page.sections.push(away_section(t, found, &held, typed, key()));
        }
    }
    if !past.is_empty() {
        let mut section = posts(t, found, "da-thoi", "staff-past", &past, None);
        section.folded = true;
        page.sections.push(section);
    }
    answer(&page)
}

fn action(found: &Staff) -> String {
    format!("/co-so/{}/can-bo", found.facility.id)
}

fn posts(t: Say, found: &Staff, id: &str, title: &str, lines: &[&PostLine], key: Option<String>) -> Section {
    let rows = lines.iter().map(|line| {
        let row = &line.row;
        let name = Cell {
            phone: row.phone.as_ref().map(|number| phone(&row.person_name, number)),
            ..Cell::text(&row.person_name)
        };
        let word = POSTS.iter().find(|(.., kind)| *kind == line.kind).map_or("post-other", |(_, word, _)| word);
        let days = match row.to {
            Some(to) => t.two("staff-from-to", "from", row.from.to_string(), "to", to.to_string()),
            None => t.one("staff-from", "from", row.from.show_date()),
        };
        let presence = match (&line.away, line.held(found.at)) {
            (_, false) if found.at < row.from => Cell::text(t.say("staff-to-come")),
            (_, false) => Cell::text(t.say("staff-left")),
            (Some(_), _) => Cell::text(t.say("presence-away")).toned(Tone::Attention),
            (None, _) => Cell::text(t.say("presence-here")).toned(Tone::Confirmed),
        };
        let mut days = Cell::text(days);
        if let Some(key) = key.as_ref().filter(|_| line.held(found.at)) {
            let form = Form::new(action(found), t.say("staff-end"), format!("{key}{}", &row.id.to_string()[24..]));
            days.buttons.push(form.hidden("do", "end").hidden("post", row.id.to_string()));
        }
        vec![Cell::text(t.say(word)), name, presence, days]
    });
    Section {
        empty: t.say("staff-none"),
        table: Some(Table {
            columns: ["staff-column-post", "staff-column-name", "staff-column-presence", "staff-column-days"]
                .map(|key| Column::words(t.say(key)))
                .into(),
            rows: rows.collect(),
        }),
        ..Section::new(id, t.say(title))
    }
}

fn absences(t: Say, found: &Staff, key: Option<String>) -> Section {
    let rows = found.absences.iter().map(|absence| {
        let name = found.posts.iter().find(|line| line.row.person == absence.person);
        let name = name.map_or_else(String::new, |line| line.row.person_name.clone());
        // The last day away, not the first day back.
        let last =
            absence.to.map(|to| (to - Span::micros(1)).show_date()).unwrap_or_else(|| t.say("staff-until-further"));
        let mut last = Cell::text(last);
        if let Some(key) = key.as_ref().filter(|_| absence.from < found.at) {
            let form = Form::new(action(found), t.say("staff-back"), format!("{key}{}", &absence.id.to_string()[24..]));
            last.buttons.push(form.hidden("do", "back").hidden("absence", absence.id.to_string()));
        }
        vec![Cell::text(name), Cell::text(absence.from.show_date()), last]
    });
    Section {
        table: Some(Table {
            columns: ["staff-column-name", "staff-field-away-from", "staff-field-away-to"]
                .map(|key| Column::words(t.say(key)))
                .into(),
            rows: rows.collect(),
        }),
        ..Section::new("vang", t.say("staff-absences"))
    }
}

fn appoint_section(t: Say, found: &Staff, typed: &Typed<'_>, key: String) -> Section {
    let fields = typed.of("appoint");
    let posts = POSTS.map(|(code, word, _)| (code.to_owned(), t.say(word)));
    let moment = |name: &str, label: &str, hint: &str| {
        Field::words(name, t.say(label)).input(Input::Moment).value(fields.text(name)).hint(t.say(hint))
    };
    let mut form = Form::new(action(found), t.say("staff-save-appoint"), key)
        .field(choice_field(t, &fields, "kind", "staff-column-post", posts).required())
        .field(words_field(t, &fields, "name", "staff-field-name").required())
        .field(words_field(t, &fields, "phone", "staff-field-phone").input(Input::Phone).required())
        .field(moment("from", "staff-field-from", "staff-hint-from"))
        .field(moment("to", "staff-field-to", "staff-hint-to"));
    form.means = t.say("staff-appoint-means");
    let mut section = Section::new("bo-nhiem", t.say("staff-form-appoint"));
    section.forms.push(typed.settle(form, "appoint"));
    section
}

fn away_section(t: Say, found: &Staff, held: &[&PostLine], typed: &Typed<'_>, key: String) -> Section {
    let fields = typed.of("away");
    let mut people: Vec<(String, String)> = Vec::new();
    for line in held {
        let id = line.row.person.to_string();
        if !people.iter().any(|(known, _)| *known == id) {
            people.push((id, line.row.person_name.clone()));
        }
    }
    let mut form = Form::new(action(found), t.say("staff-save-away"), key)
        .field(choice_field(t, &fields, "person", "staff-column-name", people).required())
        .field(day_field(t, &fields, "from", "staff-field-away-from").required())
        .field(day_field(t, &fields, "to", "staff-field-away-to").hint(t.say("staff-hint-away-to")));
    form.means = t.say("staff-away-means");
    let mut section = Section::new("ghi-vang", t.say("staff-form-away"));
    section.forms.push(typed.settle(form, "away"));
    section
}
