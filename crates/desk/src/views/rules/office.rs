//! The rules that count, those that stand beside them, what was adopted and what will be (DT05).

use jiff::civil::Date;
use protocol::{OfficeRules, WorkingDays};
use quantity::Moment;
use store::Connection;

use crate::actor::Actor;
use crate::failure::{Failure, Outcome};
use crate::letters::directive::Directive;
use crate::office::Office;
use crate::office_rules::{RulesAdopted, adopted, rules_on};
use crate::record::Kept;
use crate::rights::Capability;
use crate::views::tasks::allowed;

/// The rules of an office.
#[derive(Debug, Clone)]
pub struct OfficeRulesSeen {
    /// Today, by the domain clock.
    pub today: Date,
    /// Those that count today.
    pub in_force: OfficeRules,
    /// Those of the decision that brought them; none where nothing was chosen.
    pub by: Option<Kept<RulesAdopted>>,
    /// What was adopted, whatever its day, the latest first.
    pub adopted: Vec<Kept<RulesAdopted>>,
    /// The versions as shipped.
    pub shipped: Vec<OfficeRules>,
    /// The calendar's source for this year, and whether nobody confirmed it; none where it is not known.
    pub calendar: Option<(String, bool)>,
    /// Whether the reader may adopt others.
    pub may_adopt: bool,
}

/// The rules of an office.
pub fn office_rules(office: &Office, connection: &mut Connection, actor: &Actor) -> Outcome<OfficeRulesSeen> {
    allowed(actor)?;
    let today = office.now(connection)?.date();
    let adopted = adopted(connection, actor.province)?;
    let calendar = WorkingDays::shipped().map_err(Failure::refused)?;
    Ok(OfficeRulesSeen {
        today,
        in_force: rules_on(connection, actor.province, today)?,
        by: adopted.iter().find(|kept| kept.content.from <= today).cloned(),
        shipped: OfficeRules::all_shipped().map_err(Failure::refused)?,
        calendar: calendar.source_of(today.year()).map(|(source, unconfirmed)| (source.to_owned(), unconfirmed)),
        may_adopt: actor.may(Capability::OverrideNorm) && actor.sees_all(),
        adopted,
    })
}

/// Until which day a letter that waits must stand in the register, by the rules of the day on which it came.
pub fn enter_by(connection: &mut Connection, actor: &Actor, letter: &Directive) -> Outcome<Date> {
    let calendar = WorkingDays::shipped().map_err(Failure::refused)?;
    let rules = rules_on(connection, actor.province, letter.arrived_at.date())?;
    Ok(rules.enter_by(letter.arrived_at, letter.urgency.is_some(), letter.draft.len(), &calendar))
}

/// Whether a letter that waits should have been entered.
pub fn is_entered_late(by: Date, now: Moment) -> bool {
    by < now.date()
}
