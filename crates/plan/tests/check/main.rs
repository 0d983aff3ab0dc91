//! The check of plans against provinces and plans that it has not seen: every good plan passes, every broken one is refused
//! with its own code (OX09, OX15, OX16).

mod draw;
mod good;
mod mutations;
mod province;
mod slow;

use locale::Locale;
use plan::check::{Fault, Rule, check};
use plan::sound::{findings, sound};
use proptest::prelude::*;

#[test]
fn good_plans_pass_and_use_everything_there_is() {
    use oxygen::dispatch::{Amount, Basis, Minutes};
    let mut used = std::collections::BTreeMap::<&str, usize>::new();
    for seed in 0..200 {
        let (problem, plan) = good::good(seed);
        assert_eq!(sound(&problem), Ok(()), "seed {seed}");
        assert!(findings(&problem).iter().all(|flaw| !flaw.refused()), "seed {seed}");
        let faults: Vec<String> = check(&problem, &plan).iter().map(ToString::to_string).collect();
        assert_eq!(faults, Vec::<String>::new(), "seed {seed}: {plan:#?}");
        let mut count = |name, found: bool| *used.entry(name).or_default() += usize::from(found);
        for trip in &plan.trips {
            let land = |site: oxygen::dispatch::SiteNo| problem.places[problem.site(site).place.index()].land;
            count("ferry", trip.stops.iter().any(|stop| land(stop.site) == 1));
            count("several stops", trip.stops.len() > 1);
            count("under way", trip.leaves < Minutes::ZERO);
            count("loan", trip.stops.iter().any(|stop| stop.basis == Basis::Loan));
            count("purchase", trip.stops.iter().any(|stop| stop.basis == Basis::EmergencyPurchase));
            count("liquid", trip.stops.iter().all(|stop| matches!(stop.amount, Amount::Liquid(_))));
            let empties = |amount| matches!(amount, Amount::Cylinders { empty: 1.., .. });
            count("empties", trip.stops.iter().any(|stop| empties(stop.amount)));
        }
    }
    assert!(used.len() == 7 && used.values().all(|count| *count > 25), "{used:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_good_plan_of_any_seed_passes(seed in any::<u64>()) {
        let (problem, plan) = good::good(seed);
        prop_assert_eq!(check(&problem, &plan), []);
    }

    #[test]
    fn a_broken_plan_of_any_seed_is_refused(seed in any::<u64>()) {
        prop_assert_eq!(refused(seed, &mut std::collections::BTreeMap::new()), Ok(()));
    }
}

/// A fault has a sentence and a next step in both languages, and knows all the facts that they need.
fn said(fault: &Fault) -> Result<(), String> {
    for language in [Locale::Vietnamese, Locale::English] {
        let words = locale::sentence(language, fault);
        let text = format!("{} {}", words.sentence, words.next);
        if !locale::knows(language, words.code) || text.contains("{$") || words.next.is_empty() {
            return Err(text);
        }
    }
    Ok(())
}

/// Every mutation of a good plan that can be made is refused with the code of its rule.
fn refused(seed: u64, made: &mut std::collections::BTreeMap<&'static str, usize>) -> Result<(), String> {
    let (problem, plan) = good::good(seed);
    for (number, (name, rule, mutate)) in mutations::all().into_iter().enumerate() {
        let draw = draw::Draw::of(seed ^ (number as u64) << 32);
        let mut case = mutations::Case::new(problem.clone(), plan.clone(), draw);
        if mutate(&mut case).is_none() {
            continue;
        }
        *made.entry(name).or_default() += 1;
        let faults = check(&case.problem, &case.plan);
        if !faults.iter().any(|fault| fault.rule == rule) {
            let found: Vec<String> = faults.iter().map(ToString::to_string).collect();
            return Err(format!("seed {seed}, {name}: not {rule:?}, but {found:?}"));
        }
        faults.iter().try_for_each(|fault| said(fault).map_err(|text| format!("seed {seed}, {name}: {text}")))?;
    }
    Ok(())
}

#[test]
fn every_broken_plan_is_refused_with_its_own_code() {
    let all = mutations::all();
    assert!(all.len() >= 50, "{}", all.len());
    let mut made = std::collections::BTreeMap::new();
    let slips: Vec<String> = (0..80).filter_map(|seed| refused(seed, &mut made).err()).collect();
    assert_eq!(slips, Vec::<String>::new());
    // Every rule has its mutation, and every mutation was made often.
    let rules: std::collections::BTreeSet<Rule> = all.iter().map(|(_, rule, _)| *rule).collect();
    assert_eq!(rules.len(), Rule::ALL.len());
    let seldom: Vec<&str> = all.iter().map(|(name, ..)| *name).filter(|name| made.get(name) < Some(&5)).collect();
    assert_eq!(seldom, Vec::<&str>::new(), "{made:?}");
}
