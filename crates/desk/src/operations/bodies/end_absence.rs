//! Cut an absence short: he is back earlier than was noted (OX11).

use place::BodyId;
use quantity::{Id, Moment};
use serde::Serialize;
use store::register;

use super::Refused;
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::operations::appoint::known;
use crate::rights::Capability;

/// An absence that ends.
#[derive(Debug, Serialize)]
pub struct EndAbsence {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Where he holds a post.
    pub body: BodyId,
    /// Which absence.
    pub absence: Id,
    /// When; now when nobody said.
    pub at: Option<Moment>,
}

impl Operation for EndAbsence {
    type Done = ();
    const NAME: &'static str = "end_absence";
    const NEEDS: Capability = Capability::KeepRegisters;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<()> {
        known(desk, self.body)?;
        let province = desk.actor().province;
        let absences = register::absences(desk.transaction(), province)?;
        let away = absences.into_iter().find(|row| row.id == self.absence).ok_or(Failure::NotFound)?;
        let posts = register::appointments(desk.transaction(), province)?;
        if !posts.iter().any(|post| post.body == self.body && post.person == away.person) {
            return Err(Failure::NotFound);
        }
        let at = self.at.unwrap_or_else(|| desk.now());
        if at <= away.from {
            return Err(Failure::refused(Refused::EndsBeforeItBegins { from: away.from.to_string() }));
        }
        if away.to.is_some_and(|end| end <= at) {
            return Err(Failure::refused(Refused::EndedAlready));
        }
        register::end_absence(desk.transaction(), province, self.absence, at)?;
        desk.about(self.body.0);
        desk.registers_changed();
        Ok(())
    }
}
