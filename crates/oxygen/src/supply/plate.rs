//! Number plates as they are compared: two spellings of one plate are one vehicle.

use quantity::Coded;

/// Why a plate cannot be one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("SUP-001: {told:?} is no number plate")]
pub struct PlateProblem {
    /// As told.
    pub told: String,
}

impl Coded for PlateProblem {
    fn code(&self) -> &'static str {
        "SUP-001"
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        vec![("plate", self.told.clone())]
    }
}

/// `68C-123.45`, `68c 12345` and `68 C 123.45` are all `68C12345`; the Đ of mopeds is D.
///
/// # Errors
/// [`PlateProblem`] for what lacks a letter or three digits, or is longer than any plate of a truck, motorbike or boat.
pub fn plate_key(told: &str) -> Result<String, PlateProblem> {
    let problem = || PlateProblem { told: told.trim().chars().take(40).collect() };
    let mut key = String::new();
    for sign in told.trim().chars() {
        match sign {
            'đ' | 'Đ' | 'Ð' => key.push('D'),
            sign if sign.is_ascii_alphanumeric() => key.push(sign.to_ascii_uppercase()),
            '-' | '.' | ' ' | '–' | '_' | '/' => {}
            _ => return Err(problem()),
        }
    }
    let digits = key.bytes().filter(u8::is_ascii_digit).count();
    if digits < 3 || digits == key.len() || key.len() > 14 {
        return Err(problem());
    }
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// OX15: one vehicle, however its plate is typed.
    #[test]
    fn spellings_of_one_plate_are_one() {
        for told in ["68C-123.45", "68c 12345", " 68 C–123.45 ", "68C_12345"] {
            assert_eq!(plate_key(told).as_deref(), Ok("68C12345"), "{told}");
        }
        assert_eq!(plate_key("68-MĐ1 234.56").as_deref(), Ok("68MD123456"));
        for told in ["", "xe 3", "12345", "68C-123;45", "ABCDEFGHIJKLMNO123"] {
            assert_eq!(plate_key(told).map_err(|problem| problem.code()), Err("SUP-001"), "{told}");
        }
    }

    proptest! {
        #[test]
        fn a_key_is_its_own_key(told in ".{0,24}") {
            if let Ok(key) = plate_key(&told) {
                prop_assert_eq!(plate_key(&key), Ok(key.clone()));
                prop_assert!(key.bytes().all(|byte| byte.is_ascii_alphanumeric()));
            }
        }
    }
}
