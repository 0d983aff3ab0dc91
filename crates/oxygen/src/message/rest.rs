//! What stands around the figures: telephone numbers, the end of all oxygen, numbers without unit, figures that
//! contradict each other.

use super::stores::is_number;
use super::words::Text;
use super::{Aside, AsideKind, Figure, Place, Question, Reading, Said};
use crate::{Settings, Shown, Store};

/// Telephone numbers are no figures.
pub(super) fn phones(text: &mut Text<'_>, reading: &mut Reading) {
    let mut index = 0;
    while index < text.tokens.len() {
        let begins = text.number(index).is_some_and(|digits| digits.starts_with('0') && digits.len() >= 3);
        let mut last = index;
        if begins {
            while is_number(text, last + 1) || (text.sign(last + 1) == Some('-') && is_number(text, last + 2)) {
                last += if is_number(text, last + 1) { 1 } else { 2 };
            }
            let place = text.place(index, last);
            let digits = text.raw[place.clone()].chars().filter(char::is_ascii_digit).count();
            let decimal = text.number(index).is_some_and(|digits| digits.starts_with("0,") || digits.starts_with("0."));
            if (9..=12).contains(&digits) && !decimal {
                text.use_up(index..last + 1);
                reading.asides.push(Aside { kind: AsideKind::Phone, place });
            }
        }
        index = last + 1;
    }
}

/// «hết oxy», «cạn oxy»: nothing is left. «sắp hết» is not that.
pub(super) fn empty(text: &Text<'_>, reading: &mut Reading) {
    for at in 0..text.tokens.len() {
        let gone = matches!(text.any_word(at), "het" | "can") && text.get(at).is_some_and(|t| t.written != "cần");
        let of = (1..=2).find(|ahead| matches!(text.any_word(at + ahead), "oxy" | "oxi"));
        let soon = at.checked_sub(1).is_some_and(|before| {
            matches!(text.any_word(before), "sap" | "gan" | "se" | "chua" | "khong" | "neu" | "de")
        });
        let written = text.get(at).map_or("", |token| token.written.as_str());
        // «can oxy» without its tone is «cần»: a need, not the end.
        let certain = written != "can";
        if let Some(of) = of.filter(|_| gone && !soon && certain) {
            reading.questions.push(Question::SaysEmpty { place: text.place(at, at + of) });
            return;
        }
    }
}

/// Numbers that nobody has understood.
pub(super) fn without_unit(text: &Text<'_>, reading: &mut Reading) {
    for at in 0..text.tokens.len() {
        let named = at.checked_sub(1).is_some_and(|before| {
            let token = text.get(before);
            matches!(text.any_word(before), "covid" | "khoa" | "tang" | "phong" | "to" | "ca" if token.is_some())
                || (text.sign(before) == Some('-') && text.any_word(before.wrapping_sub(1)) == "covid")
        });
        let asked_already = |place: &Place| {
            reading.asides.iter().any(|aside| aside.place.start <= place.start && place.end <= aside.place.end)
        };
        let place = text.place(at, at);
        if text.number(at).is_some() && !named && !asked_already(&place) {
            reading.questions.push(Question::NoUnit { place });
        }
    }
}

/// Takes away what contradicts itself; the same twice is once.
pub(super) fn contradictions(stores: Option<&[&Store]>, settings: &Settings, reading: &mut Reading) {
    // Figures of two hospitals do not contradict each other; whose they are is asked already.
    if reading.questions.iter().any(|question| matches!(question, Question::SeveralFacilities { .. })) {
        return;
    }
    let mut kept: Vec<Figure> = Vec::new();
    let mut broken: Vec<Figure> = Vec::new();
    for figure in std::mem::take(&mut reading.figures) {
        let rival = kept.iter().chain(&broken).find(|other| same_thing(&other.said, &figure.said)).cloned();
        match rival {
            None => kept.push(figure),
            Some(first) if agrees(&first.said, &figure.said, stores, settings) => {}
            Some(first) => {
                let question = Question::Contradiction { first: first.place.clone(), second: figure.place.clone() };
                reading.questions.push(question);
                kept.retain(|other| other.place != first.place);
                broken.push(first);
                broken.push(figure);
            }
        }
    }
    reading.figures = kept;
}

fn same_thing(left: &Said, right: &Said) -> bool {
    match (left, right) {
        (Said::Level { store: a, .. }, Said::Level { store: b, .. }) => a == b,
        (Said::Cylinders { store: a, condition: c, .. }, Said::Cylinders { store: b, condition: d, .. }) => {
            a == b && c == d
        }
        (Said::UsedPerDay { unit: a, .. }, Said::UsedPerDay { unit: b, .. }) => a == b,
        (Said::Patients { device: a, .. }, Said::Patients { device: b, .. }) => a == b,
        (Said::Waiting { .. }, Said::Waiting { .. }) => true,
        _ => false,
    }
}

/// The same value, or two units of one content within a tenth of the vessel.
fn agrees(left: &Said, right: &Said, stores: Option<&[&Store]>, settings: &Settings) -> bool {
    if left == right {
        return true;
    }
    let content = |said: &Said| match said {
        Said::Level { store: Some(id), amount, unit } => {
            let store = stores?.iter().find(|store| store.id == *id)?;
            let typed = quantity::Typed::measured(amount.value, *unit);
            store.content_of(&Shown::Level(typed), settings).ok().map(|grams| (grams, store.capacity))
        }
        _ => None,
    };
    match (content(left), content(right)) {
        (Some((one, size)), Some((other, _))) => (one - other).abs() <= size.share(0.10),
        _ => false,
    }
}
