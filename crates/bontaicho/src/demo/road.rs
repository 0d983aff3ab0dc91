//! Where the vehicles of the chapter are when it opens, and who the desk was told waits for a bed or oxygen: invented,
//! each told at its moment.

use desk::operations::inbox::count_waiting::CountWaiting;
use desk::operations::inbox::tell_position::TellPosition;
use desk::{Actor, Office, Outcome};
use place::ProvinceId;
use quantity::Span;
use simulate::Chapter;

/// Plate, minutes before the opening, degrees north and east: on the road between Long Xuyên and Rạch Giá, and one whose
/// GPS has been silent for hours.
const PLACES: [(&str, i64, f64, f64); 4] = [
    ("68C-910.21", 7, 10.305, 105.385),
    ("68C-910.22", 12, 10.105, 105.155),
    ("67C-880.07", 190, 10.372, 105.432),
    ("KG-5550-TS", 26, 10.09, 104.62),
];

/// Tells positions and calls; quiet days have neither.
pub async fn tell(office: &Office, chapter: Chapter) -> Outcome<()> {
    if chapter == Chapter::Quiet2026 {
        return Ok(());
    }
    let province = ProvinceId::new(1);
    let (actor, opening) = (Actor::program(province), chapter.opening());
    for (plate, minutes, lat, lon) in PLACES {
        let at = opening - Span::minutes(minutes);
        let operation = TellPosition { key: None, plate: plate.to_owned(), lat, lon, at: Some(at) };
        office.perform_as_at(actor.clone(), at, operation).await?;
    }
    let places = office.look(move |office, connection| {
        let registry = office.registry(connection, province)?;
        Ok(registry.facilities().iter().map(|facility| facility.id).collect::<Vec<_>>())
    });
    let places = places.await?;
    let calls =
        [(places.get(2), Some(3), Some(2), "điều dưỡng trưởng khoa"), (places.get(5), Some(0), Some(0), "bác sĩ trực")];
    for (facility, for_bed, for_oxygen, said_by) in calls {
        let Some(facility) = facility.copied() else { continue };
        let call =
            CountWaiting { key: None, facility: Some(facility), for_bed, for_oxygen, said_by: said_by.to_owned() };
        office.perform_as_at(actor.clone(), opening - Span::minutes(50), call).await?;
    }
    let desk = CountWaiting {
        key: None,
        facility: None,
        for_bed: None,
        for_oxygen: Some(4),
        said_by: "tổng đài tỉnh (mô phỏng)".to_owned(),
    };
    office.perform_as_at(actor, opening - Span::minutes(20), desk).await.map(drop)
}
