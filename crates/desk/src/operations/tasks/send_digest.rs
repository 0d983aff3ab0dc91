//! Send the digest of a morning to the head of the department, or who stands in. Once a day.

use locale::{Fact, Locale, say};
use place::body::{BodyKind, PostKind, Standin};
use quantity::time::show_date;
use serde::{Serialize, Serializer};

use super::notify_text;
use crate::failure::Outcome;
use crate::letters::digest::TaskDigest;
use crate::letters::people::ToTell;
use crate::operation::{Desk, Operation};
use crate::record::RecordId;
use crate::rights::Capability;

/// A digest to be sent.
#[derive(Debug, Serialize)]
pub struct SendDigest {
    /// What it says; its day makes the request.
    #[serde(serialize_with = "its_day")]
    pub digest: TaskDigest,
}

fn its_day<S: Serializer>(digest: &TaskDigest, serializer: S) -> Result<S::Ok, S::Error> {
    digest.day.serialize(serializer)
}

impl Operation for SendDigest {
    type Done = RecordId<TaskDigest>;
    const NAME: &'static str = "send_task_digest";
    const NEEDS: Capability = Capability::JudgeTasks;

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<RecordId<TaskDigest>> {
        desk.whole_province()?;
        if let Some(sent) = desk.record_of_code::<TaskDigest>(&self.digest.day.to_string())? {
            return Ok(sent.id);
        }
        let registry = desk.registry();
        let now = desk.now();
        let department = registry.body_of_kind(BodyKind::HealthDepartment).map(|body| body.id);
        let head = department.and_then(|body| registry.roster().whom(body, PostKind::Head, now)).map(Standin::post);
        let mut digest = self.digest;
        let facts = [
            ("day", Fact::Text(show_date(digest.day))),
            ("overdue", Fact::from(i64::from(digest.overdue))),
            ("soon", Fact::from(i64::from(digest.soon))),
            ("waiting", Fact::from(i64::from(digest.waiting))),
            ("new", Fact::from(i64::from(digest.new))),
            ("obstacles", Fact::from(i64::from(digest.obstacles))),
        ];
        let text = say(
            Locale::Vietnamese,
            if digest.more_new { "task-message-digest-more" } else { "task-message-digest" },
            &facts,
        );
        let simulated = registry.facilities().iter().any(|facility| facility.simulated);
        let id = RecordId::new(desk.new_id());
        if let Some(post) = head.filter(|post| post.phone.is_some()) {
            let to = ToTell { name: post.name.clone(), phone: post.phone.clone(), instead_of: String::new() };
            digest.to.push(to.name.clone());
            notify_text(desk, id.0, &to, text, simulated)?;
        }
        desk.open_record_as(id, &digest)?;
        Ok(id)
    }
}
