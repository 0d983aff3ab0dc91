//! What a paragraph is that orders nothing: a title, a statement, a closing formula.

use crate::number::has;
use crate::owners::LONGEST_HEADING;
use crate::scan::{is_order, sentences, starts};
use crate::text::{Bounds, Text};
use crate::words::CLOSING;

/// A heading that says what follows and orders nothing: short, without a stop.
pub(crate) fn is_title(text: &Text, bounds: Bounds) -> bool {
    let slice = text.slice(bounds);
    crate::layout::is_capitals(slice) || !slice.ends_with(['.', ';', ',']) && slice.chars().count() < LONGEST_HEADING
}

/// «Về thẩm quyền: hồ sơ thuộc …», «Thời gian: …», «Chủ trì: Đồng chí …»: says, orders nothing.
pub(crate) fn is_statement(text: &Text, bounds: Bounds) -> bool {
    let Some((head, rest)) = text.low(bounds).split_once(':') else { return false };
    let rest = rest.trim_start();
    let said = starts(head, "về") || head == "chủ trì" || starts(head, "thông tin liên hệ") || starts(head, "đầu mối");
    said && !is_order(rest) && !starts(rest, "giao") && !rest.is_empty()
}

/// «Thực hiện Công văn số …»: carries out another document.
pub(crate) fn names_a_document(text: &Text, sentence: Bounds) -> bool {
    starts(text.low(sentence), "thực hiện")
        && (!crate::number::numbers(text, sentence).is_empty()
            || has(text, sentence, &["ý kiến chỉ đạo", "chỉ đạo của"]))
}

/// «nếu có khó khăn, vướng mắc, đề nghị …»: asked for only where it comes to that.
pub(crate) fn is_conditional(text: &Text, bounds: Bounds) -> bool {
    has(text, bounds, &["vướng mắc", "có khó khăn"])
        && has(text, bounds, &["nếu", "trong quá trình", "có vướng mắc", "có khó khăn"])
}

/// «nghiêm túc triển khai thực hiện»: nothing but the words that close a paper.
pub(crate) fn is_closing(text: &Text, bounds: Bounds) -> bool {
    let mut rest = text.low(bounds).trim_end_matches(['.', '/', ' ']);
    loop {
        rest = rest.trim_start_matches([' ', ',', ';', '.']);
        match CLOSING.iter().filter(|words| starts(rest, words)).max_by_key(|words| words.len()) {
            Some(words) => rest = rest.get(words.len()..).unwrap_or(""),
            None => return rest.is_empty(),
        }
    }
}

pub(crate) fn last_sentence(text: &Text, bounds: Bounds) -> Bounds {
    sentences(text, bounds).pop().unwrap_or(bounds)
}

/// The last sentence that asks for something.
pub(crate) fn last_asking(text: &Text, bounds: Bounds) -> Bounds {
    let asking = sentences(text, bounds).into_iter().rev().find(|one| has(text, *one, &["yêu cầu", "đề nghị", "giao"]));
    asking.unwrap_or(bounds)
}
