//! Masses and rates of pure oxygen: whole grams in ledgers, grams per hour in estimates.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Mul, Neg, Sub, SubAssign};

use serde::{Deserialize, Serialize};

use crate::{Span, show_number};

/// Whole grams of pure O2. Negative in movements that take away. Arithmetic saturates: a mass at
/// the end of the range is nonsense that `doctor` finds, not a panic at night.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Grams(pub i64);

impl Grams {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// From whole kilograms.
    pub const fn from_kg(kg: i64) -> Self {
        Self(kg.saturating_mul(1_000))
    }

    /// From kilograms with fractions, rounded to the gram.
    pub fn from_kg_f64(kg: f64) -> Self {
        Self::from_f64(kg * 1_000.0)
    }

    /// From grams with fractions, rounded half away from zero.
    pub fn from_f64(grams: f64) -> Self {
        Self(grams.round() as i64)
    }

    /// Kilograms, for display and estimates.
    pub fn as_kg(self) -> f64 {
        self.0 as f64 / 1_000.0
    }

    /// Grams as a number for estimates.
    pub fn as_f64(self) -> f64 {
        self.0 as f64
    }

    /// Without its sign.
    pub const fn abs(self) -> Self {
        Self(self.0.saturating_abs())
    }

    /// A share of this mass, `0.06` for 6 %.
    pub fn share(self, share: f64) -> Self {
        Self::from_f64(self.as_f64() * share)
    }

    /// Hours until this mass is gone at a rate; `None` when the rate is not positive.
    pub fn hours_at(self, rate: GramsPerHour) -> Option<f64> {
        (rate.0 > 0.0).then(|| self.as_f64() / rate.0)
    }
}

impl fmt::Display for Grams {
    /// As screens, messages and letters write it: `310 kg`, `3,2 t`, `7,9 kg`, `750 g`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kg = self.as_kg();
        let text = match kg.abs() {
            size if size >= 999.5 => format!("{} t", show_number(kg / 1_000.0, 1)),
            size if size >= 9.95 => format!("{} kg", show_number(kg, 0)),
            size if size >= 0.9995 => format!("{} kg", show_number(kg, 1)),
            0.0 => "0 kg".to_owned(),
            _ => format!("{} g", self.0),
        };
        f.pad(&text)
    }
}

impl Add for Grams {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Grams {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Neg for Grams {
    type Output = Self;
    fn neg(self) -> Self {
        Self(self.0.saturating_neg())
    }
}

impl Mul<i64> for Grams {
    type Output = Self;
    fn mul(self, times: i64) -> Self {
        Self(self.0.saturating_mul(times))
    }
}

impl AddAssign for Grams {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl SubAssign for Grams {
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}

impl Sum for Grams {
    fn sum<I: Iterator<Item = Self>>(masses: I) -> Self {
        masses.fold(Self::ZERO, Add::add)
    }
}

impl<'a> Sum<&'a Grams> for Grams {
    fn sum<I: Iterator<Item = &'a Self>>(masses: I) -> Self {
        masses.copied().sum()
    }
}

/// A rate: grams of pure O2 in an hour.
#[derive(Clone, Copy, PartialEq, PartialOrd, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct GramsPerHour(pub f64);

impl GramsPerHour {
    /// No flow.
    pub const ZERO: Self = Self(0.0);

    /// From kilograms in a day of 24 hours.
    pub fn from_kg_per_day(kg: f64) -> Self {
        Self(kg * 1_000.0 / 24.0)
    }

    /// Kilograms in an hour.
    pub fn as_kg(self) -> f64 {
        self.0 / 1_000.0
    }

    /// Tonnes in a day of 24 hours.
    pub fn as_tonnes_per_day(self) -> f64 {
        self.0 * 24.0 / 1e6
    }

    /// The mass that flows in a span, rounded to the gram.
    pub fn over(self, span: Span) -> Grams {
        Grams::from_f64(self.0 * span.as_hours())
    }

    /// The larger of two rates.
    pub fn max(self, other: Self) -> Self {
        Self(self.0.max(other.0))
    }

    /// The smaller of two rates.
    pub fn min(self, other: Self) -> Self {
        Self(self.0.min(other.0))
    }
}

impl fmt::Display for GramsPerHour {
    /// `118 kg/giờ`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{}/giờ", Grams::from_f64(self.0)))
    }
}

impl Add for GramsPerHour {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for GramsPerHour {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Mul<f64> for GramsPerHour {
    type Output = Self;
    fn mul(self, times: f64) -> Self {
        Self(self.0 * times)
    }
}

impl Sum for GramsPerHour {
    fn sum<I: Iterator<Item = Self>>(rates: I) -> Self {
        rates.fold(Self::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masses_read_as_the_screens_write_them() {
        let shown = |grams| Grams(grams).to_string();
        assert_eq!(shown(310_000), "310 kg");
        assert_eq!(shown(3_200_000), "3,2 t");
        assert_eq!(shown(999_600), "1,0 t");
        assert_eq!(shown(7_858), "7,9 kg");
        assert_eq!(shown(750), "750 g");
        assert_eq!(shown(0), "0 kg");
        assert_eq!(shown(-310_000), "-310 kg");
        assert_eq!(shown(1_234_500_000_000), "1.234.500,0 t");
        assert_eq!(GramsPerHour(118_000.0).to_string(), "118 kg/giờ");
    }

    #[test]
    fn sums_saturate_instead_of_wrapping() {
        assert_eq!([Grams(i64::MAX), Grams(5)].iter().sum::<Grams>(), Grams(i64::MAX));
        assert_eq!(-Grams(i64::MIN), Grams(i64::MAX));
        assert_eq!(Grams::from_kg(i64::MAX), Grams(i64::MAX));
    }

    #[test]
    fn hours_need_a_positive_rate() {
        assert_eq!(Grams::from_kg(310).hours_at(GramsPerHour(155_000.0)), Some(2.0));
        assert_eq!(Grams::from_kg(310).hours_at(GramsPerHour::ZERO), None);
        assert_eq!(GramsPerHour(2_000.0).over(Span::minutes(90)), Grams::from_kg(3));
    }
}
