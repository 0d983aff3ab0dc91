use proptest::prelude::*;
use quantity::{Coded, Span};

use super::*;

fn at(hours: i64, minutes: i64) -> Moment {
    Moment::from_micros(1_795_000_000_000_000 / 3_600_000_000 * 3_600_000_000)
        + Span::hours(hours)
        + Span::minutes(minutes)
}

fn sample(hours: i64, minutes: i64, kg: i64) -> Sample {
    Sample { at: at(hours, minutes), grams: Grams::from_kg(kg) }
}

fn received(hours: i64, minutes: i64, kg: i64) -> Move {
    Move { at: at(hours, minutes), effect: Grams::from_kg(kg), class: MoveClass::Physical }
}

#[test]
fn the_last_sample_of_an_hour_counts_however_late_it_comes() {
    let mut recent = Recent::default();
    recent.observe(sample(1, 50, 900));
    recent.observe(sample(1, 10, 950));
    recent.observe(sample(0, 30, 1_000));
    assert_eq!(recent.samples(), [sample(0, 30, 1_000), sample(1, 50, 900)]);
    recent.observe(sample(1, 50, 880));
    assert_eq!(recent.latest(at(2, 0)), Some(sample(1, 50, 880)), "of two at one moment the lower one");
    assert_eq!(recent.latest(at(1, 0)), Some(sample(0, 30, 1_000)));
    assert_eq!(recent.latest(at(0, 0)), None);
}

#[test]
fn the_newest_48_hours_with_data_are_kept() {
    let mut recent = Recent::default();
    for hour in 0..60 {
        recent.observe(sample(hour * 7, 5, 1_000));
    }
    assert_eq!(recent.samples().len(), HOURS_KEPT);
    assert_eq!(recent.samples()[0].at, at(12 * 7, 5));
    recent.observe(sample(3, 0, 1));
    assert_eq!(recent.samples()[0].at, at(12 * 7, 5), "too old to matter");
}

#[test]
fn movements_are_told_apart_by_what_the_gauge_sees() {
    let mut recent = Recent::default();
    recent.move_(received(2, 0, 500));
    recent.move_(Move { class: MoveClass::Use, ..received(3, 0, -80) });
    recent.move_(Move { class: MoveClass::Book, ..received(3, 0, 40) });
    assert_eq!(recent.physical_between(at(1, 0), at(4, 0)), Grams::from_kg(500));
    assert_eq!(recent.physical_between(at(2, 0), at(4, 0)), Grams::ZERO, "after the first, up to the second");
    assert_eq!(recent.posted_between(at(2, 0), at(3, 0)), Grams::from_kg(80));
    assert_eq!(recent.complete_since(), None);
    for minute in 0..MOVES_KEPT as i64 {
        recent.move_(received(5, minute, 1));
    }
    assert_eq!(recent.complete_since(), Some(at(5, 0)));
}

#[test]
fn the_stored_form_is_small_and_versioned() {
    let mut recent = Recent::default();
    for hour in 0..48 {
        recent.observe(sample(hour, (hour * 17) % 60, 3_000 - hour * 25));
    }
    let bytes = recent.to_bytes();
    assert_eq!(bytes[0], 1);
    assert!(bytes.len() < 500, "{}", bytes.len());
    assert_eq!(Recent::from_bytes(&bytes), Ok(recent));
    assert_eq!(Recent::from_bytes(&[]).map_err(|problem| problem.code()), Err("OXY-023"));
    let later = [&[2], &bytes[1..]].concat();
    assert_eq!(Recent::from_bytes(&later), Err(CorruptRecent));
}

/// A budget, not a benchmark: a million reports must not wait for their summary. The bound is ten
/// times what an optimised build needs, so that a slow test machine does not fail it.
#[test]
fn folding_a_reading_in_is_cheap() {
    let mut recent = Recent::default();
    let started = std::time::Instant::now();
    for minute in 0..100_000 {
        recent.observe(sample(0, minute * 20, 1_000));
    }
    let each = started.elapsed() / 100_000;
    assert_eq!(recent.samples().len(), HOURS_KEPT);
    assert!(each < std::time::Duration::from_micros(10), "{each:?}");
}

/// Few distinct moments and masses, so that ties, full lists and late arrivals all occur.
fn entries() -> impl Strategy<Value = Vec<LedgerEntry>> {
    let class = prop_oneof![Just(MoveClass::Physical), Just(MoveClass::Use), Just(MoveClass::Book)];
    let entry = prop_oneof![
        (0..80_i64, 0..4_i64, 0..4_i64).prop_map(|(hours, quarter, kg)| LedgerEntry::Sample(sample(
            hours,
            quarter * 15,
            kg
        ))),
        (0..80_i64, 0..4_i64, -3..4_i64, class).prop_map(|(hours, quarter, kg, class)| {
            LedgerEntry::Move(Move { class, ..received(hours, quarter * 15, kg) })
        }),
    ];
    proptest::collection::vec(entry, 0..400)
}

/// The definition, word for word, over the whole set at once.
fn by_definition(entries: &[LedgerEntry]) -> (Vec<Sample>, Vec<Move>) {
    let mut hours = std::collections::BTreeMap::new();
    let mut moves = Vec::new();
    for entry in entries {
        match entry {
            LedgerEntry::Sample(sample) => hours.entry(hour_of(sample.at)).or_insert_with(Vec::new).push(*sample),
            LedgerEntry::Move(happened) => moves.push(*happened),
        }
    }
    let last =
        |of_hour: Vec<Sample>| of_hour.into_iter().max_by_key(|sample| (sample.at, Reverse(sample.grams))).unwrap();
    let mut samples: Vec<_> = hours.into_values().map(last).collect();
    samples.drain(..samples.len().saturating_sub(HOURS_KEPT));
    if samples.len() == HOURS_KEPT {
        moves.retain(|happened| happened.at > samples[0].at);
    }
    moves.sort();
    moves.drain(..moves.len().saturating_sub(MOVES_KEPT));
    (samples, moves)
}

proptest! {
    #[test]
    fn any_order_gives_the_same_summary(entries in entries(), seed: u64) {
        let straight = Recent::from_ledger(entries.iter().copied());
        let mut shuffled = entries.clone();
        let mut state = seed | 1;
        for index in (1..shuffled.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            shuffled.swap(index, (state >> 33) as usize % (index + 1));
        }
        prop_assert_eq!(&Recent::from_ledger(shuffled), &straight);

        let (samples, moves) = by_definition(&entries);
        prop_assert_eq!(straight.samples(), samples);
        prop_assert_eq!(straight.moves(), moves);
    }

    #[test]
    fn the_stored_form_is_read_back(entries in entries()) {
        let recent = Recent::from_ledger(entries);
        prop_assert_eq!(Recent::from_bytes(&recent.to_bytes()), Ok(recent));
    }

    #[test]
    fn the_ends_of_the_range_are_stored_too(moments: [i64; 4], masses: [i64; 4]) {
        let lines = moments.into_iter().zip(masses);
        let recent = Recent::from_ledger(lines.flat_map(|(at, mass)| {
            let (at, grams) = (Moment::from_micros(at), Grams(mass));
            [LedgerEntry::Sample(Sample { at, grams }), LedgerEntry::Move(Move { at, effect: grams, class: MoveClass::Use })]
        }));
        prop_assert_eq!(Recent::from_bytes(&recent.to_bytes()), Ok(recent));
    }

    /// Any bytes are refused or are the one form of what they say.
    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..64), form in prop_oneof![Just(1_u8), any::<u8>()], counts: [u8; 2]) {
        let bytes = [vec![form, counts[0] % 4, counts[1] % 4], bytes].concat();
        if let Ok(recent) = Recent::from_bytes(&bytes) {
            prop_assert_eq!(recent.to_bytes(), bytes);
        }
    }

    #[test]
    fn a_flipped_or_missing_byte_never_panics(entries in entries(), index: proptest::sample::Index, flip: u8) {
        let mut bytes = Recent::from_ledger(entries).to_bytes();
        let index = index.index(bytes.len());
        prop_assert!(Recent::from_bytes(&bytes[..index]).is_err());
        bytes[index] ^= flip;
        if let Ok(recent) = Recent::from_bytes(&bytes) {
            prop_assert_eq!(recent.to_bytes(), bytes);
        }
    }
}
