//! Who heads a body, who stands in, who is the oxygen officer, who is on duty (OX11, DT06).

use quantity::Moment;
use serde::{Deserialize, Serialize};

use super::BodyError;
use crate::{BodyId, PersonId};

/// A post or duty in a body.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PostKind {
    /// Thủ trưởng: chair, director.
    Head,
    /// Cấp phó.
    Deputy,
    /// Cán bộ đầu mối: the named oxygen officer.
    FocalOfficer,
    /// The oxygen officer's deputy.
    FocalDeputy,
    /// Trực: on duty for a shift.
    DutyOfficer,
}

impl PostKind {
    /// The post that steps in when this one's holder is absent.
    pub const fn deputy(self) -> Option<Self> {
        match self {
            Self::Head => Some(Self::Deputy),
            Self::FocalOfficer => Some(Self::FocalDeputy),
            Self::Deputy | Self::FocalDeputy | Self::DutyOfficer => None,
        }
    }
}

/// A person in a post from one moment to another.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Post {
    /// The body.
    pub body: BodyId,
    /// The post.
    pub kind: PostKind,
    /// Who holds it.
    pub person: PersonId,
    /// The name to call, as it is written.
    pub name: String,
    /// The phone of the post or duty, not of the person's private life, when one was given.
    pub phone: Option<String>,
    /// From this moment.
    pub from: Moment,
    /// To this moment, not included; `None` until further notice.
    pub to: Option<Moment>,
}

impl Post {
    /// Checks the phone and the order of the two moments.
    ///
    /// # Errors
    /// [`BodyError::PhoneUnreadable`], [`BodyError::EndsBeforeItBegins`].
    pub fn check(self) -> Result<Self, BodyError> {
        if self.to.is_some_and(|to| to <= self.from) {
            return Err(BodyError::EndsBeforeItBegins);
        }
        if let Some(phone) = self.phone.as_deref().filter(|phone| !is_phone(phone)) {
            return Err(BodyError::PhoneUnreadable { phone: phone.to_owned() });
        }
        Ok(self)
    }

    fn held_at(&self, at: Moment) -> bool {
        self.from <= at && self.to.is_none_or(|to| at < to)
    }
}

/// Short numbers of the state have three digits or more, international ones up to fifteen.
fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    (3..=15).contains(&digits) && text.chars().all(|c| c.is_ascii_digit() || " .-+()".contains(c))
}

/// A time during which a person does not answer.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Absence {
    /// Who is away.
    pub person: PersonId,
    /// From this moment.
    pub from: Moment,
    /// To this moment, not included; `None` until further notice.
    pub to: Option<Moment>,
}

/// Whom to call, and whether he stands in for another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standin<'a> {
    /// The holder himself.
    Holder(&'a Post),
    /// The deputy, because the holder is away or the post is empty.
    Deputy(&'a Post),
}

impl<'a> Standin<'a> {
    /// The post of whoever is to be called.
    pub const fn post(self) -> &'a Post {
        match self {
            Self::Holder(post) | Self::Deputy(post) => post,
        }
    }
}

/// What is wrong with the staffing of a body at a moment.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
pub enum StaffingGap {
    /// No oxygen officer is named.
    NoFocalOfficer,
    /// One is named, and no deputy.
    NoFocalDeputy,
    /// Officer and deputy are both away.
    NobodyPresent,
    /// The one who answers has left no phone.
    NoPhone,
}

/// Posts and absences of any number of bodies.
#[derive(Clone, Debug, Default)]
pub struct Roster {
    posts: Vec<Post>,
    absences: Vec<Absence>,
}

impl Roster {
    /// A roster of posts and absences.
    pub fn new(posts: Vec<Post>, absences: Vec<Absence>) -> Self {
        Self { posts, absences }
    }

    /// Everyone in a post of a body at a moment, absent or not, latest appointed first.
    pub fn holders(&self, body: BodyId, kind: PostKind, at: Moment) -> Vec<&Post> {
        let mut held: Vec<&Post> =
            self.posts.iter().filter(|post| post.body == body && post.kind == kind && post.held_at(at)).collect();
        held.sort_by_key(|post| std::cmp::Reverse(post.from));
        held
    }

    /// Everyone who holds a post of a body at a moment, absent or not, in the order in which they were entered.
    pub fn people(&self, body: BodyId, at: Moment) -> Vec<&Post> {
        self.posts.iter().filter(|post| post.body == body && post.held_at(at)).collect()
    }

    /// Whether a person is away at a moment.
    pub fn is_absent(&self, person: PersonId, at: Moment) -> bool {
        self.absences.iter().any(|away| away.person == person && away.from <= at && away.to.is_none_or(|to| at < to))
    }

    /// Whom to call for a post at a moment: a present holder, otherwise a present deputy.
    pub fn whom(&self, body: BodyId, kind: PostKind, at: Moment) -> Option<Standin<'_>> {
        let present = |kind| self.holders(body, kind, at).into_iter().find(|post| !self.is_absent(post.person, at));
        present(kind).map(Standin::Holder).or_else(|| present(kind.deputy()?).map(Standin::Deputy))
    }

    /// What is wrong with the oxygen officers of a body at a moment, gravest last.
    pub fn gaps(&self, body: BodyId, at: Moment) -> Vec<StaffingGap> {
        let mut gaps = Vec::new();
        if self.holders(body, PostKind::FocalOfficer, at).is_empty() {
            gaps.push(StaffingGap::NoFocalOfficer);
        }
        if self.holders(body, PostKind::FocalDeputy, at).is_empty() {
            gaps.push(StaffingGap::NoFocalDeputy);
        }
        match self.whom(body, PostKind::FocalOfficer, at) {
            None => gaps.push(StaffingGap::NobodyPresent),
            Some(standin) if standin.post().phone.is_none() => gaps.push(StaffingGap::NoPhone),
            Some(_) => {}
        }
        gaps
    }
}
