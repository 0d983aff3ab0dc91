//! Whether a delivery may be ordered: release, ownership of tanks and shells, contracts, loans, purchases.

use oxygen::dispatch::{Amount, Basis, ContractNo, Problem, SiteNo, SourceNo, Stop, Trip};
use quantity::Grams;

use super::case::{Case, during};
use super::rule::Rule;

/// Whether who owns a tank or shells lets a source fill them.
fn agrees(owner: Option<SourceNo>, consent: &[SourceNo], source: SourceNo) -> bool {
    match owner {
        None => true,
        Some(owner) => owner == source || consent.contains(&source),
    }
}

/// Whether a source may fill the tank of a site, or refill its shells. Who lends gives full ones against empty ones and
/// refills none.
pub fn may_fill(problem: &Problem, source: SourceNo, site: SiteNo, liquid: bool) -> Result<(), Rule> {
    let site = problem.site(site);
    if liquid {
        let theirs = site.tank.as_ref().is_none_or(|tank| agrees(tank.owner, &tank.consent, source));
        if theirs { Ok(()) } else { Err(Rule::TankOfAnother) }
    } else {
        let lends = problem.source(source).lender.is_some();
        let theirs = site.rack.as_ref().is_none_or(|rack| lends || agrees(rack.owner, &rack.consent, source));
        if theirs { Ok(()) } else { Err(Rule::ShellsOfAnother) }
    }
}

/// Looks at every stop by itself, and at every contract in all.
pub fn stops(case: &mut Case<'_>) {
    for (number, trip) in case.moving() {
        let source = case.problem.source(trip.source);
        match source.released {
            None => case.fault(case.of_trip(Rule::NotReleased, number)),
            Some(from) if from > trip.loads => {
                let (found, allowed) = (case.clock(i64::from(trip.loads.0)), case.clock(i64::from(from.0)));
                case.fault(case.of_trip(Rule::NotReleased, number).against(found, allowed));
            }
            Some(_) => {}
        }
        for (at, stop) in trip.stops.iter().enumerate() {
            if source.lender == Some(stop.site) {
                case.fault(case.of_stop(Rule::Itself, number, at));
            }
            let liquid = matches!(stop.amount, Amount::Liquid(_));
            if let Err(rule) = may_fill(case.problem, trip.source, stop.site, liquid) {
                case.fault(case.of_stop(rule, number, at));
            }
            basis(case, number, trip, at, stop);
        }
    }
    contracts(case);
}

fn basis(case: &mut Case<'_>, number: usize, trip: &Trip, at: usize, stop: &Stop) {
    let lends = case.problem.source(trip.source).lender.is_some();
    match stop.basis {
        Basis::Loan if !lends => case.fault(case.of_stop(Rule::LoanOfNoLender, number, at)),
        Basis::Loan => {}
        _ if lends => case.fault(case.of_stop(Rule::LenderSells, number, at)),
        Basis::EmergencyPurchase => {
            if case.problem.aims.emergency_purchase.is_none() {
                case.fault(case.of_stop(Rule::EmergencyPurchase, number, at));
            }
        }
        Basis::Contract(contract) => under_contract(case, number, trip, at, (stop, contract)),
    }
}

fn under_contract(case: &mut Case<'_>, number: usize, trip: &Trip, at: usize, (stop, of): (&Stop, ContractNo)) {
    // One that does not exist has its own fault.
    let Some(contract) = case.problem.contracts.get(of.index()) else { return };
    let mut found = Vec::new();
    let fault = |rule| {
        let mut fault = case.of_stop(rule, number, at).with("contract", contract.number.clone());
        fault.contract = Some(of);
        fault
    };
    if contract.source != trip.source {
        found.push(fault(Rule::ContractOfAnother));
    }
    if !contract.sites.is_empty() && !contract.sites.contains(&stop.site) {
        found.push(fault(Rule::ContractNotForSite));
    }
    let loads = i64::from(trip.loads.0);
    if !during(contract.force, loads) {
        let force =
            [contract.force.from, contract.force.to].map(|minutes| case.clock(i64::from(minutes.0))).join(" – ");
        found.push(fault(Rule::ContractNotInForce).against(case.clock(loads), force));
    }
    let lead = i64::from(contract.lead.0);
    if lead > loads {
        found.push(fault(Rule::Lead).against(case.clock(loads), case.clock(lead)));
    }
    case.faults.extend(found);
}

/// What rests on a contract in all, but for what was unloaded before the start.
fn contracts(case: &mut Case<'_>) {
    for (number, contract) in case.problem.contracts.iter().enumerate() {
        let of = ContractNo::of(number);
        let rests = |stop: &Stop| stop.basis == Basis::Contract(of) && stop.leaves.0 >= 0;
        let all: Vec<(usize, usize, Grams)> = case
            .stops()
            .filter(|(.., stop)| rests(stop))
            .map(|(trip, at, _, stop)| (trip, at, stop.amount.grams()))
            .collect();
        let sum: Grams = all.iter().map(|(.., grams)| *grams).sum();
        let blamed = all.iter().rev().find(|(trip, ..)| !case.frozen[*trip]);
        if let Some((trip, at, _)) = blamed.filter(|_| sum > contract.left) {
            let mut fault = case.of_stop(Rule::ContractUsedUp, *trip, *at).with("contract", contract.number.clone());
            fault.contract = Some(of);
            case.fault(fault.grams(sum, contract.left));
        }
    }
}
