//! Patients of other diseases: told apart from those of the epidemic, and carried on.

use oxygen::{Census, Device};

use super::chance::{Dice, Spread};
use super::known::Counted;
use super::norms::NeedNorms;
use super::patients::World;
use super::share::Seen;

/// A score that one of ten is above.
const ONE_OF_TEN: f64 = 1.281_55;
/// How far the number of patients of other diseases strays in a week and stays away, as a deviation of its logarithm,
/// beside chance. A convention: no source was read.
const STRAY: f64 = 0.10;
/// Days in which it strays that far.
const STRAY_DAYS: f64 = 7.0;

/// Parts the patients there into those of the epidemic and the others. The counts of the days before (`share` of whom comes
/// here) explain so many patients; whom they cannot explain, even where stays are long and more need oxygen than usual (one
/// place of ten), lies there for something else. Where fewer than fourteen of the last 28 days are known nobody can say,
/// and all count as of the epidemic; without any count at all, all as others.
pub fn apart(census: Census, before: &[f64], share: f64, counted: Counted, norms: &NeedNorms) -> (Census, Census) {
    let patients = f64::from(census.patients());
    if !before.iter().any(|count| count.is_finite()) {
        return (Census { waiting: census.waiting, ..Census::default() }, Census { waiting: None, ..census });
    }
    let delays = (counted == Counted::Cases).then(|| Spread::of(norms.delay).table());
    let Some(seen) = Seen::of(before, share, Some(census), delays.as_deref()) else {
        return (census, Census::default());
    };
    let figure = match counted {
        Counted::Cases => norms.oxygen_of_cases,
        Counted::Admissions => norms.oxygen_of_admissions,
    };
    let middle = World::new(norms, (0.0, 0.0), &norms.mix, 1.0, 1.0);
    let long = World::new(norms, (ONE_OF_TEN, ONE_OF_TEN), &norms.mix, 1.0, 1.0);
    // Long stays and many on oxygen: rare each, so that one of the two at a time is what one place of ten has.
    let shares = Spread::of(figure);
    let expected =
        (seen.there(&middle) * shares.at(ONE_OF_TEN).min(1.0)).max(seen.there(&long) * shares.at(0.0).min(1.0));
    let explained = expected + ONE_OF_TEN * expected.sqrt();
    let part = if patients > 0.0 { (1.0 - explained / patients).max(0.0) } else { 0.0 };
    let of = |people: u32| (f64::from(people) * part).round() as u32;
    let others = Census {
        mask: of(census.mask),
        hfnc: of(census.hfnc),
        niv: of(census.niv),
        invasive: of(census.invasive),
        ecmo: of(census.ecmo),
        waiting: None,
    };
    let own = Census {
        mask: census.mask - others.mask,
        hfnc: census.hfnc - others.hfnc,
        niv: census.niv - others.niv,
        invasive: census.invasive - others.invasive,
        ecmo: census.ecmo - others.ecmo,
        waiting: census.waiting,
    };
    (own, others)
}

/// Patients of other diseases on one path.
pub(super) struct Others {
    there: [u32; 5],
    all: u32,
    /// Logarithm of how many there are in the end over now.
    astray: f64,
    dice: Dice,
}

impl Others {
    pub(super) fn draw(there: &Census, mut dice: Dice) -> Self {
        let all = there.patients();
        let deviation = (STRAY * STRAY + 1.0 / f64::from(all.max(1))).sqrt();
        let astray = deviation * dice.normal();
        Self { there: Device::ALL.map(|device| there.on(device)), all, astray, dice }
    }

    /// Patients on each device on a day from 0, and the litres a minute that they take by the norm.
    pub(super) fn on(&mut self, day: usize, norms: &NeedNorms) -> ([u32; 5], f64) {
        if self.all == 0 {
            return ([0; 5], 0.0);
        }
        let gone = ((day as f64 + 0.5) / STRAY_DAYS).min(1.0).sqrt();
        let times = (self.astray * gone).exp();
        let on = self.there.map(|there| (f64::from(there) * times + self.dice.share()) as u32);
        let flows = norms.flows.iter().zip(on);
        let litres = flows.map(|(flow, patients)| flow.of_patients(patients, &mut self.dice)).sum();
        (on, litres)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::super::norms::tests::shipped;
    use super::super::*;
    use super::*;
    use crate::{LEVEL, Quantiles};

    fn ward(mask: u32) -> Census {
        Census { mask, hfnc: mask / 5, invasive: mask / 10, ..Census::default() }
    }

    /// OX08: without an epidemic the patients who are there do not melt away.
    #[test]
    fn without_an_epidemic_need_goes_on() {
        let norms = shipped();
        let nobody = [Quantiles::rising(LEVEL.map(|_| 0.0)); 4];
        let (own, other) = apart(ward(100), &[], 1.0, Counted::Admissions, &norms);
        assert_eq!((own.patients(), other.patients()), (0, 130));
        let known = Known {
            census: Some(own),
            other,
            ..Known::new(3, date(2026, 11, 23), Weeks::Quantiles(&nobody), Coefficient::NORM)
        };
        let told = need(&known, &Scenario::default(), &norms, &Draws::default()).unwrap();
        let norm = norms.norm_use(&ward(100)).as_f64();
        for day in [0, 13, 27] {
            let (low, high) = told.grams(Line::Other, day).interval(0.9);
            assert!(low < norm && norm < high && high < 2.6 * low, "day {day}: {low} {norm} {high}");
            assert!((told.on_oxygen(day).median() / 130.0 - 1.0).abs() < 0.06, "{}", told.on_oxygen(day).median());
        }
        let width = |day| {
            let (low, high) = told.on_oxygen(day).interval(0.9);
            high - low
        };
        assert!(width(0) < width(13), "the days to come are less sure");
        assert_eq!(told.grams(Line::Epidemic, 5).median(), 0.0);
    }

    #[test]
    fn whom_the_counts_explain_is_of_the_epidemic() {
        let norms = shipped();
        let split = |mask, admitted: f64| {
            let (own, other) = apart(ward(mask), &[admitted; 40], 1.0, Counted::Admissions, &norms);
            assert_eq!(own.patients() + other.patients(), ward(mask).patients(), "nobody is lost");
            f64::from(other.patients()) / f64::from(ward(mask).patients())
        };
        assert_eq!(split(100, 30.0), 0.0, "thirty a day explain three hundred");
        assert!(split(100, 1.0) > 0.80, "one a day explains some ten");
        assert!((0.2..0.8).contains(&split(100, 5.0)), "{}", split(100, 5.0));
        let few = apart(ward(100), &[1.0; 9], 1.0, Counted::Admissions, &norms);
        assert_eq!(few, (ward(100), Census::default()), "nine days tell nothing");
    }

    proptest! {
        #[test]
        fn nobody_is_lost_or_made(
            people in proptest::array::uniform5(0_u32..2_000),
            before in proptest::collection::vec(prop_oneof![Just(f64::NAN), 0.0..500.0_f64], 0..60),
            share in 0.0..1.0_f64,
            cases: bool,
        ) {
            let [mask, hfnc, niv, invasive, ecmo] = people;
            let census = Census { mask, hfnc, niv, invasive, ecmo, waiting: Some(3) };
            let counted = if cases { Counted::Cases } else { Counted::Admissions };
            let (own, other) = apart(census, &before, share, counted, &shipped());
            for device in Device::ALL {
                prop_assert_eq!(own.on(device) + other.on(device), census.on(device));
            }
            prop_assert_eq!(own.waiting, Some(3));
        }
    }
}
