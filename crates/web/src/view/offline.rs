//! The entry app's own page: nobody's data stands in it, a device keeps it.

use askama::Template;

use super::{Say, Theme};

/// GET /nhap.
#[derive(Template, Clone, Debug)]
#[template(path = "nhap.html")]
pub struct OfflinePage {
    /// The words.
    pub t: Say,
    /// The look.
    pub theme: Theme,
    /// Words that the script puts in, by name; `{count}` stands where a fact goes.
    pub words: Vec<(&'static str, String)>,
}

impl OfflinePage {
    /// Address of an asset.
    pub fn asset(&self, name: &str) -> &'static str {
        crate::assets::asset_url(name)
    }
}
