//! Drawings made on the server as SVG: they print, need no script and pass a strict content policy.
//!
//! Lives here: the geometry of maps, the stock series, the weekly counts, the tank of the form, the strip of a table row.
//! Colours and type come from the classes in `style.css`, so that one drawing serves light, dark and paper.
//! Not here: forecasts (they are given as quantiles), the words (they are given, already in the reader's language).

mod canvas;
mod chain;
mod fan;
mod hand;
mod map;
mod qr;
mod stock;
mod tank;
mod weeks;

pub use canvas::Width;
pub use chain::{ChainBox, ChainSketch, GaugeSketch, chain, gauge};
pub use fan::{Counted, Fan, FanChart, FanWords, fan};
pub use hand::hand;
pub use map::{Degrees, MapChart, Spot, map};
pub use qr::qr;
pub use stock::{Delivery, Expected, Level, Point, StockChart, StockWords, stock};
pub use tank::{strip, tank};
pub use weeks::{Week, WeekChart, weeks};

#[cfg(test)]
mod tests;
