//! In which field a head or officer of a body is in charge, from when to when (DT07), and whom an order of a field means.
//! Nobody is guessed: where several fit, they are named and none is proposed.

use place::body::Roster;
use place::text::SearchKeys;
use place::{BodyId, PersonId};
use protocol::OfficerFields;
use quantity::{Id, Moment};
use serde::{Deserialize, Serialize};

use super::people::{post_of, stand_in};
use crate::record::{Kept, Record, RecordId};

/// A person in charge of a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficerField {
    /// Of which body.
    pub body: BodyId,
    /// Who.
    pub person: PersonId,
    /// His name as it stood.
    pub name: String,
    /// His post in words, «Phó Giám đốc»; may be empty.
    #[serde(default)]
    pub post: String,
    /// The field: a stable name of `protocols/officer-fields.toml`; empty for one of the office's own.
    pub code: String,
    /// The field in words.
    pub field: String,
    /// More words by which orders name it.
    #[serde(default)]
    pub words: Vec<String>,
    /// From this moment.
    pub from: Moment,
    /// To this moment, not included; none until further notice.
    #[serde(default)]
    pub to: Option<Moment>,
    /// The paper that says so: its number; may be empty.
    #[serde(default)]
    pub paper: String,
    /// Who wrote it down.
    pub by: String,
    /// Part of a demonstration or drill.
    #[serde(default)]
    pub simulated: bool,
}

impl Record for OfficerField {
    const KIND: &'static str = "officer_field";

    fn owner(&self) -> Option<Id> {
        Some(self.body.0)
    }

    fn is_open(&self) -> bool {
        self.to.is_none()
    }
}

/// The key of an officer's field.
pub type OfficerFieldId = RecordId<OfficerField>;

impl OfficerField {
    /// Whether he is in charge at a moment.
    pub fn in_force(&self, at: Moment) -> bool {
        self.from <= at && self.to.is_none_or(|to| at < to)
    }

    /// The words by which orders name the field, the office's own with them.
    fn named_by<'a>(&'a self, fields: &'a OfficerFields) -> impl Iterator<Item = &'a str> {
        let shipped = fields.of_code(&self.code).into_iter().flat_map(|field| &field.words);
        shipped.chain(&self.words).chain([&self.field]).map(String::as_str)
    }

    /// Whether an order belongs to the field.
    pub fn means(&self, fields: &OfficerFields, order: &str) -> bool {
        let order = spelt(order);
        self.named_by(fields).any(|word| stands_in(&order, word))
    }
}

/// A text with its words apart, in one spelling, tones and all: «thuốc» is not «thuộc».
fn spelt(text: &str) -> String {
    format!(" {} ", SearchKeys::of(text).exact)
}

/// Whether a word stands in a text that [`spelt`] made.
fn stands_in(text: &str, word: &str) -> bool {
    let word = spelt(word);
    word.trim().len() > 1 && text.contains(&word)
}

/// An officer with what is known of him now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Officer {
    /// His field.
    pub id: OfficerFieldId,
    /// What is kept of it.
    pub field: OfficerField,
    /// Whether he still holds a post of the body.
    pub in_post: bool,
    /// Whether he is away.
    pub away: bool,
    /// Who stands in for him, where he is away or has left.
    pub stand_in: Option<(PersonId, String)>,
}

/// The officers of some kept fields that are in force at a moment.
pub fn officers(kept: Vec<Kept<OfficerField>>, roster: &Roster, at: Moment) -> Vec<Officer> {
    let in_force = kept.into_iter().filter(|kept| kept.content.in_force(at));
    in_force
        .map(|kept| {
            let (body, person) = (kept.content.body, kept.content.person);
            let in_post = post_of(roster, body, person, at).is_some();
            let away = roster.is_absent(person, at);
            let instead = stand_in(roster, body, person, at).filter(|_| away || !in_post);
            Officer {
                id: kept.id,
                in_post,
                away,
                stand_in: instead.map(|post| (post.person, post.name.clone())),
                field: kept.content,
            }
        })
        .collect()
}

/// Whom an order means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meant<'o> {
    /// No field of the body is named.
    Nobody,
    /// One.
    One(&'o Officer),
    /// Several; a person must choose.
    Several(Vec<&'o Officer>),
}

impl Meant<'_> {
    /// Who is proposed to work on it: the one, or who stands in for him.
    pub fn person(&self) -> Option<PersonId> {
        match self {
            Self::One(officer) if officer.in_post && !officer.away => Some(officer.field.person),
            Self::One(officer) => officer.stand_in.as_ref().map(|(person, _)| *person),
            _ => None,
        }
    }
}

/// Whom an order to a body means: whom the letter itself names, else the field after «phụ trách», else the field that its
/// words name. `heads` is who answers, as the letter says.
pub fn meant<'o>(
    officers: &'o [Officer],
    body: BodyId,
    (order, heads): (&str, &[String]),
    fields: &OfficerFields,
) -> Meant<'o> {
    let of_body = || officers.iter().filter(|officer| officer.field.body == body);
    let named = |officer: &&Officer| heads.iter().any(|head| stands_in(&spelt(head), &officer.field.name));
    let clauses: Vec<&str> = heads.iter().map(String::as_str).chain([order]).filter_map(in_charge_of).collect();
    let of_field = |text: &str| of_body().filter(|officer| officer.field.means(fields, text)).collect::<Vec<_>>();
    let mut found: Vec<&Officer> = of_body().filter(named).collect();
    if found.is_empty() && !clauses.is_empty() {
        found = clauses.iter().flat_map(|clause| of_field(clause)).collect();
    }
    // A field after «phụ trách» that nobody has is nobody's, whatever else the order names.
    if found.is_empty() && clauses.is_empty() {
        found = of_field(order);
    }
    let mut people: Vec<&Officer> = Vec::new();
    for officer in found {
        if !people.iter().any(|known| known.field.person == officer.field.person) {
            people.push(officer);
        }
    }
    match people.as_slice() {
        [] => Meant::Nobody,
        [one] => Meant::One(one),
        _ => Meant::Several(people),
    }
}

/// The field of «Phó Chủ tịch phụ trách y tế, …»: the words up to the next sign.
fn in_charge_of(text: &str) -> Option<&str> {
    let (_, after) = text.split_once("phụ trách")?;
    let end = after.find([',', '.', ';', ':', ')', '\n']).unwrap_or(after.len());
    Some(after.get(..end)?.trim()).filter(|words| !words.is_empty())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn officer(number: u8, name: &str, code: &str) -> Officer {
        let fields = OfficerFields::shipped().unwrap();
        Officer {
            id: OfficerFieldId::new(Id::from_bytes([number; 16])),
            field: OfficerField {
                body: BodyId(Id::from_bytes([9; 16])),
                person: PersonId(Id::from_bytes([number; 16])),
                name: name.to_owned(),
                post: "Phó Giám đốc".to_owned(),
                code: code.to_owned(),
                field: fields.of_code(code).unwrap().name.clone(),
                words: Vec::new(),
                from: Moment::start_of(date(2026, 11, 1)),
                to: None,
                paper: String::new(),
                by: String::new(),
                simulated: false,
            },
            in_post: true,
            away: false,
            stand_in: None,
        }
    }

    fn means(officers: &[Officer], order: &str, heads: &[&str]) -> Vec<String> {
        let heads: Vec<String> = heads.iter().map(|head| (*head).to_owned()).collect();
        let fields = OfficerFields::shipped().unwrap();
        let body = BodyId(Id::from_bytes([9; 16]));
        match meant(officers, body, (order, &heads), &fields) {
            Meant::Nobody => Vec::new(),
            Meant::One(one) => vec![one.field.name.clone()],
            Meant::Several(all) => all.into_iter().map(|one| one.field.name.clone()).collect(),
        }
    }

    /// DT07: one field is one person's; two are told and nobody is guessed; «phụ trách» and a name go before all else.
    #[test]
    fn an_order_of_a_field_means_its_officer() {
        let all = [officer(1, "Lê Thị Mận", "oxygen"), officer(2, "Võ Văn Me", "finance")];
        assert_eq!(means(&all, "Kiểm tra bồn ôxy trước bão", &[]), ["Lê Thị Mận"]);
        let supplies = [officer(3, "Z", "supplies")];
        assert!(means(&supplies, "Các đơn vị trực thuộc báo cáo", &[]).is_empty(), "«thuộc» is not «thuốc»");
        assert_eq!(means(&all, "Kiểm tra bồn Ô XY trước bão", &[]), ["Lê Thị Mận"]);
        assert_eq!(means(&all, "Bố trí kinh phí mua oxy", &[]), ["Lê Thị Mận", "Võ Văn Me"]);
        assert_eq!(means(&all, "Phó Giám đốc phụ trách tài chính: bố trí tiền mua oxy", &[]), ["Võ Văn Me"]);
        assert_eq!(means(&all, "Phó Giám đốc phụ trách tiêm chủng: rà soát oxy", &[]), Vec::<String>::new());
        assert_eq!(means(&all, "Rà soát", &["Đồng chí Võ Văn Me, Phó Giám đốc"]), ["Võ Văn Me"]);
        assert_eq!(means(&all, "Họp giao ban", &[]), Vec::<String>::new());
    }

    /// DT07: who is away is stood in for; who left and has nobody is proposed to nobody.
    #[test]
    fn who_is_away_is_stood_in_for() {
        let other = PersonId(Id::from_bytes([7; 16]));
        let away = Officer { away: true, stand_in: Some((other, "Y".into())), ..officer(1, "X", "oxygen") };
        assert_eq!(Meant::One(&away).person(), Some(other));
        let left = Officer { in_post: false, ..officer(1, "X", "oxygen") };
        assert_eq!(Meant::One(&left).person(), None);
        let here = officer(1, "X", "oxygen");
        assert_eq!(Meant::One(&here).person(), Some(here.field.person));
        assert_eq!(Meant::Several(vec![&here, &away]).person(), None);
    }

    proptest! {
        /// Whatever an order says, one officer is never proposed where two fit, and none without a word of his field.
        #[test]
        fn nobody_is_guessed(order in "\\PC{0,80}") {
            let all = [officer(1, "Lê Thị Mận", "oxygen"), officer(2, "Võ Văn Me", "oxygen")];
            prop_assert_ne!(means(&all, &order, &[]).len(), 1);
            prop_assert!(means(&[], &order, &[]).is_empty());
        }
    }
}
