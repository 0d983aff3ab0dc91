//! The letters in the official form of Decree 30, letterhead and all.

use document::official::{Authority, Block, CopyTo, Kind, OfficialDocument, Signature};
use jiff::civil::date;

use super::expected::{Expected, ha_noi, kien_giang, lai_chau, ministry};

/// Lines of the body: after the addressees to «./.», the copies or the signature.
fn body(text: &str, from: &str) -> Vec<Block> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let start = lines.iter().position(|line| line.starts_with(from)).expect("the body begins");
    let end = lines.iter().position(|line| line.starts_with("Nơi nhận")).expect("copies");
    let ended = lines[start..end].iter().position(|line| line.contains("./."));
    let end = ended.map_or(end, |at| start + at + 1);
    let words = lines[start..end].iter().filter(|line| !line.is_empty());
    words.map(|line| Block::Paragraph(line.trim_end_matches("./.").to_owned())).collect()
}

/// Lines under «Nơi nhận» and the archive line's words.
fn copies(text: &str) -> (Vec<CopyTo>, String) {
    let lines = text.lines().map(str::trim).skip_while(|line| !line.starts_with("Nơi nhận")).skip(1);
    let mut copies = Vec::new();
    for line in lines {
        let words = line.trim_start_matches("- ");
        if let Some(rest) = words.strip_prefix("Lưu") {
            let kept = rest.split(['_', '{']).next().unwrap_or("");
            return (copies, kept.trim_matches(|letter: char| !letter.is_alphabetic()).to_owned());
        }
        if let (Some(last), false) = (copies.last_mut(), line.starts_with('-')) {
            let last: &mut CopyTo = last;
            last.whom = format!("{}; {words}", last.whom);
            continue;
        }
        // The form writes «Như trên» by itself.
        if !words.is_empty() && !words.starts_with("Như trên") {
            copies.push(CopyTo { whom: words.trim_end_matches([';', ',', '.']).to_owned(), purpose: String::new() });
        }
    }
    (copies, String::new())
}

/// Name, document, what is read of it.
pub fn official() -> Vec<(&'static str, OfficialDocument, Expected)> {
    let put = |from: &str, (text, expected): (&'static str, Expected), rest: OfficialDocument| {
        let (copies, archive) = copies(text);
        let recipients: Vec<String> = expected.recipients.iter().map(|one| (*one).to_owned()).collect();
        let kind = Kind::Letter { subject: expected.subject.to_owned() };
        let place = expected.place.unwrap_or_default().to_owned();
        let document = OfficialDocument { kind, place, recipients, copies, archive, body: body(text, from), ..rest };
        (document, expected)
    };
    let mut papers = Vec::new();
    let mut add = |name, pair: (OfficialDocument, Expected), change: fn(&mut Expected)| {
        let (document, mut expected) = pair;
        change(&mut expected);
        papers.push((name, document, expected));
    };
    let paper = OfficialDocument {
        issuer: "Bộ Y tế".into(),
        number: Some("7559/BYT-TB-CT".into()),
        date: Some(date(2021, 9, 11)),
        ..OfficialDocument::default()
    };
    // The short name stands in brackets under the addressees, for which the form has no room.
    add("ministry", put("Để ứng phó", ministry(), paper), |expected| expected.alias = None);
    let paper = OfficialDocument {
        parent: Some("UBND tỉnh Kiên Giang".into()),
        issuer: "Sở Y tế".into(),
        number: Some("3183/SYT-KHTC".into()),
        date: Some(date(2022, 9, 13)),
        signature: Signature { post: "Giám đốc".into(), name: "Hà Văn Phúc".into(), ..Signature::default() },
        ..OfficialDocument::default()
    };
    let mut pair = put("Thực hiện", kien_giang(), paper);
    if let Some(last) = pair.0.recipients.last_mut() {
        last.push_str(".\n(Sau đây gọi chung là các đơn vị)");
    }
    add("kien giang", pair, |_| {});
    let paper = OfficialDocument {
        parent: Some("UBND tỉnh Lai Châu".into()),
        issuer: "Sở Y tế".into(),
        symbol: "SYT-NVY".into(),
        year: Some(2021),
        signature: Signature { post: "Giám đốc".into(), name: "Bùi Tiến Thanh".into(), ..Signature::default() },
        ..OfficialDocument::default()
    };
    // The form leaves day and month blank until it is signed.
    add("lai chau", put("Thực hiện Thông báo", lai_chau(), paper), |expected| {
        expected.date = "2021";
        expected.parent_body = Some("Ủy ban nhân dân tỉnh Lai Châu");
    });
    let paper = OfficialDocument {
        issuer: "Ủy ban nhân dân thành phố Hà Nội".into(),
        number: Some("148/UBND-KGVX".into()),
        date: Some(date(2022, 1, 14)),
        signature: Signature {
            authority: vec![(Authority::OnBehalf, "Ủy ban nhân dân".into()), (Authority::ForHead, "Chủ tịch".into())],
            post: "Phó Chủ tịch".into(),
            name: "Chủ Xuân Dũng".into(),
        },
        ..OfficialDocument::default()
    };
    add("ha noi", put("Thực hiện Thông báo", ha_noi(), paper), |_| {});
    papers
}
