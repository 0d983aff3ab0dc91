//! What the pages of a facility's register show: its stores with their working state, its people with their absences,
//! a day's balance, and what a merger would move (OX04, OX07, OX11, OX16).

use jiff::civil::Date;
use oxygen::{MovementKind, Recent, Store};
use place::body::{PostKind, StaffingGap};
use place::{BodyId, FacilityId};
use quantity::{Grams, Moment, Span};
use store::Connection;
use store::projection::Latest;
use store::register::{self, AbsenceRow, AppointmentRow};
use store::series::{self, Horizon, Moved};

use crate::actor::Actor;
use crate::failure::{Failure, Outcome};
use crate::heritage::Heritage;
use crate::means::Change;
use crate::office::Office;
use crate::registry::{Facility, Registry, from_code};
use crate::rights::Capability;

/// A store in its register.
#[derive(Debug, Clone)]
pub struct StoreLine {
    /// The store.
    pub store: Store,
    /// What it last said.
    pub latest: Option<Latest>,
    /// Whether it works, as last told.
    pub condition: Option<Change>,
    /// First day.
    pub from: Date,
    /// First day on which it is no more.
    pub to: Option<Date>,
}

/// The stores of a facility.
#[derive(Debug, Clone)]
pub struct Stores {
    /// Now, by the domain clock.
    pub at: Moment,
    /// Whose.
    pub facility: Facility,
    /// In use, in the order of the form; then those that were closed, the latest first.
    pub lines: Vec<StoreLine>,
    /// Whether the actor may bring and close stores.
    pub may_keep: bool,
    /// Whether the actor may say that one is out of order.
    pub may_tell: bool,
}

impl Stores {
    /// Whether a line is in use today.
    pub fn in_use(&self, line: &StoreLine) -> bool {
        let today = self.at.date();
        line.from <= today && line.to.is_none_or(|end| today < end)
    }
}

fn seen<'r>(registry: &'r Registry, actor: &Actor, id: FacilityId) -> Outcome<&'r Facility> {
    if !actor.may(Capability::SeeOxygen) {
        return Err(Failure::Forbidden(Capability::SeeOxygen));
    }
    registry.facility(id).filter(|facility| actor.sees(facility, registry)).ok_or(Failure::NotFound)
}

/// The stores of a facility, as an actor may see them.
pub fn stores(office: &Office, connection: &mut Connection, actor: &Actor, id: FacilityId) -> Outcome<Stores> {
    let registry = office.registry(connection, actor.province)?;
    let facility = seen(&registry, actor, id)?.clone();
    let at = office.now(connection)?;
    let mut lines = Vec::new();
    for entry in facility.each_store() {
        let (latest, _) = series::store_at(connection, actor.province, entry.store.id, Horizon { at, known: None })?;
        // A store that was charted anew begins with its first entry.
        let first = facility.stores.iter().filter(|other| other.store.id == entry.store.id).map(|one| one.valid_from);
        lines.push(StoreLine {
            condition: registry.condition(entry.store.id, at).cloned(),
            store: entry.store.clone(),
            latest,
            from: first.min().unwrap_or(entry.valid_from),
            to: entry.valid_to,
        });
    }
    // Stable: those in use keep the order of the form.
    lines.sort_by_key(|line| std::cmp::Reverse(line.to.unwrap_or(Date::MAX)));
    let may = |capability| actor.may(capability);
    Ok(Stores {
        at,
        may_keep: may(Capability::KeepRegisters),
        may_tell: may(Capability::KeepInstallations),
        facility,
        lines,
    })
}

/// A post of a facility, past and to come too.
#[derive(Debug, Clone)]
pub struct PostLine {
    /// The row.
    pub row: AppointmentRow,
    /// Which post.
    pub kind: PostKind,
    /// The absence that keeps its holder away now.
    pub away: Option<AbsenceRow>,
}

impl PostLine {
    /// Whether it is held at a moment.
    pub fn held(&self, at: Moment) -> bool {
        self.row.from <= at && self.row.to.is_none_or(|end| at < end)
    }
}

/// The people of a facility.
#[derive(Debug, Clone)]
pub struct Staff {
    /// Now, by the domain clock.
    pub at: Moment,
    /// Whose.
    pub facility: Facility,
    /// The latest appointed first.
    pub posts: Vec<PostLine>,
    /// Absences of its people that have not ended.
    pub absences: Vec<AbsenceRow>,
    /// Who answers for oxygen today: his name, his telephone, and whether he stands in for another.
    pub answers: Option<(String, Option<String>, bool)>,
    /// What is wrong with the staffing.
    pub gaps: Vec<StaffingGap>,
    /// Whether the actor may appoint.
    pub may_keep: bool,
}

/// The people of a facility, as an actor may see them.
pub fn staff(office: &Office, connection: &mut Connection, actor: &Actor, id: FacilityId) -> Outcome<Staff> {
    let registry = office.registry(connection, actor.province)?;
    let facility = seen(&registry, actor, id)?.clone();
    let (at, body) = (office.now(connection)?, BodyId::from(id));
    let mut absences = register::absences(connection, actor.province)?;
    let away = |row: &AbsenceRow| row.from <= at && row.to.is_none_or(|end| at < end);
    let mut posts = Vec::new();
    for row in register::appointments(connection, actor.province)? {
        if row.body != body {
            continue;
        }
        let kind = from_code(&row.post)?;
        let absence = absences.iter().find(|absence| absence.person == row.person && away(absence));
        posts.push(PostLine { away: absence.cloned(), kind, row });
    }
    posts.sort_by_key(|line| std::cmp::Reverse(line.row.from));
    let ours = |absence: &AbsenceRow| posts.iter().any(|line| line.row.person == absence.person);
    absences.retain(|absence| ours(absence) && absence.to.is_none_or(|end| at < end));
    let roster = registry.roster();
    let answers = roster.whom(body, PostKind::FocalOfficer, at).map(|standin| {
        let post = standin.post();
        (post.name.clone(), post.phone.clone(), matches!(standin, place::body::Standin::Deputy(_)))
    });
    Ok(Staff {
        at,
        gaps: roster.gaps(body, at),
        facility,
        posts,
        absences,
        answers,
        may_keep: actor.may(Capability::KeepRegisters),
    })
}

/// One store on one day.
#[derive(Debug, Clone)]
pub struct StoreDay {
    /// The store.
    pub store: Store,
    /// The last reading at or before the beginning of the day.
    pub opening: Option<(Moment, Grams)>,
    /// The last reading of the day.
    pub closing: Option<(Moment, Grams)>,
    /// What the book holds between the two.
    pub moved: Vec<Moved>,
}

impl StoreDay {
    /// The sum of what the book holds of some kinds, without its sign.
    pub fn sum(&self, kinds: &[MovementKind]) -> Grams {
        let of = self.moved.iter().filter(|moved| kinds.contains(&moved.kind));
        of.fold(Grams::ZERO, |sum, moved| sum + moved.grams).abs()
    }

    /// What left the store by its gauge, deliveries and losses of the book taken out: the use, while nobody wrote it down.
    pub fn used_by_gauge(&self) -> Option<Grams> {
        let (opening, closing) = (self.opening?.1, self.closing?.1);
        let physical = |kind: MovementKind| !matches!(kind, MovementKind::Used | MovementKind::Adjustment);
        let moved = self.moved.iter().filter(|moved| physical(moved.kind));
        Some(moved.fold(opening, |sum, moved| sum + moved.grams) - closing)
    }

    /// Signed: what the gauge has more than the book says; none before both readings are there, or while nobody wrote
    /// down what was used, because then the gauge's fall is the use.
    pub fn unexplained(&self) -> Option<Grams> {
        let used = self.moved.iter().any(|moved| moved.kind == MovementKind::Used);
        let (opening, closing) = (self.opening.filter(|_| used)?.1, self.closing?.1);
        let counted = self.moved.iter().filter(|moved| moved.kind != MovementKind::Adjustment);
        Some(closing - counted.fold(opening, |sum, moved| sum + moved.grams))
    }
}

/// The days of a facility's stores with a gauge.
#[derive(Debug, Clone)]
pub struct Days {
    /// Now, by the domain clock.
    pub at: Moment,
    /// Whose.
    pub facility: Facility,
    /// The day asked for, of every store with a gauge.
    pub day: Vec<StoreDay>,
    /// The days before it, newest first.
    pub before: Vec<(Date, Vec<StoreDay>)>,
    /// Whether the actor may close a day.
    pub may_report: bool,
}

/// How many days before the one asked for are shown.
const DAYS_BEFORE: usize = 7;

/// A facility's balance of a day with those before it, as an actor may see them.
pub fn days(
    office: &Office,
    connection: &mut Connection,
    actor: &Actor,
    id: FacilityId,
    day: Option<Date>,
) -> Outcome<Days> {
    let registry = office.registry(connection, actor.province)?;
    let facility = seen(&registry, actor, id)?.clone();
    let at = office.now(connection)?;
    let today = at.date();
    let mut day = day.unwrap_or(today).min(today);
    let asked = of_day(connection, actor, &facility, day, at)?;
    let mut before = Vec::new();
    for _ in 0..DAYS_BEFORE {
        let Ok(earlier) = day.yesterday() else { break };
        day = earlier;
        before.push((day, of_day(connection, actor, &facility, day, at)?));
    }
    Ok(Days { at, facility, day: asked, before, may_report: actor.may(Capability::ReportOxygen) })
}

fn of_day(
    connection: &mut Connection,
    actor: &Actor,
    facility: &Facility,
    day: Date,
    now: Moment,
) -> Outcome<Vec<StoreDay>> {
    let begin = Moment::start_of(day);
    let end = (begin + Span::days(1)).min(now + Span::micros(1));
    let mut days = Vec::new();
    for store in facility.stores_on(day).filter(|store| store.kind.holds_stock() && store.vessels.is_none()) {
        let read = |connection: &mut Connection, at: Moment| -> Outcome<Option<(Moment, Grams)>> {
            let known: (Option<Latest>, Recent) =
                series::store_at(connection, actor.province, store.id, Horizon { at, known: None })?;
            Ok(known.0.map(|latest| (latest.happened_at, latest.grams)))
        };
        let opening = read(connection, begin)?;
        let closing = read(connection, end - Span::micros(1))?.filter(|(at, _)| begin < *at);
        let from = opening.map_or(begin, |(at, _)| at + Span::micros(1));
        let until = closing.map_or(end, |(at, _)| at + Span::micros(1));
        let moved = series::movements(connection, actor.province, store.id, (from, until), None)?;
        days.push(StoreDay { store: store.clone(), opening, closing, moved });
    }
    Ok(days)
}

/// What a merger of two facilities would move.
#[derive(Debug)]
pub struct Merging {
    /// Now, by the domain clock.
    pub at: Moment,
    /// Which ends.
    pub from: Facility,
    /// Which goes on, once it is chosen.
    pub into: Option<Facility>,
    /// Those that may be chosen.
    pub choices: Vec<(FacilityId, String)>,
    /// Its stores with what they last said.
    pub stores: Vec<StoreLine>,
    /// What else it has; none before the successor is chosen.
    pub heritage: Option<Heritage>,
}

/// What would move if a facility were merged into another, as an actor may see both.
pub fn merging(
    office: &Office,
    connection: &mut Connection,
    actor: &Actor,
    from: FacilityId,
    into: Option<FacilityId>,
) -> Outcome<Merging> {
    let needed = Capability::KeepRegisters;
    let Stores { at, facility, lines, .. } = stores(office, connection, actor, from)?;
    if !actor.may(needed) {
        return Err(Failure::Forbidden(needed));
    }
    let registry = office.registry(connection, actor.province)?;
    let today = at.date();
    let others = registry.facilities().iter();
    let others: Vec<&Facility> =
        others.filter(|other| other.id != from && other.body.valid_on(today) && actor.sees(other, &registry)).collect();
    let into = into.and_then(|into| others.iter().find(|other| other.id == into)).map(|other| (*other).clone());
    let heritage = match &into {
        None => None,
        Some(into) => Some(Heritage::find(connection, actor.province, from, into.id)?),
    };
    let in_use = |line: &StoreLine| line.to.is_none_or(|end| today < end);
    Ok(Merging {
        at,
        choices: others.iter().map(|other| (other.id, other.body.name.clone())).collect(),
        stores: lines.into_iter().filter(in_use).collect(),
        from: facility,
        into,
        heritage,
    })
}
