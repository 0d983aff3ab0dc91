//! /oxy/dang-cho: who waits for a bed or for oxygen, by facility and at the desk; what the desk is told on the telephone
//! is written down here, without a reading (OX07, TR01).

use axum::extract::{Query, State};
use axum::response::Response;
use desk::Failure;
use desk::operations::inbox::count_waiting::CountWaiting;
use desk::rights::Capability;
use desk::views::waiting::{Told, Waiting, WaitingLine, waiting};

use super::around::look;
use super::fields::{Fields, Sent, server_key};
use super::plain::{answer, done, plain, said_done};
use super::report_told::read_count;
use super::words::{count, duration, fill, phone};
use crate::app::App;
use crate::respond::{Answer, Problem, refusal_of};
use crate::view::{Cell, Choice, Column, Field, Form, Input, Link, Refusal, Say, Section, Table, Tone};
use crate::visitor::Member;

const PATH: &str = "/oxy/dang-cho";

/// GET /oxy/dang-cho.
pub(super) async fn page(State(app): State<App>, Query(fields): Query<Fields>, member: Member) -> Answer {
    show(&app, &member, &Fields::default(), fields.text("xong"), None).await
}

async fn show(app: &App, member: &Member, typed: &Fields, said: &str, refused: Option<Refusal>) -> Answer {
    let (around, found) = look(app, member, waiting).await?;
    let t = member.caller.say;
    let mut page = plain(app, member, &around, "waiting", sentence(t, &found));
    page.about = t.say("waiting-about");
    page.done = said_done(t, said);
    page.links = vec![Link { text: t.say("running-out"), href: "/oxy".to_owned() }];
    let mut rows: Vec<Vec<Cell>> = found.lines.iter().map(|line| row(t, line)).collect();
    if member.visitor.actor.sees_all() {
        let mut desk = vec![Cell::text(t.say("waiting-desk"))];
        desk.extend(told_cells(t, found.desk.as_ref()));
        desk.push(Cell::default());
        rows.insert(0, desk);
    }
    let columns = vec![
        Column::words(t.say("column-facility")),
        Column::number(t.say("waiting-all")),
        Column::number(t.say("waiting-for-bed")),
        Column::number(t.say("waiting-for-oxygen")),
        Column::words(t.say("waiting-said-by")),
        Column::words(t.say("supply-column-call")),
    ];
    page.sections.push(Section {
        table: Some(Table { columns, rows }),
        empty: t.say("empty-no-facility"),
        ..Section::new("danh-sach", "")
    });
    if member.visitor.actor.may(Capability::ReportOnBehalf) {
        let mut form = form_of(t, &found, member.visitor.actor.sees_all(), typed, &server_key(app.office.real_now()));
        form.refusal = refused;
        page.sections.push(Section { forms: vec![form], ..Section::new("ghi", t.say("waiting-note")) });
    }
    Ok::<Response, Problem>(answer(&page))
}

fn sentence(t: Say, found: &Waiting) -> String {
    let asked = found.asked();
    if asked == 0 && found.desk.is_none() {
        return t.say("waiting-nobody-asked");
    }
    let facts = [
        ("people", count(t, found.people()).into()),
        ("asked", asked.into()),
        ("silent", (found.lines.len() - asked).into()),
    ];
    fill(t, "waiting-sentence", &facts)
}

fn told_cells(t: Say, told: Option<&Told>) -> Vec<Cell> {
    let not_asked = || Cell::text(t.say("supply-not-asked")).toned(Tone::Old);
    let Some(told) = told else { return vec![not_asked(), not_asked(), not_asked(), Cell::default()] };
    let figure = |number: Option<u32>| number.map_or_else(not_asked, |number| Cell::text(count(t, number)));
    let all = Cell::figure(count(t, told.people), t.say("unit-people"));
    vec![
        if told.people > 0 { all.toned(Tone::Attention) } else { all },
        figure(told.for_bed),
        figure(told.for_oxygen),
        Cell::text(told.said_by.clone().unwrap_or_else(|| t.say("waiting-by-report"))).told(duration(t, told.age)),
    ]
}

fn row(t: Say, line: &WaitingLine) -> Vec<Cell> {
    let mut row = vec![Cell::link(line.name.clone(), format!("/co-so/{}", line.facility))];
    row.extend(told_cells(t, line.told.as_ref()));
    row.push(Cell { phone: line.call.as_ref().map(|(who, number)| phone(who, number)), ..Cell::default() });
    row
}

fn form_of(t: Say, found: &Waiting, whole: bool, typed: &Fields, key: &str) -> Form {
    let desk = whole.then(|| Choice { value: "desk".to_owned(), text: t.say("waiting-desk"), chosen: false });
    let facilities = found.lines.iter().map(|line| Choice {
        value: line.facility.to_string(),
        text: line.name.clone(),
        chosen: typed.text("where") == line.facility.to_string(),
    });
    let people = |name: &'static str, key: &str| {
        Field::words(name, t.say(key)).input(Input::Number(t.say("unit-people"))).value(typed.text(name))
    };
    let mut form = Form::new(PATH, t.say("waiting-save"), key)
        .field(
            Field::words("where", t.say("waiting-where"))
                .input(Input::Choices(desk.into_iter().chain(facilities).collect()))
                .required(),
        )
        .field(people("for_bed", "waiting-for-bed").hint(t.say("waiting-empty-hint")))
        .field(people("for_oxygen", "waiting-for-oxygen").hint(t.say("waiting-empty-hint")))
        .field(Field::words("said_by", t.say("waiting-said-by")).value(typed.text("said_by")).required());
    form.means = t.say("waiting-means");
    form
}

/// POST /oxy/dang-cho.
pub(super) async fn note(State(app): State<App>, member: Member, sent: Sent) -> Answer {
    let fields = sent.vouched(&member.caller)?;
    let key = Some(fields.key(&member.caller)?);
    let actor = member.visitor.actor.clone();
    // A place that cannot be read must not become the desk.
    let facility = match fields.text("where") {
        "desk" => None,
        text => Some(text.parse().map_err(|_| Problem::unreadable(&member.caller))?),
    };
    let people = |name: &str| read_count(&fields, name).map_err(|unread| unread.failure);
    let read = || -> Result<CountWaiting, Failure> {
        Ok(CountWaiting {
            key,
            facility,
            for_bed: people("for_bed")?,
            for_oxygen: people("for_oxygen")?,
            said_by: fields.text("said_by").to_owned(),
        })
    };
    let outcome = match read() {
        Ok(operation) => app.office.perform(actor, operation).await.map(drop),
        Err(failure) => Err(failure),
    };
    match outcome {
        Ok(()) => Ok(done(PATH, "done-waiting-noted")),
        Err(failure) => {
            let refusal = refusal_of(failure, &member.caller)?;
            show(&app, &member, &fields, "", Some(refusal)).await
        }
    }
}
