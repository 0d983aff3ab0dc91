//! Figures of vessels: levels and use.

use quantity::Unit;

use super::stores::{Beside, Which, amount, is_about, is_number, level, numbers, unit_at};
use super::words::Text;
use super::{Aside, AsideKind, Figure, Place, Question, Reading, Said};
use crate::{Settings, Store, StoreKind};

/// What the words before a number say of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sense {
    Left,
    Used,
    Delivery,
    Need,
    Size,
    Other,
    Nothing,
}

/// The nearest telling word before a place, within its clause.
pub(super) fn sense(text: &Text<'_>, at: usize) -> Sense {
    let mut back = at;
    for _ in 0..7 {
        let Some(before) = back.checked_sub(1) else { break };
        back = before;
        if text.is_break(back) || is_number(text, back) {
            break;
        }
        let next = text.any_word(back + 1);
        let sense = match text.any_word(back) {
            "con" | "hien" | "muc" | "ton" | "dong" if next != "chai" => Sense::Left,
            "con" => Sense::Left,
            "dung" if matches!(next, "tich" | "luong") => Sense::Size,
            "dung" if text.get(back).is_some_and(|token| matches!(token.written.as_str(), "đúng" | "dừng")) => {
                continue;
            }
            "dung" | "xai" | "thu" | "hao" => Sense::Used,
            "nhan" if text.any_word(back.wrapping_sub(1)) == "benh" => continue,
            "nhan" | "giao" | "bom" | "nap" | "cap" | "them" | "mua" | "muon" | "tra" | "dat" | "xe" => Sense::Delivery,
            "can" | "xin" | "nghi" | "cau" | "thieu" => Sense::Need,
            "suat" | "loai" | "chua" => Sense::Size,
            "spo2" | "sp" | "giuong" | "tang" | "giam" | "ty" | "fio2" | "huyet" | "mach" => Sense::Other,
            _ => continue,
        };
        return sense;
    }
    Sense::Nothing
}

/// Finds levels, cylinders and use.
pub(super) fn vessels(text: &mut Text<'_>, stores: Option<&[&Store]>, settings: &Settings, reading: &mut Reading) {
    let mut seen = Seen::default();
    let mut index = 0;
    while index < text.tokens.len() {
        seen.look(text, index);
        let next = match text.number(index).map(str::to_owned) {
            Some(digits) => at_number(text, index, &digits, stores, settings, &mut seen, reading),
            None => None,
        };
        index = next.unwrap_or(index + 1).max(index + 1);
    }
}

/// What the text has named on the way: the tank it speaks of, the size of cylinders.
#[derive(Default)]
struct Seen {
    which: Which,
    litres: Option<u32>,
}

impl Seen {
    fn look(&mut self, text: &mut Text<'_>, at: usize) {
        let kind = match text.word(at) {
            "bon" => StoreKind::Tank,
            "binh" if matches!(text.any_word(at + 1), "long" | "xl" | "oxy") => StoreKind::Dewar,
            "xl" => StoreKind::Dewar,
            "chai" => {
                self.litres = None;
                if let Some(litres) = text.whole(at + 1).filter(|_| is_litre(text, at + 2)) {
                    self.litres = Some(litres);
                    text.use_up(at + 1..at + 3);
                }
                return;
            }
            _ => return,
        };
        self.which = Which { number: None, kind: Some(kind) };
        let mut at = at + 1;
        if kind == StoreKind::Dewar {
            // «XL-45» is a name, no number.
            while matches!(text.any_word(at), "oxy" | "long" | "xl") || text.sign(at) == Some('-') {
                at += 1;
            }
            if text.any_word(at.wrapping_sub(1)) == "xl" || text.sign(at.wrapping_sub(1)) == Some('-') {
                if text.whole(at).is_some() {
                    text.use_up(at..at + 1);
                }
                return;
            }
        }
        if text.word(at) == "oxy" {
            at += 1;
        }
        let so = matches!(text.word(at), "so" | "s");
        at += usize::from(so);
        let number = text.whole(at).filter(|number| (1..=20).contains(number));
        let has_unit = unit_at(text, at + 1).is_some() || super::stores::has_unit(text, at + 1);
        // «bồn 2» alone may be a number without its unit: a name is followed by something to say.
        let named =
            so || text.sign(at + 1) == Some(':') || is_number(text, at + 1) || !text.any_word(at + 1).is_empty();
        if let Some(number) = number.filter(|_| !has_unit && named) {
            self.which.number = Some(number);
            text.use_up(at..at + 1);
        }
    }
}

pub(super) fn is_litre(text: &Text<'_>, at: usize) -> bool {
    matches!(text.word(at), "l" | "lit")
}

fn at_number(
    text: &mut Text<'_>,
    at: usize,
    digits: &str,
    stores: Option<&[&Store]>,
    settings: &Settings,
    seen: &mut Seen,
    reading: &mut Reading,
) -> Option<usize> {
    if let Some(next) = tonnes_and_more(text, at, digits, stores, settings, seen, reading) {
        return Some(next);
    }
    if let Some(next) = super::counted::counted(text, at, stores, seen.litres, reading) {
        return Some(next);
    }
    let (unit, length, first) = match unit_at(text, at + 1) {
        Some((unit, length)) => (unit, length, at),
        None => (unit_before(text, at)?, 0, at),
    };
    let mut end = at + 1 + length;
    let mut numbers = numbers(digits)?;
    if length > 0 && text.word(end) == "ruoi" && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        numbers.usual += 0.5;
        end += 1;
    }
    let about = is_about(text, first);
    let sense = sense(text, first);
    let per_day = per_day(text, end);
    let place = text.place(first, end - 1);
    let telling = Telling { unit, numbers, about, sense, place };
    if sense == Sense::Used || per_day > 0 {
        text.use_up(first..end + per_day);
        used(telling, per_day > 0, reading);
        return Some(end + per_day);
    }
    text.use_up(first..end);
    told_level(text, first, telling, stores, settings, seen.which, reading);
    Some(end)
}

/// A number with its unit and what stands around it.
struct Telling {
    unit: Beside,
    numbers: super::stores::Numbers,
    about: bool,
    sense: Sense,
    place: Place,
}

fn used(telling: Telling, per_day: bool, reading: &mut Reading) {
    let Telling { unit, numbers, about, place, .. } = telling;
    match unit {
        _ if !per_day => reading.questions.push(Question::UsedInWhatTime { place }),
        Beside::Of(unit) if numbers.other.is_none() && unit != Unit::Percent => {
            let said = Said::UsedPerDay { amount: amount(numbers.usual), unit };
            reading.figures.push(Figure { said, place, about });
        }
        Beside::Of(_) => reading.questions.push(Question::TwoNumbers { place }),
        Beside::CubicMetre => reading.questions.push(Question::LiquidOrGas { place }),
        Beside::NoContent => reading.asides.push(Aside { kind: AsideKind::Other, place }),
    }
}

fn told_level(
    text: &Text<'_>,
    first: usize,
    telling: Telling,
    stores: Option<&[&Store]>,
    settings: &Settings,
    which: Which,
    reading: &mut Reading,
) {
    let Telling { unit, numbers, about, sense, place } = telling;
    let dial = matches!(unit, Beside::Of(Unit::Percent | Unit::MillimetreOfWater));
    let kind = match sense {
        _ if unit == Beside::NoContent => Some(AsideKind::Other),
        // «vừa nạp lên 90 %» is what the gauge shows afterwards; «nhận 2 tấn» is what came.
        Sense::Delivery if !dial => Some(AsideKind::Delivery),
        Sense::Need if !dial => Some(AsideKind::Need),
        Sense::Size => Some(AsideKind::Size),
        Sense::Other => Some(AsideKind::Other),
        _ => None,
    };
    if let Some(kind) = kind {
        reading.asides.push(Aside { kind, place });
        return;
    }
    if sense == Sense::Nothing && !dial && is_size(text, first, &telling_size(unit, numbers.usual), stores) {
        reading.questions.push(Question::LevelOrSize { place });
        return;
    }
    match level(stores, which, numbers, unit, settings, &place) {
        Ok(found) => {
            let said =
                Said::Level { store: found.store.map(|store| store.id), amount: amount(found.value), unit: found.unit };
            reading.figures.push(Figure { said, place, about });
        }
        Err(question) => reading.questions.push(question),
    }
}

/// The figure in grams, when it were the size of a tank.
fn telling_size(unit: Beside, value: f64) -> Option<f64> {
    match unit {
        Beside::CubicMetre | Beside::Of(Unit::CubicMetreOfLiquid) => Some(value * 1_142_000.0),
        Beside::Of(Unit::Tonne) => Some(value * 1_000_000.0),
        _ => None,
    }
}

/// «bồn 5 khối» of a tank of five: the size, or full?
fn is_size(text: &Text<'_>, at: usize, grams: &Option<f64>, stores: Option<&[&Store]>) -> bool {
    let behind_tank = at.checked_sub(1).is_some_and(|before| matches!(text.any_word(before), "bon" | "oxy"));
    let Some(grams) = grams.filter(|_| behind_tank) else { return false };
    stores.unwrap_or_default().iter().any(|store| {
        let size = store.capacity.as_f64();
        store.kind == StoreKind::Tank && (grams - size).abs() <= size * 0.15
    })
}

/// «2t1», «2 tấn 1», «1 tấn rưỡi»: tonnes and tenths; three digits behind are kilograms.
fn tonnes_and_more(
    text: &mut Text<'_>,
    at: usize,
    digits: &str,
    stores: Option<&[&Store]>,
    settings: &Settings,
    seen: &Seen,
    reading: &mut Reading,
) -> Option<usize> {
    let whole: f64 = digits.parse().ok().filter(|_| digits.len() <= 2)?;
    let joined = text.get(at + 1).is_some_and(|token| token.joined);
    let behind = text.word(at + 1).strip_prefix('t').filter(|rest| joined && !rest.is_empty());
    let (rest, end) = match behind {
        Some(rest) if rest.bytes().all(|byte| byte.is_ascii_digit()) => (rest.to_owned(), at + 2),
        Some(_) => return None,
        None if text.word(at + 1) == "tan" => {
            let rest = text.number(at + 2).filter(|_| !text.is_break(at + 2))?.to_owned();
            let alone = text.any_word(at + 3).is_empty() && text.sign(at + 3).is_none_or(|_| text.is_break(at + 3));
            if !alone {
                return None;
            }
            (rest, at + 3)
        }
        None => return None,
    };
    let more: f64 = rest.parse().ok()?;
    let place = text.place(at, end - 1);
    let about = is_about(text, at);
    let sense = sense(text, at);
    let per_day = per_day(text, end);
    text.use_up(at..end + per_day);
    let value = match rest.len() {
        1 => whole + more / 10.0,
        3 => whole + more / 1_000.0,
        _ => {
            reading.questions.push(Question::TwoNumbers { place });
            return Some(end);
        }
    };
    let numbers = super::stores::Numbers { usual: value, other: None };
    let telling = Telling { unit: Beside::Of(Unit::Tonne), numbers, about, sense, place };
    if sense == Sense::Used || per_day > 0 {
        used(telling, per_day > 0, reading);
    } else {
        told_level(text, at, telling, stores, settings, seen.which, reading);
    }
    Some(end + per_day)
}

/// Tokens of «/ngày», «mỗi ngày», «một ngày», «/24h» behind a unit.
pub(super) fn per_day(text: &Text<'_>, at: usize) -> usize {
    if text.sign(at) == Some('/') {
        return match text.word(at + 1) {
            "ngay" | "ng" | "d" => 2,
            _ if text.whole(at + 1) == Some(24) && matches!(text.word(at + 2), "h" | "gio") => 3,
            _ => 0,
        };
    }
    if matches!(text.word(at), "moi" | "mot") && text.word(at + 1) == "ngay" {
        return 2;
    }
    usize::from(text.whole(at) == Some(1) && text.word(at + 1) == "ngay") * 2
}

/// «Mức bồn (kg): 310».
fn unit_before(text: &Text<'_>, at: usize) -> Option<Beside> {
    let mut back = at.checked_sub(1)?;
    if matches!(text.sign(back), Some(':' | '=')) {
        back = back.checked_sub(1)?;
    }
    if text.sign(back) != Some(')') {
        return None;
    }
    (1..=3).find_map(|length| {
        let from = back.checked_sub(length)?;
        let open = from.checked_sub(1).and_then(|before| text.sign(before)) == Some('(');
        unit_at(text, from).filter(|(_, tokens)| open && *tokens == length).map(|(unit, _)| unit)
    })
}
