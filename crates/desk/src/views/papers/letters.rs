//! Who a letter of this province is written by, and the letters about a record.

use quantity::Id;
use store::Connection;

use super::{MOST, allowed};
use crate::actor::Actor;
use crate::failure::Outcome;
use crate::letters_out::Writer;
use crate::office::Office;
use crate::papers::layout::ReportKind;
use crate::papers::letter_out::short;
use crate::papers::report::OfficialReport;
use crate::papers::whose;
use crate::record::{self, Kept};
use crate::views::daily_report;

/// The health department as the writer of a letter; its unit is that of the reports until somebody names another.
pub fn writer(office: &Office, connection: &mut Connection, actor: &Actor) -> Outcome<Writer> {
    allowed(actor)?;
    let registry = office.registry(connection, actor.province)?;
    let place = super::compose::bare(registry.post().map_or("", |post| post.name.as_str()));
    let layout = ReportKind::UnitNotice.layout();
    Ok(Writer {
        parent: Some(whose::above(&registry)),
        issuer: short(&daily_report::issuer(&registry), &place).to_owned(),
        issuer_code: layout.issuer_code.clone(),
        unit: layout.unit.clone(),
        place,
        simulated: registry.facilities().iter().any(|facility| facility.simulated),
    })
}

/// The papers about a record, newest first: the letters drafted for a letter, a task, a meeting.
pub fn about(connection: &mut Connection, actor: &Actor, record: Id) -> Outcome<Vec<Kept<OfficialReport>>> {
    allowed(actor)?;
    let mut papers = record::newest::<OfficialReport>(connection, actor.province, MOST)?;
    papers.retain(|paper| paper.content.letter.as_ref().is_some_and(|letter| letter.about == Some(record)));
    Ok(papers)
}
