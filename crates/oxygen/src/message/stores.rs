//! Units beside a number, and which vessel a figure is of.

use quantity::{Coded, Convention, ReferenceTemperature, Typed, Unit, read_number};

use super::words::{Kind, Text};
use super::{Amount, Place, Question};
use crate::{Settings, Shown, Store, StoreKind};

/// A unit in a text: which, or the doubt about it, and how many tokens it takes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Beside {
    /// Certain.
    Of(Unit),
    /// «khối»: liquid of a tank, or gas.
    CubicMetre,
    /// A pressure per area or a flow: no content.
    NoContent,
}

/// The unit that begins at a place, with the number of its tokens.
pub(super) fn unit_at(text: &Text<'_>, at: usize) -> Option<(Beside, usize)> {
    if text.sign(at) == Some('%') {
        return Some((Beside::Of(Unit::Percent), 1));
    }
    let per = text.sign(at + 1) == Some('/') && text.get(at + 2).is_some_and(|token| token.joined);
    let over = if per { text.word(at + 2) } else { "" };
    let (unit, length) = match text.word(at) {
        "phan" if text.word(at + 1) == "tram" => (Beside::Of(Unit::Percent), 2),
        "kg" if matches!(over, "cm2" | "cm") => return Some((Beside::NoContent, 3)),
        "kg" | "ki" | "ky" | "kilo" | "kgs" => (Beside::Of(Unit::Kilogram), 1),
        "tan" => (Beside::Of(Unit::Tonne), 1),
        "t" => (Beside::Of(Unit::Tonne), 1),
        "khoi" | "m3" => cubic_metre(text, at, 1),
        "met" if text.word(at + 1) == "khoi" => cubic_metre(text, at, 2),
        "l" | "lit" if matches!(over, "p" | "ph" | "phut" | "min") => return Some((Beside::NoContent, 3)),
        "l" | "lit" if text.word(at + 1) == "long" => (Beside::Of(Unit::LitreOfLiquid), 2),
        "lit" if text.word(at + 1) == "phut" => return Some((Beside::NoContent, 2)),
        "lit" if text.word(at + 1) == "khi" => (Beside::Of(Unit::Litre), 2),
        "lpm" => return Some((Beside::NoContent, 1)),
        "mmh2o" | "mmho" => (Beside::Of(Unit::MillimetreOfWater), 1),
        "mm" if text.word(at + 1) == "h2o" => (Beside::Of(Unit::MillimetreOfWater), 2),
        "bar" => (Beside::Of(Unit::Bar), 1),
        _ => return None,
    };
    Some((unit, length))
}

fn cubic_metre(text: &Text<'_>, at: usize, length: usize) -> (Beside, usize) {
    match text.word(at + length) {
        "long" => (Beside::Of(Unit::CubicMetreOfLiquid), length + 1),
        "khi" => (Beside::Of(Unit::CubicMetre), length + 1),
        _ => (Beside::CubicMetre, length),
    }
}

/// Whether a number is followed by the unit of a vessel.
pub(super) fn has_unit(text: &Text<'_>, at: usize) -> bool {
    unit_at(text, at).is_some() || is_vessel_word(text, at) || matches!(text.word(at), "vo" | "h" | "gio")
}

/// «chai», «bình», and «c» behind a number.
pub(super) fn is_vessel_word(text: &Text<'_>, at: usize) -> bool {
    matches!(text.word(at), "chai" | "binh") || (text.word(at) == "c" && text.get(at).is_some_and(|token| token.joined))
}

/// «khoảng», «gần», «hơn», «tầm» stands before.
pub(super) fn is_about(text: &Text<'_>, at: usize) -> bool {
    let word = at.checked_sub(1).map_or("", |before| text.any_word(before));
    matches!(word, "khoang" | "gan" | "hon" | "tren" | "tam" | "chung" | "duoi" | "it")
}

/// A number read as Vietnamese writes it, and the other way where there are two.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Numbers {
    /// `1.200` is twelve hundred, `2,1` two and a tenth.
    pub usual: f64,
    /// Read the other way, when that is a number too and another one.
    pub other: Option<f64>,
}

/// Reads a number both ways.
pub(super) fn numbers(text: &str) -> Option<Numbers> {
    let comma = read_number(text, Some(Convention::DecimalComma)).ok();
    let point = read_number(text, Some(Convention::DecimalPoint)).ok();
    match (comma, point) {
        (Some(comma), Some(point)) if comma != point => Some(Numbers { usual: comma, other: Some(point) }),
        (Some(value), _) | (None, Some(value)) => Some(Numbers { usual: value, other: None }),
        (None, None) => None,
    }
}

/// A value as a Vietnamese form takes it: `2,1`, without points between thousands.
pub(super) fn amount(value: f64) -> Amount {
    let text = format!("{value:.3}");
    let text = text.trim_end_matches('0').trim_end_matches('.').replace('.', ",");
    Amount { text, value }
}

/// What is certain about a level, or the question.
pub(super) struct Level<'s> {
    pub store: Option<&'s Store>,
    pub value: f64,
    pub unit: Unit,
}

fn fits(store: &Store, value: f64, unit: Unit, doubtful: bool, settings: &Settings) -> Result<(), String> {
    let reference = settings.assumed.or(Some(ReferenceTemperature::Celsius21));
    let typed = Typed { reference, ..Typed::measured(value, unit) };
    match store.content_of(&Shown::Level(typed), settings) {
        // Read the other way almost any figure is some content: below a hundredth of the tank it decides nothing.
        Ok(content) if doubtful && content.0 < store.capacity.0 / 100 => Err("OXY-017".to_owned()),
        Ok(_) => Ok(()),
        Err(problem) => Err(problem.code().to_owned()),
    }
}

/// Decides vessel, unit and number of a level against the stores of the facility; asks what does not follow.
pub(super) fn level<'s>(
    stores: Option<&[&'s Store]>,
    which: Which,
    numbers: Numbers,
    unit: Beside,
    settings: &Settings,
    place: &Place,
) -> Result<Level<'s>, Question> {
    let store = match stores {
        None => None,
        Some(stores) => Some(vessel(stores, which, place)?),
    };
    let readings: Vec<f64> = std::iter::once(numbers.usual).chain(numbers.other).collect();
    let units: &[Unit] = match unit {
        Beside::Of(ref unit) => std::slice::from_ref(unit),
        Beside::CubicMetre => &[Unit::CubicMetreOfLiquid, Unit::CubicMetre],
        Beside::NoContent => &[],
    };
    let Some(store) = store else {
        // Without the vessel nothing decides.
        return match (unit, numbers.other) {
            (Beside::CubicMetre, _) => Err(Question::LiquidOrGas { place: place.clone() }),
            (_, Some(_)) => Err(Question::TwoNumbers { place: place.clone() }),
            (Beside::Of(unit), None) => Ok(Level { store: None, value: numbers.usual, unit }),
            (Beside::NoContent, None) => Err(Question::NoUnit { place: place.clone() }),
        };
    };
    let mut believable = Vec::new();
    let mut why = None;
    for value in &readings {
        for unit in units {
            match fits(store, *value, *unit, numbers.other.is_some() || units.len() > 1, settings) {
                Ok(()) => believable.push((*value, *unit)),
                Err(code) => why = why.or(Some(code)),
            }
        }
    }
    match believable[..] {
        [(value, unit)] if value == numbers.usual => Ok(Level { store: Some(store), value, unit }),
        // Only the way that Vietnamese does not write fits: nobody knows which was meant.
        [_] => Err(Question::TwoNumbers { place: place.clone() }),
        [] => Err(Question::NotOfThisVessel {
            place: place.clone(),
            store: store.id,
            code: why.unwrap_or_else(|| "OXY-015".to_owned()),
        }),
        [(first, _), ..] if believable.iter().any(|(value, _)| *value != first) => {
            Err(Question::TwoNumbers { place: place.clone() })
        }
        _ => Err(Question::LiquidOrGas { place: place.clone() }),
    }
}

/// Which vessel the words name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Which {
    /// «bồn 2».
    pub number: Option<u32>,
    /// «bồn» or «bình».
    pub kind: Option<StoreKind>,
}

fn vessel<'s>(stores: &[&'s Store], which: Which, place: &Place) -> Result<&'s Store, Question> {
    let of_kind: Vec<&Store> = stores
        .iter()
        .copied()
        .filter(|store| matches!(store.kind, StoreKind::Tank | StoreKind::Dewar))
        .filter(|store| which.kind.is_none_or(|kind| kind == store.kind))
        .collect();
    let found = match which.number {
        None => of_kind,
        Some(number) => {
            let labelled = |store: &&Store| digits_of(&store.label) == Some(number);
            let by_label: Vec<&Store> = of_kind.iter().copied().filter(labelled).collect();
            let place = usize::try_from(number).unwrap_or(0).wrapping_sub(1);
            if by_label.is_empty() { of_kind.get(place).copied().into_iter().collect() } else { by_label }
        }
    };
    match found[..] {
        [one] => Ok(one),
        _ => Err(Question::WhichVessel { place: place.clone() }),
    }
}

/// The number in a label: «Bồn số 2».
fn digits_of(label: &str) -> Option<u32> {
    let digits: String =
        label.chars().skip_while(|sign| !sign.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

/// The store of cylinders that is meant: the only one, or the one of a size in litres.
pub(super) fn cylinders<'s>(
    stores: Option<&[&'s Store]>,
    litres: Option<u32>,
    place: &Place,
) -> Result<Option<&'s Store>, Question> {
    let Some(stores) = stores else { return Ok(None) };
    let counted: Vec<&Store> = stores
        .iter()
        .copied()
        .filter(|store| store.kind == StoreKind::Cylinders)
        .filter(|store| litres.is_none_or(|litres| size_of(store) == Some(litres)))
        .collect();
    match counted[..] {
        [one] => Ok(Some(one)),
        _ => Err(Question::WhichVessel { place: place.clone() }),
    }
}

fn size_of(store: &Store) -> Option<u32> {
    let millilitres = store.vessels?.spec.water_volume_ml;
    (millilitres % 1_000 == 0).then_some(millilitres / 1_000)
}

/// Whether a token at a place is a number, understood or not.
pub(super) fn is_number(text: &Text<'_>, at: usize) -> bool {
    text.get(at).is_some_and(|token| token.kind == Kind::Number)
}
