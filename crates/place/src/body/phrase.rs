//! The grammar of group addressees: «Các Trung tâm Y tế tuyến huyện, thành phố trên địa bàn tỉnh
//! Kiên Giang» taken apart. Every word must be understood; nothing is guessed.

use super::kind::{BodyKind, BodyLevel, Ownership};
use crate::text::SearchKeys;

/// What a phrase asks for, once all its words are understood.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Phrase {
    pub group: Group,
    /// «trên địa bàn tỉnh Kiên Giang»: ASCII words of the province named, if one is.
    pub province: Option<String>,
}

/// The bodies meant.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Group {
    pub kinds: &'static [BodyKind],
    pub level: Option<BodyLevel>,
    /// `None` is any but what is implied elsewhere; a plain «bệnh viện tuyến tỉnh» means public ones.
    pub ownership: Option<Ownership>,
    /// Types of area listed in the phrase («quận, huyện, thị xã»), in ASCII; empty is any.
    pub area_types: Vec<&'static str>,
    pub level_of_areas: Option<AreaLevel>,
    /// Areas stood for bodies: «các huyện, thành phố» means their people's committees.
    pub areas_named: bool,
}

/// The level at which listed area types are to be read: «thành phố» is a province's or a district's.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum AreaLevel {
    Province,
    District,
    Commune,
}

const HOSPITALS: &[BodyKind] = &[BodyKind::GeneralHospital, BodyKind::SpecialisedHospital];
const TREATING: &[BodyKind] =
    &[BodyKind::GeneralHospital, BodyKind::SpecialisedHospital, BodyKind::MedicalCentre, BodyKind::TreatmentSite];

/// Head words, longer before shorter.
const HEADS: &[(&str, &[BodyKind])] = &[
    ("benh vien chuyen khoa", &[BodyKind::SpecialisedHospital]),
    ("benh vien da khoa", &[BodyKind::GeneralHospital]),
    ("benh vien", HOSPITALS),
    ("trung tam kiem soat benh tat", &[BodyKind::Cdc]),
    ("trung tam y te khu vuc", &[BodyKind::MedicalCentre]),
    ("trung tam y te", &[BodyKind::MedicalCentre]),
    ("tram y te luu dong", &[BodyKind::MobileStation]),
    ("tram y te", &[BodyKind::CommuneStation]),
    ("uy ban nhan dan", &[BodyKind::PeoplesCommittee]),
    ("so y te", &[BodyKind::HealthDepartment]),
    ("ban chi dao phong chong dich benh covid", &[BodyKind::SteeringCommittee]),
    ("ban chi dao phong chong dich covid", &[BodyKind::SteeringCommittee]),
    ("ban chi dao phong chong dich benh", &[BodyKind::SteeringCommittee]),
    ("ban chi dao phong chong dich", &[BodyKind::SteeringCommittee]),
    ("ban chi dao", &[BodyKind::SteeringCommittee]),
    ("co so thu dung dieu tri nguoi nhiem covid", TREATING),
    ("co so thu dung dieu tri covid", TREATING),
    ("co so thu dung dieu tri", TREATING),
    ("co so dieu tri nguoi nhiem covid", TREATING),
    ("co so dieu tri benh nhan covid", TREATING),
    ("co so dieu tri covid", TREATING),
    ("co so dieu tri", TREATING),
    ("nha san xuat nha cung ung oxy", &[BodyKind::Supplier]),
    ("nha cung ung oxy", &[BodyKind::Supplier]),
    ("nha cung ung", &[BodyKind::Supplier]),
    ("bo phan dieu phoi oxy", &[BodyKind::OxygenCoordinationUnit]),
];

/// Types of area, and the levels at which each occurs.
const TYPES: &[(&str, &[AreaLevel])] = &[
    ("thanh pho", &[AreaLevel::Province, AreaLevel::District]),
    ("thi xa", &[AreaLevel::District]),
    ("thi tran", &[AreaLevel::Commune]),
    ("dac khu", &[AreaLevel::Commune]),
    ("tinh", &[AreaLevel::Province]),
    ("quan", &[AreaLevel::District]),
    ("huyen", &[AreaLevel::District]),
    ("phuong", &[AreaLevel::Commune]),
    ("xa", &[AreaLevel::Commune]),
];

/// The phrase in the words of the grammar: ASCII, abbreviations spelt out, blanks single.
pub(super) fn normal(phrase: &str) -> String {
    SearchKeys::of(phrase).ascii
}

/// Takes a phrase apart; `None` when a word is left that the grammar does not know.
pub(super) fn parse(phrase: &str) -> Option<Phrase> {
    let normal = normal(phrase);
    let (words, province) = split_scope(&normal);
    let mut rest = Rest(words);
    let many = rest.take("cac") || rest.take("tat ca cac") || rest.take("toan bo cac");
    let Some(kinds) = HEADS.iter().find_map(|(head, kinds)| rest.take(head).then_some(*kinds)) else {
        return areas_alone(rest, many, province);
    };
    let mut group =
        Group { kinds, level: None, ownership: None, area_types: Vec::new(), level_of_areas: None, areas_named: false };
    let mut bare = !many;
    while !rest.0.is_empty() {
        bare &= !qualify(&mut rest, &mut group, many)?;
    }
    // «Bệnh viện» alone, in the singular, is a fragment of a name and no group.
    let singular_kind = matches!(
        kinds,
        [BodyKind::Cdc | BodyKind::HealthDepartment | BodyKind::SteeringCommittee | BodyKind::OxygenCoordinationUnit]
    );
    if bare && !singular_kind {
        return None;
    }
    close(&mut group);
    Some(Phrase { group, province })
}

/// «Các huyện, thành phố»: areas that stand for those who govern them.
fn areas_alone(mut rest: Rest<'_>, many: bool, province: Option<String>) -> Option<Phrase> {
    let mut group = Group {
        kinds: &[BodyKind::PeoplesCommittee],
        level: None,
        ownership: None,
        area_types: Vec::new(),
        level_of_areas: None,
        areas_named: true,
    };
    if !many || !area_types(&mut rest, &mut group) || !rest.0.is_empty() {
        return None;
    }
    close(&mut group);
    Some(Phrase { group, province })
}

/// «… trên địa bàn tỉnh Kiên Giang», «… trên địa bàn Thành phố», «… của tỉnh».
fn split_scope(normal: &str) -> (&str, Option<String>) {
    for mark in [" tren dia ban ", " thuoc dia ban "] {
        if let Some((before, place)) = normal.split_once(mark) {
            let place = place.strip_prefix("toan ").unwrap_or(place);
            let here = matches!(place, "tinh" | "thanh pho" | "toan tinh" | "tinh thanh pho");
            return (before, (!here).then(|| place.to_owned()));
        }
    }
    for here in [" cua tinh", " cua thanh pho", " tren dia ban"] {
        if let Some(before) = normal.strip_suffix(here) {
            return (before, None);
        }
    }
    (normal, None)
}

/// Reads one qualifier. `Some(true)`: it tells a group; `None`: not understood.
fn qualify(rest: &mut Rest<'_>, group: &mut Group, many: bool) -> Option<bool> {
    const LEVELS: [(&str, BodyLevel); 4] = [
        ("trung uong", BodyLevel::Central),
        ("tinh", BodyLevel::Province),
        ("huyen", BodyLevel::District),
        ("xa", BodyLevel::Commune),
    ];
    const OWNERS: [(&str, Ownership); 4] = [
        ("tu nhan", Ownership::Private),
        ("ngoai cong lap", Ownership::Private),
        ("quan y", Ownership::Military),
        ("cong an", Ownership::Police),
    ];
    if rest.take("tuyen") || rest.take("cap") {
        let (_, level) = LEVELS.iter().find(|(word, _)| rest.begins_with(word))?;
        // «tuyến huyện, thành phố» lists types; «tuyến huyện» alone is the level.
        if *level == BodyLevel::District && area_types(rest, group) {
            group.level = Some(*level);
            group.area_types =
                if group.area_types.len() == 1 { Vec::new() } else { std::mem::take(&mut group.area_types) };
        } else {
            let word = LEVELS.iter().find(|(_, known)| known == level).map(|(word, _)| *word)?;
            rest.take(word);
            group.level = Some(*level);
        }
        return Some(true);
    }
    if let Some((_, owner)) = OWNERS.iter().find(|(word, _)| rest.take(word)) {
        group.ownership = Some(*owner);
        return Some(true);
    }
    if rest.take("cac") {
        return (group.level.is_none() && area_types(rest, group)).then_some(true);
    }
    if rest.take("da khoa") {
        group.kinds = &[BodyKind::GeneralHospital];
        return Some(true);
    }
    // «Sở Y tế tỉnh», «Ban Chỉ đạo tỉnh»: the level of the addressee, once it ends the phrase.
    for (word, level) in
        [("tinh", BodyLevel::Province), ("thanh pho", BodyLevel::Province), ("quoc gia", BodyLevel::Central)]
    {
        if rest.0 == word
            && matches!(
                group.kinds,
                [BodyKind::HealthDepartment
                    | BodyKind::SteeringCommittee
                    | BodyKind::Cdc
                    | BodyKind::OxygenCoordinationUnit]
            )
        {
            rest.take(word);
            group.level = Some(level);
            return Some(true);
        }
    }
    if rest.take("trung uong") {
        group.level = Some(BodyLevel::Central);
        return Some(true);
    }
    // «Các Trạm Y tế xã, phường»; in the singular «UBND tỉnh» is one body and found by its name.
    (many && group.level.is_none() && group.area_types.is_empty() && area_types(rest, group)).then_some(true)
}

/// Reads a list of area types; whether there was one that makes sense at one level. Takes no word
/// otherwise.
fn area_types(from: &mut Rest<'_>, group: &mut Group) -> bool {
    let mut rest = Rest(from.0);
    let mut types: Vec<&(&'static str, &[AreaLevel])> = Vec::new();
    while let Some(found) = TYPES.iter().find(|(word, _)| rest.take(word)) {
        types.push(found);
        rest.take("va");
    }
    let level = [AreaLevel::Province, AreaLevel::District, AreaLevel::Commune]
        .into_iter()
        .find(|level| !types.is_empty() && types.iter().all(|(_, levels)| levels.contains(level)));
    let central = rest.take("truc thuoc trung uong");
    let Some(level) = level.filter(|level| !central || *level == AreaLevel::Province) else { return false };
    group.area_types = types.iter().map(|(word, _)| *word).collect();
    group.level_of_areas = Some(level);
    from.0 = rest.0;
    true
}

/// What a finished phrase implies: the level of the areas listed, the state as owner.
fn close(group: &mut Group) {
    if let Some(level) = group.level_of_areas {
        group.level = Some(match level {
            AreaLevel::Province => BodyLevel::Province,
            AreaLevel::District => BodyLevel::District,
            AreaLevel::Commune => BodyLevel::Commune,
        });
    }
    if group.ownership.is_none() && group.level.is_some() {
        group.ownership = Some(Ownership::Public);
    }
}

/// What is left to understand.
struct Rest<'a>(&'a str);

impl Rest<'_> {
    /// Whether whole words stand next.
    fn begins_with(&self, words: &str) -> bool {
        self.0.strip_prefix(words).is_some_and(|after| after.is_empty() || after.starts_with(' '))
    }

    /// Takes whole words from the front.
    fn take(&mut self, words: &str) -> bool {
        let next = self.begins_with(words);
        if next {
            self.0 = self.0[words.len()..].trim_start();
        }
        next
    }
}
