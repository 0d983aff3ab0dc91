//! Invented people: heads, oxygen officers, deputies and duty phones of a body.

use place::{Absence, BodyId, PersonId, Post, PostKind};
use quantity::{Moment, Span};

use crate::Chapter;
use crate::dice::Dice;

const FAMILY: [&str; 16] = [
    "Lê", "Nguyễn", "Trần", "Phạm", "Huỳnh", "Danh", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý", "Thạch",
    "Phan",
];
const MIDDLE: [[&str; 6]; 2] =
    [["Thị", "Ngọc", "Kim", "Thị Mỹ", "Thị Bé", "Hồng"], ["Văn", "Hữu", "Thanh", "Minh", "Văn Út", "Chí"]];
const GIVEN: [[&str; 14]; 2] = [
    ["Mận", "Lài", "Nhãn", "Sen", "Mướp", "Đào", "Lựu", "Bưởi", "Cúc", "Thắm", "Rạng", "Diễm", "Hến", "Nở"],
    ["Đước", "Tràm", "Lụa", "Sậy", "Khóm", "Vàm", "Ghe", "Buồm", "Kiên", "Rẫy", "Lúa", "Bần", "Nhái", "Trạch"],
];

/// People of one chapter: no name comes twice.
pub(crate) struct Staff {
    chapter: Chapter,
    seed: u64,
    count: u64,
    names: Vec<String>,
    /// Who holds which post.
    pub(crate) posts: Vec<Post>,
    /// Who is away when.
    pub(crate) absences: Vec<Absence>,
}

/// The two who report for a facility.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Officers {
    pub(crate) focal: PersonId,
    pub(crate) deputy: PersonId,
}

impl Staff {
    pub(crate) fn new(chapter: Chapter, seed: u64) -> Self {
        Self { chapter, seed, count: 0, names: Vec::new(), posts: Vec::new(), absences: Vec::new() }
    }

    /// Head, oxygen officer with deputy, and the duty phone of a body that uses oxygen.
    pub(crate) fn of_facility(&mut self, body: BodyId) -> Officers {
        self.appoint(body, PostKind::Head, "BS.");
        let focal = self.appoint(body, PostKind::FocalOfficer, "DS.");
        let deputy = self.appoint(body, PostKind::FocalDeputy, "ĐD.");
        self.appoint(body, PostKind::DutyOfficer, "BS.");
        let mut dice = Dice::of(self.seed, "absence", self.count, 0);
        if dice.chance(0.12) {
            let from = self.chapter.opening() - Span::hours(20 + dice.below(30) as i64);
            self.absences.push(Absence { person: focal, from, to: Some(from + Span::hours(96)) });
        }
        Officers { focal, deputy }
    }

    /// Head, deputy and duty phone of an office or supplier.
    pub(crate) fn of_office(&mut self, body: BodyId, title: &'static str) {
        for kind in [PostKind::Head, PostKind::Deputy, PostKind::DutyOfficer] {
            self.appoint(body, kind, title);
        }
    }

    fn appoint(&mut self, body: BodyId, kind: PostKind, title: &str) -> PersonId {
        self.count += 1;
        let mut dice = Dice::of(self.seed, "person", self.count, 0);
        let from = self.chapter.history_from() - Span::days(200);
        let person = PersonId(dice.id(from + Span::seconds(self.count as i64)));
        let name = self.new_name(&mut dice, title);
        let phone = Some(self.phone());
        self.posts.push(Post { body, kind, person, name, phone, from, to: None });
        person
    }

    /// A number that cannot be dialled: no subscriber's number begins with a zero.
    fn phone(&self) -> String {
        format!("0297 000 {:04}", self.count)
    }

    fn new_name(&mut self, dice: &mut Dice, title: &str) -> String {
        loop {
            let side = dice.below(2);
            let family = FAMILY[dice.below(FAMILY.len())];
            let middle = MIDDLE[side][dice.below(MIDDLE[side].len())];
            let given = GIVEN[side][dice.below(GIVEN[side].len())];
            let name = format!("{family} {middle} {given}");
            // Some 2,700 names for about 150 people: a free one comes soon.
            if !self.names.contains(&name) {
                self.names.push(name.clone());
                return format!("{title} {name}");
            }
        }
    }
}

/// Whether a person is away at a moment.
pub(crate) fn is_away(absences: &[Absence], person: PersonId, at: Moment) -> bool {
    absences.iter().any(|away| away.person == person && away.from <= at && away.to.is_none_or(|to| at < to))
}
