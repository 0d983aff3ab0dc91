//! How much oxygen the coming four weeks ask for: of one facility, and of all that somebody sees, path by path, from the
//! forecast of people, those who lie there now, what they really use, and what is supposed.
//!
//! Lives here: what is read for it (`expected`, `inputs`, `learnt`), who runs out when ([`FacilityNeed`]), sums
//! ([`OxygenNeed`]). Not here: the arithmetic of a need (`forecast::need`), forecasts of counts (`views::forecasts`).

mod expected;
mod facility;
mod inputs;
mod learnt;
mod remembered;
mod supposed;

use std::collections::BTreeMap;
use std::sync::Arc;

use forecast::Quantiles;
use forecast::need::{Line as Use, Need};
use jiff::civil::Date;
use place::FacilityId;
use protocol::VersionId;
use quantity::{Grams, Moment};
use store::Connection;

pub use facility::{FacilityNeed, Passed};
pub use forecast::need::{DayRisk, Emptying};
pub(crate) use remembered::Remembered;
pub use supposed::{Reach, Supposed};

use crate::actor::{Actor, Scope};
use crate::counts::Signal;
use crate::failure::{Failure, Outcome};
use crate::forecasts::Doubt;
use crate::office::Office;
use crate::rights::Capability;
use inputs::{Inputs, OfFacility};

/// Days ahead.
pub const DAYS: usize = 28;

/// Whose counts a need rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grounds {
    /// The forecast of the facility's own admissions.
    Own,
    /// A part of what is expected of the province: by its share of the patients on oxygen.
    Part(Signal),
    /// Nobody's: those who are there now are followed by others like them.
    Nobody,
}

/// Why a need is less sure than it could be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubted {
    /// Nothing is forecast here.
    NoCounts,
    /// Nobody told its patients.
    NoPatients,
    /// Its patients were counted so many days ago.
    OldPatients(u32),
    /// Gauge and patients of only so many days tell what it really uses.
    FewDays(u32),
    /// What the forecast of counts says of itself.
    Counts(Doubt),
}

/// What is asked for, day by day.
#[derive(Debug, Clone, Default)]
pub struct Course {
    /// Grams of pure oxygen on each day.
    pub grams: Vec<Quantiles>,
    /// Of them those for patients of other diseases, the mean.
    pub other: Vec<f64>,
    /// Highest flow of each day, litres a minute.
    pub peak: Vec<Quantiles>,
    /// Patients on oxygen on each day.
    pub on_oxygen: Vec<Quantiles>,
}

impl Course {
    fn of(need: &Need) -> Self {
        let days = || 0..need.days();
        let paths = need.paths().max(1) as f64;
        let other =
            |day| (0..need.paths()).map(|path| need.grams_on(Use::Other, path, day).as_f64()).sum::<f64>() / paths;
        Self {
            grams: days().map(|day| need.grams(Use::All, day)).collect(),
            other: days().map(other).collect(),
            peak: days().map(|day| need.peak_l_per_min(day)).collect(),
            on_oxygen: days().map(|day| need.on_oxygen(day)).collect(),
        }
    }
}

/// What is asked for in one case.
#[derive(Debug, Clone)]
pub struct Case {
    /// Its stable name; empty for what somebody supposes himself.
    pub name: &'static str,
    /// What is supposed.
    pub supposed: Supposed,
    /// Day by day.
    pub course: Course,
    /// Share of paths on which all stock of now together is used up by the end of each day, if nothing comes.
    pub used_up: Vec<f64>,
}

impl Case {
    fn of(name: &'static str, supposed: Supposed, summed: &Summed, stock: Grams) -> Self {
        let need = &summed.need;
        let mut drawn = vec![Grams::ZERO; need.paths()];
        let mut used_up = Vec::with_capacity(need.days());
        for day in 0..need.days() {
            for (path, sum) in drawn.iter_mut().enumerate() {
                *sum += summed.drawn[day * need.paths() + path];
            }
            used_up.push(need.chance(|path| drawn[path] >= stock));
        }
        Self { name, supposed, course: Course::of(need), used_up }
    }

    /// The first day by whose end the stock is used up with at least a probability; none within the days.
    pub fn empty_by(&self, probability: f64) -> Option<usize> {
        self.used_up.iter().position(|share| *share >= probability)
    }
}

/// Needs summed path by path.
struct Summed {
    need: Need,
    /// What comes out of vessels, `[day][path]`: of facilities that have some, less what machines make there.
    drawn: Vec<Grams>,
}

impl Summed {
    fn empty(inputs: &Inputs) -> Self {
        let need = Need::empty(inputs.first, DAYS, inputs.draws.paths);
        Self { drawn: vec![Grams::ZERO; need.days() * need.paths()], need }
    }

    fn add(&mut self, of: &OfFacility, need: &Need) {
        // Every need is of as many days and paths: those of `Inputs`.
        let fits = self.need.add(need);
        if !fits || of.holds == Grams::ZERO {
            return;
        }
        let paths = need.paths();
        for (cell, drawn) in self.drawn.iter_mut().enumerate() {
            *drawn += need.drawn_on(cell % paths, cell / paths, of.line.outlook.production);
        }
    }
}

/// The oxygen that the coming weeks ask of all facilities that somebody sees.
#[derive(Debug, Clone)]
pub struct OxygenNeed {
    /// From now.
    pub at: Moment,
    /// The first day.
    pub first: Date,
    /// From which counts of the province, where facilities do not tell their own.
    pub from: Option<Signal>,
    /// Patients on oxygen as last told.
    pub patients: u32,
    /// What they use now in a day.
    pub used: Grams,
    /// What of their stock is left now.
    pub stock: Grams,
    /// What is supposed, then the usual cases; empty where nothing is known of any facility.
    pub cases: Vec<Case>,
    /// The facilities under what is supposed, soonest empty first.
    pub facilities: Vec<FacilityNeed>,
    /// Areas with more than one facility, by their names, and what is asked for in them under what is supposed.
    pub areas: Vec<(String, usize, Course)>,
    /// Facilities of which nothing is known that a need could be told from.
    pub silent: Vec<(FacilityId, String)>,
    /// The norms that all rests on.
    pub versions: Vec<VersionId>,
}

impl OxygenNeed {
    /// The case that was asked for.
    pub fn asked(&self) -> Option<&Case> {
        self.cases.first()
    }
}

/// The need of all facilities that the actor sees, for whoever takes out figures.
///
/// # Errors
/// Without that right, or for somebody who sees single facilities: their sum is nobody's.
pub fn oxygen_need(
    office: &Office,
    connection: &mut Connection,
    actor: &Actor,
    supposed: Supposed,
) -> Outcome<Arc<OxygenNeed>> {
    if !actor.may(Capability::ExportFigures) {
        return Err(Failure::Forbidden(Capability::ExportFigures));
    }
    if matches!(actor.scope, Scope::Bodies(_)) {
        return Err(Failure::NotFound);
    }
    let supposed = supposed.within_reach();
    remembered::or_made(office, connection, actor, supposed, |connection| {
        let inputs = Inputs::read(office, connection, actor, None)?;
        Ok(whole(&inputs, supposed))
    })
}

fn whole(inputs: &Inputs, supposed: Supposed) -> OxygenNeed {
    let mut facilities: Vec<FacilityNeed> = Vec::with_capacity(inputs.facilities.len());
    let mut sum = Summed::empty(inputs);
    let mut of_areas: BTreeMap<String, (usize, Summed)> = BTreeMap::new();
    facility::each(inputs, supposed, |of, need| {
        facilities.push(FacilityNeed::of(inputs, of, &need));
        sum.add(of, &need);
        let (number, of_area) = of_areas.entry(of.line.area.clone()).or_insert_with(|| (0, Summed::empty(inputs)));
        *number += 1;
        of_area.add(of, &need);
    });
    let several = of_areas.into_iter().filter(|(area, (number, _))| *number > 1 && !area.is_empty());
    let areas: Vec<(String, usize, Course)> =
        several.map(|(area, (number, need))| (area, number, Course::of(&need.need))).collect();
    let stock: Grams = facilities.iter().map(|one| one.stock).sum();
    let mut cases = Vec::new();
    if !facilities.is_empty() {
        let named = Supposed::usual().into_iter().find(|(_, usual)| *usual == supposed).map_or("", |(name, _)| name);
        cases.push(Case::of(named, supposed, &sum, stock));
        for (name, usual) in Supposed::usual() {
            if usual == supposed {
                cases.push(Case { name, ..cases[0].clone() });
                continue;
            }
            let mut sum = Summed::empty(inputs);
            facility::each(inputs, usual, |of, need| sum.add(of, &need));
            cases.push(Case::of(name, usual, &sum, stock));
        }
    }
    OxygenNeed {
        at: inputs.at,
        first: inputs.first,
        from: inputs.expected.province.as_ref().map(|province| province.signal),
        patients: facilities.iter().filter_map(|one| one.patients).map(|patients| patients.patients()).sum(),
        used: facilities.iter().filter_map(|one| one.used).sum(),
        stock,
        cases,
        facilities: facility::ranked(facilities),
        areas: in_order(areas),
        silent: inputs.silent.clone(),
        versions: inputs.norms.versions.clone(),
    }
}

/// The highest need of a week from now first.
fn in_order(mut areas: Vec<(String, usize, Course)>) -> Vec<(String, usize, Course)> {
    let week = |course: &Course| course.grams.get(6).map_or(0.0, Quantiles::median);
    areas.sort_by(|one, other| week(&other.2).total_cmp(&week(&one.2)));
    areas
}

/// The need of one facility, for whoever sees it; none where nothing is known that it could be told from.
///
/// # Errors
/// [`Failure::NotFound`] for a facility that is none of the actor's business.
pub fn facility_need(
    office: &Office,
    connection: &mut Connection,
    actor: &Actor,
    facility: FacilityId,
    supposed: Supposed,
) -> Outcome<FacilityAhead> {
    if !actor.may(Capability::SeeOxygen) {
        return Err(Failure::Forbidden(Capability::SeeOxygen));
    }
    let registry = office.registry(connection, actor.province)?;
    let seen = registry.facility(facility).filter(|one| actor.sees(one, &registry)).ok_or(Failure::NotFound)?;
    let inputs = Inputs::read(office, connection, actor, Some(facility))?;
    let supposed = supposed.within_reach();
    let told = inputs.facilities.first().and_then(|of| {
        let need = inputs.need(of, supposed)?;
        Some(FacilityNeed::of(&inputs, of, &need))
    });
    Ok(FacilityAhead {
        at: inputs.at,
        first: inputs.first,
        name: seen.body.name.clone(),
        supposed,
        need: told,
        versions: inputs.norms.versions,
    })
}

/// What is ahead of one facility.
#[derive(Debug, Clone)]
pub struct FacilityAhead {
    /// From now.
    pub at: Moment,
    /// The first day.
    pub first: Date,
    /// The facility's name.
    pub name: String,
    /// What is supposed.
    pub supposed: Supposed,
    /// Its need; none where nothing is known that it could be told from.
    pub need: Option<FacilityNeed>,
    /// The norms that it rests on.
    pub versions: Vec<VersionId>,
}
