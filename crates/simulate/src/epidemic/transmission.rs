//! Who infects whom: a renewal process by day, places that infect each other, measures that answer.
//!
//! New infections of place i on day t are Poisson with the mean
//! `R(i,t) × ((1 − mixing) × λ(i,t) + mixing × share of people(i) × Σ λ(t)) + imports(i)`, where
//! `λ(i,t) = Σ w(k) × infections(i, t − k)` and w is the generation interval: Cori and others, «A new framework
//! and software to estimate time-varying reproduction numbers during epidemics», 2013. R is the drawn one times season,
//! holidays, variants, chance, measures and the share of people who are still susceptible.

use jiff::ToSpan;

use super::RUN_IN;
use super::fate::Fate;
use super::grid::Grid;
use super::parameters::{Parameters, Place, Policy};

/// Imports go on at this share after the day from which a disease is looked for at the border.
const WATCHED_BORDER: (usize, f64) = (40, 0.3);
/// No more people of a place fall ill in a day than this share.
const IN_A_DAY: f64 = 0.05;
/// No fewer are susceptible than this share: births, moves, weak immunity.
const ALWAYS_SUSCEPTIBLE: f64 = 0.02;
const YEAR: f64 = 365.25;

/// What happens, from the first day of the run-in.
pub(crate) struct Course {
    pub(crate) infections: Grid,
    pub(crate) reproduction: Grid,
}

/// A place on a day.
struct State {
    susceptible: f64,
    noise: f64,
    answer: Answer,
    /// Infectious people, weighted by the generation interval.
    pressure: f64,
    infected: f64,
}

/// Measures of a place.
#[derive(Default)]
struct Answer {
    /// New infections per inhabitant and week, smoothed.
    incidence: f64,
    /// The highest incidence, slowly forgotten.
    highest: f64,
    /// From none to 1, all.
    measures: f64,
    wanted: f64,
}

impl Answer {
    fn see(&mut self, infected: f64, people: f64) {
        self.incidence = 0.86 * self.incidence + 0.14 * 7.0 * infected / people;
        self.highest = (self.highest * 0.995).max(self.incidence);
    }

    /// What measures and caution take from the logarithm of R on a day.
    fn act(&mut self, policy: &Policy, province: f64, day: usize) -> f64 {
        let above = |incidence: f64, threshold: f64| f64::from(u8::from(incidence > threshold));
        let alarmed = policy.local * above(self.incidence, policy.threshold)
            + (1.0 - policy.local) * above(province, policy.province_threshold);
        self.wanted = if alarmed > 0.4 {
            1.0
        } else if self.incidence < policy.lifted * self.highest {
            0.0
        } else {
            self.wanted * 0.98
        };
        let pace = if self.wanted > self.measures { policy.tightening } else { policy.loosening };
        self.measures += pace * (self.wanted - self.measures);
        let caution = 0.25 * (self.incidence / (3.0 * policy.threshold)).min(1.5);
        policy.strictness * (self.measures * (-policy.fatigue * day as f64).exp() + caution)
    }
}

/// The epidemic from the beginning of its run-in to the last counted day.
pub(crate) fn run(parameters: &Parameters, fate: &Fate) -> Course {
    let (law, places) = (&parameters.transmission, &parameters.places);
    let days = RUN_IN + parameters.weeks * 7;
    let first = parameters.first_day.saturating_sub((RUN_IN as i64).days());
    let mut infections = Grid::of_days(first, places.len(), days, 0.0);
    let mut reproduction = Grid::of_days(first, places.len(), days, 0.0);
    let people = parameters.people().max(1.0);
    let mean_people = people / places.len().max(1) as f64;
    let year_day = f64::from(first.day_of_year());

    let mut dice = fate.dice("infections", 0, 0);
    let mut shared = law.shared_noise.deviation * dice.gauss();
    let mut states: Vec<State> = places
        .iter()
        .map(|_| State {
            susceptible: law.susceptible,
            noise: law.own_noise.deviation * dice.gauss(),
            answer: Answer::default(),
            pressure: 0.0,
            infected: 0.0,
        })
        .collect();
    for day in 0..days {
        if day > 0 && day.is_multiple_of(7) {
            dice = fate.dice("infections", 0, day / 7);
        }
        for (index, (state, place)) in states.iter_mut().zip(places).enumerate() {
            state.pressure = pressure(&infections.row(index)[..day], law.generation.shares());
            state.answer.see(state.infected, place.people.max(1.0));
        }
        let everywhere: f64 = states.iter().map(|state| state.pressure).sum();
        let incidence =
            states.iter().zip(places).map(|(state, place)| state.answer.incidence * place.people).sum::<f64>() / people;
        let today = year_day + day as f64;
        let common = law.reproduction.ln()
            + shared
            + law.variants.iter().map(|variant| variant.advantage * variant.taken_over(day)).sum::<f64>()
            + if (4.0..=356.0).contains(&(today % YEAR)) { 0.0 } else { law.holidays };
        let escape: f64 = law.variants.iter().filter(|variant| variant.from == day).map(|variant| variant.escape).sum();
        let border = if day > WATCHED_BORDER.0 { WATCHED_BORDER.1 } else { 1.0 };
        for (index, (state, place)) in states.iter_mut().zip(places).enumerate() {
            let against = state.answer.act(&parameters.policy, incidence, day);
            let season = law.season * season(today, place);
            let r = (common + state.noise + season - against).exp() * state.susceptible;
            let met = (1.0 - law.mixing) * state.pressure + law.mixing * everywhere * place.people / people;
            let imported = if day < place.first_import { 0.0 } else { law.imported * border };
            let mean = (r * met + imported * place.people / mean_people).min(IN_A_DAY * place.people);
            let clustered = match law.clusters {
                Some(shape) if day.is_multiple_of(7) => mean * dice.factor(shape),
                _ => mean,
            };
            let infected = dice.poisson(clustered);
            infections.row_mut(index)[day] = infected;
            reproduction.row_mut(index)[day] = r;
            state.infected = infected;
            state.lose(infected / place.people.max(1.0), law.waning, escape.min(1.0));
            state.noise = law.own_noise.step(state.noise, dice.gauss());
        }
        shared = law.shared_noise.step(shared, dice.gauss());
    }
    Course { infections, reproduction }
}

impl State {
    /// Susceptible people become infected, immune ones susceptible again.
    fn lose(&mut self, infected: f64, waning: f64, escape: f64) {
        let left = self.susceptible - infected + (1.0 - self.susceptible) * waning;
        let left = left.clamp(ALWAYS_SUSCEPTIBLE, 1.0);
        self.susceptible = left + (1.0 - left) * escape;
    }
}

/// The infections of the days before, each weighted by how many it causes now.
fn pressure(before: &[f64], generation: &[f64]) -> f64 {
    before.iter().rev().zip(generation.iter().skip(1)).map(|(infected, share)| infected * share).sum()
}

/// From −1 to 1, highest on the day of the year that favours the disease most.
fn season(today: f64, place: &Place) -> f64 {
    (std::f64::consts::TAU * (today - place.season_peak) / YEAR).cos()
}

#[cfg(test)]
mod tests {
    use super::*;

    const POLICY: Policy = Policy {
        strictness: 1.0,
        threshold: 1e-3,
        province_threshold: 1e-3,
        local: 1.0,
        lifted: 0.5,
        fatigue: 0.0,
        tightening: 0.2,
        loosening: 0.05,
    };

    #[test]
    fn measures_come_above_the_threshold_and_go_when_it_is_over() {
        let mut answer = Answer::default();
        let effect = |answer: &mut Answer, infected: f64, days: usize| {
            (0..days).fold(0.0, |_, day| {
                answer.see(infected, 1e6);
                answer.act(&POLICY, 0.0, day)
            })
        };
        assert_eq!(effect(&mut answer, 0.0, 5), 0.0);
        // 100 a day are 0.7 per thousand and week: below, people are a little more careful.
        let careful = effect(&mut answer, 100.0, 60);
        assert!(careful > 0.03 && careful < 0.1, "{careful}");
        let full = effect(&mut answer, 1_000.0, 60);
        assert!(full > 1.2, "{full}");
        let lifted = effect(&mut answer, 10.0, 150);
        assert!(lifted < 0.02, "{lifted}");
    }

    /// A place that looks at the province acts before it has a case.
    #[test]
    fn a_place_may_follow_the_province() {
        let policy = Policy { local: 0.5, ..POLICY };
        let mut answer = Answer::default();
        answer.see(0.0, 1e6);
        assert!(answer.act(&policy, 2e-3, 0) > 0.1);
        assert_eq!(Answer::default().act(&POLICY, 2e-3, 0), 0.0);
    }

    #[test]
    fn infections_count_by_their_age() {
        let generation = [0.0, 0.5, 0.3, 0.2];
        assert_eq!(pressure(&[], &generation), 0.0);
        assert_eq!(pressure(&[7.0], &generation), 3.5);
        assert!((pressure(&[1e9, 10.0, 20.0, 30.0], &generation) - (15.0 + 6.0 + 2.0)).abs() < 1e-9);
    }

    #[test]
    fn immunity_comes_with_infection_and_goes() {
        let mut state = State { susceptible: 0.8, noise: 0.0, answer: Answer::default(), pressure: 0.0, infected: 0.0 };
        state.lose(0.1, 0.0, 0.0);
        assert!((state.susceptible - 0.7).abs() < 1e-12);
        state.lose(0.0, 0.1, 0.0);
        assert!((state.susceptible - 0.73).abs() < 1e-12);
        state.lose(0.0, 0.0, 0.5);
        assert!((state.susceptible - 0.865).abs() < 1e-12);
        state.lose(5.0, 0.0, 0.0);
        assert_eq!(state.susceptible, ALWAYS_SUSCEPTIBLE);
    }
}
