//! How quantities, spans and sources are worded on a page, in its language.

use locale::{Fact, Locale};
use oxygen::{HoursLeft, Source, StoreKind};
use quantity::{Grams, GramsPerHour, Span, show_number};

use crate::view::{Figure, Phone, Range, Say};

/// The text of a key with any number of facts.
pub(crate) fn fill(t: Say, key: &str, facts: &[(&str, Fact)]) -> String {
    locale::say(t.0, key, facts)
}

/// A number as its reader writes it: `1.234,5` in Vietnamese, `1,234.5` in English.
pub(crate) fn number(t: Say, value: f64, places: usize) -> String {
    localised(t, &show_number(value, places))
}

/// A share in whole per cent; more than ten times as much is only said to be more.
pub(crate) fn percent(t: Say, share: f64) -> String {
    if share < 9.995 { number(t, share * 100.0, 0) } else { "> 999".to_owned() }
}

/// A whole number.
pub(crate) fn count(t: Say, value: u32) -> String {
    number(t, f64::from(value), 0)
}

/// `quantity` writes for a Vietnamese reader.
fn localised(t: Say, text: &str) -> String {
    match t.0 {
        Locale::Vietnamese => text.to_owned(),
        Locale::English => text
            .chars()
            .map(|letter| match letter {
                '.' => ',',
                ',' => '.',
                other => other,
            })
            .collect(),
    }
}

/// `310 kg`, `3,2 t`.
pub(crate) fn mass(t: Say, grams: Grams) -> String {
    localised(t, &grams.to_string())
}

/// A mass as a figure.
pub(crate) fn mass_figure(t: Say, grams: Grams) -> Figure {
    let text = mass(t, grams);
    let (value, unit) = text.rsplit_once(' ').unwrap_or((&text, ""));
    Figure::of(value, unit)
}

/// What flows in an hour, as a figure.
pub(crate) fn hourly_figure(t: Say, rate: GramsPerHour) -> Figure {
    mass_figure(t, Grams::from_f64(rate.0))
}

/// `12 phút`, `2 giờ 10`, `3 ngày`.
pub(crate) fn duration(t: Say, span: Span) -> String {
    let minutes = span.as_minutes().abs();
    match minutes {
        0 => t.say("span-now"),
        1..60 => t.one("span-minutes", "minutes", minutes.to_string()),
        60..2880 if minutes % 60 == 0 => t.one("span-hours", "hours", (minutes / 60).to_string()),
        60..2880 => {
            let (hours, rest) = ((minutes / 60).to_string(), format!("{:02}", minutes % 60));
            t.two("span-hours-minutes", "hours", hours, "minutes", rest)
        }
        _ => t.one("span-days", "days", minutes / 1_440),
    }
}

/// Hours left in words, no finer than they are known, always rounded down: ten minutes below half a
/// day, then hours, then days.
pub(crate) fn lasting(t: Say, hours: f64) -> String {
    let minutes = (hours.clamp(0.0, 1e6) * 60.0) as i64;
    let step = match minutes {
        0..60 => 1,
        60..720 => 10,
        _ => 60,
    };
    let rounded = minutes / step * step;
    if rounded == 0 { t.one("span-minutes", "minutes", "0") } else { duration(t, Span::minutes(rounded)) }
}

/// The range of hours left, the pessimistic end first.
pub(crate) fn range(t: Say, hours: &HoursLeft) -> Range {
    let low = lasting(t, hours.low);
    let high = hours.high.map_or_else(|| t.say("span-longer"), |high| lasting(t, high));
    Range { high: Some(high).filter(|high| *high != low), low }
}

/// «còn 2 giờ 10 – 3 giờ 40», inside a sentence.
pub(crate) fn range_words(t: Say, range: &Range) -> String {
    match &range.high {
        Some(high) => t.two("left-range", "low", &range.low, "high", high),
        None => t.one("left-one", "low", &range.low),
    }
}

/// Key of the words for where a figure came from: what the officer looked at, else how it came.
pub(crate) const fn source_key(source: Source, kind: Option<StoreKind>) -> &'static str {
    match (source, kind) {
        (Source::Form, Some(StoreKind::Tank)) => "source-gauge",
        (Source::Form, Some(StoreKind::Dewar)) => "source-gauge-dewar",
        (Source::Form, Some(StoreKind::Cylinders)) => "source-count",
        (Source::Form, Some(StoreKind::Plant | StoreKind::Concentrators)) => "source-machine",
        (Source::Form, None) => "source-form",
        (Source::File, _) => "source-file",
        (Source::PastedMessage, _) => "source-message",
        (Source::Phone, _) => "source-phone",
        (Source::Photo, _) => "source-photo",
        (Source::Sensor, _) => "source-sensor",
        (Source::Simulation, _) => "source-simulation",
    }
}

/// The words for a source as it is stored; one that is not known stands as itself.
pub(crate) fn source_of(t: Say, code: &str) -> String {
    Source::from_code(code).map_or_else(|| code.to_owned(), |source| t.say(source_key(source, None)))
}

/// A telephone, with what its button dials.
pub(crate) fn phone(who: &str, number: &str) -> Phone {
    let dial = number.chars().filter(|sign| sign.is_ascii_digit() || *sign == '+').collect();
    Phone { who: who.to_owned(), shown: number.to_owned(), dial }
}

/// Key of a device's name.
pub(crate) const fn device_key(device: oxygen::Device) -> &'static str {
    use oxygen::Device;
    match device {
        Device::Mask => "device-mask",
        Device::Hfnc => "device-high-flow",
        Device::Niv => "device-non-invasive",
        Device::Invasive => "device-invasive",
        Device::Ecmo => "device-ecmo",
    }
}

/// Marks a text that leaves the program: an invented figure must not be taken for a real one.
pub(crate) fn marked(t: Say, simulated: bool, text: String) -> String {
    if simulated { format!("[{}] {text}", t.say("simulated")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    const VI: Say = Say(Locale::Vietnamese);
    const EN: Say = Say(Locale::English);

    #[test]
    fn hours_are_rounded_down_and_no_finer_than_known() {
        assert_eq!(lasting(VI, 2.3), "2 giờ 10");
        assert_eq!(lasting(VI, 0.3), "18 phút");
        assert_eq!(lasting(VI, 13.9), "13 giờ");
        assert_eq!(lasting(VI, 71.0), "2 ngày");
        assert_eq!(lasting(VI, 0.0), "0 phút");
    }

    #[test]
    fn an_open_end_is_said_and_equal_ends_are_said_once() {
        let open = HoursLeft { low: 2.2, mid: None, high: None };
        assert_eq!(range(VI, &open).high.as_deref(), Some("lâu hơn"));
        let close = HoursLeft { low: 2.2, mid: Some(2.25), high: Some(2.3) };
        assert_eq!(range(VI, &close).high, None);
    }

    #[test]
    fn figures_are_written_as_their_reader_writes_them() {
        assert_eq!(mass(VI, Grams::from_kg(3_210)), "3,2 t");
        assert_eq!(mass(EN, Grams::from_kg(3_210)), "3.2 t");
        assert_eq!(number(EN, 1_234.5, 1), "1,234.5");
    }

    #[test]
    fn every_source_and_device_has_its_words() {
        for source in Source::ALL {
            for kind in StoreKind::ALL.map(Some).into_iter().chain([None]) {
                assert!(locale::knows(Locale::English, source_key(source, kind)), "{source:?} {kind:?}");
            }
        }
        for device in oxygen::Device::ALL {
            assert!(locale::knows(Locale::Vietnamese, device_key(device)));
        }
    }

    #[test]
    fn a_telephone_dials_its_digits() {
        assert_eq!(phone("trực", "+84 297.3 555 014").dial, "+842973555014");
    }
}
