//! Numbers as people type them. `1.200` is twelve hundred to most and one and a fifth to some: the
//! column decides, by its layout or by what stands in it, and where it cannot decide the cell is
//! given back.

use serde::Deserialize;

use crate::CellReason;

/// How a column's layout says that its numbers use comma and point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NumberConvention {
    /// Found from the column's own cells; what stays open is refused.
    #[default]
    ByColumn,
    /// `1.234,5`.
    Vietnamese,
    /// `1,234.5`.
    English,
}

/// How one column of one file writes numbers, once settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Numbers {
    /// `1.234,5`.
    Vietnamese,
    /// `1,234.5`.
    English,
    /// Mostly `1.234,5`: what is written otherwise is refused, and so is what has two readings.
    MostlyVietnamese,
    /// Mostly `1,234.5`: what is written otherwise is refused, and so is what has two readings.
    MostlyEnglish,
    /// Nothing in the column tells, or its cells contradict each other evenly: only what has one
    /// reading by itself is accepted.
    Open,
}

/// What a column's cells have told so far.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Evidence {
    vietnamese: u32,
    english: u32,
}

impl Evidence {
    /// Looks at one cell.
    pub(super) fn observe(&mut self, typed: &str) {
        match shape(strip(typed).0) {
            Some(Shape { thousands: Some('.'), .. } | Shape { decimal: Some(','), .. }) => self.vietnamese += 1,
            Some(Shape { thousands: Some(','), .. } | Shape { decimal: Some('.'), .. }) => self.english += 1,
            _ => {}
        }
    }

    /// The convention that follows.
    pub(super) fn settle(self, declared: NumberConvention) -> Numbers {
        match (declared, self.vietnamese, self.english) {
            (NumberConvention::Vietnamese, ..) => Numbers::Vietnamese,
            (NumberConvention::English, ..) => Numbers::English,
            (NumberConvention::ByColumn, 1.., 0) => Numbers::Vietnamese,
            (NumberConvention::ByColumn, 0, 1..) => Numbers::English,
            (NumberConvention::ByColumn, vietnamese, english) if vietnamese > english => Numbers::MostlyVietnamese,
            (NumberConvention::ByColumn, vietnamese, english) if english > vietnamese => Numbers::MostlyEnglish,
            (NumberConvention::ByColumn, ..) => Numbers::Open,
        }
    }
}

impl Numbers {
    /// One thousand two hundred thirty-four and a half, as the column writes it.
    const fn example(self) -> &'static str {
        match self {
            Self::English | Self::MostlyEnglish => "1,234.5",
            Self::Vietnamese | Self::MostlyVietnamese | Self::Open => "1.234,5",
        }
    }

    /// The separators of thousands and of decimals.
    const fn separators(self) -> Option<(char, char)> {
        match self {
            Self::Vietnamese | Self::MostlyVietnamese => Some(('.', ',')),
            Self::English | Self::MostlyEnglish => Some((',', '.')),
            Self::Open => None,
        }
    }

    /// The number that was typed, and whether a percent sign followed it. `whole` tells that the
    /// column counts pieces, where a separator before three digits can only mean thousands.
    ///
    /// # Errors
    /// [`CellReason::NotANumber`], [`CellReason::DoesNotFitColumn`], [`CellReason::Ambiguous`].
    pub fn parse(self, typed: &str, whole: bool) -> Result<(f64, bool), CellReason> {
        let (digits, percent) = strip(typed);
        let shape = shape(digits).ok_or(CellReason::NotANumber)?;
        let number = match (shape.decided(), self.separators()) {
            (true, Some((thousands, decimal))) => {
                let fits = shape.thousands.is_none_or(|used| used == thousands)
                    && shape.decimal.is_none_or(|used| used == decimal);
                if !fits {
                    return Err(CellReason::DoesNotFitColumn { example: self.example() });
                }
                shape.value(digits, shape.decimal)
            }
            (true, None) => shape.value(digits, shape.decimal),
            (false, _) if whole => shape.value(digits, None),
            (false, Some((_, decimal))) if matches!(self, Self::Vietnamese | Self::English) => {
                shape.value(digits, shape.open.filter(|open| *open == decimal))
            }
            (false, _) => {
                let open = shape.open;
                return Err(CellReason::Ambiguous {
                    thousands: shape.value(digits, None).map(|number| number.to_string()).unwrap_or_default(),
                    decimals: shape
                        .value(digits, open)
                        .map(|number| number.to_string().replace('.', ","))
                        .unwrap_or_default(),
                });
            }
        };
        number.map(|number| (number, percent)).ok_or(CellReason::NotANumber)
    }
}

/// The typed words without spaces, sign of percent and no-break spaces; a space between groups of
/// three digits is dropped, any other makes it no number.
fn strip(typed: &str) -> (&str, bool) {
    let typed = typed.trim();
    match typed.strip_suffix('%') {
        Some(rest) => (rest.trim_end(), true),
        None => (typed, false),
    }
}

/// How a typed number uses its separators.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Shape {
    /// The separator that can only mean thousands.
    thousands: Option<char>,
    /// The separator that can only mean decimals.
    decimal: Option<char>,
    /// The one separator that can mean either: `1.200`.
    open: Option<char>,
}

impl Shape {
    /// Whether the number has one reading whatever its column does.
    fn decided(self) -> bool {
        self.open.is_none()
    }

    /// The value, with this separator before the decimals.
    fn value(self, digits: &str, decimal: Option<char>) -> Option<f64> {
        let mut plain = String::with_capacity(digits.len());
        for shown in digits.chars() {
            match shown {
                '0'..='9' | '-' => plain.push(shown),
                '−' => plain.push('-'),
                shown if Some(shown) == decimal => plain.push('.'),
                _ => {}
            }
        }
        plain.parse().ok().filter(|value: &f64| value.is_finite())
    }
}

/// The shape of a number; `None` where the words are none.
fn shape(digits: &str) -> Option<Shape> {
    let unsigned = digits.strip_prefix(['+', '-', '−']).unwrap_or(digits);
    if unsigned.is_empty() || unsigned.len() > 40 {
        return None;
    }
    if unsigned.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Shape::default());
    }
    let is_space = |shown: char| matches!(shown, ' ' | '\u{a0}' | '\u{202f}');
    let known = |shown: char| shown.is_ascii_digit() || matches!(shown, '.' | ',') || is_space(shown);
    if !unsigned.chars().all(known) || !unsigned.starts_with(|shown: char| shown.is_ascii_digit()) {
        return None;
    }
    let last = unsigned.rfind(['.', ',']);
    let (whole, fraction) = last.map_or((unsigned, None), |at| (&unsigned[..at], Some(&unsigned[at + 1..])));
    let separator = last.and_then(|at| unsigned[at..].chars().next());
    if fraction.is_some_and(|fraction| fraction.is_empty() || !fraction.bytes().all(|byte| byte.is_ascii_digit())) {
        return None;
    }
    let used: Vec<char> = whole.chars().filter(|shown| !shown.is_ascii_digit()).collect();
    let groups_well = |text: &str| {
        let mut groups = text.split(|shown: char| !shown.is_ascii_digit());
        let first = groups.next().unwrap_or_default();
        (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3)
    };
    let Some(separator) = separator else {
        // Only spaces: 12 000.
        return groups_well(unsigned).then_some(Shape::default());
    };
    match used.first() {
        None => {
            let three = fraction.is_some_and(|fraction| fraction.len() == 3);
            // 0.125 and 1234.567 cannot be thousands.
            let can_be_thousands = three && whole.len() <= 3 && !whole.starts_with('0');
            Some(if can_be_thousands {
                Shape { open: Some(separator), ..Shape::default() }
            } else {
                Shape { decimal: Some(separator), ..Shape::default() }
            })
        }
        Some(first) if used.iter().any(|other| other != first) || !groups_well(whole) => None,
        // 1.234.567
        Some(first) if *first == separator => {
            groups_well(unsigned).then_some(Shape { thousands: Some(separator), ..Shape::default() })
        }
        Some(first) if is_space(*first) => Some(Shape { decimal: Some(separator), ..Shape::default() }),
        Some(first) => Some(Shape { thousands: Some(*first), decimal: Some(separator), open: None }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_column_decides_what_a_separator_means() {
        assert_eq!(Numbers::Vietnamese.parse("1.346", false), Ok((1346.0, false)));
        assert_eq!(Numbers::Vietnamese.parse("97,88 %", false), Ok((97.88, true)));
        assert_eq!(Numbers::English.parse("1,234.5", false), Ok((1234.5, false)));
        assert_eq!(Numbers::English.parse("1.200", false), Ok((1.2, false)));
        assert_eq!(Numbers::Open.parse("1.234.567,5", false), Ok((1_234_567.5, false)));
        assert_eq!(Numbers::Open.parse("12 000,5", false), Ok((12_000.5, false)));
        assert_eq!(Numbers::Open.parse("0.125", false), Ok((0.125, false)));
    }

    #[test]
    fn what_stays_open_is_given_back_with_both_readings() {
        let told = Numbers::Open.parse("1.200", false);
        assert_eq!(told, Err(CellReason::Ambiguous { thousands: "1200".into(), decimals: "1,2".into() }));
        // Pieces are counted whole, so only one reading is left.
        assert_eq!(Numbers::Open.parse("1,200", true), Ok((1200.0, false)));
    }

    #[test]
    fn a_comma_that_does_not_fit_its_column_is_refused() {
        let told = Numbers::Vietnamese.parse("97.88", false);
        assert_eq!(told, Err(CellReason::DoesNotFitColumn { example: "1.234,5" }));
        assert!(Numbers::English.parse("97,88", false).is_err());
    }

    #[test]
    fn evidence_settles_and_contradiction_does_not() {
        let settle = |cells: &[&str]| {
            let mut evidence = Evidence::default();
            cells.iter().for_each(|cell| evidence.observe(cell));
            evidence.settle(NumberConvention::ByColumn)
        };
        assert_eq!(settle(&["1.200", "3,5"]), Numbers::Vietnamese);
        assert_eq!(settle(&["1,200", "3.5"]), Numbers::English);
        assert_eq!(settle(&["1.200", "310"]), Numbers::Open);
        assert_eq!(settle(&["3,5", "3.5"]), Numbers::Open);
        assert_eq!(settle(&["3,5", "3.5", "0,7"]), Numbers::MostlyVietnamese);
        assert!(matches!(Numbers::MostlyVietnamese.parse("1.200", false), Err(CellReason::Ambiguous { .. })));
        assert!(matches!(Numbers::MostlyEnglish.parse("3,5", false), Err(CellReason::DoesNotFitColumn { .. })));
    }

    #[test]
    fn words_are_no_numbers() {
        for typed in ["", "-", "310 kg", "1.2.3", "1,23,456", "1.", ",5", "1e3", "NaN", "12 00", "1.234,567.8"] {
            assert_eq!(Numbers::Vietnamese.parse(typed, false), Err(CellReason::NotANumber), "{typed}");
        }
        assert_eq!(Numbers::Vietnamese.parse("-5", false), Ok((-5.0, false)));
    }
}
