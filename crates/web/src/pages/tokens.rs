//! /nguoi-dung/ma: programs that come in by a token: telemetry of tanks, the SMS gateway, suppliers' GPS. A token
//! is shown once, on the answer to its issue, and revoked here.

use axum::extract::{Query, State};
use axum::response::Response;
use desk::operations::close_account::CloseAccount;
use desk::operations::inbox::issue_token::IssueToken;
use desk::rights::Role;
use desk::views::inbox::tokens;
use desk::{Failure, IdempotencyKey, Outcome, door};
use place::{FacilityId, UserId};
use store::account::Account;

use super::around::{Around, look};
use super::fields::{Fields, Sent, server_key};
use super::plain::{answer, done, plain, said_done};
use crate::app::App;
use crate::respond::{Answer, Problem, refusal_of, role_key};
use crate::view::{Cell, Choice, Column, Field, Form, Input, Refusal, Section, Table};
use crate::visitor::Member;

const PATH: &str = "/nguoi-dung/ma";

struct Found {
    tokens: Vec<(Account, Role, String)>,
    facilities: Vec<(FacilityId, String)>,
}

async fn look_up(app: &App, member: &Member) -> Result<(Around, Found), Problem> {
    look(app, member, |office, connection, actor| {
        let tokens = tokens(office, connection, actor)?;
        let registry = office.registry(connection, actor.province)?;
        let facilities = registry.facilities().iter().map(|facility| (facility.id, facility.body.name.clone()));
        Ok(Found { tokens, facilities: facilities.collect() })
    })
    .await
}

/// GET /nguoi-dung/ma.
pub(super) async fn page(State(app): State<App>, Query(asked): Query<Fields>, member: Member) -> Answer {
    let (around, found) = look_up(&app, &member).await?;
    Ok(shown(&app, &member, &around, &found, &asked, (None, None)))
}

fn shown(
    app: &App,
    member: &Member,
    around: &Around,
    found: &Found,
    typed: &Fields,
    (token, refusal): (Option<String>, Option<Refusal>),
) -> Response {
    let t = member.caller.say;
    let key = || server_key(app.office.real_now());
    let sentence = match found.tokens.len() {
        0 => t.say("tokens-none"),
        number => t.one("tokens-sentence", "count", number),
    };
    let mut page = plain(app, member, around, "tokens", sentence);
    page.about = t.say("tokens-about");
    page.done = said_done(t, typed.text("xong"));
    if let Some(token) = token {
        let mut once = Section::new("token", t.say("token-once"));
        once.about = t.say("token-once-means");
        once.copy = token;
        page.sections.push(once);
    }
    let mut list = Section::new("tokens", t.say("tokens"));
    list.empty = t.say("tokens-empty");
    let row = |(account, role, facility): &(Account, Role, String)| {
        let mut revoke = Form::new(format!("{PATH}/thu-hoi"), t.say("token-revoke"), key());
        revoke = revoke.hidden("account", account.id.to_string());
        let scope = if facility.is_empty() { t.say("scope-province") } else { facility.clone() };
        vec![
            Cell::text(account.display_name.clone()).told(account.login.clone()),
            Cell::text(t.say(&role_key(*role))),
            Cell::text(scope),
            Cell { buttons: vec![revoke], ..Cell::default() },
        ]
    };
    list.table = Some(Table {
        columns: ["column-name", "column-role", "column-scope", "token-column-revoke"]
            .map(|key| Column::words(t.say(key)))
            .to_vec(),
        rows: found.tokens.iter().map(row).collect(),
    });
    let mut issue = Section::new("issue", t.say("token-issue"));
    let roles = Role::ALL.iter().filter(|role| role.is_machine() && **role != Role::Carrier).map(|role| Choice {
        value: role.code().to_owned(),
        text: t.say(&role_key(*role)),
        chosen: typed.text("role") == role.code(),
    });
    let none = Choice { value: String::new(), text: t.say("scope-province"), chosen: false };
    let facilities = found.facilities.iter().map(|(id, name)| Choice {
        value: id.to_string(),
        text: name.clone(),
        chosen: typed.text("facility") == id.to_string(),
    });
    let mut form = Form::new(PATH, t.say("token-issue"), key())
        .field(Field::words("name", t.say("token-name")).value(typed.text("name")).required())
        .field(Field::words("role", t.say("column-role")).input(Input::Choices(roles.collect())))
        .field(
            Field::words("facility", t.say("token-facility"))
                .input(Input::Choices(std::iter::once(none).chain(facilities).collect()))
                .hint(t.say("token-facility-hint")),
        );
    form.means = t.say("token-issue-means");
    form.refusal = refusal;
    issue.forms = vec![form];
    page.sections.extend([list, issue]);
    answer(&page)
}

/// POST /nguoi-dung/ma: the token is on this answer and nowhere else.
pub(super) async fn issue(State(app): State<App>, member: Member, sent: Sent) -> Answer {
    let fields = sent.vouched(&member.caller)?;
    let key = fields.key(&member.caller)?;
    let outcome = try_to_issue(&app, &member, &fields, key).await;
    let (around, found) = look_up(&app, &member).await?;
    match outcome {
        Ok(Some(token)) => Ok(shown(&app, &member, &around, &found, &Fields::default(), (Some(token), None))),
        Ok(None) => Ok(done(PATH, "done-token-issued-before")),
        Err(failure) => {
            let refusal = refusal_of(failure, &member.caller)?;
            Ok(shown(&app, &member, &around, &found, &fields, (None, Some(refusal))))
        }
    }
}

/// The token; none when the same form came before, whose answer had it: it is kept nowhere.
async fn try_to_issue(app: &App, member: &Member, fields: &Fields, key: IdempotencyKey) -> Outcome<Option<String>> {
    let actor = member.visitor.actor.clone();
    let province = actor.province;
    let facility = match fields.some("facility") {
        // A facility that cannot be read must not become none.
        Some(text) => Some(text.parse().map_err(|_| Failure::NotFound)?),
        None => None,
    };
    let role = Role::from_code(fields.text("role")).unwrap_or(Role::Observer);
    let issue = IssueToken { key: Some(key), name: fields.text("name").to_owned(), role, facility };
    let receipt = app.office.perform(actor, issue).await?;
    if receipt.replayed {
        return Ok(None);
    }
    Ok(Some(door::open(&app.office, province, receipt.done, "token", door::TOKEN_SESSION).await?.token))
}

/// POST /nguoi-dung/ma/thu-hoi: the token opens nothing from now on.
pub(super) async fn revoke(State(app): State<App>, member: Member, sent: Sent) -> Answer {
    let fields = sent.vouched(&member.caller)?;
    let (_, found) = look_up(&app, &member).await?;
    let account: Option<UserId> = fields.text("account").parse().ok();
    // People's accounts are not closed by this button.
    let known = found.tokens.iter().any(|(token, ..)| Some(token.id) == account);
    let account = account.filter(|_| known).ok_or_else(|| Problem::no_page(&member.caller))?;
    app.office
        .perform(member.visitor.actor.clone(), CloseAccount { account })
        .await
        .map_err(|failure| Problem::of(failure, &member.caller))?;
    Ok(done(PATH, "done-token-revoked"))
}
