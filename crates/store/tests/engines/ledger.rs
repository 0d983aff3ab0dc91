//! Readings, movements, counts and reversals in any order: the projections follow the ledgers, and
//! what was known at a moment stays as it was (OX07, DT04).

use std::collections::BTreeSet;

use oxygen::{LedgerEntry, Move, MovementKind, Recent, Sample};
use place::ProvinceId;
use proptest::prelude::*;
use quantity::{Id, Moment, Span};
use store::ledger::{CensusRow, MovementRow, ReadingRow};
use store::projection::{self, CensusState, Latest, StoreState};
use store::series::{self, Horizon};
use store::{Connection, Store, StoreError, audit, integrity};

use crate::common::build::{Tank, seal_all};
use crate::common::{Engine, MORNING, World, on_both_engines};

/// What somebody does, before it has a place and a key.
#[derive(Debug, Clone)]
enum Deed {
    Read {
        at: Moment,
        grams: i64,
    },
    Move {
        at: Moment,
        kind: MovementKind,
        grams: i64,
    },
    Count {
        at: Moment,
        on_mask: u32,
    },
    /// Takes back one of the rows before it, if there is one that still stands.
    Reverse(prop::sample::Index),
}

/// Three days back in steps of twenty minutes: late, early, in one hour and at one moment.
fn a_moment() -> impl Strategy<Value = Moment> {
    (0..216_i64).prop_map(|steps| MORNING - Span::minutes(20 * steps))
}

fn a_deed() -> impl Strategy<Value = Deed> {
    let kind = prop::sample::select(MovementKind::ALL.to_vec());
    prop_oneof![
        6 => (a_moment(), 0..4_i64).prop_map(|(at, tonnes)| Deed::Read { at, grams: tonnes * 1_000_000 }),
        6 => (a_moment(), kind, -2..3_i64).prop_map(|(at, kind, grams)| Deed::Move { at, kind, grams }),
        2 => (a_moment(), 0..3_u32).prop_map(|(at, on_mask)| Deed::Count { at, on_mask }),
        1 => any::<prop::sample::Index>().prop_map(Deed::Reverse),
    ]
}

/// The ledger of one tank as a list in memory: what the database must agree with.
#[derive(Debug, Clone, Default)]
struct Model {
    readings: Vec<ReadingRow>,
    movements: Vec<MovementRow>,
    counts: Vec<CensusRow>,
    reversed: BTreeSet<Id>,
}

/// What a tank and its facility say at a moment.
type Answer = (Option<Latest>, Recent, Option<CensusState>);

impl Model {
    fn stands(&self, id: Id, report: Option<oxygen::ReportId>) -> bool {
        !self.reversed.contains(&id) && report.is_none_or(|report| !self.reversed.contains(&report.0))
    }

    /// Keys that a reversal may name: a row's own, or its report's.
    fn standing(&self) -> Vec<Id> {
        let readings = self.readings.iter().filter(|row| self.stands(row.id.0, row.report));
        let movements = self.movements.iter().filter(|row| self.stands(row.id.0, row.report));
        let counts = self.counts.iter().filter(|row| self.stands(row.id.0, row.report));
        readings
            .map(|row| row.report.map_or(row.id.0, |report| report.0))
            .chain(movements.map(|row| row.id.0))
            .chain(counts.map(|row| row.id.0))
            .collect()
    }

    fn answer(&self, at: Moment) -> Answer {
        let readings = self.readings.iter().filter(|row| row.happened_at <= at && self.stands(row.id.0, row.report));
        let movements = self.movements.iter().filter(|row| row.happened_at <= at && self.stands(row.id.0, row.report));
        let counts = self.counts.iter().filter(|row| row.happened_at <= at && self.stands(row.id.0, row.report));
        let latest = readings.clone().max_by_key(|row| (row.happened_at, row.id)).map(|row| Latest {
            happened_at: row.happened_at,
            reading: row.id,
            grams: row.grams,
            made_per_hour: row.made_per_hour,
            counts: row.counts,
            typed_text: row.typed.as_ref().map(|typed| typed.text.clone()),
            unit: row.typed.as_ref().map(|typed| typed.unit.code().to_owned()),
            source: row.source.to_owned(),
        });
        let samples = readings.map(|row| LedgerEntry::Sample(Sample { at: row.happened_at, grams: row.grams }));
        let moves = movements.map(|row| {
            let kind = MovementKind::from_code(row.kind).expect("a kind");
            LedgerEntry::Move(Move { at: row.happened_at, effect: row.grams, class: kind.class() })
        });
        let census = counts.max_by_key(|row| (row.happened_at, row.id)).map(|row| CensusState {
            facility: row.facility,
            happened_at: row.happened_at,
            census: row.id,
            by_device: row.by_device,
            waiting: row.waiting,
            source: row.source.to_owned(),
        });
        (latest, Recent::from_ledger(samples.chain(moves)), census)
    }
}

/// Does the deeds in one transaction, each an operation of its own, and keeps the model beside.
fn act(store: &Store, tank: Tank, mut model: Model, deeds: Vec<Deed>, recorded_at: Moment) -> Model {
    let acted: Result<Model, StoreError> = store.write_blocking(move |transaction| {
        for deed in deeds {
            match deed {
                Deed::Read { at, grams } => {
                    let row = tank.reading(at, grams);
                    tank.told(transaction, recorded_at, &row)?;
                    model.readings.push(row);
                }
                Deed::Move { at, kind, grams } => {
                    let row = tank.movement(at, kind, grams);
                    tank.shifted(transaction, recorded_at, &row)?;
                    model.movements.push(row);
                }
                Deed::Count { at, on_mask } => {
                    let row = tank.census(at, on_mask);
                    tank.counted(transaction, recorded_at, &row)?;
                    model.counts.push(row);
                }
                Deed::Reverse(which) => {
                    let standing = model.standing();
                    if !standing.is_empty() {
                        let target = standing[which.index(standing.len())];
                        tank.reversed(transaction, recorded_at, target)?;
                        model.reversed.insert(target);
                    }
                }
            }
        }
        Ok(model)
    });
    acted.expect("deeds")
}

fn ask(connection: &mut Connection, tank: Tank, horizon: Horizon) -> Result<Answer, StoreError> {
    let (latest, recent) = series::store_at(connection, tank.province, tank.store, horizon)?;
    let census = series::census_at(connection, tank.province, tank.facility, horizon)?;
    Ok((latest, recent, census))
}

fn projected(world: &World, tank: Tank) -> Answer {
    let states = world.read(|connection| projection::of_facility(connection, tank.province, tank.facility));
    let StoreState { latest, recent, .. } = states.into_iter().next().unwrap_or(StoreState {
        store: tank.store,
        facility: tank.facility,
        latest: None,
        recent: Recent::default(),
    });
    let censuses = world.read(|connection| projection::censuses(connection, tank.province));
    (latest, recent, censuses.into_iter().find(|census| census.facility == tank.facility))
}

fn moments() -> impl Iterator<Item = Moment> {
    [0, 1, 59, 60, 61, 600, 2_000, 4_000, 5_000].into_iter().map(|minutes| MORNING - Span::minutes(minutes))
}

fn last_seal(world: &World, province: ProvinceId) -> i64 {
    seal_all(&world.store, province);
    world.read(|connection| audit::known_at(connection, province, Moment::from_micros(i64::MAX)))
}

/// Each case has a province of its own in a database that many cases share.
fn a_new_tank(world: &World) -> Tank {
    let next = world
        .read(|connection| connection.query_one("SELECT COALESCE(MAX(province), 0) + 1 FROM oxygen_store", Vec::new()));
    Tank::new(&world.store, ProvinceId::new(next.expect("a row").get(0).expect("a number")))
}

fn cases(number: u32) -> ProptestConfig {
    ProptestConfig { cases: number, failure_persistence: None, ..ProptestConfig::default() }
}

/// The projections and every answer for a moment agree with the list in memory.
fn agrees(world: &World, deeds: Vec<Deed>) -> Result<(), TestCaseError> {
    let tank = a_new_tank(world);
    let model = act(&world.store, tank, Model::default(), deeds, MORNING);
    let now = world.read(|connection| ask(connection, tank, Horizon::now(MORNING)));
    prop_assert_eq!(&now, &model.answer(MORNING), "from the ledgers, on {:?}", world.ground.engine);
    prop_assert_eq!(&projected(world, tank), &now, "the projection, on {:?}", world.ground.engine);
    for at in moments() {
        let then = world.read(|connection| ask(connection, tank, Horizon::now(at)));
        prop_assert_eq!(then, model.answer(at), "at {}", at);
    }
    let found = integrity::check(world.database()).expect("a check");
    prop_assert!(found.is_well(), "{:?}", found);
    Ok(())
}

#[test]
fn projections_are_what_the_ledgers_say() {
    on_both_engines(|world| {
        proptest!(cases(24), |(deeds in prop::collection::vec(a_deed(), 0..60))| agrees(world, deeds)?);
    });
}

/// Enough readings and movements that the summaries are full and begin to forget.
#[test]
fn projections_are_what_the_ledgers_say_when_summaries_are_full() {
    on_both_engines(|world| {
        proptest!(cases(4), |(deeds in prop::collection::vec(a_deed(), 300..400))| agrees(world, deeds)?);
    });
}

fn knows_what_it_knew(world: &World, parts: Vec<Vec<Deed>>) -> Result<(), TestCaseError> {
    let tank = a_new_tank(world);
    let mut model = Model::default();
    let mut answered: Vec<(Horizon, Answer)> = Vec::new();
    for (index, deeds) in parts.into_iter().enumerate() {
        model = act(&world.store, tank, model, deeds, MORNING + Span::minutes(index as i64));
        let known = Some(last_seal(world, tank.province));
        answered.extend(moments().map(|at| (Horizon { at, known }, model.answer(at))));
        for (horizon, answer) in &answered {
            let again = world.read(|connection| ask(connection, tank, *horizon));
            prop_assert_eq!(&again, answer, "{:?} on {:?}", horizon, world.ground.engine);
        }
    }
    Ok(())
}

/// DT04 «như đã biết lúc …»: what comes later changes nothing in it, not even a reversal.
#[test]
fn what_was_known_stays_as_it_was() {
    on_both_engines(|world| {
        let parts = prop::collection::vec(prop::collection::vec(a_deed(), 0..25), 1..4);
        proptest!(cases(12), |(parts in parts)| knows_what_it_knew(world, parts)?);
    });
}

#[test]
fn a_row_is_taken_back_only_once() {
    on_both_engines(|world| {
        let tank = a_new_tank(world);
        let wrong = tank.tell(&world.store, MORNING, MORNING, 5);
        let take_back = || world.store.write_blocking(move |transaction| tank.reversed(transaction, MORNING, wrong.0));
        assert!(take_back().is_ok());
        assert!(matches!(take_back(), Err(StoreError::Sqlite(_) | StoreError::Postgres(_))));
        assert_eq!(projected(world, tank), (None, Recent::default(), None));
        assert!(integrity::check(world.database()).unwrap().is_well());
    });
}

/// An import takes the same way as a form.
#[test]
fn readings_in_bulk_are_readings() {
    for engine in Engine::all() {
        let world = World::new(engine);
        let tank = a_new_tank(&world);
        let rows: Vec<ReadingRow> =
            (0..200).map(|hour| tank.reading(MORNING - Span::hours(hour), hour * 1_000)).collect();
        let imported: Result<(), StoreError> =
            crate::common::build::perform(&world.store, tank.province, MORNING, move |transaction, content, stamp| {
                let mut states = projection::States::of_province(transaction, tank.province)?;
                rows.iter().for_each(|row| states.observe(tank.facility, row));
                store::ledger::append_readings(transaction, content, stamp, &rows)?;
                states.save(transaction, tank.province)
            });
        imported.unwrap();
        let day = world.read(|connection| {
            series::readings(connection, tank.province, tank.store, MORNING - Span::days(1), MORNING)
        });
        assert_eq!(day.len(), 24, "the end is not included");
        assert!(day.is_sorted_by_key(|sample| sample.at));
        assert!(integrity::check(world.database()).unwrap().is_well());
    }
}
