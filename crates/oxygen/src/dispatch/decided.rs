//! The problem as it is after what people have decided: what closes a window or takes stock away becomes part of it.

use quantity::Grams;

use super::minutes::{Minutes, Window};
use super::pin::Decision;
use super::problem::Problem;
use super::roads::Closure;

impl Problem {
    /// The problem with every decision applied that changes what is there: classes, vehicles and sources out, reserves,
    /// closed roads. The others (kept trips, deliveries asked for, forbidden or bounded) stay pins for the search.
    #[must_use]
    pub fn decided(&self) -> Self {
        let mut told = self.clone();
        let end = Minutes::days(self.days as i32 + 2);
        for pin in &self.pins {
            match &pin.decision {
                Decision::Counts { site, class } => told.sites[site.index()].class = *class,
                Decision::VehicleOut { vehicle, when } => without(&mut told.vehicles[vehicle.index()].free, *when, end),
                Decision::SourceOut { source, when } => without(&mut told.sources[source.index()].loads, *when, end),
                Decision::Reserve { source, grams } => {
                    let source = &mut told.sources[source.index()];
                    let mut left = *grams;
                    if let Some(liquid) = &mut source.liquid {
                        let taken = left.min(liquid.stock).max(Grams::ZERO);
                        (liquid.stock, left) = (liquid.stock - taken, left - taken);
                    }
                    for cylinders in &mut source.cylinders {
                        let one = cylinders.size.full();
                        let taken = (left.0.max(0) + one.0 - 1).div_euclid(one.0).min(i64::from(cylinders.full));
                        cylinders.full -= taken as u32;
                        left = (left - Grams(taken * one.0)).max(Grams::ZERO);
                    }
                }
                Decision::RoadClosed { from, to, when } => {
                    told.roads.closures.push(Closure { from: *from, to: *to, closed: vec![*when] });
                }
                Decision::Keep(_) | Decision::Deliver { .. } | Decision::Forbid { .. } | Decision::AtMost { .. } => {}
            }
        }
        told
    }
}

/// Takes a window out of others; no windows at all mean that it was always open. What is left of nothing is a window
/// without a minute and before the start, because an empty list would mean the contrary.
fn without(windows: &mut Vec<Window>, closed: Window, end: Minutes) {
    if windows.is_empty() {
        windows.push(Window::new(Minutes::ZERO, end));
    }
    let parts = windows.iter().flat_map(|window| {
        let before = Window::new(window.from, window.to.min(closed.from));
        let after = Window::new(window.from.max(closed.to), window.to);
        [before, after].into_iter().filter(|part| part.from < part.to)
    });
    let mut left: Vec<Window> = parts.collect();
    if left.is_empty() {
        left.push(Window::new(Minutes(-1), Minutes(-1)));
    }
    *windows = left;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_is_cut_out_of_what_was_open() {
        let minutes = |from, to| Window::new(Minutes(from), Minutes(to));
        let mut always = Vec::new();
        without(&mut always, minutes(100, 200), Minutes(1_000));
        assert_eq!(always, [minutes(0, 100), minutes(200, 1_000)]);
        without(&mut always, minutes(150, 300), Minutes(1_000));
        assert_eq!(always, [minutes(0, 100), minutes(300, 1_000)]);
        without(&mut always, minutes(0, 2_000), Minutes(1_000));
        assert_eq!(always, [minutes(-1, -1)], "closed is not the same as never told");
    }
}
