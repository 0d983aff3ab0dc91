//! A package from its bytes.

use super::files::{Budget, is_zip, names, plain_name, taken_out, unpacked};
use super::layout::{ExchangeLayout, FieldAt};
use super::tree::{Element, read};
use super::{Attachment, ExchangeProblem, Fields, Key, Message, Package, PackageLimits, StatusTold, base64_of, mime};

/// Values of one field that are kept.
const VALUES: usize = 200;

/// A file that came beside the XML, by what the list may call it.
struct Beside {
    id: String,
    name: String,
    media_type: String,
    bytes: Vec<u8>,
}

/// Whether a file looks like a package rather than a letter by itself: XML, a MIME message, or a zip that holds XML
/// and is no Word or Excel file.
pub fn is_package(bytes: &[u8]) -> bool {
    if is_zip(bytes) {
        let names = names(bytes);
        return !names.iter().any(|name| name == "[Content_Types].xml") && names.iter().any(|name| is_xml_name(name));
    }
    is_xml(bytes) || mime::is_mime(bytes)
}

fn is_xml_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.ends_with(".xml") || name.ends_with(".edxml")
}

fn is_xml(bytes: &[u8]) -> bool {
    let head = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes);
    let blanks = head.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    let head = String::from_utf8_lossy(&head[blanks..head.len().min(blanks + 40)]).to_ascii_lowercase();
    // A page of the web is another kind of file, refused elsewhere in its own words.
    let page = head.starts_with("<html") || head.starts_with("<!doctype html");
    let tag = head
        .strip_prefix('<')
        .is_some_and(|rest| rest.starts_with(|sign: char| sign.is_ascii_alphabetic() || matches!(sign, '?' | '!')));
    tag && !page
}

/// Reads a package by the first layout that knows its outermost element.
///
/// # Errors
/// [`ExchangeProblem`]; of a package that is refused nothing is given out.
pub fn read_package(
    bytes: &[u8],
    layouts: &[ExchangeLayout],
    limits: &PackageLimits,
) -> Result<Message, ExchangeProblem> {
    if bytes.len() as u64 > limits.file_bytes {
        return Err(ExchangeProblem::TooLarge { limit: limits.file_bytes });
    }
    let mut budget = Budget::of(limits);
    if is_zip(bytes) {
        let files = unpacked(bytes, limits, &mut budget)?;
        let (inside, others): (Vec<_>, Vec<_>) =
            files.into_iter().partition(|(name, bytes)| is_xml_name(name) && root_of(bytes, layouts, limits).is_some());
        return match inside.as_slice() {
            [] => Err(ExchangeProblem::NotAPackage),
            [(_, xml)] => {
                let beside = others.into_iter();
                let beside =
                    beside.map(|(name, bytes)| Beside { id: String::new(), name, media_type: String::new(), bytes });
                of_xml(xml, beside.collect(), layouts, limits, &mut budget)
            }
            several => Err(ExchangeProblem::Several { count: several.len() }),
        };
    }
    if is_xml(bytes) {
        return of_xml(bytes, Vec::new(), layouts, limits, &mut budget);
    }
    if mime::is_mime(bytes) {
        let mut parts = mime::parts(bytes, limits)?.into_iter();
        let first = parts.next().ok_or(ExchangeProblem::NotAPackage)?;
        let mut beside = Vec::new();
        for part in parts {
            let name = if part.name.is_empty() { part.id.clone() } else { plain_name(&part.name)? };
            budget.spend(part.bytes.len())?;
            beside.push(Beside { id: part.id, name, media_type: part.media_type, bytes: part.bytes });
        }
        return of_xml(&first.bytes, beside, layouts, limits, &mut budget);
    }
    Err(ExchangeProblem::NotAPackage)
}

fn text_of(bytes: &[u8]) -> Result<&str, ExchangeProblem> {
    std::str::from_utf8(bytes).map_err(|_| ExchangeProblem::Damaged { cause: "xml: no UTF-8".to_owned() })
}

/// The outermost element of an XML that a layout knows. XML that is none of ours is a file like any other.
fn root_of(bytes: &[u8], layouts: &[ExchangeLayout], limits: &PackageLimits) -> Option<Element> {
    let root = read(text_of(bytes).ok()?, limits);
    // What is refused is ours to refuse, whatever it would have been.
    match root {
        Ok(root) => layouts.iter().any(|layout| layout.root == root.name).then_some(root),
        Err(_) => Some(Element::default()),
    }
}

fn of_xml(
    bytes: &[u8],
    beside: Vec<Beside>,
    layouts: &[ExchangeLayout],
    limits: &PackageLimits,
    budget: &mut Budget,
) -> Result<Message, ExchangeProblem> {
    let root = read(text_of(bytes)?, limits)?;
    let known = layouts.iter().filter(|layout| layout.root == root.name);
    let layout = known.clone().find(|layout| !heads(layout, &root).is_empty()).or_else(|| known.clone().next());
    let layout = layout.ok_or(ExchangeProblem::UnknownLayout)?;
    let letters = root.all(&layout.letter.at);
    let states = root.all(&layout.status.at);
    match (letters.as_slice(), states.as_slice()) {
        ([], []) => Err(ExchangeProblem::NotAPackage),
        ([], [state, ..]) => {
            let fields = fields_of(state, &layout.status.fields, limits);
            let code = fields.get(&Key::Status).and_then(|codes| codes.first());
            let state = code.and_then(|code| layout.status_of(code)).cloned();
            Ok(Message::Status(StatusTold { layout: layout.key.clone(), fields, state }))
        }
        ([head], _) => {
            let fields = fields_of(head, &layout.letter.fields, limits);
            if fields.get(&Key::Secrecy).is_some_and(|said| said.iter().any(|said| is_secret(said))) {
                return Err(ExchangeProblem::Secret);
            }
            let day = fields.get(&Key::Day).and_then(|days| days.first()).and_then(|day| layout.day(day));
            let (attachments, missing) = attachments(&root, layout, beside, limits, budget)?;
            Ok(Message::Letter(Package { layout: layout.key.clone(), fields, day, attachments, missing }))
        }
        (several, _) => Err(ExchangeProblem::Several { count: several.len() }),
    }
}

fn heads<'e>(layout: &ExchangeLayout, root: &'e Element) -> Vec<&'e Element> {
    let mut found = root.all(&layout.letter.at);
    found.extend(root.all(&layout.status.at));
    found
}

fn fields_of(head: &Element, places: &[FieldAt], limits: &PackageLimits) -> Fields {
    let mut fields = Fields::new();
    for place in places {
        let values = head.values(&place.path).into_iter().take(VALUES);
        let values: Vec<String> =
            values.map(|value| plain(&value, limits.field)).filter(|value| !value.is_empty()).collect();
        if !values.is_empty() {
            fields.insert(place.key, values);
        }
    }
    fields
}

/// A value on one line, composed, without signs that nobody sees.
fn plain(value: &str, longest: usize) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    let seen = value.nfc().map(|sign| if sign.is_control() { ' ' } else { sign }).take(longest);
    seen.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether what stands in a field of secrecy means more than none.
fn is_secret(said: &str) -> bool {
    let plain = said.trim().to_lowercase();
    !matches!(plain.as_str(), "" | "0" | "false" | "thường" | "bình thường" | "không" | "không mật" | "none" | "normal")
}

/// The files, in the order of the list, and the names of those that are not there.
fn attachments(
    root: &Element,
    layout: &ExchangeLayout,
    beside: Vec<Beside>,
    limits: &PackageLimits,
    budget: &mut Budget,
) -> Result<(Vec<Attachment>, Vec<String>), ExchangeProblem> {
    let at = &layout.attachments;
    let (listed, encoded) = (root.all(&at.reference), root.all(&at.encoded));
    if listed.len() > limits.attachments || encoded.len() > limits.attachments {
        return Err(ExchangeProblem::TooMany { limit: limits.attachments });
    }
    let mut held = Vec::new();
    for (place, one) in encoded.iter().enumerate() {
        let content = one.value(&at.encoded_content).unwrap_or_default();
        let bytes = base64_of(&content).ok_or(ExchangeProblem::BadFile { place: place + 1 })?;
        budget.spend(bytes.len())?;
        held.push(Beside {
            id: one.value(&at.encoded_id).unwrap_or_default(),
            name: one.value(&at.encoded_name).unwrap_or_default(),
            media_type: String::new(),
            bytes,
        });
    }
    held.extend(beside);
    let (mut found, mut missing) = (Vec::new(), Vec::new());
    for (place, one) in listed.iter().enumerate() {
        let id = one.value(&at.reference_id).unwrap_or_default();
        let name = one.value(&at.reference_name).unwrap_or_default();
        let media_type = one.value(&at.reference_type).unwrap_or_default();
        let by_id = held.iter().position(|one| !bare(&id).is_empty() && bare(&one.id) == bare(&id));
        let known = by_id.or_else(|| held.iter().position(|one| !name.is_empty() && same_name(&one.name, &name)));
        let called = [&name, &bare(&id)].into_iter().find(|name| !name.is_empty()).cloned();
        let called = called.unwrap_or_else(|| format!("{}", place + 1));
        match known {
            Some(place) => {
                let one = held.remove(place);
                let name = if name.is_empty() { one.name } else { name };
                found.push((name, media_type, one.bytes));
            }
            None => missing.push(plain(&called, 300)),
        }
    }
    // What the list forgets is there all the same.
    found.extend(held.into_iter().map(|one| (one.name, one.media_type, one.bytes)));
    let mut files = Vec::new();
    for (place, (name, media_type, bytes)) in found.into_iter().enumerate() {
        let name = if name.is_empty() { format!("tep-{}", place + 1) } else { plain_name(&plain(&name, 300))? };
        let bytes = if at.packed { taken_out(&name, bytes, limits, budget)? } else { bytes };
        files.push(Attachment { name, media_type: plain(&media_type, 100), bytes });
    }
    Ok((files, missing))
}

/// An identifier without what stands around it in a list: «cid:1», «<1>».
fn bare(id: &str) -> String {
    let id = id.trim();
    id.strip_prefix("cid:").unwrap_or(id).trim_matches(['<', '>']).to_owned()
}

fn same_name(one: &str, other: &str) -> bool {
    let last = |name: &str| name.rsplit(['/', '\\']).next().unwrap_or_default().to_lowercase();
    last(one) == last(other)
}
