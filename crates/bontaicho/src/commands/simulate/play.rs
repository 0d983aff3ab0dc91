//! Plays every policy on every path of every province, on as many threads as told; the threads decide nothing but the
//! order of the work.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use simulate::provinces::rule::{First, tuned};
use simulate::provinces::{Asked, Play, Province, Score, Shape};

/// Who makes the plans.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Maker {
    /// The search of crate `plan`.
    Plan,
    /// A rule of the war room.
    Rule(First),
}

impl Maker {
    /// As it is written on the command line.
    pub fn code(self) -> &'static str {
        match self {
            Self::Plan => "plan",
            Self::Rule(first) => first.code(),
        }
    }

    /// Of a name on the command line.
    pub fn of(name: &str) -> Option<Self> {
        let rule = First::ALL.into_iter().find(|first| first.code() == name).map(Self::Rule);
        if name == "plan" { Some(Self::Plan) } else { rule }
    }
}

/// How long a search may be at a decision.
#[derive(Clone, Copy, Debug)]
pub enum Search {
    /// So long.
    For(Duration),
    /// So many tries, however long they take: the same plans on every machine.
    Tries(u64),
}

/// What is played.
pub struct Plan {
    pub seed: u64,
    pub provinces: usize,
    pub paths: usize,
    pub makers: Vec<Maker>,
    pub search: Search,
    pub play: Play,
    pub threads: usize,
}

/// One policy on one path.
#[derive(Clone, Debug, Default)]
pub struct Played {
    pub score: Score,
    /// In the policy alone, all decisions together.
    pub time: Duration,
    pub decisions: u32,
    pub longest: Duration,
    /// Tries of a search, all decisions together.
    pub tries: u64,
}

/// A province with what every policy did on each of its paths.
pub struct OfProvince {
    pub seed: u64,
    pub shape: Shape,
    pub vehicles: usize,
    /// By maker, then by path.
    pub played: Vec<Vec<Played>>,
}

impl Plan {
    /// The seed of a province.
    fn seed_of(&self, number: usize) -> u64 {
        self.seed.wrapping_mul(1_000_003).wrapping_add(number as u64)
    }

    /// Plays everything. `seen` is told how many paths are over.
    pub fn run(&self, seen: &(dyn Fn(usize) + Sync)) -> Vec<OfProvince> {
        let provinces: Vec<(Shape, Province)> = (0..self.provinces)
            .map(|number| {
                let shape = Shape::of(self.seed, number);
                (shape, Province::draw(self.seed_of(number), shape))
            })
            .collect();
        let (next, over) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let found: Mutex<Vec<(usize, usize, Vec<Played>)>> = Mutex::new(Vec::new());
        std::thread::scope(|scope| {
            for _ in 0..self.threads.max(1) {
                scope.spawn(|| {
                    loop {
                        let item = next.fetch_add(1, Ordering::Relaxed);
                        let (number, path) = (item / self.paths, item % self.paths);
                        let Some((_, province)) = provinces.get(number) else { break };
                        let played: Vec<Played> =
                            self.makers.iter().map(|maker| self.one(province, path as u64, *maker)).collect();
                        if let Ok(mut found) = found.lock() {
                            found.push((number, path, played));
                        }
                        seen(over.fetch_add(1, Ordering::Relaxed) + 1);
                    }
                });
            }
        });
        let mut found = found.into_inner().unwrap_or_default();
        found.sort_by_key(|(number, path, _)| (*number, *path));
        let mut all: Vec<OfProvince> = provinces
            .iter()
            .map(|(shape, province)| OfProvince {
                seed: province.seed(),
                shape: *shape,
                vehicles: province.vehicles(),
                played: vec![Vec::new(); self.makers.len()],
            })
            .collect();
        for (number, _, played) in found {
            for (maker, played) in played.into_iter().enumerate() {
                all[number].played[maker].push(played);
            }
        }
        all
    }

    fn one(&self, province: &Province, path: u64, maker: Maker) -> Played {
        let (mut time, mut decisions, mut longest, mut tries) = (Duration::ZERO, 0, Duration::ZERO, 0);
        let balance = province.shape().balance;
        let mut policy = |asked: &Asked| {
            let begun = Instant::now();
            let plan = match maker {
                Maker::Rule(first) => tuned(first, balance).plan(asked),
                Maker::Plan => {
                    let (iterations, until) = match self.search {
                        Search::For(long) => (u64::MAX, Some(long)),
                        Search::Tries(tries) => (tries, None),
                    };
                    let mut stop = || until.is_some_and(|until| begun.elapsed() >= until);
                    let limits = plan::Limits { seed: asked.seed, iterations };
                    let solution = plan::solve(asked.problem, limits, &mut stop);
                    tries += solution.iterations;
                    solution.plan
                }
            };
            let took = begun.elapsed();
            time += took;
            decisions += 1;
            longest = longest.max(took);
            plan
        };
        let score = province.play(path, &self.play, &mut policy);
        Played { score, time, decisions, longest, tries }
    }
}
