//! The small pieces of every page: a figure with its unit, age and source; a range; a tone; a phone.

use locale::{Fact, Locale};

/// Speaks the words of a page in its language.
#[derive(Clone, Copy, Debug, Default)]
pub struct Say(pub Locale);

impl Say {
    /// The text of a key.
    pub fn say(&self, key: &str) -> String {
        locale::say(self.0, key, &[])
    }

    /// The text of a key with one fact.
    pub fn one(&self, key: &str, name: &str, fact: impl Into<Fact>) -> String {
        locale::say(self.0, key, &[(name, fact.into())])
    }

    /// The text of a key with two facts.
    pub fn two(&self, key: &str, name: &str, fact: impl Into<Fact>, second: &str, other: impl Into<Fact>) -> String {
        locale::say(self.0, key, &[(name, fact.into()), (second, other.into())])
    }

    /// `vi` or `en`.
    pub fn tag(&self) -> &'static str {
        self.0.tag()
    }
}

/// What a colour means; each also has a sign and a word.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Tone {
    /// Runs out before help arrives.
    Danger,
    /// Somebody must look.
    Attention,
    /// Confirmed, received.
    Confirmed,
    /// Old or simulated.
    Old,
    /// Nothing to say.
    #[default]
    Plain,
}

impl Tone {
    /// The class in the style sheet.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Danger => "danger",
            Self::Attention => "attention",
            Self::Confirmed => "confirmed",
            Self::Old => "old",
            Self::Plain => "plain",
        }
    }

    /// Whether a sign stands before the words.
    pub const fn has_sign(self) -> bool {
        !matches!(self, Self::Plain)
    }
}

/// A number as a person reads it: value, unit, age, source, always in this order.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Figure {
    /// `310`; `None` is «chưa rõ», never 0.
    pub value: Option<String>,
    /// `kg`.
    pub unit: String,
    /// `12 phút`; empty when it stands elsewhere on the line.
    pub age: String,
    /// `đồng hồ bồn`; empty when it stands elsewhere on the line.
    pub source: String,
    /// Colour of the value.
    pub tone: Tone,
}

impl Figure {
    /// A value with its unit, whose age and source stand elsewhere.
    pub fn of(value: impl Into<String>, unit: impl Into<String>) -> Self {
        Self { value: Some(value.into()), unit: unit.into(), ..Self::default() }
    }

    /// With its age and source.
    #[must_use]
    pub fn told(mut self, age: impl Into<String>, source: impl Into<String>) -> Self {
        self.age = age.into();
        self.source = source.into();
        self
    }

    /// In a tone.
    #[must_use]
    pub fn toned(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }
}

/// A range, the pessimistic end first and larger: «2 giờ 10 – 3 giờ 40».
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Range {
    /// `2 giờ 10`.
    pub low: String,
    /// `3 giờ 40`; `None` when there is one value only.
    pub high: Option<String>,
}

/// How long the oxygen of a facility lasts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Left {
    /// Nothing usable is left, since when: the top alarm.
    Out {
        /// `01:50`.
        since: String,
    },
    /// Hours or days.
    Lasts(Range),
    /// «chưa rõ», and why, as a short clause: «chưa nghe từ 18:05».
    Unknown {
        /// The clause.
        why: String,
    },
}

/// A telephone that one tap calls.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Phone {
    /// Whose: «trực BV Hải Âu», «DS. Lê Thị Mận».
    pub who: String,
    /// As written: `0297 3 555 014`.
    pub shown: String,
    /// As dialled: `02973555014`.
    pub dial: String,
}

/// A link with its words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Link {
    /// What it says.
    pub text: String,
    /// Where it leads.
    pub href: String,
}

/// One option of a list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub text: String,
    /// Whether it is chosen.
    pub chosen: bool,
}
