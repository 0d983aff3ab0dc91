//! The publication of a period's task figures: its notice out of the ledger, where it stands, and what anybody may read.

use document::official::OfficialDocument;
use jiff::civil::Date;
use store::{Connection, register};

use super::statistics::{Counted, Period, statistics};
use crate::actor::Actor;
use crate::failure::{Failure, Outcome};
use crate::letters_out::quarter::{Counts, Quarter, Times, compose as composed};
use crate::office::Office;
use crate::papers::content::Content;
use crate::papers::publication::{NotPublished, PublicationId, TaskPublication};
use crate::papers::report::OfficialReport;
use crate::record::{self, Kept};
use crate::views::papers::letters::writer;

impl Period {
    /// «quý IV năm 2026», «tháng 11 năm 2026»: as papers name it.
    pub fn words(self) -> String {
        let quarters = ["I", "II", "III", "IV"];
        let quarter = usize::try_from((self.month - 1) / 3).ok().and_then(|place| quarters.get(place));
        match quarter.filter(|_| self.months == 3) {
            Some(quarter) => format!("quý {quarter} năm {}", self.year),
            None => format!("tháng {} năm {}", self.month, self.year),
        }
    }

    /// Its first and its last day.
    pub fn days(self) -> Option<(Date, Date)> {
        let first = Date::new(self.year, self.month, 1).ok()?;
        let last = Date::new(self.year, self.month + self.months - 1, 1).ok()?.last_of_month();
        Some((first, last))
    }
}

/// The notice of a period as the ledger of tasks gives it now; nothing is kept of it.
pub fn compose(
    office: &Office,
    connection: &mut Connection,
    actor: &Actor,
    period: Period,
) -> Outcome<OfficialDocument> {
    let found = statistics(office, connection, actor, Some(period))?;
    if found.cut {
        return Err(NotPublished::Cut { period: period.words() }.into());
    }
    let days = period.days();
    let facts = Quarter {
        writer: writer(office, connection, actor)?,
        period: period.words(),
        first: days.map(|(first, _)| first),
        last: days.map(|(_, last)| last),
        at: Some(found.now.date()),
        bodies: found.bodies.iter().filter(|one| one.all > 0).map(counts).collect(),
        recurring: found.bodies.iter().filter(|one| one.recurring != (0, 0, 0)).map(times).collect(),
    };
    composed(&facts).map_err(Failure::refused)
}

fn counts(one: &Counted) -> Counts {
    Counts {
        body: one.name.clone(),
        in_time: one.in_time,
        late: one.late,
        open: one.open,
        undone: one.undone,
        returned: one.returned,
        delay_days: one.mean_delay_days(),
    }
}

fn times(one: &Counted) -> Times {
    let (in_time, late, missed) = one.recurring;
    Times { body: one.name.clone(), in_time, late, missed }
}

/// Where the publication of a period stands, with its paper; none while nobody has drafted it. For whoever sees the
/// figures: the paper itself is read by whoever may read papers.
pub fn of_period(
    connection: &mut Connection,
    actor: &Actor,
    period: Period,
) -> Outcome<Option<(Kept<TaskPublication>, Kept<OfficialReport>)>> {
    super::allowed(actor)?;
    if !actor.sees_all() {
        return Ok(None);
    }
    let Some(kept) = record::of_code::<TaskPublication>(connection, actor.province, &period.code())? else {
        return Ok(None);
    };
    let paper = record::one(connection, actor.province, kept.content.paper)?.ok_or(Failure::NotFound)?;
    Ok(Some((kept, paper)))
}

/// What anybody may read of all command posts here, the newest approval first. Nobody asks: it needs no account.
pub fn public(connection: &mut Connection) -> Outcome<Vec<Kept<TaskPublication>>> {
    let mut public = Vec::new();
    for post in register::command_posts(connection)? {
        public.extend(record::open::<TaskPublication>(connection, post.province)?);
    }
    public.sort_by_key(|kept| std::cmp::Reverse(kept.content.open.as_ref().map(|open| open.by.at)));
    Ok(public)
}

/// One notice that is public, as it was signed; of one that was taken back only that and why may be said.
pub fn public_one(
    connection: &mut Connection,
    id: PublicationId,
) -> Outcome<(Kept<TaskPublication>, Option<OfficialDocument>)> {
    for post in register::command_posts(connection)? {
        let Some(kept) = record::one::<TaskPublication>(connection, post.province, id)? else { continue };
        let Some(open) = &kept.content.open else {
            return if kept.content.taken_back.is_some() { Ok((kept, None)) } else { Err(Failure::NotFound) };
        };
        let (_, bytes) = record::kept_file(connection, post.province, &open.content)?;
        let unreadable = |error: serde_json::Error| Failure::Store(store::StoreError::Unreadable(error.to_string()));
        let content: Content = serde_json::from_slice(&bytes).map_err(unreadable)?;
        return Ok((kept, Some(content.document)));
    }
    Err(Failure::NotFound)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_named_and_bounded() {
        let quarter = Period::from_code("2026-Q4").unwrap();
        assert_eq!(quarter.words(), "quý IV năm 2026");
        let (first, last) = quarter.days().unwrap();
        assert_eq!((first.to_string(), last.to_string()), ("2026-10-01".to_owned(), "2026-12-31".to_owned()));
        assert_eq!(Period::from_code("2026-02").unwrap().words(), "tháng 2 năm 2026");
    }
}
