//! Tell where a vehicle is: the supplier's GPS, by its token. The newest counts; earlier ones stay as versions.

use oxygen::supply::plate_key;
use quantity::{Coded, Moment};
use serde::{Deserialize, Serialize};

use super::VehiclePosition;
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::operations::file_report::check_time;
use crate::rights::Capability;

/// Degrees between which a vehicle of this country drives or is ferried.
const NORTH: std::ops::RangeInclusive<f64> = 6.0..=24.0;
const EAST: std::ops::RangeInclusive<f64> = 101.0..=118.0;

/// A place on the road.
#[derive(Debug, Clone, Serialize)]
pub struct TellPosition {
    /// Made by the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// As painted: `68C-123.45`.
    pub plate: String,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// When it was there; `None` is now.
    pub at: Option<Moment>,
}

/// Whether it is the newest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// `false`: a newer one is known already.
    pub newest: bool,
}

/// Why a place is not kept.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// No plate.
    #[error("INB-030: {plate:?} is no plate")]
    NoPlate {
        /// As sent.
        plate: String,
    },
    /// Outside the country: latitude and longitude exchanged, most often.
    #[error("INB-031: {lat}, {lon} is not in this country")]
    Elsewhere {
        /// As sent.
        lat: f64,
        /// As sent.
        lon: f64,
    },
}

impl Coded for Refused {
    fn code(&self) -> &'static str {
        match self {
            Self::NoPlate { .. } => "INB-030",
            Self::Elsewhere { .. } => "INB-031",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::NoPlate { plate } => vec![("plate", plate.chars().take(20).collect())],
            Self::Elsewhere { lat, lon } => vec![("lat", lat.to_string()), ("lon", lon.to_string())],
        }
    }
}

impl Operation for TellPosition {
    type Done = Told;
    const NAME: &'static str = "tell_position";
    const NEEDS: Capability = Capability::TellPositions;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<Told> {
        // The same key as in the register of vehicles, or a boat and a moped would never be found there.
        let plate = plate_key(&self.plate).map_err(|_| Failure::refused(Refused::NoPlate { plate: self.plate }))?;
        // Written so that a figure that is no number at all is refused too.
        if !(NORTH.contains(&self.lat) && EAST.contains(&self.lon)) {
            return Err(Failure::refused(Refused::Elsewhere { lat: self.lat, lon: self.lon }));
        }
        let at = check_time(desk.now(), self.at)?;
        desk.mention("plate", plate.as_str());
        let position = VehiclePosition { plate, lat: self.lat, lon: self.lon, at };
        match desk.record_of_code::<VehiclePosition>(&position.plate)? {
            None => {
                let id = desk.open_record(&position)?;
                desk.about(id.0);
            }
            Some(before) if before.content.at >= at => {
                desk.about(before.id.0);
                return Ok(Told { newest: false });
            }
            Some(before) => {
                desk.about(before.id.0);
                desk.revise(&before, &position)?;
            }
        }
        Ok(Told { newest: true })
    }
}
