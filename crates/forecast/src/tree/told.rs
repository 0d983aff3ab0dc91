//! Which part of a place's count the places below it tell.

use crate::Frame;

/// Weeks that are looked at: the last ones that can be compared.
const WEEKS: usize = 8;

/// For each place the part of its count that the places below it told, in the last eight weeks of which both are known: what
/// [`Node::told_below`](super::Node::told_below) asks for. 1 where nothing can be compared. What has no count of its own
/// stands there with the sum of what lies below it; a place of which nothing was ever known is not waited for. Whoever lies
/// above itself counts as if nothing lay below it.
pub fn told_below(frame: &Frame, parents: &[Option<usize>]) -> Vec<f64> {
    let places = frame.places().min(parents.len());
    let mut children = vec![Vec::new(); places];
    for (place, parent) in parents.iter().enumerate().take(places) {
        if let Some(parent) = parent.filter(|parent| *parent < places && !is_above_itself(parents, place)) {
            children[parent].push(place);
        }
    }
    let ever: Vec<bool> =
        (0..places).map(|place| (0..frame.weeks()).any(|week| frame.count(week, place).is_finite())).collect();
    let below = Below { frame, children, ever };
    let mut parts: Vec<f64> = (0..places)
        .map(|place| {
            let compared = (0..frame.weeks()).rev().filter_map(|week| {
                let own = Some(frame.count(week, place)).filter(|own| own.is_finite())?;
                Some((own, below.sum(place, week)?))
            });
            let (own, told) = compared.take(WEEKS).fold((0.0, 0.0), |sums, week| (sums.0 + week.0, sums.1 + week.1));
            if own > 0.0 { told / own } else { 1.0 }
        })
        .collect();
    parts.resize(parents.len(), 1.0);
    parts
}

fn is_above_itself(parents: &[Option<usize>], place: usize) -> bool {
    let above = |at: usize| parents.get(at).copied().flatten();
    std::iter::successors(above(place), |at| above(*at)).take(parents.len()).count() == parents.len()
}

struct Below<'a> {
    frame: &'a Frame,
    children: Vec<Vec<usize>>,
    /// Whether anything was ever known of a place itself.
    ever: Vec<bool>,
}

impl Below<'_> {
    /// What the places below tell of a week; none without any, or where one of them is silent.
    fn sum(&self, place: usize, week: usize) -> Option<f64> {
        let mut sum = None;
        for child in &self.children[place] {
            let told = if self.ever[*child] {
                Some(self.frame.count(week, *child)).filter(|count| count.is_finite())?
            } else if let Some(told) = self.sum(*child, week) {
                told
            } else if self.known_below(*child) {
                return None;
            } else {
                continue;
            };
            *sum.get_or_insert(0.0) += told;
        }
        sum
    }

    fn known_below(&self, place: usize) -> bool {
        self.children[place].iter().any(|child| self.ever[*child] || self.known_below(*child))
    }
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;
    use jiff::civil::date;

    use super::*;

    fn frame(weeks: &[&[f64]]) -> Frame {
        let mut frame = Frame::new(date(2021, 11, 6), weeks[0].len());
        for (week, counts) in weeks.iter().enumerate() {
            let day = date(2021, 11, 6).saturating_add((7 * week as i64).days());
            for (place, count) in counts.iter().enumerate().filter(|(_, count)| count.is_finite()) {
                assert!(frame.set(day, place, *count));
            }
        }
        frame
    }

    const NO: f64 = f64::NAN;

    #[test]
    fn the_part_is_that_of_weeks_of_which_all_is_known() {
        let frame = frame(&[&[100.0, 30.0, 30.0], &[100.0, 90.0, NO], &[100.0, 40.0, 40.0]]);
        assert_eq!(told_below(&frame, &[None, Some(0), Some(0)]), [0.7, 1.0, 1.0]);
    }

    #[test]
    fn who_tells_nothing_stands_with_what_lies_below_it() {
        // A province, a district that tells nothing itself, two communes of it and one beside it of which nobody ever heard.
        let frame = frame(&[&[100.0, NO, 20.0, 30.0, NO]]);
        let parents = [None, Some(0), Some(1), Some(1), Some(0)];
        assert_eq!(told_below(&frame, &parents), [0.5, 1.0, 1.0, 1.0, 1.0]);
    }

    #[test]
    fn rings_and_nothing_at_all_are_no_part() {
        let one = frame(&[&[100.0, 30.0]]);
        assert_eq!(told_below(&one, &[Some(1), Some(0)]), [1.0, 1.0]);
        assert_eq!(told_below(&one, &[Some(7), None, Some(0)]), [1.0; 3]);
        assert!(told_below(&Frame::new(date(2021, 11, 6), 0), &[]).is_empty());
    }
}
