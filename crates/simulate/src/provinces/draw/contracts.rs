//! What allows a delivery: framework contracts of the department, contracts of hospitals, their ceilings and lead times.

use oxygen::dispatch::{Contract, Minutes, Payer, SiteNo, Source, SourceNo, Window};
use quantity::Grams;

use super::calendar::LASTS;
use super::sites::Drawn;
use crate::dice::Dice;

/// For how many days' use of its buyers a ceiling is drawn.
const DAYS: f64 = 14.0;

pub(super) fn draw(seed: u64, drawn: &Drawn, sources: &[Source]) -> Vec<Contract> {
    let mut dice = Dice::of(seed, "contracts of a province", 0, 0);
    let net = |site: usize| (drawn.level[site] - drawn.plant[site]).max(0.0);
    let all: f64 = (0..drawn.sites.len()).map(net).sum();
    let mut contracts = Vec::new();
    let suppliers = sources.iter().filter(|source| source.lender.is_none()).count();
    for (number, source) in sources.iter().enumerate().filter(|(_, source)| source.lender.is_none()) {
        let framework = dice.chance(0.85);
        if framework {
            let left = all * DAYS * dice.log_between(0.7, 5.0) / suppliers as f64 * 2.0;
            contracts.push(one(&mut dice, (number, source), Vec::new(), left));
        }
        if !framework || dice.chance(0.6) {
            let share = dice.between(0.3, 0.9);
            let buyers: Vec<usize> = (0..drawn.sites.len()).filter(|_| dice.chance(share)).collect();
            let used: f64 = buyers.iter().map(|site| net(*site)).sum();
            let left = used * DAYS * dice.log_between(0.5, 3.0);
            let buyers: Vec<SiteNo> = buyers.into_iter().map(SiteNo::of).collect();
            if !buyers.is_empty() {
                contracts.push(one(&mut dice, (number, source), buyers, left));
            }
        }
    }
    contracts
}

pub(super) fn one(dice: &mut Dice, (number, _): (usize, &Source), sites: Vec<SiteNo>, left: f64) -> Contract {
    let end = Minutes::days(LASTS);
    // Most are in force throughout; one in ten ends, one in twenty begins during the fortnight.
    let force = match dice.below(20) {
        0 | 1 => Window::new(Minutes::ZERO, Minutes::days(dice.whole(4, 12) as i32)),
        2 => Window::new(Minutes::days(dice.whole(1, 5) as i32), end),
        _ => Window::new(Minutes::ZERO, end),
    };
    let shared = sites.is_empty();
    Contract {
        number: format!("{:02}/HĐ-MP", number * 2 + usize::from(!shared) + 1),
        source: SourceNo::of(number),
        sites,
        left: Grams::from_f64(left),
        force,
        lead: Minutes::hours([0, 0, 2, 4, 6, 12][dice.below(6)]),
        payer: if shared { Payer::Department } else { Payer::Facility },
        signer: if shared { "Giám đốc Sở Y tế (mô phỏng)" } else { "Giám đốc cơ sở (mô phỏng)" }.to_owned(),
        legal_basis: "Hợp đồng mô phỏng".to_owned(),
    }
}
