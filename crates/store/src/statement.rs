//! Every statement of the program, so that a test can prepare each on both engines.

/// Names statements as constants and lists them.
macro_rules! statements {
    ($($(#[$doc:meta])* $vis:vis $name:ident = $sql:expr;)+) => {
        $($(#[$doc])* $vis const $name: &str = $sql;)+
        /// All of this module's statements with their names.
        pub(crate) const STATEMENTS: &[(&str, &str)] = &[$((concat!(module_path!(), "::", stringify!($name)), $name)),+];
    };
}
pub(crate) use statements;

/// Every named statement of this crate, with its path.
pub fn all_statements() -> Vec<(&'static str, &'static str)> {
    [
        crate::account::STATEMENTS,
        crate::audit::STATEMENTS,
        crate::blob::STATEMENTS,
        &crate::finding::all_statements(),
        crate::job::STATEMENTS,
        crate::ledger::STATEMENTS,
        crate::projection::STATEMENTS,
        crate::record::STATEMENTS,
        crate::record::PAST_STATEMENTS,
        crate::record::FOLLOWED_STATEMENTS,
        &crate::register::all_statements(),
        crate::series::STATEMENTS,
        crate::series::REPORT_STATEMENTS,
        crate::series::DELIVERED_STATEMENTS,
        crate::series::RECEIVED_STATEMENTS,
        crate::transfer::STATEMENTS,
        crate::writer::STATEMENTS,
    ]
    .concat()
}
