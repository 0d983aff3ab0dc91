//! Looking back: the band above a page of the past, and the field by which one goes there.

/// The band above a page that shows a moment of the past.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PastBand {
    /// «07:00».
    pub time: String,
    /// «12/11/2026».
    pub date: String,
    /// What it leaves out.
    pub means: String,
    /// The same page of now.
    pub back_href: String,
}

/// «Xem lại lúc…»: leads to the same page as it was known at a moment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LookBack {
    /// Path of the page.
    pub action: String,
    /// What else its address asks for: name and value.
    pub kept: Vec<(String, String)>,
    /// Value of the field `biet`.
    pub value: String,
    /// The latest moment that can be asked for, as the field's `max`.
    pub latest: String,
}
