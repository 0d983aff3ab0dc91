//! Whom an item is given to that does not begin with him.

use super::Reader;
use crate::owners::{self, Named};
use crate::scan::{is_order, starts};
use crate::text::Bounds;

impl Reader<'_> {
    /// «Về kinh phí: Giao Sở Tài chính …», «Thống nhất chủ trương …. Giao Sở Tài chính …»: whom an item is given to that
    /// begins with what it is about or what was decided.
    pub(super) fn given_later(&mut self, bounds: Bounds) -> Option<Named> {
        let text = self.text;
        let low = text.low(bounds);
        let about = ["về", "công tác", "đối với công tác"].iter().any(|words| starts(low, words));
        let colon = text.slice(bounds).find(": ").filter(|at| about && *at < owners::LONGEST_HEADING);
        let topic = colon.and_then(|at| {
            let rest = text.trim(Bounds::new(bounds.start + at + 1, bounds.end), &[]);
            let named = owners::named(text, rest)?;
            let ordered = named.rest.is_some_and(|rest| named.asked || is_order(text.low(rest)));
            (ordered && (named.asked || !self.reports)).then_some(named)
        });
        let decided = ["thống nhất", "đồng ý", "ghi nhận", "nhất trí", "biểu dương", "cơ bản"];
        let said = colon.is_none() && decided.iter().any(|words| starts(low, words));
        topic.or_else(|| {
            let sentences = crate::scan::sentences(text, bounds);
            let (first, rest) = sentences.split_first().filter(|_| said)?;
            let given = rest.iter().find(|sentence| starts(text.low(**sentence), "giao"))?;
            let named =
                owners::named(text, Bounds::new(given.start, bounds.end)).filter(|named| named.rest.is_some())?;
            self.orders.goals.push(text.quote(*first, 60));
            Some(named)
        })
    }
}
