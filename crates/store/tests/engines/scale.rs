//! 100,000 letters and 1,000,000 tasks: how long the questions of the register take, against what each engine's own
//! full text says to the same words (decision 0023). It takes minutes, so it runs when asked for:
//!
//! `cargo test --release -p store --test engines -- --ignored --nocapture scale`

use std::time::{Duration, Instant};

use place::BodyId;
use quantity::{Id, Moment, Span};
use store::finding::{self, Facets, Wanted, Whose, Work};
use store::{Connection, Store, StoreError, Value, params};

use crate::common::build::{PROVINCE, fresh_id, perform_in};
use crate::common::{Engine, Ground, MORNING, World, raw};

/// Different syllables; about as many as Vietnamese writes.
const SYLLABLES: u64 = 6_500;
/// Words of a letter that are drawn; some 170 different ones stay.
const DRAWN: usize = 400;
const BODIES: u64 = 200;
const ASKED: usize = 400;

/// Numbers that look random and are the same in every run.
struct Draw(u64);

impl Draw {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    /// Few words are frequent and most are rare, as in every language: rank r about as often as 1/r.
    fn word(&mut self) -> String {
        let unit = (self.next() % 1_000_000) as f64 / 1_000_000.0;
        format!("w{}", ((SYLLABLES as f64).powf(unit) - 1.0) as u64)
    }
}

fn size(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

fn percentile(times: &mut [Duration], of_hundred: usize) -> f64 {
    times.sort_unstable();
    times[(times.len() * of_hundred / 100).min(times.len() - 1)].as_secs_f64() * 1e3
}

fn tell(what: &str, mut times: Vec<Duration>) -> f64 {
    let (half, most) = (percentile(&mut times, 50), percentile(&mut times, 99));
    eprintln!("  {what:<44} p50 {half:>8.3} ms   p99 {most:>8.3} ms");
    most
}

/// A letter with its tasks.
type Made = (Id, Facets, Vec<(Id, Facets)>);

/// Writes letters and tasks as the desk would; gives the words of each letter, in the order of entry.
fn fill(world: &World, letters: u64, tasks: u64) -> Vec<String> {
    let mut texts = Vec::new();
    let mut draw = Draw(7);
    let bodies: Vec<BodyId> = (0..BODIES).map(|_| BodyId(fresh_id())).collect();
    let stages = ["assigned", "accepted", "under_way", "submitted", "done", "done", "done"];
    let begun = Instant::now();
    let (mut left, mut number) = (letters, 0);
    while left > 0 {
        let now = left.min(500);
        left -= now;
        let mut made: Vec<Made> = Vec::new();
        for _ in 0..now {
            number += 1;
            let id = fresh_id();
            let words: Vec<String> = (0..DRAWN).map(|_| draw.word()).collect();
            let mut terms: std::collections::BTreeSet<String> = words.iter().cloned().collect();
            let month = 2021 * 12 + i64::try_from(number * 36 / letters).expect("a month");
            terms.extend(["*".into(), "d:in".into(), format!("y:{}", month / 12), "s:confirmed".into()]);
            terms.insert(format!("n:{number}"));
            let links =
                [(format!("{number}/SYT"), "is".into()), (format!("{}/SYT", draw.below(letters)), "implements".into())];
            let facets = Facets { index: Some(("letter", month)), terms, links: links.into(), work: None };
            let of_it = (0..tasks / letters).map(|_| {
                let stage = stages[draw.below(stages.len() as u64) as usize];
                let work = Work {
                    body: Some(bodies[draw.below(BODIES) as usize]),
                    holder: None,
                    stage: stage.into(),
                    open: stage != "done",
                    due_at: Some(MORNING + Span::days(draw.below(900) as i64 - 600)),
                    origin: Some(id),
                };
                (fresh_id(), Facets { work: Some(work), ..Facets::default() })
            });
            let of_it = of_it.collect();
            made.push((id, facets, of_it));
            texts.push(words.join(" "));
        }
        world
            .store
            .write_blocking::<_, StoreError, _>(move |transaction| {
                perform_in(transaction, PROVINCE, MORNING, |transaction, content, stamp| {
                    for (id, facets, works) in made {
                        finding::append(transaction, content, stamp, (id, 1), &facets)?;
                        for (work, facets) in works {
                            finding::append(transaction, content, stamp, (work, 1), &facets)?;
                        }
                    }
                    Ok(())
                })
            })
            .expect("letters");
        if number % 10_000 == 0 {
            eprintln!("  {number} letters after {:.0} s", begun.elapsed().as_secs_f64());
        }
    }
    texts
}

/// What the engine itself has for full text, over the same words.
fn fill_reference(world: &World, texts: &[String]) {
    let mut connection = world.ground.connect();
    let (made, into) = match world.ground.engine {
        Engine::Sqlite => (
            // FTS5 names its key `rowid`.
            "CREATE VIRTUAL TABLE reference_text USING fts5(words, content='', tokenize='unicode61')",
            "INSERT INTO reference_text (rowid, words) VALUES (?1, ?2)",
        ),
        Engine::Postgres => (
            "CREATE TABLE reference_text (id BIGINT PRIMARY KEY, words TEXT, found TSVECTOR
                GENERATED ALWAYS AS (to_tsvector('simple', words)) STORED)",
            "INSERT INTO reference_text (id, words) VALUES (?1, ?2)",
        ),
    };
    raw::run(&mut connection, made.to_owned(), Vec::new());
    raw::run(&mut connection, "BEGIN".to_owned(), Vec::new());
    for (place, text) in texts.iter().enumerate() {
        let row = params![place as i64 + 1, text.as_str()];
        connection.write(into, row).expect("a text");
        if place % 500 == 499 {
            connection.flush().expect("texts");
        }
    }
    raw::run(&mut connection, "COMMIT".to_owned(), Vec::new());
    if world.ground.engine == Engine::Postgres {
        let index = "CREATE INDEX reference_found ON reference_text USING gin (found)";
        raw::run(&mut connection, index.to_owned(), Vec::new());
        raw::run(&mut connection, "ANALYZE".to_owned(), Vec::new());
    }
}

/// The same on the other engine, as a move from one to the other does it: a snapshot, restored.
fn moved(world: &World) -> World {
    let mut snapshot = Vec::new();
    store::snapshot::take(world.database(), &mut snapshot, MORNING, &mut |_, _| ()).expect("a snapshot");
    let ground = Ground::new(Engine::Postgres);
    store::migrate::migrate(&ground.database, MORNING).expect("a migration");
    let (time, ()) = timed(|| {
        store::snapshot::restore(&ground.database, snapshot.as_slice(), &mut |_, _| ()).map(drop).expect("a restore");
    });
    eprintln!("  restored and its tables made anew in {:.0} s", time.as_secs_f64());
    World { store: Store::open(&ground.database, 4).expect("a store"), ground }
}

fn ask_reference(connection: &mut Connection, engine: Engine, words: &[String]) -> usize {
    let (sql, asked) = match engine {
        Engine::Sqlite => (
            "SELECT rowid FROM reference_text WHERE reference_text MATCH ?1 ORDER BY rowid DESC LIMIT 25",
            words.join(" "),
        ),
        Engine::Postgres => (
            "SELECT id FROM reference_text WHERE found @@ to_tsquery('simple', ?1) ORDER BY id DESC LIMIT 25",
            words.join(" & "),
        ),
    };
    connection.query(sql, vec![Value::Text(asked)]).expect("an answer").len()
}

fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let begun = Instant::now();
    let done = work();
    (begun.elapsed(), done)
}

#[test]
#[ignore = "takes minutes; a measurement"]
fn scale_of_the_register() {
    let (letters, tasks) = (size("LETTERS", 100_000), size("TASKS", 1_000_000));
    let first = World::new(Engine::Sqlite);
    let texts = fill(&first, letters, tasks);
    measure(&first, &texts);
    if Engine::all().contains(&Engine::Postgres) {
        measure(&moved(&first), &texts);
    }
}

fn measure(world: &World, texts: &[String]) {
    let (engine, letters) = (world.ground.engine, texts.len() as u64);
    eprintln!("{engine:?}");
    fill_reference(world, texts);
    let mut draw = Draw(99);
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    let mut connection = world.ground.connect();
    for _ in 0..ASKED {
        let words: Vec<String> = (0..3).map(|_| draw.word()).collect();
        let wanted =
            Wanted { groups: words.iter().map(|word| vec![word.clone()]).collect(), limit: 25, ..Wanted::default() };
        let (time, hits) = timed(|| world.read(|connection| finding::find(connection, PROVINCE, "letter", &wanted)));
        ours.push(time);
        let (time, found) = timed(|| ask_reference(&mut connection, engine, &words));
        theirs.push(time);
        assert_eq!(hits.hits.len(), found, "both find the same for {words:?}");
    }
    let ours = tell("three words, newest 25, and how many", ours);
    let theirs = tell("the engine's own full text, newest 25", theirs);
    eprintln!("  p99 against the engine's own full text: {:.2}", ours / theirs);
    let page = |wanted: Wanted| {
        (0..ASKED)
            .map(|_| timed(|| world.read(|c| finding::find(c, PROVINCE, "letter", &wanted))).0)
            .collect::<Vec<_>>()
    };
    let every = Wanted { groups: vec![vec!["*".into()]], limit: 25, ..Wanted::default() };
    tell("first page of the register", page(every.clone()));
    let open =
        Wanted { groups: vec![vec!["*".into()], vec![finding::WITH_OPEN_WORK.into()], vec!["y:2022".into()]], ..every };
    tell("letters of a year with open tasks", page(open));
    let counts = (0..ASKED).map(|_| timed(|| world.read(|c| finding::counts_of_work(c, PROVINCE, MORNING))).0);
    tell("tasks of every body: open, overdue, done", counts.collect());
    let late: Moment = MORNING;
    let bodies = world.read(|c| finding::counts_of_work(c, PROVINCE, late));
    let lists =
        bodies.iter().cycle().take(ASKED).map(|count| {
            timed(|| world.read(|c| finding::list(c, PROVINCE, &Whose::Body(count.body, true), None, 50))).0
        });
    tell("a body's open tasks, the next 50 by day", lists.collect());
    let links = (0..ASKED).map(|_| {
        let target = format!("{}/SYT", draw.below(letters));
        timed(|| world.read(|c| finding::of_target(c, PROVINCE, &target, 200))).0
    });
    tell("who names a number", links.collect());
}
