//! The approved public bulletin (CM02): figures of the ledger with moment and definition, what stands ready, models worth
//! copying. What may be public is a list (`protocols/bulletin.toml`); a figure of the ledger is never typed.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use place::UserId;
use quantity::Moment;
use serde::{Deserialize, Serialize};

use crate::record::{Record, RecordId};

/// A figure that may be public.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublicFigure {
    /// Its stable name.
    pub key: String,
    /// What a Vietnamese reader sees.
    pub title: String,
    /// Its unit; may be empty.
    pub unit: String,
    /// What exactly is counted, and what is not.
    pub definition: String,
}

/// What may be public.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Whitelist {
    /// Its stable name and version.
    pub id: String,
    /// Where it stands written.
    pub source: String,
    /// Whether nobody in authority has confirmed it.
    pub unconfirmed: bool,
    /// Its figures, in the order of the bulletin.
    #[serde(rename = "figure")]
    pub figures: Vec<PublicFigure>,
}

impl Whitelist {
    /// The list of this tree.
    pub fn shipped() -> &'static Self {
        static SHIPPED: LazyLock<Whitelist> = LazyLock::new(|| {
            // A test reads it; a list that cannot be read lets nothing out.
            toml::from_str(include_str!("../../../../protocols/bulletin.toml")).unwrap_or_else(|_| Whitelist {
                id: String::new(),
                source: String::new(),
                unconfirmed: true,
                figures: Vec::new(),
            })
        });
        &SHIPPED
    }

    /// The figure of a key.
    pub fn figure(&self, key: &str) -> Option<&PublicFigure> {
        self.figures.iter().find(|figure| figure.key == key)
    }
}

/// A figure as it is published: what the ledger said when it was drafted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// Its stable name.
    pub key: String,
    /// Its title then.
    pub title: String,
    /// The value as it is printed; none where the ledger does not know it.
    pub value: Option<String>,
    /// Its unit.
    pub unit: String,
    /// The moment or period that it speaks of, as it is printed.
    pub of: String,
    /// What is counted, and what is not.
    pub definition: String,
}

/// Where a bulletin stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Drafted.
    Draft,
    /// Somebody else has looked at it.
    Checked,
    /// A leader has approved it: it is public.
    Approved,
    /// A later revision stands in its place.
    Replaced,
    /// Taken back, with the reason.
    Withdrawn,
}

/// Who did a step, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hand {
    /// The account; none for the program itself.
    pub user: Option<UserId>,
    /// The name shown.
    pub name: String,
    /// When, by the domain clock.
    pub at: Moment,
}

/// A bulletin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bulletin {
    /// Where it stands.
    pub standing: Standing,
    /// Number and year, given with the approval.
    pub number: Option<(i64, i16)>,
    /// 1, 2, 3 and so on.
    pub revision: u32,
    /// The bulletin it revises, and why.
    pub revises: Option<(BulletinId, String)>,
    /// What it is called.
    pub title: String,
    /// Its figures.
    pub figures: Vec<Figure>,
    /// Version of the list of what may be public.
    pub whitelist: String,
    /// What stands ready: people, beds, oxygen; in words.
    pub preparedness: String,
    /// Models worth copying; in words.
    pub models: String,
    /// Who drafted it.
    pub drafted: Hand,
    /// Who checked it.
    pub checked: Option<Hand>,
    /// Who approved it.
    pub approved: Option<Hand>,
    /// Who took it back, with the reason.
    pub withdrawn: Option<(Hand, String)>,
    /// The body that issues it.
    pub issuer: String,
    /// Figures are invented.
    #[serde(default)]
    pub simulated: bool,
}

impl Record for Bulletin {
    const KIND: &'static str = "bulletin";

    fn is_open(&self) -> bool {
        matches!(self.standing, Standing::Draft | Standing::Checked | Standing::Approved)
    }
}

/// The key of a bulletin.
pub type BulletinId = RecordId<Bulletin>;

/// How far the numbers of a year have come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Series {
    /// Of what: bulletins, cases.
    pub of: String,
    /// Which year.
    pub year: i16,
    /// The last number given.
    pub last: i64,
}

impl Record for Series {
    const KIND: &'static str = "steering_series";

    fn code(&self) -> Option<String> {
        Some(format!("{}|{}", self.of, self.year))
    }
}

impl Bulletin {
    /// Whether anybody may read it.
    pub fn is_public(&self) -> bool {
        self.standing == Standing::Approved
    }

    /// Whether an account has had a hand in it so far. The program itself is nobody's second hand.
    pub fn is_by(&self, user: Option<UserId>) -> bool {
        self.drafted.user == user
    }
}

/// The number of a telephone, a citizen or an insured person in some words: eight digits or more, blanks and dots
/// between them. Numbers of documents and days have other signs between their digits.
pub fn personal_number(words: &str) -> Option<String> {
    let mut run = String::new();
    let mut digits = 0;
    for letter in words.chars().chain(['|']) {
        let within = letter.is_ascii_digit() || (digits > 0 && matches!(letter, ' ' | '.' | '-' | '\u{a0}'));
        if within {
            run.push(letter);
            digits += usize::from(letter.is_ascii_digit());
            continue;
        }
        // Thousands are written «1.234.567»: groups of three, and no leading zero.
        let plain = run.trim_end_matches(|last: char| !last.is_ascii_digit());
        if digits >= 8 && !is_amount(plain) {
            return Some(plain.to_owned());
        }
        run.clear();
        digits = 0;
    }
    None
}

/// Whether digits are numbers written with dots between thousands.
fn is_amount(text: &str) -> bool {
    text.split([' ', '\u{a0}']).filter(|part| !part.is_empty()).all(|part| {
        let groups: Vec<&str> = part.split('.').collect();
        let first = groups.first().copied().unwrap_or_default();
        let whole = groups.iter().skip(1).all(|group| group.len() == 3);
        groups.len() > 1 && whole && (1..=3).contains(&first.len()) && !first.starts_with('0')
    })
}

/// Keys without those that a list does not have, each once, in the order of the list.
pub fn chosen<'w>(list: &'w Whitelist, keys: &[String]) -> Result<Vec<&'w PublicFigure>, String> {
    let asked: BTreeSet<&str> = keys.iter().map(String::as_str).collect();
    if let Some(unknown) = asked.iter().find(|key| list.figure(key).is_none()) {
        return Err((*unknown).to_owned());
    }
    Ok(list.figures.iter().filter(|figure| asked.contains(figure.key.as_str())).collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// CM02: the shipped list can be read, and every figure says what it counts.
    #[test]
    fn what_is_public_stands_in_a_list() {
        let list = Whitelist::shipped();
        assert!(list.figures.len() >= 5 && list.unconfirmed && !list.source.is_empty());
        assert!(list.figures.iter().all(|figure| figure.definition.len() > 40 && !figure.title.is_empty()));
        assert_eq!(chosen(list, &["patients_by_name".to_owned()]), Err("patients_by_name".to_owned()));
        assert!(list.figure("patients_on_oxygen").is_some());
    }

    /// CM02, no personal data: telephones and citizens' numbers are found, days, decisions and amounts are not.
    #[test]
    fn personal_numbers_are_found() {
        for words in ["gọi 0912 345 678", "CCCD 091203004567.", "tel 0297.3.555.001", "thẻ 4012345678"] {
            assert!(personal_number(words).is_some(), "{words}");
        }
        for words in ["ngày 22/11/2026", "Quyết định 4038/QĐ-BYT năm 2021", "12.345.678 đồng", "24 giờ, 7 ngày", ""]
        {
            assert_eq!(personal_number(words), None, "{words}");
        }
    }

    proptest! {
        /// Wherever a mobile number stands, it is found.
        #[test]
        fn a_telephone_is_found_anywhere(before in "[a-zà-ỹ ,]{0,20}", number in "0[3-9][0-9]{8}", after in "[a-zà-ỹ ,]{0,20}") {
            let words = format!("{before} {number}{after}");
            prop_assert!(personal_number(&words).is_some());
        }
    }
}
