//! Sizes and places of the two families of papers, in one place for both writers.
//!
//! Sources: Decree 30/2020/NĐ-CP, appendix I; Guideline 36-HD/VPTW of 3/4/2018, appendices 1 and 3.

use serde::Serialize;

use super::Family;

/// How a family is laid out: sizes in points, lengths in millimetres.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(super) struct Form {
    /// Margins of an upright page; the upper and the lower one are 20 mm.
    pub left: f64,
    pub right: f64,
    /// The two columns of the letterhead; together the width of the text.
    pub columns: [f64; 2],
    /// Body above the issuer.
    pub parent: u32,
    pub issuer: u32,
    /// A rule under the issuer, 0.4 of its name; without it a star stands there.
    pub issuer_rule: bool,
    pub number: u32,
    /// «V/v …» of a letter.
    pub about: u32,
    pub about_italic: bool,
    pub nation: u32,
    /// Only of the nation: the Party's name has the rule under itself.
    pub motto: u32,
    pub date: u32,
    pub kind: u32,
    pub subject: u32,
    /// A rule under the subject, 0.4 of it; without it five hyphens stand there.
    pub subject_rule: bool,
    pub body: u32,
    pub sign: u32,
    /// Whether the signer's own post is bold under an authority.
    pub post_bold: bool,
    /// «Nơi nhận:» and its lines; bold italic, or underlined.
    pub copies_head: u32,
    pub copies_underlined: bool,
    pub copies: u32,
    pub page_number: u32,
    /// What ends the text.
    pub ending: &'static str,
}

impl Form {
    pub const fn of(family: Family) -> Self {
        match family {
            Family::Government => Self {
                left: 30.0,
                right: 20.0,
                columns: [68.0, 92.0],
                parent: 12,
                issuer: 12,
                issuer_rule: true,
                number: 13,
                about: 12,
                about_italic: false,
                nation: 12,
                motto: 13,
                date: 13,
                kind: 14,
                subject: 14,
                subject_rule: true,
                body: 14,
                sign: 14,
                post_bold: true,
                copies_head: 12,
                copies_underlined: false,
                copies: 11,
                page_number: 13,
                ending: "./.",
            },
            Family::Party => Self {
                left: 30.0,
                right: 15.0,
                columns: [73.0, 92.0],
                parent: 14,
                issuer: 14,
                issuer_rule: false,
                number: 14,
                about: 12,
                about_italic: true,
                nation: 15,
                motto: 0,
                date: 14,
                kind: 16,
                subject: 14,
                subject_rule: false,
                body: 14,
                sign: 14,
                post_bold: false,
                copies_head: 14,
                copies_underlined: true,
                copies: 12,
                page_number: 14,
                ending: ".",
            },
        }
    }

    /// Width of the text of an upright page.
    pub fn text(&self) -> f64 {
        210.0 - self.left - self.right
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_letterhead_is_as_wide_as_the_text() {
        for family in [Family::Government, Family::Party] {
            let form = Form::of(family);
            assert!((form.columns[0] + form.columns[1] - form.text()).abs() < 0.01);
            assert!((30.0..=35.0).contains(&form.left) && (15.0..=20.0).contains(&form.right));
        }
    }
}
