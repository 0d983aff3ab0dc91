//! Why something about a trip is not done. Who holds what is wanted is named, where whoever asks may see him.

use jiff::civil::Date;
use quantity::{Coded, Grams, Moment, show_number};

use crate::supply::TripStage;

/// Who holds a part of what is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// Number of the trip that brings it; none for an order without a trip.
    pub trip: Option<u32>,
    /// Number of the order.
    pub order: u32,
    /// The facility; none outside the scope of whoever asks.
    pub facility: Option<String>,
    /// How much.
    pub grams: Grams,
}

/// Why something about a trip is not done. Each has its sentence and next step in `errors-trips.ftl`.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// The trip is at another step.
    #[error("TRP-001: trip {number} is {stage:?}")]
    WrongStep {
        /// Its number.
        number: u32,
        /// Where it stands.
        stage: TripStage,
    },
    /// A trip without a vehicle.
    #[error("TRP-002: no vehicle")]
    NoVehicle,
    /// The vehicle was taken out of service.
    #[error("TRP-003: {plate} is retired")]
    Retired {
        /// Its plate.
        plate: String,
    },
    /// The supplier's oxygen is not released for patients.
    #[error("TRP-004: {supplier} is not released for medical use")]
    NotReleased {
        /// Its name.
        supplier: String,
    },
    /// A facility that is none of the province.
    #[error("TRP-005: the facility is none of this province")]
    OutsideProvince,
    /// A trip without stops.
    #[error("TRP-006: no stops")]
    NoStops,
    /// More stops than a driver reads on a telephone.
    #[error("TRP-007: {stops} stops, {most} at most")]
    TooManyStops {
        /// As told.
        stops: usize,
        /// The most.
        most: usize,
    },
    /// Times that cannot be: a stop before the start, stops against their order, an end before the last stop.
    #[error("TRP-008: the times do not fit the order of the stops")]
    BadTimes,
    /// The vehicle is on another trip.
    #[error("TRP-010: {plate} is on trip {trip} from {from} to {to}")]
    VehicleHeld {
        /// Its plate.
        plate: String,
        /// Number of the other trip.
        trip: u32,
        /// When that begins.
        from: Moment,
        /// When that ends.
        to: Moment,
    },
    /// The vehicle carries an order without a trip.
    #[error("TRP-011: {plate} carries order {order} until {eta}")]
    VehicleCarries {
        /// Its plate.
        plate: String,
        /// Number of the order.
        order: u32,
        /// When that should arrive.
        eta: Moment,
    },
    /// The supplier has not as much left on that day.
    #[error("TRP-012: {supplier} has {has} on {day}, {asked} asked, held by {} others", holders.len())]
    SupplierTaken {
        /// Its name.
        supplier: String,
        /// On which day.
        day: Date,
        /// What it can give on that day.
        has: Grams,
        /// Asked for.
        asked: Grams,
        /// Who holds the rest.
        holders: Vec<Holder>,
    },
    /// The lender has not as much left.
    #[error("TRP-013: {lender} has {has}, {asked} asked, held by {} others", holders.len())]
    LenderTaken {
        /// Its name.
        lender: String,
        /// What it had when it last reported.
        has: Grams,
        /// Asked for.
        asked: Grams,
        /// Who holds the rest.
        holders: Vec<Holder>,
    },
    /// The contract has not as much left.
    #[error("TRP-014: contract {number} has {left} left, {asked} asked, held by {} others", holders.len())]
    ContractTaken {
        /// Its number.
        number: String,
        /// What is left.
        left: Grams,
        /// Asked for.
        asked: Grams,
        /// Who holds the rest.
        holders: Vec<Holder>,
    },
    /// The order is on a trip already.
    #[error("TRP-015: order {order} is on trip {trip}")]
    OrderTaken {
        /// Number of the order.
        order: u32,
        /// Number of the trip.
        trip: u32,
    },
    /// The order is another supplier's.
    #[error("TRP-016: order {order} is of another source")]
    OtherSource {
        /// Number of the order.
        order: u32,
    },
    /// This kind of vehicle does not carry that kind of oxygen.
    #[error("TRP-017: {plate} does not carry what order {order} needs")]
    WrongVehicle {
        /// Its plate.
        plate: String,
        /// Number of the order; none while it has none.
        order: u32,
    },
    /// More cylinders than the vehicle takes.
    #[error("TRP-018: {asked} cylinders on {plate}, which takes {most}")]
    TooManyCylinders {
        /// Its plate.
        plate: String,
        /// To be loaded.
        asked: u32,
        /// The most.
        most: u32,
    },
    /// The order goes with its trip, not by itself.
    #[error("TRP-019: order {order} goes with its trip")]
    GoesWithTrip {
        /// Number of the order.
        order: u32,
    },
    /// More is received than was loaded.
    #[error("TRP-020: {received} received, {carried} on the vehicle")]
    MoreThanLoaded {
        /// As told.
        received: Grams,
        /// What should lie on the vehicle.
        carried: Grams,
    },
    /// The stop has ended.
    #[error("TRP-021: stop {stop} ended at {at}")]
    StopEnded {
        /// Its number.
        stop: u32,
        /// When.
        at: Moment,
    },
    /// Both sign: who delivers and who receives.
    #[error("TRP-022: a signature is missing")]
    NotSigned,
    /// The drawing is no signature.
    #[error("TRP-023: the drawing cannot be read")]
    BadDrawing,
    /// The receiver's code is another.
    #[error("TRP-024: the receiver's code does not fit")]
    WrongGateCode,
    /// Stops without an end.
    #[error("TRP-025: {open} stops have no end")]
    StopsOpen {
        /// How many.
        open: usize,
    },
    /// More back than was on board.
    #[error("TRP-026: {back} back, {on_board} on board")]
    TooMuchBack {
        /// As told.
        back: Grams,
        /// What should lie on the vehicle.
        on_board: Grams,
    },
    /// A link that ended by itself.
    #[error("TRP-030: the link has expired")]
    LinkExpired,
    /// A link that was opened on as many devices as it may be: it was passed on.
    #[error("TRP-031: opened on {devices} devices, first at {at}")]
    LinkUsed {
        /// How many.
        devices: usize,
        /// When it was opened first.
        at: Moment,
    },
    /// A link that was shut.
    #[error("TRP-032: the link was shut")]
    LinkShut,
    /// An address that opens nothing.
    #[error("TRP-033: the link opens nothing")]
    LinkUnknown,
    /// Something of a form that is missing.
    #[error("TRP-034: {what} is missing")]
    Missing {
        /// What.
        what: &'static str,
    },
}

fn kg(mass: &Grams) -> String {
    format!("{} kg", show_number(mass.as_kg(), 0))
}

/// The holders as facts: how many, and the first three in words without a language of their own.
fn held(holders: &[Holder]) -> Vec<(&'static str, String)> {
    let one = |holder: &Holder| {
        let trip = holder.trip.map_or_else(String::new, |trip| format!(" → CH-{trip}"));
        let facility = holder.facility.as_ref().map_or_else(String::new, |name| format!(" {name}"));
        format!("ĐN-{}{facility} {}{trip}", holder.order, kg(&holder.grams))
    };
    let mut named: Vec<String> = holders.iter().take(3).map(one).collect();
    if holders.len() > 3 {
        named.push("…".to_owned());
    }
    vec![("holders", named.join("; ")), ("count", holders.len().to_string())]
}

impl Coded for Refused {
    fn code(&self) -> &'static str {
        match self {
            Self::WrongStep { .. } => "TRP-001",
            Self::NoVehicle => "TRP-002",
            Self::Retired { .. } => "TRP-003",
            Self::NotReleased { .. } => "TRP-004",
            Self::OutsideProvince => "TRP-005",
            Self::NoStops => "TRP-006",
            Self::TooManyStops { .. } => "TRP-007",
            Self::BadTimes => "TRP-008",
            Self::VehicleHeld { .. } => "TRP-010",
            Self::VehicleCarries { .. } => "TRP-011",
            Self::SupplierTaken { .. } => "TRP-012",
            Self::LenderTaken { .. } => "TRP-013",
            Self::ContractTaken { .. } => "TRP-014",
            Self::OrderTaken { .. } => "TRP-015",
            Self::OtherSource { .. } => "TRP-016",
            Self::WrongVehicle { .. } => "TRP-017",
            Self::TooManyCylinders { .. } => "TRP-018",
            Self::GoesWithTrip { .. } => "TRP-019",
            Self::MoreThanLoaded { .. } => "TRP-020",
            Self::StopEnded { .. } => "TRP-021",
            Self::NotSigned => "TRP-022",
            Self::BadDrawing => "TRP-023",
            Self::WrongGateCode => "TRP-024",
            Self::StopsOpen { .. } => "TRP-025",
            Self::TooMuchBack { .. } => "TRP-026",
            Self::LinkExpired => "TRP-030",
            Self::LinkUsed { .. } => "TRP-031",
            Self::LinkShut => "TRP-032",
            Self::LinkUnknown => "TRP-033",
            Self::Missing { .. } => "TRP-034",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        let taken = |who: &String, has: &Grams, asked: &Grams, holders: &[Holder]| {
            let mut facts = vec![("who", who.clone()), ("has", kg(has)), ("asked", kg(asked))];
            facts.extend(held(holders));
            facts
        };
        match self {
            Self::WrongStep { number, stage } => {
                vec![("number", number.to_string()), ("stage", stage.code().to_owned())]
            }
            Self::Retired { plate } => vec![("plate", plate.clone())],
            Self::NotReleased { supplier } => vec![("who", supplier.clone())],
            Self::TooManyStops { stops, most } => vec![("stops", stops.to_string()), ("most", most.to_string())],
            Self::VehicleHeld { plate, trip, from, to } => vec![
                ("plate", plate.clone()),
                ("trip", trip.to_string()),
                ("from", from.to_string()),
                ("to", to.to_string()),
            ],
            Self::VehicleCarries { plate, order, eta } => {
                vec![("plate", plate.clone()), ("order", order.to_string()), ("at", eta.to_string())]
            }
            Self::SupplierTaken { supplier, day, has, asked, holders } => {
                let mut facts = taken(supplier, has, asked, holders);
                facts.push(("day", quantity::time::show_date(*day)));
                facts
            }
            Self::LenderTaken { lender, has, asked, holders } => taken(lender, has, asked, holders),
            Self::ContractTaken { number, left, asked, holders } => taken(number, left, asked, holders),
            Self::OrderTaken { order, trip } => vec![("order", order.to_string()), ("trip", trip.to_string())],
            Self::OtherSource { order } | Self::GoesWithTrip { order } => vec![("order", order.to_string())],
            Self::WrongVehicle { plate, order } => vec![("plate", plate.clone()), ("order", order.to_string())],
            Self::TooManyCylinders { plate, asked, most } => {
                vec![("plate", plate.clone()), ("asked", asked.to_string()), ("most", most.to_string())]
            }
            Self::MoreThanLoaded { received, carried } => vec![("received", kg(received)), ("carried", kg(carried))],
            Self::StopEnded { stop, at } => vec![("stop", stop.to_string()), ("at", at.to_string())],
            Self::StopsOpen { open } => vec![("open", open.to_string())],
            Self::TooMuchBack { back, on_board } => vec![("back", kg(back)), ("carried", kg(on_board))],
            Self::LinkUsed { devices, at } => vec![("devices", devices.to_string()), ("at", at.to_string())],
            Self::Missing { what } => vec![("what", (*what).to_owned())],
            Self::NoVehicle
            | Self::OutsideProvince
            | Self::NoStops
            | Self::BadTimes
            | Self::NotSigned
            | Self::BadDrawing
            | Self::WrongGateCode
            | Self::LinkExpired
            | Self::LinkShut
            | Self::LinkUnknown => Vec::new(),
        }
    }
}
