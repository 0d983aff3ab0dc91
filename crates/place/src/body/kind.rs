//! What a body is.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{AreaCode, BodyId, ProvinceId};

/// What a body does. Whose it is stands in [`Ownership`], how high in [`BodyLevel`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BodyKind {
    /// Bộ.
    Ministry,
    /// Tỉnh ủy, thành ủy, huyện ủy, đảng ủy.
    PartyCommittee,
    /// Ủy ban nhân dân.
    PeoplesCommittee,
    /// Ban chỉ đạo phòng, chống dịch.
    SteeringCommittee,
    /// Bộ phận điều phối oxy.
    OxygenCoordinationUnit,
    /// Sở Y tế.
    HealthDepartment,
    /// Another department (sở, ban, ngành): finance, education, information.
    Department,
    /// Trung tâm kiểm soát bệnh tật.
    Cdc,
    /// Bệnh viện đa khoa.
    GeneralHospital,
    /// Bệnh viện chuyên khoa.
    SpecialisedHospital,
    /// Trung tâm y tế: of a district, since 1/7/2025 of a region.
    MedicalCentre,
    /// Trạm y tế.
    CommuneStation,
    /// Trạm y tế lưu động.
    MobileStation,
    /// Cơ sở thu dung, điều trị, set up for an epidemic.
    TreatmentSite,
    /// Nhà sản xuất, nhà cung ứng oxy.
    Supplier,
    /// Doanh nghiệp, khu công nghiệp.
    Enterprise,
    /// Trường học, đại học, cao đẳng.
    School,
    /// Nhà mạng viễn thông.
    TelecomOperator,
    /// Mặt trận Tổ quốc, đoàn thể.
    MassOrganisation,
}

impl BodyKind {
    /// Whether a body of this kind treats patients and so may be a facility.
    pub const fn treats_patients(self) -> bool {
        matches!(
            self,
            Self::GeneralHospital
                | Self::SpecialisedHospital
                | Self::MedicalCentre
                | Self::CommuneStation
                | Self::MobileStation
                | Self::TreatmentSite
        )
    }

    /// Whether it is a hospital, general or specialised.
    pub const fn is_hospital(self) -> bool {
        matches!(self, Self::GeneralHospital | Self::SpecialisedHospital)
    }
}

/// How high a body stands (tuyến, cấp).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BodyLevel {
    /// Trung ương.
    Central,
    /// Tỉnh.
    Province,
    /// Huyện; since 1/7/2025 regional medical centres (khu vực) stand here.
    District,
    /// Xã.
    Commune,
}

/// Whose a body is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ownership {
    /// Public, under the state's civil administration.
    Public,
    /// Private.
    Private,
    /// Of the army (quân y).
    Military,
    /// Of the police (công an).
    Police,
    /// Of another branch with its own medical service (y tế ngành).
    OtherBranch,
}

/// A body during the days it exists. A new name or parent closes it and opens another, which
/// stands among its successors.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Body {
    /// Stable for ever.
    pub id: BodyId,
    /// The command post it belongs to; bodies of the nation belong to 0.
    pub province: ProvinceId,
    /// Full name as it stands in letters.
    pub name: String,
    /// What it does.
    pub kind: BodyKind,
    /// How high it stands.
    pub level: BodyLevel,
    /// The body it is a unit of.
    pub parent: Option<BodyId>,
    /// The area it serves or lies in, read together with a day.
    pub area: Option<AreaCode>,
    /// First day.
    pub valid_from: Date,
    /// First day on which it no longer exists.
    pub valid_to: Option<Date>,
    /// Whose it is.
    pub ownership: Ownership,
    /// The bodies that took over on `valid_to`, the main one first.
    pub successors: Vec<BodyId>,
}

impl Body {
    /// Whether it existed on a day.
    pub fn valid_on(&self, day: Date) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|end| day < end)
    }
}
