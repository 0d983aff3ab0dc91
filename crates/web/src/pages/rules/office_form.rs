//! The two forms by which an office takes rules over: a version as shipped, or its own figures; and how they are read.

use desk::Failure;
use desk::office_rules::RulesRefused;
use desk::operations::rules::adopt_office_rules::Chosen;
use desk::views::rules::office::OfficeRulesSeen;
use protocol::OfficeRules;
use protocol::office::{Haste, OfKind};

use super::office::PATH;
use crate::app::App;
use crate::pages::fields::Fields;
use crate::pages::typed::form;
use crate::view::{Choice, Field, Form, Input, Say, Section};

fn number(name: &str, label: String, unit: String, value: impl ToString) -> Field {
    Field::words(name, label).input(Input::Number(unit)).value(value.to_string()).required()
}

fn decision(t: Say, form: Form, found: &OfficeRulesSeen) -> Form {
    let tomorrow = found.today.tomorrow().unwrap_or(found.today).to_string();
    form.field(
        Field::words("from", t.say("rules-field-from"))
            .input(Input::Day)
            .value(tomorrow)
            .hint(t.say("rules-field-from-hint"))
            .required(),
    )
    .field(Field::words("decision", t.say("rules-field-decision")).hint(t.say("rules-field-decision-hint")).required())
    .field(Field::words("decided_by", t.say("rules-field-decided-by")))
}

/// The forms, for whoever may adopt rules.
pub(super) fn forms(app: &App, t: Say, found: &OfficeRulesSeen) -> Vec<Section> {
    let versions = found.shipped.iter().map(|rules| Choice {
        value: rules.id.clone(),
        text: rules.title.clone(),
        chosen: rules.id == found.in_force.id,
    });
    let choose = form(app, PATH, "shipped", t.say("rules-adopt")).field(
        Field::words("version", t.say("rules-column-version")).input(Input::Choices(versions.collect())).required(),
    );
    let mut choose = decision(t, choose, found);
    choose.means = t.say("rules-adopt-means");
    let own = own(t, form(app, PATH, "own", t.say("rules-adopt-own")), &found.in_force);
    let mut own = decision(t, own, found);
    own.means = t.say("rules-adopt-means");
    let section =
        |id: &str, key: &str, form: Form| Section { forms: vec![form], folded: true, ..Section::new(id, t.say(key)) };
    vec![section("chon", "rules-choose", choose), section("rieng", "rules-write-own", own)]
}

fn own(t: Say, form: Form, rules: &OfficeRules) -> Form {
    let (days, hours) = (t.say("rules-unit-days"), t.say("rules-unit-hours"));
    let (entry, told) = (&rules.entry, &rules.reminders);
    let words = rules.proposed.words.iter().map(|word| format!("{}: {}", word.word, word.days));
    let kinds = rules.proposed.kinds.iter().map(|kind| format!("{}: {}", kind.kind, kind.days));
    let lines = |name: &str, key: &str, all: Vec<String>| {
        Field::words(name, t.say(key)).input(Input::Lines).value(all.join("\n")).hint(t.say("rules-lines-hint"))
    };
    let steps: Vec<String> = told.steps.iter().map(ToString::to_string).collect();
    form.field(number("urgent_days", t.say("rules-entry-urgent"), days.clone(), entry.urgent_days))
        .field(number("normal_days", t.say("rules-entry-normal"), days.clone(), entry.normal_days))
        .field(number("many_tasks_days", t.say("rules-entry-many"), days.clone(), entry.many_tasks_days))
        .field(number("many_tasks", t.say("rules-field-many"), t.say("rules-unit-tasks"), entry.many_tasks))
        .field(
            number("closing_hour", t.say("rules-closing"), hours.clone(), entry.closing_hour)
                .hint(t.say("rules-closing-hint")),
        )
        .field(lines("words", "rules-words", words.collect()))
        .field(lines("kinds", "rules-kinds", kinds.collect()))
        .field(number("other_days", t.say("rules-other-days"), days.clone(), rules.proposed.other_days))
        .field(
            Field::words("steps", t.say("rules-steps"))
                .value(steps.join("; "))
                .hint(t.say("rules-steps-hint"))
                .required(),
        )
        .field(Field::words("working", t.say("rules-field-working")).input(Input::Check).value(if told.working_days {
            "1"
        } else {
            ""
        }))
        .field(number("from_hour", t.say("rules-field-from-hour"), hours.clone(), told.from_hour))
        .field(number("to_hour", t.say("rules-field-to-hour"), hours.clone(), told.to_hour))
        .field(number("digest_hour", t.say("rules-digest"), hours.clone(), told.digest_hour))
        .field(number("receipt_hours", t.say("rules-field-receipt"), hours.clone(), rules.receipts.hours))
        .field(number("receipt_urgent", t.say("rules-field-receipt-urgent"), hours, rules.receipts.urgent_hours))
        .field(number("answer_days", t.say("rules-answer"), days, rules.obstacles.answer_days))
}

fn read<T: std::str::FromStr>(text: &str, part: &'static str) -> Result<T, Failure> {
    text.trim().parse().map_err(|_| Failure::refused(RulesRefused::Figure { part }))
}

/// «hỏa tốc: 1», one a line.
fn pairs(text: &str) -> Result<Vec<(String, u32)>, Failure> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).take(60);
    lines
        .map(|line| {
            let (word, days) =
                line.rsplit_once(':').ok_or_else(|| Failure::refused(RulesRefused::Figure { part: "words" }))?;
            Ok((word.trim().chars().take(80).collect::<String>().to_lowercase(), read(days, "words")?))
        })
        .collect()
}

/// What the form chooses; figures that cannot be read are refused by their name.
pub(super) fn chosen(fields: &Fields, in_force: &OfficeRules) -> Result<Chosen, Failure> {
    if fields.text("do") != "own" {
        return Ok(Chosen::Shipped(fields.text("version").to_owned()));
    }
    let mut own = in_force.clone();
    let text = |name: &str| fields.text(name);
    own.title = "Quy định riêng của cơ quan".to_owned();
    own.entry.urgent_days = read(text("urgent_days"), "days")?;
    own.entry.normal_days = read(text("normal_days"), "days")?;
    own.entry.many_tasks_days = read(text("many_tasks_days"), "days")?;
    own.entry.many_tasks = read(text("many_tasks"), "days")?;
    own.entry.closing_hour = read(text("closing_hour"), "closing")?;
    own.proposed.words = pairs(text("words"))?.into_iter().map(|(word, days)| Haste { word, days }).collect();
    own.proposed.kinds = pairs(text("kinds"))?.into_iter().map(|(kind, days)| OfKind { kind, days }).collect();
    own.proposed.other_days = read(text("other_days"), "days")?;
    let steps = text("steps").split([';', ',']).map(str::trim).filter(|step| !step.is_empty());
    own.reminders.steps = steps.map(|step| read(step, "steps")).collect::<Result<_, _>>()?;
    own.reminders.working_days = text("working") == "1";
    own.reminders.from_hour = read(text("from_hour"), "hours")?;
    own.reminders.to_hour = read(text("to_hour"), "hours")?;
    own.reminders.digest_hour = read(text("digest_hour"), "hours")?;
    own.receipts.hours = read(text("receipt_hours"), "receipts")?;
    own.receipts.urgent_hours = read(text("receipt_urgent"), "receipts")?;
    own.obstacles.answer_days = read(text("answer_days"), "days")?;
    Ok(Chosen::Own(Box::new(own)))
}
