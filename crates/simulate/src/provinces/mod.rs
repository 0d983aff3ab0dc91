//! Synthetic provinces for planning: what a command post would know, the truth apart from it, a world in which policies
//! are played day by day, and the war room's rules to beat (OX09, OX15, OX16).
//!
//! # The concepts, in order
//! 1. A [`Shape`] says what kind of province it is: how much is made against what is taken ([`Balance`]), where in a
//!    wave it lies ([`Wave`]), how large it is.
//! 2. A [`Province`] is drawn from a seed and a shape. What is told of it is an [`oxygen::dispatch::Problem`]; what is
//!    true of it (laws of needs, failures, delays, silence) nobody outside can read.
//! 3. [`Province::play`] plays a [`Policy`] on one of its paths: every morning the policy is asked with what is known
//!    then ([`Asked`]) and answers with a plan; what begins before the next morning is done in the true world. Paths of
//!    the same number are the same for every policy.
//! 4. A [`Score`] says how it went; [`compare`](compare::compare) lays the scores of policies beside each other.
//! 5. A [`Rule`] is what a war room does without a search: the fewest days of cover first, or the gravest patients first.
//!    [`tuned`](rule::tuned) has been given its best setting.
//! 6. [`random_problem`] draws single problems, with pins, for whoever tests a search; [`active`] names what in them can
//!    bind.
//!
//! Everything here is invented; the figures that are not are named in `docs/planning.md`.
//!
//! ```
//! use simulate::provinces::{Play, Province, Shape, rule};
//!
//! let shape = Shape { sites: 20, ..Shape::of(1, 0) };
//! let province = Province::draw(1, shape);
//! let play = Play { days: 3, paths: 5, ..Play::default() };
//! let mut cover = |asked: &simulate::provinces::Asked| rule::tuned(rule::First::Cover, shape.balance).plan(asked);
//! let followed = province.play(0, &play, &mut cover);
//! let nothing = province.play(0, &play, &mut |_| oxygen::dispatch::Plan::default());
//! assert!(followed.unmet <= nothing.unmet && followed.refusals() == 0);
//! ```

mod active;
mod books;
pub mod compare;
mod course;
mod deeds;
mod draw;
mod gate;
mod known;
mod law;
mod paths;
mod problems;
mod province;
mod road;
pub mod rule;
mod score;
mod shape;
mod stores;
mod told;
mod world;

pub use active::active;
pub use gate::{Refusal, refusals};
pub use problems::random_problem;
pub use province::Province;
pub use rule::Rule;
pub use score::{Balances, Score};
pub use shape::{Balance, Shape, Wave};
pub use world::{Asked, Play, Policy};
