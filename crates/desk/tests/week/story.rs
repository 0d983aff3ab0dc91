//! What happens in the week, and what is true of it.

use std::collections::HashMap;

use desk::operations::close_store::CloseStore;
use desk::operations::correct_report::CorrectReport;
use desk::operations::file_report::{Confirmed, Cylinders, FileReport, Level, Told};
use desk::operations::merge_facility::MergeFacility;
use desk::operations::record_movement::RecordMovement;
use desk::{Failure, IdempotencyKey};
use oxygen::{Census, MovementKind, Settings, Shown, Source, StoreId};
use place::FacilityId;
use protocol::{Norms, Readiness};
use quantity::{Coded, Grams, GramsPerHour, Moment, Span, Unit};
use simulate::{Event, Scenario, SimulatedDelivery, SimulatedFacility, SimulatedReport};

use super::office::{FACILITIES, Province};

/// Who plays which part.
pub struct Cast;

impl Cast {
    pub const SILENT: [&'static str; 5] =
        ["TTYT Cồn Én", "BV Tim mạch Sóng Lặng", "TTYT Chim Trích", "BV Quốc tế Rạn San Hô Phú Quốc", "TYT Bìm Bịp"];
    /// Kilograms into a gauge of per cent.
    const KILOGRAMS_AS_PERCENT: &'static str = "BV Nhi Chuồn Chuồn Ớt";
    /// Per cent into a gauge of mmH2O.
    const PERCENT_AS_WATER: &'static str = "BV Đa khoa Núi Mây";
    /// Cubic metres of gas into a gauge of kilograms.
    const CUBIC_METRES_AS_KILOGRAMS: &'static str = "BV Phổi Gió Biển";
    const MERGED: &'static str = "TTYT Bông Điên Điển";
    const SUCCESSOR: &'static str = "BV Đa khoa Sông Cái Lớn";
    const FLOODED: &'static str = "TTYT Vàm Bướm";
}

/// What became of the wrong units.
#[derive(Debug, Default)]
pub struct Mistakes {
    /// Refused or asked about, by code, and typed anew at once.
    pub caught: HashMap<&'static str, u32>,
    /// Believed, and corrected forty minutes later.
    pub corrected: u32,
}

pub struct Week<'w> {
    scenario: &'w Scenario,
    province: &'w Province,
    settings: Settings,
    opening: Moment,
    told_until: Moment,
    /// Stores of the merged facility, and those that go on in their place.
    goes_on: HashMap<StoreId, StoreId>,
    merged: bool,
    flooded: bool,
    /// Reports to be corrected, when, and with what.
    to_correct: Vec<(Moment, FacilityId, oxygen::ReportId, Told)>,
    pub mistakes: Mistakes,
    received: HashMap<StoreId, Grams>,
}

impl<'w> Week<'w> {
    /// The week before is told at once: rates of use look back on it.
    pub fn begin(scenario: &'w Scenario, province: &'w Province) -> Self {
        let opening = scenario.chapter().opening();
        let norms = Norms::shipped().unwrap();
        let settings = Settings::from_norms(&norms, opening.date(), Readiness::Emergency).unwrap();
        let told_until = opening - Span::days(7);
        Self {
            scenario,
            province,
            settings,
            opening,
            told_until,
            goes_on: HashMap::new(),
            merged: false,
            flooded: false,
            to_correct: Vec::new(),
            mistakes: Mistakes::default(),
            received: HashMap::new(),
        }
    }

    pub fn go_on_until(&mut self, moment: Moment) {
        let (scenario, from) = (self.scenario, self.told_until);
        for event in scenario.events(from, moment) {
            self.what_is_due(event.recorded_at());
            if self.known(event.facility()).is_some() {
                self.province.set_clock(event.recorded_at());
                match event {
                    Event::Report(report) => self.reports(report),
                    Event::Delivery(delivery) => self.delivers(delivery),
                }
            }
        }
        self.what_is_due(moment);
        self.province.set_clock(moment);
        self.told_until = moment;
    }

    fn known(&self, facility: FacilityId) -> Option<&'w SimulatedFacility> {
        self.scenario.province().facilities.iter().take(FACILITIES).find(|known| known.facility.id == facility)
    }

    fn called(&self, name: &str) -> &'w SimulatedFacility {
        let all = &self.scenario.province().facilities;
        all.iter().take(FACILITIES).find(|known| known.facility.body.name == name).unwrap()
    }

    /// The flood, the merger and the corrections, each at its moment.
    fn what_is_due(&mut self, now: Moment) {
        if !self.flooded && now >= self.opening + Span::hours(51) {
            self.flooded = true;
            self.province.set_clock(self.opening + Span::hours(51));
            let tank = self.called(Cast::FLOODED).stores[0].id;
            let close = CloseStore { key: None, store: tank, reason: "bệ bồn ngập nước".into() };
            self.province.does(&self.province.desk, close).unwrap();
        }
        if !self.merged && now >= self.opening + Span::hours(80) {
            self.merged = true;
            self.province.set_clock(self.opening + Span::hours(80));
            let (facility, into) = (self.called(Cast::MERGED).facility.id, self.called(Cast::SUCCESSOR).facility.id);
            let merged =
                self.province.does(&self.province.keeper, MergeFacility { key: None, facility, into }).unwrap();
            self.goes_on = merged.stores.iter().map(|(old, new, _)| (*old, *new)).collect();
        }
        let (due, later): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.to_correct).into_iter().partition(|(at, ..)| *at <= now);
        self.to_correct = later;
        for (at, facility, report, instead) in due {
            self.province.set_clock(at);
            // He has looked again.
            let instead = Told { confirmed: Confirmed::Everything, ..instead };
            let correct =
                CorrectReport { key: None, report, reason: "gõ m³ vào ô kg".into(), instead: Some(instead) };
            self.province.does(self.province.officer(facility), correct).unwrap();
            self.mistakes.corrected += 1;
        }
    }

    fn reports(&mut self, report: &SimulatedReport) {
        let name = self.known(report.facility).unwrap().facility.body.name.as_str();
        let silent = Cast::SILENT.iter().position(|silent| *silent == name);
        if silent.is_some_and(|place| report.recorded_at >= self.opening + Span::hours(60 + 9 * place as i64)) {
            return;
        }
        let mut told = self.told(report);
        if told.levels.is_empty() && told.cylinders.is_empty() {
            return;
        }
        let facility = self.stands_for(report.facility);
        if facility != report.facility {
            // Its patients are counted with those of the successor.
            told.patients = None;
        } else if (self.merged && name == Cast::SUCCESSOR) || (self.flooded && name == Cast::FLOODED) {
            told.patients = Some(self.census(facility, report.happened_at));
        }
        let wrong = if report.happened_at >= self.opening { wrong_units(name, &told) } else { None };
        let Some(wrong) = wrong else {
            self.files(facility, told).unwrap();
            return;
        };
        match self.files(facility, wrong) {
            Ok(believed) => self.to_correct.push((report.recorded_at + Span::minutes(40), facility, believed, told)),
            Err(refused) => {
                *self.mistakes.caught.entry(refused.code()).or_default() += 1;
                self.files(facility, told).unwrap();
            }
        }
    }

    fn files(&self, facility: FacilityId, told: Told) -> Result<oxygen::ReportId, Failure> {
        let filing = FileReport { key: None, facility, told: told.clone() };
        let actor = self.province.officer(facility);
        let filed = match self.province.does(actor, filing) {
            // A figure that surprises and is right: he has looked again.
            Err(doubt) if ["OXY-017", "OXY-018"].contains(&doubt.code()) && told.note.is_none() => {
                let told = Told { confirmed: Confirmed::Everything, ..told };
                self.province.does(actor, FileReport { key: None, facility, told })?
            }
            other => other?,
        };
        Ok(filed.report)
    }

    fn stands_for(&self, facility: FacilityId) -> FacilityId {
        let gone = self.merged && self.called(Cast::MERGED).facility.id == facility;
        if gone { self.called(Cast::SUCCESSOR).facility.id } else { facility }
    }

    /// The store as it is called now; none once it stands under water.
    fn store(&self, store: StoreId) -> Option<StoreId> {
        let drowned = self.flooded && self.called(Cast::FLOODED).stores[0].id == store;
        (!drowned).then(|| self.goes_on.get(&store).copied().unwrap_or(store))
    }

    fn told(&self, report: &SimulatedReport) -> Told {
        let (mut levels, mut cylinders) = (Vec::new(), Vec::new());
        for reading in &report.readings {
            let Some(store) = self.store(reading.store) else { continue };
            let mut level = |typed: &quantity::Typed, running| {
                let (text, unit) = (typed.text.clone(), Some(typed.unit));
                levels.push(Level { store, text, unit, reference: typed.reference, running });
            };
            match &reading.shown {
                Shown::Level(typed) => level(typed, None),
                Shown::Running { units, flow } => level(flow, Some(*units)),
                Shown::Cylinders { full, part, empty, damaged } => {
                    let (full, part, empty, damaged) = (*full, *part, *empty, *damaged);
                    cylinders.push(Cylinders { store, full, part, empty, damaged });
                }
            }
        }
        Told {
            happened_at: Some(report.happened_at),
            source: Source::Form,
            told_by: None,
            note: None,
            photo: None,
            levels,
            cylinders,
            patients: Some(report.census),
            confirmed: Confirmed::Nothing,
        }
    }

    fn delivers(&mut self, delivery: &SimulatedDelivery) {
        let Some(store) = self.store(delivery.store) else { return };
        let movement = RecordMovement {
            key: IdempotencyKey::new(&delivery.id.to_string()),
            store,
            kind: MovementKind::Received,
            happened_at: delivery.happened_at,
            typed: delivery.typed.clone(),
            cylinders: delivery.cylinders,
            counterpart: None,
            source: Source::Form,
        };
        let actor = self.province.officer(self.stands_for(delivery.facility));
        match self.province.does(actor, movement) {
            Ok(_) => *self.received.entry(delivery.store).or_default() += delivery.amount,
            // Of the day before the merger and written down after it: the successor's store was not there yet.
            Err(refused) => assert_eq!(refused.code(), "DSK-001"),
        }
    }

    /// Every mistake was asked about or taken back, and each way happened.
    pub fn mistakes_were_mended(&self) {
        let caught: u32 = self.mistakes.caught.values().sum();
        assert!(caught >= 20, "{:?}", self.mistakes);
        assert!(self.mistakes.caught.keys().all(|code| code.starts_with("OXY-01")), "{:?}", self.mistakes);
        assert!(self.mistakes.corrected + self.mistakes.caught.get("OXY-018").copied().unwrap_or(0) > 0);
        assert!(self.to_correct.len() <= 1, "all but the last");
    }

    /// What was received is what was delivered, but for what is not written down yet.
    pub fn receipts_are_the_truth(&self, now: Moment) {
        let begun = self.opening - Span::days(7);
        for known in self.scenario.province().facilities.iter().take(FACILITIES) {
            let at = |moment| self.scenario.truth(known.facility.id, moment).unwrap().flows;
            let (then, settled, all) = (at(begun - Span::hours(8)), at(now - Span::hours(8)), at(now));
            for (place, (store, first)) in then.iter().enumerate() {
                let odd = [Cast::FLOODED, Cast::MERGED].contains(&known.facility.body.name.as_str());
                let told = self.received.get(store).copied().unwrap_or_default();
                let (least, most) = (settled[place].1.delivered, all[place].1.delivered);
                let slack = at(begun)[place].1.delivered - first.delivered;
                assert!(told <= most - first.delivered, "{}", known.facility.body.name);
                assert!(odd || told + slack >= least - first.delivered, "{}", known.facility.body.name);
            }
        }
    }

    /// The patients there; none on a tank that stands under water, as its wards were evacuated.
    pub fn census(&self, facility: FacilityId, at: Moment) -> Census {
        let of = |facility| self.scenario.truth(facility, at).unwrap().census;
        let own = of(facility);
        if self.merged && facility == self.called(Cast::SUCCESSOR).facility.id {
            return together(own, of(self.called(Cast::MERGED).facility.id));
        }
        let drowned = self.flooded && facility == self.called(Cast::FLOODED).facility.id;
        if drowned { Census { waiting: Some(0), ..Census::default() } } else { own }
    }

    /// What the patients there need, grams an hour.
    pub fn need(&self, facility: FacilityId, at: Moment) -> GramsPerHour {
        let of = |facility| self.scenario.truth(facility, at).unwrap().need;
        if self.flooded && facility == self.called(Cast::FLOODED).facility.id {
            return GramsPerHour::ZERO;
        }
        let heir = self.merged && facility == self.called(Cast::SUCCESSOR).facility.id;
        if heir { of(facility) + of(self.called(Cast::MERGED).facility.id) } else { of(facility) }
    }

    /// Hours until what is usable is gone, were no more trucks to come.
    pub fn lasts(&self, facility: FacilityId, at: Moment) -> Option<f64> {
        let known = self.known(facility)?;
        if self.flooded && facility == self.called(Cast::FLOODED).facility.id {
            return self.drawn_down(&[(known, 1)], at);
        }
        if self.merged && facility == self.called(Cast::SUCCESSOR).facility.id {
            return self.drawn_down(&[(known, 0), (self.called(Cast::MERGED), 0)], at);
        }
        self.scenario.lasts(facility, at, self.usable(known, 0, at))
    }

    /// Usable content of the stores from a place on.
    fn usable(&self, known: &SimulatedFacility, first: usize, at: Moment) -> Grams {
        let truth = self.scenario.truth(known.facility.id, at).unwrap();
        let stores = known.stores.iter().zip(&truth.contents).skip(first);
        stores.map(|(store, (_, content))| store.usable(*content, &self.settings)).sum()
    }

    /// The same for stores of several facilities, hour by hour.
    fn drawn_down(&self, parts: &[(&SimulatedFacility, usize)], at: Moment) -> Option<f64> {
        let drawn = |moment: Moment| -> f64 {
            let of = |(known, first): &(&SimulatedFacility, usize)| {
                let flows = self.scenario.truth(known.facility.id, moment).unwrap().flows;
                flows[*first..].iter().map(|(_, flow)| (flow.used + flow.lost).as_f64()).sum::<f64>()
            };
            parts.iter().map(of).sum()
        };
        let usable: f64 = parts.iter().map(|(known, first)| self.usable(known, *first, at).as_f64()).sum();
        let (begun, mut before) = (drawn(at), 0.0);
        for hour in 1.. {
            let moment = at + Span::hours(hour);
            if moment >= self.scenario.until() {
                return None;
            }
            let used = drawn(moment) - begun;
            if used >= usable && used > before {
                return Some(hour as f64 - 1.0 + ((usable - before) / (used - before)).clamp(0.0, 1.0));
            }
            before = used;
        }
        None
    }
}

fn together(one: Census, other: Census) -> Census {
    Census {
        mask: one.mask + other.mask,
        hfnc: one.hfnc + other.hfnc,
        niv: one.niv + other.niv,
        invasive: one.invasive + other.invasive,
        ecmo: one.ecmo + other.ecmo,
        waiting: one.waiting.zip(other.waiting).map(|(one, other)| one + other),
    }
}

/// The same report with its tank in a wrong unit; the note marks that the clerk did not look again.
fn wrong_units(name: &str, told: &Told) -> Option<Told> {
    let mut wrong = Told { note: Some("gõ vội".into()), ..told.clone() };
    let level = wrong.levels.first_mut()?;
    let shown: f64 = level.text.split_whitespace().next()?.replace('.', "").replace(',', ".").parse().ok()?;
    let (text, unit) = match name {
        Cast::KILOGRAMS_AS_PERCENT => (format!("{:.0}", shown * 114.0), Unit::Percent),
        Cast::PERCENT_AS_WATER => (format!("{:.0} %", (shown / 12.0).clamp(5.0, 95.0)), Unit::MillimetreOfWater),
        Cast::CUBIC_METRES_AS_KILOGRAMS => (format!("{:.0}", shown * 0.754), Unit::Kilogram),
        _ => return None,
    };
    (level.text, level.unit) = (text, Some(unit));
    Some(wrong)
}
