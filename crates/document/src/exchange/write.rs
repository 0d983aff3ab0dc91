//! A package to its bytes.

use super::files::packed;
use super::tree::Element;
use super::{ExchangeLayout, ExchangeProblem, Package, to_base64};

/// Where the files of a package stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inside {
    /// A zip: the XML under a name, the files beside it.
    Zip,
    /// In the XML itself, in base64.
    Xml,
}

/// Writes a package by a layout. `name` is the name of the XML inside a zip.
///
/// # Errors
/// [`ExchangeProblem::Damaged`] where the zip cannot be made.
pub fn written(
    layout: &ExchangeLayout,
    package: &Package,
    inside: Inside,
    name: &str,
) -> Result<Vec<u8>, ExchangeProblem> {
    let mut root = Element::named(&layout.root);
    let head = root.made(&layout.letter.at);
    for place in &layout.letter.fields {
        let Some(path) = place.path.first() else { continue };
        let (parent, leaf) = path.rsplit_once('/').unwrap_or(("", path));
        for value in package.fields.get(&place.key).into_iter().flatten() {
            head.made(parent).children.push(Element::saying(leaf, value));
        }
    }
    let at = &layout.attachments;
    let id = |place: usize| format!("cid:tep-{}", place + 1);
    let first = |paths: &[String]| paths.first().cloned().unwrap_or_default();
    let (list, item) = at.reference.rsplit_once('/').unwrap_or(("", &at.reference));
    for (place, file) in package.attachments.iter().enumerate() {
        let mut one = Element::named(item);
        one.made(&first(&at.reference_id)).words = id(place);
        one.made(&first(&at.reference_type)).words.clone_from(&file.media_type);
        one.made(&first(&at.reference_name)).words.clone_from(&file.name);
        root.made(list).children.push(one);
    }
    if inside == Inside::Xml {
        let (list, item) = at.encoded.rsplit_once('/').unwrap_or(("", &at.encoded));
        for (place, file) in package.attachments.iter().enumerate() {
            let mut one = Element::named(item);
            one.made(&first(&at.encoded_id)).words = id(place);
            one.made(&first(&at.encoded_name)).words.clone_from(&file.name);
            one.made(&first(&at.encoded_content)).words = to_base64(&file.bytes);
            root.made(list).children.push(one);
        }
    }
    let text = root.written(&layout.prefix, &layout.namespace);
    match inside {
        Inside::Xml => Ok(text.into_bytes()),
        Inside::Zip => {
            let mut files = vec![(name, text.as_bytes())];
            files.extend(package.attachments.iter().map(|file| (file.name.as_str(), file.bytes.as_slice())));
            packed(&files)
        }
    }
}
