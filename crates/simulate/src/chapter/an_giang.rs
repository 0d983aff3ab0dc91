//! Invented facilities of the An Giang of today, in its real communes of 2026.

use place::BodyKind::{CommuneStation, GeneralHospital, MedicalCentre, SpecialisedHospital, TreatmentSite};
use place::BodyLevel::{Commune, District, Province};
use place::Ownership::{Military, Private};

use crate::spec::Dial::{Kilogram, Percent, Water};
use crate::spec::Stock::{Concentrators, Cylinders, Dewars, Plant, Tank};
use crate::spec::{Spec, Story};

/// The drill: three in danger, one of them with nothing left, one silent.
pub(super) fn in_the_drill() -> Vec<Spec> {
    let story = |spec: Spec| match spec.name {
        "BV Hải Âu" => spec.with(Story::Tight { left: 3.4, relief: 3 }),
        "TTYT Cánh Buồm" => spec.with(Story::Tight { left: 2.6, relief: 5 }),
        "Cơ sở thu dung Ghe Ngo" => spec.with(Story::Tight { left: -0.5, relief: 4 }),
        "BV Đa khoa tư nhân Lục Bình" => spec.with(Story::Silent(27)),
        "TTYT Chim Trích" => spec.with(Story::Tight { left: 19.0, relief: 9 }),
        "BV Đa khoa Sếu Đầu Đỏ" => spec.with(Story::Tight { left: 26.0, relief: 12 }),
        _ => spec,
    };
    LASTING.into_iter().chain(SET_UP_FOR_THE_WAVE).map(story).collect()
}

/// Quiet days: the same hospitals without the sites of the epidemic, and without the season's coughs.
pub(super) fn on_quiet_days() -> Vec<Spec> {
    LASTING.into_iter().map(|spec| Spec { calm: spec.calm * 0.6, ..spec }).collect()
}

const LASTING: [Spec; 26] = [
    Spec::new(
        "BV Hải Âu",
        (GeneralHospital, Province),
        "31078",
        [420, 430, 180, 24],
        [26.0, 92.0],
        &[Tank(9.0, Water), Cylinders(40.0, 12)],
        (1, 14),
    )
    .on_an_island(),
    Spec::new(
        "BV Đa khoa Sông Cái Lớn",
        (GeneralHospital, Province),
        "30742",
        [1_000, 1_080, 420, 60],
        [70.0, 190.0],
        &[Tank(26.0, Water), Dewars(4), Cylinders(40.0, 60)],
        (0, 10),
    ),
    Spec::new(
        "BV Đa khoa Sếu Đầu Đỏ",
        (GeneralHospital, Province),
        "30307",
        [900, 930, 360, 48],
        [60.0, 160.0],
        &[Tank(20.0, Percent), Cylinders(40.0, 50)],
        (0, 12),
    ),
    Spec::new(
        "BV Đa khoa Núi Mây",
        (GeneralHospital, Province),
        "30316",
        [600, 610, 240, 30],
        [40.0, 105.0],
        &[Tank(15.0, Water), Plant(20.0), Cylinders(40.0, 40)],
        (2, 14),
    ),
    Spec::new(
        "BV Nhi Chuồn Chuồn Ớt",
        (SpecialisedHospital, Province),
        "30307",
        [300, 320, 140, 26],
        [28.0, 60.0],
        &[Tank(10.0, Percent), Cylinders(10.0, 60)],
        (0, 12),
    ),
    Spec::new(
        "BV Sản Nhi Đước Xanh",
        (SpecialisedHospital, Province),
        "30742",
        [350, 350, 150, 22],
        [26.0, 48.0],
        &[Tank(10.0, Water), Cylinders(10.0, 50)],
        (0, 10),
    ),
    Spec::new(
        "BV Phổi Gió Biển",
        (SpecialisedHospital, Province),
        "30760",
        [250, 260, 160, 16],
        [34.0, 62.0],
        &[Tank(10.0, Kilogram), Cylinders(40.0, 30)],
        (0, 10),
    ),
    Spec::new(
        "BV Tim mạch Sóng Lặng",
        (SpecialisedHospital, Province),
        "30307",
        [200, 200, 90, 20],
        [18.0, 24.0],
        &[Tank(6.0, Percent), Cylinders(40.0, 24)],
        (0, 12),
    ),
    Spec::new(
        "BV Đa khoa tư nhân Lục Bình",
        (GeneralHospital, Province),
        "30742",
        [150, 150, 70, 8],
        [10.0, 26.0],
        &[Tank(5.0, Percent), Cylinders(40.0, 24)],
        (3, 12),
    )
    .owned_by(Private)
    .of_tier(2),
    Spec::new(
        "BV Đa khoa tư nhân Trăng Rằm",
        (GeneralHospital, Province),
        "30292",
        [180, 180, 80, 10],
        [12.0, 30.0],
        &[Tank(6.0, Water), Cylinders(40.0, 20)],
        (3, 14),
    )
    .owned_by(Private)
    .of_tier(2),
    Spec::new(
        "BV Quốc tế Rạn San Hô Phú Quốc",
        (GeneralHospital, Province),
        "31078",
        [200, 200, 100, 14],
        [9.0, 30.0],
        &[Tank(8.0, Kilogram), Cylinders(10.0, 40)],
        (1, 18),
    )
    .owned_by(Private)
    .of_tier(2)
    .on_an_island(),
    Spec::new(
        "BV Quân y Mũi Tàu",
        (GeneralHospital, Province),
        "30769",
        [200, 200, 90, 12],
        [10.0, 34.0],
        &[Tank(6.0, Percent), Cylinders(40.0, 40)],
        (2, 18),
    )
    .owned_by(Military)
    .of_tier(2),
    Spec::new(
        "TTYT Cánh Buồm",
        (MedicalCentre, District),
        "30769",
        [220, 230, 90, 8],
        [12.0, 44.0],
        &[Tank(5.0, Water), Cylinders(40.0, 8)],
        (2, 16),
    ),
    Spec::new(
        "TTYT Chim Trích",
        (MedicalCentre, District),
        "30904",
        [200, 210, 80, 6],
        [11.0, 34.0],
        &[Tank(5.0, Percent), Cylinders(40.0, 16)],
        (3, 14),
    ),
    Spec::new(
        "TTYT Bông Điên Điển",
        (MedicalCentre, District),
        "30628",
        [240, 240, 90, 8],
        [12.0, 36.0],
        &[Tank(5.0, Water), Cylinders(40.0, 24)],
        (0, 14),
    ),
    Spec::new(
        "TTYT Rừng Tràm Gió",
        (MedicalCentre, District),
        "31018",
        [160, 160, 60, 4],
        [8.0, 24.0],
        &[Tank(4.0, Percent), Cylinders(40.0, 30)],
        (3, 18),
    ),
    Spec::new(
        "TTYT Hoa Súng Tím",
        (MedicalCentre, District),
        "30817",
        [180, 180, 70, 6],
        [9.0, 28.0],
        &[Tank(4.0, Kilogram), Cylinders(40.0, 24)],
        (2, 14),
    ),
    Spec::new(
        "TTYT Thốt Nốt Già",
        (MedicalCentre, District),
        "30544",
        [180, 190, 70, 6],
        [9.0, 26.0],
        &[Dewars(12), Plant(15.0), Cylinders(40.0, 50)],
        (4, 16),
    ),
    Spec::new(
        "TTYT Cồn Én",
        (MedicalCentre, District),
        "30376",
        [220, 220, 80, 6],
        [10.0, 32.0],
        &[Tank(5.0, Percent), Cylinders(40.0, 20)],
        (4, 16),
    ),
    Spec::new(
        "TTYT Vàm Bướm",
        (MedicalCentre, District),
        "30682",
        [170, 170, 64, 4],
        [8.0, 24.0],
        &[Dewars(14), Cylinders(40.0, 60)],
        (4, 14),
    ),
    Spec::new(
        "TTYT Đảo Nhàn",
        (MedicalCentre, District),
        "31108",
        [50, 50, 20, 0],
        [3.0, 7.0],
        &[Concentrators(10.0, 4), Cylinders(40.0, 60)],
        (1, 24),
    )
    .on_an_island(),
    Spec::new(
        "TTYT Khu vực Liên xã Bờ Kênh Xáng Ruộng Cỏ Bàng Mùa Nước Nổi",
        (MedicalCentre, District),
        "30850",
        [190, 190, 70, 6],
        [9.0, 28.0],
        &[Tank(4.0, Water), Cylinders(40.0, 24)],
        (3, 12),
    ),
    Spec::new(
        "TYT Bìm Bịp",
        (CommuneStation, Commune),
        "30985",
        [10, 10, 6, 0],
        [0.05, 3.0],
        &[Cylinders(40.0, 24)],
        (3, 18),
    ),
    Spec::new(
        "TYT Bông Lau",
        (CommuneStation, Commune),
        "30346",
        [8, 8, 5, 0],
        [0.05, 2.4],
        &[Cylinders(40.0, 20)],
        (4, 18),
    ),
    Spec::new(
        "TYT Cá Linh",
        (CommuneStation, Commune),
        "30526",
        [8, 8, 5, 0],
        [0.05, 2.4],
        &[Cylinders(10.0, 80)],
        (4, 18),
    ),
    Spec::new(
        "TYT Hòn Rùa",
        (CommuneStation, Commune),
        "31105",
        [10, 10, 6, 0],
        [0.05, 2.6],
        &[Cylinders(40.0, 36)],
        (1, 30),
    )
    .on_an_island(),
];

const SET_UP_FOR_THE_WAVE: [Spec; 4] = [
    Spec::new(
        "Cơ sở thu dung Ghe Ngo",
        (TreatmentSite, District),
        "30880",
        [60, 40, 16, 0],
        [0.0, 8.0],
        &[Cylinders(40.0, 40)],
        (3, 10),
    )
    .of_tier(1),
    Spec::new(
        "Cơ sở thu dung Nhà Lồng",
        (TreatmentSite, District),
        "30292",
        [200, 150, 60, 0],
        [0.0, 30.0],
        &[Tank(4.0, Percent), Cylinders(40.0, 60)],
        (0, 12),
    )
    .of_tier(1),
    Spec::new(
        "BV dã chiến Đèn Bão",
        (TreatmentSite, Province),
        "30760",
        [400, 300, 150, 20],
        [0.0, 80.0],
        &[Tank(15.0, Water), Cylinders(40.0, 80)],
        (0, 10),
    )
    .of_tier(2),
    Spec::new(
        "Cơ sở thu dung Hoa Ô Môi",
        (TreatmentSite, District),
        "30307",
        [160, 120, 50, 0],
        [0.0, 24.0],
        &[Tank(4.0, Kilogram), Cylinders(40.0, 40)],
        (0, 12),
    )
    .of_tier(1),
];
