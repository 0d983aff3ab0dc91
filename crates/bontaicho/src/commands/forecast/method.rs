//! What `forecast evaluate` calls, and under which name it stands in the table.

use forecast::tree::{agreed, total_among};
use forecast::{Ahead, Forecaster, Prior, Vintages};
use jiff::civil::Date;

/// Says what every place will have, from what is known, on a day, from the week that ends on another.
type Forecast = Box<dyn Fn(&Vintages, Date, Date) -> Vec<Ahead>>;

/// One way to forecast.
pub struct Method {
    /// Its name in the table.
    pub name: &'static str,
    /// Which priors it uses: what was learnt elsewhere, or before the first day of the set.
    pub priors: Option<String>,
    /// Called once a day of forecast, with nothing that became known later.
    pub ahead: Forecast,
}

/// As the desk forecasts: where one place is the sum of the others, as far as is known on the day, all are brought into
/// agreement with it.
fn agreeing(forecaster: &Forecaster, vintages: &Vintages, on: Date, first: Date) -> Vec<Ahead> {
    let mut ahead = forecaster.ahead(vintages, on, first);
    if let Some(total) = total_among(&vintages.known_on(on)) {
        let parents: Vec<_> = (0..vintages.places()).map(|place| (place != total).then_some(total)).collect();
        agreed(&mut ahead, &parents, &vec![1.0; parents.len()]);
    }
    ahead
}

/// All that are scored, the one that is written first; without priors only those that use none.
pub fn methods(no_priors: bool) -> Vec<Method> {
    let with = Forecaster::shipped();
    let without = Forecaster::new(None);
    let mut methods = vec![
        Method {
            name: "bontaicho",
            priors: with.prior().map(Prior::source).map(str::to_owned),
            ahead: Box::new(move |vintages, on, first| agreeing(&with, vintages, on, first)),
        },
        Method {
            name: "bontaicho: no priors",
            priors: None,
            ahead: Box::new(move |vintages, on, first| agreeing(&without, vintages, on, first)),
        },
        Method { name: "bontaicho: naive", priors: None, ahead: Box::new(forecast::naive) },
    ];
    methods.retain(|method| !no_priors || method.priors.is_none());
    methods
}
