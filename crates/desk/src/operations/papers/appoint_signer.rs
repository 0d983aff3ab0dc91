//! Write down who heads the health department and who are its deputies, so that papers are signed by those who may.

use place::body::{Body, BodyKind, BodyLevel, Ownership, Post};
use place::{BodyId, PersonId, UserId};
use serde::Serialize;
use store::{account, register};

use super::Refused;
use crate::actor::Actor;
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::operations::file_report::words_of;
use crate::operations::register_body::{RegisterBody, add_post};
use crate::papers::signer::SignsAs;
use crate::registry::code_of;
use crate::rights::Capability;

/// Whose account signs, as what, from now on.
#[derive(Debug, Serialize)]
pub struct AppointSigner {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// The account that signs.
    pub account: UserId,
    /// As what.
    pub signs_as: SignsAs,
    /// His name as it is printed under papers; without it, the account's.
    pub name: Option<String>,
}

impl Operation for AppointSigner {
    type Done = ();
    const NAME: &'static str = "appoint_signer";
    const NEEDS: Capability = Capability::KeepRegisters;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<()> {
        desk.whole_province()?;
        let province = desk.actor().province;
        let account = account::by_id(desk.transaction(), province, self.account)?.ok_or(Failure::NotFound)?;
        if !Actor::of_account(&account).may(Capability::SignReport) {
            return Err(Failure::refused(Refused::MayNotSignAtAll { name: account.display_name }));
        }
        let name = words_of(self.name).unwrap_or(account.display_name);
        if name.trim().is_empty() {
            return Err(Failure::refused(Refused::NoName));
        }
        let body = match desk.registry().body_of_kind(BodyKind::HealthDepartment) {
            Some(body) => body.id,
            None => found_department(desk)?,
        };
        desk.about(body.0);
        desk.mention("signs_as", self.signs_as.code());
        desk.registers_changed();
        let from = desk.now();
        let person = PersonId(self.account.0);
        end_former(desk, body, person, self.signs_as)?;
        add_post(desk, Post { body, kind: self.signs_as.post(), person, name, phone: None, from, to: None })
    }
}

/// A department has one head, and nobody holds two of its posts: what stood before ends where this begins.
fn end_former(desk: &mut Desk<'_, '_>, body: BodyId, person: PersonId, signs_as: SignsAs) -> Outcome<()> {
    let (province, at) = (desk.actor().province, desk.now());
    let signing = SignsAs::ALL.map(|one| code_of(&one.post()));
    for row in register::appointments(desk.transaction(), province)? {
        let follows = signs_as == SignsAs::Head && row.post == code_of(&SignsAs::Head.post());
        let stands = row.body == body && signing.contains(&row.post) && row.to.is_none_or(|end| end > at);
        if stands && (follows || row.person == person) {
            register::end_appointment(desk.transaction(), province, row.id, at)?;
        }
    }
    Ok(())
}

/// A province that began with the program has facilities and accounts, and nobody has entered its department yet.
fn found_department(desk: &mut Desk<'_, '_>) -> Outcome<BodyId> {
    let registry = desk.registry();
    let post = registry.post().ok_or(Failure::NotFound)?;
    let id = BodyId(desk.new_id());
    let body = Body {
        id,
        province: post.province,
        name: format!("Sở Y tế {}", crate::papers::whose::province(&registry)),
        kind: BodyKind::HealthDepartment,
        level: BodyLevel::Province,
        parent: registry.body_of_kind(BodyKind::PeoplesCommittee).map(|body| body.id),
        area: post.area_code.parse().ok(),
        valid_from: post.opened_on,
        valid_to: None,
        ownership: Ownership::Public,
        successors: Vec::new(),
    };
    let registering = RegisterBody {
        body,
        code: "SYT".to_owned(),
        facility: None,
        posts: Vec::new(),
        absences: Vec::new(),
        simulated: false,
    };
    registering.run(desk)
}
