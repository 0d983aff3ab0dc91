//! Forms that draw forms: ten levels of ten are ten thousand million. Counted before they are drawn.

use std::collections::HashMap;

use hayro_interpret::hayro_syntax::content::TypedIter;
use hayro_interpret::hayro_syntax::content::ops::TypedInstruction;
use hayro_interpret::hayro_syntax::object::dict::keys::{RESOURCES, SUBTYPE};
use hayro_interpret::hayro_syntax::object::{Dict, Name, ObjectIdentifier, Stream};
use hayro_interpret::hayro_syntax::page::{Page, Resources};

/// Most forms drawn on one page, those within forms counted each time.
const MOST: u64 = 20_000;

/// Forms within forms that are still looked at.
const DEEPEST: usize = 24;

/// Whether a page draws a bearable number of forms.
pub(super) fn are_few(page: &Page<'_>) -> bool {
    let mut known = HashMap::new();
    drawn(page.typed_operations(), page.resources(), &mut known, 0) <= MOST
}

fn drawn(
    mut operations: TypedIter<'_>,
    resources: &Resources<'_>,
    known: &mut HashMap<ObjectIdentifier, u64>,
    depth: usize,
) -> u64 {
    if depth > DEEPEST {
        return MOST + 1;
    }
    let mut count = 0_u64;
    while let Some(operation) = operations.next() {
        let TypedInstruction::XObject(drawing) = operation else { continue };
        let Some(stream) = resources.get_x_object(drawing.0) else { continue };
        count = count.saturating_add(one(&stream, resources, known, depth));
        if count > MOST {
            break;
        }
    }
    count
}

fn one(stream: &Stream<'_>, around: &Resources<'_>, known: &mut HashMap<ObjectIdentifier, u64>, depth: usize) -> u64 {
    let dict = stream.dict();
    let is_form = dict.get::<Name<'_>>(SUBTYPE).is_some_and(|kind| kind.as_ref() == b"Form");
    if !is_form {
        return 0;
    }
    let key = stream.obj_id();
    if let Some(count) = known.get(&key) {
        return *count;
    }
    // A form that draws itself finds this and stops counting at once.
    known.insert(key, MOST + 1);
    let Ok(content) = stream.decoded() else {
        known.insert(key, 1);
        return 1;
    };
    let own = dict.get::<Dict<'_>>(RESOURCES).unwrap_or_default();
    let resources = Resources::from_parent(own, around.clone());
    let count = drawn(TypedIter::new(&content), &resources, known, depth + 1).saturating_add(1);
    known.insert(key, count);
    count
}
