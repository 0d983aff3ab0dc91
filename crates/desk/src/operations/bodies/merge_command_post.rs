//! A province goes on in another: its command post is closed, what it had stands under the new one from today on.
//!
//! One operation, one transaction: either all of it is there or nothing. It writes in the journal of the new post and of
//! each old one. The command line alone does it (`merge-province`); no account of either province could see both.

use place::{AreaCode, ProvinceId};
use serde::{Deserialize, Serialize};
use store::audit::{self, AuditRow};
use store::register::{self, AppointmentRow};
use store::transfer::{self, LedgerRows};
use store::{Content, OperationId, account};

use crate::failure::{Failure, Outcome};
use crate::merger::{FromPost, Refused, plan, stricter};
use crate::operation::{Desk, Operation};
use crate::rights::Capability;

/// The old posts that go on in the actor's.
#[derive(Debug, Serialize)]
pub struct MergeCommandPost {
    /// Their numbers.
    pub from: Vec<ProvinceId>,
    /// Where facilities of split communes lie today, by the facility's code.
    pub places: Vec<(String, AreaCode)>,
}

/// What went on.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Merged {
    /// Facilities.
    pub facilities: usize,
    /// Stores of oxygen.
    pub stores: usize,
    /// Rows of the ledgers.
    pub ledgers: LedgerRows,
    /// Versions of records.
    pub records: usize,
    /// Accounts.
    pub accounts: usize,
}

impl Operation for MergeCommandPost {
    type Done = Merged;
    const NAME: &'static str = "merge_command_post";
    const NEEDS: Capability = Capability::KeepAccounts;

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<Merged> {
        // Who keeps the accounts of one province has no business in another.
        if desk.actor().user.is_some() {
            return Err(Failure::NotFound);
        }
        let (registry, today) = (desk.registry(), desk.now().date());
        let into = registry
            .post()
            .filter(|post| post.closed_on.is_none())
            .cloned()
            .ok_or_else(|| Failure::refused(Refused::NoOpenPost { number: registry.province().number() }))?;
        let plan = plan(desk.transaction(), registry.areas(), &into, &self.from, &self.places, today)?;
        plan.check().map_err(Failure::refused)?;
        let (mut merged, mut state) = (Merged::default(), into.state.clone());
        for from in plan.from {
            state = stricter(&state, &from.post.state)?.code().to_owned();
            bring(desk, from, &mut merged)?;
        }
        register::set_state(desk.transaction(), into.province, &state)?;
        desk.mention("from", self.from.iter().map(|post| post.number()).collect::<Vec<_>>());
        desk.mention("facilities", merged.facilities);
        desk.registers_changed();
        Ok(merged)
    }
}

fn bring(desk: &mut Desk<'_, '_>, from: FromPost, merged: &mut Merged) -> Outcome<()> {
    let (old, into, now) = (from.post.province, desk.actor().province, desk.now());
    let ended: Vec<_> = from.bodies.iter().filter(|body| body.valid_to.is_some()).map(|body| body.id).collect();
    for body in &from.bodies {
        register::add_body(desk.transaction(), &register::BodyRow { province: into, ..body.clone() })?;
    }
    for facility in &from.facilities {
        register::add_facility(desk.transaction(), into, facility)?;
    }
    for store in &from.stores {
        register::add_store(desk.transaction(), into, store)?;
        if let Some(end) = store.valid_to {
            register::close_store(desk.transaction(), into, store.id, end)?;
        }
    }
    for post in &from.appointments {
        // Nobody holds a post in a body that has ended, and nobody begins one there.
        let ends = ended.contains(&post.body);
        if ends && post.from >= now {
            continue;
        }
        let to = if ends { Some(post.to.map_or(now, |to| to.min(now))) } else { post.to };
        register::add_appointment(desk.transaction(), into, &AppointmentRow { to, ..post.clone() })?;
    }
    for absence in &from.absences {
        register::add_absence(desk.transaction(), into, absence)?;
    }
    let added = desk.bring_ledgers(old)?;
    for row in &from.passed.rows {
        desk.bring_record(row)?;
    }
    transfer::keys(desk.transaction(), old, into)?;
    transfer::files(desk.transaction(), old, into)?;
    accounts(desk, &from)?;
    close(desk, &from)?;
    merged.facilities += from.facilities.len();
    merged.stores += from.stores.len();
    merged.records += from.passed.rows.len();
    merged.accounts += from.accounts.len();
    let ledgers = &mut merged.ledgers;
    ledgers.reports += added.reports;
    ledgers.readings += added.readings;
    ledgers.movements += added.movements;
    ledgers.censuses += added.censuses;
    ledgers.reversals += added.reversals;
    Ok(())
}

/// The same people with the same passwords; they sign in anew.
fn accounts(desk: &mut Desk<'_, '_>, from: &FromPost) -> Outcome<()> {
    let (old, into, at) = (from.post.province, desk.actor().province, desk.real_now());
    for account in account::list(desk.transaction(), old)? {
        account::close(desk.transaction(), old, account.id, at)?;
    }
    for account in &from.accounts {
        account::add(desk.transaction(), &account::Account { province: into, ..account.clone() }, at)?;
    }
    Ok(())
}

/// The old post ends today, and its own journal says in what it goes on.
fn close(desk: &mut Desk<'_, '_>, from: &FromPost) -> Outcome<()> {
    let (old, into, now, real_now) = (from.post.province, desk.actor().province, desk.now(), desk.real_now());
    if !register::close_command_post(desk.transaction(), old, now.date())? {
        return Err(Failure::refused(Refused::NoOpenPost { number: old.number() }));
    }
    let id = OperationId(desk.new_id());
    audit::append(
        desk.transaction(),
        AuditRow {
            province: old,
            id,
            recorded_at: real_now,
            domain_at: now,
            actor: None,
            action: MergeCommandPost::NAME,
            subject: None,
            detail: serde_json::json!({ "into": into.number() }).to_string(),
            content: Content::default(),
        },
    )?;
    desk.transaction().touch_registers(old);
    Ok(())
}
