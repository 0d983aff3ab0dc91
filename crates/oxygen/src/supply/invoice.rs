//! Whether an invoice fits what was received, delivery by delivery.

use quantity::{Coded, Convention, Grams, Typed, Unit};
use serde::{Deserialize, Serialize};

/// One delivery by the number of its note, on an invoice or in the ledger.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct NoteLine {
    /// Number of the delivery note.
    pub note: String,
    /// How much.
    pub grams: Grams,
}

/// What the comparison of one delivery found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Finding {
    /// Both say the same, within the tolerance.
    Agrees,
    /// They differ.
    Differs,
    /// Received, and not on the invoice.
    NotInvoiced,
    /// On the invoice, and never received.
    NotReceived,
}

/// One delivery, as the ledger and as the invoice have it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Compared {
    /// Number of the delivery note.
    pub note: String,
    /// By the ledger.
    pub received: Option<Grams>,
    /// By the invoice.
    pub invoiced: Option<Grams>,
    /// What follows.
    pub finding: Finding,
}

impl Compared {
    /// Invoiced less received; what is missing on one side counts as nothing there.
    pub fn gap(&self) -> Grams {
        self.invoiced.unwrap_or_default() - self.received.unwrap_or_default()
    }
}

/// Two spellings of one number are one: capitals, without blanks, dots, strokes.
pub fn note_key(note: &str) -> String {
    note.chars().filter(|sign| sign.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}

/// Lays an invoice beside the ledger. `tolerance` is the share of the received mass by which weighing may differ.
/// A number that stands twice on one side is added up.
pub fn compare(received: &[NoteLine], invoiced: &[NoteLine], tolerance: f64) -> Vec<Compared> {
    let mut rows: Vec<(String, Compared)> = Vec::new();
    let mut row_of = |line: &NoteLine| {
        let key = note_key(&line.note);
        if let Some(place) = rows.iter().position(|(known, _)| *known == key) {
            return place;
        }
        let row = Compared { note: line.note.clone(), received: None, invoiced: None, finding: Finding::Agrees };
        rows.push((key, row));
        rows.len() - 1
    };
    let places: Vec<(usize, bool, Grams)> = received
        .iter()
        .map(|line| (line, false))
        .chain(invoiced.iter().map(|line| (line, true)))
        .map(|(line, billed)| (row_of(line), billed, line.grams))
        .collect();
    for (place, billed, grams) in places {
        let row = &mut rows[place].1;
        let side = if billed { &mut row.invoiced } else { &mut row.received };
        *side = Some(side.unwrap_or_default() + grams);
    }
    rows.into_iter()
        .map(|(_, row)| {
            let finding = match (row.received, row.invoiced) {
                (Some(_), None) => Finding::NotInvoiced,
                (None, _) => Finding::NotReceived,
                (Some(got), Some(_)) if row.gap().abs() <= got.abs().share(tolerance) => Finding::Agrees,
                _ => Finding::Differs,
            };
            Compared { finding, ..row }
        })
        .collect()
}

/// A line of an invoice that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("SUP-041: line {row} {line:?} is not «number; kg»")]
pub struct LineProblem {
    /// Which line, from 1.
    pub row: usize,
    /// As typed.
    pub line: String,
}

impl Coded for LineProblem {
    fn code(&self) -> &'static str {
        "SUP-041"
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        vec![("row", self.row.to_string()), ("line", self.line.clone())]
    }
}

/// Reads «số phiếu; kg», one delivery a line; a tabulator as a spreadsheet copies it does as well.
///
/// # Errors
/// [`LineProblem`] for the first line that has no number or no mass.
pub fn read_lines(text: &str) -> Result<Vec<NoteLine>, LineProblem> {
    let filled = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    filled
        .map(|(row, line)| {
            let problem = || LineProblem { row, line: line.trim().chars().take(80).collect() };
            let (note, mass) = line.rsplit_once([';', '\t']).ok_or_else(problem)?;
            let note = note.trim().trim_end_matches(';').trim();
            let typed = Typed::read(mass.trim(), Some(Convention::DecimalComma), Some(Unit::Kilogram));
            let grams = typed.and_then(|typed| typed.grams(None)).map_err(|_| problem())?;
            if note_key(note).is_empty() || grams <= Grams::ZERO {
                return Err(problem());
            }
            Ok(NoteLine { note: note.to_owned(), grams })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn line(note: &str, kg: i64) -> NoteLine {
        NoteLine { note: note.to_owned(), grams: Grams::from_kg(kg) }
    }

    #[test]
    fn each_delivery_is_found_on_both_sides_or_named() {
        let received = [line("PX-01", 1_000), line("PX-02", 500), line("PX-03", 700)];
        let invoiced = [line("px 01", 1_004), line("PX.02", 560), line("PX-09", 300)];
        let found: Vec<_> =
            compare(&received, &invoiced, 0.005).into_iter().map(|row| (row.finding, row.gap())).collect();
        let kg = Grams::from_kg;
        let expected = [
            (Finding::Agrees, kg(4)),
            (Finding::Differs, kg(60)),
            (Finding::NotInvoiced, kg(-700)),
            (Finding::NotReceived, kg(300)),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn lines_are_read_as_they_are_copied() {
        let lines = read_lines("PX-01; 1.250\n\nPX-02\t480,5\n").unwrap();
        assert_eq!(lines, [line("PX-01", 1_250), NoteLine { note: "PX-02".into(), grams: Grams(480_500) }]);
        for (text, row) in
            [("PX-01 1250", 1), ("PX-01; 5\nPX-02; nhiều", 2), ("; 5", 1), ("PX-01; -4", 1), ("A; 3 m3", 1)]
        {
            assert_eq!(read_lines(text).map_err(|problem| problem.row), Err(row), "{text:?}");
        }
    }

    fn lines() -> impl Strategy<Value = Vec<NoteLine>> {
        prop::collection::vec(("[A-C][1-9]", 1_i64..5_000), 0..12)
            .prop_map(|all| all.into_iter().map(|(note, kg)| line(&note, kg)).collect())
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_nothing_is_added(received in lines(), invoiced in lines()) {
            let rows = compare(&received, &invoiced, 0.0);
            let sum = |lines: &[NoteLine]| lines.iter().map(|line| line.grams).sum::<Grams>();
            prop_assert_eq!(rows.iter().map(|row| row.received.unwrap_or_default()).sum::<Grams>(), sum(&received));
            prop_assert_eq!(rows.iter().map(|row| row.invoiced.unwrap_or_default()).sum::<Grams>(), sum(&invoiced));
            prop_assert_eq!(rows.iter().map(Compared::gap).sum::<Grams>(), sum(&invoiced) - sum(&received));
        }

        #[test]
        fn whatever_is_pasted_is_read_or_refused(text in "\\PC{0,120}") {
            if let Ok(lines) = read_lines(&text) {
                prop_assert!(lines.iter().all(|line| line.grams > Grams::ZERO));
            }
        }
    }
}
