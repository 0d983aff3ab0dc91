//! Which column means what: headers matched to a layout that is data, cells read as its kinds.
//!
//! Lives here: [`Layout`] (TOML: key, Vietnamese title, aliases, kind, bounds), recognising the
//! header row and renamed columns ([`Columns::find`]), typed cells with coded problems
//! ([`Fields`]), the convention by which a column writes numbers, sheets with a column for each day ([`unfold`]). Not here: whether a value is
//! believable (`oxygen`), whether a facility exists (`place`).

mod date;
mod fields;
mod find;
mod layout;
mod number;
mod wide;

pub use fields::{Fields, Figure};
pub(crate) use find::RETURNED;
pub use find::{ColumnId, Columns};
pub use layout::{Choice, Column, Kind, Layout};
pub use number::{NumberConvention, Numbers};
pub use wide::{Unfolded, WideCell, unfold};

use unicode_normalization::UnicodeNormalization;

/// A title or word as it is compared: without tones, marks, case, punctuation and double spaces.
/// «Thời điểm (ngày, giờ)» and «THOI DIEM NGAY GIO» are alike.
pub fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for shown in text.nfd().flat_map(char::to_lowercase) {
        match shown {
            'đ' | 'ð' => folded.push('d'),
            '\u{300}'..='\u{36f}' => {}
            '²' => folded.push('2'),
            '³' => folded.push('3'),
            shown if shown.is_alphanumeric() || matches!(shown, '%' | '₂') => folded.push(shown),
            _ if folded.ends_with(' ') || folded.is_empty() => {}
            _ => folded.push(' '),
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

#[cfg(test)]
mod tests;
