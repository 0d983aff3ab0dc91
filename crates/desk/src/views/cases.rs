//! Weekly confirmed cases of the province, as they were published or made up for a drill.

use jiff::civil::Date;
use oxygen::Source;
use store::{Connection, series};

use crate::actor::Actor;
use crate::failure::{Failure, Outcome};
use crate::office::Office;
use crate::rights::Capability;

/// Cases of one week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Week {
    /// Its last day.
    pub ends: Date,
    /// People.
    pub cases: i64,
    /// Stable code of where the figure came from.
    pub source: String,
}

impl Week {
    /// Whether the figure is made up.
    pub fn is_simulated(&self) -> bool {
        self.source == Source::Simulation.code()
    }
}

/// The weeks of a province.
#[derive(Debug, Clone)]
pub struct Cases {
    /// The province.
    pub area: String,
    /// Oldest first, one entry a week; none after the domain clock's day.
    pub weeks: Vec<Week>,
}

/// The province's weeks until today. The total of a province is published: whoever sees oxygen sees it.
pub fn cases(office: &Office, connection: &mut Connection, actor: &Actor) -> Outcome<Cases> {
    if !actor.may(Capability::SeeOxygen) {
        return Err(Failure::Forbidden(Capability::SeeOxygen));
    }
    let registry = office.registry(connection, actor.province)?;
    let until = office.now(connection)?.date();
    let Some(post) = registry.post() else { return Ok(Cases { area: String::new(), weeks: Vec::new() }) };
    let mut weeks: Vec<Week> = Vec::new();
    for row in series::cases(connection, actor.province, &post.area_code, until)? {
        let week = Week { ends: row.week_ending, cases: row.cases, source: row.source };
        // A week that was published again stands once: two figures of it are not two weeks.
        match weeks.last_mut().filter(|last| last.ends == week.ends) {
            Some(last) => *last = week,
            None => weeks.push(week),
        }
    }
    Ok(Cases { area: post.name.clone(), weeks })
}
