//! Which stores of a chapter were told to work, and the one that is being repaired: invented.

use desk::means::Working;
use desk::operations::bodies::set_condition::SetCondition;
use desk::operations::bring_store::BringStore;
use desk::{Office, Outcome, random};
use oxygen::{Store, StoreId};
use quantity::{Grams, Span};
use simulate::{Chapter, Province};

/// The facility with a dewar in repair, by its place in the list.
const REPAIRED_AT: usize = 5;

/// Tells the working state of most stores; of the others nobody has said anything, as it is in life.
pub async fn tell(office: &Office, chapter: Chapter, province: &Province) -> Outcome<()> {
    let at = chapter.opening() - Span::days(3);
    let telling = |store, working, reason: &str| SetCondition {
        key: None,
        store,
        working,
        since: Some(at),
        reason: reason.to_owned(),
        told_by: None,
    };
    for (place, listed) in province.facilities.iter().enumerate() {
        for store in listed.stores.iter().filter(|_| place % 4 != 3) {
            let works = telling(store.id, Working::InService, "");
            office.perform_at(province.id, at, works).await?;
        }
        if place == REPAIRED_AT {
            let id = StoreId(random::id(at));
            let dewar = Store::dewar(id, "Bình XL-45 số 4", Grams::from_kg(190));
            let bringing = BringStore { key: None, facility: listed.facility.id, store: dewar };
            office.perform_at(province.id, at, bringing).await?;
            let repair = telling(id, Working::UnderRepair, "van an toàn rò, đang chờ thay");
            office.perform_at(province.id, at, repair).await?;
        }
    }
    Ok(())
}
