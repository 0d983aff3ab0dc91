//! Randomness from the operating system: keys of rows, tokens, salts.

use quantity::{Id, Moment};

/// A new key of a row.
pub fn id(at: Moment) -> Id {
    Id::new(at, bytes())
}

/// A secret of 32 bytes as 64 hexadecimal digits.
pub fn secret() -> String {
    store::hex(&bytes::<32>())
}

/// Random bytes.
///
/// # Panics
/// When the operating system has no randomness to give: nothing safe can be done then.
pub fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    if let Err(error) = getrandom::fill(&mut bytes) {
        panic!("the operating system gives no randomness: {error}");
    }
    bytes
}
