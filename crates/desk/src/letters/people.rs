//! The people of a body: who may hold a task, who is told of it, who stands in for whom. Pure.

use place::body::{Post, PostKind, Roster};
use place::{BodyId, PersonId};
use quantity::Moment;

use super::task::{Named, Task};
use crate::registry::Registry;

const KINDS: [PostKind; 5] =
    [PostKind::Head, PostKind::Deputy, PostKind::FocalOfficer, PostKind::FocalDeputy, PostKind::DutyOfficer];

/// Somebody to be told of a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToTell {
    /// His name.
    pub name: String,
    /// The telephone of his post.
    pub phone: Option<String>,
    /// For whom he stands in; empty where he does not.
    pub instead_of: String,
}

/// Everybody in a post of a body at a moment, each once.
pub fn staff(roster: &Roster, body: BodyId, at: Moment) -> Vec<&Post> {
    let mut found: Vec<&Post> = Vec::new();
    for post in KINDS.into_iter().flat_map(|kind| roster.holders(body, kind, at)) {
        if !found.iter().any(|known| known.person == post.person) {
            found.push(post);
        }
    }
    found
}

/// The post of a person in a body, if he holds one.
pub fn post_of(roster: &Roster, body: BodyId, person: PersonId, at: Moment) -> Option<&Post> {
    staff(roster, body, at).into_iter().find(|post| post.person == person)
}

/// Who stands in for somebody of a body: his deputy, else its head, the head's deputy, the officer, who is on duty.
pub fn stand_in(roster: &Roster, body: BodyId, person: PersonId, at: Moment) -> Option<&Post> {
    let own = post_of(roster, body, person, at).and_then(|post| post.kind.deputy());
    let others = [PostKind::Head, PostKind::FocalOfficer, PostKind::DutyOfficer];
    let kinds = own.into_iter().chain(others);
    let mut found = kinds.filter_map(|kind| roster.whom(body, kind, at)).map(|standin| standin.post());
    found.find(|post| post.person != person)
}

/// Who is told of a task: its holder; where he is away or has left, who stands in; without a holder the head.
/// None where the body is not in the register, or nobody is there.
pub fn whom_to_tell(registry: &Registry, task: &Task, at: Moment) -> Option<ToTell> {
    let body = task.body?;
    let roster = registry.roster();
    let told = |post: &Post, instead_of: &str| ToTell {
        name: post.name.clone(),
        phone: post.phone.clone(),
        instead_of: instead_of.to_owned(),
    };
    if let Some(Named { person: Some(person), name, .. }) = &task.holder {
        let present = post_of(roster, body, *person, at).filter(|_| !roster.is_absent(*person, at));
        return match present {
            Some(post) => Some(told(post, "")),
            None => stand_in(roster, body, *person, at).map(|post| told(post, name)),
        };
    }
    let kinds = [PostKind::Head, PostKind::FocalOfficer, PostKind::DutyOfficer];
    let head = task.head.as_ref().map(|head| head.name.as_str()).unwrap_or_default();
    kinds.into_iter().find_map(|kind| Some((kind, roster.whom(body, kind, at)?))).map(|(kind, standin)| {
        let post = standin.post();
        // Whom the register names for the post; the letter's own word for it only where the register has nobody.
        let absent = roster.holders(body, kind, at).into_iter().find(|holder| holder.person != post.person);
        let absent = absent.map_or(head, |holder| holder.name.as_str());
        let instead = matches!(standin, place::body::Standin::Deputy(_)) && post.name != absent;
        told(post, if instead { absent } else { "" })
    })
}
