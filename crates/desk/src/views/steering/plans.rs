//! Forward plans (DT20): what was planned, what became of it.

use jiff::civil::Date;
use store::Connection;

use super::{Drafted, LineSeen, Looking, MOST, begin, papers_about, writer};
use crate::actor::Actor;
use crate::failure::{Failure, Outcome};
use crate::letters_out::OfficialDocument;
use crate::letters_out::plan::compose;
use crate::office::Office;
use crate::record::{self, Kept};
use crate::rights::Capability;
use crate::steering::notice::forward_plan;
use crate::steering::plan::{ForwardPlan, PlanId};

/// A plan with its items.
#[derive(Debug, Clone)]
pub struct PlanSeen {
    /// The plan.
    pub plan: Kept<ForwardPlan>,
    /// Its items, in their order.
    pub items: Vec<LineSeen>,
}

impl PlanSeen {
    /// Items that were not left out.
    pub fn planned(&self) -> usize {
        self.items.iter().filter(|item| !item.line.left_out).count()
    }

    /// Whether an item is done: as a person said, otherwise as its tasks say.
    pub fn is_done(&self, place: usize) -> bool {
        let became = self.plan.content.items.get(place).and_then(|item| item.became.as_ref());
        became.map_or_else(|| self.items.get(place).is_some_and(LineSeen::is_done), |became| became.done)
    }

    /// Items that are done.
    pub fn done(&self) -> usize {
        (0..self.items.len()).filter(|place| !self.items[*place].line.left_out && self.is_done(*place)).count()
    }

    /// Items that come from the period before.
    pub fn carried(&self) -> usize {
        self.plan.content.items.iter().filter(|item| item.carried_from.is_some()).count()
    }
}

/// What the page shows.
#[derive(Debug, Clone)]
pub struct Plans {
    /// Today, by the domain clock.
    pub today: Date,
    /// The latest period first.
    pub all: Vec<PlanSeen>,
}

/// All plans.
pub fn plans(office: &Office, connection: &mut Connection, actor: &Actor) -> Outcome<Plans> {
    let (now, registry) = begin(office, connection, actor, Capability::SeeLetters)?;
    let looking = Looking::new(&registry, now);
    let mut all = Vec::new();
    for plan in record::newest::<ForwardPlan>(connection, actor.province, MOST)? {
        let items = looking.lines(connection, actor, plan.content.items.iter().map(|item| &item.line))?;
        all.push(PlanSeen { plan, items });
    }
    all.sort_by_key(|seen| std::cmp::Reverse(seen.plan.content.from));
    Ok(Plans { today: now.date(), all })
}

/// One plan, with the papers that were drafted from it.
pub fn plan(
    office: &Office,
    connection: &mut Connection,
    actor: &Actor,
    id: PlanId,
) -> Outcome<(PlanSeen, Vec<Drafted>)> {
    let (now, registry) = begin(office, connection, actor, Capability::SeeLetters)?;
    let plan = record::one::<ForwardPlan>(connection, actor.province, id)?.ok_or(Failure::NotFound)?;
    let lines = plan.content.items.iter().map(|item| &item.line);
    let items = Looking::new(&registry, now).lines(connection, actor, lines)?;
    let drafted = papers_about(connection, actor, id.0)?;
    Ok((PlanSeen { plan, items }, drafted))
}

/// The paper of a plan as it would be printed, without number and day.
pub fn paper(office: &Office, connection: &mut Connection, actor: &Actor, id: PlanId) -> Outcome<OfficialDocument> {
    let (now, registry) = begin(office, connection, actor, Capability::DraftReport)?;
    let plan = record::one::<ForwardPlan>(connection, actor.province, id)?.ok_or(Failure::NotFound)?.content;
    let facts = forward_plan(&plan, writer(&registry, plan.simulated), now.date());
    compose(&facts).map_err(Failure::refused)
}
