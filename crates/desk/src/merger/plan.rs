//! What an old command post has, and what each thing becomes: read only, the same for the preview and for doing it.

use std::collections::{BTreeMap, HashSet};

use jiff::civil::Date;
use place::body::BodyKind;
use place::{AreaBook, AreaCode, BodyId, FacilityId, ProvinceId};
use protocol::Readiness;
use quantity::Id;
use store::account::{self, Account};
use store::record::RecordRow;
use store::register::{self, AbsenceRow, AppointmentRow, BodyRow, CommandPost, FacilityRow, StoreRow};
use store::transfer::{self, LedgerRows};
use store::{Connection, StoreError};

use super::records::{Passed, Passing, goes};
use super::{Became, Refused, named, place_today};
use crate::actor::{Actor, Scope};
use crate::failure::{Failure, Outcome};
use crate::registry::from_code;

/// What one old post brings.
#[derive(Debug)]
pub struct FromPost {
    /// The old post.
    pub post: CommandPost,
    /// Its bodies as the new post has them; those that treat nobody end.
    pub bodies: Vec<BodyRow>,
    /// What only facilities have.
    pub facilities: Vec<FacilityRow>,
    /// Their stores.
    pub stores: Vec<StoreRow>,
    /// Who holds which post.
    pub appointments: Vec<AppointmentRow>,
    /// Who is away.
    pub absences: Vec<AbsenceRow>,
    /// Accounts as the new post has them.
    pub accounts: Vec<Account>,
    /// Rows of its ledgers.
    pub ledgers: LedgerRows,
    /// Its records.
    pub passed: Passed,
    /// Codes of facilities that were taken, with what they are now.
    pub recoded: Vec<(String, String)>,
    /// Login names that were taken, with what they are now.
    pub renamed: Vec<(String, String)>,
    /// Accounts whose area has no one heir: to be added anew.
    pub accounts_left: Vec<String>,
    /// Programs whose token is issued anew.
    pub machines: usize,
    /// Records that stay with the old post, by kind.
    pub records_left: BTreeMap<String, usize>,
    /// Its own norms, which stay: the new province decides its own.
    pub norms_left: usize,
    /// Bodies that end, as the new province has its own.
    pub bodies_ended: usize,
}

/// What several old posts bring to a new one.
#[derive(Debug)]
pub struct Plan {
    /// The new post.
    pub into: CommandPost,
    /// The old ones.
    pub from: Vec<FromPost>,
    /// Places that only somebody who knows them can tell: code, name, what it was, what it may be.
    pub split: Vec<SplitPlace>,
}

/// A facility in a commune that was split.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SplitPlace {
    /// The facility's code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What its commune may be today.
    pub candidates: String,
}

impl Plan {
    /// That every place is known.
    ///
    /// # Errors
    /// [`Refused::PlacesSplit`] with each and its candidates.
    pub fn check(&self) -> Result<(), Refused> {
        if self.split.is_empty() {
            return Ok(());
        }
        let one = |place: &SplitPlace| format!("{} {}: {}", place.code, place.name, place.candidates);
        let places = self.split.iter().map(one).collect::<Vec<_>>().join("; ");
        Err(Refused::PlacesSplit { count: self.split.len(), places })
    }
}

/// What the open posts of `from` bring to the post of `into`, an open one already or one that is about to be opened.
/// `places` says for facilities of split communes where they lie today.
///
/// # Errors
/// [`Refused`]: no such post, not its heir, a place that is none of the candidates.
pub fn plan(
    connection: &mut Connection,
    areas: &AreaBook,
    into: &CommandPost,
    from: &[ProvinceId],
    places: &[(String, AreaCode)],
    today: Date,
) -> Outcome<Plan> {
    let posts = register::command_posts(connection)?;
    let mut taken = match posts.iter().any(|post| post.province == into.province) {
        true => Taken::of(connection, into.province)?,
        false => Taken::default(),
    };
    let mut plan = Plan { into: into.clone(), from: Vec::new(), split: Vec::new() };
    for number in from {
        let open = |post: &&CommandPost| post.province == *number && post.closed_on.is_none();
        let post = posts.iter().find(open).filter(|post| post.province != into.province);
        let post = post.ok_or_else(|| Failure::refused(Refused::NoOpenPost { number: number.number() }))?;
        check_heir(areas, post, into, today)?;
        let found = bring(connection, areas, post, &mut taken, (places, today), &mut plan.split)?;
        plan.from.push(found);
    }
    Ok(plan)
}

/// That the new province is what the old one has become, or part of it.
fn check_heir(areas: &AreaBook, old: &CommandPost, into: &CommandPost, today: Date) -> Outcome<()> {
    let code = |post: &CommandPost| post.area_code.parse::<AreaCode>().ok();
    let old_area = code(old).and_then(|code| areas.on(code, old.opened_on));
    let heirs = old_area.map(|area| areas.heirs(area.key(), today)).unwrap_or_default();
    if heirs.iter().any(|heir| Some(heir.code) == code(into)) {
        return Ok(());
    }
    Err(Failure::refused(Refused::NotItsHeir {
        old: old_area.map_or_else(|| old.name.clone(), |area| area.name.to_string()),
        heirs: named(heirs),
        into: into.name.clone(),
    }))
}

/// What the new post has already, so that no two things get one name.
#[derive(Default)]
struct Taken {
    codes: HashSet<String>,
    logins: HashSet<String>,
    records: Passing,
}

impl Taken {
    fn of(connection: &mut Connection, into: ProvinceId) -> Outcome<Self> {
        let records: Vec<RecordRow> = transfer::records(connection, into)?;
        Ok(Self {
            codes: register::bodies(connection, into)?.into_iter().map(|body| body.code.to_lowercase()).collect(),
            logins: account::list(connection, into)?.into_iter().map(|account| account.login).collect(),
            records: Passing::over(&records),
        })
    }

    /// A name that nothing has: as it is, or with the code of the old province behind it.
    fn name(names: &mut HashSet<String>, wanted: &str, province: &str) -> String {
        let mut name = wanted.to_owned();
        for again in 0.. {
            if names.insert(name.to_lowercase()) {
                break;
            }
            name = if again == 0 { format!("{wanted}.{province}") } else { format!("{wanted}.{province}.{again}") };
        }
        name
    }
}

fn bring(
    connection: &mut Connection,
    areas: &AreaBook,
    post: &CommandPost,
    taken: &mut Taken,
    (places, today): (&[(String, AreaCode)], Date),
    split: &mut Vec<SplitPlace>,
) -> Outcome<FromPost> {
    let old = post.province;
    let facilities = register::facilities(connection, old)?;
    let treats: HashSet<BodyId> = facilities.iter().map(|facility| BodyId::from(facility.id)).collect();
    let mut found = FromPost {
        stores: register::stores(connection, old)?,
        appointments: register::appointments(connection, old)?,
        absences: register::absences(connection, old)?,
        ledgers: transfer::count(connection, old)?,
        norms_left: register::overrides(connection, old)?.len(),
        post: post.clone(),
        bodies: Vec::new(),
        accounts: Vec::new(),
        passed: Passed::default(),
        recoded: Vec::new(),
        renamed: Vec::new(),
        accounts_left: Vec::new(),
        machines: 0,
        records_left: BTreeMap::new(),
        bodies_ended: 0,
        facilities,
    };
    for body in register::bodies(connection, old)? {
        let moved = body_of(areas, body, &treats, taken, (places, today), &mut found, split)?;
        found.bodies.push(moved);
    }
    for account in account::list(connection, old)? {
        account_of(areas, account, taken, today, &mut found);
    }
    let records = transfer::records(connection, old)?;
    for row in records.iter().filter(|row| row.version == 1 && !goes(row)) {
        *found.records_left.entry(row.kind.clone()).or_default() += 1;
    }
    let ids: Vec<Id> = found.facilities.iter().map(|facility| facility.id.0).collect();
    found.passed = taken.records.pass(records, &ids);
    Ok(found)
}

fn body_of(
    areas: &AreaBook,
    body: BodyRow,
    treats: &HashSet<BodyId>,
    taken: &mut Taken,
    (places, today): (&[(String, AreaCode)], Date),
    found: &mut FromPost,
    split: &mut Vec<SplitPlace>,
) -> Outcome<BodyRow> {
    let area_code = area_of(areas, &body, (places, today), split)?;
    let code = Taken::name(&mut taken.codes, &body.code, &found.post.area_code);
    if code != body.code {
        found.recoded.push((body.code.clone(), code.clone()));
    }
    let kind: BodyKind = from_code(&body.kind)?;
    // A department of the old province orders nobody in the new one.
    let ends = !treats.contains(&body.id) && !kind.treats_patients() && body.valid_to.is_none();
    found.bodies_ended += usize::from(ends);
    let valid_to = if ends { Some(today.max(body.valid_from)) } else { body.valid_to };
    Ok(BodyRow { code, area_code, valid_to, ..body })
}

/// Where a body lies today. Its code was meant as it was when the body began: a body registered after the merger bears
/// a code of today.
fn area_of(
    areas: &AreaBook,
    body: &BodyRow,
    (places, today): (&[(String, AreaCode)], Date),
    split: &mut Vec<SplitPlace>,
) -> Outcome<Option<String>> {
    let Some(code) = body.area_code.as_ref().and_then(|code| code.parse::<AreaCode>().ok()) else {
        return Ok(body.area_code.clone());
    };
    let became = place_today(areas, code, body.valid_from, today);
    let candidates = match became {
        Became::One(one) => return Ok(Some(one.to_string())),
        // What has ended before lies where it lay.
        _ if body.valid_to.is_some_and(|end| end <= today) => return Ok(body.area_code.clone()),
        Became::Unknown => Vec::new(),
        Became::Several(several) => several,
    };
    let shown = named(candidates.iter().filter_map(|code| areas.on(*code, today)));
    let told = places.iter().find(|(asked, _)| asked.eq_ignore_ascii_case(&body.code)).map(|(_, code)| *code);
    match told {
        Some(told) if candidates.contains(&told) || (candidates.is_empty() && areas.on(told, today).is_some()) => {
            Ok(Some(told.to_string()))
        }
        Some(told) => Err(Failure::refused(Refused::NotACandidate { code: told.to_string(), candidates: shown })),
        None => {
            split.push(SplitPlace { code: body.code.clone(), name: body.name.clone(), candidates: shown });
            Ok(None)
        }
    }
}

fn account_of(areas: &AreaBook, account: Account, taken: &mut Taken, today: Date, found: &mut FromPost) {
    let actor = Actor::of_account(&account);
    let area_code = match actor.scope {
        Scope::Area(code) => match place_today(areas, code, found.post.opened_on, today) {
            Became::One(one) => Some(one.to_string()),
            // A wider scope must not come of a merger.
            Became::Unknown | Became::Several(_) => return found.accounts_left.push(account.login),
        },
        Scope::Province | Scope::Bodies(_) => account.area_code.clone(),
    };
    let login = Taken::name(&mut taken.logins, &account.login, &found.post.area_code);
    if login != account.login {
        found.renamed.push((account.login.clone(), login.clone()));
    }
    found.machines += usize::from(actor.roles.iter().any(|role| role.is_machine()));
    found.accounts.push(Account { login, area_code, ..account });
}

/// The stricter of two states as they are stored.
pub(crate) fn stricter(left: &str, right: &str) -> Result<Readiness, StoreError> {
    let read = |code: &str| {
        Readiness::from_code(code).ok_or_else(|| StoreError::Unreadable(format!("command_post.state {code}")))
    };
    Ok(read(left)?.max(read(right)?))
}

impl FromPost {
    /// The facilities that are at work.
    pub fn at_work(&self) -> usize {
        let ours = |body: &&BodyRow| self.facilities.iter().any(|facility| facility.id == FacilityId::of_body(body.id));
        self.bodies.iter().filter(ours).filter(|body| body.valid_to.is_none()).count()
    }
}
