//! XML of a package as a small tree, bounded in depth, elements and text; the writer of the same.

use quick_xml::events::BytesStart;

use super::{ExchangeProblem, PackageLimits};
use crate::letter_file::xml::{Step, Steps};

/// Attributes of an element that are kept.
const ATTRIBUTES: usize = 32;

/// An element: local names only, whatever the prefix.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub words: String,
    pub children: Vec<Self>,
}

impl Element {
    /// Those at a path below this one.
    pub fn all<'e>(&'e self, path: &str) -> Vec<&'e Self> {
        let mut found = vec![self];
        for name in path.split('/').filter(|name| !name.is_empty()) {
            found = found.iter().flat_map(|one| &one.children).filter(|child| child.name == name).collect();
        }
        found
    }

    /// What stands at the first of some paths that holds anything; «@href» is an attribute.
    pub fn values(&self, paths: &[String]) -> Vec<String> {
        let at = |path: &String| -> Vec<String> {
            let (path, attribute) = path.split_once('@').unwrap_or((path, ""));
            let found = self.all(path.trim_end_matches('/')).into_iter();
            let text = |one: &Self| match attribute {
                "" => Some(one.words.clone()),
                name => one.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone()),
            };
            let texts = found.filter_map(text).map(|text| text.trim().to_owned());
            texts.filter(|text| !text.is_empty()).collect()
        };
        paths.iter().map(at).find(|found| !found.is_empty()).unwrap_or_default()
    }

    /// The first of [`Element::values`].
    pub fn value(&self, paths: &[String]) -> Option<String> {
        self.values(paths).into_iter().next()
    }
}

/// Reads a text into its outermost element.
pub(super) fn read(text: &str, limits: &PackageLimits) -> Result<Element, ExchangeProblem> {
    let mut steps = Steps::of(text);
    let mut open: Vec<Element> = Vec::new();
    let mut elements = 0_usize;
    loop {
        match steps.next()? {
            Step::Open(start) => {
                elements += 1;
                if elements > limits.elements || open.len() >= limits.depth {
                    return Err(ExchangeProblem::TooDeep);
                }
                open.push(begun(&start));
            }
            Step::Alone(start) => {
                elements += 1;
                let parent = open.last_mut().ok_or(ExchangeProblem::NotAPackage)?;
                if elements > limits.elements {
                    return Err(ExchangeProblem::TooDeep);
                }
                parent.children.push(begun(&start));
            }
            Step::Close(_) => {
                let done = open.pop().ok_or_else(cut)?;
                match open.last_mut() {
                    Some(parent) => parent.children.push(done),
                    None => return Ok(done),
                }
            }
            Step::Words(words) => {
                if let Some(last) = open.last_mut() {
                    last.words.push_str(&words);
                }
            }
            Step::End => return Err(cut()),
        }
    }
}

fn cut() -> ExchangeProblem {
    ExchangeProblem::Damaged { cause: "xml: ends too early".to_owned() }
}

fn begun(start: &BytesStart<'_>) -> Element {
    let attributes = start.attributes().flatten().take(ATTRIBUTES).filter_map(|attribute| {
        let name = attribute.key.local_name().as_ref().to_owned();
        let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok()?;
        Some((name, value.into_owned()))
    });
    Element { name: start.local_name().as_ref().to_owned(), attributes: attributes.collect(), ..Element::default() }
}

impl Element {
    /// An element of a name.
    pub fn named(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    /// An element with words.
    pub fn saying(name: &str, words: &str) -> Self {
        Self { words: words.to_owned(), ..Self::named(name) }
    }

    /// The last element at a path, made where there is none.
    pub fn made(&mut self, path: &str) -> &mut Self {
        let mut at = self;
        for name in path.split('/').filter(|name| !name.is_empty()) {
            let known = at.children.iter().rposition(|child| child.name == name);
            let place = known.unwrap_or_else(|| {
                at.children.push(Self::named(name));
                at.children.len() - 1
            });
            at = &mut at.children[place];
        }
        at
    }

    /// As text, every element with a prefix, the namespace at the outermost.
    pub fn written(&self, prefix: &str, namespace: &str) -> String {
        let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        self.write(prefix, Some(namespace), 0, &mut text);
        text
    }

    fn write(&self, prefix: &str, namespace: Option<&str>, depth: usize, text: &mut String) {
        let indent = "  ".repeat(depth);
        text.push_str(&format!("{indent}<{prefix}:{}", self.name));
        if let Some(namespace) = namespace {
            text.push_str(&format!(" xmlns:{prefix}=\"{}\"", escaped(namespace)));
        }
        for (name, value) in &self.attributes {
            text.push_str(&format!(" {name}=\"{}\"", escaped(value)));
        }
        text.push('>');
        if self.children.is_empty() {
            text.push_str(&escaped(&self.words));
        } else {
            text.push('\n');
            for child in &self.children {
                child.write(prefix, None, depth + 1, text);
            }
            text.push_str(&indent);
        }
        text.push_str(&format!("</{prefix}:{}>\n", self.name));
    }
}

/// Words as XML may hold them: signs that XML forbids are left out.
fn escaped(words: &str) -> String {
    let allowed =
        |sign: &char| matches!(sign, '\t' | '\n' | '\r') || (*sign >= ' ' && !('\u{fffe}'..='\u{ffff}').contains(sign));
    quick_xml::escape::escape(words.chars().filter(allowed).collect::<String>()).into_owned()
}
