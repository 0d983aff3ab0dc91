//! A text comes for a letter that was known from a list alone: it is that letter, not another one (DT01).

use store::finding::of_target;

use crate::failure::Outcome;
use crate::letters::directive::{Directive, DirectiveId, Standing};
use crate::letters::finding::{IS, number_key};
use crate::letters::listed::{ListState, may_be_one};
use crate::operation::Desk;
use crate::record::{self, Kept, RecordId};

/// Letters of one number that are looked at.
const MOST: i64 = 200;

/// The one letter of the list that a text belongs to: the same number on the same day, and an issuer that may be the
/// same. None where two of them fit: nothing is guessed.
pub(super) fn waiting_for(desk: &mut Desk<'_, '_>, read: &Directive) -> Outcome<Option<Kept<Directive>>> {
    let (Some(number), Some(day)) = (read.called(), read.date) else { return Ok(None) };
    let key = number_key(number);
    let province = desk.actor().province;
    let mut found = Vec::new();
    for (id, role) in of_target(desk.transaction(), province, &key, MOST)? {
        if role != IS {
            continue;
        }
        let Some(kept) = record::one::<Directive>(desk.transaction(), province, RecordId::new(id))? else { continue };
        let content = &kept.content;
        let issuers = (content.issuer.as_deref().unwrap_or_default(), read.issuer.as_deref().unwrap_or_default());
        let fits = content.lacks_text()
            && content.standing != Standing::Withdrawn
            && content.date == Some(day)
            && may_be_one(issuers.0, issuers.1);
        if fits {
            found.push(kept);
        }
    }
    Ok(if found.len() == 1 { found.pop() } else { None })
}

/// Puts what was read of the text in the place of what the list said, which stays beside it. A person looks at it
/// before anything goes out; of a letter that the list calls finished or past, no task is proposed.
pub(super) fn complete(desk: &mut Desk<'_, '_>, before: &Kept<Directive>, read: Directive) -> Outcome<DirectiveId> {
    let known = &before.content;
    let mut listed = known.listed.clone();
    if let Some(listed) = &mut listed {
        listed.without_text = false;
    }
    let open = listed.as_ref().is_some_and(|listed| listed.row.how_far() == Some(ListState::Open));
    let mut draft = read.draft;
    for task in &mut draft {
        task.left_out = !open;
    }
    let directive = Directive {
        // What was confirmed from the list has its tasks; the text changes nothing of that.
        standing: if known.confirmed.is_some() { known.standing } else { Standing::Read },
        draft: if known.confirmed.is_some() { known.draft.clone() } else { draft },
        tasks: known.tasks.clone(),
        direction: known.direction,
        arrived_at: known.arrived_at,
        arrival_number: known.arrival_number,
        taken_by: known.taken_by.clone(),
        confirmed: known.confirmed.clone(),
        simulated: known.simulated,
        listed,
        ..read
    };
    desk.about(before.id.0);
    desk.mention("tasks", directive.draft.len());
    desk.revise(before, &directive)?;
    Ok(before.id)
}
