//! The first screen, with 1 to 1,500 facilities, empty, and of the past.

use quantity::Span;
use web::view::*;

use super::{LONG_NAME, VI, phone, range, shell};

const NAMES: [(&str, &str); 31] = [
    ("BV Hải Âu", "Phú Quốc"),
    ("TTYT Rạch Mơ", "Rạch Giá"),
    ("BV Cửa Sông", "Châu Đốc"),
    ("BV Lá Dừa", "Long Xuyên"),
    (LONG_NAME, "Hòn Đất"),
    ("TTYT Bình Lặng", "Kiên Lương"),
    ("BV Sao Mai Biển", "Hà Tiên"),
    ("TTYT Cồn Én", "Chợ Mới"),
    ("BV Đồng Xanh", "Thoại Sơn"),
    ("TYT Hòn Nghệ Nhỏ", "Kiên Hải"),
    ("BV Mây Trắng", "Tân Châu"),
    ("TTYT Vàm Xáng", "Gò Quao"),
    ("BV Ngã Bảy Nước", "An Biên"),
    ("TTYT Thốt Nốt Đôi", "Tịnh Biên"),
    ("BV Bông Súng", "Tri Tôn"),
    ("TTYT Kênh Mười", "Giồng Riềng"),
    ("BV Phù Sa", "An Phú"),
    ("TTYT Đầm Sen Nhỏ", "Phú Tân"),
    ("BV Trăng Rằm", "Châu Phú"),
    ("TTYT Gió Chướng", "An Minh"),
    ("BV Hoa Tràm", "U Minh Thượng"),
    ("TTYT Cầu Quay", "Vĩnh Thuận"),
    ("BV Lúa Mới", "Châu Thành"),
    ("TTYT Ba Hòn Sao", "Kiên Lương"),
    ("BV Sông Lặng", "Long Xuyên"),
    ("TTYT Nước Nổi", "An Phú"),
    ("BV Chim Sắt", "Rạch Giá"),
    ("TTYT Bến Đá Xưa", "Phú Quốc"),
    ("BV Thảo Nguyên", "Tri Tôn"),
    ("TTYT Đò Ngang", "Chợ Mới"),
    ("BV Đêm Yên", "Long Xuyên"),
];

/// A facility of the list; the first three are in danger, the fifth is silent.
fn row(place: usize) -> FacilityRow {
    let (name, area) = NAMES[place % NAMES.len()];
    let hours = [2, 3, 3, 6, 0, 9, 11, 13][place.min(7)] + place.saturating_sub(7) * 4;
    let (tone, word) = match place {
        0..=2 => (Tone::Danger, "hết trước khi xe đến"),
        3 => (Tone::Attention, "xe đến sát giờ hết"),
        4 => (Tone::Attention, "chưa nghe từ 18:05"),
        12 => (Tone::Old, "số liệu cũ"),
        _ => (Tone::Plain, ""),
    };
    let (low, high) = match place {
        0 => (2.2, 3.7),
        _ => (hours as f64 + 0.4, hours as f64 * 1.45 + 0.7),
    };
    let shown = |hours: f64| Span::minutes((hours * 60.0) as i64 / 10 * 10).to_string();
    let silent = place == 4;
    let arrival = [Some(2.1), None, Some(4.0), Some(6.2), None, Some(3.5)].get(place).copied().flatten();
    FacilityRow {
        id: format!("f{place}"),
        name: name.into(),
        area: area.into(),
        href: format!("/co-so/f{place}"),
        tone,
        word: word.into(),
        left: if silent {
            Left::Unknown { why: "chưa nghe từ 18:05".into() }
        } else {
            range(&shown(low), &shown(high))
        },
        strip: (!silent).then_some(Strip { low_hours: low, high_hours: high, arrival_hours: arrival }),
        usable: if silent {
            Figure::default()
        } else {
            Figure::of(
                ["310", "96", "540", "1.280"]
                    .get(place)
                    .map_or_else(|| format!("{}", 900 - place % 25 * 31), |known| (*known).into()),
                "kg",
            )
        },
        hourly: if silent {
            Figure::default()
        } else {
            Figure::of(
                ["118", "27", "150", "190"]
                    .get(place)
                    .map_or_else(|| format!("{}", 96 - place % 40 * 2), |known| (*known).into()),
                "kg",
            )
        },
        on_road: match place {
            0 => Some(OnRoad { text: "xe 3 · 04:20".into(), late: true, loaded: true }),
            2 => Some(OnRoad { text: "xe 1 · 06:10".into(), late: true, loaded: true }),
            3 => Some(OnRoad { text: "xe 5 · 08:20".into(), late: false, loaded: true }),
            5 => Some(OnRoad { text: "05:40".into(), late: false, loaded: false }),
            _ => None,
        },
        heard: match place {
            4 => Heard { age: "8 giờ 09".into(), source: "bồn".into(), tone: Tone::Attention },
            12 => Heard { age: "5 giờ 20".into(), source: "điện thoại".into(), tone: Tone::Old },
            _ => Heard {
                age: format!("{} phút", 12 + place % 16 * 3),
                source: if place % 3 == 1 { "chai".into() } else { "bồn".into() },
                tone: Tone::Plain,
            },
        },
        call: (place != 9).then(|| phone(&format!("trực {name}"), &format!("0297 3 555 {:03}", (14 + place) % 1_000))),
        report_href: Some(format!("/co-so/f{place}/bao-cao")),
        copy: Copied(format!("{name} ({area}): còn {} – {}. Số liệu lúc 02:02.", shown(low), shown(high))),
        simulated: place == 7,
    }
}

fn number(label: &str, figure: Figure, note: &str) -> Number {
    Number { label: label.into(), figure, note: note.into() }
}

/// The live part with the first `count` facilities.
pub fn board(count: usize) -> Board {
    Board {
        poll_href: Some("/oxy/bang?tu=48213".into()),
        sentence: if count == 1 {
            "1 cơ sở có thể hết oxy trước 06:00".into()
        } else {
            "3 cơ sở có thể hết oxy trước 06:00".into()
        },
        tone: Tone::Danger,
        asides: vec![Aside {
            text: "7 cơ sở chưa báo cáo ca này".into(),
            href: Some("/oxy?q=ch%C6%B0a".into()),
            tone: Tone::Attention,
        }],
        numbers: vec![
            number("giờ còn lại, cơ sở gấp nhất", Figure::of("2 giờ 10", "").toned(Tone::Danger), ""),
            number("đỉnh so với lưu lượng", Figure::of("87", "%"), "lưu lượng thử ngày 02/11"),
            number("đã nghe ca này", Figure::of("24/31", "cơ sở"), "92 % người bệnh thở oxy"),
            number("chắc chắn đến", Figure::of("3,2", "t"), "đã lên xe, có biển số"),
            number("người thiếu oxy", Figure::of("4", "người").toned(Tone::Attention), "19 cơ sở có hỏi"),
        ],
        rows: (0..count).map(row).collect(),
        shown: RowsShown { shown: count, total: count, all_href: None, query: String::new() },
        stale: None,
        empty: None,
        copy: Copied("Oxy lúc 02:14: 3 cơ sở có thể hết oxy trước 06:00.".into()),
    }
}

/// The first screen of the duty officer.
pub fn oxygen(t: Say, count: usize) -> OxygenPage {
    OxygenPage {
        t,
        shell: shell(t, "/oxy"),
        query: String::new(),
        counts_href: Some("/so-ca".into()),
        sheet_href: Some("/oxy/bao-cao.xlsx".into()),
        report_href: Some("/co-so/f0/bao-cao".into()),
        board: board(count),
    }
}

/// Nothing there yet.
pub fn oxygen_empty() -> OxygenPage {
    let mut page = oxygen(VI, 0);
    page.board.sentence = "Chưa có cơ sở nào".into();
    (page.board.tone, page.board.numbers, page.board.asides) = (Tone::Plain, Vec::new(), Vec::new());
    page.board.empty = Some(AllClear {
        sentence: "Chưa có cơ sở nào.".into(),
        next: "Nhập danh sách cơ sở từ bảng tính để bắt đầu.".into(),
        href: Some("/huong-dan/nhap-co-so".into()),
        link: "Xem cách nhập danh sách".into(),
    });
    page
}

/// The past, and figures that stand still.
pub fn oxygen_past() -> OxygenPage {
    let mut page = oxygen(VI, 12);
    page.shell.past = Some(PastBand {
        time: "18:00".into(),
        date: "21/11/2026".into(),
        means: "Chỉ để xem: không có gì được báo hay được ghi sau lúc đó.".into(),
        back_href: "/oxy".into(),
    });
    page.board.poll_href = None;
    page.board.stale = Some(Stale { age: "26 phút".into(), since: "01:48".into() });
    page
}
