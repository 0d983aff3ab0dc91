//! The register of numbers: per body, kind and year, from 1, without gaps. A number is given at the
//! signature and at no other moment, inside the same transaction, so no two papers ever share one.

use document::official::Family;
use place::UserId;
use quantity::{Id, Moment};
use serde::{Deserialize, Serialize};

use crate::failure::Outcome;
use crate::operation::Desk;
use crate::record::Record;

/// How far the numbers of a body, kind and year have come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberSeries {
    /// «SYT/BC/2026».
    pub series: String,
    /// The last number given.
    pub last: i64,
}

impl Record for NumberSeries {
    const KIND: &'static str = "paper_series";

    fn code(&self) -> Option<String> {
        Some(self.series.clone())
    }
}

/// A number that was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberGiven {
    /// «SYT/BC/2026».
    pub series: String,
    /// The number.
    pub number: i64,
    /// As it stands on the paper: «12/BC-SYT».
    pub text: String,
    /// What the paper is about.
    pub subject: String,
    /// When, by the domain clock.
    pub given_at: Moment,
    /// Who signed.
    pub signer: String,
    /// His account.
    pub user: Option<UserId>,
    /// The paper.
    pub paper: Id,
    /// Its issue: 1, and 2 after a revision.
    pub issue: u32,
}

impl Record for NumberGiven {
    const KIND: &'static str = "paper_number";

    fn owner(&self) -> Option<Id> {
        Some(self.paper)
    }

    fn code(&self) -> Option<String> {
        Some(format!("{}/{}", self.series, self.number))
    }

    fn is_open(&self) -> bool {
        false
    }
}

/// What is asked for when a number is given.
pub struct Asked<'a> {
    /// «SYT».
    pub issuer_code: &'a str,
    /// «BC», of letters «CV»: each has numbers of its own.
    pub symbol: &'a str,
    /// What stands behind the number: «BC-SYT», «SYT-NVY», of the Party «TB/TU».
    pub mark: &'a str,
    /// Whose form: the number stands before a slash, or before a hyphen.
    pub family: Family,
    /// What the paper is about.
    pub subject: &'a str,
    /// Who signs.
    pub signer: &'a str,
    /// The paper.
    pub paper: Id,
    /// Its issue.
    pub issue: u32,
}

impl Desk<'_, '_> {
    /// Gives the next number of a body, kind and year; it is written down with what it was given to.
    pub fn give_number(&mut self, asked: &Asked<'_>) -> Outcome<String> {
        let now = self.now();
        let series = format!("{}/{}/{}", asked.issuer_code, asked.symbol, now.date().year());
        let number = match self.record_of_code::<NumberSeries>(&series)? {
            Some(before) => {
                let last = before.content.last + 1;
                self.revise(&before, &NumberSeries { last, ..before.content.clone() })?;
                last
            }
            None => {
                self.open_record(&NumberSeries { series: series.clone(), last: 1 })?;
                1
            }
        };
        // Decree 30: numbers below ten take a nought.
        let text = match asked.family {
            Family::Government => format!("{number:02}/{}", asked.mark),
            Family::Party => format!("{number:02}-{}", asked.mark),
        };
        let given = NumberGiven {
            series,
            number,
            text: text.clone(),
            subject: asked.subject.to_owned(),
            given_at: now,
            signer: asked.signer.to_owned(),
            user: self.actor().user,
            paper: asked.paper,
            issue: asked.issue,
        };
        self.open_record(&given)?;
        Ok(text)
    }
}
