//! Keep a forecast that was made: a new one after each week, another version where more became known.

use jiff::civil::Date;
use serde::{Serialize, Serializer};

use crate::counts::Signal;
use crate::failure::Outcome;
use crate::forecasts::{ForecastId, ForecastMade};
use crate::operation::{Desk, Operation};
use crate::rights::Capability;

/// A forecast to be kept.
#[derive(Debug, Serialize)]
pub struct KeepForecast {
    /// What it says; the request names it.
    #[serde(serialize_with = "its_name")]
    pub made: ForecastMade,
}

fn its_name<S: Serializer>(made: &ForecastMade, serializer: S) -> Result<S::Ok, S::Error> {
    (made.signal, made.on, made.last).serialize(serializer)
}

impl Operation for KeepForecast {
    type Done = ForecastId;
    const NAME: &'static str = "keep_forecast";
    const NEEDS: Capability = Capability::ImportReadings;

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<ForecastId> {
        desk.whole_province()?;
        let (signal, last): (Signal, Date) = (self.made.signal, self.made.last);
        let before = desk.record_of_code::<ForecastMade>(&ForecastMade::code_of(signal, last))?;
        desk.mention("signal", signal.code());
        desk.mention("on", self.made.on.to_string());
        desk.mention("places", self.made.places.len());
        if before.is_none() {
            desk.open_record(&ForecastMade { first: true, ..self.made.clone() })?;
        }
        desk.keep_record(before.as_ref(), &self.made)
    }
}
