//! What a gauge's figure weighs: each tank has its own chart, mmH2O or % or bar → kg.

use quantity::{Coded, Grams, Unit, show_number};
use serde::{Deserialize, Serialize};

/// How a store is read.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gauge {
    /// A gauge with its own chart.
    Chart(GaugeChart),
    /// Read or told directly as a mass or volume in the usual unit named here.
    Direct(Unit),
    /// Cylinders are counted.
    Counted,
    /// A plant or concentrators: running units and their flow.
    Flow,
}

/// Points of a gauge, in its unit, and what the store holds there; straight lines between them.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(try_from = "ChartText", into = "ChartText")]
pub struct GaugeChart {
    unit: Unit,
    points: Vec<(f64, Grams)>,
}

/// The stored form: `{"unit":"mmH2O","points":[[0,0],[480,3000000]]}`, masses in grams.
#[derive(Serialize, Deserialize)]
struct ChartText {
    unit: Unit,
    points: Vec<(f64, Grams)>,
}

/// Why points make no chart.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ChartProblem {
    /// A chart in kilograms or litres needs no chart.
    #[error("OXY-024: no gauge is charted in {unit}")]
    NotAGaugeUnit {
        /// The unit given.
        unit: Unit,
    },
    /// Fewer than two points, or a point out of order.
    #[error("OXY-025: point {index} of the chart does not rise")]
    NotRising {
        /// Counted from 1.
        index: usize,
        /// The gauge's figure there.
        shown: f64,
    },
}

impl Coded for ChartProblem {
    fn code(&self) -> &'static str {
        match self {
            Self::NotAGaugeUnit { .. } => "OXY-024",
            Self::NotRising { .. } => "OXY-025",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::NotAGaugeUnit { unit } => vec![("unit", unit.label().to_owned())],
            Self::NotRising { index, shown } => {
                vec![("row", index.to_string()), ("shown", show_number(*shown, 1))]
            }
        }
    }
}

impl GaugeChart {
    /// A chart of rising points. A chart that does not begin at zero gets the point (0, nothing).
    ///
    /// # Errors
    /// The unit is none of mmH2O, % and bar; or figures or masses do not rise.
    pub fn new(unit: Unit, points: &[(f64, Grams)]) -> Result<Self, ChartProblem> {
        if !matches!(unit, Unit::MillimetreOfWater | Unit::Percent | Unit::Bar) {
            return Err(ChartProblem::NotAGaugeUnit { unit });
        }
        let starts_at_zero = points.first().is_some_and(|(shown, _)| *shown == 0.0);
        let mut all = if starts_at_zero { Vec::new() } else { vec![(0.0, Grams::ZERO)] };
        all.extend_from_slice(points);
        let not_rising = |index: usize, shown| Err(ChartProblem::NotRising { index, shown });
        if points.is_empty() || all.len() < 2 || all[0].1 < Grams::ZERO {
            return not_rising(points.len().min(1), 0.0);
        }
        for (index, pair) in all.windows(2).enumerate() {
            let ((shown, mass), (next_shown, next_mass)) = (pair[0], pair[1]);
            let rises = shown < next_shown && mass < next_mass && next_shown.is_finite();
            if !rises {
                return not_rising(if starts_at_zero { index + 2 } else { index + 1 }, next_shown);
            }
        }
        Ok(Self { unit, points: all })
    }

    /// The chart of a gauge that is proportional to the content: `full` on the gauge is `capacity`.
    ///
    /// # Errors
    /// As [`GaugeChart::new`].
    pub fn proportional(unit: Unit, full: f64, capacity: Grams) -> Result<Self, ChartProblem> {
        Self::new(unit, &[(0.0, Grams::ZERO), (full, capacity)])
    }

    /// The gauge's unit.
    pub const fn unit(&self) -> Unit {
        self.unit
    }

    /// The figure at the chart's end.
    pub fn full_scale(&self) -> f64 {
        self.points.last().map_or(0.0, |(shown, _)| *shown)
    }

    /// The points, rising.
    pub fn points(&self) -> &[(f64, Grams)] {
        &self.points
    }

    /// What the store holds when the gauge shows a figure. Beyond the last point the last line goes
    /// on, so that a figure above the tank weighs more than the tank and is refused by capacity.
    pub fn grams(&self, shown: f64) -> Grams {
        let index = self.points.partition_point(|(point, _)| *point < shown);
        let ((x0, y0), (x1, y1)) = self.segment(index);
        Grams::from_f64(y0.as_f64() + (shown - x0) / (x1 - x0) * (y1 - y0).as_f64())
    }

    /// What the gauge shows for a content: the drawing on the form, the prefilled field.
    pub fn shown_at(&self, content: Grams) -> f64 {
        let index = self.points.partition_point(|(_, mass)| *mass < content);
        let ((x0, y0), (x1, y1)) = self.segment(index);
        x0 + (content - y0).as_f64() / (y1 - y0).as_f64() * (x1 - x0)
    }

    fn segment(&self, index: usize) -> ((f64, Grams), (f64, Grams)) {
        let end = index.clamp(1, self.points.len() - 1);
        (self.points[end - 1], self.points[end])
    }
}

impl TryFrom<ChartText> for GaugeChart {
    type Error = ChartProblem;

    fn try_from(text: ChartText) -> Result<Self, ChartProblem> {
        Self::new(text.unit, &text.points)
    }
}

impl From<GaugeChart> for ChartText {
    fn from(chart: GaugeChart) -> Self {
        Self { unit: chart.unit, points: chart.points }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn lying_tank() -> GaugeChart {
        let kg = Grams::from_kg;
        GaugeChart::new(Unit::MillimetreOfWater, &[(60.0, kg(200)), (240.0, kg(1_400)), (480.0, kg(3_000))]).unwrap()
    }

    /// OX04: a tank's gauge has its own chart, in mmH2O or %.
    #[test]
    fn lines_between_the_points() {
        let chart = lying_tank();
        assert_eq!(chart.grams(0.0), Grams::ZERO);
        assert_eq!(chart.grams(30.0), Grams::from_kg(100));
        assert_eq!(chart.grams(150.0), Grams::from_kg(800));
        assert_eq!(chart.grams(480.0), Grams::from_kg(3_000));
        assert_eq!(chart.grams(600.0), Grams::from_kg(3_800), "beyond the end the last line goes on");
        assert_eq!(chart.shown_at(Grams::from_kg(800)), 150.0);
        let percent = GaugeChart::proportional(Unit::Percent, 100.0, Grams::from_kg(3_000)).unwrap();
        assert_eq!(percent.grams(60.0), Grams::from_kg(1_800));
    }

    #[test]
    fn points_that_do_not_rise_make_no_chart() {
        let code = |unit, points: &[(f64, Grams)]| GaugeChart::new(unit, points).map_err(|problem| problem.code());
        assert_eq!(code(Unit::Kilogram, &[(1.0, Grams(1))]), Err("OXY-024"));
        assert_eq!(code(Unit::Bar, &[]), Err("OXY-025"));
        assert_eq!(code(Unit::Bar, &[(0.0, Grams(0))]), Err("OXY-025"));
        assert_eq!(code(Unit::Bar, &[(1.0, Grams(5)), (1.0, Grams(6))]), Err("OXY-025"));
        assert_eq!(code(Unit::Bar, &[(1.0, Grams(5)), (2.0, Grams(4))]), Err("OXY-025"));
        assert_eq!(code(Unit::Bar, &[(f64::NAN, Grams(5))]), Err("OXY-025"));
        assert_eq!(code(Unit::Bar, &[(f64::INFINITY, Grams(5))]), Err("OXY-025"));
    }

    #[test]
    fn the_stored_form_is_checked_again() {
        let stored = serde_json::to_string(&Gauge::Chart(lying_tank())).unwrap();
        assert_eq!(
            stored,
            r#"{"chart":{"unit":"mmH2O","points":[[0.0,0],[60.0,200000],[240.0,1400000],[480.0,3000000]]}}"#
        );
        assert_eq!(serde_json::from_str::<Gauge>(&stored).unwrap(), Gauge::Chart(lying_tank()));
        assert!(serde_json::from_str::<Gauge>(r#"{"chart":{"unit":"bar","points":[[2,9],[1,10]]}}"#).is_err());
        assert_eq!(serde_json::to_string(&Gauge::Direct(Unit::Kilogram)).unwrap(), r#"{"direct":"kg"}"#);
    }

    proptest! {
        #[test]
        fn the_chart_is_read_both_ways(content in 0_i64..3_000_000) {
            let chart = lying_tank();
            let back = chart.grams(chart.shown_at(Grams(content)));
            prop_assert!((back.0 - content).abs() <= 1);
        }

        #[test]
        fn more_on_the_gauge_is_never_less_in_the_tank(low in 0.0..600.0_f64, more in 0.0..600.0_f64) {
            let chart = lying_tank();
            prop_assert!(chart.grams(low) <= chart.grams(low + more));
        }
    }
}
