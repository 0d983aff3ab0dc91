//! What reaches the command post of a chapter: the past at once, the rest by the domain clock.

use std::time::Duration;

use desk::operations::file_report::{Confirmed, Cylinders, FileReport, Level, Told};
use desk::operations::record_movement::RecordMovement;
use desk::{Failure, IdempotencyKey, Office, Outcome};
use futures_util::future::join_all;
use oxygen::{MovementKind, Shown, Source};
use place::ProvinceId;
use quantity::Moment;
use simulate::{Event, Scenario, SimulatedDelivery, SimulatedReport};
use store::register;

use crate::exit::Ending;

/// Events that are under way at once while the past is told: a few of the writer's batches.
const AT_ONCE: usize = 256;
/// How often the clock is looked at.
const EVERY: Duration = Duration::from_millis(500);
/// The setting that says until when the chapter has been told.
const TOLD_UNTIL: &str = "demo_told_until";

/// Tells the past: everything before the opening, as it was recorded then.
pub async fn history(office: &Office, scenario: &Scenario) -> Outcome<()> {
    let opening = scenario.chapter().opening();
    tell(office, scenario.events(scenario.chapter().history_from(), opening)).await?;
    remember(office, opening).await
}

async fn remember(office: &Office, until: Moment) -> Outcome<()> {
    let text = until.micros().to_string();
    office
        .store()
        .write::<_, Failure, _>(move |transaction| Ok(register::set_setting(transaction, TOLD_UNTIL, &text)?))
        .await
}

async fn tell(office: &Office, events: &[Event]) -> Outcome<()> {
    for chunk in events.chunks(AT_ONCE) {
        for told in join_all(chunk.iter().map(|event| tell_one(office, event))).await {
            match told {
                // A slip of the invented officer that no program would take: he would have mended it.
                Ok(()) | Err(Failure::Refused(_)) => {}
                Err(other) => return Err(other),
            }
        }
    }
    Ok(())
}

async fn tell_one(office: &Office, event: &Event) -> Outcome<()> {
    let province = ProvinceId::new(1);
    match event {
        Event::Report(report) => {
            office.perform_at(province, report.recorded_at, report_of(report)).await?;
        }
        Event::Delivery(delivery) => {
            office.perform_at(province, delivery.recorded_at, delivery_of(delivery)).await?;
        }
    }
    Ok(())
}

fn report_of(report: &SimulatedReport) -> FileReport {
    let mut levels = Vec::new();
    let mut cylinders = Vec::new();
    for reading in &report.readings {
        let store = reading.store;
        match &reading.shown {
            Shown::Level(typed) => levels.push((store, typed, None)),
            Shown::Running { units, flow } => levels.push((store, flow, Some(*units))),
            Shown::Cylinders { full, part, empty, damaged } => {
                cylinders.push(Cylinders { store, full: *full, part: *part, empty: *empty, damaged: *damaged });
            }
        }
    }
    let levels = levels.into_iter().map(|(store, typed, running)| Level {
        store,
        text: typed.text.clone(),
        unit: Some(typed.unit),
        reference: typed.reference,
        running,
    });
    FileReport {
        key: IdempotencyKey::new(&report.id.to_string()),
        facility: report.facility,
        told: Told {
            happened_at: Some(report.happened_at),
            source: Source::Simulation,
            told_by: None,
            note: None,
            photo: None,
            levels: levels.collect(),
            cylinders,
            patients: Some(report.census),
            confirmed: Confirmed::Everything,
        },
    }
}

fn delivery_of(delivery: &SimulatedDelivery) -> RecordMovement {
    RecordMovement {
        key: IdempotencyKey::new(&delivery.id.to_string()),
        store: delivery.store,
        kind: MovementKind::Received,
        happened_at: delivery.happened_at,
        typed: delivery.typed.clone(),
        cylinders: delivery.cylinders,
        counterpart: Some(delivery.supplier),
        source: Source::Simulation,
    }
}

/// Tells the rest by the domain clock, in a thread of its own, for as long as the program runs.
pub fn start(office: Office, scenario: Scenario) -> Result<(), Ending> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Ending::File("runtime".into(), error))?;
    let thread = std::thread::Builder::new().name("demo".into());
    let spawned = thread.spawn(move || runtime.block_on(follow_clock(&office, scenario)));
    spawned.map(drop).map_err(|error| Ending::File("demo".into(), error))
}

async fn follow_clock(office: &Office, mut scenario: Scenario) {
    loop {
        if let Err(error) = catch_up(office, &mut scenario).await {
            tracing::error!(%error, "the chapter could not be told");
        }
        tokio::time::sleep(EVERY).await;
    }
}

async fn catch_up(office: &Office, scenario: &mut Scenario) -> Outcome<()> {
    let (told, now) = office
        .look(|office, connection| {
            let told = register::setting(connection, TOLD_UNTIL)?.and_then(|text| text.parse().ok());
            Ok((told.map_or(Moment::from_micros(0), Moment::from_micros), office.now(connection)?))
        })
        .await?;
    if now <= told {
        return Ok(());
    }
    if now >= scenario.until() {
        // The clock was hastened beyond what was made at first: the same chapter, longer.
        *scenario = Scenario::new(scenario.chapter(), super::SEED, ProvinceId::new(1), now + Scenario::USUAL_AHEAD);
    }
    tell(office, scenario.events(told, now)).await?;
    super::counts::tell_between(office, scenario, super::SEED, (told, now)).await?;
    remember(office, now).await
}
