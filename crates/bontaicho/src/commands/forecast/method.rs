//! What `forecast evaluate` calls, and under which name it stands in the table.

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

/// All that are scored, the one that is written first; without priors only those that use none.
pub fn methods(no_priors: bool) -> Vec<Method> {
    let with = Forecaster::shipped();
    let without = Forecaster::new(None);
    let mut methods = vec![
        Method {
            name: "bontaicho",
            priors: with.prior().map(Prior::source).map(str::to_owned),
            ahead: Box::new(move |vintages, on, first| with.ahead(vintages, on, first)),
        },
        Method {
            name: "bontaicho: no priors",
            priors: None,
            ahead: Box::new(move |vintages, on, first| without.ahead(vintages, on, first)),
        },
        Method { name: "bontaicho: naive", priors: None, ahead: Box::new(forecast::naive) },
    ];
    methods.retain(|method| !no_priors || method.priors.is_none());
    methods
}
