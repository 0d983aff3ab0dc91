//! What stands in each of the five letters.

use letter::{DateIs, Family, Missing, Qualifier};

/// What stands in a letter, read by people.
#[derive(Clone, Copy, Default)]
pub struct Expected {
    pub family: Option<Family>,
    pub issuer: &'static str,
    pub parent_body: Option<&'static str>,
    pub number: Option<&'static str>,
    pub date: &'static str,
    pub date_is: Option<DateIs>,
    pub place: Option<&'static str>,
    pub kind: &'static str,
    pub subject: &'static str,
    pub recipients: &'static [&'static str],
    pub alias: Option<&'static str>,
    pub references: &'static [(&'static str, &'static str)],
    pub tasks_by_owner: &'static [(&'static str, usize)],
    pub unaddressed: &'static [&'static str],
    pub executors: &'static [(&'static str, usize)],
    pub inline_subtasks: &'static [(&'static str, usize, usize)],
    pub officers: &'static [(&'static str, &'static str)],
    /// Only compared where the letter is about figures.
    pub figures: Option<&'static [(&'static str, Qualifier)]>,
    pub deadlines: &'static [&'static str],
    pub report_to: Option<&'static str>,
    pub attachments: &'static [&'static str],
    pub copies: usize,
    pub archive: &'static str,
    pub authority: Option<&'static str>,
    pub post: Option<&'static str>,
    pub name: Option<&'static str>,
    pub missing: &'static [Missing],
}

pub fn ministry() -> (&'static str, Expected) {
    const PROVINCES: &str = "Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương";
    let expected = Expected {
        family: Some(Family::Government),
        issuer: "Bộ Y tế",
        number: Some("7559/BYT-TB-CT"),
        date: "2021-09-11",
        place: Some("Hà Nội"),
        kind: "Công văn",
        subject: "thực hiện đề án Tăng cường khả năng cung ứng, sử dụng Oxy y tế cho các cơ sở điều trị bệnh nhân COVID-19",
        recipients: &[PROVINCES],
        alias: Some("tỉnh"),
        references: &[
            ("4308/QĐ-BYT", "2021-09-07"),
            ("6976/BYT-TB-CT", "2021-08-24"),
            ("7138/BYT-TB-CT", "2021-08-27"),
        ],
        tasks_by_owner: &[(PROVINCES, 3)],
        executors: &[("Sở Y tế", 1)],
        deadlines: &["2021-09-15"],
        report_to: Some("Bộ Y tế"),
        copies: 9,
        archive: "VT, TB-CT",
        ..Expected::default()
    };
    (include_str!("../letters/7559-BYT-TB-CT.txt"), expected)
}

pub fn kien_giang() -> (&'static str, Expected) {
    let expected = Expected {
        family: Some(Family::Government),
        issuer: "Sở Y tế tỉnh Kiên Giang",
        parent_body: Some("Ủy ban nhân dân tỉnh Kiên Giang"),
        number: Some("3183/SYT-KHTC"),
        date: "2022-09-13",
        place: Some("Kiên Giang"),
        kind: "Công văn",
        subject: "thực hiện phương án đảm bảo oxy y tế cho công tác cấp cứu, điều trị Covid-19",
        recipients: &[
            "Các Bệnh viện chuyên khoa tuyến tỉnh",
            "Các Trung tâm Y tế tuyến huyện, thành phố trên địa bàn tỉnh Kiên Giang",
        ],
        alias: Some("các đơn vị"),
        references: &[("4795/BYT-TB-CT", "2022-09-05"), ("3109/SYT-KHTC", "2022-09-06")],
        tasks_by_owner: &[("các đơn vị", 4), ("Bệnh viện Đa khoa tỉnh", 1)],
        unaddressed: &["Bệnh viện Đa khoa tỉnh"],
        copies: 3,
        archive: "VT, KHTC",
        post: Some("GIÁM ĐỐC"),
        name: Some("Hà Văn Phúc"),
        ..Expected::default()
    };
    (include_str!("../letters/3183-SYT-KHTC.txt"), expected)
}

pub fn lai_chau() -> (&'static str, Expected) {
    let expected = Expected {
        family: Some(Family::Government),
        issuer: "Sở Y tế tỉnh Lai Châu",
        number: Some("/SYT-NVY"),
        date: "2021-11",
        place: Some("Lai Châu"),
        kind: "Công văn",
        subject: "thực hiện Kết luận của Thủ tướng Chính phủ về công tác phòng, chống dịch COVID-19",
        recipients: &[
            "Trung tâm kiểm soát bệnh tật",
            "Các Bệnh viện tuyến tỉnh",
            "Trung tâm Y tế các huyện, thành phố",
        ],
        references: &[("285/TB-VPCP", "2021-10-27"), ("3525/UBND-VX", "2021-10-29")],
        tasks_by_owner: &[
            ("Trung tâm kiểm soát bệnh tật", 4),
            ("Các Bệnh viện tuyến tỉnh", 3),
            ("Trung tâm Y tế các huyện, thành phố", 4),
        ],
        copies: 7,
        archive: "VT, NVY",
        post: Some("GIÁM ĐỐC"),
        name: Some("Bùi Tiến Thanh"),
        missing: &[Missing::Number, Missing::Day],
        ..Expected::default()
    };
    (include_str!("../letters/lai-chau-SYT-NVY.txt"), expected)
}

pub fn ha_noi() -> (&'static str, Expected) {
    let expected = Expected {
        family: Some(Family::Government),
        issuer: "Ủy ban nhân dân thành phố Hà Nội",
        number: Some("148/UBND-KGVX"),
        date: "2022-01-14",
        place: Some("Hà Nội"),
        kind: "Công văn",
        subject: "triển khai thực hiện Thông báo số 632-TB/TU ngày 07/01/2022 kết luận của Ban Thường vụ Thành ủy",
        recipients: &[
            "Sở Y tế",
            "Sở Tài chính",
            "Sở Thông tin và Truyền thông",
            "Sở Giáo dục và Đào tạo",
            "Ủy ban nhân dân các quận, huyện, thị xã",
        ],
        references: &[("632-TB/TU", "2022-01-07")],
        tasks_by_owner: &[
            ("Sở Y tế", 3),
            ("Sở Thông tin và Truyền thông", 2),
            ("Sở Tài chính", 2),
            ("Sở Giáo dục và Đào tạo", 1),
            ("UBND các quận, huyện, thị xã", 5),
        ],
        executors: &[("các cơ sở điều trị người nhiễm Covid-19 trên địa bàn Thành phố", 1)],
        attachments: &["Thông báo số 632-TB/TU"],
        copies: 5,
        archive: "VT, KGVX",
        authority: Some("TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH"),
        post: Some("PHÓ CHỦ TỊCH"),
        name: Some("Chủ Xuân Dũng"),
        ..Expected::default()
    };
    (include_str!("../letters/148-UBND-KGVX.txt"), expected)
}

pub fn party() -> (&'static str, Expected) {
    const COMMITTEE: &str = "Ban Chỉ đạo phòng, chống dịch Covid-19 của tỉnh";
    let expected = Expected {
        family: Some(Family::Party),
        issuer: "Thường trực Tỉnh ủy",
        date: "2022-02-23",
        date_is: Some(DateIs::Meeting),
        kind: "Thông báo",
        subject: "Kết luận của Thường trực Tỉnh ủy tại Hội nghị triển khai nhiệm vụ cấp bách phòng, chống dịch Covid-19",
        tasks_by_owner: &[("Các huyện, thành phố", 4), ("Sở Y tế", 3), (COMMITTEE, 4)],
        executors: &[("UBND cấp xã", 1)],
        inline_subtasks: &[("Các huyện, thành phố", 4, 2), (COMMITTEE, 1, 2), (COMMITTEE, 4, 3)],
        officers: &[
            ("Vũ Việt Văn", "công tác điều trị bệnh nhân Covid-19 tại nhà"),
            ("Vũ Chí Giang", "cập nhật tình hình dịch bệnh ở các doanh nghiệp, khu công nghiệp"),
            (
                "Nguyễn Văn Khước",
                "công tác chuẩn bị, nâng cấp hệ thống điều trị dự phòng và các cơ sở điều trị tập trung",
            ),
        ],
        figures: Some(&[
            ("100%", Qualifier::Nearly),
            ("97,88%", Qualifier::Exactly),
            ("74%", Qualifier::Above),
            ("93%", Qualifier::Above),
        ]),
        copies: 8,
        archive: "VPTU",
        authority: Some("T/L BAN THƯỜNG VỤ"),
        post: Some("PHÓ CHÁNH VĂN PHÒNG"),
        name: Some("Nguyễn Thành Hưng"),
        missing: &[Missing::Number, Missing::Date],
        ..Expected::default()
    };
    (include_str!("../letters/thuong-truc-tinh-uy-23-02-2022.txt"), expected)
}
