//! The short form of an SMS: `OXY HA01 45% 120/30 17`.
//!
//! ```text
//! OXY <code> <tank> [<full>/<empty>] [<patients>] [C<waiting>]
//!
//! <code>      the facility's code
//! <tank>      45%, 144mm, 310kg, 2,1t, 2,1k (khối: m³ of liquid), or - when there is none
//! <full>/<empty>  cylinders full and empty
//! <patients>  17        people on cannula or mask
//!             H12 N2 M3 E1  on high-flow, non-invasive, ventilator, ECMO
//! C<waiting>  people who wait for a bed or oxygen; left out when nobody has asked
//! ```
//!
//! The form is fixed, so that its numbers need no words; whatever does not fit is refused with the piece that
//! does not, never read some other way.

use quantity::Unit;

use super::Amount;
use super::stores::{amount, numbers};
use crate::{Census, Device};

/// A message in the short form.
#[derive(Debug, Clone, PartialEq)]
pub struct Short {
    /// The facility's code as typed.
    pub code: String,
    /// What the tank shows.
    pub tank: Option<(Amount, Unit)>,
    /// Cylinders full and empty.
    pub cylinders: Option<(u32, u32)>,
    /// Patients; those not written are none.
    pub patients: Option<Census>,
    /// Which devices were written.
    pub devices: Vec<Device>,
}

/// Why a text is not in the short form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotShort {
    /// It does not begin with OXY: an ordinary message.
    NotMeant,
    /// A piece that fits nothing.
    Piece(String),
    /// Nothing but the code.
    Empty,
}

/// Reads the short form.
pub fn read_short(text: &str) -> Result<Short, NotShort> {
    let mut pieces = text.split_whitespace();
    if !pieces.next().is_some_and(|first| first.eq_ignore_ascii_case("oxy")) {
        return Err(NotShort::NotMeant);
    }
    let code = pieces.next().ok_or(NotShort::Empty)?.to_owned();
    let mut short = Short { code, tank: None, cylinders: None, patients: None, devices: Vec::new() };
    let mut census = Census::default();
    for (position, piece) in pieces.enumerate() {
        let wrong = || NotShort::Piece(piece.chars().take(20).collect());
        if position > 12 {
            return Err(wrong());
        }
        if piece == "-" && position == 0 {
            continue;
        }
        if let Some((full, empty)) = piece.split_once('/') {
            let pair = count(full).zip(count(empty)).filter(|_| short.cylinders.is_none());
            short.cylinders = Some(pair.ok_or_else(wrong)?);
            continue;
        }
        if let Some((device, number)) = person(piece) {
            let taken = match device {
                Some(device) => short.devices.contains(&device),
                None => census.waiting.is_some(),
            };
            if taken {
                return Err(wrong());
            }
            match device {
                Some(device) => {
                    short.devices.push(device);
                    *on(&mut census, device) = number;
                }
                None => census.waiting = Some(number),
            }
            continue;
        }
        let level = level(piece).filter(|_| position == 0);
        short.tank = Some(level.ok_or_else(wrong)?);
    }
    let counted = !short.devices.is_empty();
    if !counted && census.waiting.is_some() {
        // Who waits is told together with who breathes oxygen.
        return Err(NotShort::Piece("C".to_owned()));
    }
    short.patients = counted.then_some(census);
    if short.tank.is_none() && short.cylinders.is_none() && !counted { Err(NotShort::Empty) } else { Ok(short) }
}

fn on(census: &mut Census, device: Device) -> &mut u32 {
    match device {
        Device::Mask => &mut census.mask,
        Device::Hfnc => &mut census.hfnc,
        Device::Niv => &mut census.niv,
        Device::Invasive => &mut census.invasive,
        Device::Ecmo => &mut census.ecmo,
    }
}

fn count(text: &str) -> Option<u32> {
    let digits = !text.is_empty() && text.len() <= 5 && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

/// `17`, `H12`, `C3`: the device, or none for who waits.
fn person(piece: &str) -> Option<(Option<Device>, u32)> {
    if let Some(number) = count(piece) {
        return Some((Some(Device::Mask), number));
    }
    let device = match piece.chars().next()?.to_ascii_uppercase() {
        'O' => Some(Device::Mask),
        'H' => Some(Device::Hfnc),
        'N' => Some(Device::Niv),
        'M' => Some(Device::Invasive),
        'E' => Some(Device::Ecmo),
        'C' => None,
        _ => return None,
    };
    count(&piece[1..]).map(|number| (device, number))
}

fn level(piece: &str) -> Option<(Amount, Unit)> {
    let end = piece.find(|sign: char| !sign.is_ascii_digit() && !matches!(sign, ',' | '.'))?;
    let unit = match piece[end..].to_lowercase().as_str() {
        "%" => Unit::Percent,
        "mm" | "mmh2o" => Unit::MillimetreOfWater,
        "kg" => Unit::Kilogram,
        "t" => Unit::Tonne,
        "k" => Unit::CubicMetreOfLiquid,
        "bar" => Unit::Bar,
        _ => return None,
    };
    let numbers = numbers(&piece[..end]).filter(|numbers| numbers.other.is_none())?;
    Some((amount(numbers.usual), unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_of_the_handbook_is_read() {
        let short = read_short("OXY HA01 45% 120/30 17").unwrap();
        assert_eq!(short.code, "HA01");
        assert_eq!(short.tank, Some((Amount { text: "45".into(), value: 45.0 }, Unit::Percent)));
        assert_eq!(short.cylinders, Some((120, 30)));
        assert_eq!(short.patients, Some(Census { mask: 17, ..Census::default() }));
        let more = read_short("oxy ha01 2,1k 17 h12 m3 c4").unwrap();
        assert_eq!(more.tank.map(|(amount, unit)| (amount.value, unit)), Some((2.1, Unit::CubicMetreOfLiquid)));
        let census = Census { mask: 17, hfnc: 12, invasive: 3, waiting: Some(4), ..Census::default() };
        assert_eq!(more.patients, Some(census));
        assert_eq!(read_short("OXY HA01 - 120/30").unwrap().tank, None);
    }

    #[test]
    fn what_does_not_fit_is_named() {
        let piece = |text: &str| match read_short(text) {
            Err(NotShort::Piece(piece)) => piece,
            other => panic!("{text}: {other:?}"),
        };
        assert_eq!(piece("OXY HA01 45x"), "45x");
        assert_eq!(piece("OXY HA01 1.200kg"), "1.200kg");
        assert_eq!(piece("OXY HA01 45% 120/"), "120/");
        assert_eq!(piece("OXY HA01 45% 17 18"), "18");
        assert_eq!(piece("OXY HA01 45% C3"), "C");
        assert_eq!(read_short("BV Hải Âu 45%"), Err(NotShort::NotMeant));
        assert_eq!(read_short("OXY"), Err(NotShort::Empty));
        assert_eq!(read_short("OXY HA01"), Err(NotShort::Empty));
    }
}
