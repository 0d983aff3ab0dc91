//! What stands before the first item, or in a letter without a list.

use super::Reader;
use crate::number::has;
use crate::outline::Block;
use crate::owners::{self, Named};
use crate::phrases::{is_closing, is_conditional, last_asking, last_sentence, names_a_document};
use crate::scan::{is_order, sentences, starts};
use crate::text::Bounds;

impl Reader<'_> {
    /// What stands before the first heading or bullet.
    pub(super) fn opening(&mut self, blocks: &[Block], headings: bool, listed: bool) {
        let text = self.text;
        for (index, block) in blocks.iter().enumerate() {
            let bounds = block.bounds;
            let last = index + 1 == blocks.len();
            let asks = has(text, bounds, &["yêu cầu", "đề nghị", "chỉ đạo", "giao"]);
            if !listed {
                self.paragraph(bounds, asks);
                continue;
            }
            // «Bộ Y tế đề nghị các đơn vị …:» says whose the items are.
            let lead = last && text.slice(bounds).ends_with(':');
            if lead
                && !self.explicit
                && let Some(name) = owners::asked(text, last_sentence(text, bounds))
            {
                self.default = Some(text.quote(name, 85));
            }
            // Where a letter has bullets only, the order that opens them is one task.
            let ordered = sentences(text, bounds).into_iter().any(|sentence| {
                let asked =
                    has(text, sentence, &["yêu cầu", "đề nghị", "có ý kiến"]) && text.slice(sentence).ends_with(':');
                is_order(text.low(sentence)) && !asked && !names_a_document(text, sentence)
            });
            if last && !headings && ordered && !self.explicit {
                self.push(self.default.clone(), bounds, 80);
            } else if asks {
                self.orders.goals.push(text.quote(bounds, 70));
            }
        }
    }

    /// A paragraph of a letter without a list: what it gives to bodies, sentence by sentence; else an order where it asks
    /// for something that can be handed in or has a day.
    fn paragraph(&mut self, bounds: Bounds, asks: bool) {
        let text = self.text;
        let conditional = is_conditional(text, bounds);
        let given: Vec<Named> = sentences(text, bounds)
            .into_iter()
            .filter(|sentence| starts(text.low(*sentence), "giao"))
            .filter_map(|sentence| owners::named(text, sentence).filter(|named| named.rest.is_some()))
            .collect();
        if !given.is_empty() && !conditional {
            for named in given {
                let owner = Some(text.quote(named.owner, 85));
                self.given(&named, named.rest.unwrap_or(named.owner), owner);
            }
            return;
        }
        let sentence = last_asking(text, bounds);
        // «Sở Y tế đã ban hành Công văn …, yêu cầu các đơn vị …» tells what was asked before.
        if has(text, sentence, &["đã ban hành", "đã có công văn", "đã có văn bản", "đã gửi công văn", "đã yêu cầu"])
        {
            return;
        }
        let mut ordered = has(text, bounds, &["gửi về", "báo cáo về"]);
        if asks && let Some(name) = owners::asked(text, sentence) {
            let named = text.quote(name, 80);
            let known = self.recipients.to.len() == 1
                && owners::is_addressed(self.recipients, &named.value)
                && !owners::is_narrowed(&named.value);
            self.default = if known && self.default.is_some() { self.default.take() } else { Some(named) };
            ordered |= !is_closing(text, text.trim(Bounds::new(name.end, sentence.end.max(name.end)), &[]));
        }
        let says =
            sentences(text, bounds).into_iter().any(|one| is_order(text.low(one)) && !names_a_document(text, one));
        let due = (asks || says || ordered) && self.is_deliverable(bounds);
        if (due || asks && ordered && !self.explicit) && !conditional {
            self.push(self.default.clone(), bounds, 75);
        } else if asks {
            self.orders.goals.push(text.quote(bounds, 70));
        }
    }
}
