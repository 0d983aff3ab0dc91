//! The province of a chapter as its registers would hold it at the opening, and an account for
//! each role that a visitor may play.

use desk::Office;
use desk::operations::add_account::AddAccount;
use desk::operations::found_command_post::FoundCommandPost;
use desk::operations::phone::end_trust::EndTrust;
use desk::operations::phone::trust_phone::TrustPhone;
use desk::operations::register_body::{NewFacility, RegisterBody};
use desk::rights::Role;
use desk::{Actor, Outcome, door, random};
use place::{BodyId, FacilityId, ProvinceId, UserId};
use simulate::{Chapter, Province, Scenario};
use store::{Connection, account};

/// Role, account, and the facility it works for.
pub type DemoRole = (&'static str, UserId, Option<FacilityId>);

/// The roles of the demonstration, the one to begin with first.
const ROLES: [(Role, &str); 6] = [
    (Role::DutyOfficer, "Trần Thị Sao"),
    (Role::FocalOfficer, "Lê Thị Mận"),
    (Role::Leader, "Phạm Văn Đước"),
    (Role::Clerk, "Huỳnh Thị Lụa"),
    (Role::Observer, "Ngô Thị Sen"),
    (Role::Administrator, "Đỗ Văn Bần"),
];

/// Registers the province, its bodies, facilities, people and accounts.
pub async fn province(office: &Office, chapter: Chapter, scenario: &Scenario) -> Outcome<()> {
    let province = scenario.province();
    let opened_on = chapter.opening_day();
    let from = chapter.history_from();
    if let Some(area) = province.area {
        let post = FoundCommandPost { area, opened_on, state: chapter.readiness(from), administrator: None };
        office.perform_at(ProvinceId::NATION, from, post).await?;
    }
    for (position, body) in (1..).zip(&province.bodies) {
        office.perform_at(province.id, from, body_of(province, body.id, position, chapter)).await?;
    }
    accounts(office, province).await?;
    super::means::tell(office, chapter, province).await?;
    super::conditions::tell(office, chapter, province).await
}

fn body_of(province: &Province, id: BodyId, position: usize, chapter: Chapter) -> RegisterBody {
    let facility = province.facilities.iter().find(|facility| BodyId::from(facility.facility.id) == id);
    let body = province.bodies.iter().find(|body| body.id == id).cloned();
    // Every id asked for comes from the list itself.
    let body = body.unwrap_or_else(|| province.bodies[0].clone());
    let posts: Vec<_> = province.posts.iter().filter(|post| post.body == id).cloned().collect();
    let absences =
        province.absences.iter().filter(|absence| posts.iter().any(|post| post.person == absence.person)).cloned();
    RegisterBody {
        code: format!("{}{position:02}", if facility.is_some() { "CS" } else { "DV" }),
        facility: facility.map(|facility| NewFacility {
            tier: facility.facility.tier.map(u32::from),
            readiness: facility.readiness,
            beds: facility.facility.beds,
            stores: facility.stores.clone(),
            stores_from: chapter.history_from().date(),
        }),
        absences: absences.collect(),
        simulated: true,
        posts,
        body,
    }
}

/// One account a role, that nobody can sign in to: its password is random and told to no one.
async fn accounts(office: &Office, province: &Province) -> Outcome<()> {
    let tightest = province.facilities.first().map(|facility| facility.facility.id);
    for (role, name) in ROLES {
        let operation = AddAccount {
            key: None,
            login: role.code().to_owned(),
            display_name: name.to_owned(),
            password_hash: format!("!{}", random::secret()),
            roles: vec![role],
            facility: tightest.filter(|_| role == Role::FocalOfficer),
            area: None,
        };
        office.perform(Actor::program(province.id), operation).await?;
    }
    Ok(())
}

/// The officer's phones: the one that he lost on the way, and the one that he has now. Nobody knows their PINs.
pub async fn phones(office: &Office, scenario: &Scenario) -> Outcome<()> {
    let province = scenario.province();
    let officer = office
        .look({
            let province = province.id;
            move |_, connection| Ok(account::list(connection, province)?)
        })
        .await?
        .into_iter()
        .find(|account| account.login == Role::FocalOfficer.code());
    let Some(officer) = officer.map(|account| Actor::of_account(&account)) else { return Ok(()) };
    let trusting = |label: &str| TrustPhone {
        key: None,
        label: label.to_owned(),
        secret_digest: door::phone_secret(province.id).1,
        pin_hash: format!("!{}", random::secret()),
        instead_of: None,
    };
    let lost = office.perform(officer.clone(), trusting("iPhone · Safari")).await?.done;
    office.perform(Actor::program(province.id), EndTrust { key: None, phone: lost }).await?;
    office.perform(officer, trusting("Android · Chrome")).await.map(drop)
}

/// The accounts that a visitor may play, in the order of [`ROLES`].
pub fn roles(connection: &mut Connection) -> Outcome<Vec<DemoRole>> {
    let accounts = account::list(connection, ProvinceId::new(1))?;
    let found = ROLES.iter().filter_map(|(role, _)| {
        let account = accounts.iter().find(|account| account.login == role.code())?;
        let facility = account.bodies.split_whitespace().next().and_then(|id| id.parse().ok()).map(FacilityId);
        Some((role.code(), account.id, facility))
    });
    let ministry = account::list(connection, ProvinceId::NATION)?;
    let ministry = ministry.iter().find(|account| account.login == Role::MinistryObserver.code());
    let ministry = ministry.map(|account| (Role::MinistryObserver.code(), account.id, None));
    Ok(found.chain(ministry).collect())
}
