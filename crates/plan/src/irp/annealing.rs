//! How warm the search is. It depends on the work done and never on the clock, so that it can be repeated, nor on how
//! much time there is, which only the clock knows: one cooling follows another, each longer.

/// Work of the first cooling, in nanoseconds of the machine it was measured on.
const FIRST: f64 = 0.008e9;
/// Each cooling is so many times as long as the one before: the seventh is over after 47 s, the eighth after 190 s.
const LONGER: f64 = 4.0;
/// After each stands a short one from the best solution: so much of its work.
const POLISH: f64 = 0.25;
/// Temperatures, in mean lengths of an edge: where a cooling begins, where a short one begins, where both end.
const HOT: f64 = 2.0;
const WARM: f64 = 0.15;
const COLD: f64 = 0.03;

/// One cooling after another.
pub(super) struct Annealing {
    length: f64,
    begun: f64,
    hot: f64,
    cold: f64,
    temperature: f64,
    /// Whether this one begins at the best solution and only a little warm.
    polish: bool,
}

impl Annealing {
    /// The first; `edge` is the mean length of an edge of a solution.
    pub(super) fn first(edge: f64) -> Self {
        let mut first = Self { length: FIRST, begun: 0.0, hot: 0.0, cold: 0.0, temperature: 0.0, polish: false };
        first.heat(HOT, edge);
        first
    }

    fn heat(&mut self, share: f64, edge: f64) {
        self.hot = share * edge;
        self.cold = COLD * edge;
        self.temperature = self.hot;
    }

    /// Lets it cool by the work done. True where a cooling is over.
    pub(super) fn cool(&mut self, work: f64) -> bool {
        let length = if self.polish { self.length * POLISH } else { self.length };
        let done = (work - self.begun) / length;
        self.temperature = self.hot * (self.cold / self.hot).powf(done);
        done >= 1.0
    }

    /// The next: after a whole one a short one, after that a longer one.
    pub(super) fn next(&mut self, work: f64, edge: f64) {
        self.begun = work;
        self.polish = !self.polish;
        if self.polish {
            self.heat(WARM, edge);
        } else {
            self.length *= LONGER;
            self.heat(HOT, edge);
        }
    }

    /// By how much a solution may be worse than the one before.
    pub(super) fn temperature(&self) -> f64 {
        self.temperature
    }
}
