//! What is known of every facility before its need is drawn.

use std::collections::HashMap;
use std::sync::Arc;

use forecast::Quantiles;
use forecast::need::{
    Arrival, Base, Coefficient, Counted, Draws, Known, Limits, Need, NeedNorms, Stock, Weeks, apart, need,
};
use jiff::civil::Date;
use oxygen::{Basis, Census, Outlook};
use place::FacilityId;
use quantity::convert::rate_of_l_per_min;
use quantity::{Grams, GramsPerHour, Moment, Purity, ReferenceTemperature, Span};
use store::Connection;

use super::expected::{Ahead, Expected};
use super::learnt::coefficient;
use super::supposed::Supposed;
use super::{DAYS, Doubted, Grounds};
use crate::actor::Actor;
use crate::counts::Signal;
use crate::counts::place::PlaceKey;
use crate::failure::{Failure, Outcome};
use crate::means::BedCount;
use crate::office::Office;
use crate::record;
use crate::registry::{Facility, Registry};
use crate::views::running_out::{Line, Past, RunningOut, running_out};
use crate::views::said::{self, Said};
use crate::views::supply::road::{OnTheWay, arrivals};

/// Paths drawn: they place the 5 and 95 % ends within about 1.5 % of probability.
const PATHS: usize = 200;
/// Of more facilities than this fewer paths are drawn of each: their sum is not less sure for it.
const MANY: usize = 60;
/// The same figures give the same paths.
const SEED: u64 = 1;
/// A count of patients that is older than this tells nothing of those who are there.
const COUNT_FORGOTTEN: Span = Span::days(7);
/// A count of patients that is older than this is named.
const COUNT_OLD: Span = Span::hours(36);
/// With fewer days of gauge and patients the norm weighs more than the facility's own use, which is said.
const FEW_DAYS: usize = 5;
/// Deviation of the use of a facility that counts no patients, as a share of it. A convention.
const USE_STRAYS: f64 = 0.2;

/// Everything that the needs of some facilities are drawn from.
pub(super) struct Inputs {
    pub(super) at: Moment,
    pub(super) first: Date,
    pub(super) norms: NeedNorms,
    pub(super) draws: Draws,
    pub(super) expected: Expected,
    pub(super) facilities: Vec<OfFacility>,
    /// Facilities of which neither patients nor use nor admissions are known.
    pub(super) silent: Vec<(FacilityId, String)>,
}

/// What is known of one facility.
pub(super) struct OfFacility {
    pub(super) line: Line,
    pub(super) grounds: Grounds,
    ahead: Option<Ahead>,
    before: Vec<f64>,
    /// Its part of the province: of its counts, and of a new wave.
    part: f64,
    own: Option<Census>,
    pub(super) other: Census,
    pub(super) patients: Option<Census>,
    base: Base,
    pub(super) coefficient: Coefficient,
    pub(super) on_the_way: Vec<OnTheWay>,
    pub(super) holds: Grams,
    pub(super) limits: Limits,
    pub(super) doubts: Vec<Doubted>,
}

impl Inputs {
    /// Reads all facilities that the actor sees, or the one of them that is asked for.
    pub(super) fn read(
        office: &Office,
        connection: &mut Connection,
        actor: &Actor,
        only: Option<FacilityId>,
    ) -> Outcome<Self> {
        let registry = office.registry(connection, actor.province)?;
        let list: Arc<RunningOut> = running_out(office, connection, actor, Past::default())?;
        let at = office.now(connection)?;
        let first = at.date();
        let norms = NeedNorms::from_norms(registry.norms(), first, registry.readiness()).map_err(Failure::refused)?;
        let paths = if list.lines.len() > MANY { PATHS / 2 } else { PATHS };
        let draws = Draws::by_norms(SEED, paths, &norms);
        let expected = Expected::read(office, connection, &registry, (first, &draws))?;
        let everybody = running_out(office, connection, &Actor::program(actor.province), Past::default())?;
        let patients: u32 = everybody.lines.iter().filter_map(|line| counted(line, at)).map(|all| all.patients()).sum();
        let mut reader = Reader { registry: &registry, at, norms: &norms, expected: &expected, patients, known: None };
        let (mut facilities, mut silent) = (Vec::new(), Vec::new());
        for line in list.lines.iter().filter(|line| only.is_none_or(|only| only == line.facility)) {
            match reader.read(connection, line)? {
                Some(known) => facilities.push(known),
                None => silent.push((line.facility, line.name.clone())),
            }
        }
        Ok(Self { at, first, draws, expected, facilities, silent, norms })
    }

    /// The need of a facility under what is supposed.
    pub(super) fn need(&self, of: &OfFacility, supposed: Supposed) -> Option<Need> {
        let nobody = [Quantiles::rising([0.0; forecast::LEVELS]); DAYS / 7 + 1];
        let own = of.ahead.as_ref();
        let province = self.expected.province.as_ref();
        let (weeks, gone, signal) = match (of.grounds, own, province) {
            (Grounds::Own, Some(own), _) => (Weeks::Quantiles(&own.weeks), own.gone, Signal::Admissions),
            (Grounds::Part(signal), _, Some(province)) => (Weeks::Paths(&province.paths), province.ahead.gone, signal),
            _ => (Weeks::Quantiles(&nobody), 0, Signal::Admissions),
        };
        let known = Known {
            gone,
            days: DAYS,
            counted: counted_as(signal),
            share: if matches!(of.grounds, Grounds::Part(_)) { of.part } else { 1.0 },
            before: &of.before,
            census: of.own,
            other: of.other,
            base: of.base,
            ..Known::new(number(of.line.facility), self.first, weeks, of.coefficient)
        };
        // Paths of the province are taken in parts already; a wave is parted where the counts are a facility's own.
        let part = if matches!(of.grounds, Grounds::Part(_)) { 1.0 } else { of.part };
        need(&known, &supposed.scenario(part), &self.norms, &self.draws)
    }

    /// What a facility has, with or without what is on the way.
    pub(super) fn stock<'a>(&self, of: &OfFacility, arrivals: &'a [Arrival]) -> Stock<'a> {
        let outlook = &of.line.outlook;
        Stock {
            now: self.at,
            usable: outlook.usable_now.mid,
            production: outlook.production,
            holds: (of.holds > Grams::ZERO).then_some(of.holds),
            arrivals,
        }
    }

    /// What is on the way, with how probable it is that it comes in time.
    pub(super) fn arrivals(&self, of: &OfFacility) -> Vec<Arrival> {
        let (loaded, promised) = self.norms.arrives;
        let arrival = |one: &OnTheWay| Arrival {
            at: one.at,
            grams: one.grams,
            probability: if one.plate.is_some() { loaded } else { promised },
        };
        of.on_the_way.iter().map(arrival).collect()
    }
}

/// The stream of random figures of a facility.
fn number(facility: FacilityId) -> u64 {
    let text = facility.to_string();
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

const fn counted_as(signal: Signal) -> Counted {
    match signal {
        Signal::Admissions => Counted::Admissions,
        _ => Counted::Cases,
    }
}

/// What is used in a day as it is now, made by machines included; none where no gauge and no patients tell.
pub(super) fn used_a_day(outlook: &Outlook) -> Option<Grams> {
    outlook.burn.map(|burn| (burn.range.mid + outlook.production).over(Span::days(1)))
}

/// The patients of a facility, unless they were counted too long ago.
fn counted(line: &Line, now: Moment) -> Option<Census> {
    line.census.filter(|census| now - census.at < COUNT_FORGOTTEN).map(|census| census.census)
}

/// What of all facilities is read at once.
struct Once {
    said: Said,
    beds: HashMap<FacilityId, BedCount>,
    on_the_way: HashMap<FacilityId, Vec<OnTheWay>>,
}

struct Reader<'a> {
    registry: &'a Registry,
    at: Moment,
    norms: &'a NeedNorms,
    expected: &'a Expected,
    /// Patients of all facilities.
    patients: u32,
    /// What is read once for all.
    known: Option<Once>,
}

impl Reader<'_> {
    fn once(&mut self, connection: &mut Connection) -> Outcome<()> {
        if self.known.is_none() {
            let beds = record::open::<BedCount>(connection, self.registry.province())?;
            let beds = beds.into_iter().map(|kept| (kept.content.facility, kept.content)).collect();
            let said = said::said(connection, self.registry)?;
            let on_the_way = arrivals(connection, self.registry.province())?;
            self.known = Some(Once { said, beds, on_the_way });
        }
        Ok(())
    }

    /// None where nothing is known that a need could be drawn from.
    fn read(&mut self, connection: &mut Connection, line: &Line) -> Outcome<Option<OfFacility>> {
        self.once(connection)?;
        let Some(facility) = self.registry.facility(line.facility) else { return Ok(None) };
        let Some(Once { said, beds, on_the_way }) = &self.known else { return Ok(None) };
        let settings = self.registry.settings(facility, self.at.date())?;
        let census = counted(line, self.at);
        let outlook = &line.outlook;
        let used = used_a_day(outlook);
        let own = self.expected.of_place(PlaceKey::Facility(line.facility));
        if census.is_none() && used.is_none() && own.is_none() {
            return Ok(None);
        }
        let patients = census.map_or(0, |census| census.patients());
        let part = f64::from(patients) / f64::from(self.patients.max(1));
        let mut doubts = Vec::new();
        let (grounds, before) = self.grounds(own.as_ref().map(|(_, before)| *before), census.is_some());
        let (epidemic, other) = match census {
            None => (Census::default(), Census::default()),
            Some(census) => {
                let (share, counted) = match grounds {
                    Grounds::Part(signal) => (part, counted_as(signal)),
                    _ => (1.0, Counted::Admissions),
                };
                apart(census, &before, share, counted, self.norms)
            }
        };
        let coefficient = coefficient(
            connection,
            (self.registry, facility),
            (said, outlook.production),
            (&settings, self.norms),
            self.at,
        )?;
        let by_gauge = outlook.burn.filter(|burn| burn.basis == Basis::Gauge).and(used);
        let base = match (patients, grounds, by_gauge) {
            // Nobody counts patients, or none are told where the gauge falls: what is used goes on as it is.
            (0, _, Some(used)) if census.is_some() || grounds == Grounds::Nobody => {
                Base { daily: used, deviation: used.share(USE_STRAYS), per_coefficient: Grams::ZERO }
            }
            _ => Base::NONE,
        };
        if grounds == Grounds::Nobody {
            doubts.push(Doubted::NoCounts);
        }
        match line.census.map(|census| self.at - census.at) {
            None => doubts.push(Doubted::NoPatients),
            Some(age) if age > COUNT_OLD => doubts.push(Doubted::OldPatients((age.as_hours() / 24.0).round() as u32)),
            Some(_) => {}
        }
        if census.is_some() && coefficient.days < FEW_DAYS {
            doubts.push(Doubted::FewDays(coefficient.days as u32));
        }
        let ahead = own.map(|(ahead, _)| ahead);
        let of_counts = match grounds {
            Grounds::Own => ahead.as_ref(),
            Grounds::Part(_) => self.expected.province.as_ref().map(|province| &province.ahead),
            Grounds::Nobody => None,
        };
        doubts.extend(of_counts.into_iter().flat_map(|ahead| &ahead.doubts).map(|doubt| Doubted::Counts(*doubt)));
        let stores = || facility.stores_on(self.at.date()).filter(|store| self.registry.works(store.id, self.at));
        let holds = stores().map(|store| store.usable(store.capacity, &settings)).sum();
        Ok(Some(OfFacility {
            grounds,
            ahead,
            before,
            part,
            own: census.map(|_| epidemic),
            patients: census,
            other,
            base,
            coefficient,
            on_the_way: on_the_way.get(&line.facility).cloned().unwrap_or_default(),
            holds,
            limits: Limits {
                production: outlook.production,
                ..limits(facility, line, beds.get(&line.facility), holds, settings.reserve_days)
            },
            doubts,
            line: line.clone(),
        }))
    }

    fn grounds(&self, own: Option<&[f64]>, has_patients: bool) -> (Grounds, Vec<f64>) {
        match (own, &self.expected.province) {
            (Some(before), _) => (Grounds::Own, before.to_vec()),
            (None, Some(province)) if has_patients => (Grounds::Part(province.signal), province.before.clone()),
            _ => (Grounds::Nobody, Vec::new()),
        }
    }
}

fn limits(facility: &Facility, line: &Line, count: Option<&BedCount>, holds: Grams, days_of_cover: f64) -> Limits {
    let beds = |which: fn(&place::body::Beds) -> Option<u32>| {
        count.and_then(|count| which(&count.beds)).or_else(|| which(&facility.beds))
    };
    let rate = |litres| rate_of_l_per_min(litres, ReferenceTemperature::Celsius21, Purity::PURE);
    Limits {
        storage: (holds > Grams::ZERO).then_some(holds),
        days_of_cover,
        flow: line.flow.map(|flow| rate(flow.deliverable)).filter(|flow: &GramsPerHour| flow.0 > 0.0),
        oxygen_beds: beds(|beds| beds.oxygen),
        production: GramsPerHour::ZERO,
        beds: [None, None, beds(|beds| beds.icu)],
    }
}
