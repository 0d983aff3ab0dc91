//! The checker refuses every kind of broken solution, by its code.

use plan::irp::check;
use proptest::prelude::*;
use quantity::Coded as _;

use crate::{searched, small};

/// Made by hand: customers 1 and 3 have enough for day 1, the other for days 1 and 2.
const SOUND: &str = "Day 1\n\
    Route 1: 0 - 0\n\
    Route 2: 0 - 0\n\
    Day 2\n\
    Route 1: 0 - 1 ( 30 ) - 3 ( 60 ) - 0\n\
    Route 2: 0 - 0\n\
    Day 3\n\
    Route 1: 0 - 1 ( 30 ) - 0\n\
    Route 2: 0 - 2 ( 30 ) - 0\n\
    260\n\
    15.00\n\
    360.00\n\
    635.00\n\
    any processor\n\
    0.10\n";

#[test]
fn costs_are_those_counted_by_hand() {
    // Routes 30 + 40 + 50, 30 + 30, 40 + 40. What is left: the second customer's 30 on day 1 at 0.4, the third's 30 on day 2
    // at 0.1; the depot's 300 + 90, 390 - 90 + 90, 390 - 60 + 90 at 0.3.
    assert_eq!(check(&small(), SOUND), Ok(260.0 + 12.0 + 3.0 + 360.0));
}

fn refusal(text: &str) -> &'static str {
    check(&small(), text).map_or_else(|problem| problem.code(), |_| "sound")
}

#[test]
fn broken_solutions_are_refused_by_code() {
    assert_eq!(refusal(SOUND), "sound");
    let with = |old: &str, new: &str| {
        assert!(SOUND.contains(old), "{old}");
        SOUND.replacen(old, new, 1)
    };
    for (text, code) in [
        (String::new(), "IRP-101"),
        (with("Day 2", "Day 3"), "IRP-101"),
        (with("Day 2\n", ""), "IRP-103"),
        (with("Route 2: 0 - 0\nDay 2", "Route 3: 0 - 0\nDay 2"), "IRP-101"),
        (with("0 - 1 ( 30 ) - 0", "0 - 1 ( 30 )"), "IRP-101"),
        (with("0 - 1 ( 30 ) - 0", "0 - 1 - 0"), "IRP-101"),
        (with("0 - 1 ( 30 ) - 0", "1 ( 30 ) - 0"), "IRP-101"),
        (with("260", "far"), "IRP-101"),
        (with("0.10", "-1"), "IRP-101"),
        (with("any processor\n0.10\n", ""), "IRP-101"),
        (with("( 60 )", "( -60 )"), "IRP-102"),
        (with("( 60 )", "( 0 )"), "IRP-102"),
        (with("( 60 )", "( 59.5 )"), "IRP-102"),
        (with("( 60 )", "( 99999999999999999999 )"), "IRP-102"),
        (with("Route 2: 0 - 0\nDay 2", "Route 2: 0 - 0\nRoute 3: 0 - 0\nDay 2"), "IRP-103"),
        (with("3 ( 60 )", "4 ( 60 )"), "IRP-104"),
        (with("3 ( 60 )", "0 ( 60 )"), "IRP-104"),
        (with("2 ( 30 ) - 0", "2 ( 30 ) - 1 ( 1 ) - 0"), "IRP-105"),
        (with("1 ( 30 ) - 3 ( 60 )", "1 ( 50 ) - 3 ( 60 )"), "IRP-106"),
        (with("3 ( 60 )", "3 ( 91 )"), "IRP-107"),
        (with("3 ( 60 )", "3 ( 9223372036854775807 )"), "IRP-107"),
        (with("3 ( 60 )", "3 ( 59 )"), "IRP-108"),
        (with("Route 2: 0 - 2 ( 30 ) - 0", "Route 2: 0 - 0"), "IRP-108"),
        (with("260", "261"), "IRP-110"),
        (with("15.00", "14.00"), "IRP-110"),
        (with("635.00", "NaN"), "IRP-110"),
    ] {
        assert_eq!(refusal(&text), code, "{text}");
    }
    // A depot that has nothing when both are filled.
    let poor = plan::irp::Instance::read(&crate::SMALL.replacen("300 90", "60 90", 1)).unwrap();
    let early = SOUND.replacen("Route 1: 0 - 0", "Route 1: 0 - 3 ( 60 ) - 1 ( 30 ) - 0", 1);
    assert_eq!(check(&poor, &early).unwrap_err().code(), "IRP-109");
}

proptest! {
    /// One quantity more or less than the search has chosen is refused, or it is told that the costs are not these.
    #[test]
    fn a_changed_quantity_never_passes(seed in 0u64..20, which in 0usize..6, more in prop_oneof![-40i64..0, 1i64..40]) {
        let (instance, mut solution) = (small(), searched(&small(), seed, 40).solution);
        let mut stops: Vec<_> = solution.days.iter_mut().flatten().flatten().collect();
        let count = stops.len();
        stops[which % count].quantity += more;
        prop_assert!(check(&instance, &solution.text("any", 0.0)).is_err());
    }

    /// Whatever stands in the text: a cost or a code, never a panic.
    #[test]
    fn any_text_is_judged(text in "\\PC{0,60}", at in 0usize..200) {
        let mut changed = SOUND.to_owned();
        changed.insert_str(at.min(changed.len()), &text);
        prop_assert_ne!(refusal(&changed), "");
        prop_assert_ne!(refusal(&text), "sound");
    }
}
