//! What a site has on every path of a problem, followed exactly.
//!
//! The rules of the reckoning, which the search, the checker and the lower bound share:
//! - A day's need is taken evenly over its 24 hours, less what the site's own plant makes in the same day (what it makes
//!   beyond the need is lost); first from the tank, then from the cylinders. What neither has is **unmet**.
//! - A delivery counts when unloading ends. On each path as much is unloaded as fits ([`oxygen::dispatch::Tank::holds`];
//!   room × content of the cylinders); the rest goes back and is no use to anybody within the plan.
//! - A trip does not take place on a path on which its source cannot load when loading begins, or its vehicle is out of
//!   service at any minute of it.
//! - A lender's stock falls when loading ends.
