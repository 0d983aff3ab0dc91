//! GET /viec: the tasks of one's bodies, or of the province, the worst first, page after page.

use axum::extract::{Query, State};
use desk::letters::directive::directive_id;
use desk::letters::life::judged::Urgency;
use desk::views::tasks::{After, Asked, Tasks, tasks};
use place::BodyId;

use super::{LIST, columns, counted, opens_letters, rows, urgency_key};
use crate::app::App;
use crate::pages::around::look;
use crate::pages::fields::Fields;
use crate::pages::plain::{answer, plain};
use crate::pages::words::fill;
use crate::respond::{Answer, Problem, form_urlencoded};
use crate::view::{Choice, Field, Form, Input, Link, Say, Section, Table};
use crate::visitor::Member;

/// GET /viec.
pub(in crate::pages) async fn page(State(app): State<App>, Query(fields): Query<Fields>, member: Member) -> Answer {
    let t = member.caller.say;
    let unreadable = || Problem::no_page(&member.caller);
    let asked = Asked {
        body: fields.some("don-vi").map(str::parse).transpose().map_err(|_| unreadable())?.map(BodyId),
        letter: fields.some("van-ban").map(str::parse).transpose().map_err(|_| unreadable())?.map(directive_id),
        urgency: Urgency::ALL.into_iter().find(|one| one.code() == fields.text("trang-thai")),
        words: fields.text("tim").chars().take(100).collect(),
        after: fields.some("sau").map(str::parse).transpose().map_err(|_| unreadable())?,
    };
    let (around, found) =
        look(&app, &member, move |office, connection, actor| tasks(office, connection, actor, asked)).await?;
    let mut page = plain(&app, &member, &around, "tasks", sentence(t, &found));
    page.about = t.say("tasks-about");
    page.links = links(t, &member);
    page.sections.push(Section {
        forms: vec![filter(t, &found)],
        folded: !is_filtered(&found),
        ..Section::new("loc", t.say("tasks-filter"))
    });
    let mut section = Section::new("danh-sach", String::new());
    section.table = Some(Table { columns: columns(t), rows: rows(t, &found.lines, found.now, opens_letters(&member)) });
    section.empty = t.say(if is_filtered(&found) { "tasks-none-found" } else { "tasks-none" });
    section.about = told(t, &found);
    section.more = found.next.map(|next| Link { text: t.say("tasks-next"), href: address(&found, next) });
    page.sections.push(section);
    Ok(answer(&page))
}

fn is_filtered(found: &Tasks) -> bool {
    Asked { after: None, ..found.asked.clone() } != Asked::default()
}

/// How many of how many are shown, where not all are.
fn told(t: Say, found: &Tasks) -> String {
    let (shown, all) = (found.lines.len(), found.all.unwrap_or(0));
    match () {
        () if found.counts.is_empty() && all > 0 => counted(t, "tasks-newest-first", all),
        () if found.cut => counted(t, "tasks-cut", shown),
        () if all > shown => fill(t, "tasks-shown", &[("count", shown.into()), ("all", all.into())]),
        () => String::new(),
    }
}

/// The address of the next page.
fn address(found: &Tasks, next: After) -> String {
    let asked = &found.asked;
    let given = [
        ("don-vi", asked.body.map(|body| body.to_string())),
        ("van-ban", asked.letter.map(|letter| letter.to_string())),
        ("trang-thai", asked.urgency.map(|urgency| urgency.code().to_owned())),
        ("tim", Some(asked.words.clone()).filter(|words| !words.is_empty())),
        ("sau", Some(next.to_string())),
    ];
    let pair = |(name, value): (&str, Option<String>)| Some(format!("{name}={}", form_urlencoded(&value?)));
    let fields: Vec<String> = given.into_iter().filter_map(pair).collect();
    format!("{LIST}?{}#danh-sach", fields.join("&"))
}

/// «2 việc quá hạn · 3 việc sắp đến hạn»: what there is of each standing, the worst first.
fn sentence(t: Say, found: &Tasks) -> String {
    let told: Vec<String> = found
        .counts
        .iter()
        .filter(|(urgency, count)| *count > 0 && *urgency != Urgency::Closed)
        .map(|(urgency, count)| counted(t, &format!("tasks-count-{}", urgency.code()), *count))
        .collect();
    if found.counts.is_empty() && found.all.is_some_and(|all| all > 0) {
        return counted(t, "tasks-found-many", found.all.unwrap_or(0));
    }
    if told.is_empty() { t.say("tasks-none-open") } else { t.one("tasks-sentence", "counts", told.join(" · ")) }
}

fn links(t: Say, member: &Member) -> Vec<Link> {
    let link = |(key, path): (&str, &str)| Link { text: t.say(key), href: format!("{LIST}/{path}") };
    let all = [("task-obstacles", "vuong-mac"), ("spread", "pho-bien"), ("incidents", "bao-cao-nhanh")];
    let counted = [("task-statistics", "don-vi"), ("task-digest", "diem-tin")];
    let wide = opens_letters(member);
    all.into_iter().chain(counted.into_iter().filter(|(key, _)| wide || *key == "task-statistics")).map(link).collect()
}

fn filter(t: Say, found: &Tasks) -> Form {
    let asked = &found.asked;
    let all = |key: &str| Choice { value: String::new(), text: t.say(key), chosen: false };
    let choice = |value: String, text: String, chosen: bool| Choice { value, text, chosen };
    let bodies = found.bodies.iter().map(|(id, name)| choice(id.to_string(), name.clone(), asked.body == Some(*id)));
    let letters = found
        .letters
        .iter()
        .map(|(id, name)| choice(id.to_string(), name.clone(), asked.letter == Some(directive_id(*id))));
    let states = Urgency::ALL
        .into_iter()
        .map(|one| choice(one.code().to_owned(), t.say(&urgency_key(one)), asked.urgency == Some(one)));
    let field =
        |name: &str, key: &str, choices: Vec<Choice>| Field::words(name, t.say(key)).input(Input::Choices(choices));
    let with_all = |rest: Vec<Choice>| std::iter::once(all("tasks-filter-all")).chain(rest).collect::<Vec<_>>();
    let mut form = Form::new(LIST, t.say("tasks-filter-show"), "")
        .field(field("trang-thai", "task-column-standing", with_all(states.collect())))
        .field(field("don-vi", "task-column-body", with_all(bodies.collect())))
        .field(field("van-ban", "task-column-letter", with_all(letters.collect())))
        .field(Field::words("tim", t.say("tasks-filter-words")).value(asked.words.clone()));
    form.asks = true;
    form
}
