//! A damaged backup is refused whole, and the damage is named (OP03).

use std::io::{Read, Write};
use std::sync::LazyLock;

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use proptest::prelude::*;
use quantity::Coded;
use store::schema::table;
use store::snapshot::{self, Reader};
use store::{Database, StoreError};

use crate::common::{Engine, Ground, World, raw};
use crate::snapshot::{an_empty_one, furnish, place_of, taken};

/// One snapshot for all tests of this file: they only read it.
static SOUND: LazyLock<Sound> = LazyLock::new(|| {
    let world = World::new(Engine::Sqlite);
    furnish(&world);
    let (packed, _) = taken(world.database());
    let mut plain = Vec::new();
    GzDecoder::new(&packed[..]).read_to_end(&mut plain).expect("gzip");
    let report = table("report").expect("reports");
    let row = raw::rows(&mut world.ground.connect(), report).remove(0);
    Sound { packed, plain, first_report: place_of(report, &row) }
});

struct Sound {
    packed: Vec<u8>,
    plain: Vec<u8>,
    first_report: String,
}

fn packed(plain: &[u8]) -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::none());
    gzip.write_all(plain).and_then(|()| gzip.finish()).expect("gzip")
}

fn is_empty(database: &Database) -> bool {
    let mut connection = database.connect().expect("a connection");
    store::schema::tables().iter().all(|table| raw::rows(&mut connection, table).is_empty())
}

fn restore(ground: &Ground, bytes: &[u8]) -> Result<(), StoreError> {
    snapshot::restore(&ground.database, bytes, &mut |_, _| {}).map(|_| ())
}

fn refused(ground: &Ground, bytes: &[u8]) -> Result<(), TestCaseError> {
    let restored = restore(ground, bytes);
    let named = matches!(&restored, Err(StoreError::DamagedSnapshot(place)) if !place.is_empty());
    prop_assert!(named, "{:?}", restored);
    prop_assert!(is_empty(&ground.database), "something was kept");
    Ok(())
}

fn cases(number: u32) -> ProptestConfig {
    ProptestConfig { cases: number, failure_persistence: None, ..ProptestConfig::default() }
}

/// How many cases each engine gets: what is different between them is only how they undo.
fn grounds() -> Vec<(Ground, u32)> {
    let number = |engine| if engine == Engine::Sqlite { 150 } else { 20 };
    Engine::all().into_iter().map(|engine| (an_empty_one(engine), number(engine))).collect()
}

#[test]
fn a_bit_turned_in_what_it_says_is_refused_and_nothing_is_kept() {
    for (ground, number) in grounds() {
        proptest!(cases(number), |(position in any::<prop::sample::Index>(), bit in 0..8_u32)| {
            let mut plain = SOUND.plain.clone();
            let position = position.index(plain.len());
            plain[position] ^= 1 << bit;
            refused(&ground, &packed(&plain))?;
        });
        restore(&ground, &packed(&SOUND.plain)).unwrap();
        assert!(!is_empty(&ground.database), "the sound one is taken");
    }
}

/// Every byte of the first line, of the first rows and of the last end mark.
#[test]
fn no_byte_of_the_beginning_or_the_end_is_unguarded() {
    let length = SOUND.plain.len();
    for position in (0..900).chain(length - 120..length) {
        let mut plain = SOUND.plain.clone();
        plain[position] ^= 0x10;
        let read = Reader::open(&packed(&plain)[..]).and_then(|reader| reader.each(&mut |_, _| Ok(())));
        assert!(matches!(read, Err(StoreError::DamagedSnapshot(_))), "byte {position}: {read:?}");
    }
}

#[test]
fn a_bit_turned_in_the_file_is_refused_and_nothing_is_kept() {
    for (ground, number) in grounds() {
        // The first ten bytes are gzip's own: a date and a system's name that nobody reads.
        proptest!(cases(number), |(position in 10..SOUND.packed.len(), bit in 0..8_u32)| {
            let mut bytes = SOUND.packed.clone();
            bytes[position] ^= 1 << bit;
            // Gzip has a few idle bits between its blocks.
            let mut plain = Vec::new();
            let idle = GzDecoder::new(&bytes[..]).read_to_end(&mut plain).is_ok() && plain == SOUND.plain;
            prop_assume!(!idle);
            refused(&ground, &bytes)?;
        });
    }
}

#[test]
fn a_file_cut_short_is_refused_and_nothing_is_kept() {
    for (ground, number) in grounds() {
        proptest!(cases(number / 4), |(end in 0..SOUND.packed.len())| refused(&ground, &SOUND.packed[..end])?);
        // Only gzip's own sum is missing.
        refused(&ground, &SOUND.packed[..SOUND.packed.len() - 8]).unwrap();
    }
}

#[test]
fn a_file_with_something_behind_its_end_is_refused() {
    let ground = an_empty_one(Engine::Sqlite);
    let mut plain = SOUND.plain.clone();
    plain.push(0);
    refused(&ground, &packed(&plain)).unwrap();
}

#[test]
fn the_damaged_row_is_named() {
    let note = "đồng hồ cũ".as_bytes();
    let position = SOUND.plain.windows(note.len()).position(|window| window == note).unwrap();
    let mut plain = SOUND.plain.clone();
    plain[position + note.len() - 2] ^= 1;
    let read = Reader::open(&packed(&plain)[..]).and_then(|reader| reader.each(&mut |_, _| Ok(())));
    match read {
        Err(error @ StoreError::DamagedSnapshot(_)) => {
            assert_eq!(error.code(), "STO-006");
            let place = error.facts().remove(0).1;
            assert!(place.contains(&SOUND.first_report) || place == "report: first row", "{place}");
        }
        other => panic!("{other:?}"),
    }
}

/// A backup that is not sound cannot show that the database is.
#[test]
fn a_damaged_snapshot_vouches_for_nothing() {
    let ground = an_empty_one(Engine::Sqlite);
    restore(&ground, &SOUND.packed).unwrap();
    let mut plain = SOUND.plain.clone();
    let middle = plain.len() / 2;
    plain[middle] ^= 1;
    let compared = snapshot::compare(&ground.database, &packed(&plain)[..]);
    assert!(matches!(compared, Err(StoreError::DamagedSnapshot(_))), "{compared:?}");
}

#[test]
fn what_is_no_snapshot_or_a_newer_one_is_refused() {
    for bytes in [&b""[..], b"PK\x03\x04 a letter", &packed(b"{}\n"), &packed(&[b'x'; 200_000])] {
        let opened = Reader::open(bytes).map(|_| ());
        assert!(matches!(&opened, Err(StoreError::DamagedSnapshot(place)) if place == "its first line"), "{opened:?}");
    }
    let line = br#"{"format":"bontaicho-snapshot","version":1,"migration":999,"taken_at":0,"tables":[]}"#;
    let mut plain = line.to_vec();
    plain.push(b'\n');
    plain.extend_from_slice(&store::sha256(line)[..16]);
    let newer = Reader::open(&packed(&plain)[..]).map(|_| ());
    assert!(matches!(newer, Err(StoreError::FromTheFuture { found: 999, .. })), "{newer:?}");
}
