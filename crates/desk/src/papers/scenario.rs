//! What-if demand (OX18) in its simplest honest form: present use, present use times a factor, and all beds filled at the
//! norm's flow. Each line says how it was made and from which norm; none of them is a forecast.

use std::collections::BTreeMap;

use quantity::convert::rate_of_l_per_min;
use quantity::{Purity, ReferenceTemperature};

use super::content::{Kept, Register, Row, Total};

/// What the lines are made with.
#[derive(Debug, Clone, PartialEq)]
pub struct Supposed<'a> {
    /// By how much present use is multiplied.
    pub growth: f64,
    /// The norm that says so.
    pub growth_norm: &'a str,
    /// Litres a minute at an oxygen bed outside intensive care.
    pub bed_flow: f64,
    /// Litres a minute at an intensive-care bed.
    pub icu_flow: f64,
    /// The norm of both.
    pub flow_norm: &'a str,
}

/// Kilograms a day of a flow of gas at 21 °C that never stops.
fn kg_a_day(l_per_min: f64) -> f64 {
    rate_of_l_per_min(l_per_min, ReferenceTemperature::Celsius21, Purity::PURE).as_kg() * 24.0
}

/// Kilograms a day of a facility with all its beds filled; none where nobody counted its oxygen beds. Beds of intensive
/// care that nobody counted are taken for ordinary ones, and are never more than the oxygen beds.
fn all_beds(row: &Row, supposed: &Supposed<'_>) -> Kept {
    let count = |key: &str| row.get(key).and_then(Kept::number);
    let Some(oxygen) = count("oxygen_beds") else { return Kept::Unknown(None) };
    let icu = count("icu_beds").unwrap_or(0.0).clamp(0.0, oxygen.max(0.0));
    Kept::Decimal((oxygen - icu) * kg_a_day(supposed.bed_flow) + icu * kg_a_day(supposed.icu_flow))
}

/// The lines over the facilities of a report; none where nothing is known of any.
pub fn scenarios(rows: &[Row], supposed: &Supposed<'_>) -> Register {
    let present = Total::of(rows.iter().map(|row| row.get("use_per_day")));
    let filled: Vec<Kept> = rows.iter().map(|row| all_beds(row, supposed)).collect();
    let filled = Total::of(filled.iter().map(Some));
    let shown = |number: f64| quantity::show_number(number, usize::from(number.fract().abs() > 0.001));
    let times = shown(supposed.growth);
    let grown = Total { sum: present.sum * supposed.growth, ..present };
    let flows = format!(
        "(giường oxy − giường ICU) × {} lít/phút + giường ICU × {} lít/phút, suốt ngày đêm",
        shown(supposed.bed_flow),
        shown(supposed.icu_flow)
    );
    let line = |name: String, total: Total, formula: String, source: &str| -> Option<Row> {
        let demand = (total.known > 0).then_some(Kept::Decimal(total.sum / 1_000.0))?;
        Some(BTreeMap::from([
            ("scenario".to_owned(), Kept::Text(name)),
            ("demand".to_owned(), demand),
            ("facilities".to_owned(), Kept::Integer(total.known as i64)),
            ("unknown".to_owned(), Kept::Integer(total.unknown as i64)),
            ("formula".to_owned(), Kept::Text(formula)),
            ("source".to_owned(), Kept::Text(source.to_owned())),
        ]))
    };
    let lines = [
        line("Như hiện nay".to_owned(), present, "cộng mức dùng mỗi ngày của các cơ sở".to_owned(), "sổ theo dõi"),
        line(
            format!("Nếu mức dùng bằng {times} lần hiện nay"),
            grown,
            format!("mức dùng hiện nay × {times}"),
            supposed.growth_norm,
        ),
        line("Nếu mọi giường oxy đều có người bệnh".to_owned(), filled, flows, supposed.flow_norm),
    ];
    let rows: Vec<Row> = lines.into_iter().flatten().collect();
    let note =
        "Kịch bản là phép tính giả định để chuẩn bị, không phải dự báo; cơ sở chưa rõ số liệu không được cộng vào.";
    Register { notes: if rows.is_empty() { Vec::new() } else { vec![note.to_owned()] }, rows }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: &[(&str, Kept)]) -> Row {
        cells.iter().map(|(key, kept)| ((*key).to_owned(), kept.clone())).collect()
    }

    fn supposed() -> Supposed<'static> {
        Supposed { growth: 2.0, growth_norm: "a/1", bed_flow: 10.0, icu_flow: 30.0, flow_norm: "b/1" }
    }

    /// OX18: 10 L/min is 19.1 kg a day, 30 L/min 57.3 (facts of the oxygen arithmetic).
    #[test]
    fn each_line_says_what_it_was_made_of_and_who_is_missing() {
        let known = row(&[
            ("use_per_day", Kept::Decimal(500.0)),
            ("oxygen_beds", Kept::Integer(100)),
            ("icu_beds", Kept::Integer(10)),
        ]);
        let silent = row(&[("use_per_day", Kept::Unknown(None)), ("oxygen_beds", Kept::Unknown(None))]);
        let register = scenarios(&[known, silent], &supposed());
        let demand = |place: usize| register.rows[place]["demand"].number().unwrap();
        assert!((demand(0) - 0.5).abs() < 1e-9 && (demand(1) - 1.0).abs() < 1e-9);
        assert!((demand(2) - (90.0 * 19.1 + 10.0 * 57.3) / 1_000.0).abs() < 0.01, "{}", demand(2));
        assert!(register.rows.iter().all(|row| row["unknown"] == Kept::Integer(1)));
        assert_eq!(register.rows[1]["formula"], Kept::Text("mức dùng hiện nay × 2".into()));
        assert_eq!(register.rows[2]["source"], Kept::Text("b/1".into()));
        assert_eq!(register.notes.len(), 1);
    }

    #[test]
    fn nothing_known_is_no_line_and_more_icu_than_oxygen_beds_is_not_negative() {
        let silent = row(&[("use_per_day", Kept::Unknown(None))]);
        assert_eq!(scenarios(&[silent], &supposed()), Register::default());
        let odd = row(&[("oxygen_beds", Kept::Integer(5)), ("icu_beds", Kept::Integer(9))]);
        assert!((all_beds(&odd, &supposed()).number().unwrap() - 5.0 * 57.3).abs() < 0.5);
    }
}
