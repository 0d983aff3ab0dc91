//! The same chapter and seed give the same story, however it is asked for.

use place::ProvinceId;
use proptest::prelude::*;
use quantity::Span;
use simulate::{Chapter, Event, Scenario};

use crate::common;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Pieces of a span put together are the span.
    #[test]
    fn however_a_span_is_cut(chapter in 0..3_usize, mut cuts in proptest::collection::vec(0.0..1.2_f64, 1..6)) {
        let scenario = common::scenario(Chapter::ALL[chapter], 11);
        let from = scenario.chapter().history_from();
        let length = (scenario.until() - from).as_micros() as f64;
        cuts.sort_by(f64::total_cmp);
        let moments: Vec<_> = cuts.iter().map(|share| from + Span::micros((length * share) as i64)).collect();
        let whole = scenario.events(moments[0], moments[moments.len() - 1]);
        let pieces: Vec<Event> = moments.windows(2).flat_map(|pair| scenario.events(pair[0], pair[1])).cloned().collect();
        prop_assert_eq!(&pieces[..], whole);
    }

    /// A longer scenario begins like a shorter one.
    #[test]
    fn however_long_it_is_made(chapter in 0..3_usize, seed in 0..1_000_u64, days in 1..40_i64, more in 1..40_i64) {
        let chapter = Chapter::ALL[chapter];
        let make = |days| Scenario::new(chapter, seed, ProvinceId::new(1), chapter.opening() + Span::days(days));
        let (short, long) = (make(days), make(days + more));
        prop_assert_eq!(short.province(), long.province());
        let from = chapter.history_from();
        prop_assert_eq!(short.events(from, short.until()), long.events(from, short.until()));
        for known in &short.province().facilities {
            let at = chapter.opening() + Span::minutes(days * 1_111);
            prop_assert_eq!(short.truth(known.facility.id, at), long.truth(known.facility.id, at));
        }
    }
}

#[test]
fn one_seed_one_story_another_seed_another() {
    for chapter in Chapter::ALL {
        let (one, again, other) =
            (common::scenario(chapter, 1), common::scenario(chapter, 1), common::scenario(chapter, 2));
        let all = |scenario: &Scenario| scenario.events(chapter.history_from(), scenario.until()).to_vec();
        assert_eq!(all(&one), all(&again));
        assert_eq!(one.province(), again.province());
        assert_ne!(all(&one), all(&other));
    }
}

/// Each event has its own key; arrivals rise, nothing arrives before it happens, and some are typed
/// hours late.
#[test]
fn events_come_in_the_order_of_their_arrival() {
    for chapter in Chapter::ALL {
        let scenario = common::scenario(chapter, 4);
        let events = scenario.events(chapter.history_from(), scenario.until());
        assert!(events.windows(2).all(|pair| pair[0].recorded_at() <= pair[1].recorded_at()));
        assert!(events.iter().all(|event| event.happened_at() < event.recorded_at()));
        let keys: std::collections::HashSet<_> = events.iter().map(Event::key).collect();
        assert_eq!(keys.len(), events.len());
        let late = events.iter().filter(|event| event.recorded_at() - event.happened_at() > Span::hours(1)).count();
        assert!(late > 0, "{chapter:?}");
        let last = events[events.len() - 1].recorded_at();
        assert!(last > chapter.opening() + Span::days(29), "{chapter:?} ends at {last}");
    }
}
