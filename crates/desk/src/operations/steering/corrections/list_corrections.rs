//! List what a letter, a meeting or an inspection calls shortcomings, one a line, in its words (DT16).

use quantity::Id;
use serde::Serialize;

use crate::command::said;
use crate::failure::{Failure, Outcome};
use crate::letters::Directive;
use crate::letters::task::OriginKind;
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::operations::steering::{LineWords, corrected};
use crate::record::RecordId;
use crate::rights::Capability;
use crate::steering::Line;
use crate::steering::correction::{Correction, CorrectionId, Source};
use crate::steering::inspection::Inspection;
use crate::steering::meeting::Meeting;
use crate::steering::paste::{MOST_LINES, bare};

/// Shortcomings of one paper.
#[derive(Debug, Clone, Serialize)]
pub struct ListCorrections {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// The paper, where it is in a register.
    pub of: Option<(OriginKind, Id)>,
    /// Its name, where it is not.
    pub source: String,
    /// One shortcoming a line, word for word.
    pub text: String,
    /// Part of a demonstration or drill.
    pub simulated: bool,
}

impl Operation for ListCorrections {
    type Done = Vec<CorrectionId>;
    const NAME: &'static str = "list_corrections";
    const NEEDS: Capability = Capability::KeepCommand;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<Vec<CorrectionId>> {
        desk.whole_province()?;
        let source = match self.of {
            Some((kind, id)) => Source { kind, id: Some(id), words: name_of(desk, kind, id)? },
            None => {
                let words = crate::command::must_say("source", &self.source)?;
                Source { kind: OriginKind::Correction, id: None, words }
            }
        };
        let shortcomings = self.text.lines().filter_map(|line| said(bare(line))).take(MOST_LINES);
        let mut listed = Vec::new();
        for shortcoming in shortcomings {
            let content = Correction {
                source: source.clone(),
                // Until somebody has said what mends it, mending it is all that is known.
                remedy: corrected(
                    desk,
                    &Line::default(),
                    &LineWords {
                        text: format!("Khắc phục: {shortcoming}"),
                        owner: String::new(),
                        head: String::new(),
                        last_day: None,
                        left_out: false,
                    },
                )?,
                shortcoming,
                cause: None,
                mended: None,
                written_by: desk.actor().display_name.clone(),
                simulated: self.simulated,
            };
            listed.push(desk.open_record(&content)?);
        }
        if listed.is_empty() {
            return Err(Failure::refused(crate::command::Refused::Empty { field: "text" }));
        }
        desk.mention("shortcomings", listed.len());
        Ok(listed)
    }
}

/// What the paper is called.
fn name_of(desk: &mut Desk<'_, '_>, kind: OriginKind, id: Id) -> Outcome<String> {
    match kind {
        OriginKind::Directive => {
            let letter = desk.record(RecordId::<Directive>::new(id))?.content;
            let date = letter.date.map(|day| format!("ngày {}", quantity::time::show_date(day)));
            let parts: Vec<String> =
                [letter.kind, letter.number.or(letter.subject), date].into_iter().flatten().collect();
            Ok(parts.join(" "))
        }
        OriginKind::Meeting => {
            let meeting = desk.record(RecordId::<Meeting>::new(id))?.content;
            Ok(format!("{}, {}", meeting.subject, meeting.held_at.show_date()))
        }
        OriginKind::Inspection => {
            let visit = desk.record(RecordId::<Inspection>::new(id))?.content;
            Ok(format!("Kiểm tra {}, {}", visit.target.name, quantity::time::show_date(visit.on)))
        }
        OriginKind::Correction | OriginKind::Plan | OriginKind::Task => Err(Failure::NotFound),
    }
}
