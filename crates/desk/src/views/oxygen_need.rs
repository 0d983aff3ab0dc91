//! How much oxygen the coming four weeks ask for: the province's forecast of people, those who lie there now, what they
//! really use, and what would be if.

use forecast::Quantiles;
use forecast::need::{
    Coefficient, Counted, DayOfUse, Draws, Known, Line, Need, NeedNorms, Scenario, Wave, Weeks, learn, need,
};
use jiff::civil::Date;
use oxygen::Census;
use place::ProvinceId;
use protocol::VersionId;
use quantity::Grams;
use store::Connection;

use crate::actor::{Actor, Scope};
use crate::counts::Signal;
use crate::counts::place::{PlaceKey, own_area};
use crate::failure::{Failure, Outcome};
use crate::forecasts::WeekAhead;
use crate::office::Office;
use crate::rights::Capability;
use crate::views::forecasts::newest;
use crate::views::running_out::{Past, RunningOut, running_out};

/// Days ahead.
pub const DAYS: usize = 28;
/// Paths drawn: they place the 5 and 95 % ends within about 1.5 % of probability.
const PATHS: usize = 200;
/// The same figures give the same paths.
const SEED: u64 = 1;

/// What is supposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Supposed {
    /// Nothing: as forecast.
    AsForecast,
    /// Twice as many people.
    TwiceAsMany,
    /// Half as many.
    HalfAsMany,
    /// Odds of intensive care twice as high.
    Graver,
    /// Stays longer by three tenths.
    LongerStays,
    /// A new wave a week from now: twenty people more on its first day, doubling in a week.
    NewWave,
}

impl Supposed {
    /// All, in the order in which they are shown.
    pub const ALL: [Self; 6] =
        [Self::AsForecast, Self::TwiceAsMany, Self::HalfAsMany, Self::Graver, Self::LongerStays, Self::NewWave];

    /// A stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::AsForecast => "as-forecast",
            Self::TwiceAsMany => "twice",
            Self::HalfAsMany => "half",
            Self::Graver => "graver",
            Self::LongerStays => "longer",
            Self::NewWave => "wave",
        }
    }

    /// The one of a name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    fn scenario(self) -> Scenario {
        let nothing = Scenario::default();
        match self {
            Self::AsForecast => nothing,
            Self::TwiceAsMany => Scenario { cases: 2.0, ..nothing },
            Self::HalfAsMany => Scenario { cases: 0.5, ..nothing },
            Self::Graver => Scenario { graver: 2.0, ..nothing },
            Self::LongerStays => Scenario { stays: 1.3, ..nothing },
            Self::NewWave => Scenario { wave: Some(Wave { starts: 7, first: 20.0, doubling_days: 7.0 }), ..nothing },
        }
    }
}

/// The oxygen that the coming weeks ask for.
#[derive(Debug, Clone)]
pub struct OxygenNeed {
    /// The first day.
    pub first: Date,
    /// From which counts; none before there is a forecast.
    pub from: Option<Signal>,
    /// Patients on oxygen as last told, of the facilities that told any.
    pub patients: Census,
    /// Facilities of which patients and use are known, of how many.
    pub known: (usize, usize),
    /// What they use now in a day.
    pub used: Grams,
    /// What of their stock is left now.
    pub stock: Grams,
    /// True use over what the norms say.
    pub coefficient: f64,
    /// What is asked for in each case; empty before there is a forecast.
    pub cases: Vec<Case>,
    /// The norms that all rests on.
    pub versions: Vec<VersionId>,
}

/// What is asked for in one case.
#[derive(Debug, Clone)]
pub struct Case {
    /// What is supposed.
    pub supposed: Supposed,
    /// Grams of pure oxygen on each day.
    pub grams: Vec<Quantiles>,
    /// Highest flow of each day, litres a minute.
    pub peak: Vec<Quantiles>,
    /// Patients on oxygen on each day.
    pub on_oxygen: Vec<Quantiles>,
    /// Share of paths on which the stock of now is used up by the end of each day, if nothing comes.
    pub used_up: Vec<f64>,
}

/// The need of the whole province, for whoever takes out its figures; who sees only a part of it finds nothing.
pub fn oxygen_need(office: &Office, connection: &mut Connection, actor: &Actor) -> Outcome<OxygenNeed> {
    if !actor.may(Capability::ExportFigures) {
        return Err(Failure::Forbidden(Capability::ExportFigures));
    }
    if actor.scope != Scope::Province {
        return Err(Failure::NotFound);
    }
    let registry = office.registry(connection, actor.province)?;
    let first = office.now(connection)?.date();
    let list = running_out(office, connection, actor, Past::default())?;
    let norms = NeedNorms::from_norms(registry.norms(), first, registry.readiness()).map_err(Failure::refused)?;
    let now = Now::of(&list, &norms);
    let mut found = OxygenNeed {
        first,
        from: None,
        patients: now.patients,
        known: (now.known, list.lines.len()),
        used: now.used,
        stock: now.stock,
        coefficient: now.coefficient.mean(),
        cases: Vec::new(),
        versions: norms.versions.clone(),
    };
    let own = own_area(&registry).map(|own| PlaceKey::Area(own.key()));
    let Some((signal, weeks, gone)) =
        own.map(|own| expected(connection, actor.province, own, first)).transpose()?.flatten()
    else {
        return Ok(found);
    };
    let mut known = Known::new(0, first, Weeks::Quantiles(&weeks), now.coefficient);
    known.gone = gone;
    known.days = DAYS;
    known.counted = if signal == Signal::Admissions { Counted::Admissions } else { Counted::Cases };
    known.census = (now.known > 0).then_some(now.patients);
    let draws = Draws::by_norms(SEED, PATHS, &norms);
    let case = |supposed: Supposed| {
        need(&known, &supposed.scenario(), &norms, &draws).map(|need| Case::of(supposed, &need, now.stock))
    };
    found.from = Some(signal);
    found.cases = Supposed::ALL.into_iter().filter_map(case).collect();
    Ok(found)
}

/// The coming weeks of the province: admissions where they are counted, else cases; and how many days of the first week
/// are over.
fn expected(
    connection: &mut Connection,
    province: ProvinceId,
    own: PlaceKey,
    today: Date,
) -> Outcome<Option<(Signal, Vec<Quantiles>, usize)>> {
    for signal in [Signal::Admissions, Signal::Cases] {
        let Some(newest) = newest(connection, province, signal, today)? else { continue };
        let Some(place) = newest.content.place(own) else { continue };
        let weeks: Vec<Quantiles> =
            place.weeks.iter().filter(|week| week.ends >= today).filter_map(WeekAhead::as_if_all_to_come).collect();
        let Some(first) = place.weeks.iter().find(|week| week.ends >= today) else { continue };
        let left = today.until(first.ends).map_or(0, |span| span.get_days());
        return Ok(Some((signal, weeks, usize::try_from(6 - left).unwrap_or(0))));
    }
    Ok(None)
}

/// What the facilities told last, together.
struct Now {
    patients: Census,
    known: usize,
    used: Grams,
    stock: Grams,
    coefficient: Coefficient,
}

impl Now {
    fn of(list: &RunningOut, norms: &NeedNorms) -> Self {
        let (mut patients, mut known, mut norm, mut used, mut stock) =
            (Census::default(), 0, Grams::ZERO, Grams::ZERO, Grams::ZERO);
        for line in &list.lines {
            stock += line.outlook.usable_now.mid;
            let (Some(census), Some(burn)) = (&line.census, &line.outlook.burn) else { continue };
            let census = census.census;
            known += 1;
            patients.mask += census.mask;
            patients.hfnc += census.hfnc;
            patients.niv += census.niv;
            patients.invasive += census.invasive;
            patients.ecmo += census.ecmo;
            norm += norms.norm_use(&census);
            used += burn.range.mid.over(quantity::Span::days(1));
        }
        // The counts tell everybody who has oxygen, whatever the disease.
        let learnt = learn(&[DayOfUse { norm, gauge: used }], false, norms);
        let coefficient = if known > 0 { learnt.coefficient } else { Coefficient::unlearnt(norms) };
        Self { patients, known, used, stock, coefficient }
    }
}

impl Case {
    fn of(supposed: Supposed, need: &Need, stock: Grams) -> Self {
        let days = || 0..need.days();
        let mut summed = vec![Grams::ZERO; need.paths()];
        let mut used_up = Vec::with_capacity(need.days());
        for day in days() {
            for (path, sum) in summed.iter_mut().enumerate() {
                *sum += need.grams_on(Line::All, path, day);
            }
            used_up.push(need.chance(|path| summed[path] >= stock));
        }
        Self {
            supposed,
            grams: days().map(|day| need.grams(Line::All, day)).collect(),
            peak: days().map(|day| need.peak_l_per_min(day)).collect(),
            on_oxygen: days().map(|day| need.on_oxygen(day)).collect(),
            used_up,
        }
    }

    /// The first day by whose end the stock is used up with at least a probability; none within the days.
    pub fn empty_by(&self, probability: f64) -> Option<usize> {
        self.used_up.iter().position(|share| *share >= probability)
    }
}
