//! The officer's form on a phone, the receipt, the correction.

use askama::Template;

use super::{Choice, Copied, Link, Range, Refusal, ReportSummary, Say, Shell};

/// GET and refused POST /co-so/{id}/bao-cao.
#[derive(Template, Clone, Debug)]
#[template(path = "report.html")]
pub struct ReportForm {
    /// The words.
    pub t: Say,
    /// What stands around.
    pub shell: Shell,
    /// Idempotency key for a browser without script; a refused form keeps its own.
    pub key: String,
    /// Where it is sent.
    pub action: String,
    /// Key of the facility, for the queue of a device.
    pub target: String,
    /// What this shift has sent already.
    pub already: Option<AlreadySent>,
    /// «BV Hải Âu».
    pub facility: String,
    /// «ca đêm 18:00 – 06:00».
    pub shift: String,
    /// When the grey figures were reported: «hôm qua 18:02»; empty for the first report.
    pub last_told: String,
    /// When it happened.
    pub happened: Happened,
    /// One block per tank.
    pub tanks: Vec<TankField>,
    /// One line per cylinder size.
    pub cylinders: Vec<CylinderField>,
    /// One block per plant or kind of concentrator.
    pub machines: Vec<MachineField>,
    /// One line per device.
    pub patients: Vec<PatientField>,
    /// Who needs oxygen and has none.
    pub waiting: Waiting,
    /// As typed before.
    pub note: String,
    /// The desk enters for the facility: who told it, as typed before. `None` for the officer himself.
    pub told_by: Option<String>,
    /// Names of the fields that a hand had touched when the form was refused, separated by blanks.
    pub touched: String,
    /// Why it was refused.
    pub refusal: Option<Refusal>,
}

/// A report of this shift that has just been received: a second one may be a mistake.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AlreadySent {
    /// `02:14`.
    pub time: String,
    /// `7K2`.
    pub code: String,
    /// Its receipt.
    pub see_href: String,
    /// Where it is corrected, for whoever may.
    pub correct_href: Option<String>,
}

/// When the figures were read.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Happened {
    /// `now`, `shift` or `other`.
    pub chosen: String,
    /// `18:00`, when this shift began.
    pub shift_start: String,
    /// `2026-11-22T01:30`, for `other`.
    pub other: String,
    /// The latest moment that may be chosen, in the same form.
    pub latest: String,
}

/// One tank.
#[derive(Clone, PartialEq, Debug)]
pub struct TankField {
    /// Its field is `tank.{store}`.
    pub store: String,
    /// «Bồn oxy lỏng 1».
    pub name: String,
    /// Unit of its own gauge: `mmH2O`, `%`, `kg`.
    pub unit: String,
    /// What is sent as `tank.{store}.unit`: the code of the unit.
    pub unit_code: String,
    /// The highest mark of the gauge.
    pub full_mark: f64,
    /// The step of a finger: one of the smallest marks.
    pub step: f64,
    /// Last reading, for the grey digits and the dashed line.
    pub last: Option<f64>,
    /// Last reading as it was written: `1.240`.
    pub last_shown: String,
    /// What the phone asks back by without a network, in JSON; empty where the gauge has a dial of its own.
    pub guard: String,
    /// As typed before.
    pub value: String,
}

impl TankField {
    /// Name of its field.
    pub fn field(&self) -> String {
        format!("tank.{}", self.store)
    }

    /// The drawing that the finger moves.
    pub fn draw(&self, label: &str) -> String {
        let id = format!("inside-{}", self.store);
        crate::chart::tank(&id, self.last.map(|last| last / self.full_mark), self.full_mark, label)
    }
}

/// One size of cylinder.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CylinderField {
    /// Its fields are `full.{size}`, `part.{size}`, `empty.{size}` and `damaged.{size}`.
    pub size: String,
    /// «Chai 40 L».
    pub name: String,
    /// Full ones: as typed before, else the last figure.
    pub full: String,
    /// Empty ones: as typed before, else the last figure.
    pub empty: String,
    /// Begun ones: as typed before, else the last figure.
    pub part: String,
    /// Damaged ones: as typed before, else the last figure.
    pub damaged: String,
    /// Whether begun and damaged ones are shown at once.
    pub more_open: bool,
    /// Whether all are still the last figures, shown in grey.
    pub untouched: bool,
}

impl CylinderField {
    /// Name of one of its fields.
    pub fn field(&self, part: &str) -> String {
        format!("{part}.{}", self.size)
    }
}

/// A plant, or concentrators of one kind: so many run, each at so much.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MachineField {
    /// Its fields are `running.{store}` and `tank.{store}`.
    pub store: String,
    /// «Hệ thống PSA».
    pub name: String,
    /// How many run: as typed before, else the last figure.
    pub running: String,
    /// What one makes: as typed before, else the last figure, else by its plate.
    pub flow: String,
    /// Unit of its plate: `Nm³/giờ`, `L/phút`.
    pub unit: String,
    /// What is sent as `tank.{store}.unit`: the code of the unit.
    pub unit_code: String,
    /// Whether both are still the last figures, shown in grey.
    pub untouched: bool,
}

impl MachineField {
    /// Name of one of its fields.
    pub fn field(&self, part: &str) -> String {
        format!("{part}.{}", self.store)
    }
}

/// Patients on one kind of device.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PatientField {
    /// Its field is `patients.{device}`.
    pub device: String,
    /// «Mặt nạ, gọng kính».
    pub name: String,
    /// As typed before, else the last figure.
    pub value: String,
    /// Whether it is still the last figure, shown in grey.
    pub untouched: bool,
}

impl PatientField {
    /// Name of its field.
    pub fn field(&self) -> String {
        format!("patients.{}", self.device)
    }
}

/// People who need oxygen and have none. A zero usually means that nobody asked.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Waiting {
    /// As typed; empty at first.
    pub value: String,
    /// «chưa hỏi».
    pub unasked: bool,
}

/// GET /bien-nhan/{code}: what was received and what it means.
#[derive(Template, Clone, Debug)]
#[template(path = "receipt.html")]
pub struct ReceiptPage {
    /// The words.
    pub t: Say,
    /// What stands around.
    pub shell: Shell,
    /// `02:14`.
    pub time: String,
    /// `7K2`.
    pub code: String,
    /// «BV Hải Âu».
    pub facility: String,
    /// Its page.
    pub facility_href: String,
    /// How long it lasts now; `None` when not computable.
    pub left: Option<Range>,
    /// What it means: «Xe 3 đến lúc 04:20.»
    pub means: Vec<String>,
    /// The same key was sent before: nothing was counted twice.
    pub again: bool,
    /// Somebody else told another figure for the same moment; both are kept.
    pub conflict: Option<String>,
    /// What was received.
    pub report: ReportSummary,
    /// The text of «Chép sang Zalo».
    pub copy: Copied,
    /// Where to go: the list, the next form.
    pub links: Vec<Link>,
}

/// GET and refused POST /bao-cao/{id}/dinh-chinh.
#[derive(Template, Clone, Debug)]
#[template(path = "correction.html")]
pub struct CorrectionPage {
    /// The words.
    pub t: Say,
    /// What stands around.
    pub shell: Shell,
    /// Key of the report, for the queue of a device.
    pub report: String,
    /// Idempotency key for a browser without script.
    pub key: String,
    /// Where it is sent.
    pub action: String,
    /// «BV Hải Âu».
    pub facility: String,
    /// Back without a change.
    pub back_href: String,
    /// The report that is reversed.
    pub original: ReportSummary,
    /// One line per figure.
    pub lines: Vec<CorrectionLine>,
    /// Common reasons, field `reason_kind`.
    pub reasons: Vec<Choice>,
    /// As typed before.
    pub reason: String,
    /// Why it was refused.
    pub refusal: Option<Refusal>,
}

/// One figure, old and new side by side.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CorrectionLine {
    /// Name of its field.
    pub name: String,
    /// «Bồn oxy lỏng 1».
    pub label: String,
    /// Unit of the field.
    pub unit: String,
    /// As told before; empty is «chưa rõ».
    pub old: String,
    /// As typed before, else the old one.
    pub value: String,
    /// Whether a decimal comma makes sense.
    pub decimal: bool,
}
