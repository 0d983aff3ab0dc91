//! File what a facility says at once: gauges, cylinders, patients by device (OX04, OX07).
//!
//! Lives here: who may report for whom, what makes a report believable, what is appended.
//! Not here: rate of use and hours left (`oxygen::outlook`), the form (`web`), files (`crate::import`).

mod weigh;

pub(crate) use weigh::read_all as weigh_all;

use oxygen::{CensusId, ReadingId, ReadingProblem, ReportId, Source, StoreId};
use place::FacilityId;
use quantity::{Coded, Moment, ReferenceTemperature, Span, Unit};
use serde::{Deserialize, Serialize};
use store::blob;
use store::ledger::{CensusRow, ReadingRow, ReportRow};
use store::projection::{self, States};
use store::{Asked, series};

use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::registry::Facility;
use crate::rights::Capability;

/// How far ahead of the server a phone's clock may run before its report is refused.
pub const CLOCK_SKEW: Span = Span::minutes(10);
/// How far back a report may reach: further back it is an import, or a wrong year.
pub const OLDEST: Span = Span::days(366);
/// Two reports of one facility within this time are shown as a conflict; both are kept.
pub const SAME_TIME: Span = Span::minutes(5);
/// More patients on one device than any hospital has.
const MOST_PATIENTS: u32 = 5_000;

/// What a facility says at once.
#[derive(Debug, Clone, Serialize)]
pub struct FileReport {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which facility.
    pub facility: FacilityId,
    /// What it says.
    pub told: Told,
}

/// The content of a report, filed or put in the place of another.
#[derive(Debug, Clone, Serialize)]
pub struct Told {
    /// When it was so, by the domain clock; `None` is now.
    pub happened_at: Option<Moment>,
    /// Where it came from.
    pub source: Source,
    /// Who said it, when somebody else typed it.
    pub told_by: Option<String>,
    /// Free words.
    pub note: Option<String>,
    /// Photo of the gauge.
    pub photo: Option<Photo>,
    /// What gauges show.
    pub levels: Vec<Level>,
    /// What was counted.
    pub cylinders: Vec<Cylinders>,
    /// People on oxygen, and waiting.
    pub patients: Option<oxygen::Census>,
    /// Doubtful figures that were looked at again and stand.
    pub confirmed: Confirmed,
}

/// Which doubtful figures somebody has looked at again. To confirm one is not to confirm the next.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub enum Confirmed {
    /// None.
    #[default]
    Nothing,
    /// Those of some stores.
    Stores(Vec<StoreId>),
    /// All: a program that has no person to ask.
    Everything,
}

impl Confirmed {
    /// Whether the figure of a store was looked at.
    pub fn covers(&self, store: StoreId) -> bool {
        match self {
            Self::Nothing => false,
            Self::Stores(stores) => stores.contains(&store),
            Self::Everything => true,
        }
    }
}

/// A photo as it was taken.
#[derive(Clone, Serialize)]
pub struct Photo {
    /// `image/jpeg`, `image/png`, `image/webp`.
    pub media_type: String,
    /// SHA-256 of the bytes, so that the same photo is the same request.
    pub digest: [u8; 32],
    /// The bytes.
    #[serde(skip)]
    pub bytes: Vec<u8>,
}

impl std::fmt::Debug for Photo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}, {} bytes", self.media_type, self.bytes.len())
    }
}

/// What one gauge shows, as typed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Level {
    /// Which store.
    pub store: StoreId,
    /// As typed: `41,5`, `310 kg`.
    pub text: String,
    /// The unit that stands beside the field, when the words name none.
    pub unit: Option<Unit>,
    /// Reference temperature, when one was said.
    pub reference: Option<ReferenceTemperature>,
    /// How many units run, for concentrators.
    pub running: Option<u32>,
}

/// Cylinders of one store, counted.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Cylinders {
    /// Which store.
    pub store: StoreId,
    /// Full.
    pub full: u32,
    /// Begun.
    pub part: u32,
    /// Empty shells.
    pub empty: u32,
    /// Not to be filled.
    pub damaged: u32,
}

/// What the officer gets back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filed {
    /// The report.
    pub report: ReportId,
    /// What is said on the telephone: three signs.
    pub code: String,
    /// When it was recorded, by the domain clock.
    pub recorded_at: Moment,
    /// Another report of the same facility for the same time; both are kept.
    pub conflicts_with: Option<ReportId>,
}

/// Why a report is refused. Each variant has its sentence and next step in `locales/`.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// The phone's clock runs ahead, or the day is mistyped.
    #[error("OXY-016: {ahead} ahead of the server's clock")]
    InTheFuture {
        /// By how much.
        ahead: Span,
    },
    /// Older than a year: a wrong year, or a file to be imported.
    #[error("OXY-031: {at} is too far back")]
    TooFarBack {
        /// When it is said to have been.
        at: Moment,
    },
    /// Nothing was said.
    #[error("OXY-034: the report says nothing")]
    Empty,
    /// The facility has no such store on that day.
    #[error("OXY-033: the facility has no such store on that day")]
    UnknownStore,
    /// The same store twice in one report.
    #[error("OXY-035: the same store twice")]
    Twice {
        /// Its label.
        label: String,
    },
    /// Somebody else's words need their speaker.
    #[error("OXY-030: whose words are these?")]
    WhoSaidIt,
    /// More patients than any hospital has.
    #[error("OXY-036: {count} patients on one device")]
    TooManyPatients {
        /// As typed.
        count: u32,
    },
    /// A photo of a kind that is not kept, or too large.
    #[error("OXY-037: the photo cannot be kept")]
    BadPhoto,
    /// A gauge or a count that cannot be true of its store.
    #[error("{problem}")]
    Reading {
        /// Which store.
        store: StoreId,
        /// As people there call it.
        label: String,
        /// Why.
        problem: ReadingProblem,
    },
}

impl Coded for Refused {
    fn code(&self) -> &'static str {
        match self {
            Self::InTheFuture { .. } => "OXY-016",
            Self::WhoSaidIt => "OXY-030",
            Self::TooFarBack { .. } => "OXY-031",
            Self::UnknownStore => "OXY-033",
            Self::Empty => "OXY-034",
            Self::Twice { .. } => "OXY-035",
            Self::TooManyPatients { .. } => "OXY-036",
            Self::BadPhoto => "OXY-037",
            Self::Reading { problem, .. } => problem.code(),
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::InTheFuture { ahead } => vec![("ahead", ahead.to_string())],
            Self::TooFarBack { at } => vec![("at", at.to_string())],
            Self::Twice { label } => vec![("label", label.clone())],
            Self::TooManyPatients { count } => vec![("count", count.to_string())],
            Self::Reading { label, problem, .. } => {
                let mut facts = problem.facts();
                facts.push(("label", label.clone()));
                facts
            }
            Self::WhoSaidIt | Self::UnknownStore | Self::Empty | Self::BadPhoto => Vec::new(),
        }
    }
}

impl Operation for FileReport {
    type Done = Filed;
    const NAME: &'static str = "file_report";
    const NEEDS: Capability = Capability::ReportOxygen;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<Filed> {
        let facility = desk.facility(self.facility)?;
        check_speaker(desk, &facility, &self.told)?;
        // Asked together with the states: one exchange with the database instead of two.
        let filing = Filing::begin(desk, &facility, ReportId(desk.new_id()), &self.told)?;
        let mut states = States::of_facility(desk.transaction(), facility.body.province, facility.id)?;
        let filed = append(desk, &facility, filing, self.told, &mut states)?;
        let province = desk.actor().province;
        states.save(desk.transaction(), province)?;
        Ok(filed)
    }
}

/// Who works for the facility speaks for it. The desk may speak for any, and says whose words they
/// are: «xác nhận qua điện thoại, do ai» is a step of its own, not somebody else's login.
pub(crate) fn check_speaker(desk: &Desk<'_, '_>, facility: &Facility, told: &Told) -> Outcome<()> {
    if desk.actor().own_facility() == Some(facility.id) {
        return Ok(());
    }
    if !desk.actor().may(Capability::ReportOnBehalf) {
        return Err(Failure::Forbidden(Capability::ReportOnBehalf));
    }
    let machine = matches!(told.source, Source::Sensor | Source::Simulation | Source::File);
    let named = told.told_by.as_deref().is_some_and(|name| !name.trim().is_empty());
    if named || machine || desk.actor().user.is_none() { Ok(()) } else { Err(Failure::refused(Refused::WhoSaidIt)) }
}

/// What is settled before the figures are looked at: the key, the moment, and the question whether
/// somebody else has told of about the same time.
pub(crate) struct Filing {
    report: ReportId,
    happened_at: Moment,
    near: Asked,
    photo: Option<[u8; 32]>,
}

impl Filing {
    /// Checks the moment and asks for other reports of about the same time.
    pub(crate) fn begin(desk: &mut Desk<'_, '_>, facility: &Facility, report: ReportId, told: &Told) -> Outcome<Self> {
        let happened_at = check_time(desk.now(), told.happened_at)?;
        let province = desk.actor().province;
        let (from, to) = (happened_at - SAME_TIME, happened_at + SAME_TIME);
        let near = series::ask_report_near(desk.transaction(), province, facility.id, from, to)?;
        Ok(Self { report, happened_at, near, photo: None })
    }

    /// Keeps a photo that is already stored, unless another one is told.
    pub(crate) fn keeping(self, stored: Option<&[u8]>) -> Self {
        Self { photo: stored.and_then(|name| name.try_into().ok()), ..self }
    }
}

/// Checks and appends what was told; the states are folded into, not yet saved.
pub(crate) fn append(
    desk: &mut Desk<'_, '_>,
    facility: &Facility,
    filing: Filing,
    told: Told,
    states: &mut States,
) -> Outcome<Filed> {
    let Filing { report, happened_at, near, photo: stored } = filing;
    let settings = desk.registry().settings(facility, happened_at.date())?;
    let readings = weigh::read_all(facility, &told, happened_at, states, &settings)?;
    if readings.is_empty() && told.patients.is_none() {
        return Err(Failure::refused(Refused::Empty));
    }
    let conflicts_with = series::report_near(desk.transaction(), near)?;
    desk.about(report.0);
    desk.mention("facility", facility.code.as_str());
    let photo = keep_photo(desk, told.photo)?.or(stored);
    let recorded_at = desk.now();
    let source = told.source.code();
    desk.append_report(&ReportRow {
        id: report,
        facility: facility.id,
        happened_at,
        source,
        told_by: words_of(told.told_by),
        note: words_of(told.note),
        photo,
    })?;
    for reading in readings {
        let row = ReadingRow { id: ReadingId(desk.new_id()), report: Some(report), source, ..reading };
        desk.append_reading(&row)?;
        states.observe(facility.id, &row);
    }
    if let Some(census) = told.patients {
        append_census(desk, facility, report, happened_at, census, source)?;
    }
    Ok(Filed { report, code: spoken_code(report), recorded_at, conflicts_with })
}

/// Free words as they are kept: trimmed, at most 4,000 signs, without control signs that not every
/// database keeps. Nothing when nothing is left.
pub(crate) fn words_of(text: Option<String>) -> Option<String> {
    let kept = |sign: &char| !sign.is_control() || matches!(sign, '\n' | '\t');
    let text: String = text?.trim().chars().filter(kept).take(4_000).collect();
    Some(text).filter(|text| !text.is_empty())
}

/// When it was so: not ahead of the clock, not further back than a year.
pub(crate) fn check_time(now: Moment, told: Option<Moment>) -> Outcome<Moment> {
    let happened_at = told.unwrap_or(now);
    let ahead = happened_at - now;
    if ahead > CLOCK_SKEW {
        return Err(Failure::refused(Refused::InTheFuture { ahead }));
    }
    if now - happened_at > OLDEST {
        return Err(Failure::refused(Refused::TooFarBack { at: happened_at }));
    }
    // A phone a few minutes fast must not make a reading that nothing newer can replace.
    Ok(happened_at.min(now))
}

fn keep_photo(desk: &mut Desk<'_, '_>, photo: Option<Photo>) -> Outcome<Option<[u8; 32]>> {
    let Some(photo) = photo else { return Ok(None) };
    let kept = matches!(photo.media_type.as_str(), "image/jpeg" | "image/png" | "image/webp");
    if !kept || photo.bytes.len() > 12 << 20 {
        return Err(Failure::refused(Refused::BadPhoto));
    }
    let (province, at) = (desk.actor().province, desk.now());
    Ok(Some(blob::keep(desk.transaction(), province, &photo.media_type, photo.bytes, at)?))
}

fn append_census(
    desk: &mut Desk<'_, '_>,
    facility: &Facility,
    report: ReportId,
    happened_at: Moment,
    census: oxygen::Census,
    source: &'static str,
) -> Outcome<()> {
    let by_device = [census.mask, census.hfnc, census.niv, census.invasive, census.ecmo];
    if let Some(count) = by_device.into_iter().chain(census.waiting).find(|count| *count > MOST_PATIENTS) {
        return Err(Failure::refused(Refused::TooManyPatients { count }));
    }
    let row = CensusRow {
        id: CensusId(desk.new_id()),
        report: Some(report),
        facility: facility.id,
        happened_at,
        by_device,
        waiting: census.waiting,
        source,
    };
    desk.append_census(&row)?;
    let province = desk.actor().province;
    Ok(projection::save_census(desk.transaction(), province, &row)?)
}

/// Three signs to be said on the telephone, without those that sound or look alike.
pub fn spoken_code(report: ReportId) -> String {
    const SIGNS: &[u8; 24] = b"23456789ABCDEGHKMNPRSTXY";
    let bytes = report.0.bytes();
    [bytes[13], bytes[14], bytes[15]].iter().map(|byte| char::from(SIGNS[usize::from(*byte) % 24])).collect()
}
