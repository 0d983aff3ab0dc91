//! A document as words by place: what both writers put on paper, in the same order and spelling.

use jiff::civil::Date;
use serde::Serialize;
use unicode_normalization::UnicodeNormalization;

use super::form::Form;
use super::pieces::{Piece, ended, pieces, whole};
use super::{Annex, Authority, Family, Kind, OfficialDocument, Urgency};

/// What stands where.
#[derive(Debug, Serialize)]
pub(super) struct Words {
    pub title: String,
    pub parent: String,
    pub issuer: String,
    pub number: String,
    /// «V/v …» of a letter.
    pub about: String,
    /// «BÁO CÁO» of a named kind.
    pub kind: String,
    pub subject: String,
    pub urgency: String,
    pub draft: String,
    pub place_and_date: String,
    /// What stands to the right of the issuer: the nation, or the Party.
    pub nation: &'static str,
    /// Empty on papers of the Party.
    pub motto: &'static str,
    /// «Kính gửi: …» on one line; empty where there are several, or none.
    pub only_recipient: String,
    /// «Kính gửi:» above several; empty where there is one, or none.
    pub salutation: String,
    pub recipients: Vec<RecipientLine>,
    pub body: Vec<Piece>,
    pub authority: Vec<SignLine>,
    pub name: String,
    pub copies: Vec<String>,
    /// How many of them stand beside the signature; the others follow below and may go on over pages.
    pub copies_beside: usize,
    pub annexes: Vec<AnnexWords>,
    pub simulated: String,
    pub form: Form,
}

/// A line of the list under «Kính gửi:», with its dash and what ends it.
#[derive(Debug, PartialEq, Serialize)]
pub(super) struct RecipientLine {
    pub text: String,
    /// Belongs to the one above.
    pub below: bool,
}

/// A line above the name of whoever signs.
#[derive(Debug, PartialEq, Serialize)]
pub(super) struct SignLine {
    pub text: String,
    pub bold: bool,
}

#[derive(Debug, Serialize)]
pub(super) struct AnnexWords {
    pub label: String,
    pub title: String,
    pub attached_to: String,
    pub blocks: Vec<Piece>,
    pub landscape: bool,
}

const NATION: &str = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";
const MOTTO: &str = "Độc lập - Tự do - Hạnh phúc";
const PARTY: &str = "ĐẢNG CỘNG SẢN VIỆT NAM";
pub(super) const COPIES: &str = "Nơi nhận:";
const SALUTATION: &str = "Kính gửi";

impl Words {
    pub fn of(document: &OfficialDocument) -> Self {
        let (kind, subject, about) = match &document.kind {
            Kind::Named { name, subject } => (capitals(name), whole(&clean(subject)), String::new()),
            Kind::Letter { subject } => (String::new(), String::new(), about(document.family, subject)),
        };
        let number = number(document);
        let form = Form::of(document.family);
        let body = ended(pieces(&document.body), form.ending);
        let (only_recipient, salutation, recipients) = recipients(document);
        let party = document.family == Family::Party;
        let copies = copies(document);
        Self {
            title: [kind.clone(), subject.clone(), about.clone()]
                .into_iter()
                .filter(|words| !words.is_empty())
                .collect::<Vec<_>>()
                .join(" "),
            parent: document.parent.as_deref().map(capitals).unwrap_or_default(),
            issuer: capitals(&document.issuer),
            urgency: document.urgency.map(urgency).unwrap_or_default().to_owned(),
            draft: if document.draft { "DỰ THẢO".to_owned() } else { String::new() },
            place_and_date: place_and_date(&clean(&document.place), document.date, document.year),
            nation: if party { PARTY } else { NATION },
            motto: if party { "" } else { MOTTO },
            only_recipient,
            salutation,
            recipients,
            authority: authority(document, form.post_bold),
            name: clean(&document.signature.name),
            copies_beside: beside(&copies),
            copies,
            annexes: annexes(document),
            simulated: if document.simulated {
                "MÔ PHỎNG – số liệu diễn tập, không phải văn bản đã ban hành".to_owned()
            } else {
                String::new()
            },
            kind,
            subject,
            about,
            number,
            body,
            form,
        }
    }
}

/// A list of «Nơi nhận» that fits on a page beside the signature stays whole; of a longer one the first lines stay, about
/// as high as a signature.
fn beside(copies: &[String]) -> usize {
    let letters: usize = copies.iter().map(|line| line.chars().count()).sum();
    if copies.len() > 24 || letters > 2_000 { copies.len().min(6) } else { copies.len() }
}

/// NFC, one blank where there was white space, nothing that a file cannot hold or nobody can see.
pub(super) fn clean(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for sign in text.nfc() {
        let sign = if sign.is_whitespace() && sign != '\u{a0}' { ' ' } else { sign };
        // Control signs and non-characters are not allowed in XML 1.0; the soft hyphen and marks of
        // direction would change how words read without being seen.
        let code = u32::from(sign);
        let refused = sign.is_control()
            || code & 0xfffe == 0xfffe
            || (0xfdd0..=0xfdef).contains(&code)
            || matches!(sign, '\u{ad}' | '\u{feff}' | '\u{200b}' | '\u{200e}' | '\u{200f}')
            || ('\u{202a}'..='\u{202e}').contains(&sign)
            || ('\u{2066}'..='\u{2069}').contains(&sign);
        let doubled = sign == ' ' && clean.ends_with(' ');
        if !(refused || doubled) {
            clean.push(sign);
        }
    }
    clean.trim().to_owned()
}

fn capitals(text: &str) -> String {
    clean(text).to_uppercase()
}

fn number(document: &OfficialDocument) -> String {
    match document.number.as_deref().map(clean).filter(|number| !number.is_empty()) {
        Some(number) if document.family == Family::Party => format!("Số {number}"),
        Some(number) => format!("Số: {number}"),
        // Blanks that do not fold: the clerk writes the number there.
        None if document.family == Family::Party => format!("Số{}-{}", "\u{a0}".repeat(8), clean(&document.symbol)),
        None => format!("Số:{}/{}", "\u{a0}".repeat(8), clean(&document.symbol)),
    }
}

/// «V/v …»; a letter of the Party tells its subject without it.
fn about(family: Family, subject: &str) -> String {
    let subject = clean(subject);
    let subject = whole(&subject);
    if subject.is_empty() || family == Family::Party { subject } else { format!("V/v {subject}") }
}

/// Begins a recipient that belongs to the one above it.
const BELOW: char = '+';

/// Who it is sent to: one on the line of «Kính gửi», or the words above a list and the list.
fn recipients(document: &OfficialDocument) -> (String, String, Vec<RecipientLine>) {
    let own = clean(&document.salutation);
    let salutation = if own.is_empty() { SALUTATION } else { own.trim_end_matches(':') };
    let all: Vec<String> = document.recipients.iter().map(|whom| clean(whom)).filter(|whom| !whom.is_empty()).collect();
    let named = |whom: &str| whom.trim_start_matches([BELOW, '-', ' ']).trim_end_matches([';', '.', ' ']).to_owned();
    match all.as_slice() {
        [] => (String::new(), String::new(), Vec::new()),
        [only] => (format!("{salutation}: {}", named(only)), String::new(), Vec::new()),
        several => {
            let line = |(position, whom): (usize, &String)| {
                let below = whom.starts_with(BELOW);
                let opens = !below && several.get(position + 1).is_some_and(|next| next.starts_with(BELOW));
                let end = match () {
                    () if opens => ":",
                    () if position + 1 == several.len() => ".",
                    () => ";",
                };
                let name = named(whom);
                let name = name.trim_end_matches(':');
                RecipientLine { text: format!("{} {name}{end}", if below { '+' } else { '-' }), below }
            };
            (String::new(), format!("{salutation}:"), several.iter().enumerate().map(line).collect())
        }
    }
}

const fn urgency(urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::Express => "HỎA TỐC",
        Urgency::VeryUrgent => "THƯỢNG KHẨN",
        Urgency::Urgent => "KHẨN",
    }
}

/// «An Giang, ngày 05 tháng 02 năm 2026»: days below ten and the months 1 and 2 take a nought.
fn place_and_date(place: &str, date: Option<Date>, year: Option<i16>) -> String {
    let when = match (date, year) {
        (Some(date), _) => {
            let month = if date.month() < 3 { format!("0{}", date.month()) } else { date.month().to_string() };
            format!("ngày {:02} tháng {month} năm {}", date.day(), date.year())
        }
        (None, year) => {
            let blank = "\u{a0}".repeat(6);
            let year = year.map_or_else(|| blank.clone(), |year| year.to_string());
            format!("ngày{blank}tháng{blank}năm {year}")
        }
    };
    if place.is_empty() { when } else { format!("{place}, {when}") }
}

fn authority(document: &OfficialDocument, post_bold: bool) -> Vec<SignLine> {
    let signature = &document.signature;
    let party = document.family == Family::Party;
    let sign = |authority| match authority {
        Authority::OnBehalf if party => "T/M",
        Authority::ForHead if party => "K/T",
        Authority::ByOrder if party => "T/L",
        Authority::OnBehalf => "TM.",
        Authority::ForHead => "KT.",
        Authority::ByOrder => "TL.",
        Authority::Authorised => "TUQ.",
        Authority::Acting => "Q.",
    };
    let levels = signature.authority.iter();
    let levels = levels.map(|(by, whom)| SignLine { text: format!("{} {}", sign(*by), capitals(whom)), bold: true });
    let post = SignLine { text: capitals(&signature.post), bold: post_bold || signature.authority.is_empty() };
    levels.chain([post]).filter(|line| !line.text.is_empty()).collect()
}

fn copies(document: &OfficialDocument) -> Vec<String> {
    let party = document.family == Family::Party;
    let end = if party { "," } else { ";" };
    let mut lines: Vec<String> = Vec::new();
    if !document.recipients.is_empty() {
        lines.push(format!("- Như trên{end}"));
    }
    for copy in &document.copies {
        let (whom, purpose) = (clean(&copy.whom), clean(&copy.purpose));
        if !whom.is_empty() {
            lines.push(if purpose.is_empty() {
                format!("- {whom}{end}")
            } else {
                format!("- {whom} ({purpose}){end}")
            });
        }
    }
    let archive = clean(&document.archive);
    lines.push(match (party, archive.is_empty()) {
        (true, true) => "- Lưu.".to_owned(),
        (true, false) => format!("- Lưu {archive}."),
        (false, true) => "- Lưu: VT.".to_owned(),
        (false, false) => format!("- Lưu: {archive}."),
    });
    lines
}

fn annexes(document: &OfficialDocument) -> Vec<AnnexWords> {
    let alone = document.annexes.len() == 1;
    let of = |(position, annex): (usize, &Annex)| AnnexWords {
        label: if alone { "Phụ lục".to_owned() } else { format!("Phụ lục {}", roman(position + 1)) },
        title: capitals(&annex.title),
        attached_to: attached_to(document),
        blocks: pieces(&annex.blocks),
        landscape: annex.landscape,
    };
    document.annexes.iter().enumerate().map(of).collect()
}

/// «(Kèm theo Báo cáo số 12/BC-SYT ngày 22 tháng 11 năm 2026 của Sở Y tế)».
fn attached_to(document: &OfficialDocument) -> String {
    let kind = match &document.kind {
        Kind::Named { name, .. } => clean(name),
        Kind::Letter { .. } => "Công văn".to_owned(),
    };
    let number = number(document).replacen("Số:", "số", 1).replacen("Số", "số", 1);
    let date = place_and_date("", document.date, document.year);
    format!("(Kèm theo {kind} {number} {date} của {})", clean(&document.issuer))
}

fn roman(mut number: usize) -> String {
    let mut text = String::new();
    for (value, sign) in
        [(100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]
    {
        while number >= value {
            text.push_str(sign);
            number -= value;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn days_below_ten_and_the_first_two_months_take_a_nought() {
        assert_eq!(place_and_date("An Giang", Some(date(2026, 2, 5)), None), "An Giang, ngày 05 tháng 02 năm 2026");
        assert_eq!(place_and_date("An Giang", Some(date(2026, 3, 15)), None), "An Giang, ngày 15 tháng 3 năm 2026");
        assert_eq!(place_and_date("", None, Some(2026)).matches('\u{a0}').count(), 12);
    }

    #[test]
    fn letters_are_composed_and_what_nobody_sees_is_left_out() {
        assert_eq!(clean("Sở\u{0} Y te\u{302}\u{301}\n\n hỏi\u{202e} \u{fffe}"), "Sở Y tế hỏi");
        assert_eq!(capitals("Ủy ban nhân dân tỉnh"), "ỦY BAN NHÂN DÂN TỈNH");
    }

    /// 36-HD/VPTW: a hyphen in the number, slashes in the authority, commas in the list.
    #[test]
    fn papers_of_the_party_have_their_own_words() {
        let document = OfficialDocument {
            family: Family::Party,
            number: Some("632-TB/TU".into()),
            kind: Kind::Named { name: "Thông báo".into(), subject: "Kết luận".into() },
            signature: super::super::Signature {
                authority: vec![(Authority::ByOrder, "Ban Thường vụ".into())],
                post: "Phó Chánh Văn phòng".into(),
                name: "A".into(),
            },
            copies: vec![super::super::CopyTo { whom: "Các huyện ủy".into(), purpose: String::new() }],
            archive: "Văn phòng Tỉnh ủy".into(),
            ..OfficialDocument::default()
        };
        let words = Words::of(&document);
        assert_eq!((words.number.as_str(), words.nation, words.motto), ("Số 632-TB/TU", PARTY, ""));
        let lines: Vec<(&str, bool)> = words.authority.iter().map(|line| (line.text.as_str(), line.bold)).collect();
        assert_eq!(lines, [("T/L BAN THƯỜNG VỤ", true), ("PHÓ CHÁNH VĂN PHÒNG", false)]);
        assert_eq!(words.copies, ["- Các huyện ủy,", "- Lưu Văn phòng Tỉnh ủy."]);
        let blank = Words::of(&OfficialDocument { number: None, symbol: "TB/TU".into(), ..document });
        assert!(blank.number.ends_with("-TB/TU") && !blank.number.contains(':'));
    }

    #[test]
    fn one_recipient_stands_on_the_line_and_several_below_it() {
        let of = |names: &[&str], salutation: &str| {
            let names = names.iter().map(|name| (*name).to_owned()).collect();
            let document =
                OfficialDocument { recipients: names, salutation: salutation.into(), ..OfficialDocument::default() };
            let (only, salutation, lines) = recipients(&document);
            let head = [only, salutation].into_iter().filter(|text| !text.is_empty());
            head.chain(lines.into_iter().map(|line| line.text)).collect::<Vec<_>>()
        };
        assert_eq!(of(&["Bộ Y tế."], ""), ["Kính gửi: Bộ Y tế"]);
        assert_eq!(of(&["Ông A"], "Sở Y tế trân trọng kính mời:"), ["Sở Y tế trân trọng kính mời: Ông A"]);
        let lines = of(&["Bộ Y tế", "Các bệnh viện", "+ Bệnh viện A", "+ Bệnh viện B;", "UBND tỉnh"], "");
        let wanted =
            ["Kính gửi:", "- Bộ Y tế;", "- Các bệnh viện:", "+ Bệnh viện A;", "+ Bệnh viện B;", "- UBND tỉnh."];
        assert_eq!(lines, wanted);
    }

    #[test]
    fn appendices_are_counted_as_the_romans_did() {
        assert_eq!([1, 4, 9, 14, 40].map(roman), ["I", "IV", "IX", "XIV", "XL"]);
    }
}
