//! Rate limits: a bucket per caller that refills with time. In memory: a restart forgives.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use quantity::Moment;

/// Callers remembered at most; beyond that the fullest buckets, which limit nobody, are forgotten.
const REMEMBERED: usize = 20_000;

/// Buckets of one size and one speed.
pub(crate) struct Limiter {
    burst: f64,
    per_second: f64,
    buckets: Mutex<HashMap<String, (f64, Moment)>>,
}

impl Limiter {
    pub(crate) fn new(burst: f64, per_second: f64) -> Self {
        Self { burst, per_second, buckets: Mutex::default() }
    }

    /// Takes one from the caller's bucket; `Err` says after how many seconds to come again.
    pub(crate) fn take(&self, caller: &str, now: Moment) -> Result<(), u64> {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= REMEMBERED && !buckets.contains_key(caller) {
            buckets.retain(|_, (left, at)| self.refilled(*left, *at, now) < self.burst);
            if buckets.len() >= REMEMBERED {
                return Err(1);
            }
        }
        let (left, at) = buckets.get(caller).copied().unwrap_or((self.burst, now));
        // A clock that was set back must not keep a bucket empty until it has caught up.
        let at = at.min(now);
        let left = self.refilled(left, at, now);
        if left < 1.0 {
            return Err(((1.0 - left) / self.per_second).ceil() as u64);
        }
        buckets.insert(caller.to_owned(), (left - 1.0, now));
        Ok(())
    }

    fn refilled(&self, left: f64, at: Moment, now: Moment) -> f64 {
        let seconds = (now - at).as_micros() as f64 / 1e6;
        (left + seconds.max(0.0) * self.per_second).min(self.burst)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use quantity::Span;

    #[test]
    fn a_caller_is_held_back_and_let_in_again_and_others_are_not() {
        let limiter = Limiter::new(2.0, 0.5);
        let start = Moment::from_micros(0);
        assert_eq!(limiter.take("a", start), Ok(()));
        assert_eq!(limiter.take("a", start), Ok(()));
        assert_eq!(limiter.take("a", start), Err(2));
        assert_eq!(limiter.take("b", start), Ok(()));
        assert_eq!(limiter.take("a", start + Span::seconds(2)), Ok(()));
    }
}
