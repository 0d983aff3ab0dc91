//! What happens follows from the parameters: growth, delays, spread of the counts, the futures of a branch.

use simulate::epidemic::{Delay, Epidemic, Kind, RUN_IN, Signal, Variant};

use crate::common::{discounted, growth, small, undisturbed};

/// The daily growth of the last weeks.
fn found_growth(infections: &[f64]) -> f64 {
    let last = infections.len() - 1;
    (infections[last] / infections[last - 21]).ln() / 21.0
}

/// R and the generation interval decide the growth, for Delta, Omicron and something slower, rising and falling.
#[test]
fn growth_is_that_of_the_renewal_equation() {
    for (mean, shape) in [(3.8, 4.0), (3.0, 3.0), (7.0, 5.0)] {
        for reproduction in [1.15, 1.5, 1.9] {
            let generation = Delay::gamma(mean, shape, 21);
            let told = growth(reproduction, &generation);
            // Long enough to forget how it began, too short to use up the people.
            let weeks = ((14.0 / told / 7.0) as usize).clamp(13, 59) - RUN_IN / 7;
            let mut parameters = undisturbed(reproduction, generation, weeks);
            parameters.transmission.imported = 20.0;
            let epidemic = Epidemic::of(1, parameters);
            let found = found_growth(epidemic.infections().row(0));
            assert!((found - told).abs() < 0.01 * told, "{mean} {reproduction}: {found} for {told}");
            let r = epidemic.reproduction().row(0);
            assert!(r.iter().all(|r| (r - reproduction).abs() < 2e-3 * reproduction));
        }
    }
    // Without growth imports alone keep it going: import / (1 − R) a day.
    let epidemic = Epidemic::of(1, undisturbed(0.6, Delay::gamma(3.8, 4.0, 21), 10));
    let level = epidemic.infections().row(0).iter().rev().take(28).sum::<f64>() / 28.0;
    assert!((level / (2_000.0 * 0.3 / 0.4) - 1.0).abs() < 0.02, "{level}");
}

/// A delay of what grows by r a day leaves Σ share(k) e^(−rk) of it: incubation in the cases, the way to the
/// hospital in the admissions.
#[test]
fn delays_act_as_drawn() {
    let generation = Delay::gamma(3.8, 4.0, 21);
    let rate = growth(1.5, &generation);
    let parameters = undisturbed(1.5, generation, 10);
    let (place, incubation, way) =
        (parameters.places[0].clone(), parameters.ascertainment.incubation.clone(), parameters.admission.delay.clone());
    let epidemic = Epidemic::of(1, parameters);
    let last = |values: &[f64]| values[values.len() - 1];
    let infections = last(epidemic.infections().row(0));
    let cases = last(epidemic.expected(Signal::Cases).row(0));
    let admissions = last(epidemic.expected(Signal::Admissions).row(0));
    let told = infections * place.ascertained * discounted(&incubation, rate);
    assert!((cases / told - 1.0).abs() < 0.02, "{cases} for {told}");
    let told = told * place.admitted * discounted(&way, rate);
    assert!((admissions / told - 1.0).abs() < 0.03, "{admissions} for {told}");
    // Two and a half to seven days on average: 4 days (1.2 to 12).
    assert!((2.5..7.0).contains(&way.mean()) && way.quantile(0.025) <= 2 && way.quantile(0.975) >= 8);
}

/// Weeks scatter about their mean by m + m² / shape, whatever share of it the days have of their own.
#[test]
fn counts_scatter_as_their_shape_says() {
    let (mut squares, mut off, mut weeks) = (0.0, 0.0, 0.0);
    for seed in 0..8 {
        let epidemic = Epidemic::of(seed, small(seed, Kind::Waves, 20, 80));
        for signal in Signal::ALL {
            let (counted, expected) = (epidemic.reported(signal).weeks(), epidemic.expected(signal).weeks());
            for (index, place) in epidemic.parameters().places.iter().enumerate() {
                let shape = place.habits(signal).shape;
                for (count, mean) in counted.row(index).iter().zip(expected.row(index)).filter(|(_, mean)| **mean > 3.0)
                {
                    let score = (count - mean) / (mean + mean * mean / shape).sqrt();
                    (squares, off, weeks) = (squares + score * score, off + score, weeks + 1.0);
                }
            }
        }
    }
    assert!(weeks > 5_000.0, "{weeks}");
    assert!((squares / weeks - 1.0).abs() < 0.08, "variance {} of the told one", squares / weeks);
    assert!((off / weeks).abs() < 5.0 / weeks.sqrt(), "mean off by {}", off / weeks);
}

/// What happened is one of the futures: its rank among branches is as often each.
#[test]
fn the_futures_of_a_branch_are_the_true_distribution() {
    const FUTURES: usize = 9;
    let mut ranks = [0.0; FUTURES + 1];
    for seed in 0..110 {
        let mut parameters = small(seed, Kind::ALL[seed as usize % 3], 2, 24);
        parameters.transmission.imported = 3.0;
        parameters.places[0].people = 3e6;
        parameters.places[0].ascertained = 0.2;
        let trunk = Epidemic::of(seed, parameters);
        let weeks = trunk.reported(Signal::Cases).weeks();
        let (now, then) = (weeks.date(18), weeks.date(21));
        let of = |epidemic: &Epidemic| {
            let weeks = epidemic.reported(Signal::Cases).weeks();
            weeks.row(0)[weeks.column(then).unwrap()]
        };
        let came = of(&trunk);
        let futures: Vec<f64> = (0..FUTURES as u64).map(|number| of(&trunk.branch(now, number))).collect();
        let (below, ties) =
            (futures.iter().filter(|x| **x < came).count(), futures.iter().filter(|x| **x == came).count());
        ranks[below + ties / 2] += 1.0;
    }
    // Each rank 11 times of 110, with a deviation of 3.1; the outermost together 22 with 4.2.
    let outermost = ranks[0] + ranks[FUTURES];
    assert!((8.0..=36.0).contains(&outermost), "{ranks:?}");
    let mean = (0..).zip(ranks).map(|(rank, times)| f64::from(rank) * times).sum::<f64>() / 110.0;
    assert!((mean - 4.5).abs() < 1.1, "{mean}: {ranks:?}");
}

/// Scenarios are parameters that somebody changed: no measures, a new variant, a harsher course.
#[test]
fn scenarios_change_what_they_name() {
    let base = undisturbed(1.2, Delay::gamma(3.8, 4.0, 21), 12);
    let last = |parameters, signal| {
        let epidemic = Epidemic::of(1, parameters);
        epidemic.expected(signal).row(0)[83]
    };
    let (cases, admissions) = (last(base.clone(), Signal::Cases), last(base.clone(), Signal::Admissions));
    let mut variant = base.clone();
    let arriving = Variant { from: 63 + 30, takeover: 10.0, advantage: 0.4, escape: 0.0, severity: 1.0 };
    variant.transmission.variants.push(arriving);
    assert!(last(variant, Signal::Cases) > 3.0 * cases);
    let mut milder = base.clone();
    milder.transmission.variants.push(Variant { advantage: 0.0, severity: 0.5, ..arriving });
    let half = last(milder.clone(), Signal::Admissions);
    assert!((half / admissions - 0.5).abs() < 0.01, "{half} of {admissions}");
    assert!((last(milder, Signal::Cases) / cases - 1.0).abs() < 0.01);
    let mut measures = base.clone();
    measures.policy = simulate::epidemic::Policy {
        strictness: 1.0,
        threshold: 1e-12,
        province_threshold: 1e-12,
        local: 1.0,
        lifted: 0.0,
        fatigue: 0.0,
        tightening: 0.2,
        loosening: 0.01,
    };
    assert!(last(measures, Signal::Cases) < cases / 10.0);
}
