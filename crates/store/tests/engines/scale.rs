//! 100,000 letters and 1,000,000 tasks: how long the questions of the register take, against what each engine's own
//! full text says to the same words (decision 0023). It takes minutes, so it runs when asked for:
//!
//! `cargo test --release -p store --test engines -- --ignored --nocapture scale`
//!
//! `LETTERS` and `TASKS` say how many, `ENGINE` (`sqlite` or `postgres`) on which engine alone.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use place::BodyId;
use quantity::{Id, Span};
use store::finding::{self, Facets, Wanted, Whose, Work};
use store::{Bulk, Connection, StoreError, Value, params, record};

use crate::common::build::{PROVINCE, fresh_id, perform};
use crate::common::{Engine, MORNING, World, raw};

/// Different syllables; about as many as Vietnamese writes.
const SYLLABLES: u64 = 6_500;
/// Words of a letter that are drawn; some 170 different ones stay.
const DRAWN: usize = 400;
const BODIES: u64 = 200;
/// Years that the letters are spread over.
const YEARS: u64 = 6;
const ASKED: usize = 1_000;
/// Letters written one by one at the end.
const WRITTEN: u64 = 200;
/// The kind of the letters' records.
const KIND: &str = "directive";

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

/// What the program keeps of a letter or a task: a row of the ledger `finding`, and of `record`.
#[derive(Default)]
struct Rows {
    finding: Vec<Vec<Value>>,
    record: Vec<Vec<Value>>,
}

impl Rows {
    /// A version of the ledger as `finding::append` writes it; its digest is none, as nothing here reads it.
    fn finds(&mut self, record: Id, place: Option<i64>, change: &serde_json::Value) {
        let digest = vec![0; 16];
        self.finding.push(params![PROVINCE, record, 1_i64, record, MORNING, place, change.to_string(), digest]);
    }

    fn says(&mut self, record: Id, text: &str) {
        let content = serde_json::json!({ "text": text }).to_string();
        let (none, digest) = (None::<Id>, vec![0; 16]);
        let row = params![
            PROVINCE,
            record,
            1_i64,
            record,
            KIND,
            none,
            None::<&str>,
            None::<i64>,
            1_i64,
            MORNING,
            content,
            digest
        ];
        self.record.push(row);
    }

    fn write(&mut self, world: &World) {
        let Self { finding, record } = std::mem::take(self);
        let write = move |transaction: &mut store::Transaction<'_>| {
            for (name, rows) in [("finding", finding), ("record", record)] {
                let table = store::schema::table(name).expect("a table");
                transaction.bulk(&Bulk { table: table.name, columns: &table.columns, conflict: "" }, &rows)?;
            }
            Ok(())
        };
        world.store.write_blocking::<_, StoreError, _>(write).expect("rows");
    }
}

/// The letters and tasks of a province, drawn; the same on both engines but for their keys.
struct Drawn {
    draw: Draw,
    bodies: Vec<BodyId>,
    letters: u64,
}

impl Drawn {
    fn new(letters: u64) -> Self {
        Self { draw: Draw(7), bodies: (0..BODIES).map(|_| BodyId(fresh_id())).collect(), letters }
    }

    /// What letter `number` is found by, and its text.
    fn letter(&mut self, number: u64) -> (Facets, String) {
        let words: Vec<String> = (0..DRAWN).map(|_| self.draw.word()).collect();
        let mut terms: BTreeSet<String> = words.iter().cloned().collect();
        let month = 2019 * 12 + i64::try_from(number * YEARS * 12 / (self.letters + 1)).expect("a month");
        let standing = if self.draw.below(100) == 0 { "withdrawn" } else { "confirmed" };
        terms.extend(["*".into(), "d:in".into(), format!("y:{}", month / 12), format!("s:{standing}")]);
        terms.insert(format!("k:kind{}", self.draw.below(30)));
        terms.extend([format!("n:{number}"), format!("n:{number}/SYT")]);
        let of = self.draw.below(self.letters);
        let links = [(format!("{number}/SYT"), "is".into()), (format!("{of}/SYT"), "implements".into())];
        (Facets { index: Some(("letter", month)), terms, links: links.into(), work: None }, words.join(" "))
    }

    fn work(&mut self, origin: Id) -> Work {
        let stages = ["assigned", "accepted", "under_way", "submitted", "done", "done", "done"];
        let stage = stages[self.draw.below(stages.len() as u64) as usize];
        Work {
            body: Some(self.bodies[self.draw.below(BODIES) as usize]),
            holder: None,
            stage: stage.into(),
            open: stage != "done",
            due_at: Some(MORNING + Span::days(self.draw.below(900) as i64 - 600)),
            origin: Some(origin),
            sums: Vec::new(),
        }
    }
}

/// Fills the ledgers row after row in bulk and has all tables made from them, as after a restore; gives the
/// words of each letter, in the order of entry.
fn fill(world: &World, drawn: &mut Drawn, tasks: u64) -> Vec<String> {
    let letters = drawn.letters;
    let (mut texts, mut rows) = (Vec::new(), Rows::default());
    let (mut place, mut month) = (0, 0);
    let begun = Instant::now();
    for number in 1..=letters {
        let (facets, text) = drawn.letter(number);
        let id = fresh_id();
        let of = facets.index.expect("an index").1;
        place = if of == month { place + 1 } else { of << 20 };
        month = of;
        let change = serde_json::json!({ "index": "letter", "add": facets.terms, "link": facets.links });
        rows.finds(id, Some(place), &change);
        rows.says(id, &text);
        for _ in 0..tasks / letters {
            rows.finds(fresh_id(), None, &serde_json::json!({ "work": [drawn.work(id)] }));
        }
        texts.push(text);
        if number % 2_000 == 0 || number == letters {
            rows.write(world);
        }
    }
    eprintln!("  the ledgers after {:.0} s", begun.elapsed().as_secs_f64());
    world.store.write_blocking::<_, StoreError, _>(store::projection::rebuild_all).expect("tables");
    eprintln!("  the tables made from them after {:.0} s", begun.elapsed().as_secs_f64());
    if world.ground.engine == Engine::Postgres {
        raw::run(&mut world.ground.connect(), "ANALYZE".to_owned(), Vec::new());
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
    let only = std::env::var("ENGINE").unwrap_or_default().to_lowercase();
    for engine in Engine::all() {
        let name = format!("{engine:?}");
        if !name.to_lowercase().starts_with(&only) {
            continue;
        }
        eprintln!("{name}: {letters} letters, {tasks} tasks");
        let world = World::new(engine);
        let mut drawn = Drawn::new(letters);
        let texts = fill(&world, &mut drawn, tasks);
        fill_reference(&world, &texts);
        measure_search(&world);
        measure_pages(&world, letters);
        measure_lists(&world, letters);
        measure_writing(&world, &mut drawn);
    }
}

fn three_words(draw: &mut Draw) -> Vec<Vec<String>> {
    (0..3).map(|_| vec![draw.word()]).collect()
}

/// The search alone, beside the engine's own full text.
fn measure_search(world: &World) {
    let mut draw = Draw(99);
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    let mut connection = world.ground.connect();
    for _ in 0..ASKED {
        let groups = three_words(&mut draw);
        let words = groups.concat();
        let wanted = Wanted { groups, limit: 25, ..Wanted::default() };
        let (time, hits) = timed(|| world.read(|connection| finding::find(connection, PROVINCE, "letter", &wanted)));
        ours.push(time);
        let (time, found) = timed(|| ask_reference(&mut connection, world.ground.engine, &words));
        theirs.push(time);
        assert_eq!(hits.hits.len(), found, "both find the same for {words:?}");
    }
    let ours = tell("search of three words, newest 25, and how many", ours);
    let theirs = tell("the engine's own full text, newest 25", theirs);
    eprintln!("  p99 against the engine's own full text: {:.2}", ours / theirs);
}

/// All that the page of the register asks the store: what is found, the records, years and kinds with how many
/// each has, how many tasks are open, overdue and done.
fn page(world: &World, groups: Vec<Vec<String>>) -> (Duration, usize) {
    let wanted = Wanted { groups, without: vec!["s:withdrawn".into()], limit: 25, ..Wanted::default() };
    timed(|| {
        world.read(|connection| {
            let found = finding::find(connection, PROVINCE, "letter", &wanted)?;
            for hit in &found.hits {
                assert!(record::one(connection, PROVINCE, KIND, hit.record)?.is_some(), "a letter");
            }
            finding::counts_of_terms(connection, PROVINCE, "letter", "y:")?;
            finding::counts_of_terms(connection, PROVINCE, "letter", "k:")?;
            finding::counts_of_work(connection, PROVINCE)?;
            finding::overdue_work(connection, PROVINCE, MORNING)?;
            Ok(found.hits.len())
        })
    })
}

fn measure_pages(world: &World, letters: u64) {
    let mut draw = Draw(5);
    let pages = |what: &str, groups: &mut dyn FnMut(&mut Draw) -> Vec<Vec<String>>, draw: &mut Draw| {
        let (times, found): (Vec<Duration>, Vec<usize>) = (0..ASKED).map(|_| page(world, groups(draw))).unzip();
        assert!(found.iter().any(|found| *found > 0), "{what} finds something");
        tell(what, times);
    };
    pages("page: the first of all", &mut |_| vec![vec!["*".into()]], &mut draw);
    let filtered = &mut |draw: &mut Draw| {
        let year = format!("y:{}", 2019 + draw.below(YEARS));
        let kind = format!("k:kind{}", draw.below(30));
        vec![vec![year], vec![kind], vec![finding::WITH_OPEN_WORK.into()]]
    };
    pages("page: of a year and kind with open tasks", filtered, &mut draw);
    pages("page: three words", &mut three_words, &mut draw);
    let number = &mut |draw: &mut Draw| {
        let number = 1 + draw.below(letters);
        vec![vec![format!("n:{number}/SYT"), number.to_string()]]
    };
    pages("page: a number", number, &mut draw);
}

fn measure_lists(world: &World, letters: u64) {
    let mut draw = Draw(3);
    let terms = (0..ASKED).map(|_| {
        let ask = |begins| world.read(|c| finding::counts_of_terms(c, PROVINCE, "letter", begins));
        timed(|| (ask("y:"), ask("k:"))).0
    });
    tell("sums: letters by year and by kind", terms.collect());
    let sums = (0..ASKED).map(|_| timed(|| world.read(|c| finding::counts_of_work(c, PROVINCE))).0);
    tell("sums: tasks by body and stage", sums.collect());
    let overdue = (0..ASKED).map(|_| timed(|| world.read(|c| finding::overdue_work(c, PROVINCE, MORNING))).0);
    tell("sums: overdue tasks by stage", overdue.collect());
    let bodies = world.read(|c| finding::counts_of_work(c, PROVINCE));
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

/// A letter with ten tasks as the desk writes what they are found by, each in a transaction of its own.
fn measure_writing(world: &World, drawn: &mut Drawn) {
    let letters = drawn.letters;
    let mut taken = Vec::new();
    for number in 0..WRITTEN {
        let (id, (facets, _)) = (fresh_id(), drawn.letter(letters - WRITTEN + number));
        let works: Vec<(Id, Work)> = (0..10).map(|_| (fresh_id(), drawn.work(id))).collect();
        let (time, written) = timed(|| {
            perform(&world.store, PROVINCE, MORNING, move |transaction, content, stamp| {
                finding::append(transaction, content, stamp, (id, 1), &facets)?;
                for (task, work) in works {
                    let facets = Facets { work: Some(work), ..Facets::default() };
                    finding::append(transaction, content, stamp, (task, 1), &facets)?;
                }
                Ok(())
            })
        });
        written.expect("a letter");
        taken.push(time);
    }
    tell("a letter with ten tasks written", taken);
}
