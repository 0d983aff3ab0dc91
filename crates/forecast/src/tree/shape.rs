//! What lies above what, and what is a leaf.

use super::Node;

/// From this part on the places below tell all.
const ALL: f64 = 0.98;

/// A leaf: a place that nothing known lies below, or what a place counts beyond those below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Leaf {
    /// The place, or the one whose rest it is.
    pub place: usize,
    /// Whether it is a rest.
    pub is_rest: bool,
}

/// A tree that can be walked.
#[derive(Debug)]
pub(super) struct Shape {
    /// How many weeks the forecasts have.
    pub weeks: usize,
    /// Leaves in the order of their places.
    pub leaves: Vec<Leaf>,
    parents: Vec<Option<usize>>,
    children: Vec<Vec<usize>>,
    known: Vec<bool>,
    /// Places with something known below them, those above first.
    inner: Vec<usize>,
}

impl Shape {
    pub(super) fn of(nodes: &[Node]) -> Self {
        let whole = |node: &Node| node.weeks.iter().all(|week| week.figures().iter().all(|figure| figure.is_finite()));
        let weeks = nodes.iter().filter(|node| whole(node)).map(|node| node.weeks.len()).max().unwrap_or(0);
        let known: Vec<bool> = nodes.iter().map(|node| weeks > 0 && node.weeks.len() == weeks && whole(node)).collect();
        let given = |place: usize| nodes[place].parent.filter(|parent| *parent < nodes.len());
        let depths: Vec<Option<usize>> = (0..nodes.len())
            .map(|place| {
                let mut above = std::iter::successors(given(place), |above| given(*above));
                // More steps than places: a ring.
                let depth = above.by_ref().take(nodes.len()).count();
                (depth < nodes.len()).then_some(depth)
            })
            .collect();
        // Whoever is in a ring or below one lies at the top.
        let parents: Vec<Option<usize>> =
            (0..nodes.len()).map(|place| given(place).filter(|_| depths[place].is_some())).collect();
        let mut children = vec![Vec::new(); nodes.len()];
        for (place, parent) in parents.iter().enumerate() {
            if let Some(parent) = parent {
                children[*parent].push(place);
            }
        }
        let depth = |place: &usize| depths[*place].unwrap_or(0);
        let mut from_above: Vec<usize> = (0..nodes.len()).collect();
        from_above.sort_by_key(depth);
        let mut below = vec![false; nodes.len()];
        for place in from_above.iter().rev() {
            if let Some(parent) = parents[*place].filter(|_| known[*place] || below[*place]) {
                below[parent] = true;
            }
        }
        let mut leaves = Vec::new();
        for (place, node) in nodes.iter().enumerate().filter(|(place, _)| known[*place]) {
            if !below[place] {
                leaves.push(Leaf { place, is_rest: false });
            } else if node.told_below < ALL {
                leaves.push(Leaf { place, is_rest: true });
            }
        }
        let inner = from_above.into_iter().filter(|place| below[*place]).collect();
        Self { weeks, leaves, parents, children, known, inner }
    }

    pub(super) fn parent(&self, place: usize) -> Option<usize> {
        self.parents[place]
    }

    /// What lies above a leaf: above a rest the place whose rest it is.
    pub(super) fn parent_of(&self, leaf: &Leaf) -> Option<usize> {
        if leaf.is_rest { Some(leaf.place) } else { self.parents[leaf.place] }
    }

    pub(super) fn children(&self, place: usize) -> &[usize] {
        &self.children[place]
    }

    /// Whether a place has a forecast of its own.
    pub(super) fn is_known(&self, place: usize) -> bool {
        self.known[place]
    }

    /// Places with something known below them, those above first.
    pub(super) fn inner(&self) -> impl Iterator<Item = usize> {
        self.inner.iter().copied()
    }

    /// The same, those below first.
    pub(super) fn inner_from_below(&self) -> impl Iterator<Item = usize> {
        self.inner.iter().rev().copied()
    }
}
