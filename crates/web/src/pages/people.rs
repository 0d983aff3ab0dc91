//! /nguoi-dung: who may sign in, as what, for which facility; adding somebody.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use desk::background::aside;
use desk::operations::add_account::{AddAccount, Refused};
use desk::rights::Role;
use desk::views::journal::accounts;
use desk::{Actor, Failure, IdempotencyKey, password};
use place::text::person_sort_key;
use place::{BodyId, FacilityId};
use store::account::Account;

use super::around::{Around, look};
use super::fields::{Fields, Sent, server_key};
use crate::app::App;
use crate::respond::{Answer, Problem, page_of, refusal_of, role_key};
use crate::view::{Choice, CreatedUser, Refusal, Say, Tone, UserRow, UsersPage};
use crate::visitor::Member;

/// Sent for the whole province.
const PROVINCE: &str = "province";
/// Signs of a first password that are not mistaken for each other when read aloud.
const SIGNS: &[u8; 31] = b"abcdefghjkmnpqrstuvwxyz23456789";

/// The open accounts, and the facilities that one may be limited to.
struct Found {
    accounts: Vec<Account>,
    facilities: Vec<(FacilityId, String)>,
}

async fn look_up(app: &App, member: &Member) -> Result<(Around, Found), Problem> {
    look(app, member, |office, connection, actor| {
        let accounts = accounts(connection, actor)?;
        let registry = office.registry(connection, actor.province)?;
        let known = registry.facilities().iter().map(|facility| (facility.id, facility.body.name.clone()));
        Ok(Found { accounts, facilities: known.collect() })
    })
    .await
}

/// GET /nguoi-dung.
pub(super) async fn page(State(app): State<App>, member: Member) -> Answer {
    let (around, found) = look_up(&app, &member).await?;
    Ok(users_page(&app, &member, &around, &found, &Fields::default(), Ok(None)))
}

/// The page after nothing, after an addition, after a refusal.
fn users_page(
    app: &App,
    member: &Member,
    around: &Around,
    found: &Found,
    typed: &Fields,
    outcome: Result<Option<CreatedUser>, Refusal>,
) -> Response {
    let t = member.caller.say;
    let (created, refusal) = match outcome {
        Ok(created) => (created, None),
        Err(refusal) => (None, Some(refusal)),
    };
    // Programs stand on a page of their own.
    let person = |account: &&Account| !Actor::of_account(account).roles.iter().any(|role| role.is_machine());
    let mut sorted: Vec<&Account> = found.accounts.iter().filter(person).collect();
    sorted.sort_by_key(|account| person_sort_key(&account.display_name));
    let role = |role: &Role| Choice {
        value: role.code().to_owned(),
        text: t.say(&role_key(*role)),
        chosen: typed.text("role") == role.code(),
    };
    let refused = refusal.is_some();
    let page = UsersPage {
        t,
        shell: around.shell(app, member, "room-oxygen"),
        key: server_key(app.office.real_now()),
        rows: sorted.into_iter().map(|account| row_of(t, account, found)).collect(),
        // The ministry's observers belong to the nation, which has no page to add them: `user add --province 0`.
        // Programs get their tokens below.
        roles: Role::ALL
            .iter()
            .filter(|role| **role != Role::MinistryObserver && !role.is_machine())
            .map(role)
            .collect(),
        scopes: scopes(t, found, typed.text("scope")),
        name: typed.text("name").to_owned(),
        username: typed.text("username").to_owned(),
        created,
        refusal,
    };
    let mut response = page_of(&page);
    if refused && response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    response
}

fn scopes(t: Say, found: &Found, chosen: &str) -> Vec<Choice> {
    let whole = Choice { value: PROVINCE.to_owned(), text: t.say("scope-province"), chosen: chosen == PROVINCE };
    let one = |(id, name): &(FacilityId, String)| {
        let value = id.to_string();
        Choice { chosen: chosen == value, value, text: name.clone() }
    };
    [whole].into_iter().chain(found.facilities.iter().map(one)).collect()
}

fn row_of(t: Say, account: &Account, found: &Found) -> UserRow {
    let actor = Actor::of_account(account);
    let roles: Vec<String> = actor.roles.iter().map(|role| t.say(&role_key(*role))).collect();
    let name_of = |body: &BodyId| {
        let id = FacilityId::of_body(*body);
        found.facilities.iter().find(|(known, _)| *known == id).map(|(_, name)| name.clone())
    };
    let scope = match &actor.scope {
        desk::Scope::Province => t.say("scope-province"),
        desk::Scope::Area(code) => code.to_string(),
        desk::Scope::Bodies(bodies) => bodies.iter().filter_map(name_of).collect::<Vec<_>>().join(", "),
    };
    UserRow {
        name: account.display_name.clone(),
        username: account.login.clone(),
        role: roles.join(", "),
        scope,
        tone: Tone::Plain,
    }
}

/// POST /nguoi-dung: adds somebody, whose first password is shown on this answer and never again.
pub(super) async fn add(State(app): State<App>, member: Member, sent: Sent) -> Answer {
    let fields = sent.vouched(&member.caller)?;
    // Who may not is told so before a password is hashed for nothing.
    look_up(&app, &member).await?;
    let key = fields.key(&member.caller)?;
    let first = first_password(&app.first_passwords, &member.visitor.actor, &key);
    let outcome = match try_to_add(&app, &member.visitor.actor, &fields, key, &first).await {
        Ok(()) => Ok(Some(CreatedUser {
            name: name_of(&fields),
            username: fields.text("username").to_lowercase(),
            password: first,
        })),
        Err(failure) => Err(refusal_of(failure, &member.caller)?),
    };
    let (around, found) = look_up(&app, &member).await?;
    let cleared = Fields::default();
    let typed = if outcome.is_ok() { &cleared } else { &fields };
    Ok(users_page(&app, &member, &around, &found, typed, outcome))
}

fn name_of(fields: &Fields) -> String {
    fields.some("name").unwrap_or(fields.text("username")).chars().take(120).collect()
}

async fn try_to_add(
    app: &App,
    actor: &Actor,
    fields: &Fields,
    key: IdempotencyKey,
    first: &str,
) -> Result<(), Failure> {
    let scope = fields.text("scope");
    let facility = match scope {
        "" | PROVINCE => None,
        // A scope that cannot be read must not become the whole province.
        _ => Some(scope.parse().map_err(|_| Failure::refused(Refused::NoFacility))?),
    };
    let hashing = first.to_owned();
    let password_hash = aside(move || password::hash(&hashing)).await?;
    let account = AddAccount {
        key: Some(key),
        login: fields.text("username").to_owned(),
        display_name: name_of(fields),
        password_hash,
        roles: Role::from_code(fields.text("role")).into_iter().collect(),
        facility,
        area: None,
    };
    let receipt = app.office.perform(actor.clone(), account).await?;
    if !receipt.replayed {
        return Ok(());
    }
    // Pressed twice: the same password is shown again, if it is still the one that opens the account. It is not when the
    // program was started anew in between, or when somebody has changed it since.
    let province = actor.province;
    let known = app
        .office
        .look(move |_, connection| Ok(store::account::by_id(connection, province, receipt.done)?))
        .await?
        .map(|account| account.password_hash)
        .unwrap_or_default();
    let shown = first.to_owned();
    if aside(move || password::verify(&shown, &known)).await? {
        return Ok(());
    }
    Err(Failure::refused(Refused::PasswordGone { login: fields.text("username").to_lowercase() }))
}

/// Sixteen signs in groups of four: 79 bits, and still said on the telephone. Made from a secret of this process, the
/// account that asks and the key of its form, so that the same form gives the same one.
fn first_password(secret: &[u8; 32], actor: &Actor, key: &IdempotencyKey) -> String {
    // Bytes above the last whole multiple of the signs would make some signs likelier than others.
    let fair = |byte: &u8| *byte < 248;
    let who = actor.user.map(|user| user.to_string()).unwrap_or_default();
    let mut signs: Vec<char> = Vec::with_capacity(16);
    for round in 0_u64.. {
        if signs.len() >= 16 {
            break;
        }
        let asked = format!("{} {who} {} {round}", store::hex(secret), key.as_str());
        let bytes = store::sha256(asked.as_bytes());
        signs.extend(
            bytes.iter().filter(|byte| fair(byte)).map(|byte| char::from(SIGNS[usize::from(*byte) % SIGNS.len()])),
        );
    }
    let groups: Vec<String> = signs[..16].chunks(4).map(|group| group.iter().collect()).collect();
    groups.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_first_password_is_never_the_same_and_always_good_enough() {
        let actor = Actor::program(place::ProvinceId::new(1));
        let key = |number: u32| IdempotencyKey::new(&format!("server-{number:08}")).unwrap();
        let make = |secret: u8, number| first_password(&[secret; 32], &actor, &key(number));
        assert_eq!(make(1, 7), make(1, 7), "the same form");
        assert_ne!(make(1, 7), make(2, 7), "another process");
        let many: std::collections::BTreeSet<String> = (0..200).map(|number| make(3, number)).collect();
        assert_eq!(many.len(), 200);
        for password in many {
            assert_eq!(desk::password::check("lan", &password), Ok(()), "{password}");
            let groups: Vec<usize> = password.split('-').map(str::len).collect();
            assert_eq!(groups, [4, 4, 4, 4], "{password}");
        }
    }
}
