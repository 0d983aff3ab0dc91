//! Invented facilities of the Kiên Giang of 2021, in its real districts and communes.

use place::BodyKind::{CommuneStation, GeneralHospital, MedicalCentre, SpecialisedHospital, TreatmentSite};
use place::BodyLevel::{Commune, District, Province};
use place::Ownership::{Military, Private};

use crate::spec::Dial::{Kilogram, Percent, Water};
use crate::spec::Stock::{Concentrators, Cylinders, Dewars, Plant, Tank};
use crate::spec::{Spec, Story};

/// The opening of 22/11/2021: the wave has been near its top for three weeks and several are tight.
pub(super) fn in_2021() -> Vec<Spec> {
    let story = |spec: Spec| match spec.name {
        "TTYT Mắm Biển" => spec.with(Story::Tight { left: 6.5, relief: 6 }),
        "TTYT Hàm Rồng Đá" => spec.with(Story::Tight { left: 9.0, relief: 7 }),
        "Cơ sở thu dung Sân Bóng" => spec.with(Story::Tight { left: 7.5, relief: 5 }),
        "TTYT Gió Chướng" => spec.with(Story::Tight { left: 15.0, relief: 9 }),
        "BV dã chiến Bến Đò" => spec.with(Story::Tight { left: 20.0, relief: 10 }),
        "BV Đa khoa tư nhân Cò Trắng" => spec.with(Story::Silent(15)),
        _ => spec,
    };
    FACILITIES.into_iter().map(story).collect()
}

const FACILITIES: [Spec; 26] = [
    Spec::new(
        "BV Đa khoa Hòn Phụng",
        (GeneralHospital, Province),
        "899",
        [1_020, 1_100, 450, 70],
        [70.0, 260.0],
        &[Tank(26.0, Water), Dewars(6), Cylinders(40.0, 80)],
        (0, 10),
    ),
    Spec::new(
        "BV Sản Nhi Bầy Én",
        (SpecialisedHospital, Province),
        "899",
        [400, 400, 160, 24],
        [26.0, 46.0],
        &[Tank(10.0, Percent), Cylinders(10.0, 60)],
        (0, 10),
    ),
    Spec::new(
        "BV Phổi Gió Nồm",
        (SpecialisedHospital, Province),
        "899",
        [250, 270, 170, 20],
        [30.0, 90.0],
        &[Tank(10.0, Water), Cylinders(40.0, 40)],
        (0, 10),
    ),
    Spec::new(
        "BV Y học cổ truyền Lá Lốt",
        (SpecialisedHospital, Province),
        "899",
        [200, 200, 60, 4],
        [5.0, 24.0],
        &[Dewars(10), Cylinders(40.0, 40)],
        (3, 10),
    )
    .of_tier(2),
    Spec::new(
        "BV Đa khoa tư nhân Cò Trắng",
        (GeneralHospital, Province),
        "899",
        [150, 150, 60, 8],
        [9.0, 26.0],
        &[Tank(5.0, Percent), Cylinders(40.0, 24)],
        (3, 10),
    )
    .owned_by(Private)
    .of_tier(2),
    Spec::new(
        "BV Đa khoa tư nhân Ngọn Hải Đăng",
        (GeneralHospital, Province),
        "911",
        [200, 200, 90, 12],
        [8.0, 30.0],
        &[Tank(8.0, Kilogram), Cylinders(10.0, 40)],
        (1, 18),
    )
    .owned_by(Private)
    .of_tier(2)
    .on_an_island(),
    Spec::new(
        "BV Quân y Sóng Bạc",
        (GeneralHospital, Province),
        "899",
        [200, 220, 90, 14],
        [10.0, 38.0],
        &[Tank(6.0, Percent), Cylinders(40.0, 40)],
        (2, 14),
    )
    .owned_by(Military)
    .of_tier(2),
    Spec::new(
        "TTYT Rạn San Hô",
        (MedicalCentre, District),
        "911",
        [300, 310, 130, 14],
        [18.0, 54.0],
        &[Tank(9.0, Water), Cylinders(40.0, 40)],
        (1, 16),
    )
    .on_an_island(),
    Spec::new(
        "TTYT Thuyền Thúng",
        (MedicalCentre, District),
        "900",
        [180, 180, 70, 6],
        [9.0, 30.0],
        &[Tank(5.0, Percent), Cylinders(40.0, 24)],
        (2, 16),
    ),
    Spec::new(
        "TTYT Hàm Rồng Đá",
        (MedicalCentre, District),
        "902",
        [200, 200, 80, 6],
        [10.0, 36.0],
        &[Tank(5.0, Water), Cylinders(40.0, 10)],
        (2, 14),
    ),
    Spec::new(
        "TTYT Hoa Ô Môi",
        (MedicalCentre, District),
        "903",
        [220, 220, 84, 6],
        [11.0, 38.0],
        &[Tank(5.0, Percent), Cylinders(40.0, 24)],
        (2, 14),
    ),
    Spec::new(
        "TTYT Bờ Kênh Xáng",
        (MedicalCentre, District),
        "904",
        [200, 200, 80, 6],
        [10.0, 36.0],
        &[Tank(5.0, Water), Cylinders(40.0, 24)],
        (3, 12),
    ),
    Spec::new(
        "TTYT Gió Chướng",
        (MedicalCentre, District),
        "905",
        [200, 210, 80, 6],
        [10.0, 38.0],
        &[Tank(5.0, Kilogram), Cylinders(40.0, 14)],
        (3, 10),
    ),
    Spec::new(
        "TTYT Chim Vịt",
        (MedicalCentre, District),
        "906",
        [240, 240, 90, 8],
        [12.0, 40.0],
        &[Tank(6.0, Percent), Cylinders(40.0, 24)],
        (3, 12),
    ),
    Spec::new(
        "TTYT Đờn Kìm",
        (MedicalCentre, District),
        "907",
        [180, 180, 70, 4],
        [9.0, 28.0],
        &[Tank(4.0, Water), Cylinders(40.0, 24)],
        (3, 14),
    ),
    Spec::new(
        "TTYT Cây Bần",
        (MedicalCentre, District),
        "908",
        [180, 180, 70, 4],
        [9.0, 28.0],
        &[Tank(4.0, Percent), Plant(10.0), Cylinders(40.0, 24)],
        (3, 14),
    ),
    Spec::new(
        "TTYT Mắm Biển",
        (MedicalCentre, District),
        "909",
        [160, 170, 70, 4],
        [8.0, 30.0],
        &[Tank(4.0, Percent), Cylinders(40.0, 8)],
        (3, 16),
    ),
    Spec::new(
        "TTYT Khóm Vàng",
        (MedicalCentre, District),
        "910",
        [160, 160, 60, 4],
        [8.0, 26.0],
        &[Dewars(14), Cylinders(40.0, 40)],
        (4, 16),
    ),
    Spec::new(
        "TTYT Ghe Bầu",
        (MedicalCentre, District),
        "912",
        [50, 50, 20, 0],
        [3.0, 7.0],
        &[Concentrators(10.0, 4), Cylinders(40.0, 60)],
        (1, 24),
    )
    .on_an_island(),
    Spec::new(
        "TTYT Ong Rừng U Minh",
        (MedicalCentre, District),
        "913",
        [120, 120, 50, 2],
        [6.0, 20.0],
        &[Dewars(12), Cylinders(40.0, 40)],
        (4, 16),
    ),
    Spec::new(
        "TTYT Tuyến đầu Biên giới Đồng Nước Ngập Cỏ Năn Cỏ Gà Sậy Già",
        (MedicalCentre, District),
        "914",
        [100, 100, 40, 2],
        [5.0, 16.0],
        &[Dewars(10), Cylinders(40.0, 40)],
        (2, 18),
    ),
    Spec::new(
        "BV dã chiến Bến Đò",
        (TreatmentSite, Province),
        "30754",
        [500, 420, 200, 30],
        [0.0, 130.0],
        &[Tank(15.0, Water), Cylinders(40.0, 100)],
        (0, 10),
    )
    .of_tier(2),
    Spec::new(
        "Cơ sở thu dung Sân Bóng",
        (TreatmentSite, District),
        "30760",
        [300, 240, 60, 0],
        [0.0, 40.0],
        &[Cylinders(40.0, 120)],
        (3, 8),
    )
    .of_tier(1),
    Spec::new(
        "Cơ sở thu dung Ký túc xá Bằng Lăng",
        (TreatmentSite, District),
        "30880",
        [400, 300, 80, 0],
        [0.0, 44.0],
        &[Tank(4.0, Percent), Cylinders(40.0, 80)],
        (3, 10),
    )
    .of_tier(1),
    Spec::new(
        "TYT Bông Súng",
        (CommuneStation, Commune),
        "30985",
        [10, 10, 6, 0],
        [1.0, 3.0],
        &[Cylinders(40.0, 24)],
        (3, 16),
    ),
    Spec::new(
        "TYT Cá Cơm",
        (CommuneStation, Commune),
        "31105",
        [10, 10, 6, 0],
        [1.0, 2.6],
        &[Cylinders(40.0, 36)],
        (1, 30),
    )
    .on_an_island(),
];
