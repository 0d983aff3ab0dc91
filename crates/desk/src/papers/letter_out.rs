//! A letter on the way of a report: what it needs beside a report's own marks, whose number it takes and how it is
//! signed. Its text lies in its content like that of any paper.

use document::official::{Family, Kind, OfficialDocument, Signature};
use quantity::Id;
use serde::{Deserialize, Serialize};

use super::signer::Signer;

/// What a letter has that a report has not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterOut {
    /// What lists call it: «Công văn: đôn đốc thực hiện …».
    pub title: String,
    /// «Công văn», «Kế hoạch».
    pub name: String,
    /// Whose number it takes.
    pub series: Series,
    /// Of the government or of the Party.
    #[serde(default)]
    pub family: Family,
    /// The record that it is about: a letter that came in, a task, a meeting; none of a letter by itself.
    #[serde(default)]
    pub about: Option<Id>,
}

/// Whose number a paper takes: the register counts per body, kind and year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Series {
    /// «SYT».
    pub issuer_code: String,
    /// «BC»; of letters «CV», which stands in the register alone.
    pub symbol: String,
    /// What stands behind the number: «SYT-NVY», «KH-SYT», «TB/TU».
    pub mark: String,
}

impl Series {
    /// Of what stands behind a paper's number: «SYT-NVY» of a letter, «KH-SYT» of a named kind, «TB/TU» of the Party.
    /// None where that is not said in full.
    pub fn of(document: &OfficialDocument) -> Option<Self> {
        let mark: String = document.symbol.split_whitespace().collect();
        let parts = |at: char| mark.split_once(at).filter(|(first, rest)| !first.is_empty() && !rest.is_empty());
        let (symbol, issuer_code) = match (document.family, &document.kind) {
            (Family::Party, _) => parts('/')?,
            (Family::Government, Kind::Named { .. }) => parts('-')?,
            (Family::Government, Kind::Letter { .. }) => {
                ("CV", mark.split('-').next().filter(|first| !first.is_empty())?)
            }
        };
        let known = |text: &str| text.chars().all(|sign| sign.is_alphanumeric() || matches!(sign, '-' | '/'));
        (known(&mark) && mark.chars().count() <= 40).then(|| Self {
            issuer_code: issuer_code.to_owned(),
            symbol: symbol.to_owned(),
            mark: mark.clone(),
        })
    }
}

impl LetterOut {
    /// Of a document; none where what stands behind its number is not said.
    pub fn of(document: &OfficialDocument, about: Option<Id>) -> Option<Self> {
        let (name, subject) = match &document.kind {
            Kind::Named { name, subject } => (name.trim().to_owned(), subject.trim()),
            Kind::Letter { subject } => ("Công văn".to_owned(), subject.trim()),
        };
        let short: String = subject.chars().take(160).collect();
        let title = if short.is_empty() { name.clone() } else { format!("{name}: {short}") };
        Some(Self { title, name, series: Series::of(document)?, family: document.family, about })
    }
}

/// «Sở Y tế» of «Sở Y tế tỉnh An Giang» and of «Sở Y tế An Giang (mô phỏng)»: on paper the province stands in the line
/// above, and what is invented is marked on every page.
pub fn short<'n>(department: &'n str, place: &str) -> &'n str {
    let name = department.split(" (").next().unwrap_or_default().trim();
    let name = [" tỉnh ", " thành phố "].iter().find_map(|of| name.split_once(of)).map_or(name, |(name, _)| name);
    let place = place.trim();
    name.strip_suffix(place).filter(|rest| !place.is_empty() && rest.ends_with(' ')).unwrap_or(name).trim()
}

/// How a letter is signed here: by the head or a deputy of the department as what they are; of the department's own Party
/// committee with the post that the draft names. None where another body issues it.
pub fn signature(document: &OfficialDocument, department: &str, signer: &Signer) -> Option<Signature> {
    let named = |name: &str| short(name, &document.place).to_lowercase();
    let (issuer, department) = (named(&document.issuer), named(department));
    match document.family {
        Family::Government if issuer == department => Some(signer.signs_as.signature(signer.name.clone())),
        Family::Party if issuer.ends_with(&department) => {
            Some(Signature { name: signer.name.clone(), ..document.signature.clone() })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::papers::signer::SignsAs;

    fn series(family: Family, kind: Kind, symbol: &str) -> Option<[String; 3]> {
        let document = OfficialDocument { family, kind, symbol: symbol.into(), ..OfficialDocument::default() };
        Series::of(&document).map(|series| [series.issuer_code, series.symbol, series.mark])
    }

    #[test]
    fn each_body_and_kind_counts_for_itself() {
        let named = || Kind::Named { name: "Kế hoạch".into(), subject: String::new() };
        let told = |text: [&str; 3]| Some(text.map(str::to_owned));
        assert_eq!(series(Family::Government, Kind::default(), "SYT-NVY"), told(["SYT", "CV", "SYT-NVY"]));
        assert_eq!(series(Family::Government, Kind::default(), "SYT"), told(["SYT", "CV", "SYT"]));
        assert_eq!(series(Family::Government, named(), "KH-SYT"), told(["SYT", "KH", "KH-SYT"]));
        assert_eq!(series(Family::Party, named(), "TB/ĐU"), told(["ĐU", "TB", "TB/ĐU"]));
        for blank in ["", " ", "-", "KH-", "KH; -SYT"] {
            assert_eq!(series(Family::Government, named(), blank), None, "{blank:?}");
        }
    }

    #[test]
    fn the_province_is_no_part_of_the_departments_name_on_paper() {
        let told =
            ["Sở Y tế", "Sở Y tế tỉnh An Giang", "Sở Y tế An Giang (mô phỏng)"].map(|name| short(name, "An Giang"));
        assert_eq!(told, ["Sở Y tế"; 3]);
        assert_eq!(short("Sở Y tế thành phố Cần Thơ", ""), "Sở Y tế");
        assert_eq!((short("An Giang", "An Giang"), short("", "")), ("An Giang", ""));
    }

    #[test]
    fn a_paper_of_another_body_is_not_signed_here() {
        let signer = Signer { name: "Lê Văn Đước".into(), signs_as: SignsAs::Head };
        let of = |family, issuer: &str| OfficialDocument {
            family,
            issuer: issuer.into(),
            signature: Signature { post: "Bí thư".into(), ..Signature::default() },
            ..OfficialDocument::default()
        };
        let post = |document: &OfficialDocument| {
            signature(document, "Sở Y tế tỉnh An Giang", &signer).map(|signature| signature.post)
        };
        assert_eq!(post(&of(Family::Government, "sở Y tế")).as_deref(), Some("Giám đốc"));
        assert_eq!(post(&of(Family::Party, "Đảng ủy Sở Y tế")).as_deref(), Some("Bí thư"));
        assert_eq!(post(&of(Family::Government, "UBND tỉnh An Giang")), None);
        assert_eq!(post(&of(Family::Party, "Tỉnh ủy An Giang")), None);
    }
}
