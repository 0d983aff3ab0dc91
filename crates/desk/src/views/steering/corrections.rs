//! Shortcomings that must be mended (DT16), open ones first.

use jiff::civil::Date;
use store::Connection;

use super::{LineSeen, Looking, MOST, begin, must};
use crate::actor::Actor;
use crate::failure::{Failure, Outcome};
use crate::letters::directive::DirectiveId;
use crate::letters::shortcomings::{Shortcoming, as_lines, shortcomings};
use crate::letters::task::OriginKind;
use crate::letters::{Directive, Standing};
use crate::office::Office;
use crate::record::{self, Kept};
use crate::rights::Capability;
use crate::steering::correction::Correction;
use crate::steering::inspection::Inspection;
use crate::steering::meeting::Meeting;

/// One shortcoming.
#[derive(Debug, Clone)]
pub struct CorrectionSeen {
    /// The shortcoming.
    pub kept: Kept<Correction>,
    /// Its remedy, with its tasks.
    pub remedy: LineSeen,
}

/// A paper that a shortcoming may be named in: its kind, key and name.
pub type Paper = (OriginKind, quantity::Id, String);

/// What the page shows.
#[derive(Debug, Clone)]
pub struct Corrections {
    /// Today, by the domain clock.
    pub today: Date,
    /// Open ones first, the most urgent first.
    pub all: Vec<CorrectionSeen>,
    /// Where a shortcoming may have been named, newest first.
    pub papers: Vec<Paper>,
}

/// All shortcomings.
pub fn corrections(office: &Office, connection: &mut Connection, actor: &Actor) -> Outcome<Corrections> {
    let (now, registry) = begin(office, connection, actor, Capability::SeeLetters)?;
    let looking = Looking::new(&registry, now);
    let mut all = Vec::new();
    for kept in record::newest::<Correction>(connection, actor.province, MOST)? {
        let remedy = looking.line(connection, actor, &kept.content.remedy)?;
        all.push(CorrectionSeen { kept, remedy });
    }
    all.sort_by_key(|one| {
        let content = &one.kept.content;
        (content.mended.is_some(), content.remedy.last_day.unwrap_or(Date::MAX))
    });
    let mut papers = Vec::new();
    for kept in record::newest::<Directive>(connection, actor.province, 50)? {
        if kept.content.standing != Standing::Withdrawn {
            let called = [kept.content.number.clone(), kept.content.subject.clone()];
            let called: Vec<String> = called.into_iter().flatten().collect();
            papers.push((OriginKind::Directive, kept.id.0, called.join(" · ")));
        }
    }
    for kept in record::newest::<Meeting>(connection, actor.province, 50)? {
        let day = kept.content.held_at.show_date();
        papers.push((OriginKind::Meeting, kept.id.0, format!("{} · {day}", kept.content.subject)));
    }
    if actor.may(Capability::KeepCommand) {
        for kept in record::newest::<Inspection>(connection, actor.province, 50)? {
            let day = quantity::time::show_date(kept.content.on);
            papers.push((OriginKind::Inspection, kept.id.0, format!("{} · {day}", kept.content.target.name)));
        }
    }
    Ok(Corrections { today: now.date(), all, papers })
}

/// The shortcomings that the program finds in a letter and that nobody has listed yet: a proposal, nothing is kept of it.
pub fn proposed(connection: &mut Connection, actor: &Actor, letter: DirectiveId) -> Outcome<Vec<Shortcoming>> {
    must(actor, Capability::SeeLetters)?;
    let kept = record::one::<Directive>(connection, actor.province, letter)?.ok_or(Failure::NotFound)?;
    let text = record::kept_text(connection, actor.province, &kept.content.text)?;
    let listed = record::of_owner::<Correction>(connection, actor.province, letter.0, MOST)?;
    let mut found = shortcomings(&text);
    found.retain(|one| {
        let words = as_lines(std::slice::from_ref(one));
        listed.iter().all(|kept| kept.content.shortcoming != words)
    });
    Ok(found)
}
