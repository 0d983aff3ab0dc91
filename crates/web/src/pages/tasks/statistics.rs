//! GET /viec/don-vi: the figures of a quarter or a month by body, as they are published.

use axum::extract::{Query, State};
use desk::views::tasks::publication::of_period;
use desk::views::tasks::statistics::Counted;
use desk::views::tasks::{Period, Statistics, statistics};

use super::{LIST, publish};
use crate::app::App;
use crate::pages::around::look;
use crate::pages::fields::Fields;
use crate::pages::plain::{answer, plain, said_done};
use crate::pages::words::{fill, number, percent};
use crate::respond::Answer;
use crate::view::{Cell, Column, Link, Refusal, Say, Section, Table, Tone};
use crate::visitor::Member;

pub(super) const PATH: &str = "/viec/don-vi";
/// Earlier periods to choose from.
const EARLIER: usize = 4;

/// GET /viec/don-vi.
pub(in crate::pages) async fn page(State(app): State<App>, Query(fields): Query<Fields>, member: Member) -> Answer {
    page_of(&app, &member, &fields, None).await
}

/// The page, with why what was sent was not done.
pub(super) async fn page_of(app: &App, member: &Member, fields: &Fields, mut refusal: Option<Refusal>) -> Answer {
    let t = member.caller.say;
    let asked = Period::from_code(fields.text("ky"));
    let (around, (found, publication)) = look(app, member, move |office, connection, actor| {
        let found = statistics(office, connection, actor, asked)?;
        let publication = of_period(connection, actor, found.period)?;
        Ok((found, publication))
    })
    .await?;
    let mut page = plain(app, member, &around, "task-statistics", sentence(t, &found));
    page.done = said_done(t, fields.text("xong"));
    page.trail = vec![Link { text: t.say("tasks"), href: LIST.to_owned() }];
    page.about = t.say(if found.cut { "task-statistics-cut" } else { "task-statistics-about" });
    page.links = periods(t, &found);
    page.links.push(publish::public_link(t));
    page.sections.push(table(t, &found));
    if found.bodies.iter().any(|one| one.recurring != (0, 0, 0)) {
        page.sections.push(recurring(t, &found));
    }
    if (publication.is_some() || found.period.months == 3) && member.visitor.actor.sees_all() {
        let period = (found.period, called(t, found.period));
        page.sections.push(publish::section(t, app, member, period, publication.as_ref(), &mut refusal));
    }
    page.refusal = refusal;
    Ok(answer(&page))
}

fn called(t: Say, period: Period) -> String {
    let key = if period.months == 3 { "task-quarter" } else { "task-month" };
    let number = if period.months == 3 { (period.month - 1) / 3 + 1 } else { period.month };
    t.two(key, "number", number.to_string(), "year", period.year.to_string())
}

fn sentence(t: Say, found: &Statistics) -> String {
    let sum = &found.sum;
    if sum.all == 0 {
        return t.one("task-statistics-none", "period", called(t, found.period));
    }
    let facts = [
        ("period", called(t, found.period).into()),
        ("all", sum.all.into()),
        ("in_time", sum.in_time.into()),
        ("late", sum.late.into()),
        ("undone", sum.undone.into()),
    ];
    fill(t, "task-statistics-sentence", &facts)
}

/// This quarter and this month, then the quarters before.
fn periods(t: Say, found: &Statistics) -> Vec<Link> {
    let today = found.now.date();
    let quarters = std::iter::successors(Some(Period::quarter_of(today)), |period| Some(period.before()));
    let link = |period: Period| Link { text: called(t, period), href: format!("{PATH}?ky={}", period.code()) };
    let month = Period::month_of(today);
    [month, month.before()].into_iter().chain(quarters.take(EARLIER)).map(link).collect()
}

fn table(t: Say, found: &Statistics) -> Section {
    let names = [
        "task-count-all",
        "task-count-in-time",
        "task-count-late",
        "task-count-undone",
        "task-count-open",
        "task-count-returned",
        "task-count-share",
        "task-count-delay",
    ];
    let mut columns = vec![Column::words(t.say("task-column-body"))];
    columns.extend(names.map(|key| Column::number(t.say(key))));
    let mut rows: Vec<Vec<Cell>> = found.bodies.iter().map(|one| row(t, one, name(one))).collect();
    if rows.len() > 1 {
        rows.push(row(t, &found.sum, Cell::text(t.say("task-count-sum"))));
    }
    Section {
        table: Some(Table { columns, rows }),
        empty: t.say("task-statistics-empty"),
        ..Section::new("cong-bo", t.one("task-publish", "period", called(t, found.period)))
    }
}

fn name(one: &Counted) -> Cell {
    match one.body {
        Some(body) => Cell::link(one.name.clone(), format!("{LIST}?don-vi={body}")),
        None => Cell::text(one.name.clone()),
    }
}

fn row(t: Say, one: &Counted, name: Cell) -> Vec<Cell> {
    let count = |value: usize| Cell::text(number(t, value as f64, 0));
    let undone = count(one.undone);
    vec![
        name,
        count(one.all),
        count(one.in_time),
        count(one.late),
        if one.undone > 0 { undone.toned(Tone::Danger) } else { undone },
        count(one.open),
        count(one.returned),
        Cell::known(one.share_in_time().map(|share| percent(t, share)), "%"),
        match one.mean_delay_days() {
            Some(days) => Cell::figure(number(t, days, 1), t.say("task-days")),
            None => Cell::text(String::new()),
        },
    ]
}

fn recurring(t: Say, found: &Statistics) -> Section {
    let keys = ["task-times-in-time", "task-times-late", "task-times-missed"];
    let mut columns = vec![Column::words(t.say("task-column-body"))];
    columns.extend(keys.map(|key| Column::number(t.say(key))));
    let rows = found.bodies.iter().filter(|one| one.recurring != (0, 0, 0)).map(|one| {
        let (in_time, late, missed) = one.recurring;
        let count = |value: usize| Cell::text(number(t, value as f64, 0));
        vec![name(one), count(in_time), count(late), count(missed)]
    });
    Section { table: Some(Table { columns, rows: rows.collect() }), ..Section::new("dinh-ky", t.say("task-recurring")) }
}
