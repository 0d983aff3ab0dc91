//! The watch over tasks: each quarter of an hour of the domain clock the reminders that are due are written, and once a
//! morning the leader's digest. Looked up in a read, written only where something is due.

use place::ProvinceId;
use protocol::OfficeRules;
use quantity::Moment;
use store::register;

use super::digest::TaskDigest;
use super::receipt::is_asked;
use super::remind::due_step;
use super::task::{Task, TaskId};
use crate::actor::Actor;
use crate::failure::{Failure, Outcome};
use crate::office::Office;
use crate::office_rules::rules_on;
use crate::operations::rules::ask_receipts::AskReceipts;
use crate::operations::tasks::remind_tasks::RemindTasks;
use crate::operations::tasks::send_digest::SendDigest;
use crate::record;
use crate::views::tasks::digest::digest;
use crate::views::tasks::find;

/// A quarter of an hour in microseconds.
const QUARTER: i64 = 15 * 60 * 1_000_000;
/// Open tasks that are looked through for receipts: those given out last.
const NEWEST: i64 = 2_000;
/// Tasks that one operation reminds of: it holds the writer.
const AT_ONCE: usize = 200;

/// Watches the tasks of every province.
pub fn watch_all(office: &Office) -> Outcome<()> {
    let posts = office.look_blocking(|_, connection| Ok(register::command_posts(connection)?))?;
    for post in posts.into_iter().filter(|post| post.closed_on.is_none()) {
        watch(office, post.province)?;
    }
    Ok(())
}

/// What is due in a province at a moment.
struct Pending {
    quarter: String,
    tasks: Vec<TaskId>,
    unreceived: Vec<TaskId>,
    digest: Option<TaskDigest>,
}

/// Watches the tasks of a province, once in a quarter of an hour of the domain clock.
pub fn watch(office: &Office, province: ProvinceId) -> Outcome<()> {
    let name = format!("tasks_watched_{}", province.number());
    let asked = name.clone();
    let found = office.look_blocking(move |office, connection| {
        let now = office.now(connection)?;
        let quarter = (now.micros() / QUARTER).to_string();
        if register::setting(connection, &asked)?.as_deref() == Some(quarter.as_str()) {
            return Ok(None);
        }
        let rules = rules_on(connection, province, now.date())?;
        let tasks = pending(connection, province, now, &rules)?;
        let digest = morning(office, connection, province, now, &rules)?;
        let unreceived = unreceived(connection, province, now, &rules)?;
        Ok(Some(Pending { quarter, tasks, unreceived, digest }))
    })?;
    let Some(Pending { quarter, tasks, unreceived, digest }) = found else { return Ok(()) };
    for tasks in tasks.chunks(AT_ONCE) {
        office.perform_blocking(Actor::program(province), RemindTasks { tasks: tasks.to_vec() })?;
    }
    for tasks in unreceived.chunks(AT_ONCE) {
        office.perform_blocking(Actor::program(province), AskReceipts { tasks: tasks.to_vec() })?;
    }
    if let Some(digest) = digest {
        office.perform_blocking(Actor::program(province), SendDigest { digest })?;
    }
    office
        .store()
        .write_blocking::<_, Failure, _>(move |transaction| Ok(register::set_setting(transaction, &name, &quarter)?))
}

/// The tasks that somebody is reminded of now: only those whose deadline lies around now are read.
fn pending(
    connection: &mut store::Connection,
    province: ProvinceId,
    now: Moment,
    rules: &OfficeRules,
) -> Outcome<Vec<TaskId>> {
    if !rules.is_awake(now) {
        return Ok(Vec::new());
    }
    let steps = &rules.reminders.steps;
    let (first, last) = (steps.first().copied().unwrap_or(0), steps.last().copied().unwrap_or(0));
    let days = |days: i16| quantity::Span::days(i64::from(days) + 2);
    let around = (now - days(last), now + days(-first));
    let found = find::due_within(connection, province, around)?;
    Ok(found.into_iter().filter(|kept| due_step(&kept.content, now, rules).is_some()).map(|kept| kept.id).collect())
}

/// The newest tasks that nobody has received for too long and of which nobody was asked yet (DT08).
fn unreceived(
    connection: &mut store::Connection,
    province: ProvinceId,
    now: Moment,
    rules: &OfficeRules,
) -> Outcome<Vec<TaskId>> {
    if !rules.is_awake(now) {
        return Ok(Vec::new());
    }
    let newest = record::open_few::<Task>(connection, province, NEWEST)?;
    Ok(newest.into_iter().filter(|kept| is_asked(&kept.content, now, rules)).map(|kept| kept.id).collect())
}

/// The digest of this morning, where it was not sent yet.
fn morning(
    office: &Office,
    connection: &mut store::Connection,
    province: ProvinceId,
    now: Moment,
    rules: &OfficeRules,
) -> Outcome<Option<TaskDigest>> {
    let day = now.date();
    let early = i64::from(now.local().hour()) < rules.reminders.digest_hour;
    if early || !rules.is_awake(now) || record::of_code::<TaskDigest>(connection, province, &day.to_string())?.is_some()
    {
        return Ok(None);
    }
    let found = digest(office, connection, &Actor::program(province))?;
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let digest = TaskDigest {
        day,
        at: now,
        to: Vec::new(),
        overdue: count(found.overdue_count()),
        soon: count(found.soon_count),
        waiting: count(found.waiting_count),
        new: count(found.new.len()),
        more_new: found.more_new,
        obstacles: count(found.obstacles.len()),
    };
    let nothing = [digest.overdue, digest.soon, digest.waiting, digest.new, digest.obstacles] == [0; 5];
    Ok((!nothing).then_some(digest))
}
