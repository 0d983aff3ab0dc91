//! Duty roster, terms of refill, closures and a storm of a chapter: what alarms are made of. Told
//! through the same operations as in life.

use desk::alarms::records::{ClosureWhy, DutyPerson};
use desk::operations::alarm::close_supply::CloseSupply;
use desk::operations::alarm::hand_over::HandOver;
use desk::operations::alarm::set_duty::SetDuty;
use desk::operations::alarm::set_refill_terms::SetRefillTerms;
use desk::{Office, Outcome};
use place::body::{Post, PostKind};
use quantity::{Moment, Span};
use simulate::{Chapter, Province, Scenario};

/// Days for which the roster is kept ahead; the rest is a gap for the desk to fill.
const ROSTER_SHIFTS: i64 = 7;

/// Tells what the desk has entered before the opening.
pub async fn told(office: &Office, chapter: Chapter, scenario: &Scenario) -> Outcome<()> {
    let province = scenario.province();
    let opening = chapter.opening();
    let entered = opening - Span::days(2);
    for (number, known) in province.facilities.iter().enumerate() {
        // One in six has not been asked yet: the usual terms are taken there, and said so.
        if number % 6 == 5 {
            continue;
        }
        let supplier = province.bodies.iter().find(|body| body.id == known.supplier);
        let terms = SetRefillTerms {
            key: None,
            facility: known.facility.id,
            supplier: supplier.map_or_else(String::new, |body| body.name.clone()),
            lead_hours: if known.island { 6.0 } else { 3.0 + (number % 3) as f64 },
            station: ["06:00-18:00", "07:00-17:00", "07:00-21:00"][number % 3].to_owned(),
            bans: if known.island { String::new() } else { "06:00-08:00, 16:30-18:30".to_owned() },
            ferry: if known.island { "06:00-16:00".to_owned() } else { String::new() },
        };
        office.perform_at(province.id, entered, terms).await?;
    }
    closures(office, chapter, province, entered).await?;
    roster(office, province, opening).await?;
    let text = format!(
        "Giao ban oxy (mô phỏng)\n- Đã gọi các cơ sở còn dưới một ngày.\n- Ca sau gọi lại nơi chưa nghe máy.\nGhi lúc {}.",
        opening - Span::hours(2)
    );
    office.perform_at(province.id, opening - Span::hours(2), HandOver { key: None, text }).await?;
    Ok(())
}

/// The storm of the drill, a second one that is still coming, a station at rest; on quiet days the next
/// holiday.
async fn closures(office: &Office, chapter: Chapter, province: &Province, entered: Moment) -> Outcome<()> {
    let opening = chapter.opening();
    let all = |from, to, why, note: &str| CloseSupply {
        key: None,
        facility: None,
        area: None,
        from,
        to,
        why,
        note: format!("{note} (mô phỏng)"),
    };
    let found = match chapter {
        Chapter::Drill2026 => vec![
            all(opening - Span::hours(9), opening + Span::hours(22), ClosureWhy::Ferry, "Biển động, phà nghỉ"),
            all(opening + Span::hours(58), opening + Span::hours(90), ClosureWhy::Storm, "Bão số 16"),
        ],
        Chapter::Delta2021 => vec![],
        Chapter::Quiet2026 => {
            vec![all(
                opening + Span::days(5),
                opening + Span::days(7),
                ClosureWhy::Holiday,
                "Trạm nghỉ bảo dưỡng cuối năm",
            )]
        }
    };
    for closure in found {
        office.perform_at(province.id, entered, closure).await?;
    }
    Ok(())
}

/// Shifts of eight hours round the opening: the people of the coordination unit, then of the department.
async fn roster(office: &Office, province: &Province, opening: Moment) -> Outcome<()> {
    let bodies = [province.coordination_unit, province.health_department];
    let of = |kind| {
        bodies.iter().filter_map(move |body| province.posts.iter().find(|post| post.body == *body && post.kind == kind))
    };
    let people: Vec<&Post> = of(PostKind::DutyOfficer).chain(of(PostKind::Deputy)).collect();
    if people.len() < 2 {
        return Ok(());
    }
    let midnight = Moment::start_of(opening.date());
    let first = [-10, -2, 6, 14].into_iter().map(|hour| midnight + Span::hours(hour)).rfind(|at| *at <= opening);
    let first = first.unwrap_or(midnight);
    let person = |place: usize| {
        let post = people[place % people.len()];
        DutyPerson { name: post.name.clone(), phone: post.phone.clone(), email: None, person: Some(post.person) }
    };
    for number in 0..ROSTER_SHIFTS {
        let from = first + Span::hours(8 * number);
        let place = usize::try_from(number).unwrap_or_default();
        // The night after next is nobody's yet: the gap is to be seen.
        if number == 5 {
            continue;
        }
        let shift = SetDuty {
            key: None,
            from,
            to: from + Span::hours(8),
            duty: person(place),
            deputy: Some(person(place + 1)),
        };
        office.perform_at(province.id, opening - Span::hours(30), shift).await?;
    }
    Ok(())
}
