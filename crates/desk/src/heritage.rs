//! What a facility that ends leaves beside its stores: contracts, accounts, phones, refill terms, parts of the chain,
//! vessels, works, machines, closures. Each goes on at the successor as another version, so that a past day shows it
//! where it was; what cannot go on is told.
//!
//! Lives here: finding it and moving it. Not here: stores and stock (`operations::merge_facility`), whether the two
//! may be merged at all.

use std::collections::HashMap;

use oxygen::StoreId;
use oxygen::chain::Part;
use place::{FacilityId, ProvinceId};
use serde::{Deserialize, Serialize};
use store::Connection;
use store::account::{self, Account};

use crate::actor::Actor;
use crate::alarms::records::{Alarm, Closure, RefillTerms};
use crate::failure::Outcome;
use crate::means::{BedCount, Condition, Link, Site, Vessel, Work};
use crate::operation::Desk;
use crate::operations::phone::TrustedPhone;
use crate::record::{self, Kept, Record};
use crate::registry::Facility;
use crate::supply::{Asset, Contract, Loan, Request};

/// What goes on at the successor, by number; and what stays behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Moved {
    /// Contracts that name it as a buyer.
    pub contracts: usize,
    /// Accounts limited to it.
    pub accounts: usize,
    /// Trusted phones of its officers.
    pub phones: usize,
    /// Its terms of refill, where the successor has none of its own.
    pub terms: usize,
    /// Parts of its chain to the bed.
    pub links: usize,
    /// Vessels with their inspections.
    pub vessels: usize,
    /// Works that are not done.
    pub works: usize,
    /// Treatment sites planned there.
    pub sites: usize,
    /// Machines given or lent to it.
    pub machines: usize,
    /// Storms, closed roads and stations noted for it alone.
    pub closures: usize,
    /// Terms of refill that stay behind: the successor has its own.
    pub terms_left: usize,
    /// Power that stays behind: the successor has its own.
    pub power_left: usize,
    /// A count of beds that stays behind: the successor's are counted anew.
    pub beds_left: usize,
    /// Alarms that rest with it: it has no figures any more.
    pub alarms_left: usize,
}

/// Everything found of a facility.
#[derive(Debug, Default)]
pub struct Heritage {
    contracts: Vec<Kept<Contract>>,
    accounts: Vec<Account>,
    phones: Vec<Kept<TrustedPhone>>,
    terms: Vec<Kept<RefillTerms>>,
    links: Vec<Kept<Link>>,
    vessels: Vec<Kept<Vessel>>,
    works: Vec<Kept<Work>>,
    sites: Vec<Kept<Site>>,
    machines: Vec<Kept<Asset>>,
    closures: Vec<Kept<Closure>>,
    left: Moved,
    /// Requests that are not received, ended or refused.
    pub orders: usize,
    /// Loans that are not given back.
    pub loans: usize,
}

fn of<T: Record>(
    connection: &mut Connection,
    province: ProvinceId,
    is_its: impl Fn(&T) -> bool,
) -> Outcome<Vec<Kept<T>>> {
    let mut kept = record::open::<T>(connection, province)?;
    kept.retain(|kept| is_its(&kept.content));
    Ok(kept)
}

impl Heritage {
    /// What a facility leaves to another.
    pub fn find(
        connection: &mut Connection,
        province: ProvinceId,
        from: FacilityId,
        into: FacilityId,
    ) -> Outcome<Self> {
        let c = connection;
        let (mut terms, heir_terms) = (
            of(c, province, |terms: &RefillTerms| terms.facility == from)?,
            of(c, province, |terms: &RefillTerms| terms.facility == into)?,
        );
        let is_power = |link: &Link| matches!(link.part, Part::Power(_));
        let mut links = of(c, province, |link: &Link| link.facility == from)?;
        let heir_has_power = of(c, province, |link: &Link| link.facility == into && is_power(link))?;
        let mut left = Moved {
            beds_left: of(c, province, |count: &BedCount| count.facility == from)?.len(),
            alarms_left: of(c, province, |alarm: &Alarm| alarm.facility == Some(from))?.len(),
            ..Moved::default()
        };
        if !heir_terms.is_empty() {
            left.terms_left = terms.len();
            terms.clear();
        }
        if !heir_has_power.is_empty() {
            left.power_left = links.iter().filter(|kept| is_power(&kept.content)).count();
            links.retain(|kept| !is_power(&kept.content));
        }
        let its_account = |account: &Account| Actor::of_account(account).own_facility() == Some(from);
        Ok(Self {
            contracts: of(c, province, |contract: &Contract| contract.buyers.contains(&from))?,
            accounts: account::list(c, province)?.into_iter().filter(its_account).collect(),
            phones: of(c, province, |phone: &TrustedPhone| phone.facility == from)?,
            vessels: of(c, province, |vessel: &Vessel| vessel.facility == from)?,
            works: of(c, province, |work: &Work| work.facility == from)?,
            sites: of(c, province, |site: &Site| site.facility == Some(from))?,
            machines: of(c, province, |machine: &Asset| machine.facility == from)?,
            closures: of(c, province, |closure: &Closure| closure.facility == Some(from))?,
            orders: of(c, province, |request: &Request| request.facility == from)?.len(),
            loans: of(c, province, |loan: &Loan| [loan.lender, loan.borrower].contains(&from))?.len(),
            terms,
            links,
            left,
        })
    }

    /// By number.
    pub fn counted(&self) -> Moved {
        Moved {
            contracts: self.contracts.len(),
            accounts: self.accounts.len(),
            phones: self.phones.len(),
            terms: self.terms.len(),
            links: self.links.len(),
            vessels: self.vessels.len(),
            works: self.works.len(),
            sites: self.sites.len(),
            machines: self.machines.len(),
            closures: self.closures.len(),
            ..self.left
        }
    }

    /// Moves it all to the successor, whose stores stand in place of those that were closed.
    pub(crate) fn pass_on(
        self,
        desk: &mut Desk<'_, '_>,
        from: &Facility,
        into: &Facility,
        stores: &HashMap<StoreId, StoreId>,
    ) -> Outcome<Moved> {
        let (moved, heir) = (self.counted(), into.id);
        for kept in &self.contracts {
            let mut buyers: Vec<FacilityId> = kept.content.buyers.iter().copied().filter(|id| *id != from.id).collect();
            if !buyers.contains(&heir) {
                buyers.push(heir);
            }
            desk.revise(kept, &Contract { buyers, ..kept.content.clone() })?;
        }
        let province = desk.actor().province;
        for account in &self.accounts {
            account::set_bodies(desk.transaction(), province, account.id, &heir.to_string())?;
        }
        for kept in &self.phones {
            desk.revise(kept, &TrustedPhone { facility: heir, ..kept.content.clone() })?;
        }
        for kept in &self.terms {
            desk.revise(kept, &RefillTerms { facility: heir, ..kept.content.clone() })?;
        }
        for kept in &self.links {
            // Two pipes of one name would be taken for one.
            let name = format!("{} ({})", kept.content.name, from.body.name);
            desk.revise(kept, &Link { facility: heir, name, ..kept.content.clone() })?;
        }
        for kept in &self.vessels {
            let store = kept.content.store.map(|store| stores.get(&store).copied().unwrap_or(store));
            desk.revise(kept, &Vessel { facility: heir, store, ..kept.content.clone() })?;
        }
        for kept in &self.works {
            desk.revise(kept, &Work { facility: heir, ..kept.content.clone() })?;
        }
        for kept in &self.sites {
            desk.revise(kept, &Site { facility: Some(heir), ..kept.content.clone() })?;
        }
        for kept in &self.machines {
            desk.revise(kept, &Asset { facility: heir, ..kept.content.clone() })?;
        }
        // A store that goes on out of order is out of order there too.
        for (old, new) in stores {
            if let Some(kept) = desk.record_of_code::<Condition>(&old.to_string())? {
                desk.open_record(&Condition { facility: heir, store: *new, changes: kept.content.changes })?;
            }
        }
        for kept in &self.closures {
            desk.revise(kept, &Closure { facility: Some(heir), ..kept.content.clone() })?;
        }
        Ok(moved)
    }
}
