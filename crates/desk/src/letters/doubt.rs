//! How screens and the command line word what a person should look at in a reading: one sentence for both.

use letter::Doubt;

/// The key of a doubt's sentence in `locales/`.
pub const fn doubt_key(doubt: Doubt) -> &'static str {
    match doubt {
        Doubt::ImpossibleDate => "letter-doubt-impossible-date",
        Doubt::SecondLetter => "letter-doubt-second",
        Doubt::SignerName => "letter-doubt-signer",
        Doubt::DatesDiffer => "letter-doubt-dates-differ",
        Doubt::DeadlinePassed => "letter-doubt-deadline-passed",
    }
}
