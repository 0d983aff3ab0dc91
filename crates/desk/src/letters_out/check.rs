//! What a paper still lacks before it may go to the leader, and what he should look at once more.

use document::official::{Block, Family, Kind, OfficialDocument};

use super::text::plain_text;

/// Something about a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Without this it is not submitted; otherwise it is advice.
    pub must: bool,
    /// Which: the end of the key of its sentence.
    pub key: &'static str,
    /// The words it is about; may be empty.
    pub what: String,
}

/// Marks of secrecy: such a paper has no place in this program.
const SECRET: [&str; 3] = ["MẬT", "TỐI MẬT", "TUYỆT MẬT"];
/// Signs that hold a place open where they stand alone: «ngày ... tháng …».
const OPEN: [char; 3] = ['.', '…', '_'];

/// What is missing in a draft, the musts first.
pub fn check(document: &OfficialDocument) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut say = |must: bool, key: &'static str, what: String| found.push(Finding { must, key, what });
    let (Kind::Named { subject, .. } | Kind::Letter { subject }) = &document.kind;
    let empty = |text: &str| text.trim().is_empty();
    for (key, missing) in [
        ("issuer", empty(&document.issuer)),
        ("place", empty(&document.place)),
        ("symbol", empty(&document.symbol)),
        ("subject", empty(subject)),
        ("kind", matches!(&document.kind, Kind::Named { name, .. } if empty(name))),
        ("body", empty(&plain_text(document))),
        // Notices of the Party and named kinds may do without.
        (
            "recipients",
            matches!(document.kind, Kind::Letter { .. }) && document.recipients.iter().all(|whom| empty(whom)),
        ),
    ] {
        if missing {
            say(true, key, String::new());
        }
    }
    if let Some(mark) = secrecy(document) {
        say(true, "secret", mark.to_owned());
    }
    let text = plain_text(document);
    for line in text.lines().chain([subject.as_str()]) {
        if let Some(open) = left_open(line) {
            say(true, "left-open", excerpt(line, open));
        }
    }
    if document.copies.iter().all(|copy| empty(&copy.whom)) {
        say(false, "copies", String::new());
    }
    if document.family == Family::Government && empty(&document.archive) {
        say(false, "archive", String::new());
    }
    if document.body.iter().any(|block| matches!(block, Block::Table(table) if table.rows.is_empty())) {
        say(false, "empty-table", String::new());
    }
    if text.contains("chưa rõ") {
        say(false, "unknown", String::new());
    }
    if text.contains("(chưa có số") {
        say(false, "unnumbered", String::new());
    }
    found.sort_by_key(|finding| !finding.must);
    found
}

/// Whether a draft may be submitted.
pub fn may_be_submitted(document: &OfficialDocument) -> bool {
    check(document).iter().all(|finding| !finding.must)
}

/// The mark of secrecy that stands by itself somewhere, or before a colon. A paper with one is refused at the door, and
/// nothing of it is kept.
pub fn secrecy(document: &OfficialDocument) -> Option<&'static str> {
    let (Kind::Named { subject, .. } | Kind::Letter { subject }) = &document.kind;
    let alone = document.body.iter().filter_map(|block| match block {
        Block::Paragraph(text) | Block::Centred(text) | Block::Bullet(text) => Some(text.as_str()),
        _ => None,
    });
    let mut places = alone.chain([subject.as_str(), document.issuer.as_str(), document.symbol.as_str()]);
    let bare = |text: &str| {
        let first = text.split(':').next().unwrap_or_default();
        first.trim_matches(|sign: char| !sign.is_alphabetic()).to_owned()
    };
    places.find_map(|text| SECRET.into_iter().find(|mark| bare(text) == *mark))
}

/// What stands where somebody meant to write something; «v.v...» ends a list and is no such thing.
fn left_open(line: &str) -> Option<&str> {
    let bare = |word: &str| word.trim_matches(['(', ')', '[', ']', '«', '»', ',', ';', ':']).to_owned();
    let holds = |word: &str| {
        let bare = bare(word);
        let alone = !bare.is_empty() && bare.chars().all(|sign| OPEN.contains(&sign));
        let long = bare.contains('…') || bare.chars().count() >= 3;
        (alone && long) || ["……", "....", "___", "{"].iter().any(|open| word.contains(open))
    };
    line.split_whitespace().find(|word| holds(word))
}

/// The words around what was left open, short enough for a list.
fn excerpt(line: &str, open: &str) -> String {
    let at = line.find(open).unwrap_or_default();
    let before: Vec<char> = line[..at].chars().rev().take(30).collect();
    let before: String = before.into_iter().rev().collect();
    let after: String = line[at..].chars().take(20).collect();
    format!("{before}{after}").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letters_out::{child, conclusion, reminder, samples};

    fn keys(document: &OfficialDocument) -> Vec<&'static str> {
        check(document).into_iter().map(|finding| finding.key).collect()
    }

    #[test]
    fn what_the_composers_write_may_be_submitted() {
        for document in [
            reminder::compose(&samples::reminder()).unwrap(),
            child::compose(&samples::child()).unwrap(),
            conclusion::compose(&samples::party_conclusion()).unwrap(),
        ] {
            assert!(may_be_submitted(&document), "{:?}", check(&document));
        }
    }

    #[test]
    fn an_empty_paper_lacks_all_that_a_letter_must_have() {
        let found = check(&OfficialDocument::default());
        let must: Vec<&str> = found.iter().filter(|finding| finding.must).map(|finding| finding.key).collect();
        assert_eq!(must, ["issuer", "place", "symbol", "subject", "body", "recipients"]);
        assert!(keys(&OfficialDocument::default()).contains(&"copies"));
    }

    #[test]
    fn blanks_to_be_filled_and_marks_of_secrecy_stop_it() {
        let mut document = reminder::compose(&samples::reminder()).unwrap();
        document.body.push(Block::Paragraph("Báo cáo trước ngày ... tháng 11".into()));
        let left = check(&document).remove(0);
        assert_eq!((left.must, left.key), (true, "left-open"));
        assert!(left.what.contains("trước ngày ..."), "{}", left.what);
        for (text, open) in [
            ("oxy, thuốc, v.v...", false),
            ("theo dõi, báo cáo…", false),
            ("gửi trước ngày…… tháng 3", true),
            ("(…)", true),
            ("{place}", true),
            ("Mục A.", false),
        ] {
            assert_eq!(left_open(text).is_some(), open, "{text}");
        }
        document.body.insert(0, Block::Centred("TỐI MẬT".into()));
        assert!(keys(&document).contains(&"secret"));
        document.body[0] = Block::Paragraph("MẬT: kế hoạch số 3".into());
        assert_eq!(secrecy(&document), Some("MẬT"));
        document.body[0] = Block::Paragraph("Quy chế bảo mật: MẬT khẩu".into());
        assert!(!keys(&document).contains(&"secret"));
    }
}
