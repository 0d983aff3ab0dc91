//! What a facility really uses beside what the norms say of its patients: read off its gauges and counts of the last weeks.

use forecast::need::{Coefficient, DayOfUse, NeedNorms, learn};
use oxygen::{Census, Settings, used_in_days};
use place::ProvinceId;
use quantity::{Grams, GramsPerHour, Moment, Span};
use store::{Connection, series};

use crate::failure::Outcome;
use crate::registry::{Facility, Registry};
use crate::views::said::Said;

/// Days that are looked back at.
pub(super) const DAYS: usize = 28;
/// A count of patients stands for so many days at most.
const COUNT_STANDS: Span = Span::days(2);

/// The coefficient of a facility; with how many days it was learnt from.
pub(super) fn coefficient(
    connection: &mut Connection,
    (registry, facility): (&Registry, &Facility),
    (said, production): (&Said, GramsPerHour),
    (settings, norms): (&Settings, &NeedNorms),
    now: Moment,
) -> Outcome<Coefficient> {
    let gauges = used(registry, facility, said, settings, now);
    if gauges.iter().all(Option::is_none) {
        return Ok(Coefficient::unlearnt(norms));
    }
    let counted = counted(connection, registry.province(), facility, now)?;
    let made = production.over(Span::days(1));
    let day = |(back, gauge): (usize, &Option<Grams>)| {
        let gauge = (*gauge)? + made;
        Some(DayOfUse { norm: norm_of_day(&counted, back, norms, now)?, gauge })
    };
    let days: Vec<DayOfUse> = gauges.iter().enumerate().filter_map(day).collect();
    Ok(learn(&days, false, norms).coefficient)
}

/// What left all vessels in each of the last days, the newest first; a day that one gauge does not tell is unknown.
fn used(registry: &Registry, facility: &Facility, said: &Said, settings: &Settings, now: Moment) -> Vec<Option<Grams>> {
    let mut days = vec![Some(Grams::ZERO); DAYS];
    let mut told = false;
    let stores = facility.stores_on(now.date()).filter(|store| store.kind.holds_stock());
    for store in stores.filter(|store| registry.works(store.id, now)) {
        // A store that was never read is none that is used.
        let Some((_, recent)) = said.get(&store.id).filter(|(_, recent)| !recent.samples().is_empty()) else {
            continue;
        };
        told = true;
        let of_store = used_in_days(recent, store.resolution(settings), now, DAYS);
        for (sum, used) in days.iter_mut().zip(of_store) {
            *sum = sum.zip(used).map(|(sum, used)| sum + used);
        }
    }
    if told { days } else { vec![None; DAYS] }
}

fn counted(
    connection: &mut Connection,
    province: ProvinceId,
    facility: &Facility,
    now: Moment,
) -> Outcome<Vec<(Moment, Census)>> {
    let from = now - Span::days(DAYS as i64) - COUNT_STANDS;
    let rows = series::censuses(connection, province, facility.id, (from, now + Span::micros(1)))?;
    let census = |(at, [mask, hfnc, niv, invasive, ecmo]): series::Counted| {
        (at, Census { mask, hfnc, niv, invasive, ecmo, waiting: None })
    };
    Ok(rows.into_iter().map(census).collect())
}

/// What the patients of a day would take by the norm: the mean of its counts, or the last one before it.
fn norm_of_day(counted: &[(Moment, Census)], back: usize, norms: &NeedNorms, now: Moment) -> Option<Grams> {
    let until = now - Span::days(back as i64);
    let from = until - Span::days(1);
    let upto = counted.partition_point(|(at, _)| *at <= until);
    let since = counted.partition_point(|(at, _)| *at <= from);
    let of_day = if since < upto { &counted[since..upto] } else { &counted[upto.checked_sub(1)?..upto] };
    if of_day.first()?.0 < from - COUNT_STANDS {
        return None;
    }
    let sum: Grams = of_day.iter().map(|(_, census)| norms.norm_use(census)).sum();
    Some(sum.share(1.0 / of_day.len() as f64))
}
