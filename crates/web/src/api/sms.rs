//! SMS by a gateway, and where vehicles are: what programs with a token of their own may send.

use axum::extract::State;
use axum::http::StatusCode;
use desk::Failure;
use desk::IdempotencyKey;
use desk::operations::file_report::Filed;
use desk::operations::inbox::file_sms::FileSms;
use desk::operations::inbox::receive_sms::{ReceiveSms, SmsNext};
use desk::operations::inbox::tell_position::TellPosition;
use desk::views::inbox::positions;
use locale::Locale;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::document::{ReadRefusals, WriteRefusals};
use super::json;
use super::sent::{Asked, Sent, moment_if, written};
use crate::app::App;
use crate::respond::{Answer, Problem};
use crate::view::Say;

/// An SMS as the gateway hands it over.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Sms)]
pub(super) struct SmsBody {
    /// Number of the sender.
    #[schema(example = "+84912345678")]
    from: String,
    /// Its words: the short form `OXY code tank full/empty patients`, or any text.
    #[schema(example = "OXY HA01 45% 120/30 17")]
    text: String,
}

/// What became of an SMS, and what to answer its sender.
#[derive(Serialize, ToSchema)]
#[schema(as = SmsAnswer)]
pub(super) struct SmsAnswer {
    /// Key of the message in the inbox.
    #[schema(format = "uuid")]
    message: String,
    /// `recorded`: a report was filed; `waiting`: the desk looks at it.
    #[schema(example = "recorded")]
    state: &'static str,
    /// The report; null while the message waits.
    #[schema(format = "uuid")]
    report: Option<String>,
    /// Three signs to be said on the telephone; null while the message waits.
    code: Option<String>,
    /// Why it waits; null when it was recorded or is an ordinary text.
    refused: Option<String>,
    /// The answer to be sent to the sender, in Vietnamese.
    reply: String,
    /// The same without accents, for gateways that take 7-bit text only.
    reply_ascii: String,
}

/// Takes an SMS over from a gateway.
///
/// In the short form and from the telephone of an officer of the facility it names it is filed at once; any other
/// text waits in the inbox for the desk. The service account has the role `gateway`.
#[utoipa::path(post, path = "/sms", tag = "messages", operation_id = "receive_sms",
    params(("Idempotency-Key" = String, Header, description = "The gateway's own key of the message", min_length = 8, max_length = 78)),
    request_body = SmsBody,
    responses((status = 200, description = "Taken; `state` says what became of it", body = SmsAnswer), WriteRefusals))]
pub(super) async fn receive(State(app): State<App>, Sent { member, key, body }: Sent<SmsBody>) -> Answer {
    let caller = &member.caller;
    let actor = &member.visitor.actor;
    let sms = ReceiveSms { key: Some(key.clone()), from: body.from.clone(), text: body.text };
    let done = app.office.perform(actor.clone(), sms).await.map_err(|failure| Problem::of(failure, caller))?.done;
    let message = done.message;
    let filed = match &done.next {
        SmsNext::File => {
            let key = IdempotencyKey::new(&format!("{}-f", key.as_str()));
            Some(app.office.perform(actor.clone(), FileSms { key, message, from: body.from }).await)
        }
        _ => None,
    };
    let t = Say(Locale::Vietnamese);
    let (filed, refused, reply) = match filed {
        Some(Ok(receipt)) => {
            let filed = receipt.done;
            let reply = t.two("sms-recorded", "time", filed.recorded_at.show_time(), "code", filed.code.clone());
            (Some(filed), None, reply)
        }
        // What makes no report of its own waits for the desk; a fault of ours is told as one.
        Some(Err(Failure::Refused(reason))) => {
            let words = locale::sentence(t.0, reason.as_ref());
            (None, Some(reason.code().to_owned()), t.one("sms-doubtful", "sentence", words.sentence))
        }
        Some(Err(failure)) => return Err(Problem::of(failure, caller)),
        None => (None, None, waiting_words(t, &done.next, done.again)),
    };
    let answer = SmsAnswer {
        message: message.to_string(),
        state: if filed.is_some() { "recorded" } else { "waiting" },
        report: filed.as_ref().map(|filed: &Filed| filed.report.to_string()),
        code: filed.map(|filed| filed.code),
        refused,
        reply_ascii: place::text::ascii_fold(&reply),
        reply,
    };
    json(StatusCode::OK, &answer)
}

fn waiting_words(t: Say, next: &SmsNext, again: bool) -> String {
    match next {
        _ if again => t.say("sms-again"),
        SmsNext::UnknownNumber => t.say("sms-unknown-number"),
        SmsNext::UnknownCode { code } => t.one("sms-unknown-code", "code", code.clone()),
        SmsNext::Piece { piece } => t.one("sms-piece", "piece", piece.clone()),
        SmsNext::File | SmsNext::Read => t.say("sms-waiting"),
    }
}

/// Where a vehicle is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Position)]
pub(super) struct PositionBody {
    /// As painted.
    #[schema(example = "68C-123.45")]
    plate: String,
    /// Degrees north.
    #[schema(example = 10.01)]
    lat: f64,
    /// Degrees east.
    #[schema(example = 105.08)]
    lon: f64,
    /// When it was there, RFC 3339; now when left out.
    at: Option<String>,
}

/// Whether it is the newest.
#[derive(Serialize, ToSchema)]
#[schema(as = PositionTaken)]
pub(super) struct PositionAnswer {
    /// `false`: a newer place of this vehicle is known already.
    newest: bool,
}

/// Tells where a supplier's vehicle is. The service account has the role `tracker`.
#[utoipa::path(post, path = "/vehicles/positions", tag = "messages", operation_id = "tell_position",
    params(("Idempotency-Key" = String, Header, description = "Made by the device for this place", min_length = 8, max_length = 80)),
    request_body = PositionBody,
    responses((status = 200, description = "Taken", body = PositionAnswer), WriteRefusals))]
pub(super) async fn tell(State(app): State<App>, Sent { member, key, body }: Sent<PositionBody>) -> Answer {
    let caller = &member.caller;
    let at = moment_if("at", body.at.as_ref(), caller)?;
    let told = TellPosition { key: Some(key), plate: body.plate, lat: body.lat, lon: body.lon, at };
    let receipt = app.office.perform(member.visitor.actor.clone(), told).await;
    let done = receipt.map_err(|failure| Problem::of(failure, caller))?.done;
    json(StatusCode::OK, &PositionAnswer { newest: done.newest })
}

/// Nothing is asked.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Nothing {}

/// Where a vehicle last was.
#[derive(Serialize, ToSchema)]
#[schema(as = KnownPosition)]
pub(super) struct KnownPosition {
    /// Plate without blanks and signs.
    plate: String,
    /// Degrees north.
    lat: f64,
    /// Degrees east.
    lon: f64,
    /// When it was there.
    #[schema(format = DateTime)]
    at: String,
}

/// Where vehicles last were, newest first.
#[utoipa::path(get, path = "/vehicles/positions", tag = "messages", operation_id = "list_positions",
    responses((status = 200, description = "One row a vehicle", body = Vec<KnownPosition>), ReadRefusals))]
pub(super) async fn list(State(app): State<App>, Asked { member, query: Nothing {} }: Asked<Nothing>) -> Answer {
    let actor = member.visitor.actor.clone();
    let found = app.office.look(move |_, connection| positions(connection, &actor)).await;
    let found = found.map_err(|failure| Problem::of(failure, &member.caller))?;
    let rows: Vec<KnownPosition> = found
        .into_iter()
        .map(|one| KnownPosition { plate: one.plate, lat: one.lat, lon: one.lon, at: written(one.at) })
        .collect();
    json(StatusCode::OK, &rows)
}
