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
