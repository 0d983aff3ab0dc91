//! Where a cell stands and why it keeps its row from going in.

use quantity::Coded;

use super::listed;

/// Where a cell stands, as its author sees it: row counted from 1, column as a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Row of the sheet or record of the file, counted from 1.
    pub row: u32,
    /// Column, counted from 0.
    pub column: u16,
}

impl Place {
    /// The column's letter: `A`, `Z`, `AA`.
    pub fn letter(self) -> String {
        let mut left = u32::from(self.column) + 1;
        let mut letters = Vec::new();
        while left > 0 {
            left -= 1;
            letters.push(b'A' + (left % 26) as u8);
            left /= 26;
        }
        letters.iter().rev().map(|letter| char::from(*letter)).collect()
    }
}

impl std::fmt::Display for Place {
    /// `C12`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", self.letter(), self.row)
    }
}

/// One cell that keeps its row from going in.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{}: {place} ({title}): {reason}", self.code())]
pub struct CellProblem {
    /// Where it stands.
    pub place: Place,
    /// Vietnamese title of the column.
    pub title: String,
    /// The words as typed, shortened to 60 characters.
    pub typed: String,
    /// What is wrong.
    pub reason: CellReason,
}

/// What is wrong with a cell.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum CellReason {
    /// A required cell is empty.
    #[error("empty")]
    Missing,
    /// A figure without its unit.
    #[error("no unit")]
    UnitMissing,
    /// A unit that this column does not know.
    #[error("unknown unit")]
    UnitUnknown {
        /// Accepted units.
        accepted: Vec<String>,
    },
    /// Not a number.
    #[error("not a number")]
    NotANumber,
    /// The comma or point contradicts how the rest of the column is written.
    #[error("comma or point does not fit its column")]
    DoesNotFitColumn {
        /// How the column writes one thousand two hundred and a half.
        example: &'static str,
    },
    /// `1.200` or `1,200` in a column where nothing tells thousands from decimals.
    #[error("two readings")]
    Ambiguous {
        /// As thousands.
        thousands: String,
        /// As decimals.
        decimals: String,
    },
    /// A fraction where whole pieces are counted.
    #[error("not a whole number")]
    NotWhole,
    /// Outside the bounds of the column.
    #[error("outside {low} to {high}")]
    OutOfRange {
        /// Lower bound, written for a Vietnamese reader.
        low: String,
        /// Upper bound, written for a Vietnamese reader.
        high: String,
    },
    /// Not a date.
    #[error("not a date")]
    NotADate,
    /// A date without the hour.
    #[error("no time of day")]
    NoTimeOfDay,
    /// A word that is not among the accepted ones.
    #[error("not one of the accepted words")]
    NotAChoice {
        /// Accepted words.
        accepted: Vec<String>,
    },
    /// The spreadsheet itself shows an error here (`#REF!`).
    #[error("error value of the spreadsheet")]
    SheetError,
    /// Filled cells to the right of the last header.
    #[error("more cells than headers")]
    BeyondHeader,
    /// Letters were lost before the file arrived.
    #[error("letters lost")]
    LettersLost,
    /// A percent sign or percent format in a column of another unit.
    #[error("percent where none belongs")]
    PercentUnexpected,
}

impl Coded for CellProblem {
    fn code(&self) -> &'static str {
        match self.reason {
            CellReason::Missing => "DOC-030",
            CellReason::UnitMissing => "DOC-031",
            CellReason::UnitUnknown { .. } => "DOC-032",
            CellReason::NotANumber => "DOC-033",
            CellReason::DoesNotFitColumn { .. } => "DOC-034",
            CellReason::Ambiguous { .. } => "DOC-035",
            CellReason::NotWhole => "DOC-036",
            CellReason::OutOfRange { .. } => "DOC-037",
            CellReason::NotADate => "DOC-038",
            CellReason::NoTimeOfDay => "DOC-039",
            CellReason::NotAChoice { .. } => "DOC-040",
            CellReason::SheetError => "DOC-041",
            CellReason::BeyondHeader => "DOC-042",
            CellReason::LettersLost => "DOC-043",
            CellReason::PercentUnexpected => "DOC-044",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        let mut facts = vec![
            ("row", self.place.row.to_string()),
            ("column", self.place.letter()),
            ("title", self.title.clone()),
            ("typed", self.typed.clone()),
        ];
        match &self.reason {
            CellReason::UnitUnknown { accepted } | CellReason::NotAChoice { accepted } => {
                facts.push(("accepted", listed(accepted)));
            }
            CellReason::DoesNotFitColumn { example } => facts.push(("example", (*example).to_owned())),
            CellReason::Ambiguous { thousands, decimals } => {
                facts.push(("thousands", thousands.clone()));
                facts.push(("decimals", decimals.clone()));
            }
            CellReason::OutOfRange { low, high } => {
                facts.push(("low", low.clone()));
                facts.push(("high", high.clone()));
            }
            _ => {}
        }
        facts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_the_letters_of_a_spreadsheet() {
        let letter = |column| Place { row: 1, column }.letter();
        assert_eq!((letter(0), letter(25), letter(26)), ("A".into(), "Z".into(), "AA".into()));
        assert_eq!((letter(701), letter(702), letter(16_383)), ("ZZ".into(), "AAA".into(), "XFD".into()));
    }
}
