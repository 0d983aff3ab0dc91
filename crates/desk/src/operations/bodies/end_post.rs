//! End a post: the officer or his deputy has left (OX11). What he held until then stays.

use quantity::{Id, Moment};
use serde::Serialize;
use store::register;

use super::Refused;
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::operations::appoint::known;
use crate::rights::Capability;

/// A post that nobody holds from a moment on.
#[derive(Debug, Serialize)]
pub struct EndPost {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which appointment.
    pub appointment: Id,
    /// From when; now when nobody said.
    pub at: Option<Moment>,
}

impl Operation for EndPost {
    type Done = ();
    const NAME: &'static str = "end_post";
    const NEEDS: Capability = Capability::KeepRegisters;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<()> {
        let province = desk.actor().province;
        let posts = register::appointments(desk.transaction(), province)?;
        let post = posts.into_iter().find(|row| row.id == self.appointment).ok_or(Failure::NotFound)?;
        known(desk, post.body)?;
        let at = self.at.unwrap_or_else(|| desk.now());
        if at <= post.from {
            return Err(Failure::refused(Refused::EndsBeforeItBegins { from: post.from.to_string() }));
        }
        if post.to.is_some_and(|end| end <= at) {
            return Err(Failure::refused(Refused::EndedAlready));
        }
        register::end_appointment(desk.transaction(), province, self.appointment, at)?;
        desk.about(post.body.0);
        desk.mention("post", post.post);
        desk.registers_changed();
        Ok(())
    }
}
