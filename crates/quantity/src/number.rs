//! Numbers as people type them, and as Vietnamese readers see them: `1.234,5`.
//!
//! Both `1.200` and `1,200` occur for twelve hundred. A column's convention decides; without one a
//! figure that can be read two ways is refused with both readings, never guessed.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::Coded;

/// What `.` and `,` mean in a column.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Convention {
    /// `1.234,5`: Vietnamese.
    DecimalComma,
    /// `1,234.5`: English, and most machines.
    DecimalPoint,
}

impl Convention {
    const fn decimal(self) -> char {
        match self {
            Self::DecimalComma => ',',
            Self::DecimalPoint => '.',
        }
    }

    const fn of_decimal(mark: char) -> Self {
        if mark == ',' { Self::DecimalComma } else { Self::DecimalPoint }
    }

    /// The convention that the unambiguous cells of a column agree on; `None` when no cell tells.
    /// Cells that are not numbers are left to [`read_number`].
    ///
    /// # Errors
    /// [`NumberProblem::ColumnDisagrees`] when two cells contradict each other.
    pub fn of_column<'a>(cells: impl IntoIterator<Item = &'a str>) -> Result<Option<Self>, NumberProblem> {
        let mut found: Option<(Self, &'a str)> = None;
        for cell in cells {
            let Some(convention) = tidy(cell).ok().and_then(|(_, body)| evidence(&body)) else {
                continue;
            };
            match found {
                Some((before, first)) if before != convention => {
                    return Err(NumberProblem::ColumnDisagrees { first: first.to_owned(), second: cell.to_owned() });
                }
                _ => found = found.or(Some((convention, cell))),
            }
        }
        Ok(found.map(|(convention, _)| convention))
    }
}

/// Why a text is not read as a number.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum NumberProblem {
    /// No number at all.
    #[error("QTY-001: not a number: {text:?}")]
    NotANumber {
        /// As typed.
        text: String,
    },
    /// `1.200`: twelve hundred, or one and a fifth.
    #[error("QTY-002: {text:?} may be {as_thousands} or {as_decimal}")]
    Ambiguous {
        /// As typed.
        text: String,
        /// Read with the mark between thousands.
        as_thousands: f64,
        /// Read with the mark before decimals.
        as_decimal: f64,
    },
    /// A mark where the column's convention has none.
    #[error("QTY-003: {text:?} does not fit a column read as {convention:?}")]
    DoesNotFitColumn {
        /// As typed.
        text: String,
        /// The column's convention.
        convention: Convention,
    },
    /// Two cells of one column contradict each other.
    #[error("QTY-004: {first:?} and {second:?} in one column follow different conventions")]
    ColumnDisagrees {
        /// The first cell that told.
        first: String,
        /// The cell that contradicts it.
        second: String,
    },
}

impl Coded for NumberProblem {
    fn code(&self) -> &'static str {
        match self {
            Self::NotANumber { .. } => "QTY-001",
            Self::Ambiguous { .. } => "QTY-002",
            Self::DoesNotFitColumn { .. } => "QTY-003",
            Self::ColumnDisagrees { .. } => "QTY-004",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::NotANumber { text } => vec![("text", text.clone())],
            Self::Ambiguous { text, as_thousands, as_decimal } => vec![
                ("text", text.clone()),
                ("as_thousands", show_number(*as_thousands, 0)),
                ("as_decimal", show_number(*as_decimal, 3)),
            ],
            Self::DoesNotFitColumn { text, convention } => {
                let example = match convention {
                    Convention::DecimalComma => "1.234,5",
                    Convention::DecimalPoint => "1,234.5",
                };
                vec![("text", text.clone()), ("example", example.to_owned())]
            }
            Self::ColumnDisagrees { first, second } => {
                vec![("first", first.clone()), ("second", second.clone())]
            }
        }
    }
}

/// Reads a number. With a convention only what fits it is read; without one only what can be read
/// in one way.
///
/// # Errors
/// [`NumberProblem`]: no number, two possible readings, or marks against the convention.
pub fn read_number(text: &str, convention: Option<Convention>) -> Result<f64, NumberProblem> {
    let not_a_number = || NumberProblem::NotANumber { text: text.to_owned() };
    let (negative, body) = tidy(text).map_err(|()| not_a_number())?;
    let signed = |size: f64| if negative { -size } else { size };

    let bare = !body.contains(['.', ',']);
    let reading = |convention| {
        if bare { body.parse().ok() } else { read_as(&body, convention) }
    };
    let (comma, point) = (reading(Convention::DecimalComma), reading(Convention::DecimalPoint));

    match (convention, comma, point) {
        (_, None, None) => Err(not_a_number()),
        (Some(Convention::DecimalComma), Some(size), _) | (Some(Convention::DecimalPoint), _, Some(size)) => {
            Ok(signed(size))
        }
        (Some(convention), ..) => Err(NumberProblem::DoesNotFitColumn { text: text.to_owned(), convention }),
        (None, Some(size), None) | (None, None, Some(size)) => Ok(signed(size)),
        (None, Some(one), Some(other)) if one == other => Ok(signed(one)),
        (None, Some(one), Some(other)) => Err(NumberProblem::Ambiguous {
            text: text.to_owned(),
            as_thousands: signed(one.max(other)),
            as_decimal: signed(one.min(other)),
        }),
    }
}

/// The sign and the digits with their marks; spaces between groups of three are dropped.
fn tidy(text: &str) -> Result<(bool, Cow<'_, str>), ()> {
    let text = text.trim();
    let (negative, body) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (true, rest.trim_start()),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let space = |c: char| matches!(c, ' ' | '\u{a0}' | '\u{202f}');
    let body = if body.contains(space) {
        let whole = body.split([',', '.']).next().unwrap_or(body);
        if !are_thousands(whole, space) {
            return Err(());
        }
        Cow::Owned(body.replace(space, ""))
    } else {
        Cow::Borrowed(body)
    };
    let fits = body.len() <= 20
        && body.starts_with(|c: char| c.is_ascii_digit())
        && body.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','));
    if fits { Ok((negative, body)) } else { Err(()) }
}

/// Reads digits and marks under one convention, or `None` when they do not fit it.
fn read_as(body: &str, convention: Convention) -> Option<f64> {
    let mark = convention.decimal();
    let thousands = if mark == ',' { '.' } else { ',' };
    let (whole, decimals) = match body.split_once(mark) {
        Some((whole, decimals)) => (whole, Some(decimals)),
        None => (body, None),
    };
    if decimals.is_some_and(|digits| digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit())) {
        return None;
    }
    if whole.contains(thousands) && !are_thousands(whole, |c| c == thousands) {
        return None;
    }
    let digits = whole.replace(thousands, "");
    format!("{digits}.{}", decimals.unwrap_or("0")).parse().ok()
}

/// Whether digits stand in groups of three after a first group of one to three that is not zero.
fn are_thousands(whole: &str, mark: impl Fn(char) -> bool) -> bool {
    let mut groups = whole.split(mark);
    let first = groups.next().unwrap_or("");
    let digits = |group: &str| !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit());
    digits(first)
        && first.len() <= 3
        && !first.starts_with('0')
        && groups.all(|group| group.len() == 3 && digits(group))
}

/// The convention that one cell proves, if it proves any.
fn evidence(body: &str) -> Option<Convention> {
    if !body.contains(['.', ',']) {
        return None;
    }
    match (read_as(body, Convention::DecimalComma), read_as(body, Convention::DecimalPoint)) {
        (Some(_), None) => Some(Convention::of_decimal(',')),
        (None, Some(_)) => Some(Convention::of_decimal('.')),
        _ => None,
    }
}

/// Writes a number with `.` between thousands and `,` before decimals, rounded to `places`.
pub fn show_number(value: f64, places: usize) -> String {
    let plain = format!("{:.places$}", value.abs());
    let (whole, decimals) = plain.split_once('.').unwrap_or((&plain, ""));
    let mut shown = String::with_capacity(plain.len() + whole.len() / 3 + 1);
    if value < 0.0 && plain.bytes().any(|b| (b'1'..=b'9').contains(&b)) {
        shown.push('-');
    }
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            shown.push('.');
        }
        shown.push(digit);
    }
    if !decimals.is_empty() {
        shown.push(',');
        shown.push_str(decimals);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::Convention::{DecimalComma, DecimalPoint};
    use super::*;
    use proptest::prelude::*;

    /// DT04, facts §6: both 1.200 and 1,200 occur; decide by column, never in silence.
    #[test]
    fn a_figure_with_two_readings_is_refused_with_both() {
        let refused = read_number("1.200", None).unwrap_err();
        assert_eq!(refused, NumberProblem::Ambiguous { text: "1.200".into(), as_thousands: 1_200.0, as_decimal: 1.2 });
        assert_eq!(refused.code(), "QTY-002");
        assert_eq!(refused.facts()[1], ("as_thousands", "1.200".to_owned()));
        assert!(matches!(read_number("-1,200", None), Err(NumberProblem::Ambiguous { .. })));

        assert_eq!(read_number("1.200", Some(DecimalComma)), Ok(1_200.0));
        assert_eq!(read_number("1.200", Some(DecimalPoint)), Ok(1.2));
        assert_eq!(read_number("1,200", Some(DecimalComma)), Ok(1.2));
    }

    #[test]
    fn a_figure_with_one_reading_is_read() {
        for (text, value) in [
            ("97,88", 97.88),
            ("97.88", 97.88),
            ("0.500", 0.5),
            ("1.234,5", 1_234.5),
            ("1,234.5", 1_234.5),
            ("1.234.567", 1_234_567.0),
            ("22400", 22_400.0),
            ("22 400", 22_400.0),
            ("1\u{a0}234,5", 1_234.5),
            ("1234.567", 1_234.567),
            (" -12 ", -12.0),
            ("\u{2212}3,2", -3.2),
            ("007", 7.0),
        ] {
            assert_eq!(read_number(text, None), Ok(value), "{text}");
        }
    }

    #[test]
    fn what_does_not_fit_the_column_is_refused() {
        for (text, convention) in [("1.23", DecimalComma), ("1,23", DecimalPoint), ("1,234.5", DecimalComma)] {
            let refused = read_number(text, Some(convention)).unwrap_err();
            assert_eq!(refused.code(), "QTY-003", "{text}");
        }
        for text in ["", "abc", "1..2", "1,2,3", "1.23.456", "12 34", "1.", ".5", "1e5", "٣", "nan", "--1", "1.2.3,4.5"]
        {
            assert_eq!(read_number(text, None).map_err(|refused| refused.code()), Err("QTY-001"), "{text}");
        }
    }

    #[test]
    fn a_column_tells_its_convention_or_contradicts_itself() {
        assert_eq!(Convention::of_column(["1.200", "97,8", "tổng"]), Ok(Some(DecimalComma)));
        assert_eq!(Convention::of_column(["1.200", "12"]), Ok(None));
        assert_eq!(Convention::of_column(["1,5", "2.5"]).map_err(|refused| refused.code()), Err("QTY-004"));
    }

    #[test]
    fn vietnamese_readers_see_their_own_marks() {
        assert_eq!(show_number(1_234.5, 1), "1.234,5");
        assert_eq!(show_number(-1_234_567.0, 0), "-1.234.567");
        assert_eq!(show_number(-0.04, 1), "0,0");
        assert_eq!(show_number(999.95, 1), "1.000,0");
    }

    proptest! {
        #[test]
        fn what_is_shown_is_read_back(thousandths in -1_000_000_000_000_i64..1_000_000_000_000) {
            let value = thousandths as f64 / 1_000.0;
            let back = read_number(&show_number(value, 3), Some(DecimalComma)).unwrap();
            prop_assert!((back - value).abs() < 1e-6);
        }

        #[test]
        fn no_text_panics_and_no_reading_depends_on_silence(text in "[-0-9., ]{0,12}") {
            if let Ok(value) = read_number(&text, None) {
                let told: Vec<f64> =
                    [DecimalComma, DecimalPoint].iter().filter_map(|c| read_number(&text, Some(*c)).ok()).collect();
                prop_assert!(!told.is_empty() && told.iter().all(|other| *other == value));
            }
        }
    }
}
