//! The door: who comes in, how he is recognised afterwards, how he leaves.
//!
//! Sessions and tokens live by the real clock. Their secrets are kept only as digests.

use std::sync::LazyLock;

use place::{ProvinceId, UserId};
use quantity::{Coded, Moment, Span};
use store::account::{self, Account, NewSession};
use store::{OperationId, audit};

use crate::actor::Actor;
use crate::background::aside;
use crate::failure::{Failure, Outcome};
use crate::office::Office;
use crate::operations::found_command_post::login_is_usable;
use crate::operations::phone::pin_was_right::PinWasRight;
use crate::operations::phone::try_pin::TryPin;
use crate::operations::phone::{self, TrustedPhone};
use crate::views::phones::phone_of_secret;
use crate::{password, random};

/// A browser is recognised this long after it signed in: a shift and the handover.
pub const BROWSER_SESSION: Span = Span::hours(14);
/// A program's token lasts this long.
pub const TOKEN_SESSION: Span = Span::days(365);

/// Somebody who has come in.
#[derive(Debug, Clone)]
pub struct Visitor {
    /// Who he is for operations.
    pub actor: Actor,
    /// What he signs in as.
    pub login: String,
    /// Comes back with every form.
    pub csrf: String,
    /// A browser, which needs the token above with every write; a program does not.
    pub is_browser: bool,
}

/// The secrets of a new session.
#[derive(Clone)]
pub struct Key {
    /// What the browser keeps in its cookie, or the program in its header.
    pub token: String,
    /// Comes back with every form.
    pub csrf: String,
    /// Ends at this moment of the real clock.
    pub expires_at: Moment,
}

/// Why the door stays shut.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Wrong name or wrong password: which of them is nobody's business.
    #[error("SEC-010: wrong name or password")]
    WrongNameOrPassword,
    /// The name exists in several provinces.
    #[error("SEC-011: the name exists in several provinces")]
    WhichProvince,
}

impl Coded for Refused {
    fn code(&self) -> &'static str {
        match self {
            Self::WrongNameOrPassword => "SEC-010",
            Self::WhichProvince => "SEC-011",
        }
    }
}

/// Signs a person in with name and password. The hash is checked off the threads that serve
/// requests, and also for names that do not exist, so that the time taken tells nothing.
pub async fn sign_in(office: &Office, login: &str, password: &str) -> Outcome<Key> {
    static NOBODY: LazyLock<String> = LazyLock::new(|| password::hash("nobody has this password"));
    // No account has such a password; hashing it would only keep the machine busy.
    if password.len() > password::LONGEST {
        return Err(Failure::refused(Refused::WrongNameOrPassword));
    }
    let login = login.trim().to_lowercase();
    // Nobody has such a name, and not every database keeps every sign.
    let usable = login_is_usable(&login);
    let accounts = match usable {
        true => office.look(move |_, connection| Ok(account::by_login(connection, &login)?)).await?,
        false => Vec::new(),
    };
    let password = password.to_owned();
    let matching = aside(move || {
        if accounts.is_empty() {
            password::verify(&password, &NOBODY);
        }
        accounts.into_iter().filter(|account| password::verify(&password, &account.password_hash)).collect::<Vec<_>>()
    })
    .await?;
    match <[Account; 1]>::try_from(matching) {
        Ok([account]) => open(office, account.province, account.id, "browser", BROWSER_SESSION).await,
        Err(none) if none.is_empty() => Err(Failure::refused(Refused::WrongNameOrPassword)),
        Err(_) => Err(Failure::refused(Refused::WhichProvince)),
    }
}

/// Opens a session for an account that has proved who it is, or for a role of a demonstration.
pub async fn open(
    office: &Office,
    province: ProvinceId,
    account: UserId,
    kind: &'static str,
    lasts: Span,
) -> Outcome<Key> {
    let now = office.real_now();
    let domain_now = office.look(|office, connection| office.now(connection)).await?;
    let key = Key {
        token: format!("{}.{}", province.number(), random::secret()),
        csrf: random::secret(),
        expires_at: now + lasts,
    };
    let opened = key.clone();
    office
        .store()
        .write::<_, Failure, _>(move |transaction| {
            account::open_session(
                transaction,
                &NewSession {
                    province,
                    account,
                    token: &opened.token,
                    kind,
                    csrf: &opened.csrf,
                    created_at: now,
                    expires_at: opened.expires_at,
                },
            )?;
            let row = audit::AuditRow {
                province,
                id: OperationId(random::id(now)),
                recorded_at: now,
                domain_at: domain_now,
                actor: Some(account),
                action: "sign_in",
                subject: Some(account.0),
                detail: format!("{{\"kind\":\"{kind}\"}}"),
                content: store::Content::default(),
            };
            Ok(audit::append(transaction, row)?)
        })
        .await?;
    Ok(key)
}

/// The command post that a secret or token names; whether it is one of ours is not looked at.
pub fn province_of(token: &str) -> Option<ProvinceId> {
    token.split_once('.')?.0.parse().ok().map(ProvinceId::new)
}

/// Recognises the bearer of a token.
pub async fn recognise(office: &Office, token: String) -> Outcome<Option<Visitor>> {
    let Some(province) = province_of(&token).filter(|_| token.len() < 120) else {
        return Ok(None);
    };
    let session = office
        .look(move |office, connection| Ok(account::session(connection, province, &token, office.real_now())?))
        .await?;
    Ok(session.map(|session| Visitor {
        actor: Actor::of_account(&session.account),
        login: session.account.login,
        csrf: session.csrf,
        is_browser: session.kind == "browser",
    }))
}

/// The secret of a phone to be trusted, and the digest under which it is known here.
pub fn phone_secret(province: ProvinceId) -> (String, String) {
    let secret = format!("{}.{}", province.number(), random::secret());
    let digest = digest_of(&secret);
    (secret, digest)
}

/// What is kept of the secret of a phone or a display.
pub fn digest_of(secret: &str) -> String {
    store::hex(&store::sha256(secret.as_bytes()))
}

/// The phone that shows a secret, whether it opens or not.
pub async fn trusted_phone(office: &Office, secret: &str) -> Outcome<Option<TrustedPhone>> {
    let Some(province) = province_of(secret).filter(|_| secret.len() < 120) else { return Ok(None) };
    let digest = digest_of(secret);
    let found = office.look(move |_, connection| phone_of_secret(connection, province, &digest)).await?;
    Ok(found.map(|kept| kept.content))
}

/// Opens a session by the PIN of a trusted phone. The try is counted before the PIN is looked at.
///
/// # Errors
/// [`phone::Refused`]: wrong, locked, told as lost, not trusted.
pub async fn enter_with_pin(office: &Office, secret: &str, pin: &str) -> Outcome<Key> {
    let not_trusted = || Failure::refused(phone::Refused::NotTrusted);
    let province = province_of(secret).filter(|_| secret.len() < 120).ok_or_else(not_trusted)?;
    let (program, secret_digest) = (Actor::program(province), digest_of(secret));
    let trying = TryPin { secret_digest: secret_digest.clone() };
    let tried = office.perform(program.clone(), trying).await?.done;
    let (typed, stored) = (pin.to_owned(), tried.pin_hash);
    let right = aside(move || typed.len() == phone::DIGITS && password::verify(&typed, &stored)).await?;
    if !right {
        let left = tried.left;
        return Err(Failure::refused(if left == 0 {
            phone::Refused::Locked
        } else {
            phone::Refused::WrongPin { left }
        }));
    }
    office.perform(program, PinWasRight { secret_digest }).await?;
    let account = tried.account;
    let known = office.look(move |_, connection| Ok(account::by_id(connection, province, account)?)).await?;
    // An account that was closed, or works elsewhere by now, opens with its password alone.
    if known.is_none_or(|known| Actor::of_account(&known).own_facility() != Some(tried.facility)) {
        return Err(not_trusted());
    }
    open(office, province, account, "browser", BROWSER_SESSION).await
}

/// Ends a session.
pub async fn sign_out(office: &Office, token: String) -> Outcome<()> {
    let Some(province) = province_of(&token) else { return Ok(()) };
    office
        .store()
        .write::<_, Failure, _>(move |transaction| Ok(account::close_session(transaction, province, &token)?))
        .await
}
