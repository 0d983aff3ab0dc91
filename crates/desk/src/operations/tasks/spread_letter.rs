//! Begin to make a letter known in a body: its staff as a list (DT09). More people may be added later.

use place::BodyId;
use serde::Serialize;

use super::{body_in_scope, refused};
use crate::failure::{Failure, Outcome};
use crate::letters::directive::{Directive, DirectiveId, Standing};
use crate::letters::life::TaskRefused;
use crate::letters::spread::{Dissemination, DisseminationId, Member, read_list};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::rights::Capability;
use crate::supply::Who;

/// The most people of one body.
const MOST: usize = 5_000;

/// A letter for all staff of a body.
#[derive(Debug, Serialize)]
pub struct SpreadLetter {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which letter.
    pub letter: DirectiveId,
    /// In which body.
    pub body: BodyId,
    /// Its staff as pasted: a name a line, with its unit after a semicolon.
    pub staff: String,
}

impl Operation for SpreadLetter {
    type Done = DisseminationId;
    const NAME: &'static str = "spread_letter";
    const NEEDS: Capability = Capability::AnswerTasks;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<DisseminationId> {
        let registry = desk.registry();
        if !body_in_scope(desk.actor(), Some(self.body), &registry) {
            return Err(Failure::NotFound);
        }
        let body = registry.bodies().iter().find(|body| body.id == self.body).ok_or(Failure::NotFound)?;
        let letter = desk.record::<Directive>(self.letter)?.content;
        if letter.standing != Standing::Confirmed {
            return Err(Failure::NotFound);
        }
        let people = read_list(&self.staff);
        if people.is_empty() {
            return Err(refused(TaskRefused::Nothing));
        }
        let code = format!("{}|{}", self.letter, self.body);
        let before = desk.record_of_code::<Dissemination>(&code)?;
        let mut spread = match &before {
            Some(before) => before.content.clone(),
            None => Dissemination {
                letter: self.letter,
                called: letter.called().map(str::to_owned).or_else(|| letter.subject.clone()).unwrap_or_default(),
                body: body.id,
                body_name: body.name.clone(),
                staff: Vec::new(),
                lists: Vec::new(),
                begun_at: desk.now(),
                begun_by: Who::of(desk.actor()),
                simulated: letter.simulated,
            },
        };
        for (name, unit) in people {
            if !spread.staff.iter().any(|one| one.name == name && one.unit == unit) {
                spread.staff.push(Member { name, unit, knows: None, noted_by: None });
            }
        }
        if spread.staff.len() > MOST {
            return Err(refused(TaskRefused::TooMany));
        }
        desk.about(self.letter.0);
        desk.mention("staff", spread.staff.len());
        desk.keep_record(before.as_ref(), &spread)
    }
}
