//! What was learnt elsewhere: past situations that stand for many, shipped with the program, so that a place with three
//! weeks of history is served well.

use crate::Frame;
use crate::pool::{Past, Pool, WEEKS_AHEAD};
use crate::situation::{FIGURES, Situations};

/// Figures of a situation in a file: itself, what came after it, its weight.
const FIGURES_OF_A_PAST: usize = FIGURES + WEEKS_AHEAD + 1;
/// What a file of priors begins with: its name and version.
const MARK: &[u8; 8] = b"BTCPRI01";

/// What is wrong with a file of priors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAPrior {
    /// It is not one, or of another version.
    #[error("this is no file of priors of this version")]
    Mark,
    /// It ends in the middle.
    #[error("a file of priors ends in the middle")]
    Torn,
    /// It holds what is no figure.
    #[error("a file of priors holds what is no figure")]
    Figure,
}

/// Learnt from synthetic epidemics (`cargo run --example learn_prior`): no one's data, no one's licence.
const SHIPPED: &[u8] = include_bytes!("../priors/epidemics.bin");

/// Past situations of other places, and where they were learnt.
#[derive(Debug, Clone, PartialEq)]
pub struct Prior {
    source: String,
    pool: Pool,
}

impl Prior {
    /// Learns from frames of which some are seasonal: from each as much as from any other, so many situations in all.
    pub fn learn(source: &str, frames: impl IntoIterator<Item = (Frame, bool)>, most: usize) -> Self {
        let mut pool = Pool::default();
        for (frame, seasonal) in frames {
            let situations = Situations::of(&frame, seasonal);
            pool.pasts.extend(Pool::ageless(&situations, frame.places()).pasts);
        }
        Self { source: source.to_owned(), pool: pool.sample(most).weighing(1.0).narrowed() }
    }

    /// The one that the program ships with.
    ///
    /// # Errors
    /// None, unless the program was built with a broken file; a test reads it.
    pub fn shipped() -> Result<Self, NotAPrior> {
        Self::from_bytes(SHIPPED)
    }

    /// Where it was learnt.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// How many situations.
    pub fn situations(&self) -> usize {
        self.pool.len()
    }

    pub(crate) fn pool(&self) -> &Pool {
        &self.pool
    }

    /// As a file: the mark, the length of the source and the source, then the situations, each figure as four bytes, the
    /// smallest first.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = opening(MARK, &self.source);
        for past in &self.pool.pasts {
            let figures = past.situation.iter().chain(&past.moved).chain([&past.weight]);
            bytes.extend(figures.flat_map(|figure| (*figure as f32).to_le_bytes()));
        }
        bytes
    }

    /// Reads such a file.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, NotAPrior> {
        let (source, rest) = opened(MARK, bytes)?;
        let chunks = rest.chunks_exact(4 * FIGURES_OF_A_PAST);
        if !chunks.remainder().is_empty() {
            return Err(NotAPrior::Torn);
        }
        let pasts = chunks.map(past_of).collect::<Option<Vec<Past>>>().ok_or(NotAPrior::Figure)?;
        Ok(Self { source, pool: Pool { pasts } })
    }
}

/// How a file of what was learnt begins: its mark, then the length of where it was learnt, then that itself.
pub(crate) fn opening(mark: &[u8], source: &str) -> Vec<u8> {
    let mut bytes = mark.to_vec();
    bytes.extend(u32::try_from(source.len()).unwrap_or(u32::MAX).to_le_bytes());
    bytes.extend(source.as_bytes());
    bytes
}

/// Where a file says that it was learnt, and what follows.
pub(crate) fn opened<'a>(mark: &[u8], bytes: &'a [u8]) -> Result<(String, &'a [u8]), NotAPrior> {
    let rest = bytes.strip_prefix(mark).ok_or(NotAPrior::Mark)?;
    let (length, rest) = rest.split_first_chunk::<4>().ok_or(NotAPrior::Torn)?;
    let length = usize::try_from(u32::from_le_bytes(*length)).map_err(|_| NotAPrior::Torn)?;
    let (source, rest) = rest.split_at_checked(length).ok_or(NotAPrior::Torn)?;
    Ok((std::str::from_utf8(source).map_err(|_| NotAPrior::Figure)?.to_owned(), rest))
}

fn past_of(bytes: &[u8]) -> Option<Past> {
    let mut figures =
        bytes.chunks_exact(4).map(|four| f64::from(f32::from_le_bytes([four[0], four[1], four[2], four[3]])));
    let mut next = || figures.next().unwrap_or(f64::NAN);
    let past = Past {
        situation: std::array::from_fn(|_| next()),
        moved: std::array::from_fn(|_| next()),
        weight: next(),
        origin: None,
    };
    let sound = past.situation.iter().all(|figure| figure.is_finite())
        && past.moved.iter().all(|moved| !moved.is_infinite())
        && past.weight.is_finite()
        && past.weight >= 0.0;
    sound.then_some(past)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn prior() -> Prior {
        let mut frame = Frame::new(date(2020, 1, 4), 3);
        for week in 0..30 {
            for place in 0..3 {
                assert!(frame.set(frame.day(week), place, (week * (place + 1)) as f64));
            }
        }
        Prior::learn("thirty weeks of three places", [(frame, false)], 40)
    }

    #[test]
    fn what_is_written_is_read_again() {
        let prior = prior();
        assert_eq!((prior.situations(), prior.source()), (40, "thirty weeks of three places"));
        let again = Prior::from_bytes(&prior.to_bytes()).unwrap();
        assert_eq!((again.to_bytes(), again.situations()), (prior.to_bytes(), 40));
    }

    #[test]
    fn the_shipped_one_is_read() {
        let shipped = Prior::shipped().unwrap();
        assert_eq!(shipped.situations(), 12_000);
        assert!(shipped.source().contains("synthetic"), "{}", shipped.source());
    }

    #[test]
    fn what_is_no_prior_is_refused() {
        let bytes = prior().to_bytes();
        assert_eq!(Prior::from_bytes(b"letter"), Err(NotAPrior::Mark));
        assert_eq!(Prior::from_bytes(&bytes[..bytes.len() - 1]), Err(NotAPrior::Torn));
        assert_eq!(Prior::from_bytes(&bytes[..10]), Err(NotAPrior::Torn));
        let mut broken = bytes;
        let end = broken.len();
        broken[end - 4..].copy_from_slice(&f32::NAN.to_le_bytes());
        assert_eq!(Prior::from_bytes(&broken), Err(NotAPrior::Figure));
    }

    proptest! {
        #[test]
        fn any_bytes_are_refused_or_read(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
            let _ = Prior::from_bytes(&bytes);
            let mut marked = MARK.to_vec();
            marked.extend(bytes);
            let _ = Prior::from_bytes(&marked);
        }
    }
}
