//! /van-ban/quy-dinh: by which rules letters and tasks are handled, who says so, since when, and what stands beside (DT05).

use axum::extract::{Query, State};
use desk::operations::rules::adopt_office_rules::AdoptOfficeRules;
use desk::rights::{Capability, who_may};
use desk::views::rules::office::{OfficeRulesSeen, office_rules};
use jiff::civil::Date;
use protocol::OfficeRules;
use quantity::time::show_date;

use super::columns;
use super::office_form::{chosen, forms};
use crate::app::App;
use crate::pages::around::look;
use crate::pages::fields::{Fields, day_of};
use crate::pages::filled::Sending;
use crate::pages::plain::{answer, plain};
use crate::pages::typed::Typed;
use crate::pages::words::{fill, marked};
use crate::respond::{Answer, role_key};
use crate::view::{Cell, Link, Say, Section, Table, Tone};
use crate::visitor::Member;

/// Where the page stands.
pub(super) const PATH: &str = "/van-ban/quy-dinh";

/// GET /van-ban/quy-dinh.
pub(in crate::pages) async fn page(State(app): State<App>, Query(fields): Query<Fields>, member: Member) -> Answer {
    show(&app, &member, Typed::after(member.caller.say, &fields)).await
}

/// POST /van-ban/quy-dinh: rules from a day on.
pub(in crate::pages) async fn adopt(sending: Sending) -> Answer {
    let form = sending.by_whom(Capability::OverrideNorm)?;
    let (_, found) = look(&form.app, &form.member, office_rules).await?;
    let from = day_of(form.fields.text("from")).ok_or_else(|| form.unreadable())?;
    let operation = chosen(&form.fields, &found.in_force).map(|chosen| AdoptOfficeRules {
        key: form.key(),
        from,
        chosen,
        decision: form.text("decision"),
        decided_by: form.text("decided_by"),
        simulated: form.app.demo.is_some(),
    });
    let acted = form.act(operation, PATH, "done-rules-adopted").await?;
    acted.or(|typed| show(&form.app, &form.member, typed)).await
}

async fn show(app: &App, member: &Member, typed: Typed) -> Answer {
    let t = member.caller.say;
    let (around, found) = look(app, member, office_rules).await?;
    let mut page = plain(app, member, &around, "office-rules", sentence(t, &found));
    page.trail = vec![Link { text: t.say("letters"), href: "/van-ban".to_owned() }];
    page.about = t.say("rules-about");
    page.sections.push(in_force(t, &found));
    page.sections.push(giving(t, &found.in_force));
    page.sections.push(beside(t, &found));
    page.sections.push(adopted(t, &found));
    if found.may_adopt && around.past.is_none() {
        page.sections.extend(forms(app, t, &found));
    }
    Ok(answer(&typed.into_forms_of(page)))
}

fn sentence(t: Say, found: &OfficeRulesSeen) -> String {
    let Some(kept) = &found.by else { return t.say("rules-sentence-none") };
    let adopted = &kept.content;
    let facts = [
        ("decision", marked(t, adopted.simulated, adopted.decision.clone()).into()),
        ("from", show_date(adopted.from).into()),
    ];
    fill(t, "rules-sentence", &facts)
}

/// A figure of the rules: its name, its value, where it stands written, whether nobody confirmed it.
type Line = (String, String, String, bool);

/// The rules in words, in the order in which a letter meets them.
pub(super) fn lines(t: Say, rules: &OfficeRules) -> Vec<Line> {
    let (entry, proposed, told) = (&rules.entry, &rules.proposed, &rules.reminders);
    let days = |days: u32| match days {
        0 => t.say("rules-same-day"),
        days => t.one("rules-working-days", "days", i64::from(days)),
    };
    let mut lines = Vec::new();
    let mut put = |key: &str, value: String, source: &str, unconfirmed: bool| {
        lines.push((t.say(key), value, source.to_owned(), unconfirmed));
    };
    let of_entry = (entry.source.as_str(), entry.unconfirmed);
    put("rules-entry-urgent", days(entry.urgent_days), of_entry.0, of_entry.1);
    put("rules-entry-normal", days(entry.normal_days), of_entry.0, of_entry.1);
    let many = t.two("rules-many", "days", days(entry.many_tasks_days), "tasks", entry.many_tasks);
    put("rules-entry-many", many, of_entry.0, of_entry.1);
    let closing = match entry.closing_hour {
        24 => t.say("rules-no-closing"),
        hour => t.one("rules-closing-means", "hour", hour),
    };
    put("rules-closing", closing, of_entry.0, of_entry.1);
    let words = proposed.words.iter().map(|word| format!("{}: {}", word.word, days(word.days)));
    let words = words.collect::<Vec<_>>().join("; ");
    put("rules-words", words, &proposed.source, proposed.unconfirmed);
    let kinds = proposed.kinds.iter().map(|kind| format!("{}: {}", kind.kind, days(kind.days)));
    let kinds = kinds.collect::<Vec<_>>().join("; ");
    let kinds = if kinds.is_empty() { t.say("rules-none") } else { kinds };
    put("rules-kinds", kinds, &proposed.source, proposed.unconfirmed);
    put("rules-other-days", days(proposed.other_days), &proposed.source, proposed.unconfirmed);
    let steps = told.steps.iter().map(|step| match step {
        0 => t.say("rules-step-day"),
        ..0 => t.one("rules-step-before", "days", i64::from(-step)),
        1.. => t.one("rules-step-after", "days", i64::from(*step)),
    });
    let steps = steps.collect::<Vec<_>>().join("; ");
    put("rules-steps", steps, &told.source, told.unconfirmed);
    let kind = if told.working_days { "rules-step-working" } else { "rules-step-calendar" };
    put("rules-step-days", t.say(kind), &told.source, told.unconfirmed);
    let hours = t.two("rules-hours-between", "from", told.from_hour, "to", told.to_hour);
    put("rules-hours", hours, &told.source, told.unconfirmed);
    put("rules-digest", t.one("rules-at-hour", "hour", told.digest_hour), &told.source, told.unconfirmed);
    let wait = t.two("rules-receipt-hours", "hours", rules.receipts.hours, "urgent", rules.receipts.urgent_hours);
    put("rules-receipts", wait, &rules.receipts.source, rules.receipts.unconfirmed);
    put("rules-answer", days(rules.obstacles.answer_days), &rules.obstacles.source, rules.obstacles.unconfirmed);
    lines
}

fn in_force(t: Say, found: &OfficeRulesSeen) -> Section {
    let row = |(name, value, source, unconfirmed): Line| {
        let confirmed = t.say(if unconfirmed { "unconfirmed" } else { "has-source" });
        let tone = if unconfirmed { Tone::Attention } else { Tone::Confirmed };
        vec![Cell::text(name), Cell::text(value), Cell::text(confirmed).told(source).toned(tone)]
    };
    let mut rows: Vec<Vec<Cell>> = lines(t, &found.in_force).into_iter().map(row).collect();
    if let Some((source, unconfirmed)) = &found.calendar {
        rows.push(row((t.say("rules-calendar"), t.say("rules-calendar-means"), source.clone(), *unconfirmed)));
    }
    Section {
        about: found.in_force.title.clone(),
        table: Some(Table {
            columns: columns(t, &["rules-column-rule", "rules-column-value", "rules-column-source"]),
            rows,
        }),
        ..Section::new("dang-ap-dung", t.say("rules-in-force"))
    }
}

fn giving(t: Say, rules: &OfficeRules) -> Section {
    let row = |line: &protocol::office::Giver| {
        let right = Capability::from_code(&line.right);
        let roles: Vec<String> =
            right.map(who_may).unwrap_or_default().into_iter().map(|role| t.say(&role_key(role))).collect();
        vec![Cell::text(line.what.clone()), Cell::text(line.who.clone()), Cell::text(roles.join(", "))]
    };
    let confirmed = t.say(if rules.giving.unconfirmed { "unconfirmed" } else { "has-source" });
    Section {
        about: format!("{} ({confirmed})", rules.giving.source),
        table: Some(Table {
            columns: columns(t, &["rules-column-what", "rules-column-who", "rules-column-roles"]),
            rows: rules.giving.lines.iter().map(row).collect(),
        }),
        ..Section::new("ai-duoc-giao", t.say("rules-giving"))
    }
}

/// The versions as shipped and the office's own, side by side; where they differ it shows.
fn beside(t: Say, found: &OfficeRulesSeen) -> Section {
    let mut versions: Vec<(String, Vec<Line>)> =
        found.shipped.iter().map(|rules| (rules.title.clone(), lines(t, rules))).collect();
    let own = found.adopted.iter().filter(|kept| !kept.content.shipped).take(2);
    versions.extend(own.map(|kept| {
        let adopted = &kept.content;
        (
            t.two("rules-own-from", "decision", adopted.decision.clone(), "from", show_date(adopted.from)),
            lines(t, &adopted.rules),
        )
    }));
    let mut heads = columns(t, &["rules-column-rule"]);
    heads.extend(versions.iter().map(|(title, _)| crate::view::Column::words(title.clone())));
    let count = versions.first().map_or(0, |(_, lines)| lines.len());
    let rows = (0..count).map(|place| {
        let of = |version: &(String, Vec<Line>)| version.1.get(place).map(|line| line.1.clone()).unwrap_or_default();
        let first = versions.first().map(&of).unwrap_or_default();
        let name = versions.first().and_then(|(_, lines)| lines.get(place)).map(|line| line.0.clone());
        let mut row = vec![Cell::text(name.unwrap_or_default())];
        row.extend(versions.iter().map(|version| {
            let value = of(version);
            let tone = if value == first { Tone::Plain } else { Tone::Attention };
            Cell::text(value).toned(tone)
        }));
        row
    });
    let rows = rows.collect();
    Section {
        about: t.say("rules-beside-about"),
        table: Some(Table { columns: heads, rows }),
        folded: true,
        ..Section::new("song-song", t.say("rules-beside"))
    }
}

fn adopted(t: Say, found: &OfficeRulesSeen) -> Section {
    let state = |from: Date| match () {
        () if from > found.today => Cell::text(t.say("rules-will-count")).toned(Tone::Attention),
        () if found.by.as_ref().is_some_and(|kept| kept.content.from == from) => {
            Cell::text(t.say("rules-counts")).toned(Tone::Confirmed)
        }
        () => Cell::text(t.say("rules-counted")).toned(Tone::Old),
    };
    let row = |kept: &desk::record::Kept<desk::office_rules::RulesAdopted>| {
        let one = &kept.content;
        let rules = if one.shipped { one.rules.title.clone() } else { t.say("rules-own") };
        vec![
            Cell::text(show_date(one.from)),
            state(one.from),
            Cell::text(marked(t, one.simulated, one.decision.clone())).told(one.decided_by.clone()),
            Cell::text(rules),
            Cell::text(one.adopted_by.clone()).told(one.adopted_at.to_string()),
        ]
    };
    let keys =
        ["rules-column-from", "rules-column-state", "rules-column-decision", "rules-column-version", "rules-column-by"];
    Section {
        about: t.say("rules-adopted-about"),
        empty: t.say("rules-adopted-none"),
        table: Some(Table { columns: columns(t, &keys), rows: found.adopted.iter().map(row).collect() }),
        ..Section::new("da-ap-dung", t.say("rules-adopted"))
    }
}
