//! Where a report stands: drafted, submitted for signature, signed, revised.

use jiff::civil::Date;
use quantity::{Moment, Span};
use serde::{Deserialize, Serialize};

use super::layout::{PaperForm, ReportKind};
use super::letter_out::{LetterOut, Series};
use crate::record::Record;

/// Where a report stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Being written; its figures may be made anew.
    Drafted,
    /// «Trình ký»: waits for the leader.
    Submitted,
    /// Content and hash are frozen, a number was given.
    Signed,
}

/// A signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signing {
    /// «12/BC-SYT».
    pub number: String,
    /// Who signed.
    pub name: String,
    /// As what: «GIÁM ĐỐC», «KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC».
    pub post: String,
    /// When, by the domain clock.
    pub at: Moment,
}

/// An issue that a revision has taken the place of. It stays as it was signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issue {
    /// Which: 1, 2 and so on.
    pub number: u32,
    /// Its frozen content: SHA-256 in hexadecimal.
    pub content: String,
    /// Who signed it.
    pub signed: Signing,
    /// The paper as it came back, signed digitally.
    #[serde(default)]
    pub scan: Option<String>,
}

/// A report on its way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficialReport {
    /// Which kind.
    pub kind: ReportKind,
    /// What a letter has beside: its name, whose number it takes. None of reports.
    #[serde(default)]
    pub letter: Option<LetterOut>,
    /// The day it is about.
    pub period: Date,
    /// Which issue is being made: 1, 2 after a revision («lần 2»).
    pub issue: u32,
    /// Where it stands.
    pub state: State,
    /// When it must have been signed.
    pub due: Option<Moment>,
    /// Who drafted it.
    pub drafter: String,
    /// Its content: SHA-256 in hexadecimal, under which it is kept.
    pub content: String,
    /// Until when its figures go.
    pub figures_at: Moment,
    /// When it was submitted for signature.
    #[serde(default)]
    pub submitted_at: Option<Moment>,
    /// The signature.
    #[serde(default)]
    pub signed: Option<Signing>,
    /// Why the leader gave it back.
    #[serde(default)]
    pub returned: Option<String>,
    /// Why this issue takes the place of the one before.
    #[serde(default)]
    pub reason: Option<String>,
    /// The signed paper as it came back: SHA-256 in hexadecimal.
    #[serde(default)]
    pub scan: Option<String>,
    /// The issues before.
    #[serde(default)]
    pub earlier: Vec<Issue>,
}

impl Record for OfficialReport {
    const KIND: &'static str = "official_report";

    fn code(&self) -> Option<String> {
        // Of a day there is one report of a kind, and any number of letters.
        self.letter.is_none().then(|| format!("{}/{}", self.kind.code(), self.period))
    }

    fn due_at(&self) -> Option<Moment> {
        self.due.filter(|_| self.state != State::Signed)
    }

    fn is_open(&self) -> bool {
        self.state != State::Signed
    }
}

impl OfficialReport {
    /// What screens call it.
    pub fn title(&self) -> &str {
        self.letter.as_ref().map_or(&self.kind.layout().title, |letter| &letter.title)
    }

    /// What tells it from others of its title: a letter by its title, a report by its day.
    pub fn called(&self) -> String {
        match self.letter {
            Some(_) => self.title().to_owned(),
            None => format!("{} ngày {}", self.title(), quantity::time::show_date(self.period)),
        }
    }

    /// «Báo cáo», «Công văn».
    pub fn name(&self) -> &str {
        self.letter.as_ref().map_or(&self.kind.layout().name, |letter| &letter.name)
    }

    /// Whose number it takes.
    pub fn series(&self) -> Series {
        let layout = self.kind.layout();
        let own = || Series {
            issuer_code: layout.issuer_code.clone(),
            symbol: if layout.form == PaperForm::Letter { "CV".to_owned() } else { layout.symbol.clone() },
            mark: layout.mark(),
        };
        self.letter.as_ref().map_or_else(own, |letter| letter.series.clone())
    }

    /// Whether it is late at a moment: signed after it was due, or due and not signed. A revision is
    /// as punctual as the first issue was.
    pub fn is_late(&self, now: Moment) -> bool {
        let first = self.earlier.first().map(|issue| &issue.signed).or(self.signed.as_ref());
        let done = first.map_or(now, |signed| signed.at);
        self.due.is_some_and(|due| done > due)
    }

    /// Whether it was submitted for signature after it was due.
    pub fn was_submitted_late(&self) -> bool {
        self.due.zip(self.submitted_at).is_some_and(|(due, submitted)| submitted > due)
    }
}

/// A deadline keeps its word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeadlineWord {
    /// «trước ngày D»: due at the end of the day before.
    Before,
    /// «chậm nhất D»: due at the end of that day.
    AtLatest,
}

/// The last moment at which something is in time.
pub fn due_moment(word: DeadlineWord, day: Date) -> Moment {
    let ends = match word {
        DeadlineWord::Before => day,
        DeadlineWord::AtLatest => day.tomorrow().unwrap_or(day),
    };
    Moment::start_of(ends) - Span::micros(1)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    /// OX18: «trước ngày 15/9/2021» is due at the end of 14/9.
    #[test]
    fn before_a_day_ends_the_day_before() {
        let due = due_moment(DeadlineWord::Before, date(2021, 9, 15));
        assert_eq!(due.date(), date(2021, 9, 14));
        assert_eq!((due + Span::micros(1)).to_string(), "15/09/2021 00:00");
        assert_eq!(due_moment(DeadlineWord::AtLatest, date(2021, 9, 15)).date(), date(2021, 9, 15));
    }

    fn report(due: Moment) -> OfficialReport {
        OfficialReport {
            kind: ReportKind::Ministry,
            letter: None,
            period: date(2021, 9, 14),
            issue: 1,
            state: State::Drafted,
            due: Some(due),
            drafter: String::new(),
            content: String::new(),
            figures_at: due,
            submitted_at: None,
            signed: None,
            returned: None,
            reason: None,
            scan: None,
            earlier: Vec::new(),
        }
    }

    #[test]
    fn a_report_is_late_from_the_moment_after_and_stays_so() {
        let due = due_moment(DeadlineWord::Before, date(2021, 9, 15));
        let mut one = report(due);
        assert!(!one.is_late(due) && one.is_late(due + Span::micros(1)));
        let signing = |at| Signing { number: "01/BC-SYT".into(), name: "A".into(), post: "GIÁM ĐỐC".into(), at };
        one.signed = Some(signing(due));
        assert!(!one.is_late(due + Span::days(30)), "signed in time stays in time");
        one.earlier = vec![Issue { number: 1, content: String::new(), signed: signing(due), scan: None }];
        one.signed = Some(signing(due + Span::days(2)));
        assert!(!one.is_late(due + Span::days(30)), "its first issue came in time");
    }
}
