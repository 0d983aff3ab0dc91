//! The delivery of messages: with growing pauses, each until it is sent, too old, or tried too often.
//! The job's lease keeps two workers apart; a message that was sent and not noted (the program died
//! between the two) is sent again under the same key.

use quantity::{Moment, Span};
use serde::{Deserialize, Serialize};
use store::register;

use super::gateway::{Gateway, NotTaken};
use super::records::{Channel, Message};
use super::watch::settings;
use crate::actor::Actor;
use crate::failure::Outcome;
use crate::office::Office;
use crate::operations::alarm::settle_message::SettleMessage;
use crate::record::{self, Kept};

/// Messages tried at once, each in its own thread, so that a gateway that hangs delays the other
/// jobs by one patience only.
const AT_ONCE: usize = 8;
/// So long one run may take before it leaves the rest to the next: well below the lease of a job, or with many
/// provinces and a gateway that hangs a second worker would send the same messages again.
const ONE_RUN: Span = Span::seconds(60);
/// Tries after which a message is given up.
pub const TRIES: u32 = 6;
/// Pause after the first try; doubled after each.
const FIRST_PAUSE: Span = Span::seconds(30);

/// What came of a try.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tried {
    /// The gateway has taken it.
    Taken,
    /// It has not: a word why.
    NotTaken(String),
    /// There is no gateway for it.
    NoGateway,
    /// It is too old to be of use.
    TooOld,
}

/// The pause after so many tries.
pub fn pause_after(attempts: u32) -> Span {
    Span::micros(FIRST_PAUSE.as_micros() << attempts.saturating_sub(1).min(5))
}

/// Tries every message that is due; how many were tried.
pub fn send_all(office: &Office) -> Outcome<usize> {
    let posts = office.look_blocking(|_, connection| Ok(register::command_posts(connection)?))?;
    let (mut tried, began) = (0, office.real_now());
    for post in posts {
        if office.real_now() - began >= ONE_RUN {
            break;
        }
        let province = post.province;
        let real = office.real_now();
        let (mut due, lasts) = office.look_blocking(|office, connection| {
            let registry = office.registry(connection, province)?;
            let now = office.now(connection)?;
            let due = record::due::<Message>(connection, province, real)?;
            Ok((due, settings(&registry, now)?.message_lasts))
        })?;
        due.truncate(AT_ONCE);
        for (kept, outcome) in try_each(office, due, real, lasts) {
            let (id, attempts) = (kept.id, kept.content.attempts);
            office.perform_blocking(Actor::program(province), SettleMessage { id, attempts, outcome })?;
            tried += 1;
        }
    }
    Ok(tried)
}

fn try_each(office: &Office, due: Vec<Kept<Message>>, real: Moment, lasts: Span) -> Vec<(Kept<Message>, Tried)> {
    let gateways = office.gateways();
    let one = |kept: &Kept<Message>| {
        let message = &kept.content;
        let gateway: Option<&Gateway> = match message.channel {
            Channel::Sms => gateways.sms.as_ref(),
            Channel::Email => gateways.email.as_ref(),
        };
        match gateway {
            _ if real - message.written_real > lasts => Tried::TooOld,
            None => Tried::NoGateway,
            Some(gateway) => match gateway.send(&message.to, &message.text, &kept.id.to_string()) {
                Ok(()) => Tried::Taken,
                Err(why) => Tried::NotTaken(why.word()),
            },
        }
    };
    std::thread::scope(|scope| {
        let threads: Vec<_> = due.iter().map(|kept| scope.spawn(move || one(kept))).collect();
        // A thread that panicked has not sent: it is tried again.
        let outcomes: Vec<Tried> = threads
            .into_iter()
            .map(|thread| thread.join().unwrap_or_else(|_| Tried::NotTaken(NotTaken::Unreachable.word())))
            .collect();
        due.iter().cloned().zip(outcomes).collect()
    })
}
