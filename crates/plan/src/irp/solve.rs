//! One search or several side by side, until they are told to stop.

use std::sync::Barrier;
use std::sync::atomic::{AtomicU64, Ordering};

use super::instance::Instance;
use super::problem::IrpProblem;
use super::search::Search;
use super::solution::Solution;
use super::state::Model;

/// Iterations between two questions whether to stop.
const STRETCH: u64 = 16;
/// The same where threads wait for each other.
const STRETCH_OF_THREADS: u64 = 256;

/// How to search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Names the random figures.
    pub seed: u64,
    /// Stops after so many iterations of each thread, if nothing else stops it before.
    pub iterations: Option<u64>,
    /// Searches side by side, 1 to [`Options::MOST_THREADS`]; the best of their solutions is given.
    pub threads: usize,
}

impl Options {
    /// More threads are not taken.
    pub const MOST_THREADS: usize = 64;
}

/// How far a search is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Progress {
    /// Iterations done, by each thread.
    pub iterations: u64,
    /// The best so far that keeps all rules: its cost without that of the stock which no plan moves, so it may be below
    /// zero.
    pub best: Option<f64>,
}

/// What a search has found.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// The best solution.
    pub solution: Solution,
    /// Iterations done, by each thread: with the same seed, threads and iterations the solution is the same.
    pub iterations: u64,
}

/// Searches until `stop` says so or the iterations are done.
///
/// # Errors
/// [`IrpProblem::NotFound`] where no solution that keeps all rules was found.
pub fn solve(
    instance: &Instance,
    options: &Options,
    stop: &mut dyn FnMut(Progress) -> bool,
) -> Result<Outcome, IrpProblem> {
    let model = Model::of(instance);
    let last = options.iterations.unwrap_or(u64::MAX);
    let (found, iterations) = if options.threads <= 1 {
        alone(&model, options.seed, last, stop)
    } else {
        together(&model, options, last, stop)
    };
    found.map(|(_, solution)| Outcome { solution, iterations }).ok_or(IrpProblem::NotFound { iterations })
}

type Found = Option<(f64, Solution)>;

fn found(model: &Model, search: &Search) -> Found {
    search.best().map(|(cost, state)| (cost, state.solution(model)))
}

fn alone(model: &Model, seed: u64, last: u64, stop: &mut dyn FnMut(Progress) -> bool) -> (Found, u64) {
    let mut search = Search::new(model, seed, 0);
    let mut iterations = 0;
    while iterations < last && !stop(Progress { iterations, best: search.best().map(|(cost, _)| cost) }) {
        let stretch = STRETCH.min(last - iterations);
        search.carry_on(stretch);
        iterations += stretch;
    }
    (found(model, &search), iterations)
}

/// Threads wait for each other after every stretch, so that all do the same iterations.
fn together(model: &Model, options: &Options, last: u64, stop: &mut dyn FnMut(Progress) -> bool) -> (Found, u64) {
    let barrier = Barrier::new(options.threads);
    // What the first thread has decided: the iterations of the next stretch.
    let stretch = AtomicU64::new(0);
    let best: Vec<AtomicU64> = (0..options.threads).map(|_| AtomicU64::new(f64::INFINITY.to_bits())).collect();
    let stretches = |search: &mut Search, number: usize| {
        loop {
            if let Some((cost, _)) = search.best() {
                best[number].store(cost.to_bits(), Ordering::Relaxed);
            }
            // All have told their best; the first decides between the two meetings.
            barrier.wait();
            if number == 0 {
                return;
            }
            barrier.wait();
            match stretch.load(Ordering::Relaxed) {
                0 => return,
                iterations => search.carry_on(iterations),
            }
        }
    };
    std::thread::scope(|scope| {
        let others: Vec<_> = (1..options.threads)
            .map(|number| {
                let stretches = &stretches;
                scope.spawn(move || {
                    let mut search = Search::new(model, options.seed, number as u64);
                    stretches(&mut search, number);
                    found(model, &search)
                })
            })
            .collect();
        let mut search = Search::new(model, options.seed, 0);
        let mut iterations = 0;
        loop {
            stretches(&mut search, 0);
            let costs = best.iter().map(|cost| f64::from_bits(cost.load(Ordering::Relaxed)));
            let least = costs.fold(f64::INFINITY, f64::min);
            let over =
                iterations >= last || stop(Progress { iterations, best: (least < f64::INFINITY).then_some(least) });
            let next = if over { 0 } else { STRETCH_OF_THREADS.min(last - iterations) };
            stretch.store(next, Ordering::Relaxed);
            barrier.wait();
            if next == 0 {
                break;
            }
            search.carry_on(next);
            iterations += next;
        }
        let mut best = found(model, &search);
        for other in others {
            // A thread that panicked has found nothing.
            let of_other = other.join().ok().flatten();
            if let Some((cost, _)) = &of_other
                && best.as_ref().is_none_or(|(least, _)| cost < least)
            {
                best = of_other;
            }
        }
        (best, iterations)
    })
}
