//! The inbox as an actor may see it: what waits, one message, its file, who waits for a bed; tokens of programs.

use place::FacilityId;
use quantity::Moment;
use store::account::Account;
use store::{Connection, account, blob};

use crate::actor::Actor;
use crate::failure::{Failure, Outcome};
use crate::import::inbox_sheet::{SheetSays, read_sheet};
use crate::office::Office;
use crate::operations::inbox::{Attachment, InboxMessage, MessageState, VehiclePosition, read_for};
use crate::record::{self, Kept, RecordId};
use crate::registry::{Facility, Registry};
use crate::rights::{Capability, Role};

/// Messages that are shown as settled.
const SETTLED: i64 = 200;

/// A message with the facility it means.
#[derive(Debug, Clone)]
pub struct Message {
    /// The message as it stands.
    pub kept: Kept<InboxMessage>,
    /// Name of the facility.
    pub facility: Option<String>,
}

/// The inbox.
#[derive(Debug, Clone)]
pub struct Inbox {
    /// The moment, by the domain clock.
    pub at: Moment,
    /// What waits, oldest first.
    pub waiting: Vec<Message>,
    /// What was settled, newest first.
    pub settled: Vec<Message>,
    /// Facilities, in Vietnamese order, to choose from.
    pub facilities: Vec<(FacilityId, String)>,
}

fn may(actor: &Actor) -> Outcome<()> {
    if actor.may(Capability::ReportOnBehalf) { Ok(()) } else { Err(Failure::Forbidden(Capability::ReportOnBehalf)) }
}

/// What waits and what was settled.
pub fn inbox(office: &Office, connection: &mut Connection, actor: &Actor) -> Outcome<Inbox> {
    may(actor)?;
    let registry = office.registry(connection, actor.province)?;
    let at = office.now(connection)?;
    let seen = |kept: Kept<InboxMessage>| {
        let name = |id| registry.facility(id).map(|facility| facility.body.name.clone());
        let facility = kept.content.facility.and_then(name);
        kept.content.is_seen_by(actor, &registry).then_some(Message { kept, facility })
    };
    let waiting = record::open::<InboxMessage>(connection, actor.province)?.into_iter().filter_map(seen).collect();
    let settled = record::newest::<InboxMessage>(connection, actor.province, SETTLED)?
        .into_iter()
        .filter(|kept| kept.content.state != MessageState::New)
        .filter_map(seen)
        .collect();
    Ok(Inbox { at, waiting, settled, facilities: facilities(&registry, actor, at) })
}

fn facilities(registry: &crate::registry::Registry, actor: &Actor, at: Moment) -> Vec<(FacilityId, String)> {
    let seen = |facility: &&Facility| facility.body.valid_on(at.date()) && actor.sees(facility, registry);
    registry.facilities().iter().filter(seen).map(|facility| (facility.id, facility.body.name.clone())).collect()
}

/// One message, read again for a facility when somebody has chosen one.
#[derive(Debug, Clone)]
pub struct OneMessage {
    /// As it stands; the proposal is for the chosen facility.
    pub message: Kept<InboxMessage>,
    /// Facilities to choose from.
    pub facilities: Vec<(FacilityId, String)>,
    /// The earlier one of the same words.
    pub same_as: Option<Kept<InboxMessage>>,
}

/// A message, with its proposal for a facility.
pub fn message(
    office: &Office,
    connection: &mut Connection,
    actor: &Actor,
    id: RecordId<InboxMessage>,
    meant: Option<FacilityId>,
) -> Outcome<OneMessage> {
    may(actor)?;
    let registry = office.registry(connection, actor.province)?;
    let seen = |kept: &Kept<InboxMessage>| kept.content.is_seen_by(actor, &registry);
    let mut message = record::one(connection, actor.province, id)?.filter(seen).ok_or(Failure::NotFound)?;
    if let Some(meant) = meant {
        registry.facility(meant).filter(|facility| actor.sees(facility, &registry)).ok_or(Failure::NotFound)?;
        let content = &mut message.content;
        let sheet = content.attachment.as_ref().filter(|file| !file.media_type.starts_with("image/"));
        let says = match sheet {
            Some(file) => sheet_again(connection, &registry, actor, file, content.received_at, meant)?,
            None => None,
        };
        // The words stand as they came: a sheet gives the same whichever facility is meant.
        content.proposal = match says.filter(|says| says.text.trim() == content.text) {
            Some(says) => {
                content.attachment.iter_mut().for_each(|file| file.unread.clone_from(&says.unread));
                says.proposal
            }
            None => read_for(&registry, actor, &content.text, content.received_at, Some(meant))?,
        };
        content.facility = Some(meant);
    }
    let same_as = match message.content.same_as {
        Some(other) => record::one(connection, actor.province, other)?.filter(seen),
        None => None,
    };
    let at = office.now(connection)?;
    Ok(OneMessage { message, facilities: facilities(&registry, actor, at), same_as })
}

/// A sheet read once more, for the facility that somebody has chosen.
fn sheet_again(
    connection: &mut Connection,
    registry: &Registry,
    actor: &Actor,
    file: &Attachment,
    received_at: Moment,
    meant: FacilityId,
) -> Outcome<Option<SheetSays>> {
    let Some(digest) = store::bytes_of_hex(&file.digest) else { return Ok(None) };
    let Some((_, bytes)) = blob::find(connection, actor.province, &digest)? else { return Ok(None) };
    match document::table::read_table(&bytes, &file.name, &document::table::Limits::UPLOAD, &|| false) {
        Ok(table) => read_sheet(registry, actor, &table, received_at, Some(meant)),
        Err(_) => Ok(None),
    }
}

/// The photo or sheet of a message: media type, name, bytes.
pub fn attachment(
    office: &Office,
    connection: &mut Connection,
    actor: &Actor,
    id: RecordId<InboxMessage>,
) -> Outcome<(String, String, Vec<u8>)> {
    let found = message(office, connection, actor, id, None)?.message.content.attachment.ok_or(Failure::NotFound)?;
    let (media_type, bytes) = record::kept_file(connection, actor.province, &found.digest)?;
    Ok((media_type, found.name, bytes))
}

/// The programs that hold a token, with the facility of each.
pub fn tokens(office: &Office, connection: &mut Connection, actor: &Actor) -> Outcome<Vec<(Account, Role, String)>> {
    if !actor.may(Capability::KeepAccounts) {
        return Err(Failure::Forbidden(Capability::KeepAccounts));
    }
    if !actor.sees_all() {
        return Err(Failure::NotFound);
    }
    let registry = office.registry(connection, actor.province)?;
    let accounts = account::list(connection, actor.province)?;
    let machine = |account: Account| {
        let own = Actor::of_account(&account);
        let role = own.roles.first().copied().filter(|role| role.is_machine())?;
        let facility = own.own_facility().and_then(|id| registry.facility(id));
        Some((account, role, facility.map_or_else(String::new, |facility| facility.body.name.clone())))
    };
    Ok(accounts.into_iter().filter_map(machine).collect())
}

/// Where vehicles last were, newest first.
pub fn positions(connection: &mut Connection, actor: &Actor) -> Outcome<Vec<VehiclePosition>> {
    if !actor.may(Capability::SeeOxygen) {
        return Err(Failure::Forbidden(Capability::SeeOxygen));
    }
    if !actor.sees_all() {
        return Err(Failure::NotFound);
    }
    let open = record::open::<VehiclePosition>(connection, actor.province)?;
    let mut positions: Vec<VehiclePosition> = open.into_iter().map(|kept| kept.content).collect();
    positions.sort_by_key(|position| std::cmp::Reverse(position.at));
    Ok(positions)
}
