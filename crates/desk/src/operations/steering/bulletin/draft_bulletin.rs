//! Draft a bulletin, write a draft anew, or revise one that was published (CM02). Its figures are those that the ledger
//! gave a moment ago (`views::steering::bulletin::figures`): a form names them and never types them.

use quantity::Span;
use serde::Serialize;

use super::{hand, standing};
use crate::command::must_say;
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::operations::steering::{kept_words, refused};
use crate::record;
use crate::rights::Capability;
use crate::steering::bulletin::{Bulletin, BulletinId, Figure, Standing, Whitelist, chosen, personal_number};
use crate::steering::refused::Refused;
use crate::views::steering::bulletin::Given;

/// How old what the ledger said may be.
const FRESH: Span = Span::minutes(10);

/// A draft as a form tells it.
#[derive(Debug, Clone, Serialize)]
pub struct DraftBulletin {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// The draft that is written anew; its figures are asked of the ledger again.
    pub bulletin: Option<BulletinId>,
    /// The published one that it revises, and why.
    pub revises: Option<(BulletinId, String)>,
    /// What it is called.
    pub title: String,
    /// Figures of the list, by their keys.
    pub figures: Vec<String>,
    /// What stands ready.
    pub preparedness: String,
    /// Models worth copying.
    pub models: String,
    /// What the ledger said; asked anew by a repeated request, so no part of what makes two requests the same.
    #[serde(skip)]
    pub given: Given,
}

impl Operation for DraftBulletin {
    type Done = BulletinId;
    const NAME: &'static str = "draft_bulletin";
    const NEEDS: Capability = Capability::DraftReport;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<BulletinId> {
        desk.whole_province()?;
        let list = Whitelist::shipped();
        let wanted = chosen(list, &self.figures).map_err(|key| refused(Refused::Unknown { key }))?;
        let title = must_say("title", &self.title)?;
        let (preparedness, models) = (kept_words(&self.preparedness), kept_words(&self.models));
        if let Some(words) = [&title, &preparedness, &models].into_iter().find_map(|words| personal_number(words)) {
            return Err(refused(Refused::Personal { words }));
        }
        if wanted.is_empty() && preparedness.is_empty() && models.is_empty() {
            return Err(refused(Refused::NothingToPublish));
        }
        let before = self.bulletin.map(|id| standing(desk, id, &[Standing::Draft, Standing::Checked])).transpose()?;
        let (revises, revision) = match (&before, self.revises) {
            (Some(before), _) => (before.content.revises.clone(), before.content.revision),
            (None, None) => (None, 1),
            (None, Some((id, reason))) => {
                let old = standing(desk, id, &[Standing::Approved])?;
                let province = desk.actor().province;
                let waiting = record::open::<Bulletin>(desk.transaction(), province)?;
                let of_old = |one: &Bulletin| one.revises.as_ref().is_some_and(|(other, _)| *other == id);
                if waiting.iter().any(|one| of_old(&one.content) && !one.content.is_public()) {
                    return Err(refused(Refused::NotNow));
                }
                let reason = crate::command::said(&reason);
                let reason =
                    reason.ok_or_else(|| Failure::refused(crate::command::Refused::Empty { field: "reason" }))?;
                (Some((id, reason)), old.content.revision + 1)
            }
        };
        // A page may have been open for long: what is published was so when it was drafted.
        if desk.now() - self.given.at > FRESH {
            return Err(refused(Refused::NotNow));
        }
        let figures = wanted.into_iter().map(|public| {
            let given = self.given.values.iter().find(|(key, ..)| *key == public.key);
            Figure {
                key: public.key.clone(),
                title: public.title.clone(),
                value: given.and_then(|(_, value, _)| value.clone()),
                unit: public.unit.clone(),
                of: given.map_or_else(|| self.given.at.to_string(), |(.., of)| of.clone()),
                definition: public.definition.clone(),
            }
        });
        let content = Bulletin {
            standing: Standing::Draft,
            number: before.as_ref().and_then(|before| before.content.number),
            revision,
            revises,
            title,
            figures: figures.collect(),
            whitelist: list.id.clone(),
            preparedness,
            models,
            drafted: hand(desk),
            checked: None,
            approved: None,
            withdrawn: None,
            issuer: self.given.issuer,
            simulated: self.given.simulated,
        };
        let id = desk.keep_record(before.as_ref(), &content)?;
        desk.about(id.0);
        Ok(id)
    }
}
