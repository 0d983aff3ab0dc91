//! What stands around a page, read together with what the page shows.

use desk::clock::DomainClock;
use desk::rights::Capability;
use desk::{Actor, Office, Outcome};
use place::body::{BodyKind, PostKind};
use protocol::Readiness;
use quantity::Moment;
use store::Connection;

use super::past;
use crate::app::App;
use crate::respond::{Problem, role_key};
use crate::view::{Clock, DemoBar, Shell, SignedIn, State};
use crate::visitor::{Caller, Member};

/// What the bar of a page tells of its province.
pub(crate) struct Around {
    pub now: Moment,
    pub clock: DomainClock,
    place: String,
    readiness: Option<Readiness>,
    duty: Option<String>,
    facility: Option<String>,
    pub alarms: usize,
    /// The present, by the domain clock.
    present: Moment,
    /// The moment looked back to.
    pub past: Option<Moment>,
}

impl Around {
    fn look(office: &Office, connection: &mut Connection, actor: &Actor) -> Outcome<Self> {
        let clock = office.clock(connection)?;
        let (now, past) = (office.now(connection)?, connection.lens().map(|lens| lens.at));
        let registry = office.registry(connection, actor.province)?;
        let desks = [BodyKind::OxygenCoordinationUnit, BodyKind::HealthDepartment];
        let duty = desks
            .into_iter()
            .filter_map(|kind| registry.body_of_kind(kind))
            .find_map(|body| registry.roster().whom(body.id, PostKind::DutyOfficer, now))
            .map(|standin| standin.post().name.clone());
        let own = actor.own_facility().and_then(|id| registry.facility(id));
        Ok(Self {
            now,
            clock,
            present: clock.at(office.real_now()),
            past,
            place: registry.post().map_or_else(String::new, |post| post.name.clone()),
            readiness: registry.post().map(|_| registry.readiness()),
            duty,
            facility: own.map(|facility| facility.body.name.clone()),
            alarms: desk::views::alarms::count(office, connection, actor)?,
        })
    }

    /// The clock of the bar.
    pub fn shown_clock(&self) -> Clock {
        Clock {
            date: self.present.show_date(),
            time: self.present.show_time(),
            milliseconds: self.present.micros() / 1_000,
            speed: speed(&self.clock),
        }
    }

    /// The bar of a member's page; `here` is the key of the page in its room's list, or of the room.
    pub fn shell(&self, app: &App, member: &Member, here: &str) -> Shell {
        let caller = &member.caller;
        let actor = &member.visitor.actor;
        let roles: Vec<String> = actor.roles.iter().map(|role| caller.say.say(&role_key(*role))).collect();
        let post = [roles.join(", ")].into_iter().chain(self.facility.clone()).collect::<Vec<_>>().join(" · ");
        Shell {
            place: self.place.clone(),
            state: self.readiness.map(state_of),
            clock: Some(self.shown_clock()),
            duty: self.duty.clone(),
            user: Some(SignedIn {
                id: actor.user.map(|user| user.to_string()).unwrap_or_default(),
                name: actor.display_name.clone(),
                post,
                sees_audit: actor.may(Capability::SeeJournal),
                sees_users: actor.may(Capability::KeepAccounts),
                keeps_phones: actor.may(Capability::KeepPhones),
                has_phone: actor.may(Capability::ReportOxygen) && actor.own_facility().is_some(),
                sets_state: actor.may(Capability::SetState) && actor.sees_all(),
            }),
            rooms: Shell::rooms(here, |capability| actor.may(capability)),
            pages: Shell::pages(here, |capability| actor.may(capability)),
            alarms: self.alarms,
            demo: app.demo.as_ref().map(|demo| DemoBar {
                chapter: caller.say.say(demo.chapter),
                paused: self.clock.paused,
                speed: speed(&self.clock),
                may_move: actor.may(Capability::MoveClock),
                back: caller.path.clone(),
            }),
            past: self.past.map(|then| past::band(then, past::means(caller.say, self.clock.is_moved()), &caller.path)),
            look_back: past::look_back(&caller.path, self.past, self.present).filter(|_| caller.reads),
            ..door_shell(caller, &member.visitor.csrf)
        }
    }
}

fn speed(clock: &DomainClock) -> u32 {
    if clock.paused { 0 } else { clock.speed.round().clamp(0.0, 3_600.0) as u32 }
}

const fn state_of(readiness: Readiness) -> State {
    match readiness {
        Readiness::Routine => State::Routine,
        Readiness::Heightened => State::Raised,
        Readiness::Emergency => State::Emergency,
    }
}

/// The bar before anybody is signed in.
pub(crate) fn door_shell(caller: &Caller, csrf: &str) -> Shell {
    Shell {
        t: caller.say,
        theme: caller.theme,
        csrf: csrf.to_owned(),
        place: String::new(),
        state: None,
        clock: None,
        duty: None,
        user: None,
        rooms: Vec::new(),
        pages: Vec::new(),
        alarms: 0,
        demo: None,
        path: caller.path.clone(),
        past: None,
        look_back: None,
    }
}

/// Looks something up for a member, with what stands around its page: as it is now, or as it was known at the
/// moment that the address of the page asks for.
pub(crate) async fn look<T, F>(app: &App, member: &Member, look: F) -> Result<(Around, T), Problem>
where
    T: Send + 'static,
    F: FnOnce(&Office, &mut Connection, &Actor) -> Outcome<T> + Send + 'static,
{
    let actor = member.visitor.actor.clone();
    let then = past::asked_of(&member.caller);
    app.office
        .look_back(actor.province, then, move |office, connection| {
            let around = Around::look(office, connection, &actor)?;
            Ok((around, look(office, connection, &actor)?))
        })
        .await
        .map_err(|failure| Problem::of(failure, &member.caller))
}
