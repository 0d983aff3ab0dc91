//! Cases by week and the norms in force.

use web::chart::{Week, WeekChart, Width, weeks};
use web::view::*;

use super::shell;

/// Four published weeks and two of a drill.
pub fn cases(t: Say) -> CasesPage {
    let chart = WeekChart {
        id: "cases".into(),
        title: "Ca mắc mới theo tuần".into(),
        description: "Mỗi cột là một tuần.".into(),
        axis: "ca".into(),
        real: "số đã công bố".into(),
        simulated: "mô phỏng".into(),
        weeks: [
            ("07/11", 1_210),
            ("14/11", 2_140),
            ("21/11", 3_055),
            ("28/11", 3_890),
            ("05/12", 4_310),
            ("12/12", 4_100),
        ]
        .into_iter()
        .enumerate()
        .map(|(place, (ends, count))| Week { ends: ends.into(), count, simulated: place > 3 })
        .collect(),
    };
    let narrow = WeekChart { id: "cases-narrow".into(), ..chart.clone() };
    let row = |ends: &str, count: &str, change: &str, simulated: bool| WeekRow {
        ends: ends.into(),
        count: count.into(),
        change: change.into(),
        source: if simulated { String::new() } else { "bảng tính".into() },
        simulated,
    };
    CasesPage {
        t,
        shell: shell(t, "/ca-mac"),
        sentence: "Tuần đến 12/12/2021: 4.100 ca mắc mới, giảm 5 % so với tuần trước".into(),
        simulated: true,
        area: "Kiên Giang".into(),
        series: Some(Series {
            wide: weeks(&chart, Width::Wide),
            narrow: weeks(&narrow, Width::Narrow),
            caption: "Mỗi cột là một tuần, ghi ngày cuối tuần.".into(),
        }),
        rows: vec![
            row("12/12/2021", "4.100", "giảm 5 %", true),
            row("05/12/2021", "4.310", "", true),
            row("28/11/2021", "3.890", "tăng 27 %", false),
        ],
        sources: vec!["Số đã công bố: 4 tuần (nguồn: bảng tính).".into(), "Số mô phỏng: 2 tuần.".into()],
        sheet: String::new(),
    }
}

/// One table with a figure of the province's own.
pub fn norms(t: Say) -> NormsPage {
    let row = |name: &str, value: &str, range: &str, own: Option<&str>, source: &str| NormRow {
        name: name.into(),
        value: value.into(),
        unit: "lít/phút".into(),
        range: range.into(),
        unconfirmed: own.is_none(),
        own: own.map(str::to_owned),
        source: source.into(),
    };
    NormsPage {
        t,
        shell: shell(t, "/dinh-muc"),
        sentence: "2 định mức đang dùng, 1 chưa xác nhận".into(),
        on: "22/11/2026".into(),
        sheet: String::new(),
        tables: vec![NormTable {
            id: "oxygen-flow".into(),
            title: "Lưu lượng làm việc theo thiết bị".into(),
            version: "oxygen.flow/working-1, bản 1".into(),
            validity: "hiệu lực từ 01/01/2020".into(),
            source: "PLoS One 0249984".into(),
            rows: vec![
                row("Mặt nạ, gọng kính", "6", "3 – 12", None, ""),
                row(
                    "Oxy dòng cao",
                    "40",
                    "",
                    Some("riêng của tỉnh: dinh-muc/17, hiệu lực từ 01/11/2026"),
                    "Công văn 17/SYT",
                ),
            ],
            beside: vec!["Định mức kế hoạch của WHO (oxygen.flow/who-planning-2020)".into()],
        }],
    }
}

/// A register with a table, a text to copy and a form that was refused.
pub fn plain(t: Say) -> PlainPage {
    let row = vec![
        Cell::link("Oxy Sông Hậu", "/cung-ung/1"),
        Cell::figure("12,5", "t").told("mỗi ngày"),
        Cell {
            phone: Some(Phone { who: "trực".into(), shown: "0297 3 555 014".into(), dial: "02973555014".into() }),
            ..Cell::default()
        },
        Cell::text("hết hạn 31/12").toned(Tone::Attention),
    ];
    let unknown = vec![Cell::text("Khí Đồng Bằng"), Cell::known(None, "t"), Cell::default(), Cell::unknown()];
    let columns = ["Nhà cung ứng", "Sản lượng", "Gọi", "Hợp đồng"];
    let columns = columns
        .iter()
        .map(|name| if *name == "Sản lượng" { Column::number(*name) } else { Column::words(*name) })
        .collect();
    let refusal = Refusal {
        sentence: "Đã có nhà cung ứng mang mã này.".into(),
        next: "Chọn mã khác.".into(),
        code: "SUP-001".into(),
        field: Some("code".into()),
        suggestions: Vec::new(),
    };
    let form =
        Form {
            refusal: Some(refusal), means: "Ghi vào nhật ký.".into(), ..Form::new("/cung-ung", "Thêm", "server-1")
        }
        .field(Field::words("code", "Mã").value("NCC-01").required())
        .field(Field::words("output", "Sản lượng một ngày").input(Input::Number("tấn".into())))
        .field(Field::words("kind", "Loại").input(Input::Choices(vec![Choice {
            value: "liquid".into(),
            text: "oxy lỏng".into(),
            chosen: true,
        }])))
        .field(Field::words("from", "Từ ngày").input(Input::Day).hint("Ngày ký."))
        .field(Field::words("note", "Ghi chú").input(Input::Lines))
        .field(Field::words("night", "Giao cả ban đêm").input(Input::Check).value("1"))
        .hidden("back", "/cung-ung");
    let mut page = PlainPage::new(t, shell(t, "/cung-ung"), "Nhà cung ứng", "2 nhà cung ứng, 1 hợp đồng sắp hết hạn");
    page.about = "Sản lượng theo cam kết sẵn sàng.".into();
    page.done = "Đã ghi.".into();
    page.trail = vec![Link { text: "Oxy".into(), href: "/oxy".into() }];
    page.links = vec![Link { text: "Tải về .xlsx".into(), href: "/xuat/cung-ung".into() }];
    page.sections = vec![
        Section { table: Some(Table { columns, rows: vec![row, unknown] }), ..Section::new("list", "") },
        Section { copy: "Đề nghị giao 3 tấn\ntrước 04:20".into(), ..Section::new("copy", "Chép sang Zalo") },
        Section { forms: vec![form], folded: true, ..Section::new("add", "Thêm nhà cung ứng") },
    ];
    page
}
