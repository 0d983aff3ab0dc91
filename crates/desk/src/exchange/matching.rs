//! Which paper a signed PDF is. Every point has its reason, so that a person can see why a paper is proposed.

use std::collections::BTreeSet;

use super::compare::{plain, same_name};
use super::kept::OnPaper;
use crate::letters::directive::plain_number;

/// A paper that a PDF may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The names of the packages that it went out in.
    pub packages: Vec<String>,
    /// Its number, where one was given.
    pub number: Option<String>,
    /// What stands behind its number: «BC-SYT».
    pub mark: String,
    /// Its kind.
    pub kind: String,
    /// What it is about.
    pub subject: String,
    /// Who issues it.
    pub issuer: String,
    /// The year that numbers count in.
    pub year: i16,
}

/// Why a paper may be the one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// The name of its package.
    Package,
    /// Number, symbol and year.
    Number,
    /// What stands behind the number.
    Mark,
    /// The kind.
    Kind,
    /// Who issued it.
    Issuer,
    /// Every word of the subject.
    Subject,
    /// Most words of the subject.
    MostOfSubject,
}

impl Reason {
    /// Its stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Package => "package",
            Self::Number => "number",
            Self::Mark => "mark",
            Self::Kind => "kind",
            Self::Issuer => "issuer",
            Self::Subject => "subject",
            Self::MostOfSubject => "most-of-subject",
        }
    }

    /// What it counts; a hundred is all that can be told without package and number.
    const fn points(self) -> u32 {
        match self {
            Self::Package => 1_000,
            Self::Number => 500,
            Self::Subject => 50,
            Self::MostOfSubject => 30,
            Self::Mark => 20,
            Self::Kind | Self::Issuer => 15,
        }
    }
}

/// What speaks for a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Score {
    /// Which candidate, from 0.
    pub place: usize,
    /// Points.
    pub points: u32,
    /// Why.
    pub reasons: Vec<Reason>,
}

impl Score {
    /// Whether package or number leave no doubt.
    pub fn is_certain(&self) -> bool {
        self.reasons.iter().any(|reason| matches!(reason, Reason::Package | Reason::Number))
    }
}

/// Below so many points nothing is proposed.
const ENOUGH: u32 = 60;
/// A proposal leads the next one by so many points, or none is made.
const LEAD: u32 = 10;

/// What speaks for each candidate, the most first; candidates that nothing speaks for are left out.
pub fn scores(package: Option<&str>, read: &OnPaper, candidates: &[Candidate]) -> Vec<Score> {
    let mut scores: Vec<Score> = candidates
        .iter()
        .enumerate()
        .filter_map(|(place, candidate)| {
            let reasons = reasons(package, read, candidate);
            let points = reasons.iter().map(|reason| reason.points()).sum();
            (points > 0).then_some(Score { place, points, reasons })
        })
        .collect();
    scores.sort_by(|one, other| other.points.cmp(&one.points).then(one.place.cmp(&other.place)));
    scores
}

/// The one that is proposed, if one leads clearly.
pub fn proposed(scores: &[Score]) -> Option<&Score> {
    let best = scores.first().filter(|best| best.points >= ENOUGH)?;
    let next = scores.get(1).map_or(0, |next| next.points);
    (best.points >= next + LEAD).then_some(best)
}

fn reasons(package: Option<&str>, read: &OnPaper, candidate: &Candidate) -> Vec<Reason> {
    let mut found = Vec::new();
    if package.is_some_and(|package| candidate.packages.iter().any(|own| own == package)) {
        found.push(Reason::Package);
    }
    let number = read.number.as_deref().map(plain_number);
    let same_year = read.day.is_none_or(|day| day.year() == candidate.year);
    if let Some(number) = &number {
        let own = candidate.number.as_deref().map(plain_number);
        if read.day.is_some() && same_year && own.is_some_and(|own| bare(&own) == bare(number)) {
            found.push(Reason::Number);
        }
        let mark = number.trim_start_matches(|sign: char| sign.is_ascii_digit());
        if mark.trim_start_matches(['/', '-']) == plain_number(&candidate.mark) {
            found.push(Reason::Mark);
        }
    }
    let same = |read: &Option<String>, own: &str| {
        read.as_ref().is_some_and(|read| !own.is_empty() && plain(read) == plain(own))
    };
    if same(&read.kind, &candidate.kind) {
        found.push(Reason::Kind);
    }
    if read.issuer.as_ref().is_some_and(|issuer| same_name(issuer, &candidate.issuer)) {
        found.push(Reason::Issuer);
    }
    if same(&read.subject, &candidate.subject) {
        found.push(Reason::Subject);
    } else if read.subject.as_ref().is_some_and(|subject| is_like(subject, &candidate.subject)) {
        found.push(Reason::MostOfSubject);
    }
    found
}

/// A number without noughts before it: «02/BC-SYT» is «2/BC-SYT».
fn bare(number: &str) -> &str {
    number.trim_start_matches('0')
}

/// Whether four of five words are the same, and every figure: reports of two days differ in a figure alone.
fn is_like(one: &str, other: &str) -> bool {
    let (one, other) = (plain(one), plain(other));
    let words =
        |text: &str| text.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect::<BTreeSet<_>>();
    let (one, other) = (words(&one), words(&other));
    let figures = |words: &BTreeSet<String>| -> BTreeSet<String> {
        words.iter().filter(|word| word.bytes().any(|byte| byte.is_ascii_digit())).cloned().collect()
    };
    let (both, all) = (one.intersection(&other).count(), one.union(&other).count());
    all > 0 && both * 5 >= all * 4 && figures(&one) == figures(&other)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn candidate(subject: &str) -> Candidate {
        Candidate {
            packages: vec![format!("BTC-{subject}")],
            number: None,
            mark: "BC-SYT".into(),
            kind: "Báo cáo".into(),
            subject: subject.into(),
            issuer: "Sở Y tế".into(),
            year: 2026,
        }
    }

    fn read(number: Option<&str>, subject: Option<&str>) -> OnPaper {
        OnPaper {
            number: number.map(str::to_owned),
            day: Some(date(2026, 11, 22)),
            kind: Some("BÁO CÁO".into()),
            subject: subject.map(str::to_owned),
            issuer: Some("Sở Y tế tỉnh An Giang".into()),
            ..OnPaper::default()
        }
    }

    const DAYS: [&str; 2] = ["Tình hình oxy y tế ngày 21/11/2026", "Tình hình oxy y tế ngày 22/11/2026"];

    /// Issue 4, build 6: kind, issuer and subject propose; two papers alike propose none.
    #[test]
    fn one_is_proposed_only_where_it_leads() {
        let papers = DAYS.map(candidate);
        let found = scores(None, &read(Some("15/BC-SYT"), Some("TÌNH HÌNH OXY Y TẾ NGÀY 22/11/2026")), &papers);
        let best = proposed(&found).unwrap();
        assert_eq!((best.place, best.is_certain()), (1, false));
        assert_eq!(best.reasons, [Reason::Mark, Reason::Kind, Reason::Issuer, Reason::Subject]);
        let vague = scores(None, &read(Some("15/BC-SYT"), Some("Tình hình oxy")), &papers);
        assert_eq!(proposed(&vague), None, "{vague:?}");
        assert_eq!(proposed(&scores(None, &OnPaper::default(), &papers)), None);
    }

    /// Issue 4, build 6: package and number leave no doubt; a number of another year is another number.
    #[test]
    fn package_and_number_leave_no_doubt() {
        let mut papers = DAYS.map(candidate);
        let by_name = scores(Some(&papers[0].packages[0].clone()), &OnPaper::default(), &papers);
        assert!(by_name[0].is_certain() && by_name[0].place == 0);
        papers[1].number = Some("05/BC-SYT".into());
        let by_number = scores(None, &read(Some("5/BC-SYT"), None), &papers);
        assert!(by_number[0].is_certain() && by_number[0].place == 1);
        papers[1].year = 2025;
        assert!(!scores(None, &read(Some("5/BC-SYT"), None), &papers)[0].is_certain());
    }

    proptest! {
        /// Whatever is read, points are the sum of their reasons, the list falls, and a proposal leads it.
        #[test]
        fn a_proposal_always_leads(number in proptest::option::of("[0-9]{1,3}/[A-Z]{2}-SYT"), subject in proptest::option::of("(oxy|ngày|21|22|y tế| ){0,6}")) {
            let papers = DAYS.map(candidate);
            let found = scores(None, &read(number.as_deref(), subject.as_deref()), &papers);
            prop_assert!(found.is_sorted_by(|one, other| one.points >= other.points));
            for score in &found {
                prop_assert_eq!(score.points, score.reasons.iter().map(|reason| reason.points()).sum::<u32>());
            }
            if let Some(best) = proposed(&found) {
                prop_assert_eq!(best.place, found[0].place);
            }
        }
    }
}
