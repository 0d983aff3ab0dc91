//! Note one figure for a group of facilities that report by courtesy, as somebody said it on the telephone
//! (design rule 8). It stands beside the list, in no sum.

use quantity::{Grams, Moment, Typed, Unit};
use serde::Serialize;

use crate::command::courtesy::{GROUPS, GroupFigure};
use crate::command::{Refused, must_say, said};
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::operations::file_report::check_time;
use crate::record::RecordId;
use crate::rights::Capability;

/// What was said.
#[derive(Debug, Clone, Serialize)]
pub struct NoteGroup {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Stable name of the group.
    pub group: String,
    /// For how many facilities.
    pub facilities: u32,
    /// Patients on oxygen; none where it was not said.
    pub patients: Option<u32>,
    /// Oxygen in stock in kilograms, as said; empty where it was not.
    pub stock: String,
    /// Who said it.
    pub told_by: String,
    /// His number.
    pub phone: String,
    /// When it was so; none for now.
    pub at: Option<Moment>,
}

/// More than any group of hospitals of a province holds.
const MOST: Grams = Grams::from_kg(5_000_000);

impl Operation for NoteGroup {
    type Done = RecordId<GroupFigure>;
    const NAME: &'static str = "note_group";
    const NEEDS: Capability = Capability::KeepCommand;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<Self::Done> {
        desk.whole_province()?;
        let group = must_say("group", &self.group)?;
        if !GROUPS.iter().any(|(code, _)| *code == group) {
            return Err(Failure::refused(Refused::NoSuchLine { key: group }));
        }
        if self.facilities == 0 {
            return Err(Failure::refused(Refused::NoFacilities));
        }
        let stock = said(&self.stock).map(|text| mass_of(&text).map(|grams| (grams, text))).transpose()?;
        let (stock, stock_typed) = stock.unzip();
        if stock.is_none() && self.patients.is_none() {
            return Err(Failure::refused(Refused::Empty { field: "stock" }));
        }
        let content = GroupFigure {
            group,
            facilities: self.facilities,
            patients: self.patients,
            stock,
            stock_typed,
            told_by: must_say("told_by", &self.told_by)?,
            phone: said(&self.phone).unwrap_or_default(),
            at: check_time(desk.now(), self.at)?,
        };
        desk.mention("group", content.group.as_str());
        let before = desk.record_of_code::<GroupFigure>(&content.group)?;
        let id = desk.keep_record(before.as_ref(), &content)?;
        desk.about(id.0);
        Ok(id)
    }
}

/// Kilograms unless the words say tonnes.
fn mass_of(text: &str) -> Outcome<Grams> {
    let refused = || Failure::refused(Refused::NoMass { text: text.to_owned() });
    let typed = Typed::read(text, Some(quantity::Convention::DecimalComma), Some(Unit::Kilogram));
    let typed = typed.map_err(|_| refused())?;
    let kg = match typed.unit {
        Unit::Kilogram => typed.value,
        Unit::Tonne => typed.value * 1_000.0,
        _ => return Err(refused()),
    };
    let grams = Grams::from_kg_f64(kg);
    if (Grams::ZERO..=MOST).contains(&grams) { Ok(grams) } else { Err(refused()) }
}
