//! Seat somebody in the oxygen coordination unit. The head must be a vice-chair of the people's committee;
//! where he is none, the reason is kept beside his name (OX02).

use jiff::civil::Date;
use protocol::Checklist;
use quantity::Id;
use serde::Serialize;

use crate::command::unit::{CoordinationUnit, HEAD, Member};
use crate::command::{Refused, must_say, said};
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::Record;
use crate::rights::Capability;

/// Who, where, from when.
#[derive(Debug, Clone, Serialize)]
pub struct SeatMember {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Key of the post in `oxygen-unit.toml`; any other word for a plain member.
    pub seat: String,
    /// Name.
    pub name: String,
    /// What else he is.
    pub post: String,
    /// Telephone; may be empty and is then a gap.
    pub phone: String,
    /// What he looks after.
    pub field: String,
    /// First day.
    pub from: Date,
    /// Of the head: whether he is a vice-chair of the people's committee.
    pub vice_chair: bool,
    /// Of a head who is none: why all the same.
    pub exception: String,
}

impl Operation for SeatMember {
    type Done = Id;
    const NAME: &'static str = "seat_member";
    const NEEDS: Capability = Capability::KeepCommand;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<Id> {
        desk.whole_province()?;
        let name = must_say("name", &self.name)?;
        let post = must_say("post", &self.post)?;
        let seat = must_say("seat", &self.seat)?;
        let before = desk
            .record_of_code::<CoordinationUnit>(CoordinationUnit::KIND)?
            .ok_or_else(|| Failure::refused(Refused::NotFounded))?;
        let posts = Checklist::oxygen_unit().map_err(Failure::refused)?;
        let holder = before.content.members.iter().find(|other| {
            posts.item(&seat).is_some() && other.seat == seat && other.to.is_none_or(|end| end > self.from)
        });
        if let Some(holder) = holder {
            return Err(Failure::refused(Refused::PostTaken { name: holder.name.clone() }));
        }
        let exception = said(&self.exception).filter(|_| seat == HEAD && !self.vice_chair);
        if seat == HEAD && !self.vice_chair && exception.is_none() {
            return Err(Failure::refused(Refused::HeadIsNoViceChair));
        }
        let id = desk.new_id();
        desk.about(before.id.0);
        desk.mention("seat", seat.as_str());
        desk.mention("exception", exception.is_some());
        let member = Member {
            id,
            vice_chair: self.vice_chair && seat == HEAD,
            seat,
            name,
            post,
            phone: said(&self.phone).unwrap_or_default(),
            field: said(&self.field).unwrap_or_default(),
            from: self.from,
            to: None,
            exception,
        };
        let mut unit = before.content.clone();
        unit.members.push(member);
        desk.revise(&before, &unit)?;
        Ok(id)
    }
}
