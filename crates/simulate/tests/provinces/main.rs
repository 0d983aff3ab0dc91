//! Synthetic provinces from outside: what is drawn, what a world does with a plan, what the war room's rules do in it
//! (OX09, OX15, OX16).

mod drawn;
mod rules;
mod world;

use simulate::provinces::rule::{First, tuned};
use simulate::provinces::{Asked, Balance, Play, Province, Score, Shape, Wave};

/// A small province of a class.
pub fn small(seed: u64, balance: Balance, wave: Wave) -> Province {
    let shape = Shape { sites: 20, suppliers: 3, balance, wave, fleet: 1.3 };
    Province::draw(seed, shape)
}

/// A fortnight with few paths: quick to play.
pub fn quick() -> Play {
    Play { paths: 6, ..Play::default() }
}

/// Plays a rule on a path.
pub fn ruled(province: &Province, path: u64, play: &Play, first: First) -> Score {
    let rule = tuned(first, province.shape().balance);
    province.play(path, play, &mut |asked: &Asked| rule.plan(asked))
}
