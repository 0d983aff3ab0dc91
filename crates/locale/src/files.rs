//! The one list of the files of `locales/` that the program carries.
//!
//! A file that stands in the folder and not here fails a test, and so does one that stands in one language only.

/// Name, Vietnamese text, English text of each file.
macro_rules! files {
    ($($name:literal),* $(,)?) => {
        pub(crate) const FILES: &[(&str, &str, &str)] = &[$((
            $name,
            include_str!(concat!("../../../locales/vi/", $name, ".ftl")),
            include_str!(concat!("../../../locales/en/", $name, ".ftl")),
        )),*];
    };
}

files![
    "common",
    "cli",
    "oxygen",
    "need",
    "facility",
    "report",
    "people",
    "command",
    "errors-command",
    "inbox",
    "errors-inbox",
    "papers",
    "errors-papers",
    "errors-desk",
    "errors-document",
    "errors-oxygen",
    "errors-place",
    "errors-protocol",
    "errors-quantity",
    "errors-web",
    "alarm",
    "errors-alarm",
    "offline",
    "errors-offline",
    "errors-week",
    "supply",
    "errors-supply",
    "chain",
    "errors-chain",
    "week",
    "past",
    "errors-past",
    "bodies",
    "errors-merger",
    "registers",
    "errors-registers",
    "letters",
    "meetings",
    "errors-meetings",
    "errors-letters",
    "register",
    "errors-register",
    "letters-out",
    "errors-letters-out",
    "tasks",
    "lists",
    "errors-lists",
    "errors-tasks",
    "tasks-pages",
    "reader",
    "errors-reader",
    "outgoing",
    "errors-outgoing",
    "rules",
    "errors-rules",
    "exchange",
    "errors-exchange",
];
