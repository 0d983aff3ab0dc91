//! The norms in force.

use web::view::*;

use super::shell;

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
