//! What the office's registers and rules propose for a task that waits: who is in charge of its field (DT07), which day a
//! word of haste or the letter's kind proposes (DT05). A person confirms or changes both.

use desk::letters::directive::DraftTask;
use desk::letters::field::{Meant, Officer, meant};
use desk::views::letters::LetterInFull;
use protocol::{OfficerFields, WorkingDays};
use quantity::time::show_date;

use crate::view::{Say, TaskCard};

/// Puts the proposals onto a card. `fresh` where nobody has touched the draft: then who is proposed is chosen.
pub(super) fn onto(t: Say, found: &LetterInFull, card: &mut TaskCard, task: &DraftTask, fresh: bool) {
    let letter = &found.directive.content;
    if task.printed.is_empty()
        && task.last_day.is_none()
        && let Ok(calendar) = WorkingDays::shipped()
    {
        let from = found.rules.counts_as(letter.arrived_at, &calendar);
        let haste = task.haste.first().map(String::as_str);
        let day = found.rules.propose(haste, letter.kind.as_deref(), from, &calendar);
        card.told.push(t.one("rules-proposed-day", "day", show_date(day)));
    }
    let (&[body], Ok(fields)) = (task.owner.bodies.as_slice(), OfficerFields::shipped()) else { return };
    let meant = meant(&found.officers, body, (&task.text, &task.heads), &fields);
    let chosen = task.holder.as_ref().and_then(|holder| holder.person);
    match &meant {
        Meant::Nobody => return,
        Meant::One(officer) => card.told.push(one(t, officer)),
        Meant::Several(several) => {
            let names = several.iter().map(|one| format!("{} ({})", one.field.name, one.field.field));
            card.told.push(t.one("fields-several", "names", names.collect::<Vec<_>>().join("; ")));
        }
    }
    let Some(person) = meant.person().filter(|_| fresh && chosen.is_none()) else { return };
    let wanted = person.to_string();
    for (value, _, chosen) in &mut card.people {
        *chosen = *value == wanted;
    }
}

fn one(t: Say, officer: &Officer) -> String {
    let (name, field) = (officer.field.name.clone(), officer.field.field.clone());
    let said = t.two("fields-proposed", "name", name, "field", field);
    match (&officer.stand_in, officer.away || !officer.in_post) {
        (Some((_, instead)), true) => format!("{said} {}", t.one("fields-proposed-instead", "name", instead.clone())),
        (None, true) => format!("{said} {}", t.say("fields-proposed-nobody")),
        (_, false) => said,
    }
}
