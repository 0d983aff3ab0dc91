//! A page made of sentences, tables and forms: what registers, lists and records look like. A page
//! that needs another shape has a template of its own.

use askama::Template;

use super::{Choice, Link, Phone, Refusal, Say, Shell, Tone, TripBoard};

/// A page of sections under one sentence.
#[derive(Template)]
#[template(path = "plain.html")]
pub struct PlainPage {
    /// The words.
    pub t: Say,
    /// What stands around.
    pub shell: Shell,
    /// Title of the window.
    pub title: String,
    /// Where one came from, outermost first.
    pub trail: Vec<Link>,
    /// The answer to the page's question, said in one line.
    pub sentence: String,
    /// What it rests on; may be empty.
    pub about: String,
    /// What has just been done, after a form; may be empty.
    pub done: String,
    /// Why what was sent was not done, when it belongs to no form of the page.
    pub refusal: Option<Refusal>,
    /// Files and other pages.
    pub links: Vec<Link>,
    /// Address of its tables as a sheet; empty for whoever may not take figures out.
    pub sheet: String,
    /// Where files for this register are sent; empty where there is none, or for whoever may not.
    pub bring_in: String,
    /// The live list of trips, on their page.
    pub board: Option<TripBoard>,
    /// One after the other.
    pub sections: Vec<Section>,
}

impl PlainPage {
    /// A page with its sentence and nothing below it yet.
    pub fn new(t: Say, shell: Shell, title: impl Into<String>, sentence: impl Into<String>) -> Self {
        Self {
            t,
            shell,
            title: title.into(),
            trail: Vec::new(),
            sentence: sentence.into(),
            about: String::new(),
            done: String::new(),
            refusal: None,
            links: Vec::new(),
            sheet: String::new(),
            bring_in: String::new(),
            board: None,
            sections: Vec::new(),
        }
    }

    /// Whether there is a table to be taken out, and somebody who may; a page that offers a sheet of its own
    /// layout offers that one.
    pub fn has_sheet(&self) -> bool {
        if self.links.iter().any(|link| link.href.starts_with("/xuat/")) {
            return false;
        }
        let filled = |section: &Section| section.table.as_ref().is_some_and(|table| !table.rows.is_empty());
        !self.sheet.is_empty() && self.sections.iter().any(filled)
    }
}

/// A part of a page: words, then a drawing, a table, copyable text and forms, each where there is one.
#[derive(Debug, Clone, Default)]
pub struct Section {
    /// Name of its anchor, unique on the page.
    pub id: String,
    /// Heading.
    pub title: String,
    /// What it says in words; may be empty.
    pub about: String,
    /// Files and pages that it is about.
    pub links: Vec<Link>,
    /// An SVG made by `crate::chart`; may be empty. Nothing a person typed goes in unescaped.
    pub drawing: String,
    /// Its table.
    pub table: Option<Table>,
    /// Said where the table has no rows: what to do first.
    pub empty: String,
    /// A text to be pasted elsewhere, shown as it is; may be empty.
    pub copy: String,
    /// Its forms.
    pub forms: Vec<Form>,
    /// Whether the section is folded until somebody opens it.
    pub folded: bool,
    /// Where its table goes on.
    pub more: Option<Link>,
}

impl Section {
    /// A section of a name and a heading.
    pub fn new(id: impl Into<String>, title: impl Into<String>) -> Self {
        Self { id: id.into(), title: title.into(), ..Self::default() }
    }

    /// Whether it says anything beside its forms: the past has no forms.
    pub fn says_something(&self) -> bool {
        let told = !self.about.is_empty() && self.forms.is_empty();
        told || !self.links.is_empty() || !self.drawing.is_empty() || self.table.is_some() || !self.copy.is_empty()
    }

    /// Whether one of its forms was refused: then it is not folded.
    pub fn is_refused(&self) -> bool {
        self.forms.iter().any(|form| form.refusal.is_some())
    }
}

/// Rows under columns.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// Heads of the columns.
    pub columns: Vec<Column>,
    /// Rows; each has as many cells as there are columns.
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    /// Whether a phone shows its rows in two or three lines: one column leads.
    pub fn is_brief(&self) -> bool {
        self.columns.iter().any(|column| column.weight == Weight::Lead)
    }
}

/// The head of a column.
#[derive(Debug, Clone)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Whether numbers stand in it, to the right.
    pub number: bool,
    /// What it is to a phone.
    pub weight: Weight,
}

/// What a column is to a phone, where a row of a long list has two or three lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Weight {
    /// On one line with the others.
    #[default]
    Usual,
    /// What the row is about: on a line of its own, first.
    Lead,
    /// Left to the page that the row leads to.
    Aside,
}

impl Weight {
    /// Its class.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Usual => "",
            Self::Lead => "lead ",
            Self::Aside => "aside ",
        }
    }
}

impl Column {
    /// A column of words.
    pub fn words(name: impl Into<String>) -> Self {
        Self { name: name.into(), number: false, weight: Weight::Usual }
    }

    /// A column of numbers.
    pub fn number(name: impl Into<String>) -> Self {
        Self { name: name.into(), number: true, weight: Weight::Usual }
    }

    /// As the one that its rows are about.
    #[must_use]
    pub fn lead(mut self) -> Self {
        self.weight = Weight::Lead;
        self
    }

    /// As one that a phone leaves out.
    #[must_use]
    pub fn aside(mut self) -> Self {
        self.weight = Weight::Aside;
        self
    }
}

/// One cell: a value with its unit, then what is told of it, a link, a telephone, a button.
#[derive(Debug, Clone, Default)]
pub struct Cell {
    /// The value; empty is left empty, [`Cell::unknown`] says «chưa rõ».
    pub text: String,
    /// Its unit.
    pub unit: String,
    /// Where it leads.
    pub href: String,
    /// In smaller words after it: age, source, reason.
    pub told: String,
    /// Its colour, with its sign.
    pub tone: Tone,
    /// Whether nobody knows it.
    pub unknown: bool,
    /// A telephone to call.
    pub phone: Option<Phone>,
    /// Something to do about the row.
    pub buttons: Vec<Form>,
    /// Where more stands about it, in smaller words.
    pub more: Option<Link>,
    /// Address of a picture, shown small; empty where there is none.
    pub picture: String,
}

/// Values of more letters than this may break into lines; a plate, a number or a day may not.
const LONG: usize = 26;

impl Cell {
    /// Whether the value may break into lines.
    pub fn is_long(&self) -> bool {
        self.text.chars().count() > LONG
    }

    /// Words or a number.
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// A number with its unit.
    pub fn figure(value: impl Into<String>, unit: impl Into<String>) -> Self {
        Self { text: value.into(), unit: unit.into(), ..Self::default() }
    }

    /// Words that lead somewhere.
    pub fn link(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self { text: text.into(), href: href.into(), ..Self::default() }
    }

    /// «chưa rõ».
    pub fn unknown() -> Self {
        Self { unknown: true, ..Self::default() }
    }

    /// A figure if there is one, «chưa rõ» otherwise.
    pub fn known(value: Option<String>, unit: impl Into<String>) -> Self {
        value.map_or_else(Self::unknown, |value| Self::figure(value, unit))
    }

    /// With smaller words after it.
    #[must_use]
    pub fn told(mut self, told: impl Into<String>) -> Self {
        self.told = told.into();
        self
    }

    /// With a link in smaller words to where more stands.
    #[must_use]
    pub fn more(mut self, more: Link) -> Self {
        self.more = Some(more);
        self
    }

    /// In a tone.
    #[must_use]
    pub fn toned(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }
}

/// A form: sent once, its key made on the device.
#[derive(Debug, Clone, Default)]
pub struct Form {
    /// Where it goes.
    pub action: String,
    /// The button.
    pub submit: String,
    /// Name and value of fields that nobody sees.
    pub hidden: Vec<(String, String)>,
    /// Its fields.
    pub fields: Vec<Field>,
    /// What it means, under the button; may be empty.
    pub means: String,
    /// Why what was sent was not done.
    pub refusal: Option<Refusal>,
    /// The key for a browser without script: `crate::pages::fields::server_key()`.
    pub key: String,
    /// Whether a file travels with it.
    pub multipart: bool,
    /// Whether it only asks: then its fields stand in the address.
    pub asks: bool,
}

impl Form {
    /// A form without fields yet.
    pub fn new(action: impl Into<String>, submit: impl Into<String>, key: impl Into<String>) -> Self {
        Self { action: action.into(), submit: submit.into(), key: key.into(), ..Self::default() }
    }

    /// With a field.
    #[must_use]
    pub fn field(mut self, field: Field) -> Self {
        self.fields.push(field);
        self
    }

    /// With a field that nobody sees.
    #[must_use]
    pub fn hidden(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.hidden.push((name.into(), value.into()));
        self
    }

    /// Whether the refusal is about a field.
    pub fn refuses(&self, name: &str) -> bool {
        self.refusal.as_ref().is_some_and(|refused| refused.is_about(name))
    }
}

/// How a field is filled.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Input {
    /// Words on one line.
    #[default]
    Words,
    /// Words on several lines.
    Lines,
    /// A number, with the unit that stands behind it.
    Number(String),
    /// A whole number that is moved: its lower end, its upper end, its step, what stands behind it.
    Slider(u32, u32, u32, String),
    /// A day.
    Day,
    /// A day and an hour.
    Moment,
    /// One of some.
    Choices(Vec<Choice>),
    /// Yes or no; the value sent is `1`.
    Check,
    /// A telephone.
    Phone,
    /// A file of these kinds, as in the attribute `accept`.
    File(String),
}

/// A field of a form.
#[derive(Debug, Clone, Default)]
pub struct Field {
    /// As it is sent.
    pub name: String,
    /// As it is read.
    pub label: String,
    /// What stands in it.
    pub value: String,
    /// How it is filled.
    pub input: Input,
    /// A hint under it; may be empty.
    pub hint: String,
    /// Whether it may not be empty.
    pub required: bool,
}

impl Field {
    /// A field of words.
    pub fn words(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self { name: name.into(), label: label.into(), ..Self::default() }
    }

    /// Filled otherwise.
    #[must_use]
    pub fn input(mut self, input: Input) -> Self {
        self.input = input;
        self
    }

    /// With what stands in it.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        self
    }

    /// With a hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// That may not be empty.
    #[must_use]
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }
}
