//! GET /viec: the tasks of one's bodies, or of the province, the worst first.

use axum::extract::{Query, State};
use desk::letters::directive::directive_id;
use desk::letters::life::judged::Urgency;
use desk::rights::Capability;
use desk::views::tasks::{Asked, Tasks, tasks};
use place::BodyId;

use super::{LIST, columns, counted, rows, urgency_key};
use crate::app::App;
use crate::pages::around::look;
use crate::pages::fields::Fields;
use crate::pages::plain::{answer, plain};
use crate::respond::{Answer, Problem};
use crate::view::{Choice, Field, Form, Input, Link, Say, Section, Table};
use crate::visitor::Member;

/// Rows of one page at most.
const MOST_ROWS: usize = 200;

/// GET /viec.
pub(in crate::pages) async fn page(State(app): State<App>, Query(fields): Query<Fields>, member: Member) -> Answer {
    let t = member.caller.say;
    let unreadable = || Problem::no_page(&member.caller);
    let asked = Asked {
        body: fields.some("don-vi").map(str::parse).transpose().map_err(|_| unreadable())?.map(BodyId),
        letter: fields.some("van-ban").map(str::parse).transpose().map_err(|_| unreadable())?.map(directive_id),
        urgency: Urgency::ALL.into_iter().find(|one| one.code() == fields.text("trang-thai")),
        words: fields.text("tim").chars().take(100).collect(),
    };
    let (around, found) =
        look(&app, &member, move |office, connection, actor| tasks(office, connection, actor, asked)).await?;
    let mut page = plain(&app, &member, &around, "tasks", sentence(t, &found));
    page.about = t.say("tasks-about");
    page.links = links(t, &member);
    page.sections.push(Section { forms: vec![filter(t, &found)], folded: !is_filtered(&found), ..Section::new("loc", t.say("tasks-filter")) });
    let mut section = Section::new("danh-sach", String::new());
    let shown = &found.lines[..found.lines.len().min(MOST_ROWS)];
    section.table = Some(Table { columns: columns(t), rows: rows(t, shown, found.now) });
    section.empty = t.say(if is_filtered(&found) { "tasks-none-found" } else { "tasks-none" });
    if found.cut || found.lines.len() > MOST_ROWS {
        section.about = counted(t, "tasks-cut", shown.len());
    }
    page.sections.push(section);
    Ok(answer(&page))
}

fn is_filtered(found: &Tasks) -> bool {
    found.asked != Asked::default()
}

/// «2 việc quá hạn · 3 việc sắp đến hạn»: what there is of each standing, the worst first.
fn sentence(t: Say, found: &Tasks) -> String {
    let told: Vec<String> = found
        .counts
        .iter()
        .filter(|(urgency, count)| *count > 0 && *urgency != Urgency::Closed)
        .map(|(urgency, count)| counted(t, &format!("tasks-count-{}", urgency.code()), *count))
        .collect();
    if told.is_empty() { t.say("tasks-none-open") } else { t.one("tasks-sentence", "counts", told.join(" · ")) }
}

fn links(t: Say, member: &Member) -> Vec<Link> {
    let mut links = vec![
        Link { text: t.say("task-obstacles"), href: format!("{LIST}/vuong-mac") },
        Link { text: t.say("task-statistics"), href: format!("{LIST}/don-vi") },
    ];
    if member.visitor.actor.may(Capability::SeeLetters) {
        links.push(Link { text: t.say("task-digest"), href: format!("{LIST}/diem-tin") });
    }
    links
}

fn filter(t: Say, found: &Tasks) -> Form {
    let asked = &found.asked;
    let all = |key: &str| Choice { value: String::new(), text: t.say(key), chosen: false };
    let choice = |value: String, text: String, chosen: bool| Choice { value, text, chosen };
    let bodies = found.bodies.iter().map(|(id, name)| choice(id.to_string(), name.clone(), asked.body == Some(*id)));
    let letters = found.letters.iter().map(|(id, name)| {
        choice(id.to_string(), name.clone(), asked.letter == Some(directive_id(*id)))
    });
    let states = Urgency::ALL
        .into_iter()
        .map(|one| choice(one.code().to_owned(), t.say(&urgency_key(one)), asked.urgency == Some(one)));
    let field = |name: &str, key: &str, choices: Vec<Choice>| {
        Field::words(name, t.say(key)).input(Input::Choices(choices))
    };
    let with_all = |rest: Vec<Choice>| std::iter::once(all("tasks-filter-all")).chain(rest).collect::<Vec<_>>();
    let mut form = Form::new(LIST, t.say("tasks-filter-show"), "")
        .field(field("trang-thai", "task-column-standing", with_all(states.collect())))
        .field(field("don-vi", "task-column-body", with_all(bodies.collect())))
        .field(field("van-ban", "task-column-letter", with_all(letters.collect())))
        .field(Field::words("tim", t.say("tasks-filter-words")).value(asked.words.clone()));
    form.asks = true;
    form
}
