//! GET /co-so/{id}: one facility.

use askama::Template;

use super::{Copied, Figure, Left, Link, NormsUsed, Notice, OnRoad, Phone, Say, Shell, Tone};

/// One facility: how long it lasts, what it has, who answers, what was reported.
#[derive(Template, Clone, Debug)]
#[template(path = "facility.html")]
pub struct FacilityPage {
    /// The words.
    pub t: Say,
    /// What stands around.
    pub shell: Shell,
    /// «BV Hải Âu».
    pub name: String,
    /// «Phú Quốc, An Giang · tuyến tỉnh · Sở Y tế chỉ đạo».
    pub about: String,
    /// How long it lasts.
    pub left: Left,
    /// Its tone.
    pub tone: Tone,
    /// The word beside the colour.
    pub word: String,
    /// A short sentence at the head.
    pub notice: Option<Notice>,
    /// Usable stock, use per hour, peak flow, patients… each with its label.
    pub figures: Vec<(String, Figure)>,
    /// What is on the road.
    pub on_road: Vec<OnRoad>,
    /// Whom to call.
    pub contacts: Contacts,
    /// The series of the stock.
    pub series: Option<Series>,
    /// The installation register.
    pub installations: Vec<Installation>,
    /// Patients by device, as last reported.
    pub patients: Vec<DevicePatients>,
    /// Beds.
    pub beds: Vec<Bed>,
    /// Newest first.
    pub reports: Vec<ReportSummary>,
    /// Older reports.
    pub older_href: Option<String>,
    /// The norms that the figures rest on.
    pub norms: NormsUsed,
    /// The form; `None` without the right.
    pub report_href: Option<String>,
    /// Chain to the bed, beds, charts.
    pub means: Vec<Link>,
    /// The text of «Chép sang Zalo».
    pub copy: Copied,
    /// Shown with «mô phỏng».
    pub simulated: bool,
}

/// A drawing in two widths: the words of a drawing do not shrink with the screen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Series {
    /// SVG for the desk and for paper, from [`crate::chart`].
    pub wide: String,
    /// SVG for the phone, from [`crate::chart`].
    pub narrow: String,
    /// What it says, in a sentence, for somebody who cannot see it.
    pub caption: String,
}

/// Whom to call, in this order.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Contacts {
    /// Duty phone of the facility.
    pub duty: Option<Phone>,
    /// Cán bộ đầu mối.
    pub focal: Option<Contact>,
    /// His deputy.
    pub deputy: Option<Contact>,
}

/// A person and a phone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Contact {
    /// Name and number.
    pub phone: Phone,
    /// «có mặt», «nghỉ đến 24/11».
    pub presence: String,
    /// `Attention` when absent.
    pub tone: Tone,
}

/// Whose a vessel is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Owner(pub String);

/// One line of the installation register.
#[derive(Clone, Debug)]
pub struct Installation {
    /// «Bồn oxy lỏng 1», «Chai 40 L · 150 bar», «Hệ thống PSA».
    pub name: String,
    /// Capacity.
    pub capacity: Figure,
    /// Unit of its gauge: «mmH2O», «%»; empty when it has none.
    pub gauge_unit: String,
    /// What is in it now.
    pub content: Figure,
    /// Flow it gave when tested, with the date in `age`.
    pub tested_flow: Figure,
    /// Whose it is.
    pub owner: Owner,
    /// «hoạt động», «hỏng từ 12/11».
    pub working: String,
    /// Tone of `working`.
    pub tone: Tone,
}

/// Patients on one kind of device.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DevicePatients {
    /// «Mặt nạ, gọng kính».
    pub device: String,
    /// How many.
    pub count: Figure,
}

/// One kind of bed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bed {
    /// «Giường có oxy».
    pub kind: String,
    /// Planned.
    pub planned: Figure,
    /// Open.
    pub open: Figure,
    /// In use.
    pub used: Figure,
}

/// One report, as it was told.
#[derive(Clone, Debug)]
pub struct ReportSummary {
    /// `7K2`.
    pub code: String,
    /// When it happened: `22/11/2026 02:02`.
    pub happened: String,
    /// When it was recorded: `02:14`.
    pub recorded: String,
    /// Who: «DS. Lê Thị Mận».
    pub who: String,
    /// From where: «biểu mẫu», «điện thoại, Trần Thị Sao ghi».
    pub source: String,
    /// What was told.
    pub lines: Vec<ReportedLine>,
    /// Correct it; `None` without the right or when reversed.
    pub correct_href: Option<String>,
    /// «đã đính chính bởi 8M4: gõ nhầm đơn vị».
    pub reversed: Option<String>,
    /// Photo of the gauge.
    pub photo_href: Option<String>,
    /// Shown with «mô phỏng».
    pub simulated: bool,
}

/// One figure of a report: the words as typed and what they mean.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReportedLine {
    /// «Bồn 1».
    pub label: String,
    /// «1.240 mmH2O», as typed.
    pub typed: String,
    /// «2.410 kg», what it means; empty when the same.
    pub means: String,
}
