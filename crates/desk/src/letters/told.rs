//! What a clerk knows of a letter before he has its text: another letter names it. Its number, day and issuer fill what
//! the text leaves open, and never stand against what the text says.

use jiff::civil::Date;
use letter::Missing;
use place::text::ascii_fold;

use super::directive::{Directive, plain_number};

/// A letter as another one names it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Told {
    /// «285/TB-VPCP»; empty where nobody knows it.
    pub number: String,
    /// Its day.
    pub date: Option<Date>,
    /// Who issued it; empty where nobody knows.
    pub issuer: String,
}

impl Told {
    /// Whether nothing is told.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether a letter that was read is another one than was told: both have a number, and they differ. A number whose
    /// figures the stamp brought later («/SYT-NVY») does not differ from one that ends with it.
    pub fn is_another(&self, read: Option<&str>) -> bool {
        let (Some(read), false) = (read, self.number.trim().is_empty()) else { return false };
        let folded = |number: &str| ascii_fold(&plain_number(number));
        let (read, told) = (folded(read), folded(&self.number));
        let blank = !read.starts_with(|sign: char| sign.is_ascii_digit());
        if blank { !told.ends_with(read.trim_start_matches(['.', '…', '_', '-'])) } else { read != told }
    }

    /// Fills what the text leaves open. A letter that is another one is left as it was read.
    pub fn complete(&self, letter: &mut Directive) {
        if self.is_empty() || self.is_another(letter.number.as_deref()) {
            return;
        }
        let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        if let (None, Some(number)) = (letter.called(), given(&self.number)) {
            letter.number = Some(number);
            letter.missing.retain(|missing| *missing != Missing::Number);
        }
        if let (None, Some(day)) = (letter.date, self.date) {
            letter.date = Some(day);
            letter.missing.retain(|missing| !matches!(missing, Missing::Date | Missing::Day));
        }
        if letter.issuer.is_none() && !self.issuer.trim().is_empty() {
            letter.issuer = given(&self.issuer);
            letter.missing.retain(|missing| *missing != Missing::Issuer);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_another_one_only_where_both_are_whole() {
        let told = Told { number: "285/TB-VPCP".into(), ..Told::default() };
        assert!(!told.is_another(None) && !told.is_another(Some("285 / TB-VPCP")));
        assert!(!told.is_another(Some("/TB-VPCP")), "the stamp came later");
        assert!(told.is_another(Some("286/TB-VPCP")) && told.is_another(Some("/SYT-NVY")));
        assert!(!Told::default().is_another(Some("1/SYT-NVY")), "nobody has told a number");
    }
}
