//! Put a head or officer of a body in charge of a field, from a day on (DT07).

use jiff::civil::Date;
use place::{BodyId, PersonId};
use protocol::OfficerFields;
use quantity::Moment;
use serde::Serialize;

use super::{refused, words};
use crate::failure::{Failure, Outcome};
use crate::letters::field::{OfficerField, OfficerFieldId};
use crate::letters::people::post_of;
use crate::office_rules::RulesRefused;
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record;
use crate::rights::Capability;

/// Fields of one body that are looked through.
const MOST: i64 = 500;

/// An officer with his field.
#[derive(Debug, Serialize)]
pub struct AppointInField {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Of which body.
    pub body: BodyId,
    /// Who: somebody with a post of the body.
    pub person: PersonId,
    /// The field by its stable name; empty for one of the office's own.
    pub code: String,
    /// Its name, where it is the office's own.
    pub field: String,
    /// More words by which orders name it, one a line.
    pub words: String,
    /// His post in words.
    pub post: String,
    /// The first day.
    pub from: Date,
    /// The number of the paper that says so; may be empty.
    pub paper: String,
    /// Part of a demonstration or drill.
    pub simulated: bool,
}

impl Operation for AppointInField {
    type Done = OfficerFieldId;
    const NAME: &'static str = "appoint_in_field";
    const NEEDS: Capability = Capability::KeepCommand;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<OfficerFieldId> {
        desk.whole_province()?;
        let registry = desk.registry();
        registry.bodies().iter().find(|body| body.id == self.body).ok_or(Failure::NotFound)?;
        let (from, now) = (Moment::start_of(self.from), desk.now());
        let post = post_of(registry.roster(), self.body, self.person, from.max(now));
        let name = post.ok_or_else(|| refused(RulesRefused::NoPost { name: words(&self.post) }))?.name.clone();
        let fields = OfficerFields::shipped().map_err(Failure::refused)?;
        let (code, field) = match (fields.of_code(&self.code), words(&self.field)) {
            (Some(known), _) => (known.code.clone(), known.name.clone()),
            (None, own) if !own.is_empty() && self.code.is_empty() => (String::new(), own),
            _ => return Err(refused(RulesRefused::NoField)),
        };
        let province = desk.actor().province;
        let known = record::of_owner::<OfficerField>(desk.transaction(), province, self.body.0, MOST)?;
        let same = |one: &OfficerField| one.person == self.person && one.code == code && one.field == field;
        if known.iter().any(|kept| same(&kept.content) && kept.content.to.is_none_or(|to| from < to)) {
            return Err(refused(RulesRefused::HasIt));
        }
        let more = self.words.lines().map(words).filter(|word| !word.is_empty()).take(30);
        let appointed = OfficerField {
            body: self.body,
            person: self.person,
            name,
            post: words(&self.post),
            code,
            field,
            words: more.collect(),
            from,
            to: None,
            paper: words(&self.paper),
            by: desk.actor().display_name.clone(),
            simulated: self.simulated,
        };
        desk.mention("field", if appointed.code.is_empty() { "own" } else { &appointed.code });
        let id = desk.open_record(&appointed)?;
        desk.about(id.0);
        Ok(id)
    }
}
