//! The oxygen coordination unit, what is wrong with it, and the notice about it (OX02, OX03).

use jiff::civil::Date;
use protocol::{Checklist, WorkingDays};
use store::Connection;

use super::may_look;
use crate::actor::Actor;
use crate::command::programme::Programme;
use crate::command::unit::{CoordinationUnit, Gap, NoticeStanding, UnitNotice, gaps, notice, standing};
use crate::failure::{Failure, Outcome};
use crate::office::Office;
use crate::papers::layout::ReportKind;
use crate::papers::report::OfficialReport;
use crate::record::{self, Kept, Record};
use crate::rights::Capability;

/// What the page of the unit shows.
#[derive(Debug, Clone)]
pub struct UnitView {
    /// Today, by the domain clock.
    pub today: Date,
    /// The province.
    pub province: String,
    /// Posts that it should have.
    pub posts: Checklist,
    /// The unit, once founded.
    pub unit: Option<Kept<CoordinationUnit>>,
    /// What is wrong with it.
    pub gaps: Vec<Gap>,
    /// What a notice would say today.
    pub text: Vec<String>,
    /// Notices sent, newest first.
    pub notices: Vec<Kept<UnitNotice>>,
    /// The letters about the unit, newest first; for whoever may see papers.
    pub letters: Vec<Kept<OfficialReport>>,
    /// How the newest stands.
    pub standing: NoticeStanding,
    /// Whether anything of the province is invented.
    pub simulated: bool,
}

/// The unit of the actor's province. Its telephones are for everybody who works with oxygen there.
pub fn unit(office: &Office, connection: &mut Connection, actor: &Actor) -> Outcome<UnitView> {
    may_look(actor)?;
    let today = office.now(connection)?.date();
    let registry = office.registry(connection, actor.province)?;
    let posts = Checklist::oxygen_unit().map_err(Failure::refused)?;
    let unit = record::of_code::<CoordinationUnit>(connection, actor.province, CoordinationUnit::KIND)?;
    let notices = record::newest::<UnitNotice>(connection, actor.province, 20)?;
    let province = registry.post().map_or_else(String::new, |post| post.name.clone());
    let known = unit.as_ref().map(|kept| &kept.content);
    let text = known.map_or_else(Vec::new, |unit| notice(unit, &posts, &province, today));
    let found = registry.norms().lookup("command.notice", "days_to_send", today).map_err(Failure::refused)?;
    let calendar = WorkingDays::shipped().map_err(Failure::refused)?;
    let sees_papers = actor.may(Capability::ExportFigures) && actor.sees_all();
    let mut letters =
        if sees_papers { record::newest::<OfficialReport>(connection, actor.province, 400)? } else { Vec::new() };
    letters.retain(|kept| kept.content.kind == ReportKind::UnitNotice);
    let newest = notices.first().map(|kept| &kept.content);
    Ok(UnitView {
        today,
        gaps: gaps(known, &posts, today),
        standing: standing(known, newest, &text, &calendar, found.figure.value as u32, today),
        simulated: registry.facilities().iter().any(|facility| facility.simulated),
        province,
        posts,
        text,
        notices,
        letters,
        unit,
    })
}

/// A paper of the unit or of the programme, by the digest of its file: its media type and bytes. Another blob
/// of the province is none of these.
pub fn paper(office: &Office, connection: &mut Connection, actor: &Actor, file: &str) -> Outcome<(String, Vec<u8>)> {
    may_look(actor)?;
    let _ = office;
    let province = actor.province;
    let unit = record::of_code::<CoordinationUnit>(connection, province, CoordinationUnit::KIND)?;
    let programme = record::of_code::<Programme>(connection, province, Programme::KIND)?;
    let of_unit = unit.and_then(|kept| kept.content.founding.file);
    let of_programme = programme.and_then(|kept| kept.content.decision.file);
    let ours = [of_unit, of_programme].into_iter().flatten().any(|known| known == file);
    let digest = store::bytes_of_hex(file).filter(|_| ours).ok_or(Failure::NotFound)?;
    store::blob::find(connection, province, &digest)?.ok_or(Failure::NotFound)
}
