//! What runs by itself: sealing the audit, forgetting what has ended. Jobs are claimed with a
//! lease, so several processes may look for work and none is done twice at once.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use place::ProvinceId;
use quantity::Span;
use store::job::{self, Claimed, Planned};
use store::{account, audit, register};

use crate::alarms;
use crate::failure::{Failure, Outcome};
use crate::forecasts;
use crate::letters;
use crate::office::Office;
use crate::random;

/// Numbers and chains what has been committed, of all provinces.
const SEAL: &str = "seal";
/// Forgets keys and sessions that have ended, of all provinces.
const FORGET: &str = "forget";
/// Judges the figures of each minute of the domain clock, of all provinces.
const WATCH: &str = "watch";
/// Sends the messages that are due, of all provinces.
const SEND: &str = "send";
/// Reminds of tasks and sends the digest of the morning, of all provinces.
const TASKS: &str = "tasks";
/// Makes forecasts where more became known, of all provinces.
const FORECAST: &str = "forecast";
/// A worker that died is replaced after this long.
const LEASE: Span = Span::minutes(2);
/// How often an idle worker looks for work.
const IDLE: Duration = Duration::from_millis(500);
/// Rows that one sealing transaction takes at most; a full one means that there is more.
const SEALED_AT_ONCE: usize = 2_000;

/// Makes sure that the standing jobs are there.
pub fn plan(office: &Office) -> Outcome<()> {
    let now = office.real_now();
    let standing = [
        (SEAL, Span::seconds(1)),
        (FORGET, Span::hours(1)),
        (WATCH, Span::seconds(2)),
        (SEND, Span::seconds(2)),
        (TASKS, Span::seconds(5)),
        (FORECAST, Span::seconds(10)),
    ];
    office.store().write_blocking::<_, Failure, _>(move |transaction| {
        for (kind, every) in standing {
            let job = Planned {
                province: ProvinceId::NATION,
                id: random::id(now),
                kind,
                payload: "{}",
                due_at: now,
                every: Some(every),
            };
            job::ensure(transaction, &job)?;
        }
        Ok(())
    })
}

/// Looks for work until told to stop.
pub fn run(office: &Office, stop: &AtomicBool) {
    while !stop.load(Ordering::Relaxed) {
        match work_one(office) {
            Ok(true) => {}
            Ok(false) => std::thread::sleep(IDLE),
            Err(error) => {
                tracing::error!(%error, "looking for work failed");
                std::thread::sleep(IDLE * 4);
            }
        }
    }
}

/// Claims and does one job; `false` when none was due.
pub fn work_one(office: &Office) -> Outcome<bool> {
    let now = office.real_now();
    let claimed =
        office.store().write_blocking::<_, Failure, _>(move |transaction| Ok(job::claim(transaction, now, LEASE)?))?;
    let Some(job) = claimed else { return Ok(false) };
    let done = do_job(office, &job);
    let after = office.real_now();
    office.store().write_blocking::<_, Failure, _>(move |transaction| {
        let held = match &done {
            Ok(()) => job::finish(transaction, &job, after)?,
            Err(error) => {
                tracing::error!(kind = job.kind, %error, "a job failed and will be tried again");
                job::fail(transaction, &job, after, &error.to_string())?
            }
        };
        if !held {
            tracing::warn!(kind = job.kind, "a job took longer than its lease");
        }
        Ok(())
    })?;
    Ok(true)
}

fn do_job(office: &Office, job: &Claimed) -> Outcome<()> {
    match job.kind.as_str() {
        SEAL => seal_all(office),
        FORGET => forget_all(office),
        WATCH => alarms::watch::watch_all(office),
        TASKS => letters::watch::watch_all(office),
        FORECAST => forecasts::watch::watch_all(office),
        SEND => alarms::deliver::send_all(office).map(drop),
        other => Err(Failure::Store(store::StoreError::Unreadable(format!("unknown job {other}")))),
    }
}

/// Seals what is unsealed, province by province.
pub fn seal_all(office: &Office) -> Outcome<()> {
    let provinces = office.store().read_blocking(audit::provinces_to_seal)?;
    for province in provinces {
        while office
            .store()
            .write_blocking::<_, Failure, _>(move |transaction| Ok(audit::seal(transaction, province)?))?
            == SEALED_AT_ONCE
        {}
    }
    Ok(())
}

fn forget_all(office: &Office) -> Outcome<()> {
    let now = office.real_now();
    let posts = office.store().read_blocking(register::command_posts)?;
    office.store().write_blocking::<_, Failure, _>(move |transaction| {
        for post in posts {
            audit::forget_keys(transaction, post.province, now)?;
            account::forget_sessions(transaction, post.province, now)?;
        }
        Ok(())
    })
}
