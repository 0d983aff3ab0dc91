//! Errors that speak to a person: a stable code, and the facts its sentence needs.
//!
//! The sentence and the next step stand in `locales/` under the code; the cause goes to the log.

/// An error with a stable code. `Display` is the English line of the log and carries no personal data.
pub trait Coded: std::error::Error {
    /// Stable code such as `OXY-014`; never reused for another meaning.
    fn code(&self) -> &'static str;

    /// Named facts for the sentence, already formatted for a Vietnamese reader.
    fn facts(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }
}
