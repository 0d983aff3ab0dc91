//! What the search finds keeps every rule, and is found again.

use plan::irp::{Instance, IrpProblem, Options, check, solve};
use proptest::prelude::*;

use crate::{SMALL, searched, small};

/// Figures of a customer: place, capacity in days of use, days in stock, use, holding in hundredths.
type Drawn = ((u32, u32), i64, i64, i64, u32);

/// An instance from drawn figures; vehicles with so many hundredths of what is used in a day.
fn drawn(
    customers: &[Drawn],
    days: usize,
    vehicles: usize,
    hundredths: i64,
    depot: u32,
) -> Result<Instance, IrpProblem> {
    let demand: i64 = customers.iter().map(|customer| customer.3).sum();
    let capacity = (demand * hundredths / (100 * vehicles as i64)).max(1);
    let mut text = format!("{} {days} {capacity} {vehicles}\n", customers.len() + 1);
    text += &format!("0 50 50 {} {demand} 0.{depot:02}\n", demand * 2);
    for (number, ((x, y), most, stock, demand, holding)) in (1..).zip(customers) {
        let (stock, most) = (stock.min(most) * demand, most * demand);
        text += &format!("{number} {x} {y} {stock} {most} 0 {demand} 0.{holding:02}\n");
    }
    Instance::read(&text)
}

fn customer() -> impl Strategy<Value = Drawn> {
    ((0u32..100, 0u32..100), 1i64..4, 0i64..3, 1i64..60, 0u32..50)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Loose or tight, the solution passes the checker with the cost that the search believes in; none is found only where
    /// capacity is scarce.
    #[test]
    fn a_solution_keeps_every_rule(
        customers in proptest::collection::vec(customer(), 1..14),
        days in 1usize..7,
        vehicles in 1usize..4,
        hundredths in 110i64..300,
        depot in 0u32..60,
        seed in any::<u64>(),
    ) {
        let Ok(instance) = drawn(&customers, days, vehicles, hundredths, depot) else { return Ok(()) };
        let options = Options { seed, iterations: Some(300), threads: 1 };
        match solve(&instance, &options, &mut |_| false) {
            Ok(outcome) => {
                let total = check(&instance, &outcome.solution.text("any", 0.0));
                prop_assert!(total.as_ref().is_ok_and(|total| (total - outcome.solution.costs.total()).abs() < 1e-6), "{total:?}");
                prop_assert_eq!(outcome.iterations, 300);
            }
            Err(problem) => {
                prop_assert_eq!(&problem, &IrpProblem::NotFound { iterations: 300 });
                prop_assert!(hundredths < 250 || vehicles > 1, "{}: {}", instance, problem);
            }
        }
    }

    /// Same seed and same iterations, same text; however often it is asked whether to stop.
    #[test]
    fn the_same_seed_finds_the_same(
        customers in proptest::collection::vec(customer(), 2..10),
        seed in any::<u64>(),
        iterations in 1u64..400,
        threads in 1usize..3,
    ) {
        let Ok(instance) = drawn(&customers, 4, 2, 200, 30) else { return Ok(()) };
        let found = |options| solve(&instance, &options, &mut |_| false).map(|found| found.solution.text("any", 0.0));
        let options = Options { seed, iterations: Some(iterations), threads };
        prop_assert_eq!(found(options), found(options));
        // Stopped by the outside, the iterations that are named lead to the same solution.
        let mut asked = 0;
        let stopped = solve(&instance, &Options { iterations: None, ..options }, &mut |_| { asked += 1; asked > 3 });
        if let Ok(stopped) = stopped {
            let again = Options { iterations: Some(stopped.iterations), ..options };
            prop_assert_eq!(found(again), Ok(stopped.solution.text("any", 0.0)));
        }
    }
}

#[test]
fn threads_find_no_worse_than_the_first_alone() {
    let instance = small();
    let of = |threads| {
        let options = Options { seed: 3, iterations: Some(64), threads };
        solve(&instance, &options, &mut |_| false).unwrap().solution.costs.total()
    };
    assert!(of(3) <= of(1));
}

#[test]
fn what_sums_allow_and_vehicles_do_not_is_told() {
    // Two that need more than half a vehicle: each gets its own.
    let text = "3 2 10 2\n0 0 0 100 100 0.1\n1 5 0 0 10 0 6 0.1\n2 0 5 0 10 0 10 0.1\n";
    assert!(searched(&Instance::read(text).unwrap(), 1, 50).solution.costs.total() > 0.0);
    // Three need six of ten each day, two vehicles: 18 of 20 by sums, but a vehicle takes one of them only.
    let text = "4 1 10 2\n0 0 0 100 100 0.1\n1 5 0 0 10 0 6 0.1\n2 0 5 0 10 0 6 0.1\n3 5 5 0 10 0 6 0.1\n";
    let options = Options { seed: 1, iterations: Some(500), threads: 1 };
    let problem = solve(&Instance::read(text).unwrap(), &options, &mut |_| false).unwrap_err();
    assert_eq!(problem, IrpProblem::NotFound { iterations: 500 });
}

#[test]
fn nothing_to_deliver_is_a_solution() {
    let text = SMALL.replace(" 30 0.20", " 0 0.20").replace(" 30 0.40", " 0 0.40").replace(" 30 0.10", " 0 0.50");
    let outcome = searched(&Instance::read(&text).unwrap(), 1, 100);
    assert_eq!(outcome.solution.costs.routing, 0);
    assert!(outcome.solution.text("any", 0.0).starts_with("Day 1\nRoute 1: 0 - 0\nRoute 2: 0 - 0\nDay 2\n"));
}
