//! Register a body, and what it has if it treats patients: beds, stores of oxygen, people (OX04,
//! OX11, AC).

use jiff::civil::Date;
use oxygen::Store;
use place::body::{Absence, Beds, Body, Post};
use place::text::{SearchKeys, sort_key};
use place::{BodyId, FacilityId};
use protocol::Readiness;
use quantity::Coded;
use serde::Serialize;
use store::register::{self, AbsenceRow, AppointmentRow, BodyRow, FacilityRow, StoreRow};

use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, Operation};
use crate::registry::code_of;
use crate::rights::Capability;

/// A body to be registered.
#[derive(Debug, Clone, Serialize)]
pub struct RegisterBody {
    /// The body; its province is taken from the actor.
    pub body: Body,
    /// Short code, unique in the province; what files call it.
    pub code: String,
    /// What it has, if it treats patients.
    pub facility: Option<NewFacility>,
    /// Who holds which post in it.
    pub posts: Vec<Post>,
    /// When which of them is away.
    pub absences: Vec<Absence>,
    /// Invented for a demonstration or a drill.
    pub simulated: bool,
}

/// What only a facility has.
#[derive(Debug, Clone, Serialize)]
pub struct NewFacility {
    /// Treatment tier.
    pub tier: Option<u32>,
    /// Its state.
    pub readiness: Readiness,
    /// Beds.
    pub beds: Beds,
    /// Its stores of oxygen, in the order of the form.
    pub stores: Vec<Store>,
    /// First day of the stores.
    pub stores_from: Date,
}

/// Why a body is not registered.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// The short code is taken.
    #[error("DSK-022: the code {code} is taken")]
    CodeTaken {
        /// As asked.
        code: String,
    },
    /// A name, a code or a bed count that cannot be.
    #[error("DSK-023: {what}")]
    DoesNotFit {
        /// What does not fit, in words.
        what: String,
    },
}

impl Coded for Refused {
    fn code(&self) -> &'static str {
        match self {
            Self::CodeTaken { .. } => "DSK-022",
            Self::DoesNotFit { .. } => "DSK-023",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::CodeTaken { code } => vec![("code", code.clone())],
            Self::DoesNotFit { what } => vec![("what", what.clone())],
        }
    }
}

impl Operation for RegisterBody {
    type Done = BodyId;
    const NAME: &'static str = "register_body";
    const NEEDS: Capability = Capability::KeepRegisters;

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<BodyId> {
        let code = self.code.trim().to_owned();
        if code.is_empty() || self.body.name.trim().is_empty() {
            return Err(Failure::refused(Refused::DoesNotFit { what: "thiếu mã hoặc tên".into() }));
        }
        if !desk.actor().sees_area(&self.body.area, &desk.registry()) {
            return Err(Failure::NotFound);
        }
        let province = desk.actor().province;
        let bodies = register::bodies(desk.transaction(), province)?;
        if bodies.iter().any(|body| body.code.eq_ignore_ascii_case(&code)) {
            return Err(Failure::refused(Refused::CodeTaken { code }));
        }
        let id = self.body.id;
        register::add_body(desk.transaction(), &body_row(&self.body, province, code, self.simulated))?;
        if let Some(facility) = self.facility {
            add_facility(desk, &self.body, facility)?;
        }
        for post in self.posts {
            // Posts of this body: another one has its own operation, which asks whose it is.
            add_post(desk, Post { body: id, ..post })?;
        }
        for absence in self.absences {
            add_absence(desk, absence)?;
        }
        desk.about(id.0);
        desk.registers_changed();
        Ok(id)
    }
}

fn body_row(body: &Body, province: place::ProvinceId, code: String, simulated: bool) -> BodyRow {
    BodyRow {
        province,
        id: body.id,
        code,
        name: body.name.trim().to_owned(),
        sort_key: sort_key(&body.name),
        search_key: SearchKeys::of(&body.name).ascii,
        kind: code_of(&body.kind),
        level: code_of(&body.level),
        ownership: code_of(&body.ownership),
        parent: body.parent,
        area_code: body.area.map(|area| area.to_string()),
        valid_from: body.valid_from,
        valid_to: body.valid_to,
        successors: body.successors.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
        simulated,
    }
}

fn add_facility(desk: &mut Desk<'_, '_>, body: &Body, facility: NewFacility) -> Outcome<()> {
    if !body.kind.treats_patients() {
        let what = format!("«{}» không phải cơ sở điều trị", body.name);
        return Err(Failure::refused(Refused::DoesNotFit { what }));
    }
    let beds = facility.beds.check().map_err(Failure::refused)?;
    let province = desk.actor().province;
    let id = FacilityId::of_body(body.id);
    let row = FacilityRow {
        id,
        tier: facility.tier,
        state: facility.readiness.code().to_owned(),
        beds_planned: beds.planned,
        beds_open: beds.open,
        oxygen_beds: beds.oxygen,
        icu_beds: beds.icu,
    };
    register::add_facility(desk.transaction(), province, &row)?;
    for (position, store) in (0..).zip(facility.stores) {
        add_store(desk, id, position, &store, facility.stores_from)?;
    }
    Ok(())
}

/// Adds a store of oxygen to a facility.
pub(crate) fn add_store(
    desk: &mut Desk<'_, '_>,
    facility: FacilityId,
    position: i64,
    store: &Store,
    valid_from: Date,
) -> Outcome<()> {
    let specification = serde_json::to_string(store)
        .map_err(|error| Failure::Store(store::StoreError::Unreadable(error.to_string())))?;
    let province = desk.actor().province;
    let row = StoreRow {
        id: store.id,
        facility,
        label: store.label.clone(),
        position,
        specification,
        valid_from,
        valid_to: None,
    };
    Ok(register::add_store(desk.transaction(), province, &row)?)
}

/// Adds a post of a person.
pub(crate) fn add_post(desk: &mut Desk<'_, '_>, post: Post) -> Outcome<()> {
    let post = post.check().map_err(Failure::refused)?;
    let (province, id) = (desk.actor().province, desk.new_id());
    let row = AppointmentRow {
        id,
        body: post.body,
        person: post.person,
        person_name: post.name,
        post: code_of(&post.kind),
        phone: post.phone,
        from: post.from,
        to: post.to,
    };
    Ok(register::add_appointment(desk.transaction(), province, &row)?)
}

/// Adds an absence of a person.
pub(crate) fn add_absence(desk: &mut Desk<'_, '_>, absence: Absence) -> Outcome<()> {
    let (province, id) = (desk.actor().province, desk.new_id());
    let row = AbsenceRow { id, person: absence.person, from: absence.from, to: absence.to };
    Ok(register::add_absence(desk.transaction(), province, &row)?)
}
