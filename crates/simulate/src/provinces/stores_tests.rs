use oxygen::dispatch::{Authority, Class, Cylinders, Liquid, PlaceNo, Rack, Tank};
use proptest::prelude::*;

use super::*;

fn site(stock: i64, holds: i64, full: u32, empty: u32, room: u32) -> Site {
    Site {
        name: String::new(),
        place: PlaceNo(0),
        class: Class::Usual,
        patient_day: Grams(15_000),
        tank: Some(Tank {
            stock: Grams(stock),
            holds: Grams(holds),
            smallest_lot: Grams(1),
            owner: None,
            consent: Vec::new(),
        }),
        rack: Some(Rack { size: VesselSpec::LITRES_40, full, empty, room, owner: None, consent: Vec::new() }),
        reserve: Grams::ZERO,
        unloads: Vec::new(),
        unloading: Minutes(30),
        road: 3,
        authority: Authority::Order,
    }
}

fn yard() -> Yard {
    Yard::of(&Source {
        name: String::new(),
        place: PlaceNo(0),
        liquid: Some(Liquid { stock: Grams(1_000_001), made: vec![Grams(777_777); 5] }),
        cylinders: vec![Cylinders { size: VesselSpec::LITRES_40, full: 10, empty: 7, fills: 31 }],
        loads: Vec::new(),
        loading: Minutes(30),
        released: Some(Minutes::ZERO),
        lender: None,
    })
}

proptest! {
    /// Taken in one go or in many, a day's need is the same to the gram, and what is unmet is what was not there.
    #[test]
    fn a_day_is_a_day_however_it_is_cut(
        stock in 0_i64..3_000_000, full in 0_u32..20, net in 0_i64..2_000_000, cuts in prop::collection::vec(1_i32..4_000, 0..12),
    ) {
        let mut whole = Store::of(&site(stock, 3_000_000, full, 5, 40));
        let mut parts = whole.clone();
        let before = whole.parts();
        let mut lacked = [0_i64; 2];
        let mut cuts = cuts;
        cuts.sort_unstable();
        cuts.push(4_000);
        for cut in cuts {
            parts.advance(Minutes(cut), |day| net + day as i64, |_, unmet| lacked[0] += unmet);
        }
        whole.advance(Minutes(4_000), |day| net + day as i64, |_, unmet| lacked[1] += unmet);
        prop_assert_eq!(&whole, &parts);
        prop_assert_eq!(lacked[0], lacked[1]);
        let needed = (0..4_000_i64).map(|minute| net + minute / PARTS).sum::<i64>();
        prop_assert_eq!(before - whole.parts() + lacked[0], needed);
        prop_assert!(whole.tank >= 0 && whole.rack >= 0 && lacked[0] >= 0);
    }

    /// What is put in is what is there more, and neither tank nor rack holds more than it can.
    #[test]
    fn only_what_fits_is_put_in(
        stock in 0_i64..3_000_000, full in 0_u32..20, empty in 0_u32..15, room in 35_u32..50,
        grams in 0_i64..5_000_000, brought in 0_u32..60, taken in 0_u32..60,
    ) {
        let mut store = Store::of(&site(stock, 3_000_000, full, empty, room));
        let before = store.clone();
        let (fits, _) = store.put(Amount::Liquid(Grams(grams)));
        prop_assert_eq!(store.tank - before.tank, fits);
        prop_assert!(store.tank <= 3_000_000 * PARTS && fits <= grams * PARTS);
        let swap = Amount::Cylinders { size: VesselSpec::LITRES_40, full: brought, empty: taken };
        let (fits, gone) = store.put(swap);
        prop_assert_eq!(store.shells, before.shells + fits - gone);
        prop_assert_eq!(store.rack - before.rack, fits * store.content);
        prop_assert!(store.shells <= i64::from(room) && store.empties() >= 0);
        prop_assert!(fits <= i64::from(brought) && gone <= i64::from(taken.min(empty)));
    }

    /// Shells are neither made nor lost by filling; what was made is what is there more.
    #[test]
    fn a_yard_makes_what_it_says(cuts in prop::collection::vec(1_i32..7_000, 1..10), from in 0_i32..6_000, length in 1_i32..900) {
        let out = [Window::new(Minutes(from), Minutes(from + length))];
        let (mut yard, before) = (yard(), yard().parts());
        let mut cuts = cuts;
        cuts.sort_unstable();
        for cut in &cuts {
            yard.advance(Minutes(*cut), &out);
            let bay = &yard.bays[0];
            prop_assert_eq!(bay.full + bay.empty, 17 * PARTS);
            prop_assert!(bay.empty >= 0);
            prop_assert_eq!(yard.parts(), before + yard.all_made);
        }
        let last = Minutes(*cuts.last().expect("one at least"));
        let mut at_once = super::tests::yard();
        at_once.advance(last, &out);
        prop_assert_eq!(at_once, yard);
    }
}

#[test]
fn while_it_is_out_nothing_is_made() {
    let mut yard = yard();
    yard.advance(Minutes::DAY, &[Window::new(Minutes(-100), Minutes(5_000))]);
    assert_eq!(yard.all_made, 0);
    yard.advance(Minutes::days(5), &[Window::new(Minutes(-100), Minutes(5_000))]);
    assert_eq!(yard.liquid, 1_000_001 * PARTS + 777_777 * i64::from((Minutes::days(5) - Minutes(5_000)).0));
}
