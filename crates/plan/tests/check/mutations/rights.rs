//! Release, ownership, contracts, loans, purchases.

use oxygen::dispatch::{Basis, Contract, ContractNo, Minutes, SiteNo, SourceNo, Stop, Window};
use plan::check::Rule;
use quantity::Grams;

use super::{Case, Mutation};

const ONE: Minutes = Minutes(1);

fn contract(stop: &Stop) -> Option<ContractNo> {
    match stop.basis {
        Basis::Contract(number) => Some(number),
        Basis::Loan | Basis::EmergencyPurchase => None,
    }
}

/// A stop under a contract, the minute when its trip loads, and the contract to change.
fn under(case: &mut Case) -> Option<((usize, usize), Minutes, &mut Contract)> {
    let at = case.stop_with(|_, _, stop| contract(stop).is_some())?;
    let number = contract(case.one(at))?;
    let loads = case.at(at.0).loads;
    Some((at, loads, &mut case.problem.contracts[number.index()]))
}

fn other_source(case: &Case, trip: usize) -> SourceNo {
    SourceNo::of((case.plan.trips[trip].source.index() + 1) % case.problem.sources.len())
}

fn sold(case: &mut Case) -> Option<(usize, usize)> {
    case.stop_with(|problem, trip, _| problem.source(trip.source).lender.is_none())
}

fn lent(case: &mut Case) -> Option<(usize, usize)> {
    case.stop_with(|_, _, stop| stop.basis == Basis::Loan)
}

pub const ALL: &[Mutation] = &[
    ("a vehicle that carries for another", Rule::CarriesForAnother, |case| {
        let trip = case.trip()?;
        let other = other_source(case, trip);
        case.vehicle(trip).carries_for = Some(other);
        Some(())
    }),
    ("an industrial line", Rule::NotReleased, |case| {
        let trip = case.trip()?;
        case.problem.sources[case.plan.trips[trip].source.index()].released = None;
        Some(())
    }),
    ("released a minute later", Rule::NotReleased, |case| {
        let trip = case.trip()?;
        let loads = case.at(trip).loads;
        case.problem.sources[case.plan.trips[trip].source.index()].released = Some(loads + ONE);
        Some(())
    }),
    ("another's tank", Rule::TankOfAnother, |case| {
        let stop = case.liquid()?;
        let (site, other) = (case.site_of(stop), other_source(case, stop.0));
        let tank = case.problem.sites[site.index()].tank.as_mut()?;
        (tank.owner, tank.consent) = (Some(other), vec![other]);
        Some(())
    }),
    ("another's shells", Rule::ShellsOfAnother, |case| {
        let stop = case.shells()?;
        let (site, other) = (case.site_of(stop), other_source(case, stop.0));
        case.problem.source(case.plan.trips[stop.0].source).lender.is_none().then_some(())?;
        let rack = case.problem.sites[site.index()].rack.as_mut()?;
        (rack.owner, rack.consent) = (Some(other), Vec::new());
        Some(())
    }),
    ("lent to itself", Rule::Itself, |case| {
        let stop = case.stop()?;
        let site = case.site_of(stop);
        case.problem.sources[case.plan.trips[stop.0].source.index()].lender = Some(site);
        Some(())
    }),
    ("the contract of another source", Rule::ContractOfAnother, |case| {
        let (at, ..) = under(case)?;
        let (other, number) = (other_source(case, at.0), contract(case.one(at))?);
        case.problem.contracts[number.index()].source = other;
        Some(())
    }),
    ("a contract with somebody else", Rule::ContractOfAnother, |case| {
        let at = case.stop_with(|_, _, stop| contract(stop).is_some())?;
        let source = case.at(at.0).source;
        let other = case.problem.contracts.iter().position(|contract| contract.source != source)?;
        case.one(at).basis = Basis::Contract(ContractNo::of(other));
        Some(())
    }),
    ("a contract for other sites", Rule::ContractNotForSite, |case| {
        let (at, ..) = under(case)?;
        let number = contract(case.one(at))?;
        let other = SiteNo::of((case.site_of(at).index() + 1) % case.problem.sites.len());
        case.problem.contracts[number.index()].sites = vec![other];
        Some(())
    }),
    ("a contract not yet in force", Rule::ContractNotInForce, |case| {
        let (_, loads, contract) = under(case)?;
        contract.force = Window::new(loads + ONE, loads + Minutes(9_000));
        Some(())
    }),
    ("a contract that has ended", Rule::ContractNotInForce, |case| {
        let (_, loads, contract) = under(case)?;
        contract.force = Window::new(Minutes(-1), loads);
        Some(())
    }),
    ("too late to order", Rule::Lead, |case| {
        let (_, loads, contract) = under(case)?;
        contract.lead = loads + ONE;
        Some(())
    }),
    ("a gram more than the contract allows", Rule::ContractUsedUp, |case| {
        let (at, ..) = under(case)?;
        let number = contract(case.one(at))?;
        let of = case.plan.stops().filter(|(_, stop)| contract(stop) == Some(number) && stop.leaves >= Minutes::ZERO);
        let sum: Grams = of.map(|(_, stop)| stop.amount.grams()).sum();
        case.problem.contracts[number.index()].left = sum - Grams(1);
        Some(())
    }),
    ("a loan from a plant", Rule::LoanOfNoLender, |case| {
        let stop = sold(case)?;
        case.one(stop).basis = Basis::Loan;
        Some(())
    }),
    ("a lender that lends no more", Rule::LoanOfNoLender, |case| {
        let (trip, _) = lent(case)?;
        case.problem.sources[case.plan.trips[trip].source.index()].lender = None;
        Some(())
    }),
    ("a lender that sells", Rule::LenderSells, |case| {
        let stop = lent(case)?;
        case.one(stop).basis = Basis::EmergencyPurchase;
        Some(())
    }),
    ("a lender under contract", Rule::LenderSells, |case| {
        let stop = lent(case)?;
        case.one(stop).basis = Basis::Contract(ContractNo(0));
        Some(())
    }),
    ("a purchase that nobody allowed", Rule::EmergencyPurchase, |case| {
        let stop = sold(case)?;
        case.problem.aims.emergency_purchase = None;
        case.one(stop).basis = Basis::EmergencyPurchase;
        Some(())
    }),
];
