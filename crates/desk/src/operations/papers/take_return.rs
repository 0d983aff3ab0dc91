//! Take the return of a province into the register of the nation (OX19). The same return twice changes nothing; another
//! one about the same day takes its place with a reason, as «lần 2».

use serde::{Deserialize, Serialize, Serializer};
use store::blob;

use super::{Refused, reason};
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::papers::intake::{ProvinceReturn, TakenIn, return_code};
use crate::papers::layout::ReportKind;
use crate::papers::returned::{NotAdded, Return};
use crate::papers::sum::plain;
use crate::rights::Capability;
use crate::views::papers::own_due;

/// A return that was read already: reading takes a moment.
#[derive(Debug, Serialize)]
pub struct TakeReturn {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// The file as its sender calls it.
    pub file_name: String,
    /// What it says; its province and day make the request.
    #[serde(serialize_with = "whose")]
    pub told: Return,
    /// Why it takes the place of the one before, where there is one.
    pub reason: String,
}

fn whose<S: Serializer>(told: &Return, serializer: S) -> Result<S::Ok, S::Error> {
    (plain(&told.province_name), told.day).serialize(serializer)
}

/// What became of a return.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    /// The province, as the register of areas calls it.
    pub province: String,
    /// Which issue counts now.
    pub issue: u32,
    /// The same return had been taken in before: nothing was changed.
    pub known: bool,
}

impl Operation for TakeReturn {
    type Done = Taken;
    const NAME: &'static str = "take_return";
    const NEEDS: Capability = Capability::TakeReturns;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<Taken> {
        desk.whole_province()?;
        if !desk.actor().province.is_nation() {
            return Err(Failure::NotFound);
        }
        let (day, now) = (self.told.day, desk.now());
        if day > now.date() {
            return Err(Failure::refused(Refused::NotYet { day }));
        }
        let asked = plain(&self.told.province_name);
        let areas = desk.registry();
        let areas = areas.areas().level_on(place::Level::Province, day);
        let province = areas.map(|area| area.name.to_string()).find(|name| plain(name) == asked);
        let province = province.ok_or_else(|| {
            let (name, province) = (self.file_name.clone(), self.told.province_name.clone());
            Failure::refused(NotAdded::NoProvince { name, province })
        })?;
        let text = serde_json::to_vec(&self.told).map_err(|_| Failure::refused(Refused::Unreadable))?;
        let content = store::hex(&store::sha256(&text));
        desk.mention("province", province.as_str());
        desk.mention("day", day.to_string());
        let before = desk.record_of_code::<ProvinceReturn>(&return_code(&province, day))?;
        if let Some(before) = before.as_ref().filter(|before| before.content.taken.content == content) {
            desk.about(before.id.0);
            return Ok(Taken { province, issue: before.content.taken.issue, known: true });
        }
        let why = match &before {
            None => None,
            Some(before) if self.reason.trim().is_empty() => {
                let issue = before.content.taken.issue;
                return Err(Failure::refused(Refused::CameBefore { province, day, issue }));
            }
            Some(_) => Some(reason(&self.reason)?),
        };
        let nation = desk.actor().province;
        blob::keep(desk.transaction(), nation, "application/json", text, now)?;
        let issue = before.as_ref().map_or(1, |before| before.content.taken.issue + 1);
        let mut earlier = before.as_ref().map_or_else(Vec::new, |before| before.content.earlier.clone());
        earlier.extend(before.as_ref().map(|before| before.content.taken.clone()));
        let taken = TakenIn {
            issue,
            content,
            file_name: self.file_name.trim().chars().take(200).collect(),
            at: now,
            by: desk.actor().display_name.clone(),
            facilities: self.told.rows.len(),
            reason: why,
        };
        let due = own_due(ReportKind::Daily, day);
        let told = ProvinceReturn { province: province.clone(), day, due, taken, earlier };
        let id = desk.keep_record(before.as_ref(), &told)?;
        desk.about(id.0);
        Ok(Taken { province, issue, known: false })
    }
}
