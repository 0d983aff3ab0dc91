//! Write down a state of one of our papers that another system told: arrived, refused, received, finished.

use document::exchange::{ExchangeLayout, Key, StatusTold};
use quantity::Id;
use serde::Serialize;

use crate::exchange::kept::{SentOut, StateTold};
use crate::exchange::refused::Refused;
use crate::exchange::sending::named_in;
use crate::failure::{Failure, Outcome};
use crate::letters::directive::plain_number;
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::papers::number::NumberGiven;
use crate::record::{self, RecordId};
use crate::rights::Capability;

/// Numbers that are looked through for the one that is meant.
const MOST: i64 = 2_000;

/// The message.
#[derive(Debug, Serialize)]
pub struct TakeState {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// SHA-256 of the message.
    pub digest: [u8; 32],
    /// As it was read.
    #[serde(skip)]
    pub told: StatusTold,
}

impl Operation for TakeState {
    type Done = RecordId<StateTold>;
    const NAME: &'static str = "take_state";
    const NEEDS: Capability = Capability::HandleLetters;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<RecordId<StateTold>> {
        desk.whole_province()?;
        let said = |key: Key| self.told.text(key).unwrap_or_default().chars().take(500).collect::<String>();
        let paper = paper_of(desk, &self.told)?;
        let (state, title) = match &self.told.state {
            Some(state) => (state.name.clone(), state.title.clone()),
            None => (said(Key::Status), String::new()),
        };
        let about = [Key::AnswersNumber, Key::AnswersPackage].into_iter().map(said).find(|text| !text.is_empty());
        let from = [Key::FromName, Key::FromCode].into_iter().map(said).find(|text| !text.is_empty());
        let told = StateTold {
            paper,
            state,
            title,
            description: said(Key::Description),
            from: from.unwrap_or_default(),
            when: said(Key::At),
            about: about.unwrap_or_default(),
            at: desk.now(),
            by: desk.actor().display_name.clone(),
        };
        let code = record::Record::code(&told).unwrap_or_default();
        if desk.record_of_code::<StateTold>(&code)?.is_some() {
            return Err(Failure::refused(Refused::ToldBefore));
        }
        let id = desk.open_record(&told)?;
        desk.about(paper.unwrap_or(id.0));
        desk.mention("state", told.state);
        Ok(id)
    }
}

/// The paper that is meant: by the name of our package, else by a number of the year that is said.
fn paper_of(desk: &mut Desk<'_, '_>, told: &StatusTold) -> Outcome<Option<Id>> {
    if let Some(name) = told.text(Key::AnswersPackage).and_then(named_in)
        && let Some(sent) = desk.record_of_code::<SentOut>(&name)?
    {
        return Ok(Some(sent.content.paper));
    }
    let Some(number) = told.text(Key::AnswersNumber).map(plain_number) else { return Ok(None) };
    let layout = ExchangeLayout::shipped().iter().find(|layout| layout.key == told.layout);
    let day = told.text(Key::AnswersDay).and_then(|day| layout.and_then(|layout| layout.day(day)));
    let Some(day) = day else { return Ok(None) };
    let province = desk.actor().province;
    let given = record::newest::<NumberGiven>(desk.transaction(), province, MOST)?;
    let bare = |number: &str| number.trim_start_matches('0').to_owned();
    let meant = given.into_iter().find(|one| {
        let year = one.content.series.rsplit('/').next().and_then(|year| year.parse().ok());
        year == Some(day.year()) && bare(&plain_number(&one.content.text)) == bare(&number)
    });
    Ok(meant.map(|one| one.content.paper))
}
