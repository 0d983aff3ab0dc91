//! Looks that stand in `styles.xml`: fonts, capitals, hidden text, list numbers, by style.

use std::collections::HashMap;

use quick_xml::events::BytesStart;

use super::super::LetterFileProblem;
use super::super::xml::{Step, Steps, attribute, is_on};

/// What a style or a run says about its words; `None`: nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Look {
    pub(super) font: Option<String>,
    pub(super) capitals: Option<bool>,
    pub(super) hidden: Option<bool>,
}

impl Look {
    /// Takes in an element of run properties.
    pub(super) fn take(&mut self, start: &BytesStart<'_>) {
        match start.local_name().as_ref() {
            "rFonts" => {
                let named = attribute(start, "ascii").or_else(|| attribute(start, "hAnsi"));
                if named.is_some() {
                    self.font = named;
                }
            }
            "caps" => self.capitals = Some(is_on(start)),
            "vanish" | "webHidden" => self.hidden = Some(is_on(start)),
            _ => {}
        }
    }

    /// This look, and where it is silent the other.
    pub(super) fn over(self, below: &Self) -> Self {
        Self {
            font: self.font.or_else(|| below.font.clone()),
            capitals: self.capitals.or(below.capitals),
            hidden: self.hidden.or(below.hidden),
        }
    }
}

/// The number of a paragraph: list and level.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct ListPlace {
    pub(super) list: Option<String>,
    pub(super) level: Option<usize>,
}

impl ListPlace {
    pub(super) fn take(&mut self, start: &BytesStart<'_>) {
        match start.local_name().as_ref() {
            "numId" => self.list = attribute(start, "val"),
            "ilvl" => self.level = attribute(start, "val").and_then(|value| value.parse().ok()),
            _ => {}
        }
    }
}

#[derive(Clone, Debug, Default)]
struct Style {
    based_on: Option<String>,
    look: Look,
    place: ListPlace,
}

/// All styles of a file.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: HashMap<String, Style>,
    everywhere: Look,
    usual: Option<String>,
}

/// Most styles that may rest on each other.
const DEEPEST: usize = 20;

impl Styles {
    pub(super) fn read(xml: &str) -> Result<Self, LetterFileProblem> {
        let mut styles = Self::default();
        let mut steps = Steps::of(xml);
        let mut now: Option<(String, Style)> = None;
        let mut defaults = false;
        loop {
            match steps.next()? {
                Step::Open(start) | Step::Alone(start) => match start.local_name().as_ref() {
                    "docDefaults" => defaults = true,
                    "style" => {
                        let id = attribute(&start, "styleId").unwrap_or_default();
                        let paragraph = attribute(&start, "type").is_some_and(|kind| kind == "paragraph");
                        if paragraph && attribute(&start, "default").is_some_and(|value| value == "1") {
                            styles.usual = Some(id.clone());
                        }
                        now = Some((id, Style::default()));
                    }
                    "basedOn" => {
                        if let Some((_, style)) = &mut now {
                            style.based_on = attribute(&start, "val");
                        }
                    }
                    _ => match &mut now {
                        Some((_, style)) => {
                            style.look.take(&start);
                            style.place.take(&start);
                        }
                        None if defaults => styles.everywhere.take(&start),
                        None => {}
                    },
                },
                Step::Close(name) if name == "docDefaults" => defaults = false,
                Step::Close(name) if name == "style" => {
                    if let Some((id, style)) = now.take() {
                        styles.styles.insert(id, style);
                    }
                }
                Step::End => return Ok(styles),
                _ => {}
            }
        }
    }

    /// The style and those that it rests on.
    fn chain<'s>(&'s self, id: Option<&'s str>) -> impl Iterator<Item = &'s Style> {
        let first = id.and_then(|id| self.styles.get(id));
        let below = |style: &&'s Style| self.styles.get(style.based_on.as_deref()?);
        std::iter::successors(first, below).take(DEEPEST)
    }

    /// The look that a paragraph style gives to its words.
    pub(super) fn of_paragraph(&self, id: Option<&str>) -> Look {
        let chain = self.chain(id.or(self.usual.as_deref()));
        let look = chain.fold(Look::default(), |look, style| look.over(&style.look));
        look.over(&self.everywhere)
    }

    /// The look of a style of words alone.
    pub(super) fn of_words(&self, id: &str) -> Look {
        self.chain(Some(id)).fold(Look::default(), |look, style| look.over(&style.look))
    }

    /// The list that a paragraph style belongs to.
    pub(super) fn place(&self, id: Option<&str>) -> ListPlace {
        self.chain(id).fold(ListPlace::default(), |place, style| ListPlace {
            list: place.list.or_else(|| style.place.list.clone()),
            level: place.level.or(style.place.level),
        })
    }
}
