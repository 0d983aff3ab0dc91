//! The past belongs to the reading. Whoever looks back is lent a connection that carries the moment
//! ([`store::Lens`]): what [`Office::now`] says, the records, the ledgers and the registry all answer as it was
//! known then, so no view has to know of it.
//!
//! Rights are never of the past: who may see what, and which facility is hidden, is asked of today.
//! What is overwritten when it changes (names, beds and areas of bodies, accounts) answers as it is today.

use jiff::civil::Date;
use place::ProvinceId;
use quantity::time::show_date;
use quantity::{Coded, Moment};
use store::{Connection, Lens, audit};

use crate::command::state::StateChange;
use crate::failure::{Failure, Outcome};
use crate::office::Office;
use crate::record;
use crate::registry::{Registry, load_hidden};

/// More changes of state than this are not read back.
const MOST_CHANGES: i64 = 20_000;

/// Why a moment of the past is not shown.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotThen {
    /// It lies ahead.
    #[error("PST-001: {moment} lies ahead of {now}")]
    Ahead {
        /// As asked.
        moment: Moment,
        /// The present, by the domain clock.
        now: Moment,
    },
    /// There was no command post then.
    #[error("PST-002: nothing was written down before {begins}")]
    BeforeFounding {
        /// The first day of which something is known.
        begins: Date,
    },
    /// It cannot be read as a moment.
    #[error("PST-003: {text} is no moment")]
    Unreadable {
        /// As asked.
        text: String,
    },
    /// The page keeps no past.
    #[error("PST-004: no past is kept of this")]
    NoHistory,
    /// Nothing is written into the past.
    #[error("PST-005: nothing is written into the past")]
    Writing,
}

impl Coded for NotThen {
    fn code(&self) -> &'static str {
        match self {
            Self::Ahead { .. } => "PST-001",
            Self::BeforeFounding { .. } => "PST-002",
            Self::Unreadable { .. } => "PST-003",
            Self::NoHistory => "PST-004",
            Self::Writing => "PST-005",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Ahead { moment, now } => vec![("moment", moment.to_string()), ("now", now.to_string())],
            Self::BeforeFounding { begins } => vec![("day", show_date(*begins))],
            Self::Unreadable { text } => vec![("text", text.chars().take(40).collect())],
            Self::NoHistory | Self::Writing => Vec::new(),
        }
    }
}

impl Office {
    /// Looks something up as it was known at a moment of the domain clock; without one, as it is now.
    ///
    /// # Errors
    /// [`NotThen::Ahead`] and [`NotThen::BeforeFounding`]; else those of the look.
    pub async fn look_back<T, F>(&self, province: ProvinceId, then: Option<Moment>, look: F) -> Outcome<T>
    where
        T: Send + 'static,
        F: FnOnce(&Self, &mut Connection) -> Outcome<T> + Send + 'static,
    {
        self.look(move |office, connection| looked_back(office, connection, province, then, look)).await
    }

    /// The same from a thread that may wait.
    pub fn look_back_blocking<T>(
        &self,
        province: ProvinceId,
        then: Option<Moment>,
        look: impl FnOnce(&Self, &mut Connection) -> Outcome<T>,
    ) -> Outcome<T> {
        self.look_blocking(|office, connection| looked_back(office, connection, province, then, look))
    }
}

fn looked_back<T>(
    office: &Office,
    connection: &mut Connection,
    province: ProvinceId,
    then: Option<Moment>,
    look: impl FnOnce(&Office, &mut Connection) -> Outcome<T>,
) -> Outcome<T> {
    let lens = then.map(|moment| lens_at(office, connection, province, moment)).transpose()?;
    connection.look_through(lens);
    let found = look(office, connection);
    connection.look_through(None);
    found
}

/// A moment of the domain clock is one of the real clock too as long as nobody has moved the first: then
/// the ledgers also leave out what was recorded later. Where it was moved they leave out what happened later.
fn lens_at(office: &Office, connection: &mut Connection, province: ProvinceId, moment: Moment) -> Outcome<Lens> {
    let clock = office.clock(connection)?;
    let now = clock.at(office.real_now());
    if moment > now {
        return Err(Failure::refused(NotThen::Ahead { moment, now }));
    }
    let registry = office.registry(connection, province)?;
    let opened = registry.post().map(|post| Moment::start_of(post.opened_on));
    // What was written down before the first day, by a drill or by whoever set the post up, is part of its past.
    let begins = match (opened, audit::first(connection, province)?) {
        (Some(opened), Some(first)) => Some(opened.min(first)),
        (opened, first) => opened.or(first),
    };
    if let Some(begins) = begins.filter(|begins| moment < *begins) {
        return Err(Failure::refused(NotThen::BeforeFounding { begins: begins.date() }));
    }
    Ok(Lens { at: moment, known: (!clock.is_moved()).then_some(moment) })
}

/// The registry of a province as a reading that looks back gets it: records and states of then, rights of today.
pub(crate) fn registry_then(
    office: &Office,
    connection: &mut Connection,
    province: ProvinceId,
    at: Moment,
) -> Outcome<Registry> {
    let mut registry = Registry::load(connection, province, office.areas())?;
    let (changes, hidden) = connection.in_the_present(|connection| {
        let changes = record::newest::<StateChange>(connection, province, MOST_CHANGES)?;
        Ok::<_, Failure>((changes, load_hidden(connection, province)?))
    })?;
    let changes: Vec<StateChange> = changes.into_iter().map(|kept| kept.content).collect();
    registry.look_back(&changes, at, hidden);
    Ok(registry)
}
