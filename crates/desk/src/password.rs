//! Passwords: argon2id with the parameters OWASP recommends (19 MiB, two passes, one lane).

use argon2::Argon2;
use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use quantity::Coded;

/// Shortest password, in characters.
pub const SHORTEST: usize = 10;
/// Longest password, in bytes: hashing more is only a way to keep the machine busy.
pub const LONGEST: usize = 200;

/// Why a password cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PasswordRefused {
    /// Too few characters.
    #[error("SEC-001: shorter than {SHORTEST} characters")]
    TooShort,
    /// Too many bytes.
    #[error("SEC-002: longer than {LONGEST} bytes")]
    TooLong,
    /// The same as the login name, or a single character again and again.
    #[error("SEC-003: too easy to guess")]
    Guessable,
}

impl Coded for PasswordRefused {
    fn code(&self) -> &'static str {
        match self {
            Self::TooShort => "SEC-001",
            Self::TooLong => "SEC-002",
            Self::Guessable => "SEC-003",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        vec![("shortest", SHORTEST.to_string()), ("longest", LONGEST.to_string())]
    }
}

/// Refuses what should not be a password.
pub fn check(login: &str, password: &str) -> Result<(), PasswordRefused> {
    if password.chars().count() < SHORTEST {
        return Err(PasswordRefused::TooShort);
    }
    if password.len() > LONGEST {
        return Err(PasswordRefused::TooLong);
    }
    let mut characters: Vec<char> = password.to_lowercase().chars().collect();
    characters.sort_unstable();
    characters.dedup();
    if characters.len() < 4 || password.to_lowercase().contains(&login.to_lowercase()) {
        return Err(PasswordRefused::Guessable);
    }
    Ok(())
}

/// The hash to store, in PHC form. Takes about 20 ms and 19 MiB.
pub fn hash(password: &str) -> String {
    let salt = crate::random::bytes::<16>();
    match Argon2::default().hash_password_with_salt(password.as_bytes(), &salt) {
        Ok(hash) => hash.to_string(),
        // Only parameters out of range can fail, and these are the library's own.
        Err(error) => panic!("argon2 refuses its default parameters: {error}"),
    }
}

/// Whether a password is the one that was hashed.
pub fn verify(password: &str, stored: &str) -> bool {
    PasswordHash::new(stored).is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_password_itself_verifies() {
        let stored = hash("ba con mèo đen");
        assert!(stored.starts_with("$argon2id$"), "{stored}");
        assert!(verify("ba con mèo đen", &stored));
        assert!(!verify("ba con mèo trắng", &stored));
        assert!(!verify("ba con mèo đen", "not a hash"));
        assert_ne!(stored, hash("ba con mèo đen"), "each hash has its own salt");
    }

    #[test]
    fn poor_passwords_are_refused_with_a_reason() {
        assert_eq!(check("lan", "ngắn"), Err(PasswordRefused::TooShort));
        assert_eq!(check("lan", &"dài ".repeat(80)), Err(PasswordRefused::TooLong));
        assert_eq!(check("lan", "aaaaaaaaaaaa"), Err(PasswordRefused::Guessable));
        assert_eq!(check("nguyenthilan", "NguyenThiLan1"), Err(PasswordRefused::Guessable));
        assert_eq!(check("lan", "ba con mèo đen"), Ok(()));
    }
}
