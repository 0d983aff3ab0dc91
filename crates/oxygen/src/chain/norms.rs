//! What norms say of links and beds, looked up once for a day.

use jiff::civil::Date;
use protocol::{Figure, NormProblem, Norms, VersionId};
use quantity::Span;

/// Norms of the chain on one day.
#[derive(Clone, PartialEq, Debug)]
pub struct ChainNorms {
    /// Share of a nameplate that is counted on.
    pub nameplate: f64,
    /// Share of an old test that is counted on.
    pub old_test: f64,
    /// Share of its flow that an iced vaporiser still gives.
    pub iced: f64,
    /// Peak need over deliverable flow from which on somebody looks.
    pub watch: f64,
    /// Least purity of a plant, as a share.
    pub purity: f64,
    /// How long a test counts as new.
    pub test_valid: Span,
    /// Inspections due within this time are near.
    pub inspection_near: Span,
    /// Litres a minute of one occupied bed of a ward.
    pub ward_bed: Figure,
    /// The same in intensive care.
    pub icu_bed: Figure,
    /// The versions that answered.
    pub versions: Vec<VersionId>,
}

impl ChainNorms {
    /// Looks up every norm as of a day.
    ///
    /// # Errors
    /// [`NormProblem`] when a norm is missing or not in force.
    pub fn from_norms(norms: &Norms, on: Date) -> Result<Self, NormProblem> {
        let mut versions = Vec::new();
        let mut figure = |table: &str, key: &str| {
            let found = norms.lookup(table, key, on)?;
            if !versions.contains(&found.version) {
                versions.push(found.version);
            }
            Ok::<Figure, NormProblem>(found.figure)
        };
        let days = |figure: Figure| Span::micros((figure.value * 86_400e6) as i64);
        Ok(Self {
            nameplate: figure("oxygen.chain", "chain_nameplate")?.value,
            old_test: figure("oxygen.chain", "chain_old_test")?.value,
            iced: figure("oxygen.chain", "chain_iced")?.value,
            watch: figure("oxygen.chain", "chain_watch")?.value,
            purity: figure("oxygen.chain", "chain_purity")?.value,
            test_valid: days(figure("oxygen.chain_test", "chain_test_valid")?),
            inspection_near: days(figure("oxygen.chain_test", "chain_inspection_near")?),
            ward_bed: figure("oxygen.bed_day", "bed_day_ward")?,
            icu_bed: figure("oxygen.bed_day", "bed_day_icu")?,
            versions,
        })
    }
}
