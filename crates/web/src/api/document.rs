//! The OpenAPI 3.1 document of the API: what stands above all paths, and the refusals they share.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::openapi::response::{Response, ResponseBuilder};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{ContentBuilder, Ref, RefOr};
use utoipa::{IntoResponses, Modify, OpenApi, ToSchema};

use crate::visitor::SESSION_COOKIE;

/// Why a request was not done, for a person and for a program.
#[derive(Serialize, ToSchema)]
#[schema(as = Problem)]
struct ProblemAnswer {
    /// Stable code; never reused for another meaning.
    #[schema(example = "OXY-014")]
    code: String,
    /// What is wrong, in the language of `Accept-Language` (vi or en; vi when left out).
    #[schema(example = "Mức bồn tương đương 22.400 kg không thể đúng: chỗ này chứa tối đa 3.000 kg.")]
    sentence: String,
    /// What to do next; empty when there is nothing.
    #[schema(example = "Xem lại đơn vị: đồng hồ này đo bằng kg?")]
    next: String,
    /// With 403 of a missing right: the roles that have it, in the same language.
    who_may: Vec<String>,
}

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Bốn Tại Chỗ",
        description = "Medical oxygen of a province: who reports what, and who is running out.\n\n\
            Names of figures carry their unit. Times are RFC 3339 with their offset. `null` is «not known», never zero. \
            Fields and parameters that are not named here are refused, so that a slip of the pen is not lost in silence. \
            Programs send `Authorization: Bearer TOKEN`; a browser's session also needs `x-csrf-token` with every write.",
        license(name = "Apache-2.0", identifier = "Apache-2.0"),
    ),
    servers((url = "/api/v1")),
    paths(
        super::facilities::list,
        super::health::health,
        super::oxygen::of_facility,
        super::oxygen::running_out,
        super::reports::file,
        super::reports::list,
        super::reversal::reverse,
        super::sheet::of_day,
        super::sms::receive,
        super::sms::tell,
        super::sms::list,
    ),
    components(schemas(ProblemAnswer)),
    tags(
        (name = "facilities", description = "Facilities and their stores of oxygen"),
        (name = "reports", description = "What facilities say"),
        (name = "oxygen", description = "How long oxygen lasts"),
        (name = "messages", description = "SMS from a gateway, vehicles on the road"),
        (name = "health", description = "Whether the program answers"),
    ),
    modifiers(&Security),
    security(("token" = []), ("session" = [])),
)]
struct Document;

struct Security;

impl Modify for Security {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let components = document.components.get_or_insert_default();
        let token = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some("Made with `bontaicho user`."));
        components.add_security_scheme("token", SecurityScheme::Http(token.build()));
        let session = ApiKeyValue::with_description(SESSION_COOKIE, "A browser that has signed in.");
        components.add_security_scheme("session", SecurityScheme::ApiKey(ApiKey::Cookie(session)));
    }
}

/// The OpenAPI 3.1 document, as indented JSON with a line end.
///
/// # Errors
/// Only if a description cannot be written as JSON, which a test excludes.
pub fn openapi() -> Result<String, serde_json::Error> {
    let mut document = Document::openapi();
    document.info.version = "1".to_owned();
    document.to_pretty_json().map(|text| text + "\n")
}

fn refusal(description: &str) -> RefOr<Response> {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    RefOr::T(ResponseBuilder::new().description(description).content("application/json", content).build())
}

fn refusals<const N: usize>(all: [(&str, &str); N]) -> BTreeMap<String, RefOr<Response>> {
    all.into_iter().map(|(status, description)| (status.to_owned(), refusal(description))).collect()
}

const SIGNED_OUT: (&str, &str) =
    ("401", "SEC-012: no session; INB-023: the token was revoked, has ended or is mistyped");
const NO_RIGHT: (&str, &str) = ("403", "DSK-002: the account lacks the right; `who_may` names the roles that have it");
const NOT_FOUND: (&str, &str) = ("404", "DSK-001: there is none, or it lies outside your scope");
const UNREADABLE: (&str, &str) = ("400", "WEB-004: a time; WEB-007: a parameter");
const DATABASE: (&str, &str) = ("503", "STO-001, STO-002: the database does not answer; nothing was changed");

/// How a read can be refused.
pub(super) struct ReadRefusals;

impl IntoResponses for ReadRefusals {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let norms = ("422", "A norm is missing on that day: codes PRT");
        refusals([UNREADABLE, SIGNED_OUT, NO_RIGHT, NOT_FOUND, norms, DATABASE])
    }
}

/// How a write can be refused.
pub(super) struct WriteRefusals;

impl IntoResponses for WriteRefusals {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        refusals([
            ("400", "WEB-001, WEB-005, WEB-006: the body; WEB-003: no idempotency key; WEB-004: a time"),
            SIGNED_OUT,
            (
                "403",
                "DSK-002: the account lacks the right; `who_may` names the roles that have it. SEC-013: a browser's write without its token",
            ),
            NOT_FOUND,
            ("409", "DSK-003: the key was used for another request"),
            ("413", "WEB-002: more than 14 MiB"),
            ("422", "What was said cannot be: codes OXY, QTY; WEB-008: people waiting without patients"),
            ("429", "SEC-014: too many writes; `Retry-After` says after how many seconds to come again"),
            DATABASE,
        ])
    }
}

/// How the watch over the machine can be answered otherwise.
pub(super) struct Unwell;

impl IntoResponses for Unwell {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        refusals([DATABASE])
    }
}
