//! /van-ban/so: the register of letters, searched and filtered, page after page; /van-ban/{id}/dau-den: the stamp.

use axum::extract::{Query, State};
use desk::letters::directive::{Direction, DirectiveId, Standing};
use desk::letters::finding::standing_code;
use desk::record::Kept;
use desk::rights::Capability;
use desk::views::letters::search::{Asked, Line, Register, register};
use desk::views::letters::{keeper, letter};
use quantity::time::show_date;

use super::{LIST, listed, standing_key};
use crate::app::App;
use crate::pages::around::look;
use crate::pages::fields::Fields;
use crate::pages::filled::Wanted;
use crate::pages::words::{fill, number};
use crate::respond::{Answer, Problem, form_urlencoded, page_of};
use crate::view::{Choice, LetterRegister, LetterStamp, Link, RegisterLine, Say, Tone};
use crate::visitor::Member;

/// Where the register stands.
pub(super) const REGISTER: &str = "/van-ban/so";

/// The standing that asks for letters of which only a list is known.
const WITHOUT_TEXT: &str = "chua-co-toan-van";

const STANDINGS: [Standing; 3] = [Standing::Read, Standing::Confirmed, Standing::Withdrawn];

fn asked_of(fields: &Fields) -> Asked {
    let text = |name: &str| fields.text(name).chars().take(300).collect::<String>();
    Asked {
        words: text("q"),
        year: fields.some("nam").and_then(|year| year.parse().ok()),
        issuer: text("noi"),
        kind: text("loai"),
        standing: STANDINGS.into_iter().find(|standing| standing_code(*standing) == fields.text("tinh-trang")),
        direction: match fields.text("chieu") {
            "den" => Some(Direction::Incoming),
            "di" => Some(Direction::Outgoing),
            _ => None,
        },
        open_tasks: fields.text("con-viec") == "1",
        without_text: fields.text("tinh-trang") == WITHOUT_TEXT,
        before: fields.some("truoc").and_then(|place| place.parse().ok()),
    }
}

/// The same question again, from a place on.
fn address(fields: &Fields, before: Option<i64>) -> String {
    let names = ["q", "nam", "noi", "loai", "tinh-trang", "chieu", "con-viec"];
    let typed = names.into_iter().filter_map(|name| Some((name, fields.some(name)?)));
    let mut query: Vec<String> = typed.map(|(name, value)| format!("{name}={}", form_urlencoded(value))).collect();
    query.extend(before.map(|place| format!("truoc={place}")));
    if query.is_empty() { REGISTER.to_owned() } else { format!("{REGISTER}?{}", query.join("&")) }
}

/// GET /van-ban/so.
pub(in crate::pages) async fn page(State(app): State<App>, Query(fields): Query<Fields>, member: Member) -> Answer {
    let asked = asked_of(&fields);
    let wanted = asked.clone();
    let (around, (found, office)) = look(&app, &member, move |office, connection, actor| {
        Ok((register(office, connection, actor, &wanted)?, keeper(office, connection, actor)?))
    })
    .await?;
    let t = member.caller.say;
    let mut links = vec![Link { text: t.say("letters"), href: LIST.to_owned() }];
    if member.visitor.actor.may(Capability::ExportFigures) {
        links.push(Link { text: t.say("letter-register-numbers"), href: "/chi-dao/so-van-ban".to_owned() });
    }
    let page = LetterRegister {
        t,
        shell: around.shell(&app, &member, "letters"),
        sentence: sentence(t, &asked, &found),
        about: about(t, &found),
        links,
        years: choices(t, "letter-register-any-year", &found.years, fields.text("nam"), false),
        kinds: choices(t, "letter-register-any-kind", &found.kinds, fields.text("loai"), true),
        standings: standings(t, &asked),
        directions: directions(t, asked.direction),
        open_tasks: asked.open_tasks,
        filtered: Asked { words: String::new(), before: None, ..asked.clone() } != Asked::default(),
        lines: found.lines.iter().map(|line| shown(t, line, &office)).collect(),
        next: found.next.map(|place| address(&fields, Some(place))).unwrap_or_default(),
        first: if asked.before.is_some() { address(&fields, None) } else { String::new() },
        words: asked.words,
        issuer: asked.issuer,
    };
    Ok(page_of(&page))
}

fn sentence(t: Say, asked: &Asked, found: &Register) -> String {
    let whole = Asked { before: None, ..asked.clone() } == Asked::default();
    match (found.all, found.lines.len()) {
        (Some(0), _) | (None, 0) if whole => t.say("letter-register-sentence-empty"),
        (None, 0) if found.next.is_some() => t.say("letter-register-sentence-not-yet"),
        (Some(0), _) | (None, 0) => t.say("letter-register-sentence-nothing"),
        (Some(all), _) => {
            let shown = number(t, all as f64, 0);
            t.one(if whole { "letter-register-sentence" } else { "letter-register-sentence-found" }, "count", shown)
        }
        (None, shown) => t.one("letter-register-sentence-some", "count", shown),
    }
}

fn about(t: Say, found: &Register) -> String {
    let Some(tasks) = found.tasks.filter(|tasks| tasks.open + tasks.done > 0) else {
        return t.say("letter-register-about");
    };
    let facts = [
        ("open", number(t, tasks.open as f64, 0).into()),
        ("overdue", number(t, tasks.overdue as f64, 0).into()),
        ("done", number(t, tasks.done as f64, 0).into()),
    ];
    fill(t, "letter-register-tasks", &facts)
}

fn choices(t: Say, any: &str, counted: &[(String, i64)], chosen: &str, words: bool) -> Vec<Choice> {
    let first = Choice { value: String::new(), text: t.say(any), chosen: chosen.is_empty() };
    let others = counted.iter().map(|(value, letters)| {
        // Kinds are kept without accents; the common ones have their words.
        let key = format!("letter-kind-{}", value.replace(' ', "-"));
        let text = if words && locale::knows(t.0, &key) { t.say(&key) } else { value.clone() };
        let shown = number(t, *letters as f64, 0);
        Choice { value: value.clone(), text: format!("{text} ({shown})"), chosen: chosen == value.as_str() }
    });
    std::iter::once(first).chain(others).collect()
}

fn standings(t: Say, asked: &Asked) -> Vec<Choice> {
    let none = asked.standing.is_none() && !asked.without_text;
    let any = Choice { value: String::new(), text: t.say("letter-register-any-standing"), chosen: none };
    let others = STANDINGS.into_iter().map(|standing| Choice {
        value: standing_code(standing).to_owned(),
        text: t.say(standing_key(standing)),
        chosen: asked.standing == Some(standing),
    });
    let without = Choice { value: WITHOUT_TEXT.to_owned(), text: t.say("letter-no-text"), chosen: asked.without_text };
    std::iter::once(any).chain(others).chain(std::iter::once(without)).collect()
}

fn directions(t: Say, chosen: Option<Direction>) -> Vec<Choice> {
    let ways = [
        (None, "", "letter-register-any-direction"),
        (Some(Direction::Incoming), "den", "letter-direction-in"),
        (Some(Direction::Outgoing), "di", "letter-direction-out"),
    ];
    let choice = |(way, value, key): (Option<Direction>, &str, &str)| Choice {
        value: value.to_owned(),
        text: t.say(key),
        chosen: chosen == way,
    };
    ways.into_iter().map(choice).collect()
}

/// Who issued one of our papers. A number of the Party («01-TB/ĐU») names its committee behind the stroke; all others are
/// the office's own.
fn issuer_of(number: &str, office: &str) -> String {
    match number.split_once('/') {
        Some((before, code)) if before.contains('-') => code.to_owned(),
        _ => office.to_owned(),
    }
}

fn shown(t: Say, line: &Line, office: &str) -> RegisterLine {
    match line {
        Line::Letter(letter) => {
            let Kept { id, content, .. } = letter.as_ref();
            let arrival = content.arrival_number.map(|number| t.one("letter-arrival", "number", number));
            let by_list = content.listed.as_ref().map(|listed| &listed.row);
            let arrival = arrival.or_else(|| listed::arrival(t, by_list?));
            let way = match content.direction {
                Direction::Outgoing => t.say("letter-way-out"),
                Direction::Incoming => arrival.unwrap_or_else(|| t.say("letter-way-in")),
            };
            RegisterLine {
                number: content.called().map_or_else(|| t.say("letter-no-number"), str::to_owned),
                href: format!("{LIST}/{id}"),
                way,
                date: content.date.map(show_date).or_else(|| content.date_words.clone()).unwrap_or_default(),
                issuer: content.issuer.clone().unwrap_or_default(),
                subject: content.subject.clone().unwrap_or_default(),
                standing: listed::standing(t, content).unwrap_or_else(|| t.say(standing_key(content.standing))),
                tone: match content.standing {
                    Standing::Read => Tone::Attention,
                    Standing::Confirmed if content.lacks_text() => Tone::Plain,
                    Standing::Confirmed => Tone::Confirmed,
                    Standing::Withdrawn => Tone::Old,
                },
                tasks: content.draft.iter().filter(|task| !task.left_out).count().to_string(),
            }
        }
        Line::Paper(Kept { content, .. }) => RegisterLine {
            number: content.text.clone(),
            href: format!("/chi-dao/bao-cao/{}?lan={}", content.paper, content.issue),
            way: t.say("letter-way-out"),
            date: show_date(content.given_at.date()),
            issuer: issuer_of(&content.text, office),
            subject: content.subject.clone(),
            standing: t.say("letter-standing-signed"),
            tone: Tone::Confirmed,
            tasks: String::new(),
        },
    }
}

/// GET /van-ban/{id}/dau-den. Only a letter that is in the register has a number of arrival.
pub(in crate::pages) async fn stamp(Wanted { app, member, id, .. }: Wanted<DirectiveId>) -> Answer {
    let (around, (found, keeper)) = look(&app, &member, move |office, connection, actor| {
        Ok((letter(office, connection, actor, id)?, keeper(office, connection, actor)?))
    })
    .await?;
    let t = member.caller.say;
    let content = &found.directive.content;
    let arrival = content.arrival_number.ok_or_else(|| Problem::no_page(&member.caller))?;
    let called = content.called().map_or_else(|| t.say("letter-no-number"), str::to_owned);
    let bodies: Vec<String> = content.recipients.iter().take(2).cloned().collect();
    let page = LetterStamp {
        t,
        shell: around.shell(&app, &member, "letters"),
        sentence: t.one("letter-stamp-sentence", "number", called),
        office: keeper.to_uppercase(),
        number: arrival.to_string(),
        day: show_date(content.arrived_at.date()),
        hour: if listed::knows_no_hour(content) { String::new() } else { content.arrived_at.show_time() },
        passed_to: bodies.join("; "),
        back: format!("{LIST}/{id}"),
    };
    Ok(page_of(&page))
}
