//! What a person should look at before anything goes out.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::date::{Written, date_at, dates, differ};
use crate::layout::Layout;
use crate::outline::Block;
use crate::scan::find_all;
use crate::signature::Signature;
use crate::task::Task;
use crate::text::{Found, Text};

/// What a person should look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// A date that the calendar does not have.
    ImpossibleDate,
    /// Two letters in one text: `second_letter` says where the second begins.
    SecondLetter,
    /// The signer's family name may be misspelt («nghi sai chính tả»).
    SignerName,
    /// The date line and the stamp of the signing («Ngày ký: …») name different days.
    DatesDiffer,
    /// A deadline before the letter's own day.
    DeadlinePassed,
}

/// What was seen of the letter.
pub(crate) struct Seen<'a> {
    pub(crate) layout: &'a Layout,
    /// The date line.
    pub(crate) date: Option<&'a Found<Written>>,
    /// Its day.
    pub(crate) issued: Option<Date>,
    pub(crate) tasks: &'a [Task],
    pub(crate) signature: Option<&'a Signature>,
}

/// Words before the day of a signing.
const SIGNED: &[&str] = &["ngày ký", "thời gian ký", "ký ngày", "ký số ngày"];

/// All that is doubtful.
pub(crate) fn doubts(text: &Text, seen: &Seen<'_>) -> Vec<Doubt> {
    let impossible = dates(text, text.all()).into_iter().any(|(written, _)| written.is_impossible());
    let other = seen.issued.is_some_and(|issued| signings(text).into_iter().any(|day| day != issued))
        || differ(text, &seen.layout.head);
    let late = seen.issued.is_some_and(|issued| {
        let days = seen.tasks.iter().flat_map(|task| &task.deadlines).filter_map(|deadline| deadline.value.day());
        days.into_iter().any(|day| day < issued)
    });
    let all = [
        (impossible, Doubt::ImpossibleDate),
        (seen.layout.second.is_some(), Doubt::SecondLetter),
        (seen.signature.is_some_and(|signature| signature.name_is_doubtful), Doubt::SignerName),
        (other && seen.date.is_some(), Doubt::DatesDiffer),
        (late, Doubt::DeadlinePassed),
    ];
    all.into_iter().filter(|(doubtful, _)| *doubtful).map(|(_, doubt)| doubt).collect()
}

/// The days that stamps of signing name; «kể từ ngày ký» names none.
fn signings(text: &Text) -> Vec<Date> {
    let hits = find_all(text, text.all(), SIGNED);
    let days = hits.into_iter().filter_map(|hit| {
        let from = crate::scan::skip(&text.lower, hit.end, &[' ', ':']);
        // A digital stamp may tell the hour first: «08:15:22 14/9/2021».
        let rest = text.lower.get(from..)?;
        let clock = rest
            .find(|letter: char| !letter.is_ascii_digit() && letter != ':')
            .filter(|at| rest.get(..*at).is_some_and(|head| head.contains(':')));
        let from = clock.map_or(from, |at| crate::scan::skip(&text.lower, from + at, &[' ', ',']));
        date_at(&text.lower, from)?.0.date()
    });
    days.collect()
}

/// Heads who answer for the whole letter: named below the tasks, in no task.
pub(crate) fn accountable(text: &Text, body: &[Block], tasks: &[Task]) -> Vec<Found<String>> {
    let inside = |at: usize| tasks.iter().any(|task| task.text.place.start <= at && at < task.text.place.end);
    let heads = body.iter().flat_map(|block| crate::duty::accountable(text, block.bounds));
    let found = heads.map(|head| text.quote(head, 75));
    found
        .filter(|head| !inside(head.place.start) && !tasks.iter().any(|task| task.accountable.contains(head)))
        .collect()
}
