//! The drawings as they stand, and what must hold for any of them.

use insta::assert_snapshot;
use jiff::civil::date;
use quantity::{Moment, Span};

use super::*;

fn words() -> StockWords {
    StockWords {
        title: "Oxy dùng được của BV Hải Âu".into(),
        description: "Từ 20/11 đến 23/11; lần đo cuối 310 kg.".into(),
        axis: "kg".into(),
        measured: "đã đo".into(),
        median: "dự báo".into(),
        band50: "khoảng 50 %".into(),
        band90: "khoảng 90 %".into(),
        naive: "nếu cứ như hôm qua".into(),
        delivery: "xe đến".into(),
        now: "bây giờ".into(),
    }
}

fn a_chart() -> StockChart {
    let from = Moment::start_of(date(2026, 11, 20));
    let now = from + Span::hours(50);
    let measured =
        (0..=50).step_by(5).map(|hour| Point { at: from + Span::hours(hour), kilograms: 2_400.0 - 40.0 * hour as f64 });
    let expected = (0..=5).map(|step| {
        let (step, median) = (f64::from(step), 400.0 - 70.0 * f64::from(step));
        let at = now + Span::minutes((step * 60.0) as i64);
        Expected {
            at,
            low90: median - 40.0 * step,
            low50: median - 15.0 * step,
            median,
            high50: median + 15.0 * step,
            high90: median + 40.0 * step,
        }
    });
    StockChart {
        id: "stock".into(),
        words: words(),
        from,
        to: from + Span::hours(72),
        now,
        measured: measured.collect(),
        expected: expected.collect(),
        naive: vec![Point { at: now, kilograms: 400.0 }, Point { at: now + Span::hours(8), kilograms: 0.0 }],
        levels: vec![Level { name: "sức chứa 3.000 kg".into(), kilograms: 3_000.0 }],
        deliveries: vec![Delivery { at: now + Span::hours(2), words: "xe 3 · 2,4 t".into(), received: false }],
    }
}

#[test]
fn the_series_on_the_desk() {
    assert_snapshot!(stock(&a_chart(), Width::Wide));
}

#[test]
fn the_series_on_a_phone() {
    assert_snapshot!(stock(&a_chart(), Width::Narrow));
}

#[test]
fn a_facility_without_readings_has_an_empty_drawing() {
    let mut chart = a_chart();
    (chart.measured, chart.expected, chart.naive, chart.levels, chart.deliveries) = Default::default();
    assert_snapshot!(stock(&chart, Width::Wide));
}

#[test]
fn weekly_counts_with_simulated_ones_hatched() {
    let weeks_of = [("20/11", 2_310, false), ("27/11", 2_890, false), ("04/12", 3_040, false), ("11/12", 2_700, true)];
    let chart = WeekChart {
        id: "weeks".into(),
        title: "Ca mắc theo tuần".into(),
        description: "Đỉnh 3.040 ca, tuần kết thúc 4/12/2021.".into(),
        axis: "ca".into(),
        real: "số thật".into(),
        simulated: "mô phỏng".into(),
        weeks: weeks_of.map(|(ends, count, simulated)| Week { ends: ends.into(), count, simulated }).into(),
    };
    assert_snapshot!(weeks(&chart, Width::Wide));
}

#[test]
fn the_tank_of_the_form() {
    assert_snapshot!(tank("inside-s1", Some(0.413), 3_000.0, "Bồn oxy lỏng 1"));
}

#[test]
fn the_strip_keeps_the_pessimistic_end_first() {
    assert_snapshot!(strip(2.2, 3.7, Some(2.1), "danger"));
    // Beyond a day the strip is full, and a truck beyond it is not drawn.
    assert!(!strip(30.0, 60.0, Some(40.0), "plain").contains("strip-truck"));
}

/// Names come from people: a name may not become markup.
#[test]
fn names_are_text_and_never_markup() {
    let mut chart = a_chart();
    chart.words.title = "<script>alert(1)</script> & \"BV\"".into();
    chart.levels[0].name = "<b>".into();
    let drawn = stock(&chart, Width::Wide);
    assert!(!drawn.contains("<script>") && !drawn.contains("<b>"));
    assert!(!drawn.contains("style="), "a style attribute breaks the content policy");
}

#[test]
fn steps_are_round() {
    for (rough, step) in [(0.0, 1.0), (0.3, 1.0), (13.0, 20.0), (410.0, 500.0), (600.0, 1_000.0)] {
        assert_eq!(canvas::round_step(rough), step);
    }
    assert_eq!(canvas::grouped(1_234_567.0), "1.234.567");
}
