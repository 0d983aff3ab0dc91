//! One facility in danger, with its series, registers and reports.

use jiff::civil::date;
use quantity::{Moment, Span};
use web::chart::{Delivery, Expected, Level, Point, StockChart, StockWords, Width, stock};
use web::view::*;

use super::{phone, range, shell};

fn series() -> Series {
    let from = Moment::start_of(date(2026, 11, 20));
    let now = from + Span::minutes(50 * 60 + 14);
    let kilograms = |hour: i64| {
        let since_filling = if hour < 14 { hour + 20 } else { hour - 14 };
        2_760.0 - 62.0 * since_filling as f64 - if hour > 40 { (hour - 40) as f64 * 18.0 } else { 0.0 }
    };
    let measured =
        (0..=50).step_by(2).map(|hour| Point { at: from + Span::hours(hour), kilograms: kilograms(hour) }).collect();
    let expected = (0..=16).map(|quarter| {
        let hours = f64::from(quarter) / 4.0;
        let at = |rate: f64| (310.0 - rate * hours).max(0.0);
        Expected {
            at: now + Span::minutes(i64::from(quarter) * 15),
            low90: at(142.0),
            low50: at(128.0),
            median: at(118.0),
            high50: at(104.0),
            high90: at(86.0),
        }
    });
    let chart = StockChart {
        id: "stock".into(),
        words: StockWords {
            title: "Oxy dùng được của BV Hải Âu".into(),
            description: "Từ 20/11 đến 23/11. Lần đo cuối 310 kg lúc 02:02; dự báo hết lúc 04:24 đến 05:54.".into(),
            axis: "kg".into(),
            measured: "đã đo".into(),
            median: "dự báo".into(),
            band50: "khoảng 50 %".into(),
            band90: "khoảng 90 %".into(),
            naive: "nếu cứ như hôm qua".into(),
            delivery: "xe đến".into(),
            now: "bây giờ".into(),
        },
        from,
        to: from + Span::hours(62),
        now,
        measured,
        expected: expected.collect(),
        naive: vec![Point { at: now, kilograms: 310.0 }, Point { at: now + Span::hours(5), kilograms: 0.0 }],
        levels: vec![
            Level { name: "sức chứa 3.000 kg".into(), kilograms: 3_000.0 },
            Level { name: "mức phải gọi hàng 900 kg".into(), kilograms: 900.0 },
        ],
        deliveries: vec![
            Delivery { at: from + Span::hours(14), words: "xe 2 · 2,2 t".into(), received: true },
            Delivery { at: now + Span::minutes(126), words: "xe 3 · 2,4 t".into(), received: false },
        ],
    };
    Series {
        wide: stock(&chart, Width::Wide),
        narrow: stock(&chart, Width::Narrow),
        caption: "Khoảng dự báo rộng hơn do thiếu số liệu 3 ngày.".into(),
    }
}

fn line(label: &str, typed: &str, means: &str) -> ReportedLine {
    ReportedLine { label: label.into(), typed: typed.into(), means: means.into() }
}

pub(super) fn report(code: &str, happened: &str, recorded: &str) -> ReportSummary {
    ReportSummary {
        code: code.into(),
        happened: happened.into(),
        recorded: recorded.into(),
        who: "DS. Lê Thị Mận".into(),
        source: "biểu mẫu".into(),
        lines: vec![
            line("Bồn 1", "385 mmH2O", "310 kg"),
            line("Chai 40 L", "12 đầy, 48 vỏ", "94 kg"),
            line("Dòng cao", "9 người", ""),
            line("Thở máy", "5 người", ""),
        ],
        correct_href: Some(format!("/bao-cao/{code}/dinh-chinh")),
        reversed: None,
        photo_href: Some("/tep/1".into()),
        simulated: false,
    }
}

/// The page of the facility in danger.
pub fn facility(t: Say) -> FacilityPage {
    let vessel = |name: &str, content: Figure, capacity: Figure, gauge: &str, flow: Figure, owner: &str| Installation {
        name: name.into(),
        capacity,
        gauge_unit: gauge.into(),
        content,
        tested_flow: flow,
        owner: Owner(owner.into()),
        working: "hoạt động".into(),
        tone: Tone::Plain,
    };
    let mut plant = vessel(
        "Hệ thống máy tạo oxy (PSA)",
        Figure::default(),
        Figure::of("20", "Nm³/giờ"),
        "",
        Figure::of("320", "L/phút").told("02/11", ""),
        "được tặng, còn hạn trả",
    );
    (plant.working, plant.tone) = ("hỏng từ 12/11, chờ linh kiện".into(), Tone::Attention);
    let mut reversed = report("5H8", "21/11/2026 18:02", "18:11");
    reversed.reversed = Some("Đã đính chính bằng 8M4: nhầm đơn vị".into());
    reversed.correct_href = None;
    let mut told = report("8M4", "21/11/2026 18:02", "18:40");
    told.source = "điện thoại, Trần Thị Sao ghi".into();
    told.simulated = true;
    FacilityPage {
        t,
        shell: shell(t, "/co-so/f0"),
        name: "BV Hải Âu".into(),
        about: "Phú Quốc, An Giang · tầng 2 · Sở Y tế chỉ đạo".into(),
        left: range("2 giờ 10", "3 giờ 40"),
        tone: Tone::Danger,
        word: "hết trước khi xe đến".into(),
        notice: None,
        figures: vec![
            ("dự trữ dùng được".into(), Figure::of("310", "kg").told("12 phút", "đồng hồ bồn")),
            ("mỗi giờ".into(), Figure::of("118", "kg").told("6 giờ qua", "đồng hồ, người bệnh")),
            ("đỉnh lưu lượng".into(), Figure::of("87", "%").told("02/11", "thử tại chỗ")),
            ("người bệnh thở oxy".into(), Figure::of("41", "người").told("12 phút", "biểu mẫu")),
            ("người thiếu oxy".into(), Figure { unit: "người".into(), age: "chưa hỏi".into(), ..Figure::default() }),
        ],
        on_road: vec![OnRoad { text: "xe 3 · 2,4 t · 04:20".into(), late: true, loaded: true }],
        contacts: Contacts {
            duty: Some(phone("trực BV Hải Âu", "0297 3 555 014")),
            focal: Some(Contact {
                phone: phone("DS. Lê Thị Mận", "0900 555 021"),
                presence: "nghỉ đến 24/11".into(),
                tone: Tone::Attention,
            }),
            deputy: Some(Contact {
                phone: phone("ĐD. Phan Văn Đủ", "0900 555 022"),
                presence: "có mặt".into(),
                tone: Tone::Plain,
            }),
        },
        series: Some(series()),
        installations: vec![
            vessel(
                "Bồn oxy lỏng 1",
                Figure::of("310", "kg").told("12 phút", ""),
                Figure::of("3.000", "kg"),
                "mmH2O",
                Figure::of("1.200", "L/phút").told("02/11", ""),
                "nhà cung ứng Khí Sông Tiền",
            ),
            vessel(
                "Chai 40 L · 150 bar",
                Figure::of("12", "đầy, 48 vỏ").told("12 phút", ""),
                Figure::of("60", "chai"),
                "",
                Figure::of("240", "L/phút").told("15/10", ""),
                "bệnh viện",
            ),
            plant,
        ],
        patients: [
            ("Mặt nạ, gọng kính", "24"),
            ("Oxy dòng cao", "9"),
            ("Thở máy không xâm nhập", "3"),
            ("Thở máy xâm nhập", "5"),
            ("ECMO", "0"),
        ]
        .map(|(device, count)| DevicePatients { device: device.into(), count: Figure::of(count, "") })
        .into(),
        beds: [("Giường có oxy", "60", "54", "41"), ("Hồi sức tích cực", "12", "10", "10")]
            .map(|(kind, planned, open, used)| Bed {
                kind: kind.into(),
                planned: Figure::of(planned, ""),
                open: Figure::of(open, ""),
                used: Figure::of(used, ""),
            })
            .into(),
        reports: vec![report("7K2", "22/11/2026 02:02", "02:14"), told, reversed],
        older_href: Some("/co-so/f0?truoc=5H8".into()),
        norms: NormsUsed {
            versions: "oxygen.alarm/1, oxygen.flow/working-1, oxygen.heel/piping-1".into(),
            unconfirmed: "oxygen.alarm/1, oxygen.flow/working-1".into(),
        },
        report_href: Some("/co-so/f0/bao-cao".into()),
        means: vec![Link { text: t.say("chain-facility"), href: "/co-so/f0/chuoi".into() }],
        copy: Copied("BV Hải Âu (Phú Quốc): còn 2 giờ 10 – 3 giờ 40.".into()),
        simulated: false,
    }
}
