//! The stored form of a summary: a version byte, two counts, then differences from one line to the
//! next as variable-length integers. About 400 bytes for a full list of samples.

use quantity::{Coded, Grams, Moment};

use super::{HOURS_KEPT, MOVES_KEPT, Move, MoveClass, Recent, Sample, hour_of};

/// Raised when the form changes; older forms stay readable.
const FORM: u8 = 1;

/// The stored bytes are no summary.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("OXY-023: the stored summary of a store cannot be read")]
pub struct CorruptRecent;

impl Coded for CorruptRecent {
    fn code(&self) -> &'static str {
        "OXY-023"
    }
}

pub(super) fn encode(recent: &Recent) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(3 + recent.samples.len() * 9 + recent.moves.len() * 9);
    // Both counts are below 256 by the caps.
    bytes.extend([FORM, recent.samples.len() as u8, recent.moves.len() as u8]);
    let mut before = (0_i64, 0_i64);
    for sample in &recent.samples {
        put(&mut bytes, sample.at.micros().wrapping_sub(before.0));
        put(&mut bytes, sample.grams.0.wrapping_sub(before.1));
        before = (sample.at.micros(), sample.grams.0);
    }
    let mut at = 0_i64;
    for kept in &recent.moves {
        put(&mut bytes, kept.at.micros().wrapping_sub(at));
        put(&mut bytes, kept.effect.0);
        bytes.push(class_code(kept.class));
        at = kept.at.micros();
    }
    bytes
}

pub(super) fn decode(bytes: &[u8]) -> Result<Recent, CorruptRecent> {
    let [FORM, samples, moves, rest @ ..] = bytes else { return Err(CorruptRecent) };
    let (samples, moves) = (usize::from(*samples), usize::from(*moves));
    if samples > HOURS_KEPT || moves > MOVES_KEPT {
        return Err(CorruptRecent);
    }
    let mut rest = rest;
    let mut recent = Recent { samples: Vec::with_capacity(samples), moves: Vec::with_capacity(moves) };
    let mut before = (0_i64, 0_i64);
    for _ in 0..samples {
        before = (before.0.wrapping_add(take(&mut rest)?), before.1.wrapping_add(take(&mut rest)?));
        recent.samples.push(Sample { at: Moment::from_micros(before.0), grams: Grams(before.1) });
    }
    let mut at = 0_i64;
    for _ in 0..moves {
        at = at.wrapping_add(take(&mut rest)?);
        let effect = Grams(take(&mut rest)?);
        let (code, after) = rest.split_first().ok_or(CorruptRecent)?;
        rest = after;
        let class = class_of(*code).ok_or(CorruptRecent)?;
        recent.moves.push(Move { at: Moment::from_micros(at), effect, class });
    }
    let in_order = recent.samples.is_sorted_by(|one, next| hour_of(one.at) < hour_of(next.at))
        && recent.moves.is_sorted()
        && recent.oldest_needed().is_none_or(|oldest| recent.moves.iter().all(|kept| kept.at > oldest));
    if rest.is_empty() && in_order { Ok(recent) } else { Err(CorruptRecent) }
}

const fn class_code(class: MoveClass) -> u8 {
    match class {
        MoveClass::Physical => 0,
        MoveClass::Use => 1,
        MoveClass::Book => 2,
    }
}

const fn class_of(code: u8) -> Option<MoveClass> {
    match code {
        0 => Some(MoveClass::Physical),
        1 => Some(MoveClass::Use),
        2 => Some(MoveClass::Book),
        _ => None,
    }
}

/// Seven bits a byte, small differences of either sign in few bytes.
fn put(bytes: &mut Vec<u8>, value: i64) {
    let mut left = ((value << 1) ^ (value >> 63)) as u64;
    while left >= 0x80 {
        bytes.push((left as u8) | 0x80);
        left >>= 7;
    }
    bytes.push(left as u8);
}

fn take(bytes: &mut &[u8]) -> Result<i64, CorruptRecent> {
    let mut value = 0_u64;
    for index in 0..10 {
        let (byte, rest) = bytes.split_first().ok_or(CorruptRecent)?;
        *bytes = rest;
        // The tenth byte has room for one bit, and no number ends in an empty byte: each has one form.
        if (index == 9 && *byte > 1) || (index > 0 && *byte == 0) {
            return Err(CorruptRecent);
        }
        value |= u64::from(byte & 0x7f) << (7 * index);
        if byte & 0x80 == 0 {
            return Ok(((value >> 1) as i64) ^ -((value & 1) as i64));
        }
    }
    Err(CorruptRecent)
}
