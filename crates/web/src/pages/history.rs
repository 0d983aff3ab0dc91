//! /lich-su/{id}: the history of one record, each version with who wrote it, when, and what changed.

use axum::extract::{Path, State};
use desk::views::history::{Change, History, Told, history};
use quantity::time::show_date;
use quantity::{Id, Span};

use super::around::look;
use super::plain::{answer, plain};
use super::words::{duration, fill, mass, number};
use crate::app::App;
use crate::respond::{Answer, Problem};
use crate::view::{Cell, Column, Link, Say, Section, Table};
use crate::visitor::Member;

/// The link to a record's history, for the page that shows the record.
pub(super) fn link(t: Say, id: impl std::fmt::Display) -> Link {
    Link { text: t.say("history"), href: format!("/lich-su/{id}") }
}

/// The register that a kind of record stands in: the key of its page's name, its address.
fn register_of(kind: &str) -> (&'static str, &'static str) {
    match kind {
        "contract" => ("supply-contracts", "/cung-ung/hop-dong"),
        "supplier" => ("supply-suppliers", "/cung-ung/nha-cung-ung"),
        "vehicle" => ("vehicles", "/phuong-tien"),
        "given_machine" => ("machines", "/phuong-tien/may-muon"),
        "improvement_work" => ("means-works", "/phuong-tien/cong-trinh"),
        "treatment_site" => ("means-sites", "/phuong-tien/thiet-lap"),
        "vessel" => ("means-inspections", "/phuong-tien/kiem-dinh"),
        "refill_terms" => ("refill-page", "/oxy/nap"),
        "oxygen_unit" => ("command-unit", "/chi-dao/bo-phan-oxy"),
        _ => ("command-readiness", "/chi-dao/bon-tai-cho"),
    }
}

/// GET /lich-su/{id}.
pub(super) async fn page(State(app): State<App>, Path(id): Path<String>, member: Member) -> Answer {
    let id: Id = id.parse().map_err(|_| Problem::no_page(&member.caller))?;
    let (around, found) =
        look(&app, &member, move |office, connection, actor| history(office, connection, actor, id)).await?;
    let t = member.caller.say;
    let (register, href) = register_of(&found.kind);
    let here = if href.starts_with("/cung-ung/") { "supply" } else { register };
    let mut page = plain(&app, &member, &around, here, sentence(t, &found));
    page.title = t.say("history");
    page.trail = vec![Link { text: t.say(register), href: href.to_owned() }];
    page.about = t.say("history-means");
    for version in &found.versions {
        let by = version.by.clone().unwrap_or_else(|| t.say("history-program"));
        let facts = [
            ("number", version.number.to_string().into()),
            ("at", version.recorded_at.to_string().into()),
            ("by", by.into()),
        ];
        let mut rows: Vec<Vec<Cell>> = version.changes.iter().map(|change| row(t, change)).collect();
        rows.sort_by(|left, right| left[0].text.cmp(&right[0].text));
        let mut columns = vec!["history-field", "history-before", "history-after"];
        if version.changes.iter().all(|change| change.before.is_none()) {
            columns = vec!["history-field", "history-content"];
            rows.iter_mut().for_each(|row| drop(row.remove(1)));
        }
        page.sections.push(Section {
            table: Some(Table { columns: columns.iter().map(|key| Column::words(t.say(key))).collect(), rows }),
            empty: t.say("history-same"),
            ..Section::new(format!("ban-{}", version.number), fill(t, "history-version", &facts))
        });
    }
    Ok(answer(&page))
}

fn sentence(t: Say, found: &History) -> String {
    let last = found.versions.first();
    let kind = t.say(&format!("history-kind-{}", found.kind.replace('_', "-")));
    let name = match found.kind.as_str() {
        "oxygen_unit" | "refill_terms" => String::new(),
        "readiness_answer" => code_words(t, "key", &found.name),
        _ => found.name.clone(),
    };
    let facts = [
        ("what", [kind, name].join(" ").trim().to_owned().into()),
        ("count", found.versions.len().to_string().into()),
        ("at", last.map_or_else(String::new, |version| version.recorded_at.to_string()).into()),
    ];
    fill(t, if found.versions.len() > 1 { "history-sentence" } else { "history-sentence-once" }, &facts)
}

fn row(t: Say, change: &Change) -> Vec<Cell> {
    let field = change.field.iter().rev().find(|part| part.parse::<usize>().is_err());
    let field = field.map_or("", String::as_str);
    let cell = |said: &Option<Told>| said.as_ref().map_or_else(Cell::default, |said| Cell::text(words(t, field, said)));
    vec![Cell::text(label(t, &change.field)), cell(&change.before), cell(&change.after)]
}

/// «Người liên hệ 2 · điện thoại». Parts that only say which of two forms a value has are left out.
fn label(t: Say, field: &[String]) -> String {
    let mut parts: Vec<String> = Vec::new();
    for part in field {
        let is_first = parts.is_empty();
        match (part.parse::<usize>(), parts.last_mut()) {
            (Ok(place), Some(last)) => last.push_str(&format!(" {place}")),
            _ if ["terms", "per_kg", "per_cylinder", "mass", "money"].contains(&part.as_str()) => {}
            _ if ["dong", "grams"].contains(&part.as_str()) && !is_first => {}
            _ => parts.push(t.say(&format!("history-field-{}", part.replace('_', "-")))),
        }
    }
    let said = parts.join(" · ");
    let mut letters = said.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A code in words; a line of a check-list is named by its list.
fn code_words(t: Say, field: &str, code: &str) -> String {
    let key = format!("history-value-{field}-{}", code.replace('_', "-"));
    if locale::knows(t.0, &key) {
        return t.say(&key);
    }
    let lists = [protocol::Checklist::four_on_the_spot(), protocol::Checklist::oxygen_unit()];
    let named = lists.iter().flatten().flat_map(|list| &list.items).find(|item| item.key == code);
    named.map_or_else(|| code.to_owned(), |item| item.title.clone())
}

fn words(t: Say, field: &str, said: &Told) -> String {
    let hour = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
    match said {
        Told::Words(words) => words.clone(),
        Told::Code(code) => code_words(t, field, code),
        Told::Number(value) => number(t, *value, if value.fract() == 0.0 { 0 } else { 2 }),
        Told::Mass(grams) => mass(t, *grams),
        Told::Dong(dong) => t.one("history-dong", "amount", number(t, *dong as f64, 0)),
        Told::Day(day) => show_date(*day),
        Told::At(at) => at.to_string(),
        Told::Minutes(minutes) => duration(t, Span::minutes(*minutes)),
        Told::DayHours(from, to) => format!("{}–{}", hour(*from), hour(*to)),
        Told::Vessels(size, count) => {
            let litres = number(t, f64::from(*size) / 1_000.0, 0);
            t.two("history-vessels", "litres", litres, "count", number(t, f64::from(*count), 0))
        }
        Told::YesNo(yes) => t.say(if *yes { "history-yes" } else { "history-no" }),
        Told::Typed(typed) => format!("{} {}", typed.text, typed.unit.label()),
        Told::Keys(_) => String::new(),
        Told::Names(names) => {
            let names: Vec<String> =
                names.iter().map(|name| name.clone().unwrap_or_else(|| t.say("history-elsewhere"))).collect();
            names.join(", ")
        }
    }
}
