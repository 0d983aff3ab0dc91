//! Appoint a person to a post or duty of a body: head, deputy, oxygen officer, officer on duty
//! (OX11); or note that somebody is away.

use place::body::{Absence, Post};
use place::{BodyId, FacilityId};
use serde::Serialize;

use super::register_body::{add_absence, add_post};
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, Operation};
use crate::rights::Capability;

/// A post to be held from now on.
#[derive(Debug, Serialize)]
pub struct Appoint {
    /// Who, where, as what, from when.
    pub post: Post,
}

impl Operation for Appoint {
    type Done = ();
    const NAME: &'static str = "appoint";
    const NEEDS: Capability = Capability::KeepRegisters;

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<()> {
        known(desk, self.post.body)?;
        desk.about(self.post.body.0);
        desk.registers_changed();
        add_post(desk, self.post)
    }
}

/// A stretch of time in which a person is away.
#[derive(Debug, Serialize)]
pub struct NoteAbsence {
    /// Where he holds a post.
    pub body: BodyId,
    /// Who, from when, until when.
    pub absence: Absence,
}

impl Operation for NoteAbsence {
    type Done = ();
    const NAME: &'static str = "note_absence";
    const NEEDS: Capability = Capability::KeepRegisters;

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<()> {
        known(desk, self.body)?;
        desk.about(self.body.0);
        desk.registers_changed();
        add_absence(desk, self.absence)
    }
}

/// A facility must lie in the actor's scope; other bodies belong to the whole province.
pub(crate) fn known(desk: &Desk<'_, '_>, body: BodyId) -> Outcome<()> {
    let registry = desk.registry();
    if registry.facility(FacilityId::of_body(body)).is_some() {
        return desk.facility(FacilityId::of_body(body)).map(drop);
    }
    registry.bodies().iter().any(|known| known.id == body).then_some(()).ok_or(Failure::NotFound)
}
