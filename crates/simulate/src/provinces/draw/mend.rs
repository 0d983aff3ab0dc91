//! No facility is left that nothing could ever reach: a command post would have seen to it before the wave.

use oxygen::dispatch::{Clock, Contract, Kind, Minutes, Payer, Problem, SiteNo, SourceNo, Travel, VehicleNo, Window};
use quantity::Grams;

use super::calendar::LASTS;

/// Loosens, facility by facility, what keeps it from being served: the road, the owner of tank or shells, the contract,
/// the vehicle that no ferry takes, the hours of one crew.
pub(super) fn mend(problem: &mut Problem, travel: &Travel) {
    for at in 0..problem.sites.len() {
        let site = SiteNo::of(at);
        for step in 0..5 {
            if served(problem, travel, site) {
                break;
            }
            match step {
                0 => problem.sites[at].road = 3,
                1 => {
                    let site = &mut problem.sites[at];
                    if let Some(tank) = &mut site.tank {
                        (tank.owner, tank.consent) = (None, Vec::new());
                    }
                    if let Some(rack) = &mut site.rack {
                        (rack.owner, rack.consent) = (None, Vec::new());
                    }
                }
                2 => allow(problem, site),
                3 => problem.vehicles.iter_mut().for_each(|vehicle| vehicle.boards = true),
                _ => problem.vehicles.iter_mut().for_each(|vehicle| vehicle.duty = Minutes::hours(20)),
            }
        }
    }
}

/// A tank that its tankers may fill, or else a rack; whether some vehicle can bring it something in the first days.
fn served(problem: &Problem, travel: &Travel, site: SiteNo) -> bool {
    let mut clock = Clock::default();
    let tank = problem.site(site).tank.as_ref().is_some_and(|tank| tank.holds >= tank.smallest_lot);
    (0..problem.vehicles.len()).map(VehicleNo::of).any(|vehicle| {
        let Ok(kind) = problem.kind_for(vehicle, site) else { return false };
        (kind == Kind::Liquid) == tank
            && (0..problem.sources.len()).map(SourceNo::of).any(|source| {
                released(problem, source)
                    && problem.carries_for(vehicle, source).is_ok()
                    && problem.bases(source, site, kind).is_ok()
                    && clock.set(problem, travel, (vehicle, source), Minutes::ZERO, &[site])
                    && clock.back < Minutes::days(5)
            })
    })
}

fn released(problem: &Problem, source: SourceNo) -> bool {
    let source = problem.source(source);
    source.released == Some(Minutes::ZERO) && source.lender.is_none()
}

/// A contract of the facility's own with every supplier that could fill what it has.
fn allow(problem: &mut Problem, site: SiteNo) {
    let fits = |source: &SourceNo| {
        let (from, to) = (problem.source(*source), problem.site(site));
        let liquid = from.liquid.is_some() && to.tank.is_some();
        let cylinders = |size| from.cylinders.iter().any(|bay| bay.size == size);
        released(problem, *source) && (liquid || to.rack.as_ref().is_some_and(|rack| cylinders(rack.size)))
    };
    let sources: Vec<SourceNo> = (0..problem.sources.len()).map(SourceNo::of).filter(fits).collect();
    for source in sources {
        problem.contracts.push(Contract {
            number: format!("{:02}/PL-MP", problem.contracts.len() + 1),
            source,
            sites: vec![site],
            left: Grams::from_kg(500_000),
            force: Window::new(Minutes::ZERO, Minutes::days(LASTS)),
            lead: Minutes::ZERO,
            payer: Payer::Facility,
            signer: "Giám đốc cơ sở (mô phỏng)".to_owned(),
            legal_basis: "Phụ lục hợp đồng mô phỏng".to_owned(),
        });
    }
}
