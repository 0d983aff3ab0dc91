//! Latencies, kept whole: ten minutes at a thousand a second are a few megabytes, and a percentile
//! of all values needs no argument about the buckets of a histogram.

use std::time::Duration;

use serde::Serialize;

/// Every latency of one kind of request.
#[derive(Debug, Default, Clone)]
pub struct Latencies {
    micros: Vec<u32>,
}

/// What is published of them, in milliseconds.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Summary {
    /// Requests measured.
    pub count: usize,
    /// Half were at most this.
    pub p50_ms: f64,
    /// 99 % were at most this.
    pub p99_ms: f64,
    /// 99.9 % were at most this.
    pub p999_ms: f64,
    /// The slowest.
    pub max_ms: f64,
}

impl Latencies {
    /// Adds one.
    pub fn record(&mut self, latency: Duration) {
        self.micros.push(u32::try_from(latency.as_micros()).unwrap_or(u32::MAX));
    }

    /// Adds those of another worker.
    pub fn merge(&mut self, other: Self) {
        self.micros.extend(other.micros);
    }

    /// Percentiles by the nearest rank: a value that was really seen.
    pub fn summary(&self) -> Summary {
        let mut sorted = self.micros.clone();
        sorted.sort_unstable();
        let rank = |per_mille: usize| {
            let place = (sorted.len() * per_mille).div_ceil(1000).max(1) - 1;
            sorted.get(place).map_or(0.0, |micros| f64::from(*micros) / 1000.0)
        };
        Summary { count: sorted.len(), p50_ms: rank(500), p99_ms: rank(990), p999_ms: rank(999), max_ms: rank(1000) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_values_that_were_seen() {
        let mut first = Latencies::default();
        let mut second = Latencies::default();
        (1..=500).for_each(|ms| first.record(Duration::from_millis(ms)));
        (501..=1000).for_each(|ms| second.record(Duration::from_millis(ms)));
        first.merge(second);
        let told = first.summary();
        assert_eq!(told, Summary { count: 1000, p50_ms: 500.0, p99_ms: 990.0, p999_ms: 999.0, max_ms: 1000.0 });
    }

    #[test]
    fn one_slow_request_is_the_tail_of_a_few() {
        let mut few = Latencies::default();
        few.record(Duration::from_millis(1));
        few.record(Duration::from_millis(900));
        assert_eq!(few.summary().p99_ms, 900.0);
        assert_eq!(Latencies::default().summary().max_ms, 0.0);
    }
}
