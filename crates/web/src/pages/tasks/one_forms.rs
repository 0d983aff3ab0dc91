//! What can be done to a task now, as forms: only what has its place at its stage, and only for who may.

use desk::letters::task::Stage;
use desk::views::tasks::OneTask;
use quantity::time::show_date;

use super::{LIST, form};
use crate::app::App;
use crate::view::{Choice, Field, Form, Input, Say, Section};

/// The forms of a task, each in its section; what is needed most stands first and open.
pub(super) fn forms(app: &App, t: Say, found: &OneTask) -> Vec<Section> {
    let (mut answers, mut judges) = (Vec::new(), Vec::new());
    if found.answers {
        answering(app, t, found, &mut answers);
    }
    if found.judges {
        judging(app, t, found, &mut judges);
    }
    // Whoever judges comes to judge; what he could do in the body's place waits below.
    if found.judges {
        answers.iter_mut().for_each(|section: &mut Section| section.folded = true);
        judges.append(&mut answers);
        return judges;
    }
    answers
}

fn section(id: &str, t: Say, title: &str, form: Form, folded: bool) -> Section {
    Section { forms: vec![form], folded, ..Section::new(id, t.say(title)) }
}

fn lines(t: Say, name: &str, key: &str) -> Field {
    Field::words(name, t.say(key)).input(Input::Lines)
}

fn answering(app: &App, t: Say, found: &OneTask, sections: &mut Vec<Section>) {
    let task = &found.kept.content;
    let path = format!("{LIST}/{}", found.kept.id);
    let stage = task.stage;
    if !stage.is_open() {
        return;
    }
    if stage == Stage::Assigned {
        sections.push(section("nhan", t, "task-do-accept", form(app, &path, "accept", t.say("task-accept")), false));
    }
    if stage != Stage::Submitted {
        let mut tell = form(app, &path, "tell", t.say("task-tell"))
            .field(Field::words("percent", t.say("task-percent")).input(Input::Number("%".to_owned())))
            .field(lines(t, "words", "task-words"));
        let ticked = task.life.ticked();
        for (place, words) in (0_u32..).zip(&task.subtasks) {
            let value = if ticked.contains(&place) { "1" } else { "" };
            tell = tell.field(Field::words(format!("tick-{place}"), words.clone()).input(Input::Check).value(value));
        }
        sections.push(section("tien-do", t, "task-do-tell", tell, stage == Stage::Assigned));
    }
    let mut prove = form(app, &path, "prove", t.say("task-prove"))
        .field(
            Field::words("file", t.say("task-file")).input(Input::File("image/jpeg,image/png,.pdf,.docx,.xlsx".into())),
        )
        .field(lines(t, "words", "task-evidence-words"))
        .field(Field::words("href", t.say("task-evidence-link")).hint(t.say("task-evidence-link-hint")));
    prove.multipart = true;
    sections.push(section("them-minh-chung", t, "task-do-prove", prove, stage == Stage::Assigned));
    if stage != Stage::Submitted {
        let mut submit = form(app, &path, "submit", t.say("task-submit")).field(lines(t, "words", "task-submit-words"));
        submit.means = t.say(if task.life.has_fresh_proof() { "task-submit-means" } else { "task-submit-needs" });
        sections.push(section("nop", t, "task-do-submit", submit, !task.life.has_fresh_proof()));
    }
    sections.push(section("giao-nguoi", t, "task-do-hand", hand(app, t, found, &path), true));
    let kinds = ["obstacle", "proposal"].map(|kind| Choice {
        value: kind.to_owned(),
        text: t.say(&format!("task-{kind}")),
        chosen: false,
    });
    let raise = form(app, &path, "raise", t.say("task-raise"))
        .field(Field::words("kind", t.say("task-kind")).input(Input::Choices(kinds.to_vec())))
        .field(lines(t, "words", "task-raise-words").required());
    sections.push(section("neu-vuong-mac", t, "task-do-raise", raise, true));
    if !found.units.is_empty() && stage != Stage::Submitted {
        let mut down = form(app, &path, "down", t.say("task-down"))
            .field(lines(t, "text", "task-down-text").value(task.text.clone()).required())
            .field(Field::words("day", t.say("task-day")).input(Input::Day));
        for (id, name) in &found.units {
            down = down.field(Field::words(format!("unit-{id}"), name.clone()).input(Input::Check));
        }
        sections.push(section("giao-xuong", t, "task-do-down", down, true));
    }
}

fn hand(app: &App, t: Say, found: &OneTask, path: &str) -> Form {
    let holder = found.kept.content.holder.as_ref().and_then(|holder| holder.person);
    let people = found.staff.iter().map(|one| Choice {
        value: one.person.to_string(),
        text: if one.away { t.one("task-person-away", "name", one.name.clone()) } else { one.name.clone() },
        // Nobody has it yet: whoever is in charge of the field is proposed.
        chosen: holder.or(found.in_charge_now) == Some(one.person),
    });
    let none = Choice { value: String::new(), text: t.say("task-person-other"), chosen: false };
    form(app, path, "hand", t.say("task-hand"))
        .field(Field::words("person", t.say("task-person")).input(Input::Choices(people.chain([none]).collect())))
        .field(Field::words("name", t.say("task-person-name")))
        .field(Field::words("reason", t.say("task-reason")))
        .field(Field::words("away", t.say("task-although-away")).input(Input::Check))
}

fn judging(app: &App, t: Say, found: &OneTask, sections: &mut Vec<Section>) {
    let task = &found.kept.content;
    let path = format!("{LIST}/{}", found.kept.id);
    let stage = task.stage;
    if stage == Stage::Submitted {
        let approve = form(app, &path, "approve", t.say("task-approve")).field(lines(t, "words", "task-approve-words"));
        sections.push(section("nghiem-thu", t, "task-do-approve", approve, false));
    }
    let handed_in =
        stage == Stage::Done || (task.life.every.is_some() && !task.life.past.is_empty() && stage == Stage::UnderWay);
    if stage == Stage::Submitted || handed_in {
        let mut back =
            form(app, &path, "return", t.say("task-return")).field(lines(t, "reason", "task-return-why").required());
        back.means = t.say("task-return-means");
        sections.push(section("tra-lai", t, "task-do-return", back, stage != Stage::Submitted));
    }
    if !stage.is_open() {
        return;
    }
    let proposed = found.proposed.map(|day| day.to_string()).unwrap_or_default();
    let mut day = form(app, &path, "day", t.say("task-set-day"))
        .field(
            Field::words("day", t.say("task-day"))
                .input(Input::Day)
                .value(proposed)
                .hint(found.proposed.map(|day| t.one("task-day-proposed", "day", show_date(day))).unwrap_or_default()),
        )
        .field(Field::words("reason", t.say("task-reason")));
    day.means = t.say(if task.due.is_some() { "task-day-means-again" } else { "task-day-means" });
    sections.push(section("dat-han", t, "task-do-day", day, true));
    let drop = form(app, &path, "drop", t.say("task-drop")).field(lines(t, "reason", "task-reason").required());
    sections.push(section("thoi-giao", t, "task-do-drop", drop, true));
}
