//! A tank's chart as its maker prints it and people paste it: two columns, the gauge's figure and
//! what the tank then holds.

use quantity::{Coded, Convention, Typed, Unit};

use crate::{ChartProblem, GaugeChart};

/// More rows than any maker prints.
const MOST_ROWS: usize = 500;

/// Why a pasted table is no chart.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum TableProblem {
    /// A line that is not two figures.
    #[error("CHN-001: line {line} is not two figures: {text:?}")]
    NotTwoFigures {
        /// Counted from 1, as pasted.
        line: usize,
        /// As pasted.
        text: String,
    },
    /// A figure of a line cannot be read one way only.
    #[error("CHN-002: {text:?} in line {line} is no clear figure")]
    Unclear {
        /// Counted from 1, as pasted.
        line: usize,
        /// As pasted.
        text: String,
    },
    /// No line with figures, or more than a maker prints.
    #[error("CHN-003: {rows} rows")]
    Rows {
        /// How many.
        rows: usize,
    },
    /// What the tank holds is given in a unit that is no amount.
    #[error("CHN-004: {unit} is no amount of oxygen")]
    NotAnAmount {
        /// The unit.
        unit: Unit,
    },
    /// The points make no chart.
    #[error("{0}")]
    Chart(ChartProblem),
}

impl Coded for TableProblem {
    fn code(&self) -> &'static str {
        match self {
            Self::NotTwoFigures { .. } => "CHN-001",
            Self::Unclear { .. } => "CHN-002",
            Self::Rows { .. } => "CHN-003",
            Self::NotAnAmount { .. } => "CHN-004",
            Self::Chart(problem) => problem.code(),
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::NotTwoFigures { line, text } | Self::Unclear { line, text } => {
                vec![("line", line.to_string()), ("text", text.clone())]
            }
            Self::Rows { rows } => vec![("rows", rows.to_string())],
            Self::NotAnAmount { unit } => vec![("unit", unit.label().to_owned())],
            Self::Chart(problem) => problem.facts(),
        }
    }
}

/// Reads a pasted table: a line a point, the columns apart by tab, `;`, `|` or blanks; a first line of
/// words is a head. `held` is the unit of the second column: kg, t, or litres or m³ of liquid.
///
/// # Errors
/// [`TableProblem`] with the line; nothing is guessed in silence.
pub fn read_chart(text: &str, shown: Unit, held: Unit) -> Result<GaugeChart, TableProblem> {
    let lines: Vec<(usize, &str)> = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()).collect();
    if lines.len() > MOST_ROWS {
        return Err(TableProblem::Rows { rows: lines.len() });
    }
    let mut rows: Vec<(usize, [&str; 2])> = Vec::with_capacity(lines.len());
    for (place, (line, text)) in lines.into_iter().enumerate() {
        match cells(text) {
            Some(pair) => rows.push((line, pair)),
            // A head has no digit; anything else in its place is a slip of the hand.
            None if place == 0 && !text.contains(|sign: char| sign.is_ascii_digit()) => {}
            None if place == 0 && is_head(text) => {}
            None => return Err(TableProblem::NotTwoFigures { line, text: short(text) }),
        }
    }
    if rows.is_empty() {
        return Err(TableProblem::Rows { rows: 0 });
    }
    let unclear = |line: usize, text: &str| TableProblem::Unclear { line, text: short(text) };
    let convention = |column: usize| {
        let first = rows[0];
        Convention::of_column(rows.iter().map(|(_, pair)| pair[column])).map_err(|_| unclear(first.0, first.1[column]))
    };
    let conventions = [convention(0)?, convention(1)?];
    let mut points = Vec::with_capacity(rows.len());
    for (line, pair) in &rows {
        let read = |column: usize, unit| {
            Typed::read(pair[column], conventions[column].or(conventions[1 - column]), Some(unit))
                .map_err(|_| unclear(*line, pair[column]))
        };
        let (on_gauge, inside) = (read(0, shown)?, read(1, held)?);
        if on_gauge.unit != shown {
            return Err(unclear(*line, pair[0]));
        }
        let grams = inside.grams(None).map_err(|_| TableProblem::NotAnAmount { unit: inside.unit })?;
        points.push((on_gauge.value, grams));
    }
    GaugeChart::new(shown, &points).map_err(TableProblem::Chart)
}

/// Two cells that each begin with a digit.
fn cells(line: &str) -> Option<[&str; 2]> {
    let apart = |by: &[char]| -> Vec<&str> { line.split(by).map(str::trim).filter(|cell| !cell.is_empty()).collect() };
    let mut found = apart(&['\t', ';', '|']);
    if found.len() == 1 {
        found = line.split_whitespace().collect();
    }
    let figure = |cell: &str| cell.starts_with(|sign: char| sign.is_ascii_digit());
    match found[..] {
        [shown, held] if figure(shown) && figure(held) => Some([shown, held]),
        _ => None,
    }
}

/// «mmH2O  kg»: words, though one of them carries a digit.
fn is_head(line: &str) -> bool {
    line.split_whitespace().all(|word| !word.starts_with(|sign: char| sign.is_ascii_digit()))
}

fn short(text: &str) -> String {
    text.trim().chars().take(60).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use quantity::Grams;

    const WATER: Unit = Unit::MillimetreOfWater;

    fn code(text: &str) -> &'static str {
        read_chart(text, WATER, Unit::Kilogram).map_or_else(|problem| problem.code(), |_| "a chart")
    }

    /// OX04: a tank's own chart, as it is pasted.
    #[test]
    fn a_makers_table_is_read() {
        let pasted = "mmH2O\tkg\r\n0\t0\r\n120\t700,5\r\n240\t1.400,0\r\n480\t3.000,0\r\n";
        let chart = read_chart(pasted, WATER, Unit::Kilogram).unwrap();
        assert_eq!(chart.points().len(), 4);
        assert_eq!(chart.grams(120.0), Grams(700_500));
        assert_eq!(chart.grams(360.0), Grams::from_kg(2_200));
        let litres = read_chart("10 % ; 1000 lít lỏng\n100 % ; 9000", Unit::Percent, Unit::LitreOfLiquid);
        assert_eq!(litres.unwrap().grams(10.0), Grams::from_kg(1_142));
        assert_eq!(code("60 200\n240 1400\n480 3000"), "a chart");
    }

    #[test]
    fn what_is_no_table_is_refused_with_its_line() {
        assert_eq!(code(""), "CHN-003");
        assert_eq!(code("mmH2O kg"), "CHN-003");
        assert_eq!(code("100 200\nhết\n300 400"), "CHN-001");
        assert_eq!(code("100 200 300"), "CHN-001");
        assert_eq!(code("100\t1.200\n200\t2.400"), "CHN-002", "twelve hundred or one and a fifth");
        assert_eq!(code("100\t1.200,5\n200\t1,300.5"), "CHN-002");
        assert_eq!(code("100 % ; 200"), "CHN-002", "another gauge's unit");
        assert_eq!(code("100 ; 200 m3"), "CHN-004", "a volume of gas is not what stands in a tank");
        assert_eq!(code("100 500\n200 400"), "OXY-025", "a chart rises");
        assert_eq!(code(&"1 1\n".repeat(501)), "CHN-003");
        let told = read_chart("100 200\n\nhết", WATER, Unit::Kilogram).unwrap_err();
        assert_eq!(told.facts()[0], ("line", "3".to_owned()));
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "\\PC{0,200}") {
            let _ = read_chart(&text, WATER, Unit::Kilogram);
        }

        #[test]
        fn what_is_written_is_read_back(steps in prop::collection::vec((1_u32..90, 1_u32..900), 1..40)) {
            let mut at = (0, 0);
            let mut text = String::from("mức;kg\n");
            for (shown, kg) in &steps {
                at = (at.0 + shown, at.1 + kg);
                text.push_str(&format!("{};{}\n", at.0, at.1));
            }
            let chart = read_chart(&text, WATER, Unit::Kilogram).unwrap();
            prop_assert_eq!(chart.full_scale(), f64::from(at.0));
            prop_assert_eq!(chart.grams(f64::from(at.0)), Grams::from_kg(i64::from(at.1)));
        }
    }
}
