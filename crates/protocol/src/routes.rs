//! Ways over water to islands, for maps.

use serde::Deserialize;

use crate::NormProblem;

/// One way.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeaRoute {
    /// «Hà Tiên – Phú Quốc».
    pub name: String,
    /// Code of the commune at one end.
    pub from: String,
    /// Code of the commune at the other.
    pub to: String,
}

/// The ways that are known, with where they stand written.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeaRoutes {
    /// Where they stand written.
    pub source: String,
    /// Whether nobody has confirmed them.
    pub unconfirmed: bool,
    /// The ways.
    #[serde(rename = "route")]
    pub routes: Vec<SeaRoute>,
}

/// The ways as shipped.
///
/// # Errors
/// Never with the file of this tree, which a test reads.
pub fn sea_routes() -> Result<SeaRoutes, NormProblem> {
    let text = include_str!("../../../protocols/sea-routes.toml");
    toml::from_str(text)
        .map_err(|error| NormProblem::Malformed { file: "sea-routes.toml".to_owned(), cause: error.to_string() })
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_shipped_ways_can_be_read() {
        let known = super::sea_routes().unwrap();
        assert!(known.unconfirmed && known.routes.iter().any(|route| route.to == "31078"));
    }
}
