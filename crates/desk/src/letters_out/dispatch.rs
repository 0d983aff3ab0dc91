//! Quyết định điều phối oxy: from whom, to whom, how many kilograms, by which vehicle, when, on which legal basis, who pays.
//! Own units are told, all others asked (design rule 8).

use document::official::{Block, Column, CopyTo, OfficialDocument, Table, Urgency};
use jiff::civil::DateTime;
use quantity::show_number;
use quantity::time::show_date;
use serde::{Deserialize, Serialize};

use super::facts::bare;
use super::wording::Paper;
use super::{NotComposed, Tone, Writer};

/// What an order is made from.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Dispatch {
    /// Who writes.
    pub writer: Writer,
    /// The post of whoever decides: «Giám đốc Sở Y tế».
    pub decider: String,
    /// «Căn cứ …»: laws, decisions, the contract. At least one.
    pub legal_bases: Vec<String>,
    /// «Xét đề nghị của …»; may be empty.
    pub proposed_by: String,
    /// What moves.
    pub lines: Vec<DispatchLine>,
    /// Why; may be empty.
    pub reason: String,
    /// The desk that is told of every step: name and telephone; may be empty.
    pub contact: String,
    /// The year of a blank date.
    pub year: Option<i16>,
    /// How urgent.
    pub urgency: Option<Urgency>,
}

/// One delivery.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct DispatchLine {
    /// Whose oxygen it is.
    pub from: String,
    /// Whether it is ordered or asked.
    pub from_tone: Tone,
    /// Who gets it.
    pub to: String,
    /// Kilograms of oxygen.
    pub kilograms: f64,
    /// In which vessels, «bồn lỏng», «40 chai 40 lít»; may be empty.
    pub vessels: String,
    /// Plate of the vehicle; «chưa rõ» where it is empty.
    pub vehicle: String,
    /// Who drives, with telephone; may be empty.
    pub driver: String,
    /// When it leaves, by Vietnam's clocks.
    pub leaves_at: Option<DateTime>,
    /// When it must be there, by Vietnam's clocks.
    pub arrives_by: Option<DateTime>,
    /// Contract or record of loan under which it goes; may be empty.
    pub contract: String,
    /// Who pays. Never empty.
    pub payer: String,
}

/// Writes the order.
///
/// # Errors
/// [`NotComposed::Nothing`] without a delivery; [`NotComposed::Missing`] without a legal basis or a payer.
pub fn compose(facts: &Dispatch) -> Result<OfficialDocument, NotComposed> {
    if facts.lines.is_empty() {
        return Err(NotComposed::Nothing { paper: Paper::DispatchOrder.code(), part: "lines" });
    }
    if facts.legal_bases.iter().all(|basis| bare(basis).is_empty()) {
        return Err(NotComposed::Missing { key: "legal_bases" });
    }
    if facts.lines.iter().any(|line| bare(&line.payer).is_empty()) {
        return Err(NotComposed::Missing { key: "payer" });
    }
    let wording = Paper::DispatchOrder.wording();
    let total = kilograms(facts.lines.iter().map(|line| line.kilograms).sum());
    let count = facts.lines.len().to_string();
    let reason = bare(&facts.reason);
    let contact = bare(&facts.contact);
    let base = [
        ("issuer", facts.writer.issuer.as_str()),
        ("place", &facts.writer.place),
        ("total", &total),
        ("count", &count),
        ("reason", if reason.is_empty() { "bảo đảm đủ oxy y tế cho người bệnh" } else { reason }),
        ("contact", if contact.is_empty() { "phòng trực điều hành oxy" } else { contact }),
        ("decider", bare(&facts.decider)),
    ];
    let mut document = wording.paper(&facts.writer, &base);
    document.year = facts.year;
    document.urgency = facts.urgency;
    let body = &mut document.body;
    body.push(Block::Centred(bare(&facts.decider).to_uppercase()));
    for basis in facts.legal_bases.iter().map(|basis| bare(basis)).filter(|basis| !basis.is_empty()) {
        let words = if basis.starts_with("Căn cứ") { basis.to_owned() } else { format!("Căn cứ {basis}") };
        body.push(Block::Basis(format!("{words};")));
    }
    let proposed = if bare(&facts.proposed_by).is_empty() { "default_proposal" } else { "proposal" };
    body.push(Block::Basis(
        wording.say(proposed, &[("by", bare(&facts.proposed_by)), ("issuer", &facts.writer.issuer)]),
    ));
    body.push(Block::Centred(wording.say("decides", &base)));
    let mut article = 0;
    let mut next = |text: String| {
        article += 1;
        Block::Article { number: format!("Điều {article}."), text }
    };
    body.push(next(wording.say("what", &base)));
    body.push(Block::Table(table(facts)));
    let others: Vec<&str> = named(facts, |line| line.from_tone != Tone::Orders);
    body.push(next(wording.say("receipt", &base)));
    if !others.is_empty() {
        body.push(next(wording.say("others", &[("issuer", &facts.writer.issuer), ("whom", &others.join(", "))])));
    }
    body.push(next(wording.say("payment", &base)));
    body.push(next(wording.say("carried_out", &base)));
    document.copies.insert(0, CopyTo { whom: format!("Như Điều {article}"), purpose: String::new() });
    Ok(document)
}

/// Who gives oxygen, once each.
fn named(facts: &Dispatch, wanted: impl Fn(&DispatchLine) -> bool) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for line in facts.lines.iter().filter(|line| wanted(line)) {
        let name = bare(&line.from);
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

fn kilograms(mass: f64) -> String {
    show_number(mass, 0)
}

fn table(facts: &Dispatch) -> Table {
    let column = |title: &str, width, number| Column { title: title.to_owned(), width, number, ..Column::default() };
    let unknown = |text: &str| if bare(text).is_empty() { "chưa rõ".to_owned() } else { bare(text).to_owned() };
    let at = |moment: Option<DateTime>| {
        let told = |at: DateTime| format!("{:02}:{:02} ngày {}", at.hour(), at.minute(), show_date(at.date()));
        moment.map_or_else(|| "chưa rõ".to_owned(), told)
    };
    let with =
        |first: String, rest: &str| if bare(rest).is_empty() { first } else { format!("{first}; {}", bare(rest)) };
    let rows = facts.lines.iter().enumerate().map(|(position, line)| {
        vec![
            (position + 1).to_string(),
            unknown(&line.from),
            unknown(&line.to),
            kilograms(line.kilograms),
            bare(&line.vessels).to_owned(),
            with(unknown(&line.vehicle), &line.driver),
            format!("đi {}; đến trước {}", at(line.leaves_at), at(line.arrives_by)),
            with(unknown(&line.payer), &line.contract),
        ]
    });
    Table {
        title: String::new(),
        columns: vec![
            column("TT", 5, true),
            column("Nơi giao", 16, false),
            column("Nơi nhận", 16, false),
            column("Khối lượng (kg)", 11, true),
            column("Hình thức", 12, false),
            column("Phương tiện, người lái", 15, false),
            column("Thời gian", 15, false),
            column("Bên trả tiền, hợp đồng", 16, false),
        ],
        rows: rows.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letters_out::samples;
    use crate::letters_out::text::plain_text;

    #[test]
    fn every_line_has_its_vehicle_its_time_and_its_payer() {
        let document = compose(&samples::dispatch()).unwrap();
        let text = plain_text(&document);
        for said in
            ["QUYẾT ĐỊNH:", "Điều 1.", "2.750", "68C-123.45", "Công ty Khí Sao Biển", "Bệnh viện Hải Âu chi trả"]
        {
            assert!(text.contains(said), "{said}: {text}");
        }
        assert!(text.contains("đề nghị Công ty Khí Sao Biển"), "a private supplier is asked: {text}");
        assert_eq!(document.copies[0].whom, "Như Điều 5");
        assert!(matches!(document.body[0], Block::Centred(ref words) if words == "GIÁM ĐỐC SỞ Y TẾ"));
    }

    #[test]
    fn without_basis_or_payer_there_is_no_order() {
        let sample = samples::dispatch;
        let refused = |facts: Dispatch| compose(&facts).unwrap_err();
        assert_eq!(
            refused(Dispatch { legal_bases: vec![" ".into()], ..sample() }),
            NotComposed::Missing { key: "legal_bases" }
        );
        let mut lines = sample().lines;
        lines[0].payer = String::new();
        assert_eq!(refused(Dispatch { lines, ..sample() }), NotComposed::Missing { key: "payer" });
        assert!(matches!(refused(Dispatch { lines: Vec::new(), ..sample() }), NotComposed::Nothing { .. }));
    }
}
